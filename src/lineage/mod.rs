//! Which line of one year is which line of another.
//!
//! In: the chapters of a run, or the two sides of a comparison. Out: [`Group`]s of lines that are the same money, by id and by crosswalk.
//! Rules, the years on a sheet and comparisons all ask here; nobody else matches lines.

mod continuity;
mod crossing;
mod following;
mod groups;
mod link;
mod past;

use std::collections::{BTreeMap, BTreeSet};

pub use continuity::{Break, Held};
pub(crate) use continuity::{ENACTED, SUPPLEMENTARY, disagreeing, initial, may_be_same, stated};
pub use following::Following;
pub use groups::Group;
pub(crate) use groups::{Chapter, Names, Step, Time, chained, grouped};
pub use link::Link;
pub(crate) use link::{contradiction, still_here};
pub use past::{Past, PastYear};

use crate::model::{Crosswalk, FiscalCalendar, FiscalYear, Id, Money, Stage};
use crate::rollup::{Rollup, Row};
use crate::source::FileId;

#[cfg(test)]
thread_local! {
    /// How many lines were linked on this thread: work that a test counts.
    pub(crate) static LINKED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Of lines that are taken together those that count: a line counted elsewhere (再掲, 内数) is in another one's amounts, unless all are.
pub(crate) fn counting<T>(lines: Vec<T>, is_counted: impl Fn(&T) -> bool) -> Vec<T> {
    match lines.iter().any(&is_counted) {
        true => lines.into_iter().filter(is_counted).collect(),
        false => lines,
    }
}

/// The lines of all chapters of a run over the years, linked once.
///
/// Looking back only ever shows what was known at a year's stage, so a file of a later year can never change an issued sheet.
#[derive(Debug, Default)]
pub struct Lineage<'a> {
    editions: Vec<Edition<'a>>,
    /// The editions of each chapter in each year: more than one where a file's calendar means another year by the name.
    places: BTreeMap<(&'a str, FiscalYear), Vec<usize>>,
    lines: Vec<YearLine<'a>>,
    groups: Vec<Group<'a>>,
    /// For each line the group in which it is the later one, and that in which it is the earlier one.
    before: Vec<Option<usize>>,
    after: Vec<Option<usize>>,
    aside: Vec<&'a Crosswalk>,
}

/// A chapter in one year, with its files of all stages.
#[derive(Debug)]
pub struct Edition<'a> {
    /// The year.
    pub year: FiscalYear,
    /// The calendar that says when that is.
    pub calendar: FiscalCalendar,
    /// The files, the earliest stage first.
    pub files: Vec<&'a Rollup<'a>>,
    names: Names<'a>,
}

/// A line in one year.
#[derive(Debug)]
pub struct YearLine<'a> {
    /// Where its edition is among those of the lineage.
    pub edition: usize,
    pub id: &'a str,
    /// What the files of its stages say of it, the earliest first.
    pub rows: Vec<Place<'a>>,
}

/// A row of a file.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The file.
    pub rollup: &'a Rollup<'a>,
    pub row: &'a Row<'a>,
}

impl<'a> Lineage<'a> {
    /// The lineage that the chapters of a run tell together.
    pub fn of(rollups: impl IntoIterator<Item = &'a Rollup<'a>>) -> Self {
        let mut lineage = Self::default();
        let mut sorted: Vec<&Rollup<'_>> = rollups
            .into_iter()
            .filter(|rollup| !rollup.rows.is_empty())
            .filter(|rollup| !rollup.request.fiscal_year.value.is_stand_in())
            .filter(|rollup| !rollup.request.line.id.value.is_stand_in())
            .collect();
        sorted.sort_by_key(|rollup| rollup.request.stage);
        for rollup in sorted {
            lineage.add(rollup);
        }
        lineage.link();
        lineage
    }

