//! Files that leave open what a year says, so that no other is made of it.

use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::examine::examine;
use crate::model::{FiscalYear, Request};
use crate::read::Reading;
use crate::source::FileId;

/// A file with errors that may say something of a year.
pub(super) fn broken(reading: &Reading, year: FiscalYear) -> Option<FileId> {
    let is_of_another = |file: FileId| {
        let mut all = reading.requests.iter().filter(|it| it.is_in(file)).map(|it| it.fiscal_year.value);
        all.clone().any(|of| of != year && !of.is_stand_in()) && !all.any(|of| of == year)
    };
    let errors = reading.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| finding.primary.span.file).find(|file| !is_of_another(*file))
}

/// A file that says another budget of a line than the rest of its year: which of the two is next year's prior amount nobody can say.
pub(super) fn disputed(reading: &Reading, going: &[&Request]) -> Option<FileId> {
    let is_of = |one: &Request, other: &Request| {
        one.line.id.value == other.line.id.value && one.fiscal_year.value == other.fiscal_year.value
    };
    let files = reading.requests.iter().filter(|it| going.iter().any(|request| is_of(it, request)));
    let files: BTreeSet<FileId> = files.flat_map(Request::files).collect();
    let found = examine(reading).findings;
    let mut twice = found.iter().filter(|finding| finding.code == "E0416").map(|it| it.primary.span.file);
    twice.find(|file| files.contains(file))
}
