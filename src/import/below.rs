//! Rows of a table that are none of its lines: what is only there to be compared with, and the remarks below the last line.

use std::collections::BTreeSet;

use super::grid::{Fate, Filled, Grid};
use super::rows::{Entries, Entry};
use super::titles;

impl Entries {
    /// Takes out the rows that are only for reference, with those that belong to them: below the total of all lines a heading of such rows has all that
    /// follows.
    pub(super) fn memos(&mut self, grid: &Grid) {
        let level = |entry: &Entry| (entry.labels.last().map(|(level, _)| *level), entry.inset);
        let (mut has_total, mut memo) = (false, None);
        self.list.retain(|entry| {
            let belongs = memo.is_some_and(|(at, has_all)| has_all || level(entry) > at);
            if belongs || titles::is_memo(entry.title()) {
                memo = memo.filter(|_| belongs).or(Some((level(entry), has_total && !entry.is_line)));
                let cells = grid.rows.get(entry.row).map(|row| row.cells.as_slice()).unwrap_or_default();
                cells.iter().for_each(|cell| cell.mark(Fate::Named));
                let said: Vec<&str> = cells.iter().map(Filled::shown).collect();
                self.memos.push((entry.place, said.join(" ")));
                return false;
            }
            memo = None;
            has_total |= entry.is_line && titles::sum(entry.title()).is_some();
            true
        });
        let rows: BTreeSet<usize> = self.memos.iter().map(|(cell, _)| cell.row).collect();
        self.remarks.retain(|remark| !rows.contains(&remark.cell.row));
    }

    /// Words without figures below the last line are remarks.
    pub(super) fn close(&mut self, grid: &Grid) {
        let is_remark = |entry: &Entry| !entry.is_line && entry.inset == 0 && entry.code.is_empty();
        while self.list.len() > 1 && self.list.last().is_some_and(is_remark) {
            let Some(entry) = self.list.pop() else { break };
            entry.mark(grid, Fate::Taken);
            let words = [entry.title()].into_iter().chain(entry.notes.iter().map(String::as_str));
            self.notes.insert(0, words.collect::<Vec<_>>().join(" "));
        }
    }
}
