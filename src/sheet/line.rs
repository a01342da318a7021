//! What an overview and the sheet of a program say alike of the line that they are about.

use serde::Serialize;

use super::Imprint;
use super::amounts::AmountRow;
use super::conventions::needs_rounding_note;
use super::figures::FigureLink;
use super::notes::all_notes;
use super::prose::fitted;
use super::series::Series;
use super::table::{self, Heads, TableRow};
use super::wording::Wording;
use crate::document::quoted;
use crate::rollup::{Rollup, Row};
use crate::words::{self, Words};

/// What the templates of both can show.
#[derive(Clone, Debug, Serialize)]
pub struct LineFacts {
    pub words: &'static Words,
    /// The line's title; a program's with its number.
    pub title: String,
    /// Ministry, year and stage, and on a program's sheet the chapter.
    pub imprint_line: String,
    /// The heading of the amount box.
    pub amount_heading: String,
    /// The amount box; empty where no amount is stated.
    pub amount: Vec<AmountRow>,
    /// Notes to the amounts.
    pub notes: Vec<String>,
    /// The unit of the table.
    pub unit_line: String,
    /// The heads of the table.
    pub columns: Heads,
    pub rows: Vec<TableRow>,
    /// Said where the table does not foot.
    pub rounding_note: Option<&'static str>,
    /// The years of the line, or those of its parts where it has no amounts of its own.
    pub series: Vec<Series>,
    /// The chart prior → requested.
    pub chart: Option<FigureLink>,
    /// Where the figures come from, Markdown.
    pub source: Option<String>,
    /// Accepted warnings with their reasons.
    pub accepted: Vec<String>,
}

impl LineFacts {
    /// Those of the line in a row, which is the first one for a chapter.
    pub(super) fn of(
        (rollup, at): (&Rollup<'_>, usize),
        title: String,
        amount: Vec<AmountRow>,
        (columns, rows): (Heads, Vec<TableRow>),
        (series, chart): (Vec<Series>, Option<FigureLink>),
        wording: &Wording<'_>,
    ) -> Self {
        let row = rollup.rows.get(at);
        Self {
            words: wording.words,
            title,
            imprint_line: imprint_line(wording, at > 0),
            amount_heading: wording.amount_heading(),
            amount,
            notes: row.map(|row| all_notes(rollup, row, wording)).unwrap_or_default(),
            unit_line: row.map_or_else(|| wording.unit_line(), |row| table::unit_line(rollup, row, wording)),
            columns: columns.over(&rows),
            rows,
            rounding_note: row
                .is_some_and(|row| needs_rounding_note(rollup, row, wording))
                .then_some(wording.words.rounding),
            series,
            chart,
            source: source(wording),
            accepted: accepted(wording, rollup.subtree(at)),
        }
    }
}

/// Ministry, year and stage, and the chapter on a program's sheet.
fn imprint_line(wording: &Wording<'_>, with_chapter: bool) -> String {
    let mut parts = vec![wording.ministry().to_owned(), wording.year_and_stage()];
    if with_chapter {
        parts.push(wording.chapter_title());
    }
    parts.join(words::imprint_gap(wording.lang))
}

/// What a sheet's files say about themselves.
pub(super) fn imprint(title: &str, wording: &Wording<'_>) -> Imprint {
    let printed = |text: &str| quoted(text, wording.lang);
    Imprint {
        title: printed(title),
        author: printed(wording.ministry()),
        running_head: printed(&imprint_line(wording, false)),
        edition: String::new(),
        enclosure: None,
        lang: wording.lang,
        glossary: wording.request.glossary.clone(),
        paper: wording.request.paper(),
        links: Vec::new(),
        draft: None,
    }
}

/// Where the figures come from, as Markdown.
fn source(wording: &Wording<'_>) -> Option<String> {
    wording.request.source.as_ref().map(|source| fitted(source, "source", 1))
}

/// Which warnings the author accepts, on which line, and why.
fn accepted(wording: &Wording<'_>, rows: &[Row<'_>]) -> Vec<String> {
    let worded = rows.iter().flat_map(|row| {
        let title = wording.title(row.line);
        let accepted = row.line.accept.iter();
        accepted.map(move |accept| words::accepted(wording.lang, &title, &accept.reason, &accept.rule.value))
    });
    worded.collect()
}
