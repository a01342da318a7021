//! Reading's findings and the rules' findings brought together.

use crate::check;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::read::Reading;
use crate::rollup::Rollup;
use crate::source::SourceMap;

/// Chapters added up, with everything that is to be said about them.
#[derive(Debug)]
pub struct Examined<'r> {
    /// The chapters.
    pub rollups: Vec<Rollup<'r>>,
    /// The files they were read from.
    pub sources: &'r SourceMap,
    /// All findings of all files, sorted by file and place.
    pub findings: Vec<Diagnostic>,
}

/// Adds up and checks everything that was read.
#[must_use]
pub fn examine(reading: &Reading) -> Examined<'_> {
    let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
    let mut findings = reading.findings.clone();
    findings.extend(check::check(&rollups));
    diagnostic::sort(&mut findings, &reading.sources);
    let sources = &reading.sources;
    Examined {
        rollups,
        sources,
        findings,
    }
}

impl Examined<'_> {
    /// Whether there is an error among the findings.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }
}
