//! A file that is worked on: where its values stand, and what an edit of each is.

use std::sync::Arc;

use super::Value;
use super::value::entry;
use crate::diagnostic::Edit;
use crate::read::{Block, Entry, Form, Kind, Node, Page, Reading, is_escaped, outline, quoted, scalar};
use crate::source::{FileId, SourceMap, Span, Spanned};

type Entries = [(Spanned<String>, Node)];

/// A file that was read and can be edited. Each edit is about the file as it was read.
pub struct Manuscript<'s> {
    pub(super) page: Page<'s>,
    file: FileId,
    pub(super) root: Arc<Node>,
}

impl<'s> Manuscript<'s> {
    /// Opens a file; `None` where it cannot be read, of which its reader has told.
    pub fn of(sources: &'s SourceMap, file: FileId) -> Option<Self> {
        Some(Self::with(sources, file, Arc::new(outline(sources, file)?)))
    }

    /// Opens a file of a reading; `None` where it cannot be read.
    pub fn read(reading: &'s Reading, file: FileId) -> Option<Self> {
        Some(Self::with(&reading.sources, file, reading.tree(file)?))
    }

    fn with(sources: &'s SourceMap, file: FileId, root: Arc<Node>) -> Self {
        Self { page: Page { file: sources.file(file) }, file, root }
    }

    /// A scalar with another text, in the quotation marks or the block that it has where the text allows.
    pub fn set(&self, place: Span, text: &str) -> Option<Edit> {
        let chain = self.chain(place.start);
        let (node, above) = chain.split_last()?;
        let in_flow = above.iter().any(|node| self.page.is_flow(node));
        let old = self.text(node.span.start, node.span.end).trim_end();
        let end = node.span.start + old.len();
        let single = || !text.contains('\'') && !text.chars().any(is_escaped);
        if let Some(head) = self.block_head(node, above).filter(|_| !in_flow) {
            return self.set_block(head, node, above, text);
        }
        let new = match (&node.kind, old.as_bytes().first()) {
            (Kind::Null, None) => {
                let Kind::Mapping(entries) = &above.last()?.kind else { return None };
                let (key, _) = entries.iter().find(|(_, value)| std::ptr::eq(value, *node))?;
                let colon = self.colon(key)?;
                return Some(self.edit(colon, colon, format!(" {}", scalar(text, in_flow))));
            }
            (Kind::Scalar(_), Some(b'"')) => quoted(text),
            (Kind::Scalar(_), Some(b'\'')) if single() => format!("'{text}'"),
            (Kind::Scalar(_) | Kind::Null, _) => scalar(text, in_flow),
            _ => return None,
        };
        Some(self.edit(node.span.start, end, new))
    }

    /// A mapping with a value under a key, which is added at its usual place where it is not there. The place is that of the
    /// mapping, or of one of its scalars.
    pub fn put(&self, line: Span, key: &str, value: &Value) -> Option<Edit> {
        let (mapping, entries, in_flow) = self.mapping(line)?;
        if let Some((name, old)) = entries.iter().find(|(name, _)| name.value == key) {
            return match (&old.kind, value) {
                (Kind::Scalar(_), Value::Text(text)) => self.set(old.span, text),
                _ => self.replace(name, old, value, in_flow),
            };
        }
        let before = entries
            .iter()
            .rposition(|(name, _)| Form::Line.order(&name.value) <= Form::Line.order(key))
            .unwrap_or(0);
        let Some((name, old)) = entries.get(before) else {
            let text = format!("{{{key}: {}}}", value.inline());
            return Some(self.edit(mapping.span.start, mapping.span.end, text));
        };
        if in_flow {
            let end = self.page.end(old).or_else(|| self.colon(name))?;
            return Some(self.edit(end, end, format!(", {key}: {}", value.inline())));
        }
        let line = self.page.last(name.span.end, old) + 1;
        Some(self.lines_at(line, entry(key, value, self.column(name.span.start))))
    }

    /// A mapping without a key; `None` where it does not have it, or nothing would be left.
    pub fn take(&self, line: Span, key: &str) -> Option<Edit> {
        let (_, entries, in_flow) = self.mapping(line)?;
        let at = entries.iter().position(|(name, _)| name.value == key)?;
        let (name, old) = entries.get(at)?;
        let before = at.checked_sub(1).and_then(|at| entries.get(at));
        match (before, entries.get(at + 1)) {
            (Some(before), _) if in_flow => {
                let ends = |(name, value): &(Spanned<String>, Node)| {
                    self.page.end(value).or_else(|| self.colon(name))
                };
                Some(self.edit(ends(before)?, ends(&(name.clone(), old.clone()))?, String::new()))
            }
            (None, Some((next, _))) => Some(self.edit(name.span.start, next.span.start, String::new())),
            (Some(_), _) => {
                let Entry { first, last, .. } = self.page.key(name, old)?;
                Some(self.edit(self.page.start(first), self.page.start(last + 1), String::new()))
            }
            (None, None) => None,
        }
    }

