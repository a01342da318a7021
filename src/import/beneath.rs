//! What the cells below a head say of its column, beside what the head says.

use super::grid::{Filled, Grid, Kind, Row};
use super::table::{Column, Table, holds_number, is_numeric, is_year};
use super::words::{self, Role};
use super::{Cell, dated, header, titles};
use crate::model::{FiscalCalendar, fold};

/// What a column is that is neither an amount nor anything else that its head and its cells say at once.
pub(super) fn role_of_words(
    said: Option<Role>,
    cells: &[&Filled],
    is_numeric: bool,
    (is_past_amounts, is_named): (bool, bool),
    header: &str,
) -> Role {
    match said {
        Some(Role::Label | Role::Name)
            if is_numeric && !cells.iter().all(|cell| is_year(cell) || !holds_number(cell)) =>
        {
            numbers_of_words(is_past_amounts, header)
        }
        // What is called a code and has no digit names the lines: Account, 科目.
        Some(Role::Code) if !cells.is_empty() && !cells.iter().any(|cell| has_digit(cell)) => {
            words_beside(is_past_amounts, header)
        }
        // Words behind the amounts of lines that are named before them are remarks: 節, 説明.
        Some(Role::Label | Role::Name) if is_past_amounts && is_named => Role::Notes,
        Some(role) => role,
        None if is_numeric && header.is_empty() && !is_past_amounts => Role::Code,
        None if is_numeric || cells.is_empty() => Role::Nothing,
        None => words_beside(is_past_amounts, header),
    }
}

/// Whether a column of numbers and words stands before another one under the same head, or under none, which has words.
pub(super) fn leads(grid: &Grid, table: &Table, at: usize) -> bool {
    let first = |column| grid.first_of(Cell { row: table.header.start, column });
    let rows = grid.rows.get(table.body.clone()).unwrap_or_default();
    let has_words = || {
        let mut beside = rows.iter().filter_map(|row| row.cell(at + 1).filter(|_| row.cell(at).is_some()));
        beside.any(|cell| cell.kind == Kind::Text && !is_numeric(&cell.text))
    };
    let is_bare = || header::texts(grid, &table.header, at + 1).is_empty();
    (first(at + 1) == first(at) || is_bare()) && has_words()
}

/// Whether cells only mark lines.
pub(super) fn are_flags(cells: &[&Filled]) -> bool {
    let is_mark = |text: &str| {
        let mut characters = text.chars();
        matches!((characters.next(), characters.next()), (Some(mark), None) if MARKS.contains(mark))
    };
    !cells.is_empty() && cells.iter().all(|cell| is_mark(cell.text.trim()))
}

/// The marks that lines have below a head that says something of some of them.
const MARKS: &str = "○◯〇◎●✓✔レ☑■★×✕";

/// Whether all cells are fiscal years.
pub(super) fn are_years(cells: &[&Filled], calendar: FiscalCalendar) -> bool {
    let names = |text: &str| dated::year_in(&text.to_uppercase(), None, calendar).is_some();
    !cells.is_empty() && cells.iter().all(|cell| cell.text.len() < 8 && names(&cell.text))
}

/// Whether a header is that of an amount of money which does not say which: 総事業費, 所要額.
pub(super) fn names_money(header: &str) -> bool {
    let said = words::without_brackets(&words::folded(header));
    said.ends_with(['費', '額', '金'])
}

pub(super) fn has_digit(cell: &Filled) -> bool {
    cell.is_number() || cell.text.chars().map(fold).any(|c| c.is_ascii_digit())
}

/// Whether a column has a number in a row that adds up others: then it holds amounts, and no codes.
pub(super) fn is_added_up(rows: &[Row], at: usize) -> bool {
    let is_total = |row: &&Row| {
        let first = row.cells.iter().find(|cell| cell.kind == Kind::Text && !is_numeric(&cell.text));
        first.is_some_and(|cell| cell.column < at && titles::sum(&cell.text).is_some())
    };
    rows.iter().filter(is_total).any(|row| row.cell(at).is_some_and(holds_number))
}

/// Whether numbers only count the rows: 1, 2, 3.
pub(super) fn counts(cells: &[&Filled]) -> bool {
    let numbers = cells.iter().filter(|cell| holds_number(cell)).map(|cell| cell.text.trim().parse::<u32>());
    let numbers: Result<Vec<u32>, _> = numbers.collect();
    numbers.is_ok_and(|numbers| {
        let begins = numbers.first().is_some_and(|first| *first < 2);
        begins && numbers.windows(2).all(|pair| matches!(pair, [one, next] if one + 1 == *next || *next == 1))
    })
}

