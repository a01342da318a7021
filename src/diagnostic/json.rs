//! Findings for programs: one JSON document, described by `docs/schema/findings.schema.json`.

use serde::Serialize;

use super::told::Told;
use super::{Diagnostic, Severity, Tally};
use crate::export;
use crate::source::{SourceMap, Span};
use crate::translation::Translation;

#[derive(Serialize)]
struct Report<'a> {
    summary: Tally,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: Severity,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line_id: Option<&'a str>,
    location: Location<'a>,
    related: Vec<Location<'a>>,
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cure: Option<Remedy<'a>>,
    /// The same in Japanese, where that is the language of the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    ja: Option<Told>,
}

/// The changes that put a finding right together.
#[derive(Serialize)]
struct Remedy<'a> {
    certain: bool,
    edits: Vec<Location<'a>>,
}

/// A place: lines and columns count from 1, columns in characters; `end` is the first character after it.
#[derive(Serialize)]
struct Location<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
}

/// Findings as a JSON document with a final line end; with a translation each says in its words, too, what it says in English.
pub fn json(findings: &[Diagnostic], sources: &SourceMap, words: Option<&Translation>) -> String {
    let report = Report {
        summary: Tally::of(findings),
        findings: findings.iter().map(|finding| entry(finding, sources, words)).collect(),
    };
    export::document("findings", &report)
}

fn entry<'a>(finding: &'a Diagnostic, sources: &'a SourceMap, words: Option<&Translation>) -> Finding<'a> {
    let related = finding.secondary.iter().map(|label| location(label.span, &label.text, sources));
    Finding {
        code: finding.code,
        severity: finding.severity,
        message: &finding.message,
        line_id: finding.subject.as_deref(),
        location: location(finding.primary.span, &finding.primary.text, sources),
        related: related.collect(),
        notes: &finding.notes,
        help: finding.advice(),
        cure: finding.cure.as_ref().map(|cure| Remedy {
            certain: cure.is_certain,
            edits: cure.edits.iter().map(|edit| location(edit.span, &edit.text, sources)).collect(),
        }),
        ja: Told::of(finding, words),
    }
}

fn location<'a>(span: Span, text: &'a str, sources: &'a SourceMap) -> Location<'a> {
    let start = sources.position(span);
    let end = sources.position(Span { start: span.end, ..span });
    Location {
        file: &sources.file(span.file).name,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        text,
    }
}
