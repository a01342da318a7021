//! From YAML files to [`Request`]s.
//!
//! In: paths of files and folders. Out: every chapter found, with every finding of every file; one broken part never
//! hides another. This is the only module that knows YAML.

mod cells;
mod chapter;
mod codes;
mod conventions;
mod crosswalk;
mod detail;
mod extract;
mod fields;
mod folded;
mod glossary;
mod keys;
mod line;
mod page;
mod program;
mod scalars;
mod settings;
mod subject;
mod survey;
mod written;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use crate::diagnostic::{Cure, Diagnostic, Severity, nearest};
use crate::enclosure::{Enclosure, Role};
use crate::fault::contained;
use crate::model::{Conventions, Examples, FiscalCalendar, Prose, Request, SheetLayout};
use crate::source::{self, FileId, LookAlike, ReadError, SourceFile, SourceMap, Span};
use crate::typeface::Fonts;
pub(crate) use page::{Between, Block, Entry, Page};
pub(crate) use written::{is_escaped, quoted, scalar};
pub(crate) use yaml::{Kind, Node};

pub(crate) use cells::error_cell;
pub(crate) use chapter::{stage_named, stage_word};
pub use conventions::settings_saying;
pub(crate) use folded::prose as unfolded;
pub use settings::{SETTINGS_FILE, Settings};

/// The file beside a chapter that holds the ids of an imported table's lines.
pub const IDS_FILE: &str = "ids.yaml";
/// The file beside a chapter that says what the columns of its workbook hold.
pub const COLUMNS_FILE: &str = "columns.yaml";

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
    project: Project,
}

/// What a project says for all its chapters.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Its conventions.
    pub conventions: Conventions,
    /// The faces of the sheets with the one that its settings add.
    fonts: Option<Arc<Fonts>>,
    /// The file of its settings.
    settings: Option<PathBuf>,
    /// Whether there are errors in them.
    is_wrong: bool,
}

impl Reading {
    /// What the project's settings say, for its chapters.
    #[must_use]
    pub fn project(&self) -> Project {
        Project { is_wrong: self.is_withheld(), ..self.project.clone() }
    }

    /// Lays out the sheets of those that do not say how in this way, whatever the project's settings say.
    pub fn lay_out(&mut self, layout: SheetLayout) {
        self.project.conventions.layout = Some(layout);
    }

    /// Goes on from the project's settings to its chapters, as [`read`] reads them.
    #[must_use]
    pub fn and_files(self, paths: &[PathBuf]) -> Self {
        let mut reader = Reader::after(self);
        let found = reader.found(paths);
        reader.reading(&found)
    }

    /// The same, as [`read_stored`] reads them.
    #[must_use]
    pub fn and_stored(self, files: BTreeMap<PathBuf, Vec<u8>>, paths: &[PathBuf]) -> Self {
        let mut reader = Reader { in_memory: true, stored: files, ..Reader::after(self) };
        let mut found = paths.to_vec();
        found.sort();
        found.dedup();
        reader.without_settings(&mut found);
        reader.reading(&found)
    }

    /// Whether there is an error in the project's settings: then no sheet can be made as the project means it.
    #[must_use]
    pub fn is_withheld(&self) -> bool {
        let Some(settings) = &self.project.settings else { return self.project.is_wrong };
        let is_of = |file: FileId| self.sources.file(file).path == *settings;
        let mut errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        self.project.is_wrong
            || errors.any(|error| is_of(error.primary.span.file))
            || self.unreadable.iter().any(|trouble| trouble.path == *settings)
    }

    /// The faces that the sheets are set in; `None` if those of this crate are damaged.
    #[must_use]
    pub fn fonts(&self) -> Option<&Fonts> {
        self.project.fonts()
    }
}

impl Project {
    /// The faces that its sheets are set in; `None` if those of this crate are damaged.
    #[must_use]
    pub fn fonts(&self) -> Option<&Fonts> {
        match &self.fonts {
            Some(fonts) => Some(fonts),
            None => Fonts::builtin(),
        }
    }
}

