//! What was made of each sheet, put aside until the last one is made: a build of many sheets remembers their names only.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tempfile::SpooledTempFile;

use super::manifest::SheetEntry;
use super::state::SheetState;
use super::write::Output;

/// How many bytes are kept in memory before a file is begun: what some hundred sheets need.
const IN_MEMORY: usize = 1 << 20;

/// What was made of a sheet.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Record {
    /// The sheet as the manifest will have it; `None` when nothing was made of it.
    pub(super) entry: Option<SheetEntry>,
    /// What the next build is to know of it; `None` when it could not be made whole.
    pub(super) state: Option<SheetState>,
}

/// The records of sheets by their names.
pub(super) struct Spool {
    file: Mutex<SpooledTempFile>,
    /// Where a record begins, and how long it is.
    places: BTreeMap<String, (u64, usize)>,
    end: u64,
}

impl Spool {
    /// A spool in the output folder; where nothing is to be written, in memory.
    pub(super) fn new(output: Option<&Output>) -> Self {
        let file = match output {
            Some(output) => SpooledTempFile::new_in(IN_MEMORY, output.temporary_folder()),
            None => SpooledTempFile::new(usize::MAX),
        };
        Self { file: Mutex::new(file), places: BTreeMap::new(), end: 0 }
    }

    /// Puts a record aside.
    pub(super) fn keep(&mut self, name: &str, record: &Record) -> io::Result<()> {
        let bytes = serde_json::to_vec(record)?;
        let file = self.file.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.end))?;
        file.write_all(&bytes)?;
        self.places.insert(name.to_owned(), (self.end, bytes.len()));
        self.end += bytes.len() as u64;
        Ok(())
    }

    /// The names of the sheets that have records, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// The record of a sheet, if it has one.
    pub(super) fn record(&self, name: &str) -> io::Result<Option<Record>> {
        let Some(&(start, length)) = self.places.get(name) else {
            return Ok(None);
        };
        let mut bytes = vec![0; length];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut bytes)?;
        Ok(Some(serde_json::from_slice(&bytes)?))
    }
}
