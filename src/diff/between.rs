//! The years between two sides that do not follow each other: which lines of the one lead to which of the other.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Relation;
use super::forest::Forest;
use super::pairing::Pairing;
use crate::lineage::{Lineage, Step};
use crate::model::{Crosswalk, FiscalYear, Id, Stage};
use crate::rollup::Rollup;

/// The chapters of the years between two sides.
pub(super) struct Between<'a> {
    chapters: Vec<&'a Rollup<'a>>,
    /// Years of which no chapter is known.
    pub(super) unread: Vec<FiscalYear>,
}

fn year(rollup: &Rollup<'_>) -> FiscalYear {
    rollup.request.fiscal_year.value
}

fn id<'a>(rollup: &Rollup<'a>) -> &'a Id {
    &rollup.request.line.id.value
}

impl<'a> Between<'a> {
    /// The chapters of the years between among some, what is there twice once.
    pub(super) fn of(
        old: &[&'a Rollup<'a>],
        others: &[&'a Rollup<'a>],
        new: &[&'a Rollup<'a>],
        pairing: &Pairing,
    ) -> Self {
        let mut unread = BTreeSet::new();
        let sides = || old.iter().chain(new).filter(|rollup| !year(rollup).is_stand_in());
        let ends = sides().map(|it| year(it)).min().zip(sides().map(|it| year(it)).max());
        // Also those of chapters that have no counterpart: their lines may come from others.
        let inside = |other: &&&'a Rollup<'a>| {
            ends.is_some_and(|(first, last)| first < year(other) && year(other) < last)
        };
        let is_years = pairing.relation == Relation::Years;
        let mut between: BTreeMap<(&Id, FiscalYear, Stage), &'a Rollup<'a>> = BTreeMap::new();
        for other in others.iter().filter(|_| is_years).filter(inside) {
            between.entry((id(other), year(other), other.request.stage)).or_insert(*other);
        }
        for (new, at) in
            new.iter().zip(&pairing.counterpart).filter(|(new, _)| is_years && !year(new).is_stand_in())
        {
            let own = at.and_then(|at| old.get(at));
            let named: BTreeSet<&Id> =
                new.request.crosswalk.iter().map(|entry| entry.chapter_before(id(new))).collect();
            let from = old.iter().filter(|old| own.is_none() && named.contains(id(old)));
            for old in own.into_iter().chain(from).filter(|old| !year(old).is_stand_in()) {
                let (first, last) = (year(old).min(year(new)), year(old).max(year(new)));
                let known = |at: &FiscalYear| {
                    let mut there = others.iter().filter(|other| year(other) == *at);
                    there.any(|other| id(other) == id(old) || id(other) == id(new))
                };
                let years = std::iter::successors(Some(last.prior()), |at| Some(at.prior()));
                unread.extend(years.take_while(|at| *at > first).filter(|at| !known(at)));
            }
        }
        Self { chapters: between.into_values().collect(), unread: unread.into_iter().collect() }
    }

    /// What leads from the lines of the later side to those of the earlier one, and the later side's entries that lead nowhere; nothing
    /// where no year lies between.
    pub(super) fn steps(
        &self,
        earlier: &Forest<'a>,
        later: &Forest<'a>,
    ) -> Option<(Vec<Step<'a>>, Vec<&'a Crosswalk>)> {
        if self.chapters.is_empty() {
            return None;
        }
        let sides = earlier.rollups.iter().chain(&later.rollups);
        let lineage = Lineage::of(self.chapters.iter().chain(sides).copied());
        let numbered = |forest: &Forest<'a>| -> Vec<(usize, usize)> {
            let members = forest.trees.iter().enumerate().map(|(at, tree)| (at, tree.member));
            let numbers =
                members.filter_map(|(at, member)| Some((lineage.number(member.rollup, member.row)?, at)));
            numbers.collect()
        };
        let goals: BTreeMap<usize, usize> = numbered(earlier).into_iter().collect();
        let mut steps = Vec::new();
        for (number, later) in numbered(later) {
            let mut entries: Vec<&Crosswalk> = Vec::new();
            let mut seen = BTreeSet::new();
            let mut reached = Vec::new();
            lineage.back(Some(number), &mut |line, broken, group| {
                let goal = goals.get(&line);
                reached.extend(goal.map(|&earlier| (earlier, broken)));
                let goes_on = goal.is_none() && seen.insert(line);
                entries.extend(group.iter().filter(|_| goes_on).flat_map(|group| &group.entries));
                goes_on
            });
            steps.extend(reached.into_iter().map(|(earlier, broken)| Step {
                earlier,
                later,
                entries: entries.clone(),
                broken,
            }));
        }
        let of_later = |entry: &&&Crosswalk| {
            let mut own = later.rollups.iter().flat_map(|rollup| &rollup.request.crosswalk);
            own.any(|own| std::ptr::eq(own, **entry))
        };
        let aside = lineage.aside().iter().filter(of_later).copied().collect();
        Some((steps, aside))
    }
}
