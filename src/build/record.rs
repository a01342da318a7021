//! What came of a family of chapters, kept so that the next build passes over it unread while nothing has happened to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::place;
use super::state::State;
use super::{Format, Options};
use crate::diagnostic::{Diagnostic, Findings};
use crate::enclosure::Digest;
use crate::examine::Examined;
use crate::model::Lang;
use crate::read::{Chapter, Family};
use crate::source::{SourceMap, Stamp, display_name, line_ends, read_bytes};

/// What came of a family that was read, checked and built without an error.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Record {
    /// The digest of everything that was asked for, but for what the files say.
    wanted: Digest,
    /// The chapters as the survey knows them.
    pub(super) chapters: Vec<Chapter>,
    /// How many of them could be read.
    pub(super) requests: usize,
    /// The files that were read.
    pub(super) inputs: BTreeMap<PathBuf, Input>,
    pub(super) folders: Folders,
    /// The names of the sheets that were made.
    pub(super) sheets: Vec<String>,
    /// The names of those that other parts of a split build make.
    pub(super) elsewhere: Vec<String>,
    findings: Vec<Diagnostic>,
    /// The files that the findings point into, in their order.
    files: Vec<PathBuf>,
}

/// A file that was read.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Input {
    sha256: Digest,
    /// Its stamp before it was read; without one the file is read again.
    pub(super) stamp: Option<Stamp>,
}

impl Input {
    /// Whether the file still says the same.
    fn still(&self, path: &Path) -> bool {
        let now = Stamp::at(path);
        if now.zip(self.stamp).is_some_and(|(now, then)| now.tells_same(then)) {
            return true;
        }
        // A text is known by what is read of it, a picture by all of its bytes.
        let is_it = |bytes: Vec<u8>| {
            [Digest::of(&bytes), Digest::of(&line_ends::text(&bytes))].contains(&self.sha256)
        };
        read_bytes(path).is_ok_and(is_it)
    }
}

/// Where the sheets of some chapters lie.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Folders {
    /// The file of each chapter, and its folder.
    pub(super) chapters: Vec<(PathBuf, String)>,
    /// The folders of chapters all of whose programs could be read.
    pub(super) complete: Vec<String>,
}

impl Folders {
    pub(super) fn of(examined: &Examined<'_>, lang: Option<Lang>) -> Self {
        let mut folders = Self::default();
        for request in examined.rollups.iter().map(|rollup| rollup.request) {
            let path = &examined.sources.file(request.file).path;
            folders.chapters.push((place::real(path), place::chapter(request)));
            // Programs that could not be read are not gone.
            if !request.line.unread {
                let folder = place::folder(request, lang.unwrap_or(request.lang));
                folders.complete.push(display_name(&folder));
            }
        }
        folders
    }
}

impl Record {
    /// What came of a family; the names of its sheets are still to be told.
    pub(super) fn of(wanted: Digest, family: &Family, examined: &Examined<'_>, lang: Option<Lang>) -> Self {
        let sources = examined.sources;
        let input = |bytes: &[u8], stamp| Input { sha256: Digest::of(bytes), stamp };
        let texts = sources.files().map(|(_, it)| (it.path.clone(), input(it.text.as_bytes(), it.stamp)));
        let pictures =
            sources.binaries().map(|(path, bytes, stamp)| (path.to_path_buf(), input(bytes, stamp)));
        Self {
            wanted,
            chapters: family.chapters.clone(),
            requests: examined.rollups.len(),
            inputs: texts.chain(pictures).collect(),
            folders: Folders::of(examined, lang),
            sheets: Vec::new(),
            elsewhere: Vec::new(),
            files: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// The record with what was said of the family.
    pub(super) fn with(self, findings: &[Diagnostic], sources: &SourceMap) -> Self {
        let mut said = Findings::default();
        said.add(findings.to_vec(), sources);
        let files = said.sources.files().map(|(_, file)| file.path.clone()).collect();
        Self { files, findings: said.list, ..self }
    }

    /// Whether it can be written down: not every path is a text.
    pub(super) fn is_plain(&self) -> bool {
        let places = self.folders.chapters.iter().map(|(path, _)| path);
        self.inputs.keys().chain(places).all(|path| path.to_str().is_some())
    }

    /// The findings on the family, if reading, checking and building it would come to the same as it did; `None` if it may not.
    pub(super) fn still(
        &self,
        family: &Family,
        wanted: Digest,
        options: &Options,
        state: &State,
    ) -> Option<Findings> {
        let is_asked = self.wanted == wanted && self.chapters == family.chapters;
        let is_there = |format: &Format, name: &str| {
            if !format.is_had_by(name) {
                return true;
            }
            let sheet = state.sheets.get(name);
            sheet.is_some_and(|sheet| sheet.still(*format, &options.out).is_some())
        };
        let mut sheets = self.sheets.iter();
        let is_same = is_asked
            && self.inputs.iter().all(|(path, input)| input.still(path))
            && sheets.all(|name| options.formats.iter().all(|format| is_there(format, name)));
        if !is_same {
            return None;
        }
        let mut sources = SourceMap::default();
        for path in &self.files {
            sources.load(path).ok()?;
        }
        Findings::kept(self.findings.clone(), sources)
    }
}
