//! Which sheets can be made: those that would neither show an error nor carry one inside, in a project whose settings hold.

use std::collections::BTreeSet;

use super::enclose::Encloser;
use super::plan::{self, Job, Task};
use super::remake::remake;
use crate::compose::Templates;
use crate::diagnostic::{Diagnostic, Severity};
use crate::examine::Examined;
use crate::lineage::Lineage;
use crate::model::Lang;
use crate::rollup::Rollup;
use crate::source::{FileId, Span};

/// What is to be made, and what cannot be.
pub(super) struct Sound<'r> {
    /// The sheets to make, chapter by chapter.
    pub(super) tasks: Vec<Task<'r>>,
    /// The names of the sheets that would show something wrong.
    pub(super) skipped: Vec<String>,
}

/// The sheets of all chapters, without those that would show an error or carry one inside.
pub(super) fn sound<'r>(
    examined: &'r Examined<'_>,
    lineage: &'r Lineage<'r>,
    lang: Option<Lang>,
    encloser: &Encloser<'_>,
) -> Sound<'r> {
    let rollups = &examined.rollups;
    let findings = examined.findings.iter();
    let errors: Vec<&Diagnostic> = findings.filter(|it| it.severity == Severity::Error).collect();
    let places: Vec<Vec<Place<'_>>> = rollups.iter().map(|rollup| places(rollup, &errors)).collect();
    let of_figures = errors.iter().filter(|error| touches_figures(error));
    let doubtful: BTreeSet<FileId> = of_figures.map(|error| error.primary.span.file).collect();
    let all = plan::tasks(rollups, lineage, |request| lang.unwrap_or(request.lang));
    let mut skipped = Vec::new();
    let sound = all.into_iter().filter(|task| {
        let Some(rollup) = rollups.get(task.chapter) else { return false };
        let mut shown = places.get(task.chapter).into_iter().flatten();
        let wrong = examined.is_withheld
            || shown.any(|place| place.concerns(rollup, task.row(), &task.stem))
            || draws_on(task, rollups, &doubtful)
            || carries(task, &errors, encloser);
        // A program whose id cannot be read has no name.
        if wrong && !task.stem.is_empty() {
            skipped.push(task.name());
        }
        !wrong
    });
    let tasks = sound.collect();
    Sound { tasks, skipped }
}

/// All sheets that a build of these chapters makes, signed and with what they are made from. A build makes them one at a time.
pub fn jobs(examined: &Examined<'_>, templates: &Templates, lang: Option<Lang>) -> Vec<Job> {
    let lineage = Lineage::of(&examined.rollups);
    let encloser = Encloser::new(&examined.rollups, examined.sources, templates.office());
    let sound = sound(examined, &lineage, lang, &encloser);
    let tasks = sound.tasks.iter();
    tasks.filter_map(|task| task.job(&encloser)).collect()
}

/// Whether a sheet shows amounts of another chapter that an error there may have changed, or kept out of a sum.
fn draws_on(task: &Task<'_>, rollups: &[Rollup<'_>], doubtful: &BTreeSet<FileId>) -> bool {
    let is_own = |file: &FileId| *file == task.request.file || task.request.parts.contains(file);
    let doubtful = || doubtful.iter().filter(|file| !is_own(file));
    if doubtful().next().is_none() {
        return false;
    }
    let Some(shown) = task.sources() else { return false };
    let others = rollups.iter().filter(|it| !std::ptr::eq(it.request, task.request));
    let mut others = others.filter(|it| shown.contains(&it.request.file));
    others.any(|other| {
        // A total is of all files. What no line could be read from may have had the one that is shown.
        let has_lines = |file| other.rows.iter().any(|row| row.line.id.span.file == file);
        let is_drawn_on = |file: &FileId| {
            *file == other.request.file
                || shown.contains(file)
                || other.request.parts.contains(file) && (task.row().is_none() || !has_lines(*file))
        };
        doubtful().any(is_drawn_on)
    })
}

/// Whether what would ride inside the sheet does not hold, though nothing that it shows is wrong: a whole file of its chapter, or of
/// another year's, with an error elsewhere in it.
fn carries(task: &Task<'_>, errors: &[&Diagnostic], encloser: &Encloser<'_>) -> bool {
    let request = task.request;
    let may_be_carried = |error: &&Diagnostic| {
        let file = error.primary.span.file;
        if file == request.file {
            let at = error.primary.span.start;
            return !request.extracts.lacks(at, &task.stem);
        }
        is_of_figures(error) && !request.parts.contains(&file)
    };
    if !errors.iter().any(may_be_carried) {
        return false;
    }
    let enclosure = task.job(encloser).and_then(|job| job.sheet.imprint.enclosure);
    let remade = enclosure.and_then(|enclosure| remake(&enclosure).ok());
    remade.is_some_and(|remade| remade.wrong().is_some())
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
    fn concerns(&self, rollup: &Rollup<'_>, at: Option<usize>, stem: &str) -> bool {
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

/// The places of a chapter's errors. What does not hold between figures lies at all of them, because any may be the wrong one.
fn places<'r>(rollup: &'r Rollup<'_>, errors: &[&Diagnostic]) -> Vec<Place<'r>> {
    let places = errors.iter().flat_map(|error| {
        let figures = error.secondary.iter().filter(|_| is_of_figures(error));
        let spans = std::iter::once(&error.primary).chain(figures).map(|label| label.span);
        spans.filter_map(|span| place(rollup, error, span))
    });
    places.collect()
}

/// The place of an error in a chapter; `None` when it is in none of the chapter's files.
fn place<'r>(rollup: &'r Rollup<'_>, error: &Diagnostic, span: Span) -> Option<Place<'r>> {
    let request = rollup.request;
    if request.citations_file == Some(span.file) || request.glossary_file == Some(span.file) {
        return Some(Place::Chapter);
    }
    // Where lists are guessed at, nobody knows which key is whose.
    if error.code == "E0102" && span.file == request.file {
        return Some(Place::Chapter);
    }
    if error.code == "E0102" && request.parts.contains(&span.file) {
        return Some(Place::File(span.file));
    }
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
    if span.file == request.file {
        // The chapter's own total shows on its overview only.
        return Some(if is_of_figures(error) { Place::Overview } else { Place::Chapter });
    }
    request.parts.contains(&span.file).then_some(Place::File(span.file))
}

/// Whether an amount, or a sum, may be another one without an error: of another chapter only amounts are shown.
pub(super) fn touches_figures(error: &Diagnostic) -> bool {
    let of_reading = error.code.starts_with("E01") && !matches!(error.code, "E0110" | "E0113");
    let of_lines = matches!(error.code, "E0401" | "E0404" | "E0501" | "E0502" | "E0512");
    is_of_figures(error) || error.code.starts_with("E03") || of_reading || of_lines
}

/// Whether an error is about figures of which any may be the wrong one.
pub(super) fn is_of_figures(error: &Diagnostic) -> bool {
    error.code.starts_with("E02") || error.code == "E0416"
}
