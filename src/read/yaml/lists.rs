//! Lists that YAML cannot read: closing brackets in a comment, and entries without their hyphen.

use std::ops::Range;

use super::super::cells::{MEND_CELL, error_cell, error_cell_message};
use super::super::page::indent_of;
use super::errors::{Slip, quoted};
use super::hand::{Line, key, lines};

/// `[課題 #1, 課題 #2]`: to YAML the closing bracket is part of a comment. Reading stops there or in a line below.
pub(super) fn hash_in_brackets(text: &str, stopped: usize) -> Option<Slip> {
    let mut depth = 0;
    let lines = lines(text).into_iter().take_while(|line| line.start <= stopped);
    let (start, line, at) =
        lines.filter_map(|line| Some((line.start, line.text, eaten(line.text, &mut depth)?))).next()?;
    // Each text with a `#` in quotes.
    let mut mended = line.to_owned();
    let (mut first, mut behind) = (line.len(), 0);
    for (hash, _) in line.match_indices(" #").collect::<Vec<_>>().into_iter().rev() {
        let before = line.get(..hash + 1)?;
        let begin =
            [": ", "[", "{", ", "].iter().filter_map(|mark| Some(before.rfind(mark)? + mark.len())).max();
        let begin = begin.unwrap_or(before.len() - before.trim_start().len());
        let end = line.get(hash..)?.find([',', ']', '}']).map_or(line.len(), |end| hash + end);
        // What stands behind is in quotes already.
        let end = end.min(first);
        let value = line.get(begin..end)?.trim_end();
        if begin < first && !value.starts_with(['"', '\'']) {
            mended.replace_range(begin..begin + value.len(), &quoted(value));
            behind = if first == line.len() { line.len() - begin - value.len() } else { behind };
            first = begin;
        }
    }
    let message = "what follows a `#` inside brackets is a comment to YAML, the closing bracket too";
    let help = "put each text with a `#` in quotes, or write the list one entry a line";
    let slip = Slip::new(start + at..start + line.len(), message.to_owned(), help.to_owned());
    let cell = line.get(at..)?.split([',', ']', '}']).next().unwrap_or_default().trim();
    if error_cell(cell) {
        let place = start + at..start + at + cell.len();
        return Some(Slip::new(place, error_cell_message(cell), MEND_CELL.to_owned()));
    }
    let text = mended.get(first..mended.len() - behind)?.to_owned();
    Some(Slip { cure: vec![(start + first..start + line.len() - behind, text)], ..slip })
}

/// Where a comment begins that takes the bracket that would close one; `depth` says how many are open before and after the line.
fn eaten(line: &str, depth: &mut usize) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    let mut last = None;
    for (at, c) in line.char_indices() {
        let begins = last.is_none_or(|last| matches!(last, ':' | '-' | ',' | '[' | '{'));
        match c {
            _ if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' if begins => quote = Some(c),
            '[' | '{' if begins => *depth += 1,
            ']' | '}' => *depth = depth.saturating_sub(1),
            '#' if before == ' ' => {
                return (*depth > 0 && line.get(at..)?.contains([']', '}'])).then_some(at);
            }
            _ => {}
        }
        before = c;
        last = Some(c).filter(|c| *c != ' ').or(last);
    }
    None
}

/// `    id: a` below `programs:` and above `  - id: b`: the first entry has no hyphen.
pub(super) fn first_hyphen_left_out(text: &str, line: &Range<usize>) -> Option<Slip> {
    let content = text.get(line.clone())?;
    let mut end = line.start;
    let mut first = None;
    for above in text.get(..line.start)?.split_inclusive('\n').rev() {
        end -= above.len();
        if above.trim().is_empty() {
            continue;
        }
        if indent_of(above) <= indent_of(content) {
            // Below an entry these are its other keys; only below the key of the list does an entry begin.
            if !above.trim_end().ends_with(':') || above.trim_start().starts_with("- ") {
                return None;
            }
            break;
        }
        first = Some((end, above));
    }
    let (start, above) = first?;
    let (name, _) = key(above.trim_start()).filter(|(_, behind)| behind.starts_with(':'))?;
    let begin = start + indent_of(content);
    let is_entry = content.trim_start().starts_with("- ") && indent_of(above) == indent_of(content) + 2;
    is_entry.then(|| without_hyphen(text, begin + 2, name, (begin..begin + 2, "- ".to_owned())))
}

