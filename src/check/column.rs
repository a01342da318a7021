//! One column of amounts, requested or prior, of a line and of its parts: what the rules on sums look at.

use super::slip::{self, Explanation};
use crate::diagnostic::{Diagnostic, Wish};
use crate::model::{Amount, Footing, Money, Rounding, SplitPart, Unit};
use crate::notation::Notation;
use crate::rollup::{Column, Rollup, Row};
use crate::source::{Span, Spanned};

/// A sum that no exact values behind the printed ones can make.
pub(super) struct Gap {
    /// The sum of the parts as printed.
    pub(super) sum: Amount,
    /// The total less that sum.
    pub(super) difference: Amount,
    /// The largest difference that rounding could explain.
    pub(super) explainable: Amount,
}

impl Column {
    /// The amount that the parts must add up to; `None` where one of them is not stated, so that they cannot.
    pub(super) fn total(self, row: &Row<'_>) -> Option<Amount> {
        self.sums(row).amount.filter(|_| !self.sums(row).is_gapped)
    }

    /// The amounts of the parts that are added up, with their places; nothing each where all are new, or all have ended.
    pub(super) fn addends(self, rollup: &Rollup<'_>, row: &Row<'_>) -> Vec<(Amount, Span)> {
        let is_nothing = matches!(self.sums(row).parts, Money::New | Money::Ended);
        let nothing = is_nothing.then(|| Amount::zero(rollup.request.unit));
        rollup
            .children_of(row)
            .filter(|part| part.line.is_addable())
            .filter_map(|part| Some((self.sums(part).counted().or(nothing)?, self.span(part.line))))
            .collect()
    }

    /// What a part of a split has in the column, if it says so.
    pub(super) fn of_split(self, part: &SplitPart) -> Option<Spanned<Money>> {
        let money = match self {
            Self::Requested => part.requested,
            Self::Prior => part.prior,
            Self::Enacted | Self::Supplementary => None,
        };
        money.filter(|money| money.value.is_stated() && !matches!(money.value, Money::Within(_)))
    }

    /// The amounts of the parts that are counted elsewhere (再掲, 内数), with their places.
    pub(super) fn left_out(self, rollup: &Rollup<'_>, row: &Row<'_>) -> Vec<(Amount, Span)> {
        rollup
            .children_of(row)
            .filter(|part| !part.line.is_addable() || matches!(self.stated(part.line), Money::Within(_)))
            .filter_map(|part| Some((self.stated(part.line).amount()?, self.span(part.line))))
            .collect()
    }
}

impl Gap {
    /// The arithmetic in words: what the parts make, what that differs by, and how much of it rounding could explain.
    pub(super) fn arithmetic(&self, notation: &Notation) -> String {
        let verdict = if self.difference.is_negative() { "too much" } else { "missing" };
        let explained = if self.explainable.is_zero() {
            "rounding explains none of it".to_owned()
        } else {
            format!("rounding explains at most {}", notation.amount(&self.explainable))
        };
        format!(
            "the parts add up to {}; {} {verdict}; {explained}",
            notation.amount(&self.sum),
            notation.amount(&self.difference.abs())
        )
    }
}

