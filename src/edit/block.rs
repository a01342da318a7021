//! Literal and folded blocks of a file that is worked on.

use super::Manuscript;
use super::value::literal;
use crate::diagnostic::Edit;
use crate::read::{Kind, Node, indent_of, scalar};

impl Manuscript<'_> {
    /// Where the mark of a literal or folded block stands, whose own place is that of its lines.
    pub(super) fn block_head(&self, node: &Node, above: &[&Node]) -> Option<usize> {
        let from = match &above.last()?.kind {
            Kind::Mapping(entries) => {
                let (name, _) = entries.iter().find(|(_, value)| std::ptr::eq(value, node))?;
                self.colon(name)?
            }
            _ => {
                let before = self.text(0, node.span.start);
                before.rfind('-')? + 1
            }
        };
        let rest = self.text(from, self.page.file.text.len());
        let value = rest.trim_start_matches([' ', '\t']);
        value.starts_with(['|', '>']).then(|| from + rest.len() - value.len())
    }

    /// A literal or folded block with another text; a folded one becomes a literal one.
    pub(super) fn set_block(&self, head: usize, node: &Node, above: &[&Node], text: &str) -> Option<Edit> {
        let outer = match &above.last()?.kind {
            Kind::Mapping(entries) => {
                let (name, _) = entries.iter().find(|(_, value)| std::ptr::eq(value, node))?;
                self.column(name.span.start)
            }
            _ => self.column(self.text(0, head).rfind('-')?),
        };
        let first = self.page.line(head);
        let lines = |from: usize| self.text(self.page.start(from), self.page.start(from + 1));
        let is_inside = |line: &usize| lines(*line).trim().is_empty() || indent_of(lines(*line)) > outer;
        let count = (first + 1..self.page.len()).take_while(is_inside).count();
        let body: Vec<usize> = (first + 1..=first + count).collect();
        let last = body.iter().rev().find(|line| !lines(**line).trim().is_empty()).copied();
        let deep = body.iter().map(|line| lines(*line)).find(|line| !line.trim().is_empty());
        let line_end = |line: usize| {
            let end = self.page.start(line + 1);
            end - usize::from(self.text(end.saturating_sub(1), end) == "\n")
        };
        let header = self.text(head, line_end(first));
        let mark = header.split([' ', '\t']).next().unwrap_or_default();
        let told = mark.chars().find_map(|c| c.to_digit(10)).and_then(|deeper| usize::try_from(deeper).ok());
        let indent = told.map(|deeper| outer + deeper).or(deep.map(indent_of)).unwrap_or(outer + 2);
        let comment =
            header.trim_start_matches(|c: char| matches!(c, '|' | '>' | '+' | '-') || c.is_ascii_digit());
        let end = last.map_or(line_end(first), line_end);
        let new = match literal(text, indent, indent - outer) {
            Some((head, body)) => format!("{head}{comment}\n{body}"),
            None => format!("{}{comment}", scalar(text, false)),
        };
        Some(self.edit(head, end, self.closed(end, new)))
    }
}
