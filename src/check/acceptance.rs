//! W0508: an acceptance is of a warning that is there. Also takes accepted warnings out of the findings.

use std::collections::{HashMap, HashSet};

use super::registry::{Check, rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Accept, Line};
use crate::rollup::Rollup;

/// Drops the warnings that a chapter's authors accept, and reports acceptances that accept nothing.
pub(super) fn apply(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let mut open: HashMap<(String, &str), Vec<usize>> = HashMap::new();
    for (at, finding) in findings.iter().enumerate() {
        let is_warning =
            finding.severity != Severity::Error && rollup.request.is_in(finding.primary.span.file);
        if let Some(subject) = finding.subject.clone().filter(|_| is_warning) {
            open.entry((subject, finding.code)).or_default().push(at);
        }
    }
    let mut accepted: HashSet<usize> = HashSet::new();
    let mut unused = Vec::new();
    for line in rollup.rows.iter().map(|row| row.line) {
        for accept in &line.accept {
            let rule = rule(&accept.rule.value);
            let found = rule.and_then(|rule| open.remove(&(line.id.value.to_string(), rule.code)));
            let is_later = rule.is_some_and(|rule| matches!(rule.check, Check::Building));
            match found {
                Some(found) => accepted.extend(found),
                None if is_later => {}
                None => unused.push(idle(line, accept)),
            }
        }
    }
    let mut at = 0..;
    findings.retain(|_| at.next().is_none_or(|at| !accepted.contains(&at)));
    findings.extend(unused);
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
