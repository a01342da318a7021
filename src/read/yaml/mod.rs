//! From text to a tree of [`Node`]s: every scalar verbatim, everything with its place.
//!
//! Two readers look at each file. The event parser says where everything stands and finds what a budget file must not
//! contain (duplicate keys, anchors, deep nesting); serde_yaml then reads the values, and its text is what counts. If the two
//! disagree the file is refused: an amount must never depend on which reader one asks.

mod builder;
mod causes;
mod characters;
mod comments;
mod errors;
mod foreign;
mod hand;
mod lists;
mod mend;
mod pasted;
mod places;
mod verbatim;
mod versions;

use granit_parser::Parser;

use super::codes;
use super::page::Page;
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::{FileId, SourceFile, SourceMap, Span, Spanned};
use builder::Builder;
use verbatim::fill;

/// Shown to who begins with an empty file.
const SMALLEST: &str = "\
gaisan: 1
id: chapter-1
title: 第1章
ministry: 文部科学省
fiscal_year: 令和9年度
stage: 概算要求
unit: 百万円
breakdown: complete
programs:
  - {id: program-a, title: 事業A, requested: \"1,200\", prior: \"1,000\"}";

/// A value of the YAML tree with its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
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
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let Kind::Mapping(entries) = &self.kind else {
            return None;
        };
        entries.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }

    /// Whether nothing stands there, or blanks alone.
    pub(crate) fn is_blank(&self) -> bool {
        self.kind == Kind::Null || self.text().is_some_and(|text| text.trim().is_empty())
    }

    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads a file into a tree. `None` when the file is too broken to go on; the findings say why.
pub(super) fn tree(sources: &SourceMap, file: FileId, findings: &mut Vec<Diagnostic>) -> Option<Node> {
    let source = sources.file(file);
    let before = findings.len();
    let root = found(source, file, findings);
    // What a terminal would obey is blanks to those who read, and a place may begin or end among them.
    findings.iter_mut().skip(before).for_each(|finding| whole(finding, &source.text));
    root
}

/// Lets the places of a finding begin and end with whole characters of a text.
fn whole(finding: &mut Diagnostic, text: &str) {
    let labels = std::iter::once(&mut finding.primary).chain(&mut finding.secondary);
    let edits = finding.cure.iter_mut().flat_map(|cure| &mut cure.edits).map(|edit| &mut edit.span);
    for span in labels.map(|label| &mut label.span).chain(edits) {
        (span.start, span.end) = (text.floor_char_boundary(span.start), text.ceil_char_boundary(span.end));
    }
}

fn found(source: &SourceFile, file: FileId, findings: &mut Vec<Diagnostic>) -> Option<Node> {
    if let Some(finding) = foreign::finding(source, file) {
        findings.push(finding);
        return None;
    }
    if let Some(finding) = long_row(source, file) {
        findings.push(finding);
        return None;
    }
    let mut unseen = characters::Found::of(&source.text);
    let text = unseen.without(&source.text);
    let slips = hand::slips(&text, file);
    if !slips.is_empty() {
        findings.extend(slips);
        return None;
    }
    let mut root = parsed(source, file, &text, findings);
    if let Some(root) = &mut root {
        unseen.in_values(root, &source.text);
        comments::report(root, source, findings);
        characters::clear(root, "");
    }
    unseen.report(&source.text, file, findings);
    root
}

/// Says where a line is longer than lines are.
fn long_row(source: &SourceFile, file: FileId) -> Option<Diagnostic> {
    let starts = source.line_starts();
    let ends = starts.iter().skip(1).copied().chain([source.text.len()]);
    let (start, _) = starts.iter().copied().zip(ends).find(|(start, end)| end - start > limits::ROW)?;
    let message = format!("this line is longer than {} kB", limits::ROW >> 10);
    Some(
        Diagnostic::new(codes::UNSUPPORTED, Span { file, start, end: start }, message)
            .help("write lists and mappings over several lines, each entry on its own"),
    )
}

/// Some keys at the top of a file with their values, as the event parser alone reads them, and no further than it needs. `None` where
/// it comes upon something broken before that.
pub(super) fn outline(sources: &SourceMap, file: FileId, keys: &[&str]) -> Option<Node> {
    let text = sources.file(file).text.as_str();
    let mut findings = Vec::new();
    let mut builder = Builder {
        file,
        text,
        source: text,
        findings: &mut findings,
        stack: Vec::new(),
        root: None,
        refused: false,
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        builder.event(&event, builder.span(&span));
        if builder.refused {
            return None;
        }
        if builder.has_at_top(keys) {
            return builder.top();
        }
    }
    builder.root
}

/// How many bytes of a file no YAML reader reaches.
pub(crate) fn unread(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let stopped = Parser::new_from_str(text.trim_start_matches('\u{feff}')).find_map(Result::err);
    stopped.map_or(0, |error| text.len().saturating_sub(error.marker().byte_offset().unwrap_or(0)))
}

/// The tree of a text; `source` is the file as it is.
fn parsed(source: &SourceFile, file: FileId, text: &str, findings: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut builder =
        Builder { file, text, source: &source.text, findings, stack: Vec::new(), root: None, refused: false };
    for event in Parser::new_from_str(text) {
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
        let span = Span { file, start: 0, end: 0 };
        findings.push(
            Diagnostic::new(codes::SYNTAX, span, format!("`{}` is empty", source.name))
                .note(format!("the smallest chapter:\n{SMALLEST}"))
                .help("a chapter begins with `gaisan: 1`, a program's own file with `id: …`"),
        );
        return None;
    };
    match fill(&mut root, Page { file: source }, text) {
        Ok(()) => {
            mend::mend(&mut root, None, text, findings);
            Some(root)
        }
        Err(at) => {
            let start = source.text.floor_char_boundary(at);
            findings.push(
                Diagnostic::new(
                    codes::SYNTAX,
                    Span { file, start, end: start },
                    "this line cannot be read as YAML",
                )
                .help("put the value in quotes, or write it on a line of its own"),
            );
            None
        }
    }
}