    /// A mapping with one more entry in the list under a key, before the one that is at this place now; written as its neighbor is.
    pub fn insert(&self, line: Span, key: &str, at: usize, value: &Value) -> Option<Edit> {
        let (_, entries, _) = self.mapping(line)?;
        let list = entries.iter().find(|(name, _)| name.value == key);
        let Some((name, items)) = list.and_then(|(name, node)| match &node.kind {
            Kind::Sequence(items) if !items.is_empty() => Some((name, items)),
            _ => None,
        }) else {
            // What stood there alone is the first of the list.
            let alone = list.filter(|(_, node)| matches!(node.kind, Kind::Mapping(_)));
            let alone = alone.map(|(_, node)| Value::of(node, &self.page.file.text));
            return self.put(line, key, &Value::List(alone.into_iter().chain([value.clone()]).collect()));
        };
        let at = at.min(items.len());
        let neighbor = at.checked_sub(1).and_then(|at| items.get(at));
        let list = list.map(|(_, list)| list)?;
        if self.page.is_flow(list) {
            return Some(match neighbor {
                Some(before) => {
                    let end = self.page.end(before)?;
                    self.edit(end, end, format!(", {}", value.inline()))
                }
                None => {
                    let start = items.first()?.span.start;
                    self.edit(start, start, format!("{}, ", value.inline()))
                }
            });
        }
        let (rows, blocks) = self.rows(name, items)?;
        let sibling = neighbor.or(items.first())?;
        let value = match (value, &sibling.kind) {
            (Value::Lines(lines), Kind::Mapping(_)) if self.page.is_flow(sibling) => {
                &Value::Braces(lines.clone())
            }
            _ => value,
        };
        let text = value.item(rows.first()?.indent);
        let pair = blocks.get(at.saturating_sub(2)).zip(blocks.get(at.saturating_sub(2) + 1));
        let is_apart = match pair {
            Some((one, next)) => next.lead > one.end,
            None => text.lines().count() > 1 && rows.first().is_some_and(|row| row.last > row.first),
        };
        let gap = if is_apart { "\n" } else { "" };
        Some(match at.checked_sub(1).and_then(|at| blocks.get(at)) {
            Some(before) => self.lines_at(before.end, format!("{gap}{text}")),
            None => self.lines_at(blocks.first()?.lead, format!("{text}{gap}")),
        })
    }

    /// A list without an entry and the comments above it, where the entries in `gone` leave it too: each by an edit of its own. A list with
    /// nothing else in it goes with its key.
    pub fn drop(&self, item: Span, gone: &[Span]) -> Option<Edit> {
        let chain = self.chain(item.start);
        if let Some(edit) = self.take_alone(&chain, item) {
            return Some(edit);
        }
        let (place, items) = chain.iter().enumerate().rev().find_map(|(at, node)| match &node.kind {
            Kind::Sequence(items) => Some((at, items)),
            _ => None,
        })?;
        let at =
            items.iter().position(|it| chain.get(place + 1).is_some_and(|node| std::ptr::eq(*node, it)))?;
        let list = chain.get(place)?;
        let Kind::Mapping(entries) = &chain.get(place.checked_sub(1)?)?.kind else { return None };
        let (name, _) = entries.iter().find(|(_, value)| std::ptr::eq(value, *list))?;
        let holds = |it: &Node, place: &Span| it.span.start <= place.start && place.start < it.span.end;
        let leaves = |other: usize| {
            other == at || items.get(other).is_some_and(|it| gone.iter().any(|place| holds(it, place)))
        };
        if (0..items.len()).all(leaves) {
            let line = chain.get(place - 1)?.span;
            let in_flow = chain.iter().take(place).any(|node| self.page.is_flow(node));
            let empty = || self.replace(name, list, &Value::List(Vec::new()), in_flow);
            return self.take(line, &name.value).or_else(empty);
        }
        if self.page.is_flow(list) {
            return self.drop_in_brackets(items, at, leaves);
        }
        // What stays in front of an entry keeps its end; where nothing does, what follows keeps its beginning.
        let before = at.checked_sub(1).filter(|_| !(0..at).all(leaves));
        let (_, blocks) = self.rows(name, items)?;
        let block = blocks.get(at)?;
        let (from, to) = match before.and_then(|at| blocks.get(at)) {
            Some(before) => (before.end, block.end),
            None if leaves(at + 1) => (block.lead, blocks.get(at + 1)?.lead),
            None => (block.lead, self.page.without_blanks_after(block.end)),
        };
        Some(self.edit(self.page.start(from), self.page.start(to), String::new()))
    }

    /// A mapping without what stands under a key of it as the only entry of what may be a list.
    fn take_alone(&self, chain: &[&Node], item: Span) -> Option<Edit> {
        let at = chain.iter().position(|node| node.span == item)?;
        let (node, above) = (chain.get(at)?, chain.get(at.checked_sub(1)?)?);
        let Kind::Mapping(entries) = &above.kind else { return None };
        let (name, _) = entries.iter().find(|(_, value)| std::ptr::eq(value, *node))?;
        self.take(above.span, &name.value)
    }

