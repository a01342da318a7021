//! W0506: a figure has an alternative text.

use crate::diagnostic::Diagnostic;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for program in rollup.rows.iter().filter_map(|row| row.program) {
        let has_none = |alt: &Option<String>| alt.as_ref().is_none_or(String::is_empty);
        for figure in program.figures.iter().filter(|figure| has_none(&figure.alt)) {
            let message = format!("the figure `{}` has no alternative text", figure.id.value);
            findings.push(
                Diagnostic::new("W0506", figure.id.span, message)
                    .about(&program.line.id.value)
                    .help("add `alt:` with what the figure shows, for readers who cannot see it"),
            );
        }
    }
}
