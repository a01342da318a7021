//! E0201: a complete breakdown adds up: exactly, or within what rounding can explain.

use super::column::{explained, gap};
use super::recount_added;
use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Breakdown};
use crate::notation::Notation;
use crate::rollup::{Column, Rollup, Row};

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in complete(rollup) {
        findings.extend(Column::ALL.iter().filter_map(|column| sum(rollup, row, *column)));
    }
}

/// The rows whose parts are said to make up the whole, as far as their amounts could be read.
pub(super) fn complete<'a, 'r>(rollup: &'a Rollup<'r>) -> impl Iterator<Item = &'a Row<'r>> {
    rollup.rows.iter().filter(|row| {
        let breakdown = row.line.breakdown.map(|breakdown| breakdown.value);
        breakdown == Some(Breakdown::Complete) && rollup.is_readable(row)
    })
}

/// The finding for one column, if no exact values behind the parts can add up to any behind the total.
fn sum(rollup: &Rollup<'_>, row: &Row<'_>, column: Column) -> Option<Diagnostic> {
    let total = column.total(row)?;
    let parts = column.addends(rollup, row);
    let addends: Vec<Amount> = parts.iter().map(|(amount, _)| *amount).collect();
    let rules = rollup.request.roundings();
    let gap = gap(&addends, total, rules)?;
    if recount_added::closing(rollup, row, column).is_some() {
        return None;
    }

    let notation = Notation::new(rollup.request.lang);
    let message = format!("the breakdown of `{}` does not add up ({})", row.line.id.value, column.slug());
    let finding = Diagnostic::new("E0201", column.span(row.line), message)
        .here(format!("stated total {}", notation.amount(&total)));
    Some(explained(finding, &parts, (total, &gap), (rollup, column), &notation).help(
        "correct a line, add the missing one, or say `breakdown: partial` to have the remainder computed and printed",
    ))
}
