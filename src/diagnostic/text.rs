//! Findings as a person reads them in a terminal: the source line, a caret under the right characters, the cure.
//! The only module that knows codespan-reporting.

use std::collections::BTreeMap;
use std::ops::Range;

use codespan_reporting::diagnostic::{self as report, LabelStyle};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term;
use codespan_reporting::term::termcolor::Buffer;

use super::excerpt::Excerpt;
use super::told::told;
use super::{Diagnostic, Label, Severity};
use crate::limits;
use crate::source::{FileId, SourceMap, legible};
use crate::translation::Translation;

/// The most places beside the first that one finding shows.
const MOST_PLACES: usize = 8;

/// Whether a report carries color codes of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// Plain text.
    Never,
    /// ANSI color codes.
    Always,
}

/// Writes findings as text, each followed by an empty line.
pub fn text(findings: &[Diagnostic], sources: &SourceMap, color: Color) -> String {
    text_in(None, findings, sources, color)
}

/// The same in the words of a translation.
pub fn text_in(
    words: Option<&Translation>,
    findings: &[Diagnostic],
    sources: &SourceMap,
    color: Color,
) -> String {
    let config = term::Config::default();
    let styles = term::Styles::default();
    let mut text = String::new();
    let mut counts: BTreeMap<(&str, FileId), [usize; 2]> = BTreeMap::new();
    let mut count = 0;
    for finding in findings {
        let [all, more] = counts.entry((finding.code, finding.primary.span.file)).or_default();
        *all += 1;
        if *all > limits::SHOWN.0 || count >= limits::SHOWN.1 {
            *more += 1;
            continue;
        }
        count += 1;
        let finding = &*told(std::slice::from_ref(finding), words);
        let Some(finding) = finding.first() else { continue };
        let mut buffer = match color {
            Color::Never => Buffer::no_color(),
            Color::Always => Buffer::ansi(),
        };
        let mut writer = term::StylesWriter::new(&mut buffer, &styles);
        let (report, excerpts) = report_of(finding, sources, words);
        // Writing to memory fails only for a span outside its file; the message itself is then still worth having.
        if term::emit_to_write_style(&mut writer, &config, &excerpts, &report).is_err() {
            text.push_str(&format!("{}: {}\n\n", finding.code, legible(&finding.message)));
            continue;
        }
        let mut shown = String::from_utf8_lossy(buffer.as_slice()).into_owned();
        let file = sources.file(finding.primary.span.file);
        if file.is_cell {
            let place = sources.position(finding.primary.span);
            // The name of a cell says it all.
            shown = shown.replace(&format!("{}:{}:{}", file.name, place.line, place.column), &file.name);
        }
        if let Some(words) = words {
            let head = format!("{}[{}]", finding.severity.slug(), finding.code);
            shown = shown.replacen(&head, &words.say(&head), 1);
        }
        text.push_str(&shown);
    }
    for ((code, file), [_, more]) in counts.iter().filter(|(_, [_, more])| *more > 0) {
        let rest = format!("and {more} more of {code} in {}", sources.file(*file).name);
        text.push_str(&words.map_or(rest.clone(), |words| words.say(&rest)));
        text.push_str("\n\n");
    }
    text
}

fn report_of<'a>(
    finding: &'a Diagnostic,
    sources: &'a SourceMap,
    words: Option<&Translation>,
) -> (report::Diagnostic<FileId>, Excerpts<'a>) {
    let word = |word: String| words.map_or(word.clone(), |words| words.say(&word));
    let severity = match finding.severity {
        Severity::Error => report::Severity::Error,
        Severity::Warning => report::Severity::Warning,
        Severity::Note => report::Severity::Note,
    };
    let shown: Vec<(LabelStyle, &Label)> = std::iter::once((LabelStyle::Primary, &finding.primary))
        .chain(finding.secondary.iter().take(MOST_PLACES).map(|label| (LabelStyle::Secondary, label)))
        .collect();
    let mut places: BTreeMap<FileId, Vec<Range<usize>>> = BTreeMap::new();
    for (_, Label { span, .. }) in &shown {
        places.entry(span.file).or_default().push(span.start..span.end);
    }
    let excerpts = Excerpts {
        sources,
        files: places.iter().map(|(&id, places)| (id, Excerpt::of(sources.file(id), places))).collect(),
    };
    let labels = shown.iter().filter_map(|(style, Label { span, text })| {
        let range = excerpts.files.get(&span.file)?.shown(&(span.start..span.end));
        Some(report::Label::new(*style, span.file, range).with_message(legible(text)))
    });
    let mut notes: Vec<String> = finding.notes.iter().map(|note| legible(note).into_owned()).collect();
    if let Some(more) = finding.secondary.len().checked_sub(MOST_PLACES).filter(|more| *more > 0) {
        notes.push(word(format!("and {more} more places")));
    }
    let help = word("help".to_owned());
    notes.extend(finding.advice().map(|advice| format!("{help}: {}", legible(&advice))));
    let report = report::Diagnostic::new(severity)
        .with_code(finding.code)
        .with_message(legible(&finding.message))
        .with_labels(labels.collect())
        .with_notes(notes);
    (report, excerpts)
}

/// What a finding shows of its files, as codespan-reporting wants to see it.
struct Excerpts<'a> {
    sources: &'a SourceMap,
    files: BTreeMap<FileId, Excerpt<'a>>,
}

impl<'a> Excerpts<'a> {
    fn file(&self, id: FileId) -> Result<&Excerpt<'a>, Error> {
        self.files.get(&id).ok_or(Error::FileMissing)
    }
}

impl<'a> Files<'a> for Excerpts<'a> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(&self.sources.file(id).name)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(&self.file(id)?.text)
    }

    fn line_index(&'a self, id: FileId, byte: usize) -> Result<usize, Error> {
        Ok(self.file(id)?.position(byte).line - 1)
    }

    fn column_number(&'a self, id: FileId, _line: usize, byte: usize) -> Result<usize, Error> {
        Ok(self.file(id)?.position(byte).column)
    }

    fn line_range(&'a self, id: FileId, line: usize) -> Result<Range<usize>, Error> {
        Ok(self.file(id)?.line(line))
    }
}
