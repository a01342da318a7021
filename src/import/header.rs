//! Which rows are the header of a table, where those above it begin, and headers that come again between the lines.

use std::ops::Range;

use super::grid::{Filled, Grid, Kind, Row};
use super::map::Map;
use super::numbers::{self, goes_on};
use super::rows::states_unit;
use super::table::{Table, holds_number, is_numeric, is_year, is_year_text};
use super::words::{self, Role};
use super::{Cell, amounts, dated, days, titles, units, yearly};
use crate::model::{Money, Unit};

/// The most rows of a header.
const MOST_HEADER_ROWS: usize = 3;
/// How many cells of a row are looked at to see whether it is a header.
const MOST_LOOKED_AT: usize = 400;
/// The longest words of a header, in bytes.
const LONGEST_HEADER: usize = 300;

/// Whether a row stands in the body of a table as its header did above it.
pub(super) fn repeats_header(grid: &Grid, table: &Table, row: usize) -> bool {
    table.header.clone().any(|header| same_header(grid, header..header + 1, row..row + 1))
}

pub(super) fn same_header(grid: &Grid, first: Range<usize>, second: Range<usize>) -> bool {
    let cells = |row: usize| grid.rows.get(row).map(|row| row.cells.as_slice()).unwrap_or_default();
    let is_same = |(one, other): (&Filled, &Filled)| {
        one.column == other.column && words::folded(&one.text) == words::folded(&other.text)
    };
    first.zip(second).all(|(one, other)| {
        let (one, other) = (cells(one), cells(other));
        one.len() > 1 && one.len() == other.len() && one.iter().zip(other).all(is_same)
    })
}

/// Where the rows above a header begin, below another table: behind the last empty row, or with the words just above it.
pub(super) fn above(grid: &Grid, from: usize, header: usize) -> usize {
    let cells = |row: &usize| grid.rows.get(*row).map(|row| row.cells.as_slice()).unwrap_or_default();
    let is_title = |row: &usize| {
        matches!(cells(row), [alone] if alone.kind == Kind::Text && !is_numeric(&alone.text)
            && !titles::is_remark(&alone.text))
    };
    let empty = (from..header).rev().find(|row| cells(row).is_empty());
    empty.or_else(|| (from..header).rev().take_while(is_title).last()).unwrap_or(header)
}

/// The words of a title without what tells pages apart: 総括表（続き）, 総括表（2/3）.
fn bare(text: &str) -> String {
    let text = titles::account(text.trim()).unwrap_or(text);
    words::without_brackets(&words::folded(text)).replace("続き", "").replace("つづき", "")
}

/// The mark or the bracket that a caption begins with; a unit in brackets is none.
fn shape(text: &str) -> Option<char> {
    let first = text.trim().chars().next()?;
    ("■●◆○◎□◇▼★【〔＜<［[《".contains(first) && units::unit(text).is_none()).then_some(first)
}

impl Table {
    fn is_titled(&self, grid: &Grid, is_it: impl Fn(&str) -> bool) -> bool {
        let rows = grid.rows.get(self.above.clone()).unwrap_or_default();
        rows.iter().flat_map(|row| &row.cells).any(|cell| is_it(&cell.text))
    }

    /// Whether a text says a unit that does not stand above the header, or a year in other words, or has the next number, or names
    /// another account.
    fn is_news(&self, grid: &Grid, text: &str) -> bool {
        let number = |text: &str| numbers::numbered(text).map(|(_, number, _)| number.to_owned());
        let own = number(text).unwrap_or_default();
        // １　歳入 above the first header, and ２　歳出 above this one.
        let is_account = |text: &str| {
            titles::account(text.trim()).is_some()
                || text.trim().ends_with("会計") && titles::is_account(text)
        };
        let is_next = |known: &str| goes_on(&number(known).unwrap_or_default(), &own) == Some(true);
        let is_other = |known: &str| is_account(known) && is_account(text) && bare(known) != bare(text);
        // ■ 港湾局, and ■ 航空局; 【港湾局】, and 【航空局】.
        let is_beside = |known: &str| {
            shape(known).is_some()
                && shape(known) == shape(text)
                && words::folded(known) != words::folded(text)
        };
        // 歳入 above the first header, and 歳出 above this one.
        let side = titles::side(text);
        let is_across =
            |known: &str| side.is_some() && titles::side(known).is_some_and(|known| Some(known) != side);
        if self.is_titled(grid, |known| {
            is_next(known) || is_other(known) || is_beside(known) || is_across(known)
        }) {
            return true;
        }
        let unit = units::unit(text);
        unit.is_some() && !self.is_titled(grid, |known| units::unit(known) == unit)
            || dated::names_year(text) && !self.is_titled(grid, |known| bare(known) == bare(text))
    }
}

