//! The YAML files of a project, written for the officer: from a workbook that was taken, from last year's files, or from nothing.
//!
//! In: what is to be in them, and the files that are there. Out: a [`Plan`] of files and of what changes in them; applying it writes all
//! of them or none. Files that are there are edited in place.

mod again;
mod alike;
mod around;
mod chapter;
mod cures;
mod derived;
mod figures;
mod follow;
mod format;
mod free;
mod groups;
mod hang;
mod homes;
mod ids;
mod lines;
mod memory;
mod moves;
mod pairs;
mod roll;
mod settle;
mod since;
mod start;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use cures::{Cured, Mended, mend};
pub use format::format;
pub use homes::{Placed, imports, year_of};
pub use roll::roll;
pub use start::{init, program};

use ids::{Known, Names, Refused};

use crate::build::{Failure, replace};
use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::diff::redline::patch;
use crate::edit::edited;
use crate::import::Taken;
use crate::model::Lang;
use crate::read::{self, IDS_FILE, Project, Reading, read_to_edit};
use crate::source::{self, FileId, SourceMap, Span, display_name};

/// Files that are to be written, and what is said of it. Nothing is on the disk yet.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files with all of their bytes, only those that change.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
    /// What changes, in the order of the lines.
    pub changes: Vec<Change>,
    /// Why nothing can be planned: findings of the files that are there.
    pub findings: Vec<Diagnostic>,
    /// The files that the findings are about.
    pub sources: SourceMap,
    /// The ids of the lines of a table, as the files are to have them.
    names: Option<(Arc<Names>, Lang)>,
}

/// Something that a plan changes, or that a person should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A figure of a line.
    Amount {
        /// The line's id.
        line: String,
        /// Which figure: 要求, 前年度 …
        figure: String,
        /// What it was; empty where nothing was said.
        from: String,
        /// What it is.
        to: String,
        /// The unit of both.
        unit: String,
        /// The cell, in brackets.
        cell: String,
    },
    /// A text of a line: its title, its number, a remark.
    Text {
        /// The line's id.
        line: String,
        /// Which text.
        what: String,
        /// What it was.
        from: String,
        /// What it is.
        to: String,
        /// The cell, in brackets.
        cell: String,
    },
    /// The id of a line, as `ids.yaml` has it.
    Id {
        /// What it was.
        from: String,
        /// What it is.
        to: String,
    },
    /// A line that is new.
    Added {
        /// The line's id.
        line: String,
        /// Its title.
        title: String,
        /// The cell, in brackets.
        cell: String,
        /// The line that it is a part of, or the groups that it is in; empty where it is a program of the chapter in none.
        below: String,
    },
    /// A line that is there and is not in the workbook; it stays.
    Missing {
        /// The line's id.
        line: String,
        /// Its title.
        title: String,
        /// Where it stands, `request.yaml:12`.
        place: String,
    },
    /// The lines, by their ids, that the files have otherwise than the sheet of ours that comes in was made from.
    Newer(String),
    /// Something that is left for a person.
    Left(String),
}

impl Change {
    /// Whether a person should look at it.
    pub fn asks(&self) -> bool {
        matches!(self, Self::Missing { .. } | Self::Newer(_) | Self::Left(_))
    }

    /// The id of the line that it is about.
    fn line(&self) -> Option<&str> {
        match self {
            Self::Amount { line, .. }
            | Self::Text { line, .. }
            | Self::Added { line, .. }
            | Self::Missing { line, .. } => Some(line),
            Self::Left(what) => what.split_once("  ").map(|(line, _)| line),
            Self::Id { .. } | Self::Newer(_) => None,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
        match self {
            Self::Amount { line, figure, from, to, unit, cell } => {
                // The unit stands behind the last number that has none of its own.
                let digit = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
                let behind = |is_last: bool| if is_last { format!(" {unit}") } else { String::new() };
                let (before, after) = (behind(digit(from) && !digit(to)), behind(digit(to)));
                write!(f, "{line}  {figure} {}{before} → {}{after}{cell}", shown(from), shown(to))
            }
            Self::Text { line, what, from, to, cell } => {
                let quoted = |text: &str| if text.is_empty() { shown(text) } else { format!("`{text}`") };
                write!(f, "{line}  {what} {} → {}{cell}", quoted(from), quoted(to))
            }
            Self::Id { from, to } => write!(f, "{from}  id → {to} (ids.yaml)"),
            Self::Added { line, title, cell, below } if below.is_empty() => {
                write!(f, "{line}  new: {title}{cell}")
            }
            Self::Added { line, title, cell, below } => {
                write!(f, "{line}  new: {title}{cell}, below `{below}`")
            }
            Self::Missing { line, title, place } => write!(
                f,
                "{line}  not in the workbook: {title} ({place}); it stays: if it has ended, write `requested: 終了` (ended)"
            ),
            Self::Newer(lines) => write!(
                f,
                "the files have changed since the sheet was made: {lines}; what the sheet leaves as it was stays as they have it"
            ),
            Self::Left(what) => f.write_str(what),
        }
    }
}

impl Plan {
    /// Whether nothing can be done before a person has put something right.
    pub fn is_refused(&self) -> bool {
        !self.findings.is_empty()
    }

    /// Writes all files, or none.
    ///
    /// # Errors
    /// When the disk refuses one; the others are as they were.
    pub fn apply(&self) -> Result<(), Failure> {
        replace(&self.files)
    }

