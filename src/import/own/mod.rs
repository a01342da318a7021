//! A sheet that gaisan made itself. Beside each row, in columns that are not shown, stands what it was made from and what it showed then;
//! so what is as it was comes in as it was written, and only what an officer changed is read from the sheet.

mod asked;
mod entries;
mod groups;
mod line;
mod noted;
mod put_in;
mod reworded;
mod row;
mod said;
mod splits;
mod strays;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::formula::ROUNDINGS;
use super::grid::{Fate, Filled, Grid, Row};
use super::told::{fatal, place, tell};
use super::{Cell, Figure, Import, Options, Origin, Taken, UNTOLD};
use crate::model::{FiscalYear, Lang, Rounding, Stage, Unit};
pub(crate) use entries::{Entries, entries, text, unveiled, veiled};
pub(crate) use groups::groups;
use line::Taking;
use row::{Read, moved, read};
pub(crate) use said::counted;

/// What stands above the heads of a sheet of ours, column by column.
pub(crate) const NUMBER: &str = "gaisan:number";
pub(crate) const TITLE: &str = "gaisan:title";
pub(crate) const CHANGE: &str = "gaisan:change";
pub(crate) const RATE: &str = "gaisan:rate";
pub(crate) const NOTES: &str = "gaisan:notes";
pub(crate) const ID: &str = "gaisan:id";
pub(crate) const LINE: &str = "gaisan:line";
pub(crate) const SHOWN: &str = "gaisan:shown";
/// The texts above the lines, as they were: the heading and the ministry, and by what the columns hold their heads.
pub(crate) const HEADS: &str = "heads";
pub(crate) const HEADING: &str = "gaisan:heading";
pub(crate) const MINISTRY: &str = "gaisan:ministry";
/// How deep a row stood, and of the row of the chapter how many rows there were.
pub(crate) const DEPTH: &str = "gaisan:depth";
pub(crate) const ROWS: &str = "gaisan:rows";
/// Of the row of the chapter, the ids of all lines.
pub(crate) const IDS: &str = "ids";
/// Which total a row is counted in: how deep the line lies that has it as a part. A row that was put in has none.
pub(crate) const LEVEL: &str = "gaisan:level";
/// Above the columns of what such rows come to below each line.
pub(crate) const INSERTED: &str = "gaisan:inserted";
/// What a sheet says that is worked out from others and is not to be taken.
pub(crate) const YEARS: &str = "gaisan:years";
/// The keys of rows that are no lines.
pub(crate) const ACCOUNT: &str = "account";
pub(crate) const INSTRUMENT: &str = "instrument";
pub(crate) const REST: &str = "rest";
pub(crate) const GROUP: &str = "group_row";

/// What is said of the sheet of the years.
pub(super) const FOLLOWS: &str = "what follows from the files of other years";

/// The digits that a spreadsheet keeps of a number.
pub(crate) const MOST_DIGITS: usize = 15;

/// The figures that columns hold, with what stands above them and the keys of a line that lead to each.
const FIGURES: [(Figure, &str, &[&str]); 6] = [
    (Figure::Requested, "gaisan:requested", &["requested", "amount"]),
    (Figure::Request, "gaisan:request", &["requested", "request"]),
    (Figure::Wish, "gaisan:wish", &["requested", "wish"]),
    (Figure::Prior, "gaisan:prior", &["prior", "amount"]),
    (Figure::Enacted, "gaisan:enacted", &["enacted"]),
    (Figure::Supplementary, "gaisan:supplementary", &["supplementary"]),
];

/// The function of spreadsheets that rounds by a rule.
pub(crate) fn rounding(rule: Rounding) -> &'static str {
    ROUNDINGS.iter().find(|(_, known)| *known == rule).map_or("ROUND(", |(word, _)| *word)
}

/// The keys of a line that lead to a figure.
pub(crate) fn keys_of(figure: Figure) -> &'static [&'static str] {
    FIGURES.iter().find(|(known, ..)| *known == figure).map_or(&[], |(.., path)| path)
}

/// What stands above the column of a figure.
pub(crate) fn word(figure: Figure) -> &'static str {
    FIGURES.iter().find(|(known, ..)| *known == figure).map_or("", |(_, word, _)| word)
}

/// The columns of a sheet of ours.
struct Keys {
    row: usize,
    columns: BTreeMap<String, usize>,
}

/// Whether a sheet is one that gaisan made.
pub(super) fn is_ours(grid: &Grid) -> bool {
    is_worked_out(grid) || keys(grid).is_some() || is_headless(grid)
}

/// Whether a sheet without the row that says what its columns hold has the other rows of one of ours.
fn is_headless(grid: &Grid) -> bool {
    let is_top = |cell: &Filled| text(&entries(&cell.text), &["gaisan"]).is_some();
    grid.rows.iter().flat_map(|row| &row.cells).any(is_top)
}

/// Whether a sheet only says what follows from others.
fn is_worked_out(grid: &Grid) -> bool {
    grid.rows.first().is_some_and(|row| row.cells.iter().any(|cell| cell.text == YEARS))
}