/// The account whose share a header says that its column holds: うち一般会計（百万円）.
pub(super) fn share(header: &str) -> Option<String> {
    let said = words::without_brackets(&words::folded(header));
    let named =
        said.strip_prefix("うち").or_else(|| said.strip_prefix("内"))?.trim_start_matches(['、', ',']);
    titles::is_account(named).then(|| named.to_owned())
}

/// What numbers below a word of a level are.
pub(super) fn numbers_of_words(is_past_amounts: bool, header: &str) -> Role {
    if is_past_amounts || names_money(header) { Role::Nothing } else { Role::Code }
}

/// What a column of words is: beside the amounts remarks, before them a level.
pub(super) fn words_beside(is_past_amounts: bool, header: &str) -> Role {
    match is_past_amounts {
        true if header.is_empty() => Role::Nothing,
        true => Role::Notes,
        false => Role::Label,
    }
}

/// The columns of codes before the words of lines, of which each line has one alone, so that it says the level: 款|項|目.
pub(super) fn steps(grid: &Grid, table: &mut Table) -> Vec<usize> {
    let first = table.columns.iter().position(|column| matches!(column.role, Role::Amount(_)));
    let before = table.columns.get(..first.unwrap_or(0)).unwrap_or_default();
    let is_word = |column: &&Column| matches!(column.role, Role::Label | Role::Name);
    let Some(words) = before.iter().rfind(is_word).map(|column| column.at) else { return Vec::new() };
    let rows = grid.rows.get(table.body.clone()).unwrap_or_default();
    let lines = || rows.iter().filter(|row| !row.text(words).is_empty());
    let is_code = |text: &str| text.is_empty() || text.bytes().all(|byte| byte.is_ascii_digit());
    let is_step = |column: &&Column| {
        let mut texts = lines().map(|row| row.text(column.at));
        column.at < words
            && matches!(column.role, Role::Code | Role::Label)
            && texts.clone().all(is_code)
            && texts.any(|text| !text.is_empty())
    };
    let steps: Vec<usize> = before.iter().filter(is_step).map(|column| column.at).collect();
    let filled = |row: &&Row| steps.iter().filter(|at| !row.text(**at).is_empty()).count();
    let (one, more) = (lines().filter(|row| filled(row) == 1).count(), lines().any(|row| filled(&row) > 1));
    if steps.len() < 2 || more || one * 2 < lines().count() {
        return Vec::new();
    }
    let columns = table.columns.iter_mut().filter(|column| steps.contains(&column.at));
    columns.for_each(|column| column.role = Role::Code);
    steps
}

/// What a mark says below the head of its column: ○ below 再掲; × says that it is not so.
pub(super) fn flagged(header: &str, mark: &str) -> Option<String> {
    let Some(word) = titles::said_head(header) else {
        return match mark.chars().next().map(fold)? {
            '×' | 'x' | 'X' | '-' => None,
            '◎' | '●' | '■' | '★' => Some(format!("{header}{mark}")),
            _ => Some(header.to_owned()),
        };
    };
    let said = words::folded(mark);
    match said.as_str() {
        _ if NO.contains(&said.as_str()) => None,
        _ if is_yes(&said) => Some(word.to_owned()),
        _ if said.contains(word) => Some(mark.to_owned()),
        // Of what part or how much it is so.
        _ if said.starts_with("うち") || said.contains("一部") => Some(format!("{mark}{word}")),
        _ if is_numeric(said.trim_end_matches(['円', '千', '万', '億', '百'])) => {
            Some(format!("うち{mark}は{word}"))
        }
        _ => Some(format!("{word}（{mark}）")),
    }
}

/// How a cell says that what its head says is not so of the line.
const NO: [&str; 13] = ["×", "✕", "x", "-", "－", "ー", "―", "無", "無し", "なし", "否", "非該当", "no"];
/// How it says that it is so.
const YES: [&str; 14] =
    ["有", "有り", "あり", "要", "済", "該当", "対象", "再", "✔", "※", "1", "y", "yes", "v"];

fn is_yes(said: &str) -> bool {
    YES.contains(&said) || said.chars().count() == 1 && MARKS.contains(said)
}

/// Whether a column only marks the lines of which its head says something: what is counted elsewhere (再掲), whatever stands below that but amounts, and 新規, 終了 …
/// where all below says yes or no.
pub(super) fn is_marked(header: &str, cells: &[&Filled]) -> bool {
    let says = |cell: &&Filled| {
        let said = words::folded(&cell.text);
        is_yes(&said) || NO.contains(&said.as_str())
    };
    let is_amount = |cell: &&&Filled| holds_number(cell) && !says(cell);
    titles::said_head(header).is_some_and(|word| match word {
        "再掲" => cells.iter().filter(is_amount).count() * 2 <= cells.len().max(1),
        _ => !cells.is_empty() && cells.iter().all(says),
    })
}
