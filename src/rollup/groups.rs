//! The programs of a chapter by the groups that they belong to (局, 分野), each with what its programs make together.

use std::collections::BTreeMap;

use super::{Rollup, Row, Sums};
use crate::model::Money;

/// What a list of programs shows in one row.
#[derive(Clone, Copy, Debug)]
pub enum Entry<'a, 'r> {
    /// A group, before what belongs to it.
    Group {
        title: &'r str,
        /// The requested and the prior amounts of those that may be added.
        amounts: [Money; 2],
    },
    Program(&'a Row<'r>),
}

impl<'r> Rollup<'r> {
    /// The programs, each behind the groups that it belongs to, with how deep in them it lies. Groups and programs stand in the order of the file; what a
    /// group has in several places of it stands together.
    pub fn grouped(&self) -> Vec<(usize, Entry<'_, 'r>)> {
        let programs: Vec<&Row<'r>> =
            self.chapter().into_iter().flat_map(|chapter| self.children_of(chapter)).collect();
        let mut entries = Vec::new();
        gather(programs, 0, &mut entries);
        entries
    }
}

fn gather<'a, 'r>(rows: Vec<&'a Row<'r>>, depth: usize, entries: &mut Vec<(usize, Entry<'a, 'r>)>) {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: Vec<(Option<&'r str>, Vec<&'a Row<'r>>)> = Vec::new();
    for row in rows {
        let title = row.program.and_then(|program| program.group.get(depth)).map(String::as_str);
        let known = title.and_then(|title| places.get(title)).and_then(|place| kinds.get_mut(*place));
        match known {
            Some((_, members)) => members.push(row),
            None => {
                places.extend(title.map(|title| (title, kinds.len())));
                kinds.push((title, vec![row]));
            }
        }
    }
    for (title, members) in kinds {
        let Some(title) = title else {
            entries.extend(members.into_iter().map(|row| (depth, Entry::Program(row))));
            continue;
        };
        let of = |column: fn(&Row<'_>) -> Sums| {
            let addable = members.iter().filter(|row| row.line.is_addable()).map(|row| column(row));
            Sums::of(Money::NotStated, addable, true).counted_money()
        };
        let amounts = [of(|row| row.requested), of(|row| row.prior)];
        entries.push((depth, Entry::Group { title, amounts }));
        gather(members, depth + 1, entries);
    }
}
