//! Which lines are counterparts.
//!
//! In: the lines of two sides. Out: [`Unit`]s, each line in exactly one: a line with the line of the same id, the lines that the crosswalk
//! holds together, or a line alone.

use std::collections::BTreeMap;

use super::between::Between;
use super::change::{Link, Relation};
use super::forest::Forest;
use super::pairing::Pairing;
use crate::lineage::{Chapter, Group, chained, grouped};
use crate::model::{Crosswalk, FiscalYear, Id, Money, Request, Stage};
use crate::rollup::Rollup;

/// Lines that are compared with each other.
pub(super) struct Unit {
    pub(super) link: Link,
    /// Places in the old forest, in printed order.
    pub(super) old: Vec<usize>,
    /// Places in the new forest, in printed order.
    pub(super) new: Vec<usize>,
}

/// Two sides laid over each other.
pub(super) struct Matching<'a> {
    pub(super) relation: Relation,
    pub(super) old: Forest<'a>,
    pub(super) new: Forest<'a>,
    pub(super) units: Vec<Unit>,
    /// The unit of each line of the old forest, and of the new one.
    pub(super) unit_of_old: Vec<usize>,
    pub(super) unit_of_new: Vec<usize>,
    /// Entries that could not be used, with the chapter of the side they stand on.
    pub(super) unused: Vec<&'a Crosswalk>,
    /// For each chapter of the new side its counterpart.
    pub(super) counterpart: Vec<Option<usize>>,
}

impl<'a> Matching<'a> {
    pub(super) fn of(
        old: &[&'a Rollup<'a>],
        new: &[&'a Rollup<'a>],
        pairing: &Pairing,
        between: &Between<'a>,
    ) -> Self {
        let mut matching = Self {
            relation: pairing.relation,
            old: Forest::of(old, new),
            new: Forest::of(new, old),
            units: Vec::new(),
            unit_of_old: Vec::new(),
            unit_of_new: Vec::new(),
            unused: Vec::new(),
            counterpart: pairing.counterpart.clone(),
        };
        matching.unit_of_old = vec![usize::MAX; matching.old.trees.len()];
        matching.unit_of_new = vec![usize::MAX; matching.new.trees.len()];
        for is_reversed in [false, true] {
            let is_chained = matching.chain(is_reversed, between);
            matching.group(is_reversed, is_chained);
        }
        matching.alone();
        matching
    }

    /// The unit whose line is above a unit; `None` for a chapter. A unit on both sides lies where its topmost new line lies.
    pub(super) fn home(&self, unit: usize) -> Option<usize> {
        let unit = self.units.get(unit)?;
        if unit.new.is_empty() {
            let above = self.old.parent(self.old.topmost(&unit.old)?)?;
            self.unit_of_old.get(above).copied()
        } else {
            let above = self.new.parent(self.new.topmost(&unit.new)?)?;
            self.unit_of_new.get(above).copied()
        }
    }

