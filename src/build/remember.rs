//! A whole run answered from memory: nothing it reads and nothing it wrote has changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use serde::{Deserialize, Serialize};

use super::files::Seen;
use super::state::{SheetState, State};
use super::write::{Output, PRIVATE};
use crate::enclosure::Digest;
use crate::source::{SourceMap, line_ends, read_bytes};

const RUN: &str = "run.json";

/// A whole run, to be answered again while nothing changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Remembered {
    /// The digest of everything the run was asked for.
    pub asked: String,
    /// The files found below the paths, and all others that were read, with their digests.
    pub inputs: BTreeMap<PathBuf, Digest>,
    /// What was printed on the findings.
    pub report: String,
    /// The last line, without the time.
    pub closing: String,
}

/// A run with the state that it left: another state is not what it came to.
#[derive(Serialize, Deserialize)]
struct Left<R> {
    run: R,
    state: Digest,
}

/// The digests of files that were read.
pub(super) fn inputs(sources: &SourceMap) -> impl Iterator<Item = (PathBuf, Digest)> {
    let texts = sources.files().map(|(_, file)| (file.path.clone(), file.text.as_bytes()));
    let pictures = sources.binaries().map(|(path, bytes)| (path.to_path_buf(), bytes));
    texts.chain(pictures).map(|(path, bytes)| (path, Digest::of(bytes)))
}

/// What came of the last run, if it was asked for the same and would come to the same now: every file it read has the same
/// digest, and so has every file it wrote.
#[must_use]
pub fn remembered(out: &Path, asked: &str) -> Option<Remembered> {
    let bytes = std::fs::read(out.join(PRIVATE).join(RUN)).ok()?;
    let left: Left<Remembered> = serde_json::from_slice(&bytes).ok()?;
    let run = Some(left.run).filter(|run| run.asked == asked)?;
    let state = State::read_same(out, left.state)?;
    let is_same = |(path, digest): (&PathBuf, &Digest)| {
        // A text is known by what is read of it, a picture by all of its bytes.
        let is_it =
            |bytes: Vec<u8>| [Digest::of(&bytes), Digest::of(&line_ends::text(&bytes))].contains(digest);
        read_bytes(path).is_ok_and(is_it)
    };
    let holds = |path: &String, seen: &Seen| seen.still(&out.join(path)).is_some();
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
/// When it cannot be written; says why. The next run is then only slower.
pub fn remember(out: &Path, run: &Remembered) -> Result<(), String> {
    let output = Output::open(out).map_err(|error| error.to_string())?;
    let state = State::digest(out).map_err(|error| error.to_string())?;
    let left = Left { run, state };
    let bytes = serde_json::to_vec(&left).map_err(|error| error.to_string())?;
    output.private(RUN, &bytes).map_err(|error| error.to_string())
}
