//! Rows of a table that are none of its lines: what is only there to be compared with, and the remarks below the last line.

use std::collections::BTreeSet;

use super::feet::is_page_foot;
use super::figures::Figured;
use super::grid::{Fate, Filled, Grid, Kind, Row};
use super::header::is_page_head;
use super::remark::Remark;
use super::rows::{Entries, Entry, states_unit};
use super::table::{Column, Table, holds_number};
use super::told::place;
use super::tree::Context;
use super::value::{Value, value};
use super::words::folded;
use super::{Aside, Cell, days, numbers, paired, titles};
use crate::model::{Money, Unit};

/// The last row of a table that has a cell below a head of an amount.
pub(super) fn last_line(grid: &Grid, table: &Table, figures: &[&Column]) -> usize {
    let rows = table.body.clone().rev();
    let is_line = |at: &usize| {
        let row = grid.rows.get(*at);
        row.is_some_and(|row| figures.iter().any(|column| row.cell(column.at).is_some()))
    };
    rows.into_iter().find(is_line).unwrap_or(table.header.end)
}

/// Words that only say that what follows makes up what stands above.
const BREAKDOWNS: &[&str] = &[
    "内訳", "内訳明細", "内訳書", "明細", "事業内訳", "事業別内訳", "経費内訳", "費目別内訳", "課別内訳",
    "breakdown", "details",
];

/// Words that head a remark.
const REMARKS: &[&str] = &["備考", "摘要", "説明", "注", "注記", "特記事項", "remarks", "notes", "note"];

/// What stands behind the word that heads a remark in one cell: 備考：…. A note (注) is on the table.
fn remark_behind(text: &str) -> Option<&str> {
    let (head, rest) = text.trim().split_once(['：', ':'])?;
    let is_head = REMARKS.contains(&folded(head).as_str()) && !titles::is_remark(head);
    Some(rest.trim()).filter(|rest| is_head && !rest.is_empty())
}

impl Entries {
    /// Takes a row that says 備考 and a remark, which is on the line above it, or on the table below the last total; tells whether it is one.
    pub(super) fn remarked(&mut self, row: &Row) -> bool {
        let Some((label, rest)) = row.cells.split_first() else { return false };
        let said = folded(&label.text);
        let bare = said.trim_matches(|c: char| !c.is_alphanumeric());
        // 備考：…
        let behind = remark_behind(&label.text);
        let is_it = (REMARKS.contains(&bare) && !rest.is_empty() || behind.is_some())
            && rest.iter().all(|cell| cell.kind == Kind::Text && !holds_number(cell));
        if is_it {
            let rest = rest.iter().map(|cell| cell.text.trim());
            let words: Vec<&str> = behind.into_iter().chain(rest).collect();
            let is_line = |entry: &&mut Entry| entry.is_line && titles::sum(entry.title()).is_none();
            let of_line = self.list.last_mut().filter(is_line).map(|line| &mut line.notes);
            of_line.unwrap_or(&mut self.notes).push(words.join(" "));
            row.mark(Fate::Taken);
        }
        is_it
    }

    /// Takes rows that only say that a total's lines follow: ＜内訳＞.
    pub(super) fn breakdowns(&mut self, grid: &Grid) {
        let mut is_behind_total = true;
        self.list.retain(|entry| {
            let said = folded(entry.title());
            let bare = said.trim_matches(|c: char| "()〔〕[]【】<>:・-".contains(c));
            let is_it = is_behind_total && !entry.is_line && BREAKDOWNS.contains(&bare);
            if is_it {
                entry.mark(grid, Fate::Taken);
            }
            is_behind_total = titles::sum(entry.title()).is_some() && entry.is_line;
            !is_it
        });
    }

    /// Takes a row of words as remarks: one that says so, what follows it below the last line, and what stands outside of the columns of words.
    pub(super) fn is_remark(&mut self, entry: &Entry, row: &Row, is_below: bool) -> bool {
        let first = row.cells.first().map_or("", |cell| cell.text.trim());
        let is_remark = titles::is_remark(first) || is_below && !self.notes.is_empty();
        if !is_remark && !entry.labels.is_empty() {
            return false;
        }
        // What is no remark stays open, and is named with all that is left.
        for cell in row.cells.iter().filter(|cell| is_remark || titles::is_sentence(&cell.text)) {
            self.notes.push(cell.text.trim().to_owned());
            cell.mark(Fate::Taken);
        }
        true
    }

