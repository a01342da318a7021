//! What became of every cell of a sheet: it is taken, verified or named; what nothing else names is named here.

use std::collections::BTreeMap;

use super::grid::{Fate, Filled, Grid};
use super::rows::Entries;
use super::table::{Column, Table};
use super::told::place;
use super::tree::Tree;
use super::words::Role;
use super::years::Meant;
use super::{Cell, Import};

/// How many cells of a sheet hold something, by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The file, and the sheet where it has a name.
    pub place: String,
    /// The chapter says them, or they say how the chapter is to be read.
    pub taken: usize,
    /// They say what others make up, and were held against those.
    pub verified: usize,
    /// A finding names them, the list of columns or that of what is not taken.
    pub named: usize,
}

/// The most places that are listed one by one.
const MOST_LISTED: usize = 40;

/// Cells of one or several columns, in rows that follow each other.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Area {
    from: Cell,
    to: Cell,
    count: usize,
}

/// Names what is left of a sheet, and counts its cells.
pub(super) fn count(import: &mut Import, name: &str, grids: &[&Grid]) {
    let mut counted = Counted {
        place: grids.first().map(|grid| place(name, grid, None)).unwrap_or_default(),
        ..Counted::default()
    };
    for grid in grids {
        let areas = open(grid);
        for area in areas.iter().take(MOST_LISTED) {
            let first = grid.cell(area.from).map_or("", Filled::shown);
            let first: String = first.chars().take(60).collect::<String>().replace('\n', " ");
            let from = place(name, grid, Some(area.from));
            import.left.push(match area.count {
                1 => format!("{from}: `{first}`"),
                count => format!("{from}:{}: {count} cells, the first `{first}`", area.to),
            });
        }
        if let Some(next) = areas.get(MOST_LISTED) {
            let rest: usize = areas.iter().skip(MOST_LISTED).map(|area| area.count).sum();
            import
                .left
                .push(format!("{}: {rest} more cells, from this one on", place(name, grid, Some(next.from))));
        }
        for cell in grid.rows.iter().flat_map(|row| &row.cells) {
            match cell.fate() {
                Fate::Taken => counted.taken += 1,
                Fate::Verified => counted.verified += 1,
                Fate::Named | Fate::Open => counted.named += 1,
            }
        }
    }
    import.cells.push(counted);
}

/// What is still open, joined to areas.
fn open(grid: &Grid) -> Vec<Area> {
    let mut columns: BTreeMap<usize, Vec<Area>> = BTreeMap::new();
    let mut goes_on: BTreeMap<usize, bool> = BTreeMap::new();
    for (row, cells) in grid.rows.iter().enumerate() {
        for cell in &cells.cells {
            let is_open = cell.fate() == Fate::Open;
            let went_on = goes_on.insert(cell.column, is_open).unwrap_or(false);
            let at = Cell { row, column: cell.column };
            let areas = columns.entry(cell.column).or_default();
            match areas.last_mut().filter(|_| went_on) {
                Some(last) if is_open => {
                    last.to = at;
                    last.count += 1;
                }
                _ if is_open => areas.push(Area { from: at, to: at, count: 1 }),
                _ => {}
            }
        }
    }
    let mut joined: Vec<Area> = Vec::new();
    let mut known: BTreeMap<(usize, usize, usize), usize> = BTreeMap::new();
    for area in columns.into_values().flatten() {
        let rows = (area.from.row, area.to.row);
        let left = area.from.column.checked_sub(1).and_then(|left| known.remove(&(left, rows.0, rows.1)));
        let at = left.unwrap_or(joined.len());
        match joined.get_mut(at) {
            Some(last) => {
                last.to = area.to;
                last.count += area.count;
            }
            None => joined.push(area),
        }
        known.insert((area.from.column, rows.0, rows.1), at);
    }
    joined.sort_by_key(|area| (area.from.row, area.from.column));
    joined
}

/// Notes which figures the chapters take.
pub(super) fn mark_figures(grid: &Grid, tree: &Tree, meant: &[Meant]) {
    for node in &tree.nodes {
        for (figured, _) in node.figures.iter().zip(meant).filter(|(_, meant)| !meant.is_empty()) {
            figured.iter().for_each(|figured| grid.mark(figured.cell, Fate::Taken));
        }
    }
}

/// Notes what becomes of the header, and of the columns that the list of columns says are not taken.
pub(super) fn mark_columns(grid: &Grid, table: &Table, entries: &Entries, end: usize) {
    for row in table.header.clone() {
        grid.rows.get(row).into_iter().for_each(|row| row.mark(Fate::Taken));
    }
    let is_level = |column: &Column| matches!(column.role, Role::Label | Role::Name | Role::Type);
    let is_left =
        |column: &&Column| column.role.is_left() || is_level(column) && !entries.levels.contains(&column.at);
    for column in table.columns.iter().filter(is_left) {
        // What stands below the lines is none of the column's.
        for row in grid.rows.get(table.body.start..=end).unwrap_or_default() {
            row.cell(column.at).into_iter().for_each(|cell| cell.mark(Fate::Named));
        }
    }
}
