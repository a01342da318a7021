//! Where the lines of a text may end, how much each end disturbs a reader, and which ends are best over a whole paragraph.
//!
//! Unicode's rules (UAX #14) come first, the office's on top of them (JIS X 4051); below stands what is done where a column is too narrow for
//! either. The only module that knows unicode-linebreak and hypher.

mod emergency;
mod figures;
mod lexicon;
mod phrase;
mod search;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use hypher::Lang::English;
use unicode_linebreak::{BreakOpportunity, linebreaks};

pub(crate) use emergency::{Narrow, Parting, parted};
pub(crate) use search::{Manner, Stop, best, fewest};

use crate::model::Era;
use crate::script::{closes, is_japanese, is_wide, may_not_begin, may_not_end, opens, width};

/// A place where a line may or must end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Opportunity {
    /// The byte at which the next line would begin.
    pub(crate) at: usize,
    /// What kind of end it would be.
    pub(crate) end: End,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum End {
    /// It must: the author said so.
    Forced,
    /// It may; the figure says how much a reader is disturbed, from 0 between sentences to 2.6 within a word of katakana.
    Free(f32),
    /// Within a word, with a hyphen.
    Hyphen,
}

impl Opportunity {
    /// Whether the line must end here.
    pub(crate) fn is_forced(self) -> bool {
        self.end == End::Forced
    }

    /// Whether it leaves words as they are written.
    pub(crate) fn is_between_words(self) -> bool {
        self.end != End::Hyphen
    }
}

/// How much text is remembered with its opportunities, in bytes.
const REMEMBERED: usize = 256 << 10;

/// The longest word that is hyphenated, in bytes.
const LONGEST_WORD: usize = 40;

/// Texts with their opportunities, and how long they are together.
type Known = (HashMap<String, Rc<[Opportunity]>>, usize);

