//! What is left of two versions of a file in it: the marks of a merge, and lines of a comparison.

use super::super::codes;
use super::hand::key;
use crate::diagnostic::{Cure, Diagnostic, Edit};
use crate::source::{FileId, Span};

const MERGE: [&str; 4] = ["<<<<<<< ", "=======", ">>>>>>> ", "|||||||"];

/// The lines of a text without their ends, each with its place.
fn places(text: &str, file: FileId) -> impl Iterator<Item = (Span, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let (at, shown) = (start, line.trim_end());
        start += line.len();
        (Span { file, start: at, end: at + shown.len() }, shown)
    })
}

/// The marks that an unfinished merge leaves, all of them or some.
pub(super) fn merge(text: &str, file: FileId) -> Option<Diagnostic> {
    let is_mark = |line: &str| {
        [MERGE[0], MERGE[2], MERGE[3]].iter().any(|mark| line.starts_with(mark)) || line == MERGE[1]
    };
    let has = |mark: &str| text.lines().any(|line| line.starts_with(mark));
    let marks: Vec<Span> =
        places(text, file).filter_map(|(span, line)| is_mark(line).then_some(span)).collect();
    let (first, others) = marks.split_first()?;
    let help = match (has(MERGE[0]) && has(MERGE[2]), has(MERGE[3])) {
        (false, _) => {
            "keep the lines of one version, and take out what is left of the marks of the merge, `<<<<<<<`, `|||||||`, `=======`, `>>>>>>>`"
        }
        (true, true) => {
            "keep the lines of one version, above `|||||||` or below `=======`; those between were there before both; take the four marks out"
        }
        (true, false) => {
            "keep the lines of one version, above or below `=======`, and take the three marks out"
        }
    };
    let finding =
        Diagnostic::new(codes::SYNTAX, *first, "a merge of two versions was not finished here").help(help);
    Some(others.iter().take(5).fold(finding, |finding, mark| finding.also(*mark, "")))
}

/// `-    requested: 260` above `+    requested: 266`: lines of a comparison, of which those with `+` are meant.
pub(super) fn compared(text: &str, file: FileId) -> Option<Diagnostic> {
    let lines: Vec<(Span, &str)> = places(text, file).collect();
    let has_key = |line: &str| key(line.trim_start_matches([' ', '-'])).is_some();
    let is_new = |line: &str| line.strip_prefix('+').is_some_and(has_key);
    let new = lines.iter().position(|(_, line)| is_new(line))?;
    let is_one = |(_, line): &&(Span, &str)| line.starts_with(['+', '-']);
    let before = lines.get(..new)?.iter().rev().take_while(is_one).count();
    let pasted: Vec<&(Span, &str)> = lines.get(new - before..)?.iter().take_while(is_one).collect();
    let indent = |line: &str| line.get(1..).map(|rest| rest.len() - rest.trim_start().len());
    let edits: Option<Vec<Edit>> = pasted
        .iter()
        .map(|(span, line)| match line.starts_with('+') {
            true => Some(Edit { span: Span { end: span.start + 1, ..*span }, text: String::new() }),
            // An entry of a list begins with the same mark.
            false => pasted
                .iter()
                .any(|(_, other)| other.starts_with('+') && indent(other) == indent(line))
                .then(|| {
                    let behind = text.get(span.end..).and_then(|rest| rest.find('\n'));
                    let end = behind.map_or(span.end, |at| span.end + at + 1);
                    Edit { span: Span { end, ..*span }, text: String::new() }
                }),
        })
        .collect();
    let message = "lines of a comparison of two versions are pasted here, with their `-` and `+`";
    Some(
        Diagnostic::new(codes::SYNTAX, pasted.first()?.0, message)
            .help("take out the lines that begin with `-`, and the `+` of the others")
            .cure(edits.map(|edits| Cure { edits, is_certain: false })),
    )
}
