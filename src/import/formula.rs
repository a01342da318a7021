//! Sums in formulas, worked out exactly from the cells that they name: what a spreadsheet stored for them may be of before the last change.

use std::borrow::Cow;

use super::Cell;
use super::grid::{Grid, Kind};
use super::parts::cell;
use super::value::{Value, value};
use crate::model::{Amount, Money, Rounding, Unit, grouped};

/// The deepest that formulas may refer to one another.
const MOST_DEPTH: usize = 40;
/// The longest that a formula may be.
const LONGEST: usize = 8_192;
/// The most cells that one formula may add.
const MOST_CELLS: usize = 200_000;

/// The functions that round.
pub(super) const ROUNDINGS: [(&str, Rounding); 3] =
    [("ROUND(", Rounding::HalfUp), ("ROUNDDOWN(", Rounding::Truncate), ("ROUNDUP(", Rounding::Ceiling)];

/// The end of a range that goes on to the row above the formula.
pub(crate) const ABOVE: &str = ",ROW()-1)";

/// Whether a formula adds up rows below its own.
pub(crate) fn adds_below(formula: &str, at: Cell) -> bool {
    sums(formula).any(|(first, _)| first.row > at.row && first.column == at.column)
}

/// Whether a formula may be a total that gaisan made: a sum of rows, one of those that stand at a level, and what shows a word or 0 as long as
/// there is none.
pub(crate) fn is_ours(formula: &str) -> bool {
    ["SUM(", "SUMIF(", "IF(ISREF(", "IF(COUNTIF", "IF(IF(ISREF("]
        .iter()
        .any(|begin| formula.starts_with(begin))
}

