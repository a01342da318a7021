//! One file's way from bytes to chapters, and what is told of it.

use std::collections::HashSet;

use super::counted::count;
use super::form::form;
use super::grid::{Fate, Grid};
use super::split::split;
use super::table::Table;
use super::taking::{File, OfYear, Shared, Taking};
use super::told::{fatal, place};
use super::{Import, Options, Taken, TakenLine, UNREADABLE, UNTOLD, book, own, plain, twice};
use crate::fault::contained;
use crate::model::{Currency, FiscalYear};

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
        if let Some(form) = form(grid).filter(|_| tables.is_empty()) {
            taken.extend(Taking::of_form(import, file, grid, &form));
        } else if tables.is_empty() {
            import.left.push(format!("{}: no table", place(name, grid, None)));
            grid.rows.iter().for_each(|row| row.mark(Fate::Named));
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
    let several = found.len() > 1 || !own.is_empty();
    let mut is_told = true;
    let mut before: Option<(&str, Shared)> = None;
    let mut grids = Vec::new();
    for (grid, table) in &found {
        let shared = before.take().filter(|(sheet, _)| *sheet == grid.name).map(|(_, shared)| shared);
        let of_sheet = || Shared::of(found.iter().filter(|(other, _)| other.name == grid.name));
        let shared = shared.unwrap_or_else(of_sheet);
        match Taking::of(import, file, grid, table, &shared) {
            Some((one, shared)) => {
                before = Some((&grid.name, shared));
                grids.push((*grid, taken.len()));
                taken.push(one);
            }
            None => is_told = false,
        }
    }
    twice::tell_sheets(import, name, &grids, &taken);
    for sheet in sheets.iter().filter(|_| is_told) {
        count(import, name, &sheet.iter().map(|(grid, _)| grid).collect::<Vec<_>>());
    }
    gather(import, taken, several, !own.is_empty());
}

/// The sheets of a file: of a workbook, or else of lines of text.
fn opened(bytes: &[u8]) -> Result<book::Book, String> {
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

/// Joins what tables say of one year. Where several say it, each is a group of its own unless their accounts tell them apart.
fn gather(import: &mut Import, taken: Vec<Taking>, several: bool, has_own: bool) {
    let mut said: HashSet<(FiscalYear, Currency)> = HashSet::new();
    let mut of =
        taken.iter().flat_map(|taking| taking.years.iter().map(|of| (of.year, taking.unit.currency())));
    let several = several && (has_own || of.any(|of| !said.insert(of)));
    let accounts: Vec<&String> = taken.iter().filter_map(|taking| taking.account.as_ref()).collect();
    let are_accounts = accounts.len() == taken.len()
        && (1..accounts.len()).all(|at| !accounts[..at].contains(&accounts[at]));
    let titles = titles(&taken);
    for (taking, title) in taken.into_iter().zip(titles) {
        let rounding = taking.rounding();
        for OfYear { year, stage, mut lines, total, empty } in taking.years {
            if several && !are_accounts {
                lines = vec![TakenLine {
                    title: title.clone(),
                    amounts: total.clone(),
                    empty: empty.clone(),
                    is_complete: true,
                    children: lines,
                    ..TakenLine::default()
                }];
            }
            let at = import.chapters.iter().position(|chapter| {
                chapter.kept.is_none()
                    && chapter.year == year
                    && chapter.unit.currency() == taking.unit.currency()
            });
            match at.and_then(|at| import.chapters.get_mut(at)) {
                Some(chapter) => {
                    let origin = chapter.origins.len();
                    lines.iter_mut().for_each(|line| moved(line, origin));
                    chapter.origins.push(taking.origin.clone());
                    chapter.lines.extend(lines);
                    chapter.rounding = chapter.rounding.filter(|_| chapter.rounding == rounding);
                    chapter.notes.extend(taking.notes.iter().cloned());
                    chapter.total.clear();
                    chapter.empty.clear();
                }
                None => import.chapters.push(Taken {
                    origins: vec![taking.origin.clone()],
                    title: taking.title.clone(),
                    ministry: taking.ministry.clone(),
                    unit: taking.unit,
                    year,
                    stage,
                    rounding,
                    lines,
                    total,
                    empty,
                    notes: taking.notes.clone(),
                    kept: None,
                }),
            }
        }
    }
}

/// What the groups of several tables are called: after their sheets, after what stands above them where a sheet has several.
fn titles(taken: &[Taking]) -> Vec<String> {
    let sheet = |taking: &Taking| taking.origin.sheet.as_deref().unwrap_or_default().trim().to_owned();
    // A title that only some have is about all of them.
    let own = |taking: &Taking| taking.title.clone().unwrap_or_default();
    let are_apart = |titles: &[String]| {
        titles
            .iter()
            .all(|title| !title.is_empty() && titles.iter().filter(|other| *other == title).count() == 1)
    };
    let head = |taking: &Taking| taking.head.clone();
    let found = [&sheet as &dyn Fn(&Taking) -> String, &own, &head].into_iter();
    let mut found = found.map(|name| taken.iter().map(name).collect::<Vec<_>>());
    found.find(|titles| are_apart(titles)).unwrap_or_else(|| {
        taken
            .iter()
            .map(|taking| {
                let title = taking.title.clone().unwrap_or_else(|| sheet(taking));
                format!("{title} {}", taking.origin.range.0).trim().to_owned()
            })
            .collect()
    })
}

fn moved(line: &mut TakenLine, origin: usize) {
    line.origin.origin = origin;
    line.amounts.iter_mut().for_each(|amount| amount.place.origin = origin);
    line.empty.iter_mut().for_each(|empty| empty.place.origin = origin);
    line.children.iter_mut().for_each(|child| moved(child, origin));
}
