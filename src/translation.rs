//! What gaisan says, in Japanese. An English text is taken apart by the pattern that it was made from, and put together again by the Japanese
//! pattern beside it, so that only the tables know of a second language, and not the places where texts are made.
//!
//! A table has English patterns at the beginning of lines, and indented below them how they are said in Japanese. `{name}` stands for a part of
//! the text: the author's own words where it is in backquotes, a number where the name begins with `count`, an amount without such words where
//! it begins with `amount`, a phrase that is translated on its own otherwise, or anything where its name is one of `FOREIGN`; what is `TYPED` is not translated. `(s)` may be there or not. What has no pattern stays in English.

mod pattern;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

pub use pattern::Pattern;
use pattern::{Piece, START, patterns};

/// Every table, by what it is about.
const TABLES: &[&str] = &[
    include_str!("translation/phrases.txt"),
    include_str!("translation/reading.txt"),
    include_str!("translation/amounts.txt"),
    include_str!("translation/checking.txt"),
    include_str!("translation/importing.txt"),
    include_str!("translation/rules.txt"),
    include_str!("translation/building.txt"),
    include_str!("translation/command.txt"),
    include_str!("translation/help.txt"),
];

/// Where a text of several sentences can be cut, before the blank.
const ENDS: [char; 3] = [';', '?', '.'];
/// What stands between the members of a list, in both languages.
const BETWEEN: [(&str, &str); 4] = [("; ", "、"), (", ", "、"), (" and ", "と"), (" or ", "又は")];

/// Words of amounts, which stay as a chapter in English prints them.
const SCALES: [&str; 4] = ["thousand", "million", "billion", "trillion"];

/// The names of parts that may be in anybody's words: what another program says, what an author calls something, a command.
const FOREIGN: [&str; 8] = ["why", "title", "header", "name", "path", "place", "usage", "value"];

/// The name of a part that was typed by somebody, and stays as it is though we say the same word.
const TYPED: &str = "typed";

/// How deep parts of a text are looked into, and how many sentences one pattern has at most.
const DEEPEST: usize = 4;
const MOST_SENTENCES: usize = 4;

/// One language's way to say what gaisan says.
#[derive(Debug)]
pub struct Translation {
    /// Those with the most letters of their own first.
    patterns: Vec<Pattern>,
    /// Which of them begin with a text that begins so; the others may be any text's.
    by_start: HashMap<[u8; START], Vec<usize>>,
    others: Vec<usize>,
}

