//! Comments within a list or mapping that another value replaces.

use super::Manuscript;
use crate::diagnostic::Edit;
use crate::read::{Kind, Node};
use crate::source::Spanned;

impl Manuscript<'_> {
    /// An edit that takes a value's place, with the comments that were within the value as lines of their own: above its key, or where the key
    /// stands behind the dash of an entry, below it. A comment behind the colon is the edit's own.
    pub(super) fn with_comments(&self, name: &Spanned<String>, old: &Node, edit: Edit) -> Edit {
        let (colon, column) = (edit.span.start, self.column(name.span.start));
        let behind = self.text(edit.span.end, self.page.file.text.len()).lines().next().unwrap_or_default();
        let is_block = matches!(old.kind, Kind::Mapping(_) | Kind::Sequence(_)) && !self.page.is_flow(old);
        let end = edit.span.end + if is_block { behind.len() } else { 0 };
        let mut places = Vec::new();
        scalars(old, &mut places);
        let mut within = String::new();
        let mut at = colon;
        for (from, to) in places.into_iter().chain([(end, end)]) {
            for (number, line) in self.text(at, from).lines().enumerate() {
                let comment = line.find('#').and_then(|place| line.get(place..));
                if let Some(comment) = comment.filter(|_| number > 0 || at > colon) {
                    within += &format!("{}{}\n", " ".repeat(column), comment.trim_end());
                }
            }
            at = to;
        }
        if within.is_empty() {
            return edit;
        }
        let start = self.page.start(self.page.line(name.span.start));
        let key = self.text(start, colon);
        let text = edit.text.trim_end_matches('\n');
        let open = if edit.text.ends_with('\n') { "\n" } else { "" };
        if key.trim_start().starts_with('-') {
            return self.edit(colon, end, format!("{text}\n{}{open}", within.trim_end_matches('\n')));
        }
        self.edit(start, end, format!("{within}{key}{text}{open}"))
    }
}

/// The places of all keys and scalars of a value, in order.
fn scalars(node: &Node, places: &mut Vec<(usize, usize)>) {
    match &node.kind {
        Kind::Null => {}
        Kind::Scalar(_) => places.push((node.span.start, node.span.end)),
        Kind::Sequence(items) => items.iter().for_each(|item| scalars(item, places)),
        Kind::Mapping(entries) => {
            for (key, value) in entries {
                places.push((key.span.start, key.span.end));
                scalars(value, places);
            }
        }
    }
}
