//! What one table or form gives: the lines of its years.

use std::collections::BTreeSet;

use super::above::{Above, above, overruled, unit};
use super::chapter::Year;
use super::counted::{mark_columns, mark_figures};
use super::form::Form;
use super::grid::{Fate, Grid};
use super::over::Over;
use super::readings::tree;
use super::remark::Remark;
use super::rows::{Entries, Entry, entries};
use super::stages::Stages;
use super::table::Table;
use super::titles::Side;
use super::told::{Told, Understood, fatal, place, tell};
use super::tree::Context;
use super::versions::office;
use super::which::{side, untakable};
use super::words::Role;
use super::years::{Meant, Years};
use super::{
    Cell, EmptyCell, Import, Options, Origin, TakenAmount, TakenLine, UNTOLD, about, amounts, bases, dollars,
    linked, titles, verify,
};
use crate::model::{FiscalYear, Rounding, Stage, Unit};

/// The file that tables are taken of.
#[derive(Clone, Copy)]
pub(super) struct File<'f> {
    pub(super) name: &'f str,
    /// What kind of file it is.
    pub(super) kind: &'f str,
    pub(super) options: &'f Options,
}

/// What one table gave: its chapters by their years.
#[derive(Default)]
pub(super) struct Taking {
    pub(super) origin: Origin,
    pub(super) title: Option<String>,
    /// What stands just above it, below the title of all.
    pub(super) heading: Option<String>,
    /// What stands above its lines' words.
    pub(super) head: String,
    pub(super) ministry: Option<String>,
    pub(super) account: Option<String>,
    pub(super) unit: Unit,
    pub(super) notes: Vec<String>,
    /// How the sheet says that its figures are rounded.
    rounding: &'static [Rounding],
    pub(super) years: Vec<OfYear>,
    /// The tables of other sheets that are the details of its lines, by the titles of these.
    pub(super) below: Vec<(String, Taking)>,
    /// A total below it that may be of several tables, with what its columns hold.
    pub(super) over: Option<(Over, Vec<Meant>)>,
    is_behind: bool,
    /// Whether it says what remarks its lines have, in a column or beside them.
    pub(super) is_remarked: bool,
    /// The level of its lines that says which of them are revenue.
    types: Option<usize>,
    /// Whether it shows revenue or what is spent.
    pub(super) side: Option<Side>,
}

/// The lines of one year.
pub(super) struct OfYear {
    pub(super) year: FiscalYear,
    pub(super) stage: Stage,
    pub(super) lines: Vec<TakenLine>,
    pub(super) total: Vec<TakenAmount>,
    pub(super) empty: Vec<EmptyCell>,
    /// Whether it says what remarks its lines have.
    pub(super) is_remarked: bool,
}

/// What one table of a sheet says for those below and beside it, too.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) unit: Option<(Unit, String)>,
    pub(super) year: Option<FiscalYear>,
    /// The year of all sheets of the file that say one.
    pub(super) of_file: Option<FiscalYear>,
    pub(super) title: Option<String>,
    pub(super) ministry: Option<String>,
    /// Whether a file has several tables.
    pub(super) is_several: bool,
    /// Whether one of its sheet was taken before.
    pub(super) is_behind: bool,
}

impl Shared {
    /// What any of the tables of a sheet says.
    pub(super) fn of<'t>(tables: impl Iterator<Item = &'t (&'t Grid, Table)>, is_several: bool) -> Self {
        let (mut shared, mut sheet) = (Self { is_several, ..Self::default() }, None::<&Grid>);
        for (grid, table) in tables {
            let above = above(grid, table.above.clone(), "");
            shared.unit = shared.unit.or(above.unit);
            shared.year = shared.year.or(above.year.map(|(year, _)| year));
            sheet = Some(grid);
        }
        shared.year = shared.year.or_else(|| about::named(&sheet?.name, sheet?.calendar));
        shared
    }
}

impl Taking {
    /// The one way in which the sheet says that its figures are rounded.
    pub(super) fn rounding(&self) -> Option<Rounding> {
        if let [only] = self.rounding { Some(*only) } else { None }
    }

