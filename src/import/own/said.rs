//! What a cell of an amount says now, beside what it showed when the sheet was made.

use super::super::parts::cell;
use super::super::remark::Remark;
use super::super::value::{Value, WRITE, value};
use super::super::{Cell, Figure, NO_AMOUNT, figures, formula};
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
    /// Whether its row was put in: a stroke says that there is no such amount, and not that nothing stands there.
    pub(super) is_new: bool,
}

const WRITE_THERE: &str = "write an amount, 事項要求, 未定 or － there";

impl Figure {
    /// Whether each line has such an amount, or a stroke for it.
    fn is_stroked(self) -> bool {
        matches!(self, Self::Requested | Self::Prior)
    }
}

impl Taking<'_> {
    /// What a cell says now. What is not taken is remarked on.
    pub(super) fn said(&mut self, at: Cell, Beside { figure, shown, stated, is_new }: Beside<'_>) -> Took {
        let before = shown.and_then(|text| Money::parse(text, self.unit).ok());
        let stated = stated.and_then(|stated| Money::parse(stated, self.unit).ok());
        let is_made = stated.is_none() && before.is_some();
        let filled = self.grid.cell(at);
        let formula = filled.and_then(|cell| cell.formula.as_deref());
        if let Some(took) = formula.and_then(|formula| self.made((formula, at), figure, before, stated)) {
            return took;
        }
        let Some(filled) = filled else {
            if before.is_some() {
                self.changed.push(at);
                return Took::Emptied;
            }
            return Took::Same;
        };
        self.remarks.extend(self.has_numbers.then(|| figures::worded(filled, at, self.unit)).flatten());
        // The word behind a number is its format's, which tells nothing where it cannot be seen or went with another row.
        let likened = |money: Money, like: Option<Money>| match (money.addable(), like) {
            (Some(_), Some(Money::KnownAndUnspecified(_))) if filled.is_stored_number => money.opened(),
            (Some(amount), Some(Money::Known(_))) if filled.is_stored_number => Money::Known(amount),
            _ => money,
        };
        let is_told = |money: Money| is_new && figure.is_stroked() && money == Money::NotApplicable;
        let is_same = |money: Money| !is_told(money) && is_as_before(likened(money, before), before);
        self.remarks.extend(figures::struck(filled, at));
        if Money::parse(&filled.text, self.unit).is_ok_and(is_same) {
            return Took::Same;
        }
        self.remarks.extend(figures::percent(filled, at));
        let (money, text) = match value(filled, self.unit, false) {
            Value::Money(money, _) if is_same(money) => return Took::Same,
            Value::Money(money, text) => (money, text),
            Value::Bracketed(money, text, '〔') => {
                self.in_brackets.push((at, text.clone()));
                (money, text)
            }
            Value::Bracketed(money, text, _) => {
                self.remarks.push(figures::bracketed(at, &text));
                (money, text)
            }
            Value::Wrong(what, help) => {
                // No map of columns is asked about a sheet of ours.
                let help = if help == WRITE { WRITE_THERE } else { help };
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
        } else if matches!((figure, money), (Figure::Requested | Figure::Request | Figure::Wish, Money::New))
            || (figure, money) == (Figure::Prior, Money::Ended)
        {
            (
                "says nothing of the year of its column",
                "write the amount, or the word in the column of the other year",
            )
        } else {
            self.changed.push(at);
            let like = likened(money, stated.or(before));
            return match (like, like.is_open() == money.is_open()) {
                (_, true) => Took::New(money, text),
                (Money::Known(amount), _) => Took::New(like, grouped(&amount.digits())),
                _ => Took::New(like, text + "+事項要求"),
            };
        };
        let shown = filled.shown();
        let shown = shown.strip_suffix("+事項要求").filter(|_| filled.is_stored_number).unwrap_or(shown);
        let what = format!("`{shown}` {left}; it is not taken");
        self.remarks.push(Remark::assumed(at, what, help));
        Took::Same
    }

    /// What a formula of sums makes, beside what the cell showed and what its line stated.
    fn made(
        &mut self,
        (formula, at): (&str, Cell),
        figure: Figure,
        before: Option<Money>,
        stated: Option<Money>,
    ) -> Option<Took> {
        let (made, said) = formula::evaluate(self.grid, (formula, at), self.unit)?;
        // A sum has no word behind it: what was open stays open.
        let now = if before.is_some_and(Money::is_open) { made.opened() } else { made };
        let both = formula.split_once('+').filter(|_| figure == Figure::Requested);
        let is_ours = formula::is_ours(formula)
            || both.is_some_and(|(one, other)| cell(one).and(cell(other)).is_some());
        let is_made = stated.is_none() && before.is_some();
        if is_as_before(now, before) || is_made && is_ours {
            return Some(Took::Same);
        }
        if is_made {
            return None;
        }
        self.changed.push(at);
        Some(Took::Made(now, now.addable().map_or(said, |sum| counted(sum, stated))))
    }
}

/// Whether a cell says what it showed.
fn is_as_before(now: Money, before: Option<Money>) -> bool {
    // A stroke in an empty cell says that nothing stands there.
    let Some(before) = before else { return matches!(now, Money::NotStated | Money::NotApplicable) };
    match (now.addable(), before.addable()) {
        (Some(one), Some(other)) => one.same_value(other) && now.is_open() == before.is_open(),
        _ => now == before,
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
