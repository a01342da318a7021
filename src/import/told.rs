//! What is told of a file: how its tables were understood, and what a person should look at.

use std::collections::BTreeMap;

use super::grid::{Fate, Filled, Grid, Kind};
use super::map::{said_role, word};
use super::remark::{Remark, counted, some};
use super::rows::{Entries, Entry};
use super::table::{Column, Table, is_numeric};
use super::totals::amount;
use super::tree::Tree;
use super::words::{Meaning, Role};
use super::years::Meant;
use super::{Cell, Figure, Import, Origin};
use crate::diagnostic::Diagnostic;
use crate::model::{FiscalYear, Lang, Stage, Unit};
use crate::source::Span;

/// How a table was understood.
#[derive(Clone, Debug, Default)]
pub struct Understood {
    /// Where it is.
    pub origin: Origin,
    /// What was found out of it, a line each.
    pub said: Vec<String>,
    /// The year that it is about, and where in its life the budget of that stands, where it says it.
    pub when: Option<(FiscalYear, Option<Stage>)>,
    /// Its columns.
    pub columns: Vec<UnderstoodColumn>,
    /// What each line at the top adds to its first column of amounts, where there are few.
    pub groups: BTreeMap<String, String>,
}

/// How a column was understood.
#[derive(Clone, Debug)]
pub struct UnderstoodColumn {
    /// The first cell of the column in the table.
    pub cell: Cell,
    /// The words above it.
    pub header: String,
    /// What it was taken as.
    pub taken: String,
    /// Whether a chapter has its figures or words, or they were verified: the sum of what is not taken would read as that of what is.
    pub is_taken: bool,
    /// The word for that in a map of columns.
    pub role: &'static str,
    /// What its lines add up to, in each year.
    pub sums: Vec<(FiscalYear, String)>,
    /// What the row says that adds up all, where there is one.
    pub total: Option<String>,
}

/// The most findings of one kind that a table is told of.
const MOST_FINDINGS: usize = 40;
/// The most lines at the top of which a report tells the sums.
const MOST_GROUPS: usize = 12;

pub(super) fn place(name: &str, grid: &Grid, cell: Option<Cell>) -> String {
    let cell = cell.map(|cell| cell.to_string()).unwrap_or_default();
    match (grid.name.is_empty(), cell.is_empty()) {
        (true, _) => format!("{name} {cell}").trim_end().to_owned(),
        (false, true) => format!("{name} {}", grid.name),
        (false, false) => format!("{name} {}!{cell}", grid.name),
    }
}

pub(super) fn fatal(import: &mut Import, name: &str, code: &'static str, what: String, help: &str) {
    let file = import.sources.add_cell(name, "");
    let span = Span { file, start: 0, end: 0 };
    import.findings.push(Diagnostic::new(code, span, what).help(help));
}

/// What is told of a table while its years are taken.
#[derive(Default)]
pub(super) struct Told {
    verified: usize,
    totals: usize,
    lines: usize,
    levels: usize,
    sums: Vec<Vec<(FiscalYear, i128)>>,
    groups: BTreeMap<String, i128>,
    totals_said: Vec<Option<String>>,
    pub(super) meant: Vec<Meant>,
    /// Where the budget of each year stands.
    pub(super) stages: BTreeMap<FiscalYear, Stage>,
    /// Of which columns another one says what they would be taken for.
    pub(super) otherwise: Vec<bool>,
}

impl Told {
    /// Begins with the figures that are verified already.
    pub(super) fn with(verified: usize) -> Self {
        Self { verified, ..Self::default() }
    }

    /// Counts what a tree has, revenue too.
    pub(super) fn count(&mut self, tree: &Tree) {
        self.verified += tree.verified;
        self.totals += tree.totals;
        self.lines += tree.lines();
        self.levels = self.levels.max(depth(tree, 0, 0));
        let groups = tree.children(0).len();
        for (title, sum) in tree.tops().take(if groups <= MOST_GROUPS { groups } else { 0 }) {
            *self.groups.entry(title.to_owned()).or_default() += sum;
        }
    }

    /// Adds up what is taken of a tree.
    pub(super) fn add(&mut self, tree: &Tree, list: &[Entry], columns: &[Column]) {
        self.sums.resize(columns.len(), Vec::new());
        let said = tree.nodes.first().map(|root| root.figures.as_slice()).unwrap_or_default();
        self.totals_said =
            said.iter().map(|figured| figured.as_ref().map(|figured| figured.text.clone())).collect();
        let year = list.first().and_then(|entry| entry.year).unwrap_or(FiscalYear::stand_in());
        for (column, sums) in self.sums.iter_mut().enumerate() {
            sums.extend(tree.whole(column).map(|sum| (year, sum)));
        }
    }

