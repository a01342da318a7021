//! The page that links all sheets of an output folder. It is made from the manifest's entries alone, so that parts of a build, put
//! together, have the index of the whole.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::manifest::SheetEntry;
use super::{Format, folder_of};
use crate::model::{Lang, Stage};
use crate::notation::Notation;
use crate::render::html::{self, IndexChapter, IndexPage, IndexSheet};

/// The name of the index in an output folder.
pub(super) const INDEX: &str = "index.html";

/// The sheets of the index: the years in order, and in each the chapters by their folders.
#[derive(Default)]
pub(super) struct Index {
    chapters: BTreeMap<(u16, String), Sheets>,
    has_pages: bool,
}

/// The sheets of a chapter.
#[derive(Default)]
struct Sheets {
    /// Their names, with their places in printed order.
    names: Vec<(usize, String)>,
    has_other_languages: bool,
}

impl Index {
    /// Takes in a sheet.
    pub(super) fn add(&mut self, entry: &SheetEntry) {
        let key = (entry.fiscal_year, folder_of(&entry.name).to_owned());
        let sheets = self.chapters.entry(key).or_default();
        sheets.names.push((entry.order, entry.name.clone()));
        sheets.has_other_languages |= entry.lang != Lang::Ja.tag();
        let mut files = entry.files.iter();
        self.has_pages |= files.any(|file| Format::Html.is_of(&file.path));
    }

    /// Whether there are pages to be linked.
    pub(super) fn has_pages(&self) -> bool {
        self.has_pages
    }

    /// Whether there is no sheet.
    pub(super) fn is_empty(&self) -> bool {
        self.chapters.is_empty()
    }

    /// Writes the page; `entry` gives the sheets that were taken in, by name.
    pub(super) fn write(
        &self,
        entry: &dyn Fn(&str) -> io::Result<Option<SheetEntry>>,
        file: &mut dyn Write,
    ) -> io::Result<()> {
        let chapters = self.chapters.values();
        let japanese = chapters.filter(|sheets| !sheets.has_other_languages);
        let (lang, title) = if japanese.count() * 2 >= self.chapters.len() {
            (Lang::Ja, "概算要求資料一覧")
        } else {
            (Lang::En, "Budget request sheets")
        };
        let page = IndexPage { lang, title: title.to_owned() };
        let chapters = self.chapters.values().map(|sheets| chapter(sheets, lang, entry));
        html::index(&page, chapters, file)
    }
}

fn chapter(
    sheets: &Sheets,
    lang: Lang,
    entry: &dyn Fn(&str) -> io::Result<Option<SheetEntry>>,
) -> io::Result<IndexChapter> {
    let mut names: Vec<&(usize, String)> = sheets.names.iter().collect();
    names.sort();
    let mut chapter = IndexChapter::default();
    for (_, name) in names {
        let Some(entry) = entry(name)? else { continue };
        if chapter.sheets.is_empty() {
            chapter.title.clone_from(&entry.chapter.title);
            chapter.subtitle.clone_from(&entry.chapter.heading);
            chapter.amount = amount(lang, &entry.stage).to_owned();
        }
        chapter.sheets.push(sheet(entry));
    }
    Ok(chapter)
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

fn sheet(entry: SheetEntry) -> IndexSheet {
    let files = Format::ALL.iter().filter_map(|format| {
        let path = format!("{}.{}", entry.name, format.extension());
        let is_there = entry.files.iter().any(|file| file.path == path);
        is_there.then(|| (format.label().to_owned(), path))
    });
    IndexSheet {
        files: files.collect(),
        title: entry.title,
        requested: entry.printed.requested,
        prior: entry.printed.prior,
        change: entry.printed.change,
    }
}
