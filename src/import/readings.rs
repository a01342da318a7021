//! The ways in which a table can be read: its signs may say different depths, and a row may add up those beside it with no sign at all. The printed totals
//! decide; where there are none, amounts do, and it is said.

use std::collections::BTreeMap;

use super::below::aside;
use super::depth::depths;
use super::numbers::{self, goes_on};
use super::remark::{Remark, counted};
use super::rows::Entry;
use super::tree::{Context, Tree, planted};
use super::twice::{Added, MOST_ADDED};
use super::words::{Role, folded};
use super::{subtotals, titles};

/// How deep each entry stands, and which entries have, by their amounts alone, so many parts below them or add up so many lines above them.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub(super) depths: Vec<usize>,
    pub(super) parts: BTreeMap<usize, usize>,
    pub(super) totals: BTreeMap<usize, usize>,
    /// An entry that is called as totals are, and is a line.
    pub(super) line: Option<usize>,
}

/// Puts entries in their places, as the reading says that their totals verify best.
pub(super) fn tree(entries: &[Entry], context: Context<'_>) -> Tree {
    let signs = depths(entries);
    let first = signs.first().cloned().unwrap_or_default();
    let mut signs = signs.into_iter().map(|depths| Reading { depths, ..Reading::default() });
    let mut best = signs.next().unwrap_or_default();
    let fates = context.grid.fates();
    let mut tree = planted(entries, &best, context);
    let (mut fewest, mut most) = (tree.troubles(), tree.verified);
    if fewest > 0 {
        let changes: Vec<bool> = context.columns.iter().map(|column| column.role == Role::Change).collect();
        let amounts = Amounts::of(entries, &first, &changes);
        let by_sums = [2, 1].into_iter().map(|least| (least == 1, amounts.reading(least)));
        for (is_weak, reading) in signs.map(|reading| (false, reading)).chain(by_sums) {
            context.grid.restore(&fates);
            let other = planted(entries, &reading, context);
            // What only some amounts say must be what the total of all says.
            let is_meant =
                other.troubles() < fewest && other.verified > most && (!is_weak || other.is_verified());
            if is_meant {
                (fewest, most, best) = (other.troubles(), other.verified, reading);
            }
            if fewest == 0 {
                break;
            }
        }
        // A total that its lines do not make may be a line of such a name, if the total of all counts it: Total Quality Program.
        let wrong = tree.wrong_totals(entries);
        for at in wrong.into_iter().take(MOST_LINES) {
            context.grid.restore(&fates);
            let reading = Reading { line: Some(at), ..best.clone() };
            let other = planted(entries, &reading, context);
            if other.is_verified() && !other.remarks.iter().any(|remark| remark.code == super::TOTAL) {
                best = reading;
                break;
            }
        }
        context.grid.restore(&fates);
        tree = planted(entries, &best, context);
    }
    if !tree.is_verified() {
        tree.remarks.extend(best.remarks(entries));
    }
    tree
}

/// How many totals that are wrong are tried as lines.
const MOST_LINES: usize = 8;

impl Tree {
    /// The entries that are called as totals are, with words of their own, and that their lines do not make.
    fn wrong_totals(&self, entries: &[Entry]) -> Vec<usize> {
        let is_wrong = |entry: &Entry| {
            let is_told = |remark: &Remark| remark.code == super::TOTAL && remark.cell.row == entry.row;
            let is_named =
                titles::sum(entry.title()) == Some(titles::Sum::Either) && folded(entry.title()) != "計";
            (is_named || subtotals::is_called_total(entry.title())) && self.remarks.iter().any(is_told)
        };
        (0..entries.len()).filter(|at| entries.get(*at).is_some_and(is_wrong)).collect()
    }
}

