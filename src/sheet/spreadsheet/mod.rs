//! A chapter as a spreadsheet: a row a line, each amount as it is and with what it is the sum of.

mod rows;

use super::series::{Matrix, matrix};
use super::wording::Wording;
use crate::import::Figure;
use crate::lineage::Lineage;
use crate::model::{Amount, Lang, Money, NegativeSign, Paper, Rounding, Unit};
use crate::notation::Notation;
use crate::rollup::Rollup;
use crate::words;
use rows::Maker;

/// A chapter with everything below it, worded but for its amounts, which are exact and in the chapter's own unit.
#[derive(Clone, Debug)]
pub struct Spreadsheet {
    /// The year, the stage and the chapter: 令和4年度概算要求　5. …
    pub heading: String,
    /// The chapter's title.
    pub title: String,
    /// The year, to tell spreadsheets of one title apart.
    pub year: String,
    pub ministry: String,
    /// The unit that all amounts are counted in.
    pub unit: Unit,
    /// The rounding that the chapter states.
    pub rounding: Option<Rounding>,
    /// （単位：百万円）
    pub unit_line: String,
    /// The language of its words.
    pub lang: Lang,
    /// What stands before a negative amount.
    pub negative: NegativeSign,
    /// The head of the titles.
    pub title_head: &'static str,
    /// The columns of amounts that at least one line fills, with their heads.
    pub columns: Vec<(Figure, String)>,
    /// The heads of the change, of its rate and of the notes.
    pub more_heads: [&'static str; 3],
    /// The rows, the lines below each behind it, the chapter's own row last.
    pub rows: Vec<SpreadsheetRow>,
    /// The paper that it is printed on.
    pub paper: Paper,
    /// What was asked for year by year, where the run holds several years.
    pub years: Option<Matrix>,
}

/// A row of a spreadsheet.
#[derive(Clone, Debug)]
pub struct SpreadsheetRow {
    pub kind: RowKind,
    /// The line that it is of, by its place in the rollup.
    pub line: usize,
    /// How far below a program it stands.
    pub depth: usize,
    /// How deep the line lies that it is of; 0 for the chapter and for groups.
    pub level: usize,
    /// Whether that line counts in the one above it.
    pub is_counted: bool,
    /// What stands before the title.
    pub number: String,
    pub title: String,
    /// The notes in one text.
    pub notes: String,
    /// An amount for each of the spreadsheet's columns.
    pub cells: Vec<SpreadsheetCell>,
}

/// What a row of a spreadsheet is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowKind {
    Line,
    /// A group (局, 分野) above the programs that belong to it: which one, and its name in the files.
    Group(usize, String),
    /// An account's share of a line.
    Account(String),
    /// An instrument's share of a line.
    Instrument(String),
    /// What a partial breakdown does not list.
    Rest,
    /// The chapter itself.
    Total,
}

/// An amount of a spreadsheet.
#[derive(Clone, Debug, Default)]
pub struct SpreadsheetCell {
    /// The amount or what stands for it.
    pub money: Money,
    /// How it is made of others.
    pub made: Made,
}

/// How an amount is made of others. Rows are named by their places in the spreadsheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Made {
    #[default]
    Stated,
    /// The sum of the same column in these rows, and what rounding makes it differ by: nothing, too, where it is stated less finely.
    Sum(Vec<usize>, Option<Amount>),
    /// What the first row has more than the others.
    Rest(usize, Vec<usize>),
    /// What is requested and what is wished, in the same row.
    Parts,
}

/// The spreadsheet of a chapter in a language.
pub fn spreadsheet(lineage: &Lineage<'_>, rollup: &Rollup<'_>, lang: Lang) -> Spreadsheet {
    let wording = Wording::exact(rollup.request, lang);
    let maker = Maker::of(rollup, &wording);
    let figures: Vec<Figure> = FIGURES.into_iter().filter(|figure| maker.fills(*figure)).collect();
    let cells: Vec<Vec<SpreadsheetCell>> = maker
        .rows
        .iter()
        .map(|row| figures.iter().map(|figure| maker.cell(row, *figure)).collect())
        .collect();
    let mut rows = maker.rows;
    rows.iter_mut().zip(cells).for_each(|(row, cells)| row.cells = cells);
    let words = wording.words;
    let programs = rollup.chapter().into_iter().flat_map(|top| rollup.children_of(top));
    let years = matrix(lineage, rollup, programs, &wording, &mut Default::default());
    let request = rollup.request;
    Spreadsheet {
        heading: [wording.year_and_stage(), wording.chapter_title()].join(words.gap),
        title: wording.chapter_title(),
        year: wording.year(request.fiscal_year.value),
        ministry: wording.ministry().to_owned(),
        unit: request.unit,
        rounding: request.rounding,
        unit_line: wording.unit_line(),
        lang: wording.lang,
        negative: wording.notation.negative,
        title_head: words.program,
        columns: figures.into_iter().map(|figure| (figure, head(figure, &wording))).collect(),
        more_heads: [words.change, words.rate, words.remarks],
        rows,
        paper: request.paper(),
        years,
    }
}

const FIGURES: [Figure; 6] =
    [Figure::Requested, Figure::Request, Figure::Wish, Figure::Prior, Figure::Enacted, Figure::Supplementary];

fn head(figure: Figure, wording: &Wording<'_>) -> String {
    let words = wording.words;
    match figure {
        Figure::Requested => wording.requested_label(),
        Figure::Request => words.request_part.to_owned(),
        Figure::Wish => wording.wish_label(),
        Figure::Prior => words.prior.to_owned(),
        Figure::Enacted => words.enacted.to_owned(),
        Figure::Supplementary => words.supplementary.to_owned(),
    }
}

impl Spreadsheet {
    /// What the sheet of the years is called.
    pub fn years_title(&self) -> &'static str {
        words::Words::of(self.lang).series
    }

    /// What stands behind an amount to which more is to come: `＋事項要求`.
    pub fn open_end(&self) -> String {
        words::and_unspecified(self.lang, "")
    }

    /// The words that its formulas tell a new and an ended line by, and those that they show: 新規, 終了, 皆増, 皆減, 同額, －.
    pub fn formula_words(&self) -> [&'static str; 8] {
        let lang = self.lang;
        [
            words::new(lang),
            words::ended(lang),
            words::all_new(lang),
            words::all_gone(lang),
            words::unchanged(lang),
            words::from_zero(lang),
            words::to_zero(lang),
            words::no_rate(lang),
        ]
    }

    /// What a cell says in words; `None` where it is an amount.
    pub fn worded(&self, money: Money) -> Option<String> {
        match money {
            Money::Known(_) | Money::KnownAndUnspecified(_) => None,
            Money::Unknown => Some(words::not_stated(self.lang).to_owned()),
            money => {
                let notation = Notation { negative: self.negative, ..Notation::new(self.lang) };
                Some(notation.cell(&money, self.unit))
            }
        }
    }
}
