//! Ids that others name: those that are not there, each with the one that was probably meant.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Wish, nearest};
use crate::source::Span;

/// So many names of a rule in a chapter are looked for among all others: one look takes longer, the more ids there are.
pub(super) const MOST: usize = 100;

/// The ids that may be named, each with its title.
pub(super) struct Known<'k> {
    titles: HashMap<&'k str, &'k str>,
    ids: Vec<&'k str>,
}

impl<'k> Known<'k> {
    pub(super) fn of(ids: impl IntoIterator<Item = (&'k str, &'k str)>) -> Self {
        let (mut known, mut titles) = (Vec::new(), HashMap::new());
        for (id, title) in ids {
            known.push(id);
            titles.insert(id, title);
        }
        Self { titles, ids: known }
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.titles.contains_key(id)
    }

    /// Adds a finding about a name that is none of the ids, with the one that was probably meant; `otherwise` says what else there is to do.
    pub(super) fn misnamed(
        &self,
        finding: Diagnostic,
        (name, place): (&str, Span),
        otherwise: &str,
        findings: &mut Vec<Diagnostic>,
    ) {
        let is_titled = |id: &&&str| self.titles.get(**id).is_some_and(|title| *title == name);
        let meant = || self.ids.iter().find(is_titled).copied().or_else(|| nearest(name, &self.ids));
        findings.push(match (findings.len() < MOST).then(meant).flatten() {
            None => finding.help(otherwise),
            Some(near) => finding
                .help(format!("did you mean `{near}`? otherwise {otherwise}"))
                .wish(Wish::word(place, name, near)),
        });
    }
}
