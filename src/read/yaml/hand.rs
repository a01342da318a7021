//! Slips of the hand that make other YAML of a line than was meant, or none: looked for before anything is read, because the
//! readers would report them as something else, somewhere else, and several times.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::page::indent_of;
use super::super::{codes, keys};
use super::errors::in_indentation;
use super::pasted::pasted;
use super::versions::{compared, merge};
use crate::diagnostic::{Cure, Diagnostic, Edit, add_alike};
use crate::source::{FileId, Span};

const BULLETS: &str = "・－‐‑–—−•●◦‣･ー";
/// What a text of its own begins with.
const BEGINS: &str = "｛［（「『【〔〈《“‘＃：\u{3000}";
/// What is taken for the `|` of a text of several lines.
const WIDE_BARS: [char; 5] = ['｜', '￨', '│', '∣', '¦'];

/// A line outside literal texts.
pub(super) struct Line<'t> {
    /// Where it begins in the text.
    pub(super) start: usize,
    pub(super) text: &'t str,
    /// The lines of the file below it.
    after: &'t str,
}

impl Line<'_> {
    /// How many blanks the next line of the file begins with.
    pub(super) fn next(&self) -> usize {
        indent_of(self.after)
    }
}

/// What is wrong with a line: its bytes, what is to stand there, and what kind of slip it is.
struct Found {
    edits: Vec<(Range<usize>, String)>,
    message: String,
    help: &'static str,
    is_certain: bool,
}

/// The findings about a text, one for each kind of slip; none where a reader may go on.
pub(super) fn slips(text: &str, file: FileId) -> Vec<Diagnostic> {
    let lines = lines(text);
    if let Some(finding) = compared(text, file) {
        return vec![finding];
    }
    let mut findings: Vec<Diagnostic> = merge(text, file).into_iter().collect();
    findings.extend(pasted(&lines, file));
    // A key behind full-width blanks would be one more key, of another name.
    let is_odd = |line: &&Line<'_>| {
        let rest = line.text.trim_start();
        let blanks = line.text.get(..line.text.len() - rest.len()).unwrap_or_default();
        !blanks.is_ascii() && key(rest.trim_start_matches("- ")).is_some()
    };
    let odd = lines.iter().find(is_odd).map(|line| line.start..line.start + line.text.len());
    findings.extend(odd.and_then(|line| in_indentation(text, &line)).map(|slip| slip.finding(file)));
    for line in &lines {
        let found = [bullet, colon, braces, no_colon, bar, left_open].into_iter().find_map(|find| find(line));
        let Some(Found { edits, message, help, is_certain }) = found else { continue };
        let span =
            |range: Range<usize>| Span { file, start: line.start + range.start, end: line.start + range.end };
        let edits: Vec<Edit> =
            edits.into_iter().map(|(range, text)| Edit { span: span(range), text }).collect();
        let Some(place) = edits.first().map(|edit| edit.span) else { continue };
        let finding = Diagnostic::new(codes::SYNTAX, place, message).help(help);
        add_alike(&mut findings, finding.cure(Cure { edits, is_certain }));
    }
    for finding in &mut findings {
        let line_of = |at: usize| text.get(..at).map_or(0, |before| before.matches('\n').count());
        let edits = finding.cure.iter().flat_map(|cure| &cure.edits);
        let lines: BTreeSet<usize> = edits.map(|edit| line_of(edit.span.start)).collect();
        match lines.len() {
            0 | 1 => {}
            2 => finding.notes.push("so it is in another line".to_owned()),
            all => finding.notes.push(format!("so it is in {} more lines", all - 1)),
        }
    }
    findings
}

