//! What YAML takes apart, or together, against what was meant: values cut at a comma, and entries of a list without hyphens.

use std::collections::{BTreeMap, BTreeSet};

use super::super::shapes::{LISTS, is_amount_key};
use super::super::written::quoted;
use super::super::{codes, keys};
use super::places::texts_as_keys;
use super::{Kind, Node};
use crate::diagnostic::{Cure, Diagnostic, Edit};
use crate::model::fold_text;
use crate::source::{Span, Spanned, line_start};

type Entry = (Spanned<String>, Node);

/// Puts a tree in order and reports each slip once; `key` is what the tree stands under.
pub(super) fn mend(node: &mut Node, key: Option<&str>, text: &str, findings: &mut Vec<Diagnostic>) {
    let entries = match &mut node.kind {
        Kind::Sequence(items) => {
            findings.extend(hyphens_left_out(items, key.unwrap_or_default(), text));
            return items.iter_mut().for_each(|item| mend(item, None, text, findings));
        }
        Kind::Mapping(entries) => entries,
        Kind::Null | Kind::Scalar(_) => return,
    };
    if text.get(node.span.start..).is_some_and(|rest| rest.starts_with('{')) {
        joined(entries, text, findings);
    }
    outdented(entries, text, findings);
    texts_as_keys(entries, text, findings);
    let again: Vec<(Spanned<String>, Span)> = entries
        .iter()
        .enumerate()
        .filter_map(|(at, (name, _))| {
            let (first, _) = entries.iter().take(at).find(|(first, _)| first.value == name.value)?;
            Some((name.clone(), first.span))
        })
        .collect();
    let first = entries.first().map(|(key, _)| key.value.clone()).unwrap_or_default();
    let is_list = again.iter().any(|(name, _)| name.value == first)
        && key.is_some_and(|key| LISTS.contains(&key) || keys::meant(key, &LISTS).is_some());
    if is_list {
        findings.extend(without_hyphens(entries, key.unwrap_or_default(), text));
    } else {
        findings.extend(again.iter().map(|(name, first)| twice(name, *first)));
    }
    for (key, value) in entries.iter_mut() {
        mend(value, Some(&key.value), text, findings);
    }
    if is_list {
        let entries = std::mem::take(entries);
        node.kind = Kind::Sequence(parted(entries, |key| key.value == first));
    }
}

fn twice(name: &Spanned<String>, first: Span) -> Diagnostic {
    Diagnostic::new(codes::DUPLICATE_KEY, name.span, format!("the key `{}` is given twice", name.value))
        .here("given again here")
        .also(first, "first given here")
        .help("keep one of the two; which of them counts must not be left to chance")
}

/// `programs:` with the keys of several programs one below the other.
fn without_hyphens(entries: &[Entry], list: &str, text: &str) -> Option<Diagnostic> {
    let (Spanned { value: first, span: place }, _) = entries.first()?;
    let starts: Vec<Span> =
        entries.iter().filter(|(key, _)| key.value == *first).map(|(key, _)| key.span).collect();
    let edits: Vec<Edit> = starts
        .iter()
        .filter(|span| text.get(..span.start).is_some_and(|before| before.ends_with("  ")))
        .map(|span| Edit {
            span: Span { start: span.start - 2, end: span.start, ..*span },
            text: "- ".to_owned(),
        })
        .collect();
    let message = format!("the {} entries of `{list}` are not parted by hyphens", starts.len());
    let finding = Diagnostic::new(codes::SYNTAX, *place, message)
        .help(format!("begin each with a hyphen: `- {first}: …`, its other keys two blanks further in"));
    Some(finding.cure((edits.len() == starts.len()).then_some(Cure { edits, is_certain: true })))
}

