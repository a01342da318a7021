//! English texts taken apart by the patterns that they were made from, and the tables of these.

/// By how many bytes of their beginning patterns are found.
pub(super) const START: usize = 3;

/// A text with places for parts of it, in both languages.
#[derive(Debug)]
pub struct Pattern {
    english: Vec<Piece>,
    pub(super) japanese: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
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

    /// What every text of this form begins with, where it is its own.
    pub(super) fn start(&self) -> Option<[u8; START]> {
        match self.english.first()? {
            Piece::Text(own) => own.as_bytes().first_chunk().copied(),
            Piece::Argument(_) => None,
        }
    }

    /// Whether a text ends as every text of this form does.
    pub(super) fn ends(&self, text: &str) -> bool {
        match self.english.last() {
            Some(Piece::Text(own)) => text.ends_with(own.as_str()),
            _ => true,
        }
    }

    pub(super) fn letters(&self) -> usize {
        let count = |piece: &Piece| if let Piece::Text(text) = piece { text.len() } else { 0 };
        self.english.iter().map(count).sum()
    }

    /// The parts of a text that has this form.
    pub(super) fn parts<'t>(&self, text: &'t str) -> Option<Vec<(&'static str, &'t str, bool)>> {
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

/// The patterns of a table.
pub(super) fn patterns(table: &'static str) -> Vec<Pattern> {
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
