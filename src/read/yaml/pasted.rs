//! Rows of a table where entries of a list are to stand: cells parted by tabs, as a spreadsheet pastes them, or by commas or upright lines.

use super::super::{codes, keys};
use super::hand::{Line, key};
use crate::diagnostic::{Cure, Diagnostic};
use crate::model::{Amount, Unit};
use crate::source::{FileId, Span};

/// The keys that columns can have.
const COLUMNS: [&str; 7] = ["id", "number", "title", "requested", "prior", "operator", "abbreviation"];

/// The most cells of a row; tables of budgets have a dozen.
const WIDEST: usize = 100;

/// The first rows of cells: two or more, or one that holds an amount.
pub(super) fn pasted(lines: &[Line<'_>], file: FileId) -> Option<Diagnostic> {
    let is_row = |line: &&Line<'_>| cells(line).len() > 1;
    let count = |at: usize| lines.iter().skip(at).take_while(is_row).count();
    let (at, first) = lines.iter().enumerate().find(|(at, line)| match count(*at) {
        0 => false,
        1 => cells(line).iter().any(|cell| is_amount(cell)),
        _ => true,
    })?;
    let rows: Vec<&Line<'_>> = lines.iter().skip(at).take(count(at)).collect();
    let heading: Vec<Option<&str>> = cells(first)
        .iter()
        .map(|cell| match keys::meant(cell, &COLUMNS) {
            Some(keys::Meant::Name(key)) => Some(key),
            _ => None,
        })
        .collect();
    let has_heading = heading.iter().flatten().count() > 1;
    let rows_below = rows.iter().skip(usize::from(has_heading)).enumerate();
    // They stand where the entries above them do.
    let indent_of = |line: &Line<'_>| line.text.len() - line.text.trim_start().len();
    let above = lines.get(..at).unwrap_or_default().iter().rev();
    let entry =
        above.take_while(|line| indent_of(line) > 0).filter(|line| line.text.trim_start().starts_with("- "));
    let indent = " ".repeat(entry.map(indent_of).min().unwrap_or(0).max(indent_of(first)));
    let mut is_whole = true;
    let entries: Vec<String> = rows_below
        .map(|(nth, row)| {
            let cells = cells(row);
            let columns = if has_heading { heading.clone() } else { columns(&cells) };
            is_whole &= cells
                .iter()
                .enumerate()
                .all(|(at, cell)| cell.is_empty() || columns.get(at).is_some_and(Option::is_some));
            let mut pairs: Vec<String> = pairs(&columns, &cells);
            if !columns.contains(&Some("id")) {
                pairs.insert(0, format!("id: program-{}", nth + 1));
            }
            format!("{indent}- {{{}}}", pairs.join(", "))
        })
        .collect();
    // Within an entry one row below its heading is more of its keys; other rows would cut the entry in two.
    let is_within = rows.last()?.next() > indent.len();
    let is_entry = !heading.iter().any(|key| matches!(key, Some("id" | "title")));
    let entries = match rows.get(1) {
        Some(row) if has_heading && is_entry && rows.len() == 2 => {
            let above = lines.get(at.checked_sub(1)?)?;
            let column = above.text.len() - above.text.trim_start_matches([' ', '-']).len();
            let own = pairs(&heading, &cells(row));
            own.into_iter().map(|pair| format!("{}{pair}", " ".repeat(column))).collect()
        }
        _ => {
            is_whole &= !(is_within || has_heading && is_entry);
            entries
        }
    };
    let span = Span { file, start: first.start, end: rows.last().map(|last| last.start + last.text.len())? };
    let shown = Span { end: first.start + first.text.len(), ..span };
    let is_more = entries.first().is_some_and(|entry| !entry.trim_start().starts_with('-'));
    let example = entries.first().map_or("- {id: …}", |entry| entry.trim_start());
    let message = match first.text.contains('\t') {
        true => "cells of a spreadsheet are pasted here, parted by tabs",
        false => "a row of cells stands here, not an entry of a list",
    };
    let finding = Diagnostic::new(codes::SYNTAX, shown, message)
        .note(if rows.len() == 1 { "1 row".to_owned() } else { format!("{} rows", rows.len()) })
        .help(match is_more {
            true => format!("write each cell behind its key, `{example}`"),
            false => format!("write each row as an entry of the list, `{example}`"),
        });
    // A cell whose key is not known would be lost.
    Some(finding.cure(is_whole.then(|| Cure::suggested(span, entries.join("\n")))))
}

/// What the cells of a row say, each behind its key.
fn pairs(columns: &[Option<&str>], cells: &[&str]) -> Vec<String> {
    let pair = |(key, cell): (&Option<&str>, &&str)| {
        Some(format!("{}: \"{}\"", (*key)?, cell.trim_matches('"').replace('"', "\\\"")))
    };
    columns.iter().zip(cells).filter_map(pair).collect()
}

/// The cells of a line that has several, and is no entry already. Without tabs two of them must be amounts, and be told from groups of digits.
fn cells<'t>(line: &Line<'t>) -> Vec<&'t str> {
    let bare = line.text.trim_start().trim_start_matches("- ");
    let is_entry =
        key(bare).is_some_and(|(_, behind)| behind.starts_with(':')) || bare.starts_with(['{', '[']);
    let parted = |mark: char| {
        let cells = bare.trim_matches('|').split(mark).map(str::trim).take(WIDEST + 1).collect::<Vec<_>>();
        if cells.len() > WIDEST { Vec::new() } else { cells }
    };
    let is_row = |cells: &Vec<&str>| {
        let is_group = |cell: &&str| cell.len() == 3 && is_amount(cell);
        let amounts = cells.iter().filter(|cell| is_amount(cell)).count();
        amounts > 1 && amounts < cells.len() && !(bare.contains(',') && cells.iter().any(is_group))
    };
    match bare.contains('\t') {
        _ if is_entry => Vec::new(),
        true => parted('\t'),
        false => ['|', '、', '，', ','].into_iter().map(parted).find(is_row).unwrap_or_default(),
    }
}

fn is_amount(cell: &str) -> bool {
    Amount::parse(cell.trim_matches('"'), Unit::MILLION_YEN).is_ok()
}

/// What the cells of a row without a heading are: a number before the title, the title, the first two amounts behind it.
fn columns(cells: &[&str]) -> Vec<Option<&'static str>> {
    let (mut has_title, mut amounts) = (false, ["requested", "prior"].into_iter());
    let column = |cell: &&str| match (has_title, is_amount(cell)) {
        (false, true) => Some("number"),
        (false, false) => {
            has_title = !cell.is_empty();
            has_title.then_some("title")
        }
        (true, true) => amounts.next(),
        (true, false) => None,
    };
    cells.iter().map(column).collect()
}
