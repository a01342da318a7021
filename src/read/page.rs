//! How a file is laid out in lines: which lines a key, an entry of a list and a comment take, so that lines can be cut out, put in and
//! changed without a look at the rest.

use super::yaml::{Kind, Node};
use crate::source::{SourceFile, Spanned};

/// How many blanks a text begins with.
pub(crate) fn indent_of(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}

/// A key or an entry of a list, with its value: lines of the file, both inclusive.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// How far it is indented, in bytes.
    pub(crate) indent: usize,
}

/// An entry with the comments that are about it: `lead..end`, in lines.
pub(crate) struct Block {
    pub(crate) lead: usize,
    pub(crate) end: usize,
}

/// What a line is that belongs to no value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Between {
    Blank,
    /// A comment, indented by so many bytes.
    Comment(usize),
    /// Something else: `---`, or a value of a form that is not followed here.
    Other,
}

/// The lines of a file.
#[derive(Clone, Copy)]
pub(crate) struct Page<'f> {
    pub(crate) file: &'f SourceFile,
}

impl Page<'_> {
    pub(crate) fn len(self) -> usize {
        self.file.line_starts().len()
    }

    /// Where a line begins; behind the last one, where the file ends.
    pub(crate) fn start(self, line: usize) -> usize {
        let starts = self.file.line_starts();
        starts.get(line).copied().unwrap_or(self.file.text.len())
    }

    /// The line of a byte.
    pub(crate) fn line(self, at: usize) -> usize {
        let after = self.file.line_starts().partition_point(|&start| start <= at);
        after.saturating_sub(1)
    }

    pub(crate) fn between(self, line: usize) -> Between {
        let text = self.file.text.get(self.start(line)..self.start(line + 1)).unwrap_or_default();
        let inner = text.trim_start_matches([' ', '\t']);
        if inner.trim_end_matches('\n').is_empty() {
            Between::Blank
        } else if inner.starts_with('#') {
            Between::Comment(text.len() - inner.len())
        } else {
            Between::Other
        }
    }

    /// Whether a list or mapping is written in brackets or braces.
    pub(crate) fn is_flow(self, node: &Node) -> bool {
        let start = node.span.start;
        let rest = self.file.text.get(start..).unwrap_or_default();
        match &node.kind {
            // A list that is no further indented than its key has the place of its first entry, which may have brackets.
            Kind::Sequence(items) => {
                rest.starts_with('[') && items.first().is_none_or(|item| item.span.start > start)
            }
            _ => rest.starts_with('{'),
        }
    }

    /// A key at the beginning of a line; `None` where it stands elsewhere, or is written in another way.
    pub(crate) fn key(self, key: &Spanned<String>, value: &Node) -> Option<Entry> {
        let text = &self.file.text;
        let first = self.line(key.span.start);
        let before = text.get(self.start(first)..key.span.start)?;
        let after = text.get(key.span.end..)?.trim_start_matches([' ', '\t']);
        (before.bytes().all(|byte| byte == b' ') && after.starts_with(':')).then(|| Entry {
            first,
            last: self.last(key.span.end, value),
            indent: before.len(),
        })
    }

    /// An entry of a list behind a dash that begins a line: its own, or one above it with nothing but the dash.
    pub(crate) fn item(self, node: &Node) -> Option<Entry> {
        let own = self.line(node.span.start);
        let before = self.file.text.get(self.start(own)..node.span.start)?;
        let (first, before) = match before.trim_start_matches(' ') {
            "" if !matches!(node.kind, Kind::Null) => {
                let above = |line: &usize| self.between(*line) == Between::Other;
                let first = (0..own).rev().find(above)?;
                let line = self.file.text.get(self.start(first)..self.start(first + 1))?;
                (first, line.split_once(" #").map_or(line, |(line, _)| line))
            }
            _ => (own, before),
        };
        let dash = before.trim_end_matches([' ', '\t', '\n', '\r']);
        let indent = dash.strip_suffix('-').filter(|_| first < own || dash.len() < before.len())?;
        indent.bytes().all(|byte| byte == b' ').then(|| Entry {
            first,
            last: self.last(node.span.start + 1, node),
            indent: indent.len(),
        })
    }

    /// The last line of a value; `head` ends what stands before it.
    pub(crate) fn last(self, head: usize, value: &Node) -> usize {
        let end = self.end(value).unwrap_or(head);
        let mut last = self.line(end.saturating_sub(1));
        // The blank lines that follow some blocks (`|+`) are a part of them.
        if keeps_blank_lines(value) {
            while last + 1 < self.len() && self.between(last + 1) == Between::Blank {
                last += 1;
            }
        }
        last
    }

    /// Where a value ends; `None` where there is nothing.
    pub(crate) fn end(self, node: &Node) -> Option<usize> {
        let (start, end) = (node.span.start, node.span.end);
        match &node.kind {
            Kind::Sequence(_) | Kind::Mapping(_) if self.is_flow(node) => Some(end),
            Kind::Sequence(items) => items.iter().rev().find_map(|item| self.end(item)),
            Kind::Mapping(entries) => {
                let (key, value) = entries.last()?;
                Some(self.end(value).unwrap_or(key.span.end))
            }
            Kind::Null | Kind::Scalar(_) => {
                let written = self.file.text.get(start..end)?;
                let written = written.trim_end_matches([' ', '\t', '\n']);
                (!written.is_empty()).then_some(start + written.len())
            }
        }
    }

    /// What belongs to each of some entries that stand below each other, between two lines. `None` where anything but comments
    /// and blank lines is between them.
    pub(crate) fn blocks(self, entries: &[Entry], floor: usize, ceiling: usize) -> Option<Vec<Block>> {
        let mut blocks: Vec<Block> = Vec::with_capacity(entries.len());
        let indent = entries.first()?.indent;
        for (at, entry) in entries.iter().enumerate() {
            let lead = match blocks.last() {
                Some(before) => {
                    let mut gap = before.end..entry.first;
                    gap.find(|line| self.between(*line) != Between::Blank).unwrap_or(entry.first)
                }
                None => self.lead(entry.first, floor),
            };
            let next = entries.get(at + 1);
            let gap = entry.last + 1..next.map_or(ceiling, |next| next.first);
            let is_apart =
                gap.start <= gap.end && gap.clone().all(|line| self.between(line) != Between::Other);
            if entry.indent != indent || next.is_some() && !is_apart {
                return None;
            }
            let mut end = gap.start;
            for line in gap {
                match self.between(line) {
                    Between::Blank => {}
                    Between::Comment(deep) if deep > indent => end = line + 1,
                    Between::Comment(_) | Between::Other => break,
                }
            }
            blocks.push(Block { lead, end });
        }
        Some(blocks)
    }

    /// The first of the comments directly above a line.
    pub(crate) fn lead(self, line: usize, floor: usize) -> usize {
        let is_comment = |line: &usize| matches!(self.between(*line), Between::Comment(_));
        line - (floor..line).rev().take_while(is_comment).count()
    }

    pub(crate) fn without_blanks_after(self, line: usize) -> usize {
        let is_blank = |line: &usize| self.between(*line) == Between::Blank;
        line + (line..self.len()).take_while(is_blank).count()
    }
}

/// Whether a value ends with a block that takes in the blank lines below it.
fn keeps_blank_lines(node: &Node) -> bool {
    match &node.kind {
        Kind::Null => false,
        Kind::Scalar(text) => {
            text.ends_with("\n\n") || !text.is_empty() && text.bytes().all(|byte| byte == b'\n')
        }
        Kind::Sequence(items) => items.last().is_some_and(keeps_blank_lines),
        Kind::Mapping(entries) => entries.last().is_some_and(|(_, value)| keeps_blank_lines(value)),
    }
}
