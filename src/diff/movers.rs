//! Which lines moved a total most.

use super::bridge::ItemKind;
use super::change::{ChapterChange, LineChange};
use crate::model::{Amount, Comparison, Rate};

/// A line by which a total changed.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Mover {
    /// Its place in [`ChapterChange::lines`].
    pub line: usize,
    /// By how much it changed.
    pub change: Amount,
    /// What happened to it: the one item of its bridge in which it is counted.
    #[serde(skip)]
    pub kind: ItemKind,
    /// Its part of all movement, increases and decreases alike; to be printed by [`crate::notation::Notation::share`].
    #[serde(
        rename = "share_percent",
        skip_serializing_if = "Option::is_none",
        serialize_with = "super::json::share"
    )]
    pub share: Option<Rate>,
}

impl ChapterChange<'_> {
    /// The lines that changed in one pair of columns, the largest change first. No line stands below another one of them: a line that
    /// is wholly new or gone is one, and otherwise it is the lines where the tree ends.
    pub fn movers(&self, column: usize) -> Vec<Mover> {
        let mut found = Vec::new();
        if !self.lines.is_empty() {
            self.collect(0, column, &mut found);
        }
        let movement = Amount::sum(found.iter().map(|mover| mover.change.abs()));
        let movement = movement.ok().flatten();
        for mover in &mut found {
            mover.share = movement.and_then(|movement| Rate::between(mover.change.abs(), movement));
        }
        found.sort_by_key(|mover| (std::cmp::Reverse(mover.change.abs().smallest_units()), mover.line));
        found
    }

    fn collect(&self, at: usize, column: usize, found: &mut Vec<Mover>) {
        let Some(line) = self.lines.get(at) else {
            return;
        };
        let Some(amount) = line.amounts.get(column) else {
            return;
        };
        let is_over = matches!(amount.comparison, Comparison::New(_) | Comparison::Ended(_));
        let is_gone = line.link.is_one_sided() || line.depth > 0 && is_over;
        let is_one = match amount.bridge.items.as_slice() {
            // What only came from elsewhere, or went there, is not new or gone.
            [item] if is_gone => !matches!(item.kind, ItemKind::MovedIn | ItemKind::MovedOut),
            _ => amount.is_whole,
        };
        if is_one {
            let change = amount.change().filter(|change| !change.is_zero() && !amount.is_same());
            let counted = change.and_then(|change| Some((change, amount.bridge.counted()?)));
            found.extend(counted.map(|(change, kind)| Mover { line: at, change, kind, share: None }));
            return;
        }
        let is_counted = |child: &&usize| {
            let child = self.lines.get(**child);
            child.is_some_and(|child: &LineChange<'_>| child.is_counted)
        };
        for &child in line.children.iter().filter(is_counted) {
            self.collect(child, column, found);
        }
    }
}
