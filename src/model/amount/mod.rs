//! From an author's `4,592百万円` to an exact value that still knows its unit and how precisely it
//! was stated. Only this folder and [`super::rounding`] know how the value is stored; no binary
//! floating point is involved at any step.

mod error;
mod parse;
mod percent;
mod rate;
mod slip;
mod spoken;

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use super::{Currency, Rounding, Unit};
pub use error::{AmountError, AmountErrorKind};
pub use percent::{Percent, PercentError};
pub use rate::{FineRate, Rate};
pub use slip::Slip;
pub(crate) use slip::{Hedge, without_kanji};

/// An amount of money: an exact value together with the unit and the decimals it was stated with,
/// which make its *quantum*: 831億円 has a quantum of 1億円, 4,221.9百万円 one of 0.1百万円.
///
/// Invariants: the value is a whole multiple of the quantum, the quantum is at least a hundredth
/// of the currency's base unit, and the value stays below 10²⁵ base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    value: Decimal,
    unit: Unit,
    decimals: u8,
    /// The larger units that it was written with before its own, as in 1兆2,345億円: a bit for each power of ten.
    larger: u16,
}

/// The bit of [`Amount::larger`] that says that nobody wrote the compound: it is a sum of such.
const SUM: u16 = 1 << 15;

/// Sums stay below this power of ten in base units, so that with the three fraction digits of half
/// a quantum they fit the 28 digits of a [`Decimal`] and no operation ever rounds by itself.
const LIMIT_EXPONENT: u32 = 25;

/// The most fraction digits of a base unit that an amount may have.
const BASE_DECIMALS: u8 = 2;

impl Amount {
    /// Reads an amount as people write it: `4592`, `4,592`, `4,592百万円`, `831億円`,
    /// `1兆2,345億円`, `1,234.5`, `△154`, `4,592 million yen`. Full-width characters fold; a number
    /// without a unit is in `default_unit`; a compound has the last of its units.
    ///
    /// # Errors
    /// Says what is wrong and where: a malformed number, an unknown unit, another currency than
    /// that of `default_unit`, more than 20 integer or 2 fraction digits in the base unit.
    pub fn parse(text: &str, default_unit: Unit) -> Result<Self, AmountError> {
        parse::parse(text, default_unit)
    }

    /// Reads the amount that running text begins with, and gives the bytes that say it: `70百万円`, `¥70 million`, `1.8 billion USD`. Its
    /// currency must be said; a symbol of several currencies is of that of `unit` where it can be.
    pub fn spoken(text: &str, unit: Unit) -> Option<(Self, usize)> {
        spoken::spoken(text, unit)
    }

    /// Makes an amount from hundredths of the currency's base unit (sen, cents). Gives `None` if
    /// the value is no multiple of the quantum that `unit` and `decimals` make, if that quantum is
    /// below one hundredth, or if the value is out of range.
    pub fn from_smallest_units(hundredths: i128, unit: Unit, decimals: u8) -> Option<Self> {
        let value = Decimal::try_from_i128_with_scale(hundredths, u32::from(BASE_DECIMALS)).ok()?;
        let whole = hundredths % quantum_in_hundredths(unit, decimals)? == 0;

        whole.then(|| Self::from_value(value, unit, decimals)).flatten()
    }

    /// Nothing, stated to one `unit`.
    pub fn zero(unit: Unit) -> Self {
        Self { value: Decimal::ZERO, unit, decimals: 0, larger: 0 }
    }

    /// Makes an amount of a value already known to be a multiple of the quantum.
    pub(in crate::model) fn from_value(value: Decimal, unit: Unit, decimals: u8) -> Option<Self> {
        let value = value.normalize();
        let fits = value.scale() <= u32::from(BASE_DECIMALS)
            && value.trunc().mantissa().unsigned_abs() < 10_u128.pow(LIMIT_EXPONENT)
            && decimals <= unit.exponent() + BASE_DECIMALS;

        fits.then_some(Self { value, unit, decimals, larger: 0 })
    }

    /// The value in the currency's base unit.
    pub(in crate::model) fn value(self) -> Decimal {
        self.value
    }

