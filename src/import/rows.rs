//! From the rows of a table to entries: what each says of a line, before it is known which lines are parts of which.

use super::Cell;
use super::grid::{Grid, Kind, Row};
use super::table::{Column, Table, repeats_header};
use super::titles;
use super::value::{Value, value};
use super::words::{self, Meaning, Role};
use crate::model::{FiscalYear, Money, Unit, fold};

/// What a row says.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) row: usize,
    /// The cell of its words.
    pub(super) place: Cell,
    /// The words of the columns of levels: which level, and what it says as written.
    pub(super) labels: Vec<(usize, String)>,
    /// How far the words of the line are set in.
    pub(super) inset: usize,
    pub(super) code: String,
    pub(super) notes: Vec<String>,
    pub(super) account: Option<String>,
    pub(super) year: Option<FiscalYear>,
    /// What an adjacency list says: the row's id, that of the line above, the depth.
    pub(super) id: Option<String>,
    pub(super) parent: Option<String>,
    pub(super) level: Option<usize>,
    /// Its figures, by the columns of [`Table::figures`].
    pub(super) figures: Vec<Option<Figured>>,
    /// Whether it has a cell for a figure, if only one that could not be read: a heading has none.
    pub(super) is_line: bool,
    /// Whether the row above it is empty.
    pub(super) is_apart: bool,
}

/// A figure as it was read.
#[derive(Clone, Debug)]
pub(super) struct Figured {
    pub(super) cell: Cell,
    pub(super) money: Money,
    pub(super) text: String,
    /// Whether it stands in brackets that nothing explains.
    pub(super) is_bracketed: bool,
}

impl Figured {
    /// What it adds to a sum, in hundredths of its currency.
    pub(super) fn added(&self) -> Option<i128> {
        self.money.addable().map(|amount| amount.smallest_units())
    }
}

/// Something about a cell that a person should look at.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    pub(super) cell: Cell,
    pub(super) what: String,
    /// Other cells of which the same is true.
    pub(super) more: Vec<String>,
    pub(super) help: &'static str,
    pub(super) code: &'static str,
}

/// The entries of a table, the remarks below it, and what is to be said of cells.
#[derive(Default)]
pub(super) struct Entries {
    pub(super) list: Vec<Entry>,
    pub(super) notes: Vec<String>,
    pub(super) remarks: Vec<Remark>,
    /// The columns of levels that were used.
    pub(super) levels: Vec<usize>,
    /// How many rows are hidden and were read.
    pub(super) hidden: usize,
    /// The figures of the table, more than its columns where rows tell them apart.
    pub(super) columns: Vec<Column>,
}

/// Reads the rows of a table. Words without figures below the last figure are remarks.
pub(super) fn entries(grid: &Grid, table: &Table, unit: Unit) -> Entries {
    let figures = table.figures();
    let mut found =
        Entries { columns: figures.iter().map(|column| (*column).clone()).collect(), ..Entries::default() };
    let levels = levels(grid, table);
    found.levels = levels.iter().map(|column| column.at).collect();
    let mut is_apart = false;
    for at in table.body.clone() {
        let Some(row) = grid.rows.get(at) else { break };
        if row.cells.is_empty() {
            is_apart = true;
            continue;
        }
        if repeats_header(grid, table, at) {
            continue;
        }
        found.hidden += usize::from(row.is_hidden);
        let mut entry = entry(grid, table, &levels, at, row);
        entry.is_apart = std::mem::take(&mut is_apart);
        for column in &figures {
            let figured = figure(grid, column, unit, at, row, &mut found.remarks);
            entry.figures.push(figured);
        }
        entry.is_line = figures.iter().any(|column| row.cell(column.at).is_some());
        entry.settle(&figures, &mut found.remarks);
        let is_empty = !entry.is_line;
        let first = row.cells.first().map_or("", |cell| cell.text.trim());
        if is_empty && (titles::is_remark(first) || entry.labels.is_empty()) {
            found.notes.extend(row.cells.iter().map(|cell| cell.text.trim().to_owned()));
            continue;
        }
        found.list.push(entry);
    }
    while let Some(last) = found.list.last()
        && !last.is_line
        && last.inset == 0
        && last.code.is_empty()
        && found.list.len() > 1
    {
        let text = found.list.pop().map(|entry| entry.title().to_owned());
        found.notes.splice(0..0, text);
    }
    pivot(table, &mut found);
    found
}

