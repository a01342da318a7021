//! Lines that do not stand where they belong: texts without their indentation, hyphens and keys beside those of their neighbors.

use std::ops::Range;

use super::super::codes;
use super::super::page::indent_of;
use super::super::shapes::{LISTS, is_prose_key, is_text_key};
use super::errors::Slip;
use super::hand::key;
use super::{Kind, Node};
use crate::diagnostic::{Cure, Diagnostic, Edit};
use crate::source::{Span, Spanned};

/// How far from its place a line may stand.
const FAR: usize = 4;

/// The lines of a text with their places.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    let each = text.split_inclusive('\n').map(|line| {
        let own = start;
        start += line.len();
        (own, line.trim_end())
    });
    each.collect()
}

/// A line that begins with a key of the format, in English: its column, and its name.
fn keyed(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches([' ', '-']);
    let (name, behind) = key(rest)?;
    let is_key =
        behind.starts_with(':') && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    is_key.then_some((line.len() - rest.len(), name))
}

/// `body: |` or `body: 本文` above lines that stand no further in than their key, so that they are no part of its text.
pub(super) fn outdented_text(text: &str, line: &Range<usize>) -> Option<Slip> {
    let lines = lines(text);
    let here = lines.iter().position(|(start, _)| *start == line.start)?;
    let is_other = |line: &str| keyed(line).is_some() || line.trim_start().starts_with("- ");
    let above = (0..here).rev().find(|at| lines.get(*at).is_some_and(|(_, line)| is_other(line)))?;
    let (_, head) = lines.get(above)?;
    let (column, name) = keyed(head).filter(|(_, name)| is_text_key(name))?;
    let value = head.get(column + name.len() + 1..)?.trim();
    let is_block = matches!(value.trim_end_matches(['-', '+']), "|" | ">");
    if !is_block && (value.is_empty() || value.starts_with(['"', '\'', '[', '{']))
        || is_other(lines.get(here)?.1)
    {
        return None;
    }
    let first = lines.get(above + 1).map_or(0, |(_, line)| indent_of(line));
    let target = if is_block && first > column { first } else { column + 2 };
    let below = lines.iter().skip(above + 1).take_while(|(_, line)| !is_other(line));
    let wrong: Vec<(usize, &str)> =
        below.filter(|(_, line)| !line.is_empty() && indent_of(line) < target).copied().collect();
    let (start, content) = wrong.first()?;
    let message = format!("a text of `{name}` goes on without its indentation");
    let help = format!("indent its lines two blanks further than `{name}`");
    let edit = |(start, line): &(usize, &str)| (*start..*start, " ".repeat(target - indent_of(line)));
    let slip = Slip::new(start + indent_of(content)..start + content.len(), message, help);
    let slip = slip.cured_all(text, wrong.iter().map(edit).collect());
    Some(Slip { is_certain: slip.is_certain && is_block, ..slip })
}

/// `summary:` above lines of text, one of which has a colon that makes a key of its beginning.
pub(super) fn text_below(text: &str, line: &Range<usize>, stopped: usize) -> Option<Slip> {
    text.get(stopped..)?.strip_prefix(':')?;
    let lines = lines(text);
    let here = lines.iter().position(|(start, _)| *start == line.start)?;
    let indent = indent_of(lines.get(here)?.1);
    let mut above = lines.iter().take(here).rev().filter(|(_, line)| !line.is_empty());
    let (start, head) = above.find(|(_, line)| indent_of(line) < indent)?;
    let (_, name) = keyed(head).filter(|(_, name)| is_prose_key(name))?;
    let end = start + head.len();
    let message = format!("a text below `{name}` has a colon in it, and to YAML a key");
    let help = format!("write `{name}: |`: then the indented lines below are text, colons and all");
    let slip = Slip::new(stopped..stopped + 1, message, help).cured(text, end..end, " |".to_owned());
    slip.is_certain.then_some(slip).filter(|_| head.ends_with(':'))
}

