//! From YAML files to [`Request`]s.
//!
//! In: paths of files and folders. Out: every chapter found, with every finding of every file; one broken part never
//! hides another. This is the only module that knows YAML.

mod cells;
mod chapter;
mod choices;
mod codes;
mod conventions;
mod crosswalk;
mod detail;
mod elsewhere;
mod extract;
mod fields;
mod folded;
mod glossary;
mod keys;
mod line;
mod mapping;
mod names;
mod page;
mod phrase;
mod program;
mod reader;
mod scalars;
mod schema;
mod settings;
mod several;
mod shapes;
mod subject;
mod survey;
mod synonyms;
mod unknown;
mod unused;
mod written;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::enclosure::{Enclosure, Role};
use crate::model::{Conventions, Request, SheetLayout};
use crate::source::{self, FileId, ReadError, SourceMap};
use crate::typeface::{Face, Fonts};
pub(crate) use page::{Between, Block, Entry, Page, indent_of};
pub(crate) use shapes::{Form, is_amount_key};
pub(crate) use written::{is_escaped, quoted, scalar};
pub(crate) use yaml::{Kind, Node, unread};

pub(crate) use cells::error_cell;
pub use chapter::stage_named;
pub(crate) use chapter::stage_word;
pub(crate) use conventions::rounding_word;
pub use conventions::settings_saying;
pub(crate) use folded::{on_one_line, prose as unfolded};
use reader::Reader;
pub use schema::schema;
pub use settings::{SETTINGS_FILE, Settings};

/// The file beside a chapter that holds the ids of an imported table's lines.
pub const IDS_FILE: &str = "ids.yaml";
/// The file beside a chapter that says what the columns of its workbook hold.
pub const COLUMNS_FILE: &str = "columns.yaml";

/// Whether gaisan keeps something of its own in files of a name, so that nothing of a chapter can be one of them. Capitals make no other file
/// on Windows and macOS.
pub(crate) fn is_kept(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    [SETTINGS_FILE, IDS_FILE, COLUMNS_FILE].iter().any(|kept| file.eq_ignore_ascii_case(kept))
}

pub use survey::{Chapter, Family, Known, Survey, survey, survey_knowing};

/// What was read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The files, for reports.
    pub sources: SourceMap,
    /// The chapters in the order of their files' names.
    pub requests: Vec<Request>,
    /// What the author should know.
    pub findings: Vec<Diagnostic>,
    /// Files that the machine would not give us.
    pub unreadable: Vec<ReadError>,
    /// Files that were to be chapters and are too broken to be any.
    broken: BTreeSet<PathBuf>,
    /// Files that were named wrongly and are probably meant.
    missed: BTreeSet<PathBuf>,
    project: Project,
    /// Files that are read as they are here, and not as they are on the disk.
    instead: BTreeMap<PathBuf, Vec<u8>>,
    /// The trees of the files, for who edits them.
    trees: Option<BTreeMap<FileId, Arc<Node>>>,
}

/// What a project says for all its chapters.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Its conventions.
    pub conventions: Conventions,
    /// The faces of the sheets with the one that its settings add.
    fonts: Option<Arc<Fonts>>,
    /// The folders besides its own in which files that are named may lie.
    outside: Vec<PathBuf>,
    /// The links to folders behind which files of it were found.
    links: Vec<PathBuf>,
    /// The file of its settings.
    settings: Option<PathBuf>,
    /// Whether there are errors in them.
    is_wrong: bool,
}

impl Reading {
    /// Nothing as yet; some files are to be read as they are here, and not as they are on the disk.
    pub fn instead(files: BTreeMap<PathBuf, Vec<u8>>) -> Self {
        Self { instead: files, ..Self::default() }
    }

    /// Nothing as yet, of files that are to be edited.
    pub(crate) fn to_edit(project: &Project) -> Self {
        Self { project: project.clone(), trees: Some(BTreeMap::new()), ..Self::default() }
    }

    /// The tree of a file; `None` where it cannot be read, of which its reading has told.
    pub(crate) fn tree(&self, file: FileId) -> Option<Arc<Node>> {
        let kept = self.trees.as_ref().and_then(|trees| trees.get(&file)).cloned();
        kept.or_else(|| outline(&self.sources, file).map(Arc::new))
    }

    /// Chapters of the same project, some files of which are read as they are here.
    pub(crate) fn with(&self, files: BTreeMap<PathBuf, Vec<u8>>, paths: &[PathBuf]) -> Self {
        let trees = self.trees.as_ref().map(|_| BTreeMap::new());
        Self { project: self.project.clone(), trees, ..Self::instead(files) }.and_files(paths)
    }

    /// What the project's settings say, for its chapters.
    pub fn project(&self) -> Project {
        Project { is_wrong: self.is_withheld(), ..self.project.clone() }
    }

    /// Lays out the sheets of those that do not say how in this way, whatever the project's settings say.
    pub fn lay_out(&mut self, layout: SheetLayout) {
        self.project.conventions.layout = Some(layout);
    }

    /// Goes on from the project's settings to its chapters, as [`read`] reads them.
    pub fn and_files(self, paths: &[PathBuf]) -> Self {
        let mut reader = Reader::after(self);
        let found = reader.found(paths);
        reader.reading(&found)
    }

    /// The same, as [`read_stored`] reads them.
    pub fn and_stored(self, files: BTreeMap<PathBuf, Vec<u8>>, paths: &[PathBuf]) -> Self {
        let mut reader = Reader { in_memory: true, stored: files, ..Reader::after(self) };
        let mut found = paths.to_vec();
        found.sort();
        found.dedup();
        reader.without_settings(&mut found);
        reader.reading(&found)
    }