impl Reading {
    /// Says which levels only amounts tell.
    fn remarks(&self, entries: &[Entry]) -> Vec<Remark> {
        let say = |(at, count): (&usize, &usize), how: &str, help| {
            let entry = entries.get(*at)?;
            let first = entry.figures.iter().flatten().next()?;
            let what =
                format!("`{}` has the amounts of the {} {how}", entry.title(), counted(*count, "line"));
            Some(Remark::assumed(first.cell, what, help))
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
    /// The columns of amounts.
    columns: Vec<usize>,
    kinds: Vec<Kind>,
}

/// What a row is where amounts are added up, and how it is numbered.
enum Kind {
    Line(String),
    Aside,
    /// A heading or a total.
    Edge,
}

impl<'e> Amounts<'e> {
    fn of(entries: &'e [Entry], depths: &'e [usize], changes: &[bool]) -> Self {
        let mark = |entry: &Entry| match numbers::numbered(entry.title()) {
            Some((_, number, _)) => number.to_owned(),
            None => entry.code.clone(),
        };
        let kind = |entry: &Entry| match () {
            () if !entry.is_line || titles::sum(entry.title()).is_some() || entry.labels.is_empty() => {
                Kind::Edge
            }
            () if aside(entry).is_some() => Kind::Aside,
            () => Kind::Line(mark(entry)),
        };
        let columns = changes.iter().enumerate().filter(|(_, is_change)| !**is_change);
        let columns = columns.map(|(column, _)| column).collect();
        Self { entries, depths, columns, kinds: entries.iter().map(kind).collect() }
    }

    /// A row that adds up those right below it, from the last one up, has them as its parts; one that adds up those above it is their total.
    fn reading(&self, least: usize) -> Reading {
        let count = self.entries.len();
        let mut deeper = vec![0_usize; count];
        let mut reading = Reading::default();
        for at in (0..count).rev() {
            let Some(parts) = self.adds_up(at, at + 1..count, &deeper, least) else { continue };
            let end = parts.last().map_or(at, |last| self.end(*last, &deeper));
            deeper.get_mut(at + 1..end).into_iter().flatten().for_each(|deeper| *deeper += 1);
            reading.parts.insert(at, parts.len());
        }
        for at in 0..count {
            if !reading.parts.contains_key(&at)
                && let Some(lines) = self.adds_up(at, (0..at).rev(), &deeper, least)
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

    /// The nearest lines of the level of a row that make its amounts in all columns: two columns, or amounts of some length, so that it is no chance,
    /// where not the total of all is asked afterwards (1).
    fn adds_up(
        &self,
        at: usize,
        nearest: impl Iterator<Item = usize>,
        deeper: &[usize],
        least: usize,
    ) -> Option<Vec<usize>> {
        let (entry, Some(Kind::Line(mark))) = (self.entries.get(at)?, self.kinds.get(at)) else {
            return None;
        };
        let amount = |entry: &Entry, column: usize| entry.figures.get(column)?.as_ref()?.added();
        let stated = self.columns.iter().filter_map(|column| Some((*column, amount(entry, *column)?)));
        let mut added = Added::to(stated.collect());
        let length = |amount: i128| amount.to_string().trim_end_matches('0').trim_start_matches('-').len();
        let columns = added.telling().count();
        let is_long = columns > 1 || added.telling().map(length).sum::<usize>() > 2;
        let own = self.place(at, deeper)?;
        let mut lines = Vec::new();
        for next in nearest.take(MOST_ADDED) {
            let place = self.place(next, deeper)?;
            let kind = self.kinds.get(next)?;
            if place < own || matches!(kind, Kind::Edge) {
                return None;
            }
            if place > own || matches!(kind, Kind::Aside) {
                continue;
            }
            // What is numbered alike stands side by side, whatever the amounts.
            if matches!(kind, Kind::Line(other) if stands_beside(mark, other)) {
                return None;
            }
            let line = self.entries.get(next)?;
            added.add(|column| amount(line, column));
            lines.push(next);
            let is_telling = if least == 1 { columns > 0 } else { is_long && added.is_no_chance() };
            if is_telling && added.agrees() {
                return Some(lines);
            }
        }
        None
    }
}

fn stands_beside(one: &str, other: &str) -> bool {
    let goes = || goes_on(one, other).or_else(|| goes_on(other, one));
    !one.is_empty() && !other.is_empty() && goes().is_some()
}