    /// The unit the amount was stated in.
    pub fn unit(self) -> Unit {
        self.unit
    }

    /// The currency of the unit.
    pub fn currency(self) -> Currency {
        self.unit.currency()
    }

    /// How many digits after the point were stated: 1 for 4,221.9百万円. At most 14.
    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// The amount of one quantum: 0.1百万円 for 4,221.9百万円.
    pub fn quantum(self) -> Self {
        let value = scaled(Decimal::ONE, self.quantum_exponent()).unwrap_or(Decimal::ONE);
        Self { value, larger: 0, ..self }
    }

    /// The parts of an amount that was written as a compound, or is a sum of such, the largest unit first: 2兆 and 1,088億円. None for others.
    pub fn compound(self) -> Vec<Self> {
        if self.larger == 0 || self.is_zero() && self.larger & SUM != 0 {
            return Vec::new();
        }
        let exponents = (0..15_u8).rev().filter(|exponent| self.larger >> exponent & 1 == 1);
        let mut rest = self;
        let mut parts = Vec::new();
        for unit in exponents.filter_map(|exponent| self.unit.with_exponent(exponent)) {
            let part = rest.rounded_to(unit, 0, Rounding::Truncate);
            let less = part.and_then(|part| rest.checked_sub(part).ok()?.in_unit(self.unit));
            let (Some(part), Some(less)) = (part, less) else {
                return Vec::new();
            };
            parts.push(part);
            rest = less;
        }
        parts.push(rest);
        // What was written keeps its zeros: 1兆0億円.
        let is_said = |part: &&Self| self.larger & SUM == 0 || !part.is_zero();
        parts.iter().filter(is_said).copied().collect()
    }

    /// The power of ten of the quantum in base units: 5 for 4,221.9百万円. From -2 to 12.
    pub fn quantum_exponent(self) -> i32 {
        i32::from(self.unit.exponent()) - i32::from(self.decimals)
    }

    /// How many quanta make the amount: 42,219 for 4,221.9百万円. The digits as printed, without
    /// point and commas.
    pub fn coefficient(self) -> i128 {
        let quantum = quantum_in_hundredths(self.unit, self.decimals).unwrap_or(1);
        self.smallest_units() / quantum
    }

    /// The digits as stated, plain: `4592`, `-1234.5`.
    pub fn digits(self) -> String {
        pointed(self.coefficient(), self.decimals)
    }

    /// The value in hundredths of the currency's base unit, for charts and for exchange.
    pub fn smallest_units(self) -> i128 {
        // The most worked out of all: without a power of ten that is worked out, too.
        match self.value.scale() {
            0 => self.value.mantissa() * 100,
            1 => self.value.mantissa() * 10,
            _ => self.value.mantissa(),
        }
    }

    /// The value in base units as plain digits: `4592000000`, `-1234.5`.
    pub fn to_base_units_string(self) -> String {
        self.value.to_string()
    }

    /// Tells whether the amount is below zero.
    pub fn is_negative(self) -> bool {
        self.value < Decimal::ZERO
    }

    /// Tells whether the amount is nothing.
    pub fn is_zero(self) -> bool {
        self.value.is_zero()
    }

    /// Tells whether two amounts are worth the same, whatever units they are stated in. `==` is
    /// stricter: it asks for the same unit and decimals too.
    pub fn same_value(self, other: Self) -> bool {
        self.compare(other) == Some(Ordering::Equal)
    }

