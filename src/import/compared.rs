//! A total held against lines that it may add up: to the last digit, or as far as the rounding that the sheet names explains it.

use super::figures::Figured;
use super::grid::Fate;
use super::remark::Remark;
use super::rows::Entry;
use super::titles::Sum;
use super::totals::{amount, told};
use super::tree::{Context, Node, Tree};
use super::{Aside, Cell, titles};
use crate::model::{Amount, Footing, Money, Rounding};

/// How a total stands to the lines that it may add up.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// In how many columns it agrees, nothing aside.
    pub(super) equal: usize,
    /// All columns in which it agrees.
    pub(super) same: Vec<usize>,
    /// The columns in which it does not, and what the lines add up to there.
    pub(super) different: Vec<(usize, i128)>,
}

impl Compared {
    pub(super) fn agrees_once(&self) -> bool {
        self.equal > 0 || self.agrees()
    }

    pub(super) fn agrees(&self) -> bool {
        self.equal > self.different.len() || self.equal == 0 && self.different.is_empty()
    }
}

/// Whether one of the ways of rounding that a sheet names makes a sum what is printed for it.
pub(super) fn explains(rules: &[Rounding], addends: &[Amount], total: Amount) -> bool {
    let fits =
        |rule: &Rounding| matches!(Footing::of(addends, total, *rule), Ok(Footing::WithinRounding { .. }));
    rules.iter().any(fits)
}

impl Tree {
    /// Holds the figures of a total against lines; `None` where they have nothing to compare.
    pub(super) fn compare(&self, figures: &[Option<Figured>], lines: &[usize]) -> Option<Compared> {
        let mut compared = Compared::default();
        for (column, figured) in figures.iter().enumerate() {
            let Some(stated) = figured.as_ref().and_then(Figured::added) else { continue };
            // A change that a line leaves open is in no sum of changes, and the total's own row is verified anyway.
            if self.changes.get(column) == Some(&true)
                && lines.iter().any(|line| self.leaves_open(*line, column))
            {
                continue;
            }
            match self.sum(lines, column) {
                Some(sum) if sum == stated => {
                    compared.equal += usize::from(sum != 0);
                    compared.same.push(column);
                }
                Some(_) if self.is_rounded(figured.as_ref(), lines, column) => {
                    compared.equal += 1;
                    compared.same.push(column);
                }
                Some(sum) => compared.different.push((column, sum)),
                // Parts that say nothing of a year say nothing against it.
                None if self.is_unknown(lines, column) => {}
                None if stated != 0 => compared.different.push((column, 0)),
                None => {}
            }
        }
        (!lines.is_empty()).then_some(compared)
    }

    /// Whether the sheet says how it rounds, and that makes a total what it is.
    fn is_rounded(&self, figured: Option<&Figured>, lines: &[usize], column: usize) -> bool {
        if !self.rounds || self.rounding.is_empty() {
            return false;
        }
        let mut addends = Vec::new();
        lines.iter().for_each(|line| self.addends(*line, column, &mut addends));
        let total = figured.and_then(|figured| figured.money.addable());
        total.is_some_and(|total| explains(self.rounding, &addends, total))
    }

    fn addends(&self, at: usize, column: usize, into: &mut Vec<Amount>) {
        let Some(node) = self.node(at).filter(|node| self.counts(node)) else { return };
        match node.figures.get(column).and_then(Option::as_ref) {
            Some(figured) => into.extend(figured.money.addable()),
            None => node.children.iter().for_each(|child| self.addends(*child, column, into)),
        }
    }

    /// How far a total is from what lines add up to: in how many columns more than it agrees with, and by how much.
    pub(super) fn distance(&self, figures: &[Option<Figured>], lines: &[usize]) -> (i64, i128) {
        let compared = self.compare(figures, lines).unwrap_or_default();
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let off = compared.different.iter().map(|(column, sum)| {
            let stated = figures.get(*column).and_then(|it| it.as_ref()?.added()).unwrap_or(0);
            stated.saturating_sub(*sum).saturating_abs()
        });
        let off = off.fold(0, i128::saturating_add);
        (count(compared.different.len()) - count(compared.equal), off)
    }

    /// Whether a node is added up; what is counted elsewhere only where a total says that it counts it.
    pub(super) fn counts(&self, node: &Node) -> bool {
        node.aside.is_none() || self.recounts && node.aside == Some(Aside::Recount)
    }

    /// Verifies a total that counts again what is counted elsewhere: 計（再掲を含む）. It is no total of any group.
    pub(super) fn fits_with_recounts(&mut self, entry: &Entry, context: Context<'_>) -> bool {
        self.recounts = titles::adds_recounts(entry.title());
        let scopes = if self.recounts { self.scopes(Sum::Either) } else { Vec::new() };
        let compared =
            |scope: &usize| self.compare(&entry.figures, self.children(*scope)).filter(Compared::agrees);
        let found = scopes.iter().find_map(compared);
        self.recounts = false;
        if let Some(compared) = &found {
            self.totals += 1;
            self.verified += compared.equal;
            entry.mark(context.grid, Fate::Verified);
            entry
                .figures
                .iter()
                .flatten()
                .for_each(|figured| context.grid.mark(figured.cell, Fate::Verified));
        }
        found.is_some()
    }

    /// Counts what agrees and says what does not.
    pub(super) fn tell(
        &mut self,
        figures: &[Option<Figured>],
        lines: &[usize],
        compared: &Compared,
        title: &str,
        context: Context<'_>,
    ) {
        self.verified += compared.equal;
        let same = compared.same.iter().filter_map(|column| figures.get(*column)?.as_ref());
        same.for_each(|figured| context.grid.mark(figured.cell, Fate::Verified));
        let said = compared.different.iter().filter_map(|(column, sum)| {
            let figured = figures.get(*column)?.as_ref()?;
            let header = context.columns.get(*column).map_or("", |column| column.header.as_str());
            let less = figured.added().unwrap_or(0) - sum;
            let sum = told(&amount(*sum, context.unit), context.unit);
            let by = amount(less.abs(), context.unit);
            let how = if less > 0 { "missing" } else { "too much" };
            let aside = self.left_aside(lines, *column);
            Some((
                figured.cell,
                format!(
                    "{}, and its lines add up to {sum}: {by} {how} ({header}){aside}",
                    told(&figured.text, context.unit)
                ),
            ))
        });
        let mut said: Vec<(Cell, String)> = said.collect();
        if !said.is_empty() {
            let (first, what) = said.remove(0);
            let help =
                "the printed figure is kept; mend whichever is wrong in the workbook and import it again";
            let mut remark = Remark::new(super::TOTAL, first, format!("`{title}` says {what}"), help);
            remark.more = said;
            self.remarks.push(remark);
        }
    }

    /// Which figures of lines are in no sum: what is 内数, うち, 再掲.
    fn left_aside(&self, lines: &[usize], column: usize) -> String {
        let not_added = |at: &usize| {
            let node = self.node(*at)?;
            let figured = node.figures.get(column)?.as_ref()?;
            let is_aside = node.aside.is_some() || matches!(figured.money, Money::Within(_));
            is_aside.then(|| format!("`{}` ({})", figured.text, figured.cell))
        };
        let found: Vec<String> = lines.iter().filter_map(not_added).collect();
        if found.is_empty() { String::new() } else { format!("; not added: {}", found.join(", ")) }
    }
}
