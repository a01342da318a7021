//! Ranges of exact values, with ends that belong to them or not.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::super::amount::{Amount, ArithmeticError, scaled};
use super::super::{Currency, Unit};
use super::Rounding;

/// The exact values a printed amount, or a sum of printed amounts, may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    currency: Currency,
    low: End,
    high: End,
}

/// One end of an interval, in base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct End {
    at: Decimal,
    is_open: bool,
}

impl Interval {
    /// Makes an interval of its ends, each with whether it is open, that is, left out.
    pub(super) fn new(currency: Currency, low: (Decimal, bool), high: (Decimal, bool)) -> Self {
        let end = |(at, is_open)| End { at, is_open };
        Self { currency, low: end(low), high: end(high) }
    }

    /// The interval of one value: an amount that was never rounded.
    pub fn exact(amount: Amount) -> Self {
        let end = (amount.value(), false);
        Self::new(amount.currency(), end, end)
    }

    /// The interval of the values with the opposite sign.
    pub fn negated(self) -> Self {
        let mirrored = |end: End| End { at: -end.at, ..end };
        Self { low: mirrored(self.high), high: mirrored(self.low), ..self }
    }

    /// All sums of a value of each.
    ///
    /// # Errors
    /// If the currencies differ or an end reaches 10²⁵ base units.
    pub fn checked_add(self, other: Self) -> Result<Self, ArithmeticError> {
        if self.currency != other.currency {
            return Err(ArithmeticError::MixedCurrency);
        }

        Ok(Self { low: self.low.plus(other.low)?, high: self.high.plus(other.high)?, ..self })
    }

    /// All differences of a value of this interval and one of the other.
    ///
    /// # Errors
    /// If the currencies differ or an end reaches 10²⁵ base units.
    pub fn checked_sub(self, other: Self) -> Result<Self, ArithmeticError> {
        self.checked_add(other.negated())
    }

    /// Adds up any number of intervals; `None` for none of them.
    ///
    /// # Errors
    /// If currencies differ or an end reaches 10²⁵ base units.
    pub fn sum(intervals: impl IntoIterator<Item = Self>) -> Result<Option<Self>, ArithmeticError> {
        let mut intervals = intervals.into_iter();
        let Some(first) = intervals.next() else {
            return Ok(None);
        };

        intervals.try_fold(first, Self::checked_add).map(Some)
    }

    /// Tells whether printed amounts add up to the same exact value as others, which are known to other digits: whether the coarser
    /// ones are no more than the finer ones rounded, by one of the rules of the side that they stand on. Amounts that are all known to the
    /// same digits are the same only where their digits are.
    pub fn is_rounded([one, other]: [&[Amount]; 2], rules: [&[Rounding]; 2]) -> bool {
        let coarsest = |amounts: &[Amount]| amounts.iter().map(|amount| amount.quantum_exponent()).max();
        let [one_rules, other_rules] = rules;
        let rules = match coarsest(one).cmp(&coarsest(other)) {
            _ if one.is_empty() || other.is_empty() => return false,
            Ordering::Equal => return false,
            Ordering::Greater => one_rules,
            Ordering::Less => other_rules,
        };
        rules.iter().any(|&rule| {
            let possible = |amounts: &[Amount]| {
                Self::sum(amounts.iter().map(|amount| amount.stated_interval(rule))).ok().flatten()
            };
            possible(one).zip(possible(other)).is_some_and(|(one, other)| one.intersects(other))
        })
    }

    /// Tells whether an exact value is one of the interval.
    pub fn contains(self, amount: Amount) -> bool {
        self.intersects(Self::exact(amount))
    }

    /// Tells whether the two have a value in common.
    pub fn intersects(self, other: Self) -> bool {
        self.currency == other.currency
            && self.low.may_equal_or_precede(other.high)
            && other.low.may_equal_or_precede(self.high)
    }

    /// Tells whether every value is below zero: the lines of a breakdown exceed their total by
    /// more than rounding explains.
    pub fn is_below_zero(self) -> bool {
        let zero = End { at: Decimal::ZERO, is_open: false };
        !zero.may_equal_or_precede(self.high)
    }

    /// The smallest and the largest of the values that are whole at `decimals` digits of `unit`, both
    /// included: 48,299 and 48,398 百万円. Gives `None` if there is none, or if the currency differs.
    pub fn inclusive_range(self, unit: Unit, decimals: u8) -> Option<(Amount, Amount)> {
        if unit.currency() != self.currency {
            return None;
        }
        let exponent = i32::from(unit.exponent()) - i32::from(decimals);
        let low = scaled(self.low.at, -exponent)?;
        let high = scaled(self.high.at, -exponent)?;

        let mut first = low.ceil();
        if self.low.is_open && first == low {
            first += Decimal::ONE;
        }
        let mut last = high.floor();
        if self.high.is_open && last == high {
            last -= Decimal::ONE;
        }
        if first > last {
            return None;
        }

        let amount = |quanta| Amount::from_value(scaled(quanta, exponent)?, unit, decimals);
        amount(first).zip(amount(last))
    }

    /// How far the interval reaches below and above a value, each with whether it gets there.
    pub(super) fn reach(self, value: Decimal) -> [(Decimal, bool); 2] {
        [(value - self.low.at, !self.low.is_open), (self.high.at - value, !self.high.is_open)]
    }
}

impl End {
    fn plus(self, other: Self) -> Result<Self, ArithmeticError> {
        // Below this limit the three fraction digits of half a quantum are kept exactly.
        let limit = Decimal::from_i128_with_scale(10_i128.pow(25), 0);
        let at = self.at.checked_add(other.at);

        Ok(Self {
            at: at.filter(|at| at.abs() < limit).ok_or(ArithmeticError::Overflow)?,
            is_open: self.is_open || other.is_open,
        })
    }

    /// For a low end, whether some value lies between it and a high end.
    fn may_equal_or_precede(self, high: Self) -> bool {
        self.at < high.at || (self.at == high.at && !self.is_open && !high.is_open)
    }
}
