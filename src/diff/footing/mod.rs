//! The amounts of all units in one pair of columns, with bridges that foot.
//!
//! A unit's difference is made up of what its parts contribute and of a residue of its own. A part that lies below the unit on both
//! sides contributes its own bridge. One that crosses the unit's edge (it was moved, merged or split) contributes what is here of it, told as
//! moved; at the first line above that holds all of it, that comes to nothing and is no longer told.

use std::collections::{BTreeMap, BTreeSet};

mod amounts;
mod residue;
mod side;

use super::bridge::{Bridge, Item, ItemKind, difference};
use super::change::Link;
use super::column::ColumnPair;
use super::forest::Forest;
use super::matching::{Matching, Unit};
use crate::model::{Amount, ArithmeticError, Interval, Money};
use crate::rollup::{Column, Sums};
use amounts::{Counts, cross, is_counted, states, without_moves};
pub(super) use side::together;
use side::{Come, Side};

/// The amounts of every unit in a pair of columns, by its place.
pub(super) struct Footing {
    pub(super) totals: Vec<Total>,
}

/// What one unit has on both sides.
#[derive(Clone, Default)]
pub(super) struct Total {
    pub(super) old: Come,
    pub(super) new: Come,
    /// Whether a sum of listed parts is compared where a side states no total.
    pub(super) is_listed: bool,
    /// Whether the change is the unit's own and not that of its parts.
    pub(super) is_whole: bool,
    /// Whether the two are the same within what rounding explains.
    pub(super) is_rounded: bool,
    pub(super) bridge: Bridge,
    /// Of a chapter the stated amounts that make up what is compared, on either side.
    pub(super) addends: [Vec<Amount>; 2],
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

impl Total {
    /// What a unit's link is: a new one is not new, and one that is gone is not over, where something in it only came from elsewhere or went
    /// there.
    pub(super) fn link(&self, link: Link) -> Link {
        let is_moved = |item: &Item| matches!(item.kind, ItemKind::MovedIn | ItemKind::MovedOut);
        match (link, self.bridge.items.iter().any(is_moved)) {
            (Link::New | Link::Listed, true) => Link::MovedIn,
            (Link::Ended | Link::Unlisted, true) => Link::MovedOut,
            _ => link,
        }
    }
}

impl Footing {
    pub(super) fn of(matching: &Matching<'_>, columns: ColumnPair) -> Exact<Self> {
        let mut work = Work::new(matching, columns)?;
        for unit in work.innermost_first() {
            let total = work.total(unit)?;
            if let Some(place) = work.totals.get_mut(unit) {
                *place = total;
            }
        }
        Ok(Self { totals: work.totals })
    }
}

/// What is known while the units are footed.
struct Work<'m, 'a> {
    matching: &'m Matching<'a>,
    columns: ColumnPair,
    homes: Vec<Option<usize>>,
    old: Side<'m, 'a>,
    new: Side<'m, 'a>,
    is_listed: BTreeSet<usize>,
    totals: Vec<Total>,
}

impl<'m, 'a> Work<'m, 'a> {
    fn new(matching: &'m Matching<'a>, columns: ColumnPair) -> Exact<Self> {
        let mut is_listed = BTreeSet::new();
        for (at, unit) in matching.units.iter().enumerate() {
            if let ([old], [new]) = (unit.old.as_slice(), unit.new.as_slice()) {
                let are_stated =
                    states(&matching.old, *old, columns.old) && states(&matching.new, *new, columns.new);
                if !are_stated {
                    is_listed.insert(at);
                }
            }
        }
        let side =
            |forest: &'m Forest<'a>, column: Column, lines: fn(&Unit) -> &[usize], unit_of: &[usize]| {
                let is_by_parts = |at: usize| unit_of.get(at).is_some_and(|unit| is_listed.contains(unit));
                Side::of(forest, column, &matching.units, lines, is_by_parts)
            };
        let old = side(&matching.old, columns.old, |unit| &unit.old, &matching.unit_of_old)?;
        let new = side(&matching.new, columns.new, |unit| &unit.new, &matching.unit_of_new)?;
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

    fn total(&self, at: usize) -> Exact<Total> {
        let Some(unit) = self.matching.units.get(at) else {
            return Ok(Total::default());
        };
        let absent = match unit.link {
            Link::New => Money::New,
            Link::Ended => Money::Ended,
            _ => Money::NotStated,
        };
        let (old, new) = (self.old.come(&unit.old, absent)?, self.new.come(&unit.new, absent)?);
        let addends = match self.homes.get(at) {
            Some(None) => [self.old.addends(&unit.old), self.new.addends(&unit.new)],
            _ => Default::default(),
        };
        let mut total = Total {
            old,
            new,
            is_listed: self.is_listed.contains(&at) && self.is_silent(unit) && self.has_parts(unit),
            is_whole: false,
            is_rounded: !old.is_hidden && !new.is_hidden && self.is_rounded(unit),
            bridge: Bridge { old: old.known, new: new.known, ..Bridge::default() },
            addends,
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
        let is_of_parts = old.known.is_some() && new.known.is_some() && !is_one_line && !has_residue;
        let is_of_rounding = total.bridge.is_of_rounding();
        total.is_rounded |= is_of_parts && is_of_rounding && parts.keys().all(|&part| self.is_settled(part));
        // A sum is not the same for a coarse figure in it, where more of it has changed than that explains.
        let is_sum = !self.old.is_stated(&unit.old) || !self.new.is_stated(&unit.new);
        total.is_rounded &= !is_sum || total.bridge.is_mostly_rounding()?;
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
        let rules = |side: &Side<'m, 'a>, lines: &[usize]| {
            let first = lines.first().and_then(|&line| side.forest.member(line));
            first.map_or(&[][..], |member| member.chapter.roundings())
        };
        let rules = [rules(&self.old, &unit.old), rules(&self.new, &unit.new)];
        Interval::is_rounded([&self.old.addends(&unit.old), &self.new.addends(&unit.new)], rules)
    }

    /// Whether a side says nothing of its total: neither an amount nor why there is none.
    fn is_silent(&self, unit: &Unit) -> bool {
        let silent = |side: &Side<'m, 'a>, lines: &[usize]| {
            let mut sums = lines.iter().filter_map(|&at| side.sums(at));
            sums.all(|sums| !sums.money.is_stated())
        };
        silent(&self.old, &unit.old) || silent(&self.new, &unit.new)
    }

    fn has_parts(&self, unit: &Unit) -> bool {
        let has = |side: &Side<'m, 'a>, lines: &[usize]| {
            let mut parts = lines.iter().flat_map(|&line| side.forest.children(line));
            parts.any(|part| side.amounts.get(part).is_some_and(Option::is_some))
        };
        has(&self.old, &unit.old) || has(&self.new, &unit.new)
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
            let (olds, news) = (counted(&self.old, &part.old), counted(&self.new, &part.new));
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
                    _ => part.comes_in(unit, is_home).unwrap_or(!amount.is_negative()),
                };
                cross(&mut total.crossing, place, Crossing { amount, comes_in })?;
            }
        }
        total.crossing.retain(|_, crossing| !crossing.amount.is_zero());
        Ok(())
    }

