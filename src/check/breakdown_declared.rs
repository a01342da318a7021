//! E0205: a line with parts says whether they are all of it.

use crate::diagnostic::Diagnostic;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in rollup.rows.iter().filter(|row| !row.line.unread) {
        let line = row.line;
        match (&line.breakdown, row.children.is_empty()) {
            (None, false) => findings.push(
                Diagnostic::new("E0205", line.id.span, format!("`{}` has parts but does not say whether they are all of it", line.id.value))
                    .help("add `breakdown: complete` when the parts make up the whole amount, `breakdown: partial` when only some are listed"),
            ),
            (Some(breakdown), true) => findings.push(
                Diagnostic::new("E0205", breakdown.span, format!("`{}` has a `breakdown` but no parts", line.id.value))
                    .help(format!("list the parts under `{}`, or take `breakdown` out", if row.program.is_some() { "children" } else { "programs" })),
            ),
            _ => {}
        }
    }
}