    /// Takes out the rows that are only for reference, with those that belong to them: below the total of all lines a heading of such rows has all that
    /// follows.
    pub(super) fn memos(&mut self, grid: &Grid) {
        let level = |entry: &Entry| (entry.labels.last().map(|(level, _)| *level), entry.inset);
        let (mut has_total, mut has_whole, mut memo, mut of_total) = (false, false, None, None);
        self.list.retain(|entry| {
            let is_sum = entry.is_line && titles::sum(entry.title()).is_some();
            // うち below a total is of that, and no part of the line above it; so are accounts that are set in below it.
            let is_share = |total: &usize| {
                titles::of_which(entry.title()) || titles::is_account(entry.title()) && entry.inset > *total
            };
            let is_of_total = entry.is_line && !is_sum && of_total.as_ref().is_some_and(is_share);
            of_total = if is_sum { Some(entry.inset) } else { of_total.filter(|_| is_of_total) };
            let belongs = memo.is_some_and(|(at, has_all)| has_all || level(entry) > at) || is_of_total;
            // （再掲） alone heads what the lines above count.
            let heads = has_total && !entry.is_line && titles::states(entry.title(), "再掲", true);
            // Heads are no money: 定員, Positions (FTE).
            let is_staff = has_whole && entry.is_line && titles::is_staff(entry.title());
            if belongs || heads || is_staff || titles::is_memo(entry.title()) {
                memo = memo.filter(|_| belongs).or(Some((level(entry), has_total && !entry.is_line)));
                let cells = grid.rows.get(entry.row).map(|row| row.cells.as_slice()).unwrap_or_default();
                cells.iter().for_each(|cell| cell.mark(Fate::Named));
                let said: Vec<&str> = cells.iter().map(Filled::shown).collect();
                self.memos.push((entry.place, said.join(" ")));
                return false;
            }
            memo = None;
            has_total |= is_sum;
            has_whole |= is_sum && titles::sum(entry.title()) != Some(titles::Sum::Part);
            true
        });
        let rows: BTreeSet<usize> = self.memos.iter().map(|(cell, _)| cell.row).collect();
        self.remarks.retain(|remark| !rows.contains(&remark.cell.row));
    }

    /// Takes a row that says a unit and nothing else; tells whether it is one. Below lines it holds for the rows that follow it.
    pub(super) fn counts_anew(&mut self, at: usize, row: &Row, unit: Unit) -> bool {
        let Some((stated, first)) = states_unit(row).zip(row.cells.first()) else { return false };
        row.mark(Fate::Taken);
        self.counted = None;
        if stated != unit && !self.list.is_empty() {
            let what = format!(
                "`{}` stands among the lines; those below it were read in that unit",
                first.text.trim()
            );
            let help =
                "write the unit behind their amounts, or put them into a table of their own, if it is not so";
            self.remarks.push(Remark::assumed(Cell { row: at, column: first.column }, what, help));
            self.counted = Some((stated, usize::MAX));
        }
        true
    }

    /// Gives a row the unit that one above it says, down to a row that is less set in than the first of them, or to a total beside them.
    pub(super) fn count(&mut self, entry: &mut Entry) {
        let Some((unit, first)) = &mut self.counted else { return };
        *first = if *first == usize::MAX { entry.inset } else { *first };
        if entry.inset < *first || *first == 0 && titles::sum(entry.title()).is_some() {
            self.counted = None;
        } else {
            entry.unit = entry.unit.or(Some(*unit));
        }
    }

    /// Rows of marks without amounts between lines that are numbered alike are remarks on the line above them: ・内容：….
    pub(super) fn remarks_on_lines(&mut self, grid: &Grid) {
        let kind = |entry: &Entry| numbers::numbered(entry.title()).map(|(kind, ..)| kind);
        let mut kept: Vec<Entry> = Vec::new();
        let mut rest = std::mem::take(&mut self.list).into_iter().peekable();
        while let Some(entry) = rest.next() {
            let of_line = kind(&entry).filter(|kind| entry.is_line && *kind < numbers::MARKS);
            kept.push(entry);
            let mut remarks = Vec::new();
            let is_remark = |next: &Entry| !next.is_line && kind(next) == Some(numbers::MARKS);
            while let Some(remark) = rest.next_if(|next| of_line.is_some() && is_remark(next)) {
                remarks.push(remark);
            }
            let ends = rest.peek().is_none_or(|next| {
                next.is_line && (kind(next) == of_line || titles::sum(next.title()).is_some())
            });
            match kept.last_mut().filter(|_| ends) {
                Some(line) => {
                    remarks.iter().for_each(|remark| remark.mark(grid, Fate::Taken));
                    line.notes.extend(remarks.iter().map(|remark| remark.title().to_owned()));
                }
                None => kept.append(&mut remarks),
            }
        }
        self.list = kept;
    }

    /// Whether a row without words has the amounts of the line above it, whose own row has amounts in brackets alone: 上段（）は内数. Those are left.
    pub(super) fn has_two_rows(&mut self, entry: &mut Entry) -> bool {
        let Some(last) =
            self.list.last_mut().filter(|last| last.row + 1 == entry.row && !last.labels.is_empty())
        else {
            return false;
        };
        if paired::join(&self.columns, last, entry) {
            return true;
        }
        let figures = |entry: &Entry| entry.figures.iter().flatten().cloned().collect::<Vec<_>>();
        let (above, own) = (figures(last), figures(entry));
        let is_bracketed = |figured: &Figured| figured.bracket.is_some_and(|bracket| bracket != '〔');
        let is_it = entry.labels.is_empty()
            && !above.is_empty()
            && above.iter().all(is_bracketed)
            && above.len() <= own.len()
            && !own.iter().any(is_bracketed);
        if is_it {
            self.remarks.retain(|remark| !above.iter().any(|figured| figured.cell == remark.cell));
            last.figures = std::mem::take(&mut entry.figures);
            last.notes.append(&mut entry.notes);
        }
        is_it
    }