    fn add(&mut self, rollup: &'a Rollup<'a>) {
        let (id, year) = (rollup.request.line.id.value.as_str(), rollup.request.fiscal_year.value);
        let calendar = rollup.request.calendar();
        let known = self.at((id, year), calendar);
        let at = known.unwrap_or(self.editions.len());
        if known.is_none() {
            self.places.entry((id, year)).or_default().push(at);
            let names = Names { top: (id, self.lines.len()), lines: BTreeMap::new() };
            self.editions.push(Edition { year, calendar, files: Vec::new(), names });
            self.lines.push(YearLine { edition: at, id, rows: Vec::new() });
        }
        let Some(edition) = self.editions.get_mut(at) else {
            return;
        };
        edition.files.push(rollup);
        for row in rollup.rows.iter().filter(|row| !row.line.id.value.is_stand_in()) {
            let id = row.line.id.value.as_str();
            let line = match row.program {
                None => edition.names.top.1,
                Some(_) => *edition.names.lines.entry(id).or_insert(self.lines.len()),
            };
            if line == self.lines.len() {
                self.lines.push(YearLine { edition: at, id, rows: Vec::new() });
            }
            if let Some(line) = self.lines.get_mut(line) {
                // Of an id that a file uses twice the last one counts, here as everywhere.
                line.rows.retain(|place| !std::ptr::eq(place.rollup, rollup));
                line.rows.push(Place { rollup, row });
            }
        }
        // Of a chapter that is not all there, what its crosswalk names is taken to be: the lines that are there then follow from the same
        // ones as they do in the whole.
        let named = rollup.request.crosswalk.iter().flat_map(|entry| &entry.to);
        for id in named.map(|id| id.value.as_str()).filter(|_| rollup.is_unread()) {
            if edition.names.find(id).is_none() {
                edition.names.lines.insert(id, self.lines.len());
                self.lines.push(YearLine { edition: at, id, rows: Vec::new() });
            }
        }
    }

    fn link(&mut self) {
        #[cfg(test)]
        LINKED.set(LINKED.get() + self.lines.len());
        let chapters: Vec<Chapter<'a>> = (0..self.editions.len()).filter_map(|at| self.chapter(at)).collect();
        let (groups, aside) = grouped(&chapters, self, self);
        self.aside = aside;
        self.before = vec![None; self.lines.len()];
        self.after = vec![None; self.lines.len()];
        for (at, group) in groups.iter().enumerate() {
            let marks = [(&mut self.before, &group.later), (&mut self.after, &group.earlier)];
            for (mark, lines) in marks {
                for &line in lines {
                    if let Some(place) = mark.get_mut(line) {
                        *place = Some(at);
                    }
                }
            }
        }
        self.groups = groups;
    }

    /// An edition, and the last ones before it. A line that skips a year follows from the last one that has its id.
    fn chapter(&self, at: usize) -> Option<Chapter<'a>> {
        let edition = self.editions.get(at)?;
        let id = &edition.files.first()?.request.line.id.value;
        let crosswalk = edition.crosswalk();
        let named = crosswalk.iter().filter_map(|entry| entry.chapter.as_ref()).map(|chapter| &chapter.value);
        let before = named.chain([id]);
        let before = before.filter_map(|id| Some((id, self.last_before(id.as_str(), edition)?))).collect();
        let earlier: Vec<&Names<'_>> = self
            .editions_before(id.as_str(), edition)
            .filter_map(|at| Some(&self.editions.get(at)?.names))
            .collect();
        let lines = edition.names.lines.iter();
        let kept = lines
            .filter_map(|(id, &line)| Some((line, *earlier.iter().find_map(|names| names.lines.get(id))?)));
        let top = earlier.first().map(|names| (edition.names.top.1, names.top.1));
        Some(Chapter { at, id, crosswalk, before, kept: kept.chain(top).collect() })
    }

    /// A chapter's edition in a year of a calendar.
    fn at(&self, chapter: (&str, FiscalYear), calendar: FiscalCalendar) -> Option<usize> {
        let mut there = self.places.get(&chapter)?.iter().copied();
        there.find(|&at| self.editions.get(at).is_some_and(|it| !it.calendar.contradicts(calendar)))
    }

    /// The editions of a chapter before another edition's year, the last first. Those whose calendar means other years are of none.
    fn editions_before<'s>(
        &'s self,
        chapter: &'s str,
        edition: &'s Edition<'a>,
    ) -> impl Iterator<Item = usize> + 's {
        let own = self.places.range((chapter, FiscalYear::stand_in())..(chapter, edition.year));
        own.rev().filter_map(|(&chapter, _)| self.at(chapter, edition.calendar))
    }

    fn last_before(&self, chapter: &str, edition: &Edition<'a>) -> Option<usize> {
        self.editions_before(chapter, edition).next()
    }

    /// The chapters in each of their years.
    pub fn editions(&self) -> &[Edition<'a>] {
        &self.editions
    }

    /// The last edition of a chapter before another edition's year.
    pub fn before(&self, edition: &Edition<'a>, chapter: &Id) -> Option<&Edition<'a>> {
        self.editions.get(self.last_before(chapter.as_str(), edition)?)
    }

    /// The entries that are not used, because they contradict themselves or name a line that is not there.
    pub fn aside(&self) -> &[&'a Crosswalk] {
        &self.aside
    }

    /// The number of the line that a row of a file is, among those of all years.
    pub fn number(&self, rollup: &Rollup<'_>, row: &Row<'_>) -> Option<usize> {
        let chapter = (rollup.request.line.id.value.as_str(), rollup.request.fiscal_year.value);
        self.editions.get(self.at(chapter, rollup.request.calendar())?)?.line(row)
    }

    /// All groups of lines.
    pub fn groups(&self) -> &[Group<'a>] {
        &self.groups
    }

    /// Lines by their numbers, as groups have them.
    pub fn lines(&self, numbers: &[usize]) -> impl Iterator<Item = &YearLine<'a>> {
        numbers.iter().filter_map(|&at| self.lines.get(at))
    }

    /// The lines of all years.
    pub fn all_lines(&self) -> &[YearLine<'a>] {
        &self.lines
    }

    /// The year of a line.
    pub fn year(&self, line: usize) -> Option<FiscalYear> {
        let edition = self.lines.get(line)?.edition;
        self.editions.get(edition).map(|edition| edition.year)
    }

    /// Whether any line of a later year follows from a line.
    pub fn goes_on(&self, line: usize) -> bool {
        self.after.get(line).is_some_and(Option::is_some)
    }

    /// Whether a line follows from any of an earlier year.
    pub fn comes_from(&self, line: usize) -> bool {
        self.before.get(line).is_some_and(Option::is_some)
    }
}

