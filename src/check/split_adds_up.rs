//! E0209: the accounts (会計別), and the instruments (経費の種類別), of a line make up its amounts.

use super::column::{added, explained, gap};
use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Money, SplitPart};
use crate::notation::Notation;
use crate::rollup::{Column, Rollup, Row};
use crate::source::Span;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in &rollup.rows {
        for (name, parts) in row.line.splits() {
            let columns = Column::BOTH.iter();
            findings.extend(columns.filter_map(|column| sum(rollup, row, name, parts, *column)));
        }
    }
}

/// The finding for one column of one split; nothing where an amount is an unknown part of another one, or not there.
fn sum(
    rollup: &Rollup<'_>,
    row: &Row<'_>,
    name: &str,
    parts: &[SplitPart],
    column: Column,
) -> Option<Diagnostic> {
    let unit = rollup.request.unit;
    let total = match column.sums(row).money {
        Money::NotApplicable | Money::Unspecified => return None,
        money => added(money, unit)?,
    };
    let is_stated = column.stated(row.line).is_stated();
    if !is_stated && !rollup.is_readable(row) {
        return None;
    }
    let addend = |part| {
        let money = column.of_split(part)?;
        Some((added(money.value, unit)?, money.span))
    };
    let parts = parts.iter().map(addend).collect::<Option<Vec<(Amount, Span)>>>()?;
    let addends: Vec<Amount> = parts.iter().map(|(amount, _)| *amount).collect();
    let rules = rollup.request.roundings();
    let gap = gap(&addends, total, rules)?;

    let notation = Notation::new(rollup.request.lang);
    let origin = if is_stated { "stated" } else { "its parts make" };
    let message =
        format!("the {name} of `{}` do not make up its {} amount", row.line.id.value, column.slug());
    let finding = Diagnostic::new("E0209", column.span(row.line), message)
        .here(format!("{origin} {}", notation.amount(&total)));
    Some(
        explained(finding, &parts, (total, &gap), (rollup, column), &notation)
            .help(format!("correct one of the amounts, or list under `{name}` what is missing")),
    )
}