    /// Orders by value; `None` across currencies.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        (self.currency() == other.currency()).then(|| self.value.cmp(&other.value))
    }

    /// The amount without its sign.
    pub fn abs(self) -> Self {
        Self { value: self.value.abs(), ..self }
    }

    /// The amount with the opposite sign.
    pub fn negated(self) -> Self {
        let value = (-self.value).normalize();
        Self { value, ..self }
    }

    /// Adds exactly. The sum is stated with the finer of the two quanta, so that arithmetic printed
    /// line by line is right digit for digit.
    ///
    /// # Errors
    /// If the currencies differ or the sum reaches 10²⁵ base units.
    pub fn checked_add(self, other: Self) -> Result<Self, ArithmeticError> {
        if self.currency() != other.currency() {
            return Err(ArithmeticError::MixedCurrency);
        }
        let finer = if self.precision() <= other.precision() { self } else { other };
        // A sum of compounds is one: 2兆3,580億600万円, not 235,800,600万円.
        let same = [self, other].into_iter().filter(|it| it.precision() == finer.precision());
        let larger = same.fold(0, |larger, it| larger | it.larger);

        self.value
            .checked_add(other.value)
            .and_then(|value| Self::from_value(value, finer.unit, finer.decimals))
            .map(|sum| Self {
                larger: if larger == 0 { 0 } else { larger | larger << 4 & 1 << 12 | SUM },
                ..sum
            })
            .ok_or(ArithmeticError::Overflow)
    }

    /// Subtracts exactly, by the rules of [`Amount::checked_add`].
    ///
    /// # Errors
    /// If the currencies differ or the difference reaches 10²⁵ base units.
    pub fn checked_sub(self, other: Self) -> Result<Self, ArithmeticError> {
        self.checked_add(other.negated())
    }

    /// Adds up any number of amounts; `None` for none of them. The order does not matter.
    ///
    /// # Errors
    /// If currencies differ or a sum reaches 10²⁵ base units.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Option<Self>, ArithmeticError> {
        let mut amounts = amounts.into_iter();
        let Some(first) = amounts.next() else {
            return Ok(None);
        };

        amounts.try_fold(first, Self::checked_add).map(Some)
    }

    /// The same amount with the same quantum, stated in another unit: 13,849百万円 is 138.49億円.
    /// Gives `None` where the digits would claim more than is known (831億円 in 百万円) or the
    /// currency differs.
    pub fn in_unit(self, unit: Unit) -> Option<Self> {
        let decimals = i32::from(unit.exponent()) - self.quantum_exponent();
        let decimals = u8::try_from(decimals).ok()?;

        (self.currency() == unit.currency()).then_some(Self { unit, decimals, larger: 0, ..self })
    }

    /// Orders by quantum, and equal quanta by unit, so that a sum does not depend on order.
    fn precision(self) -> (i32, u8) {
        (self.quantum_exponent(), self.unit.exponent())
    }
}

/// In exports amounts are plain digits as text, so that no reader rounds them.
impl serde::Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_base_units_string())
    }
}

/// Why two amounts could not be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArithmeticError {
    /// They are in different currencies.
    MixedCurrency,
    /// The result is too large to be kept exactly.
    Overflow,
}

impl fmt::Display for ArithmeticError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MixedCurrency => "amounts in different currencies cannot be added",
            Self::Overflow => "the sum is too large to be kept exactly",
        })
    }
}

impl std::error::Error for ArithmeticError {}

/// A number that is given without its point: 42219 with one digit behind it is `4221.9`.
pub(crate) fn pointed(number: i128, decimals: u8) -> String {
    let decimals = usize::from(decimals);
    let digits = format!("{:0width$}", number.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let (minus, point) = (if number < 0 { "-" } else { "" }, if decimals > 0 { "." } else { "" });
    format!("{minus}{whole}{point}{fraction}")
}

/// A plain number, its whole digits in groups of three.
pub(crate) fn grouped(plain: &str) -> String {
    let (minus, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = minus.to_owned();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + fraction
}

/// Multiplies by a power of ten by moving the point, which is exact or refused.
pub(in crate::model) fn scaled(value: Decimal, power: i32) -> Option<Decimal> {
    let value = value.normalize();
    let scale = i32::try_from(value.scale()).ok()?.checked_sub(power)?;
    let (mantissa, scale) = match u32::try_from(scale) {
        Ok(scale) => (value.mantissa(), scale),
        Err(_) => {
            let factor = 10_i128.checked_pow(scale.unsigned_abs())?;
            (value.mantissa().checked_mul(factor)?, 0)
        }
    };

    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

fn quantum_in_hundredths(unit: Unit, decimals: u8) -> Option<i128> {
    let exponent = (unit.exponent() + BASE_DECIMALS).checked_sub(decimals)?;
    Some(10_i128.pow(u32::from(exponent)))
}
