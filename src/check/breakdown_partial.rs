//! E0202: a partial breakdown does not exceed its line: the remainder is not negative.

use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Breakdown, Interval};
use crate::notation::Notation;
use crate::rollup::{Rollup, Row, Sums};
use crate::source::Span;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in rollup.rows.iter().filter(|row| rollup.is_readable(row)) {
        if row.line.breakdown.is_some_and(|breakdown| breakdown.value == Breakdown::Partial) {
            findings.extend(excess(rollup, row, "requested", |row| {
                (row.requested, row.line.requested.money.span)
            }));
            findings.extend(excess(rollup, row, "prior", |row| (row.prior, row.line.prior.money.span)));
        }
    }
}

fn excess(
    rollup: &Rollup<'_>,
    row: &Row<'_>,
    what: &str,
    column: impl Fn(&Row<'_>) -> (Sums, Span),
) -> Option<Diagnostic> {
    let (Sums { amount: Some(total), listed: Some(listed), .. }, span) = column(row) else {
        return None;
    };
    let remainder = total.checked_sub(listed).ok()?;
    let parts: Vec<(Amount, Span)> = rollup
        .children_of(row)
        .filter(|part| part.line.is_addable())
        .filter_map(|part| Some((column(part).0.counted()?, column(part).1)))
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
