//! Entries of lists in brackets that go.

use std::ops::Range;

use super::Manuscript;
use crate::diagnostic::Edit;
use crate::read::Node;

impl Manuscript<'_> {
    /// A list in brackets without an entry, where those that `leaves` tells leave it too: each by an edit of its own. With the last entry of a line
    /// goes the line, with the comments above and behind it.
    pub(super) fn drop_in_brackets(
        &self,
        items: &[Node],
        at: usize,
        leaves: impl Fn(usize) -> bool,
    ) -> Option<Edit> {
        let item = items.get(at)?;
        let (start, end) = (item.span.start, self.page.end(item)?);
        let run = self.beside(items, at)?;
        // What stays in front of an entry keeps its end; where nothing does, what follows keeps its beginning.
        let text = String::new();
        if (run.start..at).any(|at| !leaves(at)) {
            return Some(self.edit(self.page.end(items.get(at - 1)?)?, end, text));
        }
        let is_first = at == run.start && run.clone().all(&leaves);
        let start = if is_first { self.lead(items, at)? } else { start };
        if let Some(next) = items.get(at + 1).filter(|_| at + 1 < run.end) {
            return Some(self.edit(start, next.span.start, text));
        }
        let line_end = self.page.start(self.page.line(end) + 1);
        let rest = self.text(end, line_end);
        let behind = rest.trim_start_matches([' ', '\t', ',']);
        // Where commas begin the lines, the entry that comes to be the first has none.
        let is_head = (0..at).all(leaves) && !rest.trim_start().starts_with(',');
        if let Some(next) = items.get(at + 1).filter(|_| is_head) {
            return Some(self.edit(item.span.start, next.span.start, text));
        }
        Some(match behind.starts_with(['#', '\n', '\r']) {
            // A line of its own goes with its end.
            true if self.column(start) == 0 => self.edit(start, line_end, text),
            true => self.edit(start, line_end - 1, text),
            false => self.edit(start, line_end - behind.len(), text),
        })
    }

    /// The entries that stand in one line with one.
    fn beside(&self, items: &[Node], at: usize) -> Option<Range<usize>> {
        let is_apart = |(before, next): (&Node, &Node)| {
            self.page.end(before).is_none_or(|end| self.page.line(end) < self.page.line(next.span.start))
        };
        let (before, behind) = (items.get(..=at)?, items.get(at..)?);
        let first = before.iter().zip(before.iter().skip(1)).rposition(is_apart).map_or(0, |last| last + 1);
        let last =
            behind.iter().zip(behind.iter().skip(1)).position(is_apart).map_or(items.len(), |it| at + it + 1);
        Some(first..last)
    }

    /// Where an entry begins with the comments above it: at the beginning of a line, unless the bracket stands in its own.
    fn lead(&self, items: &[Node], at: usize) -> Option<usize> {
        let start = items.get(at)?.span.start;
        let mut line = self.page.line(start);
        let is_blank = self.text(self.page.start(line), start).trim_matches([' ', ',']).is_empty();
        let floor = match at.checked_sub(1) {
            Some(before) => self.page.line(self.page.end(items.get(before)?)?),
            None => 0,
        };
        let is_comment = |line: usize| {
            self.text(self.page.start(line), self.page.start(line + 1)).trim_start().starts_with('#')
        };
        while is_blank && line > floor + 1 && is_comment(line - 1) {
            line -= 1;
        }
        Some(if is_blank { self.page.start(line) } else { start })
    }
}
