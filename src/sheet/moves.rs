//! What rose and what fell, for a sheet that has room for it beside a long table.

use std::ops::RangeInclusive;

use serde::Serialize;

use super::figures::{self, FigureLink};
use super::wording::Wording;
use crate::figure::Figures;
use crate::model::Money;
use crate::rollup::Rollup;

/// The rows of tables that have something beside them: one of fewer tells by itself what rose and fell, one of more needs all of its page.
const LONG: RangeInclusive<usize> = 12..=30;

/// How many of the largest rises, and of the largest falls, are drawn.
const LARGEST: usize = 5;

/// From a line's prior amount to the requested one.
#[derive(Clone, Debug, Serialize)]
pub struct Moves {
    /// The prior amount, in the table's unit.
    pub prior: String,
    /// What rose, fell and stayed.
    pub groups: Vec<MoveGroup>,
    pub requested: String,
    /// The lines that moved most.
    pub chart: Option<FigureLink>,
}

/// The lines that rose, fell or stayed.
#[derive(Clone, Debug, Serialize)]
pub struct MoveGroup {
    /// Which of them.
    pub label: &'static str,
    /// How many lines.
    pub lines: usize,
    /// The sum of their changes.
    pub change: String,
}

/// The moves below a row with a table of so many rows; `None` where it has none beside it, or they do not lead from the one amount to the other.
pub(super) fn moves(
    rollup: &Rollup<'_>,
    at: usize,
    rows: usize,
    wording: &Wording<'_>,
    drawings: &mut Figures,
) -> Option<Moves> {
    let row = rollup.rows.get(at)?;
    let moves = LONG.contains(&rows).then(|| rollup.moves(at)).flatten()?;
    let (notation, unit, words) = (&wording.notation, wording.unit(), wording.words);
    let cell = |money: Money| notation.cell(&money, unit);
    let groups = [words.rose, words.fell, words.stayed].into_iter().zip(&moves.groups);
    let groups = groups.map(|(label, (lines, change))| MoveGroup {
        label,
        lines: *lines,
        change: notation.figure(change, unit),
    });
    let (rises, falls) = (moves.groups[0].0, moves.groups[1].0);
    let lines = moves.lines.iter().enumerate();
    let largest = lines.filter(|(at, (_, change))| {
        let is_moved = !change.is_zero();
        is_moved && (*at < LARGEST.min(rises) || at + LARGEST.min(falls) >= moves.lines.len())
    });
    let largest = largest.map(|(_, (row, change))| (wording.title(row.line), *change));
    let chart = figures::largest(row.line.id.value.as_str(), largest.collect(), wording, drawings);
    Some(Moves {
        prior: cell(row.prior_money()),
        groups: groups.collect(),
        requested: cell(row.requested_money()),
        chart,
    })
}
