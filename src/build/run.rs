//! What all sheets of a run need to know, and the one way in which a file of theirs is kept, written or found wanting.

use std::path::Path;
use std::sync::atomic::Ordering;

use super::enclose::Encloser;
use super::files::{Seen, Standing, is_converted};
use super::timings::{Phase, Timings};
use super::write::Output;
use super::{Built, Failure, Flaw, Format, Mode, Options, templates_digest};
use crate::compose::Templates;
use crate::enclosure::Digest;
use crate::examine::Examined;
use crate::import::lost;
use crate::source::display_name;
use crate::typeface::Fonts;

/// What all sheets of a run need to know.
pub(super) struct Run<'r> {
    pub(super) options: &'r Options,
    pub(super) templates: &'r Templates,
    pub(super) templates_digest: String,
    /// The digest of the office's own font, if there is one.
    pub(super) font_digest: Option<Digest>,
    /// The output folder; `None` when nothing is to be written.
    pub(super) output: Option<Output>,
    pub(super) timings: Timings,
}

/// The chapters of a family, and what their sheets are made from.
pub(super) struct Chapters<'r> {
    pub(super) examined: &'r Examined<'r>,
    pub(super) encloser: Encloser<'r>,
}

/// What came of some files.
#[derive(Debug, Default)]
pub(super) struct Account {
    /// How many were written.
    pub(super) written: usize,
    pub(super) failures: Vec<Failure>,
    /// Those that are not as they should be, when nothing is written.
    pub(super) flaws: Vec<(String, Flaw)>,
    /// How many have other line ends than were written, when nothing is written.
    pub(super) converted: usize,
}

impl Account {
    /// Adds the account to that of the whole build.
    pub(super) fn add_to(self, built: &mut Built) {
        built.written += self.written;
        built.failures.extend(self.failures);
        built.flaws.extend(self.flaws);
        built.converted += self.converted;
    }
}

impl<'r> Run<'r> {
    /// Opens the output folder where something is to be written.
    pub(super) fn begin(
        fonts: Option<&Fonts>,
        templates: &'r Templates,
        options: &'r Options,
    ) -> Result<Self, Failure> {
        let output = match options.mode {
            Mode::Check => None,
            Mode::Update | Mode::Force => {
                Some(Output::open(&options.out).map_err(|error| failure(&options.out, error))?)
            }
        };
        Ok(Self {
            options,
            templates,
            templates_digest: templates_digest(templates),
            font_digest: fonts.and_then(Fonts::fallback).map(|face| Digest::of(&face.data)),
            output,
            timings: Timings::default(),
        })
    }

    /// Does some work of a phase, and measures it.
    pub(super) fn timed<T>(&self, phase: Phase, work: impl FnOnce() -> T) -> T {
        let Some(clock) = self.options.clock else {
            return work();
        };
        let start = clock();
        let done = work();
        self.timings.add(phase, clock().saturating_sub(start));
        done
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.options.cancel.load(Ordering::Relaxed)
    }

    /// Leaves a file alone that is there already, and writes another; where nothing is to be written, `flaw` says of another file
    /// what is wrong with it. `known` is how it was last seen. Returns how the file is, or is to be; `None` where that failed.
    pub(super) fn put(
        &self,
        path: &Path,
        bytes: &[u8],
        known: Option<&Seen>,
        flaw: impl FnOnce(&Seen) -> Flaw,
        account: &mut Account,
    ) -> Option<Seen> {
        let digest = Digest::of(bytes);
        let target = self.options.out.join(path);
        let standing = match self.options.mode {
            Mode::Force => Standing::Missing,
            Mode::Update | Mode::Check => Standing::of(&target, digest, known),
        };
        let Some(output) = &self.output else {
            let flaw = match standing {
                Standing::Same(seen) => return Some(seen),
                Standing::Other(_) if is_converted(&target, digest) => {
                    account.converted += 1;
                    None
                }
                Standing::Other(there) => Some(flaw(&there)),
                Standing::Missing => Some(Flaw::Missing),
            };
            account.flaws.extend(flaw.map(|flaw| (display_name(path), flaw)));
            return Some(Seen::expected(digest, bytes.len() as u64));
        };
        match standing {
            Standing::Same(seen) => return Some(seen),
            // What this folder's last build wrote is only that; in another workbook somebody may have gone on working.
            Standing::Other(seen)
                if Format::Xlsx.is_of(&display_name(path))
                    && known.is_none_or(|known| known.sha256 != seen.sha256) =>
            {
                let old = crate::source::bytes(&target).unwrap_or_default();
                if let Some(lost) = lost(&display_name(&target), &old, bytes, &Default::default()) {
                    account.failures.push(failure(path, lost));
                    return None;
                }
            }
            Standing::Other(_) | Standing::Missing => {}
        }
        match output.file(path, bytes, digest) {
            Ok(seen) => {
                account.written += 1;
                Some(seen)
            }
            Err(error) => {
                account.failures.push(failure(path, error));
                None
            }
        }
    }
}

/// That a file could not be written.
pub(super) fn failure(what: &Path, cause: String) -> Failure {
    Failure { what: display_name(what), cause }
}
