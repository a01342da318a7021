//! The event parser's way through a file: where everything stands, and what a budget file must not contain.

use granit_parser::{ErrorKind, Event, ScalarStyle, ScanError};

use super::causes::cause;
use super::errors::slip;
use super::{Kind, Node};
use crate::diagnostic::{Cure, Diagnostic, Edit};
use crate::limits;
use crate::read::codes;
use crate::source::{FileId, Span, Spanned, line_start};

/// A list or mapping that is still being read.
pub(super) enum Open {
    Sequence { start: usize, items: Vec<Node> },
    Mapping { start: usize, entries: Vec<(Spanned<String>, Node)>, key: Option<Spanned<String>> },
}

pub(super) struct Builder<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    /// The text before forbidden characters were blanked out; in it places must lie between characters.
    pub(super) source: &'a str,
    pub(super) findings: &'a mut Vec<Diagnostic>,
    pub(super) stack: Vec<Open>,
    pub(super) root: Option<Node>,
    pub(super) refused: bool,
}

impl Builder<'_> {
    pub(super) fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        let start = self.source.floor_char_boundary(range.start);
        let end = self.source.floor_char_boundary(range.end).max(start);
        Span { file: self.file, start, end }
    }

    pub(super) fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                self.refuse(
                    span,
                    "the file has more than one document",
                    "split it at `---` into files of their own; a line `---` that belongs to a text is indented as the text is",
                );
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.refuse_anchor(span),
            Event::Scalar(text, style, anchor, tag) => {
                if *anchor != 0 {
                    return self.refuse_anchor(span);
                }
                if tag.is_some() {
                    return self.refuse_tag(span);
                }
                if text.len() > limits::VALUE {
                    let message = format!("this text is longer than {} kB", limits::VALUE >> 10);
                    return self.refuse(
                        span,
                        &message,
                        "no sheet can show it; shorten it, or look for a quote that is not closed",
                    );
                }
                let null =
                    *style == ScalarStyle::Plain && matches!(&**text, "" | "~" | "null" | "Null" | "NULL");
                let kind = if null { Kind::Null } else { Kind::Scalar(text.to_string()) };
                self.value(Node { span, kind });
            }
            Event::SequenceStart(_, anchor, tag) => self.open(
                span,
                *anchor,
                tag.is_some(),
                Open::Sequence { start: span.start, items: Vec::new() },
            ),
            Event::MappingStart(_, anchor, tag) => {
                self.open(
                    span,
                    *anchor,
                    tag.is_some(),
                    Open::Mapping { start: span.start, entries: Vec::new(), key: None },
                );
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            _ => {}
        }
    }

    /// Whether the mapping at the top has all of some keys by now.
    pub(super) fn has_at_top(&self, keys: &[&str]) -> bool {
        let [Open::Mapping { entries, key: None, .. }] = self.stack.as_slice() else {
            return false;
        };
        keys.iter().all(|key| entries.iter().any(|(name, _)| name.value == *key))
    }

    /// What has been read of the mapping at the top.
    pub(super) fn top(mut self) -> Option<Node> {
        let Some(Open::Mapping { start, entries, .. }) = self.stack.pop() else { return None };
        Some(Node { span: Span { file: self.file, start, end: start }, kind: Kind::Mapping(entries) })
    }

    fn open(&mut self, span: Span, anchor: usize, tagged: bool, open: Open) {
        if anchor != 0 {
            return self.refuse_anchor(span);
        }
        if tagged {
            return self.refuse_tag(span);
        }
        if self.stack.len() >= limits::DEPTH {
            let message = format!("lists and mappings nest more than {} deep", limits::DEPTH);
            return self.refuse(span, &message, "look for brackets or dashes that are repeated by mistake");
        }
        self.stack.push(open);
    }

    fn close(&mut self, span: Span) {
        let node = match self.stack.pop() {
            // There may be many, and they stay.
            Some(Open::Sequence { start, mut items }) => {
                items.shrink_to_fit();
                Node { span: self.extent(start, span.end), kind: Kind::Sequence(items) }
            }
            Some(Open::Mapping { start, mut entries, .. }) => {
                entries.shrink_to_fit();
                Node { span: self.extent(start, span.end), kind: Kind::Mapping(entries) }
            }
            None => return,
        };
        self.indented(&node);
        self.value(node);
    }

    /// Reports the lines of a list or mapping in brackets that stand no further in than the block around it, which is no YAML though most
    /// readers take it. A closing bracket may stand there, as many write it.
    fn indented(&mut self, node: &Node) {
        let is_in_brackets = |start: usize| matches!(self.text.as_bytes().get(start), Some(b'[' | b'{'));
        let span = node.span;
        // A list in lines is where its first entry is, which may be one in brackets.
        let is_list = |start: usize, first: Option<&Node>| first.is_some_and(|it| it.span.start == start);
        let is_in_lines = matches!(&node.kind, Kind::Sequence(items) if is_list(span.start, items.first()));
        let block = match self.stack.last() {
            Some(Open::Mapping { start, .. }) if !is_in_brackets(*start) => Some(*start),
            Some(Open::Sequence { start, items }) if is_list(*start, items.first().or(Some(node))) => {
                let before = self.text.get(..*start).unwrap_or_default().trim_end();
                before.ends_with('-').then(|| before.len() - 1)
            }
            _ => None,
        };
        let Some(block) = block.filter(|_| is_in_brackets(span.start) && !is_in_lines) else { return };
        let before = self.text.get(..block).unwrap_or_default();
        let column = before.len() - line_start(before, before.len());
        let mut at = span.start;
        let mut edits = Vec::new();
        let mut first = None;
        for (number, line) in
            self.text.get(span.start..span.end).unwrap_or_default().split_inclusive('\n').enumerate()
        {
            let word = line.trim_start_matches([' ', '\t']);
            let indent = line.len() - word.len();
            let is_content = !word.trim_end().is_empty() && !word.starts_with([']', '}', '#']);
            if number > 0 && indent <= column && is_content {
                let place = Span { start: at + indent, end: at + indent + word.trim_end().len(), ..span };
                first.get_or_insert(place);
                edits.push(Edit {
                    span: Span { end: place.start, ..place },
                    text: " ".repeat(column + 2 - indent),
                });
            }
            at += line.len();
        }
        let Some(first) = first else { return };
        self.findings.push(Diagnostic {
            cure: Some(Cure { edits, is_certain: true }),
            ..Diagnostic::new(codes::SYNTAX, first, "this line is inside brackets and not indented")
                .help("what is between `[` and `]`, or `{` and `}`, stands further in than the key before it")
        });
    }

    /// The place of a list or mapping, without the blank lines that follow a block.
    fn extent(&self, start: usize, end: usize) -> Span {
        let text = self.text.get(start..end).unwrap_or_default();
        Span { file: self.file, start, end: start + text.trim_end().len() }
    }

    fn value(&mut self, node: Node) {
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence { items, .. }) if items.len() >= limits::ENTRIES => {
                let message = format!("this list has more than {} entries", limits::ENTRIES);
                self.refuse(node.span, &message, "keep parts of it in files of their own");
            }
            Some(Open::Sequence { items, .. }) => items.push(node),
            Some(Open::Mapping { entries, key, .. }) => match key.take() {
                Some(name) => entries.push((name, node)),
                None => {
                    let text = match node.kind {
                        Kind::Scalar(text) => text,
                        Kind::Null => {
                            self.text.get(node.span.start..node.span.end).unwrap_or_default().to_owned()
                        }
                        Kind::Sequence(_) | Kind::Mapping(_) => {
                            return self.refuse(
                                node.span,
                                "a key must be a word",
                                "a value that holds `: ` needs quotes around it",
                            );
                        }
                    };
                    let message = match (text.len() > limits::KEY, entries.len() >= limits::KEYS) {
                        (true, _) => {
                            format!("a key must be a word, and this one is longer than {} bytes", limits::KEY)
                        }
                        (_, true) => format!("this mapping has more than {} keys", limits::KEYS),
                        _ => String::new(),
                    };
                    if !message.is_empty() {
                        return self.refuse(
                            node.span,
                            &message,
                            "look for lines that were pasted into the wrong place or repeated by mistake",
                        );
                    }
                    *key = Some(Spanned::new(text, node.span));
                }
            },
        }
    }

    pub(super) fn syntax(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0);
        let start = self.source.floor_char_boundary(at);
        let place =
            |range: std::ops::Range<usize>| Span { file: self.file, start: range.start, end: range.end };
        if let Some(slip) = slip(self.text, start) {
            self.findings.push(slip.finding(self.file));
            return;
        }
        let end = self.source.ceil_char_boundary(start + 1);
        let (message, help) = cause(error.kind());
        let code = match error.kind() {
            ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName => codes::UNSUPPORTED,
            _ => codes::SYNTAX,
        };
        self.findings
            .push(Diagnostic::new(code, place(start..end), message).here("reading stopped here").help(help));
    }

    fn refuse(&mut self, span: Span, message: &str, help: &str) {
        self.refused = true;
        let line = self.text.get(span.start..span.end).unwrap_or_default().lines().next().unwrap_or_default();
        let span = Span { end: span.start + line.len(), ..span };
        self.findings.push(Diagnostic::new(codes::UNSUPPORTED, span, message).help(help));
    }

    /// From the mark of an anchor or a tag, which stands before the value, to the value's end.
    fn with_mark(&self, span: Span, mark: char) -> Span {
        let line = line_start(self.text, span.start);
        let found = self.text.get(line..span.start).and_then(|before| before.find(mark));
        Span { start: found.map_or(span.start, |at| line + at), ..span }
    }

    fn refuse_anchor(&mut self, span: Span) {
        self.refuse(
            self.with_mark(span, '&'),
            "anchors and aliases (`&name`, `*name`) are not part of the format",
            "write the value out; a text that begins with `*` or `&` needs quotes",
        );
    }

    fn refuse_tag(&mut self, span: Span) {
        self.refuse(
            self.with_mark(span, '!'),
            "tags (`!name`) are not part of the format",
            "leave the tag out; a text that begins with `!` needs quotes",
        );
    }
}
