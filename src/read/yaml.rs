//! From text to a tree of [`Node`]s: every scalar verbatim, everything with its place.
//!
//! Two readers look at each file. The event parser says where everything stands and finds what a budget file must not
//! contain (duplicate keys, anchors, deep nesting); serde_yaml then reads the values, and its text is what counts. If the two
//! disagree the file is refused: an amount must never depend on which reader one asks.

use std::fmt;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};

use super::codes;
use super::yaml_errors::{Slip, cause, cure, slip};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceMap, Span, Spanned};

/// How deep lists and mappings may nest. A program tree of ten levels needs about thirty.
const DEPTH_LIMIT: usize = 100;

/// How many findings of one kind are shown for one file.
const REPEAT_LIMIT: usize = 10;

/// A value of the YAML tree with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// A scalar, as text.
    Scalar(String),
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping, its keys in order.
    Mapping(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// The value under a key of a mapping.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let Kind::Mapping(entries) = &self.kind else {
            return None;
        };
        entries
            .iter()
            .find(|(name, _)| name.value == key)
            .map(|(_, value)| value)
    }
}

/// Reads a file into a tree. `None` when the file is too broken to go on; the findings say why.
pub(super) fn tree(
    sources: &SourceMap,
    file: FileId,
    findings: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let source = sources.file(file);
    if let Some(at) = source.invalid_at {
        let span = Span {
            file,
            start: at,
            end: at + '\u{FFFD}'.len_utf8(),
        };
        findings.push(
            Diagnostic::new(codes::ENCODING, span, format!("`{}` is not UTF-8 text", source.name))
                .here("the first character that is not")
                .help("save the file as UTF-8: in Notepad or Excel choose the encoding `UTF-8`; it may be Shift_JIS now"),
        );
        return None;
    }
    let text = without_forbidden_characters(&source.text, file, findings);
    let mut builder = Builder {
        file,
        text: &text,
        source: &source.text,
        findings,
        stack: Vec::new(),
        root: None,
        refused: false,
    };
    for event in Parser::new_from_str(&text) {
        match event {
            Ok((event, span)) => builder.event(&event, builder.span(&span)),
            Err(error) => {
                builder.syntax(&error);
                return None;
            }
        }
        if builder.refused {
            return None;
        }
    }
    let Some(mut root) = builder.root.filter(|root| root.kind != Kind::Null) else {
        let span = Span {
            file,
            start: 0,
            end: 0,
        };
        findings.push(
            Diagnostic::new(codes::SYNTAX, span, format!("`{}` is empty", source.name))
                .help("a chapter begins with `gaisan: 1`, a program with `id: …`"),
        );
        return None;
    };
    match Verbatim(&mut root).deserialize(serde_yaml::Deserializer::from_str(&text)) {
        Ok(()) => {
            mend_split_values(&mut root, &text, findings);
            Some(root)
        }
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index());
            let start = source.text.floor_char_boundary(at);
            findings.push(
                Diagnostic::new(
                    codes::SYNTAX,
                    Span {
                        file,
                        start,
                        end: start,
                    },
                    format!("this cannot be read as YAML: {error}"),
                )
                .help("put the value in quotes, or write it on a line of its own"),
            );
            None
        }
    }
}

/// Reports characters that YAML readers treat differently, and replaces them by as many bytes of blanks so that reading goes on.
fn without_forbidden_characters(
    text: &str,
    file: FileId,
    findings: &mut Vec<Diagnostic>,
) -> String {
    let name = |character: char| match character {
        '\u{2028}' => Some("a line separator (U+2028)".to_owned()),
        '\u{2029}' => Some("a paragraph separator (U+2029)".to_owned()),
        '\u{85}' => Some("a next-line character (U+0085)".to_owned()),
        '\u{FEFF}' => Some("a byte order mark (U+FEFF) inside the text".to_owned()),
        '\n' | '\r' | '\t' => None,
        other if other.is_control() || matches!(other, '\u{FFFE}' | '\u{FFFF}') => {
            Some(format!("a control character (U+{:04X})", u32::from(other)))
        }
        _ => None,
    };
    let mut clean = String::with_capacity(text.len());
    let mut found = 0;
    for (start, character) in text.char_indices() {
        let Some(name) = name(character) else {
            clean.push(character);
            continue;
        };
        clean.extend(std::iter::repeat_n(' ', character.len_utf8()));
        found += 1;
        if found <= REPEAT_LIMIT {
            let span = Span {
                file,
                start,
                end: start + character.len_utf8(),
            };
            findings.push(
                Diagnostic::new(codes::CHARACTER, span, format!("the text contains {name}"))
                    .here("here, though it cannot be seen")
                    .help("delete it and, where a new line is meant, press Enter; such characters come along when text is pasted from Word or a PDF"),
            );
        }
    }
    clean
}