/// `   - id: b` below `  - id: a`, and `      title: …` or `  title: …` below it: lines beside the column of their neighbors.
pub(super) fn misplaced(text: &str, line: &Range<usize>) -> Option<Slip> {
    let lines = lines(text);
    let here = lines.iter().position(|(start, _)| *start == line.start)?;
    let (start, content) = *lines.get(here)?;
    let (indent, is_entry) = (indent_of(content), content.trim_start().starts_with("- "));
    let is_braced = is_entry && content.trim_start_matches([' ', '-']).starts_with('{');
    let (_, name) = keyed(content).or(is_braced.then_some((indent, "")))?;
    let neighbor = (0..here).rev().filter_map(|at| lines.get(at)).find(|(_, line)| {
        let is_dash = line.trim_start().starts_with("- ");
        if is_entry { is_dash } else { keyed(line).is_some() }
    })?;
    let dash = indent_of(neighbor.1);
    let target = if is_entry { dash } else { keyed(neighbor.1)?.0 };
    let is_open = |line: &str| line.ends_with(':');
    if target == indent || target.abs_diff(indent) > FAR || !is_entry && is_open(neighbor.1) {
        return None;
    }
    // At the column of the hyphen a key that the entry has already begins the next one.
    let head = (0..here).rev().find(|at| {
        lines
            .get(*at)
            .is_some_and(|(_, line)| line.trim_start().starts_with("- ") && indent_of(line) < target)
    });
    let mut own = lines.iter().take(here).skip(head.unwrap_or_default());
    if !is_entry
        && indent <= dash.max(head.and_then(|at| lines.get(at)).map_or(0, |(_, line)| indent_of(line)))
        && own.any(|(_, line)| keyed(line).is_some_and(|(_, known)| known == name))
    {
        return None;
    }
    let is_within = |line: &&(usize, &str)| {
        line.1.is_empty()
            || indent_of(line.1) > indent
            || indent_of(line.1) == indent && !line.1.trim_start().starts_with("- ")
    };
    let rest = lines.iter().skip(here + 1).take_while(is_within).filter(|(_, line)| !line.is_empty());
    let edit = |(start, _): &(usize, &str)| match target.checked_sub(indent) {
        Some(more) => (*start..*start, " ".repeat(more)),
        None => (*start..*start + indent - target, String::new()),
    };
    let cure: Vec<_> = std::iter::once(edit(&(start, content))).chain(rest.map(edit)).collect();
    let (message, help) = match is_entry {
        true => (
            "the hyphen of an entry does not stand below that of the entry before it".to_owned(),
            "give all hyphens of a list the same number of leading spaces, and the keys of an entry two more",
        ),
        false => (
            format!("`{name}` does not stand below the keys around it"),
            "give all keys of one program the same number of leading spaces",
        ),
    };
    let slip =
        Slip::new(start + indent..start + content.len(), message, help.to_owned()).cured_all(text, cure);
    slip.is_certain.then_some(slip)
}

/// `notes: - {kind: …}` and `title: - 甲`: a hyphen behind a key.
pub(super) fn hyphen_behind_key(text: &str, line: &Range<usize>) -> Option<Slip> {
    let content = text.get(line.clone())?.trim_end();
    let (column, name) = keyed(content)?;
    let from = column + name.len() + 1;
    let value = content.get(from..)?.trim_start();
    let entry = value.strip_prefix("- ")?;
    let at = line.start + content.len() - value.len();
    if LISTS.contains(&name) {
        let message = format!("the list of `{name}` begins in the line of its key");
        let help = format!("begin it on the line below: `- {}`", entry.trim_start());
        let new = format!("\n{}{value}", " ".repeat(column + 2));
        return Some(Slip::new(at..at + 1, message, help).cured(
            text,
            line.start + from..at + value.len(),
            new,
        ));
    }
    let message = "a value begins with `-`, which is a mark of YAML".to_owned();
    let quoted = super::errors::quoted(value);
    let slip = Slip::new(at..at + 1, message, format!("put the value in quotes, `{quoted}`"));
    Some(slip.cured(text, at..at + value.len(), quoted))
}

/// `body: |` and below it `目的: …`, no further in than their key: to YAML the text is empty, and these are keys. Makes them its text, and
/// says so once.
pub(super) fn texts_as_keys(
    entries: &mut Vec<(Spanned<String>, Node)>,
    text: &str,
    findings: &mut Vec<Diagnostic>,
) {
    let is_block = |(key, value): &(Spanned<String>, Node)| {
        let behind = text.get(key.span.end..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let mark = behind.trim_start_matches([':', ' ']).trim_end().trim_end_matches(['-', '+']);
        is_prose_key(&key.value)
            && matches!(mark, "|" | ">")
            && matches!(&value.kind, Kind::Scalar(text) if text.trim().is_empty())
    };
    let is_text = |(key, value): &(Spanned<String>, Node)| {
        !key.value.is_ascii() && matches!(value.kind, Kind::Scalar(_) | Kind::Null)
    };
    let Some(at) = (1..entries.len())
        .find(|at| entries.get(at - 1).is_some_and(is_block) && entries.get(*at).is_some_and(is_text))
    else {
        return;
    };
    let count = entries.iter().skip(at).take_while(|entry| is_text(entry)).count();
    let below: Vec<_> = entries.drain(at..at + count).collect();
    let (Some((key, node)), Some(first), Some(last)) = (entries.get_mut(at - 1), below.first(), below.last())
    else {
        return;
    };
    let place = Span { end: last.1.span.end.max(last.0.span.end), ..first.0.span };
    let edits = below
        .iter()
        .map(|(key, _)| Edit { span: Span { end: key.span.start, ..key.span }, text: "  ".to_owned() });
    findings.push(
        Diagnostic::new(
            codes::SYNTAX,
            first.0.span,
            format!("a text of `{}` goes on without its indentation", key.value),
        )
        .help(format!("indent its lines two blanks further than `{}`", key.value))
        .cure(Cure { edits: edits.collect(), is_certain: true }),
    );
    *node = Node {
        span: place,
        kind: Kind::Scalar(text.get(place.start..place.end).unwrap_or_default().to_owned()),
    };
}
