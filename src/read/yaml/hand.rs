//! Slips of the hand that make other YAML of a line than was meant, or none: looked for before anything is read, because the
//! readers would report them as something else, somewhere else, and several times.

use std::ops::Range;

use super::super::{codes, keys};
use crate::diagnostic::{Cure, Diagnostic, Edit};
use crate::source::{FileId, Span};

const BULLETS: [char; 13] = ['・', '－', '‐', '‑', '–', '—', '−', '•', '●', '◦', '‣', '･', 'ー'];
const MERGE: [&str; 3] = ["<<<<<<< ", "=======", ">>>>>>> "];

/// A line outside literal texts.
struct Line<'t> {
    /// Where it begins in the text.
    start: usize,
    text: &'t str,
    /// How many blanks the next line of the file begins with.
    next: usize,
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
    let mut findings: Vec<Diagnostic> = merge(text, file).into_iter().collect();
    let lines = lines(text);
    findings.extend(pasted(&lines, file));
    for line in &lines {
        let found = [bullet, colon, braces].into_iter().find_map(|find| find(line));
        let Some(Found { edits, message, help, is_certain }) = found else { continue };
        let span = |range: &Range<usize>| Span {
            file,
            start: line.start + range.start,
            end: line.start + range.end,
        };
        let edits: Vec<Edit> =
            edits.into_iter().map(|(range, text)| Edit { span: span(&range), text }).collect();
        let alike = findings.iter_mut().find(|other| other.message == message);
        match (alike.and_then(|other| other.cure.as_mut()), edits.first()) {
            (Some(cure), _) => {
                cure.edits.extend(edits);
                cure.is_certain &= is_certain;
            }
            (None, Some(first)) => findings.push(
                Diagnostic::new(codes::SYNTAX, first.span, message)
                    .help(help)
                    .cure(Cure { edits, is_certain }),
            ),
            _ => {}
        }
    }
    for finding in &mut findings {
        let first = finding.primary.span.start;
        let places = finding.cure.iter().flat_map(|cure| &cure.edits);
        let line_of = |at: usize| text.get(..at).map_or(0, |before| before.matches('\n').count());
        let mut others: Vec<usize> = places.map(|edit| line_of(edit.span.start)).collect();
        others.dedup();
        others.retain(|line| *line != line_of(first));
        if !others.is_empty() {
            let more = if others.len() == 1 {
                "another line".to_owned()
            } else {
                format!("{} more lines", others.len())
            };
            finding.notes.push(format!("so it is in {more}"));
        }
    }
    findings
}

/// The lines of a text that are not part of a literal block, a comment or empty.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut block: Option<usize> = None;
    let mut quote: Option<char> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let indent = content.len() - content.trim_start_matches(' ').len();
        let is_inside = block.is_some_and(|open| indent > open) || content.is_empty();
        if let Some(mark) = quote {
            quote = quote.filter(|_| !content.contains(mark));
        } else if !is_inside {
            let rest = content.trim_start();
            block = opens_block(rest).then_some(indent);
            quote = opens_quote(rest);
            if !rest.starts_with('#') {
                let after = text.get(start + line.len()..).unwrap_or_default();
                let next = after.len() - after.trim_start_matches(' ').len();
                lines.push(Line { start, text: content, next });
            }
        }
        start += line.len();
    }
    lines
}

