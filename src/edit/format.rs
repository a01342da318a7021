//! A file in the house's order and indentation, its amounts in groups of three. What it says stays what it says: whatever would come out
//! otherwise is left as it was.

use std::collections::BTreeMap;

use super::value::literal;
use super::{Manuscript, edited};
use crate::diagnostic::Edit;
use crate::model::grouped;
use crate::read::{Between, Entry, Form, Kind, Node, Page, is_amount_key, outline, unfolded};
use crate::source::{FileId, SourceMap, Spanned};

mod indent;

/// The deepest that lines may be within one another.
const MOST_DEPTH: usize = 64;

/// The bytes of a file as the house writes it; `None` where the file cannot be read, or is laid out in a way that is not followed.
pub fn formatted(bytes: &[u8]) -> Option<Vec<u8>> {
    let (sources, file) = opened(bytes);
    let before = said(&outline(&sources, file)?, &sources);
    let mut done = edits(bytes, amounts)?;
    done = edits(&done, dashes)?;
    done = edits(&done, indent::edits)?;
    for _ in 0..MOST_DEPTH {
        let ordered = edits(&done, order)?;
        if ordered == done {
            break;
        }
        done = ordered;
    }
    let (sources, file) = opened(&done);
    (before == said(&outline(&sources, file)?, &sources)).then_some(done)
}

fn opened(bytes: &[u8]) -> (SourceMap, FileId) {
    let mut sources = SourceMap::default();
    let file = sources.add_bytes("file.yaml".as_ref(), bytes);
    (sources, file)
}

/// The bytes with what one step changes in them.
fn edits(bytes: &[u8], step: impl Fn(&Manuscript<'_>) -> Option<Vec<Edit>>) -> Option<Vec<u8>> {
    let (sources, file) = opened(bytes);
    edited(bytes, &step(&Manuscript::of(&sources, file)?)?)
}

/// What a value says, whatever the order of its keys, the commas of its amounts and the lines of its texts.
#[derive(PartialEq, Eq)]
enum Said {
    Nothing,
    Text(String),
    List(Vec<Said>),
    Keys(BTreeMap<String, Said>),
}

fn said(node: &Node, sources: &SourceMap) -> Said {
    match &node.kind {
        Kind::Null => Said::Nothing,
        Kind::Scalar(text) => Said::Text(unfolded(text, sources.slice(node.span))),
        Kind::Sequence(items) => Said::List(items.iter().map(|item| said(item, sources)).collect()),
        Kind::Mapping(entries) => Said::Keys(
            entries
                .iter()
                .map(|(key, value)| {
                    let said = match &value.kind {
                        Kind::Scalar(text) if is_amount_key(&key.value) => Said::Text(text.replace(',', "")),
                        _ => said(value, sources),
                    };
                    (key.value.clone(), said)
                })
                .collect(),
        ),
    }
}

/// Bare digits in groups of three, and texts of several lines in quotation marks as blocks.
fn amounts(open: &Manuscript<'_>) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    each_key(&open.root, false, open, &mut |key, value, in_flow| {
        let Kind::Scalar(text) = &value.kind else { return };
        let written = open.text(value.span.start, value.span.end);
        let is_quoted = written.starts_with(['"', '\'']);
        if is_amount_key(&key.value) {
            edits.extend(bare(text).and_then(|text| open.set(value.span, &text)));
        } else if is_quoted && !in_flow && text.contains('\n') {
            let block = literal(&unfolded(text, written), open.column(key.span.start) + 2, 2);
            edits.extend(
                block.map(|(head, body)| {
                    open.edit(value.span.start, value.span.end, format!("{head}\n{body}"))
                }),
            );
        }
    });
    Some(edits)
}