/// Adds to a finding about a sum its addends, the arithmetic, and the slips of the pen that would explain it.
pub(super) fn explained(
    finding: Diagnostic,
    parts: &[(Amount, Span)],
    (total, gap): (Amount, &Gap),
    (rollup, column): (&Rollup<'_>, Column),
    notation: &Notation,
) -> Diagnostic {
    let rules = rollup.request.roundings();
    let addends: Vec<Amount> = parts.iter().map(|(amount, _)| *amount).collect();
    let finding = with_addends(finding, parts, notation).note(gap.arithmetic(notation));
    let found = slip::explanations(&addends, total, rules, notation);
    let wish = match found.as_slice() {
        [Explanation { addend, exchange: Some((digits, at)), .. }] => {
            let place = parts.get(*addend).map_or(finding.primary.span, |(_, place)| *place);
            // Last year's file knows best what a prior amount was; and what is right in another sum would be wrong there.
            let is_certain = column == Column::Requested;
            let wish = Wish::Exchange { place, digits: digits.clone(), at: *at, is_certain };
            Some(wish).filter(|_| !is_right_elsewhere(rollup, place, column))
        }
        _ => None,
    };
    let finding = found.into_iter().map(|it| it.text).fold(finding, Diagnostic::note);
    Diagnostic { wish, ..finding }
}

/// Whether an amount stands in a sum that is right as it is: of the line that it is a part of, of its own parts, of a split.
fn is_right_elsewhere(rollup: &Rollup<'_>, place: Span, column: Column) -> bool {
    let rules = rollup.request.roundings();
    let is_right = |parts: &[(Amount, Span)], total: Option<Amount>| {
        let addends: Vec<Amount> = parts.iter().map(|(amount, _)| *amount).collect();
        !addends.is_empty() && total.is_some_and(|total| gap(&addends, total, rules).is_none())
    };
    rollup.rows.iter().any(|row| {
        let is_total = column.span(row.line) == place;
        let mut splits = row.line.splits().map(|(_, parts)| {
            let amount = |part| {
                let money = column.of_split(part)?;
                Some((added(money.value, rollup.request.unit)?, money.span))
            };
            parts.iter().filter_map(amount).collect::<Vec<_>>()
        });
        let parts = column.addends(rollup, row);
        let holds = |parts: &[(Amount, Span)]| is_total || parts.iter().any(|(_, span)| *span == place);
        // A total that is only worked out is right whatever its parts are.
        let is_stated = column.stated(row.line).is_stated();
        let total = column.total(row).filter(|_| is_stated);
        holds(&parts) && is_right(&parts, total)
            || splits.any(|parts| holds(&parts) && is_right(&parts, total))
    })
}

/// Why parts cannot add up to a total; `None` when under one of the rules they can, or when there is nothing to add.
pub(super) fn gap(addends: &[Amount], total: Amount, rules: &[Rounding]) -> Option<Gap> {
    if addends.is_empty() {
        return None;
    }
    let mut gap = None;
    for rule in rules {
        match Footing::of(addends, total, *rule) {
            Ok(Footing::Impossible { sum, difference, explainable }) => {
                gap = Some(Gap { sum, difference, explainable });
            }
            _ => return None,
        }
    }
    gap
}

/// What an amount or a word adds to a sum of numbers: 新規, 終了, `-` and 事項要求 add nothing.
pub(super) fn added(money: Money, unit: Unit) -> Option<Amount> {
    let adds_nothing = money.is_nothing() || money == Money::Unspecified;
    money.addable().or_else(|| adds_nothing.then(|| Amount::zero(unit)))
}

/// The most addends that are all shown.
const MOST_ADDENDS: usize = 8;
/// How many are shown of more: the largest.
const LARGEST_ADDENDS: usize = 5;

/// Shows the addends of a sum at their places, the largest of many.
pub(super) fn with_addends(
    finding: Diagnostic,
    addends: &[(Amount, Span)],
    notation: &Notation,
) -> Diagnostic {
    let show =
        |finding: Diagnostic, (amount, span): &(Amount, Span)| finding.also(*span, notation.amount(amount));
    if addends.len() <= MOST_ADDENDS {
        return addends.iter().fold(finding, show);
    }
    let mut largest = addends.to_vec();
    largest.sort_by_key(|(amount, span)| (std::cmp::Reverse(amount.smallest_units().abs()), *span));
    largest.truncate(LARGEST_ADDENDS);
    largest.sort_by_key(|(_, span)| *span);
    let count = addends.len();
    largest
        .iter()
        .fold(finding, show)
        .note(format!("the {LARGEST_ADDENDS} largest of {count} addends are shown"))
}
