//! From two amounts to how much one has changed from the other, as an exact fraction that is
//! rounded only when it is printed.

use super::Amount;

/// How a requested amount compares with the prior one, kept exactly. Rates come from exact values
/// and never from printed ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    requested: i128,
    prior: i128,
}

/// The most decimals a rate is rounded to; more would outgrow the exact arithmetic.
const MOST_DECIMALS: u8 = 6;

impl Rate {
    /// Compares two amounts. Gives `None` where a rate would mean nothing: a prior of zero or less, or two currencies.
    pub fn between(requested: Amount, prior: Amount) -> Option<Self> {
        let has_base = !prior.is_zero() && !prior.is_negative();
        let exists = requested.currency() == prior.currency() && has_base;

        exists.then(|| Self { requested: requested.smallest_units(), prior: prior.smallest_units() })
    }

    /// The change `(requested − prior) / prior` in percent, rounded half up (四捨五入, away from
    /// zero) to `decimals` digits after the point and given without the point: 314 for 31.4 % at
    /// one decimal. At most 6 decimals; more count as 6.
    pub fn percent(self, decimals: u8) -> i128 {
        let places = u32::from(decimals.min(MOST_DECIMALS)) + 2;
        let change = self.requested - self.prior;
        half_up(change * 10_i128.pow(places), self.prior)
    }

    /// The multiple `requested / prior`, rounded and given like [`Rate::percent`]: 653 for ×65.3 at
    /// one decimal.
    pub fn times(self, decimals: u8) -> i128 {
        let places = u32::from(decimals.min(MOST_DECIMALS));
        half_up(self.requested * 10_i128.pow(places), self.prior)
    }

    /// Tells whether the change, up or down, is larger than a percentage of the prior amount, without rounding.
    pub fn exceeds(self, limit: FineRate) -> bool {
        let change = (self.requested - self.prior).unsigned_abs();
        change * 1_000_000 > self.prior.unsigned_abs() * u128::from(limit.0)
    }

    /// Tells whether the requested amount is at least `factor` times the prior one.
    pub fn is_at_least_times(self, factor: u16) -> bool {
        self.requested >= self.prior * i128::from(factor)
    }

    /// Tells whether a requested amount that is not negative is below one `divisor`-th of the prior.
    pub fn is_below_one_in(self, divisor: u16) -> bool {
        self.requested >= 0 && self.requested * i128::from(divisor) < self.prior
    }
}

/// A limit for rates of change: any percentage from 0, exact to a ten-thousandth of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FineRate(u32);

impl FineRate {
    /// Reads a percentage without its sign: `5`, `12.5`, `250`. At most 5 digits before the point and 4 after it.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_plain = matches!(whole.len(), 1..=5)
            && matches!(fraction.len(), 1..=4)
            && is_digits(whole)
            && is_digits(fraction);
        let number = format!("{whole}{fraction:0<4}").parse();
        number.ok().filter(|_| is_plain).map(Self)
    }
}

/// Divides and rounds half away from zero; the divisor is positive.
fn half_up(dividend: i128, divisor: i128) -> i128 {
    let magnitude = dividend.unsigned_abs();
    let divisor = divisor.unsigned_abs().max(1);
    let remainder = magnitude % divisor;
    let rounded = magnitude / divisor + u128::from(remainder >= divisor - remainder);

    i128::try_from(rounded).unwrap_or(i128::MAX) * dividend.signum()
}
