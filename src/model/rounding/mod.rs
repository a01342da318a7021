//! What a printed amount says about the exact one behind it. Goes in: amounts and the rule they were
//! rounded by; comes out: intervals of possible values, and whether a total can be the sum of its
//! lines. There is no tolerance anywhere: the width of an interval is the quantum of the amount.

mod footing;
mod interval;

use rust_decimal::{Decimal, RoundingStrategy};

use super::amount::{Amount, scaled};
use super::{Lang, Unit};
pub use footing::Footing;
pub use interval::Interval;

/// The rule by which exact amounts were made into printed ones. Each works on the digits and leaves
/// the sign alone, as offices do: a decrease is rounded like the same increase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rounding {
    /// 四捨五入: to the nearest, halves away from zero.
    HalfUp,
    /// 切捨て: toward zero.
    Truncate,
    /// 切上げ: away from zero.
    Ceiling,
}

impl Rounding {
    /// All rules, the usual one first.
    pub const ALL: [Self; 3] = [Self::HalfUp, Self::Truncate, Self::Ceiling];

    /// The rule as notes on a sheet name it: 四捨五入, `rounding half up`.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::HalfUp => lang.pick("四捨五入", "rounding half up"),
            Self::Truncate => lang.pick("切捨て", "truncation"),
            Self::Ceiling => lang.pick("切上げ", "rounding up"),
        }
    }

    /// The rules that a remark on figures names; all of them where it only says that there are remainders (端数).
    pub(crate) fn said(text: &str) -> &'static [Self] {
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let [half_up, truncate, ceiling] = [&Self::ALL[..1], &Self::ALL[1..2], &Self::ALL[2..]];
        match () {
            () if says(&["四捨五入", "rounded to", "Rounded to"]) => half_up,
            () if says(&["切捨", "切り捨", "truncated"]) => truncate,
            () if says(&["切上", "切り上", "rounded up"]) => ceiling,
            () if says(&["端数", "due to rounding"]) => &Self::ALL,
            () => &[],
        }
    }

    fn strategy(self) -> RoundingStrategy {
        match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::Truncate => RoundingStrategy::ToZero,
            Self::Ceiling => RoundingStrategy::AwayFromZero,
        }
    }
}

impl Amount {
    /// The amount rounded to `decimals` digits of `unit`. Gives `None` if that would be finer than
    /// the amount is known, or the currency differs.
    pub fn rounded_to(self, unit: Unit, decimals: u8, rounding: Rounding) -> Option<Self> {
        let exponent = i32::from(unit.exponent());
        let is_coarser = exponent - i32::from(decimals) >= self.quantum_exponent();
        if !is_coarser || unit.currency() != self.currency() {
            return None;
        }

        let in_unit = scaled(self.value(), -exponent)?;
        let rounded = in_unit.round_dp_with_strategy(u32::from(decimals), rounding.strategy());
        Self::from_value(scaled(rounded, exponent)?, unit, decimals)
    }

    /// The exact values that `rounding` prints as this amount. With quantum q, a positive v stands for
    /// [v − q/2, v + q/2) under 四捨五入, [v, v + q) under 切捨て and (v − q, v] under 切上げ; a negative
    /// one for the mirror image. Zero stands for (−q/2, q/2), (−q, q) and 0 alone. An amount known to the smallest unit
    /// that money has (円; the cent of other currencies) was not rounded at all and stands for itself.
    pub fn interval(self, rounding: Rounding) -> Interval {
        if self.quantum_exponent() <= self.currency().smallest_exponent() {
            return Interval::exact(self);
        }
        let quantum = self.quantum().value();
        let half = quantum / Decimal::TWO;
        let magnitude = self.value().abs();
        let of = |below: Decimal, above: Decimal, is_low_open, is_high_open| {
            let low = magnitude - below;
            let high = magnitude + above;
            Interval::new(self.currency(), (low, is_low_open), (high, is_high_open))
        };

        let interval = match (rounding, self.is_zero()) {
            (Rounding::HalfUp, true) => of(half, half, true, true),
            (Rounding::HalfUp, false) => of(half, half, false, true),
            (Rounding::Truncate, true) => of(quantum, quantum, true, true),
            (Rounding::Truncate, false) => of(Decimal::ZERO, quantum, false, true),
            (Rounding::Ceiling, true) => of(Decimal::ZERO, Decimal::ZERO, false, false),
            (Rounding::Ceiling, false) => of(quantum, Decimal::ZERO, true, false),
        };
        if self.is_negative() { interval.negated() } else { interval }
    }

    /// The same of an amount that is held against another statement of it: `0` is a fact there, and never a little that was rounded away.
    pub fn stated_interval(self, rounding: Rounding) -> Interval {
        if self.is_zero() { Interval::exact(self) } else { self.interval(rounding) }
    }
}