    /// Whether there is an error in the project's settings: then no sheet can be made as the project means it.
    pub fn is_withheld(&self) -> bool {
        let Some(settings) = &self.project.settings else { return self.project.is_wrong };
        let is_of = |file: FileId| self.sources.file(file).path == *settings;
        let mut errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        self.project.is_wrong
            || errors.any(|error| is_of(error.primary.span.file))
            || self.unreadable.iter().any(|trouble| trouble.path == *settings)
    }

    /// The faces that the sheets are set in; `None` if those of this crate are damaged.
    pub fn fonts(&self) -> Option<&Fonts> {
        self.project.fonts()
    }
}

impl Project {
    /// Whether a file or folder is a link that leads out of the project, to none of the folders that its settings allow.
    pub fn leads_out(&self, path: &Path) -> bool {
        source::leads_out(path, &self.outside)
    }

    /// Whether a file was found behind a link to a folder that leads out of the project.
    fn is_behind_way_out(&self, path: &Path) -> bool {
        self.links.iter().any(|link| path.starts_with(link) && self.leads_out(link))
    }

    /// The link on the way to a path, within the project, that leads out of it, and to none of the folders that its settings allow.
    pub fn way_out<'t>(&self, path: &'t Path) -> Option<&'t Path> {
        source::way_out(path, &self.outside)
    }

    /// The faces that its sheets are set in; `None` if those of this crate are damaged.
    pub fn fonts(&self) -> Option<&Fonts> {
        match &self.fonts {
            Some(fonts) => Some(fonts),
            None => Fonts::builtin(),
        }
    }

    /// The office's own face.
    pub fn fallback(&self) -> Option<&Face> {
        self.fonts.as_deref().and_then(Fonts::fallback)
    }
}

/// Reads all chapters in files and folders. In folders every `.yaml` and `.yml` file with a `gaisan:` key is a chapter; the
/// others are parts that chapters name, and [`SETTINGS_FILE`] is left to [`Reading::settings`].
pub fn read(paths: &[PathBuf]) -> Reading {
    read_in(&Project::default(), paths)
}

/// The same for chapters of a project.
pub fn read_in(project: &Project, paths: &[PathBuf]) -> Reading {
    Reading { project: project.clone(), ..Reading::default() }.and_files(paths)
}

/// The same in a folder, the files of which are to be edited. Its list of ids is left out, which has been read by then.
pub(crate) fn read_to_edit(project: &Project, folder: &Path) -> Reading {
    let mut reader = Reader::after(Reading::to_edit(project));
    let mut found = reader.found(&[folder.to_path_buf()]);
    found.retain(|path| *path != folder.join(IDS_FILE));
    reader.reading(&found)
}

/// Reads chapters from texts in memory, given as (name, text). Names work like paths: a chapter may refer to another text, and
/// [`SETTINGS_FILE`] holds the settings of their project.
pub fn read_texts(texts: &[(&str, &str)]) -> Reading {
    let mut apart = Reading::default();
    let (settings, texts): (Vec<_>, Vec<_>) = texts.iter().partition(|(name, _)| *name == SETTINGS_FILE);
    for (name, text) in settings {
        apart.settings_text(name, text);
    }
    let mut reader = Reader { in_memory: true, ..Reader::after(apart) };
    for (name, text) in texts {
        reader.hold(name, text);
    }
    let paths: Vec<PathBuf> = reader.trees.keys().cloned().collect();
    reader.reading(&paths)
}

/// Reads what a sheet was made from, out of the files that ride inside it. A chapter may name files that are not among them,
/// those of its other programs: nothing is known of these, and nothing is said; nor of what an extract leaves out.
pub fn read_enclosed(enclosure: &Enclosure) -> Reading {
    let files = || enclosure.files.iter();
    let mut apart = Reading::default();
    for file in files().filter(|file| file.role == Role::Settings) {
        apart.settings_text(&file.name, &String::from_utf8_lossy(&file.bytes));
    }
    let reader = Reader {
        in_memory: true,
        a_slice: true,
        extracts: files()
            .filter(|file| file.role == Role::Extract)
            .map(|file| PathBuf::from(&file.name))
            .collect(),
        stored: files()
            .filter(|file| !matches!(file.role, Role::Template | Role::Settings))
            .map(|file| (PathBuf::from(&file.name), file.bytes.clone()))
            .collect(),
        ..Reader::after(apart)
    };
    let paths: Vec<PathBuf> = files()
        .filter(|file| matches!(file.role, Role::Source | Role::Extract))
        .map(|file| PathBuf::from(&file.name))
        .collect();
    reader.reading(&paths)
}

/// Reads the chapters in some of the files of a tree that is not on disk, such as a revision of a repository. Chapters may refer to all
/// of its files.
pub fn read_stored(project: &Project, files: BTreeMap<PathBuf, Vec<u8>>, paths: &[PathBuf]) -> Reading {
    Reading { project: project.clone(), ..Reading::default() }.and_stored(files, paths)
}

/// The tree of a file of a run; `None` where it cannot be read, of which its reading has told.
pub(crate) fn outline(sources: &SourceMap, file: FileId) -> Option<Node> {
    yaml::tree(sources, file, &mut Vec::new())
}

/// The tree of a file, or what is wrong in it.
pub(crate) fn told(sources: &SourceMap, file: FileId) -> Result<Node, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let tree = yaml::tree(sources, file, &mut findings);
    let is_wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
    tree.filter(|_| !is_wrong).ok_or(findings)
}
