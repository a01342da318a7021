//! The amounts of all units in one pair of columns, with bridges that foot.
//!
//! A unit's difference is made up of what its parts contribute and of a residue of its own. A part that lies below the unit on both
//! sides contributes its own bridge. One that crosses the unit's edge (it was moved, merged or split) contributes what is here of it, told as
//! moved; at the first line above that holds all of it, that comes to nothing and is no longer told.

use std::collections::{BTreeMap, BTreeSet};

mod amounts;
mod residue;

use super::bridge::{Bridge, ItemKind};
use super::change::Link;
use super::column::ColumnPair;
use super::forest::Forest;
use super::matching::{Matching, Unit};
use crate::model::{Amount, ArithmeticError, Interval};
use crate::rollup::Column;
use amounts::{Counts, compared, cross, difference, is_counted, stated, without_moves};

/// The amounts of every unit, by its place.
pub(super) struct Footing {
    pub(super) columns: ColumnPair,
    pub(super) totals: Vec<Total>,
}

/// What one unit has on both sides.
#[derive(Clone, Default)]
pub(super) struct Total {
    pub(super) old: Option<Amount>,
    pub(super) new: Option<Amount>,
    /// Whether a sum of listed parts is compared where a side states no total.
    pub(super) is_listed: bool,
    /// Whether the change is the unit's own and not that of its parts.
    pub(super) is_whole: bool,
    /// Whether the two are the same within what rounding explains.
    pub(super) is_rounded: bool,
    pub(super) bridge: Bridge,
    /// What crosses the unit's edge, by the unit that does; whether it comes in.
    crossing: BTreeMap<usize, Crossing>,
    /// Whether anything below is on the two sides in different places, so that its parts must be told.
    is_rearranged: bool,
}

#[derive(Clone, Copy)]
struct Crossing {
    amount: Amount,
    comes_in: bool,
}

type Exact<T> = Result<T, ArithmeticError>;

impl Footing {
    pub(super) fn of(matching: &Matching<'_>, columns: ColumnPair) -> Exact<Self> {
        let mut work = Work::new(matching, columns)?;
        for unit in work.innermost_first() {
            let total = work.total(unit)?;
            if let Some(place) = work.totals.get_mut(unit) {
                *place = total;
            }
        }
        Ok(Self { columns, totals: work.totals })
    }
}

/// What is known while the units are footed.
struct Work<'m, 'a> {
    matching: &'m Matching<'a>,
    columns: ColumnPair,
    homes: Vec<Option<usize>>,
    /// What of each line is compared, on both sides.
    old: Vec<Option<Amount>>,
    new: Vec<Option<Amount>>,
    is_listed: BTreeSet<usize>,
    totals: Vec<Total>,
}

impl<'m, 'a> Work<'m, 'a> {
    fn new(matching: &'m Matching<'a>, columns: ColumnPair) -> Exact<Self> {
        let mut is_listed = BTreeSet::new();
        for (at, unit) in matching.units.iter().enumerate() {
            if let ([old], [new]) = (unit.old.as_slice(), unit.new.as_slice()) {
                let old = stated(&matching.old, *old, columns.old);
                let new = stated(&matching.new, *new, columns.new);
                if old.is_none() || new.is_none() {
                    is_listed.insert(at);
                }
            }
        }
        let is_compared_by_parts = |unit: Option<&usize>| unit.is_some_and(|at| is_listed.contains(at));
        let old =
            compared(&matching.old, columns.old, |at| is_compared_by_parts(matching.unit_of_old.get(at)))?;
        let new =
            compared(&matching.new, columns.new, |at| is_compared_by_parts(matching.unit_of_new.get(at)))?;
        Ok(Self {
            matching,
            columns,
            homes: (0..matching.units.len()).map(|unit| matching.home(unit)).collect(),
            old,
            new,
            is_listed,
            totals: vec![Total::default(); matching.units.len()],
        })
    }

