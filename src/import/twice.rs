//! Lines that are added beside those whose amounts they add up, as it seems: a total or a group that nothing names as one.

use std::collections::HashMap;

use super::figures::Figured;
use super::grid::Grid;
use super::remark::Remark;
use super::taking::Taking;
use super::told::tell;
use super::tree::Tree;
use super::words::folded;
use super::{Figure, Import, TakenLine};
use crate::model::{Amount, FiscalYear};

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

/// Says which lines of a sheet are other sheets, whose lines are added beside them: a summary and its details. Each table comes with its place
/// among what was taken.
pub(super) fn tell_sheets(import: &mut Import, name: &str, tables: &[(&Grid, usize)], taken: &[Taking]) {
    let whole = |at: usize| {
        let of = taken.get(at)?.years.first()?;
        let figure = of.lines.first()?.amounts.first()?.figure;
        let amounts = of.lines.iter().filter_map(|line| asked(line, figure));
        Some((of.year, figure, Amount::sum(amounts).ok().flatten()?))
    };
    type Details<'t> = HashMap<String, (&'t str, (FiscalYear, Figure, Amount))>;
    let sheets =
        tables.iter().filter_map(|(grid, at)| Some((folded(&grid.name), (grid.name.as_str(), whole(*at)?))));
    let sheets: Details<'_> = sheets.collect();
    for (grid, at) in tables {
        let mut remarks = Vec::new();
        for of in taken.get(*at).iter().flat_map(|taking| &taking.years) {
            for line in of.lines.iter().flat_map(|line| std::iter::once(line).chain(&line.children)) {
                let Some((sheet, (year, figure, sum))) = sheets.get(&folded(&line.title)) else { continue };
                let is_it = *sheet != grid.name && *year == of.year;
                let amount = asked(line, *figure).filter(|amount| is_it && amount.same_value(*sum));
                let place = line.amounts.iter().find(|amount| amount.figure == *figure);
                if let (Some(_), Some(place)) = (amount, place) {
                    let what =
                        format!("the lines of sheet `{sheet}` add up to this amount, and both are added");
                    let help = "take the summary or its details: `--sheet NAME` reads one sheet of several";
                    remarks.push(Remark::new(super::ASSUMED, place.place.cell, what, help));
                }
            }
        }
        tell(import, name, grid, remarks);
    }
}

/// What a line has of a figure.
fn asked(line: &TakenLine, figure: Figure) -> Option<Amount> {
    line.amounts.iter().find(|amount| amount.figure == figure)?.money.addable()
}
