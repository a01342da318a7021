//! Sums in formulas, worked out exactly from the cells that they name: what a spreadsheet stored for them may be of before the last change.

use super::Cell;
use super::grid::{Grid, Kind};
use super::parts::cell;
use crate::model::{Amount, Money, Unit};

/// The deepest that formulas may refer to one another.
const MOST_DEPTH: usize = 40;
/// The most cells that one formula may add.
const MOST_CELLS: usize = 200_000;

/// What a formula of sums, differences and numbers makes, in a unit; `None` where it is another one.
pub(super) fn evaluate(grid: &Grid, formula: &str, unit: Unit) -> Option<Amount> {
    let mut sum = Sum { grid, unit, left: MOST_CELLS };
    sum.formula(formula, 0)
}

struct Sum<'g> {
    grid: &'g Grid,
    unit: Unit,
    left: usize,
}

impl Sum<'_> {
    fn formula(&mut self, text: &str, depth: usize) -> Option<Amount> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (amount, rest) = self.terms(&text, depth)?;
        rest.is_empty().then_some(amount)
    }

    /// Terms with signs between them, up to a closing bracket or the end.
    fn terms<'t>(&mut self, text: &'t str, depth: usize) -> Option<(Amount, &'t str)> {
        let mut sum = Amount::zero(self.unit);
        let mut rest = text;
        loop {
            let (is_less, term) = match rest.strip_prefix('-') {
                Some(term) => (true, term),
                None => (false, rest.strip_prefix('+').unwrap_or(rest)),
            };
            let (amount, after) = self.term(term, depth)?;
            sum = sum.checked_add(if is_less { amount.negated() } else { amount }).ok()?;
            rest = after;
            if !rest.starts_with(['+', '-']) {
                return Some((sum, rest));
            }
        }
    }

    fn term<'t>(&mut self, text: &'t str, depth: usize) -> Option<(Amount, &'t str)> {
        if let Some(inner) = text.strip_prefix('(') {
            let (amount, rest) = self.terms(inner, depth)?;
            return Some((amount, rest.strip_prefix(')')?));
        }
        if let Some(inner) = text.strip_prefix("SUM(") {
            let (inside, rest) = inner.split_once(')')?;
            let mut sum = Amount::zero(self.unit);
            for reference in inside.split(',') {
                sum = sum.checked_add(self.range(reference, depth)?).ok()?;
            }
            return Some((sum, rest));
        }
        let end = text.find(['+', '-', ')']).unwrap_or(text.len());
        let (word, rest) = text.split_at_checked(end)?;
        let amount = match cell(word) {
            Some(at) => self.cell(at, depth)?,
            None => Amount::parse(word, self.unit).ok()?,
        };
        Some((amount, rest))
    }

    fn range(&mut self, reference: &str, depth: usize) -> Option<Amount> {
        let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
        let (first, last) = (cell(first)?, cell(last)?);
        let mut sum = Amount::zero(self.unit);
        for row in first.row..=last.row.min(self.grid.rows.len()) {
            for column in first.column..=last.column {
                sum = sum.checked_add(self.cell(Cell { row, column }, depth)?).ok()?;
            }
        }
        Some(sum)
    }

    /// What a cell adds: its number, or what its own formula makes. Words add nothing.
    fn cell(&mut self, at: Cell, depth: usize) -> Option<Amount> {
        self.left = self.left.checked_sub(1)?;
        let Some(found) = self.grid.cell(at) else { return Some(Amount::zero(self.unit)) };
        if let Some(formula) = found.formula.as_deref().filter(|_| depth < MOST_DEPTH)
            && let Some(amount) = self.formula(formula, depth + 1)
        {
            return Some(amount);
        }
        match found.kind {
            Kind::Number | Kind::Bracketed => Amount::parse(&found.text, self.unit).ok(),
            Kind::Text => Some(match Money::parse(&found.text, self.unit) {
                Ok(Money::KnownAndUnspecified(amount)) => amount,
                _ => Amount::zero(self.unit),
            }),
            _ => None,
        }
    }
}
