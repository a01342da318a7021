//! Findings of several readings brought together.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Diagnostic, sort};
use crate::source::{FileId, SourceMap};

/// Findings with the files that they point into. Files that nothing is said about are not kept.
#[derive(Debug, Default)]
pub struct Findings {
    pub sources: SourceMap,
    /// What is to be said about them.
    pub list: Vec<Diagnostic>,
    places: BTreeMap<PathBuf, FileId>,
}

impl Findings {
    /// Adds the findings of a reading.
    pub fn add(&mut self, findings: Vec<Diagnostic>, sources: &SourceMap) {
        let mut known: BTreeMap<FileId, FileId> = BTreeMap::new();
        for mut finding in findings {
            for span in finding.spans() {
                span.file = *known.entry(span.file).or_insert_with(|| self.place(span.file, sources));
            }
            self.list.push(finding);
        }
    }

    /// Findings that were kept, with the files that they point into, in their order, read anew. `None` where one points beyond them.
    pub fn kept(mut list: Vec<Diagnostic>, sources: SourceMap) -> Option<Self> {
        let is_sound = list.iter_mut().flat_map(Diagnostic::spans).all(|span| sources.holds(*span));
        is_sound.then(|| Self { sources, list, ..Self::default() })
    }

    /// Sorts them by file and place. What two readings say alike about a file that both read is then said once.
    pub fn sort(&mut self) {
        sort(&mut self.list, &self.sources);
    }

    fn place(&mut self, file: FileId, sources: &SourceMap) -> FileId {
        let file = sources.file(file);
        if let Some(&known) = self.places.get(&file.path)
            // A file that was saved in between has two texts, and each finding points into its own.
            && self.sources.file(known).text == file.text
        {
            return known;
        }
        let place = self.sources.adopt(file);
        self.places.insert(file.path.clone(), place);
        place
    }
}
