//! From a comparison to the files of its change sheets.

use std::path::{Path, PathBuf};

use super::run::failure;
use super::write::Output;
use super::{Built, Failure, Format, Job};
use crate::compose::Templates;
use crate::diff::Diff;
use crate::enclosure::Digest;
use crate::fault::contained;
use crate::model::Lang;
use crate::sheet;
use crate::typeface::Fonts;

/// Writes a change sheet of every chapter of a comparison in all formats, below a folder, into folders named by both sides; gives
/// the files of the sheets and an account. `lang` is the language of all of them; without it each chapter has its own.
pub fn change_sheets(
    diff: &Diff<'_>,
    templates: &Templates,
    out: &Path,
    lang: Option<Lang>,
    fonts: Option<&Fonts>,
) -> (Vec<PathBuf>, Built) {
    let (mut paths, mut built) = (Vec::new(), Built::default());
    let output = match Output::open(out) {
        Ok(output) => output,
        Err(error) => {
            built.failures.push(failure(out, error));
            return (paths, built);
        }
    };
    // A fault stops what is being worded or written, and nothing else.
    let mut sheets = Vec::new();
    for at in 0..=diff.chapters.len() {
        let chapter = at.checked_sub(1);
        let worded = contained(|| match chapter {
            None => sheet::together(diff, lang),
            Some(chapter) => sheet::change(diff, chapter, lang).into_iter().collect(),
        });
        let id = || diff.chapters.get(chapter?)?.request().map(|request| request.line.id.value.to_string());
        match worded {
            Ok(worded) => sheets.extend(worded),
            Err(cause) => built.failures.push(Failure { what: id().unwrap_or_default(), cause }),
        }
    }
    for (chapter, (folder, sheet)) in sheets.into_iter().enumerate() {
        let mut job = Job { folder: PathBuf::from(folder), chapter, lang: sheet.imprint.lang, sheet };
        match contained(|| write(&mut job, templates, fonts, &output, &mut built)) {
            Ok(()) => paths.extend(Format::SHEETS.map(|format| job.path(format))),
            Err(cause) => built.failures.push(Failure { what: job.name(), cause }),
        }
    }
    if let Err(error) = output.close() {
        built.failures.push(failure(out, error));
    }
    (paths, built)
}

/// Writes the files of one sheet; each is either its old or its new self.
fn write(job: &mut Job, templates: &Templates, fonts: Option<&Fonts>, output: &Output, built: &mut Built) {
    let document = match job.document(templates) {
        Ok(document) => document,
        Err(cause) => {
            built.failures.push(Failure { what: job.name(), cause });
            return;
        }
    };
    // A comparison encloses nothing; what it shows is what its paper can be matched with.
    let digest = Digest::of(document.plain().as_bytes());
    job.sheet.imprint.edition = format!("{} {}", crate::words::edition(job.lang), digest.short());
    let before = built.failures.len();
    for format in Format::SHEETS {
        let drawn = match job.drawn(format, &document, fonts) {
            Ok(drawn) => drawn,
            Err(cause) => {
                built.failures.push(Failure { what: job.name(), cause });
                continue;
            }
        };
        if !drawn.missing.is_empty() {
            built.missing.push((job.path(format), drawn.missing));
        }
        for (path, bytes) in drawn.files {
            match output.file(&path, &bytes, Digest::of(&bytes)) {
                Ok(_) => built.written += 1,
                Err(error) => built.failures.push(failure(&path, error)),
            }
        }
    }
    if built.failures.len() == before {
        built.sheets += 1;
        built.made += 1;
    }
}
