//! Which tables of a file are those of the request, where it has others beside them: lists of prices, examples, revenue beside expenditure.

use super::depth::too_deep;
use super::grid::{Fate, Filled, Grid};
use super::rows::{Entries, Entry};
use super::same;
use super::table::{Column, Table, holds_number};
use super::taking::Taking;
use super::titles::{self, Side};
use super::told::place;
use super::words::{self, Meaning, Role, folded};
use super::{Cell, Import, Options, dated, numbers, units};
use crate::limits::{AMOUNTS, LEVELS};

type Found<'g> = Vec<(&'g Grid, Table)>;

/// The tables that are to be taken. Others are named.
pub(super) fn chosen<'g>(import: &mut Import, name: &str, found: Found<'g>, options: &Options) -> Found<'g> {
    let is_asked = !options.sheets.is_empty();
    let has_request = found.iter().any(|(_, table)| !is_of_prices(table));
    let has_other = found.iter().any(|(grid, table)| !is_example(grid, table));
    let mut chosen: Found<'g> = Vec::new();
    for (grid, table) in found {
        let start =
            Cell { row: table.header.start, column: table.columns.first().map_or(0, |column| column.at) };
        let mut leave = |list: &str| {
            let rows =
                grid.rows.get(table.above.start..table.body.end.min(grid.rows.len())).unwrap_or_default();
            rows.iter().for_each(|row| row.mark(Fate::Named));
            import.left.push(format!("{}: {list}", place(name, grid, Some(start))));
        };
        if has_request && is_of_prices(&table) {
            leave("a list of prices and quantities");
        } else if has_other && !is_asked && is_example(grid, &table) {
            leave("an example to fill in by");
        } else {
            chosen.push((grid, table));
        }
    }
    chosen
}

/// Leaves out the revenue of years of which the file has what is spent, too. Each table comes with its place among what was taken.
pub(super) fn leave_revenue(
    import: &mut Import,
    name: &str,
    tables: &[(&Grid, usize)],
    taken: &mut [Taking],
) {
    let spends = |year| {
        let spending = taken.iter().filter(|taking| taking.side == Some(Side::Spending));
        spending.flat_map(|taking| &taking.years).any(|of| of.year == year)
    };
    let is_left = |(_, at): &&(&Grid, usize)| {
        taken.get(*at).is_some_and(|taking| {
            taking.side == Some(Side::Revenue) && taking.years.iter().all(|of| spends(of.year))
        })
    };
    let left: Vec<(&Grid, usize)> = tables.iter().filter(is_left).copied().collect();
    for (grid, at) in left {
        let what =
            "this table is of revenue, and a request adds up what is spent; it was not taken".to_owned();
        let help = "import it alone, into a chapter of its own, if it is wanted";
        taken
            .get_mut(at)
            .into_iter()
            .for_each(|it| same::leave_out(import, (name, grid), it, what.clone(), help));
    }
}

/// Whether a table only works out what things cost: 単価, 数量, 金額.
fn is_of_prices(table: &Table) -> bool {
    let says = |words: &str| {
        table.columns.iter().any(|column| words.split(' ').any(|word| folded(&column.header).contains(word)))
    };
    let is_plain = |column: &Column| {
        let is_budget =
            !matches!(column.role, Role::Amount(_)) || column.role == Role::Amount(Meaning::Budget);
        is_budget && column.year(None).is_none()
    };
    says("単価 unitprice unitcost")
        && says("数量 員数 回数 人数 個数 quantity qty")
        && table.columns.iter().all(is_plain)
}

/// Whether a table shows how to fill one in: its sheet is called 記入例, 様式1（見本）, Example, or that stands above it. 見本市 is another thing.
fn is_example(grid: &Grid, table: &Table) -> bool {
    let says = |text: &str| {
        let said = folded(text);
        said.split(|c: char| !c.is_alphabetic()).any(|word| {
            let word = word.trim_start_matches("様式");
            ["記入例", "記載例", "作成例", "入力例", "見本", "サンプル", "example", "sample"].contains(&word)
        })
    };
    let above = grid.rows.get(table.above.clone()).unwrap_or_default().iter().flat_map(|row| &row.cells);
    says(&grid.name) || above.map(|cell| cell.text.trim()).any(|text| text.chars().count() < 9 && says(text))
}

