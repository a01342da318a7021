//! The sheet of one program.

use std::collections::BTreeSet;

use serde::Serialize;

use super::amounts::{self, AmountRow};
use super::figures::{self, FigureLink};
use super::line::{LineFacts, imprint};
use super::moves::{self, Moves};
use super::notes::qualifying;
use super::parts::{Details, details};
use super::prose::{fitted, is_headed, on_one_line};
use super::series::{self, Series};
use super::table::{self, TableRow};
use super::wording::Wording;
use super::{Facts, Sheet};
use crate::figure::Figures;
use crate::lineage::Lineage;
use crate::model::{Program, SheetLayout};
use crate::rollup::{Rollup, Row};
use crate::source::FileId;
use crate::words;

/// What the template of a program's sheet can show.
#[derive(Clone, Debug, Serialize)]
pub struct Detail {
    #[serde(flatten)]
    pub line: LineFacts,
    /// Year and stage, and the chapter.
    pub kicker: String,
    pub ministry: String,
    /// Its accounts and instruments, where they are more than the band of a single page has room for.
    pub sources: Vec<AmountRow>,
    /// The summary, Markdown, where there is no text to stand in its place.
    pub summary: Option<String>,
    /// Whether what follows the facts begins without a heading and would fall into the box before it.
    pub needs_heading: bool,
    /// Everything else the program says.
    #[serde(flatten)]
    pub details: Details,
    /// Heading of the points of the year.
    pub points_heading: String,
    /// Whether there is a table of parts.
    pub breakdown: bool,
    /// What rose and fell, where a long table is all that the sheet shows.
    pub moves: Option<Moves>,
    pub parts: Vec<Part>,
    /// Whether the table says all that there is to say of the parts.
    pub parts_in_table: bool,
}

/// A part inside its program's sheet.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// The part's id.
    pub id: String,
    /// The part's number and title.
    pub title: String,
    /// How many levels it stands below the program's own parts.
    pub within: usize,
    /// Its amounts in one line.
    pub amounts: String,
    /// What became of it and what it is made of, amounts that not every part has.
    pub further: Vec<AmountRow>,
    /// Notes that qualify the amounts; what else is noted stands in the table.
    pub notes: Vec<String>,
    /// Its summary, Markdown, where there is no text to stand in its place or no card has it.
    pub summary: Option<String>,
    /// Everything else it says.
    #[serde(flatten)]
    pub details: Details,
}

/// The longest text of a part that a table has room for, in characters.
const BRIEF: usize = 180;

impl Part {
    /// All that there is to say of it besides amounts and notes, on one line; `None` where that is more than a table has room for.
    fn brief(&self) -> Option<String> {
        let details = &self.details;
        let is_plain = details.is_plain() && details.facts.is_empty() && self.further.is_empty();
        let texts = [self.summary.as_deref(), details.body.as_deref()];
        let text = texts.into_iter().flatten().collect::<Vec<_>>().join("\n");
        (is_plain && text.chars().count() <= BRIEF).then(|| on_one_line(&text)).flatten()
    }
}

/// The sheet of the program in a row.
pub(super) fn detail(
    rollup: &Rollup<'_>,
    lineage: &Lineage<'_>,
    at: usize,
    wording: &Wording<'_>,
) -> Option<Sheet> {
    let row = rollup.rows.get(at)?;
    let program = row.program?;
    let stem = row.line.id.value.to_string();
    let (mut figures, mut sources) = (Figures::new(), BTreeSet::new());
    let subtree = rollup.subtree(at);
    let mut parts: Vec<Part> =
        subtree.iter().skip(1).filter_map(|row| part(row, wording, &mut figures)).collect();
    let own = details(program, 0, wording, &mut figures);
    let years = years(rollup, lineage, row, wording, (&mut figures, &mut sources));
    let title = wording.title(row.line);
    let year = wording.year(wording.request.fiscal_year.value);
    let points_heading = words::points_of(wording.lang, year, wording.notation.stage(wording.request.stage));
    let numbered = wording.numbered(program.number.as_ref(), &title);
    let form = layout(program, wording);
    let mut columns = table::columns(wording);
    let mut rows = if row.children.is_empty() { Vec::new() } else { table::rows(rollup, row, wording) };
    let parts_in_table = tell_in_table(&mut parts, &mut rows, form);
    if rows.iter().any(|row| row.text.is_some()) {
        columns.notes = wording.words.contents.to_owned();
    }
    let is_table =
        form == SheetLayout::OnePage && own.is_plain() && own.body.is_none() && program.summary.is_none();
    let is_table = is_table && parts.is_empty() && rows.iter().all(|row| row.text.is_none());
    let moves = is_table.then(|| moves::moves(rollup, at, rows.len(), wording, &mut figures)).flatten();
    let (amount, beside) = match form {
        SheetLayout::OnePage => amounts::in_band(amounts::rows(row, wording)),
        SheetLayout::Report => (amounts::rows(row, wording), Vec::new()),
    };
    let facts = Detail {
        line: LineFacts::of((rollup, at), numbered, amount, (columns, rows), years, wording),
        kicker: [wording.year_and_stage(), wording.chapter_title()].join(words::imprint_gap(wording.lang)),
        ministry: wording.ministry().to_owned(),
        sources: beside,
        summary: program
            .summary
            .as_ref()
            .filter(|_| program.body.is_none())
            .map(|summary| fitted(&summary.value, &stem, 1)),
        needs_heading: needs_heading(program),
        details: own,
        points_heading,
        breakdown: !row.children.is_empty(),
        moves,
        parts,
        parts_in_table,
    };
    Some(Sheet {
        stem,
        template: match form {
            SheetLayout::OnePage => "one-page.md.tera",
            SheetLayout::Report => "sheet.md.tera",
        },
        imprint: imprint(&title, wording),
        headline: amounts::headline(row, wording),
        facts: Facts::Detail(Box::new(facts)),
        figures,
        sources,
        pictures: BTreeSet::new(),
    })
}

