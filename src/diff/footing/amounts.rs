//! What of each line is compared and counted.

use std::collections::BTreeMap;

use super::{Crossing, Exact};
use crate::diff::bridge::{Bridge, ItemKind};
use crate::diff::forest::Forest;
use crate::diff::matching::{Matching, Unit};
use crate::model::{Amount, Money};
use crate::rollup::Column;

/// Whether a unit's lines are added into the lines above them.
#[derive(PartialEq)]
pub(super) enum Counts {
    All,
    Some,
    None,
}

impl Counts {
    pub(super) fn of(matching: &Matching<'_>, unit: &Unit) -> Self {
        let counts = |forest: &Forest<'_>, lines: &[usize]| {
            (!lines.is_empty()).then(|| lines.iter().any(|&at| is_counted(forest, at)))
        };
        let sides = [counts(&matching.old, &unit.old), counts(&matching.new, &unit.new)];
        match (sides.contains(&Some(true)), sides.contains(&Some(false))) {
            (true, true) => Self::Some,
            (true, false) => Self::All,
            (false, _) => Self::None,
        }
    }
}

pub(super) fn is_counted(forest: &Forest<'_>, at: usize) -> bool {
    forest.member(at).is_some_and(|member| member.row.line.is_addable())
}

/// Whether a line says what it comes to: an amount, that there is none, or that it is not settled yet.
pub(super) fn states(forest: &Forest<'_>, at: usize, column: Column) -> bool {
    forest.member(at).is_some_and(|member| {
        let sums = column.sums(member.row);
        sums.amount.is_some() || sums.money.is_nothing() || sums.money == Money::Undecided
    })
}

/// What of each line is compared: what the line above would count of it, or where its counterpart states no amount, what is compared of its
/// parts.
pub(super) fn compared(
    forest: &Forest<'_>,
    column: Column,
    is_by_parts: impl Fn(usize) -> bool,
) -> Exact<Vec<Option<Amount>>> {
    let mut amounts: Vec<Option<Amount>> = vec![None; forest.trees.len()];
    for at in (0..forest.trees.len()).rev() {
        let Some(member) = forest.member(at) else {
            continue;
        };
        let parts = forest
            .children(at)
            .filter(|&part| is_by_parts(at) && is_counted(forest, part))
            .filter_map(|part| amounts.get(part).copied().flatten());
        let amount = match Amount::sum(parts)? {
            Some(sum) => Some(sum),
            None => column.sums(member.row).counted(),
        };
        if let Some(place) = amounts.get_mut(at) {
            *place = amount;
        }
    }
    Ok(amounts)
}

/// A bridge without what moves across its unit's edge, which is told by where it comes to rest.
pub(super) fn without_moves(bridge: &Bridge) -> Bridge {
    let mut bridge = bridge.clone();
    bridge.items.retain(|item| !matches!(item.kind, ItemKind::MovedIn | ItemKind::MovedOut));
    bridge
}

pub(super) fn cross(crossing: &mut BTreeMap<usize, Crossing>, unit: usize, part: Crossing) -> Exact<()> {
    match crossing.get_mut(&unit) {
        Some(known) => {
            known.amount = known.amount.checked_add(part.amount)?;
            known.comes_in |= part.comes_in;
        }
        None => {
            crossing.insert(unit, part);
        }
    }
    Ok(())
}
