//! Whether what rides inside a file holds: its sums, and that it is what the sheet is made from.

use std::sync::Arc;

use crate::build::{self, Remade};
use crate::diagnostic::{Diagnostic, Severity};
use crate::enclosure::{EnclosedFile, Enclosure, Role};

/// What is wrong with the data, as its author would be told.
pub(super) fn wrong(remade: &Remade) -> Option<String> {
    let chapter = remade.job.as_ref().and_then(|job| remade.reading.requests.get(job.chapter));
    // Of other years' chapters only amounts are shown, and not all of their files ride along.
    let concerns = |finding: &&Diagnostic| {
        let file = finding.primary.span.file;
        let is_own = chapter.is_none_or(|own| own.file == file || own.parts.contains(&file));
        finding.severity == Severity::Error && (is_own || finding.code.starts_with("E02"))
    };
    let mut errors = remade.findings.iter().filter(concerns);
    let first = errors.next()?;
    let sources = &remade.reading.sources;
    let place = sources.position(first.primary.span);
    let more = match errors.count() {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    Some(format!(
        "the enclosed data does not hold: {}:{}: {}: {}{more}",
        sources.file(first.primary.span.file).name,
        place.line,
        first.code,
        first.message
    ))
}

/// What is wrong with an extract, or with what the project's settings say: little is asked of these, so nothing else may call itself one.
pub(super) fn other_extract(enclosure: &Enclosure, remade: &Remade) -> Option<String> {
    let again = remade.job.as_ref()?.sheet.imprint.enclosure.as_ref()?;
    let is_meant = |file: &EnclosedFile| {
        let same_name = |other: &&Arc<EnclosedFile>| other.name == file.name;
        let made = again.files.iter().find(same_name);
        // Another version may leave out other lines.
        let is_same = |made: &EnclosedFile| made.digest == file.digest || enclosure.version != build::VERSION;
        made.is_some_and(|made| made.role == file.role && is_same(made))
    };
    let is_cut = |file: &&Arc<EnclosedFile>| matches!(file.role, Role::Extract | Role::Settings);
    let other = enclosure.files.iter().filter(is_cut).find(|file| !is_meant(file))?;
    let what = if other.role == Role::Settings { "of the project's settings" } else { "an extract" };
    Some(format!(
        "the enclosed `{}` says that it is {what}, and it is not the one that the sheet `{}` draws on",
        other.name, enclosure.sheet
    ))
}

/// Said where the data is of another sheet, or of none.
pub(super) fn no_sheet(enclosure: &Enclosure) -> String {
    format!("the enclosed data makes no sheet `{}`", enclosure.sheet)
}