    /// The one time of each side's chapters, where two years or stages are compared.
    pub(super) fn times(&self) -> [Option<(FiscalYear, Stage)>; 2] {
        let one = |forest: &Forest<'a>| {
            let mut times = forest.rollups.iter().map(|it| (it.request.fiscal_year.value, it.request.stage));
            let first = times.next().filter(|_| self.relation != Relation::Drafts)?;
            times.all(|time| time == first).then_some(first)
        };
        [one(&self.old), one(&self.new)]
    }

    /// Entries of one of two chapters that could not be used.
    pub(super) fn unused_of(&self, chapters: [Option<&'a Request>; 2]) -> Vec<&'a Crosswalk> {
        let is_there = |entry: &&&'a Crosswalk| {
            let mut entries = chapters.iter().flatten().flat_map(|chapter| &chapter.crosswalk);
            entries.any(|known| std::ptr::eq(known, **entry))
        };
        self.unused.iter().filter(is_there).copied().collect()
    }

    /// Behind which new line each old line belongs if only the old side has it: the nearest one before it below the same line,
    /// counted from 1, and 0 where there is none.
    pub(super) fn anchors(&self) -> Vec<usize> {
        let mut anchors = vec![0; self.old.trees.len()];
        for above in 0..self.old.trees.len() {
            let home = self.unit_of_old.get(above).copied();
            let mut anchor = 0;
            for child in self.old.children(above) {
                let unit = self.unit_of_old.get(child).copied();
                let first = unit.and_then(|unit| self.units.get(unit)?.new.first().copied());
                let is_here = unit.is_some_and(|unit| self.home(unit) == home);
                anchor = first.filter(|_| is_here).map_or(anchor, |new| new + 1);
                if let Some(place) = anchors.get_mut(child) {
                    *place = anchor;
                }
            }
        }
        anchors
    }

    fn push(&mut self, unit: Unit) {
        let at = self.units.len();
        for &line in &unit.old {
            if let Some(place) = self.unit_of_old.get_mut(line) {
                *place = at;
            }
        }
        for &line in &unit.new {
            if let Some(place) = self.unit_of_new.get_mut(line) {
                *place = at;
            }
        }
        self.units.push(unit);
    }

    fn is_free(places: &[usize], at: usize) -> bool {
        places.get(at) == Some(&usize::MAX)
    }

    /// Lines without counterparts. Those above come first, so that a part can follow the line it belongs to.
    fn alone(&mut self) {
        for at in 0..self.new.trees.len() {
            if Self::is_free(&self.unit_of_new, at) {
                let link = self.fate_of_new(at);
                self.push(Unit { link, old: Vec::new(), new: vec![at] });
            }
        }
        for at in 0..self.old.trees.len() {
            if Self::is_free(&self.unit_of_old, at) {
                let link = self.fate_of_old(at);
                self.push(Unit { link, old: vec![at], new: Vec::new() });
            }
        }
    }

    /// Whether a line that only the new side has is new, or only listed for the first time.
    fn fate_of_new(&self, at: usize) -> Link {
        let Some(tree) = self.new.trees.get(at) else {
            return Link::New;
        };
        let prior = tree.member.row.prior_money();
        let (own, request) = (&tree.member.row.line.id.value, tree.member.chapter);
        let is_read = |chapter: &Id| self.old.rollups.iter().any(|it| it.request.line.id.value == *chapter);
        let is_untold = |entry: &&Crosswalk| !is_read(entry.chapter_before(&request.line.id.value));
        let mut moved = request.crosswalk.iter().filter(is_untold).flat_map(|entry| &entry.to);
        // What comes from a chapter that the other side does not tell, or is said to have ended, was there.
        let was_there = moved.any(|id| id.value == *own) || tree.member.row.requested_money() == Money::Ended;
        if self.relation == Relation::Drafts || prior == Money::New {
            return Link::New;
        }
        if was_there && tree.parent.is_some() {
            return Link::Listed;
        }
        let Some(above) = tree.parent.and_then(|above| self.unit_of_new.get(above)) else {
            return Link::New;
        };
        match self.units.get(*above) {
            Some(above) if above.old.is_empty() => above.link,
            Some(above) => match self.lists_all(&self.old, &above.old) {
                true => Link::New,
                false => Link::Listed,
            },
            None => Link::New,
        }
    }

    /// Whether a line that only the old side has is over, or only listed no longer.
    fn fate_of_old(&self, at: usize) -> Link {
        let Some(tree) = self.old.trees.get(at) else {
            return Link::Ended;
        };
        let Some(above) = tree.parent.and_then(|above| self.unit_of_old.get(above)) else {
            return Link::Ended;
        };
        let Some(above) = self.units.get(*above) else {
            return Link::Ended;
        };
        let program = tree.member.row.program;
        let last = program.and_then(|program| program.period.as_ref()).and_then(|period| period.to.as_ref());
        let now = || above.new.iter().filter_map(|&at| self.new.member(at));
        let is_over =
            last.zip(now().next()).is_some_and(|(last, now)| last.value < now.chapter.fiscal_year.value);
        let has_ended = !above.new.is_empty() && now().all(|now| now.row.requested_money() == Money::Ended);
        if self.relation == Relation::Drafts || is_over || has_ended {
            return Link::Ended;
        }
        if above.new.is_empty() {
            return above.link;
        }
        match self.lists_all(&self.new, &above.new) {
            true => Link::Ended,
            false => Link::Unlisted,
        }
    }

    /// Whether lines list all their parts.
    fn lists_all(&self, forest: &Forest<'_>, lines: &[usize]) -> bool {
        lines.iter().filter_map(|&at| forest.member(at)).all(|member| member.row.line.is_complete())
    }

    /// Groups the lines that lead to each other through the years between. Returns whether there are such years.
    fn chain(&mut self, is_reversed: bool, between: &Between<'a>) -> bool {
        let (earlier, later) = if is_reversed { (&self.new, &self.old) } else { (&self.old, &self.new) };
        let Some((steps, aside)) = between.steps(earlier, later) else {
            return false;
        };
        let groups = chained(&steps, earlier, later);
        self.unused.extend(aside);
        self.take(groups, is_reversed);
        true
    }

    /// Groups the lines of the chapters whose later side is the new one, or the old one, by ids and by that side's own crosswalk.
    fn group(&mut self, is_reversed: bool, is_chained: bool) {
        let (earlier, later) = if is_reversed { (&self.new, &self.old) } else { (&self.old, &self.new) };
        let pairs = self.counterpart.iter().enumerate().filter_map(|(new, old)| Some((new, (*old)?)));
        let counterparts: BTreeMap<usize, usize> =
            pairs.map(|(new, old)| if is_reversed { (old, new) } else { (new, old) }).collect();
        let year = |rollup: &&Rollup<'_>| rollup.request.fiscal_year.value;
        let first = earlier.rollups.iter().map(year).min();
        let mut named: BTreeMap<&Id, usize> = BTreeMap::new();
        for (at, rollup) in earlier.rollups.iter().enumerate().rev() {
            named.insert(&rollup.request.line.id.value, at);
        }

        let chapters = later.rollups.iter().enumerate().filter_map(|(at, rollup)| {
            let (request, now) = (rollup.request, year(rollup));
            let own = counterparts.get(&at).copied();
            let was = own.map_or(first, |own| earlier.rollups.get(own).map(year))?;
            // Only a later year has a crosswalk to go by: drafts and stages of one year lie at the same end of it. Over years between all is
            // said already, but for a chapter that had another id.
            let is_later = was < now && self.relation == Relation::Years;
            let id = |rollup: &Rollup<'a>| &rollup.request.line.id.value;
            let keeps_id =
                own.and_then(|own| earlier.rollups.get(own)).is_some_and(|it| id(it) == id(rollup));
            if !is_later && (is_reversed || was > now) || is_chained && keeps_id {
                return None;
            }
            let crosswalk = request.crosswalk.iter().filter(|_| is_later && !is_chained);
            let crosswalk: Vec<&Crosswalk> = crosswalk.collect();
            let others = crosswalk.iter().filter_map(|entry| entry.chapter.as_ref());
            let others = others.filter_map(|id| named.get_key_value(&id.value)).map(|(id, at)| (*id, *at));
            let others: Vec<(&Id, usize)> =
                others.filter(|(_, at)| earlier.rollups.get(*at).is_some_and(|it| year(it) < now)).collect();
            let id = &request.line.id.value;
            Some(Chapter::of((at, id), crosswalk, own, others.into_iter(), (earlier, later)))
        });
        let (groups, unused) = grouped(&chapters.collect::<Vec<_>>(), earlier, later);
        self.unused.extend(unused);
        self.take(groups, is_reversed);
    }

    /// Takes over groups whose lines are not in others already.
    fn take(&mut self, groups: Vec<Group<'a>>, is_reversed: bool) {
        for group in groups {
            // What is held together with lines that are not there cannot be compared.
            let is_free = |lines: &[usize], units: &[usize]| {
                lines.iter().all(|&at| at < units.len() && Self::is_free(units, at))
            };
            let (old, new) =
                if is_reversed { (group.later, group.earlier) } else { (group.earlier, group.later) };
            if is_free(&old, &self.unit_of_old) && is_free(&new, &self.unit_of_new) {
                let link = if is_reversed { group.link.reversed() } else { group.link };
                self.push(Unit { link, old, new });
            }
        }
    }
}
