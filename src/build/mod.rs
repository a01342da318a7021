//! The door out: from chapters to files.
//!
//! In: what was read, templates, options. Out: files in the output folder, a manifest of them, and an account of what was done.
//! Each sheet is made on its own, so that one that fails does not stop the others, and only where its files are not there
//! already. Only this module writes files, and only it knows rayon.

mod change_sheets;
mod changes;
mod check;
mod enclose;
mod frozen;
mod index;
mod ledger;
mod lock;
mod make;
mod manifest;
mod merge;
mod plan;
mod release;
mod remember;
mod shard;
mod state;
mod timings;
mod write;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use rayon::prelude::*;

pub use change_sheets::change_sheets;
pub use changes::Change;
pub use check::Trouble;
pub use enclose::{Remade, VERSION, jobs, remake};
pub use lock::Lock;
pub use manifest::{
    ChapterEntry, FileEntry, MANIFEST, Manifest, Printed, ReleaseEntry, SheetEntry,
};
pub use merge::{MergeError, Merged, merge};
pub use plan::Job;
pub use release::{RELEASE, Release, ReleaseError, Released, release};
pub use remember::{inputs, remember, remembered};
pub use shard::Shard;
pub use state::Run as Remembered;
pub use timings::{Stage, Timings};

use crate::compose::Templates;
use crate::enclosure::Digest;
use crate::examine::Examined;
use crate::model::Lang;
use crate::sheet::History;
use crate::typeface::Fonts;
use enclose::Encloser;
use make::{Made, failure};
use plan::{Plan, Task};
use state::{Seen, State};
use write::Output;

/// A format of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Markdown, with its figures as SVG files beside it.
    Markdown,
    /// One self-contained HTML file.
    Html,
    /// PDF.
    Pdf,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Html, Self::Pdf];

    /// The file name's extension.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Markdown => "MD",
            Self::Html => "HTML",
            Self::Pdf => "PDF",
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
    /// What makes the sheets, to the last bit: sheets of another maker are made anew.
    pub maker: String,
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
            formats: Format::ALL.to_vec(),
            lang: None,
            jobs: 0,
            mode: Mode::Update,
            maker: VERSION.to_owned(),
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
    /// Sheets that were not made because of errors in what they show.
    pub skipped: Vec<String>,
    /// Released sheets whose data differ from what was released, with their revision, that were therefore not made.
    pub locked: Vec<(String, u32)>,
    /// Files of sheets that no longer exist, still there.
    pub leftover: Vec<String>,
    /// Files of sheets that no longer exist, removed.
    pub removed: Vec<String>,
    /// What is not as it should be, where nothing is written.
    pub troubles: Vec<(String, Trouble)>,
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

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.cause)
    }
}

/// What all sheets of a run need to know.
struct Run<'r> {
    examined: &'r Examined<'r>,
    options: &'r Options,
    mode: Mode,
    templates: &'r Templates,
    templates_digest: String,
    /// The digest of the office's own font, if there is one.
    font_digest: Option<Digest>,
    encloser: Encloser<'r>,
    /// What the last build saw.
    state: State,
    /// What the output folder holds, by name.
    old: BTreeMap<String, SheetEntry>,
    /// The output folder; `None` when nothing is to be written.
    output: Option<Output>,
    timings: Timings,
}

impl Run<'_> {
    /// Does some work of a stage, and measures it.
    fn timed<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let Some(clock) = self.options.clock else {
            return work();
        };
        let start = clock();
        let done = work();
        self.timings.add(stage, clock().saturating_sub(start));
        done
    }
}

