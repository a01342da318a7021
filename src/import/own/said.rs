//! What a cell of an amount says now, beside what it showed when the sheet was made.

use super::super::parts::cell;
use super::super::remark::Remark;
use super::super::value::{Value, value};
use super::super::{ASSUMED, Cell, Figure, NO_AMOUNT, figures, formula};
use super::line::Taking;
use crate::model::{Amount, Money, grouped};

/// What a cell says beside what it said.
pub(super) enum Took {
    Same,
    Emptied,
    New(Money, String),
    /// What its formula makes.
    Made(Money, String),
}

/// What there was of a cell when the sheet was made.
#[derive(Clone, Copy)]
pub(super) struct Beside<'t> {
    pub(super) figure: Figure,
    /// What it showed.
    pub(super) shown: Option<&'t str>,
    /// What its line stated; nothing where the cell was worked out.
    pub(super) stated: Option<&'t str>,
}

impl Taking<'_> {
    /// What a cell says now. What is not taken is remarked on.
    pub(super) fn said(&mut self, at: Cell, Beside { figure, shown, stated }: Beside<'_>) -> Took {
        let before = shown.and_then(|text| Money::parse(text, self.unit).ok());
        let stated = stated.and_then(|stated| Money::parse(stated, self.unit).ok());
        let is_as_before = |now: Money| match (now, before) {
            (now, Some(before)) => match (now.addable(), before.addable()) {
                (Some(now_amount), Some(before_amount)) => {
                    now_amount.same_value(before_amount) && now.is_open() == before.is_open()
                }
                _ => now == before,
            },
            // A stroke in an empty cell says that nothing stands there.
            (now, None) => matches!(now, Money::NotStated | Money::NotApplicable),
        };
        let is_made = stated.is_none() && before.is_some();
        let filled = self.grid.cell(at);
        let formula = filled.and_then(|cell| cell.formula.as_deref());
        let made = formula.and_then(|formula| formula::evaluate(self.grid, formula, self.unit));
        if let Some((made, said)) = made {
            // A sum has no word behind it: what was open stays open.
            let now = if before.is_some_and(Money::is_open) { made.opened() } else { made };
            let is_sum = |it: &str| {
                let both = it.split_once('+').filter(|_| figure == Figure::Requested);
                it.starts_with("SUM(")
                    || it.starts_with(formula::GAPS)
                    || both.is_some_and(|(one, other)| cell(one).and(cell(other)).is_some())
            };
            let is_ours = formula.is_some_and(is_sum);
            if is_as_before(now) || is_made && is_ours {
                return Took::Same;
            }
            if !is_made {
                self.changed += 1;
                return Took::Made(now, now.addable().map_or(said, |sum| counted(sum, stated)));
            }
        }
        let Some(filled) = filled else {
            if before.is_some() {
                self.changed += 1;
                return Took::Emptied;
            }
            return Took::Same;
        };
        self.remarks.extend(self.has_numbers.then(|| figures::worded(filled, at, self.unit)).flatten());
        if Money::parse(&filled.text, self.unit).is_ok_and(is_as_before) {
            return Took::Same;
        }
        let (money, text) = match value(filled, self.unit, false) {
            Value::Money(money, text) => (money, text),
            Value::Bracketed(money, text, bracket) => {
                self.remarks.extend((bracket != '〔').then(|| figures::bracketed(at, &text)));
                (money, text)
            }
            Value::Wrong(what, help) => {
                self.remarks.push(Remark::new(NO_AMOUNT, at, what, help));
                return Took::Same;
            }
        };
        let is_only_known = matches!(figure, Figure::Enacted | Figure::Supplementary);
        if is_made && !self.has_numbers {
            // A text tells no sum that was worked out anew from one that was typed.
            self.left(at, filled.shown(), shown.unwrap_or_default());
            return Took::Same;
        }
        let (left, help) = if is_made {
            ("was typed over what the sheet works out", "change the amounts that it follows from")
        } else if is_only_known && !matches!(money, Money::Known(_)) {
            ("is no amount of a budget that was enacted", "write the amount, or leave the cell empty")
        } else {
            self.changed += 1;
            // The word behind a number is its format's, where the line itself was not open.
            return match (money, stated) {
                (Money::KnownAndUnspecified(amount), Some(Money::Known(_))) if filled.is_stored_number => {
                    Took::New(Money::Known(amount), grouped(&amount.digits()))
                }
                _ => Took::New(money, text),
            };
        };
        let what = format!("`{}` {left}; it is not taken", filled.shown());
        self.remarks.push(Remark::new(ASSUMED, at, what, help));
        Took::Same
    }
}

/// An amount as YAML has it that counts in its unit, without the zeros at its end that are finer than what the line stated: a sum is not known
/// better than that.
pub(crate) fn counted(amount: Amount, stated: Option<Money>) -> String {
    let digits = amount.digits();
    let decimals = stated.and_then(Money::amount).map_or(0, |amount| usize::from(amount.decimals()));
    let Some((whole, fraction)) = digits.split_once('.') else { return grouped(&digits) };
    let kept = fraction.trim_end_matches('0').len().max(decimals.min(fraction.len()));
    grouped(digits.get(..whole.len() + usize::from(kept > 0) + kept).unwrap_or(&digits))
}
