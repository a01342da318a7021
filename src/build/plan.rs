//! Which sheets there are and where they go. Pure: nothing is written here.

use std::path::PathBuf;
use std::sync::Arc;

use super::Format;
use super::enclose::{self, Encloser};
use crate::diagnostic::{Diagnostic, Severity};
use crate::examine::Examined;
use crate::lineage::Lineage;
use crate::model::{Lang, Request, Stage};
use crate::rollup::Rollup;
use crate::sheet::{Sheet, Sheets};
use crate::source::Span;

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
        self.folder.join(format!("{}.{}", self.sheet.stem, format.extension()))
    }

    /// The sheet's name for reports: its path without extension.
    #[must_use]
    pub fn name(&self) -> String {
        crate::source::display_name(&self.folder.join(&self.sheet.stem))
    }
}

/// A sheet that can be made: where it goes, without what it shows.
pub(super) struct Task<'r> {
    /// The place of the sheet's chapter among the chapters of the run.
    pub(super) chapter: usize,
    /// The chapter.
    pub(super) request: &'r Request,
    /// The language it is worded in.
    pub(super) lang: Lang,
    /// The folder, relative to the output folder.
    pub(super) folder: PathBuf,
    /// The name of its files without extension.
    pub(super) stem: String,
    /// Its place in the chapter's printed order; 0 is the overview.
    pub(super) order: usize,
    sheets: Arc<Sheets<'r>>,
}

impl Task<'_> {
    /// The sheet's name: its path without extension.
    pub(super) fn name(&self) -> String {
        crate::source::display_name(&self.folder.join(&self.stem))
    }

    /// The chapter's title in the sheet's language, with its number.
    pub(super) fn chapter_title(&self) -> &str {
        self.sheets.chapter_title()
    }

    /// The sheet itself, worded and signed.
    pub(super) fn job(&self, encloser: &Encloser<'_>) -> Option<Job> {
        let mut sheet = self.sheets.sheet(self.order)?;
        let enclosure = encloser.enclosure(self.name(), self.chapter, &sheet);
        enclose::sign(&mut sheet.imprint, enclosure, self.request.revision);
        Some(Job { folder: self.folder.clone(), chapter: self.chapter, lang: self.lang, sheet })
    }
}

/// What is to be made, and what cannot be.
pub(super) struct Plan<'r> {
    /// The sheets to make, chapter by chapter.
    pub(super) tasks: Vec<Task<'r>>,
    /// The names of the sheets that show something wrong.
    pub(super) skipped: Vec<String>,
}

/// The sheets of all chapters, without those that would show an error.
pub(super) fn plan<'r>(examined: &'r Examined<'_>, lineage: &'r Lineage<'r>, lang: Option<Lang>) -> Plan<'r> {
    let rollups = &examined.rollups;
    let errors: Vec<Vec<Place<'_>>> =
        rollups.iter().map(|rollup| errors(rollup, &examined.findings)).collect();
    let all = tasks(rollups, lineage, |request| lang.unwrap_or(request.lang));
    let mut skipped = Vec::new();
    let sound = all.into_iter().filter(|task| {
        let mut errors = errors.get(task.chapter).into_iter().flatten();
        let rollup = rollups.get(task.chapter);
        let wrong = rollup.is_some_and(|rollup| errors.any(|error| error.concerns(rollup, &task.stem)));
        if wrong {
            skipped.push(task.name());
        }
        !wrong
    });
    let tasks = sound.collect();
    Plan { tasks, skipped }
}

/// All sheets of all chapters, each chapter in a language.
pub(super) fn tasks<'r>(
    rollups: &'r [Rollup<'_>],
    lineage: &'r Lineage<'r>,
    lang: impl Fn(&Request) -> Lang,
) -> Vec<Task<'r>> {
    let chapters = rollups.iter().enumerate();
    chapters.flat_map(|(at, rollup)| tasks_of((at, rollup), lineage, lang(rollup.request))).collect()
}

/// All sheets of one chapter, given with its place, in a language.
pub(super) fn tasks_of<'r>(
    (chapter, rollup): (usize, &'r Rollup<'_>),
    lineage: &'r Lineage<'r>,
    lang: Lang,
) -> Vec<Task<'r>> {
    let folder = folder(rollup.request, lang);
    let sheets = Arc::new(Sheets::of(rollup, lineage, lang));
    let task = |(order, stem): (usize, &str)| Task {
        chapter,
        request: rollup.request,
        lang,
        folder: folder.clone(),
        stem: stem.to_owned(),
        order,
        sheets: Arc::clone(&sheets),
    };
    sheets.stems().enumerate().map(task).collect()
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
        let is_overview = !rollup.rows.iter().any(|row| row.depth == 1 && row.line.id.value.as_str() == stem);
        match self {
            Self::Program(id) => is_overview || *id == stem,
            Self::Overview => is_overview,
            Self::Chapter => true,
        }
    }
}

/// The places of a chapter's errors. A failed sum lies at all of its figures, because any of them may be the wrong one.
fn errors<'r>(rollup: &'r Rollup<'_>, findings: &[Diagnostic]) -> Vec<Place<'r>> {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let places = errors.flat_map(|error| {
        let figures = error.secondary.iter().filter(|_| is_sum(error));
        let spans = std::iter::once(&error.primary).chain(figures).map(|label| label.span);
        spans.filter_map(|span| place(rollup, error, span))
    });
    places.collect()
}

/// Whether an error is of the family of sums.
fn is_sum(error: &Diagnostic) -> bool {
    error.code.get(1..3) == Some("02")
}

/// The place of an error in a chapter; `None` when it is in none of the chapter's files.
fn place<'r>(rollup: &'r Rollup<'_>, error: &Diagnostic, span: Span) -> Option<Place<'r>> {
    let mut top = None;
    for row in rollup.rows.iter().skip(1) {
        let Some(program) = row.program else { continue };
        if row.depth == 1 {
            top = Some(program.line.id.value.as_str());
        }
        let inside =
            program.span.file == span.file && (program.span.start..=program.span.end).contains(&span.start);
        if let (true, Some(id)) = (inside, top) {
            return Some(Place::Program(id));
        }
    }
    let request = rollup.request;
    if span.file == request.file {
        // The chapter's own total shows on its overview only.
        return Some(if is_sum(error) { Place::Overview } else { Place::Chapter });
    }
    request.parts.contains(&span.file).then_some(Place::Overview)
}

/// `fy2022/mext-5`; stages after the request and languages other than the chapter's own have a folder below.
pub(super) fn folder(request: &Request, lang: Lang) -> PathBuf {
    let year = request.fiscal_year.value.western();
    let base = base(year, request.line.id.value.as_str(), request.stage.slug());
    let mut folder = PathBuf::from(base);
    if lang != request.lang {
        folder.push(lang.tag());
    }
    folder
}

/// A chapter's folder in its own language.
pub(super) fn base(year: u16, chapter: &str, stage: &str) -> String {
    if stage == Stage::Request.slug() {
        format!("fy{year}/{chapter}")
    } else {
        format!("fy{year}/{chapter}/{stage}")
    }
}