/// Builds all sheets of all chapters, the index and the manifest. `progress` is told how many sheets are done, and of how many.
#[must_use]
pub fn build(
    examined: &Examined<'_>,
    templates: &Templates,
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Built {
    let history = History::of(&examined.rollups);
    let Plan { tasks, skipped } = plan::plan(examined, &history, options.lang);
    let mut built = Built {
        skipped,
        ..Built::default()
    };
    let old = match Manifest::read(&options.out) {
        Ok(old) => old,
        Err(cause) => {
            built.failures.push(Failure {
                what: MANIFEST.to_owned(),
                cause,
            });
            return built;
        }
    };
    let output = match options.mode {
        Mode::Check => None,
        Mode::Update | Mode::Force => match Output::open(&options.out) {
            Ok(output) => Some(output),
            Err(error) => {
                built.failures.push(failure(&options.out, &error));
                return built;
            }
        },
    };
    let sheets = old.iter().flat_map(|old| &old.sheets);
    let run = Run {
        examined,
        options,
        mode: options.mode,
        templates,
        templates_digest: templates_digest(templates),
        font_digest: examined
            .fonts
            .and_then(Fonts::fallback)
            .map(|face| Digest::of(&face.data)),
        encloser: Encloser::new(&examined.rollups, examined.sources, templates.office()),
        state: State::read(&options.out),
        old: sheets
            .map(|sheet| (sheet.name.clone(), sheet.clone()))
            .collect(),
        output,
        timings: Timings::default(),
    };
    let planned: BTreeSet<String> = tasks
        .iter()
        .map(Task::name)
        .chain(built.skipped.iter().cloned())
        .collect();
    let mut tasks = distinct(tasks, &mut built);
    if let Some(shard) = options.shard {
        tasks.retain(|task| shard.has(&task.name()));
    }
    if options.locked {
        let changed = frozen::changed(&tasks, &run, old.as_ref(), &planned);
        tasks.retain(|task| !changed.iter().any(|(name, _)| *name == task.name()));
        built.locked = changed;
    }
    let results = make_all(&tasks, &run, progress);
    built.interrupted = results.iter().any(Option::is_none);
    ledger::settle(&run, examined, old, &planned, &tasks, results, &mut built);
    built.timings = run.timings;
    built
}

/// Makes all sheets; `None` for those that were not begun because the build was told to end.
fn make_all(
    tasks: &[Task<'_>],
    run: &Run<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Option<Made>> {
    let done = AtomicUsize::new(0);
    let make = |task: &Task<'_>| {
        if run.options.cancel.load(Ordering::Relaxed) {
            return None;
        }
        let made = make::make(task, run);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, tasks.len());
        Some(made)
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(run.options.jobs)
        .build();
    match &pool {
        Ok(pool) => pool.install(|| tasks.par_iter().map(make).collect()),
        Err(_) => tasks.iter().map(make).collect(),
    }
}

/// The sheets that no other sheet of the run would overwrite, also where the disk does not tell small letters from capitals.
fn distinct<'r>(tasks: Vec<Task<'r>>, built: &mut Built) -> Vec<Task<'r>> {
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut distinct = Vec::new();
    for task in tasks {
        let name = task.name();
        match taken.insert(name.to_lowercase(), task.chapter) {
            Some(_) => built.failures.push(Failure {
                what: name,
                cause: "two sheets would have this name; give one of the chapters or programs another id".to_owned(),
            }),
            None => distinct.push(task),
        }
    }
    distinct
}

/// The digest of the templates that compose sheets, built-in ones included.
fn templates_digest(templates: &Templates) -> String {
    let mut text = String::new();
    let builtin = crate::compose::BUILTIN
        .iter()
        .map(|(name, text)| (*name, *text));
    let office = templates
        .office()
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    for (name, content) in builtin.chain(office) {
        text.push_str(&format!("{} {name}\n", Digest::of(content.as_bytes())));
    }
    Digest::of(text.as_bytes()).to_string()
}

/// The folder of a path by its name with `/`.
fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether there is a file below the output folder.
fn is_there(out: &Path, path: &str) -> bool {
    std::fs::symlink_metadata(out.join(path)).is_ok()
}
