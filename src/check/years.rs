//! The same chapter in another year of the run: what the rules that look across files have in common.

use std::collections::{BTreeMap, BTreeSet};

use super::crosswalk_known::contradiction;
use crate::model::{Crosswalk, CrosswalkKind, FiscalYear, Id, Line, Stage};
use crate::rollup::{Rollup, Row};

/// A chapter's request beside that of an earlier year.
pub(super) struct Years<'a, 'r> {
    /// The later chapter.
    pub(super) now: &'a Rollup<'r>,
    /// Chapters of the earlier year, by their ids: the same chapter, and those that its crosswalk names.
    before: BTreeMap<&'r Id, Chapter<'a, 'r>>,
}

/// A chapter of an earlier year.
pub(super) struct Chapter<'a, 'r> {
    /// The chapter.
    pub(super) rollup: &'a Rollup<'r>,
    /// Its lines by their ids.
    pub(super) lines: BTreeMap<&'r str, &'r Line>,
}

/// Lines of this year that together follow from lines of last year.
pub(super) struct Group<'a, 'r> {
    /// What says so; empty for a line that keeps its id.
    pub(super) entries: Vec<&'r Crosswalk>,
    /// Last year's lines.
    pub(super) from: Vec<&'r Line>,
    /// This year's lines.
    pub(super) to: Vec<&'a Row<'r>>,
}

/// The requests of a run that can be told apart by chapter and year.
pub(super) fn requests<'a, 'r>(rollups: &'a [Rollup<'r>]) -> impl Iterator<Item = &'a Rollup<'r>> {
    rollups.iter().filter(|rollup| {
        rollup.request.stage == Stage::Request
            && !rollup.request.fiscal_year.value.is_stand_in()
            && !rollup.request.line.id.value.is_stand_in()
    })
}

/// Whether lines of a chapter may be missing because they could not be read.
pub(super) fn is_unread(rollup: &Rollup<'_>) -> bool {
    rollup.rows.iter().any(|row| row.line.unread)
}

