//! One file's way from bytes to chapters, and what is told of it.

use super::above::boxed;
use super::counted::count;
use super::form::form;
use super::gather::gather;
use super::grid::{Fate, Grid};
use super::split::split;
use super::table::Table;
use super::taking::{File, Shared, Taking};
use super::told::{fatal, place, tell};
use super::{Import, Options, UNREADABLE, UNTOLD, book, details, over, own, plain, same, which};
use crate::fault::contained;

/// How the header begins of the tables with a row an amount, which hold no lines as offices keep them.
const OURS: [&str; 4] = ["chapter", "id", "title", "path"];

/// Whether it is the table of amounts that an export writes for other programs.
fn is_for_programs(grid: &Grid) -> bool {
    grid.rows.first().is_some_and(|row| (0..4).map(|at| row.text(at)).eq(OURS))
}

/// Takes what a file holds.
pub(super) fn file(import: &mut Import, name: &str, bytes: &[u8], options: &Options) {
    let mut book = match opened(bytes) {
        Ok(book) => book,
        Err(why) => {
            let what = format!("`{name}` cannot be read: {why}");
            return fatal(import, name, UNREADABLE, what, "save it again as .xlsx or .csv");
        }
    };
    if book.grids.first().is_some_and(is_for_programs) {
        let what = format!("`{name}` is a table that gaisan writes for other programs");
        let help = "import the workbook that `gaisan export --to FILE.xlsx` writes";
        return fatal(import, name, UNREADABLE, what, help);
    }
    import.left.extend(book.hidden.iter().map(|sheet| format!("{name} {sheet}: a hidden sheet")));
    import.left.extend(book.left.iter().map(|what| format!("{name}: {what}")));
    let is_asked = |grid: &Grid| options.sheets.is_empty() || options.sheets.contains(&grid.name);
    for asked in options.sheets.iter().filter(|asked| !book.grids.iter().any(|grid| grid.name == **asked)) {
        let names: Vec<&str> = book.grids.iter().map(|grid| grid.name.as_str()).collect();
        let what = format!("`{name}` has no sheet `{asked}` that is shown");
        fatal(import, name, UNTOLD, what, &format!("its sheets are {}", names.join(", ")));
    }
    let sheets = std::mem::take(&mut book.grids).into_iter().filter(is_asked);
    let sheets = sheets.map(|grid| Grid { calendar: options.calendar, ..grid });
    let (own, sheets): (Vec<Grid>, Vec<Grid>) = sheets.partition(own::is_ours);
    for grid in &own {
        own::take(import, name, grid, options);
        count(import, name, &[grid]);
    }
    if sheets.is_empty() && !own.is_empty() {
        return;
    }
    let sheets = sheets.into_iter();
    let mut sheets: Vec<Vec<(Grid, Vec<Table>)>> = sheets.map(|grid| split(grid, &options.map)).collect();
    let file = File { name, kind: &book.said, options };
    let mut found = Vec::new();
    let mut taken = Vec::new();
    for (grid, tables) in sheets.iter_mut().flatten() {
        let (grid, tables) = (&*grid, std::mem::take(tables));
        // The boxes of a form may have a table of its parts (積算内訳) below them.
        let end = if let [table] = tables.as_slice() { table.header.start } else { grid.rows.len() };
        if let Some(form) = form(grid, end).filter(|_| tables.len() < 2) {
            taken.extend(Taking::of_form(import, file, grid, &form));
        } else if tables.is_empty() {
            import.left.push(format!("{}: no table", place(name, grid, None)));
            grid.rows.iter().for_each(|row| row.mark(Fate::Named));
        } else {
            tables.iter().for_each(|table| tell(import, name, grid, boxed(grid, table.above.clone())));
        }
        for (cell, thing) in &grid.beside {
            import.left.push(format!("{}: {thing}", place(name, grid, *cell)));
        }
        found.extend(tables.into_iter().map(|table| (grid, table)));
    }
    if found.is_empty() && taken.is_empty() {
        if import.findings.iter().any(|finding| matches!(finding.code, UNREADABLE | UNTOLD)) {
            return;
        }
        let what = format!("`{name}` has no table with a header and amounts");
        let help = "its header needs a word such as 要求額, 予算額 or Budget above a column of numbers";
        return fatal(import, name, UNTOLD, what, help);
    }
    let found = which::chosen(import, name, found, options);
    let (forms, has_own) = (taken.len(), !own.is_empty());
    let is_told = tables(import, file, &found, &mut taken);
    details::attach_forms(import, name, &found, (&mut taken, forms));
    if is_told {
        for sheet in &sheets {
            count(import, name, &sheet.iter().map(|(grid, _)| grid).collect::<Vec<_>>());
        }
    }
    let several = taken.len() > forms + 1 || has_own;
    gather(import, taken, several, has_own);
}

/// Takes the tables of a file, and leaves those out that are of the same money; tells whether all could be taken.
fn tables(import: &mut Import, file: File<'_>, found: &[(&Grid, Table)], taken: &mut Vec<Taking>) -> bool {
    let mut is_told = true;
    let mut years = found.iter().filter_map(|table| Shared::of([table].into_iter(), false).year);
    let year = years.next().filter(|first| years.all(|year| year == *first));
    let mut before: Option<(&str, Shared)> = None;
    let mut grids = Vec::new();
    for (grid, table) in found {
        let shared = before.take().filter(|(sheet, _)| *sheet == grid.name).map(|(_, shared)| shared);
        let of_sheet = || found.iter().filter(|(other, _)| other.name == grid.name);
        let shared = shared.unwrap_or_else(|| Shared::of(of_sheet(), found.len() > 1));
        let shared = Shared { of_file: year, ..shared };
        match Taking::of(import, file, grid, table, &shared) {
            Some((one, shared)) => {
                before = Some((&grid.name, shared));
                grids.push((*grid, taken.len()));
                taken.push(one);
            }
            None => is_told = false,
        }
    }
    over::verify(import, file.name, &grids, taken);
    which::leave_revenue(import, file.name, &grids, taken);
    details::leave_summaries(import, file.name, &grids, taken);
    same::leave(import, file, &grids, taken);
    *taken = details::attach(import, file.name, &grids, std::mem::take(taken));
    taken.retain(|taking| !taking.years.is_empty());
    is_told
}

/// The sheets of a file: of a workbook, or else of lines of text.
fn opened(bytes: &[u8]) -> Result<book::Book, String> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(512)).unwrap_or_default()).to_lowercase();
    let start = start.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    match start {
        "" => return Err("it is empty".to_owned()),
        start if start.starts_with("%pdf") => return Err("it is a PDF".to_owned()),
        start if ["<!doctype html", "<html", "<table"].iter().any(|tag| start.starts_with(tag)) => {
            return Err("it is a page of HTML, whatever its name says".to_owned());
        }
        _ => {}
    }
    // A library's own mistake about a damaged file is that file's trouble alone.
    match contained(|| book::read(bytes))? {
        Some(book) => book,
        None => plain::read(bytes, book::MOST_CELLS, book::MOST_COLUMNS).map(|plain| book::Book {
            grids: vec![plain.grid],
            hidden: Vec::new(),
            said: plain.said,
            left: Vec::new(),
        }),
    }
}
