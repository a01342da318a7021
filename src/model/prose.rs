//! A text of the author's that still knows where each of its lines stands in the file.

use std::ops::Range;

use crate::source::Span;

/// A text as it is printed, with the places of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// The text.
    pub text: String,
    /// Whether it is Markdown; otherwise every character stands for itself.
    pub is_markdown: bool,
    lines: Vec<Line>,
    head: Span,
}

/// A line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    /// Where it begins in the text.
    start: usize,
    /// Where it stands in the file, byte for byte; `None` where quotes or folding changed it.
    place: Option<Span>,
}

impl Prose {
    /// Finds the lines of a text in what was written for it, which `span` covers.
    #[must_use]
    pub fn new(text: String, is_markdown: bool, written: &str, span: Span) -> Self {
        let mut from = 0;
        let mut start = 0;
        let mut lines = Vec::new();
        for line in text.split('\n') {
            let found = written.get(from..).and_then(|rest| rest.find(line));
            let place = found.filter(|_| !line.is_empty()).map(|at| {
                let begin = from + at;
                from = begin + line.len();
                span.part(&(begin..from))
            });
            lines.push(Line { start, place });
            start += line.len() + 1;
        }
        let head = written.lines().next().unwrap_or_default().trim_end();
        Self { text, is_markdown, lines, head: span.part(&(0..head.len())) }
    }

    /// The place of a range of the text: exact within a line that stands in the file as it is, otherwise the line, or the first
    /// line of what was written.
    #[must_use]
    pub fn place(&self, range: &Range<usize>) -> Span {
        let after = self.lines.partition_point(|line| line.start <= range.start);
        let line = after.checked_sub(1).and_then(|at| self.lines.get(at));
        line.and_then(|line| {
            let within = range.start - line.start..range.end.max(range.start) - line.start;
            line.place.map(|place| place.part(&within))
        })
        .unwrap_or(self.head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    /// The source under the place of a word of a text.
    fn found(written: &str, text: &str, word: &str) -> String {
        let mut sources = SourceMap::default();
        let before = "summary: ";
        let file = sources.add("a.yaml", &format!("{before}{written}\nnext: 次\n"));
        let span = Span { file, start: before.len(), end: before.len() + written.len() };
        let prose = Prose::new(text.to_owned(), true, written, span);
        let start = text.find(word).unwrap_or(0);
        let place = prose.place(&(start..start + word.len()));
        sources.slice(place).to_owned()
    }

    #[test]
    fn a_word_of_a_literal_block_is_found_where_it_stands() {
        let written = "|\n  - 一つ目の項目\n\n    - 実施する\n  最後";
        let text = "- 一つ目の項目\n\n  - 実施する\n最後";
        for word in ["実施", "最後", "項目"] {
            assert_eq!(found(written, text, word), word);
        }
    }

    #[test]
    fn a_word_of_a_quoted_or_plain_line_is_found() {
        assert_eq!(found("'光・量子'", "光・量子", "量子"), "量子");
        assert_eq!(found("光・量子", "光・量子", "光"), "光");
    }

    #[test]
    fn what_was_folded_or_escaped_is_shown_by_its_first_line() {
        assert_eq!(found(">\n  一つ\n  二つ", "一つ 二つ", "二つ"), ">");
        assert_eq!(found("\"光\\u30FB量子\"", "光・量子", "量子"), "\"光\\u30FB量子\"");
    }
}