    /// What changes in the files, line by line, as `diff -u` shows it.
    pub fn patch(&self) -> String {
        let text = |bytes: &[u8]| String::from_utf8_lossy(&source::line_ends::text(bytes)).into_owned();
        let one = |(path, new): (&PathBuf, &Vec<u8>)| {
            let old = source::read_bytes(path).unwrap_or_default();
            patch(&display_name(path), &text(&old), &text(new))
        };
        self.files.iter().map(one).collect()
    }

    /// A file as it is to be, where that is not as it is.
    fn file(&mut self, path: PathBuf, bytes: Vec<u8>) {
        if !source::read_bytes(&path).is_ok_and(|old| old == bytes) {
            self.files.insert(path, bytes);
        }
    }

    /// The same with the file that keeps the ids of the lines.
    fn with_names(mut self, folder: &Path) -> Self {
        if let Some((names, lang)) = &self.names {
            self.file(folder.join(IDS_FILE), names.written(*lang).into_bytes());
        }
        self
    }

    /// The files that edits are about, as they are to be.
    fn edits(&mut self, sources: &SourceMap, edits: &BTreeMap<FileId, Vec<Edit>>) {
        for (file, edits) in edits {
            let path = &sources.file(*file).path;
            let planned = self.files.get(path).cloned();
            let bytes = planned.or_else(|| source::read_bytes(path).ok());
            // Nothing is written that cannot be read again.
            let bytes =
                bytes.and_then(|bytes| edited(&bytes, edits)).filter(|bytes| read::unread(bytes) == 0);
            match bytes {
                Some(bytes) => self.file(path.clone(), bytes),
                None => self.changes.push(Change::Left(unfollowed(&display_name(path)))),
            }
        }
    }
}

/// That a file's layout is not one that edits follow.
fn unfollowed(name: &str) -> String {
    format!("`{name}` is laid out in a way that cannot be edited; write its keys on lines of their own")
}

/// Plans what a workbook makes of the chapter in a folder: all of its files where there is none of that year and stage yet, otherwise only the
/// amounts and lines that changed.
pub fn import(project: &Project, taken: &Taken, folder: &Path) -> Plan {
    beside((project, taken, folder), Names::read(folder), &Planned::default())
}

/// What is planned of the chapters of other years, beside which one comes in.
#[derive(Default)]
struct Planned {
    files: BTreeSet<PathBuf>,
    /// The ids that are there, and those that are planned: a line has one in all years.
    names: Known,
}

/// Which table of which project goes where.
type Asks<'a> = (&'a Project, &'a Taken, &'a Path);

/// What is said of files of which cannot be told which chapter they are: the chapter would be written a second time beside them.
fn unread(here: &Reading) -> Option<Plan> {
    let is_known = |span: Span| {
        here.requests.iter().any(|it| it.is_in(span.file) && !it.fiscal_year.value.is_stand_in())
    };
    let is_it = |it: &&Diagnostic| it.severity == Severity::Error && !is_known(it.primary.span);
    if let Some(trouble) = here.unreadable.first() {
        let (findings, sources) = ids::refused(trouble);
        return Some(Plan { findings, sources, ..Plan::default() });
    }
    let findings: Vec<Diagnostic> = here.findings.iter().filter(is_it).cloned().collect();
    (!findings.is_empty()).then(|| Plan { findings, sources: here.sources.clone(), ..Plan::default() })
}

/// The same, where other files are planned already.
fn beside((project, taken, folder): Asks<'_>, names: Result<Arc<Names>, Refused>, planned: &Planned) -> Plan {
    let id = ids::chapter_id(folder);
    let names = match names {
        Ok(names) => names,
        Err((findings, sources)) => return Plan { findings, sources, ..Plan::default() },
    };
    let here = if source::is_folder(folder) { read_to_edit(project, folder) } else { Reading::default() };
    let is_same = |request: &&crate::model::Request| {
        request.fiscal_year.value == taken.year && request.stage == taken.stage
    };
    let is_own = |request: &&crate::model::Request| Some(request.line.id.value.as_str()) == taken.id();
    let mut known = here.requests.iter().filter(is_same);
    let plan = match known.clone().find(is_own).or_else(|| known.next()) {
        Some(request) => again::plan(taken, (folder, &here, request), &names, planned, Plan::default()),
        // It may be the chapter itself that cannot be read.
        None if let Some(plan) = unread(&here) => plan,
        None => {
            let asks = (project, taken, folder);
            changed(asks, &id, planned, &names).unwrap_or_else(|| chapter::plan(asks, &id, planned, &names))
        }
    };
    drop(here);
    plan.with_names(folder)
}

/// Plans a chapter that is not there of a sheet of ours: as it was when that was made, and what has changed since as in a chapter that is there.
fn changed(
    (project, taken, folder): Asks<'_>,
    id: &crate::model::Id,
    planned: &Planned,
    names: &Names,
) -> Option<Plan> {
    taken.kept.as_ref()?;
    let plan = chapter::plan((project, &since::before(taken), folder), id, planned, names);
    let paths: Vec<PathBuf> = plan.files.keys().cloned().collect();
    let here = Reading::to_edit(project).and_stored(plan.files.clone(), &paths);
    let is_it = |request: &&crate::model::Request| {
        (request.fiscal_year.value, request.stage) == (taken.year, taken.stage) && !request.is_unread()
    };
    let request = here.requests.iter().find(is_it)?;
    Some(again::plan(taken, (folder, &here, request), names, planned, plan))
}