    /// Takes the foot or the head of a page, which are no lines; tells whether a row is one.
    pub(super) fn page_edge(&mut self, grid: &Grid, table: &Table, at: usize, row: &Row) -> bool {
        let is_foot = is_page_foot(row);
        let is_edge = is_foot || is_page_head(grid, table, at);
        if is_edge {
            // What a page says anew, as the day that it was printed, is named with its foot.
            let (anew, again): (Vec<&Filled>, Vec<&Filled>) =
                row.cells.iter().partition(|cell| is_foot || days::is_date(&cell.text));
            let foot = |cell: &&Filled| (Cell { row: at, column: cell.column }, cell.text.trim().to_owned());
            self.feet.extend(anew.iter().map(foot));
            anew.iter().for_each(|cell| cell.mark(Fate::Named));
            again.iter().for_each(|cell| cell.mark(Fate::Verified));
        }
        is_edge
    }

    /// The feet of pages and the rows for reference, as they are listed.
    pub(super) fn listed(&self, name: &str, grid: &Grid) -> Vec<String> {
        let at = |cell: &Cell| place(name, grid, Some(*cell));
        let feet = self.feet.iter().map(|(cell, text)| format!("{}: the foot of a page `{text}`", at(cell)));
        let memos =
            self.memos.iter().map(|(cell, text)| format!("{}: only for reference `{text}`", at(cell)));
        feet.chain(memos).collect()
    }

    /// Words without figures below the last line are remarks.
    pub(super) fn close(&mut self, grid: &Grid) {
        let is_remark = |entry: &Entry| !entry.is_line && entry.inset == 0 && entry.code.is_empty();
        while self.list.len() > 1 && self.list.last().is_some_and(is_remark) {
            let Some(entry) = self.list.pop().filter(|entry| titles::is_sentence(entry.title())) else {
                continue;
            };
            entry.mark(grid, Fate::Taken);
            let words = [entry.title()].into_iter().chain(entry.notes.iter().map(String::as_str));
            self.notes.insert(0, words.collect::<Vec<_>>().join(" "));
        }
    }
}

/// What is wrong with words that a formula was to make.
pub(super) fn unmade(row: &Row, at: usize, levels: &[&Column], unit: Unit) -> Vec<Remark> {
    let cells = levels.iter().filter_map(|column| row.cell(column.at));
    let cells = cells.filter(|cell| matches!(cell.kind, Kind::NoValue | Kind::Error));
    let wrong = |cell: &Filled| match value(cell, unit, false) {
        Value::Wrong(what, help) => {
            Some(Remark::new(super::NO_AMOUNT, Cell { row: at, column: cell.column }, what, help))
        }
        _ => None,
    };
    cells.filter_map(wrong).collect()
}

/// The account that a row names for all rows below it: 【一般会計】.
pub(super) fn account_of(entry: &Entry, context: Context<'_>) -> Option<String> {
    // ２．特別会計 below １．一般会計, which stands above the header.
    let bare = numbers::numbered(entry.title()).map_or(entry.title(), |(_, _, title)| title);
    let is_next = context.has_account && bare.ends_with("会計") && titles::is_account(bare);
    let named = titles::account(entry.title()).or(Some(bare).filter(|_| is_next));
    named.filter(|_| !entry.is_line).map(str::to_owned)
}

/// Why an entry is shown and not added.
pub(super) fn aside(entry: &Entry) -> Option<Aside> {
    let figures = entry.figures.iter().flatten().map(|figured| (figured.money, figured.bracket));
    set_aside(entry.title(), &entry.notes, &figures.collect::<Vec<_>>())
}

/// Why a line is shown and not added: what its title and the remarks on it say of all of it, and how its amounts are written.
pub(super) fn set_aside(title: &str, notes: &[String], figures: &[(Money, Option<char>)]) -> Option<Aside> {
    let all = |is: fn(&(Money, Option<char>)) -> bool| !figures.is_empty() && figures.iter().all(is);
    if says(title, notes, "再掲") {
        Some(Aside::Recount)
    } else if titles::of_which(title) {
        Some(Aside::OfWhich)
    } else if all(|(_, bracket)| *bracket == Some('〔')) {
        Some(Aside::Recount)
    } else {
        all(|(money, _)| matches!(money, Money::Within(_))).then_some(Aside::Within)
    }
}

/// Whether the title of a line or a remark on it says a word of all of it.
pub(super) fn says(title: &str, notes: &[String], word: &str) -> bool {
    titles::states(title, word, true) || notes.iter().any(|note| titles::states(note, word, false))
}
