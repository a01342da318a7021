//! Rows of a sheet of ours that are not where they were: copied, added without a title, gone.

use std::collections::BTreeMap;

use super::super::Cell;
use super::super::grid::Grid;
use super::super::remark::Remark;
use super::entries::text;
use super::line::Taking;
use super::row::plain;
use super::splits::{LISTS, Splits};
use super::{FIGURES, HEADS, Keys, Read, TITLE};
use crate::edit::Value;
use crate::model::{Lang, Money, Unit};
use crate::words::Words;

/// The row of each id: of several with one, that which shows most of what it showed, and the first of those. The others were copied from it.
pub(super) fn owners(rows: &[Read<'_>], grid: &Grid, keys: &Keys, unit: Unit) -> BTreeMap<String, usize> {
    let mut owners: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.id.is_empty() && !row.is_split() && !row.is_worked_out()) {
        let likeness = row.likeness(grid, keys, unit);
        let known = owners.entry(row.id.clone()).or_insert((likeness, row.at));
        if likeness > known.0 {
            *known = (likeness, row.at);
        }
    }
    owners.into_iter().map(|(id, (_, at))| (id, at)).collect()
}

impl Read<'_> {
    /// How much of what it showed it still shows.
    pub(super) fn likeness(&self, grid: &Grid, keys: &Keys, unit: Unit) -> usize {
        let shown = |key: &str| text(&self.shown, &[key]);
        let is_it = |word: &str| {
            let cell = self.cell(grid, keys, word);
            let amount = |text: &str| Money::parse(text, unit).ok();
            cell.map(|cell| amount(&cell.text)) == shown(word).map(amount)
        };
        let title = shown("title").is_some_and(|title| plain(title) == self.title);
        usize::from(title) + FIGURES.iter().filter(|(_, word, _)| is_it(word)).count()
    }
}

/// Whether the sheet of a chapter is in English.
pub(super) fn is_english(top: &Read<'_>) -> bool {
    let heads = top.shown.iter().find(|(key, _)| key == HEADS);
    let head = heads
        .and_then(|(_, heads)| if let Value::Braces(heads) = heads { text(heads, &[TITLE]) } else { None });
    head == Some(Words::of(Lang::En).program)
}

impl Taking<'_> {
    /// Names rows that say amounts and not of what, new ones of accounts, and those of accounts and instruments that are gone.
    pub(super) fn strays(&mut self, rows: &[Read<'_>], splits: &Splits<'_>) {
        let column = self.keys.of(TITLE).unwrap_or(0);
        for row in rows {
            let at = Cell { row: row.at, column };
            let has_amount = FIGURES.iter().find_map(|(_, word, _)| row.cell(self.grid, self.keys, word));
            if let Some(cell) =
                has_amount.filter(|cell| row.is_nameless() && cell.text.contains(char::is_numeric))
            {
                let what =
                    format!("`{}` stands in a row without a title; nothing of it is taken", cell.text.trim());
                let at = Cell { row: row.at, column: cell.column };
                self.remarks.push(Remark::assumed(at, what, "write what the amount is for"));
            }
            if row.is_new_split() {
                let what = format!("`{}` is a new row of an account; nothing of it is taken", row.title);
                let help = "add it under `accounts` or `instruments` in the files of the chapter";
                self.remarks.push(Remark::assumed(at, what, help));
            }
            if row.is_foreign {
                let what = format!(
                    "row {} came from a sheet with other columns, with what is not shown there; nothing of it is taken",
                    row.at + 1
                );
                let help = "clear its cells that are not shown, or copy only those that are";
                self.remarks.push(Remark::assumed(at, what, help));
            }
            if self.owners.get(&row.id) != Some(&row.at) {
                continue;
            }
            for (key, list) in LISTS {
                let parts = row.kept.iter().find(|(known, _)| known == list).map(|(_, parts)| parts);
                let parts = if let Some(Value::List(parts)) = parts { parts.as_slice() } else { &[] };
                for part in parts {
                    let Value::Braces(part) = part else { continue };
                    let name = text(part, &["name"]).unwrap_or_default();
                    let is_there = |it: &&Read<'_>| it.text(key) == Some(name);
                    if splits.get(&row.at).into_iter().flatten().any(is_there) {
                        continue;
                    }
                    let what = format!("`{name}` of `{}` is in the sheet no more; it stays", row.id);
                    let help = "take it out in the files of the chapter, or put its row back";
                    self.remarks.push(Remark::assumed(at, what, help));
                }
            }
        }
    }
}
