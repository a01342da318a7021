//! Findings as a person reads them in a terminal: the source line, a caret under the right characters, the cure.
//! The only module that knows codespan-reporting.

use std::borrow::Cow;
use std::collections::HashMap;

use codespan_reporting::diagnostic as report;
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term;
use codespan_reporting::term::termcolor::Buffer;

use super::{Diagnostic, Severity};
use crate::source::{FileId, SourceMap, Unseen, legible, unseen};

/// The longest line, in bytes, that is worth showing.
const LONGEST_LINE: usize = 2_000;

/// The longest message, in characters; longer ones quote something endless.
const LONGEST_TEXT: usize = 800;

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
    let files = Sources::new(sources);
    for finding in findings {
        let mut writer = term::StylesWriter::new(&mut buffer, &styles);
        let finding = report_of(finding, sources);
        // Writing to memory fails only for a span outside its file; the message itself is then still worth having.
        if term::emit_to_write_style(&mut writer, &config, &files, &finding).is_err() {
            let code = finding.code.as_deref().unwrap_or_default();
            let line = format!("{code}: {}\n\n", finding.message);
            let _ = std::io::Write::write_all(&mut buffer, line.as_bytes());
        }
    }
    String::from_utf8_lossy(buffer.as_slice()).into_owned()
}

fn report_of(finding: &Diagnostic, sources: &SourceMap) -> report::Diagnostic<FileId> {
    let severity = match finding.severity {
        Severity::Error => report::Severity::Error,
        Severity::Warning => report::Severity::Warning,
        Severity::Note => report::Severity::Note,
    };
    let primary = &finding.primary;
    let mut labels = vec![
        report::Label::primary(primary.span.file, primary.span.start..primary.span.end)
            .with_message(short(&primary.text)),
    ];
    labels.extend(finding.secondary.iter().map(|label| {
        report::Label::secondary(label.span.file, label.span.start..label.span.end)
            .with_message(short(&label.text))
    }));
    let mut notes: Vec<String> = finding.notes.iter().map(|note| short(note)).collect();
    notes.extend(finding.help.iter().map(|help| format!("help: {}", short(help))));
    let is_long = |label: &report::Label<FileId>| line_length(sources, label) > LONGEST_LINE;
    if labels.iter().any(is_long) {
        let position = sources.position(primary.span);
        let name = &sources.file(primary.span.file).name;
        let (line, column) = (position.line, position.column);
        notes.insert(0, format!("at {name}:{line}:{column}, in a line that is too long to show"));
        labels.clear();
    }
    report::Diagnostic::new(severity)
        .with_code(finding.code)
        .with_message(short(&finding.message))
        .with_labels(labels)
        .with_notes(notes)
}

/// A text without its middle where it has more characters than a person reads.
fn short(text: &str) -> String {
    let text = legible(text);
    if text.chars().count() <= LONGEST_TEXT {
        return text.into_owned();
    }
    let characters: Vec<char> = text.chars().collect();
    let (head, rest) = characters.split_at(LONGEST_TEXT / 2);
    let (_, tail) = rest.split_at(rest.len() - LONGEST_TEXT / 2);
    head.iter().chain(&['…']).chain(tail).collect()
}

/// How many bytes the lines of a label have.
fn line_length(sources: &SourceMap, label: &report::Label<FileId>) -> usize {
    let text = &sources.file(label.file_id).text;
    let start = text.get(..label.range.start).and_then(|t| t.rfind('\n'));
    let end = text.get(label.range.end..).and_then(|t| t.find('\n'));
    let end = end.map_or(text.len(), |length| label.range.end + length);
    end - start.unwrap_or(0)
}

/// The source map as codespan-reporting wants to see it, the characters that a terminal would obey made visible.
struct Sources<'a> {
    sources: &'a SourceMap,
    texts: HashMap<FileId, Cow<'a, str>>,
}

impl<'a> Sources<'a> {
    fn new(sources: &'a SourceMap) -> Self {
        let texts = sources.files().map(|(id, file)| (id, visible(&file.text))).collect();
        Self { sources, texts }
    }
}

/// Characters that a terminal would obey, or that cannot be seen, replaced by visible ones of as many bytes.
fn visible(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| matches!(unseen(c), Some((Unseen::Misleading, _))) || c == '\u{200B}';
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|c| match (obeyed(c), c.len_utf8()) {
        (false, _) => c,
        (true, 1) => '?',
        (true, 2) => '·',
        (true, 3) => '\u{FFFD}',
        (true, _) => '\u{1F3F4}',
    });
    Cow::Owned(shown.collect())
}

impl<'a> Files<'a> for Sources<'a> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(&self.sources.file(id).name)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        self.texts.get(&id).map(AsRef::as_ref).ok_or(Error::FileMissing)
    }

    fn line_index(&'a self, id: FileId, byte: usize) -> Result<usize, Error> {
        Ok(self.sources.file(id).line_starts().partition_point(|&start| start <= byte).saturating_sub(1))
    }

    fn line_range(&'a self, id: FileId, line: usize) -> Result<std::ops::Range<usize>, Error> {
        let file = self.sources.file(id);
        let starts = file.line_starts();
        let start =
            starts.get(line).copied().ok_or(Error::LineTooLarge { given: line, max: starts.len() })?;
        let end = starts.get(line + 1).copied().unwrap_or(file.text.len());
        Ok(start..end)
    }
}
