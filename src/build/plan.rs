//! Which sheets there are and where they go. Pure: nothing is written here.

use std::path::PathBuf;
use std::sync::Arc;

use super::Format;
use super::enclose::{self, Encloser};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document;
use crate::examine::Examined;
use crate::fault::contained;
use crate::lineage::Lineage;
use crate::model::{Lang, Prose, Request, Stage};
use crate::rollup::Rollup;
use crate::sheet::{Sheet, Sheets};
use crate::source::{FileId, Span};

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

    /// Where in the files a sheet that cannot be made is most likely wrong: the text that cannot be read alone, or its program.
    pub(super) fn place(&self, examined: &Examined<'_>) -> String {
        let Some(rollup) = examined.rollups.get(self.chapter) else { return String::new() };
        let at = rollup.rows.iter().position(|row| row.depth == 1 && row.line.id.value.as_str() == self.stem);
        let rows = at.map_or(rollup.rows.as_slice(), |at| rollup.subtree(at));
        let texts = rows.iter().flat_map(|row| &row.line.texts).filter(|prose| prose.is_markdown);
        let stops = |prose: &&Prose| contained(|| document::read(&prose.text, self.lang)).is_err();
        let text = texts.into_iter().find(stops).map(|prose| prose.place(&(0..0)));
        let Some(span) = text.or_else(|| Some(rows.first()?.line.id.span)) else { return String::new() };
        let what = if text.is_some() { "the text" } else { "the program" };
        let file = &examined.sources.file(span.file).name;
        format!("{what} at {file}:{}: ", examined.sources.position(span).line)
    }

    /// Whether what would ride inside the sheet does not hold, though nothing that it shows is wrong: a whole file of its chapter, or of
    /// another year's, with an error elsewhere in it.
    fn carries(&self, errors: &[&Diagnostic], encloser: &Encloser<'_>) -> bool {
        let request = self.request;
        let may_be_carried = |error: &&Diagnostic| {
            let file = error.primary.span.file;
            if file == request.file {
                let at = error.primary.span.start;
                return request.extracts.as_ref().is_none_or(|it| !it.lacks(at, &self.stem));
            }
            is_sum(error) && !request.parts.contains(&file)
        };
        if !errors.iter().any(may_be_carried) {
            return false;
        }
        let enclosure = self.job(encloser).and_then(|job| job.sheet.imprint.enclosure);
        let remade = enclosure.and_then(|enclosure| enclose::remake(&enclosure).ok());
        remade.is_some_and(|remade| remade.wrong().is_some())
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

/// The sheets of all chapters, without those that would show an error or carry one inside.
pub(super) fn plan<'r>(
    examined: &'r Examined<'_>,
    lineage: &'r Lineage<'r>,
    lang: Option<Lang>,
    encloser: &Encloser<'_>,
) -> Plan<'r> {
    let rollups = &examined.rollups;
    let findings = examined.findings.iter();
    let errors: Vec<&Diagnostic> = findings.filter(|it| it.severity == Severity::Error).collect();
    let places: Vec<Vec<Place<'_>>> = rollups.iter().map(|rollup| places(rollup, &errors)).collect();
    let all = tasks(rollups, lineage, |request| lang.unwrap_or(request.lang));
    let mut skipped = Vec::new();
    let sound = all.into_iter().filter(|task| {
        let Some(rollup) = rollups.get(task.chapter) else { return false };
        let mut shown = places.get(task.chapter).into_iter().flatten();
        let wrong = shown.any(|place| place.concerns(rollup, &task.stem)) || task.carries(&errors, encloser);
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
    /// In a file of programs, outside of them: neither the overview nor those programs' sheets can be made.
    File(FileId),
    /// In the chapter's own sums: the overview cannot be made.
    Overview,
    /// In the chapter itself, or in its citations or glossary: no sheet can be made.
    Chapter,
}

impl Place<'_> {
    fn concerns(&self, rollup: &Rollup<'_>, stem: &str) -> bool {
        let at = rollup.rows.iter().position(|row| row.depth == 1 && row.line.id.value.as_str() == stem);
        let is_of = |file: FileId| {
            let rows = at.map_or(&[][..], |at| rollup.subtree(at));
            rows.iter().any(|row| row.line.id.span.file == file)
        };
        match self {
            Self::Program(id) => at.is_none() || *id == stem,
            Self::File(file) => at.is_none() || is_of(*file),
            Self::Overview => at.is_none(),
            Self::Chapter => true,
        }
    }
}

/// The places of a chapter's errors. A failed sum lies at all of its figures, because any of them may be the wrong one.
fn places<'r>(rollup: &'r Rollup<'_>, errors: &[&Diagnostic]) -> Vec<Place<'r>> {
    let places = errors.iter().flat_map(|error| {
        let figures = error.secondary.iter().filter(|_| is_sum(error));
        let spans = std::iter::once(&error.primary).chain(figures).map(|label| label.span);
        spans.filter_map(|span| place(rollup, error, span))
    });
    places.collect()
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
    if request.citations_file == Some(span.file) || request.glossary_file == Some(span.file) {
        return Some(Place::Chapter);
    }
    if span.file == request.file {
        // The chapter's own total shows on its overview only.
        return Some(if is_sum(error) { Place::Overview } else { Place::Chapter });
    }
    request.parts.contains(&span.file).then_some(Place::File(span.file))
}

fn is_sum(error: &Diagnostic) -> bool {
    error.code.starts_with("E02")
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
