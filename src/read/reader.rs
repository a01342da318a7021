//! From files and texts to chapters: what is known while the reading goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::several::{is_file, no_file, several};
use super::yaml::{self, Kind, Node};
use super::{IDS_FILE, Project, Reading, codes, is_kept};
use crate::diagnostic::{Cure, Diagnostic, nearest};
use crate::fault::contained;
use crate::limits;
use crate::model::{Examples, FiscalCalendar, FiscalYear, Prose};
use crate::source::{self, FileId, FileKind, Found, LookAlike, ReadError, SourceMap, Span};

/// A file that has been read into a tree.
pub(super) struct Loaded {
    pub(super) file: FileId,
    pub(super) tree: Option<Arc<Node>>,
    pub(super) used: bool,
    /// Whether all of it has been taken, and the tree let go where nobody edits it: there may be as many as a chapter has programs.
    pub(super) is_done: bool,
}

/// For so many files that are not there one of a similar name is looked for: each look is one into their folder.
const MOST_LOOKS: usize = 100;

/// What reading knows while it goes on.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) sources: SourceMap,
    /// Whether only texts in memory count, and nothing is looked for on disk.
    pub(super) in_memory: bool,
    /// Whether files that are named and not there are left out without a word.
    pub(super) a_slice: bool,
    /// What the project says for the chapters.
    pub(super) project: Project,
    /// The calendar of the chapter being read.
    pub(super) calendar: FiscalCalendar,
    /// The chapters of which only an extract is there.
    pub(super) extracts: BTreeSet<PathBuf>,
    /// Files in memory that have not been looked at yet.
    pub(super) stored: BTreeMap<PathBuf, Vec<u8>>,
    pub(super) trees: BTreeMap<PathBuf, Loaded>,
    /// Whether the trees are to stay.
    pub(super) keeps: bool,
    pub(super) findings: Vec<Diagnostic>,
    /// Whether no more is looked for, see [`limits::FINDINGS`].
    pub(super) is_full: bool,
    pub(super) unreadable: Vec<ReadError>,
    /// How many amounts could not be read.
    pub(super) refused: usize,
    /// Files that were named wrongly and are probably meant.
    pub(super) missed: BTreeSet<PathBuf>,
    /// The language and unit of the chapter being read, for what findings show as examples.
    pub(super) examples: Examples,
    /// The fiscal year of the chapter being read.
    pub(super) year: Option<FiscalYear>,
    /// The texts of the line being read that are printed.
    pub(super) texts: Vec<Prose>,
    /// The files that the chapter being read names.
    pub(super) parts: Vec<FileId>,
    /// How many files that others name are not there.
    pub(super) missing_files: usize,
    /// The files whose programs are being read, outermost first; a file inside itself would never end.
    pub(super) open: Vec<PathBuf>,
}

impl Reader {
    /// Goes on where something was read that the chapters to come draw on.
    pub(super) fn after(read: Reading) -> Self {
        let Reading { project, sources, findings, unreadable, instead: stored, trees, .. } = read;
        let keeps = trees.is_some();
        Self { project, sources, findings, unreadable, stored, keeps, ..Self::default() }
    }

    /// The files below some paths, sorted, without the project's settings.
    pub(super) fn found(&mut self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for path in paths {
            match source::files(path, FileKind::Budget) {
                Ok(Found { files, mut links }) => {
                    found.extend(files);
                    self.project.links.append(&mut links);
                }
                Err(trouble) => self.unreadable.push(trouble),
            }
        }
        if paths.len() > 1 {
            found.sort();
            found.dedup();
        }
        self.without_settings(&mut found);
        if let Some(own) = self.project.settings.as_deref().map(source::display_name) {
            found.retain(|path| own != source::display_name(path));
        }
        found
    }

    /// Takes a text in memory for the file of that name.
    pub(super) fn hold(&mut self, name: &str, text: &str) {
        let file = self.sources.add(name, text);
        let tree = yaml::tree(&self.sources, file, &mut self.findings).map(Arc::new);
        let loaded = Loaded { file, tree, used: false, is_done: false };
        self.trees.insert(PathBuf::from(name), loaded);
    }

