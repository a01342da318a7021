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
    #[must_use]
    pub fn between(requested: Amount, prior: Amount) -> Option<Self> {
        let has_base = !prior.is_zero() && !prior.is_negative();
        let exists = requested.currency() == prior.currency() && has_base;

        exists.then(|| Self { requested: requested.smallest_units(), prior: prior.smallest_units() })
    }

    /// The change `(requested − prior) / prior` in percent, rounded half up (四捨五入, away from
    /// zero) to `decimals` digits after the point and given without the point: 314 for 31.4 % at
    /// one decimal. At most 6 decimals; more count as 6.
    #[must_use]
    pub fn percent(self, decimals: u8) -> i128 {
        let places = u32::from(decimals.min(MOST_DECIMALS)) + 2;
        let change = self.requested - self.prior;
        half_up(change * 10_i128.pow(places), self.prior)
    }

    /// The multiple `requested / prior`, rounded and given like [`Rate::percent`]: 653 for ×65.3 at
    /// one decimal.
    #[must_use]
    pub fn times(self, decimals: u8) -> i128 {
        let places = u32::from(decimals.min(MOST_DECIMALS));
        half_up(self.requested * 10_i128.pow(places), self.prior)
    }

    /// Tells whether the change, up or down, is larger than a percentage of the prior amount, without rounding.
    #[must_use]
    pub fn exceeds(self, limit: FineRate) -> bool {
        let change = (self.requested - self.prior).unsigned_abs();
        change * 1_000_000 > self.prior.unsigned_abs() * u128::from(limit.0)
    }

    /// Tells whether the requested amount is at least `factor` times the prior one.
    #[must_use]
    pub fn is_at_least_times(self, factor: u16) -> bool {
        self.requested >= self.prior * i128::from(factor)
    }

    /// Tells whether a requested amount that is not negative is below one `divisor`-th of the prior.
    #[must_use]
    pub fn is_below_one_in(self, divisor: u16) -> bool {
        self.requested >= 0 && self.requested * i128::from(divisor) < self.prior
    }
}

/// A limit for rates of change: any percentage from 0, exact to a ten-thousandth of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FineRate(u32);

impl FineRate {
    /// Reads a percentage without its sign: `5`, `12.5`, `250`. At most 5 digits before the point and 4 after it.
    #[must_use]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Unit;

    fn rate(requested: &str, prior: &str) -> Option<Rate> {
        let amount = |text| Amount::parse(text, Unit::MILLION_YEN).ok();
        Rate::between(amount(requested)?, amount(prior)?)
    }

    fn percent(requested: &str, prior: &str) -> Option<i128> {
        rate(requested, prior).map(|rate| rate.percent(1))
    }

    #[test]
    fn rates_are_worked_out_from_exact_values() {
        assert_eq!(percent("4,592", "3,494"), Some(314));
        assert_eq!(percent("7,458", "7,612"), Some(-20));
        assert_eq!(percent("1", "0"), None);
        assert_eq!(percent("0", "5"), Some(-1000));
        assert_eq!(percent("5", "-5"), None);
        assert_eq!(percent("-5", "5"), Some(-2000));
        assert_eq!(percent("10億円", "945百万円"), Some(58));
    }

    #[test]
    fn a_tie_goes_away_from_zero() {
        assert_eq!(percent("10,005", "10,000"), Some(1));
        assert_eq!(percent("9,995", "10,000"), Some(-1));
        assert_eq!(percent("10,004", "10,000"), Some(0));
    }

    #[test]
    fn a_ramp_up_is_a_multiple() {
        let ramp = rate("2,806", "43");
        assert_eq!(ramp.map(|rate| rate.times(1)), Some(653));
        assert_eq!(ramp.map(|rate| rate.times(2)), Some(6526));
        assert_eq!(ramp.map(|rate| rate.is_at_least_times(10)), Some(true));
        let slip = rate("43", "2,806").map(|rate| rate.is_below_one_in(10));
        assert_eq!(slip, Some(true));
        let tenth = rate("10", "100").map(|rate| rate.is_below_one_in(10));
        assert_eq!(tenth, Some(false));
    }

    #[test]
    fn a_limit_is_held_against_the_exact_rate() {
        let exceeds = |requested: &str, prior: &str, limit: &str| {
            let limit = FineRate::parse(limit)?;
            Some(rate(requested, prior)?.exceeds(limit))
        };
        assert_eq!(exceeds("105", "100", "5"), Some(false));
        assert_eq!(exceeds("10,501", "10,000", "5"), Some(true));
        assert_eq!(exceeds("95", "100", "4.9999"), Some(true));
        assert_eq!(exceeds("400", "100", "250"), Some(true));
        for text in ["", "5%", ".5", "5.", "-5", "123456", "1.23456"] {
            assert_eq!(FineRate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_largest_amounts_have_rates() {
        let extreme = rate("99,999,999,999,999", "0.01円").map(|rate| rate.percent(9));
        assert!(extreme.is_some_and(|percent| percent > 0));
    }
}
