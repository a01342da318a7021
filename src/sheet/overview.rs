//! The overview sheet of a chapter.

use std::collections::BTreeSet;

use serde::Serialize;

use super::amounts;
use super::figures;
use super::line::{LineFacts, imprint};
use super::notes::qualifying;
use super::prose::fitted;
use super::series::{self, Matrix};
use super::table;
use super::wording::Wording;
use super::{Facts, OVERVIEW, Sheet};
use crate::figure::Figures;
use crate::lineage::Lineage;
use crate::model::{Amount, Cards};
use crate::rollup::{Rollup, Row};

/// What the template of an overview can show.
#[derive(Clone, Debug, Serialize)]
pub struct Overview {
    #[serde(flatten)]
    pub line: LineFacts,
    /// The chapter's number.
    pub number: Option<String>,
    /// The prose, Markdown.
    pub overview: Option<String>,
    /// What was asked for each program year by year.
    pub matrix: Option<Matrix>,
    /// A card a program.
    pub cards: Vec<Card>,
}

/// A program on the overview.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The program's id.
    pub id: String,
    /// The program's title.
    pub title: String,
    /// The program's sheet.
    pub target: String,
    /// Its amounts in one line.
    pub amounts: String,
    /// Notes that qualify the amounts.
    pub notes: Vec<String>,
    /// Markdown.
    pub summary: Option<String>,
    /// Those parts that have a summary of their own.
    pub parts: Vec<CardPart>,
}

/// A part on its program's card.
#[derive(Clone, Debug, Serialize)]
pub struct CardPart {
    /// The part's title.
    pub title: String,
    /// Its amounts in one line.
    pub amounts: String,
    /// Notes that qualify the amounts.
    pub notes: Vec<String>,
    /// Markdown.
    pub summary: String,
}

impl Card {
    /// Whether it tells anything but amounts.
    fn says(&self) -> bool {
        self.summary.is_some() || !self.parts.is_empty() || !self.notes.is_empty()
    }
}

/// The overview of a chapter.
pub(super) fn overview(rollup: &Rollup<'_>, lineage: &Lineage<'_>, wording: &Wording<'_>) -> Sheet {
    let (mut figures, mut sources) = (Figures::new(), BTreeSet::new());
    let chapter = rollup.chapter();
    let programs = || chapter.into_iter().flat_map(|chapter| rollup.children_of(chapter));
    let chart =
        figures::comparison("overview", (None, figures::charted(rollup, programs())), wording, &mut figures);
    let series = chapter.and_then(|row| {
        let used = (&mut figures, &mut sources);
        series::series(lineage, rollup, row, String::new(), wording, used)
    });
    let matrix = series::matrix(lineage, rollup, programs(), wording, &mut sources);
    let rows = chapter.map(|row| table::of_chapter(rollup, row, wording)).unwrap_or_default();
    let request = wording.request;
    sources.extend(request.files());
    let amount = chapter.map(|row| amounts::rows(row, wording)).unwrap_or_default();
    let years = (series.into_iter().collect(), chart);
    let table = (table::columns(wording), rows);
    let cards = carded(rollup, request.cards()).map(|row| card(rollup, row, wording));
    // What only repeats the table is shown where it is asked for.
    let cards = cards.filter(|card| request.asks_for_cards() || card.says());
    let facts = Overview {
        line: LineFacts::of((rollup, 0), wording.title(&request.line), amount, table, years, wording),
        number: request.number.clone(),
        overview: request.overview.as_ref().map(|text| fitted(&text.value, "overview", 1)),
        matrix,
        cards: cards.collect(),
    };
    Sheet {
        stem: OVERVIEW.to_owned(),
        template: "overview.md.tera",
        imprint: imprint(&wording.chapter_title(), wording),
        headline: chapter.map(|row| amounts::headline(row, wording)).unwrap_or_default(),
        facts: Facts::Overview(Box::new(facts)),
        figures,
        sources,
        pictures: BTreeSet::new(),
    }
}

/// The programs that have a card, in the order of the chapter; of equally large ones the earlier.
fn carded<'a, 'r>(rollup: &'a Rollup<'r>, cards: Cards) -> impl Iterator<Item = &'a Row<'r>> {
    let programs: Vec<&Row<'r>> =
        rollup.chapter().into_iter().flat_map(|chapter| rollup.children_of(chapter)).collect();
    let count = match cards {
        Cards::None => 0,
        Cards::All => programs.len(),
        Cards::Top(count) => usize::try_from(count).unwrap_or(usize::MAX),
    };
    let size = |row: &Row<'_>| row.requested.counted().map(Amount::smallest_units);
    let mut largest: Vec<usize> = (0..programs.len()).collect();
    largest.sort_by_key(|at| std::cmp::Reverse(programs.get(*at).and_then(|row| size(row))));
    largest.truncate(count);
    largest.sort_unstable();
    largest.into_iter().filter_map(move |at| programs.get(at).copied())
}

fn card(rollup: &Rollup<'_>, row: &Row<'_>, wording: &Wording<'_>) -> Card {
    let id = row.line.id.value.to_string();
    let summary = |row: &Row<'_>| {
        let summary = row.program.and_then(|program| program.summary.as_ref());
        summary.map(|summary| fitted(&summary.value, row.line.id.value.as_str(), 2))
    };
    let part = |row: &Row<'_>| {
        Some(CardPart {
            title: wording.title(row.line),
            amounts: amounts::sentence(row, wording),
            notes: qualifying(row, wording),
            summary: summary(row)?,
        })
    };
    Card {
        title: wording.title(row.line),
        target: format!("{id}.md"),
        id,
        amounts: amounts::sentence(row, wording),
        notes: qualifying(row, wording),
        summary: summary(row),
        parts: rollup.children_of(row).filter_map(part).collect(),
    }
}
