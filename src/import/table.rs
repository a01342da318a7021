//! Where in a grid a table lies, and what its columns hold.

use std::ops::Range;

use super::Cell;
use super::grid::{Filled, Grid, Kind, Row};
use super::map::Map;
use super::remark::Remark;
use super::words::{self, Meaning, Role};
use crate::model::{FiscalCalendar, FiscalYear, Money, Unit, fold};

/// A table: the rows of its header, those below it, and its columns.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The rows above the header that belong to no other table.
    pub(super) above: Range<usize>,
    pub(super) header: Range<usize>,
    pub(super) body: Range<usize>,
    pub(super) columns: Vec<Column>,
}

/// A column that holds something.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) at: usize,
    /// The words above it, from top to bottom.
    pub(super) header: String,
    pub(super) role: Role,
    /// The unit that its header states.
    pub(super) unit: Option<Unit>,
    /// Whether its header or the map of columns says the role.
    pub(super) is_said: bool,
    pub(super) has_numbers: bool,
    /// The account (会計) whose share of the amounts it holds.
    pub(super) account: Option<String>,
    pub(super) calendar: FiscalCalendar,
}

/// The most rows of a header.
const MOST_HEADER_ROWS: usize = 3;
/// How many rows below a header are looked at to see what its columns hold.
const SAMPLE: usize = 400;
/// How many cells of a row are looked at to see whether it is a header.
const MOST_LOOKED_AT: usize = 400;
/// The longest words of a header, in bytes.
const LONGEST_HEADER: usize = 300;

/// The tables of a grid from top to bottom.
pub(super) fn tables(grid: &Grid, map: &Map) -> Vec<Table> {
    let mut found: Vec<Table> = Vec::new();
    let mut row = 0;
    while row < grid.rows.len() {
        if !is_header(grid, row, map) || found.last().is_some_and(|table| is_line(grid, table, row)) {
            row += 1;
            continue;
        }
        let end = header_end(grid, row);
        if let Some(last) = found.last_mut() {
            if same_header(grid, last.header.clone(), row..end) {
                row = end;
                continue;
            }
            last.body.end = above(grid, row);
        }
        let start = found.last().map_or(0, |table| table.body.end);
        let mut table =
            Table { above: start..row, header: row..end, body: end..grid.rows.len(), columns: Vec::new() };
        table.columns = columns(grid, &table, map);
        found.push(table);
        row = end;
    }
    found
}

/// Whether a row below a header is a line of its table, though it has words that headers have: not even half of its cells are such words.
fn is_line(grid: &Grid, table: &Table, row: usize) -> bool {
    let cells = grid.rows.get(row).map(|row| row.cells.as_slice()).unwrap_or_default();
    let heads = |cell: &&Filled| words::role(&cell.text).is_some() || words::names_year(&cell.text);
    let says_amount =
        |cell: &&Filled| table.is_figure(cell.column) && Money::parse(&cell.text, Unit::default()).is_ok();
    cells.iter().any(|cell| says_amount(&cell) && !is_year(cell))
        || cells.iter().filter(heads).count() * 2 < cells.len()
}

/// Whether a row is the foot of a page: `- 3 -`, `3/12`, `Page 3`, 次頁へ続く.
pub(super) fn is_page_foot(row: &Row) -> bool {
    let said = |cell: &Filled| words::folded(&cell.text);
    let is_foot = |cell: &Filled| {
        let said = said(cell);
        let bare = said.trim_matches(|c: char| c.is_ascii_digit() || "-–—−－/~|.()".contains(c));
        let is_marked = bare.len() < said.len()
            && matches!(bare, "page" | "p" | "頁" | "ページ" | "of" | "pageof")
            || bare.is_empty()
                && said.starts_with(['-', '–', '—', '−'])
                && said.ends_with(['-', '–', '—', '−'])
                && said.len() > 2;
        let parts: Vec<&str> = said.split('/').collect();
        let is_share = parts.len() == 2
            && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        let goes_on = ["次頁", "次ページ", "前頁", "前ページ", "continuedonnextpage"]
            .iter()
            .any(|word| said.contains(word));
        cell.kind == Kind::Text && (is_marked || is_share || goes_on)
    };
    !row.cells.is_empty() && row.cells.iter().all(is_foot)
}

/// Whether a row stands in the body of a table as its header did above it.
pub(super) fn repeats_header(grid: &Grid, table: &Table, row: usize) -> bool {
    table.header.clone().any(|header| same_header(grid, header..header + 1, row..row + 1))
}

fn same_header(grid: &Grid, first: Range<usize>, second: Range<usize>) -> bool {
    let texts = |row: usize| -> Vec<(usize, String)> {
        let cells = grid.rows.get(row).map(|row| row.cells.as_slice()).unwrap_or_default();
        cells.iter().map(|cell| (cell.column, words::folded(&cell.text))).collect()
    };
    first.clone().zip(second).all(|(one, other)| {
        let one = texts(one);
        one.len() > 1 && one == texts(other)
    })
}

