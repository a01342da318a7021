//! What a line was in earlier years.

use std::collections::{BTreeMap, BTreeSet};

use super::{Group, Lineage, Link, Place, counting};
use crate::model::FiscalYear;
use crate::rollup::{Rollup, Row};
use crate::source::FileId;

/// What a line was.
#[derive(Debug, Default)]
pub struct Past<'a> {
    /// Its years up to its own, in order; none where the lineage does not know it.
    pub years: Vec<PastYear<'a>>,
    /// The files of other chapters and years that say so.
    pub files: BTreeSet<FileId>,
}

/// The lines that a line was in one year.
#[derive(Debug)]
pub struct PastYear<'a> {
    pub year: FiscalYear,
    /// The lines, each with what was said of it: one, unless lines were merged or split between that year and the one asked about.
    pub lines: Vec<Vec<Place<'a>>>,
    /// What lies between this year and the one asked about, where that is more than a new name.
    pub broken: Option<Link>,
    /// Whether the lines of the year before went to these and no other ones, so that what is said here of that year is said of them.
    pub follows: bool,
}

/// What looks at a line, at what lies between it and the first one, and at the group that leads further back; it says whether to go there.
type Visit<'v, 'a> = dyn FnMut(usize, Option<Link>, Option<&Group<'a>>) -> bool + 'v;

impl<'a> Lineage<'a> {
    /// What a chapter's line was, as far as was known at the chapter's stage.
    pub fn past(&self, rollup: &Rollup<'_>, row: &Row<'_>) -> Past<'a> {
        let request = rollup.request;
        let (id, now) = (request.line.id.value.as_str(), (request.fiscal_year.value, request.stage));
        let mut years: BTreeMap<FiscalYear, (BTreeSet<usize>, Option<Link>)> = BTreeMap::new();
        let mut files = BTreeSet::new();
        let mut crossed: BTreeSet<FiscalYear> = BTreeSet::new();
        self.back(self.number(rollup, row), &mut |line, broken, group| {
            let Some(year) = self.year(line) else { return false };
            let known = years.entry(year).or_default();
            if !known.0.insert(line) {
                return false;
            }
            known.1 = known.1.or(broken);
            if let Some(group) = group {
                if self.is_crossed(group) {
                    crossed.extend(group.earlier.first().and_then(|&line| self.year(line)));
                }
                files.extend(group.entries.iter().map(|entry| entry.span.file));
                // What went into other chapters, too, makes it another group.
                let chapter = self.lines.get(line).map(|line| line.edition);
                let others = self.lines(&group.later).filter(|other| Some(other.edition) != chapter);
                files.extend(others.flat_map(|other| &other.rows).flat_map(Place::files));
            }
            true
        });
        let past = years.iter().map(|(&year, &(ref lines, broken))| {
            // Where lines came or left the years are not those of the same lines.
            let broken = broken.or((crossed.last() >= Some(&year)).then_some(Link::Regrouped));
            let before = years.get(&year.prior()).map(|(lines, _)| lines);
            let follows =
                before.is_none_or(|before| self.follows(lines, before)) && !crossed.contains(&year.prior());
            let lines = lines.iter().filter_map(|&at| self.lines.get(at));
            let said = lines.map(|line| line.rows.iter().copied().filter(|it| it.time() <= now).collect());
            PastYear { year, lines: said.filter(|rows: &Vec<_>| !rows.is_empty()).collect(), broken, follows }
        });
        let mut years: Vec<PastYear<'_>> = past.collect();
        files.extend(years.iter().flat_map(|it| &it.lines).flatten().flat_map(Place::files));
        if let Some(first) = years.first() {
            // A year between that has nothing of the line says so.
            let between = self.places.range((id, first.year)..(id, now.0));
            let between = between.filter_map(|(&chapter, _)| self.at(chapter, request.calendar()));
            let between = between.filter_map(|at| self.editions.get(at)).flat_map(|edition| &edition.files);
            files.extend(between.map(|file| file.request.file));
        }
        for year in &mut years {
            let lines = std::mem::take(&mut year.lines);
            year.lines = counting(lines, |rows| rows.first().is_some_and(Place::counts));
        }
        files.remove(&request.file);
        Past { years, files }
    }

    /// Whether all that lines of one year were is among those of the year before, and the other way round.
    fn follows(&self, lines: &BTreeSet<usize>, before: &BTreeSet<usize>) -> bool {
        let groups =
            || lines.iter().filter_map(|&line| self.groups.get(self.before.get(line).copied().flatten()?));
        let counts = |line: &usize| {
            self.lines.get(*line).and_then(|line| line.rows.first()).is_some_and(Place::counts)
        };
        let was: BTreeSet<usize> = groups().flat_map(|group| &group.earlier).copied().collect();
        before.is_subset(&was)
            && groups().flat_map(|group| &group.later).all(|line| lines.contains(line) || !counts(line))
    }

    /// Goes back from a line to those that it was, group by group, as far as `visit` wants; what lies between is told where it is more than
    /// a new name.
    pub(crate) fn back(&self, line: Option<usize>, visit: &mut Visit<'_, 'a>) {
        let mut front: Vec<(usize, Option<Link>)> = line.into_iter().map(|line| (line, None)).collect();
        while let Some((line, broken)) = front.pop() {
            let group = self.before.get(line).copied().flatten().and_then(|at| self.groups.get(at));
            if let (true, Some(group)) = (visit(line, broken, group), group) {
                let broken = broken.or((!group.link.is_one_line()).then_some(group.link));
                front.extend(group.earlier.iter().map(|&line| (line, broken)));
            }
        }
    }
}