/// The columns of levels, from the outermost: those of names last, and none that says nothing that another does not.
fn levels<'a>(grid: &Grid, table: &'a Table) -> Vec<&'a Column> {
    let labels: Vec<&Column> = table.of(Role::Label).collect();
    let all: Vec<&Column> = table.of(Role::Type).chain(labels).chain(table.of(Role::Name)).collect();
    let rows = grid.rows.get(table.body.clone()).unwrap_or_default();
    let filled = |column: &Column| rows.iter().filter(|row| !row.text(column.at).is_empty()).count();
    let most = all.iter().map(|column| filled(column)).max().unwrap_or(0);
    let is_flat =
        all.len() > 1 && all.iter().filter(|column| filled(column) * 20 >= most * 19).count() == all.len();
    if !is_flat {
        return all;
    }
    let says_more = |at: &usize, column: &Column| {
        let texts = || rows.iter().map(|row| row.text(column.at)).filter(|text| !text.is_empty());
        let first = texts().next();
        let is_constant = texts().all(|text| Some(text) == first);
        let above = at.checked_sub(1).and_then(|at| all.get(at));
        let repeats =
            |above: &&Column| rows.iter().all(|row| row.text(column.at).contains(row.text(above.at)));
        !is_constant && !above.is_some_and(|above| at + 1 < all.len() && repeats(above))
    };
    let kept = all.iter().enumerate().filter(|(at, column)| at + 1 == all.len() || says_more(at, column));
    kept.map(|(_, column)| *column).collect()
}

fn entry(grid: &Grid, table: &Table, levels: &[&Column], at: usize, row: &Row) -> Entry {
    let mut entry = Entry { row: at, ..Entry::default() };
    for (level, column) in levels.iter().enumerate() {
        let Some(cell) = row.cell(column.at).filter(|cell| cell.kind != Kind::Error) else { continue };
        let text = cell.text.trim_end();
        let blanks =
            text.chars().take_while(|c| fold(*c) == ' ').map(|c| if c == ' ' { 1 } else { 2 }).sum::<usize>();
        entry.place = Cell { row: at, column: column.at };
        entry.inset = blanks + usize::from(cell.indent) * 2;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !matches!(text.as_str(), "無細項" | "") {
            entry.labels.push((level, text));
        }
    }
    // A code may stand in the column of the level above, left of the words that it is for.
    let is_code = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let before = entry.labels.len().saturating_sub(1);
    if let Some(at) = entry.labels.iter().take(before).position(|(_, text)| is_code(text)) {
        entry.code = entry.labels.remove(at).1;
    }
    for column in &table.columns {
        let text = row.text(column.at);
        if text.is_empty() {
            continue;
        }
        match column.role {
            Role::Code if entry.code.is_empty() => entry.code = text.to_owned(),
            Role::Code => entry.code = format!("{}-{text}", entry.code),
            Role::Notes => entry.notes.push(text.split_whitespace().collect::<Vec<_>>().join(" ")),
            Role::Account => entry.account = Some(text.to_owned()),
            Role::Year => entry.year = words::year(text, None),
            Role::Id => entry.id = Some(text.to_owned()),
            Role::Parent => entry.parent = Some(text.to_owned()),
            Role::Level => entry.level = text.parse().ok(),
            _ => {}
        }
    }
    if let Some(merged) = notes_beside(grid, table, at) {
        entry.notes.push(merged);
    }
    entry
}

/// What stands to the right of the table's columns.
fn notes_beside(grid: &Grid, table: &Table, at: usize) -> Option<String> {
    let last = table.columns.last()?.at;
    let cell = grid.rows.get(at)?.cells.last()?;
    (cell.column > last).then(|| cell.text.trim().to_owned())
}

fn figure(
    grid: &Grid,
    column: &Column,
    unit: Unit,
    at: usize,
    row: &Row,
    remarks: &mut Vec<Remark>,
) -> Option<Figured> {
    let found = row.cell(column.at)?;
    let cell = Cell { row: at, column: column.at };
    let figured = |money, text, is_bracketed| Some(Figured { cell, money, text, is_bracketed });
    if found.is_struck {
        remarks.push(Remark {
            cell,
            what: format!("`{}` is struck through, and was taken all the same", found.text.trim()),
            more: Vec::new(),
            help: "take it out of the workbook if it no longer holds",
            code: super::ASSUMED,
        });
    }
    match value(found, column.unit.unwrap_or(unit), grid.decimal_comma) {
        Value::Money(Money::NotStated, _) => None,
        Value::Money(money, text) => figured(money, text, false),
        Value::Bracketed(money, text) => figured(money, text, true),
        // What is worked out from other columns is not taken, so a word there does no harm.
        Value::Wrong(..) if column.role == Role::Change && found.kind == Kind::Text => None,
        Value::Wrong(what, help) => {
            let code = if column.role == Role::Change { super::UNVERIFIED } else { super::NO_AMOUNT };
            let is_said = |remark: &Remark| remark.code == code && remark.cell.column == cell.column;
            if code == super::NO_AMOUNT || !remarks.iter().any(is_said) {
                remarks.push(Remark { cell, what, more: Vec::new(), help, code });
            }
            None
        }
    }
}

