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
        let programs: Vec<(usize, &Row<'r>)> =
            places.filter_map(|at| Some((*at, self.rows.get(*at)?))).collect();
        let groups = |(_, row): (usize, &Row<'r>)| row.program.map_or(&[][..], |program| &program.group);
        let entries = arranged(programs, &groups).into_iter().map(|(depth, place)| match place {
            Place::Item((at, row)) => (depth, Entry::Program(at, row)),
            Place::Group(title, members) => (depth, group(title, depth, &members)),
        });
        entries.collect()
    }
}

fn group<'a, 'r>(title: &'r str, depth: usize, members: &[(usize, &Row<'r>)]) -> Entry<'a, 'r> {
    let amounts = Column::ALL.map(|column| {
        let addable = members.iter().filter(|(_, row)| row.line.is_addable());
        let addable = addable.map(|(_, row)| column.sums(row));
        match Column::BOTH.contains(&column) {
            true => Sums::of(Money::NotStated, addable, true).counted_money(),
            false => Sums::where_known(None, addable, true).counted_money(),
        }
    });
    let title_en = members.iter().find_map(|(_, row)| row.program?.group_en.get(depth)).map(String::as_str);
    Entry::Group { title, title_en, count: members.len(), amounts }
}

/// One row of things by their groups.
#[derive(Clone, Debug)]
pub(crate) enum Place<'r, T> {
    /// A group with all that belongs to it, before that.
    Group(&'r str, Vec<T>),
    Item(T),
}

/// Things behind the groups that they belong to, each with how deep in them it lies: what a group has in several places stands together.
pub(crate) fn arranged<'r, T: Copy>(
    items: Vec<T>,
    groups: &impl Fn(T) -> &'r [String],
) -> Vec<(usize, Place<'r, T>)> {
    let mut arranged = Vec::new();
    gather(items, groups, 0, &mut arranged);
    arranged
}

fn gather<'r, T: Copy>(
    items: Vec<T>,
    groups: &impl Fn(T) -> &'r [String],
    depth: usize,
    arranged: &mut Vec<(usize, Place<'r, T>)>,
) {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: Vec<(Option<&'r str>, Vec<T>)> = Vec::new();
    for item in items {
        let title = groups(item).get(depth).map(String::as_str);
        let known = title.and_then(|title| places.get(title)).and_then(|place| kinds.get_mut(*place));
        match known {
            Some((_, members)) => members.push(item),
            None => {
                places.extend(title.map(|title| (title, kinds.len())));
                kinds.push((title, vec![item]));
            }
        }
    }
    for (title, members) in kinds {
        let Some(title) = title else {
            arranged.extend(members.into_iter().map(|item| (depth, Place::Item(item))));
            continue;
        };
        arranged.push((depth, Place::Group(title, members.clone())));
        gather(members, groups, depth + 1, arranged);
    }
}
