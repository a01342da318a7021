//! Two blanks a level: how far each line of a file moves.

use super::is_between;
use crate::diagnostic::Edit;
use crate::edit::Manuscript;
use crate::read::{Kind, Node, indent_of};

/// What is known of where a line goes: from where to where its first thing moves.
type Moves = Vec<Option<(usize, usize)>>;

/// The edits that put every line where its level says.
pub(super) fn edits(open: &Manuscript<'_>) -> Option<Vec<Edit>> {
    let page = open.page;
    let mut moves: Moves = vec![None; page.len()];
    let mut edits = Vec::new();
    value(&open.root, 0, open, &mut moves, &mut edits);
    for line in 0..page.len() {
        let text = open.text(page.start(line), page.start(line + 1));
        let blanks = indent_of(text);
        if text.trim().is_empty() {
            continue;
        }
        let known = moves.get(line).copied().flatten();
        let Some((from, to)) = known.or_else(|| comment(open, &moves, line, blanks)) else { continue };
        // A line that goes on from another moves as far as that one.
        let wanted = (blanks + to).saturating_sub(from);
        if wanted != blanks {
            edits.push(open.edit(page.start(line), page.start(line) + blanks, " ".repeat(wanted)));
        }
    }
    Some(edits)
}

/// A comment goes with what stands below it, or above it where it is set in as that is.
fn comment(open: &Manuscript<'_>, moves: &Moves, line: usize, blanks: usize) -> Option<(usize, usize)> {
    if !is_between(open.page, line) {
        return None;
    }
    let known = |line: usize| moves.get(line).copied().flatten();
    let below = (line..open.page.len()).find_map(known);
    let same = |found: &(usize, usize)| found.0 == blanks;
    let above = || (0..line).rev().filter_map(known).filter(same).min_by_key(|(_, to)| *to);
    below.filter(same).or_else(above).or(below)
}

/// Notes how far the lines of a value move, of which the first thing goes to a column.
fn value(node: &Node, wanted: usize, open: &Manuscript<'_>, moves: &mut Moves, edits: &mut Vec<Edit>) {
    let page = open.page;
    if page.is_flow(node) {
        return;
    }
    match &node.kind {
        Kind::Null | Kind::Scalar(_) => {}
        Kind::Sequence(items) => {
            for item in items {
                let Some(entry) = page.item(item) else { continue };
                let last = if is_nested(item, open) { entry.first } else { entry.last };
                (entry.first..=last).for_each(|line| note(moves, line, (entry.indent, wanted)));
                let dash = page.start(entry.first) + entry.indent;
                let behind = open.text(dash + 1, item.span.start);
                if behind.len() > 1 && behind.trim_matches(' ').is_empty() {
                    edits.push(open.edit(dash + 1, item.span.start, " ".to_owned()));
                }
                value(item, wanted + 2, open, moves, edits);
                // The first line of an entry stays where its dash is put.
                if let Some(first) = moves.get_mut(entry.first) {
                    *first = Some((entry.indent, wanted));
                }
            }
        }
        Kind::Mapping(entries) => {
            for (key, of) in entries {
                let column = open.column(key.span.start);
                let first = page.line(key.span.start);
                note(moves, first, (column, wanted));
                if is_nested(of, open) {
                    value(of, wanted + 2, open, moves, edits);
                    continue;
                }
                let rest = first + 1..=page.last(key.span.end, of);
                let far = block(open, first, rest.clone()).map(|from| (from, wanted + 2));
                rest.for_each(|line| note(moves, line, far.unwrap_or((column, wanted))));
            }
        }
    }
}

/// Whether a value is a list or a mapping in lines, each of which has its own place.
fn is_nested(node: &Node, open: &Manuscript<'_>) -> bool {
    matches!(node.kind, Kind::Sequence(_) | Kind::Mapping(_)) && !open.page.is_flow(node)
}

/// How far the lines of a block are set in, where its head leaves that to them.
fn block(open: &Manuscript<'_>, head: usize, mut lines: std::ops::RangeInclusive<usize>) -> Option<usize> {
    let page = open.page;
    let text = |line: usize| open.text(page.start(line), page.start(line + 1));
    let (_, mark) = text(head).split_once(": ")?;
    let mark = mark.trim_start().split([' ', '\n']).next()?;
    let is_free = mark.starts_with(['|', '>']) && !mark.contains(|c: char| c.is_ascii_digit());
    let first = lines.find(|line| !text(*line).trim().is_empty()).filter(|_| is_free)?;
    Some(indent_of(text(first)))
}

fn note(moves: &mut Moves, line: usize, far: (usize, usize)) {
    if let Some(known) = moves.get_mut(line) {
        *known = Some(far);
    }
}
