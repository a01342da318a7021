//! Closed sets of words, flags and counts.

use super::Reader;
use super::codes;
use super::mapping::Fields;
use super::synonyms;
use crate::diagnostic::{Cure, Diagnostic, is_misspelled, nearest};
use crate::model::{Hedge, Lang, fold, fold_text};
use crate::source::Spanned;

/// One meaning and the words for it; the first is the one we write.
pub(super) type Choices<T> = [(&'static [&'static str], T)];

pub(super) const FLAGS: &Choices<bool> =
    &[(&["true", "yes", "はい"], true), (&["false", "no", "いいえ"], false)];

/// The words of a closed set, all spellings.
pub(super) fn all_words<T>(choices: &Choices<T>) -> impl Iterator<Item = &'static str> {
    choices.iter().flat_map(|(words, _)| words.iter().copied())
}

/// What a word of a closed set means.
pub(super) fn named<T: Copy>(choices: &Choices<T>, text: &str) -> Option<T> {
    let is_it = |(words, _): &&(&[&str], T)| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    choices.iter().find(is_it).map(|(_, meaning)| *meaning)
}

/// The word of a closed set for a meaning: the one that we write, or the first of the Japanese ones behind it.
pub(super) fn word<T: PartialEq>(choices: &Choices<T>, meaning: T, lang: Lang) -> &'static str {
    let words = choices.iter().find(|(_, known)| *known == meaning).map(|(words, _)| *words);
    words.and_then(|words| words.get(usize::from(lang == Lang::Ja))).copied().unwrap_or_default()
}

impl Reader {
    /// One of a closed set of words that must be there.
    pub(super) fn required_choice<T: Copy>(
        &mut self,
        fields: Fields<'_>,
        key: &str,
        choices: &Choices<T>,
    ) -> Option<Spanned<T>> {
        if fields.get(key).is_none() {
            let help = format!("add `{key}:` with one of these: {}", self.listed(choices));
            self.missing(fields, key, &help);
        }
        self.choice(fields, key, choices)
    }

    /// One of a closed set of words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        fields: Fields<'_>,
        key: &str,
        choices: &Choices<T>,
    ) -> Option<Spanned<T>> {
        let text = self.spanned_text(fields, key)?;
        if let Some(meaning) = named(choices, &text.value) {
            return Some(Spanned::new(meaning, text.span));
        }
        let words: Vec<&str> = all_words(choices).collect();
        let finding = Diagnostic::new(
            codes::UNKNOWN_VALUE,
            text.span,
            format!("`{}` is not a value of `{key}`", text.value),
        );
        let folded = fold_text(&text.value);
        let bare = folded
            .trim_matches(['“', '”', '‘', '’', '"', '\'', '「', '」', '(', ')', '【', '】', '[', ']'])
            .trim();
        let plain = bare.to_lowercase().replace([' ', '-'], "_");
        let written = |word: &str| self.written(text.span, word);
        if let Some(word) = words.iter().find(|word| **word == bare || **word == plain) {
            self.findings.push(finding.cure(Cure::certain(text.span, written(word))));
            return None;
        }
        let listed = self.listed(choices);
        // What stands beside a word that is only misspelled would be lost.
        let near = nearest(&text.value, &words).filter(|word| is_misspelled(&text.value, word));
        let lang = self.examples.lang;
        let said =
            synonyms::said(choices, bare, lang).or(near).or_else(|| synonyms::within(choices, bare, lang));
        let help = match said {
            Some(_) if said == near => String::new(),
            Some(word) => format!("did you mean `{word}`? otherwise write one of these: {listed}"),
            None => format!("write one of these: {listed}"),
        };
        let cure = said.map(|word| Cure::suggested(text.span, written(word)));
        self.findings.push(finding.cure(cure).help(help));
        None
    }

    /// The words of a closed set, each in the forms that the chapter's language has.
    pub(super) fn listed<T>(&self, choices: &Choices<T>) -> String {
        let quoted = |words: &[&str]| {
            let is_spoken = |word: &str| self.examples.pick(true, word.is_ascii());
            let is_none = !words.iter().any(|word| is_spoken(word));
            let spoken = words.iter().filter(|word| is_none || is_spoken(word));
            spoken.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ")
        };
        choices.iter().map(|(words, _)| quoted(words)).collect::<Vec<_>>().join("; ")
    }

    /// `true` or `false`; absent is `false`.
    pub(super) fn flag(&mut self, fields: Fields<'_>, key: &str) -> bool {
        self.choice(fields, key, FLAGS).is_some_and(|flag| flag.value)
    }

    /// A whole number of at most nine digits; full-width digits are folded, a counter such as 件 or 年 may follow.
    pub(super) fn count(&mut self, fields: Fields<'_>, key: &str, counters: &[&str]) -> Option<Spanned<u32>> {
        let text = self.spanned_text(fields, key)?;
        let folded: String = text.value.chars().map(fold_digit).collect();
        let digits =
            counters.iter().find_map(|counter| folded.strip_suffix(counter)).unwrap_or(&folded).trim();
        let number = |text: &str| {
            let is_short = text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u32>().ok().filter(|_| is_short)
        };
        if let Some(number) = number(digits) {
            return Some(Spanned::new(number, text.span));
        }
        // `約3件` and `3拠点程度`.
        let (bare, _) = Hedge::of(&folded);
        let meant = bare.trim_matches(|c: char| c.is_alphabetic()).trim().replace(',', "");
        let message = format!("`{}` is not a whole number", text.value);
        self.findings.push(
            Diagnostic::new(codes::UNKNOWN_VALUE, text.span, message)
                .help(format!("write `{key}` in digits, e.g. `{key}: 6`"))
                .cure(number(&meant).map(|_| Cure::suggested(text.span, meant))),
        );
        None
    }
}

fn fold_digit(character: char) -> char {
    if matches!(character, '０'..='９') { fold(character) } else { character }
}