    /// Takes a table; `None` where its unit or its year cannot be told, which is said.
    pub(super) fn of(
        import: &mut Import,
        file: File<'_>,
        grid: &Grid,
        table: &Table,
        before: &Shared,
    ) -> Option<(Self, Shared)> {
        let File { name, options, .. } = file;
        let mut above = above(grid, table.above.clone(), name).behind(before);
        let start =
            Cell { row: table.header.start, column: table.columns.first().map_or(0, |column| column.at) };
        let here = place(name, grid, Some(start));
        let mut untold = |what: &str, help| {
            fatal(import, &here, UNTOLD, format!("{here}: {what}"), help);
            None
        };
        let Some((unit, unit_from)) = unit(&mut above, table, grid, options, before) else {
            let (what, help) = without_unit(&above, before);
            return untold(&what, help);
        };
        let unit = dollars::of_sheet((unit, &unit_from), (grid, table), file, &mut above.remarks);
        let mut entries = entries(grid, table, unit);
        if let Some((what, help)) = untakable(table, &entries) {
            return untold(&what, help);
        }
        let year = about::year(&mut above, (grid, table), &entries.list, file, before);
        let Some(base) = year.or_else(|| FiscalYear::new(2000).filter(|_| options.is_check)) else {
            let what = "the sheet does not say which fiscal year it is about";
            return untold(what, "say it, as in `--year R9` or `--year FY2027`");
        };
        let stages = Stages::new(above.title.as_ref(), options, base);
        let mut remarks = stages.choose(&mut entries.columns, &entries.list);
        let rounding = rounding(grid, table, &entries);
        entries.rounding = rounding;
        let verified = verify::verify(grid, table, &mut entries, base, (unit, rounding));
        entries.add_up_supplements(grid, base, unit);
        let end = Cell {
            row: entries.list.last().map_or(table.header.end, |entry| entry.row),
            column: table.columns.last().map_or(0, |column| column.at),
        };
        let sheet = (!grid.name.is_empty()).then(|| grid.name.clone());
        let origin = Origin { file: name.to_owned(), sheet, range: (start, end) };
        let mut taking = Self::begun((grid, table), &mut above, before, origin.clone());
        (taking.unit, taking.notes, taking.rounding) = (unit, entries.notes.clone(), rounding);
        taking.know(table, &entries);
        let mut told = Told::with(verified);
        remarks.append(&mut above.remarks);
        remarks.append(&mut entries.remarks);
        remarks.extend(table.columns.iter().filter_map(|column| column.unknown(table)));
        remarks.extend(bases::asked(table));
        let list = linked::of_one_stage(grid, std::mem::take(&mut entries.list), options.stage, &mut remarks);
        for (year, list) in linked::by_year(list, base) {
            let main = taking.year(grid, &list, &entries, (year, &stages), &mut told, &mut remarks);
            import.year = import.year.max(main);
        }
        linked::link(&mut taking.years);
        let own = taking.years.iter().rfind(|of| of.year == base).or(taking.years.last());
        let stage = own.map_or(Stage::Request, |of| of.stage);
        mark_columns(grid, table, &entries, end.row);
        import.left.extend(entries.listed(name, grid));
        tell(import, name, grid, remarks);
        import.tables.push(told.understood(
            origin,
            file.kind,
            (grid, table),
            &entries,
            (unit, unit_from.clone()),
            (base, stage),
        ));
        let said = Shared {
            unit: Some((unit, unit_from)),
            year: Some(base),
            title: taking.title.clone(),
            ministry: taking.ministry.clone(),
            is_behind: true,
            ..*before
        };
        Some((taking, said))
    }

    /// What a table is, before its lines are taken.
    fn begun((grid, table): (&Grid, &Table), above: &mut Above, before: &Shared, origin: Origin) -> Self {
        let sheet = &origin.sheet;
        let account =
            above.account.clone().or_else(|| sheet.clone().filter(|sheet| titles::is_account(sheet)));
        let is_told = |text: &str| before.is_several || office(text).is_some();
        let heading = above.heading.take().filter(|(_, text)| is_told(text));
        heading.iter().for_each(|(cell, _)| grid.mark(*cell, Fate::Taken));
        let head = table.of(Role::Label).chain(table.of(Role::Name)).next();
        Self {
            origin,
            title: above.title.clone(),
            heading: heading.map(|(_, text)| text),
            head: head.map_or_else(String::new, |column| column.header.clone()),
            ministry: above.ministry.clone(),
            account,
            is_behind: before.is_behind,
            side: side(grid, table),
            ..Self::default()
        }
    }

    /// Notes what the rows of the table say of all of it.
    fn know(&mut self, table: &Table, entries: &Entries) {
        let is_noted = |entry: &Entry| !entry.notes.is_empty();
        self.is_remarked = table.of(Role::Notes).next().is_some() || entries.list.iter().any(is_noted);
        let mut types = table.of(Role::Type).map(|column| column.at);
        self.types = types.find_map(|at| entries.levels.iter().position(|level| *level == at));
    }

