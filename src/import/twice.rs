//! Lines that are added beside those whose amounts they add up, as it seems: a total or a group that nothing names as one.

use super::figures::Figured;
use super::remark::Remark;
use super::titles::{self, Side};
use super::tree::Tree;

/// How many lines above and below a line are added up.
const MOST_ADDED: usize = 200;
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
        let remark = first.map(|first| Remark::new(super::ASSUMED, first.cell, what, help));
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
                "`{}` has the amounts of the {count} lines {side} it, and is added beside them",
                node.title
            );
            let help =
                "if it is their total or their group, say so in the sheet: call it 計, or set its lines in";
            Some(Remark::new(super::ASSUMED, first.cell, what, help))
        };
        lines.iter().enumerate().filter_map(of).collect()
    }

    /// How many of the lines from the first on make figures in all columns of amounts: two columns, or more than two lines, so that it is no chance.
    fn adds_up(&self, figures: &[Option<Figured>], lines: &[usize]) -> Option<usize> {
        let is_amount = |column: &usize| self.changes.get(*column) != Some(&true);
        let stated = |column: usize| Some((column, figures.get(column)?.as_ref()?.added()?));
        let stated: Vec<(usize, i128)> = (0..figures.len()).filter(is_amount).filter_map(stated).collect();
        let telling = stated.iter().filter(|(_, amount)| *amount != 0).count();
        let mut sums = vec![0_i128; stated.len()];
        for (at, line) in lines.iter().take(MOST_ADDED).enumerate() {
            for (sum, (column, _)) in sums.iter_mut().zip(&stated) {
                *sum = sum.saturating_add(self.added(*line, *column).unwrap_or(0));
            }
            let agrees = sums.iter().zip(&stated).all(|(sum, (_, amount))| sum == amount);
            let added = lines.iter().take(at + 1);
            let has_money = added.filter(|line| {
                stated.iter().any(|(column, _)| self.added(**line, *column).unwrap_or(0) != 0)
            });
            if agrees && at > 0 && telling > 0 && telling + at > 2 && has_money.count() > 1 {
                return Some(at + 1);
            }
        }
        None
    }
}
