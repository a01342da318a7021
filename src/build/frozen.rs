//! What was released: the list of a release's files, and whether they still are what it says.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Flaw;
use super::files::leads_out;
use super::manifest::{ReleaseEntry, SheetEntry};
use crate::enclosure::Digest;
use crate::source::{display_name, line_ends};

/// The name of a release's own list of files.
pub const RELEASE: &str = "release.json";

const SCHEMA: &str = "urn:gaisan:schema:release:1";

/// What a release holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    #[serde(rename = "$schema")]
    pub(super) schema: String,
    pub(super) version: u8,
    /// The version of gaisan that wrote it.
    pub gaisan: String,
    /// The Git commit that the budget files were at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// Which edition of the chapter it is.
    pub revision: u32,
    /// What the author calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The day, as `2022-08-31`.
    pub date: String,
    /// The sheets, by name; their files are relative to the release's folder.
    pub sheets: Vec<SheetEntry>,
}

impl Release {
    /// A release of some sheets, of no commit and without label and date.
    pub(super) fn new(revision: u32, sheets: Vec<SheetEntry>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            version: 1,
            gaisan: super::VERSION.to_owned(),
            commit: None,
            revision,
            label: None,
            date: String::new(),
            sheets,
        }
    }

    /// A release of an output folder.
    ///
    /// # Errors
    /// When it is not there, cannot be read, or lists a file outside its folder; says why.
    pub fn read(out: &Path, folder: &str) -> Result<Self, String> {
        let path = out.join(folder).join(RELEASE);
        let shown = display_name(&path);
        let bytes = crate::source::bytes(&path).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
        let release: Self = serde_json::from_slice(&bytes).map_err(|error| {
            format!("`{shown}` is no release any more: {error}; take it back from the repository")
        })?;
        let mut files = release.sheets.iter().flat_map(|sheet| &sheet.files);
        match files.find(|file| leads_out(&file.path)) {
            Some(file) => Err(format!("`{shown}` lists `{}`, which no release can hold", file.path)),
            None => Ok(release),
        }
    }

    /// Its files that are not what was released.
    pub(super) fn flaws(&self, out: &Path, folder: &str) -> Vec<(String, Flaw)> {
        let files = self.sheets.iter().flat_map(|sheet| &sheet.files);
        let paths = files.map(|file| (format!("{folder}/{}", file.path), file.sha256));
        paths.filter_map(|(path, sha256)| unlike(out, &path, sha256).map(|flaw| (path, flaw))).collect()
    }
}

impl ReleaseEntry {
    /// Where its list of files is, relative to the output folder.
    pub(super) fn list(&self) -> String {
        format!("{}/{RELEASE}", self.folder)
    }

    /// The entry of a release in a folder.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn read(out: &Path, folder: &Path) -> Result<Self, String> {
        let folder = display_name(folder);
        let release = Release::read(out, &folder)?;
        let bytes = crate::source::bytes(out.join(&folder).join(RELEASE)).unwrap_or_default();
        Ok(Self {
            revision: release.revision,
            label: release.label,
            date: release.date,
            commit: release.commit,
            sha256: Digest::of(&line_ends::text(&bytes)),
            folder,
        })
    }
}

/// Why a file is not the one that was written, if it is not; nothing where only a checkout of Git has changed its line ends.
pub(super) fn unlike(out: &Path, path: &str, written: Digest) -> Option<Flaw> {
    match crate::source::bytes(out.join(path)) {
        Err(_) => Some(Flaw::Missing),
        Ok(bytes) => written.written(&bytes).is_none().then_some(Flaw::Edited),
    }
}

/// The released files that are not what was released.
pub(super) fn flaws(out: &Path, releases: &[ReleaseEntry]) -> Vec<(String, Flaw)> {
    let mut flaws = Vec::new();
    for entry in releases {
        let list = entry.list();
        let flaw = unlike(out, &list, entry.sha256);
        flaws.extend(flaw.map(|flaw| (list, flaw)));
        if let Ok(release) = Release::read(out, &entry.folder) {
            flaws.extend(release.flaws(out, &entry.folder));
        }
    }
    flaws
}