/// `{requested: 4,592}` is two entries to YAML: `requested: 4` and `592`; so is a text with a comma in it. Says so once for
/// each value and joins it again.
fn mend_split_values(node: &mut Node, text: &str, findings: &mut Vec<Diagnostic>) {
    let entries = match &mut node.kind {
        Kind::Sequence(items) => {
            return items
                .iter_mut()
                .for_each(|item| mend_split_values(item, text, findings));
        }
        Kind::Mapping(entries) => entries,
        Kind::Null | Kind::Scalar(_) => return,
    };
    let in_braces = text
        .get(node.span.start..)
        .is_some_and(|rest| rest.starts_with('{'));
    let mut mended: Vec<(Spanned<String>, Node)> = Vec::with_capacity(entries.len());
    let mut split: Option<usize> = None;
    for (key, mut value) in entries.drain(..) {
        let is_key = key
            .value
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if let Some((
            _,
            Node {
                span,
                kind: Kind::Scalar(head),
            },
        )) = mended.last_mut()
            && in_braces
            && value.kind == Kind::Null
            && !is_key
        {
            span.end = key.span.end;
            *head = text
                .get(span.start..span.end)
                .unwrap_or_default()
                .to_owned();
            split = Some(mended.len() - 1);
            continue;
        }
        if let Some(at) = split.take() {
            findings.extend(mended.get(at).map(split_value));
        }
        mend_split_values(&mut value, text, findings);
        mended.push((key, value));
    }
    findings.extend(split.and_then(|at| mended.get(at)).map(split_value));
    *entries = mended;
}

fn split_value((key, value): &(Spanned<String>, Node)) -> Diagnostic {
    let Kind::Scalar(text) = &value.kind else {
        return Diagnostic::new(
            codes::SPLIT_VALUE,
            value.span,
            "a value is cut at its comma",
        );
    };
    let shown = if text.chars().count() > 24 {
        format!("{}…", text.chars().take(24).collect::<String>())
    } else {
        text.clone()
    };
    let head = text.split(',').next().unwrap_or_default();
    let head = if head.chars().count() > 24 {
        "the part before it"
    } else {
        head
    };
    Diagnostic::new(
        codes::SPLIT_VALUE,
        value.span,
        format!("inside braces `{}: {shown}` is cut at the comma", key.value),
    )
    .here(format!("YAML reads only `{head}`"))
    .help(format!(
        "put the value in quotes, `{}: \"{shown}\"`, or write the keys on lines of their own",
        key.value
    ))
}

/// A list or mapping that is still being read.
enum Open {
    Sequence {
        start: usize,
        items: Vec<Node>,
    },
    Mapping {
        start: usize,
        entries: Vec<(Spanned<String>, Node)>,
        key: Option<Spanned<String>>,
    },
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    /// The text before forbidden characters were blanked out; in it places must lie between characters.
    source: &'a str,
    findings: &'a mut Vec<Diagnostic>,
    stack: Vec<Open>,
    root: Option<Node>,
    refused: bool,
}

