//! W0508: an acceptance is of a warning that is there. Also takes accepted warnings out of the findings.

use super::registry::{Check, rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Accept, Line};
use crate::rollup::Rollup;

/// Drops the warnings that a chapter's authors accept, and reports acceptances that accept nothing.
pub(super) fn apply(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for line in rollup.rows.iter().map(|row| row.line) {
        for accept in &line.accept {
            let before = findings.len();
            findings.retain(|finding| {
                !(is_accepted(finding, line, accept) && rollup.request.is_in(finding.primary.span.file))
            });
            let is_later = rule(&accept.rule.value).is_some_and(|rule| matches!(rule.check, Check::Building));
            if findings.len() == before && !is_later {
                findings.push(idle(line, accept));
            }
        }
    }
}

fn is_accepted(finding: &Diagnostic, line: &Line, accept: &Accept) -> bool {
    finding.severity != Severity::Error
        && accept.is_for(finding.code)
        && finding.subject.as_deref() == Some(line.id.value.as_str())
}

fn idle(line: &Line, accept: &Accept) -> Diagnostic {
    let code = &accept.rule.value;
    let (message, help) = match rule(code) {
        None => (format!("there is no rule `{code}` to accept"), "`gaisan rules` lists the rules"),
        Some(rule) if rule.code.starts_with('E') => (
            format!("`{code}` is an error, and errors cannot be accepted"),
            "correct what it reports and take the acceptance out",
        ),
        Some(_) => (
            format!("`{}` has no warning `{code}` to accept", line.id.value),
            "take the acceptance out: what it was for is gone",
        ),
    };
    Diagnostic::new("W0508", accept.rule.span, message).help(help)
}
