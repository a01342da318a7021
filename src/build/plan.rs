//! Which sheets there are, and where they go. Nothing is written here.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::enclose::{self, Encloser};
use super::{Format, book, place};
use crate::document;
use crate::examine::Examined;
use crate::exchange::Book;
use crate::fault::contained;
use crate::lineage::Lineage;
use crate::model::{Lang, Prose, Request};
use crate::rollup::Rollup;
use crate::sheet::{OVERVIEW, Sheet, Sheets};
use crate::source::FileId;

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
    pub fn path(&self, format: Format) -> PathBuf {
        self.folder.join(format!("{}.{}", self.sheet.stem, format.extension()))
    }

    /// The sheet's name for reports: its path without extension.
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

    /// The name of its chapter's overview.
    pub(super) fn overview(&self) -> String {
        crate::source::display_name(&self.folder.join(OVERVIEW))
    }

    /// The program's row in its chapter; `None` for the overview.
    pub(super) fn row(&self) -> Option<usize> {
        self.sheets.row(self.order)
    }

    /// The files that the sheet shows something of.
    pub(super) fn sources(&self) -> Option<BTreeSet<FileId>> {
        self.sheets.sheet(self.order).map(|sheet| sheet.sources)
    }

    /// The workbook of its chapter, given the sheet as it is signed.
    pub(super) fn book(&self, job: &Job, examined: &Examined<'_>) -> Option<Book> {
        let rollup = examined.rollups.get(self.chapter)?;
        Some(book::book(job, self.sheets.spreadsheet(), rollup, examined.sources))
    }

    /// The chapter's title in the sheet's language, with its number.
    pub(super) fn chapter_title(&self) -> &str {
        self.sheets.chapter_title()
    }

    /// Where in the files a sheet that cannot be made is most likely wrong: the text that cannot be read alone, or its program.
    pub(super) fn place(&self, examined: &Examined<'_>) -> String {
        let Some(rollup) = examined.rollups.get(self.chapter) else { return String::new() };
        let rows = self.row().map_or(rollup.rows.as_slice(), |at| rollup.subtree(at));
        let texts = rows.iter().flat_map(|row| &row.line.texts).filter(|prose| prose.is_markdown);
        let stops = |prose: &&Prose| contained(|| document::read(&prose.text, self.lang)).is_err();
        let text = texts.into_iter().find(stops).map(|prose| prose.place(&(0..0)));
        let Some(span) = text.or_else(|| Some(rows.first()?.line.id.span)) else { return String::new() };
        let what = if text.is_some() { "the text" } else { "the program" };
        let file = &examined.sources.file(span.file).name;
        format!("{what} at {file}:{}: ", examined.sources.position(span).line)
    }

    /// The sheet itself, worded and signed.
    pub(super) fn job(&self, encloser: &Encloser<'_>) -> Option<Job> {
        let mut sheet = self.sheets.sheet(self.order)?;
        let enclosure = encloser.enclosure(self.name(), self.chapter, &sheet);
        enclose::sign(&mut sheet.imprint, enclosure, self.request.revision);
        Some(Job { folder: self.folder.clone(), chapter: self.chapter, lang: self.lang, sheet })
    }
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
    let folder = place::folder(rollup.request, lang);
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
