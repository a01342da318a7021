//! Lines that are added beside those whose amounts they add up, as it seems: a total or a group that nothing names as one.

use super::Cell;
use super::figures::Figured;
use super::grid::{Fate, Grid};
use super::remark::{Remark, counted};
use super::rows::Entry;
use super::titles::{self, Side};
use super::tree::{Node, Tree};
use super::words::folded;

/// How many lines above and below a line are added up.
pub(super) const MOST_ADDED: usize = 200;
/// How many lines of a sheet are looked at.
const MOST_LINES: usize = 20_000;

impl Tree {
    /// Says of which lines the amounts are those of the lines just below or above added up, in all columns, while both are added.
    pub(super) fn tell_twice(&mut self) {
        // The total of all says whether they are to be added.
        if self.is_verified() {
            return;
        }
        let lines: Vec<usize> = (0..self.nodes.len().min(MOST_LINES)).collect();
        let remarks: Vec<Remark> = lines.iter().flat_map(|group| self.twice(*group)).collect();
        self.remarks.extend(remarks);
    }

    /// Takes out the lines that a column of types calls revenue beside others that are spent, where no printed total adds up both.
    pub(super) fn leave_revenue(&mut self, grid: &Grid, list: &[Entry], types: Option<usize>) {
        let has_total = self.nodes.first().is_some_and(|root| root.figures.iter().any(Option::is_some));
        let Some(types) = types.filter(|_| !has_total) else { return };
        let of = |node: &Node| list.get(node.entry.filter(|_| node.is_line)?);
        let word = |entry: &Entry| {
            entry.labels.iter().find(|(level, _)| *level == types).map_or("", |(_, text)| text).to_owned()
        };
        let side = |text: &str| match folded(text).as_str() {
            "transferin" | "transfersin" => Some(Side::Revenue),
            _ => titles::side(text),
        };
        let words: Vec<String> = self.nodes.iter().filter_map(of).map(word).collect();
        let has = |wanted: Side| words.iter().find(|word| side(word) == Some(wanted));
        let (Some(first), Some(_)) = (has(Side::Revenue), has(Side::Spending)) else { return };
        let mut gone = vec![false; self.nodes.len()];
        let mut cells = Vec::new();
        for at in (1..self.nodes.len()).rev() {
            let Some(node) = self.nodes.get_mut(at) else { continue };
            let had_lines = !node.children.is_empty();
            node.children.retain(|child| gone.get(*child) != Some(&true));
            let is_empty = had_lines && node.children.is_empty() && !node.is_line;
            let revenue = of(node).filter(|entry| side(&word(entry)) == Some(Side::Revenue));
            if let Some(entry) = revenue {
                cells.extend(entry.words.iter().map(|column| Cell { row: entry.row, column: *column }));
                cells.extend(node.figures.iter().flatten().map(|figured| figured.cell));
            }
            if let Some(gone) = gone.get_mut(at) {
                *gone = revenue.is_some() || is_empty;
            }
        }
        if let Some(root) = self.nodes.first_mut() {
            root.children.retain(|child| gone.get(*child) != Some(&true));
        }
        cells.iter().filter_map(|at| grid.cell(*at)).for_each(|cell| cell.fate.set(Fate::Named));
        let what =
            format!("`{first}` is revenue, and a request adds up what is spent; its lines were not taken");
        let help = "import it alone, into a chapter of its own, if it is wanted";
        let first = cells.iter().min_by_key(|cell| (cell.row, cell.column));
        self.remarks.extend(first.map(|first| Remark::assumed(*first, what, help)));
    }

