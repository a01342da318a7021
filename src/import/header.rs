//! Which rows are the header of a table, where those above it begin, and what comes between the lines that is none: headers that come again,
//! feet of pages.

use std::ops::Range;

use super::grid::{Filled, Grid, Kind, Row};
use super::map::Map;
use super::numbers::{self, goes_on};
use super::rows::states_unit;
use super::table::{Table, holds_number, is_numeric, is_year, is_year_text};
use super::words::{self, Role};
use super::{Cell, amounts, dated, days, titles, units};
use crate::model::{Money, Unit};

/// The most rows of a header.
const MOST_HEADER_ROWS: usize = 3;
/// How many cells of a row are looked at to see whether it is a header.
const MOST_LOOKED_AT: usize = 400;
/// The longest words of a header, in bytes.
const LONGEST_HEADER: usize = 300;

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

/// Whether a text says whom to ask: 担当：会計課, 内線 1234, 03-1234-5678, a@example.jp.
fn is_contact(text: &str) -> bool {
    let said = words::folded(text);
    let said = said.trim_matches(|c: char| "()<>【】[]〔〕※*".contains(c));
    let words = [
        "担当者", "担当課", "担当", "連絡先", "電話番号", "電話", "tel", "内線", "fax", "e-mail", "email",
        "mail", "メール", "問合せ先", "問い合わせ先", "お問合せ先", "お問い合わせ先", "照会先", "作成者",
        "作成課", "記入者", "作成日", "提出日", "作成年月日",
    ];
    let named = words.iter().find_map(|word| said.strip_prefix(word));
    let is_named = named.is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit() || ":.(-".contains(c))
    });
    let is_number = |word: &str| {
        let parts: Vec<&str> = word.split(['-', '(', ')']).filter(|part| !part.is_empty()).collect();
        let are_digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        parts.len() == 3 && are_digits && word.starts_with(['0', '(']) && (9..15).contains(&word.len())
    };
    let is_address = said.contains('@') && said.is_ascii();
    is_named || is_address || said.split(|c: char| !c.is_ascii_digit() && !"-()".contains(c)).any(is_number)
}

/// The rows below the lines of a table that say whom to ask. They are none of its lines.
pub(super) fn contacts(grid: &Grid, table: &Table) -> Vec<usize> {
    let end = table.body.end.min(grid.rows.len());
    let rows = grid.rows.get(table.body.start..end).unwrap_or_default();
    let has_figures = |row: &Row| {
        row.cells.iter().filter(|cell| table.is_figure(cell.column) && holds_number(cell)).count()
    };
    let is_total = |row: &Row| row.cells.iter().any(|cell| titles::sum(&cell.text).is_some());
    let total = rows.iter().rposition(is_total).unwrap_or(rows.len());
    let says = |row: &Row| row.cells.iter().any(|cell| is_contact(&cell.text));
    // From the first of them below the total on, there are no lines any more.
    let first = (total + 1..rows.len()).find(|at| rows.get(*at).is_some_and(says));
    if let Some(first) = first {
        let is_remark = |row: &Row| row.cells.first().is_some_and(|cell| titles::is_remark(&cell.text));
        let below = (first..rows.len()).filter(|at| !rows.get(*at).is_some_and(is_remark));
        return below.map(|at| table.body.start + at).collect();
    }
    let is_one = |at: usize, row: &Row| {
        let most = usize::from(at > total);
        has_figures(row) <= most && says(row)
    };
    let below =
        rows.iter().enumerate().rev().take_while(|(at, row)| is_one(*at, row) || has_figures(row) == 0);
    below.filter(|(at, row)| is_one(*at, row)).map(|(at, _)| table.body.start + at).collect()
}

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
        || row.cells.iter().any(|cell| holds_number(cell) && !is_year(cell) || cell.kind == Kind::Date)
    {
        return false;
    }
    let years = row.cells.iter().filter(|cell| is_year(cell)).count();
    // Program, 2026, Request: a year may be the head of an amount where all beside it are heads.
    let is_head = |cell: &Filled| is_year(cell) || words::role(&cell.text).is_some();
    if (years > 0 && years * 2 < row.cells.len() || years == 1) && !row.cells.iter().all(is_head) {
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
            || role.is_none() && dated::names_year(&cell.text)
    })
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
    if is_below(grid, start, at) {
        return true;
    }
    numbers == 0 && known > 0 && (known > 1 || row.cells.first().is_some_and(|cell| cell.column > first))
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
        && own
            .iter()
            .all(|cell| is_word(cell) && has_head(cell) && has_numbers(grid, at + 1..at + 6, cell.column))
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
        // $000 is the unit of what stands below it.
        let is_words = !is_numeric(&text) || units::is_mark(&text);
        if !text.is_empty() && parts.last() != Some(&text) && is_words || is_year_text(&text) {
            parts.push(text);
        }
    }
    parts
}
