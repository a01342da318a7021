//! One file's way from bytes to chapters, and what is told of it.

use std::collections::BTreeMap;

use super::above::above;
use super::chapter::{Meant, Year, meant};
use super::form::{Form, form};
use super::grid::Grid;
use super::rows::{Entry, Remark, entries};
use super::table::{Column, Table, tables};
use super::told::{Told, Understood, fatal, place, tell};
use super::tree::{Context, tree};
use super::words::{self, Meaning, Role};
use super::{
    Cell, Figure, Import, Options, Origin, Taken, TakenLine, UNREADABLE, UNTOLD, book, plain, verify,
};
use crate::model::{FiscalYear, Stage, Unit};

/// Takes what a file holds.
pub(super) fn file(import: &mut Import, name: &str, bytes: &[u8], options: &Options) {
    let read = match book::read(bytes) {
        Some(book) => book,
        None => plain::read(bytes, book::MOST_CELLS, book::MOST_COLUMNS).map(|plain| book::Book {
            grids: vec![plain.grid],
            hidden: Vec::new(),
            said: plain.said,
        }),
    };
    let book = match read {
        Ok(book) => book,
        Err(why) => {
            fatal(
                import,
                name,
                UNREADABLE,
                format!("`{name}` cannot be read: {why}"),
                "save it again as .xlsx or .csv",
            );
            return;
        }
    };
    import.left.extend(book.hidden.iter().map(|sheet| format!("{name} {sheet}: a hidden sheet")));
    let is_asked = |grid: &&Grid| options.sheets.is_empty() || options.sheets.contains(&grid.name);
    let mut found = Vec::new();
    let mut taken = Vec::new();
    for grid in book.grids.iter().filter(is_asked) {
        let tables = tables(grid, &options.map);
        if let Some(form) = form(grid).filter(|_| tables.is_empty()) {
            taken.extend(Taking::of_form(import, name, grid, &form, options));
        } else if tables.is_empty() {
            import.left.push(format!("{}: no table", place(name, grid, None)));
        }
        for (cell, thing) in &grid.beside {
            import.left.push(format!("{}: {thing}", place(name, grid, *cell)));
        }
        found.extend(tables.into_iter().map(|table| (grid, table)));
    }
    if found.is_empty() && taken.is_empty() {
        if import.is_unreadable() && !import.findings.is_empty() {
            return;
        }
        let what = format!("`{name}` has no table with a header and amounts");
        fatal(
            import,
            name,
            UNTOLD,
            what,
            "its header needs a word such as 要求額, 予算額 or Budget above a column of numbers",
        );
        return;
    }
    let several = found.len() > 1;
    for (grid, table) in found {
        if let Some(one) = Taking::of(import, name, &book.said, grid, table, options) {
            taken.push(one);
        }
    }
    gather(import, taken, several);
}

/// What one table gave: its chapters by their years.
struct Taking {
    origin: Origin,
    title: Option<String>,
    ministry: Option<String>,
    account: Option<String>,
    unit: Unit,
    stage: Stage,
    notes: Vec<String>,
    years: Vec<(FiscalYear, Vec<TakenLine>, Vec<super::TakenAmount>)>,
}

/// The year that a table is about, where neither the caller nor a title says it.
fn year_of(table: &Table, entries: &[Entry], file: &str) -> Option<FiscalYear> {
    let of = |wanted: &dyn Fn(Meaning) -> bool| {
        let columns = table
            .columns
            .iter()
            .filter(|column| matches!(column.role, Role::Amount(meaning) if wanted(meaning)));
        columns.filter_map(|column| column.year(None)).max()
    };
    entries
        .iter()
        .filter_map(|entry| entry.year)
        .max()
        .or_else(|| of(&|meaning| meaning == Meaning::Requested))
        .or_else(|| of(&|meaning| matches!(meaning, Meaning::Budget | Meaning::Enacted)))
        .or_else(|| of(&|meaning| meaning != Meaning::Settled))
        .or_else(|| words::year(&file.to_uppercase(), None))
}

