//! What the event parser's errors mean to somebody who writes budgets.

use std::ops::Range;

use granit_parser::Parser;

use super::super::codes;
use super::super::shapes::is_amount_key;
use super::comments::{cut_block, cut_text};
use super::hand::lines;
use super::lists::{first_hyphen_left_out, hash_in_brackets, hyphen_left_out, stands_beside, unclosed};
use super::places::{hyphen_behind_key, misplaced, outdented_text, text_below};
use crate::diagnostic::{Cure, Diagnostic, Edit};
use crate::source::{FileId, Span, line_start};

/// A slip of the hand that YAML readers report as something else, or somewhere else.
pub(super) struct Slip {
    /// The bytes of the text that are wrong.
    pub(super) range: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// What to do about it; may be empty.
    pub(super) help: String,
    /// The bytes that are to be replaced, and by what; nothing where nobody can say.
    pub(super) cure: Vec<(Range<usize>, String)>,
    /// Whether the file can then be read, further than this line, and in no other way.
    pub(super) is_certain: bool,
}

impl Slip {
    pub(super) fn new(range: Range<usize>, message: String, help: String) -> Self {
        Self { range, message, help, cure: Vec::new(), is_certain: false }
    }

    pub(super) fn finding(self, file: FileId) -> Diagnostic {
        let place = |range: Range<usize>| Span { file, start: range.start, end: range.end };
        let edits: Vec<Edit> =
            self.cure.into_iter().map(|(range, text)| Edit { span: place(range), text }).collect();
        Diagnostic {
            cure: (!edits.is_empty()).then_some(Cure { edits, is_certain: self.is_certain }),
            ..Diagnostic::new(codes::SYNTAX, place(self.range), self.message).help(self.help)
        }
    }

    /// The same with a cure, which is certain where the text can be read with it.
    pub(super) fn cured(self, text: &str, range: Range<usize>, new: String) -> Self {
        self.cured_all(text, vec![(range, new)])
    }

    /// The same with several pieces replaced, in their order.
    pub(super) fn cured_all(self, text: &str, cure: Vec<(Range<usize>, String)>) -> Self {
        let is_certain = mends(text, &cure, self.range.start);
        Self { cure, is_certain, ..self }
    }
}

/// Whether reading gets beyond a place with some pieces of a text replaced, which are in order.
fn mends(text: &str, cure: &[(Range<usize>, String)], place: usize) -> bool {
    let end = line_around(text, place).end;
    let (mut new, mut reach) = (text.to_owned(), end);
    for (range, text) in cure.iter().rev() {
        new.replace_range(range.clone(), text);
        if range.end <= end {
            reach = reach + text.len() - range.len();
        }
    }
    let stopped = Parser::new_from_str(&new).find_map(Result::err);
    stopped.is_none_or(|error| error.marker().byte_offset().is_some_and(|at| at > reach))
}

/// The slip behind a syntax error, looked for in the line where reading stopped, the one before and the one after.
pub(super) fn slip(text: &str, stopped: usize) -> Option<Slip> {
    let here = line_around(text, stopped);
    let before = here.start.checked_sub(1).map(|end| line_around(text, end));
    let after = (here.end < text.len()).then(|| line_around(text, here.end + 1));
    let lines = [Some(here.clone()), before, after];
    odd_blank(text, stopped)
        .or_else(|| hash_in_brackets(text, stopped))
        .or_else(|| misplaced(text, &here))
        .or_else(|| hyphen_left_out(text, &here))
        .or_else(|| first_hyphen_left_out(text, &here))
        .or_else(|| cut_text(text, &here))
        .or_else(|| cut_block(text, &here))
        .or_else(|| hyphen_behind_key(text, &here))
        .or_else(|| {
            lines.into_iter().flatten().find_map(|line| {
                in_indentation(text, &line)
                    .or_else(|| at_colon(text, &line))
                    .or_else(|| bare_dash(text, &line))
                    .or_else(|| reserved(text, &line))
            })
        })
        .or_else(|| outdented_text(text, &here))
        .or_else(|| after_close(text, &here, stopped))
        .or_else(|| text_below(text, &here, stopped))
        .or_else(|| second_colon(text, &here, stopped))
        .or_else(|| unclosed(text, &here))
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = line_start(text, at);
    let length = text.get(start..).map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
    start..start + length
}

