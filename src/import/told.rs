//! What is told of a file: how its tables were understood, and what a person should look at.

use std::collections::BTreeMap;

use super::chapter::Meant;
use super::grid::{Filled, Grid, Kind};
use super::map::word;
use super::rows::{Entries, Entry, Remark};
use super::table::{Column, Table, is_numeric};
use super::totals::amount;
use super::tree::Tree;
use super::words::Role;
use super::{Cell, Figure, Import, Origin};
use crate::diagnostic::Diagnostic;
use crate::model::{FiscalYear, Lang, Unit};
use crate::source::Span;

/// How a table was understood.
#[derive(Clone, Debug, Default)]
pub struct Understood {
    /// Where it is.
    pub origin: Origin,
    /// What was found out of it, a line each.
    pub said: Vec<String>,
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
    pub taken: &'static str,
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
}

impl Told {
    /// Begins with the figures that are verified already.
    pub(super) fn with(verified: usize) -> Self {
        Self { verified, ..Self::default() }
    }

    pub(super) fn add(&mut self, tree: &Tree, list: &[Entry], columns: &[Column]) {
        self.verified += tree.verified;
        self.totals += tree.totals;
        self.lines += tree.lines();
        self.levels = self.levels.max(depth(tree, 0, 0));
        self.sums.resize(columns.len(), Vec::new());
        let said = tree.nodes.first().map(|root| root.figures.as_slice()).unwrap_or_default();
        self.totals_said =
            said.iter().map(|figured| figured.as_ref().map(|figured| figured.text.clone())).collect();
        let year = list.first().and_then(|entry| entry.year).unwrap_or(FiscalYear::stand_in());
        for (title, sum) in tree.tops().filter(|_| tree.tops().count() <= MOST_GROUPS) {
            *self.groups.entry(title.to_owned()).or_default() += sum;
        }
        for (column, sums) in self.sums.iter_mut().enumerate() {
            sums.extend(tree.whole(column).map(|sum| (year, sum)));
        }
    }

    pub(super) fn understood(
        &self,
        origin: Origin,
        kind: &str,
        table: &Table,
        entries: &Entries,
        (unit, unit_from): (Unit, String),
        base: FiscalYear,
    ) -> Understood {
        let era = base.era();
        let mut said = vec![
            format!("{kind}; unit {} ({unit_from}); {}年度", unit.label(Lang::Ja), era.0.year_name(era.1)),
            format!(
                "{} lines in {} levels; {} totals left out; {} figures verified",
                self.lines, self.levels, self.totals, self.verified
            ),
        ];
        if entries.hidden > 0 {
            said.push(format!("{} of its rows are hidden and were read", entries.hidden));
        }
        let is_pivot = entries.columns.len() != table.figures().len();
        let mut columns: Vec<UnderstoodColumn> = Vec::new();
        for column in &table.columns {
            let cell = Cell { row: table.header.start, column: column.at };
            let places = entries.columns.iter().enumerate().filter(|(_, figure)| figure.at == column.at);
            let mut any = false;
            for (place, figure) in places {
                any = true;
                let meant = self.meant.get(place).copied().flatten();
                let taken = match (meant, figure.role) {
                    (Some((_, figure)), _) => said_figure(figure),
                    (None, Role::Amount(meaning)) if meaning.is_taken() => {
                        "not taken: another column says it"
                    }
                    (None, role) => said_role(role),
                };
                let total = self.totals_said.get(place).cloned().flatten();
                let stated = self.sums.get(place).cloned().unwrap_or_default();
                let year = |year: FiscalYear| {
                    if year.is_stand_in() { meant.map_or(base, |(year, _)| year) } else { year }
                };
                let sums =
                    stated.into_iter().map(|(of, sum)| (year(of), amount(sum, column.unit.unwrap_or(unit))));
                columns.push(UnderstoodColumn {
                    cell,
                    header: column.header.clone(),
                    taken,
                    role: word(figure.role),
                    sums: sums.collect(),
                    total,
                });
            }
            if !(any || is_pivot && column.header.is_empty()) {
                let is_level = matches!(column.role, Role::Label | Role::Name | Role::Type);
                let taken = match is_level && !entries.levels.contains(&column.at) {
                    true => "not taken: it says no more than the columns beside it",
                    false => said_role(column.role),
                };
                columns.push(UnderstoodColumn {
                    cell,
                    header: column.header.clone(),
                    taken,
                    role: word(column.role),
                    sums: Vec::new(),
                    total: None,
                });
            }
        }
        let groups = self.groups.iter().map(|(title, sum)| (title.clone(), amount(*sum, unit))).collect();
        Understood { origin, said, columns, groups }
    }
}

fn depth(tree: &Tree, at: usize, above: usize) -> usize {
    let children = tree.nodes.get(at).map(|node| node.children.as_slice()).unwrap_or_default();
    children.iter().map(|child| depth(tree, *child, above + 1)).max().unwrap_or(above)
}

fn said_figure(figure: Figure) -> &'static str {
    match figure {
        Figure::Requested => "requested",
        Figure::Request => "request",
        Figure::Wish => "wish",
        Figure::Prior => "prior",
        Figure::Enacted => "enacted",
        Figure::Supplementary => "supplementary",
    }
}

fn said_role(role: Role) -> &'static str {
    match role {
        Role::Label => "level",
        Role::Name => "title",
        Role::Code => "code",
        Role::Id => "id",
        Role::Parent => "parent",
        Role::Level => "depth",
        Role::Amount(_) => "verified only",
        Role::Change => "change, verified",
        Role::Rate => "rate, verified",
        Role::Notes => "notes",
        Role::Year => "year",
        Role::Type => "type",
        Role::Account => "account",
        Role::Nothing => "not taken",
    }
}

/// Makes findings of remarks, each at its cell.
pub(super) fn tell(import: &mut Import, name: &str, grid: &Grid, remarks: Vec<Remark>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for remark in remarks {
        let count = counts.entry(remark.code).or_default();
        *count += 1;
        if *count > MOST_FINDINGS {
            continue;
        }
        let filled = grid.cell(remark.cell);
        let shown =
            filled.map_or(
                "",
                |filled| if filled.kind == Kind::NoValue { "(no value)" } else { filled.text.as_str() },
            );
        let left = grid.rows.get(remark.cell.row).map(|row| row.cells.as_slice()).unwrap_or_default();
        let is_title = |cell: &&Filled| {
            cell.column < remark.cell.column && cell.kind == Kind::Text && !is_numeric(&cell.text)
        };
        let title = left
            .iter()
            .rfind(is_title)
            .map(|cell| cell.text.split_whitespace().collect::<Vec<_>>().join(" "));
        let before = title.map(|title| format!("{title} ")).unwrap_or_default();
        let file =
            import.sources.add_cell(&place(name, grid, Some(remark.cell)), &format!("{before}{shown}"));
        let span = Span { file, start: before.len(), end: before.len() + shown.len() };
        let finding = Diagnostic::new(remark.code, span, remark.what).help(remark.help);
        import.findings.push(remark.more.into_iter().fold(finding, Diagnostic::note));
    }
    for (code, count) in counts.iter().filter(|(_, count)| **count > MOST_FINDINGS) {
        import.left.push(format!(
            "{}: {} more findings {code} of {count}",
            place(name, grid, None),
            count - MOST_FINDINGS
        ));
    }
}
