//! W0303: an amount does not grow tenfold or shrink to less than a tenth: a slip of the unit looks like this.

use crate::diagnostic::Diagnostic;
use crate::model::Comparison;
use crate::notation::Notation;
use crate::rollup::{Column, Rollup, Row};

/// Where a rate is a jump.
const JUMP: u16 = 10;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let notation = Notation::new(rollup.request.lang);
    for (at, row) in rollup.rows.iter().enumerate() {
        let (line, id) = (row.line, &row.line.id.value);
        // A sum that jumps with one of its parts, or because one is new or ends, is that part's matter.
        let is_sum = line.is_complete();
        let comes_or_goes = |row: &Row<'_>| {
            is_sum && !matches!(comparison(row), Comparison::Changed { .. } | Comparison::Same)
        };
        let mut below = rollup.subtree(at).iter().skip(1);
        let mut jumps_below = || below.any(|row| jump(row).is_some() || comes_or_goes(row));
        let Some(what) = jump(row).filter(|_| !jumps_below()) else {
            continue;
        };
        findings.push(
            Diagnostic::new(
                "W0303",
                Column::Requested.span(line),
                format!("`{id}` asks for {what}"),
            )
            .here(notation.money(&row.requested_money()))
            .also(
                Column::Prior.span(line),
                notation.money(&row.prior_money()),
            )
            .about(id)
            .help("look at the unit of both amounts; if they are right, say why: `accept: [{rule: W0303, reason: …}]`"),
        );
    }
}

fn comparison(row: &Row<'_>) -> Comparison {
    Comparison::between(row.requested_money(), row.prior_money()).unwrap_or(Comparison::Incomparable)
}

fn jump(row: &Row<'_>) -> Option<&'static str> {
    let rate = comparison(row).rate()?;
    if rate.is_at_least_times(JUMP) {
        Some("ten times last year's amount or more")
    } else {
        rate.is_below_one_in(JUMP).then_some("less than a tenth of last year's amount")
    }
}
