//! Rows that differ only in which figure they state, a year or a change in a column of its own: they are one line.

use super::dated;
use super::grid::{Fate, Grid};
use super::rows::{Entries, Entry};
use super::table::{Column, Table};
use super::words::{self, Meaning, Role};
use crate::model::FiscalYear;

/// What a row says of its figure: its role, how many years it lies off the row's, or the year that its words name.
type Kind = (Role, i32, Option<FiscalYear>);

/// Joins rows that differ only in which figure they state: 年度 and the years before it, or 増減額, in a column of their own.
pub(super) fn pivot(grid: &Grid, table: &Table, found: &mut Entries) {
    let Some(label) = found.list.first().and_then(|entry| entry.labels.last()).map(|(level, _)| *level)
    else {
        return;
    };
    let [amount] = table.figures()[..] else { return };
    let said = |entry: &Entry| -> Option<Kind> {
        let (_, text) = entry.labels.last().filter(|(level, _)| *level == label)?;
        if let Some(role @ (Role::Change | Role::Amount(_))) = words::role(text) {
            return Some((role, 0, dated::year_in(text, None, grid.calendar)));
        }
        let year = entry.year?;
        let stated = dated::year_in(text, Some(year), grid.calendar)?;
        let behind = i32::from(stated.western()) - i32::from(year.western());
        Some((Role::Amount(Meaning::Budget), behind, None))
    };
    let kinds: Vec<Kind> = found.list.iter().filter_map(said).collect();
    let is_again = kinds.iter().skip(1).any(|kind| Some(kind) == kinds.first());
    if label == 0
        || kinds.len() < found.list.len()
        || !is_again
        || kinds.iter().all(|kind| Some(kind) == kinds.first())
    {
        return;
    }
    let mut kinds: Vec<(Kind, String)> = Vec::new();
    let mut joined: Vec<Entry> = Vec::new();
    for mut entry in std::mem::take(&mut found.list) {
        let Some(kind) = said(&entry) else { continue };
        entry.mark(grid, Fate::Taken);
        let text = entry.labels.pop().map_or_else(String::new, |(_, text)| text);
        let at = kinds.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
            kinds.push((kind, text));
            kinds.len() - 1
        });
        let figure = entry.figures.pop().flatten();
        // Words that stand once for several rows are those of each.
        let goes_on = |last: &&mut Entry| entry.labels.is_empty() || last.labels == entry.labels;
        match joined.last_mut().filter(goes_on).filter(|last| last.year == entry.year) {
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
    // 令和８年度予算額 in the words of a row says of its figure what a header would.
    let column = |((role, behind, _), text): (Kind, String)| match (role, behind) {
        (Role::Amount(_), -1) => Column { role: Role::Amount(Meaning::Prior), ..amount.clone() },
        (Role::Amount(Meaning::Budget), 0) if words::role(&text).is_none() => {
            Column { role, ..amount.clone() }
        }
        (role, _) => Column { role, header: text, ..amount.clone() },
    };
    found.columns = kinds.into_iter().map(column).collect();
}