impl Taking {
    fn of(
        import: &mut Import,
        name: &str,
        kind: &str,
        grid: &Grid,
        table: Table,
        options: &Options,
    ) -> Option<Self> {
        let above = above(grid, &table, name);
        let sheet = (!grid.name.is_empty()).then(|| grid.name.clone());
        let stated = table.figures().iter().find_map(|column| column.unit);
        let found = options.unit().map(|unit| (unit, "as asked".to_owned()));
        let found = found.or_else(|| above.unit.clone()).or_else(|| Some((stated?, "the header".to_owned())));
        let start =
            Cell { row: table.header.start, column: table.columns.first().map_or(0, |column| column.at) };
        let here = place(name, grid, Some(start));
        let any = Unit::parse("million USD").filter(|_| options.is_check);
        let Some((unit, unit_from)) = found.or_else(|| Some((any?, "any".to_owned()))) else {
            let what = format!("{here}: the sheet does not say in which unit its amounts are");
            fatal(import, &here, UNTOLD, what, "say it, as in `--unit 千円` or `--unit \"thousand USD\"`");
            return None;
        };
        let mut entries = entries(grid, &table, unit);
        let Some(base) = options
            .year()
            .or(above.year)
            .or_else(|| year_of(&table, &entries.list, name))
            .or_else(|| FiscalYear::new(2000).filter(|_| options.is_check))
        else {
            let what = format!("{here}: the sheet does not say which fiscal year it is about");
            fatal(import, &here, UNTOLD, what, "say it, as in `--year R9` or `--year FY2027`");
            return None;
        };
        let verified = verify::verify(grid, &table, &mut entries, base, unit);
        let stage = options.stage.unwrap_or_else(|| stage(&table, above.title.as_deref()));
        let end = Cell {
            row: entries.list.last().map_or(table.header.end, |entry| entry.row),
            column: table.columns.last().map_or(0, |column| column.at),
        };
        let origin = Origin { file: name.to_owned(), sheet: sheet.clone(), range: (start, end) };
        let mut taking = Self {
            origin: origin.clone(),
            title: above.title.clone(),
            ministry: above.ministry.clone(),
            account: above
                .account
                .clone()
                .or_else(|| sheet.filter(|sheet| sheet.ends_with("会計") || sheet.ends_with("特会"))),
            unit,
            stage,
            notes: entries.notes.clone(),
            years: Vec::new(),
        };
        let mut told = Told::with(verified);
        let mut remarks = std::mem::take(&mut entries.remarks);
        for (year, list) in by_year(std::mem::take(&mut entries.list), base) {
            let meant = meant(&entries.columns, year);
            let main = taking.year(&list, &entries.columns, &meant, &mut told, &mut remarks);
            import.year = import.year.max(main);
            told.meant = meant;
        }
        let mut understood = told.understood(origin, kind, &table, &entries, (unit, unit_from), base);
        let hidden = table.columns.iter().filter(|column| grid.hidden_columns.contains(&column.at)).count();
        if hidden > 0 {
            understood.said.push(format!("{hidden} of its columns are hidden and were read"));
        }
        import.tables.push(understood);
        import.left.extend(
            above.left.iter().map(|(cell, text)| format!("{}: `{text}`", place(name, grid, Some(*cell)))),
        );
        tell(import, name, grid, remarks);
        Some(taking)
    }

    /// Takes the program of a form.
    fn of_form(
        import: &mut Import,
        name: &str,
        grid: &Grid,
        form: &Form<'_>,
        options: &Options,
    ) -> Option<Self> {
        let origin = Origin {
            file: name.to_owned(),
            sheet: (!grid.name.is_empty()).then(|| grid.name.clone()),
            range: (Cell::default(), form.end),
        };
        let Some(year) = options.year().or(form.year()).or_else(|| words::year(&name.to_uppercase(), None))
        else {
            let what = format!("{origin}: the form does not say which fiscal year it is about");
            fatal(import, &place(name, grid, None), UNTOLD, what, "say it, as in `--year R9`");
            return None;
        };
        let mut remarks = Vec::new();
        let (line, unit) = form.line(options.unit(), &mut remarks);
        tell(import, name, grid, remarks);
        import.year.get_or_insert(year);
        let said = vec![format!("a form of {} boxes: `{}`", form.count(), line.title)];
        import.tables.push(Understood { origin: origin.clone(), said, ..Understood::default() });
        Some(Self {
            origin,
            title: form.title.map(str::to_owned),
            ministry: None,
            account: None,
            unit: unit.unwrap_or_default(),
            stage: options.stage.unwrap_or(Stage::Request),
            notes: Vec::new(),
            years: vec![(year, vec![line], Vec::new())],
        })
    }