/// Where the rows above a header begin: behind the last empty row.
fn above(grid: &Grid, header: usize) -> usize {
    let is_empty = |row: &usize| grid.rows.get(*row).is_some_and(|row| row.cells.is_empty());
    (0..header).rev().find(is_empty).unwrap_or(header)
}

/// Whether a text is a number, whatever marks it has.
pub(super) fn is_numeric(text: &str) -> bool {
    let mut digits = 0;
    let is_plain = text.trim().chars().map(fold).all(|c| {
        digits += usize::from(c.is_ascii_digit());
        c.is_ascii_digit()
            || matches!(c, ',' | '.' | '(' | ')' | '%' | '$' | '€' | '£' | '-' | '△' | '▲' | '−' | ' ')
    });
    is_plain && digits > 0
}

fn holds_number(cell: &Filled) -> bool {
    // A formula that was never worked out stands for a number, which is then missed at its cell.
    cell.is_number() || cell.kind == Kind::NoValue || cell.kind == Kind::Text && is_numeric(&cell.text)
}

/// Whether a cell is a year alone, as headers have them.
fn is_year(cell: &Filled) -> bool {
    let text = cell.text.trim();
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1940..2100).contains(&year))
}

fn is_header(grid: &Grid, at: usize, map: &Map) -> bool {
    let Some(row) = grid.rows.get(at) else { return false };
    if row.cells.len() < 2
        || row.cells.iter().any(|cell| holds_number(cell) && !is_year(cell) || cell.kind == Kind::Date)
    {
        return false;
    }
    let years = row.cells.iter().filter(|cell| is_year(cell)).count();
    if years > 0 && years * 2 < row.cells.len() || years == 1 {
        return false;
    }
    let is_short = |cell: &&Filled| cell.text.len() <= LONGEST_HEADER;
    row.cells.iter().take(MOST_LOOKED_AT).filter(is_short).any(|cell| {
        if !has_numbers(grid, at + 1..at + 40, cell.column) {
            return false;
        }
        let role = map.role(&cell.text).or_else(|| words::role(&cell.text));
        matches!(role, Some(Role::Amount(_))) || role.is_none() && words::names_year(&cell.text)
    })
}

fn has_numbers(grid: &Grid, rows: Range<usize>, column: usize) -> bool {
    let rows =
        grid.rows.get(rows.start.min(grid.rows.len())..rows.end.min(grid.rows.len())).unwrap_or_default();
    let cells: Vec<&Filled> = rows.iter().filter_map(|row| row.cell(column)).collect();
    cells.iter().any(|cell| holds_number(cell))
}

fn header_end(grid: &Grid, start: usize) -> usize {
    let cells = grid.rows.get(start).map(|row| row.cells.as_slice()).unwrap_or_default();
    let joined = cells.iter().map(|cell| grid.last_row_of(Cell { row: start, column: cell.column })).max();
    let mut end = joined.unwrap_or(start).min(start + MOST_HEADER_ROWS - 1) + 1;
    while end < start + MOST_HEADER_ROWS && continues_header(grid, start, end) {
        end += 1;
    }
    end
}

/// Whether a row goes on with a header: words that headers have, or only the numbers of the columns.
fn continues_header(grid: &Grid, start: usize, at: usize) -> bool {
    let Some(row) = grid.rows.get(at) else { return false };
    let numbers = row.cells.iter().filter(|cell| holds_number(cell)).count();
    if numbers > 2
        && row.cells.iter().all(|cell| cell.text.trim().chars().count() <= 4 && !cell.text.contains(','))
    {
        let counted: Vec<usize> = row.cells.iter().filter_map(|cell| cell.text.trim().parse().ok()).collect();
        return counted.len() > 2
            && counted.iter().zip(counted.iter().skip(1)).all(|(one, next)| *next == one + 1);
    }
    let first = grid.rows.get(start).and_then(|row| row.cells.first()).map_or(0, |cell| cell.column);
    let known = row.cells.iter().filter(|cell| words::role(&cell.text).is_some()).count();
    numbers == 0 && known > 0 && (known > 1 || row.cells.first().is_some_and(|cell| cell.column > first))
}