/// The lines of a text that are not part of a literal block, a comment or empty.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut block: Option<usize> = None;
    let mut quote: Option<char> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let rest = content.trim_start_matches(' ');
        let indent = content.len() - rest.len();
        let is_inside = block.is_some_and(|open| indent > open) || content.is_empty();
        if let Some(mark) = quote {
            quote = quote.filter(|_| !content.contains(mark));
        } else if !is_inside {
            block = opens_block(rest).then_some(indent);
            quote = opens_quote(rest);
            if !rest.starts_with('#') {
                let after = text.get(start + line.len()..).unwrap_or_default();
                lines.push(Line { start, text: content, after });
            }
        }
        start += line.len();
    }
    lines
}

/// Whether a line ends with the mark of a literal text, `|` or `>`.
fn opens_block(line: &str) -> bool {
    let line = line.split(" #").next().unwrap_or_default().trim_end().replace(WIDE_BARS, "|");
    let mark = line.trim_end_matches(|c: char| matches!(c, '-' | '+') || c.is_ascii_digit());
    matches!(mark, "|" | ">") || [": |", ": >", "- |", "- >"].iter().any(|end| mark.ends_with(end))
}

/// The quotation mark that begins a value of a line and does not end in it.
fn opens_quote(line: &str) -> Option<char> {
    let value = line.split_once(": ").map_or(line.trim_start_matches("- "), |(_, value)| value).trim_start();
    let mark = value.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    (!value.get(1..)?.contains(mark)).then_some(mark)
}

/// A word at the beginning of a text that is a key, and what stands right behind it.
pub(super) fn key(text: &str) -> Option<(&str, &str)> {
    let (word, behind) = text.split_at(text.find([':', '：'])?);
    let name = word.trim_end();
    // `ID：a` and `事業 名：避難所`.
    let bare = || name.to_ascii_lowercase().replace([' ', '\u{3000}'], "");
    (keys::is_key(name) || behind.starts_with('：') && keys::is_key(&bare())).then_some((word, behind))
}

/// What stands for the hyphen of an entry: another mark, `*`, a hyphen without its blank, or a number as `１.`, `(1)` and `①`.
fn mark(rest: &str) -> Option<&str> {
    let first = rest.chars().next()?;
    let is_hyphen = first == '-' && !rest.starts_with("- ") && !rest.starts_with("--");
    // `○ id: a`: any mark of print may stand for it.
    let is_print = !first.is_ascii() && !first.is_alphanumeric() && !BEGINS.contains(first);
    if BULLETS.contains(first)
        || is_print
        || ('①'..='⑳').contains(&first)
        || is_hyphen
        || rest.starts_with("* ")
    {
        return rest.get(..first.len_utf8());
    }
    let inside = rest.trim_start_matches(['(', '（']);
    let after = inside.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let end = after.trim_start_matches(['.', '．', ')', '）', '、']);
    (after.len() < inside.len() && end.len() < after.len()).then(|| rest.get(..rest.len() - end.len()))?
}

/// `・ id: a`: another mark than a hyphen begins an entry of a list.
fn bullet(line: &Line<'_>) -> Option<Found> {
    let rest = line.text.trim_start_matches(' ');
    let indent = line.text.len() - rest.len();
    let mark = mark(rest)?;
    let content = rest.get(mark.len()..)?.trim_start_matches([' ', '\u{3000}']);
    let is_file = content.ends_with(".yaml") || content.ends_with(".yml");
    if !is_file && !content.starts_with(['{', '｛']) {
        key(content)?;
    }
    // The keys below stand where the first one is to stand.
    let blanks = line.next().checked_sub(indent + 1).filter(|blanks| *blanks <= 5).unwrap_or(1);
    let indent = if blanks == 0 { indent.saturating_sub(1) } else { indent };
    Some(Found {
        edits: vec![(indent..line.text.len() - content.len(), format!("-{}", " ".repeat(blanks.max(1))))],
        message: match mark {
            "-" => "there is no space after the hyphen of an entry of a list".to_owned(),
            _ if mark.contains(|c: char| c.is_numeric()) => {
                "an entry of a list begins with a number".to_owned()
            }
            _ => format!("an entry of a list begins with `{mark}`"),
        },
        help: "begin it with a hyphen and a space, `- `",
        is_certain: true,
    })
}

