//! The lines of a run over the years: which line follows from which, by id and by crosswalk.
//!
//! In: all chapters of a run. Out: a [`History`], built once, which tells the years of any line in time of their number.
//!
//! A sheet looks back only: what it shows of its own year's stage and before was known when it was issued, and a file of a later
//! year can never change an issued sheet.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::{CrosswalkKind, FiscalYear, Id, Line, Stage};
use crate::rollup::{Rollup, Row};

/// How the lines of a run follow from each other.
#[derive(Debug, Default)]
pub struct History<'a, 'r> {
    editions: Vec<Edition<'a, 'r>>,
    places: BTreeMap<(&'r str, FiscalYear), usize>,
}

/// A chapter in one year.
#[derive(Debug)]
struct Edition<'a, 'r> {
    year: FiscalYear,
    /// The request, or what there is of a later stage where the request is not part of the run.
    rollup: &'a Rollup<'r>,
    /// The same chapter at later stages.
    later: Vec<(&'a Rollup<'r>, Lines<'r>)>,
    lines: Lines<'r>,
    /// For each row, the lines of earlier years that it follows from.
    before: Vec<Vec<Step>>,
}

/// The rows of a chapter by their ids.
type Lines<'r> = HashMap<&'r str, usize>;

/// A row of an edition.
type Place = (usize, usize);

/// A step to another year's line.
#[derive(Clone, Copy, Debug)]
struct Step {
    to: Place,
    /// What the crosswalk says happened; `None` where the line only kept its id.
    kind: Option<CrosswalkKind>,
}

/// The rows that a line is in one year.
pub(super) struct YearLines<'a, 'r> {
    /// The year.
    pub(super) year: FiscalYear,
    /// Its rows: one, unless lines were merged or split between that year and the one asked about.
    pub(super) rows: Vec<YearLine<'a, 'r>>,
    /// What lies between this year and the one asked about, where that is more than a new name.
    pub(super) broken: Option<CrosswalkKind>,
}

/// A row with what later stages say about it.
pub(super) struct YearLine<'a, 'r> {
    /// The chapter that it is in.
    pub(super) rollup: &'a Rollup<'r>,
    /// The row.
    pub(super) row: &'a Row<'r>,
    /// The line at later stages of the year.
    pub(super) later: Vec<(Stage, &'a Row<'r>, &'a Rollup<'r>)>,
}

impl<'a, 'r> History<'a, 'r> {
    /// The history that the chapters of a run tell together.
    #[must_use]
    pub fn of(rollups: &'a [Rollup<'r>]) -> Self {
        let mut history = Self::default();
        let mut sorted: Vec<&Rollup<'r>> = rollups
            .iter()
            .filter(|rollup| {
                let request = rollup.request;
                !request.fiscal_year.value.is_stand_in() && !request.line.id.value.is_stand_in()
            })
            .collect();
        sorted.sort_by_key(|rollup| rollup.request.stage);
        for rollup in sorted {
            history.add(rollup);
        }
        history.link();
        history
    }

    fn add(&mut self, rollup: &'a Rollup<'r>) {
        let request = rollup.request;
        let key = (request.line.id.value.as_str(), request.fiscal_year.value);
        let rows = rollup.rows.iter().enumerate();
        let lines: Lines<'r> = rows
            .filter(|(_, row)| !row.line.id.value.is_stand_in())
            .map(|(at, row)| (row.line.id.value.as_str(), at))
            .collect();
        let known = self.places.get(&key);
        if let Some(edition) = known.and_then(|&at| self.editions.get_mut(at)) {
            edition.later.push((rollup, lines));
            return;
        }
        self.places.insert(key, self.editions.len());
        self.editions.push(Edition {
            year: request.fiscal_year.value,
            rollup,
            later: Vec::new(),
            lines,
            before: vec![Vec::new(); rollup.rows.len()],
        });
    }

    /// The last edition of a chapter before a year.
    fn last_before(&self, chapter: &str, year: FiscalYear) -> Option<usize> {
        let own = self.places.range((chapter, FiscalYear::stand_in())..(chapter, year));
        own.last().map(|(_, &at)| at)
    }

