//! Characters that a text must not have, and those that an author should know of.

use super::{Kind, Node};
use crate::diagnostic::{Cure, Diagnostic};
use crate::read::shapes::{is_amount_key, is_text_key};
use crate::read::{codes, is_escaped};
use crate::source::{FileId, Span, Unseen, is_at_home, unseen};

/// How many findings of one kind are shown for one file.
const REPEAT_LIMIT: usize = 10;

/// Takes what cannot be seen out of keys, ids, years and words of a set, which is said of by itself: they are read as they look. Texts keep it, and
/// amounts are refused with it.
pub(super) fn clear(node: &mut Node, key: &str) {
    match &mut node.kind {
        Kind::Null => {}
        Kind::Sequence(items) => items.iter_mut().for_each(|item| clear(item, key)),
        Kind::Mapping(entries) => entries.iter_mut().for_each(|(key, value)| {
            key.value = shown(&key.value);
            clear(value, &key.value);
        }),
        Kind::Scalar(text) if is_text_key(key) || is_amount_key(key) || text.is_ascii() => {}
        Kind::Scalar(text) => *text = shown(text),
    }
}

/// A text without what cannot be seen in it, but for where that is at home.
fn shown(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let is_shown = |(at, found): (usize, &char)| {
        let (before, after) = (at.checked_sub(1).and_then(|at| characters.get(at)), characters.get(at + 1));
        let is_unseen = matches!(unseen(*found), Some((Unseen::Misleading | Unseen::Hidden, _)));
        (!is_unseen || is_at_home(before.copied(), *found, after.copied())).then_some(*found)
    };
    characters.iter().enumerate().filter_map(is_shown).collect()
}

/// Characters of one file that cannot be seen, with their places.
#[derive(Default)]
pub(super) struct Found {
    refused: Vec<(usize, usize, char)>,
    odd: Vec<(usize, usize, char)>,
}

