//! Findings as a person reads them in a terminal: the source line, a caret under the right characters, the cure.
//! The only module that knows codespan-reporting.

use codespan_reporting::diagnostic as report;
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term;
use codespan_reporting::term::termcolor::Buffer;

use super::{Diagnostic, Severity};
use crate::source::{FileId, SourceMap};

/// Whether a report carries color codes of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// Plain text.
    Never,
    /// ANSI color codes.
    Always,
}

/// Writes findings as text, each followed by an empty line.
#[must_use]
pub fn text(findings: &[Diagnostic], sources: &SourceMap, color: Color) -> String {
    let mut buffer = match color {
        Color::Never => Buffer::no_color(),
        Color::Always => Buffer::ansi(),
    };
    let config = term::Config::default();
    let styles = term::Styles::default();
    for finding in findings {
        let mut writer = term::StylesWriter::new(&mut buffer, &styles);
        // Writing to memory fails only for a span outside its file; the message itself is then still worth having.
        if term::emit_to_write_style(&mut writer, &config, &Sources(sources), &report_of(finding))
            .is_err()
        {
            let line = format!("{}: {}\n\n", finding.code, finding.message);
            let _ = std::io::Write::write_all(&mut buffer, line.as_bytes());
        }
    }
    String::from_utf8_lossy(buffer.as_slice()).into_owned()
}

fn report_of(finding: &Diagnostic) -> report::Diagnostic<FileId> {
    let severity = match finding.severity {
        Severity::Error => report::Severity::Error,
        Severity::Warning => report::Severity::Warning,
        Severity::Note => report::Severity::Note,
    };
    let primary = &finding.primary;
    let mut labels = vec![
        report::Label::primary(primary.span.file, primary.span.start..primary.span.end)
            .with_message(&primary.text),
    ];
    labels.extend(finding.secondary.iter().map(|label| {
        report::Label::secondary(label.span.file, label.span.start..label.span.end)
            .with_message(&label.text)
    }));
    let mut notes = finding.notes.clone();
    notes.extend(finding.help.iter().map(|help| format!("help: {help}")));
    report::Diagnostic::new(severity)
        .with_code(finding.code)
        .with_message(&finding.message)
        .with_labels(labels)
        .with_notes(notes)
}

/// The source map as codespan-reporting wants to see it.
struct Sources<'a>(&'a SourceMap);

impl<'a> Files<'a> for Sources<'a> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(&self.0.file(id).name)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(&self.0.file(id).text)
    }

    fn line_index(&'a self, id: FileId, byte: usize) -> Result<usize, Error> {
        Ok(self
            .0
            .file(id)
            .line_starts()
            .partition_point(|&start| start <= byte)
            .saturating_sub(1))
    }

    fn line_range(&'a self, id: FileId, line: usize) -> Result<std::ops::Range<usize>, Error> {
        let file = self.0.file(id);
        let starts = file.line_starts();
        let start = starts.get(line).copied().ok_or(Error::LineTooLarge {
            given: line,
            max: starts.len(),
        })?;
        let end = starts.get(line + 1).copied().unwrap_or(file.text.len());
        Ok(start..end)
    }
}