    /// Whether the parts of a unit tell nothing of its change: it has none with amounts or a word for none, or has them on one side only, where a breakdown is
    /// shown for the first or was shown for the last time.
    fn is_one_line(&self, unit: &Unit, parts: &BTreeMap<usize, Part>) -> bool {
        let tells = |side: &Side<'m, 'a>, lines: &[usize]| {
            let is_over = |sums: Sums| matches!(sums.money, Money::Ended | Money::New);
            counted(side, lines).next().is_some()
                || lines.iter().any(|&line| side.sums(line).is_some_and(is_over))
        };
        let old = parts.values().any(|part| tells(&self.old, &part.old));
        let new = parts.values().any(|part| tells(&self.new, &part.new));
        !(unit.link.is_one_sided() && (old || new) || old && new)
    }
}

/// The amounts of lines that are added into the line above.
fn counted<'l>(side: &'l Side<'_, '_>, lines: &'l [usize]) -> impl Iterator<Item = Amount> + 'l {
    let lines = lines.iter().filter(|&&line| is_counted(side.forest, line));
    lines.filter_map(|&line| side.amounts.get(line).copied().flatten())
}

/// The lines of a unit that lie directly below another unit.
#[derive(Default)]
struct Part {
    old: Vec<usize>,
    new: Vec<usize>,
}

impl Part {
    /// Whether what crosses an edge comes in over it: what of the unit is elsewhere was here, or was there. `None` where lines go both ways.
    fn comes_in(&self, unit: &Unit, is_home: bool) -> Option<bool> {
        let [came, went] = match is_home {
            true => [self.old.len() < unit.old.len(), self.new.len() < unit.new.len()],
            false => [!self.new.is_empty(), !self.old.is_empty()],
        };
        (came != went).then_some(came)
    }
}
