//! Typed notes, worded.

use super::wording::Wording;
use crate::model::{Basis, Lang, Note, NoteKind};
use crate::rollup::Row;

/// The notes that fit into a table: those that qualify the amount. What lies outside it, and remarks, stand in the text.
pub(super) fn short(row: &Row<'_>, wording: &Wording<'_>) -> Vec<String> {
    collect(row, wording, qualifies)
}

/// The other notes of a line: what lies outside its amount, and remarks.
pub(super) fn long(row: &Row<'_>, wording: &Wording<'_>) -> Vec<String> {
    let others = row.line.notes.iter().filter(|note| !qualifies(note));
    others.map(|note| wording.notation.note(note)).collect()
}

fn qualifies(note: &Note) -> bool {
    !matches!(note.kind, NoteKind::InAddition { .. } | NoteKind::Remark)
}

/// The notes of a line, as sentences without the leading ※: the author's, and those that follow from the tree.
pub(super) fn notes(row: &Row<'_>, wording: &Wording<'_>) -> Vec<String> {
    collect(row, wording, |_| true)
}

fn collect(row: &Row<'_>, wording: &Wording<'_>, wanted: impl Fn(&Note) -> bool) -> Vec<String> {
    let line = row.line;
    let mut notes: Vec<String> =
        line.notes.iter().filter(|note| wanted(note)).map(|note| wording.notation.note(note)).collect();
    let says_so = line
        .notes
        .iter()
        .any(|note| matches!(note.kind, NoteKind::IncludesEstimate { .. } | NoteKind::Estimate { .. }));
    if row.estimate_below && !says_so {
        notes.push(wording.notation.includes_estimate(None));
    }
    if line.prior.basis == Basis::Combined && !line.prior.with.is_empty() {
        let with = line.prior.with.join(wording.words.comma);
        notes.push(match wording.lang {
            Lang::Ja => format!("{}は{with}との合計額", wording.words.prior),
            Lang::En => format!("prior year amount combined with {with}"),
        });
    }
    notes
}