/// Whether a header that comes again has a unit or a year above it that the first one does not have: then it is no page of the same table.
pub(super) fn is_titled_anew(grid: &Grid, first: &Table, header: usize) -> bool {
    let cells = |row: usize| grid.rows.get(row).map(|row| row.cells.as_slice()).unwrap_or_default();
    let above = (first.header.end..header).rev().take_while(|row| !cells(*row).iter().any(holds_number));
    above.flat_map(cells).any(|cell| first.is_news(grid, &cell.text))
}

/// Whether a row in the body of a table says again, above its header that comes again, what stands above the first one.
pub(super) fn is_page_head(grid: &Grid, table: &Table, at: usize) -> bool {
    let cells = grid.rows.get(at).map(|row| row.cells.as_slice()).unwrap_or_default();
    let is_known = |cell: &Filled| {
        !table.is_news(grid, &cell.text)
            && (units::unit(&cell.text).is_some() && bare(&cell.text).is_empty()
                || table.is_titled(grid, |known| bare(known) == bare(&cell.text)))
    };
    // Lines have numbers, and there are many of them: what costs most is asked last.
    !cells.is_empty()
        && !cells.iter().any(holds_number)
        && (at + 1..at + 1 + MOST_HEADER_ROWS).any(|row| repeats_header(grid, table, row))
        && cells.iter().all(|cell| is_known(cell) || days::is_date(&cell.text))
}

pub(super) fn is_header(grid: &Grid, at: usize, map: &Map) -> bool {
    let Some(row) = grid.rows.get(at) else { return false };
    if is_upper(grid, at, map) {
        return true;
    }
    if row.cells.len() < 2
        || row.cells.iter().any(|cell| {
            holds_number(cell) && !is_year(cell)
                || cell.kind == Kind::Date
                || yearly::is_explained(&cell.text)
        })
    {
        return false;
    }
    let years = row.cells.iter().filter(|cell| is_year(cell)).count();
    // Program, 2026, Request: a year may be the head of an amount where all beside it are heads.
    let is_head = |cell: &Filled| is_year(cell) || words::role(&cell.text).is_some();
    if (years > 0 && years * 2 < row.cells.len() || years == 1) && !row.cells.iter().all(is_head)
        || !yearly::may_be_heads(grid, at)
    {
        return false;
    }
    let is_short = |cell: &&Filled| cell.text.len() <= LONGEST_HEADER;
    row.cells.iter().take(MOST_LOOKED_AT).filter(is_short).any(|cell| {
        let is_mark = units::is_mark(&cell.text) && !dated::names_year(&cell.text);
        if is_mark || !has_numbers(grid, at + 1..at + 40, cell.column) {
            return false;
        }
        let role = map.role(&cell.text).or_else(|| words::role(&cell.text));
        matches!(role, Some(Role::Amount(_)))
            || amounts::mentions(&cell.text)
            || role.is_none() && dated::names_year(&cell.text) && !has_boxes(grid, at + 1..at + 10)
    })
}

/// Whether a row of a form has amounts beside what they are: 前年度予算額 | 32億円 | 要求額 | 35億円.
fn has_boxes(grid: &Grid, rows: Range<usize>) -> bool {
    let names = |cell: &Filled| matches!(words::role(&cell.text), Some(Role::Amount(_)));
    let is_box = |pair: &[Filled]| matches!(pair, [name, beside] if names(name) && holds_number(beside));
    let mut rows = rows.filter_map(|at| grid.rows.get(at));
    rows.any(|row| row.cells.windows(2).filter(|pair| is_box(pair)).count() > 1)
}