/// Whether a line ends with the mark of a literal text, `|` or `>`.
fn opens_block(line: &str) -> bool {
    let line = line.split(" #").next().unwrap_or_default().trim_end();
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
fn key(text: &str) -> Option<(&str, &str)> {
    let end = text.find([':', '：'])?;
    let word = text.get(..end)?;
    keys::is_key(word.trim_end()).then(|| (word, text.get(end..).unwrap_or_default()))
}

/// `・ id: a`: another mark than a hyphen begins an entry of a list.
fn bullet(line: &Line<'_>) -> Option<Found> {
    let rest = line.text.trim_start_matches(' ');
    let indent = line.text.len() - rest.len();
    let mark = rest.chars().next()?;
    let is_hyphen = mark == '-' && !rest.starts_with("- ") && !rest.starts_with("--");
    let is_star = mark == '*' && rest.starts_with("* ");
    if !BULLETS.contains(&mark) && !is_hyphen && !is_star {
        return None;
    }
    let content = rest.get(mark.len_utf8()..)?.trim_start_matches([' ', '\u{3000}']);
    let is_file = content.ends_with(".yaml") || content.ends_with(".yml");
    if !is_file && !content.starts_with(['{', '｛']) {
        key(content)?;
    }
    // The keys below stand where the first one is to stand.
    let blanks = line.next.checked_sub(indent + 1).filter(|blanks| *blanks <= 4).unwrap_or(1);
    let indent = if blanks == 0 { indent.saturating_sub(1) } else { indent };
    let blanks = blanks.max(1);
    let end = line.text.len() - content.len();
    Some(Found {
        edits: vec![(indent..end, format!("-{}", " ".repeat(blanks)))],
        message: match is_hyphen {
            true => "there is no space after the hyphen of an entry of a list".to_owned(),
            false => format!("an entry of a list begins with `{mark}`"),
        },
        help: "begin it with a hyphen and a space, `- `",
        is_certain: true,
    })
}

/// `requested：4,592`, `requested:4,592` and `requested:　4,592`.
fn colon(line: &Line<'_>) -> Option<Found> {
    let rest = line.text.trim_start_matches([' ', '-']);
    let (at, colon) = rest.char_indices().find(|(_, found)| matches!(found, ':' | '：'))?;
    let value = rest.get(at + colon.len_utf8()..)?;
    if colon == ':'
        && (value.is_empty()
            || value.starts_with(' ') && !value.trim_start_matches(' ').starts_with('\u{3000}'))
    {
        return None;
    }
    let (word, behind) = key(rest)?;
    let at = line.text.len() - behind.len();
    let bare = value.trim_start();
    let range = at..line.text.len() - bare.len();
    let blanks = value.get(..value.len() - bare.len())?;
    let help = "write an ordinary colon and a space behind a key";
    let message = match colon {
        '：' => "the colon behind a key is a full-width one",
        _ if blanks.is_empty() && !bare.is_empty() => "there is no space after the colon of a key",
        _ if blanks.chars().any(|blank| !matches!(blank, ' ' | '\t')) => {
            "the blank after the colon of a key is a full-width one"
        }
        _ => return None,
    };
    let text = if bare.is_empty() { ":" } else { ": " };
    let is_certain = !word.is_empty() && !bare.contains(": ");
    Some(Found { edits: vec![(range, text.to_owned())], message: message.to_owned(), help, is_certain })
}

/// `｛id: a， title: 事業｝`, and full-width commas between the entries of ordinary braces.
fn braces(line: &Line<'_>) -> Option<Found> {
    if !line.text.contains(['｛', '｝', '［', '］', '，', '、', '：']) {
        return None;
    }
    let rest = line.text.trim_start_matches([' ', '-']);
    let value = match key(rest) {
        Some((_, behind)) => behind.trim_start_matches([':', '：']).trim_start(),
        None => rest,
    };
    let is_wide = value.starts_with(['｛', '［']);
    if !is_wide && !value.starts_with(['{', '[']) {
        return None;
    }
    let start = line.text.len() - value.len();
    let mut edits = Vec::new();
    for (at, found) in value.char_indices() {
        let after = value.get(at + found.len_utf8()..).unwrap_or_default();
        let begins_entry = || key(after.trim_start()).is_some();
        let ends_key = || {
            let before = value.get(..at).unwrap_or_default();
            keys::is_key(before.rsplit(['{', '｛', ',', '，', '、']).next().unwrap_or_default().trim())
        };
        let text = match found {
            '｛' if is_wide => "{",
            '［' if is_wide => "[",
            '］' if is_wide || !value.contains(']') => "]",
            '｝' if is_wide || !value.contains('}') => "}",
            '，' | '、' if begins_entry() => ", ",
            '：' if ends_key() => ": ",
            _ => "",
        };
        let taken = if text.ends_with(' ') { after.len() - after.trim_start().len() } else { 0 };
        if !text.is_empty() {
            edits.push((start + at..start + at + found.len_utf8() + taken, text.to_owned()));
        }
    }
    (!edits.is_empty()).then(|| Found {
        edits,
        message: "braces, commas or colons between entries are full-width ones".to_owned(),
        help: "write them in half width, `{id: …, title: …}`",
        is_certain: true,
    })
}

/// The marks that an unfinished merge leaves.
fn merge(text: &str, file: FileId) -> Option<Diagnostic> {
    if !text.contains(MERGE[0]) && !text.contains(MERGE[2]) {
        return None;
    }
    let mut start = 0;
    let mut marks = text.split_inclusive('\n').filter_map(|line| {
        let at = start;
        start += line.len();
        let shown = line.trim_end();
        let is_mark = line.starts_with(MERGE[0]) || line.starts_with(MERGE[2]) || shown == MERGE[1];
        is_mark.then_some(Span { file, start: at, end: at + shown.len() })
    });
    let first = marks.next()?;
    let finding = Diagnostic::new(codes::SYNTAX, first, "a merge of two versions was not finished here")
        .help("keep the lines of one version, above or below `=======`, and take the three marks out");
    Some(marks.take(5).fold(finding, |finding, mark| finding.also(mark, "")))
}

/// Two or more lines of cells parted by tabs, as a spreadsheet pastes them.
fn pasted(lines: &[Line<'_>], file: FileId) -> Option<Diagnostic> {
    let cells = |line: &Line<'_>| -> Vec<String> {
        let bare = line.text.trim_start();
        let is_entry = key(bare.trim_start_matches("- ")).is_some_and(|(_, rest)| rest.starts_with(':'));
        if is_entry || !bare.contains('\t') {
            Vec::new()
        } else {
            bare.split('\t').map(str::to_owned).collect()
        }
    };
    let at = lines.windows(2).position(|pair| pair.iter().all(|line| cells(line).len() > 1))?;
    let rows: Vec<&Line<'_>> = lines.iter().skip(at).take_while(|line| cells(line).len() > 1).collect();
    let (first, last) = (rows.first()?, rows.last()?);
    let known = ["id", "number", "title", "requested", "prior", "operator", "abbreviation"];
    let heading: Vec<Option<&str>> = cells(first)
        .iter()
        .map(|cell| match keys::meant(cell.trim(), &known) {
            Some(keys::Meant::Name(key)) => Some(key),
            _ => None,
        })
        .collect();
    let has_heading = heading.iter().flatten().count() > 1;
    let columns = if has_heading { heading } else { vec![Some("title"), Some("requested"), Some("prior")] };
    let indent = " ".repeat(first.text.len() - first.text.trim_start().len());
    let entries: Vec<String> = rows
        .iter()
        .skip(usize::from(has_heading))
        .enumerate()
        .map(|(nth, row)| {
            let cells = cells(row);
            let pair = |(key, cell): (&Option<&str>, &String)| {
                Some(format!("{}: \"{}\"", (*key)?, cell.trim().trim_matches('"').replace('"', "\\\"")))
            };
            let mut pairs: Vec<String> = columns.iter().zip(&cells).filter_map(pair).collect();
            if !columns.contains(&Some("id")) {
                pairs.insert(0, format!("id: program-{}", nth + 1));
            }
            format!("{indent}- {{{}}}", pairs.join(", "))
        })
        .collect();
    let span = Span { file, start: first.start, end: last.start + last.text.len() };
    let example = entries.first().map(|entry| entry.trim_start().to_owned()).unwrap_or_default();
    let shown = Span { end: first.start + first.text.len(), ..span };
    Some(
        Diagnostic::new(codes::SYNTAX, shown, "cells of a spreadsheet are pasted here, parted by tabs")
            .note(format!("{} rows", rows.len()))
            .help(format!("write each row as an entry of the list, `{example}`"))
            .cure(Cure::suggested(span, entries.join("\n"))),
    )
}
