//! E0404: a prior amount is stated, or the line is new; likewise a requested amount, or the line has ended.

use crate::diagnostic::Diagnostic;
use crate::model::Money;
use crate::rollup::{Rollup, Row};

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in &rollup.rows {
        let line = row.line;
        // A heading over parts may leave both amounts out: then nothing is claimed and nothing is printed.
        let has_parts = !row.children.is_empty() || row.program.is_none() && line.unread;
        let heading = has_parts && line.requested.money.value == Money::NotStated;
        // Nor has anybody to write down what the parts of a complete breakdown make.
        if row.prior.money == Money::NotStated && !heading {
            findings.push(
                Diagnostic::new("E0404", line.prior.money.span, format!("{} has no `prior` amount", name(row)))
                    .help("add last year's amount; write `prior: 新規` when the program is new, `prior: 0` when nothing was budgeted, `prior: \"-\"` when a prior amount makes no sense, `prior: 記載なし` when your source does not state it"),
            );
        }
        if row.requested.money == Money::NotStated && !has_parts {
            findings.push(
                Diagnostic::new("E0404", line.requested.money.span, format!("{} has no `requested` amount", name(row)))
                    .help("add the amount; write `requested: 事項要求` when it is not settled yet, `requested: 終了` when the program ends, `requested: 記載なし` when your source does not state it"),
            );
        }
    }
}

/// The line's id, or what it is where it has none.
fn name(row: &Row<'_>) -> String {
    let id = &row.line.id.value;
    match (id.is_stand_in(), row.program) {
        (false, _) => format!("`{id}`"),
        (true, None) => "this chapter".to_owned(),
        (true, Some(_)) => "this program".to_owned(),
    }
}
