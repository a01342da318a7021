//! Files that are no YAML at all, because something else was meant to be given, or was saved.

use crate::diagnostic::Diagnostic;
use crate::read::codes;
use crate::source::{FileId, SourceFile, Span};

const ROWS: &str = "a chapter is a YAML file: `gaisan import FILE --to budgets/fy2027/ID` makes one of the table; or write each row as an entry of its `programs`, `- {id: …, title: …, requested: \"…\", prior: \"…\"}`";
const SHEET: &str =
    "give the YAML file that the sheet was made from; `gaisan verify` reads what a sheet carries";

/// How such files begin, or end their names; what they are; what to do.
const FOREIGN: &[(&[&str], &[&str], &str, &str)] = &[
    (&[], &[".xlsx", ".xlsm", ".xls", ".ods"], "a spreadsheet", ROWS),
    (&[], &[".csv", ".tsv"], "a table", ROWS),
    (
        &[],
        &[".docx", ".doc", ".odt", ".rtf", ".pptx"],
        "a document of a word processor",
        "a chapter is a YAML file: copy its texts into one",
    ),
    (&["PK\u{3}\u{4}"], &[".zip"], "an archive", "unpack it, and give the YAML file that is in it"),
    (&["%PDF-"], &[".pdf"], "a PDF", SHEET),
    (&["<!doctype html", "<html"], &[".html", ".htm"], "a web page", SHEET),
    (&[], &[".md"], "a Markdown text", SHEET),
    (
        &["\u{fffd}\u{fffd}g\0", "g\0", "\u{fffd}\u{fffd}\0g", "\u{fffd}\u{fffd}#\0"],
        &[],
        "text in UTF-16",
        "save the file as UTF-8: in Notepad choose the encoding `UTF-8`",
    ),
];

/// The finding about a file that is no UTF-8 text, or another kind of file by its name or its beginning.
pub(super) fn finding(source: &SourceFile, file: FileId) -> Option<Diagnostic> {
    let name = source.name.to_lowercase();
    let start: String = source.text.chars().take(16).collect::<String>().to_lowercase();
    let known = FOREIGN.iter().find(|(begins, ends, ..)| {
        ends.iter().any(|end| name.ends_with(end))
            || begins.iter().any(|begin| start.starts_with(&begin.to_lowercase()))
    });
    let (code, at) = match source.invalid_at {
        Some(at) => (codes::ENCODING, at..at + '\u{FFFD}'.len_utf8()),
        None => (codes::SYNTAX, 0..0),
    };
    let place = |range: std::ops::Range<usize>| Span { file, start: range.start, end: range.end };
    if let Some((.., what, help)) = known {
        return Some(
            Diagnostic::new(code, place(0..0), format!("`{}` is {what}, not a chapter", source.name))
                .help(*help),
        );
    }
    source.invalid_at?;
    Some(
        Diagnostic::new(code, place(at), format!("`{}` is not UTF-8 text", source.name))
            .here("the first character that is not")
            .help("save the file as UTF-8: in Notepad or Excel choose the encoding `UTF-8`; it may be Shift_JIS now"),
    )
}
