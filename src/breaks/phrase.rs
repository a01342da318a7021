//! How much a reader is disturbed by a line's end: not at all between sentences, most inside a word.
//!
//! Japanese writes no spaces, but its scripts change where words do, and kanji compounds are made of known words and of pairs.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lexicon::{LOANS, OFFICE};
use crate::script::{Script, Signs, script};

/// Words of the office, to be looked up.
static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| OFFICE.iter().copied().collect());

/// Kanji that follow the word they belong to.
static SUFFIXES: Signs =
    Signs::of("所表的性化者等型省庁府費額率業員材策法学部課局院会権力間内外上中下後前用分別系類面向側毎体");

/// Kanji that stand before the word they belong to.
static PREFIXES: Signs = Signs::of("各新全約第本当該同両諸再未非無不超準副総主元現前後");

/// Of these, what also stands before a word of katakana.
static LEADING: Signs = Signs::of("各新全両諸再未非超準副旧");

fn is_kanji(character: char) -> bool {
    script(character) == Script::Kanji
}

/// English words that lean on the next one.
const LEANING: &[&str] =
    &["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

/// How much it disturbs where a short name in a list is broken, and how many letters such a name has at most.
const LISTED: f32 = 2.6;
const NAME: usize = 4;

/// Reads a text from left to right and tells how much an end at each place disturbs.
pub(super) struct Reader<'a> {
    text: &'a str,
    /// The run of one script in which the last place lay, and the joints within it.
    run: (usize, usize),
    joints: Vec<usize>,
    /// Figures with their counters, which are no part of the word behind them.
    figures: &'a [(usize, usize)],
    /// Whether names stand in it with dots between them, at which its lines end best.
    is_of_names: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, figures: &'a [(usize, usize)]) -> Self {
        Self { text, run: (0, 0), joints: Vec::new(), figures, is_of_names: text.contains(" · ") }
    }

    /// How much it disturbs if a line ends before a byte. Places are asked for in order.
    pub(super) fn strain(&mut self, at: usize) -> f32 {
        let (before, after) = self.text.split_at(at);
        let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else {
            return 0.0;
        };
        use Script::{Digit, Hiragana, Kanji, Katakana, Latin, Mark, Space};
        match (script(left), script(right)) {
            (Space, _) if right == '(' => 0.0,
            // うち says of what it stands before.
            (Space, _) if before.trim() == "うち" => 1.2,
            (Hiragana, Hiragana) if before.trim() == "う" && after.starts_with("ち ") => 2.6,
            // What names a figure stands with it: 前年度 2,000百万円.
            (Space, Digit)
                if before.trim_end().ends_with(|c| matches!(script(c), Kanji | Hiragana | Katakana)) =>
            {
                0.4
            }
            (Space, _) if self.is_of_names && !before.trim_end().ends_with('·') => 0.6,
            (Space, _) => leaning(before.trim_end()).max(0.05),
            (Katakana, Katakana) => match self.joint(at, Katakana) {
                true => 0.3,
                false => 2.6,
            },
            (Kanji, Kanji) => self.compound(at, left, right),
            // What stands in brackets or behind a mark goes on with a particle.
            (Mark, Hiragana) if "」』）)】〉》〕’”]".contains(left) => 0.9,
            (Mark, _) if "、。，．,.;:!?！？：；…".contains(left) => 0.0,
            (Mark, _) if left == '・' => 0.15,
            (Hiragana, Hiragana) if left == 'を' => 0.15,
            (Hiragana, Hiragana) => 0.8,
            (_, Hiragana) => 1.1,
            (Hiragana, _)
                if "おご".contains(left)
                    && before.chars().rev().nth(1).is_none_or(|c| script(c) != Hiragana) =>
            {
                0.8
            }
            // その他 is one word.
            (Hiragana, Kanji) if right == '他' && before.ends_with('の') => 1.1,
            (Hiragana, _) => 0.1,
            (Mark, _) | (_, Mark) => 0.2,
            // A date is one thing.
            (Kanji, Digit) if "年月".contains(left) && before.trim_end_matches(left).ends_with(is_digit) => {
                1.0
            }
            (Kanji | Katakana | Latin, Digit) => 0.4,
            (Digit, _) => 0.6,
            // 化 ends a word of katakana, 新 begins one.
            (Katakana | Latin, Kanji)
                if SUFFIXES.has(right) && !after.chars().nth(1).is_some_and(is_kanji) =>
            {
                1.1
            }
            (Kanji, Katakana | Latin) if LEADING.has(left) && self.joint(at - left.len_utf8(), Kanji) => 1.1,
            (one, other) if one != other => 0.3,
            _ => 1.0,
        }
    }

    /// The strain within kanji: least between words, most before what only ends a word and behind what only begins one. A short name among
    /// others is one word: 東大、産総研.
    fn compound(&mut self, at: usize, left: char, right: char) -> f32 {
        match self.joint(at, Script::Kanji) {
            _ if self.is_listed() => LISTED,
            true if !self.is_sure(at) => 0.4,
            true => 0.35,
            false if SUFFIXES.has(right) || PREFIXES.has(left) => 1.1,
            false => 1.0,
        }
    }

    /// Whether the run is a name of up to four letters between the marks of a list.
    fn is_listed(&self) -> bool {
        let (start, end) = self.run;
        let is_mark = |c: char| "、，,・（(：:）)".contains(c);
        self.text[start..end].chars().nth(NAME).is_none()
            && self.text[..start].ends_with(is_mark)
            && self.text[end..].starts_with(is_mark)
    }

    /// Whether one of the words at a joint of kanji is known, so that the joint is no mere guess.
    fn is_sure(&self, at: usize) -> bool {
        let (start, end) = self.run;
        let (before, after) = (&self.text[start..at], &self.text[at..end]);
        let known = |from: usize, to: usize| KNOWN.contains(&self.text[from..to]);
        let ends = before.char_indices().rev().skip(1).take(3).map(|(from, _)| (start + from, at));
        let begins = after.char_indices().skip(1).take(3).map(|(to, _)| (at, at + to)).chain([(at, end)]);
        ends.chain(begins).any(|(from, to)| known(from, to))
    }

    /// Whether a run of one script has a joint at a place: between loan words, or after a pair of kanji.
    fn joint(&mut self, at: usize, of: Script) -> bool {
        if !(self.run.0 < at && at < self.run.1) {
            let other = |c: char| script(c) != of;
            let (before, after) = self.text.split_at(at);
            let start =
                before.char_indices().rev().find(|(_, c)| other(*c)).map_or(0, |(at, c)| at + c.len_utf8());
            let end = at + after.find(other).unwrap_or(after.len());
            let counted = self.figures.partition_point(|(_, end)| *end <= at);
            let start = self.figures[..counted].last().map_or(start, |(_, end)| start.max(*end));
            self.run = (start, end);
            let run = &self.text[start..end];
            let leads =
                self.text[end..].starts_with(|c| matches!(script(c), Script::Katakana | Script::Latin));
            self.joints = if of == Script::Katakana { loans(run) } else { pairs(run, leads) };
        }
        at == self.run.0 || self.joints.binary_search(&(at - self.run.0)).is_ok()
    }
}

