//! Where in a grid a table lies, and what its columns hold.

use std::ops::Range;

use super::amounts::{self, Sure};
use super::beneath::{
    are_flags, are_years, counts, is_added_up, is_marked, leads, names_money, role_of_words, share, steps,
    words_beside,
};
use super::grid::{Filled, Grid, Kind};
use super::header;
use super::map::Map;
use super::paired::{Part, parted};
use super::remark::Remark;
use super::titles::Side;
use super::words::{self, Meaning, Role};
use super::{Cell, dated, roles, titles, units, which, yearly};
use crate::model::{FiscalCalendar, FiscalYear, Money, Unit, fold};

/// A table: the rows of its header, those below it, and its columns.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The rows above the header that belong to no other table.
    pub(super) above: Range<usize>,
    pub(super) header: Range<usize>,
    pub(super) body: Range<usize>,
    pub(super) columns: Vec<Column>,
    /// The columns of codes, from the outermost, of which each line has one alone: that of its level.
    pub(super) steps: Vec<usize>,
    /// Which side of the budget a heading among its rows says that it shows.
    pub(super) side: Option<Side>,
}

/// A column that holds something.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) at: usize,
    /// The words above it, from top to bottom.
    pub(super) header: String,
    pub(super) role: Role,
    /// The unit that its header states.
    pub(super) unit: Option<Unit>,
    /// Whether its header or the map of columns says the role.
    pub(super) is_said: bool,
    /// How sure that is.
    pub(super) sure: Sure,
    pub(super) has_numbers: bool,
    /// Whether its numbers only count the rows.
    pub(super) counts: bool,
    /// The account (会計) whose share of the amounts it holds.
    pub(super) account: Option<String>,
    /// Whether only the words above others say that it is an amount: 経常 below 要求額.
    pub(super) is_part: bool,
    /// Whether its cells only mark what its header says: ○ below 再掲.
    pub(super) is_flag: bool,
    /// Which of two amounts it is, where its cells hold two.
    pub(super) part: Part,
    pub(super) calendar: FiscalCalendar,
}

/// How many rows below a header are looked at to see what its columns hold.
pub(super) const SAMPLE: usize = 400;

/// The tables of a grid from top to bottom.
pub(super) fn tables(grid: &Grid, map: &Map) -> Vec<Table> {
    let mut found: Vec<Table> = Vec::new();
    let mut row = 0;
    while row < grid.rows.len() {
        if let Some(side) = which::side_heading(grid, row)
            && let Some(last) = found.last_mut()
            && row >= last.body.start
        {
            // What stands between the header and a heading of a side are no lines of another.
            if last.body.start < row && which::has_lines(grid, last, row) {
                let body = row + 1..last.body.end;
                last.body.end = row;
                let table = Table { above: row..row + 1, body, side: Some(side), ..last.clone() };
                found.push(table);
            } else if last.side.is_none() {
                last.side = Some(side);
            }
            row += 1;
            continue;
        }
        if !header::is_header(grid, row, map)
            || header::is_title(grid, row, map)
            || found.last().is_some_and(|table| is_line(grid, table, row))
        {
            row += 1;
            continue;
        }
        let end = header::end(grid, row);
        row = header::start(grid, found.last().map_or(0, |table| table.header.end), row);
        if let Some(last) = found.last_mut() {
            if header::same_header(grid, last.header.clone(), row..end)
                && !header::is_titled_anew(grid, last, row)
            {
                row = end;
                continue;
            }
            last.body.end = header::above(grid, last.header.end, row);
        }
        let start = found.last().map_or(0, |table| table.body.end);
        let mut table = Table {
            above: start..row,
            header: row..end,
            body: end..grid.rows.len(),
            columns: Vec::new(),
            steps: Vec::new(),
            side: None,
        };
        table.columns = columns(grid, &table, map);
        roles::settle(grid, &mut table);
        table.steps = steps(grid, &mut table);
        found.push(table);
        row = end;
    }
    found
}

