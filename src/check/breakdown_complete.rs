//! E0201: a complete breakdown adds up: exactly, or within what rounding can explain.

use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Breakdown, Footing, Rounding};
use crate::notation::Notation;
use crate::rollup::{Column, Rollup, Row};
use crate::source::Span;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in rollup.rows.iter().filter(|row| rollup.is_readable(row)) {
        if row
            .line
            .breakdown
            .is_some_and(|breakdown| breakdown.value == Breakdown::Complete)
        {
            findings.extend(sum(
                rollup,
                row,
                "requested",
                row.line.requested.money.span,
                |row| (row.requested, row.line.requested.money.span),
            ));
            findings.extend(sum(
                rollup,
                row,
                "prior",
                row.line.prior.money.span,
                |row| (row.prior, row.line.prior.money.span),
            ));
        }
    }
}

/// The finding for one column, if no exact values behind the parts can add up to any behind the total.
fn sum(
    rollup: &Rollup<'_>,
    row: &Row<'_>,
    what: &str,
    total_span: Span,
    column: impl Fn(&Row<'_>) -> (Column, Span),
) -> Option<Diagnostic> {
    let total = column(row).0.amount?;
    let parts: Vec<(Amount, Span)> = rollup
        .children_of(row)
        .filter(|part| part.line.is_addable())
        .filter_map(|part| Some((column(part).0.counted()?, column(part).1)))
        .collect();
    let addends: Vec<Amount> = parts.iter().map(|(amount, _)| *amount).collect();
    let rules: &[Rounding] = rollup
        .request
        .rounding
        .as_ref()
        .map_or(&Rounding::ALL, std::slice::from_ref);
    let mut impossible = None;
    for rule in rules {
        match Footing::of(&addends, total, *rule) {
            Ok(Footing::Impossible {
                sum,
                difference,
                explainable,
            }) => impossible = Some((sum, difference, explainable)),
            _ => return None,
        }
    }
    let (sum, difference, explainable) = impossible.filter(|_| !addends.is_empty())?;

    let notation = Notation::new(rollup.request.lang);
    let verdict = if difference.is_negative() {
        "too much"
    } else {
        "missing"
    };
    let difference = notation.amount(&difference.abs());
    let mut finding = Diagnostic::new(
        "E0201",
        total_span,
        format!(
            "the breakdown of `{}` does not add up ({what})",
            row.line.id.value
        ),
    )
    .here(format!("stated total {}", notation.amount(&total)));
    for (amount, span) in &parts {
        finding = finding.also(*span, notation.amount(amount));
    }
    let explained = if explainable.is_zero() {
        "rounding explains none of it".to_owned()
    } else {
        format!(
            "rounding explains at most {}",
            notation.amount(&explainable)
        )
    };
    Some(
        finding
            .note(format!("the parts add up to {}; {difference} {verdict}; {explained}", notation.amount(&sum)))
            .help("correct a line, add the missing one, or say `breakdown: partial` to have the remainder computed and printed"),
    )
}
