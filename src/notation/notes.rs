//! How typed notes are worded.

use super::Notation;
use crate::model::{Amount, Lang, Note, NoteKind};
use crate::source::Spanned;

impl Notation {
    /// A note as a sentence without the leading ※: the author's words where there are any, otherwise those of its kind.
    #[must_use]
    pub fn note(&self, note: &Note) -> String {
        let text = note.text.as_deref();
        if let (Some(text), false) = (text, matches!(note.kind, NoteKind::InAddition { .. })) {
            return text.to_owned();
        }
        match self.lang {
            Lang::Ja => self.japanese_note(&note.kind, text),
            Lang::En => self.english_note(&note.kind, text),
        }
    }

    /// Says that somewhere below is an estimate, e.g. 運営費交付金中の推計額含む.
    #[must_use]
    pub fn includes_estimate(&self, of: Option<&str>) -> String {
        match (self.lang, of) {
            (Lang::Ja, of) => format!("{}中の推計額含む", of.unwrap_or("運営費交付金")),
            (Lang::En, Some(of)) => format!("includes estimates within {of}"),
            (Lang::En, None) => "includes estimates within operating grants".to_owned(),
        }
    }

    fn japanese_note(&self, kind: &NoteKind, text: Option<&str>) -> String {
        match kind {
            NoteKind::Estimate { of, scope } => {
                let estimate = format!("{}中の推計額", of.as_deref().unwrap_or("運営費交付金"));
                scope.as_ref().map_or(estimate.clone(), |scope| self.bracketed(&estimate, scope))
            }
            NoteKind::IncludesEstimate { of } => self.includes_estimate(of.as_deref()),
            NoteKind::Joint { with } => format!("{}と共に要求", with.join("、")),
            NoteKind::Recount { partly, of } => {
                let word = if *partly { "一部再掲" } else { "再掲" };
                of.as_ref().map_or_else(|| word.to_owned(), |of| format!("{word}（{of}に計上）"))
            }
            NoteKind::Within { of } => {
                of.as_ref().map_or_else(|| "内数".to_owned(), |of| format!("{of}の内数"))
            }
            NoteKind::Part { of } => {
                of.as_ref().map_or_else(|| "一部".to_owned(), |of| format!("{of}の一部"))
            }
            NoteKind::InAddition { amount } => self.in_addition(text, amount.as_ref()),
            NoteKind::Remark => text.unwrap_or_default().to_owned(),
        }
    }

    fn english_note(&self, kind: &NoteKind, text: Option<&str>) -> String {
        match kind {
            NoteKind::Estimate { of, scope } => {
                let estimate = format!("estimate within {}", of.as_deref().unwrap_or("an operating grant"));
                scope.as_ref().map_or(estimate.clone(), |scope| self.bracketed(&estimate, scope))
            }
            NoteKind::IncludesEstimate { of } => self.includes_estimate(of.as_deref()),
            NoteKind::Joint { with } => format!("requested jointly with {}", with.join(", ")),
            NoteKind::Recount { partly, of } => {
                let word = if *partly { "partly counted elsewhere" } else { "counted elsewhere" };
                of.as_ref().map_or_else(|| word.to_owned(), |of| self.bracketed(word, of))
            }
            NoteKind::Within { of } => {
                format!("share of {}, own amount not known", of.as_deref().unwrap_or("a larger amount"))
            }
            NoteKind::Part { of } => {
                format!("part of {}", of.as_deref().unwrap_or("a larger scheme"))
            }
            NoteKind::InAddition { amount } => self.in_addition(text, amount.as_ref()),
            NoteKind::Remark => text.unwrap_or_default().to_owned(),
        }
    }

    /// What the author says lies outside the amount, with its own amount where it is known.
    fn in_addition(&self, text: Option<&str>, amount: Option<&Spanned<Amount>>) -> String {
        let text = text.unwrap_or_default();
        match amount {
            Some(amount) => self.bracketed(text.trim_end_matches('。'), &self.amount(&amount.value)),
            None => text.to_owned(),
        }
    }
}