    /// Takes the program of a form.
    pub(super) fn of_form(import: &mut Import, file: File<'_>, grid: &Grid, form: &Form<'_>) -> Option<Self> {
        let File { name, options, .. } = file;
        let origin = Origin {
            file: name.to_owned(),
            sheet: (!grid.name.is_empty()).then(|| grid.name.clone()),
            range: (Cell::default(), form.end),
        };
        let mut above = above(grid, form.above.clone(), name);
        let Some(year) = about::year_of_form(&mut above, grid, file) else {
            let what = format!("{origin}: the form does not say which fiscal year it is about");
            fatal(import, &place(name, grid, None), UNTOLD, what, "say it, as in `--year R9`");
            return None;
        };
        form.mark();
        let said = above.unit.as_ref().map(|(unit, from)| (*unit, from.as_str()));
        let wrong = options.unit().zip(said).filter(|(asked, (said, _))| asked != said);
        above.remarks.extend(wrong.map(|(asked, said)| overruled(Cell::default(), said, asked)));
        let mut remarks = std::mem::take(&mut above.remarks);
        let unit = options.unit().or(said.map(|(unit, _)| unit)).or(form.unit());
        let (line, unit) = form.line(unit, &mut remarks);
        tell(import, name, grid, remarks);
        import.year.get_or_insert(year);
        let title = line.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = vec![format!("a form of {} boxes: `{title}`", form.count())];
        import.tables.push(Understood { origin: origin.clone(), said, ..Understood::default() });
        let of_title = above.title.as_deref().and_then(amounts::staged);
        Some(Self {
            origin,
            title: above.title,
            is_remarked: true,
            ministry: form.ministry().or(above.ministry),
            unit: unit.unwrap_or_default(),
            years: vec![OfYear {
                empty: Vec::new(),
                is_remarked: true,
                year,
                stage: options.stage.or(of_title).unwrap_or(Stage::Request),
                lines: vec![line],
                total: Vec::new(),
            }],
            ..Self::default()
        })
    }

    /// Takes the rows of one year, which may state figures of others; gives the year that they are about.
    fn year(
        &mut self,
        grid: &Grid,
        list: &[Entry],
        entries: &Entries,
        (base, stages): (FiscalYear, &Stages),
        told: &mut Told,
        remarks: &mut Vec<Remark>,
    ) -> Option<FiscalYear> {
        let columns = entries.columns.as_slice();
        let years = Years::new(columns, base);
        let meant = years.meant();
        let (unit, rounding, is_behind) = (self.unit, self.rounding, self.is_behind);
        let mut tree = tree(
            list,
            Context { grid, columns, unit, rounding, is_behind, has_account: self.account.is_some() },
        );
        self.over = tree.over.take().map(|over| (over, meant.clone()));
        mark_figures(grid, &tree, &meant);
        remarks.extend(years.left_over(list, &meant));
        told.otherwise = (0..columns.len()).map(|at| years.is_said_otherwise(at, &meant)).collect();
        told.count(&tree);
        tree.leave_revenue(grid, list, self.types);
        tree.tell_sides();
        remarks.append(&mut tree.remarks);
        told.add(&tree, list, columns);
        let of_years: BTreeSet<FiscalYear> = meant.iter().flatten().map(|(year, _)| *year).collect();
        let main = years.main();
        for year in of_years {
            let of = Year {
                grid,
                tree: &tree,
                entries: list,
                columns,
                meant: &meant,
                year,
                is_main: Some(year) == main,
                origin: 0,
                account: self.account.as_deref(),
            };
            let (lines, total, empty) = (of.lines(), of.total(), of.total_empty());
            let said = list.iter().filter(|_| year == base).find_map(|entry| linked::stage(&entry.when));
            let stage = said.filter(|_| stages.is_open()).unwrap_or_else(|| stages.of(&years, year));
            told.stages.insert(year, stage);
            let is_remarked = Some(year) == main && self.is_remarked;
            self.years.push(OfYear { year, stage, lines, total, empty, is_remarked });
        }
        told.meant = meant;
        main
    }
}

/// What is said where no unit is.
fn without_unit(above: &Above, before: &Shared) -> (String, &'static str) {
    let what = match above.scale {
        _ if let Some(said) = &above.unclear => {
            format!("`{said}` names no unit that is known; amounts are never taken in another one")
        }
        Some(scale) => format!("the sheet counts in {scale}s, and does not say of which currency"),
        None => "the sheet does not say in which unit its amounts are".to_owned(),
    };
    let help = match before.is_several {
        true => "say it, as in `--unit 千円`, or read the other sheets alone with `--sheet NAME`",
        false => "say it, as in `--unit 千円` or `--unit \"thousand USD\"`",
    };
    (what, help)
}

/// How the remarks around a table say that it is rounded.
fn rounding(grid: &Grid, table: &Table, entries: &Entries) -> &'static [Rounding] {
    let above = grid.rows.get(table.above.clone()).unwrap_or_default();
    let above = above.iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str());
    let all = entries.notes.iter().map(String::as_str).chain(above);
    all.map(Rounding::said).find(|rules| !rules.is_empty()).unwrap_or_default()
}