thread_local! {
    /// What has been found: a sheet that is fitted to its page is set many times over, and
    /// finding where its lines may end was two thirds of that work.
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// The opportunities in a text, in order; the last is the text's end. Linear in the text's length.
pub(crate) fn opportunities(text: &str) -> Rc<[Opportunity]> {
    KNOWN.with_borrow_mut(|(known, length)| {
        if let Some(found) = known.get(text) {
            return Rc::clone(found);
        }
        let found: Rc<[Opportunity]> = found(text).into();
        if *length + text.len() > REMEMBERED {
            known.clear();
            *length = 0;
        }
        *length += text.len();
        known.insert(text.to_owned(), Rc::clone(&found));
        found
    })
}

/// Stands between names, and ends a line rather than begin one.
const DOT: char = '·';

/// The widest phrase of Japanese that is kept on one line, in columns.
const WIDEST: usize = 14;

/// How much the ends of phrases disturb at most, and those inside of a phrase that is too long for a narrow column: between its words, as far as
/// these are known.
const BETWEEN: f32 = 0.35;
const WITHIN: f32 = 0.5;
const ANYWHERE: f32 = 1.1;

/// Where a text may end its lines if its phrases stay whole: behind particles, marks and words; within a wide one where it disturbs least.
pub(crate) fn phrases(text: &str) -> Vec<usize> {
    let free = |it: &Opportunity| match it.end {
        End::Free(strain) if it.at < text.len() => Some((it.at, strain)),
        _ => None,
    };
    let places: Vec<(usize, f32)> = opportunities(text).iter().filter_map(free).collect();
    let mut ends: Vec<usize> =
        places.iter().filter(|(_, strain)| *strain <= BETWEEN).map(|(at, _)| *at).collect();
    // Phrases still to be looked at.
    let starts = std::iter::once(0).chain(ends.clone());
    let mut phrases: Vec<(usize, usize)> = starts.zip(ends.iter().copied().chain([text.len()])).collect();
    while let Some((start, end)) = phrases.pop() {
        if width(text[start..end].trim()) <= WIDEST {
            continue;
        }
        let [from, to] = [start + 1, end].map(|end| places.partition_point(|(at, _)| *at < end));
        // Anywhere only in what no column has room for.
        let most = if width(text[start..end].trim()) > WIDEST + 6 { ANYWHERE } else { WITHIN };
        let inside = places[from..to].iter().filter(|(_, strain)| *strain <= most);
        let from_middle = |at: usize| (2 * at).abs_diff(start + end);
        let best = inside.min_by(|a, b| a.1.total_cmp(&b.1).then(from_middle(a.0).cmp(&from_middle(b.0))));
        if let Some((at, _)) = best {
            ends.push(*at);
            phrases.extend([(start, *at), (*at, end)]);
        }
    }
    ends.sort_unstable();
    ends
}

/// The stretches of a text that are figures with their signs and units, which stay on one line, in order.
pub(crate) fn figures(text: &str) -> Vec<(usize, usize)> {
    figures::held(text)
}

fn found(text: &str) -> Vec<Opportunity> {
    let figures = figures::held(text);
    let mut phrases = phrase::Reader::new(text, &figures);
    let mut found = Vec::with_capacity(text.len() / 3 + 1);
    let hyphenated = text.is_ascii() || !text.contains(is_japanese);
    let mut word = 0;

    for (at, kind) in places(text) {
        if hyphenated {
            let places = hyphens(text, (word, at)).into_iter().filter(|at| !is_within(&figures, *at));
            found.extend(places.map(|at| Opportunity { at, end: End::Hyphen }));
            word = at;
        }
        if at == text.len() {
            break;
        }
        if kind == BreakOpportunity::Mandatory {
            found.push(Opportunity { at, end: End::Forced });
            continue;
        }
        let (before, after) = text.split_at(at);
        let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else {
            continue;
        };
        if !is_within(&figures, at)
            && !holds_on(before, left)
            && !may_not_begin(right)
            && right != DOT
            && !is_sign(before, right)
            && !is_in_era(before, after)
        {
            found.push(Opportunity { at, end: End::Free(phrases.strain(at)) });
        }
    }
    found.push(Opportunity { at: text.len(), end: End::Free(0.0) });
    found
}

/// The places of Unicode, and those beside wide brackets that the library leaves out: it takes them for narrow ones, which hold on to Latin letters.
fn places(text: &str) -> Vec<(usize, BreakOpportunity)> {
    let mut places: Vec<(usize, BreakOpportunity)> = linebreaks(text).collect();
    let known = places.len();
    let is_narrow = |c: char| c.is_alphanumeric() && !is_wide(c);
    let brackets = text.char_indices().filter(|(_, c)| is_wide(*c) && (opens(*c) || closes(*c)));
    places.extend(brackets.filter_map(|(at, bracket)| {
        let end = at + bracket.len_utf8();
        let is_parted =
            if opens(bracket) { text[..at].ends_with(is_narrow) } else { text[end..].starts_with(is_narrow) };
        is_parted.then_some((if opens(bracket) { at } else { end }, BreakOpportunity::Allowed))
    }));
    if places.len() > known {
        places.sort_by_key(|(at, kind)| (*at, *kind != BreakOpportunity::Mandatory));
        places.dedup_by_key(|(at, _)| *at);
    }
    places
}

/// Whether a place lies inside one of some stretches, which are in order.
fn is_within(stretches: &[(usize, usize)], at: usize) -> bool {
    let next = stretches.partition_point(|(_, end)| *end <= at);
    stretches.get(next).is_some_and(|(start, _)| *start < at)
}

/// Whether what stands before a place holds on to what is behind it; a note sign and the number of a title do so across a space.
fn holds_on(before: &str, left: char) -> bool {
    may_not_end(left)
        || left == ' ' && before.trim_end().ends_with('※')
        || matches!(left, ' ' | '\u{3000}') && ends_in_number(before)
}

/// The blanks of a text at which no line ends, in order: behind the number of a title (`5. 未来社会`) and before a dot between names.
pub(crate) fn glued(text: &str) -> impl Iterator<Item = usize> {
    let blanks = text.match_indices(' ').map(|(at, _)| at);
    blanks.filter(|at| {
        let is_behind = !text[..*at].ends_with(char::is_whitespace) && ends_in_number(&text[..=*at]);
        is_behind || text[at + 1..].starts_with(DOT)
    })
}

/// Whether a text with its blank ends in the number of a title: at its beginning, or behind a mark or a wide blank, and not in a sentence.
fn ends_in_number(text: &str) -> bool {
    const LONGEST: usize = 6;
    let text = text.trim_end();
    let start = text
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let (before, number) = text.split_at(start);
    if number.chars().take(LONGEST + 1).count() > LONGEST {
        return false;
    }
    let digits =
        number.trim_start_matches(['(', '（', '第']).trim_end_matches(['.', '．', ')', '）', ':', '：']);
    let is_marked = digits.len() < number.len();
    let is_circled = |c: char| ('①'..='⑳').contains(&c);
    let is_number = match digits.chars().next() {
        Some(first) if is_circled(first) => digits.chars().count() == 1,
        Some(first) if first.is_ascii_digit() => {
            is_marked && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
        }
        _ => false,
    };
    let stands_free = |c: char| matches!(c, '\u{3000}' | '\n') || !c.is_alphanumeric() && c != ' ';
    let before = before.strip_suffix(' ').unwrap_or(before);
    is_number && before.chars().next_back().is_none_or(stands_free)
}

/// Whether a place is inside the name of an era, which is one word also where no year stands behind it.
fn is_in_era(before: &str, after: &str) -> bool {
    Era::ALL.map(Era::name).iter().any(|name| {
        let first = name.chars().next().map_or(0, char::len_utf8);
        before.ends_with(&name[..first]) && after.starts_with(&name[first..])
    })
}

/// Whether a hyphen before a place is part of a sign or a name, as in Q-LEAP and e-Rad, and not between the words of one, as in well-known.
fn is_sign(before: &str, right: char) -> bool {
    let Some(first) = before.strip_suffix('-') else { return false };
    let word = first.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let is_word = word.len() > 1 && word.bytes().skip(1).all(|b| b.is_ascii_lowercase());
    right.is_ascii_alphanumeric() && !(is_word && right.is_ascii_lowercase())
}

/// Where a stretch of text may be hyphenated: in an English word of five letters or more. Names in capitals, and what digits or marks make an
/// address or a sign, stay as they are.
pub(crate) fn hyphens(text: &str, (start, end): (usize, usize)) -> Vec<usize> {
    let Some(stretch) = text.get(start..end) else {
        return Vec::new();
    };
    let word = stretch.trim_matches(|c: char| !c.is_ascii_alphabetic());
    let Some(from) = stretch.find(word) else {
        return Vec::new();
    };
    let joins = |c: char| c.is_alphanumeric() || "/_.@\\#=&".contains(c);
    let (before, after) = (&text[..start + from], &text[start + from + word.len()..]);
    // A full stop behind a word ends a sentence, if nothing follows it.
    let goes_on =
        after.starts_with(joins) && !after.trim_start_matches('.').starts_with(|c: char| c.is_whitespace());
    if before.ends_with(joins) || goes_on && !matches!(after, ".") {
        return Vec::new();
    }
    let letters = word.as_bytes();
    let is_word = (5..=LONGEST_WORD).contains(&letters.len())
        && letters[0].is_ascii_alphabetic()
        && letters[1..].iter().all(u8::is_ascii_lowercase);
    if !is_word {
        return Vec::new();
    }
    let mut at = start + from;
    let mut places: Vec<usize> = hypher::hyphenate(word, English)
        .map(|syllable| {
            at += syllable.len();
            at
        })
        .collect();
    places.pop();
    places
}

#[cfg(test)]
mod tests;
