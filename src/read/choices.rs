//! Closed sets of words, flags and counts.

use super::Reader;
use super::codes;
use super::fields::Fields;
use crate::diagnostic::{Cure, Diagnostic, is_misspelled, nearest};
use crate::model::fold_text;
use crate::source::Spanned;

/// One meaning and the words for it; the first is the one we write.
pub(super) type Choices<T> = [(&'static [&'static str], T)];

pub(super) const FLAGS: &Choices<bool> =
    &[(&["true", "yes", "はい"], true), (&["false", "no", "いいえ"], false)];

/// What a word of a closed set means.
pub(super) fn named<T: Copy>(choices: &Choices<T>, text: &str) -> Option<T> {
    let is_it = |(words, _): &&(&[&str], T)| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    choices.iter().find(is_it).map(|(_, meaning)| *meaning)
}

impl Reader {
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
        let words: Vec<&str> = choices.iter().flat_map(|(words, _)| words.iter().copied()).collect();
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
        let same = words.iter().find(|word| **word == bare || **word == plain).copied();
        let cure = same.map(|word| Cure::certain(text.span, self.written(text.span, word))).or_else(|| {
            // What stands beside the word would be lost.
            let near = nearest(&text.value, &words).filter(|word| is_misspelled(&text.value, word));
            near.map(|word| Cure::suggested(text.span, self.written(text.span, word)))
        });
        self.findings.push(match cure {
            Some(cure) => finding.cure(cure),
            None => finding.help(format!("write one of these: {}", self.listed(choices))),
        });
        None
    }

    /// The words of a closed set, each in the forms that the chapter's language has.
    pub(super) fn listed<T>(&self, choices: &Choices<T>) -> String {
        let quoted = |words: &[&str]| {
            let spoken = |word: &&&str| self.examples.pick(true, word.is_ascii());
            let mut quoted: Vec<String> =
                words.iter().filter(spoken).map(|word| format!("`{word}`")).collect();
            if quoted.is_empty() {
                quoted = words.iter().map(|word| format!("`{word}`")).collect();
            }
            quoted.join(" or ")
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
        let plain =
            !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
        match digits.parse() {
            Ok(number) if plain => Some(Spanned::new(number, text.span)),
            _ => {
                self.findings.push(
                    Diagnostic::new(
                        codes::UNKNOWN_VALUE,
                        text.span,
                        format!("`{}` is not a whole number", text.value),
                    )
                    .help(format!("write `{key}` in digits, e.g. `{key}: 6`")),
                );
                None
            }
        }
    }
}

fn fold_digit(character: char) -> char {
    match character {
        '０'..='９' => {
            char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')).unwrap_or(character)
        }
        other => other,
    }
}
