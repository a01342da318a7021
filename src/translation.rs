//! What gaisan says, in Japanese. An English text is taken apart by the pattern that it was made from, and put together again by the Japanese
//! pattern beside it, so that only the tables know of a second language, and not the places where texts are made.
//!
//! A table has English patterns at the beginning of lines, and indented below them how they are said in Japanese. `{name}` stands for a part of
//! the text: the author's own words where it is in backquotes, a number where the name begins with `count`, an amount without such words where
//! it begins with `amount`, a phrase that is translated on its own otherwise, or anything where its name is one of `FOREIGN`. `(s)` may be there or not. What has no pattern stays in English.

use std::borrow::Cow;
use std::sync::OnceLock;

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

/// How deep parts of a text are looked into, and how many sentences one pattern has at most.
const DEEPEST: usize = 4;
const MOST_SENTENCES: usize = 4;

/// One language's way to say what gaisan says.
#[derive(Debug)]
pub struct Translation {
    /// Those with the most letters of their own first.
    patterns: Vec<Pattern>,
}

/// A text with places for parts of it, in both languages.
#[derive(Debug)]
pub struct Pattern {
    english: Vec<Piece>,
    japanese: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Text(String),
    Argument(&'static str),
}

impl Pattern {
    /// The names of the parts in both languages, sorted.
    pub fn arguments(&self) -> [Vec<&'static str>; 2] {
        [&self.english, &self.japanese].map(|pieces| {
            let name = |piece: &Piece| match piece {
                Piece::Argument(name) => Some(*name),
                Piece::Text(_) => None,
            };
            let mut names: Vec<&str> = pieces.iter().filter_map(name).collect();
            names.sort_unstable();
            names.dedup();
            names
        })
    }

    fn letters(&self) -> usize {
        let count = |piece: &Piece| if let Piece::Text(text) = piece { text.len() } else { 0 };
        self.english.iter().map(count).sum()
    }

    /// The parts of a text that has this form.
    fn parts<'t>(&self, text: &'t str) -> Option<Vec<(&'static str, &'t str, bool)>> {
        let mut parts = Vec::new();
        let (mut rest, mut before) = (text, "");
        let mut pieces = self.english.iter().peekable();
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Text(own) => {
                    rest = rest.strip_prefix(own.as_str())?;
                    before = own;
                }
                Piece::Argument(name) => {
                    let is_quoted = before.ends_with('`');
                    let is_last = pieces.len() < 2;
                    let end = match pieces.peek() {
                        Some(Piece::Text(own)) if is_last => rest.len().checked_sub(own.len())?,
                        Some(Piece::Text(own)) => {
                            let mut ends = rest.match_indices(own.as_str()).map(|(at, _)| at);
                            ends.find(|end| may_be(name, rest.get(..*end).unwrap_or_default(), is_quoted))?
                        }
                        _ => rest.len(),
                    };
                    let part = rest.get(..end).filter(|part| may_be(name, part, is_quoted))?;
                    rest = rest.get(end..)?;
                    parts.push((*name, part, is_quoted));
                }
            }
        }
        rest.is_empty().then_some(parts)
    }
}

/// Whether a part of a text can be what its name says. The author's words have no backquote; elsewhere those are in pairs.
fn may_be(name: &str, part: &str, is_quoted: bool) -> bool {
    let is_count = || part.chars().all(|c| c.is_ascii_digit() || c == ',');
    !part.is_empty()
        && if is_quoted { !part.contains('`') } else { part.matches('`').count().is_multiple_of(2) }
        && (!name.starts_with("count") || is_count())
        && (!name.starts_with("amount") || !part.contains(['`', ';']))
}

impl Translation {
    /// Into Japanese.
    pub fn japanese() -> &'static Self {
        static KNOWN: OnceLock<Translation> = OnceLock::new();
        KNOWN.get_or_init(|| {
            let mut patterns: Vec<Pattern> = TABLES.iter().flat_map(|table| patterns(table)).collect();
            patterns.sort_by_cached_key(|pattern| std::cmp::Reverse(pattern.letters()));
            Self { patterns }
        })
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
            let reach: Vec<usize> = ends.clone().take(MOST_SENTENCES).collect();
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
            let is_own = || FOREIGN.contains(&name) || !is_english(part);
            self.known(part, depth).or_else(|| is_own().then(|| part.to_owned()))
        };
        let fit = |text: &str| {
            self.patterns.iter().find_map(|pattern| {
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
        let whole = self.whole(text, depth).or_else(|| self.sentences(text, depth, true));
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
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|it| it.is_ascii_lowercase());
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

/// The patterns of a table.
fn patterns(table: &'static str) -> Vec<Pattern> {
    let (mut patterns, mut english) = (Vec::new(), Vec::new());
    let lines = table.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    for line in lines {
        match line.strip_prefix("  ") {
            None => english.push(line),
            Some(japanese) => {
                for english in english.drain(..) {
                    for form in
                        ["", "s", "(s)"].into_iter().take(1 + 2 * english.matches("(s)").count().min(1))
                    {
                        let english = pieces(english, form);
                        patterns.push(Pattern { english, japanese: pieces(japanese, "") });
                    }
                }
            }
        }
    }
    patterns
}

/// A pattern taken apart; `form` stands for `(s)`.
fn pieces(pattern: &'static str, form: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut rest, mut own) = (pattern, String::new());
    while let Some(at) = rest.find('{') {
        let (before, behind) = rest.split_at(at);
        own.push_str(before);
        let name = behind.get(1..).and_then(|behind| behind.split_once('}'));
        let is_name = |name: &str| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        };
        match name.filter(|(name, _)| is_name(name)) {
            Some((name, after)) => {
                if !own.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut own).replace("(s)", form)));
                }
                pieces.push(Piece::Argument(name));
                rest = after;
            }
            None => {
                own.push('{');
                rest = behind.get(1..).unwrap_or_default();
            }
        }
    }
    own.push_str(rest);
    if !own.is_empty() {
        pieces.push(Piece::Text(own.replace("(s)", form)));
    }
    pieces
}
