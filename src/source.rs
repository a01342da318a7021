//! The door in: files become texts with names, and places in them.
//!
//! In: paths. Out: a [`SourceMap`] whose texts every [`Span`] points into. Nothing else in the library reads a file.

mod disk;
mod inside;
pub mod line_ends;
mod look_alike;
mod naming;
mod unseen;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::Metadata;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::limits;

pub use disk::{
    FileKind, Found, beside, bytes, bytes_up_to, display_name, files, folders, is_file, is_folder, no_folder,
    read_bytes,
};
pub use inside::{inside, is_outside, leads_out, way_out};
pub use look_alike::{LookAlike, look_alike};
pub use naming::chapter_of;
pub use unseen::{
    Unseen, cleaned, composed, harmless, is_at_home, is_ideograph, kanji_of_radical, legible, one_line,
    unaccented, unseen,
};

/// A file of this run, by its place in the [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileId(usize);

/// A range of bytes in a file; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    pub file: FileId,
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Where the line begins that a place of a text lies in.
pub fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

impl Span {
    /// A part of this span, given in bytes relative to its start; it never reaches beyond the span.
    pub fn part(self, range: &Range<usize>) -> Self {
        let at = |offset: usize| self.start.saturating_add(offset).min(self.end);
        let start = at(range.start);
        Self { file: self.file, start, end: at(range.end).max(start) }
    }

    /// Whether all of it lies in another.
    pub fn is_in(self, other: Self) -> bool {
        self.file == other.file && other.start <= self.start && self.end <= other.end
    }
}

/// A value and the place in the source that says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    /// Where it is said.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value to its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: convert(self.value), span: self.span }
    }
}

/// Data give the value; where it stood is nothing to others.
impl<T: serde::Serialize> serde::Serialize for Spanned<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// What says of a file, without reading it, that it is as it was: its size, and when its bytes and anything about it changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// How many bytes it has.
    pub size: u64,
    /// Empty where the system does not say, or not exactly enough.
    times: Option<[i64; 4]>,
}

impl Stamp {
    /// The stamp of a file; `None` where there is none.
    pub fn at(path: &Path) -> Option<Self> {
        std::fs::metadata(path).ok().filter(Metadata::is_file).map(|it| Self::of(&it))
    }

    /// The stamp in what the system says of a file.
    pub fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let times = {
            use std::os::unix::fs::MetadataExt;
            let times = [metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec()];
            // The last one cannot be set back. Where it counts whole seconds, much can happen in one.
            (metadata.ctime_nsec() != 0).then_some(times)
        };
        #[cfg(not(unix))]
        let times = None;
        Self { size: metadata.len(), times }
    }

    /// The stamp of a file that is not there yet.
    pub fn of_size(size: u64) -> Self {
        Self { size, times: None }
    }

    /// Whether a file with this stamp is for certain what it was with the other.
    pub fn tells_same(self, other: Self) -> bool {
        self.times.is_some() && self == other
    }
}

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The name shown in reports: the path as the user would type it, with `/` on every system.
    pub name: String,
    /// Where it is on disk.
    pub path: PathBuf,
    /// Whether it stands for one cell of a spreadsheet, so that its name says all of the place.
    pub is_cell: bool,
    /// Its text without a byte order mark, each line ended by `\n`. Bytes that are not UTF-8 stand as U+FFFD.
    pub text: String,
    /// The place of the first byte that is not UTF-8, if any.
    pub invalid_at: Option<usize>,
    /// Its stamp on disk before it was read; `None` for texts in memory.
    pub stamp: Option<Stamp>,
    line_starts: Vec<usize>,
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// A file that could not be read: trouble of the machine, not of the author.
#[derive(Debug)]
pub struct ReadError {
    pub path: PathBuf,
    /// What the system says.
    pub cause: std::io::Error,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read `{}`: {}", display_name(&self.path), self.cause)
    }
}

impl std::error::Error for ReadError {}

/// All files of a run.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    binaries: BTreeMap<PathBuf, (Arc<[u8]>, Option<Stamp>)>,
}