    /// The units in an order in which every unit stands before the one it is at home in.
    fn innermost_first(&self) -> Vec<usize> {
        let mut depths: Vec<Option<usize>> = vec![None; self.homes.len()];
        for start in 0..self.homes.len() {
            let mut way = Vec::new();
            let mut at = Some(start);
            while let Some(unit) = at
                && depths.get(unit) == Some(&None)
            {
                way.push(unit);
                at = self.homes.get(unit).copied().flatten();
            }
            let mut depth = at.and_then(|unit| depths.get(unit).copied().flatten());
            for unit in way.into_iter().rev() {
                let here = depth.map_or(0, |above| above + 1);
                depth = Some(here);
                if let Some(place) = depths.get_mut(unit) {
                    *place = depth;
                }
            }
        }
        let mut order: Vec<usize> = (0..self.homes.len()).collect();
        order.sort_by_key(|&unit| std::cmp::Reverse(depths.get(unit).copied().flatten()));
        order
    }

    fn amounts<'l>(lines: &'l [usize], of: &'l [Option<Amount>]) -> impl Iterator<Item = Amount> + 'l {
        lines.iter().filter_map(|&at| of.get(at).copied().flatten())
    }

    fn total(&self, at: usize) -> Exact<Total> {
        let Some(unit) = self.matching.units.get(at) else {
            return Ok(Total::default());
        };
        let old = Amount::sum(Self::amounts(&unit.old, &self.old))?;
        let new = Amount::sum(Self::amounts(&unit.new, &self.new))?;
        let mut total = Total {
            old,
            new,
            is_listed: self.is_listed.contains(&at) && self.is_silent(unit) && self.has_parts(unit),
            is_whole: false,
            is_rounded: self.is_rounded(unit),
            bridge: Bridge { old, new, ..Bridge::default() },
            crossing: BTreeMap::new(),
            is_rearranged: false,
        };
        let parts = self.parts(unit);
        self.contributions(at, &parts, &mut total)?;
        let is_one_line = !total.is_rearranged && self.is_one_line(unit, &parts);
        total.is_whole = unit.link == Link::Restated || is_one_line;
        if total.is_whole {
            total.bridge.items.clear();
            total.bridge.same = 0;
        }
        for crossing in total.crossing.values() {
            let kind = match crossing.comes_in {
                true => ItemKind::MovedIn,
                false => ItemKind::MovedOut,
            };
            total.bridge.add(kind, crossing.amount, 1)?;
        }
        let residue = difference(total.bridge.difference(), total.bridge.sum()?)?;
        if let Some(residue) = residue {
            self.residue(unit, is_one_line, residue, &mut total)?;
        }
        // A sum of what is the same within rounding is that, too, if nothing else is in it.
        let has_residue = residue.is_some_and(|residue| !residue.is_zero());
        let is_of_parts = old.is_some() && new.is_some() && !is_one_line && !has_residue;
        let are_rounded = || total.bridge.items.iter().all(|item| item.kind == ItemKind::Rounding);
        total.is_rounded |= is_of_parts && are_rounded() && parts.keys().all(|&part| self.is_settled(part));
        Ok(total)
    }

    /// Whether what is compared of a unit is the same, if only within rounding.
    fn is_settled(&self, at: usize) -> bool {
        let total = self.totals.get(at);
        total.is_none_or(|total| {
            let change = total.bridge.difference();
            total.is_rounded || change.is_none_or(|change| change.is_zero())
        })
    }

