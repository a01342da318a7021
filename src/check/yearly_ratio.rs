//! W0303: an amount does not grow tenfold or shrink to less than a tenth: a slip of the unit looks like this.

use super::column::Side;
use crate::diagnostic::Diagnostic;
use crate::model::Comparison;
use crate::notation::Notation;
use crate::rollup::{Rollup, Row};

/// Where a rate is a jump.
const JUMP: u16 = 10;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let notation = Notation::new(rollup.request.lang);
    for (at, row) in rollup.rows.iter().enumerate() {
        let (line, id) = (row.line, &row.line.id.value);
        // A sum that jumps with one of its parts is that part's matter.
        let jumps_below = || rollup.subtree(at).iter().skip(1).any(|row| jump(row).is_some());
        let Some(what) = jump(row).filter(|_| !jumps_below()) else {
            continue;
        };
        findings.push(
            Diagnostic::new(
                "W0303",
                Side::Requested.span(line),
                format!("`{id}` asks for {what}"),
            )
            .here(notation.money(&row.requested_money()))
            .also(
                Side::Prior.span(line),
                notation.money(&row.prior_money()),
            )
            .about(id)
            .help("look at the unit of both amounts; if they are right, say why: `accept: [{rule: W0303, reason: …}]`"),
        );
    }
}

fn jump(row: &Row<'_>) -> Option<&'static str> {
    match Comparison::between(row.requested_money(), row.prior_money()) {
        Ok(Comparison::Changed { rate, .. }) if rate.is_at_least_times(JUMP) => {
            Some("ten times last year's amount or more")
        }
        Ok(Comparison::Changed { rate, .. }) if rate.is_below_one_in(JUMP) => {
            Some("less than a tenth of last year's amount")
        }
        _ => None,
    }
}
