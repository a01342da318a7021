//! E0202: the parts that are known do not exceed their line where there are others: those that a partial breakdown does not list, or whose
//! amounts are not stated.

use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Breakdown, Interval};
use crate::notation::Notation;
use crate::rollup::{Column, Rollup, Row, Sums};
use crate::source::Span;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in rollup.rows.iter().filter(|row| rollup.is_readable(row)) {
        let is_partial = row.line.breakdown.is_some_and(|breakdown| breakdown.value == Breakdown::Partial);
        let has_rest = |column: &Column| is_partial || row.line.is_complete() && column.sums(row).is_gapped;
        // What is added to a budget may be less than nothing, so the rest of it is anything.
        let columns = Column::ALL.into_iter().filter(|column| *column != Column::Supplementary);
        let columns = columns.filter(has_rest);
        findings.extend(columns.filter_map(|column| excess(rollup, row, column)));
    }
}

fn excess(rollup: &Rollup<'_>, row: &Row<'_>, column: Column) -> Option<Diagnostic> {
    let Sums { amount: Some(total), listed: Some(listed), .. } = column.sums(row) else {
        return None;
    };
    let (span, what) = (column.span(row.line), column.slug());
    let remainder = total.checked_sub(listed).ok()?;
    let parts: Vec<(Amount, Span)> = rollup
        .children_of(row)
        .filter(|part| part.line.is_addable())
        .filter_map(|part| Some((column.sums(part).counted()?, column.span(part.line))))
        .collect();
    let rules = rollup.request.roundings();
    let certain = rules.iter().all(|rule| {
        let listed = Interval::sum(parts.iter().map(|(amount, _)| amount.interval(*rule))).ok().flatten();
        let rest = listed.and_then(|listed| total.interval(*rule).checked_sub(listed).ok());
        rest.is_some_and(Interval::is_below_zero)
    });
    if !remainder.is_negative() || !certain {
        return None;
    }

    let notation = Notation::new(rollup.request.lang);
    let mut finding =
        Diagnostic::new("E0202", span, format!("the parts of `{}` exceed it ({what})", row.line.id.value))
            .here(format!("stated total {}", notation.amount(&total)));
    for (amount, span) in &parts {
        finding = finding.also(*span, notation.amount(amount));
    }
    Some(
        finding
            .note(format!("the parts listed add up to {}, which is {} more", notation.amount(&listed), notation.amount(&remainder.abs())))
            .help("correct a part or the total; a part counted elsewhere needs a note `kind: recount` (再掲), a share of a larger figure `kind: within` (内数)"),
    )
}
