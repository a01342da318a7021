//! Entries of lists that go over to another list, as they are written.

use super::Manuscript;
use crate::diagnostic::Edit;
use crate::read::{Kind, Node, indent_of};
use crate::source::Span;

/// The lines of an entry with the comments above it, and how far its dash is set in.
pub struct Cut {
    text: String,
    indent: usize,
}

impl Cut {
    /// The lines as far in as a dash; `None` where one of them would have to stand left of the page.
    fn set_in(&self, indent: usize) -> Option<String> {
        let moved = |line: &str| match line.trim().is_empty() {
            true => Some(line.to_owned()),
            false if indent >= self.indent => Some(format!("{}{line}", " ".repeat(indent - self.indent))),
            false => {
                let off = self.indent - indent;
                (indent_of(line) >= off).then(|| line.get(off..).unwrap_or_default().to_owned())
            }
        };
        let lines = self.text.lines().map(moved).collect::<Option<Vec<_>>>()?;
        Some(lines.join("\n") + "\n")
    }
}

impl Manuscript<'_> {
    /// An entry of a list in lines, and the edit that takes it out there; `None` where it is the only one or stands in brackets.
    pub fn cut(&self, item: Span) -> Option<(Edit, Cut)> {
        let chain = self.chain(item.start);
        let at = chain.iter().rposition(|node| matches!(node.kind, Kind::Sequence(_)))?;
        let (list, own) = (*chain.get(at)?, *chain.get(at + 1)?);
        let (Kind::Sequence(items), Kind::Mapping(entries)) =
            (&list.kind, &chain.get(at.checked_sub(1)?)?.kind)
        else {
            return None;
        };
        let (name, _) = entries.iter().find(|(_, value)| std::ptr::eq(value, list))?;
        let place = items.iter().position(|it| std::ptr::eq(it, own))?;
        if items.len() < 2 || chain.iter().any(|node| self.page.is_flow(node)) {
            return None;
        }
        let (rows, blocks) = self.rows(name, items)?;
        let block = blocks.get(place)?;
        let text = self.text(self.page.start(block.lead), self.page.start(block.end));
        let text = text.trim_start_matches('\n').trim_end_matches('\n').to_owned();
        Some((self.drop(own.span, &[])?, Cut { text, indent: rows.get(place)?.indent }))
    }

    /// A list in lines under a key of a mapping with an entry of another list, before the one that is at this place now.
    pub fn paste(&self, line: Span, key: &str, at: usize, cut: &Cut) -> Option<Edit> {
        let (_, entries, in_flow) = self.mapping(line)?;
        let (name, list) = entries.iter().find(|(name, _)| name.value == key)?;
        let items: &[Node] = match &list.kind {
            Kind::Sequence(items) if !in_flow && !self.page.is_flow(list) => items,
            _ => return None,
        };
        let (rows, blocks) = self.rows(name, items)?;
        let text = cut.set_in(rows.first()?.indent)?;
        let is_long = || text.lines().count() > 1 && rows.first().is_some_and(|row| row.last > row.first);
        let pair = blocks.first().zip(blocks.get(1));
        let is_apart = pair.map_or_else(is_long, |(one, next)| next.lead > one.end);
        let gap = if is_apart { "\n" } else { "" };
        Some(match at.checked_sub(1).and_then(|at| blocks.get(at.min(blocks.len() - 1))) {
            Some(before) => self.lines_at(before.end, format!("{gap}{text}")),
            None => self.lines_at(blocks.first()?.lead, format!("{text}{gap}")),
        })
    }
}
