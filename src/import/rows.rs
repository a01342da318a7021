//! From the rows of a table to entries: what each says of a line, before it is known which lines are parts of which.

use super::below::{self, last_line, unmade};
use super::beneath::flagged;
use super::feet::contacts;
use super::figures::{Figured, figure};
use super::grid::{Fate, Grid, Kind, Row};
use super::header::repeats_header;
use super::items::Items;
use super::pivot::pivot;
use super::remark::Remark;
use super::table::{Column, Table};
use super::titles;
use super::words::Role;
use super::{Cell, dated, numbers, units};
use crate::model::{FiscalYear, Rounding, Unit};

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
    /// The columns of its words and codes, and those of the remarks on it.
    pub(super) words: Vec<usize>,
    pub(super) remarks: Vec<usize>,
    pub(super) account: Option<String>,
    pub(super) year: Option<FiscalYear>,
    /// The words that say its year, which may say the stage of its budget, too: 令和9年度要求.
    pub(super) when: String,
    /// What an adjacency list says: the row's id, that of the line above, the depth.
    pub(super) id: Option<String>,
    pub(super) parent: Option<String>,
    pub(super) level: Option<usize>,
    /// The unit that it states for its own figures.
    pub(super) unit: Option<Unit>,
    /// Its figures, by the columns of [`Table::figures`].
    pub(super) figures: Vec<Option<Figured>>,
    /// Whether it has a cell for a figure, if only one that could not be read: a heading has none.
    pub(super) is_line: bool,
    pub(super) is_bold: bool,
    /// Whether the row above it is empty.
    pub(super) is_apart: bool,
}

/// The entries of a table, the remarks below it, and what is to be said of cells.
#[derive(Default)]
pub(super) struct Entries {
    pub(super) list: Vec<Entry>,
    pub(super) notes: Vec<String>,
    pub(super) remarks: Vec<Remark>,
    /// The columns of levels that were used.
    pub(super) levels: Vec<usize>,
    /// The feet of pages, which belong to no table, and rows that are only for reference.
    pub(super) feet: Vec<(Cell, String)>,
    pub(super) memos: Vec<(Cell, String)>,
    /// How the remarks around the table say that it is rounded.
    pub(super) rounding: &'static [Rounding],
    /// How many rows are hidden and were read.
    pub(super) hidden: usize,
    /// The unit of the rows below one that states it, and how far these are set in.
    pub(super) counted: Option<(Unit, usize)>,
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
    let is_numbered = is_numbered(grid, table, &levels);
    let last = last_line(grid, table, &figures);
    let mut codes = Vec::new();
    let (items, contacts) = (Items::of(table, &figures), contacts(grid, table));
    for at in table.body.clone().filter(|at| !contacts.contains(at)) {
        let Some(row) = grid.rows.get(at) else { break };
        if row.cells.is_empty() {
            is_apart = true;
            continue;
        }
        if repeats_header(grid, table, at) {
            row.mark(Fate::Verified);
            continue;
        }
        if found.counts_anew(at, row, unit) {
            continue;
        }
        if found.page_edge(grid, table, at, row) || found.remarked(row) {
            continue;
        }
        found.hidden += usize::from(row.is_hidden);
        let item =
            items.as_ref().and_then(|items| items.entry(grid, levels.len(), (unit, at), &mut found.remarks));
        let mut entry = entry(table, (&levels, is_numbered), at, row);
        entry.step(table, row, &mut codes);
        found.remarks.extend(unmade(row, at, &levels, unit));
        entry.is_apart = std::mem::take(&mut is_apart);
        found.count(&mut entry);
        for column in &figures {
            let own = entry.unit.or(column.unit).unwrap_or(unit);
            let figured = figure(grid, column, own, at, row, &mut found.remarks);
            entry.figures.push(figured.map(|figured| figured.counted_in(own, unit)));
        }
        entry.is_line = figures.iter().any(|column| row.cell(column.at).is_some()) || entry.is_over();
        if found.has_two_rows(&mut entry) {
            entry.mark(grid, Fate::Taken);
            continue;
        }
        entry.settle(&figures, &mut found.remarks);
        if let Some(item) = item {
            entry.notes.clear();
            entry.remarks.clear();
            found.list.extend([entry].into_iter().filter(|entry| entry.is_line || !entry.labels.is_empty()));
            found.list.push(item);
            continue;
        }
        if entry.goes_on(table, row)
            && let Some(last) = found.list.last_mut()
        {
            entry.mark(grid, Fate::Taken);
            last.notes.append(&mut entry.notes);
            continue;
        }
        if entry.is_line || !found.is_remark(&entry, row, at > last) {
            found.list.push(entry);
        }
    }
    found.memos(grid);
    found.breakdowns(grid);
    found.close(grid);
    found.remarks_on_lines(grid);
    pivot(grid, table, &mut found);
    found
}

