//! Which stretches of a sheet are in its other language, so that they are read out in the right voice.
//!
//! In a Japanese sheet that is English of two words or more: a title, a quotation, a whole cell. `AIP` and `Flagship` alone are
//! part of a Japanese sentence. In an English sheet it is everything written in kana and kanji, with the acronyms and
//! figures between them, and any run that is mostly so.

use std::ops::Range;

use super::{Document, Inline, plain};
use crate::model::Lang;
use crate::script::is_japanese;

/// How many words make English of Latin letters.
const WORDS: usize = 2;

/// The fewest letters of a word that is neither an acronym nor a unit.
const LETTERS: usize = 3;

impl Document {
    /// Marks what is in the other language.
    pub(super) fn mark_languages(&mut self) {
        let lang = self.lang;
        self.each_run(&mut |run| mark(run, lang));
    }
}

fn mark(run: &mut Vec<Inline>, lang: Lang) {
    // What is wholly strong stays strong on the outside, as the total of a table does.
    let is_dress = |inline: &Inline| {
        matches!(inline, Inline::Strong(_) | Inline::Emphasis(_) | Inline::Strike(_) | Inline::Link { .. })
    };
    let dressed = matches!(run.as_slice(), [only] if is_dress(only));
    if !dressed && is_foreign(&plain(run), lang) {
        let content = std::mem::take(run);
        run.push(Inline::Foreign { lang: lang.other(), content });
        return;
    }
    let mut marked = Vec::with_capacity(run.len());
    for inline in std::mem::take(run) {
        match inline {
            Inline::Text(text) => split(&text, lang, &mut marked),
            mut dress @ (Inline::Strong(_) | Inline::Emphasis(_) | Inline::Strike(_)) => {
                dress.content_mut().into_iter().for_each(|content| mark(content, lang));
                marked.push(dress);
            }
            // A link is read out as one thing.
            Inline::Link { target, mut content } => {
                if is_foreign(&plain(&content), lang) {
                    content = vec![Inline::Foreign { lang: lang.other(), content }];
                }
                marked.push(Inline::Link { target, content });
            }
            kept => marked.push(kept),
        }
    }
    *run = marked;
}

fn split(text: &str, lang: Lang, marked: &mut Vec<Inline>) {
    let mut from = 0;
    for found in stretches(text, lang) {
        let (before, within) = (text.get(from..found.start), text.get(found.clone()));
        if let Some(before) = before.filter(|before| !before.is_empty()) {
            marked.push(Inline::Text(before.to_owned()));
        }
        if let Some(within) = within {
            marked
                .push(Inline::Foreign { lang: lang.other(), content: vec![Inline::Text(within.to_owned())] });
        }
        from = found.end;
    }
    match text.get(from..) {
        Some(rest) if !rest.is_empty() => marked.push(Inline::Text(rest.to_owned())),
        _ => {}
    }
}

/// Whether a whole run is in the other language.
fn is_foreign(text: &str, lang: Lang) -> bool {
    let count = |kind: fn(char) -> bool| text.chars().filter(|c| kind(*c)).count();
    let japanese = count(is_japanese);
    match lang {
        Lang::Ja => japanese == 0 && is_english(text),
        Lang::En => japanese > 0 && japanese >= count(char::is_lowercase),
    }
}

/// The stretches of a text that are in the other language.
fn stretches(text: &str, lang: Lang) -> Vec<Range<usize>> {
    match lang {
        Lang::Ja => english(text),
        Lang::En => japanese(text),
    }
}

/// English of some length, from its first letter to its last.
fn english(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let ends = text.char_indices().map(Some).chain([None]);
    for end in ends {
        match (end, start) {
            (Some((at, character)), None) if is_latin(character) => start = Some(at),
            (Some((_, character)), Some(_)) if is_latin(character) => {}
            (end, Some(begin)) => {
                let end = end.map_or(text.len(), |(at, _)| at);
                let part = text.get(begin..end).unwrap_or_default();
                if is_english(part) {
                    let trimmed = trim(part);
                    found.push(begin + trimmed.start..begin + trimmed.end);
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// A stretch without the brackets, signs and figures around its words; a bracket that opens within it closes within it.
fn trim(part: &str) -> Range<usize> {
    let start = part.find(char::is_alphabetic).unwrap_or(0);
    let last = part.char_indices().rev().find(|(_, c)| c.is_alphanumeric());
    let mut end = last.map_or(part.len(), |(at, last)| at + last.len_utf8());
    let within = part.get(start..end).unwrap_or_default();
    let opened = within.matches('(').count() > within.matches(')').count();
    if opened && part.get(end..).is_some_and(|rest| rest.starts_with(')')) {
        end += 1;
    }
    start..end
}

/// Whether Latin text is a phrase: words with small letters, not acronyms.
fn is_english(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic());
    let ordinary = words.filter(|word| {
        word.chars().count() >= LETTERS && word.chars().all(is_latin) && word.contains(char::is_lowercase)
    });
    ordinary.take(WORDS).count() == WORDS
}

/// Kana and kanji, joined over acronyms, figures and marks.
fn japanese(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, character) in text.char_indices().filter(|(_, c)| is_japanese(*c)) {
        let end = at + character.len_utf8();
        match found.last_mut() {
            Some(last) if text.get(last.end..at).is_some_and(|gap| !gap.contains(char::is_lowercase)) => {
                last.end = end;
            }
            _ => found.push(at..end),
        }
    }
    found
}

/// Letters, digits and marks of a Western text.
fn is_latin(character: char) -> bool {
    character.is_ascii_graphic()
        || character == ' '
        || matches!(character, '\u{C0}'..='\u{24F}' | '‐'..='―' | '‘' | '’' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, lang: Lang) -> Vec<&str> {
        stretches(text, lang).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn english_phrases_are_found_in_japanese_and_acronyms_are_not() {
        for (text, expected) in [
            (
                "通称（Quantum Leap Flagship Program (Q-LEAP)）という",
                &["Quantum Leap Flagship Program (Q-LEAP)"][..],
            ),
            ("AIP、JST及びNIMSのDX", &[]),
            ("Flagshipプロジェクトと Society 5.0", &[]),
            ("“Data Free Flow with Trust”の理念", &["Data Free Flow with Trust"]),
            ("令和4年度 TRL 6 (10 km)", &[]),
        ] {
            assert_eq!(found(text, Lang::Ja), expected, "{text}");
        }
    }

    #[test]
    fn japanese_is_found_in_english_with_the_acronyms_inside_it() {
        for (text, expected) in [
            ("requested by 文部科学省 in full", &["文部科学省"][..]),
            ("光・量子飛躍（Q-LEAP）の推進", &["光・量子飛躍（Q-LEAP）の推進"]),
            ("※ see “概算要求” and 補正予算", &["概算要求", "補正予算"]),
            ("※ 4,592 ① △5", &[]),
        ] {
            assert_eq!(found(text, Lang::En), expected, "{text}");
        }
    }
}