/// Whether a row below a header is a line of its table, though it has words that headers have: not even half of its cells are such words.
fn is_line(grid: &Grid, table: &Table, row: usize) -> bool {
    let cells = grid.rows.get(row).map(|row| row.cells.as_slice()).unwrap_or_default();
    let heads = |cell: &&Filled| words::role(&cell.text).is_some() || dated::names_year(&cell.text);
    let says_amount =
        |cell: &&Filled| table.is_figure(cell.column) && Money::parse(&cell.text, Unit::default()).is_ok();
    let over: Vec<&Filled> = cells.iter().filter(|cell| table.is_figure(cell.column)).collect();
    let is_headed = over.is_empty() || over.iter().any(heads);
    // 備考 | 要求額は概数 is a remark on the lines above it: no head begins so.
    let is_remark = cells.first().is_some_and(|cell| words::role(&cell.text) == Some(Role::Notes));
    !is_headed
        || is_remark
        || yearly::are_amounts(grid, table, row)
        || cells.iter().any(|cell| says_amount(&cell) && !is_year(cell))
        || cells.iter().filter(heads).count() * 2 < cells.len()
}

/// Whether a text is a number, whatever marks it has.
pub(super) fn is_numeric(text: &str) -> bool {
    let mut digits = 0;
    let is_plain = text.trim().chars().map(fold).all(|c| {
        digits += usize::from(c.is_ascii_digit());
        c.is_ascii_digit()
            || matches!(c, ',' | '.' | '(' | ')' | '%' | '$' | '€' | '£' | '-' | '△' | '▲' | '−')
            || c.is_whitespace()
    });
    is_plain && digits > 0
}

pub(super) fn holds_number(cell: &Filled) -> bool {
    // A formula that was never worked out stands for a number, which is then missed at its cell.
    cell.is_number()
        || cell.kind == Kind::NoValue
        || cell.kind == Kind::Text && (is_numeric(&cell.text) || states_yen(&cell.text))
}

/// Whether a text is a number with its own unit, as in ¥1,000 or 3億5,000万円.
pub(super) fn states_yen(text: &str) -> bool {
    let text = words::within_brackets(text).unwrap_or(text).trim();
    let bare = text.strip_suffix('円').map(|bare| bare.replace(['兆', '億', '万', '千', '百'], ""));
    let bare = bare.as_deref().or_else(|| text.strip_prefix(['¥', '￥']));
    bare.is_some_and(is_numeric)
}

/// Whether a cell is a year alone, as headers have them.
pub(super) fn is_year(cell: &Filled) -> bool {
    is_year_text(cell.text.trim())
}

/// Whether a text is a year or two that meet: 2026, 2025-26, 2025/2026.
pub(super) fn is_year_text(text: &str) -> bool {
    let is_year =
        |text: &str| text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1940..2100).contains(&year));
    let end = |rest: &str| rest.len() == 2 && rest.parse::<u16>().is_ok() || is_year(rest);
    is_year(text) || text.split_once(['-', '/', '–']).is_some_and(|(from, to)| is_year(from) && end(to))
}

