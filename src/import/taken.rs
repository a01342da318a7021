//! What was understood of tables, whatever kind of file they stood in: the lines of one chapter in one year, each figure with the cell
//! that it was taken from.

use std::collections::BTreeSet;
use std::fmt;

use crate::edit::Value;
use crate::model::{FiscalYear, Money, Rounding, Stage, Unit};
use crate::named::named;

/// The lines of one chapter in one year.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The tables that they stood in.
    pub origins: Vec<Origin>,
    /// The title above the table, where there is one.
    pub title: Option<String>,
    /// The ministry or office that the sheet names (所管).
    pub ministry: Option<String>,
    /// The unit of the amounts that are written without one.
    pub unit: Unit,
    /// The year that the money is requested for.
    pub year: FiscalYear,
    /// Where in its life the request stands.
    pub stage: Stage,
    /// How the sheet says that its figures are rounded, where it says one way.
    pub rounding: Option<Rounding>,
    /// The lines at the top of the tree.
    pub lines: Vec<TakenLine>,
    /// The figures of the row that adds up all lines; they are verified and need not be written.
    pub total: Vec<TakenAmount>,
    /// The cells of that row that hold nothing.
    pub empty: Vec<EmptyCell>,
    /// What stands below the table.
    pub notes: Vec<String>,
    /// Which of the tables say nothing of remarks on lines of the year: they have no column of these, or are about another year.
    pub unremarked: Vec<usize>,
    /// Which of the tables say nothing of remarks at all.
    pub unmarked: Vec<usize>,
    /// The chapter's own line, where the sheet is one that gaisan made.
    pub kept: Option<TakenLine>,
    /// The ids of all lines that such a sheet was made with; empty where it does not say them.
    pub made: BTreeSet<String>,
}

impl Taken {
    /// The id of the chapter, where the sheet is one that gaisan made.
    pub fn id(&self) -> Option<&str> {
        self.kept.as_ref()?.id.as_deref()
    }
}

/// A table in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The file as it was named.
    pub file: String,
    /// The sheet; `None` where a file has only one and no name for it.
    pub sheet: Option<String>,
    /// The first and the last cell.
    pub range: (Cell, Cell),
}

/// A row of a table that is a line of the budget, and those below it.
#[derive(Clone, Debug, Default)]
pub struct TakenLine {
    /// The officer's words, without number, code and leading blanks.
    pub title: String,
    /// What was before the title: `１．`, `（１）`, `①`.
    pub number: Option<String>,
    /// The code (目コード) as text, leading zeros kept.
    pub code: Option<String>,
    /// The id that the sheet itself gives the line, not yet known to be well formed.
    pub id: Option<String>,
    /// The groups (局, 分野) that a new program of a sheet that gaisan made stands below there.
    pub groups: Vec<String>,
    /// The account (会計) that the line is in, where a sheet or a group row says so.
    pub account: Option<String>,
    /// Its figures in this year.
    pub amounts: Vec<TakenAmount>,
    /// What formulas make of a sheet that gaisan made, where they showed something else.
    pub sums: Vec<TakenAmount>,
    /// The cells of figures of this year that hold nothing.
    pub empty: Vec<EmptyCell>,
    /// What the columns of notes (備考) say.
    pub notes: Vec<String>,
    /// Texts with a heading, from the boxes of a form (事業の背景 …).
    pub texts: Vec<(String, String)>,
    /// The keys of the line as they were written, with what the sheet says anew, where the sheet is one that gaisan made.
    pub kept: Vec<(String, Value)>,
    /// Those keys as they were when the sheet was made.
    pub was: Vec<(String, Value)>,
    /// What else a new row of a sheet that gaisan made says, under its keys: accounts, instruments, notes that were copied with it.
    pub more: Vec<(String, Value)>,
    /// The remarks that the sheet showed and that are not there now, and those that stand there for them.
    pub renoted: Option<(Vec<String>, Vec<String>)>,
    /// Why the line is left out of the sum above it.
    pub aside: Option<Aside>,
    /// Whether the lines below are all of it: their sums were verified.
    pub is_complete: bool,
    /// Its row.
    pub origin: Place,
    /// Whether its row is set in otherwise than it was in the sheet that gaisan made.
    pub is_set_in_anew: bool,
    /// The lines below it.
    pub children: Vec<TakenLine>,
}

named! {
    /// Why a line is shown and not added.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Aside {
        /// うち…: of which.
        OfWhich = "of_which",
        /// 再掲: counted elsewhere.
        Recount = "recount",
        /// 内数: a part of a larger figure.
        Within = "within",
    }
}

/// A figure and its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenAmount {
    /// Which of the line's figures it is.
    pub figure: Figure,
    /// The account (会計) that it comes from, where the columns tell accounts apart.
    pub account: Option<String>,
    /// Its value.
    pub money: Money,
    /// The value as YAML has it, not yet in quotes: `3,541,800`, `-15`, `事項要求`, `5,004,200千円`.
    pub text: String,
    /// Its cell.
    pub place: Place,
}

/// A cell for a figure that holds nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmptyCell {
    /// Which of the line's figures it is for.
    pub figure: Figure,
    /// The account (会計) that its column is for.
    pub account: Option<String>,
    /// The cell.
    pub place: Place,
}

named! {
    /// Which figure of a line a column holds.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Figure {
        /// 要求・要望額: all that is asked for.
        Requested = "requested",
        /// 要求額, where 要望額 stands beside it.
        Request = "request",
        /// 要望額.
        Wish = "wish",
        /// 前年度予算額.
        Prior = "prior",
        /// 当初予算額: the initial budget as enacted.
        Enacted = "enacted",
        /// 補正予算額.
        Supplementary = "supplementary",
    }
}

/// A cell of one of the [`Taken::origins`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Which origin.
    pub origin: usize,
    /// The cell there.
    pub cell: Cell,
}

/// A cell by its row and column, both from 0; shown as spreadsheets do, `E10`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cell {
    /// The row, from 0.
    pub row: usize,
    /// The column, from 0.
    pub column: usize,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = self.column + 1;
        while rest > 0 {
            letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
            rest = (rest - 1) / 26;
        }
        let letters: String = letters.iter().rev().collect();
        write!(f, "{letters}{}", self.row + 1)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = self.range;
        match &self.sheet {
            Some(sheet) => write!(f, "{} {sheet}!{from}:{to}", self.file),
            None => write!(f, "{} {from}:{to}", self.file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        for (row, column, name) in
            [(0, 0, "A1"), (9, 4, "E10"), (0, 25, "Z1"), (2, 26, "AA3"), (0, 16_383, "XFD1")]
        {
            assert_eq!(Cell { row, column }.to_string(), name);
        }
    }
}
