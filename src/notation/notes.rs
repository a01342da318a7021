//! How typed notes are worded.

use super::Notation;
use crate::model::{Amount, Note, NoteKind, Request};
use crate::source::Spanned;
use crate::words;

impl Notation {
    /// A note as a sentence without the leading ※: the author's words where there are any, otherwise those of its kind.
    pub fn note(&self, note: &Note, request: &Request) -> String {
        let text = note.text.as_deref();
        if let (Some(text), false) = (text, matches!(note.kind, NoteKind::InAddition { .. })) {
            return text.to_owned();
        }
        let lang = self.lang;
        let called = |of: &String| request.called(of, lang).to_owned();
        match &note.kind {
            NoteKind::Estimate { of, scope } => {
                let estimate = words::estimate(lang, of.as_deref().unwrap_or(words::a_grant(lang)));
                scope.as_ref().map_or(estimate.clone(), |scope| self.bracketed(&estimate, scope))
            }
            NoteKind::IncludesEstimate { of } => self.includes_estimate(of.as_deref()),
            NoteKind::Joint { with } => words::joint(lang, with.join(self.comma())),
            NoteKind::Recount { partly, of } => {
                let word = if *partly { words::partly_recount(lang) } else { words::recount(lang) };
                of.as_ref().map_or_else(|| word.to_owned(), |of| words::recount_in(lang, word, called(of)))
            }
            NoteKind::Within { of } => of
                .as_ref()
                .map_or_else(|| words::share(lang).to_owned(), |of| words::share_of(lang, called(of))),
            NoteKind::Part { of } => of
                .as_ref()
                .map_or_else(|| words::part(lang).to_owned(), |of| words::part_of(lang, called(of))),
            NoteKind::InAddition { amount } => self.in_addition(text, amount.as_ref()),
            NoteKind::Remark => text.unwrap_or_default().to_owned(),
        }
    }

    /// Says that somewhere below is an estimate, e.g. 運営費交付金中の推計額含む.
    pub fn includes_estimate(&self, of: Option<&str>) -> String {
        words::includes_estimate(self.lang, of.unwrap_or(words::grants(self.lang)))
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