    fn link(&mut self) {
        let mut steps = Vec::new();
        for (at, edition) in self.editions.iter().enumerate() {
            let request = edition.rollup.request;
            let own = &request.line.id.value;
            let mut crossed_from: HashSet<&str> = HashSet::new();
            let mut crossed_to: HashSet<&str> = HashSet::new();
            for entry in &request.crosswalk {
                let chapter = entry.chapter_before(own);
                if chapter == own {
                    crossed_from.extend(entry.from.iter().map(|id| id.value.as_str()));
                }
                crossed_to.extend(entry.to.iter().map(|id| id.value.as_str()));
                let Some(earlier) = self.last_before(chapter.as_str(), edition.year) else {
                    continue;
                };
                // A rearranged line that names no other one follows from itself.
                let from = match entry.kind {
                    CrosswalkKind::Restated if entry.from.is_empty() => None,
                    _ => Some(&entry.from),
                };
                for to in &entry.to {
                    for from in from.map_or(std::slice::from_ref(to), Vec::as_slice) {
                        let places = self.line(earlier, &from.value).zip(self.line(at, &to.value));
                        steps.extend(places.map(|(from, to)| (from, to, Some(entry.kind))));
                    }
                }
            }
            let Some(earlier) = self.last_before(own.as_str(), edition.year) else {
                continue;
            };
            for (id, &row) in &edition.lines {
                let is_crossed = crossed_to.contains(id) || crossed_from.contains(id);
                let before = self.editions.get(earlier).and_then(|it| it.lines.get(id));
                if let (false, Some(&before)) = (is_crossed, before) {
                    steps.push(((earlier, before), (at, row), None));
                }
            }
        }
        // The maps above have no order of their own.
        steps.sort_by_key(|&(from, to, _)| (from, to));
        for (from, to, kind) in steps {
            let edition = self.editions.get_mut(to.0);
            if let Some(before) = edition.and_then(|edition| edition.before.get_mut(to.1)) {
                before.push(Step { to: from, kind });
            }
        }
    }

    fn line(&self, edition: usize, id: &Id) -> Option<Place> {
        let row = self.editions.get(edition)?.lines.get(id.as_str())?;
        Some((edition, *row))
    }

    /// The years of a chapter's line up to its own, in order; empty where the history does not know the line.
    pub(super) fn years(&self, rollup: &Rollup<'_>, line: &Line) -> Vec<YearLines<'a, 'r>> {
        let request = rollup.request;
        let key = (request.line.id.value.as_str(), request.fiscal_year.value);
        let own = self.places.get(&key);
        let Some(own) = own.and_then(|&at| self.line(at, &line.id.value)) else {
            return Vec::new();
        };
        let mut years: BTreeMap<FiscalYear, (Vec<Place>, Option<CrosswalkKind>)> = BTreeMap::new();
        let mut seen = HashSet::new();
        let mut front = vec![(own, None)];
        while let Some((place, broken)) = front.pop() {
            let edition = self.editions.get(place.0);
            let Some(edition) = edition.filter(|_| seen.insert(place)) else {
                continue;
            };
            let year = years.entry(edition.year).or_default();
            year.0.push(place);
            year.1 = year.1.or(broken);
            let steps = edition.before.get(place.1).into_iter().flatten();
            front.extend(steps.map(|step| {
                let breaks =
                    |kind: &CrosswalkKind| !matches!(kind, CrosswalkKind::Renamed | CrosswalkKind::Moved);
                (step.to, broken.or(step.kind.filter(breaks)))
            }));
        }
        let known = (request.fiscal_year.value, request.stage);
        let lines = |(year, (mut places, broken)): (_, (Vec<Place>, _))| {
            places.sort_unstable();
            YearLines {
                year,
                rows: places.into_iter().filter_map(|place| self.year_line(place, known)).collect(),
                broken,
            }
        };
        years.into_iter().map(lines).collect()
    }

    /// A row with what was said of it up to a year's stage.
    fn year_line(&self, (edition, row): Place, known: (FiscalYear, Stage)) -> Option<YearLine<'a, 'r>> {
        let edition = self.editions.get(edition)?;
        let row = edition.rollup.rows.get(row)?;
        let later = edition.later.iter().filter_map(|(rollup, lines)| {
            if (edition.year, rollup.request.stage) > known {
                return None;
            }
            let found = rollup.rows.get(*lines.get(row.line.id.value.as_str())?)?;
            Some((rollup.request.stage, found, *rollup))
        });
        Some(YearLine { rollup: edition.rollup, row, later: later.collect() })
    }
}
