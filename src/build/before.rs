//! What the last build of an output folder saw, asked for before anything is read.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::record::{Input, Record};
use super::state::{STATE, State};
use super::write::PRIVATE;
use super::{Built, MANIFEST, Mode, Options};
use crate::diagnostic::Findings;
use crate::enclosure::Digest;
use crate::read::{Chapter, Family, Survey, survey_knowing};
use crate::source::Stamp;

/// What the last build of an output folder saw.
#[derive(Debug, Default)]
pub struct Before {
    pub(super) state: State,
    /// The stamp of the file that says so.
    stamp: Option<Stamp>,
}

/// The chapters of a run, held against what the last build saw.
pub(super) struct Compared {
    pub(super) before: Before,
    /// What came of the families that are passed over.
    pub(super) records: Vec<Record>,
    pub(super) said: Vec<Findings>,
    /// The families to be read.
    pub(super) rest: Vec<Family>,
}

impl Before {
    /// Looks into an output folder, which need not be there.
    pub fn of(out: &Path) -> Self {
        let stamp = Stamp::at(&out.join(PRIVATE).join(STATE));
        Self { state: State::read(out), stamp }
    }

    /// Looks through files and folders, and into those only that have changed since.
    pub fn survey(&self, paths: &[PathBuf]) -> Survey {
        let records = self.state.families.values();
        let chapters = records.clone().flat_map(|record| &record.chapters);
        // As names: paths are compared part by part.
        let chapters: HashMap<&OsStr, &Chapter> = chapters.map(|it| (it.path.as_os_str(), it)).collect();
        let inputs = records.flat_map(|record| &record.inputs);
        let inputs: HashMap<&OsStr, &Input> = inputs.map(|(path, it)| (path.as_os_str(), it)).collect();
        survey_knowing(paths, &|path| {
            let then = inputs.get(path.as_os_str())?.stamp?;
            let is_same = Stamp::at(path).is_some_and(|now| now.tells_same(then));
            is_same.then(|| chapters.get(path.as_os_str()).map(|chapter| (*chapter).clone()))
        })
    }

    /// Another look, where the folder was built in between.
    pub(super) fn newer(&self, out: &Path) -> Option<Self> {
        let is_same = self.stamp == Stamp::at(&out.join(PRIVATE).join(STATE));
        (!is_same).then(|| Self::of(out))
    }

    /// Finds the families that are as they were, with all that was made of them.
    pub(super) fn compared(
        self,
        families: &[Family],
        wanted: Digest,
        options: &Options,
        pool: Option<&rayon::ThreadPool>,
    ) -> Compared {
        let is_known = options.mode != Mode::Force && self.is_manifest_still(&options.out);
        let known = |family: &Family| {
            let record = self.state.families.get(&family.chapters.first()?.path).filter(|_| is_known)?;
            Some((record.clone(), record.still(family, wanted, options, &self.state)?))
        };
        let all = || families.par_iter().map(known).collect::<Vec<_>>();
        let passed = pool.map_or_else(all, |pool| pool.install(all));
        let (mut records, mut said, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for (family, passed) in families.iter().zip(passed) {
            match passed {
                Some((record, findings)) => {
                    records.push(record);
                    said.push(findings);
                }
                None => rest.push(family.clone()),
            }
        }
        Compared { before: self, records, said, rest }
    }

    fn is_manifest_still(&self, out: &Path) -> bool {
        self.state.files.get(MANIFEST).is_some_and(|seen| seen.still(&out.join(MANIFEST)).is_some())
    }

    /// What is said where there is nothing to do.
    pub(super) fn count(&self, records: &[Record], built: &mut Built) {
        records.iter().for_each(|record| self.state.count(record, built));
        built.files += self.state.files.len();
    }
}

impl Compared {
    /// Whether there is nothing at all to do: the last build came to an end, and left what is to be there and nothing else.
    pub(super) fn is_all(&self, options: &Options) -> bool {
        let state = &self.before.state;
        let places = self.records.iter().flat_map(|record| &record.folders.chapters);
        let folders: BTreeSet<&String> = places.map(|(_, folder)| folder).collect();
        options.mode == Mode::Update
            && self.rest.is_empty()
            && !self.records.is_empty()
            && state.is_finished
            && state.commit == options.commit
            && folders.into_iter().eq(state.chapters.keys())
            && state.files.iter().all(|(path, seen)| seen.still(&options.out.join(path)).is_some())
    }
}
