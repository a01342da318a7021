//! Links to places of a sheet: their readers make a heading's anchor from its text, not from the id it has here.

use std::collections::{BTreeMap, HashMap};

use crate::document::{Document, plain};

/// What a heading's anchor is called in the written file, by its id in the document.
pub(super) struct Anchors {
    by_id: BTreeMap<String, String>,
    notes: String,
}

impl Anchors {
    /// The anchors of all headings in order; the last is that of the footnotes.
    pub(super) fn of(document: &Document, notes: &str) -> Self {
        let mut taken = HashMap::new();
        anchor(&plain(&document.title), &mut taken);
        let sections = document.sections().into_iter();
        let by_id = sections
            .map(|section| (section.id.clone(), anchor(&plain(&section.heading), &mut taken)))
            .collect();
        Self { by_id, notes: anchor(notes, &mut taken) }
    }

    /// A target as the written file names it.
    pub(super) fn target(&self, target: &str) -> String {
        let known = target.strip_prefix('#').and_then(|id| self.by_id.get(id));
        known.map_or_else(|| target.to_owned(), |anchor| format!("#{anchor}"))
    }

    /// The anchor of the footnotes' heading.
    pub(super) fn notes(&self) -> &str {
        &self.notes
    }
}

/// A heading's anchor as GitHub, GitLab and editors make it: letters and digits in lower case, hyphens for blanks, numbered where
/// it is taken.
fn anchor(heading: &str, taken: &mut HashMap<String, usize>) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    let stem = kept.collect::<String>().to_lowercase().replace(' ', "-");
    let count = taken.entry(stem.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { stem } else { format!("{stem}-{}", *count - 1) }
}