    /// Whether the amounts of one side are those of the other one rounded.
    fn is_rounded(&self, unit: &Unit) -> bool {
        let old: Vec<Amount> = Self::amounts(&unit.old, &self.old).collect();
        let new: Vec<Amount> = Self::amounts(&unit.new, &self.new).collect();
        let rules = |forest: &Forest<'a>, lines: &[usize]| {
            let first = lines.first().and_then(|&line| forest.member(line));
            first.map_or(&[][..], |member| member.chapter.roundings())
        };
        let rules = [rules(&self.matching.old, &unit.old), rules(&self.matching.new, &unit.new)];
        Interval::is_rounded([&old, &new], rules)
    }

    /// Whether a side says nothing of its total: neither an amount nor why there is none.
    fn is_silent(&self, unit: &Unit) -> bool {
        let silent = |forest: &Forest<'_>, lines: &[usize], column: Column| {
            let mut members = lines.iter().filter_map(|&at| forest.member(at));
            members.all(|member| !column.money(member.row).is_stated())
        };
        silent(&self.matching.old, &unit.old, self.columns.old)
            || silent(&self.matching.new, &unit.new, self.columns.new)
    }

    fn has_parts(&self, unit: &Unit) -> bool {
        let has = |forest: &Forest<'_>, lines: &[usize], of: &[Option<Amount>]| {
            let mut parts = lines.iter().flat_map(|&line| forest.children(line));
            parts.any(|part| of.get(part).is_some_and(Option::is_some))
        };
        has(&self.matching.old, &unit.old, &self.old) || has(&self.matching.new, &unit.new, &self.new)
    }

    /// What is directly below a unit's lines, by units.
    fn parts(&self, unit: &Unit) -> BTreeMap<usize, Part> {
        let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
        for child in unit.old.iter().flat_map(|&line| self.matching.old.children(line)) {
            if let Some(&unit) = self.matching.unit_of_old.get(child) {
                parts.entry(unit).or_default().old.push(child);
            }
        }
        for child in unit.new.iter().flat_map(|&line| self.matching.new.children(line)) {
            if let Some(&unit) = self.matching.unit_of_new.get(child) {
                parts.entry(unit).or_default().new.push(child);
            }
        }
        parts
    }

    /// Adds up what the parts of a unit contribute to it.
    fn contributions(&self, at: usize, parts: &BTreeMap<usize, Part>, total: &mut Total) -> Exact<()> {
        for (&place, part) in parts {
            let (Some(unit), Some(done)) = (self.matching.units.get(place), self.totals.get(place)) else {
                continue;
            };
            let is_all = part.old.len() == unit.old.len() && part.new.len() == unit.new.len();
            total.is_rearranged |= !is_all || done.is_rearranged;
            let olds = self.counted(&self.matching.old, &part.old, &self.old);
            let news = self.counted(&self.matching.new, &part.new, &self.new);
            let flow = difference(Amount::sum(news)?, Amount::sum(olds)?)?;
            let counts = Counts::of(self.matching, unit);
            let is_home = self.homes.get(place).copied().flatten() == Some(at);
            let crosses = match counts {
                Counts::None => None,
                Counts::All if is_home => {
                    total.bridge.include(&without_moves(&done.bridge))?;
                    for (&unit, crossing) in &done.crossing {
                        cross(&mut total.crossing, unit, *crossing)?;
                    }
                    let own = done.bridge.difference();
                    match (flow, own) {
                        (flow, None) => flow,
                        (None, Some(own)) => Some(own.negated()),
                        (Some(flow), Some(own)) => Some(flow.checked_sub(own)?),
                    }
                }
                Counts::All | Counts::Some => flow,
            };
            if let Some(amount) = crosses.filter(|amount| !amount.is_zero()) {
                let comes_in = match counts {
                    Counts::Some => !amount.is_negative(),
                    _ => is_home,
                };
                cross(&mut total.crossing, place, Crossing { amount, comes_in })?;
            }
        }
        total.crossing.retain(|_, crossing| !crossing.amount.is_zero());
        Ok(())
    }

    /// The amounts of lines that are added into the line above.
    fn counted<'l>(
        &self,
        forest: &'l Forest<'a>,
        lines: &'l [usize],
        of: &'l [Option<Amount>],
    ) -> impl Iterator<Item = Amount> + use<'l, 'a, 'm> {
        lines
            .iter()
            .filter(|&&line| is_counted(forest, line))
            .filter_map(|&line| of.get(line).copied().flatten())
    }

    /// Whether the parts of a unit tell nothing of its change: it has none with amounts, or has them on one side only, where a breakdown is
    /// shown for the first or was shown for the last time.
    fn is_one_line(&self, unit: &Unit, parts: &BTreeMap<usize, Part>) -> bool {
        let has = |forest: &Forest<'a>, of: &[Option<Amount>], side: fn(&Part) -> &Vec<usize>| {
            parts.values().any(|part| self.counted(forest, side(part), of).next().is_some())
        };
        let old = has(&self.matching.old, &self.old, |part| &part.old);
        let new = has(&self.matching.new, &self.new, |part| &part.new);
        !(unit.link.is_one_sided() && (old || new) || old && new)
    }
}

/// The lines of a unit that lie directly below another unit.
#[derive(Default)]
struct Part {
    old: Vec<usize>,
    new: Vec<usize>,
}