/// `- id: a` and its keys, and below them `id: b` and its own, without a hyphen: parts the entries, and says so once.
fn hyphens_left_out(items: &mut Vec<Node>, list: &str, text: &str) -> Option<Diagnostic> {
    let mut edits = Vec::new();
    let all = Vec::with_capacity(items.len());
    for item in std::mem::replace(items, all) {
        let starts = match &item.kind {
            Kind::Mapping(entries)
                if text.get(item.span.start..).is_some_and(|rest| !rest.starts_with('{')) =>
            {
                begun_again(entries)
            }
            _ => Vec::new(),
        };
        if starts.is_empty() {
            items.push(item);
            continue;
        }
        let before = |at: usize| text.get(line_start(text, at)..at);
        let hyphen = before(item.span.start).and_then(|line| line.rfind('-'));
        let edit = |key: &Spanned<String>| {
            let line = before(key.span.start).filter(|line| line.trim().is_empty())?;
            let start = key.span.start - line.len() + hyphen.filter(|hyphen| *hyphen < line.len())?;
            Some((
                key.clone(),
                Edit { span: Span { start, end: start + 1, ..key.span }, text: "-".to_owned() },
            ))
        };
        let found: Option<Vec<_>> = starts.iter().map(edit).collect();
        match (item.kind, found) {
            (Kind::Mapping(entries), Some(found)) if !found.is_empty() => {
                edits.extend(found);
                items.extend(parted(entries, |key| starts.iter().any(|start| start.span == key.span)));
            }
            (kind, _) => items.push(Node { kind, ..item }),
        }
    }
    let (first, _) = edits.first()?.clone();
    let message = match edits.len() {
        1 => format!("an entry of `{list}` begins without its hyphen"),
        many => format!("{many} entries of `{list}` begin without their hyphens"),
    };
    let finding = Diagnostic::new(codes::SYNTAX, first.span, message)
        .help(format!("begin each entry with a hyphen: `- {}: …`", first.value));
    Some(finding.cure(Cure { edits: edits.into_iter().map(|(_, edit)| edit).collect(), is_certain: true }))
}

/// The keys with which another entry begins in a mapping: its first key, or a title, that is given again together with others.
fn begun_again(entries: &[Entry]) -> Vec<Spanned<String>> {
    let Some((first, _)) = entries.first() else { return Vec::new() };
    let begins = [first.value.as_str(), "id", "title"];
    let is_again = |name: &&str| entries.iter().filter(|(key, _)| key.value == **name).nth(1).is_some();
    if !begins.iter().any(is_again) {
        return Vec::new();
    }
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, _) in entries {
        *times.entry(&key.value).or_default() += 1;
    }
    let (mut starts, mut known, mut again) = (Vec::new(), BTreeSet::new(), Vec::new());
    for (key, _) in entries {
        let name = key.value.as_str();
        if known.contains(name) {
            if !begins.contains(&name) {
                return Vec::new();
            }
            starts.push(key.clone());
            again.push(0);
            known.clear();
        }
        if let Some(again) = again.last_mut() {
            *again += usize::from(times.get(name) > Some(&1));
        }
        known.insert(name);
    }
    if again.iter().all(|again| *again > 1) { starts } else { Vec::new() }
}

/// `programs:` with the keys of its entries below it that do not stand further in: they would be keys of the chapter once more.
fn outdented(entries: &mut Vec<Entry>, text: &str, findings: &mut Vec<Diagnostic>) {
    let is_empty_list =
        |(key, value): &Entry| value.kind == Kind::Null && LISTS.contains(&key.value.as_str());
    let Some(at) = (1..entries.len()).find(|&at| {
        let (before, rest) = entries.split_at(at);
        let is_again = |(key, _): &Entry| before.iter().any(|(known, _)| known.value == key.value);
        before.last().is_some_and(is_empty_list) && rest.first().is_some_and(is_again)
    }) else {
        return;
    };
    let below = entries.split_off(at);
    let (Some((list, node)), Some((first, last))) = (entries.last_mut(), below.first().zip(below.last()))
    else {
        return;
    };
    let (place, name) = (first.0.span, first.0.value.clone());
    let end = last.1.span.end;
    let begin = line_start(text, place.start);
    let starts: Vec<usize> =
        below.iter().filter(|(key, _)| key.value == name).map(|(key, _)| key.span.start).collect();
    let lines = text.get(begin..end).unwrap_or_default().split_inclusive('\n').scan(begin, |start, line| {
        let own = *start;
        *start += line.len();
        Some((own, line))
    });
    let indent = place.start - begin;
    let edits = lines.filter(|(_, line)| !line.trim().is_empty()).map(|(start, _)| {
        let place_here = Span { start: start + indent, end: start + indent, ..place };
        let mark = if starts.contains(&place_here.start) { "- " } else { "  " };
        Edit { span: place_here, text: mark.to_owned() }
    });
    let message = format!("the entries of `{}` do not stand below it", list.value);
    findings.push(
        Diagnostic::new(codes::SYNTAX, place, message)
            .also(list.span, "the list")
            .help(format!(
                "begin each entry with a hyphen, `- {name}: …`, and set its other keys two blanks further in"
            ))
            .cure(Cure { edits: edits.collect(), is_certain: true }),
    );
    *node =
        Node { span: Span { end, ..place }, kind: Kind::Sequence(parted(below, |key| key.value == name)) };
}

/// Entries in mappings of their own.
fn parted(entries: Vec<Entry>, begins: impl Fn(&Spanned<String>) -> bool) -> Vec<Node> {
    let mut parts: Vec<Node> = Vec::new();
    for (key, value) in entries {
        let span = Span { end: value.span.end, ..key.span };
        match parts.last_mut() {
            Some(Node { span: whole, kind: Kind::Mapping(entries) }) if !begins(&key) => {
                whole.end = span.end;
                entries.push((key, value));
            }
            _ => parts.push(Node { span, kind: Kind::Mapping(vec![(key, value)]) }),
        }
    }
    parts
}