/// Calls a function with each key, its value, and whether it stands in brackets or braces.
fn each_key<'n>(
    node: &'n Node,
    in_flow: bool,
    open: &Manuscript<'_>,
    see: &mut impl FnMut(&'n Spanned<String>, &'n Node, bool),
) {
    let in_flow = in_flow || open.page.is_flow(node) && !matches!(node.kind, Kind::Scalar(_) | Kind::Null);
    match &node.kind {
        Kind::Null | Kind::Scalar(_) => {}
        Kind::Sequence(items) => items.iter().for_each(|item| each_key(item, in_flow, open, see)),
        Kind::Mapping(entries) => {
            for (key, value) in entries {
                see(key, value, in_flow);
                each_key(value, in_flow, open, see);
            }
        }
    }
}

/// An amount with commas in its whole numbers of four digits or more, where none of them has any: `△4592`, `1兆2345億円`.
fn bare(text: &str) -> Option<String> {
    let mut new = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(start);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (digits, after) = digits.split_at(end);
        let is_fraction = before.is_empty() && new.ends_with('.') || before.ends_with('.');
        new += before;
        new += &if is_fraction || digits.starts_with('0') { digits.to_owned() } else { grouped(digits) };
        rest = after;
    }
    new += rest;
    (new != text && !text.contains(',')).then_some(new)
}

/// What stands below a dash alone, beside it, at the column that it has; a comment between them stays where it is.
fn dashes(open: &Manuscript<'_>) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    each_item(&open.root, &mut |item| {
        let Some(entry) = open.page.item(item) else { return };
        let dash = open.page.start(entry.first) + entry.indent;
        let gap = open.column(item.span.start).saturating_sub(entry.indent + 1);
        if gap > 0 && open.text(dash + 1, item.span.start).trim().is_empty() {
            edits.push(open.edit(dash + 1, item.span.start, " ".repeat(gap)));
        }
    });
    Some(edits)
}

/// Calls a function with each entry of each list.
fn each_item<'n>(node: &'n Node, see: &mut impl FnMut(&'n Node)) {
    match &node.kind {
        Kind::Null | Kind::Scalar(_) => {}
        Kind::Sequence(items) => items.iter().for_each(|item| {
            see(item);
            each_item(item, see);
        }),
        Kind::Mapping(entries) => entries.iter().for_each(|(_, value)| each_item(value, see)),
    }
}

/// The keys of all mappings that have an order in it, the outermost of those that are not.
fn order(open: &Manuscript<'_>) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    ordered(&open.root, (Form::Line, None, None), open, &mut edits);
    Some(edits)
}

/// Puts the keys of a mapping in order, or, where they are, those of what stands in it. `dash` is where the dash before it stands, `floor` the first
/// line below the key that it stands under.
fn ordered(
    node: &Node,
    (form, dash, floor): (Form, Option<usize>, Option<usize>),
    open: &Manuscript<'_>,
    edits: &mut Vec<Edit>,
) {
    match &node.kind {
        Kind::Null | Kind::Scalar(_) => {}
        Kind::Sequence(items) => {
            for item in items {
                let entry = open.page.item(item);
                let beside = entry.filter(|entry| entry.first == open.page.line(item.span.start));
                let dash = beside.map(|entry| open.page.start(entry.first) + entry.indent);
                ordered(item, (form, dash, None), open, edits);
            }
        }
        Kind::Mapping(entries) => {
            let orders: Vec<usize> = entries.iter().map(|(key, _)| form.order(&key.value)).collect();
            if !orders.is_sorted() {
                edits.extend(match open.page.is_flow(node) {
                    true => in_braces(entries, &orders, open),
                    false => sorted(entries, &orders, (dash, floor), open),
                });
                return;
            }
            for (key, value) in entries {
                if let Some(form) = form.below(&key.value) {
                    let floor = open.page.line(key.span.end) + 1;
                    ordered(value, (form, None, Some(floor)), open, edits);
                }
            }
        }
    }
}

