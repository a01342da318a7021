//! What the totals of a sheet add up. A row says in a column that is not shown at which level it stands, so that totals go on being right when rows
//! are taken out, copied, put in or sorted: they have whatever stands at their level among the rows below their line, and what says no level,
//! which somebody put in. What that comes to below each line stands in further columns, so that the total above does not have it twice.

use super::sheet::{BODY, HEAD, Page};
use super::{formula, formula::Span};
use crate::sheet::{RowKind, SpreadsheetRow};

/// Where a row counts.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Level {
    /// In the line that lies one level above.
    At(usize),
    /// In the same account or instrument of that line, or in nothing.
    Of(String),
}

impl Level {
    /// The level as formulas have it.
    fn text(&self) -> String {
        match self {
            Self::At(level) => level.to_string(),
            Self::Of(what) => format!("\"{what}\""),
        }
    }
}

impl Page<'_> {
    fn row_at(&self, at: usize) -> Option<&SpreadsheetRow> {
        self.book.spreadsheet.rows.get(at)
    }

    /// The level of a row.
    pub(super) fn level(&self, row: &SpreadsheetRow) -> Level {
        let split = |what: &str| {
            let first = self.book.spreadsheet.rows.iter().position(|other| other.kind == row.kind);
            Level::Of(format!("{what}-{}-{}", row.level, first.unwrap_or_default()))
        };
        match &row.kind {
            RowKind::Line if row.is_counted => Level::At(row.level),
            RowKind::Account(_) if row.is_counted => split("account"),
            RowKind::Instrument(_) if row.is_counted => split("instrument"),
            RowKind::Line => Level::Of(format!("beside-{}", row.level)),
            RowKind::Total => Level::Of("total".to_owned()),
            RowKind::Group(..) => Level::Of("group".to_owned()),
            RowKind::Account(_) | RowKind::Instrument(_) | RowKind::Rest => Level::Of("part".to_owned()),
        }
    }

    /// The rows of what lies below the line or the group that a row is of, by their places.
    fn below(&self, at: usize) -> Option<std::ops::Range<usize>> {
        let rows = &self.book.spreadsheet.rows;
        let row = self.row_at(at)?;
        let range = match row.kind {
            RowKind::Group(..) => {
                at + 1..at + 1 + rows.iter().skip(at + 1).take_while(|it| it.depth > row.depth).count()
            }
            _ if row.level == 0 => 0..rows.iter().rposition(|it| it.level > 0).map_or(0, |last| last + 1),
            _ => {
                let is_home = |home: &usize| self.row_at(*home).is_some_and(|it| it.kind == RowKind::Line);
                let home = (0..=at)
                    .rev()
                    .find(|it| is_home(it) && self.row_at(*it).map(|it| it.line) == Some(row.line))?;
                let is_split = |it: &&SpreadsheetRow| it.line == row.line && it.kind != RowKind::Rest;
                let first = home + rows.iter().skip(home).take_while(is_split).count();
                let is_in = |it: &&SpreadsheetRow| it.level > row.level;
                first..first + rows.iter().skip(first).take_while(is_in).count()
            }
        };
        (!range.is_empty()).then_some(range)
    }

    /// The same as a range of cells. That of the chapter begins at the heads, and goes on to its own row, so that it is never empty.
    fn span(&self, at: usize, below: &std::ops::Range<usize>) -> Span {
        let (first, last) = (self.line(below.start), self.line(below.end.saturating_sub(1)));
        // Nothing else begins with the first row.
        let first = if below.start == 0 { HEAD } else { first };
        Span { first, last: Some(last).filter(|_| first > HEAD || below.end != at) }
    }

    /// What the rows that a cell of a row adds up come to; with a word, that as long as one of them shows it.
    pub(super) fn sum(&self, at: usize, rows: &[usize], column: u16, word: Option<&str>) -> Option<String> {
        let lines = || rows.iter().map(|at| self.line(*at)).collect::<Vec<u32>>();
        let Some(below) = self.below(at).filter(|below| self.is_level(rows, below, column)) else {
            return formula::references(&lines(), column, word);
        };
        let span = self.span(at, &below);
        let cells = span.cells(column);
        let level = self.row_at(*rows.first()?).map(|row| self.level(row))?;
        let is_all = below.clone().eq(rows.iter().copied());
        let (sum, says) = if is_all {
            (format!("SUM({cells})"), word.map(|word| format!("COUNTIF({cells},\"{word}\")")))
        } else {
            let (levels, text) = (span.cells(self.levels()), level.text());
            let mut sum = format!("SUMIF({levels},{text},{cells})");
            if let Level::At(_) = level {
                sum += &format!("+SUMIF({levels},\"\",{cells})");
                for of in self.whole_levels(&below) {
                    sum += &format!("-SUMIF({levels},{of},{})", span.cells(self.inserted(column)));
                }
            }
            (sum, word.map(|word| format!("COUNTIFS({levels},{text},{cells},\"{word}\")")))
        };
        let sum = match says.zip(word) {
            Some((says, word)) => format!("IF({says}>0,\"{word}\",{sum})"),
            None => sum,
        };
        Some(if span.first == HEAD { sum } else { format!("IF(ISREF({cells}),{sum},0)") })
    }

    /// Whether some rows are all that stand at one level among others and have an amount in a column.
    fn is_level(&self, rows: &[usize], among: &std::ops::Range<usize>, column: u16) -> bool {
        let level = |at: &usize| self.row_at(*at).map(|row| self.level(row));
        let Some(own) = rows.first().and_then(level) else { return false };
        let cell = |at: usize| self.row_at(at)?.cells.get(usize::from(column - self.amounts));
        let is_amount = |at: usize| cell(at).is_some_and(|cell| cell.money.addable().is_some());
        let is_in = |at: usize| level(&at).as_ref() == Some(&own);
        rows.iter().all(|at| among.contains(at) && is_in(*at))
            && among.clone().all(|at| !is_in(at) || !is_amount(at) || rows.binary_search(&at).is_ok())
    }

    /// The levels of the lines among some rows that have others below them, the uppermost of these alone.
    fn whole_levels(&self, among: &std::ops::Range<usize>) -> Vec<String> {
        let rows = self.book.spreadsheet.rows.get(among.clone()).unwrap_or_default();
        let lines = rows.iter().zip(among.clone()).filter(|(row, _)| row.kind == RowKind::Line);
        let least = lines.clone().map(|(row, _)| row.level).min();
        let wholes = lines.filter(|(row, at)| Some(row.level) == least && self.below(*at).is_some());
        let mut levels: Vec<String> = Vec::new();
        for text in wholes.map(|(row, _)| self.level(row).text()) {
            if !levels.contains(&text) {
                levels.push(text);
            }
        }
        levels
    }

    /// What rows that say no level come to below a line.
    pub(super) fn put_in(&self, at: usize, column: u16) -> Option<String> {
        let is_line = self.row_at(at)?.kind == RowKind::Line;
        let span = self.span(at, &self.below(at).filter(|_| is_line)?);
        let (levels, cells) = (span.cells(self.levels()), span.cells(column));
        Some(format!("IF(ISREF({cells}),SUMIF({levels},\"\",{cells}),0)"))
    }

    /// The column of levels, and the one of what was put in below lines for a column of amounts.
    pub(super) fn levels(&self) -> u16 {
        self.hidden + 3
    }

    pub(super) fn inserted(&self, column: u16) -> u16 {
        self.levels() + 1 + column - self.amounts
    }

    /// How many columns are not shown: those of what was put in only where some lines lie below others.
    pub(super) fn columns_not_shown(&self) -> u16 {
        let rows = &self.book.spreadsheet.rows;
        let has_wholes = (0..rows.len()).any(|at| self.put_in(at, self.amounts).is_some());
        4 + if has_wholes { self.change - self.amounts } else { 0 }
    }

    /// Where a row of the spreadsheet stands.
    pub(super) fn line(&self, at: usize) -> u32 {
        BODY + u32::try_from(at).unwrap_or(u32::MAX - BODY)
    }
}