impl<'a, 'r> Years<'a, 'r> {
    /// The requests of a run, each beside those of the fiscal year right before it, where they were read too.
    pub(super) fn adjacent(rollups: &'a [Rollup<'r>]) -> impl Iterator<Item = Self> {
        requests(rollups).filter_map(move |now| {
            let year = now.request.fiscal_year.value;
            let is_wanted = |id: &Id| {
                let named = |entry: &Crosswalk| entry.chapter.as_ref().map(|other| &other.value) == Some(id);
                now.request.line.id.value == *id || now.request.crosswalk.iter().any(named)
            };
            let before: BTreeMap<&Id, Chapter<'_, '_>> = requests(rollups)
                .filter(|other| {
                    let before = other.request.fiscal_year.value;
                    before != year && year.prior() == before
                })
                .filter(|other| is_wanted(&other.request.line.id.value))
                .map(|other| (&other.request.line.id.value, Chapter::of(other)))
                .collect();
            (!before.is_empty()).then_some(Self { now, before })
        })
    }

    /// The requests of a run, each beside the last one before it.
    pub(super) fn latest(rollups: &'a [Rollup<'r>]) -> impl Iterator<Item = Self> {
        let year = |rollup: &Rollup<'_>| -> FiscalYear { rollup.request.fiscal_year.value };
        requests(rollups).filter_map(move |now| {
            let id = &now.request.line.id.value;
            let before = requests(rollups)
                .filter(|other| other.request.line.id.value == *id)
                .filter(|other| year(other) < year(now))
                .max_by_key(|other| year(other))?;
            Some(Self { now, before: BTreeMap::from([(id, Chapter::of(before))]) })
        })
    }

    /// The same chapter in the earlier year.
    pub(super) fn own(&self) -> Option<&Chapter<'a, 'r>> {
        self.before.get(&self.now.request.line.id.value)
    }

    /// The earlier chapter that an entry's `from` is about, where it was read.
    pub(super) fn before(&self, entry: &Crosswalk) -> Option<&Chapter<'a, 'r>> {
        self.before.get(entry.chapter_before(&self.now.request.line.id.value))
    }

    /// The lines that are in both years.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&'a Row<'r>, &'r Line)> {
        self.now
            .rows
            .iter()
            .filter(|row| !row.line.id.value.is_stand_in())
            .filter_map(|row| Some((row, *self.own()?.lines.get(row.line.id.value.as_str())?)))
    }

    /// What can be compared: each line that keeps its id, unless the crosswalk says otherwise, and then what the crosswalk
    /// holds together. Entries that share a line are one group.
    pub(super) fn groups(&self) -> Vec<Group<'a, 'r>> {
        let own = &self.now.request.line.id.value;
        let crosswalk = &self.now.request.crosswalk;
        let is_crossed = |id: &Id| {
            crosswalk.iter().any(|entry| {
                let from_here = entry.chapter_before(own) == own;
                entry.to.iter().any(|to| to.value == *id)
                    || from_here && entry.from.iter().any(|from| from.value == *id)
            })
        };
        let kept = self
            .lines()
            .filter(|(row, _)| !is_crossed(&row.line.id.value))
            .map(|(row, before)| Group { entries: Vec::new(), from: vec![before], to: vec![row] });
        let crossed = connected(crosswalk, own).into_iter().filter_map(|entries| self.group(entries));
        kept.chain(crossed).collect()
    }

    /// The lines of entries; `None` where they cannot be compared or are not all there.
    fn group(&self, entries: Vec<&'r Crosswalk>) -> Option<Group<'a, 'r>> {
        let own = &self.now.request.line.id.value;
        let mut seen = BTreeSet::new();
        let (mut from, mut to) = (Vec::new(), Vec::new());
        for entry in &entries {
            if entry.kind == CrosswalkKind::Restated || contradiction(entry, own).is_some() {
                return None;
            }
            let chapter = entry.chapter_before(own);
            for id in &entry.from {
                let line = *self.before(entry)?.lines.get(id.value.as_str())?;
                if seen.insert((Some(chapter), &id.value)) {
                    from.push(line);
                }
            }
            for id in &entry.to {
                let mut rows = self.now.rows.iter();
                let row = rows.rfind(|row| row.line.id.value == id.value)?;
                if seen.insert((None, &id.value)) {
                    to.push(row);
                }
            }
        }
        Some(Group { entries, from, to })
    }
}

impl<'a, 'r> Chapter<'a, 'r> {
    fn of(rollup: &'a Rollup<'r>) -> Self {
        let lines = rollup.rows.iter().map(|row| row.line);
        Self { rollup, lines: lines.map(|line| (line.id.value.as_str(), line)).collect() }
    }
}

/// Entries in groups of those that share a line, directly or through others.
fn connected<'r>(crosswalk: &'r [Crosswalk], own: &'r Id) -> Vec<Vec<&'r Crosswalk>> {
    let mut leads: Vec<usize> = (0..crosswalk.len()).collect();
    let mut first = BTreeMap::new();
    for (at, entry) in crosswalk.iter().enumerate() {
        let chapter = entry.chapter_before(own);
        let from = entry.from.iter().map(|id| (Some(chapter), &id.value));
        let to = entry.to.iter().map(|id| (None, &id.value));
        for line in from.chain(to) {
            let other = lead(&leads, *first.entry(line).or_insert(at));
            let this = lead(&leads, at);
            if let Some(higher) = leads.get_mut(this.max(other)) {
                *higher = this.min(other);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<&Crosswalk>> = BTreeMap::new();
    for (at, entry) in crosswalk.iter().enumerate() {
        groups.entry(lead(&leads, at)).or_default().push(entry);
    }
    groups.into_values().collect()
}

/// The first entry of the group that an entry is in.
fn lead(leads: &[usize], mut at: usize) -> usize {
    while let Some(&earlier) = leads.get(at)
        && earlier != at
    {
        at = earlier;
    }
    at
}
