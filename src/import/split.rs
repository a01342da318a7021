//! Tables that stand side by side: each is a grid of its own, as if it stood alone.

use super::grid::{Grid, Row};
use super::map::Map;
use super::table::{Column, Table, tables};
use super::words::{self, Role};

/// The grids of a sheet with their tables: itself, or one for each of the tables that its header has beside one another.
pub(super) fn split(grid: Grid, map: &Map) -> Vec<(Grid, Vec<Table>)> {
    let found = tables(&grid, map);
    let starts = found.first().map(|table| starts(&table.columns)).unwrap_or_default();
    if starts.is_empty() {
        return vec![(grid, found)];
    }
    let count = starts.len() + 1;
    let side = |column: usize| starts.partition_point(|start| *start <= column);
    let mut grids: Vec<Grid> = (0..count)
        .map(|_| Grid {
            name: grid.name.clone(),
            decimal_comma: grid.decimal_comma,
            calendar: grid.calendar,
            ..Grid::default()
        })
        .collect();
    for row in grid.rows {
        let is_hidden = row.is_hidden;
        grids.iter_mut().for_each(|grid| grid.rows.push(Row { cells: Vec::new(), is_hidden }));
        for cell in row.cells {
            if let Some(row) = grids.get_mut(side(cell.column)).and_then(|grid| grid.rows.last_mut()) {
                row.cells.push(cell);
            }
        }
    }
    for (from, to) in grid.merged {
        grids.get_mut(side(from.column)).into_iter().for_each(|grid| grid.merged.push((from, to)));
    }
    for column in grid.hidden_columns {
        grids.get_mut(side(column)).into_iter().for_each(|grid| grid.hidden_columns.push(column));
    }
    for (at, thing) in grid.beside {
        let side = at.map_or(0, |at| side(at.column));
        grids.get_mut(side).into_iter().for_each(|grid| grid.beside.push((at, thing.clone())));
    }
    let tables = |grid| {
        let found = tables(&grid, map);
        (grid, found)
    };
    grids.into_iter().map(tables).collect()
}

/// Where among columns further tables begin: at words that follow amounts, behind a gap, under the header of the first column again or
/// before the same amounts again, with amounts of their own.
fn starts(columns: &[Column]) -> Vec<usize> {
    let is_amount = |column: &Column| matches!(column.role, Role::Amount(_));
    let is_word = |column: &Column| match column.role {
        Role::Label | Role::Name | Role::Code | Role::Type => true,
        // The same words that name lines in a table of its own are remarks behind the amounts of another.
        Role::Notes => {
            !column.is_said || matches!(words::role(&column.header), Some(Role::Label | Role::Name))
        }
        _ => false,
    };
    let header = |column: Option<&Column>| column.map_or("", |column| column.header.as_str()).to_owned();
    let amounts = |columns: &[Column]| {
        columns
            .iter()
            .filter(|column| is_amount(column))
            .map(|column| header(Some(column)))
            .collect::<Vec<_>>()
    };
    let first = header(columns.iter().find(|column| is_word(column)));
    let mut starts = Vec::new();
    let mut begun = 0;
    for (at, pair) in columns.windows(2).enumerate() {
        let [before, column] = pair else { continue };
        let own = columns.get(begun..=at).unwrap_or_default();
        let rest = columns.get(at + 1..).unwrap_or_default();
        let is_again = !first.is_empty() && column.header == first
            || column.at > before.at + 1
            || is_word(column) && amounts(own).len() > 1 && amounts(rest).starts_with(&amounts(own));
        let has_words = rest.iter().take_while(|column| !is_amount(column)).any(is_word);
        if is_again && has_words && own.iter().any(is_amount) && rest.iter().any(is_amount) {
            starts.push(column.at);
            begun = at + 1;
        }
    }
    starts
}
