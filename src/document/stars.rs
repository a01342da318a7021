//! Stars, tildes and underscores that are no emphasis, however CommonMark reads them: signs of multiplication, footnote marks, ranges,
//! names such as `__init__`.

use std::collections::BTreeSet;

use super::emphasis::is_mark;

/// A run of one delimiter in running text.
pub(super) struct Run {
    /// Its first byte.
    pub(super) at: usize,
    /// The byte after its last.
    pub(super) end: usize,
    /// `*`, `~` or `_`.
    pub(super) delimiter: u8,
    /// The character before it.
    pub(super) before: Option<char>,
    /// The character after it.
    pub(super) after: Option<char>,
    /// Whether what follows makes it the mark of a note, `*1：…`.
    pub(super) is_legend: bool,
    /// How many sentences have ended before it.
    pub(super) sentence: usize,
    /// The running text that it stands in; delimiters of two texts have nothing to do with each other.
    pub(super) text: usize,
}

impl Run {
    /// How many delimiters it has.
    pub(super) fn length(&self) -> usize {
        self.end - self.at
    }

    /// Whether a closer look may find that it stands for itself.
    pub(super) fn may_be_literal(&self) -> bool {
        self.length() == 1 || self.delimiter == b'_' || self.is_between_digits()
    }

    fn is_between_digits(&self) -> bool {
        is_digit(self.before) && is_digit(self.after)
    }

    /// Whether it may be the mark of a footnote, or a sign of multiplication.
    fn is_before_digit(&self) -> bool {
        is_digit(self.after)
    }

    /// Whether emphasis may plainly begin here: not behind a word, which it would multiply or mark, and not before a pause.
    fn begins(&self) -> bool {
        let is_free = match self.before {
            None => true,
            Some(before) if is_kana(before) => PARTICLES.contains(before) || !self.after.is_some_and(is_kana),
            Some(before) => !is_factor(before) && !CLOSING.contains(before),
        };
        let is_word = |after: char| {
            !after.is_whitespace() && ![COMMAS, STOPS, CLOSING].iter().any(|marks| marks.contains(after))
        };
        is_free && self.after.is_some_and(is_word) && !self.is_legend
    }

    /// Whether emphasis may end here: behind a word, or behind a sentence where no other begins.
    fn ends(&self) -> bool {
        let is_apart = self.after.is_none_or(|after| after.is_whitespace() || is_mark(after));
        self.before.is_some_and(|before| {
            !before.is_whitespace()
                && !OPENING.contains(before)
                && !COMMAS.contains(before)
                && (is_apart || !STOPS.contains(before))
        })
    }

    /// Whether it ends what another may have begun in the same sentence.
    fn ends_sentence_of(&self, other: &Self) -> bool {
        self.sentence - usize::from(self.before == Some('。')) <= other.sentence
    }

    /// Whether it begins anew what another began: `*印は新規、*印は継続`, `*注1）…*注2）`.
    fn repeats(&self, other: &Self) -> bool {
        self.after == other.after && self.after.is_some_and(char::is_alphanumeric)
    }
}

/// What ends emphasis stands among as many stars behind its beginning.
const FARTHEST: usize = 32;
const COMMAS: &str = "、，,・：:；;＝=/／";
const STOPS: &str = "。．.！!？?…";
const OPENING: &str = "(（[［{｛「『【〈《〔“‘";
const CLOSING: &str = ")）]］}｝」』】〉》〕”’%％‰℃²³";
/// What a word before emphasis ends with, other than nouns such as 見込み and 見積り.
const PARTICLES: &str = "はがをにのでともやへな";

fn is_digit(character: Option<char>) -> bool {
    matches!(character, Some('0'..='9' | '０'..='９'))
}

fn is_kana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{3096}')
}

/// A letter that a word or a figure ends with, which a star behind it would mark or multiply.
fn is_factor(character: char) -> bool {
    !character.is_whitespace() && !is_mark(character)
}