impl Entry {
    /// Whether the words of the line or a remark on it say something.
    pub(super) fn says(&self, words: &[&str]) -> bool {
        let says = |text: &str| words.iter().any(|word| text.contains(word));
        says(self.title()) || self.notes.iter().any(|note| says(note))
    }

    /// Gives figures the meaning that the remarks on their line give them: brackets and all of 内数, 新規 and 終了.
    fn settle(&mut self, columns: &[&Column], remarks: &mut Vec<Remark>) {
        let is_within = self.says(&["内数"]);
        let (is_new, has_ended) = (self.says(&["新規"]), self.says(&["廃止", "終了", "限り"]));
        let any_bracketed = self.figures.iter().flatten().any(|figured| figured.is_bracketed);
        for (figured, column) in self.figures.iter_mut().zip(columns) {
            let Some(figured) = figured else { continue };
            let is_nothing = matches!(figured.money, Money::NotApplicable) || figured.added() == Some(0);
            match (figured.money, column.role) {
                (Money::Known(amount), Role::Amount(_)) if is_within && figured.is_bracketed == any_bracketed => {
                    figured.money = Money::Within(amount);
                    figured.text = format!("{}の内数", figured.text.trim_matches(['(', ')']));
                }
                (_, Role::Amount(Meaning::Prior | Meaning::Budget)) if is_new && is_nothing => {
                    (figured.money, figured.text) = (Money::New, "新規".to_owned());
                }
                (_, Role::Amount(Meaning::Requested | Meaning::Total)) if has_ended && is_nothing => {
                    (figured.money, figured.text) = (Money::Ended, "終了".to_owned());
                }
                _ if figured.is_bracketed => remarks.push(Remark {
                    cell: figured.cell,
                    what: format!("`({})` stands in brackets, and nothing says what they mean", figured.text),
                    more: Vec::new(),
                    help: "it was taken as an amount like others; write 内数, 再掲 or △ in the sheet if that is meant",
                    code: super::ASSUMED,
                }),
                _ => {}
            }
        }
    }

    /// The words of the line itself.
    pub(super) fn title(&self) -> &str {
        self.labels.last().map_or("", |(_, text)| text.as_str())
    }
}

/// Joins rows that differ only in which figure they state: 年度 and the years before it, or 増減額, in a column of their own.
fn pivot(table: &Table, found: &mut Entries) {
    let Some(label) = found.list.first().and_then(|entry| entry.labels.last()).map(|(level, _)| *level)
    else {
        return;
    };
    let [amount] = table.figures()[..] else { return };
    let said = |entry: &Entry| -> Option<(Role, i32)> {
        let (_, text) = entry.labels.last().filter(|(level, _)| *level == label)?;
        let year = entry.year?;
        if matches!(words::role(text), Some(Role::Change)) {
            return Some((Role::Change, 0));
        }
        let stated = words::year(text, Some(year))?;
        Some((Role::Amount(Meaning::Budget), i32::from(stated.western()) - i32::from(year.western())))
    };
    if label == 0 || !found.list.iter().all(|entry| said(entry).is_some()) {
        return;
    }
    let mut kinds: Vec<(Role, i32)> = Vec::new();
    let mut joined: Vec<Entry> = Vec::new();
    for mut entry in std::mem::take(&mut found.list) {
        let Some(kind) = said(&entry) else { continue };
        entry.labels.pop();
        let at = kinds.iter().position(|known| *known == kind).unwrap_or_else(|| {
            kinds.push(kind);
            kinds.len() - 1
        });
        let figure = entry.figures.pop().flatten();
        match joined.last_mut().filter(|last| last.labels == entry.labels && last.year == entry.year) {
            Some(last) => {
                last.figures.resize(last.figures.len().max(at + 1), None);
                if let Some(place) = last.figures.get_mut(at) {
                    *place = figure;
                }
            }
            None => {
                entry.figures.resize(at, None);
                entry.figures.push(figure);
                joined.push(entry);
            }
        }
    }
    for entry in &mut joined {
        entry.figures.resize(kinds.len(), None);
    }
    found.list = joined;
    let role = |(role, behind): (Role, i32)| match (role, behind) {
        (Role::Amount(_), -1) => Role::Amount(Meaning::Prior),
        (role, _) => role,
    };
    found.columns = kinds.into_iter().map(|kind| Column { role: role(kind), ..amount.clone() }).collect();
}
