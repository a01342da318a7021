//! The glossary of a chapter: what its abbreviations stand for.

use std::ops::Range;

use super::Lang;
use crate::source::Spanned;

/// An abbreviation and what it stands for. At least one of the two expansions is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abbreviation {
    /// As it is written in the texts, e.g. `NIMS`.
    pub short: Spanned<String>,
    /// What it stands for in Japanese, e.g. 物質・材料研究機構.
    pub ja: Option<String>,
    /// What it stands for in English.
    pub en: Option<String>,
}

impl Abbreviation {
    /// The expansion for a sheet in a language, and the language that it is in.
    pub fn expansion(&self, lang: Lang) -> Option<(&str, Lang)> {
        let japanese = self.ja.as_deref().map(|text| (text, Lang::Ja));
        let english = self.en.as_deref().map(|text| (text, Lang::En));
        lang.pick(japanese.or(english), english.or(japanese))
    }
}

/// Where a text uses abbreviations, as (bytes, place in the list), in order. `JST` is found in `JST運営費`, not in `JSTX` or
/// `X-JST`; of two that begin at the same letter the longer is meant.
pub fn abbreviations(text: &str, shorts: &[&str]) -> Vec<(Range<usize>, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut earliest: Vec<(usize, usize)> = Vec::new();
    for (place, short) in shorts.iter().enumerate().filter(|(_, s)| !s.is_empty()) {
        let whole = text
            .match_indices(short)
            .map(|(at, _)| at)
            .filter(|at| stands_alone(text, &(*at..at + short.len())));
        earliest.extend(whole.map(|at| (at, place)));
    }
    let length = |place: usize| shorts.get(place).map_or(0, |short| short.len());
    earliest.sort_by_key(|(at, place)| (*at, std::cmp::Reverse(length(*place))));
    for (at, place) in earliest {
        if at >= from {
            from = at + length(place);
            found.push((at..from, place));
        }
    }
    found
}

/// Whether no letter or digit of the same script goes on at either side.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let within = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let goes_on = |edge: Option<char>, mut outside: &mut dyn Iterator<Item = char>| {
        let is_word = |c: char| c.is_alphanumeric() && c < '\u{250}';
        let next = outside.next();
        edge.is_some_and(is_word)
            && match next {
                Some('-' | '_') => (&mut outside).next().is_some_and(is_word),
                next => next.is_some_and(is_word),
            }
    };
    !goes_on(within.chars().next(), &mut before.chars().rev())
        && !goes_on(within.chars().next_back(), &mut after.chars())
}