/// Reads all chapters in files and folders. In folders every `.yaml` and `.yml` file with a `gaisan:` key is a chapter; the
/// others are parts that chapters name, and [`SETTINGS_FILE`] is left to [`Reading::settings`].
#[must_use]
pub fn read(paths: &[PathBuf]) -> Reading {
    read_in(&Project::default(), paths)
}

/// The same for chapters of a project.
#[must_use]
pub fn read_in(project: &Project, paths: &[PathBuf]) -> Reading {
    Reading { project: project.clone(), ..Reading::default() }.and_files(paths)
}

/// Reads chapters from texts in memory, given as (name, text). Names work like paths: a chapter may refer to another text, and
/// [`SETTINGS_FILE`] holds the settings of their project.
#[must_use]
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
#[must_use]
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
#[must_use]
pub fn read_stored(project: &Project, files: BTreeMap<PathBuf, Vec<u8>>, paths: &[PathBuf]) -> Reading {
    Reading { project: project.clone(), ..Reading::default() }.and_stored(files, paths)
}

/// The tree of a file of a run; `None` where it cannot be read, of which its reading has told.
pub(crate) fn outline(sources: &SourceMap, file: FileId) -> Option<Node> {
    yaml::tree(sources, file, &mut Vec::new())
}

/// The place of a key among the others of its mapping, by custom.
pub(crate) fn key_order(key: &str) -> usize {
    const NAMES: &[&str] = &["gaisan", "id", "number", "title", "title_en", "abbreviation"];
    let order = [
        NAMES,
        chapter::HEAD_KEYS,
        conventions::CONVENTION_KEYS,
        line::LINE_KEYS,
        chapter::BODY_KEYS,
        program::PROGRAM_KEYS,
    ];
    order.into_iter().flatten().position(|known| *known == key).unwrap_or(usize::MAX)
}

/// A file that has been read into a tree.
struct Loaded {
    file: FileId,
    tree: Option<Rc<Node>>,
    used: bool,
}

/// What reading knows while it goes on.
#[derive(Default)]
struct Reader {
    sources: SourceMap,
    /// Whether only texts in memory count, and nothing is looked for on disk.
    in_memory: bool,
    /// Whether files that are named and not there are left out without a word.
    a_slice: bool,
    /// What the project says for the chapters.
    project: Project,
    /// The calendar of the chapter being read.
    calendar: FiscalCalendar,
    /// The chapters of which only an extract is there.
    extracts: BTreeSet<PathBuf>,
    /// Files in memory that have not been looked at yet.
    stored: BTreeMap<PathBuf, Vec<u8>>,
    trees: BTreeMap<PathBuf, Loaded>,
    findings: Vec<Diagnostic>,
    unreadable: Vec<ReadError>,
    /// Files that were named wrongly and are probably meant.
    missed: BTreeSet<PathBuf>,
    /// The language and unit of the chapter being read, for what findings show as examples.
    examples: Examples,
    /// The texts of the line being read that are printed.
    texts: Vec<Prose>,
    /// The files that the chapter being read names.
    parts: Vec<FileId>,
    /// The files whose programs are being read, outermost first; a file inside itself would never end.
    open: Vec<PathBuf>,
}

impl Reader {
    /// Goes on where something was read that the chapters to come draw on.
    fn after(read: Reading) -> Self {
        let Reading { project, sources, findings, unreadable, .. } = read;
        Self { project, sources, findings, unreadable, ..Self::default() }
    }

    /// The files below some paths, sorted, without the project's settings.
    fn found(&mut self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for path in paths {
            match source::yaml_files(path) {
                Ok(files) => found.extend(files),
                Err(trouble) => self.unreadable.push(trouble),
            }
        }
        found.sort();
        found.dedup();
        self.without_settings(&mut found);
        let own = self.project.settings.as_deref().map(source::display_name);
        found.retain(|path| own.as_ref() != Some(&source::display_name(path)));
        found
    }

    /// Takes a text in memory for the file of that name.
    fn hold(&mut self, name: &str, text: &str) {
        let file = self.sources.add(name, text);
        let tree = yaml::tree(&self.sources, file, &mut self.findings).map(Rc::new);
        let loaded = Loaded { file, tree, used: false };
        self.trees.insert(PathBuf::from(name), loaded);
    }