/// The unit that a row states and nothing else: （単位：千円）, or 単位 and 千円 in two cells.
pub(super) fn states_unit(row: &Row) -> Option<Unit> {
    match row.cells.as_slice() {
        [alone] => units::unit_alone(&alone.text).filter(|_| units::is_mark(&alone.text)),
        [word, unit] => units::unit_in_two(&word.text, &unit.text),
        _ => None,
    }
}

/// The columns of levels, from the outermost: those of names last, and none that says nothing that another does not.
fn levels<'a>(grid: &Grid, table: &'a Table) -> Vec<&'a Column> {
    // What no header explains behind the names of lines tells those apart.
    let is_behind =
        |column: &&Column| !column.is_said && table.of(Role::Name).any(|name| name.at < column.at);
    let (behind, labels): (Vec<&Column>, Vec<&Column>) = table.of(Role::Label).partition(is_behind);
    let all: Vec<&Column> =
        table.of(Role::Type).chain(labels).chain(table.of(Role::Name)).chain(behind).collect();
    let rows = grid.rows.get(table.body.clone()).unwrap_or_default();
    let filled = |column: &Column| rows.iter().filter(|row| !row.text(column.at).is_empty()).count();
    let most = all.iter().map(|column| filled(column)).max().unwrap_or(0);
    let are_full = rows.iter().filter(|row| all.iter().all(|column| !row.text(column.at).is_empty()));
    let is_flat = all.len() > 1 && are_full.count() * 20 >= most * 19;
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

/// What draws the tree of lines before their words.
const BRANCHES: &str = "│├└┃┣┗─━";

fn entry(table: &Table, (levels, is_numbered): (&[&Column], bool), at: usize, row: &Row) -> Entry {
    let mut entry = Entry { row: at, ..Entry::default() };
    for (level, column) in levels.iter().enumerate() {
        let Some(cell) = row.cell(column.at).filter(|cell| cell.kind != Kind::Error) else { continue };
        entry.words.push(column.at);
        entry.place = Cell { row: at, column: column.at };
        // ├ and └ draw the tree.
        let text = cell.text.trim().trim_start_matches(|c: char| BRANCHES.contains(c) || c.is_whitespace());
        let drawn = cell.text.chars().filter(|c| BRANCHES.contains(*c) && *c != '─' && *c != '━').count();
        entry.inset = cell.inset() + drawn * 2;
        entry.is_bold = cell.is_bold;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.trim_end_matches([':', '：']);
        if !matches!(text, "無細項" | "") {
            entry.labels.push((level, text.to_owned()));
        }
    }
    entry.join_number(is_numbered);
    for column in &table.columns {
        let text = row.text(column.at);
        if text.is_empty() {
            continue;
        }
        match column.role {
            Role::Code if table.steps.contains(&column.at) => {}
            Role::Code if entry.code.is_empty() => entry.code = text.to_owned(),
            Role::Code => entry.code = format!("{}-{text}", entry.code),
            Role::Notes if column.is_flag => {
                entry.notes.extend(flagged(&column.header, text));
                entry.remarks.push(column.at);
                continue;
            }
            // 合計 below 新規 and 継続
            Role::Notes if entry.labels.is_empty() && titles::sum(text).is_some() => {
                entry.place = Cell { row: at, column: column.at };
                entry.labels.push((0, text.to_owned()));
            }
            Role::Notes => {
                entry.notes.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
                entry.remarks.push(column.at);
                continue;
            }
            Role::Account => entry.account = Some(text.to_owned()),
            Role::Year => {
                entry.year = dated::year_in(text, None, column.calendar);
                entry.when = text.to_owned();
            }
            Role::Id => entry.id = Some(text.to_owned()),
            Role::Parent => entry.parent = Some(text.to_owned()),
            Role::Level => entry.level = text.parse().ok(),
            Role::Unit => entry.unit = units::unit_alone(text),
            _ => continue,
        }
        entry.words.push(column.at);
    }
    // 合計（百万円） below lines in 千円
    let of_total = || units::unit(entry.title()).filter(|_| titles::sum(entry.title()).is_some());
    entry.unit = entry.unit.or_else(of_total);
    let last = table.columns.last().map_or(0, |column| column.at);
    if let Some(beside) = row.cells.last().filter(|cell| cell.column > last) {
        entry.notes.push(beside.text.trim().to_owned());
        entry.remarks.push(beside.column);
    }
    entry
}

