//! Which sheets there are and where they go. Pure: nothing is written here.

use std::path::PathBuf;

use super::{Format, Options};
use crate::model::{Lang, Request, Stage};
use crate::rollup::Rollup;
use crate::sheet::{self, Sheet};

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

/// All sheets of all chapters, in the order of their folders.
pub(super) fn jobs(rollups: &[Rollup<'_>], options: &Options) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (chapter, rollup) in rollups.iter().enumerate() {
        let lang = options.lang.unwrap_or(rollup.request.lang);
        let folder = folder(rollup.request, lang);
        let sheets = sheet::sheets(rollup, lang).into_iter();
        jobs.extend(sheets.map(|sheet| Job { folder: folder.clone(), chapter, lang, sheet }));
    }
    jobs
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
