//! Columns whose cells hold two amounts, one of them in brackets: 1,200 (1,000) below 要求額（前年度予算額）, or the one in brackets in a row of its own where the
//! sheet says what brackets mean.

use super::grid::{Fate, Filled, Grid, Row};
use super::map::Map;
use super::rows::Entry;
use super::table::{Column, Table, is_numeric};
use super::words::{self, Meaning, Role, folded};

/// Which of two amounts in its cells a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Its cells hold one.
    Whole,
    /// The one in front of the brackets.
    Before,
    /// The one within.
    Within,
}

impl Part {
    /// What a cell of two amounts has of it.
    pub(super) fn of(self, cell: &Filled) -> Option<Filled> {
        let text = match (split(&cell.text), self) {
            (Some((before, _)), Self::Before) => before,
            (Some((_, within)), _) => within,
            (None, Self::Before) => cell.text.trim(),
            (None, _) => "",
        };
        (!text.is_empty()).then(|| Filled { text: text.to_owned(), ..cell.clone() })
    }
}

/// A text that ends with brackets: what stands before them, and within.
fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let inner = text.strip_suffix([')', '）'])?;
    let (before, within) = inner.rsplit_once(['(', '（'])?;
    Some((before.trim(), within.trim()))
}

/// The amount that words name, if they are nothing else.
fn amount(text: &str, map: &Map) -> Option<Role> {
    map.role(text).or_else(|| words::role(text)).filter(|role| matches!(role, Role::Amount(_)))
}

/// What a sheet says that brackets around amounts mean: （　）内は前年度予算額.
fn meaning_of_brackets<'g>(grid: &'g Grid, table: &Table) -> Option<(&'g Filled, String)> {
    let rows = grid.rows.get(table.above.start..table.header.end).unwrap_or_default();
    rows.iter().flat_map(|row| &row.cells).find_map(|cell| {
        let said = folded(&cell.text);
        let behind = ["()", "括弧", "カッコ"].iter().find_map(|word| Some(said.split_once(word)?.1))?;
        let named =
            ["内は", "書きは", "書は", "は", "内:"].iter().find_map(|word| behind.strip_prefix(word))?;
        let end = named.find([')', '。', '、', ',', ';']).unwrap_or(named.len());
        named.get(..end).filter(|named| !named.is_empty()).map(|named| (cell, named.to_owned()))
    })
}

/// The columns of a table, those of two amounts twice.
pub(super) fn parted(
    grid: &Grid,
    table: &Table,
    columns: Vec<Column>,
    rows: &[Row],
    map: &Map,
) -> Vec<Column> {
    let of_sheet = meaning_of_brackets(grid, table);
    let has_prior = columns.iter().any(|column| column.role == Role::Amount(Meaning::Prior));
    let halves = |column: &Column| {
        let is_asked = matches!(column.role, Role::Amount(Meaning::Requested | Meaning::Total));
        let own = split(&column.header).filter(|(_, within)| amount(within, map).is_some());
        let own = own.map(|(before, within)| (before.to_owned(), within.to_owned()));
        let of_sheet = of_sheet.as_ref().filter(|_| is_asked && !has_prior);
        let (before, within) = own.clone().or_else(|| Some((column.header.clone(), of_sheet?.1.clone())))?;
        let role = amount(&within, map).filter(|_| matches!(column.role, Role::Amount(_)))?;
        let mut cells = rows.iter().filter_map(|row| row.cell(column.at));
        let is_paired = |cell: &Filled| split(&cell.text).is_some_and(|(_, within)| is_numeric(within));
        cells.any(is_paired).then(|| {
            let said = of_sheet.filter(|_| own.is_none());
            said.into_iter().for_each(|(cell, _)| cell.mark(Fate::Taken));
            let first = Column { header: before, part: Part::Before, ..column.clone() };
            [first, Column { header: within, role, part: Part::Within, ..column.clone() }]
        })
    };
    let all = columns.into_iter().flat_map(|column| match halves(&column) {
        Some(halves) => halves.to_vec(),
        None => vec![column],
    });
    all.collect()
}

/// Puts the figures of a row without words into the places that the row above it leaves open, where one of the two holds all that stands within brackets.
pub(super) fn join(columns: &[Column], above: &mut Entry, own: &mut Entry) -> bool {
    let is_within = |entry: &Entry, wanted: bool| {
        let mut stated = entry.figures.iter().zip(columns).filter(|(figured, _)| figured.is_some());
        stated.all(|(_, column)| (column.part == Part::Within) == wanted)
    };
    let is_it = own.labels.is_empty()
        && [&*above, &*own].iter().all(|entry| entry.figures.iter().any(Option::is_some))
        && [true, false].into_iter().any(|one| is_within(above, one) && is_within(own, !one));
    if is_it {
        for (place, figured) in above.figures.iter_mut().zip(&mut own.figures) {
            *place = place.take().or_else(|| figured.take());
        }
        above.notes.append(&mut own.notes);
    }
    is_it
}
