//! Stars and tildes that are no emphasis, however CommonMark reads them: signs of multiplication, footnote marks, ranges.

use super::emphasis::is_mark;

/// A run of one delimiter in running text.
pub(super) struct Run {
    /// Its first byte.
    pub(super) at: usize,
    /// The byte after its last.
    pub(super) end: usize,
    /// `*` or `~`.
    pub(super) delimiter: u8,
    /// The character before it.
    pub(super) before: Option<char>,
    /// The character after it.
    pub(super) after: Option<char>,
    /// Whether what follows makes it the mark of a note, `*1：…`.
    pub(super) is_legend: bool,
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
        self.is_before_digit() || self.delimiter == b'~' && self.length() == 1
    }

    fn is_between_digits(&self) -> bool {
        is_digit(self.before) && is_digit(self.after)
    }

    /// Whether it may be the mark of a footnote, or a sign of multiplication.
    fn is_before_digit(&self) -> bool {
        is_digit(self.after)
    }

    /// Whether it is attached to nothing before it, so that it is no footnote mark and no sign.
    fn begins(&self) -> bool {
        self.before.is_none_or(|before| before.is_whitespace() || is_mark(before))
    }

    fn follows_blank(&self) -> bool {
        self.before.is_none_or(char::is_whitespace)
    }

    /// Whether prose goes on after it as after emphasis: with a particle, a mark or a blank. A factor would be a word.
    fn ends(&self) -> bool {
        self.after.is_none_or(|after| {
            after.is_whitespace() || is_mark(after) || matches!(after, '\u{3041}'..='\u{3096}')
        })
    }
}

fn is_digit(character: Option<char>) -> bool {
    matches!(character, Some('0'..='9' | '０'..='９'))
}

/// Which runs stand for themselves. `**` and `~~` do so between digits only, a single tilde always, a single star where no other
/// ends or begins what it does. Before a digit it is taken for emphasis only where it cannot be a mark or a sign: where it begins
/// what plainly ends (`*10億円*を`), or where it ends what plainly begins (`、*重点*2件`).
pub(super) fn literal(runs: &[Run]) -> Vec<bool> {
    let is_single = |run: &Run| run.delimiter == b'*' && run.length() == 1 && !run.is_between_digits();
    let mut literal: Vec<bool> = runs
        .iter()
        .map(|run| run.is_between_digits() || run.delimiter == b'~' && run.length() == 1 || is_single(run))
        .collect();
    let single: Vec<(usize, &Run)> = runs.iter().enumerate().filter(|(_, run)| is_single(run)).collect();
    let mut rest = single.as_slice();
    while let [(place, run), others @ ..] = rest {
        rest = others;
        let mut pair = vec![*place];
        if let Some(partner) = partner(run, others.iter().map(|(_, run)| *run)) {
            pair.extend(others.get(partner).map(|(place, _)| *place));
            rest = others.get(partner + 1..).unwrap_or_default();
        } else if run.is_before_digit()
            || !runs.iter().any(|other| other.text == run.text && other.length() > 2)
        {
            // Only three stars or more can end what a single one begins besides others.
            continue;
        }
        for place in pair {
            if let Some(literal) = literal.get_mut(place) {
                *literal = false;
            }
        }
    }
    literal
}

/// The star that ends what a star begins, by its place among those that follow.
fn partner<'a>(run: &Run, others: impl Iterator<Item = &'a Run>) -> Option<usize> {
    let mut others = others.take_while(|other| other.text == run.text).enumerate();
    if run.is_before_digit() {
        let (place, next) = others.next()?;
        let ends = !next.is_before_digit() && !next.follows_blank() && next.ends();
        return (ends && !run.is_legend).then_some(place);
    }
    // Behind a figure it multiplies.
    if run.after.is_none_or(char::is_whitespace) || is_digit(run.before) {
        return None;
    }
    let begins = run.begins();
    others
        .take_while(|(_, other)| begins || !(other.is_before_digit() && other.begins()))
        .find(|(_, other)| {
            let multiplies = is_digit(other.before) && !other.ends();
            !other.follows_blank() && !multiplies && (begins || !other.is_before_digit())
        })
        .map(|(place, _)| place)
}

/// Whether a star before this text is the mark of a note: a number of one or two digits, set off from what it is about.
pub(super) fn is_legend(text: &str) -> bool {
    let digits = text.chars().take_while(|c| is_digit(Some(*c))).count();
    let mut behind = text.chars().skip(digits);
    let set_off = match behind.next() {
        Some('：' | ':' | ')' | '）' | '、' | '\u{3000}') => true,
        Some(' ') => behind.next().is_some_and(crate::script::is_wide),
        _ => false,
    };
    (1..=2).contains(&digits) && set_off
}