    /// The chapters among some files. All files become trees first, so that a chapter's parts are known as such whatever
    /// their order.
    fn reading(mut self, paths: &[PathBuf]) -> Reading {
        let chapters: Vec<(&PathBuf, Rc<Node>)> = paths
            .iter()
            .filter_map(|path| Some((path, self.tree(path)?)))
            .filter(|(_, tree)| tree.get("gaisan").is_some())
            .collect();
        let requests = chapters.iter().filter_map(|(path, tree)| {
            let read = contained(|| self.chapter(path, tree));
            read.unwrap_or_else(|fault| {
                // What was begun of it is of no use to the next chapter.
                self.texts.clear();
                self.parts.clear();
                self.open.clear();
                self.stopped(path, fault)
            })
        });
        let requests = requests.collect();
        self.report_unused();
        let is_broken = |path: &&PathBuf| {
            let has_no_tree = self.trees.get(*path).is_some_and(|loaded| loaded.tree.is_none());
            has_no_tree && !self.unreadable.iter().any(|other| other.path == **path)
        };
        Reading {
            broken: paths.iter().filter(is_broken).cloned().collect(),
            sources: self.sources,
            requests,
            findings: self.findings,
            unreadable: self.unreadable,
            project: self.project,
        }
    }

    /// The tree of a file, read once. `None` when it is broken or cannot be read; that has been reported.
    fn tree(&mut self, path: &Path) -> Option<Rc<Node>> {
        if let Some(loaded) = self.trees.get(path) {
            return loaded.tree.clone();
        }
        let file = match self.load(path) {
            Ok(file) => file,
            Err(trouble) => {
                self.unreadable.push(trouble);
                return None;
            }
        };
        let tree = contained(|| yaml::tree(&self.sources, file, &mut self.findings));
        let tree = tree.unwrap_or_else(|fault| self.stopped(path, fault)).map(Rc::new);
        self.trees.insert(path.to_path_buf(), Loaded { file, tree: tree.clone(), used: false });
        tree
    }

    /// Takes note of a file that cannot be read by a fault of ours.
    fn stopped<T>(&mut self, path: &Path, fault: String) -> Option<T> {
        self.unreadable.push(ReadError { path: path.to_path_buf(), cause: std::io::Error::other(fault) });
        None
    }

    /// A file's text, from memory or from disk.
    fn load(&mut self, path: &Path) -> Result<FileId, ReadError> {
        match self.stored.get(path) {
            Some(bytes) => Ok(self.sources.add_bytes(path, bytes)),
            None => self.sources.load(path),
        }
    }

