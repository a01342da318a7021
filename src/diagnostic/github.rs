//! Findings as workflow commands of GitHub Actions, which show them beside the changed lines of a pull request.

use super::{Diagnostic, Severity};
use crate::source::{SourceMap, Span};

/// One workflow command a finding.
pub fn github(findings: &[Diagnostic], sources: &SourceMap) -> String {
    findings.iter().map(|finding| command(finding, sources)).collect()
}

fn command(finding: &Diagnostic, sources: &SourceMap) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let span = finding.primary.span;
    let start = sources.position(span);
    let end = sources.position(Span { start: span.end, ..span });
    let mut text = finding.message.clone();
    for line in finding.remarks() {
        text.push('\n');
        text.push_str(&line);
    }
    format!(
        "::{level} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
        property(&sources.file(span.file).name),
        start.line,
        end.line,
        start.column,
        end.column,
        finding.code,
        data(&text),
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
