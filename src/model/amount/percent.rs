//! From `20`, `20%` or `12.5％` to a share of a whole, in millionths.

use std::fmt;

use super::super::fold::fold_text;

/// A share of a whole, from 0 % to 100 %, exact to a ten-thousandth of a percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Percent(u32);

impl Percent {
    /// The whole, 100 %.
    pub const WHOLE: Self = Self(1_000_000);

    /// Reads a share in percent, with or without its sign.
    ///
    /// # Errors
    /// If the text is no plain decimal number, is above 100 or has more than four decimals.
    pub fn parse(text: &str) -> Result<Self, PercentError> {
        let folded = fold_text(text);
        let number = folded.strip_suffix('%').unwrap_or(&folded).trim_end();
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));

        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_plain = matches!(whole.len(), 1..=3)
            && matches!(fraction.len(), 1..=4)
            && is_digits(whole)
            && is_digits(fraction)
            && !(whole.len() > 1 && whole.starts_with('0'));

        format!("{whole}{fraction:0<4}")
            .parse()
            .ok()
            .filter(|millionths| is_plain && *millionths <= Self::WHOLE.0)
            .map(Self)
            .ok_or_else(|| PercentError { text: text.to_owned() })
    }

    /// The share in millionths of the whole: 200,000 for 20 %.
    #[must_use]
    pub fn millionths(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Percent {
    /// Writes the share with its sign and no needless zeros: `12.5%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{:04}", self.0 % 10_000);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{}%", self.0 / 10_000),
            digits => write!(f, "{}.{digits}%", self.0 / 10_000),
        }
    }
}

/// A text that is no share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PercentError {
    text: String,
}

impl PercentError {
    /// How the author can put it right.
    #[must_use]
    pub fn help(&self) -> String {
        "write a number from 0 to 100 with at most four decimals, as in `12.5`".into()
    }
}

impl fmt::Display for PercentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a percentage of a whole", self.text)
    }
}

impl std::error::Error for PercentError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_exact_and_print_as_they_were_written() {
        for (text, millionths, printed) in [
            ("20", 200_000, "20%"),
            ("20%", 200_000, "20%"),
            ("１２．５％", 125_000, "12.5%"),
            ("0.0001", 1, "0.0001%"),
            ("100.0", 1_000_000, "100%"),
        ] {
            let share = Percent::parse(text);
            assert_eq!(share.as_ref().map(|s| s.millionths()), Ok(millionths));
            assert_eq!(share.map(|s| s.to_string()).as_deref(), Ok(printed));
        }
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for text in ["", "%", "-1", "100.1", "1e1", ".5", "5.", "012", "1.23456", "二割"] {
            assert!(Percent::parse(text).is_err(), "{text}");
        }
    }
}
