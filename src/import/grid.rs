//! A sheet as cells with addresses, whatever kind of file it came from.

use std::cell::Cell as Marked;
use std::fmt::Write as _;

use super::Cell;
use crate::model::{FiscalCalendar, fold};

/// A sheet of a workbook, or the whole of a CSV file.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// The sheet's name; empty where the file has none.
    pub(super) name: String,
    /// Its rows from the first.
    pub(super) rows: Vec<Row>,
    /// Cells that are joined, by their first and last.
    pub(super) merged: Vec<(Cell, Cell)>,
    /// Columns that are not shown.
    pub(super) hidden_columns: Vec<usize>,
    /// What lies on the sheet beside its cells: comments, text boxes, pictures.
    pub(super) beside: Vec<(Option<Cell>, String)>,
    /// Whether `1.234,50` is one thousand two hundred: the comma is the point.
    pub(super) decimal_comma: bool,
    /// How the fiscal years lie that it names.
    pub(super) calendar: FiscalCalendar,
}

/// The cells of a row that hold something, in the order of their columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Filled>,
    pub(super) is_hidden: bool,
}

/// A cell that holds something.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub(super) column: usize,
    pub(super) kind: Kind,
    /// What it says; a number in plain digits, at most fifteen of them.
    pub(super) text: String,
    /// How far its style sets it in.
    pub(super) indent: u8,
    pub(super) is_struck: bool,
    pub(super) is_bold: bool,
    /// Whether a number is stored, which its format may show with words.
    pub(super) is_stored_number: bool,
    /// The formula behind it.
    pub(super) formula: Option<String>,
    pub(super) fate: Marked<Fate>,
}

/// What becomes of a cell; of two fates the later one holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    #[default]
    Open,
    /// A finding, the list of columns or that of what is left names it.
    Named,
    /// It says what others make, and was held against them.
    Verified,
    /// The chapter says it, or it says how the chapter is to be read.
    Taken,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    /// A number that its format shows as a percentage.
    Percent,
    Date,
    /// A number that its format shows between brackets.
    Bracketed,
    /// An error such as `#REF!`.
    Error,
    /// A formula whose value was never worked out.
    NoValue,
}

impl Filled {
    pub(super) fn new(column: usize, kind: Kind, text: impl Into<String>) -> Self {
        Self {
            column,
            kind,
            text: text.into(),
            indent: 0,
            is_struck: false,
            is_bold: false,
            is_stored_number: false,
            formula: None,
            fate: Marked::default(),
        }
    }

    /// How far its text is set in: blanks before it, a wide one counting twice, and the cell's own indent.
    pub(super) fn inset(&self) -> usize {
        let text = self.text.trim_end();
        let blanks = text.chars().take_while(|c| fold(*c) == ' ').map(|c| if c == ' ' { 1 } else { 2 });
        blanks.sum::<usize>() + usize::from(self.indent) * 2
    }

    /// What it says as it is told.
    pub(super) fn shown(&self) -> &str {
        if self.kind == Kind::NoValue { "(no value)" } else { self.text.trim() }
    }

    /// Notes what becomes of it.
    pub(super) fn mark(&self, fate: Fate) {
        self.fate.set(self.fate.get().max(fate));
    }

    pub(super) fn fate(&self) -> Fate {
        self.fate.get()
    }

    /// Whether it holds a number as such.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number | Kind::Percent | Kind::Bracketed)
    }
}

impl Row {
    /// Notes what becomes of all of its cells.
    pub(super) fn mark(&self, fate: Fate) {
        self.cells.iter().for_each(|cell| cell.mark(fate));
    }

    pub(super) fn cell(&self, column: usize) -> Option<&Filled> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        self.cells.get(at)
    }

    pub(super) fn text(&self, column: usize) -> &str {
        self.cell(column).map_or("", |cell| cell.text.trim())
    }
}

impl Grid {
    pub(super) fn cell(&self, at: Cell) -> Option<&Filled> {
        self.rows.get(at.row)?.cell(at.column)
    }

    /// Notes what becomes of a cell.
    pub(super) fn mark(&self, at: Cell, fate: Fate) {
        self.cell(at).into_iter().for_each(|cell| cell.mark(fate));
    }

    fn cells(&self) -> impl Iterator<Item = &Filled> {
        self.rows.iter().flat_map(|row| &row.cells)
    }

    /// What has become of all of its cells so far, so that a reading of them can be tried.
    pub(super) fn fates(&self) -> Vec<Fate> {
        self.cells().map(Filled::fate).collect()
    }

    pub(super) fn restore(&self, fates: &[Fate]) {
        self.cells().zip(fates).for_each(|(cell, fate)| cell.fate.set(*fate));
    }

    /// One past the last column that holds something.
    pub(super) fn width(&self) -> usize {
        self.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column + 1).max().unwrap_or(0)
    }

    /// The first cell of the joined ones that a cell belongs to.
    pub(super) fn first_of(&self, at: Cell) -> Cell {
        let holds = |(from, to): &&(Cell, Cell)| {
            (from.row..=to.row).contains(&at.row) && (from.column..=to.column).contains(&at.column)
        };
        self.merged.iter().find(holds).map_or(at, |(from, _)| *from)
    }

    /// The last row of the joined cells that a cell begins.
    pub(super) fn last_row_of(&self, at: Cell) -> usize {
        self.merged.iter().find(|(from, _)| *from == at).map_or(at.row, |(_, to)| to.row)
    }
}

/// A spreadsheet's number in the fifteen digits that spreadsheets keep and show. What a double holds beyond them is noise of its base:
/// 358.87800000000004 was 358.878.
pub(super) fn digits(number: f64) -> String {
    let mut text = String::new();
    let _ = write!(text, "{number:.14e}");
    let Some((mantissa, exponent)) = text.split_once('e') else { return text };
    let minus = if mantissa.starts_with('-') { "-" } else { "" };
    let figures: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let figures = figures.trim_end_matches('0');
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    if figures.is_empty() {
        return "0".to_owned();
    }
    match usize::try_from(point) {
        Ok(0) | Err(_) => format!("{minus}0.{}{figures}", "0".repeat(point.unsigned_abs().min(400) as usize)),
        Ok(point) if point >= figures.len() => {
            format!("{minus}{figures}{}", "0".repeat((point - figures.len()).min(400)))
        }
        Ok(point) => {
            let (whole, fraction) = figures.split_at(point);
            format!("{minus}{whole}.{fraction}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn a_number_is_the_fifteen_digits_that_a_spreadsheet_shows() {
        for (number, text) in [
            (358.878_000_000_000_04, "358.878"),
            (216.299_999_999_999_95, "216.3"),
            (-30.673_999_999_999_978, "-30.674"),
            (25_369_686_284.0, "25369686284"),
            (0.0, "0"),
            (-0.0, "0"),
            (0.05, "0.05"),
            (1e20, "100000000000000000000"),
            (154_291_998.055_967_2, "154291998.055967"),
        ] {
            assert_eq!(digits(number), text);
        }
    }
}
