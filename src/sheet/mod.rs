//! What a sheet shows, worded once.
//!
//! In: a rolled-up chapter and a language. Out: [`Sheet`]s, whose facts are strings ready for a template, with their figures as
//! data. All three formats are made from these strings, so they cannot show different ones.

mod amounts;
mod detail;
mod figures;
mod history;
mod notes;
mod overview;
mod parts;
mod prose;
mod series;
mod table;
mod wording;
mod words;

pub use detail::Detail;
pub use history::History;
pub use overview::Overview;
pub use series::{Matrix, MatrixRow, Series, SeriesRow};
pub use words::Words;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use crate::enclosure::Enclosure;
use crate::figure::Figures;
use crate::model::{Abbreviation, Lang};
use crate::rollup::{Rollup, Row};
use crate::source::FileId;
use wording::Wording;

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
    /// The headline of the index: requested, prior and change as printed.
    pub headline: Headline,
    /// The YAML files that the sheet shows something of.
    pub sources: BTreeSet<FileId>,
}

/// The facts of a sheet, by its kind.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Facts {
    /// A program's sheet.
    Detail(Box<Detail>),
    /// A chapter's overview.
    Overview(Box<Overview>),
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
    /// Other pages to link to from the HTML page, as (label, file name without extension): overview, previous, next.
    pub links: Vec<(String, String)>,
}

/// A sheet's amounts in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// The requested amount with its unit.
    pub requested: String,
    /// The prior amount, or the word that stands for it.
    pub prior: String,
    /// The change and its rate.
    pub change: String,
}

/// The sheets of a chapter: the overview, then one for each program. `history` tells what the run's other chapters say about
/// the same lines in other years.
#[must_use]
pub fn sheets(rollup: &Rollup<'_>, history: &History<'_, '_>, lang: Lang) -> Vec<Sheet> {
    let wording = Wording::new(rollup.request, lang);
    let mut sheets = vec![overview::overview(rollup, history, &wording)];
    let Some(chapter) = rollup.chapter() else {
        return sheets;
    };
    let shared = shared_files(rollup);
    for &at in &chapter.children {
        let Some(mut sheet) = detail::detail(rollup, history, at, &wording) else {
            continue;
        };
        let own = rollup.subtree(at).iter().filter_map(file);
        sheet.sources.extend(own.chain(shared.iter().copied()));
        sheets.push(sheet);
    }

    let places: Vec<(String, String)> = sheets
        .iter()
        .map(|sheet| (sheet.imprint.title.clone(), sheet.stem.clone()))
        .collect();
    for (at, sheet) in sheets.iter_mut().enumerate() {
        let link = |word: &str, place: Option<&(String, String)>| {
            place.map(|(title, stem)| (format!("{word}{title}"), stem.clone()))
        };
        let overview = (at > 0)
            .then(|| {
                (
                    "overview".to_owned(),
                    wording.words.overview_link.to_owned(),
                )
            })
            .map(|(stem, label)| (label, stem));
        let previous = at
            .checked_sub(1)
            .filter(|&before| before > 0)
            .and_then(|before| link(wording.words.previous, places.get(before)));
        let next = link(wording.words.next, places.get(at + 1));
        sheet.imprint.links = overview.into_iter().chain(previous).chain(next).collect();
    }
    sheets
}

/// The file that a row's program stands in.
fn file(row: &Row<'_>) -> Option<FileId> {
    row.program.map(|program| program.line.id.span.file)
}

/// The files of a chapter that belong to no single program: its own, and its parts such as a list of citations.
fn shared_files(rollup: &Rollup<'_>) -> BTreeSet<FileId> {
    let programs: BTreeSet<FileId> = rollup.rows.iter().filter_map(file).collect();
    let request = rollup.request;
    let parts = request.parts.iter().copied();
    let shared = parts.filter(|part| !programs.contains(part));
    shared.chain([request.file]).collect()
}
