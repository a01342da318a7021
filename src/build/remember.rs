//! A whole run answered from memory: nothing it reads and nothing it wrote has changed.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::state::{Run, Seen, SheetState, State};
use super::write::Output;
use crate::enclosure::Digest;
use crate::source::{SourceMap, read_bytes};

/// The digests of files that were read.
pub(super) fn inputs(sources: &SourceMap) -> impl Iterator<Item = (PathBuf, Digest)> {
    let texts = sources
        .files()
        .map(|(_, file)| (file.path.clone(), file.text.as_bytes()));
    let pictures = sources
        .binaries()
        .map(|(path, bytes)| (path.to_path_buf(), bytes));
    texts
        .chain(pictures)
        .map(|(path, bytes)| (path, Digest::of(bytes)))
}

/// What came of the last run, if it was asked for the same and would come to the same now: every file it read has the same
/// digest, and so has every file it wrote.
#[must_use]
pub fn remembered(out: &Path, asked: &str) -> Option<Run> {
    let state = State::read(out);
    let run = state.run.filter(|run| run.asked == asked)?;
    let is_same = |(path, digest): (&PathBuf, &Digest)| {
        read_bytes(path).is_ok_and(|bytes| {
            let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
            Digest::of(text) == *digest
        })
    };
    let holds = |path: &String, seen: &Seen| seen.holds(&out.join(path));
    let of_sheet = |state: &SheetState| {
        let mut files = state.files.iter();
        files.all(|file| holds(&file.path, &file.seen))
    };
    let same = run.inputs.par_iter().all(is_same)
        && state.files.iter().all(|(path, seen)| holds(path, seen))
        && state.sheets.par_iter().all(|(_, sheet)| of_sheet(sheet));
    same.then_some(run)
}

/// Remembers a run that left nothing to be done.
///
/// # Errors
/// When the state cannot be written; says why. The next run is then only slower.
pub fn remember(out: &Path, run: Run) -> Result<(), String> {
    let output = Output::open(out).map_err(|error| error.to_string())?;
    let state = State {
        run: Some(run),
        ..State::read(out)
    };
    state.write(&output).map_err(|error| error.to_string())
}
