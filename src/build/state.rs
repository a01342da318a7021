//! What the last build saw, so that the next one need not look again: private, and safe to delete.
//!
//! A digest decides whether something changed, and the file ends with its own: a state that a disk or somebody has changed is none.
//! Sizes and times of files are kept only to know without reading a file that its
//! digest is still the one that was computed.

use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Format;
use super::manifest::{FileEntry, leads_out};
use super::write::{Output, PRIVATE, WriteError};
use crate::enclosure::{Digest, Digester};

const STATE: &str = "state.json";

/// What the last build saw.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct State<Sheets = BTreeMap<String, SheetState>> {
    /// Its sheets by name.
    pub(super) sheets: Sheets,
    /// Its files that belong to no sheet, by path.
    pub(super) files: BTreeMap<String, Seen>,
    /// The chapter files by the folders of their sheets.
    pub(super) chapters: BTreeMap<String, PathBuf>,
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
}

/// A file of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// The format that it belongs to; a figure beside a Markdown file belongs to Markdown.
    pub(super) format: Format,
    /// Its path below the output folder.
    pub(super) path: String,
    /// How it was last seen.
    #[serde(flatten)]
    pub(super) seen: Seen,
}

impl SheetState {
    /// The files of a format.
    pub(super) fn of(&self, format: Format) -> impl Iterator<Item = &Known> {
        self.files.iter().filter(move |file| file.format == format)
    }

    /// A file of the manifest as it truly is: where the two know of other digests, the disk decides for the one that it has.
    pub(super) fn settled(&self, file: FileEntry, out: &Path) -> FileEntry {
        let other = self.seen(&file.path).filter(|seen| seen.sha256 != file.sha256);
        let holds = other.filter(|seen| seen.holds(&out.join(&file.path)));
        holds.map_or(file.clone(), |seen| seen.entry(&file.path))
    }

    /// How a file was last seen.
    pub(super) fn seen(&self, path: &str) -> Option<&Seen> {
        let known = self.files.iter().find(|file| file.path == path);
        known.map(|file| &file.seen)
    }
}

/// A file as it was written or read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) sha256: Digest,
    pub(super) size: u64,
    /// When its bytes and when anything about it changed, in nanoseconds; empty where the system does not say.
    times: Option<[i64; 4]>,
}

impl Seen {
    /// A file whose content is known.
    pub(super) fn of(path: &Path, digest: Digest, size: u64) -> Self {
        Self { sha256: digest, size, times: std::fs::symlink_metadata(path).ok().and_then(|it| times(&it)) }
    }

    /// A file on the disk, read; `None` where there is none.
    pub(super) fn read(path: &Path) -> Option<Self> {
        // The times come first: what changes while it is read is read again next time.
        let metadata = std::fs::symlink_metadata(path).ok()?;
        let bytes = std::fs::read(path).ok().filter(|_| metadata.is_file())?;
        Some(Self { sha256: Digest::of(&bytes), size: bytes.len() as u64, times: times(&metadata) })
    }

    /// The file as it is now, read only where it may have changed.
    pub(super) fn now(&self, path: &Path) -> Option<Self> {
        let metadata = std::fs::symlink_metadata(path).ok()?;
        let same = metadata.is_file()
            && metadata.len() == self.size
            && self.times.is_some()
            && times(&metadata) == self.times;
        if same {
            return Some(self.clone());
        }
        Self::read(path)
    }

    /// Whether a file holds what was written, only with the line ends that a checkout of Git gives to texts on other systems.
    pub(super) fn is_converted(path: &Path, written: Digest) -> bool {
        let bytes = std::fs::read(path).ok().filter(|bytes| Digest::of(bytes) != written);
        bytes.is_some_and(|bytes| written.written(&bytes).is_some())
    }

    /// Whether the file on the disk still has the same content.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.now(path).is_some_and(|now| now.sha256 == self.sha256)
    }

    /// The manifest's entry of the file.
    pub(super) fn entry(&self, path: &str) -> FileEntry {
        FileEntry { path: path.to_owned(), sha256: self.sha256, size: self.size }
    }
}

/// The times of a file's content and of its entry; the latter cannot be set back.
fn times(metadata: &Metadata) -> Option<[i64; 4]> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some([metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec()])
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        None
    }
}

impl State {
    /// The state of an output folder; nothing known where there is none, where it cannot be read, or where it knows of files that
    /// cannot be of this folder.
    pub(super) fn read(out: &Path) -> Self {
        let state = std::fs::read(out.join(PRIVATE).join(STATE)).ok();
        state.and_then(|it| Self::parse(&it)).unwrap_or_default()
    }

    /// The state of an output folder, as long as it is the one of this digest.
    pub(super) fn read_same(out: &Path, digest: Digest) -> Option<Self> {
        let bytes = std::fs::read(out.join(PRIVATE).join(STATE)).ok()?;
        Self::parse(&bytes).filter(|_| Digest::of(&bytes) == digest)
    }

    /// The digest of the state of an output folder.
    pub(super) fn digest(out: &Path) -> io::Result<Digest> {
        let mut digester = Digester::default();
        io::copy(&mut File::open(out.join(PRIVATE).join(STATE))?, &mut digester)?;
        Ok(digester.digest())
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (content, end) = bytes.split_at_checked(bytes.len().checked_sub(seal(Digest::of(b"")).len())?)?;
        if end != seal(Digest::of(content)).as_bytes() {
            return None;
        }
        let state = serde_json::from_slice::<Self>(bytes).ok();
        state.filter(|state| !state.paths().any(leads_out))
    }

    fn paths(&self) -> impl Iterator<Item = &str> {
        let of_sheets = self.sheets.values().flat_map(|sheet| &sheet.files);
        let others = self.files.keys().map(String::as_str);
        of_sheets.map(|file| file.path.as_str()).chain(others)
    }
}

impl<Sheets: Serialize> State<Sheets> {
    /// Writes the state of an output folder.
    pub(super) fn write(&self, output: &Output) -> Result<(), WriteError> {
        let content = |file: &mut dyn Write| {
            let mut open = Open { file, digester: Digester::default(), last: None };
            serde_json::to_writer(&mut open, self)?;
            let end = seal(open.digester.digest());
            open.file.write_all(end.as_bytes())
        };
        output.private(STATE, &content)
    }
}

/// How a state ends: with the digest of what stands before it.
fn seal(digest: Digest) -> String {
    format!(",\"sha256\":\"{digest}\"}}")
}

/// Takes the digest of what is written, and keeps the last byte back: the bracket that closes the whole.
struct Open<'w> {
    file: &'w mut dyn Write,
    digester: Digester,
    last: Option<u8>,
}

impl Write for Open<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some((last, before)) = bytes.split_last() else { return Ok(0) };
        for part in [self.last.as_slice(), before] {
            self.file.write_all(part)?;
            self.digester.write_all(part)?;
        }
        self.last = Some(*last);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
