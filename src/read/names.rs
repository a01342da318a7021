//! Entries of a list that are written behind their names, as a table has them: `- 事業A: {requested: 60}`, `accounts: {一般会計: 60}`. Each name has
//! a key of its own, and so has a value that stands alone behind it.

use super::choices::named;
use super::codes;
use super::fields::article;
use super::line::{NOTE_KINDS, NoteWord};
use super::written::scalar;
use super::yaml::{Kind, Node};
use super::{Reader, keys, synonyms};
use crate::diagnostic::{Cure, Diagnostic, Edit};
use crate::model::Id;
use crate::source::{Span, Spanned, line_start};

type Entry = (Spanned<String>, Node);

/// What is called by a name; the key of the name, and of one that is an id; the key of a value alone, which may be none.
const NAMED: [(&str, &str, &str, &str); 12] = [
    ("program", "title", "id", "requested"),
    ("part of `accounts`", "name", "name", "requested"),
    ("part of `instruments`", "name", "name", "requested"),
    ("citation", "title", "id", ""),
    ("policy basis", "cite", "cite", "quote"),
    ("area", "title", "title", "body"),
    ("group", "title", "title", "count"),
    ("recipient", "name", "name", "count"),
    ("node", "label", "id", "label"),
    ("figure", "title", "id", "image"),
    ("chart part", "label", "label", "percent"),
    ("`accept`", "rule", "rule", "reason"),
];

impl Reader {
    /// Reports names where keys are to stand, where they do.
    pub(super) fn names_as_keys(&mut self, node: &Node, what: &'static str, known: &[&str]) -> bool {
        let Kind::Mapping(entries) = &node.kind else { return false };
        let is_known = |key: &str| known.contains(&key) || keys::meant(key, known).is_some();
        let Some(((first, value), others)) = entries.split_first() else { return false };
        let words = |name: &str| self.words_for(name, what);
        if is_known(&first.value) {
            return false;
        }
        // `- 事業A:` above the keys of the entry.
        let is_heading = value.kind == Kind::Null
            && !others.is_empty()
            && others.iter().all(|(key, _)| is_known(&key.value));
        let all: Option<Vec<(&'static str, String, &'static str)>> = entries
            .iter()
            .map(|(key, value)| {
                words(&key.value).filter(|_| !is_known(&key.value) && value.kind != Kind::Null)
            })
            .collect();
        let (heads, below) = match all {
            Some(heads) => (heads, entries.as_slice()),
            None if is_heading => match words(&first.value) {
                Some((key, ..)) if node.get(key).is_some() => return false,
                Some(head) => (vec![head], entries.get(..1).unwrap_or_default()),
                None => return false,
            },
            None => return false,
        };
        let edits: Option<Vec<Edit>> = match self.sources.slice(node.span).starts_with('{') {
            true => self.in_braces(node, below, &heads),
            false => heads
                .iter()
                .zip(below)
                .enumerate()
                .map(|(at, (head, entry))| self.in_lines(at, head, entry))
                .collect(),
        };
        let Some((key, ..)) = heads.first() else { return false };
        let finding = Diagnostic::new(
            codes::UNKNOWN_KEY,
            first.span,
            format!("{} {what} is written behind its name", article(what)),
        );
        let cure = edits.map(|edits| Cure { edits, is_certain: false });
        let help = format!("the name has a key of its own, `{key}`, beside the others");
        self.findings.push(finding.help(help).cure(cure));
        true
    }

    /// The key of a name, the name as it is written behind it, and the key of a value alone.
    fn words_for(&self, name: &str, what: &str) -> Option<(&'static str, String, &'static str)> {
        if what == "note" {
            let word = named(NOTE_KINDS, name).map(|_| name);
            let word = word.or_else(|| synonyms::said(NOTE_KINDS, name, self.examples.lang))?;
            let value = match named(NOTE_KINDS, word)? {
                NoteWord::Joint => "with",
                NoteWord::InAddition | NoteWord::Remark => "text",
                _ => "of",
            };
            return Some(("kind", word.to_owned(), value));
        }
        let (_, key, id, value) = NAMED.iter().find(|(known, ..)| *known == what)?;
        let is_id = Id::parse(name).is_ok();
        let key = if is_id { id } else { key };
        let value = if value.is_empty() && is_id { "title" } else { value };
        Some((key, scalar(name, true), value))
    }