    /// Where the value under a key of a mapping stands.
    pub fn place(&self, line: Span, key: &str) -> Option<Span> {
        let (_, entries, _) = self.mapping(line)?;
        entries.iter().find(|(name, _)| name.value == key).map(|(_, value)| value.span)
    }

    /// Where an entry of a list stands; the place is the list's own.
    pub fn entry(&self, list: Span, at: usize) -> Option<Span> {
        let chain = self.chain(list.start);
        let items = chain.iter().find_map(|node| match &node.kind {
            Kind::Sequence(items) if node.span == list => Some(items),
            _ => None,
        })?;
        items.get(at).map(|item| item.span)
    }

    /// The whole file.
    pub fn top(&self) -> Span {
        self.root.span
    }

    /// The nodes around a place, from the root to the innermost.
    pub(super) fn chain(&self, at: usize) -> Vec<&Node> {
        let mut chain = vec![&*self.root];
        let holds = |node: &&Node| node.span.start <= at && at < node.span.end.max(node.span.start + 1);
        while let Some(node) = chain.last() {
            let next = match &node.kind {
                // A list may be long, and its entries stand in order.
                Kind::Sequence(items) => {
                    let after = items.partition_point(|item| item.span.start <= at);
                    after.checked_sub(1).and_then(|last| items.get(last)).filter(holds)
                }
                Kind::Mapping(entries) => entries.iter().map(|(_, value)| value).find(holds),
                Kind::Null | Kind::Scalar(_) => None,
            };
            match next {
                Some(next) => chain.push(next),
                None => break,
            }
        }
        chain
    }

    /// The innermost mapping around a place, and whether it is written in braces.
    pub(super) fn mapping(&self, line: Span) -> Option<(&Node, &Entries, bool)> {
        let chain = self.chain(line.start);
        let at = chain.iter().rposition(|node| matches!(node.kind, Kind::Mapping(_)))?;
        let in_flow = chain.iter().take(at + 1).any(|node| self.page.is_flow(node));
        let mapping = *chain.get(at)?;
        match &mapping.kind {
            Kind::Mapping(entries) => Some((mapping, entries, in_flow)),
            _ => None,
        }
    }

    /// The entries of a list in lines, with what belongs to each.
    pub(super) fn rows(&self, name: &Spanned<String>, items: &[Node]) -> Option<(Vec<Entry>, Vec<Block>)> {
        let rows = items.iter().map(|item| self.page.item(item)).collect::<Option<Vec<_>>>()?;
        let floor = self.page.line(name.span.end) + 1;
        let blocks = self.page.blocks(&rows, floor, self.page.len())?;
        Some((rows, blocks))
    }

    /// A value in the place of another one of another kind. Comments stay.
    fn replace(&self, name: &Spanned<String>, old: &Node, value: &Value, in_flow: bool) -> Option<Edit> {
        let colon = self.colon(name)?;
        let end = self.page.end(old).unwrap_or(colon);
        if in_flow {
            let edit = self.edit(colon, end, format!(" {}", value.inline()));
            // Comments between brackets have no place elsewhere.
            return Some(edit.clone()).filter(|edit| self.with_comments(name, old, edit.clone()) == *edit);
        }
        let head = self.text(colon, end);
        let is_below = head.trim_start_matches([' ', '\t']).starts_with(['\n', '#']);
        let comment = if is_below { head.lines().next().unwrap_or_default() } else { "" };
        let text = value.behind(self.column(name.span.start), false);
        let text = match text.strip_suffix('\n').map(|text| text.split_once('\n').unwrap_or((text, ""))) {
            Some((first, "")) => format!("{first}{comment}"),
            Some((first, rest)) => format!("{first}{comment}\n{rest}"),
            None => text,
        };
        Some(self.with_comments(name, old, self.edit(colon, end, self.closed(end, text))))
    }

    /// Whole lines before a line.
    pub(super) fn lines_at(&self, line: usize, text: String) -> Edit {
        let at = self.page.start(line);
        if at > 0 && at == self.page.file.text.len() && !self.page.file.text.ends_with('\n') {
            return self.edit(at, at, format!("\n{text}"));
        }
        self.edit(at, at, text)
    }

    /// What ends a file without the end of its last line, with one where a block may need it.
    pub(super) fn closed(&self, end: usize, text: String) -> String {
        let is_open = end == self.page.file.text.len() && text.contains('\n');
        if is_open { text + "\n" } else { text }
    }

    /// Where what follows a key's colon begins.
    pub(super) fn colon(&self, name: &Spanned<String>) -> Option<usize> {
        let rest = self.text(name.span.end, self.page.file.text.len());
        let found =
            rest.find(':').filter(|at| rest.get(..*at).is_some_and(|between| between.trim().is_empty()));
        Some(name.span.end + found? + 1)
    }

    pub(super) fn column(&self, at: usize) -> usize {
        at - self.page.start(self.page.line(at))
    }

    pub(super) fn text(&self, start: usize, end: usize) -> &str {
        self.page.file.text.get(start..end).unwrap_or_default()
    }

    pub(super) fn edit(&self, start: usize, end: usize, text: String) -> Edit {
        Edit { span: Span { file: self.file, start, end }, text }
    }
}
