//! What the last build saw, so that the next one need not look again: private, and safe to delete.
//!
//! A digest decides whether something changed, and the file ends with its own: a state that a disk or somebody has changed is none.
//! Sizes and times of files are kept only to know without reading a file that its
//! digest is still the one that was computed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{FileEntry, Seen, leads_out};
use super::over::Over;
use super::record::Record;
use super::write::{Output, PRIVATE, refused};
use super::{Built, Format, MAKER};
use crate::enclosure::Digest;

pub(super) const STATE: &str = "state.json";

/// What the last build saw.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    /// Its sheets by name.
    pub(super) sheets: BTreeMap<String, SheetState>,
    /// Its files that belong to no sheet, by path.
    pub(super) files: BTreeMap<String, Seen>,
    /// The files of the chapters by the folders of their sheets.
    #[serde(with = "super::as_text")]
    pub(super) chapters: BTreeMap<String, PathBuf>,
    /// What came of each family of chapters, by the file of its first one.
    pub(super) families: BTreeMap<PathBuf, Record>,
    /// What made all this; what another maker knows of families is none of ours.
    maker: String,
    /// Whether the build came to an end and left nothing to be said or done again.
    pub(super) is_finished: bool,
    /// The commit that its manifest names.
    pub(super) commit: Option<String>,
}

/// A sheet as it was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SheetState {
    /// The digest of everything that its files are made from.
    pub(super) fingerprint: Digest,
    /// Its files, format by format.
    pub(super) files: Vec<Known>,
    /// Characters that the PDF's font lacks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) missing: String,
    /// By how much the PDF does not fit its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) over: Option<Over>,
    /// What a person should know of the workbook.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) remarks: Vec<String>,
}

/// A file of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// The format that it belongs to; a figure beside a Markdown file belongs to Markdown.
    pub(super) format: Format,
    /// Its path below the output folder.
    pub(super) path: String,
    /// How it was last seen.
    pub(super) seen: Seen,
}

impl SheetState {
    /// The files of a format, where all of them still are as they were made.
    pub(super) fn still(&self, format: Format, out: &Path) -> Option<Vec<Known>> {
        let of_format = self.files.iter().filter(|file| file.format == format);
        let now =
            |known: &Known| Some(Known { seen: known.seen.still(&out.join(&known.path))?, ..known.clone() });
        let files: Option<Vec<Known>> = of_format.map(now).collect();
        files.filter(|files| !files.is_empty())
    }

    /// Counts its files, and says what its PDF lacks and what its workbook does not keep.
    pub(super) fn count(&self, name: &str, built: &mut Built) {
        built.files += self.files.len();
        if !self.missing.is_empty() {
            built.missing.push((PathBuf::from(format!("{name}.pdf")), self.missing.chars().collect()));
        }
        let workbook = PathBuf::from(format!("{name}.xlsx"));
        built.remarks.extend(self.remarks.iter().map(|remark| (workbook.clone(), remark.clone())));
    }

    /// A file of the manifest as it truly is: where the two know of other digests, the disk decides for the one that it has.
    pub(super) fn corrected(&self, file: FileEntry, out: &Path) -> FileEntry {
        let other = self.seen(&file.path).filter(|seen| seen.sha256 != file.sha256);
        match other.and_then(|seen| seen.still(&out.join(&file.path))) {
            Some(seen) => seen.entry(&file.path),
            None => file,
        }
    }

    /// How a file was last seen.
    pub(super) fn seen(&self, path: &str) -> Option<&Seen> {
        let known = self.files.iter().find(|file| file.path == path);
        known.map(|file| &file.seen)
    }
}

impl State {
    /// The state of an output folder; nothing known where there is none, where it cannot be read, or where it knows of files that
    /// cannot be of this folder.
    pub(super) fn read(out: &Path) -> Self {
        let state = crate::source::bytes(out.join(PRIVATE).join(STATE)).ok();
        state.and_then(|it| Self::parse(&it)).unwrap_or_default()
    }

    /// Counts a family that is passed over.
    pub(super) fn count(&self, record: &Record, built: &mut Built) {
        built.chapters += record.requests;
        built.sheets += record.sheets.len();
        for name in &record.sheets {
            self.sheets.get(name).into_iter().for_each(|sheet| sheet.count(name, built));
        }
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (content, end) = bytes.split_at_checked(bytes.len().checked_sub(seal(b"").len())?)?;
        if end != seal(content).as_bytes() {
            return None;
        }
        let mut state = serde_json::from_slice::<Self>(bytes).ok()?;
        if state.maker != MAKER {
            state.families.clear();
            state.is_finished = false;
        }
        Some(state).filter(|state| !state.paths().any(leads_out))
    }

    fn paths(&self) -> impl Iterator<Item = &str> {
        let of_sheets = self.sheets.values().flat_map(|sheet| &sheet.files);
        let others = self.files.keys().map(String::as_str);
        of_sheets.map(|file| file.path.as_str()).chain(others)
    }

    /// Writes the state of an output folder.
    pub(super) fn write(&mut self, output: &Output) -> Result<(), String> {
        self.maker.replace_range(.., MAKER);
        let mut bytes = serde_json::to_vec(self).map_err(|error| refused(error.into()))?;
        bytes.pop();
        let end = seal(&bytes);
        bytes.extend_from_slice(end.as_bytes());
        output.private(STATE, &bytes)
    }
}

/// How a state ends: with the digest of what stands before it.
fn seal(content: &[u8]) -> String {
    format!(",\"sha256\":\"{}\"}}", Digest::of(content))
}