/// `requested：4,592`, `requested:4,592` and `requested:　4,592`.
fn colon(line: &Line<'_>) -> Option<Found> {
    let rest = line.text.trim_start_matches([' ', '-']);
    // `W0203：deny`, in the project's settings.
    let code =
        || rest.split_once('：').filter(|(code, _)| is_code(code)).map(|(code, _)| rest.split_at(code.len()));
    let (word, behind) = key(rest).or_else(code)?;
    let value = behind.trim_start_matches([':', '：']);
    let bare = value.trim_start();
    let blanks = value.get(..value.len() - bare.len())?;
    let message = match behind.chars().next() {
        Some('：') => "the colon behind a key is a full-width one",
        _ if blanks.is_empty() && !bare.is_empty() => "there is no space after the colon of a key",
        _ if blanks.contains(|blank| !matches!(blank, ' ' | '\t')) => {
            "the blank after the colon of a key is a full-width one"
        }
        _ => return None,
    };
    let (start, end) = (line.text.len() - behind.len(), line.text.len() - bare.len());
    Some(Found {
        edits: vec![(start..end, if bare.is_empty() { ":" } else { ": " }.to_owned())],
        message: message.to_owned(),
        help: "write an ordinary colon and a space behind a key",
        is_certain: !word.is_empty() && !bare.contains(": "),
    })
}

/// Whether a word is formed like the code of a rule.
fn is_code(word: &str) -> bool {
    word.len() == 5
        && word.starts_with(['E', 'W', 'N'])
        && word.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}

/// `summary: ｜` above an indented text, and `summary: ＞`.
fn bar(line: &Line<'_>) -> Option<Found> {
    let rest = line.text.trim_start_matches([' ', '-']);
    let indent = line.text.len() - rest.len();
    let value = key(rest)?.1.trim_start_matches(':').trim_start();
    let (first, marks) =
        (value.chars().next()?, value.trim_start_matches(WIDE_BARS).trim_start_matches('＞'));
    let mark = match first {
        '＞' => ">",
        first if WIDE_BARS.contains(&first) => "|",
        _ => return None,
    };
    let is_alone = matches!(marks, "" | "-" | "+") && line.next() > indent;
    is_alone.then(|| Found {
        edits: vec![(line.text.len() - value.len()..line.text.len() - marks.len(), mark.to_owned())],
        message: format!("the `{mark}` of a text of several lines is a full-width one"),
        help: "write it in half width",
        is_certain: true,
    })
}

/// `｛id: a， title: 事業｝`, and full-width commas between the entries of ordinary braces.
fn braces(line: &Line<'_>) -> Option<Found> {
    let rest = line.text.trim_start_matches([' ', '-']);
    let value = match key(rest) {
        Some((_, behind)) => behind.trim_start_matches([':', '：']).trim_start(),
        None => rest,
    };
    // `period: (from: R3, to: R8)`.
    let inside = value.strip_prefix(['(', '（']).filter(|inside| inside.ends_with([')', '）']));
    let is_round = inside.and_then(key).is_some_and(|(_, behind)| behind.starts_with(": "));
    let begins_wide = value.starts_with(['｛', '［']) || is_round;
    if !begins_wide && !value.starts_with(['{', '[']) {
        return None;
    }
    let start = line.text.len() - value.len();
    let (mut edits, mut is_wide) = (Vec::new(), false);
    for (at, found) in value.char_indices() {
        let (before, after) = (value.get(..at)?, value.get(at + found.len_utf8()..)?);
        let last = || before.rsplit(['{', '｛', ',', '，', '、']).next().unwrap_or_default().trim();
        let text = match found {
            '(' | '（' if is_round && at == 0 => "{",
            ')' | '）' if is_round && after.is_empty() => "}",
            '｛' if begins_wide => "{",
            '［' if begins_wide => "[",
            '］' if begins_wide || !value.contains([']', '［']) => "]",
            '｝' if begins_wide || !value.contains(['}', '｛']) => "}",
            '，' | '、' if key(after.trim_start()).is_some() => ", ",
            '：' if keys::is_key(last()) => ": ",
            ':' if keys::is_key(last()) && is_joined(after) => ": ",
            _ => continue,
        };
        is_wide |= text != ": " || found == '：';
        let taken = if text.ends_with(' ') { after.len() - after.trim_start().len() } else { 0 };
        edits.push((start + at..start + at + found.len_utf8() + taken, text.to_owned()));
    }
    let (message, help) = match is_wide {
        true if is_round => {
            ("entries stand between round brackets", "write them between braces, `{id: …, title: …}`")
        }
        true => (
            "braces, commas or colons between entries are full-width ones",
            "write them in half width, `{id: …, title: …}`",
        ),
        false => {
            ("there is no space after the colon of a key", "write an ordinary colon and a space behind a key")
        }
    };
    (!edits.is_empty()).then(|| Found { edits, message: message.to_owned(), help, is_certain: true })
}