    pub(super) fn understood(
        &self,
        origin: Origin,
        kind: &str,
        (grid, table): (&Grid, &Table),
        entries: &Entries,
        (unit, unit_from): (Unit, String),
        (base, stage): (FiscalYear, Stage),
    ) -> Understood {
        let [lines, levels, totals, figures] =
            [(self.lines, "line"), (self.levels, "level"), (self.totals, "total"), (self.verified, "figure")]
                .map(|(count, what)| counted(count, what));
        let mut said = vec![
            format!("{kind}; unit {} ({unit_from})", unit.label(Lang::Ja)),
            format!("{lines} in {levels}; {totals} left out; {figures} verified"),
        ];
        said.extend(noticed(grid, table, entries));
        let is_pivot = entries.columns.len() != table.figures().len();
        let mut columns: Vec<UnderstoodColumn> = Vec::new();
        for column in &table.columns {
            let cell = Cell { row: table.header.start, column: column.at };
            let places = entries
                .columns
                .iter()
                .enumerate()
                .filter(|(_, figure)| figure.at == column.at && figure.part == column.part);
            let mut any = false;
            for (place, figure) in places {
                any = true;
                let meant = self.meant.get(place).map_or(&[][..], Vec::as_slice);
                let (taken, is_taken) = self.taken((grid, table), (place, figure), base);
                let total = self.totals_said.get(place).cloned().flatten();
                let stated = self.sums.get(place).cloned().unwrap_or_default();
                let year = |year: FiscalYear| {
                    if year.is_stand_in() { meant.first().map_or(base, |(year, _)| *year) } else { year }
                };
                let sums =
                    stated.into_iter().map(|(of, sum)| (year(of), amount(sum, column.unit.unwrap_or(unit))));
                columns.push(UnderstoodColumn {
                    cell,
                    header: column.header.clone(),
                    taken,
                    is_taken,
                    role: match figure.role {
                        Role::Amount(Meaning::Further) => word(column.role),
                        Role::Amount(meaning) if meaning.is_taken() && meant.is_empty() => {
                            word(Role::Nothing)
                        }
                        role => word(role),
                    },
                    sums: sums.collect(),
                    total,
                });
            }
            if !(any || is_pivot && column.header.is_empty()) {
                let is_level = matches!(column.role, Role::Label | Role::Name | Role::Type);
                let (taken, is_taken) = match column.role {
                    _ if is_level && !entries.levels.contains(&column.at) => {
                        (constant(grid, table, column.at), false)
                    }
                    Role::Rate => verified(grid, table, column.at, column.role),
                    role => (said_role(role).to_owned(), !role.is_left()),
                };
                columns.push(UnderstoodColumn {
                    cell,
                    header: column.header.clone(),
                    taken,
                    is_taken,
                    role: word(column.role),
                    sums: Vec::new(),
                    total: None,
                });
            }
        }
        let groups = self.groups.iter().map(|(title, sum)| (title.clone(), amount(*sum, unit))).collect();
        let when = Some((base, Some(stage)));
        Understood { origin, said, when, columns, groups }
    }
}

impl Told {
    /// What the figures of a column are taken as, and whether they are.
    fn taken(
        &self,
        (grid, table): (&Grid, &Table),
        (place, figure): (usize, &Column),
        base: FiscalYear,
    ) -> (String, bool) {
        let meant = self.meant.get(place).map_or(&[][..], Vec::as_slice);
        let of = |year: &FiscalYear, said: &str| format!("{} {said}", year.slug().to_uppercase());
        let said = |(year, figure): &(FiscalYear, Figure)| match (figure, self.stages.get(year)) {
            _ if *year == base => figure.slug().to_owned(),
            (Figure::Requested, Some(stage @ (Stage::Settled | Stage::Enacted))) => of(year, stage.slug()),
            _ => of(year, figure.slug()),
        };
        match figure.role {
            _ if !meant.is_empty() => (meant.iter().map(said).collect::<Vec<_>>().join(", "), true),
            Role::Amount(Meaning::Further) => ("added to the column before it".to_owned(), true),
            Role::Amount(meaning)
                if meaning.is_taken() || matches!(meaning, Meaning::Passed | Meaning::Forecast) =>
            {
                mark_named(grid, table, figure.at);
                let said = match self.otherwise.get(place) {
                    _ if meaning == Meaning::Passed => "not taken: it is of another stage",
                    _ if meaning == Meaning::Forecast => "not taken: it is a forecast",
                    Some(true) => "not taken: another column says it",
                    _ => "not taken",
                };
                (said.to_owned(), false)
            }
            role => verified(grid, table, figure.at, role),
        }
    }
}

