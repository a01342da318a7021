//! What the lines of a unit come to on one side.

use std::collections::BTreeSet;

use super::Exact;
use super::amounts::{compared, is_counted};
use crate::diff::forest::Forest;
use crate::diff::matching::Unit;
use crate::lineage::counting;
use crate::model::{Amount, Money};
use crate::rollup::{Column, Sums};

/// One side in one column: what is compared of each line.
pub(super) struct Side<'m, 'a> {
    pub(super) forest: &'m Forest<'a>,
    pub(super) column: Column,
    pub(super) amounts: Vec<Option<Amount>>,
    /// Of which lines what is compared is not all, because something in it is not stated.
    is_hidden: Vec<bool>,
    /// Of which lines it is an amount that they state themselves.
    is_own: Vec<bool>,
}

/// What lines come to together.
#[derive(Clone, Copy, Default)]
pub(in crate::diff) struct Come {
    /// The sum of what is known.
    pub(super) known: Option<Amount>,
    /// The same as it is printed: what is not known in full is not called a number.
    pub(in crate::diff) money: Money,
    /// Whether a request with no amount yet is, or is part of it.
    pub(super) is_open: bool,
    /// Whether there is more than what is known, and it is not stated.
    pub(super) is_hidden: bool,
}

impl<'m, 'a> Side<'m, 'a> {
    pub(super) fn of(
        forest: &'m Forest<'a>,
        column: Column,
        units: &[Unit],
        lines: fn(&Unit) -> &[usize],
        is_by_parts: impl Fn(usize) -> bool,
    ) -> Exact<Self> {
        let amounts = compared(forest, column, &is_by_parts)?;
        let [is_hidden, is_own] = [vec![false; forest.trees.len()], vec![false; forest.trees.len()]];
        let mut side = Self { forest, column, amounts, is_hidden, is_own };
        // Of a group one of whose lines is not stated nobody knows the whole, nor that of the sum above that line.
        let groups = units.iter().map(|unit| side.counted(lines(unit))).filter(|lines| lines.len() > 1);
        let blank: BTreeSet<usize> = groups.flatten().filter(|&line| side.is_blank(line)).collect();
        for at in (0..forest.trees.len()).rev() {
            let Some(sums) = side.sums(at) else { continue };
            let is_own = !is_by_parts(at)
                && forest.member(at).is_some_and(|it| column.stated(it.row.line).addable().is_some());
            let mut parts = forest.children(at).filter(|&part| is_counted(forest, part));
            let is_part_hidden =
                |part: usize| blank.contains(&part) || side.is_hidden.get(part) == Some(&true);
            let is_hidden = !is_own && (sums.is_unknown || sums.is_gapped || parts.any(is_part_hidden));
            for (place, is_so) in [(side.is_hidden.get_mut(at), is_hidden), (side.is_own.get_mut(at), is_own)]
            {
                if let Some(place) = place {
                    *place = is_so;
                }
            }
        }
        Ok(side)
    }

    pub(super) fn sums(&self, at: usize) -> Option<Sums> {
        Some(self.column.sums(self.forest.member(at)?.row))
    }

    /// The lines of a unit that count in its amount.
    fn counted(&self, lines: &[usize]) -> Vec<usize> {
        counting(lines.to_vec(), |&line| is_counted(self.forest, line))
    }

    fn known(&self, lines: &[usize]) -> Vec<Amount> {
        let amount = |line: usize| self.amounts.get(line).copied().flatten();
        self.counted(lines).into_iter().filter_map(amount).collect()
    }

    /// Whether lines state their amounts themselves.
    pub(super) fn is_stated(&self, lines: &[usize]) -> bool {
        self.counted(lines).into_iter().all(|line| self.is_own.get(line) == Some(&true))
    }

    /// The stated amounts that lines come to, each known to its own last digit, which their sum would not say.
    pub(super) fn addends(&self, lines: &[usize]) -> Vec<Amount> {
        let mut addends = Vec::new();
        let mut open = self.counted(lines);
        while let Some(line) = open.pop() {
            let amount = self.amounts.get(line).copied().flatten();
            let parts: Vec<usize> =
                self.forest.children(line).filter(|&part| is_counted(self.forest, part)).collect();
            match amount {
                Some(_) if self.is_own.get(line) == Some(&false) && !parts.is_empty() => open.extend(parts),
                amount => addends.extend(amount),
            }
        }
        addends
    }

    /// Whether there may be an amount and nobody says it.
    fn is_blank(&self, line: usize) -> bool {
        let is_known = self.amounts.get(line).is_some_and(Option::is_some);
        !is_known && self.sums(line).is_some_and(|sums| !sums.is_open && !sums.money.is_nothing())
    }

    /// What lines come to; where there are none, `absent` says why.
    pub(super) fn come(&self, lines: &[usize], absent: Money) -> Exact<Come> {
        let known = Amount::sum(self.known(lines))?;
        let lines = self.counted(lines);
        let sums: Vec<Sums> = lines.iter().filter_map(|&line| self.sums(line)).collect();
        let is_open = sums.iter().any(|sums| sums.is_open);
        let is_blank = lines.len() > 1 && lines.iter().any(|&line| self.is_blank(line));
        let is_hidden = is_blank || lines.iter().any(|&line| self.is_hidden.get(line) == Some(&true));
        let money = match (known, sums.as_slice()) {
            (None, []) => absent,
            // A heading whose parts are not settled is not one without an amount.
            (None, [one]) if !one.money.is_stated() && one.parts.is_gap() => one.counted_money(),
            (None, [one]) => one.money,
            (_, [one]) if is_hidden && one.money.is_open() => one.money,
            (_, several) => {
                let parts: Vec<Money> = several.iter().map(|sums| sums.counted_money()).collect();
                together(known, &parts, [is_open, is_hidden])?
            }
        };
        Ok(Come { known, money, is_open, is_hidden: is_hidden && known.is_some() })
    }
}

/// What is said of parts of which `known` is known in all, where they may be open or hide what is not stated: that hides the sum, as on a
/// sheet, also beside a part that is open.
pub(in crate::diff) fn together(
    known: Option<Amount>,
    parts: &[Money],
    [is_open, is_hidden]: [bool; 2],
) -> Exact<Money> {
    let gap = || parts.iter().copied().find(|part| part.is_gap()).unwrap_or(Money::Unknown);
    Ok(match known {
        Some(_) if is_hidden => gap(),
        None if is_hidden && is_open => gap(),
        Some(known) if is_open => Money::KnownAndUnspecified(known),
        None if is_open => Money::Unspecified,
        Some(known) => Money::Known(known),
        None => Money::total(parts.iter().copied())?,
    })
}
