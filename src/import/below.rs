//! Rows of a table that are none of its lines: what is only there to be compared with, and the remarks below the last line.

use std::collections::BTreeSet;

use super::figures::Figured;
use super::grid::{Fate, Filled, Grid};
use super::rows::{Entries, Entry};
use super::titles;

impl Entries {
    /// Takes out the rows that are only for reference, with those that belong to them: below the total of all lines a heading of such rows has all that
    /// follows.
    pub(super) fn memos(&mut self, grid: &Grid) {
        let level = |entry: &Entry| (entry.labels.last().map(|(level, _)| *level), entry.inset);
        let (mut has_total, mut memo, mut is_of_total) = (false, None, false);
        self.list.retain(|entry| {
            // うち below a total is of that, and no part of the line above it.
            is_of_total = entry.is_line
                && (titles::sum(entry.title()).is_some() || is_of_total && titles::of_which(entry.title()));
            let belongs = memo.is_some_and(|(at, has_all)| has_all || level(entry) > at)
                || is_of_total && titles::of_which(entry.title());
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

    /// Whether a row without words has the amounts of the line above it, whose own row has amounts in brackets alone: 上段（）は内数. Those are left.
    pub(super) fn has_two_rows(&mut self, entry: &mut Entry) -> bool {
        let Some(last) =
            self.list.last_mut().filter(|last| last.row + 1 == entry.row && !last.labels.is_empty())
        else {
            return false;
        };
        let figures = |entry: &Entry| entry.figures.iter().flatten().cloned().collect::<Vec<_>>();
        let (above, own) = (figures(last), figures(entry));
        let is_bracketed = |figured: &Figured| figured.bracket.is_some_and(|bracket| bracket != '〔');
        let is_it = entry.labels.is_empty()
            && !above.is_empty()
            && above.iter().all(is_bracketed)
            && above.len() <= own.len()
            && !own.iter().any(is_bracketed);
        if is_it {
            self.remarks.retain(|remark| !above.iter().any(|figured| figured.cell == remark.cell));
            last.figures = std::mem::take(&mut entry.figures);
            last.notes.append(&mut entry.notes);
        }
        is_it
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