/// A mapping in braces in one line with its keys in order.
fn in_braces(entries: &[(Spanned<String>, Node)], orders: &[usize], open: &Manuscript<'_>) -> Option<Edit> {
    let spans: Vec<(usize, usize)> =
        entries.iter().map(|(key, value)| (key.span.start, value.span.end.max(key.span.end))).collect();
    let (start, end) = (spans.first()?.0, spans.last()?.1);
    let is_whole = entries.iter().all(|(_, value)| !matches!(value.kind, Kind::Null));
    if !is_whole || open.text(start, end).contains(['\n', '#']) {
        return None;
    }
    let mut texts: Vec<(usize, &str)> =
        orders.iter().zip(&spans).map(|(order, (start, end))| (*order, open.text(*start, *end))).collect();
    texts.sort_by_key(|(order, _)| *order);
    let mut out = String::new();
    for (at, (_, text)) in texts.iter().enumerate() {
        out.push_str(text);
        // What stands between entries stays between them.
        if let Some(((_, end), (start, _))) = spans.get(at).zip(spans.get(at + 1)) {
            out.push_str(open.text(*end, *start));
        }
    }
    Some(open.edit(start, end, out))
}

/// The lines of a mapping with its keys in order, each with the comments and the blank lines above it. `None` where they are laid out in a
/// way that is not followed.
fn sorted(
    entries: &[(Spanned<String>, Node)],
    orders: &[usize],
    (dash, floor): (Option<usize>, Option<usize>),
    open: &Manuscript<'_>,
) -> Option<Edit> {
    let page = open.page;
    let row = |(at, (key, value)): (usize, &(Spanned<String>, Node))| match dash {
        Some(_) if at == 0 => Some(Entry {
            first: page.line(key.span.start),
            last: page.last(key.span.end, value),
            indent: open.column(key.span.start),
        }),
        _ => page.key(key, value),
    };
    let rows = entries.iter().enumerate().map(row).collect::<Option<Vec<_>>>()?;
    // What stands above the first key is about the whole, but below a key.
    let first = floor.unwrap_or(rows.first()?.first);
    let blocks = page.blocks(&rows, first, page.len())?;
    let mut texts: Vec<(usize, String, String)> = Vec::new();
    let mut from = first;
    for (block, order) in blocks.iter().zip(orders) {
        let gap = open.text(page.start(from), page.start(block.lead)).to_owned();
        let mut text = open.text(page.start(block.lead), page.start(block.end)).to_owned();
        if let Some(at) = dash.filter(|_| from == first) {
            let at = at - page.start(first);
            text.replace_range(at..=at, " ");
        }
        if !text.ends_with('\n') {
            text.push('\n');
        }
        texts.push((*order, gap, text));
        from = block.end;
    }
    texts.sort_by_key(|(order, ..)| *order);
    let mut out = String::new();
    for (at, (_, gap, text)) in texts.iter().enumerate() {
        if at > 0 || floor.is_some() {
            out.push_str(gap);
        }
        out.push_str(text);
    }
    if let Some(dash) = dash {
        let indent = dash - page.start(first);
        let is_key = |line: &&str| !line.trim_start().starts_with('#') && !line.trim().is_empty();
        let above: usize = out.lines().take_while(|line| !is_key(line)).map(|line| line.len() + 1).sum();
        // Comments that come to stand above the dash stand where it does.
        let margin = " ".repeat(indent);
        let lines = out.get(..above)?.lines().map(|line| format!("{margin}{}", line.trim_start()));
        let comments: String = lines.map(|line| format!("{}\n", line.trim_end())).collect();
        out.replace_range(..above, &comments);
        let dash = comments.len() + indent;
        out.replace_range(dash..=dash, "-");
    }
    Some(open.edit(page.start(first), page.start(from), out))
}

/// Whether a line holds nothing that belongs to a value.
fn is_between(page: Page<'_>, line: usize) -> bool {
    page.between(line) != Between::Other
}
