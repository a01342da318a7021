//! What a sheet shows, worded once.
//!
//! In: a rolled-up chapter and a language. Out: [`Sheet`]s, whose facts are strings ready for a template, with their figures as
//! data. All three formats are made from these strings, so they cannot show different ones.

mod amounts;
mod change;
mod conventions;
mod detail;
mod figures;
mod line;
mod listing;
mod moves;
mod notes;
mod overview;
mod parts;
mod prose;
mod series;
mod spreadsheet;
mod table;
mod wording;
mod years;

pub use crate::words::{ChangeWords, Words};
pub use change::{
    Change, ChangeRow, ChangeTable, MoverFact, OneSidedText, Passages, ProposalFact, RedlineLine,
    RedlinePart, RedlineRow, Stretch, change, changes, glance, stat, together,
};
pub use detail::Detail;
pub use line::LineFacts;
pub use listing::{Listing, ListingRow, Standing, listing, standing};
pub use overview::Overview;
pub use series::{Matrix, MatrixRow, Series, SeriesRow};
pub use spreadsheet::{Made, RowKind, Spreadsheet, SpreadsheetCell, SpreadsheetRow, spreadsheet};
pub use table::Heads;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::enclosure::Enclosure;
use crate::figure::Figures;
use crate::lineage::Lineage;
use crate::model::{Abbreviation, Lang, Paper};
use crate::rollup::{Rollup, Row};
use crate::source::FileId;
use crate::words;
use wording::Wording;

/// The name of the files of a chapter's overview, without extension.
pub const OVERVIEW: &str = "overview";

/// One sheet before it is composed.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The name of its files without extension: the program's id, or `overview`.
    pub stem: String,
    /// The template that composes it.
    pub template: &'static str,
    /// What the template can show.
    pub facts: Facts,
    /// The figures that the Markdown refers to.
    pub figures: Figures,
    /// What the files say about themselves.
    pub imprint: Imprint,
    /// Its amounts for the index.
    pub headline: Headline,
    /// The YAML files that the sheet shows something of.
    pub sources: BTreeSet<FileId>,
    /// The files of the pictures that the sheet shows.
    pub pictures: BTreeSet<PathBuf>,
}

/// The facts of a sheet, by its kind.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Facts {
    /// A program's sheet.
    Detail(Box<Detail>),
    /// A chapter's overview.
    Overview(Box<Overview>),
    /// What changed in a chapter.
    Change(Box<Change>),
}

/// What a sheet's file says about itself outside its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imprint {
    /// The document's title in file metadata and in the browser's tab.
    pub title: String,
    /// The ministry; the author in file metadata.
    pub author: String,
    /// Printed at the top of every PDF page and of the HTML page: year, stage, chapter.
    pub running_head: String,
    /// The document's language.
    pub lang: Lang,
    /// Printed at the foot of every format, to match paper with data: revision and sheet digest, `版 r3 · a1b2c3d4e5f6`. Empty
    /// before a build has said what the sheet is made from.
    pub edition: String,
    /// What the sheet is made from, to ride inside its file.
    pub enclosure: Option<Arc<Enclosure>>,
    /// What abbreviations stand for; those that the sheet uses are explained in it.
    pub glossary: Vec<Abbreviation>,
    /// What is printed across the page where an amount on the sheet is not settled yet: 未定稿.
    pub draft: Option<&'static str>,
    /// The paper that the sheet is made for.
    pub paper: Paper,
    /// Other pages to link to from the HTML page, as (label, target); nothing but what follows from the sheet itself.
    pub links: Vec<(String, String)>,
}

impl Imprint {
    /// Leads to the workbook of the chapter, which stands beside its overview.
    pub(crate) fn offer_workbook(&mut self) {
        let label = words::workbook_link(self.lang).to_owned();
        self.links.push((label, format!("{OVERVIEW}.xlsx")));
    }
}

/// A sheet's amounts in one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headline {
    pub printed: Printed,
    /// The same amounts for programs.
    pub totals: Totals,
}

/// Amounts as they are printed, with their units; empty where there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    pub requested: String,
    /// The prior amount, or the word that stands for it.
    pub prior: String,
    /// The change and its rate.
    pub change: String,
}

/// A sheet's amounts in the currency's base unit as plain digits, where there are such amounts: `4592000000`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// The currency by its ISO 4217 code.
    pub currency: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prior: Option<String>,
    /// Which of the two are not all of it, because something has no amount yet (事項要求).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
}

