//! The page that links all sheets of an output folder. It is made from the manifest's entries alone, so that parts of a build, put
//! together, have the index of the whole.

use std::collections::BTreeMap;

use super::Format;
use super::manifest::SheetEntry;
use super::place::parent;
use crate::model::{Lang, Paper, Stage};
use crate::notation::Notation;
use crate::render::html::{self, IndexChapter, IndexPage, IndexSheet};

/// The name of the index in an output folder.
pub(super) const INDEX: &str = "index.html";

/// The page: the years in order, in each the chapters by their folders, and their sheets in printed order. `None` where there are
/// no pages to be linked.
pub(super) fn index<'e>(entries: impl Iterator<Item = &'e SheetEntry>) -> Option<String> {
    let mut chapters: BTreeMap<(u16, &str), Vec<&SheetEntry>> = BTreeMap::new();
    let mut has_pages = false;
    for entry in entries {
        chapters.entry((entry.fiscal_year, parent(&entry.name))).or_default().push(entry);
        has_pages |= entry.files.iter().any(|file| Format::Html.is_of(&file.path));
    }
    let is_japanese = |sheets: &&Vec<&SheetEntry>| sheets.iter().all(|it| it.lang == Lang::Ja.tag());
    let (lang, title) = if chapters.values().filter(is_japanese).count() * 2 >= chapters.len() {
        (Lang::Ja, "概算要求資料一覧")
    } else {
        (Lang::En, "Budget request sheets")
    };
    // Printed on the paper that most chapters are.
    let is_letter = |sheets: &&Vec<&SheetEntry>| {
        let paper = sheets.first().and_then(|entry| entry.chapter.paper.as_deref());
        paper.and_then(Paper::named) == Some(Paper::Letter)
    };
    let most = chapters.values().filter(is_letter).count() * 2 > chapters.len();
    let paper = if most { Paper::Letter } else { Paper::A4 };
    let page = IndexPage { lang, title: title.to_owned(), paper };
    let chapters = chapters.into_values().map(|sheets| chapter(sheets, lang));
    has_pages.then(|| html::index(&page, chapters))
}

fn chapter(mut sheets: Vec<&SheetEntry>, lang: Lang) -> IndexChapter {
    sheets.sort_by_key(|entry| (entry.order, &entry.name));
    let first = sheets.first();
    IndexChapter {
        title: first.map(|entry| entry.chapter.title.clone()).unwrap_or_default(),
        subtitle: first.map(|entry| entry.chapter.heading.clone()).unwrap_or_default(),
        amount: first.map(|entry| amount(lang, &entry.stage).to_owned()).unwrap_or_default(),
        sheets: sheets.into_iter().map(sheet).collect(),
    }
}

/// What the year's amount is called at a chapter's stage.
fn amount(lang: Lang, stage: &str) -> &'static str {
    let stage = Stage::named(stage).unwrap_or(Stage::Request);
    match (lang, stage) {
        (Lang::Ja, Stage::Request) => "要求額",
        (Lang::Ja, stage) => Notation::new(lang).requested(stage),
        (Lang::En, Stage::Request) => "Requested",
        (Lang::En, Stage::Proposal) => "Proposed",
        (Lang::En, Stage::Enacted) => "Enacted",
        (Lang::En, Stage::Supplementary) => "Supplementary",
        (Lang::En, Stage::Settled) => "Settled",
    }
}

fn sheet(entry: &SheetEntry) -> IndexSheet {
    let files = Format::ALL.iter().filter_map(|format| {
        let path = format!("{}.{}", entry.name, format.extension());
        let is_there = entry.files.iter().any(|file| file.path == path);
        is_there.then(|| (format.label().to_owned(), path))
    });
    IndexSheet { files: files.collect(), title: entry.title.clone(), printed: entry.printed.clone() }
}
