//! A chapter as it goes into a workbook, with the edition of what it is made from.

use super::enclose::Encloser;
use super::plan::{Job, tasks_of};
use crate::compose::Templates;
use crate::examine::Examined;
use crate::exchange::{Book, kept};
use crate::lineage::Lineage;
use crate::model::Lang;
use crate::rollup::Rollup;
use crate::sheet::Spreadsheet;
use crate::source::{SourceMap, display_name};

/// All chapters of a run as they go into a workbook, in a language or each in its own.
pub fn books(examined: &Examined<'_>, templates: &Templates, lang: Option<Lang>) -> Vec<Book> {
    let rollups = &examined.rollups;
    let lineage = Lineage::of(rollups);
    let encloser = Encloser::new(rollups, examined.sources, templates.office());
    let book = |(at, rollup): (usize, &Rollup<'_>)| {
        let lang = lang.unwrap_or(rollup.request.lang);
        let tasks = tasks_of((at, rollup), &lineage, lang);
        let overview = tasks.first()?;
        overview.book(&overview.job(&encloser)?, examined)
    };
    rollups.iter().enumerate().filter_map(book).collect()
}

/// The chapter of an overview.
pub(super) fn book(job: &Job, spreadsheet: Spreadsheet, rollup: &Rollup<'_>, sources: &SourceMap) -> Book {
    Book {
        spreadsheet,
        kept: kept(rollup, sources),
        ids: rollup.rows.iter().map(|row| row.line.id.value.to_string()).collect(),
        edition: format!("{} · {}", display_name(&job.folder), job.sheet.imprint.edition),
    }
}
