//! The tree that an adjacency list says: each row names the one above it, wherever that stands.

use std::collections::HashMap;

use super::below::aside;
use super::remark::Remark;
use super::rows::Entry;
use super::tree::{Node, Tree};
use crate::limits::LEVELS;

impl Tree {
    /// Puts entries below those that they name.
    pub(super) fn adjacent(&mut self, entries: &[Entry]) {
        let places: HashMap<&str, usize> = entries
            .iter()
            .enumerate()
            .rev()
            .filter_map(|(at, entry)| Some((entry.id.as_deref()?, at)))
            .collect();
        let above: Vec<Option<usize>> =
            entries.iter().map(|entry| places.get(entry.parent.as_deref()?).copied()).collect();
        for (at, entry) in entries.iter().enumerate() {
            self.nodes.push(Node {
                entry: Some(at),
                title: entry.title().to_owned(),
                figures: entry.figures.clone(),
                account: entry.account.clone(),
                aside: aside(entry),
                is_line: entry.is_line,
                ..Node::default()
            });
        }
        for (at, entry) in entries.iter().enumerate() {
            let mut steps = std::iter::successors(above.get(at).copied().flatten(), |at| {
                above.get(*at).copied().flatten()
            });
            let goes_on = steps.nth(LEVELS - 1).is_some();
            let parent = above.get(at).copied().flatten().filter(|_| !goes_on);
            if let Some(named) = entry.parent.as_deref().filter(|_| parent.is_none()) {
                let what = match goes_on {
                    true => {
                        format!("the lines above this one go round in a circle, or are more than {LEVELS}")
                    }
                    false => {
                        format!("no line has the id `{named}`, which this one names as the one above it")
                    }
                };
                let help = "mend `parent` in the sheet; the line was put at the top";
                self.remarks.push(Remark::assumed(entry.place, what, help));
            }
            if let Some(parent) = self.nodes.get_mut(parent.map_or(0, |parent| parent + 1)) {
                parent.children.push(at + 1);
            }
        }
    }
}