    /// An entry between braces: its name, and what stands behind it.
    fn braced(&self, (key, name, alone): &(&str, String, &str), value: &Node) -> Option<String> {
        Some(match &value.kind {
            Kind::Scalar(_) if alone.is_empty() => return None,
            Kind::Scalar(text) => format!("{{{key}: {name}, {alone}: {}}}", scalar(text.trim_end(), true)),
            Kind::Mapping(_) => {
                let inside = self.sources.slice(value.span).strip_prefix('{')?.trim_start();
                let comma = if inside.starts_with('}') { "" } else { ", " };
                format!("{{{key}: {name}{comma}{inside}")
            }
            Kind::Null | Kind::Sequence(_) => return None,
        })
    }

    /// `{一般会計: 60, 特別会計: 40}`: a list of entries in braces.
    fn in_braces(
        &self,
        node: &Node,
        entries: &[Entry],
        heads: &[(&'static str, String, &'static str)],
    ) -> Option<Vec<Edit>> {
        let each: Option<Vec<String>> =
            heads.iter().zip(entries).map(|(head, (_, value))| self.braced(head, value)).collect();
        let each = each?;
        let is_item = self.is_item(node.span);
        let text = match each.as_slice() {
            [one] => one.clone(),
            _ if is_item => return None,
            all => format!("[{}]", all.join(", ")),
        };
        Some(vec![Edit { span: node.span, text }])
    }

    /// One of several entries in lines.
    fn in_lines(
        &self,
        at: usize,
        head: &(&'static str, String, &'static str),
        (key, value): &Entry,
    ) -> Option<Edit> {
        let text = &self.sources.file(key.span.file).text;
        let column = key.span.start - line_start(text, key.span.start);
        let is_item = at == 0 && self.is_item(key.span);
        let is_inner =
            at > 0 && text.get(..key.span.start)?.ends_with("  ") && self.follows_item(key.span, column);
        let (start, mark, column) = match (is_item, is_inner) {
            (true, _) => (key.span.start, "", column),
            (_, true) => (key.span.start - 2, "- ", column),
            _ => (key.span.start, "- ", column + 2),
        };
        let (name, written) = (head.0, &head.1);
        if value.kind == Kind::Null {
            return Some(Edit {
                span: Span { start, end: key.span.end + 1, ..key.span },
                text: format!("{mark}{name}: {written}"),
            });
        }
        let span = Span { start, end: value.span.end, ..key.span };
        if let Some(braced) = self.braced(head, value) {
            return Some(Edit { span, text: format!("{mark}{braced}") });
        }
        // The keys of the entry, each line as far in as its name.
        let between = text.get(key.span.end..value.span.start)?;
        let Kind::Mapping(_) = &value.kind else { return None };
        let indent = between.rsplit('\n').next()?.len();
        if !between.trim_start_matches(':').trim().is_empty() || !between.contains('\n') {
            return None;
        }
        let lines = self.sources.slice(value.span).lines().enumerate().map(|(at, line)| {
            let own = line.len() - line.trim_start_matches(' ').len();
            let further = if at == 0 { 0 } else { own.saturating_sub(indent) };
            if line.trim().is_empty() {
                String::new()
            } else {
                format!("\n{}{}", " ".repeat(column + further), line.trim_start_matches(' '))
            }
        });
        Some(Edit { span, text: format!("{mark}{name}: {written}{}", lines.collect::<String>()) })
    }

    /// Whether a hyphen stands before a place.
    fn is_item(&self, span: Span) -> bool {
        let text = &self.sources.file(span.file).text;
        text.get(..span.start).is_some_and(|before| before.trim_end_matches(' ').ends_with('-'))
    }

    /// Whether the entry in a column that a place belongs to begins with a hyphen.
    fn follows_item(&self, span: Span, column: usize) -> bool {
        let text = &self.sources.file(span.file).text;
        let before = text.get(..span.start).unwrap_or_default();
        let head = before
            .lines()
            .rev()
            .skip(1)
            .find(|line| line.len() - line.trim_start_matches(' ').len() < column);
        head.is_some_and(|line| line.trim_start().starts_with("- "))
    }
}