/// The joints of a run of katakana: where a known word begins or ends, if what is left over is long enough for a word.
fn loans(run: &str) -> Vec<usize> {
    let mut joints = Vec::new();
    let mut from = 0;
    while let Some(rest) = run.get(from..).filter(|rest| !rest.is_empty()) {
        let known = LOANS.iter().filter(|word| rest.starts_with(**word)).map(|word| word.len()).max();
        let end = match known {
            Some(length) => from + length,
            // The next known word ends an unknown one of two letters or more.
            None => {
                let later = rest.char_indices().skip(2).map(|(at, _)| from + at);
                let found = later
                    .take(40)
                    .find(|at| LOANS.iter().any(|word| word.len() > 9 && run[*at..].starts_with(*word)));
                found.unwrap_or(run.len())
            }
        };
        // サーバ and ー, ユーザ and ー are one word; so is a rest of one letter.
        let tail = run[end..].chars().count();
        if tail == 1 || run[end..].starts_with('ー') {
            from = run.len();
        } else {
            from = end;
        }
        if from < run.len() {
            joints.push(from);
        }
    }
    joints
}

/// The joints of a run of kanji: where the words end of which it is most likely made. Its last letter may stand before a word of other letters
/// that it `leads` to, as in 新エネルギー.
fn pairs(run: &str, leads: bool) -> Vec<usize> {
    let letters: Vec<(usize, char)> = run.char_indices().collect();
    let byte = |place: usize| letters.get(place).map_or(run.len(), |(at, _)| *at);
    // The least that it costs to read the letters from a place on, where the next word ends, and whether a joint is there.
    let mut ways = vec![(0.0_f32, 0, false); letters.len() + 1];
    for from in (0..letters.len()).rev() {
        let longest = (letters.len() - from).min(4);
        // Of equally likely readings, the one that begins with the longer word.
        let words = (1..=longest).rev().filter_map(|length| {
            let to = from + length;
            let word = run.get(byte(from)..byte(to))?;
            let is = |kind: &Signs| kind.has(letters[from].1);
            let (cost, joins) = match length {
                // A suffix belongs to the word before it.
                1 if is(&SUFFIXES) && from > 0 => (0.65, true),
                1 if is(&PREFIXES) && to < letters.len() => (0.85, false),
                1 if is(&LEADING) && leads => (0.85, false),
                1 => (1.3, true),
                _ if KNOWN.contains(word) => (0.7 + 0.01 * length as f32, true),
                2 => (1.0, true),
                _ => return None,
            };
            let is_led = letters.get(to).is_none_or(|next| SUFFIXES.has(next.1) && ways[to].1 == to + 1);
            Some((cost + ways[to].0, to, joins && !is_led))
        });
        ways[from] =
            words.min_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((0.0, letters.len(), false));
    }
    let mut joints = Vec::new();
    let mut place = 0;
    while place < letters.len() {
        let (_, to, is_joint) = ways[place];
        if is_joint {
            joints.push(byte(to));
        }
        place = to.max(place + 1);
    }
    joints
}

fn is_digit(character: char) -> bool {
    script(character) == Script::Digit
}

fn leaning(before: &str) -> f32 {
    let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    if LEANING.iter().any(|leaning| word.eq_ignore_ascii_case(leaning)) { 0.3 } else { 0.0 }
}
