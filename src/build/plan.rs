//! Which sheets there are and where they go. Pure: nothing is written here.

use std::path::PathBuf;

use super::{Format, Options};
use crate::diagnostic::{Diagnostic, Severity};
use crate::examine::Examined;
use crate::model::{Lang, Request, Stage};
use crate::rollup::Rollup;
use crate::sheet::{self, History, Sheet};

/// A sheet with its place in the output folder.
#[derive(Clone, Debug)]
pub struct Job {
    /// The folder, relative to the output folder.
    pub folder: PathBuf,
    /// The place of the sheet's chapter among the chapters of the run.
    pub chapter: usize,
    /// The language it is worded in.
    pub lang: Lang,
    /// The sheet.
    pub sheet: Sheet,
}

impl Job {
    /// The file of a format, relative to the output folder.
    #[must_use]
    pub fn path(&self, format: Format) -> PathBuf {
        self.folder
            .join(format!("{}.{}", self.sheet.stem, format.extension()))
    }

    /// The sheet's name for reports: its path without extension.
    #[must_use]
    pub fn name(&self) -> String {
        crate::source::display_name(&self.folder.join(&self.sheet.stem))
    }
}

/// What is to be made, and what cannot be.
pub(super) struct Plan {
    /// The sheets to make, chapter by chapter.
    pub(super) jobs: Vec<Job>,
    /// The names of the sheets that show something wrong.
    pub(super) skipped: Vec<String>,
}

/// The sheets of all chapters, without those that would show an error.
pub(super) fn plan(examined: &Examined<'_>, options: &Options) -> Plan {
    let mut plan = Plan {
        jobs: Vec::new(),
        skipped: Vec::new(),
    };
    let history = History::of(&examined.rollups);
    for (chapter, rollup) in examined.rollups.iter().enumerate() {
        let lang = options.lang.unwrap_or(rollup.request.lang);
        let folder = folder(rollup.request, lang);
        let errors = errors(rollup, &examined.findings);
        for sheet in sheet::sheets(rollup, &history, lang) {
            let job = Job {
                folder: folder.clone(),
                chapter,
                lang,
                sheet,
            };
            if errors
                .iter()
                .any(|error| error.concerns(rollup, &job.sheet.stem))
            {
                plan.skipped.push(job.name());
            } else {
                plan.jobs.push(job);
            }
        }
    }
    plan
}

/// Where an error of a chapter lies.
enum Place<'r> {
    /// In one of its programs: that sheet and the overview cannot be made.
    Program(&'r str),
    /// In the chapter's own sums, or in a file that could not be read as a program: the overview cannot be made.
    Overview,
    /// In the chapter itself: no sheet can be made.
    Chapter,
}

impl Place<'_> {
    fn concerns(&self, rollup: &Rollup<'_>, stem: &str) -> bool {
        let is_overview = !rollup
            .rows
            .iter()
            .any(|row| row.depth == 1 && row.line.id.value.as_str() == stem);
        match self {
            Self::Program(id) => is_overview || *id == stem,
            Self::Overview => is_overview,
            Self::Chapter => true,
        }
    }
}

/// The places of a chapter's errors.
fn errors<'r>(rollup: &'r Rollup<'_>, findings: &[Diagnostic]) -> Vec<Place<'r>> {
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    errors.filter_map(|error| place(rollup, error)).collect()
}

/// The place of an error in a chapter; `None` when it is in none of the chapter's files.
fn place<'r>(rollup: &'r Rollup<'_>, error: &Diagnostic) -> Option<Place<'r>> {
    let span = error.primary.span;
    let mut top = None;
    for row in rollup.rows.iter().skip(1) {
        let Some(program) = row.program else { continue };
        if row.depth == 1 {
            top = Some(program.line.id.value.as_str());
        }
        let inside = program.span.file == span.file
            && (program.span.start..=program.span.end).contains(&span.start);
        if let (true, Some(id)) = (inside, top) {
            return Some(Place::Program(id));
        }
    }
    let request = rollup.request;
    if span.file == request.file {
        // A wrong sum of the chapter shows on its overview only.
        let is_sum = error.code.get(1..3) == Some("02");
        return Some(if is_sum {
            Place::Overview
        } else {
            Place::Chapter
        });
    }
    request
        .parts
        .contains(&span.file)
        .then_some(Place::Overview)
}

/// `fy2022/mext-5`; stages after the request and languages other than the chapter's own have a folder below.
fn folder(request: &Request, lang: Lang) -> PathBuf {
    let mut folder = PathBuf::from(request.fiscal_year.value.slug());
    folder.push(request.line.id.value.as_str());
    if request.stage != Stage::Request {
        folder.push(request.stage.slug());
    }
    if lang != request.lang {
        folder.push(lang.tag());
    }
    folder
}
