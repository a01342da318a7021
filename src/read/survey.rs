//! What lies below some paths, before it is read: which files are chapters, and which of these know of each other.
//!
//! Chapters that do not know of each other can be read one after another and forgotten in between, so that a run of any number of
//! chapters needs the memory of a few. Everything that a rule or a sheet looks at beside a chapter is in its [`Family`].

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::yaml::{self, Kind, Node};
use super::{Reader, Reading};
use crate::fault::contained;
use crate::limits;
use crate::source::{self, SourceMap, display_name};

/// The chapters below some paths, still unread.
#[derive(Debug, Default)]
pub struct Survey {
    /// The chapters by families, in the order of their files' names.
    pub families: Vec<Family>,
    /// What belongs to no chapter: the project's settings, files that no chapter names, paths that are not there.
    pub apart: Reading,
    /// Files that no chapter is known to name.
    others: HashSet<PathBuf>,
}

/// Chapters that may know of each other: one chapter over the years and stages, and those that its crosswalk names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Family {
    /// The chapters, sorted by their files.
    pub chapters: Vec<Chapter>,
}

/// What is known of a chapter before it is read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Chapter {
    /// Its file.
    pub path: PathBuf,
    /// About how many sheets it has.
    pub sheets: usize,
    /// Its id, and those of the chapters that its crosswalk names.
    ids: Vec<String>,
}

/// What is known of a file without looking at it: nothing, that it is no chapter, or the chapter that it is.
pub type Known = Option<Option<Chapter>>;

/// Looks through files and folders as [`super::read`] does, and remembers of each chapter only where it is.
pub fn survey(paths: &[PathBuf]) -> Survey {
    survey_knowing(paths, &|_| None)
}

/// The same, where much is known already.
pub fn survey_knowing(paths: &[PathBuf], known: &dyn Fn(&Path) -> Known) -> Survey {
    let mut reader = Reader::default();
    let found = reader.found(paths);
    let mut survey = Survey::default();
    let mut homes: HashMap<String, usize> = HashMap::new();
    for path in found {
        match known(&path).unwrap_or_else(|| chapter(&path)) {
            Some(chapter) => survey.add(chapter, &mut homes),
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
    pub fn read(&self, family: &Family) -> Reading {
        Reader { project: self.apart.project(), ..Reader::default() }.reading(&family.files())
    }

    /// Takes note of the files that belong to a family that was read. Chapters that turned out to be broken are read once more, with what
    /// no family names.
    pub fn claim(&mut self, reading: &Reading) {
        for (_, file) in reading.sources.files() {
            self.others.remove(&file.path);
        }
        for path in reading.unreadable.iter().map(|trouble| &trouble.path).chain(&reading.missed) {
            self.others.remove(path);
        }
        self.others.extend(reading.broken.iter().cloned());
    }

    /// Takes note of a file that belongs to a family, which need not be read.
    pub fn claim_file(&mut self, path: &Path) {
        self.others.remove(path);
    }

    /// Reads what no family named, once all of theirs are claimed, into [`Survey::apart`].
    pub fn read_rest(&mut self) {
        let settings: BTreeSet<String> =
            self.apart.sources.files().map(|(_, file)| file.name.clone()).collect();
        let mut rest: Vec<PathBuf> = std::mem::take(&mut self.others)
            .into_iter()
            .filter(|path| !settings.contains(&display_name(path)))
            .collect();
        rest.sort();
        self.apart = Reader::after(std::mem::take(&mut self.apart)).reading(&rest);
    }

    /// Adds a chapter, and makes one family of those that it knows of.
    fn add(&mut self, chapter: Chapter, homes: &mut HashMap<String, usize>) {
        let known: BTreeSet<usize> = chapter.ids.iter().filter_map(|id| homes.get(id).copied()).collect();
        let home = known.first().copied().unwrap_or(self.families.len());
        if home == self.families.len() {
            self.families.push(Family::default());
        }
        let mut joined = vec![chapter];
        for at in known.into_iter().filter(|at| *at != home) {
            joined.extend(self.families.get_mut(at).map(std::mem::take).unwrap_or_default().chapters);
        }
        for id in joined.iter().flat_map(|chapter| &chapter.ids) {
            homes.insert(id.clone(), home);
        }
        if let Some(family) = self.families.get_mut(home) {
            family.chapters.append(&mut joined);
        }
    }
}

impl Family {
    /// About how many sheets the chapters have.
    pub fn sheets(&self) -> usize {
        self.chapters.iter().map(|chapter| chapter.sheets).sum()
    }

    /// How many of some families, which are not none, have about so many sheets: at least one.
    pub fn few(families: &[Self], sheets: usize) -> usize {
        let mut so_far = 0;
        let few = families.iter().take_while(|family| {
            let is_room = so_far < sheets;
            so_far += family.sheets();
            is_room
        });
        few.count()
    }

    /// The files of the chapters.
    pub fn files(&self) -> Vec<PathBuf> {
        self.chapters.iter().map(|chapter| chapter.path.clone()).collect()
    }
}

/// What a file says of itself as a chapter; `None` when it is none, or cannot be read as one.
fn chapter(path: &Path) -> Option<Chapter> {
    let bytes = source::bytes_up_to(path, limits::TEXT).ok()?;
    let written = String::from_utf8_lossy(&bytes);
    // A key can be written with escapes, but not without a backslash.
    let has_escapes = written.contains('\\');
    if !written.contains("gaisan") && !has_escapes {
        return None;
    }
    let mut sources = SourceMap::default();
    let file = sources.add_bytes(path, &bytes);
    // Whether all of it can be read is found when it is read, and a file that stops the reader is said then.
    let wanted: &[&str] = if has_escapes || written.contains("crosswalk") {
        &["gaisan", "id", "crosswalk"]
    } else {
        &["gaisan", "id"]
    };
    let tree = contained(|| yaml::outline(&sources, file, wanted)).ok()??;
    tree.get("gaisan")?;
    let mut ids: Vec<String> = tree.get("id").and_then(text).into_iter().collect();
    for entry in items(tree.get("crosswalk")) {
        let chapter = entry.get("chapter");
        ids.extend(chapter.and_then(text));
        ids.extend(items(chapter).iter().filter_map(text));
    }
    Some(Chapter { path: path.to_path_buf(), sheets: programs(&written) + 1, ids })
}

/// About how many programs a chapter has: lines below `programs:` that begin as the first entry does.
fn programs(text: &str) -> usize {
    let Some((_, list)) = text.split_once("\nprograms:") else { return 0 };
    let entry =
        |line: &str| line.find("- ").filter(|at| line.get(..*at).is_some_and(|it| it.trim().is_empty()));
    let indent = list.lines().find_map(entry);
    list.lines().filter(|line| entry(line) == indent).count()
}

fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.kind) {
        Some(Kind::Sequence(items)) => items,
        _ => &[],
    }
}

fn text(node: &Node) -> Option<String> {
    node.text().map(|text| text.trim().to_owned())
}