fn is_code(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
}

/// Whether a text is a number as lines have it before their words, and nothing else: １, (1), ①.
fn is_number(text: &str) -> bool {
    let words = format!("{text} あ");
    numbers::numbered(&words).is_some_and(|(_, _, title)| title == "あ")
}

/// Whether numbers with marks stand in columns of their own, left of their words.
fn is_numbered(grid: &Grid, table: &Table, levels: &[&Column]) -> bool {
    let rows = grid.rows.get(table.body.clone()).unwrap_or_default();
    let is_apart = |row: &Row| {
        let mut texts = levels.iter().map(|column| row.text(column.at)).filter(|text| !text.is_empty());
        texts.next().is_some_and(|first| is_number(first) && !is_code(first)) && texts.next().is_some()
    };
    levels.len() > 1 && rows.iter().any(is_apart)
}

impl Entry {
    /// Takes the code of a row from the column of its level, 款|項|目, with those of the lines above it. What has none stands below all that have.
    fn step(&mut self, table: &Table, row: &Row, codes: &mut Vec<String>) {
        let mut steps = table.steps.iter().enumerate().map(|(level, at)| (level, row.text(*at)));
        let found = steps.find(|(_, text)| !text.is_empty());
        match found {
            Some((_, words)) if !is_code(words) && self.labels.is_empty() => {
                self.labels.push((0, words.to_owned()))
            }
            Some((level, code)) => {
                codes.truncate(level);
                codes.push(code.to_owned());
                (self.level, self.code) = (Some(level), codes.join("-"));
            }
            None if !table.steps.is_empty() => self.level = Some(table.steps.len()),
            None => {}
        }
    }

    /// Joins a number to the words in the next column that it is for. Where none has marks, digits are a code, which may stand in the column of the
    /// level above.
    fn join_number(&mut self, is_numbered: bool) {
        let before = self.labels.len().saturating_sub(1);
        let place = self.labels.iter().take(before).position(|(_, text)| is_number(text) || is_code(text));
        let Some((at, is_number)) =
            place.map(|at| (at, is_numbered && self.labels.get(at).is_some_and(|it| is_number(&it.1))))
        else {
            return;
        };
        let (level, number) = self.labels.remove(at);
        match self.labels.get_mut(at).filter(|_| is_number) {
            Some(words) => *words = (level, format!("{number} {}", words.1)),
            None => self.code = number,
        }
    }

    /// Whether the words of the line or a remark on it say something of all of it.
    pub(super) fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|word| below::says(self.title(), &self.notes, word))
    }

    /// Whether a remark says why the line has no amount, as no heading has one: 終了, なし.
    fn is_over(&self) -> bool {
        let words = ["終了", "廃止", "休止", "皆減", "なし", "該当なし", "計上なし", "見送り"];
        let says = |note: &String| words.iter().any(|word| titles::states(note, word, false));
        !self.labels.is_empty() && self.notes.iter().any(says)
    }

    /// Whether a row only goes on with the remarks on the line above it.
    fn goes_on(&self, table: &Table, row: &Row) -> bool {
        let remarks =
            table.of(Role::Notes).find(|column| !column.is_flag).map_or(usize::MAX, |column| column.at);
        let has_words = !self.labels.is_empty() || !self.code.is_empty() || self.id.is_some();
        !has_words && !self.notes.is_empty() && row.cells.iter().all(|cell| cell.column >= remarks)
    }

    /// Notes what becomes of its words, and of the remarks on it where it is a line.
    pub(super) fn mark(&self, grid: &Grid, fate: Fate) {
        let remarks = self.remarks.iter().filter(|_| fate == Fate::Taken);
        for column in self.words.iter().chain(remarks) {
            grid.mark(Cell { row: self.row, column: *column }, fate);
        }
    }

    /// The words of the line itself.
    pub(super) fn title(&self) -> &str {
        self.labels.last().map_or("", |(_, text)| text.as_str())
    }
}