/// Which runs stand for themselves. `**` and `~~` do so between digits only, a single tilde always, a single star unless it plainly
/// is emphasis: `A社*、B社*`, `単価*人数*月数` and `*印は…、*印は…` are none. Where in doubt the star is shown, because one that
/// is taken for a mark is seen by nobody.
pub(super) fn literal(text: &str, runs: &[Run]) -> Vec<bool> {
    let is_single = |run: &Run| run.delimiter == b'*' && run.length() == 1 && !run.is_between_digits();
    let mut literal: Vec<bool> = runs
        .iter()
        .map(|run| run.is_between_digits() || run.delimiter == b'~' && run.length() == 1 || is_single(run))
        .collect();
    let single: Vec<(usize, &Run)> = runs.iter().enumerate().filter(|(_, run)| is_single(run)).collect();
    // What begins like one that was none is none either.
    let mut alike = BTreeSet::new();
    let mut rest = single.as_slice();
    // Only three stars or more can end, or begin, what a single one begins, or ends, besides others.
    let long: BTreeSet<usize> = runs.iter().filter(|run| run.length() > 2).map(|run| run.text).collect();
    while let [(place, run), others @ ..] = rest {
        rest = others;
        let mut pair = vec![*place];
        let is_alike = run.begins() && alike.contains(&(run.text, run.after));
        if let Some(partner) = partner(run, others.iter().map(|(_, run)| *run)).filter(|_| !is_alike) {
            pair.extend(others.get(partner).map(|(place, _)| *place));
            rest = others.get(partner + 1..).unwrap_or_default();
        } else if run.is_before_digit() || !long.contains(&run.text) || !(run.begins() || run.ends()) {
            alike.extend(run.begins().then_some((run.text, run.after)));
            continue;
        }
        for place in pair {
            if let Some(literal) = literal.get_mut(place) {
                *literal = false;
            }
        }
    }
    underscores(text, runs, &mut literal);
    literal
}

/// Underscores are emphasis around words, not around the one name of a file or a variable; where in doubt they are shown, too.
fn underscores(text: &str, runs: &[Run], literal: &mut [bool]) {
    let all: Vec<(usize, &Run)> = runs.iter().enumerate().filter(|(_, run)| run.delimiter == b'_').collect();
    let mut emphasis = BTreeSet::new();
    let mut names = BTreeSet::new();
    for (at, (place, run)) in all.iter().enumerate() {
        if emphasis.contains(place) || names.contains(place) || !run.begins() {
            continue;
        }
        let is_near = |(_, other): &&(usize, &Run)| other.text == run.text && other.ends_sentence_of(run);
        let mut others = all.iter().skip(at + 1).take(FARTHEST).take_while(is_near);
        let Some((end, other)) = others.find(|(_, other)| other.length() == run.length() && other.ends())
        else {
            continue;
        };
        let words = text.get(run.end..other.at).unwrap_or_default();
        let is_name = words.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-/".contains(&byte));
        if is_name { &mut names } else { &mut emphasis }.extend([*place, *end]);
    }
    for (place, _) in all {
        if let Some(literal) = literal.get_mut(place) {
            *literal = !emphasis.contains(&place);
        }
    }
}

/// The star that ends what a star begins, by its place among those that follow.
fn partner<'a>(run: &Run, others: impl Iterator<Item = &'a Run>) -> Option<usize> {
    let is_near = |other: &&Run| other.text == run.text && other.ends_sentence_of(run);
    let mut others = others.take(FARTHEST).take_while(is_near).enumerate();
    if !run.begins() {
        return None;
    }
    if run.is_before_digit() {
        let (place, next) = others.next()?;
        return (next.ends() && !next.is_before_digit() && !next.repeats(run)).then_some(place);
    }
    others
        .take_while(|(_, other)| !other.repeats(run))
        .find(|(_, other)| other.ends())
        .map(|(place, _)| place)
}

/// Whether a star before this text is the mark of a note: a number of one or two digits, set off from what it is about.
pub(super) fn is_legend(text: &str) -> bool {
    let digits = text.chars().take_while(|c| is_digit(Some(*c))).count();
    let mut behind = text.chars().skip(digits);
    let set_off = match behind.next() {
        Some('：' | ':' | ')' | '）' | '、' | '\u{3000}') => true,
        Some(particle) if PARTICLES.contains(particle) => true,
        Some(' ') => behind.next().is_some_and(crate::script::is_wide),
        _ => false,
    };
    (1..=2).contains(&digits) && set_off
}