/// Whether a table lies on its side: its rows are what columns are, years and kinds of amounts.
fn lies_on_side(table: &Table, entries: &Entries) -> bool {
    let lines = entries.list.iter().filter(|entry| entry.is_line && titles::sum(entry.title()).is_none());
    let role = |title: &str| {
        words::role(title).filter(|role| matches!(role, Role::Amount(_) | Role::Change | Role::Rate))
    };
    let titles: Vec<&str> = lines.map(Entry::title).collect();
    let amounts = titles.iter().filter(|title| matches!(role(title), Some(Role::Amount(_)))).count();
    // Years alone are lines of a table that says of each column what it holds.
    let is_open =
        |column: &&Column| matches!(column.role, Role::Amount(meaning) if meaning != Meaning::Total);
    let are_open = amounts == 0 && table.columns.iter().any(|column| is_open(&column));
    let is_head = |title: &&str| role(title).is_some() || dated::names_year(title);
    !are_open
        && titles.len() > 1
        && titles.iter().all(is_head)
        && table.columns.iter().filter(|column| column.has_numbers).count() > 1
}

/// Why the lines of a table cannot be taken whatever its figures say, and what to do.
pub(super) fn untakable(table: &Table, entries: &Entries) -> Option<(String, &'static str)> {
    if lies_on_side(table, entries) {
        let what =
            "the table lies on its side: its rows are years or kinds of amounts, its columns the lines";
        let help = "turn it: copy it and paste it transposed, so that each line has a row";
        return Some((what.to_owned(), help));
    }
    let amounts = table.columns.iter().filter(|column| matches!(column.role, Role::Amount(_))).count();
    if amounts > AMOUNTS {
        let what =
            format!("{amounts} of its columns hold amounts, and no more than {AMOUNTS} are told apart");
        return Some((what, "copy the columns that are meant into a sheet of their own, and import that"));
    }
    let row = too_deep(&entries.list)?.row + 1;
    let what = format!(
        "its lines stand in more than {LEVELS} levels, that of row {row} deeper than a budget can say"
    );
    Some((what, "give the lines the levels that the budget has, or import the table without their column"))
}

/// Which side of a budget a table shows: what its heading says of it, or its header, or the name of its sheet.
pub(super) fn side(grid: &Grid, table: &Table) -> Option<Side> {
    let above = grid.rows.get(table.above.clone()).unwrap_or_default().iter().rev();
    let heads = above.flat_map(|row| &row.cells).map(|cell| cell.text.as_str());
    let words = table.columns.iter().filter(|column| matches!(column.role, Role::Label | Role::Name));
    let texts = heads.chain(words.map(|column| column.header.as_str())).chain([grid.name.as_str()]);
    table.side.or_else(|| texts.into_iter().find_map(titles::side))
}

/// The side of a budget that a heading names and nothing else: （歳入）, ２　歳出の部, Expenditures.
fn side_alone(text: &str) -> Option<Side> {
    let bare = numbers::numbered(text.trim()).map_or(text, |(_, _, title)| title);
    let said = folded(bare);
    let said = said.trim_matches(|c: char| !c.is_alphanumeric());
    let said = said.strip_suffix("の部").unwrap_or(said).trim_end_matches('s');
    matches!(
        said,
        "歳入" | "歳出" | "収入" | "支出" | "revenue" | "receipt" | "expenditure" | "expense" | "outlay"
    )
    .then(|| titles::side(said))?
}

/// The side of the budget that a row of the body names alone, above lines of it: （歳出）.
pub(super) fn side_heading(grid: &Grid, at: usize) -> Option<Side> {
    let (first, rest) = grid.rows.get(at)?.cells.split_first()?;
    let is_unit = |cell: &Filled| units::unit_alone(&cell.text).is_some() && units::is_mark(&cell.text);
    side_alone(&first.text).filter(|_| rest.iter().all(is_unit))
}

/// Whether a table has lines above a row of its body.
pub(super) fn has_lines(grid: &Grid, table: &Table, to: usize) -> bool {
    let rows = grid.rows.get(table.body.start..to).unwrap_or_default();
    rows.iter().any(|row| row.cells.iter().any(|cell| table.is_figure(cell.column) && holds_number(cell)))
}