    /// Says that revenue is added to what is spent, where lines at the top are both.
    pub(super) fn tell_sides(&mut self) {
        let side = |at: &usize| titles::side(&self.node(*at).filter(|node| node.aside.is_none())?.title);
        let of = |wanted: Side| self.children(0).iter().copied().find(|at| side(at) == Some(wanted));
        let (Some(revenue), Some(_)) = (of(Side::Revenue), of(Side::Spending)) else { return };
        let lines = std::iter::once(revenue).chain(self.children(revenue).iter().copied());
        let first = lines.filter_map(|at| self.node(at)?.figures.iter().flatten().next()).next();
        let what = format!("`{}` is revenue, and is added to what is spent", self.title(revenue));
        let help =
            "a request adds up what is spent: take the revenue out of the sheet, or put it on one of its own";
        let remark = first.map(|first| Remark::assumed(first.cell, what, help));
        self.remarks.extend(remark);
    }

    fn twice(&self, group: usize) -> Vec<Remark> {
        let is_added = |at: &usize| self.node(*at).is_some_and(|node| node.aside.is_none());
        let lines: Vec<usize> = self.children(group).iter().copied().filter(is_added).collect();
        let of = |(at, line): (usize, &usize)| {
            let node = self.node(*line).filter(|node| node.is_line && node.children.is_empty())?;
            let below = lines.get(at + 1..).unwrap_or_default();
            let above: Vec<usize> = lines.get(..at).unwrap_or_default().iter().rev().copied().collect();
            let first = node.figures.iter().flatten().next()?;
            let (count, side) =
                match (self.adds_up(&node.figures, below), self.adds_up(&node.figures, &above)) {
                    (Some(count), _) => (count, "below"),
                    (None, Some(count)) => (count, "above"),
                    _ => return None,
                };
            let what = format!(
                "`{}` has the amounts of the {} {side} it, and is added beside them",
                node.title,
                counted(count, "line")
            );
            let help =
                "if it is their total or their group, say so in the sheet: call it 計, or set its lines in";
            Some(Remark::assumed(first.cell, what, help))
        };
        lines.iter().enumerate().filter_map(of).collect()
    }

    /// How many of the lines from the first on make figures in all columns of amounts.
    fn adds_up(&self, figures: &[Option<Figured>], lines: &[usize]) -> Option<usize> {
        let is_amount = |column: &usize| self.changes.get(*column) != Some(&true);
        let stated = |column: usize| Some((column, figures.get(column)?.as_ref()?.added()?));
        let mut added = Added::to((0..figures.len()).filter(is_amount).filter_map(stated).collect());
        let at = lines.iter().take(MOST_ADDED).position(|line| {
            added.add(|column| self.added(*line, column));
            added.agrees() && added.is_no_chance()
        });
        at.map(|at| at + 1)
    }
}

/// Lines that are added up, one after another, to the amounts of a row beside them.
pub(super) struct Added {
    /// The amounts of the row by their columns.
    stated: Vec<(usize, i128)>,
    sums: Vec<i128>,
    lines: usize,
    with_money: usize,
}

impl Added {
    pub(super) fn to(stated: Vec<(usize, i128)>) -> Self {
        Self { sums: vec![0; stated.len()], stated, lines: 0, with_money: 0 }
    }

    /// Adds a line, which may have an amount in each column.
    pub(super) fn add(&mut self, amount: impl Fn(usize) -> Option<i128>) {
        let mut has_money = false;
        for (sum, (column, _)) in self.sums.iter_mut().zip(&self.stated) {
            let amount = amount(*column).unwrap_or(0);
            *sum = sum.saturating_add(amount);
            has_money |= amount != 0;
        }
        self.lines += 1;
        self.with_money += usize::from(has_money);
    }

    /// Whether they make the amounts in all columns.
    pub(super) fn agrees(&self) -> bool {
        self.sums.iter().zip(&self.stated).all(|(sum, (_, amount))| sum == amount)
    }

    /// The amounts that are something.
    pub(super) fn telling(&self) -> impl Iterator<Item = i128> {
        self.stated.iter().map(|(_, amount)| *amount).filter(|amount| *amount != 0)
    }

    /// Whether there is enough of them: two columns, or more than two lines.
    pub(super) fn is_no_chance(&self) -> bool {
        let columns = self.telling().count();
        self.with_money > 1 && columns > 0 && columns + self.lines > 3
    }
}