/// The sheets of a chapter: the overview, then one for each program. `lineage` tells what the run's other chapters say about
/// the same lines in other years.
pub fn sheets<'r>(rollup: &'r Rollup<'r>, lineage: &'r Lineage<'r>, lang: Lang) -> Vec<Sheet> {
    let chapter = Sheets::of(rollup, lineage, lang);
    (0..chapter.places.len()).filter_map(|number| chapter.sheet(number)).collect()
}

/// The sheets of a chapter, worded one at a time, so that not all of them are in memory.
#[derive(Debug)]
pub struct Sheets<'r> {
    rollup: &'r Rollup<'r>,
    lineage: &'r Lineage<'r>,
    wording: Wording<'r>,
    places: Vec<Place>,
    shared: BTreeSet<FileId>,
}

/// Where a sheet stands, and what it is called.
#[derive(Debug)]
struct Place {
    /// The program's row; `None` is the overview.
    row: Option<usize>,
    title: String,
    stem: String,
}

impl<'r> Sheets<'r> {
    /// The overview, then one for each program.
    pub fn of(rollup: &'r Rollup<'r>, lineage: &'r Lineage<'r>, lang: Lang) -> Self {
        let wording = Wording::new(rollup.request, lang);
        let mut places = vec![Place { row: None, title: wording.chapter_title(), stem: OVERVIEW.to_owned() }];
        let programs = rollup.chapter().map(|chapter| chapter.children.as_slice());
        for &at in programs.unwrap_or_default() {
            let Some(row) = rollup.rows.get(at).filter(|row| row.program.is_some()) else {
                continue;
            };
            places.push(Place {
                row: Some(at),
                title: wording.title(row.line),
                stem: row.line.id.value.to_string(),
            });
        }
        Self { rollup, lineage, wording, places, shared: shared_files(rollup) }
    }

    /// The program's row; `None` for the overview.
    pub(crate) fn row(&self, number: usize) -> Option<usize> {
        self.places.get(number)?.row
    }

    /// The chapter's title, with its number.
    pub fn chapter_title(&self) -> &str {
        self.places.first().map_or("", |place| &place.title)
    }

    /// The names of their files without extension, in printed order.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(|place| place.stem.as_str())
    }

    /// One sheet, by its place in printed order.
    pub fn sheet(&self, number: usize) -> Option<Sheet> {
        let place = self.places.get(number)?;
        let rows = place.row.map_or(self.rollup.rows.as_slice(), |at| self.rollup.subtree(at));
        let mut sheet = match place.row {
            None => overview::overview(self.rollup, self.lineage, &self.wording),
            Some(at) => {
                let mut sheet = detail::detail(self.rollup, self.lineage, at, &self.wording)?;
                let own = rows.iter().filter_map(file);
                sheet.sources.extend(own.chain(self.shared.iter().copied()));
                sheet.pictures = rows.iter().flat_map(pictures).collect();
                sheet
            }
        };
        let is_draft = rows.iter().any(|row| row.line.drafts().next().is_some());
        sheet.imprint.draft = is_draft.then_some(self.wording.words.draft);
        sheet.imprint.links = self.links(number);
        Some(sheet)
    }

    /// The chapter as a spreadsheet.
    pub fn spreadsheet(&self) -> Spreadsheet {
        spreadsheet(self.lineage, self.rollup, self.wording.lang)
    }

    /// From a program's sheet to its own row in the overview, where those before and after it stand. Which these are is no part of
    /// what the sheet is made from, so it cannot lead to them: a link that nothing proves could say anything.
    fn links(&self, number: usize) -> Vec<(String, String)> {
        let place = self.places.get(number).filter(|place| place.row.is_some());
        let link = |place: &Place| {
            (self.wording.words.overview_link.to_owned(), format!("{OVERVIEW}.html#{}", place.stem))
        };
        place.map(link).into_iter().collect()
    }
}

/// The pictures that a row's program shows.
fn pictures<'a>(row: &'a Row<'_>) -> impl Iterator<Item = PathBuf> + use<'a> {
    let figures = row.program.into_iter().flat_map(|program| &program.figures);
    figures.filter_map(|figure| figure.path.clone())
}

/// The file that a row's program stands in.
fn file(row: &Row<'_>) -> Option<FileId> {
    row.program.map(|program| program.line.id.span.file)
}

/// The files of a chapter that belong to no single program: its own, and those of its citations and its glossary.
fn shared_files(rollup: &Rollup<'_>) -> BTreeSet<FileId> {
    let request = rollup.request;
    request.citations_file.into_iter().chain(request.glossary_file).chain([request.file]).collect()
}
