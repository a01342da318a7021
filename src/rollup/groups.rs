//! The programs of a chapter by the groups that they belong to (局, 分野), each with what its programs make together.

use std::collections::BTreeMap;

use super::{Column, Rollup, Row, Sums};
use crate::model::Money;

/// What a list of programs shows in one row.
#[derive(Clone, Copy, Debug)]
pub enum Entry<'a, 'r> {
    /// A group, before what belongs to it.
    Group {
        title: &'r str,
        /// The name on English sheets, where one of its programs says it.
        title_en: Option<&'r str>,
        /// How many programs it has.
        count: usize,
        /// What those that may be added come to in each of [`Column::ALL`].
        amounts: [Money; 4],
    },
    /// With its place in [`Rollup::rows`].
    Program(usize, &'a Row<'r>),
}

impl<'r> Rollup<'r> {
    /// The programs, each behind the groups that it belongs to, with how deep in them it lies. Groups and programs stand in the order of the file; what a
    /// group has in several places of it stands together.
    pub fn grouped(&self) -> Vec<(usize, Entry<'_, 'r>)> {
        let places = self.chapter().into_iter().flat_map(|chapter| &chapter.children);
        let programs = places.filter_map(|at| Some((*at, self.rows.get(*at)?))).collect();
        let mut entries = Vec::new();
        gather(programs, 0, &mut entries);
        entries
    }
}

type Members<'a, 'r> = Vec<(usize, &'a Row<'r>)>;

fn gather<'a, 'r>(rows: Members<'a, 'r>, depth: usize, entries: &mut Vec<(usize, Entry<'a, 'r>)>) {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: Vec<(Option<&'r str>, Members<'a, 'r>)> = Vec::new();
    for (at, row) in rows {
        let title = row.program.and_then(|program| program.group.get(depth)).map(String::as_str);
        let known = title.and_then(|title| places.get(title)).and_then(|place| kinds.get_mut(*place));
        match known {
            Some((_, members)) => members.push((at, row)),
            None => {
                places.extend(title.map(|title| (title, kinds.len())));
                kinds.push((title, vec![(at, row)]));
            }
        }
    }
    for (title, members) in kinds {
        let Some(title) = title else {
            entries.extend(members.into_iter().map(|(at, row)| (depth, Entry::Program(at, row))));
            continue;
        };
        let amounts = Column::ALL.map(|column| {
            let addable = members.iter().filter(|(_, row)| row.line.is_addable());
            let addable = addable.map(|(_, row)| column.sums(row));
            match Column::BOTH.contains(&column) {
                true => Sums::of(Money::NotStated, addable, true).counted_money(),
                false => Sums::where_known(None, addable, true).counted_money(),
            }
        });
        let title_en =
            members.iter().find_map(|(_, row)| row.program?.group_en.get(depth)).map(String::as_str);
        entries.push((depth, Entry::Group { title, title_en, count: members.len(), amounts }));
        gather(members, depth + 1, entries);
    }
}