/// The words above a column, row by row. What stands over several columns counts for each of them.
fn header_texts(grid: &Grid, header: &Range<usize>, column: usize) -> Vec<String> {
    let own = |row: usize| grid.rows.get(row).map_or("", |row| row.text(column));
    let mut parts: Vec<String> = Vec::new();
    for row in header.clone() {
        let first = grid.first_of(Cell { row, column });
        let mut text = grid.cell(first).map_or("", |cell| cell.text.trim());
        let has_below = (row + 1..header.end).any(|below| !own(below).is_empty());
        if text.is_empty() && has_below && grid.merged.is_empty() {
            // Only where the column to the left goes on below, too, does its word stand over both.
            let left = (0..column).rev().take_while(|left| {
                (row + 1..header.end)
                    .any(|below| grid.rows.get(below).is_some_and(|row| !row.text(*left).is_empty()))
            });
            let texts = left.map(|left| grid.rows.get(row).map_or("", |row| row.text(left)));
            text = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() && parts.last() != Some(&text) && !is_numeric(&text) || is_year_text(&text) {
            parts.push(text);
        }
    }
    parts
}

fn is_year_text(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok()
}

fn columns(grid: &Grid, table: &Table, map: &Map) -> Vec<Column> {
    let rows =
        grid.rows.get(table.body.start..table.body.end.min(table.body.start + SAMPLE)).unwrap_or_default();
    let mut columns = Vec::new();
    let (mut is_past_amounts, mut is_named) = (false, false);
    for at in 0..grid.width() {
        let texts = header_texts(grid, &table.header, at);
        let header = texts.join(" ");
        let cells: Vec<&Filled> = rows.iter().filter_map(|row| row.cell(at)).collect();
        let is_joined = grid.first_of(Cell { row: table.header.start, column: at }).column != at;
        if cells.is_empty() && (header.is_empty() || is_joined) {
            continue;
        }
        let numbers = cells.iter().filter(|cell| holds_number(cell)).count();
        let is_numeric = numbers * 2 > cells.len();
        let is_account = |text: &&String| {
            numbers > 0 && texts.len() > 1 && (text.contains("会計") || text.contains("特会"))
        };
        let account = texts.iter().find(is_account).cloned();
        let texts: Vec<&String> = texts.iter().filter(|text| Some(*text) != account.as_ref()).collect();
        let said = texts.last().and_then(|last| words::role(last)).or_else(|| words::role(&header));
        let names = |text: &str| words::year_in(&text.to_uppercase(), None, grid.calendar).is_some();
        let are_years =
            !cells.is_empty() && cells.iter().all(|cell| cell.text.len() < 8 && names(&cell.text));
        let role = match said {
            None if are_years && names(&header) && !is_past_amounts => Role::Year,
            Some(Role::Amount(_)) if numbers == 0 && cells.len() > 1 => {
                words_beside(is_past_amounts, &header)
            }
            Some(Role::Label | Role::Name)
                if is_numeric && !cells.iter().all(|cell| is_year(cell) || !holds_number(cell)) =>
            {
                Role::Code
            }
            // Words behind the amounts of lines that are named before them are remarks: 節, 説明.
            Some(Role::Label | Role::Name) if is_past_amounts && is_named => Role::Notes,
            Some(role) => role,
            None if numbers > 0 && words::names_year(&header) => Role::Amount(Meaning::Budget),
            None if is_numeric && header.is_empty() && !is_past_amounts => Role::Code,
            None if is_numeric || cells.is_empty() => Role::Nothing,
            None => words_beside(is_past_amounts, &header),
        };
        let mapped = map.role(&header);
        let role = mapped.unwrap_or(role);
        let is_said = mapped.or(said).is_some();
        is_past_amounts |= matches!(role, Role::Amount(_));
        is_named |= matches!(role, Role::Label | Role::Name) && !is_past_amounts;
        columns.push(Column {
            at,
            unit: words::unit(&header),
            header,
            role,
            is_said,
            has_numbers: numbers > 0,
            account,
            calendar: grid.calendar,
        });
    }
    columns
}

/// What a column of words is: beside the amounts remarks, before them a level.
fn words_beside(is_past_amounts: bool, header: &str) -> Role {
    match is_past_amounts {
        true if header.is_empty() => Role::Nothing,
        true => Role::Notes,
        false => Role::Label,
    }
}

impl Table {
    /// The columns of a role.
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| column.role == role)
    }

    /// Whether a column holds amounts or what is worked out from them.
    fn is_figure(&self, at: usize) -> bool {
        self.columns.iter().any(|column| column.at == at && column.is_figure())
    }

    /// The columns of amounts and of what is worked out from them, which totals add up.
    pub(super) fn figures(&self) -> Vec<&Column> {
        self.columns.iter().filter(|column| column.is_figure()).collect()
    }
}

impl Column {
    fn is_figure(&self) -> bool {
        matches!(self.role, Role::Amount(_) | Role::Change)
    }

    /// What is to be said of a column of amounts, as it seems, whose header does not say which.
    pub(super) fn unknown(&self, table: &Table) -> Option<Remark> {
        let first = table.columns.iter().find(|column| matches!(column.role, Role::Amount(_)))?;
        let is_open = self.role == Role::Nothing && !self.is_said && self.at > first.at && self.has_numbers;
        let cell = Cell { row: table.header.start, column: self.at };
        let what =
            format!("`{}` does not say what the numbers below it are; they were not taken", self.header);
        let help = "write a header that does, or say it in the map of columns that `--save-map` writes";
        is_open.then(|| Remark::new(super::ASSUMED, cell, what, help))
    }

    /// The year that its header names.
    pub(super) fn year(&self, near: Option<FiscalYear>) -> Option<FiscalYear> {
        words::year_in(&self.header, near, self.calendar)
    }
}