/// The finding about an entry that begins with a key, a brace or a text of its own.
fn without_hyphen(text: &str, at: usize, head: &str, (place, mended): (Range<usize>, String)) -> Slip {
    let message = "an entry of a list begins without its hyphen".to_owned();
    let is_key = key(&format!("{head}:")).is_some();
    let help = match is_key {
        true => format!("begin it with a hyphen: `- {head}: …`, its other keys two blanks further in"),
        false => "begin it with a hyphen and a space, `- `; what goes on with the text above stands two blanks further in"
            .to_owned(),
    };
    let slip = Slip::new(at..at + head.len(), message, help).cured(text, place, mended);
    // A text alone may belong to the one above.
    Slip { is_certain: slip.is_certain && (is_key || head == "{"), ..slip }
}

/// `  id: b` below the entries of a list, where `  - id: b` is to stand; and so `  {id: b}` and a text alone.
pub(super) fn hyphen_left_out(text: &str, line: &Range<usize>) -> Option<Slip> {
    let content = text.get(line.clone())?;
    let (indent, content) = (indent_of(content), content.trim_start());
    let is_flow = content.starts_with('{');
    let name = key(content).filter(|(_, behind)| behind.starts_with(':')).map(|(name, _)| name);
    let mut above = text.get(..line.start)?.lines().rev().filter(|line| !line.trim().is_empty());
    let entry = above.find(|line| is_flow || indent_of(line) <= indent)?;
    let head = entry.trim_start();
    let place = line.start + indent;
    if !head.starts_with("- ") || content.is_empty() || content.starts_with(['-', '#']) {
        return None;
    }
    if is_flow && indent_of(entry) <= indent && head.starts_with("- {") {
        let begin = line.start + indent_of(entry);
        return Some(without_hyphen(text, place, "{", (begin..place, "- ".to_owned())));
    }
    let Some(name) = name.filter(|_| indent_of(entry) == indent) else {
        let is_text = indent_of(entry) == indent && !head.contains(": ") && !content.contains(':');
        return is_text.then(|| without_hyphen(text, place, content, (place..place, "- ".to_owned())));
    };
    let mut lines = text.get(line.start..)?.split_inclusive('\n').skip(1).peekable();
    let is_entry = |next: &str| next.trim_start().starts_with('-');
    let is_outdented = lines.peek().is_some_and(|next| indent_of(next) == indent && !is_entry(next));
    let mut mended = format!("- {content}");
    let mut end = line.end;
    while let Some(next) = lines.next_if(|next| is_outdented && indent_of(next) >= indent && !is_entry(next))
    {
        mended.push_str(&format!("\n  {}", next.trim_end()));
        end += 1 + next.trim_end_matches(['\r', '\n']).len();
    }
    Some(without_hyphen(text, place, name, (place..end, mended)))
}

/// `- {kind: 推計額`: braces that are not closed in their line.
pub(super) fn unclosed(text: &str, line: &Range<usize>) -> Option<Slip> {
    let content = text.get(line.clone())?.trim_end();
    let count = |mark: char| content.matches(mark).count();
    let open = [('{', '}'), ('[', ']')].into_iter().filter(|(open, close)| count(*open) == count(*close) + 1);
    let (mark, close) = open.clone().next().filter(|_| open.count() == 1)?;
    let end = line.start + content.len();
    let start = line.start + content.find(mark)?;
    let slip = Slip::new(
        start..end,
        "a bracket is opened and never closed".to_owned(),
        "close it; a text that begins with `[` or `{` needs quotes".to_owned(),
    );
    Some(slip.cured(text, end..end, close.to_string())).filter(|slip| slip.is_certain)
}

/// Whether a key stands in the mapping that a line is in, at the same column.
pub(super) fn stands_beside(text: &str, line: &Range<usize>, column: usize, word: &str) -> bool {
    let lines = lines(text);
    let inner =
        |other: &&Line<'_>| other.text.len() - other.text.trim_start_matches([' ', '-']).len() >= column;
    let is_key = |other: &Line<'_>| {
        other.text.get(column..).and_then(super::hand::key).is_some_and(|(other, _)| other.trim_end() == word)
    };
    let begins =
        |other: &Line<'_>| other.text.get(..column).is_some_and(|before| before.trim_end().ends_with('-'));
    let at = lines.iter().position(|other| other.start >= line.start).unwrap_or(lines.len());
    let (above, below) = lines.split_at(at);
    for other in above.iter().rev().take_while(inner) {
        if is_key(other) || begins(other) {
            return is_key(other);
        }
    }
    below.iter().skip(1).take_while(inner).take_while(|other| !begins(other)).any(is_key)
}
