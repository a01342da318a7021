//! Whether the printed lines of a breakdown can add up to its printed total.

use rust_decimal::Decimal;

use super::super::amount::{Amount, ArithmeticError, scaled};
use super::{Interval, Rounding};

/// The three outcomes of holding a total against its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footing {
    /// The printed lines add up to the printed total.
    Exact,
    /// They do not, and rounding explains it: the sheet says so in a note (端数).
    WithinRounding {
        /// The total less the sum of the lines as printed.
        difference: Amount,
    },
    /// No exact values behind the lines add up to any behind the total.
    Impossible {
        /// The sum of the lines as printed.
        sum: Amount,
        /// The total less that sum: positive where lines are missing.
        difference: Amount,
        /// The largest difference in that direction, without a sign, that rounding could explain.
        explainable: Amount,
    },
}

impl Footing {
    /// Holds a printed total against printed lines. Units and quanta may all differ; no lines at
    /// all add up to zero.
    ///
    /// # Errors
    /// If currencies differ or a sum is too large to be kept exactly.
    pub fn of(addends: &[Amount], total: Amount, rounding: Rounding) -> Result<Self, ArithmeticError> {
        let nothing = Amount::zero(total.unit());
        let sum = Amount::sum(addends.iter().copied())?.unwrap_or(nothing);
        let difference = total.checked_sub(sum)?;
        if difference.is_zero() {
            return Ok(Self::Exact);
        }

        let intervals = addends.iter().map(|addend| addend.interval(rounding));
        let possible = Interval::sum(intervals)?.unwrap_or(Interval::exact(nothing));
        let stated = total.interval(rounding);
        if possible.intersects(stated) {
            return Ok(Self::WithinRounding { difference });
        }

        let [sum_below, sum_above] = possible.reach(sum.value());
        let [total_below, total_above] = stated.reach(total.value());
        let (one, other) =
            if difference.is_negative() { (sum_below, total_above) } else { (sum_above, total_below) };
        let is_attained = one.1 && other.1;
        let explainable = largest_within(one.0 + other.0, is_attained, difference.quantum())
            .ok_or(ArithmeticError::Overflow)?;

        Ok(Self::Impossible { sum, difference, explainable })
    }

    /// The rules under which a total can be the sum of its lines: what is left to believe where a
    /// budget does not say how it was rounded.
    ///
    /// # Errors
    /// Those of [`Footing::of`].
    pub fn fitting_rules(addends: &[Amount], total: Amount) -> Result<Vec<Rounding>, ArithmeticError> {
        let mut fitting = Vec::new();
        for rounding in Rounding::ALL {
            if !matches!(Self::of(addends, total, rounding)?, Self::Impossible { .. }) {
                fitting.push(rounding);
            }
        }

        Ok(fitting)
    }
}

/// The largest multiple of a quantum within a reach, whose end counts only if it is attained.
fn largest_within(reach: Decimal, is_attained: bool, quantum: Amount) -> Option<Amount> {
    let exponent = quantum.quantum_exponent();
    let in_quanta = scaled(reach, -exponent)?;
    let mut whole = in_quanta.floor();
    if whole == in_quanta && !is_attained && !whole.is_zero() {
        whole -= Decimal::ONE;
    }

    Amount::from_value(scaled(whole, exponent)?, quantum.unit(), quantum.decimals())
}