impl Builder<'_> {
    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        let start = self.source.floor_char_boundary(range.start);
        let end = self.source.floor_char_boundary(range.end).max(start);
        Span {
            file: self.file,
            start,
            end,
        }
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                self.refuse(
                    span,
                    "the file has more than one document",
                    "split it at `---` into files of their own",
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
                let null = *style == ScalarStyle::Plain
                    && matches!(&**text, "" | "~" | "null" | "Null" | "NULL");
                let kind = if null {
                    Kind::Null
                } else {
                    Kind::Scalar(text.to_string())
                };
                self.value(Node { span, kind });
            }
            Event::SequenceStart(_, anchor, tag) => self.open(
                span,
                *anchor,
                tag.is_some(),
                Open::Sequence {
                    start: span.start,
                    items: Vec::new(),
                },
            ),
            Event::MappingStart(_, anchor, tag) => {
                self.open(
                    span,
                    *anchor,
                    tag.is_some(),
                    Open::Mapping {
                        start: span.start,
                        entries: Vec::new(),
                        key: None,
                    },
                );
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            _ => {}
        }
    }

    fn open(&mut self, span: Span, anchor: usize, tagged: bool, open: Open) {
        if anchor != 0 {
            return self.refuse_anchor(span);
        }
        if tagged {
            return self.refuse_tag(span);
        }
        if self.stack.len() >= DEPTH_LIMIT {
            let message = format!("lists and mappings nest more than {DEPTH_LIMIT} deep");
            return self.refuse(
                span,
                &message,
                "look for brackets or dashes that are repeated by mistake",
            );
        }
        self.stack.push(open);
    }

    fn close(&mut self, span: Span) {
        let node = match self.stack.pop() {
            Some(Open::Sequence { start, items }) => Node {
                span: self.extent(start, span.end),
                kind: Kind::Sequence(items),
            },
            Some(Open::Mapping { start, entries, .. }) => Node {
                span: self.extent(start, span.end),
                kind: Kind::Mapping(entries),
            },
            None => return,
        };
        self.value(node);
    }

    /// The place of a list or mapping, without the blank lines that follow a block.
    fn extent(&self, start: usize, end: usize) -> Span {
        let text = self.text.get(start..end).unwrap_or_default();
        Span {
            file: self.file,
            start,
            end: start + text.trim_end().len(),
        }
    }

    fn value(&mut self, node: Node) {
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence { items, .. }) => items.push(node),
            Some(Open::Mapping { entries, key, .. }) => match key.take() {
                Some(name) => entries.push((name, node)),
                None => {
                    let text = match node.kind {
                        Kind::Scalar(text) => text,
                        Kind::Null => self
                            .text
                            .get(node.span.start..node.span.end)
                            .unwrap_or_default()
                            .to_owned(),
                        Kind::Sequence(_) | Kind::Mapping(_) => {
                            return self.refuse(
                                node.span,
                                "a key must be a word",
                                "a value that holds `: ` needs quotes around it",
                            );
                        }
                    };
                    if let Some((first, _)) = entries.iter().find(|(name, _)| name.value == text) {
                        self.findings.push(
                            Diagnostic::new(codes::DUPLICATE_KEY, node.span, format!("the key `{text}` is given twice"))
                                .here("given again here")
                                .also(first.span, "first given here")
                                .help("keep one of the two; which of them counts must not be left to chance"),
                        );
                    }
                    *key = Some(Spanned::new(text, node.span));
                }
            },
        }
    }

    fn syntax(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0);
        let start = self.source.floor_char_boundary(at);
        let place = |range: std::ops::Range<usize>| Span {
            file: self.file,
            start: range.start,
            end: range.end,
        };
        if let Some(Slip {
            range,
            message,
            help,
        }) = slip(self.text, start)
        {
            self.findings
                .push(Diagnostic::new(codes::SYNTAX, place(range), message).help(help));
            return;
        }
        let end = self.source.ceil_char_boundary(start + 1);
        let code = match error.kind() {
            ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName => codes::UNSUPPORTED,
            _ => codes::SYNTAX,
        };
        self.findings.push(
            Diagnostic::new(code, place(start..end), cause(error))
                .here("reading stopped here")
                .help(cure(error.kind())),
        );
    }

    fn refuse(&mut self, span: Span, message: &str, help: &str) {
        self.refused = true;
        let line = self
            .text
            .get(span.start..span.end)
            .unwrap_or_default()
            .lines()
            .next()
            .unwrap_or_default();
        let span = Span {
            end: span.start + line.len(),
            ..span
        };
        self.findings
            .push(Diagnostic::new(codes::UNSUPPORTED, span, message).help(help));
    }

    /// From the mark of an anchor or a tag, which stands before the value, to the value's end.
    fn with_mark(&self, span: Span, mark: char) -> Span {
        let before = self.text.get(..span.start).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let found = before.get(line..).and_then(|before| before.find(mark));
        Span {
            start: found.map_or(span.start, |at| line + at),
            ..span
        }
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

/// Fills a tree with the texts that serde_yaml reads, and fails where its shape is not the tree's.
struct Verbatim<'a>(&'a mut Node);

impl<'de> DeserializeSeed<'de> for Verbatim<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0.kind {
            Kind::Null => deserializer.deserialize_option(self),
            Kind::Scalar(_) => deserializer.deserialize_str(self),
            Kind::Sequence(_) => deserializer.deserialize_seq(self),
            Kind::Mapping(_) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Verbatim<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.kind {
            Kind::Null => "nothing",
            Kind::Scalar(_) => "a text",
            Kind::Sequence(_) => "a list",
            Kind::Mapping(_) => "a mapping",
        })
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.kind = Kind::Scalar(text.to_owned());
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Kind::Sequence(items) = &mut self.0.kind else {
            return Err(A::Error::custom("a list was not expected"));
        };
        for item in items {
            access
                .next_element_seed(Verbatim(item))?
                .ok_or_else(|| A::Error::custom("the list ends too early"))?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Kind::Mapping(entries) = &mut self.0.kind else {
            return Err(A::Error::custom("a mapping was not expected"));
        };
        let mut entries = entries.iter_mut();
        while let Some(key) = access.next_key::<Key>()? {
            let entry = entries.find(|(name, _)| name.value == key.0);
            let Some((_, value)) = entry else {
                return Err(A::Error::custom(format!(
                    "the key `{}` was not expected",
                    key.0
                )));
            };
            access.next_value_seed(Verbatim(value))?;
        }
        Ok(())
    }
}

/// A key, as text.
struct Key(String);

impl<'de> serde::Deserialize<'de> for Key {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E>(self, text: &str) -> Result<Key, E> {
                Ok(Key(text.to_owned()))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
