//! What lies below some paths, before it is read: which files are chapters, and which of these know of each other.
//!
//! Chapters that do not know of each other can be read one after another and forgotten in between, so that a run of any number of
//! chapters needs the memory of a few. Everything that a rule or a sheet looks at beside a chapter is in its [`Family`].

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::yaml::{self, Kind, Node};
use super::{Reader, Reading};
use crate::fault::contained;
use crate::source::{self, SourceMap, display_name};

/// The chapters below some paths, still unread.
#[derive(Debug, Default)]
pub struct Survey {
    /// The chapters by families, in the order of their files' names.
    pub families: Vec<Family>,
    /// What belongs to no chapter: the project's settings, files that no chapter names, paths that are not there.
    pub apart: Reading,
    /// Files that no chapter is known to name.
    others: BTreeSet<PathBuf>,
}

/// Chapters that may know of each other: one chapter over the years and stages, and those that its crosswalk names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Family {
    /// The files of the chapters, sorted.
    pub chapters: Vec<PathBuf>,
    /// About how many sheets they have.
    pub sheets: usize,
    ids: Vec<String>,
}

/// Looks through files and folders as [`super::read`] does, and remembers of each chapter only where it is.
#[must_use]
pub fn survey(paths: &[PathBuf]) -> Survey {
    let mut reader = Reader::default();
    let found = reader.found(paths);
    let mut survey = Survey::default();
    let mut homes: HashMap<String, usize> = HashMap::new();
    for path in found {
        match family(&path) {
            Some(family) => survey.add(family, &mut homes),
            None => {
                survey.others.insert(path);
            }
        }
    }
    survey.families.retain(|family| !family.chapters.is_empty());
    for family in &mut survey.families {
        family.chapters.sort();
    }
    survey.apart = reader.reading(&[]);
    survey
}

impl Survey {
    /// Reads the chapters of a family with everything that they name, to be set in the project's faces.
    #[must_use]
    pub fn read(&self, family: &Family) -> Reading {
        let project = self.apart.project;
        let mut reading = Reader { project: Some(project), ..Reader::default() }.reading(&family.chapters);
        reading.adopt(project);
        reading.fonts.clone_from(&self.apart.fonts);
        reading
    }

    /// Takes note of the files that belong to a family that was read.
    pub fn settle(&mut self, reading: &Reading) {
        for (_, file) in reading.sources.files() {
            self.others.remove(&file.path);
        }
        for trouble in &reading.troubles {
            self.others.remove(&trouble.path);
        }
    }

    /// Reads what no family named, once all of them are settled, into [`Survey::apart`].
    pub fn read_rest(&mut self) {
        let settings: BTreeSet<String> =
            self.apart.sources.files().map(|(_, file)| file.name.clone()).collect();
        let rest: Vec<PathBuf> = std::mem::take(&mut self.others)
            .into_iter()
            .filter(|path| !settings.contains(&display_name(path)))
            .collect();
        let apart = &mut self.apart;
        let reader = Reader {
            sources: std::mem::take(&mut apart.sources),
            findings: std::mem::take(&mut apart.findings),
            troubles: std::mem::take(&mut apart.troubles),
            ..Reader::default()
        };
        let (fonts, project) = (apart.fonts.take(), apart.project);
        *apart = reader.reading(&rest);
        apart.fonts = fonts;
        apart.adopt(project);
    }

    /// Adds a chapter, and makes one family of those that it knows of.
    fn add(&mut self, mut chapter: Family, homes: &mut HashMap<String, usize>) {
        let known: BTreeSet<usize> = chapter.ids.iter().filter_map(|id| homes.get(id).copied()).collect();
        let home = known.first().copied().unwrap_or(self.families.len());
        if home == self.families.len() {
            self.families.push(Family::default());
        }
        // What the family knows already is not looked at again: there may be thousands of chapters in it.
        chapter.ids.retain(|id| homes.get(id) != Some(&home));
        for at in known.into_iter().filter(|at| *at != home) {
            if let Some(other) = self.families.get_mut(at).map(std::mem::take) {
                chapter.join(other);
            }
        }
        for id in &chapter.ids {
            homes.insert(id.clone(), home);
        }
        if let Some(family) = self.families.get_mut(home) {
            family.join(chapter);
        }
    }
}

impl Family {
    fn join(&mut self, mut other: Self) {
        self.chapters.append(&mut other.chapters);
        self.ids.append(&mut other.ids);
        self.sheets += other.sheets;
    }
}

/// A chapter as a family of its own; `None` when a file is none, or cannot be read as one.
fn family(path: &Path) -> Option<Family> {
    let bytes = source::read_bytes(path).ok()?;
    // A key can be written with escapes, but not without a backslash.
    let mentions = |what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
    if !mentions(b"gaisan") && !bytes.contains(&b'\\') {
        return None;
    }
    let mut sources = SourceMap::default();
    let file = sources.add_bytes(path, &bytes);
    // A file that stops the reader is said when it is read in its turn.
    let tree = contained(|| yaml::tree(&sources, file, &mut Vec::new())).ok()??;
    tree.get("gaisan")?;
    let mut ids: Vec<String> = tree.get("id").and_then(text).into_iter().collect();
    for entry in items(tree.get("crosswalk")) {
        let chapter = entry.get("chapter");
        ids.extend(chapter.and_then(text));
        ids.extend(items(chapter).iter().filter_map(text));
    }
    Some(Family { chapters: vec![path.to_path_buf()], sheets: items(tree.get("programs")).len() + 1, ids })
}

fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.kind) {
        Some(Kind::Sequence(items)) => items,
        _ => &[],
    }
}

fn text(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Scalar(text) => Some(text.trim().to_owned()),
        _ => None,
    }
}
