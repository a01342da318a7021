//! Unicode's own test of UAX #14, against the library below and against what we make of it.

use unicode_linebreak::linebreaks;

use super::super::{End, figures, is_sign, is_within, opportunities};
use crate::script::{may_not_begin, may_not_end};

const CASES: &str = include_str!("../../../tests/data/unicode/LineBreakTest-15.1.txt");

/// A reason, and the characters that it is about.
type Exception = (&'static str, fn(char) -> bool);

/// Why the library, which is of Unicode 15.0, ends lines elsewhere; no text that a budget has is among them but quotes of other languages beside
/// spaces, where it ends lines where 15.0 does.
const EXCEPTIONS: &[Exception] = &[
    (
        "LB15a and LB15b, new in 15.1: no line ends between a quote and the space that it sets inside, as in « French »",
        |c| {
            "\"'«»‹›‘’‚‛“”„‟".contains(c)
                || matches!(c, '\u{275B}'..='\u{2760}' | '\u{2E00}'..='\u{2E2F}' | '\u{1F676}'..='\u{1F678}')
        },
    ),
    (
        "LB28a, new in 15.1: syllables of Balinese, Brahmi and other scripts stay whole",
        |c| matches!(c, '\u{1B00}'..='\u{1BFF}' | '\u{A980}'..='\u{A9DF}' | '\u{AA00}'..='\u{AA5F}' | '\u{11000}'..='\u{11FFF}' | '\u{25CC}'),
    ),
    (
        "LB30, new in 13.0: the library takes wide brackets for narrow ones, which hold on to Latin letters; we mend that",
        |c| "〈（）".contains(c) || c == '\u{2329}',
    ),
    ("a place kept for an emoji, which later became one", |c| c == '\u{1F02C}'),
];

fn cases() -> impl Iterator<Item = (String, Vec<usize>)> {
    CASES.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut text = String::new();
        let mut ends = Vec::new();
        for part in line.split_inclusive(['×', '÷']) {
            let code = part.trim_end_matches(['×', '÷']);
            text.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
            if part.ends_with('÷') {
                ends.push(text.len());
            }
        }
        (text, ends)
    })
}

#[test]
fn lines_end_where_unicode_says_with_the_exceptions_that_are_listed() {
    let mut counts = vec![0; EXCEPTIONS.len()];
    let mut tried = 0;
    for (text, wanted) in cases() {
        tried += 1;
        let found: Vec<usize> = linebreaks(&text).map(|(at, _)| at).collect();
        if found != wanted {
            let reason = EXCEPTIONS.iter().position(|(_, excepts)| text.contains(*excepts));
            assert!(reason.is_some(), "{text:?}: {found:?}, not {wanted:?}");
            counts[reason.unwrap_or_default()] += 1;
        }
    }
    assert!(tried > 10_000 && counts.iter().all(|count| (1..600).contains(count)), "{tried} {counts:?}");
}

#[test]
fn we_end_lines_nowhere_that_unicode_does_not_and_leave_out_only_what_japanese_forbids() {
    for (text, wanted) in cases() {
        let unicode: Vec<usize> = linebreaks(&text).map(|(at, _)| at).chain(wanted).collect();
        let ours = opportunities(&text);
        let held = figures::held(&text);
        for place in ours.iter().filter(|place| place.end != End::Hyphen) {
            assert!(unicode.contains(&place.at), "{text:?} {place:?}");
        }
        let library = linebreaks(&text).map(|(at, _)| at);
        for at in library.filter(|at| ours.iter().all(|place| place.at != *at)) {
            let (before, after) = text.split_at(at);
            let right = after.chars().next().unwrap_or_default();
            let is_forbidden =
                before.trim_end().ends_with(may_not_end) || may_not_begin(right) || is_sign(before, right);
            assert!(is_forbidden || is_within(&held, at), "{text:?} {at}");
        }
    }
}
