//! A text of the author's that still knows where each of its lines stands in the file.

use std::ops::Range;

use crate::source::Span;

/// A text as it is printed, with the places of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
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
    pub fn place(&self, range: &Range<usize>) -> Span {
        self.exact(range).unwrap_or(self.head)
    }

    /// The place of a range within a line that stands in the file as it is.
    pub fn exact(&self, range: &Range<usize>) -> Option<Span> {
        let after = self.lines.partition_point(|line| line.start <= range.start);
        let line = after.checked_sub(1).and_then(|at| self.lines.get(at))?;
        let within = range.start - line.start..range.end.max(range.start) - line.start;
        line.place.map(|place| place.part(&within))
    }
}
