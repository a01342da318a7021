//! Which year a table is about. What stands above its own columns goes before a title, and a title of several years says nothing of one.

use super::Cell;
use super::above::Above;
use super::amounts;
use super::grid::Grid;
use super::rows::Entry;
use super::table::{Column, Table};
use super::taking::{File, Shared};
use super::versions::stem;
use super::words::{self, Meaning, Role};
use super::years::{Kind, is_next, is_next_said, kind};
use crate::model::{FiscalCalendar, FiscalYear, Stage};

/// What is asked for in a year.
const ASKED: [Meaning; 3] = [Meaning::Requested, Meaning::Wish, Meaning::Total];

/// The year that the words of a table go by. What is asked for in 翌年度 is for the year that the caller, the title of a request or the folder names, so
/// that 現年度 is the one before; beside heads that name this year, or below a title that is of no request, it is for the one after.
pub(super) fn year(
    above: &mut Above,
    of: (&Grid, &Table),
    entries: &[Entry],
    file: File<'_>,
    before: &Shared,
) -> Option<FiscalYear> {
    let year = named_year(above, of, entries, file, before)?;
    let amounts = || of.1.columns.iter().filter(|column| matches!(column.role, Role::Amount(_)));
    let is_asked = |column: &&Column| ASKED.iter().any(|meaning| column.role == Role::Amount(*meaning));
    let are_next = amounts().any(is_next) && amounts().filter(is_asked).all(is_next);
    let title = above.title.as_deref().unwrap_or_default();
    let is_of_current = is_next_said(title)
        || amounts().any(|column| column.year(None) == Some(year))
        || file.options.year().is_none()
            && words::names_year(title)
            && amounts::staged(title) != Some(Stage::Request);
    Some(if are_next && !is_of_current { year.prior() } else { year })
}

/// The year that a table names: what the caller asks for; else that of what is requested, of its titles, of what its rows or other columns say; else that of the sheet, the
/// file or the folder.
fn named_year(
    above: &mut Above,
    (grid, table): (&Grid, &Table),
    entries: &[Entry],
    file: File<'_>,
    before: &Shared,
) -> Option<FiscalYear> {
    let amounts = || table.columns.iter().filter(|column| matches!(column.role, Role::Amount(_)));
    let is_asked = |column: &&Column| {
        ASKED.iter().any(|meaning| column.role == Role::Amount(*meaning)) && !is_next(column)
    };
    let place = |column: &Column| Cell { row: table.header.start, column: column.at };
    let heads = amounts().filter(is_asked).filter_map(|column| Some((column.year(None)?, place(column))));
    let heads: Vec<(FiscalYear, Cell)> = heads.collect();
    if let Some(asked) = file.options.year() {
        above.asked(grid, &heads, asked);
        return Some(asked);
    }
    let of_title = above.year.map(|(year, _)| year);
    let of_heads = heads.iter().map(|(year, _)| *year).max();
    // 8年度要求 beside 9年度成立予算, below a title of the ninth.
    let is_later = |title: &FiscalYear| {
        let named = || amounts().any(|column| column.year(None) == Some(*title));
        of_heads.is_none_or(|heads| heads < *title && named()) || heads.iter().any(|(year, _)| year == title)
    };
    let of_rows = || entries.iter().filter_map(|entry| entry.year).max();
    if let Some(year) = of_title.filter(is_later).or(of_heads).or_else(of_rows) {
        return Some(year);
    }
    let beside = || before.year.or_else(|| of_file(file)).or(before.of_file);
    let folder = file.options.folder_year.or_else(|| of_folders(file));
    if let Some(asked) = amounts().find(is_asked) {
        // What is asked for, and no year said, is for the one after the last budget.
        let is_of_same = asked.header.contains("補正");
        let after = |year: FiscalYear| if is_of_same { year } else { year.next() };
        return beside().or(folder).or_else(|| of_columns(table).map(after));
    }
    of_columns(table).or_else(beside).or(folder)
}

/// The year of a form.
pub(super) fn year_of_form(above: &mut Above, grid: &Grid, file: File<'_>) -> Option<FiscalYear> {
    if let Some(asked) = file.options.year() {
        above.asked(grid, &[], asked);
        return Some(asked);
    }
    let said = above.year.map(|(year, _)| year).or_else(|| named(&grid.name, grid.calendar));
    said.or_else(|| of_file(file)).or(file.options.folder_year).or_else(|| of_folders(file))
}

/// The year that a sheet or a file is called after; S1 and H2 are only letters and numbers.
pub(super) fn named(name: &str, calendar: FiscalCalendar) -> Option<FiscalYear> {
    let is_said = |year: &FiscalYear| name.chars().count() > 3 || year.western() >= 2000;
    words::only_year_in(&name.to_uppercase(), calendar).filter(is_said)
}

fn of_file(file: File<'_>) -> Option<FiscalYear> {
    named(stem(file.name), file.options.calendar)
}

/// The year of the folder that a file lies in, which is called so and nothing else.
fn of_folders(file: File<'_>) -> Option<FiscalYear> {
    let folders = file.name.rsplit(['/', '\\']).skip(1);
    let is_one = |name: &&str| FiscalYear::parse_in(&name.to_uppercase(), file.options.calendar).is_ok();
    folders.filter(is_one).find_map(|name| named(name, file.options.calendar))
}

/// The latest year that columns name, those of budgets first. One that says nothing else is one all the same: FY 2027 PB.
fn of_columns(table: &Table) -> Option<FiscalYear> {
    let of = |wanted: &dyn Fn(&Column) -> bool| {
        let columns = table.columns.iter().filter(|column| wanted(column));
        columns.filter_map(|column| column.year(None)).max()
    };
    let is_open = |column: &Column| column.role == Role::Nothing && !column.is_said && column.has_numbers;
    let amount = |column: &Column, wanted: &dyn Fn(Meaning) -> bool| matches!(column.role, Role::Amount(meaning) if wanted(meaning));
    let is_budget = |meaning| matches!(meaning, Meaning::Budget | Meaning::Enacted);
    of(&|column| amount(column, &is_budget) || is_open(column))
        .or_else(|| {
            of(&|column| amount(column, &|meaning| kind(meaning).is_some_and(|it| it != Kind::Settled)))
        })
        .or_else(|| of(&|column| amount(column, &|_| true)))
}