/// Whether a row is a title in two cells, though it has words that headers have: 防災庁, 令和9年度要求（千円）. The header below it has words of its own in
/// the column where the title says something that no header does.
pub(super) fn is_title(grid: &Grid, at: usize, map: &Map) -> bool {
    let (Some(row), Some(below)) = (grid.rows.get(at), grid.rows.get(at + 1)) else { return false };
    let role = |text: &str| map.role(text).or_else(|| words::role(text));
    let is_over = |cell: &Filled| {
        let over = row.text(cell.column);
        !matches!(role(&cell.text), Some(Role::Amount(_))) && !over.is_empty() && role(over).is_none()
    };
    row.cells.len() == 2
        && below.cells.len() > 2
        && below.cells.first().is_some_and(is_over)
        && is_header(grid, at + 1, map)
}

fn has_numbers(grid: &Grid, rows: Range<usize>, column: usize) -> bool {
    let rows =
        grid.rows.get(rows.start.min(grid.rows.len())..rows.end.min(grid.rows.len())).unwrap_or_default();
    let cells: Vec<&Filled> = rows.iter().filter_map(|row| row.cell(column)).collect();
    cells.iter().any(|cell| holds_number(cell))
}

pub(super) fn end(grid: &Grid, start: usize) -> usize {
    let cells = grid.rows.get(start).map(|row| row.cells.as_slice()).unwrap_or_default();
    let joined = cells.iter().map(|cell| grid.last_row_of(Cell { row: start, column: cell.column })).max();
    let mut end = joined.unwrap_or(start).min(start + MOST_HEADER_ROWS - 1) + 1;
    while end < start + MOST_HEADER_ROWS && continues_header(grid, start, end)
        || end < start + MOST_HEADER_ROWS + 2 && has_marks(grid, end)
    {
        end += 1;
    }
    end
}

/// Whether a row only says below the words of a header the units or the letters of its columns.
fn has_marks(grid: &Grid, at: usize) -> bool {
    grid.rows.get(at).is_some_and(|row| {
        !row.cells.is_empty()
            && states_unit(row).is_none()
            && row.cells.iter().all(|cell| !cell.is_number() && units::is_mark(&cell.text))
    })
}

/// Whether a row goes on with a header: words that headers have, or only the numbers of the columns.
fn continues_header(grid: &Grid, start: usize, at: usize) -> bool {
    let Some(row) = grid.rows.get(at).filter(|row| states_unit(row).is_none()) else { return false };
    let numbers = row.cells.iter().filter(|cell| holds_number(cell)).count();
    if numbers > 2
        && row.cells.iter().all(|cell| {
            holds_number(cell) && cell.text.trim().chars().count() <= 4 && !cell.text.contains(',')
        })
    {
        let counted: Vec<usize> = row.cells.iter().filter_map(|cell| cell.text.trim().parse().ok()).collect();
        return counted.len() > 2
            && counted.iter().zip(counted.iter().skip(1)).all(|(one, next)| *next == one + 1);
    }
    let first = grid.rows.get(start).and_then(|row| row.cells.first()).map_or(0, |cell| cell.column);
    let known = row.cells.iter().filter(|cell| words::role(&cell.text).is_some()).count();
    if is_below(grid, start, at) || has_corner_below(grid, start, at) {
        return true;
    }
    numbers == 0 && known > 0 && (known > 1 || row.cells.first().is_some_and(|cell| cell.column > first))
}

/// Where a header begins: with the letters of its columns, where they stand in a row of their own above the words.
pub(super) fn start(grid: &Grid, floor: usize, row: usize) -> usize {
    let is_letter = |cell: &Filled| units::unit_alone(&cell.text).is_none();
    let are_letters = |row: &Row| row.cells.len() > 1 && row.cells.iter().all(is_letter);
    let is_it =
        |at: &usize| *at >= floor && has_marks(grid, *at) && grid.rows.get(*at).is_some_and(are_letters);
    row.checked_sub(1).filter(is_it).unwrap_or(row)
}

