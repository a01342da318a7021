//! Sums in formulas, worked out exactly from the cells that they name: what a spreadsheet stored for them may be of before the last change.

use super::Cell;
use super::grid::{Grid, Kind};
use super::parts::cell;
use super::value::{Value, value};
use crate::model::{Amount, Money, Rounding, Unit, grouped};

/// The deepest that formulas may refer to one another.
const MOST_DEPTH: usize = 40;
/// The most cells that one formula may add.
const MOST_CELLS: usize = 200_000;

/// The functions that round.
pub(super) const ROUNDINGS: [(&str, Rounding); 3] =
    [("ROUND(", Rounding::HalfUp), ("ROUNDDOWN(", Rounding::Truncate), ("ROUNDUP(", Rounding::Ceiling)];

/// What a sum begins with that shows a word as long as one of its cells does: `IF(COUNTIF(B6:B7,"未定")>0,"未定",SUM(B6:B7))`.
pub(crate) const GAPS: &str = "IF(COUNTIF(";

/// What a formula of sums, differences and numbers makes, in a unit, or what the one cell says that it refers to; with its text. `None` where it
/// is another one.
pub(super) fn evaluate(grid: &Grid, formula: &str, unit: Unit) -> Option<(Money, String)> {
    let mut sum = Sum { grid, unit, left: MOST_CELLS };
    sum.made(formula, 0)
}

/// The ranges that a formula adds up.
pub(super) fn sums(formula: &str) -> impl Iterator<Item = (Cell, Cell)> + '_ {
    let inside = formula.split("SUM(").skip(1).filter_map(|rest| rest.split(')').next());
    inside.flat_map(|inside| inside.split(',')).filter_map(|reference| {
        let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
        Some((cell(first.trim())?, cell(last.trim())?))
    })
}

struct Sum<'g> {
    grid: &'g Grid,
    unit: Unit,
    left: usize,
}

impl Sum<'_> {
    fn made(&mut self, text: &str, depth: usize) -> Option<(Money, String)> {
        if text.starts_with(GAPS) {
            return self.gaps(text, depth);
        }
        match cell(text.trim().trim_start_matches(['=', '+'])) {
            Some(at) => self.said(at, depth),
            None => self.formula(text, depth).map(|sum| (Money::Known(sum), grouped(&sum.digits()))),
        }
    }

    /// A sum that shows a word as long as one of its cells does.
    fn gaps(&mut self, text: &str, depth: usize) -> Option<(Money, String)> {
        let (looked, rest) = text.strip_prefix("IF(")?.split_once(">0,\"")?;
        let (word, sum) = rest.split_once("\",")?;
        let gap = Money::parse(word, self.unit).ok()?;
        for range in looked.split("COUNTIF(").skip(1).filter_map(|it| it.split(',').next()) {
            let (first, last) = range.split_once(':').unwrap_or((range, range));
            let (first, last) = (cell(first)?, cell(last)?);
            for row in first.row..=last.row.min(self.grid.rows.len()) {
                if self.said(Cell { row, column: first.column }, depth).is_some_and(|(said, _)| said == gap) {
                    return Some((gap, word.to_owned()));
                }
            }
        }
        self.made(sum.strip_suffix(')')?, depth)
    }

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
                // Up to a bracket, a comma or the end.
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
        let rounding = ROUNDINGS.iter().find_map(|(word, rule)| Some((text.strip_prefix(word)?, *rule)));
        if let Some((inner, rule)) = rounding {
            let (amount, rest) = self.terms(inner, depth)?;
            let (decimals, rest) = rest.strip_prefix(',')?.split_once(')')?;
            // To tens or hundreds of the unit is to a unit with a name, with decimals.
            let step = i32::from(self.unit.exponent()) - decimals.parse::<i32>().ok()?;
            let to = |exponent: u8| {
                let unit = self.unit.with_exponent(exponent)?;
                amount.rounded_to(unit, u8::try_from(i32::from(exponent) - step).ok()?, rule)
            };
            let rounded = (self.unit.exponent()..=12).find_map(to);
            let whole = |it: Amount| Amount::from_smallest_units(it.smallest_units(), self.unit, 0);
            let own = rounded.filter(|it| it.unit() == self.unit);
            return Some((own.or(rounded.and_then(whole)).unwrap_or(amount), rest));
        }
        let end = text.find(['+', '-', ')', ',']).unwrap_or(text.len());
        let (word, rest) = text.split_at_checked(end)?;
        let amount = match cell(word) {
            // A word is no term of a sum, and what a spreadsheet makes of it is an error.
            Some(at) => {
                self.said(at, depth)?.0.addable()?;
                self.cell(at, depth)?
            }
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

    /// What a cell says: its own value, or what its formula makes.
    fn said(&mut self, at: Cell, depth: usize) -> Option<(Money, String)> {
        self.left = self.left.checked_sub(1)?;
        let zero = || (Money::Known(Amount::zero(self.unit)), "0".to_owned());
        let Some(found) = self.grid.cell(at) else { return Some(zero()) };
        if let Some(formula) = found.formula.as_deref().filter(|_| depth < MOST_DEPTH)
            && let Some(made) = self.made(formula, depth + 1)
        {
            return Some(made);
        }
        if let Kind::Number | Kind::Bracketed = found.kind {
            let amount = Amount::parse(&found.text, self.unit).ok()?;
            return Some((Money::Known(amount), grouped(&amount.digits())));
        }
        match value(found, self.unit, false) {
            _ if found.kind == Kind::Percent => None,
            Value::Money(money, text) | Value::Bracketed(money, text, _) => Some((money, text)),
            // What went out of a chapter may be finer than the smallest coin.
            Value::Wrong(..) if found.kind == Kind::Text => {
                Money::parse(&found.text, self.unit).ok().map(|money| (money, found.text.clone()))
            }
            Value::Wrong(..) => None,
        }
    }

    fn is_text(&self, at: Cell) -> bool {
        self.grid
            .cell(at)
            .is_some_and(|it| it.formula.is_none() && it.kind == Kind::Text && !it.is_stored_number)
    }

    /// What a cell adds in a range: words add nothing.
    fn cell(&mut self, at: Cell, depth: usize) -> Option<Amount> {
        let zero = Amount::zero(self.unit);
        match self.said(at, depth) {
            // A number that is a text adds nothing in a spreadsheet.
            Some(_) if self.is_text(at) => Some(zero),
            Some((money, _)) => Some(money.addable().unwrap_or(zero)),
            None => self.grid.cell(at).filter(|it| self.left > 0 && it.kind == Kind::Text).map(|_| zero),
        }
    }
}
