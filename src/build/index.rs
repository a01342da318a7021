//! The page that links all sheets of an output folder. It is made from the manifest alone, so that parts of a build, put
//! together, have the index of the whole.

use std::collections::BTreeMap;

use super::manifest::{Manifest, SheetEntry};
use super::{Format, folder_of};
use crate::model::Lang;
use crate::render::html::{IndexChapter, IndexPage, IndexSheet};

/// The index of a manifest: the years in order, and in each the chapters by their folders.
pub(super) fn page(manifest: &Manifest) -> IndexPage {
    let mut chapters: BTreeMap<(u16, &str), Vec<&SheetEntry>> = BTreeMap::new();
    for sheet in &manifest.sheets {
        let key = (sheet.fiscal_year, folder_of(&sheet.name));
        chapters.entry(key).or_default().push(sheet);
    }
    let japanese = chapters
        .values()
        .filter(|sheets| sheets.iter().all(|sheet| sheet.lang == Lang::Ja.tag()))
        .count();
    let (lang, title) = if japanese * 2 >= chapters.len() {
        (Lang::Ja, "概算要求資料一覧")
    } else {
        (Lang::En, "Budget request sheets")
    };
    let chapters = chapters.into_values().filter_map(|mut sheets| {
        sheets.sort_by(|a, b| a.order.cmp(&b.order).then(a.name.cmp(&b.name)));
        let chapter = sheets.first()?.chapter.clone();
        Some(IndexChapter {
            title: chapter.title,
            subtitle: chapter.heading,
            sheets: sheets.into_iter().map(sheet).collect(),
        })
    });
    IndexPage {
        lang,
        title: title.to_owned(),
        chapters: chapters.collect(),
    }
}

fn sheet(entry: &SheetEntry) -> IndexSheet {
    let files = Format::ALL.iter().filter_map(|format| {
        let path = format!("{}.{}", entry.name, format.extension());
        let is_there = entry.files.iter().any(|file| file.path == path);
        is_there.then(|| (format.label().to_owned(), path))
    });
    IndexSheet {
        title: entry.title.clone(),
        requested: entry.printed.requested.clone(),
        prior: entry.printed.prior.clone(),
        change: entry.printed.change.clone(),
        files: files.collect(),
    }
}
