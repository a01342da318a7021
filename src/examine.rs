//! Reading's findings and the rules' findings brought together.

use rayon::prelude::*;

use crate::check;
use crate::diagnostic::{self, Diagnostic, Findings, Severity};
use crate::edit::granted;
use crate::read::{Family, Reading, Survey};
use crate::rollup::Rollup;
use crate::settings::Severities;
use crate::source::SourceMap;
use crate::typeface::Fonts;

/// About how many sheets' chapters are in memory at a time: enough to keep all cores busy.
const AT_A_TIME: usize = 128;

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
    /// Whether there is an error in the project's settings, which say how every sheet is made.
    pub is_withheld: bool,
}

/// Adds up and checks everything that was read.
pub fn examine(reading: &Reading) -> Examined<'_> {
    let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
    // Where there is nothing to set, the faces need not be looked into.
    let fonts = if rollups.is_empty() { None } else { reading.fonts() };
    let mut findings = check::check_in(&rollups, fonts, reading.findings.clone());
    granted(&mut findings, &reading.sources);
    diagnostic::sort(&mut findings, &reading.sources);
    let is_withheld = reading.is_withheld();
    Examined { rollups, sources: &reading.sources, findings, fonts, is_withheld }
}

/// The same, with the severities that a project and a run ask for.
pub fn examine_with<'r>(reading: &'r Reading, severities: &Severities) -> Examined<'r> {
    let mut examined = examine(reading);
    severities.apply(&mut examined.findings);
    examined
}

/// Adds up and checks the chapters of a survey, a few families at a time, and forgets them before the next. `see` is shown each family. Returns what is to be said, sorted; what the machine would not give is in `survey.apart` with the rest.
pub fn examine_in_turn(
    survey: &mut Survey,
    severities: &Severities,
    see: &mut dyn FnMut(&Examined<'_>),
) -> Findings {
    let mut findings = Findings::default();
    let families = std::mem::take(&mut survey.families);
    let mut rest = families.as_slice();
    while !rest.is_empty() {
        let (few, later) = rest.split_at(Family::few(rest, AT_A_TIME));
        rest = later;
        let readings: Vec<Reading> = few.par_iter().map(|family| survey.read(family)).collect();
        let examined: Vec<Examined<'_>> =
            readings.par_iter().map(|reading| examine_with(reading, severities)).collect();
        for it in examined {
            see(&it);
            findings.add(it.findings, it.sources);
        }
        for mut reading in readings {
            survey.claim(&reading);
            survey.apart.unreadable.append(&mut reading.unreadable);
        }
    }
    survey.read_rest();
    let apart = examine_with(&survey.apart, severities);
    see(&apart);
    findings.add(apart.findings, apart.sources);
    findings.sort();
    findings
}

impl Examined<'_> {
    /// Whether there is an error among the findings.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}
