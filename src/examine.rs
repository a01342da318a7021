//! Reading's findings and the rules' findings brought together.

use crate::check;
use crate::diagnostic::{self, Diagnostic, Findings, Severity};
use crate::read::{Reading, Survey};
use crate::rollup::Rollup;
use crate::settings::Severities;
use crate::source::SourceMap;
use crate::typeface::Fonts;

/// Chapters added up, with everything that is to be said about them.
#[derive(Debug)]
pub struct Examined<'r> {
    /// The chapters.
    pub rollups: Vec<Rollup<'r>>,
    /// The files they were read from.
    pub sources: &'r SourceMap,
    /// All findings of all files, sorted by file and place.
    pub findings: Vec<Diagnostic>,
    /// The faces that the sheets are set in; `None` if those of this crate are damaged.
    pub fonts: Option<&'r Fonts>,
}

/// Adds up and checks everything that was read.
#[must_use]
pub fn examine(reading: &Reading) -> Examined<'_> {
    let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
    let mut findings = check::check_in(&rollups, reading.fonts(), reading.findings.clone());
    diagnostic::sort(&mut findings, &reading.sources);
    Examined { rollups, sources: &reading.sources, findings, fonts: reading.fonts() }
}

/// The same, with the severities that a project and a run ask for.
#[must_use]
pub fn examine_with<'r>(reading: &'r Reading, severities: &Severities) -> Examined<'r> {
    let mut examined = examine(reading);
    severities.apply(&mut examined.findings);
    examined
}

/// Adds up and checks the chapters of a survey, family by family, and forgets each before the next. `see` is shown each family, its
/// findings left out. Returns what is to be said, sorted; what the machine would not give is in `survey.apart` with the rest.
#[must_use]
pub fn examine_in_turn(
    survey: &mut Survey,
    severities: &Severities,
    see: &mut dyn FnMut(&Examined<'_>),
) -> Findings {
    let mut findings = Findings::default();
    let mut add = |reading: &Reading| {
        let mut examined = examine_with(reading, severities);
        findings.add(std::mem::take(&mut examined.findings), examined.sources);
        see(&examined);
    };
    for family in std::mem::take(&mut survey.families) {
        let mut reading = survey.read(&family);
        add(&reading);
        survey.settle(&reading);
        survey.apart.troubles.append(&mut reading.troubles);
    }
    survey.read_rest();
    add(&survey.apart);
    findings.sort();
    findings
}

impl Examined<'_> {
    /// Whether there is an error among the findings.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}
