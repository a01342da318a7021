//! W0203: the remainder of a partial breakdown is explained by a note, on the line or on one of its parts.

use crate::diagnostic::Diagnostic;
use crate::model::{Breakdown, Line, NoteKind};
use crate::notation::Notation;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in &rollup.rows {
        let Some(breakdown) = row.line.breakdown.filter(|breakdown| breakdown.value == Breakdown::Partial) else { continue };
        let Some(remainder) = row.requested.remainder.filter(|remainder| !remainder.is_zero() && !remainder.is_negative()) else { continue };
        if explains(row.line) || rollup.children_of(row).any(|part| explains(part.line)) {
            continue;
        }
        let notation = Notation::new(rollup.request.lang);
        let id = &row.line.id.value;
        findings.push(
            Diagnostic::new("W0203", breakdown.span, format!("nothing says what the rest of `{id}` is for"))
                .here(format!("{} of the requested amount is not listed", notation.amount(&remainder)))
                .about(id)
                .help("add a note that says so, `{kind: in_addition, text: このほか…}` or `{kind: remark, text: …}`; or accept this: `accept: [{rule: W0203, reason: …}]`"),
        );
    }
}

fn explains(line: &Line) -> bool {
    line.notes.iter().any(|note| matches!(note.kind, NoteKind::InAddition { .. } | NoteKind::Remark))
}
