//! W0305: an amount keeps its sign from one year to the next: a stray △ looks like this.

use crate::diagnostic::Diagnostic;
use crate::model::Amount;
use crate::notation::Notation;
use crate::rollup::{Column, Rollup, Row};

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let notation = Notation::new(rollup.request.lang);
    for (at, row) in rollup.rows.iter().enumerate() {
        // A sum that turns with one of its parts is that part's matter.
        let turns_below = || rollup.subtree(at).iter().skip(1).any(|row| turned(row).is_some());
        let Some((requested, prior)) = turned(row).filter(|_| !turns_below()) else {
            continue;
        };
        let (line, id) = (row.line, &row.line.id.value);
        let message = match requested.is_negative() {
            true => format!("`{id}` asks for less than nothing, and had an amount last year"),
            false => format!("`{id}` asks for an amount, and had less than nothing last year"),
        };
        findings.push(
            Diagnostic::new("W0305", Column::Requested.span(line), message)
                .here(notation.amount(&requested))
                .also(Column::Prior.span(line), notation.amount(&prior))
                .about(id)
                .help("look at the sign of both amounts (`requested` is the whole amount, not the change); if they are right, say why: `accept: [{rule: W0305, reason: …}]`"),
        );
    }
}

/// Both amounts, where one is above and the other below zero.
fn turned(row: &Row<'_>) -> Option<(Amount, Amount)> {
    let (requested, prior) = (row.requested.amount?, row.prior.amount?);
    let is_there = !requested.is_zero() && !prior.is_zero();
    (is_there && requested.is_negative() != prior.is_negative()).then_some((requested, prior))
}
