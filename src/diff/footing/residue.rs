//! What of a unit's difference its parts do not tell.

use super::side::Side;
use super::{Come, Exact, Total, Work};
use crate::diff::bridge::ItemKind;
use crate::diff::change::Link;
use crate::diff::column::ColumnPair;
use crate::diff::forest::Forest;
use crate::diff::matching::Unit;
use crate::model::{Amount, Basis, Breakdown, Money};
use crate::rollup::Column;

impl Work<'_, '_> {
    /// Tells what of a unit's difference its parts do not.
    pub(super) fn residue(
        &self,
        unit: &Unit,
        is_one_line: bool,
        residue: Amount,
        total: &mut Total,
    ) -> Exact<()> {
        let lines = usize::from(is_one_line);
        if let Some(kind) = one_sided(unit.link).filter(|_| is_one_line || !residue.is_zero()) {
            return total.bridge.add(kind, residue, lines);
        }
        if unit.link == Link::Restated {
            return total.bridge.add(ItemKind::Restated, residue, 1);
        }
        if !is_one_line {
            if residue.is_zero() {
                return Ok(());
            }
            let kind = match self.lists_all(unit) || total.is_rounded && total.bridge.is_of_rounding() {
                true => ItemKind::Rounding,
                false => ItemKind::Remainder,
            };
            return total.bridge.add(kind, residue, 1);
        }
        if let Some(kind) = unknown(total.old, total.new, residue) {
            return total.bridge.add(kind, residue, 1);
        }
        match (total.old.known, total.new.known) {
            (Some(old), Some(_)) => {
                let restated = match self.restated(unit)? {
                    Some(restated) => restated.checked_sub(old)?,
                    None => Amount::zero(residue.unit()),
                };
                let rest = residue.checked_sub(restated)?;
                if !restated.is_zero() {
                    // A line is counted once: where its own change stands, if there is one.
                    total.bridge.add(ItemKind::Restated, restated, usize::from(rest.is_zero()))?;
                }
                if rest.is_zero() {
                    total.bridge.same += usize::from(restated.is_zero());
                    return Ok(());
                }
                let kind = match rest.is_negative() {
                    _ if total.is_rounded && restated.is_zero() => ItemKind::Rounding,
                    true => ItemKind::Decreased,
                    false => ItemKind::Increased,
                };
                total.bridge.add(kind, rest, 1)
            }
            (Some(_), None) => {
                let ended = self.is_all(&self.matching.new, &unit.new, self.columns.new, Money::Ended);
                let kind = if ended { ItemKind::Ended } else { ItemKind::Unlisted };
                total.bridge.add(kind, residue, 1)
            }
            (None, _) => {
                let is_new = [Money::New, Money::Ended]
                    .into_iter()
                    .any(|state| self.is_all(&self.matching.old, &unit.old, self.columns.old, state));
                let kind = if is_new { ItemKind::New } else { ItemKind::Listed };
                total.bridge.add(kind, residue, 1)
            }
        }
    }

    pub(super) fn is_all(&self, forest: &Forest<'_>, lines: &[usize], column: Column, state: Money) -> bool {
        let mut members = lines.iter().filter_map(|&at| forest.member(at));
        members.all(|member| column.money(member.row) == state)
    }

    pub(super) fn lists_all(&self, unit: &Unit) -> bool {
        let complete = |side: &Side<'_, '_>, lines: &[usize]| {
            let mut members = lines.iter().filter_map(|&at| side.forest.member(at));
            members.all(|member| {
                let breakdown = member.row.line.breakdown.map(|breakdown| breakdown.value);
                let is_whole = !side.column.sums(member.row).is_gapped;
                breakdown == Some(Breakdown::Complete) && is_whole
            })
        };
        complete(&self.old, &unit.old) && complete(&self.new, &unit.new)
    }

    /// What was enacted, in this year's arrangement, where the new side says so (組替え後).
    pub(super) fn restated(&self, unit: &Unit) -> Exact<Option<Amount>> {
        let wanted = ColumnPair { old: Column::Enacted, new: Column::Requested };
        if self.columns != wanted {
            return Ok(None);
        }
        let members = unit.new.iter().filter_map(|&at| self.matching.new.member(at));
        let priors = members.map(|member| {
            let prior = &member.row.line.prior;
            match prior.money.value {
                Money::Known(amount) if prior.basis == Basis::Restated => Some(amount),
                _ => None,
            }
        });
        match priors.collect::<Option<Vec<Amount>>>() {
            Some(priors) => Amount::sum(priors),
            None => Ok(None),
        }
    }
}

/// What is told of a change over something that is not known in full on a side: a request with no amount yet, or an amount that is not stated.
fn unknown(old: Come, new: Come, residue: Amount) -> Option<ItemKind> {
    let goes_on = |old: bool, new: bool| old && new && residue.is_zero();
    if (old.is_open || new.is_open) && !goes_on(old.is_open, new.is_open) {
        return Some(ItemKind::Open);
    }
    match (old.is_hidden, new.is_hidden) {
        (false, false) => None,
        (true, true) if residue.is_zero() => None,
        (true, true) if residue.is_negative() => Some(ItemKind::Unlisted),
        (true, _) => Some(ItemKind::Listed),
        (false, true) => Some(ItemKind::Unlisted),
    }
}

fn one_sided(link: Link) -> Option<ItemKind> {
    Some(match link {
        Link::New => ItemKind::New,
        Link::Listed => ItemKind::Listed,
        Link::Ended => ItemKind::Ended,
        Link::Unlisted => ItemKind::Unlisted,
        _ => return None,
    })
}