/// `{kind 推計額, of=交付金}`: keys between braces without their colons.
fn no_colon(line: &Line<'_>) -> Option<Found> {
    let rest = line.text.trim_start_matches([' ', '-']);
    let value = key(rest).map_or(rest, |(_, behind)| behind.trim_start_matches(':').trim_start());
    let inside = value.strip_prefix('{')?.strip_suffix('}').filter(|inside| !inside.contains(['"', '\'']))?;
    let (mut at, mut edits, mut word) = (line.text.len() - inside.len() - 1, Vec::new(), "");
    for entry in inside.split(',') {
        let own = entry.trim_start();
        let end = own.find([' ', '=', '＝', '\u{3000}']).unwrap_or(own.len());
        let (name, behind) = own.split_at_checked(end)?;
        let value = behind.trim_start_matches([' ', '=', '＝', '\u{3000}']);
        if keys::is_key(name) && !own.contains([':', '：']) && !value.is_empty() {
            let start = at + entry.len() - own.len() + name.len();
            edits.push((start..start + behind.len() - value.len(), ": ".to_owned()));
            word = if word.is_empty() { name } else { word };
        }
        at += entry.len() + 1;
    }
    (!edits.is_empty()).then(|| Found {
        edits,
        message: format!("there is no colon after `{word}`"),
        help: "write an ordinary colon and a space behind a key",
        is_certain: inside.contains(['=', '＝']),
    })
}

/// Whether a value stands right behind the colon of a key, and not more of the key: `text:注`, and not `gaisan:wish: 3`.
fn is_joined(after: &str) -> bool {
    let value = after.split([',', '}', ']']).next().unwrap_or_default();
    !value.is_empty() && !value.starts_with(char::is_whitespace) && !value.contains(": ")
}

/// `period: {from: R3, to: R8` and `title: "事業` above a line that begins with another key: what is open there ends with its line.
fn left_open(line: &Line<'_>) -> Option<Found> {
    let rest = line.text.trim_start_matches([' ', '-']);
    let column = line.text.len() - rest.len();
    let value = key(rest)?.1.strip_prefix(": ")?.trim_start();
    let (below, next) = (line.after.lines().next().unwrap_or_default(), line.next());
    let is_ended = next <= column && key(below.trim_start_matches([' ', '-'])).is_some();
    let count = |mark: char| value.matches(mark).count();
    let close = match value.chars().next()? {
        '{' if count('{') == count('}') + 1 && !value.ends_with(',') => "}",
        '"' if count('"') == 1 && !value.contains('\\') => "\"",
        _ => return None,
    };
    let is_plain = !(value.contains(['#', '\'']) || close == "}" && value.contains('"'));
    let open = if close == "}" { "a brace" } else { "a quotation mark" };
    (is_ended && is_plain).then(|| Found {
        edits: vec![(line.text.len()..line.text.len(), close.to_owned())],
        message: format!("{open} is not closed in its line"),
        help: "close it where the value ends",
        is_certain: false,
    })
}