impl Found {
    /// The unseen characters of a text. Blanks are looked at where values are known.
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self::default();
        let mut before = None;
        let mut rest = text.char_indices().peekable();
        while let Some((start, character)) = rest.next() {
            let after = rest.peek().map(|(_, after)| *after);
            found.add(before, (start, start + character.len_utf8(), character), after);
            before = Some(character);
        }
        found
    }

    fn add(&mut self, before: Option<char>, place: (usize, usize, char), after: Option<char>) {
        match unseen(place.2) {
            Some((Unseen::Misleading, _)) if !is_at_home(before, place.2, after) => self.refused.push(place),
            Some((Unseen::Hidden, _)) if !is_at_home(before, place.2, after) => self.odd.push(place),
            _ => {}
        }
    }

    /// The text with blanks, as many bytes, for those characters that YAML readers treat differently, so that reading goes on.
    pub(super) fn without(&self, text: &str) -> String {
        let mut clean = text.to_owned();
        for (start, end, _) in self.refused.iter().filter(|(_, _, character)| is_escaped(*character)) {
            clean.replace_range(*start..*end, &" ".repeat(end - start));
        }
        clean
    }

    /// Adds what stands in values: escapes in double quotes that stand for unseen characters, and unusual blanks.
    pub(super) fn in_values(&mut self, node: &Node, text: &str) {
        match &node.kind {
            Kind::Null => {}
            Kind::Sequence(items) => items.iter().for_each(|item| self.in_values(item, text)),
            Kind::Mapping(entries) => entries.iter().for_each(|(_, value)| self.in_values(value, text)),
            Kind::Scalar(_) => {
                let written = text.get(node.span.start..node.span.end).unwrap_or_default();
                if written.starts_with('"') {
                    self.in_escapes(written, node.span.start);
                }
                if !written.contains('\n') {
                    self.in_blanks(written, node.span.start);
                }
            }
        }
    }

    fn in_escapes(&mut self, written: &str, from: usize) {
        let mut at = 0;
        while let Some(found) = written.get(at..).and_then(|rest| rest.find('\\')) {
            let start = at + found;
            let escape = written.get(start + 1..).unwrap_or_default();
            let kind = escape.chars().next().unwrap_or(' ');
            let digits = match kind {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => 0,
            };
            let length = 1 + kind.len_utf8() + digits;
            let code = escape.get(1..1 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
            let character = match kind {
                '0' => Some('\0'),
                'a' => Some('\u{7}'),
                'b' => Some('\u{8}'),
                'v' => Some('\u{B}'),
                'f' => Some('\u{C}'),
                'e' => Some('\u{1B}'),
                'N' => Some('\u{85}'),
                '_' => Some('\u{A0}'),
                'L' => Some('\u{2028}'),
                'P' => Some('\u{2029}'),
                _ => code.and_then(char::from_u32),
            };
            if let Some(character) = character {
                let place = (from + start, from + start + length, character);
                match unseen(character) {
                    Some((Unseen::Blank, _)) => self.odd.push(place),
                    _ => {
                        let before = written.get(..start).and_then(|before| before.chars().next_back());
                        let after = written.get(start + length..).and_then(|after| after.chars().next());
                        self.add(before, place, after);
                    }
                }
            }
            at = start + length;
        }
    }

    /// Full-width spaces are at home in Japanese text, but not at the end of a value, in a figure or among Latin letters alone.
    fn in_blanks(&mut self, written: &str, from: usize) {
        let is_ascii = written.chars().all(|c| c.is_ascii() || c == '\u{3000}');
        let is_digit = |c: Option<char>| c.is_some_and(|c| matches!(c, '0'..='9' | '０'..='９'));
        for (at, character) in written.char_indices() {
            let end = at + character.len_utf8();
            let (before, after) =
                (written.get(..at).unwrap_or_default(), written.get(end..).unwrap_or_default());
            let is_odd = match character {
                '\u{3000}' => {
                    is_ascii
                        || after.trim_end_matches(['"', '\'']).is_empty()
                        || is_digit(before.chars().next_back()) && is_digit(after.chars().next())
                }
                _ => matches!(unseen(character), Some((Unseen::Blank, _))),
            };
            if is_odd {
                self.odd.push((from + at, from + end, character));
            }
        }
    }

    /// Says where they are.
    pub(super) fn report(mut self, text: &str, file: FileId, findings: &mut Vec<Diagnostic>) {
        for (code, places) in [(codes::CHARACTER, &mut self.refused), (codes::ODD_CHARACTER, &mut self.odd)] {
            places.sort_unstable();
            places.dedup();
            let left_out = places.len().saturating_sub(REPEAT_LIMIT);
            for (number, (start, end, character)) in places.iter().take(REPEAT_LIMIT).enumerate() {
                let span = Span { file, start: *start, end: *end };
                let finding = finding(code, span, *character);
                let finding = finding.cure(cure(span, *character, text.get(*end..).unwrap_or_default()));
                findings.push(match left_out {
                    more if more > 0 && number + 1 == REPEAT_LIMIT => {
                        finding.note(format!("{more} more characters of this kind are in the file"))
                    }
                    _ => finding,
                });
            }
        }
    }
}

/// A character out, or an ordinary blank for one; `behind` is what follows it.
fn cure(span: Span, character: char, behind: &str) -> Cure {
    let ends = || behind.trim_start_matches(['"', '\'']).starts_with(['\n', ',', '}', ']']);
    match unseen(character) {
        Some((Unseen::Hidden, _)) => Cure::certain(span, ""),
        Some((Unseen::Blank, _)) if !ends() => Cure::suggested(span, " "),
        _ => Cure::suggested(span, ""),
    }
}

fn finding(code: &'static str, span: Span, character: char) -> Diagnostic {
    let (kind, name) = unseen(character).unwrap_or((Unseen::Hidden, "UNKNOWN".into()));
    let message = format!("the text contains U+{:04X} {name}", u32::from(character));
    let finding = Diagnostic::new(code, span, message);
    match kind {
        Unseen::Misleading => finding
            .here("here, though it cannot be seen")
            .help("delete it and, where a new line is meant, press Enter; such characters come along when text is pasted from Word, a PDF or a web page, and can show text in another order than it is read"),
        Unseen::Hidden => finding
            .here("here, though it cannot be seen")
            .help("delete it: searches miss the word that it stands in; such characters come along when text is pasted from a PDF or a web page"),
        Unseen::Blank => finding
            .here("looks like an ordinary blank")
            .help("write an ordinary blank, or none"),
    }
}