fn columns(grid: &Grid, table: &Table, map: &Map) -> Vec<Column> {
    let rows =
        grid.rows.get(table.body.start..table.body.end.min(table.body.start + SAMPLE)).unwrap_or_default();
    let mut columns = Vec::new();
    let (mut is_past_amounts, mut is_named, mut amount) = (false, false, None);
    for at in 0..grid.width() {
        let texts = header::texts(grid, &table.header, at);
        let header = texts.join(" ");
        let cells: Vec<&Filled> = rows.iter().filter_map(|row| row.cell(at)).collect();
        let is_joined = grid.first_of(Cell { row: table.header.start, column: at }).column != at;
        if cells.is_empty() && (header.is_empty() || is_joined) {
            continue;
        }
        let numbers = cells.iter().filter(|cell| holds_number(cell)).count();
        let is_numeric = numbers * 2 > cells.len();
        let is_alone = texts.len() == 1;
        let is_head = if is_alone { titles::is_account_column } else { titles::is_account_head };
        let holds_amounts = if is_alone { is_numeric } else { numbers > 0 };
        let account = texts.iter().find(|text| holds_amounts && is_head(text)).cloned();
        let texts: Vec<&str> =
            texts.iter().filter(|text| Some(*text) != account.as_ref()).map(String::as_str).collect();
        // うち特別会計 behind an amount is the share of that account in it.
        let share = texts.first().filter(|_| numbers > 0).and_then(|text| share(text)).zip(amount);
        // The words of the account say nothing of the amount.
        let heard = amounts::heard(&texts);
        let is_flag = !header.is_empty() && are_flags(&cells) || is_marked(&header, &cells);
        let role = match heard.role {
            _ if is_flag => Role::Notes,
            _ if let Some((_, amount)) = share => amount,
            _ if amounts::is_year(&header)
                && !is_past_amounts
                && are_years(&cells, grid.calendar)
                && yearly::are_of(&header, &cells) =>
            {
                Role::Year
            }
            None if is_alone && account.is_some() => Role::Amount(Meaning::Requested),
            Some(Role::Amount(_)) if numbers == 0 && cells.len() > 1 => {
                words_beside(is_past_amounts, &header)
            }
            // 事項 above several columns: numbers and the words that they are for.
            Some(Role::Label | Role::Name) | None if !is_past_amounts && leads(grid, table, at) => {
                Role::Label
            }
            said => role_of_words(said, &cells, is_numeric, (is_past_amounts, is_named), &header),
        };
        // A code does not add up to a total.
        let is_money = role == Role::Code && heard.role != Some(Role::Code) && is_added_up(rows, at);
        let role = if is_money { Role::Nothing } else { role };
        let mapped = map.role(&header);
        let role = mapped.unwrap_or(role);
        // A name of money over numbers is asked about: 総事業費.
        let is_open = role == Role::Nothing && heard.role != Some(role) && names_money(&header);
        let is_said =
            !is_money && is_flag || mapped.or(heard.role).is_some() && (mapped.is_some() || !is_open);
        let is_amount = matches!(role, Role::Amount(_));
        amount = Some(role).filter(|_| is_amount && share.is_none()).or(amount);
        is_past_amounts |= is_amount;
        is_named |= matches!(role, Role::Label | Role::Name) && !is_past_amounts;
        columns.push(Column {
            at,
            unit: units::unit_alone(&header),
            header,
            role,
            is_said,
            has_numbers: numbers > 0,
            counts: counts(&cells),
            account: share.map(|(share, _)| share).or(account),
            sure: if mapped.is_some() { Sure::Mapped } else { heard.sure },
            is_part: heard.is_part,
            is_flag,
            part: Part::Whole,
            calendar: grid.calendar,
        });
    }
    parted(grid, table, columns, rows, map)
}

impl Table {
    /// The columns of a role.
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| column.role == role)
    }

    /// Whether a column holds amounts or what is worked out from them.
    pub(super) fn is_figure(&self, at: usize) -> bool {
        self.columns.iter().any(|column| column.at == at && column.is_figure())
    }

    /// The columns of amounts and of what is worked out from them, which totals add up.
    pub(super) fn figures(&self) -> Vec<&Column> {
        self.columns.iter().filter(|column| column.is_figure()).collect()
    }
}

/// What is said of a column whose header does not say what it holds.
pub(super) fn untold(header: &str, cell: Cell) -> Remark {
    let what = format!("`{header}` does not say what the numbers below it are; they were not taken");
    let help = "write a header that does, or say it in the map of columns that `--save-map` writes";
    Remark::assumed(cell, what, help)
}

impl Column {
    fn is_figure(&self) -> bool {
        matches!(self.role, Role::Amount(_) | Role::Change)
    }

    /// What is to be said of a column of amounts, as it seems, whose header does not say which.
    pub(super) fn unknown(&self, table: &Table) -> Option<Remark> {
        let first = table.columns.iter().find(|column| matches!(column.role, Role::Amount(_)));
        let is_behind = first.is_none_or(|first| self.at > first.at);
        let is_amount = is_behind || !self.counts;
        let is_open = self.role == Role::Nothing && !self.is_said && is_amount && self.has_numbers;
        let cell = Cell { row: table.header.start, column: self.at };
        let letters = || cell.to_string().trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
        let header = if self.header.is_empty() { letters() } else { self.header.clone() };
        is_open.then(|| untold(&header, cell))
    }

    /// The year that its header names, where the year of the table is known by how far it lies before that, too.
    pub(super) fn year(&self, near: Option<FiscalYear>) -> Option<FiscalYear> {
        let before = |words: &[&str]| words.iter().any(|word| self.header.contains(word));
        let relative = || match near {
            Some(near) if before(&["前々年度", "前前年度", "一昨年度"]) => {
                Some(near.prior().prior())
            }
            Some(near) if before(&["前年度", "昨年度", "Prior", "prior"]) => Some(near.prior()),
            _ => None,
        };
        dated::year_in(&self.header, near, self.calendar).or_else(relative)
    }
}
