//! Reading, checking and telling: what `build` and `check` have in common.

use std::fmt::Display;
use std::io::Write;
use std::path::PathBuf;

use anstream::{eprintln, print};
use gaisan::diagnostic::{self, Color, Diagnostic, Severity, Tally};
use gaisan::source::SourceMap;

use super::args::Deny;

/// Prints trouble of the machine.
pub(super) fn trouble(what: &impl Display) {
    eprintln!("\u{1b}[1;31merror\u{1b}[0m: {what}");
}

/// Prints findings.
pub(super) fn findings(findings: &[Diagnostic], sources: &SourceMap) {
    print!("{}", diagnostic::text(findings, sources, Color::Always));
    let _ = std::io::stdout().flush();
}

/// Makes warnings errors where the caller asks for it.
pub(super) fn apply(deny: Option<Deny>, findings: &mut [Diagnostic]) {
    if let Some(Deny::Warnings) = deny {
        for finding in findings
            .iter_mut()
            .filter(|finding| finding.severity == Severity::Warning)
        {
            finding.severity = Severity::Error;
        }
    }
}

/// `0 errors, 3 warnings`; `more` are warnings from outside the findings.
pub(super) fn tally(findings: &[Diagnostic], more: usize) -> String {
    let tally = Tally::of(findings);
    format!(
        "{}, {}",
        counted(tally.errors, "error"),
        counted(tally.warnings + more, "warning")
    )
}

/// `1 error`, `2 errors`.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Says so when the paths hold no chapter. Returns whether there is one.
pub(super) fn any_chapter(chapters: usize, findings: &[Diagnostic], paths: &[PathBuf]) -> bool {
    let has_errors = findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    if chapters == 0 && !has_errors {
        let paths: Vec<String> = paths
            .iter()
            .map(|path| format!("`{}`", path.display()))
            .collect();
        trouble(&format!(
            "no chapter in {}: a chapter is a .yaml file that begins with `gaisan: 1`",
            paths.join(", ")
        ));
        return false;
    }
    true
}