    /// The chapters among some files. All files become trees first, so that a chapter's parts are known as such whatever
    /// their order.
    pub(super) fn reading(mut self, paths: &[PathBuf]) -> Reading {
        let chapters: Vec<(&PathBuf, Arc<Node>)> = paths
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
            let has_no_tree =
                self.trees.get(*path).is_some_and(|loaded| loaded.tree.is_none() && !loaded.is_done);
            has_no_tree && !self.unreadable.iter().any(|other| other.path == **path)
        };
        Reading {
            broken: paths.iter().filter(is_broken).cloned().collect(),
            missed: self.missed,
            sources: self.sources,
            requests,
            findings: self.findings,
            unreadable: self.unreadable,
            project: self.project,
            instead: if self.in_memory { BTreeMap::new() } else { self.stored },
            trees: self.keeps.then(|| {
                self.trees.into_values().filter_map(|loaded| Some((loaded.file, loaded.tree?))).collect()
            }),
        }
    }

    /// The tree of a file, read once. `None` when it is broken or cannot be read; that has been reported.
    pub(super) fn tree(&mut self, path: &Path) -> Option<Arc<Node>> {
        match self.trees.get(path) {
            // What is wrong with it has been said the first time.
            Some(loaded) if loaded.is_done && loaded.tree.is_none() => {
                return yaml::tree(&self.sources, loaded.file, &mut Vec::new()).map(Arc::new);
            }
            Some(loaded) => return loaded.tree.clone(),
            None => {}
        }
        let file = match self.load(path) {
            Ok(file) => file,
            Err(trouble) => {
                self.unreadable.push(trouble);
                return None;
            }
        };
        let tree = contained(|| yaml::tree(&self.sources, file, &mut self.findings));
        let mut tree = tree.unwrap_or_else(|fault| self.stopped(path, fault));
        // Nothing here asks for more than the key of a list of ids, which may be as long as the chapter.
        if path.file_name().is_some_and(|name| name == IDS_FILE)
            && let Some(Node { kind: Kind::Mapping(entries), .. }) = &mut tree
            && let Some((_, ids)) = entries.iter_mut().find(|(key, _)| key.value == "ids")
        {
            ids.kind = Kind::Null;
        }
        let tree = tree.map(Arc::new);
        let loaded = Loaded { file, tree: tree.clone(), used: false, is_done: false };
        self.trees.insert(path.to_path_buf(), loaded);
        tree
    }

    /// Lets go of a file of which all has been taken.
    pub(super) fn done(&mut self, path: &Path) {
        if let Some(loaded) = self.trees.get_mut(path) {
            loaded.is_done = true;
            loaded.tree.take_if(|_| !self.keeps);
        }
    }

    /// Takes note of a file that cannot be read by a fault of ours.
    pub(super) fn stopped<T>(&mut self, path: &Path, fault: String) -> Option<T> {
        self.unreadable.push(ReadError { path: path.to_path_buf(), cause: std::io::Error::other(fault) });
        None
    }

    /// A file's text, from memory or from disk.
    pub(super) fn load(&mut self, path: &Path) -> Result<FileId, ReadError> {
        match self.stored.get(path) {
            Some(bytes) => Ok(self.sources.add_bytes(path, bytes)),
            None => {
                source::inside(path, &self.project.outside)?;
                if self.project.is_behind_way_out(path) {
                    let cause = std::io::Error::other("it lies behind a link that leads out of the project");
                    return Err(ReadError { path: path.to_path_buf(), cause });
                }
                self.sources.load(path)
            }
        }
    }

    /// Whether a file that another names may be read; where it lies outside the project, that is said.
    pub(super) fn is_inside(&mut self, path: &Path, from: &Path, name: &str, span: Span) -> bool {
        let is_outside = !self.in_memory
            && !self.stored.contains_key(path)
            && source::is_outside(path, from, &self.project.outside);
        if is_outside {
            let message = format!("`{name}` lies outside the project");
            let help =
                "put a copy of it into the project, or name its folder in `gaisan.yaml`: `outside: [FOLDER]`";
            self.say(codes::MISSING_FILE, span, message, help);
        }
        !is_outside
    }

    /// Whether more was found than anybody mends at once; what comes then is not looked at, and that is said once.
    pub(super) fn is_flooded(&mut self, node: &Node) -> bool {
        if !self.is_full && self.findings.len() >= limits::FINDINGS {
            self.is_full = true;
            self.refused += 1;
            let message = format!("there are more than {} findings; reading stopped here", limits::FINDINGS);
            let help = "correct the first ones, and check again";
            self.say(codes::UNSUPPORTED, self.first_line(node.span), message, help);
        }
        self.is_full
    }

    /// The bytes of a file, from memory or from disk.
    pub(super) fn bytes(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        match self.stored.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None if self.in_memory => {
                Err(ReadError { path: path.to_path_buf(), cause: std::io::ErrorKind::NotFound.into() })
            }
            None => source::read_bytes(path),
        }
    }

    /// The tree of a file that another one names, relative to the naming file.
    pub(super) fn named_tree(&mut self, name: &str, from: &Path, span: Span) -> Option<(PathBuf, Arc<Node>)> {
        let path = source::beside(from, name);
        if is_kept(name) {
            let message =
                format!("`{name}` is a file that gaisan keeps for itself, and nothing of a chapter");
            let help = "give the file another name, and write that here: a later `gaisan import` would write over it, or it is read as settings";
            self.say(codes::UNSUPPORTED, span, message, help);
            if let Some(loaded) = self.trees.get_mut(&path) {
                loaded.used = true;
            }
            return None;
        }
        let is_there = self.trees.contains_key(&path)
            || self.stored.contains_key(&path)
            || !self.in_memory && source::is_file(&path);
        if !is_there && self.a_slice {
            return None;
        }
        if !is_there && let Some(names) = several(name, is_file) {
            self.in_one_text(codes::MISSING_FILE, span, &names);
            self.missed.extend(names.iter().map(|name| source::beside(from, name)));
            return None;
        }
        if !is_there {
            let message = format!("there is no file `{name}` beside this one");
            let finding = Diagnostic::new(codes::MISSING_FILE, span, message)
                .here(format!("looked for `{}`", source::display_name(&path)));
            self.missing_files += 1;
            let is_looked_for = !self.in_memory && self.missing_files <= MOST_LOOKS;
            let alike = is_looked_for.then(|| source::look_alike(from, name, nearest)).flatten();
            // A character that hides the file is said with it.
            self.findings.retain(|it| it.code != codes::ODD_CHARACTER || !it.primary.span.is_in(span));
            self.findings.push(match &alike {
                Some(alike) => self.alike(finding, alike),
                None => finding.help(no_file(name)),
            });
            self.missed.extend(alike.map(|alike| source::beside(from, &alike.name)));
            return None;
        }
        if self.open.contains(&path) {
            let message = format!("`{name}` would contain itself");
            let help = "take it out of this list: nothing can be a part of its own parts";
            self.say(codes::UNSUPPORTED, span, message, help);
            return None;
        }
        if !self.is_inside(&path, from, name, span) {
            return None;
        }
        let tree = self.tree(&path);
        if let Some(loaded) = self.trees.get_mut(&path) {
            loaded.used = true;
            self.parts.push(loaded.file);
        }
        Some((path, tree?))
    }

    /// What the file says that another one names, and that file, also where it is broken.
    pub(super) fn in_file<T: Default>(
        &mut self,
        name: &str,
        from: &Path,
        span: Span,
        read: impl FnOnce(&mut Self, &Node) -> T,
    ) -> (T, Option<FileId>) {
        let tree = self.named_tree(name, from, span);
        let said = tree.map(|(_, tree)| read(self, &tree)).unwrap_or_default();
        (said, self.trees.get(&source::beside(from, name)).map(|loaded| loaded.file))
    }

    /// A finding about a file that is not there, with the one that was meant.
    pub(super) fn alike(&self, finding: Diagnostic, alike: &LookAlike) -> Diagnostic {
        let span = finding.primary.span;
        let cure =
            Cure { is_certain: alike.is_certain, ..Cure::certain(span, self.written(span, &alike.name)) };
        finding.cure(Some(cure).filter(|_| !alike.name.is_empty())).help(alike.why)
    }
}