/// What else was noticed of a table.
fn noticed(grid: &Grid, table: &Table, entries: &Entries) -> Vec<String> {
    let mut said = Vec::new();
    if let [rule] = entries.rounding {
        said.push(format!("its remarks say how it rounds: {}", rule.label(Lang::Ja)));
    }
    if entries.hidden > 0 {
        said.push(format!("{} of its rows are hidden and were read", entries.hidden));
    }
    let is_hidden = |column: &&Column| grid.hidden_columns.contains(&column.at);
    let hidden = table.columns.iter().filter(is_hidden).count();
    if hidden > 0 {
        said.push(format!("{hidden} of its columns are hidden and were read"));
    }
    said
}

fn mark_named(grid: &Grid, table: &Table, column: usize) {
    let rows = grid.rows.get(table.body.clone()).unwrap_or_default();
    rows.iter().filter_map(|row| row.cell(column)).for_each(|cell| cell.mark(Fate::Named));
}

/// What is said of a column of words that tells no lines apart.
fn constant(grid: &Grid, table: &Table, column: usize) -> String {
    let rows = grid.rows.get(table.body.clone()).unwrap_or_default();
    let mut texts = rows.iter().map(|row| row.text(column)).filter(|text| !text.is_empty());
    let first = texts.next().unwrap_or_default();
    match texts.all(|text| text == first) {
        true => format!("not taken: it says `{first}` in every row"),
        false => "not taken: it says no more than the columns beside it".to_owned(),
    }
}

/// What is said of a column that is worked out, and whether it was verified; where nothing of it could be, this names all of it.
fn verified(grid: &Grid, table: &Table, column: usize, role: Role) -> (String, bool) {
    let rows = grid.rows.get(table.body.clone()).unwrap_or_default();
    let cells = || rows.iter().filter_map(|row| row.cell(column));
    let count = cells().filter(|cell| cell.fate() == Fate::Verified).count();
    if count == 0 {
        mark_named(grid, table, column);
    }
    let name = said_role(role);
    let is_left = |cell: &Filled| cell.fate() == Fate::Open && is_numeric(&cell.text);
    match count {
        1.. if cells().any(is_left) => (format!("{name}, verified in part"), true),
        0 => (format!("not taken: {name}, which nothing verifies"), false),
        _ => (format!("{name}, verified"), true),
    }
}

fn depth(tree: &Tree, at: usize, above: usize) -> usize {
    let children = tree.nodes.get(at).map(|node| node.children.as_slice()).unwrap_or_default();
    children.iter().map(|child| depth(tree, *child, above + 1)).max().unwrap_or(above)
}

/// Makes findings of remarks, each at its cell.
pub(super) fn tell(import: &mut Import, name: &str, grid: &Grid, remarks: Vec<Remark>) {
    let mut counts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for remark in Remark::joined(remarks) {
        let cells = [remark.cell]
            .into_iter()
            .chain(remark.also.iter().copied())
            .chain(remark.more.iter().map(|(cell, _)| *cell));
        cells.for_each(|cell| grid.mark(cell, Fate::Named));
        let told = counts.entry(remark.code).or_default();
        told.push(remark.cell.to_string());
        if told.len() <= MOST_FINDINGS {
            let finding = finding(import, name, grid, remark);
            import.findings.push(finding);
        }
    }
    for (code, told) in counts {
        if let Some(more) = told.get(MOST_FINDINGS..).filter(|more| !more.is_empty()) {
            let place = place(name, grid, None);
            let findings = counted(more.len(), "more finding");
            import.left.push(format!("{place}: {findings} of {code}, at {}", some(more)));
        }
    }
}

fn finding(import: &mut Import, name: &str, grid: &Grid, remark: Remark) -> Diagnostic {
    let shown = grid.cell(remark.cell).map_or("", Filled::shown);
    let left = grid.rows.get(remark.cell.row).map(|row| row.cells.as_slice()).unwrap_or_default();
    let is_title = |cell: &&Filled| {
        cell.column < remark.cell.column && cell.kind == Kind::Text && !is_numeric(&cell.text)
    };
    let title =
        left.iter().rfind(is_title).map(|cell| cell.text.split_whitespace().collect::<Vec<_>>().join(" "));
    let before = title.map(|title| format!("{title} ")).unwrap_or_default();
    let file = import.sources.add_cell(&place(name, grid, Some(remark.cell)), &format!("{before}{shown}"));
    let span = Span { file, start: before.len(), end: before.len() + shown.len() };
    let mut finding = Diagnostic::new(remark.code, span, remark.what).help(remark.help);
    if !remark.also.is_empty() {
        let also: Vec<String> = remark.also.iter().map(Cell::to_string).collect();
        finding = finding.note(format!("the same in {}", some(&also)));
    }
    remark.more.into_iter().fold(finding, |finding, (cell, what)| finding.note(format!("{cell}: {what}")))
}