/// The columns of a sheet, if it is one with lines.
fn keys(grid: &Grid) -> Option<Keys> {
    let is_ours = |row: &Row| row.cells.iter().any(|cell| cell.text == ID || cell.text == TITLE);
    let row = grid.rows.iter().take(60).position(is_ours)?;
    let cells = &grid.rows.get(row)?.cells;
    let columns = cells.iter().map(|cell| (cell.text.clone(), cell.column)).collect();
    Some(Keys { row, columns })
}

/// Takes a sheet of ours as a chapter.
pub(super) fn take(import: &mut Import, name: &str, grid: &Grid, options: &Options) {
    let here = place(name, grid, None);
    for (cell, thing) in &grid.beside {
        import.left.push(format!("{}: {thing}", place(name, grid, *cell)));
    }
    let Some(keys) = &keys(grid) else {
        if is_headless(grid) {
            let what = format!(
                "{here}: the row above the heads is gone, which is not shown and says what each column holds"
            );
            return fatal(import, &here, UNTOLD, what, "put it back, or export the chapter again");
        }
        import.left.push(format!("{here}: {FOLLOWS}"));
        grid.rows.iter().for_each(|row| row.mark(Fate::Named));
        return;
    };
    if [ID, LINE, SHOWN].iter().any(|key| keys.of(key).is_none()) {
        let what = format!(
            "{here}: columns are gone that are not shown and say what each row was made from and showed"
        );
        return fatal(import, &here, UNTOLD, what, "put them back, or export the chapter again");
    }
    grid.rows.iter().skip(keys.row).take(2).for_each(|row| row.mark(Fate::Taken));
    let rows = rows(grid, keys);
    if let Some((what, help)) = moved(&rows, grid, keys, &here) {
        return fatal(import, &here, UNTOLD, what, help);
    }
    let Some((top, unit, year, stage)) = head(import, &here, grid, keys, &rows, options) else { return };
    let mut cells = grid.rows.iter().flat_map(|row| &row.cells);
    let mut taking = Taking {
        grid,
        keys,
        unit,
        remarks: Vec::new(),
        owners: strays::owners(&rows, grid, keys, unit),
        is_english: strays::is_english(top),
        is_translated: top.text("lang").is_none_or(|lang| !lang.starts_with("en")),
        changed: Vec::new(),
        in_brackets: Vec::new(),
        has_numbers: cells.any(Filled::is_number),
    };
    let splits = taking.splits(&rows);
    let mut kept = taking.line(top, &splits);
    let groups = taking.groups(&rows);
    taking.reworded(&rows, top, &mut kept, &groups);
    taking.strays(&rows, &splits);
    let mut at = 0;
    let lines = taking.below(&rows, (&splits, &groups), &mut at, None);
    rows.iter().for_each(|row| told(import, &here, grid, keys, row));
    let made = text(&top.shown, &[IDS]).unwrap_or_default();
    kept.is_complete = changes(import, (name, grid), &mut taking, &rows, top);
    let first = Cell { row: keys.row + 1, column: 0 };
    let last = Cell { row: grid.rows.len().saturating_sub(1), column: keys.of(NOTES).unwrap_or(0) };
    let origin = Origin {
        file: name.to_owned(),
        sheet: (!grid.name.is_empty()).then(|| grid.name.clone()),
        range: (first, last),
    };
    import.tables.push(taking.understood(origin.clone(), &lines, year));
    tell(import, name, grid, taking.remarks);
    import.year = import.year.max(Some(year));
    import.chapters.push(Taken {
        origins: vec![origin],
        title: text(&kept.kept, &["title"]).map(str::to_owned),
        ministry: text(&kept.kept, &["ministry"]).map(str::to_owned),
        unit,
        year,
        stage,
        rounding: None,
        lines,
        total: kept.amounts.clone(),
        empty: Vec::new(),
        notes: Vec::new(),
        unremarked: Vec::new(),
        unmarked: Vec::new(),
        kept: Some(kept),
        made: made.split_whitespace().map(str::to_owned).collect(),
    });
}

/// Notes what was changed, and tells whether all rows are there that were made.
fn changes(
    import: &mut Import,
    (name, grid): (&str, &Grid),
    taking: &mut Taking<'_>,
    rows: &[Read<'_>],
    top: &Read<'_>,
) -> bool {
    taking.changed.sort_unstable();
    import.changed.extend(taking.changed.iter().map(|cell| place(name, grid, Some(*cell))));
    let there = rows.iter().filter(|row| !row.shown.is_empty()).count();
    let made = text(&top.shown, &[ROWS]).and_then(|rows| rows.parse().ok());
    let is_whole = made.is_none_or(|made: usize| made <= there);
    import.changed.extend((!is_whole).then(|| place(name, grid, None)));
    is_whole
}

/// The rows below the heads.
fn rows<'g>(grid: &'g Grid, keys: &Keys) -> Vec<Read<'g>> {
    let mut rows: Vec<Read<'g>> =
        (keys.row + 2..grid.rows.len()).filter_map(|at| read(grid, keys, at)).collect();
    let says_amount =
        |row: &Read<'_>| FIGURES.iter().any(|(_, word, _)| row.cell(grid, keys, word).is_some());
    for row in rows.iter_mut().rev().take_while(|row| row.id.is_empty()) {
        row.is_remark = !says_amount(row);
    }
    set_in(&mut rows);
    // A row of an account belongs to the line above it.
    for at in 1..rows.len() {
        if let Some([before, row]) = rows.get_mut(at - 1..=at)
            && row.is_split()
            && row.id.is_empty()
        {
            row.id.clone_from(&before.id);
        }
    }
    rows
}

