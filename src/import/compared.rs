//! A total held against lines that it may add up: to the last digit, or as far as the rounding that the sheet names explains it.

use super::figures::Figured;
use super::tree::Tree;
use crate::model::{Amount, Footing, Rounding};

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
        let Some(node) = self.node(at).filter(|node| node.aside.is_none()) else { return };
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
}
