//! Findings for programs: one JSON document, described by `docs/schema/findings.schema.json`.

use serde::Serialize;

use super::{Diagnostic, Label, Tally};
use crate::source::{SourceMap, Span};

#[derive(Serialize)]
struct Report<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: u8,
    summary: Summary,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line_id: Option<&'a str>,
    location: Location<'a>,
    related: Vec<Location<'a>>,
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
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

/// Findings as a JSON document with a final line end.
#[must_use]
pub fn json(findings: &[Diagnostic], sources: &SourceMap) -> String {
    let tally = Tally::of(findings);
    let report = Report {
        schema: "urn:gaisan:schema:findings:1",
        version: 1,
        summary: Summary { errors: tally.errors, warnings: tally.warnings, notes: tally.notes },
        findings: findings.iter().map(|finding| entry(finding, sources)).collect(),
    };
    super::written(&report)
}

fn entry<'a>(finding: &'a Diagnostic, sources: &'a SourceMap) -> Finding<'a> {
    let related = finding.secondary.iter().map(|label| location(label, sources));
    Finding {
        code: finding.code,
        severity: finding.severity.word(),
        message: &finding.message,
        line_id: finding.subject.as_deref(),
        location: location(&finding.primary, sources),
        related: related.collect(),
        notes: &finding.notes,
        help: finding.help.as_deref(),
    }
}

fn location<'a>(label: &'a Label, sources: &'a SourceMap) -> Location<'a> {
    let start = sources.position(label.span);
    let end = sources.position(Span { start: label.span.end, ..label.span });
    Location {
        file: &sources.file(label.span.file).name,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        text: &label.text,
    }
}
