//! The same chapter in another year of the run: what the rules that look across files have in common.

use std::collections::BTreeMap;

use crate::model::{FiscalYear, Line, Stage};
use crate::rollup::{Rollup, Row};

/// A chapter's request beside that of an earlier year.
pub(super) struct Years<'a, 'r> {
    /// The later chapter.
    pub(super) now: &'a Rollup<'r>,
    /// The earlier one, by the ids of its lines.
    before: BTreeMap<&'r str, &'r Line>,
}

impl<'a, 'r> Years<'a, 'r> {
    /// The requests of a run, each beside that of the fiscal year right before it, where that was read too.
    pub(super) fn adjacent(rollups: &'a [Rollup<'r>]) -> impl Iterator<Item = Self> {
        Self::pairs(rollups, |now, before| {
            now != before && now.prior() == before
        })
    }

    /// The requests of a run, each beside the last one before it.
    pub(super) fn latest(rollups: &'a [Rollup<'r>]) -> impl Iterator<Item = Self> {
        Self::pairs(rollups, |now, before| before < now)
    }

    fn pairs(
        rollups: &'a [Rollup<'r>],
        fits: impl Fn(FiscalYear, FiscalYear) -> bool,
    ) -> impl Iterator<Item = Self> {
        let requests = || {
            rollups.iter().filter(|rollup| {
                rollup.request.stage == Stage::Request
                    && !rollup.request.fiscal_year.value.is_stand_in()
                    && !rollup.request.line.id.value.is_stand_in()
            })
        };
        requests().filter_map(move |now| {
            let year = now.request.fiscal_year.value;
            let before = requests()
                .filter(|other| other.request.line.id.value == now.request.line.id.value)
                .filter(|other| fits(year, other.request.fiscal_year.value))
                .max_by_key(|other| other.request.fiscal_year.value)?;
            let before = before
                .rows
                .iter()
                .map(|row| (row.line.id.value.as_str(), row.line))
                .collect();
            Some(Self { now, before })
        })
    }

    /// The lines that are in both years.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&'a Row<'r>, &'r Line)> {
        self.now
            .rows
            .iter()
            .filter(|row| !row.line.id.value.is_stand_in())
            .filter_map(|row| Some((row, *self.before.get(row.line.id.value.as_str())?)))
    }
}
