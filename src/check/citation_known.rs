//! E0503: a cited document is in the registry.

use super::known::Known;
use crate::diagnostic::Diagnostic;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let citations = rollup.request.citations.iter();
    let known = Known::of(citations.map(|citation| (citation.id.value.as_str(), citation.title.as_str())));
    for basis in rollup.rows.iter().filter_map(|row| row.program).flat_map(|program| &program.policy_basis) {
        let cite = &basis.cite;
        if known.has(&cite.value) {
            continue;
        }
        let finding = Diagnostic::new("E0503", cite.span, format!("no citation has the id `{}`", cite.value));
        let otherwise = "add it to the chapter's `citations`";
        known.misnamed(finding, (&cite.value, cite.span), otherwise, findings);
    }
}
