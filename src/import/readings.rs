//! The ways in which a table can be read: its signs may say different depths, and a row may add up those beside it with no sign at all. The printed totals
//! decide; where there are none, amounts do, and it is said.

use std::collections::BTreeMap;

use super::depth::depths;
use super::numbers::{self, goes_on};
use super::remark::Remark;
use super::rows::Entry;
use super::titles;
use super::tree::{Context, Tree, aside, planted};
use super::words::Role;

/// How deep each entry stands, and which entries have, by their amounts alone, so many parts below them or add up so many lines above them.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub(super) depths: Vec<usize>,
    pub(super) parts: BTreeMap<usize, usize>,
    pub(super) totals: BTreeMap<usize, usize>,
}

/// How many lines above and below a line are added up.
const MOST_ADDED: usize = 200;

/// Puts entries in their places, as the reading says that their totals verify best.
pub(super) fn tree(entries: &[Entry], context: Context<'_>) -> Tree {
    let mut readings: Vec<Reading> =
        depths(entries).into_iter().map(|depths| Reading { depths, ..Reading::default() }).collect();
    let first = readings.first().map(|first| first.depths.clone()).unwrap_or_default();
    let changes: Vec<bool> = context.columns.iter().map(|column| column.role == Role::Change).collect();
    let weak = [2, 1].map(|least| Amounts { entries, depths: &first, changes: &changes, least }.reading());
    let sure = readings.len() + 1;
    readings
        .extend(weak.into_iter().filter(|reading| !reading.parts.is_empty() || !reading.totals.is_empty()));
    let mut best = readings.first().cloned().unwrap_or_default();
    if readings.len() > 1 {
        context.grid.tries.set(true);
        let mut least: Option<(usize, usize)> = None;
        for (at, reading) in readings.into_iter().enumerate() {
            let tree = planted(entries, &reading, context);
            let (troubles, verified) = (tree.troubles(), tree.verified);
            let is_meant = match least {
                None => true,
                // What only some amounts say must be what the total of all says.
                Some(_) if at >= sure && !tree.is_verified() => false,
                Some((fewest, most)) => troubles < fewest && verified > most,
            };
            if is_meant {
                least = Some((troubles, verified));
                best = reading;
            }
            if troubles == 0 && is_meant {
                break;
            }
        }
        context.grid.tries.set(false);
    }
    let mut tree = planted(entries, &best, context);
    if !tree.is_verified() {
        tree.remarks.extend(best.remarks(entries));
    }
    tree
}

impl Reading {
    /// Says which levels only amounts tell.
    fn remarks(&self, entries: &[Entry]) -> Vec<Remark> {
        let say = |(at, count): (&usize, &usize), how: &str, help| {
            let entry = entries.get(*at)?;
            let first = entry.figures.iter().flatten().next()?;
            let what = format!("`{}` has the amounts of the {count} lines {how}", entry.title());
            Some(Remark::new(super::ASSUMED, first.cell, what, help))
        };
        let below = "set the parts in, or number them otherwise, so that the sheet says it; numbers of one kind say that the lines stand side by side";
        let above = "call it 計 if it is that; numbers of one kind say that the lines stand side by side";
        let parts =
            self.parts.iter().filter_map(|it| say(it, "below it, and was taken as their group", below));
        let totals =
            self.totals.iter().filter_map(|it| say(it, "above it, and was left out as their total", above));
        parts.chain(totals).collect()
    }
}

/// What amounts say beside the depths that are known.
struct Amounts<'e> {
    entries: &'e [Entry],
    depths: &'e [usize],
    changes: &'e [bool],
    /// 2 where it must be no chance, 1 where the total of all is asked afterwards.
    least: usize,
}