/// Whether a row only has years or words behind the first column of the header above it, and numbers below each of them: 令和８年度 | 令和９年度 below 歳出ベース,
/// Commitments | Payments below Draft budget.
fn is_below(grid: &Grid, start: usize, at: usize) -> bool {
    let cells = |row: usize| grid.rows.get(row).map(|row| row.cells.as_slice()).unwrap_or_default();
    let (above, own) = (cells(start), cells(at));
    let is_word = |cell: &Filled| {
        is_year(cell)
            || cell.kind == Kind::Text && !holds_number(cell) && Money::parse(&cell.text, Unit::YEN).is_err()
    };
    let has_head = |cell: &Filled| above.iter().any(|head| head.column > 0 && head.column <= cell.column);
    let is_over = above.first().zip(own.first()).is_some_and(|(head, cell)| head.column < cell.column);
    is_over
        && own.len() > 1
        && grid.rows.get(at).is_some_and(yearly::go_on_below)
        && own
            .iter()
            .all(|cell| is_word(cell) && has_head(cell) && has_numbers(grid, at + 1..at + 6, cell.column))
}

/// Whether a row names the lines, which the words above it do not, and has a year below each of these: Program | 2025 | 2026 below Actual | Enacted.
fn has_corner_below(grid: &Grid, start: usize, at: usize) -> bool {
    let (Some(above), Some(own)) = (grid.rows.get(start), grid.rows.get(at)) else { return false };
    let Some((corner, years)) = own.cells.split_first() else { return false };
    words::names_level(&corner.text)
        && above.cells.first().is_some_and(|head| head.column > corner.column)
        && years.len() > 1
        && years.iter().all(|cell| is_year(cell) && above.cell(cell.column).is_some())
}

/// Whether a row is the upper one of a header of which the words of amounts stand below: 区分 | 契約ベース | 歳出ベース above years.
fn is_upper(grid: &Grid, at: usize, map: &Map) -> bool {
    let Some(row) = grid.rows.get(at) else { return false };
    let names = |cell: &Filled| {
        matches!(
            words::role(&cell.text),
            Some(Role::Label | Role::Name | Role::Type | Role::Code | Role::Year)
        )
    };
    row.cells.len() > 1
        && row.cells.first().is_some_and(names)
        && row.cells.iter().all(|cell| {
            cell.kind == Kind::Text && !holds_number(cell) && units::unit_alone(&cell.text).is_none()
        })
        && is_below(grid, at, at + 1)
        && is_header(grid, at + 1, map)
}

/// The words above a column, row by row. What stands over several columns counts for each of them.
pub(super) fn texts(grid: &Grid, header: &Range<usize>, column: usize) -> Vec<String> {
    let own = |row: usize| grid.rows.get(row).map_or("", |row| row.text(column));
    let mut parts: Vec<String> = Vec::new();
    for row in header.clone() {
        let first = grid.first_of(Cell { row, column });
        let mut text = grid.cell(first).map_or("", |cell| cell.text.trim());
        // Letters that say it themselves need no words beside them: (B)-(A).
        let is_below = |below: usize| !own(below).is_empty() && amounts::lettered(own(below)).is_none();
        let has_below = (row + 1..header.end).any(is_below);
        if text.is_empty() && has_below && grid.merged.is_empty() && !has_marks(grid, row) {
            // Only where the column to the left goes on below, too, does its word stand over both.
            let left = (0..column).rev().take_while(|left| {
                (row + 1..header.end)
                    .any(|below| grid.rows.get(below).is_some_and(|row| !row.text(*left).is_empty()))
            });
            let texts = left.map(|left| grid.rows.get(row).map_or("", |row| row.text(left)));
            text = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // $000 is the unit of what stands below it.
        let is_words = !is_numeric(&text) || units::is_mark(&text);
        if !text.is_empty() && parts.last() != Some(&text) && is_words || is_year_text(&text) {
            parts.push(text);
        }
    }
    parts
}
