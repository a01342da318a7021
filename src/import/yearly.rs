//! Numbers that may be years or amounts: whether a row of them is a header.

use super::grid::{Filled, Grid, Row};
use super::table::{Table, holds_number, is_year, is_year_text};
use super::{titles, words};
use crate::model::{Money, Unit};

/// A number alone that may be a year. What is written as two years, 2025-26, can be nothing else.
fn number(cell: &Filled) -> Option<u16> {
    cell.text.trim().parse().ok().filter(|_| is_year(cell))
}

fn numbers(row: &Row) -> Vec<u16> {
    row.cells.iter().filter_map(number).collect()
}

fn goes_one_way(years: &[u16]) -> bool {
    years.is_sorted_by(|one, next| one < next) || years.is_sorted_by(|one, next| one > next)
}

/// Whether years go on year by year, up or down, once or again and again: 2025, 2026, 2025, 2026.
fn goes_on(years: &[u16]) -> bool {
    let period =
        years.iter().skip(1).position(|year| Some(year) == years.first()).map_or(years.len(), |at| at + 1);
    let (first, again) = years.split_at(period.min(years.len()));
    let is_next = |pair: &[u16]| matches!(pair, [one, next] if one.abs_diff(*next) == 1);
    goes_one_way(first)
        && first.len() > 1
        && first.windows(2).all(is_next)
        && again.iter().zip(years).all(|(one, other)| one == other)
}

/// Whether the numbers of a row that may be years can be the heads of columns: they go one way, and beside them stands what heads have.
pub(super) fn may_be_heads(grid: &Grid, at: usize) -> bool {
    let Some(row) = grid.rows.get(at) else { return false };
    let years = numbers(row);
    let Some(corner) = row.cells.first().filter(|_| !years.is_empty()) else { return true };
    let is_corner = number(corner).is_some() || words::names_level(&corner.text);
    let names_amount =
        |cell: &Filled| matches!(words::role(&cell.text), Some(words::Role::Amount(_) | words::Role::Change));
    // Words above or below tell columns of one year apart.
    let are_told_apart = || {
        let mut beside =
            [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| grid.rows.get(at));
        let is_word =
            |row: &Row, cell: &Filled| row.cell(cell.column).is_some_and(|cell| !holds_number(cell));
        beside.any(|beside| row.cells.iter().filter(|cell| is_year(cell)).all(|cell| is_word(beside, cell)))
    };
    titles::sum(&corner.text).is_none()
        && match years.as_slice() {
            [_] => is_corner || row.cells.iter().skip(1).any(names_amount),
            _ if goes_on(&years) => true,
            _ => goes_one_way(&years) && (is_corner || years.len() > 3) || is_corner && are_told_apart(),
        }
}

/// Whether cells that look like years are those of a column of years: below a year alone stands no other one.
pub(super) fn are_of(header: &str, cells: &[&Filled]) -> bool {
    !is_year_text(header.trim()) || cells.iter().all(|cell| cell.text.trim() == header.trim())
}

/// Whether a text is an amount that may be a year, with what is said of it: 2025（新規）, 2025〔2000〕, 約2025.
pub(super) fn is_explained(text: &str) -> bool {
    let text = text.trim();
    let bare = text.trim_start_matches('約').trim_end_matches("程度");
    let beside = bare
        .split_once(['(', '（', '〔', '[', '【'])
        .map(|(bare, said)| (bare, said.trim_end_matches([')', '）', '〕', ']', '】'])));
    let is_said = || beside.is_none_or(|(_, said)| Money::parse(said, Unit::YEN).is_ok());
    let bare = beside.map_or(bare, |(bare, _)| bare).trim();
    bare != text && bare.len() == 4 && is_year_text(bare) && is_said()
}

/// Whether the numbers of a row below a header that may be years are those of a line: of a table whose header has words for its amounts any that no head of
/// names stands beside, and of years only such as follow upon lines.
pub(super) fn are_amounts(grid: &Grid, table: &Table, at: usize) -> bool {
    let Some(row) = grid.rows.get(at) else { return false };
    let years: Vec<&Filled> =
        row.cells.iter().filter(|cell| number(cell).is_some() && table.is_figure(cell.column)).collect();
    let Some(corner) = row.cells.first().filter(|_| !years.is_empty()) else { return false };
    if words::names_level(&corner.text) {
        return false;
    }
    let heads = grid.rows.get(table.header.clone()).unwrap_or_default();
    let is_of_years = heads.iter().flat_map(|row| &row.cells).any(is_year);
    let above = at.checked_sub(1).and_then(|above| grid.rows.get(above));
    let is_line = |row: &Row| row.cells.iter().any(|cell| table.is_figure(cell.column) && holds_number(cell));
    let follows = above.is_some_and(|row| {
        is_line(row) && row.cells.first().is_some_and(|first| titles::sum(&first.text).is_none())
    });
    !goes_on(&numbers(row)) || follows || !is_of_years && number(corner).is_none()
}

/// Whether a row just below the words of a header has years under them, and not the first amounts.
pub(super) fn go_on_below(row: &Row) -> bool {
    let years = numbers(row);
    years.len() < 2 || goes_on(&years)
}