impl<'a> Edition<'a> {
    /// The entries of its files' crosswalks, what several stages repeat once.
    pub fn crosswalk(&self) -> Vec<&'a Crosswalk> {
        let mut known = BTreeSet::new();
        let entries = self.files.iter().flat_map(|file| &file.request.crosswalk);
        entries.filter(|entry| known.insert(entry.meaning())).collect()
    }

    /// The number of the line that a row of its files is.
    pub fn line(&self, row: &Row<'_>) -> Option<usize> {
        match row.program {
            None => Some(self.names.top.1),
            Some(_) => self.names.lines.get(row.line.id.value.as_str()).copied(),
        }
    }

    /// Whether it has a line of an id, at any stage.
    pub fn has(&self, id: &Id) -> bool {
        self.names.find(id.as_str()).is_some()
    }

    /// The ids of its lines.
    pub fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.names.lines.keys().copied().chain([self.names.top.0])
    }
}

impl<'a> Time<'a> for Lineage<'a> {
    fn names(&self, chapter: usize) -> Option<&Names<'a>> {
        self.editions.get(chapter).map(|edition| &edition.names)
    }

    fn id(&self, line: usize) -> Option<&'a str> {
        self.lines.get(line).map(|line| line.id)
    }

    fn has_prior(&self, line: usize) -> bool {
        let rows = self.lines.get(line).map_or(&[][..], |line| line.rows.as_slice());
        rows.iter().any(|place| place.row.line.has_prior())
    }

    fn is_new(&self, line: usize) -> bool {
        let rows = self.lines.get(line).map_or(&[][..], |line| line.rows.as_slice());
        rows.iter().any(|place| place.row.line.prior.money.value == Money::New)
    }

    fn is_below(&self, line: usize, above: usize) -> bool {
        let Some((line, above)) = self.lines.get(line).zip(self.lines.get(above)) else {
            return false;
        };
        line.edition == above.edition
            && line.rows.iter().any(|place| {
                let above = above.rows.iter().find(|other| std::ptr::eq(other.rollup, place.rollup));
                above.is_some_and(|above| above.rollup.is_below(place.row, above.row))
            })
    }
}

impl Place<'_> {
    /// The files that it and all below it, which its amounts may come from, stand in.
    fn files(&self) -> BTreeSet<FileId> {
        let mut files = BTreeSet::from([self.rollup.request.file]);
        let mut rows = vec![self.row];
        while let Some(row) = rows.pop() {
            files.extend(row.program.map(|program| program.span.file));
            rows.extend(self.rollup.children_of(row));
        }
        files
    }

    /// Whether its amounts are added into the line above.
    fn counts(&self) -> bool {
        self.row.line.is_addable()
    }

    /// The year and the stage of its file.
    pub fn time(&self) -> (FiscalYear, Stage) {
        (self.rollup.request.fiscal_year.value, self.rollup.request.stage)
    }
}