pub(super) fn in_indentation(text: &str, line: &Range<usize>) -> Option<Slip> {
    let content = text.get(line.clone())?;
    let indentation = content.len() - content.trim_start().len();
    if content.len() == indentation {
        return None;
    }
    let (at, found) = content.get(..indentation)?.char_indices().find(|(_, found)| *found != ' ')?;
    let what = match found {
        '\t' => "a tab",
        '\u{3000}' => "full-width spaces",
        _ => "blanks that are no ordinary ones",
    };
    let range = line.start + at..line.start + indentation;
    let help = "indent with ordinary spaces, two a level".to_owned();
    let slip = Slip::new(range, format!("a line is indented with {what}"), help);
    // How many blanks a tab stands for is known where the lines can be read in one way only.
    let mut cures: Vec<_> = [2, 4, 8].map(|width| indented(text, line, width)).into();
    cures.dedup();
    let mut good = cures.iter().filter(|cure| mends(text, cure, line.start));
    let (first, is_certain) = (good.next(), good.next().is_none());
    let is_certain = first.is_some() && is_certain;
    Some(Slip { cure: first.or(cures.first()).cloned().unwrap_or_default(), is_certain, ..slip })
}

/// The indentation of a line, and of all others that have no ordinary one, in blanks; `tab` stands for a tab.
fn indented(text: &str, line: &Range<usize>, tab: usize) -> Vec<(Range<usize>, String)> {
    let mut starts: Vec<usize> = lines(text).iter().map(|other| other.start).chain([line.start]).collect();
    starts.sort_unstable();
    starts.dedup();
    let one = |start: usize| {
        let content = text.get(line_around(text, start))?;
        let old = content.get(..content.len() - content.trim_start().len())?;
        let new = old.replace('\t', &" ".repeat(tab)).replace('\u{3000}', "  ").replace(|c| c != ' ', " ");
        (new != old && old.len() < content.len()).then(|| (start..start + old.len(), new))
    };
    starts.into_iter().filter_map(one).collect()
}

/// `requested：4,592`, `requested:4,592`, and for a key of the format also `requested=4,592` and `requested 4,592`.
fn at_colon(text: &str, line: &Range<usize>) -> Option<Slip> {
    let content = text.get(line.clone())?;
    let start = content.len() - content.trim_start_matches([' ', '-']).len();
    let rest = content.get(start..)?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let (key, behind) = rest.split_at_checked(end).filter(|(key, _)| !key.is_empty())?;
    let is_key = super::super::keys::is_key(key);
    let is_word = key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let mut after = behind.chars();
    let message = match (after.next(), after.next()) {
        (Some('：'), _) if is_word => format!("the colon after `{key}` is a full-width one"),
        (Some(':'), Some(next)) if is_word && !next.is_whitespace() => {
            format!("there is no space after `{key}:`")
        }
        (Some(':'), _) => return None,
        // Where the colon stands further on, the word is not all of the key; and no key stands twice.
        (Some(_), _) if is_key && !behind.contains([':', '：']) && !stands_beside(text, line, start, key) => {
            format!("there is no colon after `{key}`")
        }
        _ => return None,
    };
    let value =
        behind.trim_start_matches([':', '：', ';', '；', '=', '＝', '、', '，', ' ', '\u{3000}', '\t']);
    let from = line.start + start + end;
    let range = from..from + behind.len() - value.len();
    let place = from..from + behind.chars().next().map_or(0, char::len_utf8);
    let help = format!("write `{key}: ` with an ordinary colon and a space");
    Some(Slip::new(place, message, help).cured(text, range, ": ".to_owned()))
}

/// `prior: -`: a dash alone begins a list.
fn bare_dash(text: &str, line: &Range<usize>) -> Option<Slip> {
    let content = text.get(line.clone())?.trim_end();
    let key = content.strip_suffix(": -")?.trim_start_matches([' ', '-']);
    let end = line.start + content.len();
    let message = "a dash alone is the beginning of a list".to_owned();
    let slip = Slip::new(end - 1..end, message, format!("put it in quotes, `{key}: \"-\"`"));
    Some(slip.cured(text, end - 1..end, "\"-\"".to_owned()))
}