impl Amounts<'_> {
    /// A row that adds up those right below it, from the last one up, has them as its parts; one that adds up those above it is their total.
    fn reading(&self) -> Reading {
        let count = self.entries.len();
        let mut deeper = vec![0_usize; count];
        let mut reading = Reading::default();
        for at in (0..count).rev() {
            let Some(parts) = self.adds_up(at, at + 1..count, &deeper) else { continue };
            let end = parts.last().map_or(at, |last| self.end(*last, &deeper));
            deeper.get_mut(at + 1..end).into_iter().flatten().for_each(|deeper| *deeper += 1);
            reading.parts.insert(at, parts.len());
        }
        for at in 0..count {
            if !reading.parts.contains_key(&at)
                && let Some(lines) = self.adds_up(at, (0..at).rev(), &deeper)
                && !lines.iter().any(|line| reading.totals.contains_key(line))
            {
                reading.totals.insert(at, lines.len());
            }
        }
        // A step of depth has room for those that amounts add.
        let mut known: Vec<usize> = self.depths.iter().map(|depth| depth % 1000).collect();
        known.sort_unstable();
        known.dedup();
        let depths = self.depths.iter().zip(&deeper).map(|(depth, deeper)| {
            let within = known.binary_search(&(depth % 1000)).unwrap_or(0).min(30);
            depth / 1000 * 1000 + within * 32 + deeper.min(&31)
        });
        reading.depths = depths.collect();
        reading
    }

    fn place(&self, at: usize, deeper: &[usize]) -> Option<(usize, usize)> {
        Some((*self.depths.get(at)?, *deeper.get(at)?))
    }

    /// One past the last row that stands below a row.
    fn end(&self, at: usize, deeper: &[usize]) -> usize {
        let own = self.place(at, deeper);
        (at + 1..self.entries.len())
            .find(|next| self.place(*next, deeper) <= own)
            .unwrap_or(self.entries.len())
    }

    /// The nearest lines of the level of a row that make its amounts in all columns: two columns, or amounts of some length, so that it is no chance.
    fn adds_up(
        &self,
        at: usize,
        nearest: impl Iterator<Item = usize>,
        deeper: &[usize],
    ) -> Option<Vec<usize>> {
        let entry = self.entries.get(at).filter(|entry| is_line(entry))?;
        let added = |entry: &Entry, column: usize| entry.figures.get(column)?.as_ref()?.added();
        let is_amount = |column: &usize| self.changes.get(*column) != Some(&true);
        let stated: Vec<(usize, i128)> = (0..entry.figures.len())
            .filter(is_amount)
            .filter_map(|column| Some((column, added(entry, column)?)))
            .collect();
        let telling = stated.iter().filter(|(_, amount)| *amount != 0);
        let length = |amount: i128| amount.to_string().trim_end_matches('0').trim_start_matches('-').len();
        let (columns, digits) =
            telling.fold((0, 0), |(count, digits), it| (count + 1, digits + length(it.1)));
        let own = self.place(at, deeper)?;
        let mut sums = vec![0_i128; stated.len()];
        let (mut lines, mut with_money) = (Vec::new(), 0_usize);
        for next in nearest.take(MOST_ADDED) {
            let line = self.entries.get(next)?;
            let place = self.place(next, deeper)?;
            let is_total = titles::sum(line.title()).is_some() && line.is_line;
            if place < own || !line.is_line || is_total || stands_beside(entry, line) {
                return None;
            }
            if place > own || aside(line).is_some() {
                continue;
            }
            let amounts = stated.iter().map(|(column, _)| added(line, *column).unwrap_or(0));
            let amounts: Vec<i128> = amounts.collect();
            sums.iter_mut().zip(&amounts).for_each(|(sum, amount)| *sum = sum.saturating_add(*amount));
            with_money += usize::from(amounts.iter().any(|amount| *amount != 0));
            lines.push(next);
            if sums.iter().zip(&stated).any(|(sum, (_, amount))| sum != amount) {
                continue;
            }
            let is_telling = match self.least {
                1 => columns > 0,
                _ => with_money > 1 && (columns > 1 || lines.len() > 2 && digits > 2),
            };
            if is_telling {
                return Some(lines);
            }
        }
        None
    }
}

fn is_line(entry: &Entry) -> bool {
    entry.is_line
        && titles::sum(entry.title()).is_none()
        && aside(entry).is_none()
        && !entry.labels.is_empty()
}

/// Whether two rows are numbered alike, so that they stand side by side whatever their amounts.
fn stands_beside(one: &Entry, other: &Entry) -> bool {
    let mark = |entry: &Entry| match numbers::numbered(entry.title()) {
        Some((_, number, _)) => number.to_owned(),
        None => entry.code.clone(),
    };
    let (one, other) = (mark(one), mark(other));
    goes_on(&one, &other).is_some() || goes_on(&other, &one).is_some()
}