    /// The bytes of a file, from memory or from disk.
    fn bytes(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        match self.stored.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None if self.in_memory => {
                Err(ReadError { path: path.to_path_buf(), cause: std::io::ErrorKind::NotFound.into() })
            }
            None => source::read_bytes(path),
        }
    }

    /// The tree of a file that another one names, relative to the naming file.
    fn named_tree(&mut self, name: &str, from: &Path, span: Span) -> Option<(PathBuf, Rc<Node>)> {
        let path = source::beside(from, name);
        let is_there = self.trees.contains_key(&path)
            || self.stored.contains_key(&path)
            || !self.in_memory && source::is_file(&path);
        if !is_there && self.a_slice {
            return None;
        }
        if !is_there {
            let message = format!("there is no file `{name}` beside this one");
            let finding = Diagnostic::new(codes::MISSING_FILE, span, message)
                .here(format!("looked for `{}`", source::display_name(&path)));
            let alike = source::look_alike(from, name, nearest).filter(|_| !self.in_memory);
            self.findings.push(match &alike {
                Some(alike) => self.alike(finding, alike),
                None => finding.help("correct the name, or create the file"),
            });
            self.missed.extend(alike.map(|alike| source::beside(from, &alike.name)));
            return None;
        }
        if self.open.contains(&path) {
            self.findings.push(
                Diagnostic::new(codes::UNSUPPORTED, span, format!("`{name}` would contain itself"))
                    .help("take it out of this list: nothing can be a part of its own parts"),
            );
            return None;
        }
        let tree = self.tree(&path);
        if let Some(loaded) = self.trees.get_mut(&path) {
            loaded.used = true;
            self.parts.push(loaded.file);
        }
        Some((path, tree?))
    }

    /// A file that another one names and that was read, also where it is broken.
    fn named_file(&self, name: &str, from: &Path) -> Option<FileId> {
        self.trees.get(&source::beside(from, name)).map(|loaded| loaded.file)
    }

    /// A finding about a file that is not there, with the one that was meant.
    fn alike(&self, finding: Diagnostic, alike: &LookAlike) -> Diagnostic {
        let span = finding.primary.span;
        let cure =
            Cure { is_certain: alike.is_certain, ..Cure::certain(span, self.written(span, &alike.name)) };
        let finding = if alike.name.is_empty() { finding } else { finding.cure(cure) };
        if alike.why.is_empty() { finding } else { finding.help(alike.why) }
    }

    /// Reports files that were found in a folder and that no chapter names, and chapters that do not say that they are one.
    fn report_unused(&mut self) {
        // What a file that could not be read names is not known to be unused.
        let unread: Vec<&SourceFile> = self
            .trees
            .values()
            .filter(|loaded| loaded.tree.as_ref().is_none_or(|tree| is_unmarked(tree)))
            .map(|loaded| self.sources.file(loaded.file))
            .collect();
        let mentioned = |path: &Path| {
            let name = path.file_name().map(std::ffi::OsStr::to_string_lossy).unwrap_or_default();
            self.missed.contains(path)
                || unread.iter().any(|file| file.path != path && file.text.contains(&*name))
        };
        for (path, loaded) in &self.trees {
            let Some(tree) = &loaded.tree else { continue };
            let is_named = |file: &str| path.file_name().is_some_and(|name| name == file);
            let is_of_import = tree.get("ids").is_some() && is_named(IDS_FILE)
                || tree.get("columns").is_some() && is_named(COLUMNS_FILE);
            if loaded.used || tree.get("gaisan").is_some() || is_of_import || mentioned(path) {
                continue;
            }
            if is_unmarked(tree) {
                self.findings.push(self.unmarked(loaded.file, tree));
                continue;
            }
            let span = Span { file: loaded.file, start: tree.span.start, end: tree.span.start };
            let name = &self.sources.file(loaded.file).name;
            self.findings
                .push(Diagnostic::new(codes::UNUSED_FILE, span, format!("no chapter names `{name}`")).help(
                "list it under `programs` of a chapter; if it is a chapter itself, begin it with `gaisan: 1`",
            ));
        }
    }

    /// The finding about a chapter without its first line.
    fn unmarked(&self, file: FileId, tree: &Node) -> Diagnostic {
        let Kind::Mapping(entries) = &tree.kind else {
            return Diagnostic::new(codes::MISSING_KEY, tree.span, "this file is empty");
        };
        let near = entries
            .iter()
            .find(|(key, _)| !keys::is_key(&key.value) && keys::meant(&key.value, &["gaisan"]).is_some());
        let name = &self.sources.file(file).name;
        let message = format!("`{name}` has the keys of a chapter, and no `gaisan: 1`");
        match near {
            Some((key, _)) => {
                Diagnostic::new(codes::MISSING_KEY, key.span, message).cure(Cure::certain(key.span, "gaisan"))
            }
            None => {
                let first = entries.first().map_or(tree.span, |(key, _)| key.span);
                let start = Span { end: first.start, ..first };
                Diagnostic::new(codes::MISSING_KEY, first, message).cure(Cure::certain(start, "gaisan: 1\n"))
            }
        }
    }
}

/// Whether a tree has the keys that only a chapter has, and not the one that says so.
fn is_unmarked(tree: &Node) -> bool {
    let only = ["programs", "fiscal_year", "ministry", "stage", "unit"];
    let Kind::Mapping(entries) = &tree.kind else { return false };
    let has = |key: &str| {
        let means =
            |name: &str| matches!(keys::meant(name, &only), Some(keys::Meant::Name(meant)) if meant == key);
        entries.iter().any(|(name, _)| name.value == key || means(&name.value))
    };
    tree.get("gaisan").is_none() && only.iter().filter(|key| has(key)).count() > 2
}
