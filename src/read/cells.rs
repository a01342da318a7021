//! What spreadsheets leave behind where a value should be, and keys behind which nothing stands.

use super::Reader;
use super::codes;
use super::mapping::Fields;
use super::yaml::{Kind, Node};
use crate::diagnostic::Diagnostic;
use crate::model::fold_text;
use crate::source::{Span, Spanned, line_start};

impl Reader {
    /// Reports a key without a value, or what a spreadsheet left behind it.
    pub(super) fn no_value(&mut self, key: &Spanned<String>) {
        let finding = match self.comment_behind(key.span) {
            Some((span, comment)) if error_cell(&comment) => error_cell_finding(span, &comment),
            Some((span, comment)) => {
                let finding =
                    Diagnostic::new(codes::NO_VALUE, key.span, format!("`{}` has no value", key.value));
                self.only_a_comment(finding, &format!("{}: ", key.value), (span, &comment))
            }
            None => Diagnostic::new(codes::NO_VALUE, key.span, format!("`{}` has no value", key.value))
                .here("nothing stands behind it")
                .help("write the value, or take the line out"),
        };
        self.findings.push(finding);
    }

    /// Says of a value that is not there that a comment stands in its place.
    pub(super) fn only_a_comment(
        &self,
        finding: Diagnostic,
        head: &str,
        (span, comment): (Span, &str),
    ) -> Diagnostic {
        let example = format!("{head}'{}'", short(comment));
        finding
            .also(span, "a comment to YAML")
            .help(format!("put the value in quotes if it is one, `{example}`, or take the line out"))
    }

    /// Whether an amount that is needed is left empty, which is said once; and whether a spreadsheet's error stands there instead.
    pub(super) fn left_empty(&self, fields: Fields<'_>, key: &str) -> Option<bool> {
        let Kind::Mapping(entries) = &fields.node.kind else { return None };
        let (name, _) = entries.iter().find(|(name, value)| name.value == key && value.is_blank())?;
        let cell = self.comment_behind(name.span).is_some_and(|(_, comment)| error_cell(&comment));
        (cell || is_awaited(fields.node, key)).then_some(cell)
    }

    /// The comment that stands where an entry of a list should.
    pub(super) fn comment_instead(&self, node: &Node) -> Option<(Span, String)> {
        let text = &self.sources.file(node.span.file).text;
        let start = line_start(text, node.span.start);
        let line = text.get(start..)?.lines().next()?;
        let at = start + line.find("- #").filter(|_| node.kind == Kind::Null)?;
        self.comment_behind(Span { start: at, end: at, ..node.span })
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
const ERROR_CELLS: [&str; 16] = [
    "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!",
    "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#GETTING_DATA", "#ERROR!", "#BUSY!",
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
        || ERROR_CELLS.iter().any(|cell| {
            // One that lost its last mark on the way is still one.
            folded.trim_end_matches([',', '、', '。', '!', '?']) == cell.trim_end_matches(['!', '?'])
        })
}

/// The errors of spreadsheets in a longer text, outside code: `拠点は#REF!に置く`, and a cell too narrow for its figure, `要求額は########百万円`.
pub(super) fn cells(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(['#', '＃'])).map(|at| from + at) {
        let (before, rest) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let signs = rest.len() - rest.trim_start_matches(['#', '＃']).len();
        let length = match signs {
            // A row of them that is no heading, no rule and no part of an address.
            _ if signs > 2 * first => {
                Some(signs).filter(|_| is_narrow_cell(before, rest.get(signs..).unwrap_or_default()))
            }
            _ => named_cell(rest).filter(|_| {
                !before.ends_with(|c: char| c.is_ascii_graphic() && !"|(,:;\"'=/*~>[".contains(c))
            }),
        };
        let is_code = || before.rsplit('\n').next().is_some_and(|line| line.matches('`').count() % 2 == 1);
        found.extend(length.filter(|_| !is_code()).and_then(|length| rest.get(..length)));
        from = at + length.unwrap_or(signs.max(first));
    }
    found
}

/// The length of the error that a text begins with.
fn named_cell(text: &str) -> Option<usize> {
    let ends: Vec<usize> = text.char_indices().take(14).map(|(at, c)| at + c.len_utf8()).collect();
    let is_whole = |end: usize| {
        let next = text.get(end..).and_then(|rest| rest.chars().next());
        !next.is_some_and(|next| next.is_ascii_alphanumeric())
    };
    let is_cell = |end: &usize| {
        let word = fold_text(text.get(..*end).unwrap_or_default()).to_ascii_uppercase();
        ERROR_CELLS.contains(&word.as_str()) && is_whole(*end)
    };
    ends.into_iter().find(is_cell)
}

/// Whether a row of signs between two texts stands where a figure would: not at either end of a heading, and not alone in its line.
fn is_narrow_cell(before: &str, after: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
    let behind = after.lines().next().unwrap_or_default();
    match line.chars().next() {
        None => {
            behind.starts_with(['円', '百', '千', '万', '億', '兆', '%', '％', '件', '人', '、', '。', ','])
        }
        Some('#') => !behind.trim().is_empty(),
        Some(_) => !line.ends_with(['\\', '/']),
    }
}

pub(super) fn error_cell_finding(span: Span, cell: &str) -> Diagnostic {
    Diagnostic::new(codes::ERROR_CELL, span, error_cell_message(cell))
        .here("the formula behind this cell had no value")
        .help(MEND_CELL)
}

/// What an error cell is.
pub(super) fn error_cell_message(cell: &str) -> String {
    format!("`{}` is a spreadsheet's error, not a value", cell.trim())
}

/// What to do about one.
pub(super) const MEND_CELL: &str = "mend the formula in the spreadsheet and copy its value; a key that is not needed may be left out; where the words themselves are meant, write them as code, `` `#REF!` ``";

/// Whether the amount of a key is needed: lines with parts or a status may do without.
pub(super) fn is_awaited(node: &Node, key: &str) -> bool {
    matches!(key, "requested" | "prior")
        && ["children", "status"].iter().all(|key| node.get(key).is_none_or(Node::is_blank))
}

/// The beginning of a text that may be long.
fn short(text: &str) -> String {
    let head: String = text.chars().take(24).collect();
    if head.len() < text.len() { format!("{head}…") } else { head }
}
