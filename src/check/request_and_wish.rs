//! E0204: request (要求) and wish (要望) make up the requested amount.

use super::column::{added, gap};
use crate::diagnostic::Diagnostic;
use crate::model::Amount;
use crate::notation::Notation;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in &rollup.rows {
        let requested = &row.line.requested;
        let (Some(total), Some((request, wish))) = (requested.money.value.addable(), &requested.split) else {
            continue;
        };
        let parts = [request, wish].map(|part| added(part.value, rollup.request.unit));
        let parts = parts.into_iter().collect::<Option<Vec<Amount>>>();
        let Some(gap) = parts.and_then(|parts| gap(&parts, total, rollup.request.roundings())) else {
            continue;
        };
        let notation = Notation::new(rollup.request.lang);
        let sum = notation.amount(&gap.sum);
        findings.push(
            Diagnostic::new(
                "E0204",
                requested.money.span,
                format!("request and wish of `{}` do not make up its requested amount", row.line.id.value),
            )
            .here(format!("stated {}", notation.amount(&total)))
            .also(request.span, notation.money(&request.value))
            .also(wish.span, notation.money(&wish.value))
            .note(format!("request and wish add up to {sum}"))
            .help("correct one of the three, or leave `amount` out: it is then the sum"),
        );
    }
}