/// `{requested: 4,592}` is two entries to YAML: `requested: 4` and `592`; so is a text with a comma in it. Says so once for
/// each value and joins it again.
fn joined(entries: &mut Vec<Entry>, text: &str, findings: &mut Vec<Diagnostic>) {
    let mut mended: Vec<Entry> = Vec::with_capacity(entries.len());
    let mut split: Option<usize> = None;
    for (mut key, value) in entries.drain(..) {
        if let Some(finding) = mended.last_mut().and_then(|before| comma_left_out(before, &mut key, text)) {
            split = None;
            findings.push(finding);
        }
        let is_key = key.value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if let Some((_, Node { span, kind: Kind::Scalar(head) })) = mended.last_mut()
            && value.kind == Kind::Null
            && !is_key
        {
            span.end = key.span.end;
            *head = text.get(span.start..span.end).unwrap_or_default().to_owned();
            split = Some(mended.len() - 1);
            continue;
        }
        if let Some(at) = split.take() {
            findings.extend(mended.get(at).map(split_value));
        }
        mended.push((key, value));
    }
    findings.extend(split.and_then(|at| mended.get(at)).map(split_value));
    *entries = mended;
}

/// `{requested: 15,160 prior: 90}`: to YAML the amount is 15, and `160 prior` a key. Gives each what is its own.
fn comma_left_out((name, value): &mut Entry, key: &mut Spanned<String>, text: &str) -> Option<Diagnostic> {
    let (head, word) = key.value.rsplit_once(char::is_whitespace)?;
    let written = text.get(key.span.start..key.span.end).filter(|written| *written == key.value)?;
    if !keys::is_key(word) || !matches!(value.kind, Kind::Scalar(_)) {
        return None;
    }
    let start = key.span.start + written.len() - word.len();
    let end = key.span.start + head.trim_end().len();
    let whole = text.get(value.span.start..end)?;
    key.span.start = start;
    let message = format!("no comma stands before `{word}`");
    let help = format!("part the entries with a comma, `, {word}: …`");
    key.value = word.to_owned();
    let finding = Diagnostic::new(codes::SYNTAX, key.span, message).help(help);
    let is_plain = !whole.contains(['"', '\'', '\n', '#', ':', '{', '[']);
    let has_digits = whole.starts_with(|c: char| !c.is_alphabetic());
    let is_meant = is_plain && is_one(whole) && is_amount_key(&name.value) == has_digits;
    value.span.end = end;
    value.kind = Kind::Scalar(whole.to_owned());
    let edit = Edit { span: Span { end: start, ..value.span }, text: format!("{}, ", quoted(whole)) };
    Some(finding.cure(is_meant.then(|| Cure { edits: vec![edit], is_certain: false })))
}

fn split_value((key, value): &Entry) -> Diagnostic {
    let Kind::Scalar(text) = &value.kind else {
        return Diagnostic::new(codes::SPLIT_VALUE, value.span, "a value is cut at its comma");
    };
    let shown = if text.chars().count() > 24 {
        format!("{}…", text.chars().take(24).collect::<String>())
    } else {
        text.clone()
    };
    let head = text.split(',').next().unwrap_or_default();
    let head = if head.chars().count() > 24 { "the part before it" } else { head };
    let finding = Diagnostic::new(
        codes::SPLIT_VALUE,
        value.span,
        format!("inside braces `{}: {shown}` is cut at the comma", key.value),
    )
    .here(format!("YAML reads only `{head}`"));
    match is_one(text) {
        true => finding
            .cure(Cure::certain(value.span, quoted(text)))
            .help("or write the keys on lines of their own"),
        false => finding.help("give each amount its key, or put a text with a comma in quotes"),
    }
}

/// Whether the pieces of a value that was cut at its commas are one amount or one text, and no amounts without their keys.
fn is_one(text: &str) -> bool {
    let is_number = |piece: &str| {
        let bare = fold_text(piece.trim().trim_start_matches(['△', '▲', '-', '+']));
        !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let begins = |piece: &str| {
        piece
            .chars()
            .take(3)
            .filter(|c| fold_text(&c.to_string()).chars().all(|c| c.is_ascii_digit()))
            .count()
            == 3
    };
    let mut pieces = text.split(',');
    let is_amount =
        pieces.next().is_some_and(|head| head.trim().ends_with(char::is_numeric) && is_number(head));
    pieces.all(|piece| if is_amount { begins(piece) } else { !is_number(piece) })
}
