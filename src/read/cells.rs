//! What spreadsheets leave behind where a value should be, and keys behind which nothing stands.

use super::Reader;
use super::codes;
use crate::diagnostic::Diagnostic;
use crate::model::fold_text;
use crate::source::{Span, Spanned};

impl Reader {
    /// Reports a key without a value, or what a spreadsheet left behind it.
    pub(super) fn no_value(&mut self, key: &Spanned<String>) {
        let finding = match self.comment_behind(key.span) {
            Some((span, comment)) if error_cell(&comment) => error_cell_finding(span, &comment),
            Some((span, comment)) => {
                let shown = short(&comment);
                Diagnostic::new(codes::NO_VALUE, key.span, format!("`{}` has no value", key.value))
                    .also(span, "a comment to YAML")
                    .help(format!(
                        "put the value in quotes if it is one, `{}: '{shown}'`, or take the line out",
                        key.value
                    ))
            }
            None => Diagnostic::new(codes::NO_VALUE, key.span, format!("`{}` has no value", key.value))
                .here("nothing stands behind it")
                .help("write the value, or take the line out"),
        };
        self.findings.push(finding);
    }

    /// The comment in the line of a place, behind it and a colon at most.
    pub(super) fn comment_behind(&self, span: Span) -> Option<(Span, String)> {
        let text = &self.sources.file(span.file).text;
        let line = text.get(span.end..)?.lines().next()?.trim_end();
        let at = line.find('#')?;
        let is_first =
            line.get(..at)?.chars().all(|c| c.is_whitespace() || matches!(c, ':' | '-' | '"' | '\''));
        let comment = line.get(at..)?;
        is_first
            .then(|| (Span { start: span.end + at, end: span.end + line.len(), ..span }, comment.to_owned()))
    }
}

/// What a spreadsheet shows where a formula has no value, at the beginning of a text.
const ERROR_CELLS: [&str; 14] = [
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#GETTING_DATA",
];

/// Whether a text is what a spreadsheet shows in a cell without a value, or in one that is too narrow.
pub(crate) fn error_cell(text: &str) -> bool {
    let folded = fold_text(text).to_ascii_uppercase();
    let is_narrow = folded.len() > 2 && folded.bytes().all(|byte| byte == b'#');
    let is_office = folded
        .strip_prefix("ERR:5")
        .is_some_and(|rest| rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_digit()));
    is_narrow
        || is_office
        || ERROR_CELLS.iter().any(|cell| folded.trim_end_matches([',', '、', '。']) == *cell)
}

/// The errors of spreadsheets in a longer text, outside code.
pub(super) fn cells(text: &str) -> Vec<&str> {
    let is_edge =
        |c: char| c.is_whitespace() || matches!(c, '|' | '（' | '）' | '(' | ')' | '「' | '」' | '、' | '。');
    let words = text.split(is_edge).filter(|word| word.starts_with(['#', '＃']));
    words.filter(|word| word.contains(|c: char| c.is_alphabetic()) && error_cell(word)).collect()
}

pub(super) fn error_cell_finding(span: Span, cell: &str) -> Diagnostic {
    Diagnostic::new(codes::ERROR_CELL, span, format!("`{}` is a spreadsheet's error, not a value", cell.trim()))
        .here("the formula behind this cell had no value")
        .help("mend the formula in the spreadsheet and copy its value; a key that is not needed may be left out; where the words themselves are meant, write them as code, `` `#REF!` ``")
}

/// The beginning of a text that may be long.
fn short(text: &str) -> String {
    let head: String = text.chars().take(24).collect();
    if head.len() < text.len() { format!("{head}…") } else { head }
}