/// Whether what a program says first begins without a heading of its own.
fn needs_heading(program: &Program) -> bool {
    match &program.body {
        Some(body) => !is_headed(&body.value),
        None if program.summary.is_some() => true,
        None => program.figures.first().is_some_and(|figure| figure.title.is_none()),
    }
}

/// What is told of a program's years, or of those of its parts, and the chart that compares two of them.
fn years(
    rollup: &Rollup<'_>,
    lineage: &Lineage<'_>,
    row: &Row<'_>,
    wording: &Wording<'_>,
    (figures, sources): (&mut Figures, &mut BTreeSet<FileId>),
) -> (Vec<Series>, Option<FigureLink>) {
    let mut of_years = |row: &Row<'_>, title| {
        let used = (&mut *figures, &mut *sources);
        series::series(lineage, rollup, row, title, wording, used)
    };
    let mut series: Vec<Series> = of_years(row, String::new()).into_iter().collect();
    if series.is_empty() {
        let parts = rollup.children_of(row);
        series.extend(parts.filter_map(|part| of_years(part, wording.title(part.line))));
    }
    let charted = (Some(row), rollup.children_of(row));
    let chart = figures::comparison(row.line.id.value.as_str(), charted, wording, figures);
    (series, chart)
}

/// Tells of the parts in the table, where it has room for what each says; parts that say nothing are told of nowhere else.
fn tell_in_table(parts: &mut Vec<Part>, rows: &mut [TableRow], form: SheetLayout) -> bool {
    let texts: Vec<Option<String>> = parts.iter().map(Part::brief).collect();
    let in_table = form == SheetLayout::OnePage && texts.iter().all(Option::is_some);
    let mut tells = texts.iter().map(|text| text.as_ref().is_none_or(|text| !text.is_empty()));
    parts.retain(|_| tells.next().unwrap_or(true));
    if in_table {
        let told = rows.iter_mut().filter(|row| matches!(row.kind, "line" | "part"));
        told.zip(texts.into_iter().flatten())
            .for_each(|(row, text)| row.text = Some(text).filter(|text| !text.is_empty()));
    }
    in_table
}

/// How a program's sheet is laid out. Without a word on it, Japanese sheets are handed round on one page.
fn layout(program: &Program, wording: &Wording<'_>) -> SheetLayout {
    let request = wording.request;
    let usual = wording.lang.pick(SheetLayout::OnePage, SheetLayout::Report);
    program.layout.or(request.conventions.or(request.project).layout).unwrap_or(usual)
}

fn part(row: &Row<'_>, wording: &Wording<'_>, figures: &mut Figures) -> Option<Part> {
    let program = row.program?;
    let id = row.line.id.value.as_str();
    // A program's own part has its summary on the overview's card, as the program has.
    let has_card = row.depth == 2;
    let summary = program.summary.as_ref().filter(|_| !has_card || program.body.is_none());
    Some(Part {
        id: id.to_owned(),
        title: wording.numbered(program.number.as_ref(), &wording.title(row.line)),
        within: row.depth.saturating_sub(2),
        amounts: amounts::sentence(row, wording),
        further: amounts::further(row, wording),
        notes: qualifying(row, wording),
        summary: summary.map(|summary| fitted(&summary.value, id, 2)),
        details: details(program, 2, wording, figures),
    })
}