/// Where a file keeps no indents, as those of old programs do not, rows are set in as they were, and new ones as what they stand below.
fn set_in(rows: &mut [Read<'_>]) {
    if rows.iter().any(|row| row.inset > 0) {
        return;
    }
    let mut last = 0;
    for row in rows {
        row.inset = match text(&row.shown, &[DEPTH]).and_then(|depth| depth.parse::<usize>().ok()) {
            Some(depth) => 2 * depth,
            None if row.shown.is_empty() => last,
            None => 0,
        };
        if !row.is_split() {
            last = row.inset;
        }
    }
}

/// The row of the chapter, with what the sheet says of all its lines; a sheet that cannot be taken is told of.
fn head<'r, 'g>(
    import: &mut Import,
    here: &str,
    grid: &Grid,
    keys: &Keys,
    rows: &'r [Read<'g>],
    options: &Options,
) -> Option<(&'r Read<'g>, Unit, FiscalYear, Stage)> {
    let Some(top) = rows.iter().find(|row| row.text("gaisan").is_some()) else {
        let what = format!("{here}: the row of the chapter is gone, which says the year and the unit");
        fatal(import, here, UNTOLD, what, "export it again, and put the row 計 back");
        return None;
    };
    let unit = top.text("unit").and_then(Unit::parse);
    let year = options
        .year()
        .or_else(|| keys.year(grid))
        .or_else(|| FiscalYear::parse_in(top.text("fiscal_year")?, options.calendar).ok());
    let stage = options.stage.or_else(|| crate::read::stage_named(top.text("stage")?));
    let (Some(unit), Some(year)) = (unit, year) else {
        let what = format!("{here}: what the sheet was made from does not say the year and the unit");
        fatal(import, here, UNTOLD, what, "export it again");
        return None;
    };
    let mut stated = grid.rows.iter().take(keys.row).flat_map(|row| &row.cells).filter_map(|cell| {
        let unit = super::units::unit(&cell.text)?;
        cell.mark(Fate::Taken);
        Some(unit)
    });
    if let Some(other) = stated.find(|other| *other != unit) {
        let (other, unit) = (other.label(Lang::Ja), unit.label(Lang::Ja));
        let what = format!("{here}: its lines are in {unit}, and the sheet says {other} now");
        fatal(import, here, UNTOLD, what, "write the unit of the chapter back, or export it again");
        return None;
    }
    let stage = stage.unwrap_or(Stage::Request);
    let is_same =
        |chapter: &Taken| (chapter.id(), chapter.year, chapter.stage) == (Some(top.id.as_str()), year, stage);
    if import.chapters.iter().any(is_same) {
        let what = format!("{here}: the chapter `{}` of {} is on another sheet, too", top.id, year.slug());
        fatal(import, here, UNTOLD, what, "import one of them, with `--sheet`");
        return None;
    }
    Some((top, unit, year, stage))
}

/// Tells what became of the cells of a row. What stands in columns of the officer's own is named with what else is left.
fn told(import: &mut Import, here: &str, grid: &Grid, keys: &Keys, row: &Read<'_>) {
    let is_left = row.is_new_total().then_some("which adds up others");
    if let Some(why) = is_left.or(row.is_memo().then_some("which is only for reference")) {
        import.left.push(format!("{here}: row {}, `{}`, {why}", row.at + 1, row.title));
    }
    // What stands in a row of an officer's own that is no line is named with what else is left.
    if row.is_nameless() || row.is_remark || row.is_new_split() || row.is_foreign {
        return;
    }
    let is_left = row.is_new_total() || row.is_memo() || row.is_worked_out();
    for (word, column) in &keys.columns {
        let is_worked_out = is_left || [CHANGE, RATE].contains(&word.as_str());
        let fate = if is_worked_out { Fate::Named } else { Fate::Taken };
        grid.mark(Cell { row: row.at, column: *column }, fate);
    }
}

impl Keys {
    fn of(&self, key: &str) -> Option<usize> {
        self.columns.get(key).copied()
    }

    /// Which edition of which chapter the sheet is of: `fy2022/mext-5 · 版 …`.
    fn edition<'g>(&self, grid: &'g Grid) -> Cow<'g, str> {
        let cell = self.of(ID).and_then(|column| grid.rows.get(self.row + 1)?.cell(column));
        cell.map_or(Cow::Borrowed(""), |cell| unveiled(&cell.text))
    }

    fn year(&self, grid: &Grid) -> Option<FiscalYear> {
        let edition = self.edition(grid);
        let (folder, _) = edition.split_once('/')?;
        FiscalYear::new(folder.strip_prefix("fy")?.parse().ok()?)
    }
}