/// What the formula of a cell makes that is one of sums, differences and numbers, in a unit, or what the one cell says that it refers to; with its
/// text. `None` where it is another one.
pub(super) fn evaluate(grid: &Grid, (formula, at): (&str, Cell), unit: Unit) -> Option<(Money, String)> {
    let mut sum = Sum { grid, unit, left: MOST_CELLS };
    sum.made(formula, at, 0)
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
    fn made(&mut self, text: &str, at: Cell, depth: usize) -> Option<(Money, String)> {
        if text.len() > LONGEST {
            return None;
        }
        self.chosen(&placed(text, at), depth)
    }

    /// What a formula makes that may be one of two: a word as long as one of its rows says it, nothing where its rows are gone.
    fn chosen(&mut self, text: &str, depth: usize) -> Option<(Money, String)> {
        if let Some((arguments, "")) = text.strip_prefix("IF(").and_then(arguments)
            && let [condition, one, other] = arguments.as_slice()
        {
            let chosen = if self.is_so(condition, depth)? { one } else { other };
            let word = chosen.strip_prefix('"').and_then(|word| word.strip_suffix('"'));
            return match word {
                Some(word) => Some((Money::parse(word, self.unit).ok()?, word.to_owned())),
                None => self.chosen(chosen, depth),
            };
        }
        match cell(text.trim().trim_start_matches(['=', '+'])) {
            Some(at) => self.said(at, depth),
            None => self.formula(text, depth).map(|sum| (Money::Known(sum), grouped(&sum.digits()))),
        }
    }

    /// Whether a condition holds: that rows are there, or that any of them says a word.
    fn is_so(&mut self, condition: &str, depth: usize) -> Option<bool> {
        if let Some((inside, "")) = condition.strip_prefix("ISREF(").and_then(arguments) {
            return Some(inside.iter().all(|reference| area(reference).is_some()));
        }
        let mut rest = condition.strip_suffix(">0")?;
        let mut is_so = false;
        while !rest.is_empty() {
            let (text, after) = self.count(rest, depth)?;
            is_so |= text;
            rest = after.strip_prefix('+').unwrap_or(after);
        }
        Some(is_so)
    }

    /// Whether any cell says a word: `COUNTIF(B6:B7,"未定")`, `COUNTIFS(L6:L7,2,B6:B7,"未定")`, with what follows.
    fn count<'t>(&mut self, text: &'t str, depth: usize) -> Option<(bool, &'t str)> {
        if let Some((inside, rest)) = text.strip_prefix("IF(").and_then(arguments) {
            let [condition, count, "0"] = inside.as_slice() else { return None };
            let is_so = self.is_so(condition, depth)? && self.count(count, depth)?.0;
            return Some((is_so, rest));
        }
        let begin = ["COUNTIF(", "COUNTIFS("].iter().find_map(|begin| text.strip_prefix(begin));
        let (inside, rest) = begin.and_then(arguments)?;
        let (levels, range, word) = match inside.as_slice() {
            [range, word] => (None, range, word),
            [of, level, range, word] => (Some((area(of)?, *level)), range, word),
            _ => return None,
        };
        let gap = Money::parse(word.strip_prefix('"')?.strip_suffix('"')?, self.unit).ok()?;
        let (first, last) = area(range)?;
        for row in first.row..=last.row.min(self.grid.rows.len()) {
            let is_of = levels.is_none_or(|(of, level)| self.stands_at(of, row - first.row, level));
            let at = Cell { row, column: first.column };
            if is_of && self.said(at, depth).is_some_and(|(said, _)| said == gap) {
                return Some((true, rest));
            }
        }
        Some((false, rest))
    }

    /// Whether a row of a range says a level: `2`, `"account-2-1"`, or nothing where it is `""`.
    fn stands_at(&self, (first, _): (Cell, Cell), down: usize, level: &str) -> bool {
        let said = self.grid.cell(Cell { row: first.row + down, column: first.column });
        said.map_or("", |cell| cell.text.trim()) == level.trim_matches('"')
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
        if let Some((inside, rest)) = text.strip_prefix("SUM(").and_then(arguments) {
            let mut sum = Amount::zero(self.unit);
            for reference in inside {
                sum = sum.checked_add(self.range(reference, depth)?).ok()?;
            }
            return Some((sum, rest));
        }
        if let Some((inside, rest)) = text.strip_prefix("SUMIF(").and_then(arguments) {
            let [of, level, range] = inside.as_slice() else { return None };
            return Some((self.sum_at(area(of)?, level, area(range)?, depth)?, rest));
        }
        if let Some((inside, rest)) = text.strip_prefix("IF(").and_then(arguments) {
            let [condition, one, other] = inside.as_slice() else { return None };
            let chosen = if self.is_so(condition, depth)? { one } else { other };
            let (amount, after) = self.terms(chosen, depth)?;
            return after.is_empty().then_some((amount, rest));
        }
        let rounding = ROUNDINGS.iter().find_map(|(word, rule)| Some((text.strip_prefix(word)?, *rule)));
        if let Some((inner, rule)) = rounding {
            let (inside, rest) = arguments(inner)?;
            let [inner, decimals] = inside.as_slice() else { return None };
            let (amount, "") = self.terms(inner, depth)? else { return None };
            return Some((self.rounded(amount, decimals.parse().ok()?, rule)?, rest));
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

    fn rounded(&self, amount: Amount, decimals: i32, rule: Rounding) -> Option<Amount> {
        // To tens or hundreds of the unit is to a unit with a name, with decimals.
        let step = i32::from(self.unit.exponent()).checked_sub(decimals)?;
        let to = |exponent: u8| {
            let unit = self.unit.with_exponent(exponent)?;
            amount.rounded_to(unit, u8::try_from(i32::from(exponent).checked_sub(step)?).ok()?, rule)
        };
        let rounded = (self.unit.exponent()..=12).find_map(to);
        let whole = |it: Amount| Amount::from_smallest_units(it.smallest_units(), self.unit, 0);
        let own = rounded.filter(|it| it.unit() == self.unit);
        Some(own.or(rounded.and_then(whole)).unwrap_or(amount))
    }

    fn range(&mut self, reference: &str, depth: usize) -> Option<Amount> {
        let (first, last) = area(reference)?;
        let mut sum = Amount::zero(self.unit);
        for row in first.row..=last.row.min(self.grid.rows.len()) {
            for column in first.column..=last.column {
                sum = sum.checked_add(self.cell(Cell { row, column }, depth)?).ok()?;
            }
        }
        Some(sum)
    }

    /// The sum of a column in the rows that stand at a level.
    fn sum_at(&mut self, of: (Cell, Cell), level: &str, range: (Cell, Cell), depth: usize) -> Option<Amount> {
        let (first, last) = range;
        let mut sum = Amount::zero(self.unit);
        for row in first.row..=last.row.min(self.grid.rows.len()) {
            if self.stands_at(of, row - first.row, level) {
                sum = sum.checked_add(self.cell(Cell { row, column: first.column }, depth)?).ok()?;
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
            && let Some(made) = self.made(formula, at, depth + 1)
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

/// The first and the last cell of a reference; `None` where it is gone (`#REF!`).
fn area(reference: &str) -> Option<(Cell, Cell)> {
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    Some((cell(first.trim())?, cell(last.trim())?))
}

/// A formula whose ranges end where they end for a cell: `C4:INDEX(C:C,ROW()-1)` in row 9 goes on to `C8`.
fn placed(text: &str, at: Cell) -> Cow<'_, str> {
    if !text.contains(ABOVE) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(":INDEX(") {
        let Some((column, after)) = after.split_once(ABOVE) else { break };
        let (letters, _) = column.split_once(':').unwrap_or((column, ""));
        out.push_str(&format!("{before}:{letters}{}", at.row));
        rest = after;
    }
    Cow::Owned(out + rest)
}

/// What stands between the brackets of a function that is open, at its commas, and what follows them.
fn arguments(text: &str) -> Option<(Vec<&str>, &str)> {
    let (mut deep, mut start, mut is_quoted) = (0_usize, 0, false);
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '(' => deep += 1,
            ',' | ')' if deep == 0 => {
                found.push(text.get(start..at)?.trim());
                start = at + 1;
                if c == ')' {
                    return Some((found, text.get(start..)?));
                }
            }
            ')' => deep -= 1,
            _ => {}
        }
    }
    None
}
