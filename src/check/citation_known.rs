//! E0503: a cited document is in the registry.

use crate::diagnostic::{Diagnostic, nearest};
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let known: Vec<&str> =
        rollup.request.citations.iter().map(|citation| citation.id.value.as_str()).collect();
    for basis in rollup.rows.iter().filter_map(|row| row.program).flat_map(|program| &program.policy_basis) {
        let cite = &basis.cite;
        if known.contains(&cite.value.as_str()) {
            continue;
        }
        let near = nearest(&cite.value, &known).map_or_else(
            || "add it to the chapter's `citations`".to_owned(),
            |near| format!("did you mean `{near}`? otherwise add it to the chapter's `citations`"),
        );
        findings.push(
            Diagnostic::new("E0503", cite.span, format!("no citation has the id `{}`", cite.value))
                .help(near),
        );
    }
}
