//! Where a stretch is parted that holds no opportunity and is wider than its column.
//!
//! What is dearer is given up later: first the syllables of a word and the parts of an address, then the weaker rules of Japanese, then the
//! inside of a word, then all rules but one: a figure that is cut reads as another figure, so it stays whole as long as it can be set smaller.

use super::hyphens;
use crate::script::{Script, columns, is_weak, may_not_begin, script};

/// A place where a stretch is parted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Parting {
    /// The character that begins the next line, by its place in the stretch.
    pub(crate) place: usize,
    /// Whether a hyphen tells that the word goes on.
    pub(crate) hyphen: bool,
    /// How much it disturbs.
    pub(crate) strain: f32,
}

/// A column that is too narrow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Narrow {
    /// How wide it is.
    pub(crate) measure: f64,
    /// How wide a hyphen is.
    pub(crate) hyphen: f64,
    /// The smallest that a line can be set to leave a figure whole, as a part of its size.
    pub(crate) smallest: f64,
}

/// Where a stretch is parted so that its parts fit a column. It is given as bytes, characters and their advances.
pub(crate) fn parted(text: &str, letters: &[(usize, char, f64)], narrow: Narrow) -> Vec<Parting> {
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else {
        return Vec::new();
    };
    let words = within(letters);
    let syllables: Vec<usize> = syllables(text, (first.0, last.0 + last.1.len_utf8())).collect();
    let levels: Vec<(u8, bool)> =
        (0..letters.len()).map(|place| level(letters, place, &syllables, &words)).collect();
    // Somewhat smaller type comes before a rule that is given up, much smaller type before a figure that is cut.
    let smallest = |most: u8| match most {
        0..3 => 1.0,
        3 => narrow.smallest.max(SMALLER),
        _ => narrow.smallest,
    };
    let room = |most: u8| narrow.measure / smallest(most);
    let fitting =
        (1..=INSIDE).find(|most| widest(letters, partings(&levels, *most), narrow.hyphen) <= room(*most));
    partings(&levels, fitting.unwrap_or(INSIDE)).collect()
}

/// How small a line is set to keep all rules.
const SMALLER: f64 = 0.8;

/// The level that gives up everything but figures.
const LAST: u8 = 4;
/// Between the thousands of a figure.
const THOUSANDS: u8 = 5;
/// Anywhere inside a figure.
const INSIDE: u8 = 6;
/// No place at all.
const NOWHERE: u8 = 9;

fn partings(levels: &[(u8, bool)], most: u8) -> impl Iterator<Item = Parting> {
    levels
        .iter()
        .enumerate()
        .filter(move |(_, (level, _))| *level <= most)
        .map(|(place, (level, hyphen))| Parting { place, hyphen: *hyphen, strain: 1.0 + f32::from(*level) })
}

/// The syllables of the words in a stretch.
fn syllables(text: &str, (start, end): (usize, usize)) -> impl Iterator<Item = usize> {
    let stretch = text.get(start..end).unwrap_or_default();
    let mut at = start;
    stretch.split_inclusive(|c: char| !c.is_ascii_alphabetic()).flat_map(move |word| {
        let from = at;
        at += word.len();
        hyphens(text, (from, at))
    })
}

/// What it costs to part a stretch before one of its characters, and whether that takes a hyphen.
fn level(
    letters: &[(usize, char, f64)],
    place: usize,
    syllables: &[usize],
    words: &[Option<(usize, usize)>],
) -> (u8, bool) {
    let (Some((_, left, _)), Some((at, right, advance))) =
        (place.checked_sub(1).and_then(|before| letters.get(before)), letters.get(place))
    else {
        return (NOWHERE, false);
    };
    // What has no width of its own belongs to the character before it.
    if *advance <= 0.0 || right.is_whitespace() || columns(*right) == 0 {
        return (NOWHERE, false);
    }
    let digit = |c: char| script(c) == Script::Digit;
    let separates = |c: &char| matches!(c, ',' | '.' | '，' | '．');
    let follows_digit = place >= 2 && digit(letters[place - 2].1);
    match (script(*left), script(*right)) {
        (Script::Digit, Script::Digit) => (INSIDE, false),
        (Script::Digit, _) if separates(right) => (INSIDE, false),
        (_, Script::Digit) if separates(left) && follows_digit => (THOUSANDS, false),
        _ if "/_.-@?=&#~".contains(*left) => (1, false),
        (Script::Latin, Script::Latin) if left.is_ascii() && syllables.binary_search(at).is_ok() => (1, true),
        (Script::Latin | Script::Digit, Script::Latin | Script::Digit) => match words[place] {
            // A letter alone is no part of a word.
            Some((start, end)) => (if place < start + 2 || place + 2 > end { LAST } else { 3 }, true),
            None => (3, false),
        },
        (Script::Digit, _) if !may_not_begin(*right) => (2, false),
        _ if is_weak(*right) && !may_not_begin(*left) => (2, false),
        _ => (LAST, false),
    }
}

/// For each character, the word that it is in: letters alone, for a hyphen would change an address or a sign.
fn within(letters: &[(usize, char, f64)]) -> Vec<Option<(usize, usize)>> {
    let mut found = vec![None; letters.len()];
    let is_letter = |place: usize| letters.get(place).is_some_and(|(_, c, _)| script(*c) == Script::Latin);
    let is_joined = |place: Option<usize>| {
        let other = place.and_then(|place| letters.get(place));
        other.is_some_and(|(_, c, _)| script(*c) == Script::Digit || "/_.@\\#=&".contains(*c))
    };
    let mut start = 0;
    while start < letters.len() {
        let end = (start..letters.len()).find(|place| !is_letter(*place)).unwrap_or(letters.len());
        if !is_joined(start.checked_sub(1)) && !is_joined(Some(end)) {
            found[start..end].fill(Some((start, end)));
        }
        start = end + 1;
    }
    found
}

/// The widest part that partings leave.
fn widest(letters: &[(usize, char, f64)], partings: impl Iterator<Item = Parting>, hyphen: f64) -> f64 {
    let ends = partings.map(|it| (it.place, it.hyphen)).chain([(letters.len(), false)]);
    let mut from = 0;
    let widths = ends.map(|(end, hyphenated)| {
        let width: f64 = letters[from..end].iter().map(|(.., advance)| advance).sum();
        from = end;
        width + if hyphenated { hyphen } else { 0.0 }
    });
    widths.fold(0.0, f64::max)
}
