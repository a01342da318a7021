//! The door out: from chapters to files.
//!
//! In: what was read, templates, options. Out: files in the output folder, a manifest of them, and an account of what was done.
//! Each sheet is made on its own, so that one that fails does not stop the others, and only where its files are not there
//! already. Only this module writes files, and only it knows rayon.

mod as_text;
mod batch;
mod before;
mod book;
mod change_sheets;
mod changes;
mod contents;
mod enclose;
mod files;
mod flaw;
mod found;
mod frozen;
mod index;
mod lock;
mod locked;
mod make;
mod manifest;
mod merge;
mod over;
mod place;
mod plan;
mod record;
mod release;
mod remake;
mod run;
mod shard;
mod sound;
mod state;
mod timings;
mod together;
mod write;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

pub use batch::{build, build_after};
pub use before::Before;
pub use book::books;
pub use change_sheets::change_sheets;
pub use changes::Change;
pub use enclose::{MAKER, VERSION};
pub use files::FileEntry;
pub use flaw::{Flaw, Obstacle};
pub use frozen::{RELEASE, Release};
pub use lock::Lock;
pub use manifest::{ChapterEntry, MANIFEST, Manifest, ReleaseEntry, SheetEntry};
pub use merge::{Merged, merge};
pub use plan::Job;
pub use release::{Released, release};
pub use remake::{Remade, remake};
pub use shard::Shard;
pub use sound::jobs;
pub use timings::{Phase, Timings};
pub use together::replace;

use crate::compose::Templates;
use crate::diagnostic::Findings;
use crate::enclosure::Digest;
use crate::model::Lang;
use crate::sheet::OVERVIEW;
use crate::source::ReadError;

/// A format of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Markdown, with its figures as SVG files beside it.
    Markdown,
    /// One self-contained HTML file.
    Html,
    /// PDF.
    Pdf,
    /// A workbook of the whole chapter, beside its overview.
    Xlsx,
}

impl Format {
    /// The formats that every sheet has.
    pub const SHEETS: [Self; 3] = [Self::Markdown, Self::Html, Self::Pdf];
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Markdown, Self::Html, Self::Pdf, Self::Xlsx];

    /// The file name's extension.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
    }

    /// Whether a file of this name has the format; the figures beside a Markdown file have none.
    fn is_of(self, path: &str) -> bool {
        path.rsplit_once('.').is_some_and(|(_, end)| end == self.extension())
    }

    /// Whether a sheet of this name has the format: a workbook is of a whole chapter.
    fn is_had_by(self, name: &str) -> bool {
        self != Self::Xlsx || name.rsplit('/').next() == Some(OVERVIEW)
    }

    fn label(self) -> &'static str {
        match self {
            Self::Markdown => "MD",
            Self::Html => "HTML",
            Self::Pdf => "PDF",
            Self::Xlsx => "XLSX",
        }
    }
}

/// How to treat what is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Make what is missing or out of date.
    #[default]
    Update,
    /// Make everything.
    Force,
    /// Write nothing; say what [`Mode::Update`] would write.
    Check,
}

/// What to build.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder to write into.
    pub out: PathBuf,
    /// The formats to write.
    pub formats: Vec<Format>,
    /// The language of the sheets; `None` is each chapter's own.
    pub lang: Option<Lang>,
    /// How many threads; 0 is one a core.
    pub jobs: usize,
    /// How to treat what is there already.
    pub mode: Mode,
    /// The files and folders that the chapters were looked for in.
    pub paths: Vec<PathBuf>,
    /// The Git commit that the budget files are at.
    pub commit: Option<String>,
    /// The part of the sheets to make.
    pub shard: Option<Shard>,
    /// Whether to remove the files of sheets that no longer exist.
    pub prune: bool,
    /// Whether to refuse to change what was released.
    pub locked: bool,
    /// When it becomes true, the build ends after the sheets that are being made.
    pub cancel: Arc<AtomicBool>,
    /// The time since some moment, to measure stages with.
    pub clock: Option<fn() -> Duration>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            out: PathBuf::from("output"),
            formats: Format::SHEETS.to_vec(),
            lang: None,
            jobs: 0,
            mode: Mode::Update,
            paths: Vec::new(),
            commit: None,
            shard: None,
            prune: false,
            locked: false,
            cancel: Arc::default(),
            clock: None,
        }
    }
}

/// What was built.
#[derive(Debug, Default)]
pub struct Built {
    /// How many chapters were read.
    pub chapters: usize,
    /// What is to be said about the files that were read, sorted by file and place.
    pub findings: Findings,
    /// Files that the machine would not give us.
    pub unreadable: Vec<ReadError>,
    /// How many sheets are there completely.
    pub sheets: usize,
    /// How many files there are: those of the sheets, the index and the manifest.
    pub files: usize,
    /// How many sheets had files made.
    pub made: usize,
    /// How many files were made.
    pub written: usize,
    /// What changed since the last build of the same sheets.
    pub changes: Vec<Change>,
    /// Characters that the PDF's faces lack and no rule could report, with the sheets they are in; they are printed as 〓.
    pub missing: Vec<(PathBuf, Vec<char>)>,
    /// What a person should know of workbooks, each with its line.
    pub remarks: Vec<(PathBuf, String)>,
    /// Sheets that were not made because of errors in what they show.
    pub skipped: Vec<String>,
    /// Released sheets whose data differ from what was released, with their revision, that were therefore not made.
    pub locked: Vec<(String, u32)>,
    /// Files of sheets that no longer exist, still there.
    pub leftover: Vec<String>,
    /// Files of sheets that no longer exist, removed.
    pub removed: Vec<String>,
    /// Why the manifest that was there could not be read, and was made anew from what this run looked at.
    pub damaged: Option<String>,
    /// What is not as it should be, where nothing is written.
    pub flaws: Vec<(String, Flaw)>,
    /// How many files a checkout of Git has given other line ends; they are as they should be but for that.
    pub converted: usize,
    /// What went wrong; the other sheets are there.
    pub failures: Vec<Failure>,
    /// Whether the build was told to end before it was done.
    pub interrupted: bool,
    /// Where the time went.
    pub timings: Timings,
}

/// A sheet that could not be made, or a file that could not be written.
#[derive(Debug)]
pub struct Failure {
    /// The file or sheet.
    pub what: String,
    /// Why.
    pub cause: String,
}

impl Failure {
    /// That a sheet cannot be made, because another one has its name.
    fn same_name(what: String) -> Self {
        let cause = "two sheets would have this name; give one of the chapters or programs another id";
        Self { what, cause: cause.to_owned() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.cause)
    }
}

/// The digest of the templates that compose sheets, built-in ones included.
fn templates_digest(templates: &Templates) -> String {
    let mut text = String::new();
    let builtin = crate::compose::BUILTIN.iter().map(|(name, text)| (*name, *text));
    let office = templates.office().iter().map(|(name, text)| (name.as_str(), text.as_str()));
    for (name, content) in builtin.chain(office) {
        text.push_str(&format!("{} {name}\n", Digest::of(content.as_bytes())));
    }
    Digest::of(text.as_bytes()).to_string()
}
