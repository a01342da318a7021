//! The files of an output folder that belong to no sheet: index, manifest, and what earlier builds have left.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::Path;

use super::index::INDEX;
use super::make::failure;
use super::state::Seen;
use super::whole::Whole;
use super::write::{Content, measure};
use super::{Built, Failure, FileEntry, MANIFEST, Mode, Run, Trouble, is_there};

/// The files that belong to no sheet.
pub(super) struct Desk<'d, 'r> {
    pub(super) run: &'d Run<'r>,
    /// How they were last seen.
    pub(super) before: &'d BTreeMap<String, Seen>,
    /// How they are now.
    pub(super) seen: BTreeMap<String, Seen>,
    pub(super) built: &'d mut Built,
}

impl Desk<'_, '_> {
    /// The files that earlier builds wrote and that belong to nothing any more; removed if that was asked for.
    pub(super) fn leftover(
        &mut self,
        mut left: BTreeMap<String, FileEntry>,
        whole: &Whole<'_>,
        files: &[FileEntry],
    ) -> Vec<FileEntry> {
        for file in files {
            left.remove(&file.path);
        }
        if !left.is_empty() {
            for entry in whole.entries() {
                match entry {
                    Ok(entry) => entry.files.iter().for_each(|file| {
                        left.remove(&file.path);
                    }),
                    Err(error) => {
                        self.built.failures.push(unsettled(MANIFEST, &error));
                        return left.into_values().collect();
                    }
                }
            }
        }
        let (run, built) = (self.run, &mut *self.built);
        left.retain(|path, _| is_there(&run.options.out, path));
        // What could not be made anew is still the last good file of its sheet: known, but neither left over nor to be removed.
        let failed: HashSet<&str> = built.failures.iter().map(|it| it.what.as_str()).collect();
        let is_held = |path: &str| failed.contains(path) || path == INDEX && !failed.is_empty();
        let held: Vec<FileEntry> =
            left.extract_if(.., |path, _| is_held(path)).map(|(_, file)| file).collect();
        if run.options.prune
            && let Some(output) = &run.output
        {
            left.retain(|path, _| match output.remove(Path::new(path)) {
                Ok(()) => {
                    built.removed.push(path.clone());
                    false
                }
                Err(error) => {
                    built.failures.push(failure(Path::new(path), &error));
                    true
                }
            });
        }
        built.leftover = left.keys().cloned().collect();
        left.into_values().chain(held).collect()
    }

    /// Writes a file, or compares it with that on the disk.
    pub(super) fn put(&mut self, name: &str, content: Content<'_>) {
        self.built.files += 1;
        let (run, built) = (self.run, &mut *self.built);
        let target = run.options.out.join(name);
        let (digest, size) = match measure(content) {
            Ok(measured) => measured,
            Err(error) => {
                built.failures.push(failure(Path::new(name), &error));
                return;
            }
        };
        let there = match self.before.get(name) {
            Some(known) => known.now(&target),
            None => Seen::read(&target),
        };
        if let Some(there) = there.filter(|there| there.sha256 == digest)
            && run.mode != Mode::Force
        {
            self.seen.insert(name.to_owned(), there);
            return;
        }
        let Some(output) = &run.output else {
            self.seen.insert(name.to_owned(), Seen::of(&target, digest, size));
            if Seen::is_converted(&target, digest) {
                built.converted += 1;
                return;
            }
            let trouble = match Seen::read(&target) {
                None => Trouble::Missing,
                Some(_) if name == MANIFEST && built.damaged.is_some() => Trouble::Damaged,
                Some(_) if name == MANIFEST && built.troubles.is_empty() => Trouble::Edited,
                Some(_) => Trouble::Stale,
            };
            built.troubles.push((name.to_owned(), trouble));
            return;
        };
        match output.measured_file(Path::new(name), content, (digest, size)) {
            Ok(now) => {
                built.written += 1;
                self.seen.insert(name.to_owned(), now);
            }
            Err(error) => built.failures.push(failure(Path::new(name), &error)),
        }
    }
}

/// That what was made cannot be written down.
pub(super) fn unsettled(sheet: &str, error: &io::Error) -> Failure {
    Failure {
        what: sheet.to_owned(),
        cause: format!("what was made of it cannot be kept: {error}; build again"),
    }
}