    /// Takes the rows of one year, which may state figures of others; gives the year that they are about.
    fn year(
        &mut self,
        list: &[Entry],
        columns: &[Column],
        meant: &[Meant],
        told: &mut Told,
        remarks: &mut Vec<Remark>,
    ) -> Option<FiscalYear> {
        let mut tree = tree(list, Context { columns, unit: self.unit });
        remarks.append(&mut tree.remarks);
        told.add(&tree, list, columns);
        let mut years: Vec<FiscalYear> = meant.iter().flatten().map(|(year, _)| *year).collect();
        years.sort_unstable();
        years.dedup();
        let main = meant.iter().flatten().find(|(_, figure)| *figure == Figure::Prior).map(|(year, _)| *year);
        let main = main.or_else(|| years.last().copied());
        for year in years {
            let account = self.account.as_deref();
            let of = Year {
                tree: &tree,
                entries: list,
                columns,
                meant,
                year,
                is_main: Some(year) == main,
                origin: 0,
                account,
            };
            let (lines, total) = (of.lines(), of.total());
            self.years.push((year, lines, total));
        }
        main
    }
}

/// The entries by the year that their rows state, or all of them in the year of the table.
fn by_year(list: Vec<Entry>, base: FiscalYear) -> BTreeMap<FiscalYear, Vec<Entry>> {
    let mut years: BTreeMap<FiscalYear, Vec<Entry>> = BTreeMap::new();
    for entry in list {
        years.entry(entry.year.unwrap_or(base)).or_default().push(entry);
    }
    years
}

fn stage(table: &Table, title: Option<&str>) -> Stage {
    let says = |words: &[&str]| {
        let headers = table.columns.iter().map(|column| column.header.as_str());
        title
            .into_iter()
            .chain(headers)
            .any(|text| words.iter().any(|word| text.to_lowercase().contains(word)))
    };
    if says(&["要求", "request"]) {
        Stage::Request
    } else if says(&["成立", "adopted", "enacted", "当初予算"]) {
        Stage::Enacted
    } else if says(&["予算案", "政府案", "proposed", "予算額"]) {
        Stage::Proposal
    } else {
        Stage::Request
    }
}

/// Joins what tables say of one year. Where several say it, each is a group of its own unless their accounts tell them apart.
fn gather(import: &mut Import, taken: Vec<Taking>, several: bool) {
    let accounts: Vec<&String> = taken.iter().filter_map(|taking| taking.account.as_ref()).collect();
    let are_accounts = accounts.len() == taken.len()
        && (1..accounts.len()).all(|at| !accounts[..at].contains(&accounts[at]));
    for taking in taken {
        for (year, mut lines, total) in taking.years {
            if several && !are_accounts {
                let title = taking.origin.sheet.clone().or(taking.title.clone()).unwrap_or_default();
                let amounts = total.clone();
                lines = vec![TakenLine {
                    title: title.trim().to_owned(),
                    amounts,
                    is_complete: true,
                    children: lines,
                    ..TakenLine::default()
                }];
            }
            let at = import.chapters.iter().position(|chapter| {
                chapter.year == year && chapter.unit.currency() == taking.unit.currency()
            });
            match at.and_then(|at| import.chapters.get_mut(at)) {
                Some(chapter) => {
                    let origin = chapter.origins.len();
                    lines.iter_mut().for_each(|line| moved(line, origin));
                    chapter.origins.push(taking.origin.clone());
                    chapter.lines.extend(lines);
                    chapter.notes.extend(taking.notes.iter().cloned());
                    chapter.total.clear();
                }
                None => import.chapters.push(Taken {
                    origins: vec![taking.origin.clone()],
                    title: taking.title.clone(),
                    ministry: taking.ministry.clone(),
                    unit: taking.unit,
                    year,
                    stage: taking.stage,
                    lines,
                    total,
                    notes: taking.notes.clone(),
                }),
            }
        }
    }
}

fn moved(line: &mut TakenLine, origin: usize) {
    line.origin.origin = origin;
    line.amounts.iter_mut().for_each(|amount| amount.place.origin = origin);
    line.children.iter_mut().for_each(|child| moved(child, origin));
}
