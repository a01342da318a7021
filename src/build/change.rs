//! From a comparison to the files of its change sheets.

use std::path::PathBuf;

use super::{Built, Format, Job, Options, make};
use crate::compose::Templates;
use crate::diff::Diff;
use crate::sheet;

/// Writes a change sheet of every chapter of a comparison, into folders named by both sides.
#[must_use]
pub fn changes(diff: &Diff<'_>, templates: &Templates, options: &Options) -> Built {
    let mut built = Built::default();
    let sheets = sheet::changes(diff, options.lang);
    for (chapter, (folder, sheet)) in sheets.into_iter().enumerate() {
        let job = Job {
            folder: PathBuf::from(folder),
            chapter,
            lang: sheet.imprint.lang,
            sheet,
        };
        let made = make(&job, templates, options);
        built.files += made.written.len();
        built.written.extend(made.written);
        if !made.missing.is_empty() {
            built.missing.push((job.path(Format::Pdf), made.missing));
        }
        match made.failure {
            None => built.sheets += 1,
            Some(failure) => built.failures.push(failure),
        }
    }
    built
}
