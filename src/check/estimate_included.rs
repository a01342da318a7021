//! W0207: a line that says 推計額含む has an estimate among its parts. N0208: a line above an estimate says 推計額含む.

use crate::diagnostic::Diagnostic;
use crate::model::{Breakdown, Line, Note, NoteKind};
use crate::rollup::{Rollup, Row};

pub(super) fn check_there(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in rollup.rows.iter().filter(|row| lists_everything(row)) {
        let id = &row.line.id.value;
        let Some(note) = included(row.line).filter(|_| !row.estimate_below) else {
            continue;
        };
        findings.push(
            Diagnostic::new(
                "W0207",
                note.span,
                format!("`{id}` is said to include an estimate, and none of its parts is one"),
            )
            .here("`推計額含む`")
            .about(id)
            .help("add `{kind: estimate, of: …}` to the part that is an estimate, or take this note out"),
        );
    }
}

pub(super) fn check_said(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    // What is below a line that says so, or that has been reported, is covered.
    let mut covered = 0;
    for (at, row) in rollup.rows.iter().enumerate() {
        let (line, id) = (row.line, &row.line.id.value);
        let says_so = included(line).is_some() || estimate(line).is_some();
        let is_heading = !row.requested_money().is_stated();
        if !row.estimate_below || is_heading || at < covered {
            continue;
        }
        let below = rollup.subtree(at);
        covered = at + below.len();
        let Some((part, note)) = below
            .iter()
            .skip(1)
            .find_map(|part| Some((part.line, estimate(part.line)?)))
            .filter(|_| !says_so)
        else {
            continue;
        };
        findings.push(
            Diagnostic::new(
                "N0208",
                line.id.span,
                format!("`{id}` includes an estimate and does not say so"),
            )
            .here("the sheets print `推計額含む` here by themselves")
            .also(note.span, format!("`{}` is an estimate", part.id.value))
            .about(id)
            .help("to name the grant on this line, too, add `{kind: includes_estimate, of: …}`"),
        );
    }
}

/// Whether the parts are all there is: an estimate can also lie in what a partial breakdown does not list.
fn lists_everything(row: &Row<'_>) -> bool {
    let breakdown = row.line.breakdown.map(|breakdown| breakdown.value);
    !row.children.is_empty() && breakdown == Some(Breakdown::Complete)
}

fn included(line: &Line) -> Option<&Note> {
    line.notes.iter().find(|note| matches!(note.kind, NoteKind::IncludesEstimate { .. }))
}

fn estimate(line: &Line) -> Option<&Note> {
    line.notes.iter().find(|note| matches!(note.kind, NoteKind::Estimate { .. }))
}