impl SourceMap {
    /// Reads a file from disk.
    ///
    /// # Errors
    /// When the file cannot be opened or read. A wrong encoding is no error here: see [`SourceFile::invalid_at`].
    pub fn load(&mut self, path: &Path) -> Result<FileId, ReadError> {
        // The stamp comes first: what changes while it is read is read again next time.
        let stamp = Stamp::at(path);
        let bytes =
            bytes_up_to(path, limits::TEXT).map_err(|cause| ReadError { path: path.to_path_buf(), cause })?;
        let file = self.add_bytes(path, &bytes);
        if let Some(last) = self.files.last_mut() {
            last.stamp = stamp;
        }
        Ok(file)
    }

    /// Adds a file whose bytes are already in memory, under its path.
    pub fn add_bytes(&mut self, path: &Path, bytes: &[u8]) -> FileId {
        let bytes = line_ends::text(bytes);
        let invalid_at = std::str::from_utf8(&bytes).err().map(|error| error.valid_up_to());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.push(path.to_path_buf(), text, invalid_at)
    }

    /// Adds a text that is already in memory, under a name of the caller's choice.
    pub fn add(&mut self, name: &str, text: &str) -> FileId {
        self.add_bytes(Path::new(name), text.as_bytes())
    }

    /// Adds a cell of a spreadsheet, named with its address, and what is shown of its row.
    pub fn add_cell(&mut self, name: &str, text: &str) -> FileId {
        let file = self.add(name, text);
        if let Some(file) = self.files.get_mut(file.0) {
            file.is_cell = true;
        }
        file
    }

    /// Adds a file of another map.
    pub fn adopt(&mut self, file: &SourceFile) -> FileId {
        self.files.push(file.clone());
        FileId(self.files.len() - 1)
    }

    fn push(&mut self, path: PathBuf, text: String, invalid_at: Option<usize>) -> FileId {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.files.push(SourceFile {
            name: display_name(&path),
            path,
            is_cell: false,
            text,
            invalid_at,
            stamp: None,
            line_starts,
        });
        FileId(self.files.len() - 1)
    }

    /// Keeps a file that is not text, such as a picture, with the stamp that it had before it was read.
    pub fn add_binary(&mut self, path: &Path, bytes: &[u8], stamp: Option<Stamp>) {
        if !self.binaries.contains_key(path) {
            self.binaries.insert(path.to_path_buf(), (bytes.into(), stamp));
        }
    }

    /// A file that is not text, by its path.
    pub fn binary(&self, path: &Path) -> Option<&[u8]> {
        self.binaries.get(path).map(|(bytes, _)| bytes.as_ref())
    }

    /// The files that are not text, by their paths, with their stamps.
    pub fn binaries(&self) -> impl Iterator<Item = (&Path, &[u8], Option<Stamp>)> {
        self.binaries.iter().map(|(path, (bytes, stamp))| (path.as_path(), bytes.as_ref(), *stamp))
    }

    /// The file of an id; an empty one for an id of another map.
    pub fn file(&self, id: FileId) -> &SourceFile {
        static NONE: SourceFile = SourceFile {
            name: String::new(),
            path: PathBuf::new(),
            is_cell: false,
            text: String::new(),
            invalid_at: None,
            stamp: None,
            line_starts: Vec::new(),
        };
        self.files.get(id.0).unwrap_or(&NONE)
    }

    /// Whether a place lies in one of these files, between two characters.
    pub fn holds(&self, span: Span) -> bool {
        let text = self.files.get(span.file.0).map(|file| &file.text);
        text.is_some_and(|text| text.get(span.start..span.end).is_some())
    }

    /// The files in the order they were read.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(at, file)| (FileId(at), file))
    }

    /// The text a span covers.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.start..span.end).unwrap_or_default()
    }

    /// The line and column of a span's start.
    pub fn position(&self, span: Span) -> Position {
        self.file(span.file).position(span.start)
    }
}

impl SourceFile {
    /// The line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.text.get(start..offset.min(self.text.len())).map_or(0, |text| text.chars().count());
        Position { line, column: column + 1 }
    }

    /// Where each line begins, in bytes.
    pub fn line_starts(&self) -> &[usize] {
        &self.line_starts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.yaml", "一行目\n要求額: 4,592\n");
        let start = "一行目\n要求額: ".len();
        let span = Span { file, start, end: start + 5 };
        assert_eq!(sources.slice(span), "4,592");
        assert_eq!(sources.position(span), Position { line: 2, column: 6 });
    }

    #[test]
    fn a_part_never_leaves_its_span() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.yaml", "abc");
        let span = Span { file, start: 1, end: 3 };
        assert_eq!(span.part(&(1..9)), Span { file, start: 2, end: 3 });
    }
}
