//! `manifest.json`: which sheets an output folder holds, what they are made from, and the digest of every file.
//!
//! The same sheets give the same bytes: everything is sorted, and nothing says when. The file is described by
//! `docs/schema/manifest.schema.json`.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::files::{FileEntry, Seen};
use super::flaw::Flaw;
use super::frozen;
use super::place;
use super::plan::Task;
use super::shard::Shard;
use super::write::Output;
use crate::enclosure::Digest;
use crate::model::Paper;
use crate::sheet::{Printed, Sheet, Totals};

/// The manifest's name in an output folder.
pub const MANIFEST: &str = "manifest.json";

pub(super) const SCHEMA: &str = "urn:gaisan:schema:manifest:1";

/// What an output folder holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    #[serde(rename = "$schema")]
    pub(super) schema: String,
    version: u8,
    /// The version of gaisan that wrote the manifest.
    pub gaisan: String,
    /// The Git commit that the budget files were at, with `-dirty` where some of them differ from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The part of a split build that the folder holds; nothing where it holds more, or all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// The sheets, by name.
    pub sheets: Vec<SheetEntry>,
    /// Files that belong to no sheet: the index.
    pub files: Vec<FileEntry>,
    /// Files that no sheet has any more, as long as they are there; `--prune` removes them, but for those that the last build could
    /// not make anew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leftover: Vec<FileEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub releases: Vec<ReleaseEntry>,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetEntry {
    /// The path of its files without extension: `fy2022/mext-5/q-leap`.
    pub name: String,
    /// The program's id, or `overview`.
    pub id: String,
    pub title: String,
    /// Its place in the chapter's printed order; the overview is 0.
    pub order: usize,
    /// The chapter it belongs to.
    pub chapter: ChapterEntry,
    /// The fiscal year, by the year in which it begins.
    pub fiscal_year: u16,
    /// Where in its life the request stands.
    pub stage: String,
    /// The language it is worded in.
    pub lang: String,
    /// Which edition of the chapter it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// The digest of its data, whose first digits are printed on it.
    pub digest: String,
    /// The edition as it is printed.
    pub edition: String,
    /// The version of gaisan that made it.
    pub gaisan: String,
    /// The digest of the templates that composed it.
    pub templates: String,
    /// Its amounts, exact, in the currency's base unit.
    pub totals: Totals,
    /// Its amounts as they are printed.
    pub printed: Printed,
    /// Its files, by path.
    pub files: Vec<FileEntry>,
}

/// The chapter of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChapterEntry {
    pub id: String,
    /// Its title, with its number.
    pub title: String,
    /// Ministry, year and stage.
    pub heading: String,
    /// The paper of its sheets, if it is not A4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
}

/// A release.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReleaseEntry {
    /// Its folder, relative to the output folder: `fy2022/mext-5/r3`.
    pub folder: String,
    /// The edition of the chapter that it froze.
    pub revision: u32,
    /// What the author calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The day, as `2022-08-31`.
    pub date: String,
    /// The Git commit that the budget files were at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The digest of its `release.json`, which has those of its files.
    pub sha256: Digest,
}

impl Manifest {
    /// A manifest without sheets.
    pub fn new(commit: Option<String>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            version: 1,
            gaisan: super::VERSION.to_owned(),
            commit,
            shard: None,
            sheets: Vec::new(),
            files: Vec::new(),
            leftover: Vec::new(),
            releases: Vec::new(),
        }
    }

    /// The file: everything in its order, with a final line end. Writing plain data to memory cannot fail.
    pub(super) fn bytes(&mut self) -> Vec<u8> {
        self.sheets.sort_by(|a, b| a.name.cmp(&b.name));
        for sheet in &mut self.sheets {
            sheet.files.sort();
        }
        self.files.sort();
        self.leftover.sort();
        self.releases.sort();
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The files of its releases that are not what was released into the output folder.
    pub fn released_flaws(&self, out: &Path) -> Vec<(String, Flaw)> {
        frozen::flaws(out, &self.releases)
    }

    /// Every file that belongs to a sheet or is the index.
    pub fn all_files(&self) -> impl Iterator<Item = &FileEntry> {
        let sheets = self.sheets.iter().flat_map(|sheet| &sheet.files);
        sheets.chain(&self.files)
    }
}

impl Output {
    /// Writes the manifest of the folder.
    pub(super) fn manifest(&self, manifest: &mut Manifest) -> Result<Seen, String> {
        let bytes = manifest.bytes();
        self.sync()?;
        self.file(Path::new(MANIFEST), &bytes, Digest::of(&bytes))
    }
}

impl SheetEntry {
    /// The entry of a sheet, still without files.
    pub(super) fn of(task: &Task<'_>, sheet: &Sheet, templates: &str) -> Self {
        let request = task.request;
        let imprint = &sheet.imprint;
        let digest = imprint.enclosure.as_ref().map(|enclosure| enclosure.digest().to_string());
        Self {
            name: task.name(),
            id: sheet.stem.clone(),
            title: imprint.title.clone(),
            order: task.order,
            chapter: ChapterEntry {
                id: request.line.id.value.to_string(),
                title: task.chapter_title().to_owned(),
                heading: imprint.running_head.clone(),
                paper: (imprint.paper != Paper::default()).then(|| imprint.paper.slug().to_owned()),
            },
            fiscal_year: request.fiscal_year.value.western(),
            stage: request.stage.slug().to_owned(),
            lang: task.lang.tag().to_owned(),
            revision: request.revision,
            digest: digest.unwrap_or_default(),
            edition: imprint.edition.clone(),
            gaisan: super::VERSION.to_owned(),
            templates: templates.to_owned(),
            totals: sheet.headline.totals.clone(),
            printed: sheet.headline.printed.clone(),
            files: Vec::new(),
        }
    }

    /// The folder of its chapter, whatever the language: `fy2022/mext-5`.
    pub(super) fn chapter_folder(&self) -> String {
        place::folder_at(self.fiscal_year, &self.chapter.id, &self.stage)
    }

    /// Whether another entry is of the same data, made the same way.
    pub(super) fn is_made_like(&self, other: &Self) -> bool {
        (&self.digest, &self.gaisan, &self.templates) == (&other.digest, &other.gaisan, &other.templates)
    }
}
