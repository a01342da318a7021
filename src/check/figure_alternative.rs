//! W0506: a figure has an alternative text.

use crate::diagnostic::Diagnostic;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let figures = rollup
        .rows
        .iter()
        .filter_map(|row| row.program)
        .flat_map(|program| &program.figures);
    for figure in figures.filter(|figure| figure.alt.as_ref().is_none_or(|alt| alt.is_empty())) {
        findings.push(
            Diagnostic::new("W0506", figure.id.span, format!("the figure `{}` has no alternative text", figure.id.value))
                .help("add `alt:` with what the figure shows, for readers who cannot see it; public documents must have it"),
        );
    }
}
