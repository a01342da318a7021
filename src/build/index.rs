//! The page that links all sheets of a run.

use super::plan::Job;
use super::{Format, Options};
use crate::model::Lang;
use crate::render::html::{IndexChapter, IndexPage, IndexSheet};
use crate::rollup::Rollup;
use crate::source::display_name;

/// The index of the sheets of a run.
pub(super) fn page(rollups: &[Rollup<'_>], jobs: &[Job], options: &Options) -> IndexPage {
    let japanese = rollups
        .iter()
        .filter(|rollup| rollup.request.lang == Lang::Ja)
        .count();
    let usual = if japanese * 2 >= rollups.len() {
        Lang::Ja
    } else {
        Lang::En
    };
    let lang = options.lang.unwrap_or(usual);
    let mut order: Vec<usize> = (0..rollups.len()).collect();
    order.sort_by_key(|&at| {
        rollups
            .get(at)
            .map(|rollup| rollup.request.fiscal_year.value)
    });
    let chapters = order.into_iter().filter_map(|chapter| {
        let mut sheets = jobs.iter().filter(|job| job.chapter == chapter).peekable();
        let imprint = &sheets.peek()?.sheet.imprint;
        Some(IndexChapter {
            title: imprint.title.clone(),
            subtitle: imprint.running_head.clone(),
            sheets: sheets.map(|job| sheet(job, options)).collect(),
        })
    });
    let title = match lang {
        Lang::Ja => "概算要求資料一覧",
        Lang::En => "Budget request sheets",
    };
    IndexPage {
        lang,
        title: title.to_owned(),
        chapters: chapters.collect(),
    }
}

fn sheet(job: &Job, options: &Options) -> IndexSheet {
    let headline = &job.sheet.headline;
    IndexSheet {
        title: job.sheet.imprint.title.clone(),
        requested: headline.requested.clone(),
        prior: headline.prior.clone(),
        change: headline.change.clone(),
        files: Format::ALL
            .iter()
            .filter(|format| options.formats.contains(format))
            .map(|format| (format.label().to_owned(), display_name(&job.path(*format))))
            .collect(),
    }
}