impl Translation {
    /// Into Japanese.
    pub fn japanese() -> &'static Self {
        static KNOWN: OnceLock<Translation> = OnceLock::new();
        KNOWN.get_or_init(|| {
            let mut patterns: Vec<Pattern> = TABLES.iter().flat_map(|table| patterns(table)).collect();
            patterns.sort_by_cached_key(|pattern| std::cmp::Reverse(pattern.letters()));
            let (mut by_start, mut others) = (HashMap::<_, Vec<usize>>::new(), Vec::new());
            for (at, pattern) in patterns.iter().enumerate() {
                match pattern.start() {
                    Some(start) => by_start.entry(start).or_default().push(at),
                    None => others.push(at),
                }
            }
            Self { patterns, by_start, others }
        })
    }

    /// The patterns that a text may have been made from, in their order.
    fn candidates(&self, text: &str) -> impl Iterator<Item = &Pattern> {
        let same = text.as_bytes().first_chunk().and_then(|start| self.by_start.get(start));
        let (mut same, mut others) = (same.map_or(&[][..], Vec::as_slice), self.others.as_slice());
        std::iter::from_fn(move || {
            let list = match (same.first(), others.first()) {
                (Some(one), Some(other)) if other < one => &mut others,
                (Some(_), _) => &mut same,
                _ => &mut others,
            };
            let (first, rest) = list.split_first()?;
            *list = rest;
            self.patterns.get(*first)
        })
        .filter(|pattern| pattern.ends(text))
    }

    /// All patterns.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// A text as it is said; lines are told apart, and what has no pattern stays.
    pub fn say(&self, text: &str) -> String {
        let lines: Vec<Cow<'_, str>> = text.split('\n').map(|line| self.line(line)).collect();
        lines.join("\n")
    }

    /// A text of whole sentences as it is said.
    pub fn sentence(&self, text: &str) -> String {
        let said = self.say(text);
        let is_open = said != text && said.ends_with(|c: char| matches!(c, '\u{3041}'..='\u{309f}' | '）'));
        if is_open { said + "。" } else { said }
    }

    fn line<'t>(&self, line: &'t str) -> Cow<'t, str> {
        let bare = line.trim();
        match self.known(bare, DEEPEST).or_else(|| self.sentences(bare, DEEPEST, false)) {
            Some(said) => {
                let (lead, trail) = line.split_once(bare).unwrap_or_default();
                Cow::Owned(format!("{lead}{}{trail}", in_corners(&said)))
            }
            None => Cow::Borrowed(line),
        }
    }

    /// A text of one sentence or several; `None` where none of them has a pattern, or, if `each` must, where one has none.
    fn sentences(&self, text: &str, depth: usize, each: bool) -> Option<String> {
        let ends: Vec<usize> = outside(text)
            .filter(|(at, c)| {
                ENDS.contains(c) && text.get(at + 1..).is_some_and(|rest| rest.starts_with(' '))
            })
            .map(|(at, _)| at + 1)
            .collect();
        let (mut said, mut rest, mut start, mut is_known) = (String::new(), text, 0, false);
        while !rest.is_empty() {
            let mut ends = ends.iter().copied().chain([text.len()]).filter(|end| *end > start);
            // The last may be a list with many ends.
            let reach: Vec<usize> = ends.clone().take(MOST_SENTENCES).chain([text.len()]).collect();
            let found = reach.into_iter().rev().find_map(|end| {
                let piece = text.get(start..end)?;
                let ended = piece.strip_suffix(';').unwrap_or(piece);
                self.whole(ended, depth).map(|it| (end, it))
            });
            is_known |= found.is_some();
            if found.is_none() && each {
                return None;
            }
            let (end, piece) = found.unwrap_or_else(|| {
                let end = ends.next().unwrap_or(text.len());
                (end, text.get(start..end).unwrap_or_default().trim_end_matches(';').to_owned())
            });
            if !said.is_empty() && !said.ends_with(['。', '？', '.']) {
                said.push('。');
            }
            said.push_str(&piece);
            rest = text.get(end..).unwrap_or_default().trim_start();
            start = text.len() - rest.len();
        }
        is_known.then_some(said)
    }

    /// A text by the pattern that it was made from. Sentences that follow others may begin with a capital. A part that nobody knows makes
    /// another pattern more likely, unless its name says that it is of another origin.
    fn whole(&self, text: &str, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let part = |name: &str, part: &str| {
            if name == TYPED {
                return Some(part.to_owned());
            }
            let is_own = || FOREIGN.contains(&name) || !is_english(part);
            self.known(part, depth).or_else(|| is_own().then(|| part.to_owned()))
        };
        let fit = |text: &str| {
            self.candidates(text).find_map(|pattern| {
                let parts = pattern.parts(text)?;
                pattern.japanese.iter().try_fold(String::new(), |said, piece| match piece {
                    Piece::Text(own) => Some(said + own),
                    Piece::Argument(name) => match parts.iter().find(|part| part.0 == *name)? {
                        (_, own, true) => Some(said + own),
                        (name, other, false) => Some(said + &part(name, other)?),
                    },
                })
            })
        };
        fit(text).or_else(|| {
            let first = text.chars().next().filter(char::is_ascii_uppercase)?;
            // A word, and not the letter of a column.
            text.get(1..)?.starts_with(|c: char| c.is_ascii_lowercase()).then_some(())?;
            fit(&format!("{}{}", first.to_ascii_lowercase(), text.get(1..)?))
        })
    }

    /// A text by a pattern of its own, as sentences, or as a list of such.
    fn known(&self, text: &str, depth: usize) -> Option<String> {
        // Of the author's words alone each is no sentence.
        let is_words = !outside(text).any(|(_, c)| c.is_alphanumeric());
        let words = || self.list(text, depth).filter(|_| is_words);
        let whole = self.whole(text, depth).or_else(words).or_else(|| self.sentences(text, depth, true));
        whole.or_else(|| self.list(text, depth))
    }

    /// A list of phrases, of the author's words and of numbers.
    fn list(&self, text: &str, depth: usize) -> Option<String> {
        let (between, said) = BETWEEN.iter().find(|(between, _)| cut(text, between).is_some())?;
        let (mut rest, mut list) = (text, String::new());
        while let Some((member, behind)) = cut(rest, between) {
            list += &self.member(member, depth)?;
            list += said;
            rest = behind;
        }
        Some(list + &self.member(rest, depth)?)
    }

    fn member(&self, text: &str, depth: usize) -> Option<String> {
        let is_own = text.len() > 1 && text.starts_with('`') && text.ends_with('`');
        let plain = || (is_own || !text.contains(|c: char| c.is_ascii_lowercase())).then(|| text.to_owned());
        self.whole(text, depth).or_else(|| self.list(text, depth)).or_else(plain)
    }
}

/// A text in front of and behind the first `between` outside the author's words.
fn cut<'t>(text: &'t str, between: &str) -> Option<(&'t str, &'t str)> {
    let at = outside(text)
        .map(|(at, _)| at)
        .find(|at| text.get(*at..).is_some_and(|it| it.starts_with(between)))?;
    Some((text.get(..at)?, text.get(at + between.len()..)?))
}

/// The characters of a text that are not the author's words.
fn outside(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut is_inside = false;
    text.char_indices().filter(move |(_, c)| {
        is_inside ^= *c == '`';
        !is_inside
    })
}

/// Whether a text has English words side by side that are not the author's.
fn is_english(text: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.trim_end_matches([',', ';', ':', '.', '?']);
        word.len() > 1 && word.bytes().all(|it| it.is_ascii_lowercase())
    };
    let own = text.split('`').step_by(2);
    own.flat_map(|part| part.split(' ').zip(part.split(' ').skip(1)))
        .any(|(one, next)| is_word(one) && is_word(next) && !SCALES.contains(&one))
}

/// A text with the author's words in Japanese quotation marks.
fn in_corners(text: &str) -> String {
    if text.contains("``") || text.matches('`').count() % 2 == 1 {
        return text.to_owned();
    }
    let quoted = |(at, part): (usize, &str)| match at % 2 {
        0 => part.to_owned(),
        _ if part.contains(['「', '」']) => format!("『{part}』"),
        _ => format!("「{part}」"),
    };
    text.split('`').enumerate().map(quoted).collect()
}