/// `title: %増`, `title: >60歳` and `summary: | 本文`: values that begin with a mark of YAML.
fn reserved(text: &str, line: &Range<usize>) -> Option<Slip> {
    let content = text.get(line.clone())?.trim_end();
    let rest = content.trim_start_matches([' ', '-']);
    let value = rest.split_once(": ").map_or(rest, |(_, value)| value).trim_start();
    let mark =
        value.chars().next().filter(|mark| matches!(mark, '%' | '@' | '`' | '!' | '>' | '|' | '*' | '&'))?;
    // `*name` is meant as YAML has it.
    if matches!(mark, '*' | '&') && value.is_ascii() && !value.contains(' ') {
        return None;
    }
    let behind = value.get(1..)?.trim_start_matches(['-', '+', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    if behind.is_empty() || matches!(mark, '>' | '|') && behind.trim_start().starts_with('#') {
        return None;
    }
    let range = line.start + content.len() - value.len()..line.start + content.len();
    let is_block = mark == '|';
    let slip = Slip::new(
        range.start..range.start + 1,
        match is_block {
            true => "text stands behind `|`".to_owned(),
            false => format!("a value begins with `{mark}`, which is a mark of YAML"),
        },
        match is_block {
            true => "begin the text on the line below, two blanks further in".to_owned(),
            false => format!("put the value in quotes, `{}`", quoted(value)),
        },
    );
    let block = || {
        let indent = " ".repeat(content.len() - rest.len() + 2);
        format!(
            "{}\n{indent}{}",
            value.get(..value.len() - behind.len()).unwrap_or_default(),
            behind.trim_start()
        )
    };
    let new = if is_block { block() } else { quoted(value) };
    Some(slip.cured(text, range, new))
}

/// `{id: a}　`: what looks like a blank and is none to YAML.
fn odd_blank(text: &str, stopped: usize) -> Option<Slip> {
    let rest = text.get(stopped..)?;
    let first = rest.chars().next().filter(|c| !c.is_ascii() && c.is_whitespace())?;
    let end = stopped + rest.len() - rest.trim_start_matches(first).len();
    let what = if first == '\u{3000}' { "a full-width blank" } else { "a blank that is no ordinary one" };
    let slip =
        Slip::new(stopped..end, format!("{what} stands here"), "write an ordinary blank, or none".to_owned());
    let new = if text.get(end..)?.trim_start_matches('\r').starts_with('\n') || end == text.len() {
        ""
    } else {
        " "
    };
    Some(slip.cured(text, stopped..end, new.to_owned()))
}

/// A text of one line in quotes; typographic ones around the whole of it give way.
pub(super) fn quoted(text: &str) -> String {
    let around = [('“', '”'), ('\'', '\'')].into_iter();
    let inside = |(open, close)| text.strip_prefix(open)?.strip_suffix(close);
    let bare = around.filter_map(inside).next().unwrap_or(text);
    format!("'{}'", bare.replace('\'', "''"))
}

/// `[新規] 事業`: a text that begins with a bracket or a quotation mark and goes on after the closing one.
fn after_close(text: &str, line: &Range<usize>, stopped: usize) -> Option<Slip> {
    let before = text.get(line.start..stopped)?.trim_end();
    let close = before.chars().next_back().filter(|last| matches!(last, ']' | '}' | '"' | '\''))?;
    let rest = text.get(stopped..line.end)?.trim_end();
    let is_text = rest.chars().next().is_some_and(|next| !matches!(next, ',' | ':' | '#' | ']' | '}'));
    let slip = Slip::new(
        stopped..stopped + rest.len(),
        format!("text goes on after the closing `{close}`"),
        "put the whole value in single quotes: `'…'`".to_owned(),
    );
    // A mapping with text behind it is no text.
    let open = if close == ']' { '[' } else { close };
    let begin = before.get(..before.len() - 1)?.rfind(open).filter(|_| close != '}');
    let head = before.get(..begin.unwrap_or_default())?;
    let is_inside = head.contains(['{', '[']);
    let end = if is_inside { rest.find([',', '}', ']']).unwrap_or(rest.len()) } else { rest.len() };
    let range = line.start + head.len()..stopped + rest.get(..end)?.trim_end().len();
    let is_value = begin.is_some() && head.ends_with(": ");
    let key = head.trim_end().strip_suffix(':').and_then(|head| head.rsplit([' ', '{']).next());
    is_text.then(|| match text.get(range.clone()).filter(|_| is_value) {
        // `'60'百万円`: an amount needs no quotes.
        Some(written) if key.is_some_and(is_amount_key) => {
            let help = "an amount needs no quotation marks".to_owned();
            Slip { help, ..slip }.cured(text, range, written.replace(close, ""))
        }
        Some(written) => slip.cured(text, range, quoted(written)),
        None => slip,
    })
}

/// `title: Q-LEAP: 飛躍`, or a key that is indented like the continuation of the text above it.
fn second_colon(text: &str, line: &Range<usize>, stopped: usize) -> Option<Slip> {
    if !text.get(stopped..)?.starts_with(':') {
        return None;
    }
    let before = text.get(line.start..stopped)?;
    let range = stopped..stopped + 1;
    let Some((key, value)) = before.split_once(": ").filter(|(key, _)| !key.contains('[')) else {
        let message = format!("`{}` stands deeper than the keys around it", before.trim());
        let help = "give all keys of one program the same number of leading spaces".to_owned();
        return Some(Slip::new(range, message, help));
    };
    let rest = text.get(stopped..line.end)?.trim_end();
    let word = value.rsplit([' ', '\u{3000}', ',']).next().filter(|word| word.len() < value.len());
    if let Some(word) = word.filter(|word| super::super::keys::is_key(word)) {
        return Some(entries_in_a_line(text, line, (key, value, word, rest), stopped));
    }
    // Inside braces only a person can tell where the value ends.
    if key.contains('{') || value.starts_with(['{', '[']) {
        return None;
    }
    let key = key.trim_start_matches([' ', '-']);
    let whole = quoted(&format!("{value}{rest}"));
    let message = format!("the value of `{key}` holds another `: `");
    let slip = Slip::new(range, message, format!("put the value in quotes: `{key}: {whole}`"));
    Some(slip.cured(text, stopped - value.len()..stopped + rest.len(), whole))
}

/// `{from: R4 to: R8}`, a comma left out before a key, and `- kind: remark, text: 注`, several keys without braces.
fn entries_in_a_line(
    text: &str,
    line: &Range<usize>,
    (key, value, word, rest): (&str, &str, &str, &str),
    stopped: usize,
) -> Slip {
    let place = stopped - word.len()..stopped;
    let before = value.get(..value.len() - word.len()).unwrap_or_default().trim_end();
    let end = stopped - value.len() + before.len();
    let slip = |message: String, help: String, range: Range<usize>, new: String| Slip {
        is_certain: false,
        ..Slip::new(place.clone(), message, help).cured(text, range, new)
    };
    if key.contains('{') || before.contains('{') {
        let message = format!("no comma stands before `{word}`");
        let help = format!("part the entries with a comma, `, {word}: …`");
        return slip(message, help, end..place.start, ", ".to_owned());
    }
    let message =
        format!("the value of `{}` holds another key, `{word}`", key.trim_start_matches([' ', '-']));
    let help = "put the keys of an entry in braces, `- {kind: …, text: …}`, or each on a line of its own";
    let start = line.start + key.len() - key.trim_start_matches([' ', '-']).len();
    let whole = text.get(start..stopped + rest.len()).unwrap_or_default();
    // Only where every comma parts two keys are they entries.
    let is_entry = |part: &str| {
        part.trim_start().split_once(": ").is_some_and(|(key, value)| {
            super::super::keys::is_key(key) && !value.contains(['{', '}', '[', ']', '#', ':', '"'])
        })
    };
    match key.trim_start().starts_with("- ") && whole.split(',').all(is_entry) {
        true => slip(message, help.to_owned(), start..start + whole.len(), format!("{{{whole}}}")),
        false => Slip::new(place, message, help.to_owned()),
    }
}
