//! Typed notes, worded.

use super::conventions;
use super::wording::Wording;
use crate::model::{Basis, Note, NoteKind};
use crate::rollup::{Rollup, Row};
use crate::words;

/// The notes of a line, as sentences without the leading ※: the author's, and those that follow from the tree.
pub(super) fn notes(row: &Row<'_>, wording: &Wording<'_>) -> Vec<String> {
    collect(row, wording, |_| true)
}

/// The notes without which a line's amounts would be misread. What lies outside them, and remarks, are said once, in the table.
pub(super) fn qualifying(row: &Row<'_>, wording: &Wording<'_>) -> Vec<String> {
    collect(row, wording, |note| !matches!(note.kind, NoteKind::InAddition { .. } | NoteKind::Remark))
}

/// The last cell of a line's row in a table: all its notes, and which of last year's amounts the prior one is.
pub(super) fn cell(row: &Row<'_>, wording: &Wording<'_>) -> String {
    let mut all = notes(row, wording);
    if !matches!(row.line.prior.basis, Basis::Initial | Basis::Combined) {
        all.push(wording.prior_label(row.line.prior.basis));
    }
    let (end, gap) = (words::note_end(wording.lang), words::gap(wording.lang));
    let last = all.len().saturating_sub(1);
    let ended = all.iter().enumerate().map(|(at, note)| match note.trim_end() {
        note if at == last || note.ends_with(['。', '.']) || note.ends_with(end) => note.to_owned(),
        note => format!("{note}{end}"),
    });
    ended.collect::<Vec<_>>().join(gap)
}

/// The notes of a sheet: those of its line, and what it says of its own conventions.
pub(super) fn all_notes(rollup: &Rollup<'_>, row: &Row<'_>, wording: &Wording<'_>) -> Vec<String> {
    let mut all = notes(row, wording);
    all.extend(conventions::notes(rollup, row, wording));
    all
}

fn collect(row: &Row<'_>, wording: &Wording<'_>, wanted: impl Fn(&Note) -> bool) -> Vec<String> {
    let line = row.line;
    let mut notes: Vec<String> = line
        .notes
        .iter()
        .filter(|note| wanted(note))
        .map(|note| wording.notation.note(note, wording.request))
        .collect();
    let says_so = line
        .notes
        .iter()
        .any(|note| matches!(note.kind, NoteKind::IncludesEstimate { .. } | NoteKind::Estimate { .. }));
    if row.estimate_below && !says_so {
        notes.push(wording.notation.includes_estimate(None));
    }
    if line.prior.basis == Basis::Combined {
        let called = |name| wording.request.called(name, wording.lang);
        let named: Vec<&str> = line.prior.with.iter().map(|name| called(name)).collect();
        let named = named.join(wording.words.comma);
        notes.push(match named.is_empty() {
            true => words::combined(wording.lang).to_owned(),
            false => words::combined_with(wording.lang, named),
        });
    }
    notes
}
