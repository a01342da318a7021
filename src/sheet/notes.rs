//! Typed notes, worded.

use super::wording::Wording;
use crate::model::{Amount, Basis, Lang, Note, NoteKind};
use crate::rollup::Row;
use crate::source::Spanned;

/// The notes that fit into a table: those that qualify the amount. What lies outside it, and remarks, stand in the text.
pub(super) fn short(row: &Row<'_>, wording: &Wording<'_>) -> Vec<String> {
    collect(row, wording, qualifies)
}

/// The other notes of a line: what lies outside its amount, and remarks.
pub(super) fn long(row: &Row<'_>, wording: &Wording<'_>) -> Vec<String> {
    let others = row.line.notes.iter().filter(|note| !qualifies(note));
    others.map(|note| worded(note, wording)).collect()
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
    let mut notes: Vec<String> = line
        .notes
        .iter()
        .filter(|note| wanted(note))
        .map(|note| worded(note, wording))
        .collect();
    let says_so = line.notes.iter().any(|note| {
        matches!(
            note.kind,
            NoteKind::IncludesEstimate { .. } | NoteKind::Estimate { .. }
        )
    });
    if row.estimate_below && !says_so {
        notes.push(includes_estimate(None, wording.lang));
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

fn includes_estimate(of: Option<&str>, lang: Lang) -> String {
    match (lang, of) {
        (Lang::Ja, of) => format!("{}中の推計額含む", of.unwrap_or("運営費交付金")),
        (Lang::En, Some(of)) => format!("includes estimates within {of}"),
        (Lang::En, None) => "includes estimates within operating grants".to_owned(),
    }
}

fn worded(note: &Note, wording: &Wording<'_>) -> String {
    let text = note.text.as_deref();
    if let (Some(text), false) = (text, matches!(note.kind, NoteKind::InAddition { .. })) {
        return text.to_owned();
    }
    match wording.lang {
        Lang::Ja => japanese(&note.kind, text, wording),
        Lang::En => english(&note.kind, text, wording),
    }
}

fn japanese(kind: &NoteKind, text: Option<&str>, wording: &Wording<'_>) -> String {
    match kind {
        NoteKind::Estimate { of, scope } => {
            let estimate = format!("{}中の推計額", of.as_deref().unwrap_or("運営費交付金"));
            scope.as_ref().map_or(estimate.clone(), |scope| {
                wording.bracketed(&estimate, scope)
            })
        }
        NoteKind::IncludesEstimate { of } => includes_estimate(of.as_deref(), Lang::Ja),
        NoteKind::Joint { with } => format!("{}と共に要求", with.join("、")),
        NoteKind::Recount { partly, of } => {
            let word = if *partly { "一部再掲" } else { "再掲" };
            of.as_ref()
                .map_or_else(|| word.to_owned(), |of| format!("{word}（{of}に計上）"))
        }
        NoteKind::Within { of } => of
            .as_ref()
            .map_or_else(|| "内数".to_owned(), |of| format!("{of}の内数")),
        NoteKind::Part { of } => of
            .as_ref()
            .map_or_else(|| "一部".to_owned(), |of| format!("{of}の一部")),
        NoteKind::InAddition { amount } => in_addition(text, amount.as_ref(), wording),
        NoteKind::Remark => text.unwrap_or_default().to_owned(),
    }
}

fn english(kind: &NoteKind, text: Option<&str>, wording: &Wording<'_>) -> String {
    match kind {
        NoteKind::Estimate { of, scope } => {
            let estimate = format!(
                "estimate within {}",
                of.as_deref().unwrap_or("an operating grant")
            );
            scope.as_ref().map_or(estimate.clone(), |scope| {
                wording.bracketed(&estimate, scope)
            })
        }
        NoteKind::IncludesEstimate { of } => includes_estimate(of.as_deref(), Lang::En),
        NoteKind::Joint { with } => format!("requested jointly with {}", with.join(", ")),
        NoteKind::Recount { partly, of } => {
            let word = if *partly {
                "partly counted elsewhere"
            } else {
                "counted elsewhere"
            };
            of.as_ref()
                .map_or_else(|| word.to_owned(), |of| wording.bracketed(word, of))
        }
        NoteKind::Within { of } => format!(
            "share of {}, own amount not known",
            of.as_deref().unwrap_or("a larger amount")
        ),
        NoteKind::Part { of } => format!("part of {}", of.as_deref().unwrap_or("a larger scheme")),
        NoteKind::InAddition { amount } => in_addition(text, amount.as_ref(), wording),
        NoteKind::Remark => text.unwrap_or_default().to_owned(),
    }
}

/// What the author says lies outside the amount, with its own amount where it is known.
fn in_addition(
    text: Option<&str>,
    amount: Option<&Spanned<Amount>>,
    wording: &Wording<'_>,
) -> String {
    let text = text.unwrap_or_default();
    match amount {
        Some(amount) => wording.bracketed(text, &wording.notation.amount(&amount.value)),
        None => text.to_owned(),
    }
}
