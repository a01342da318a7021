//! From `20`, `12.5％` or `約2割` to a share of a whole, in millionths, and the words it is printed in.

use std::fmt;

use super::super::fold::fold_text;
use super::super::{Examples, Rounding};

/// What says that a share is not meant to the last digit; it is printed as it was written.
const ABOUT: [&str; 5] = ["約", "およそ", "about ", "approx. ", "some "];
const NEAR: [&str; 6] = ["程度", "前後", "余り", "余", "強", "弱"];

/// A share of a whole, from 0 % to 100 %, exact to a ten-thousandth of a percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Percent {
    millionths: u32,
    /// What the last stated digit is worth, in millionths.
    quantum: u32,
    /// As the author wrote it, where that is more than a number of percent.
    words: Option<String>,
}

impl Percent {
    /// The whole in millionths.
    pub const WHOLE: u32 = 1_000_000;

    /// Reads a share in percent, with or without its sign, or in tenths (割, 分, 厘); 約, 程度 or 強 may qualify it.
    ///
    /// # Errors
    /// If the text is no plain decimal number, is above 100 or has more than four decimals.
    pub fn parse(text: &str) -> Result<Self, PercentError> {
        let folded = fold_text(text);
        let start = ABOUT.iter().find_map(|about| folded.strip_prefix(about)).unwrap_or(&folded);
        let number = NEAR.iter().find_map(|near| start.strip_suffix(near)).unwrap_or(start).trim();
        let (tenths, rest) = number.split_once('割').map_or((None, number), |(a, b)| (Some(a), b));
        let millionths = match (tenths, rest) {
            (None, _) => decimal(number.strip_suffix('%').unwrap_or(number).trim_end()),
            (Some(tenths), "") => decimal(tenths).and_then(|tenths| tenths.checked_mul(10)),
            (Some(tenths), rest) => rest.split_once('分').and_then(|(hundredths, rest)| {
                let is_digit = |text: &&str| matches!(text.as_bytes(), [b'0'..=b'9']);
                let thousandths = if rest.is_empty() { "0" } else { rest.strip_suffix('厘')? };
                let all = [tenths, hundredths, thousandths].iter().all(is_digit);
                let whole = format!("{tenths}{hundredths}");
                let whole =
                    Some(whole.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
                decimal(&format!("{whole}.{thousandths}")).filter(|_| all)
            }),
        };
        let fraction =
            number.split_once('.').map(|(_, fraction)| fraction.trim_end_matches('%').trim_end().len());
        let decimals = fraction.unwrap_or(usize::from(rest.ends_with('厘')));
        let decimals = u32::try_from(decimals).unwrap_or(0);
        let ten = if tenths.is_some() && rest.is_empty() { 10 } else { 1 };
        let quantum = ten * 10_u32.pow(4_u32.saturating_sub(decimals));
        let words = (number != folded || tenths.is_some()).then(|| folded.clone());
        millionths
            .filter(|millionths| *millionths <= Self::WHOLE)
            .map(|millionths| Self { millionths, quantum, words })
            .ok_or_else(|| PercentError { text: text.to_owned() })
    }

    /// The share in millionths of the whole: 200,000 for 20 %.
    pub fn millionths(&self) -> u32 {
        self.millionths
    }

    /// Tells whether exact shares that are rounded to these by a rule can make up the whole.
    pub fn make_whole(shares: &[Self], rule: Rounding) -> bool {
        let sum: i64 = shares.iter().map(|share| i64::from(share.millionths)).sum();
        let reach: i64 = shares.iter().map(|share| i64::from(share.quantum)).sum();
        let missing = i64::from(Self::WHOLE) - sum;
        missing == 0
            || match rule {
                Rounding::HalfUp => -reach <= 2 * missing && 2 * missing < reach,
                Rounding::Truncate => (0..reach).contains(&missing),
                Rounding::Ceiling => -reach < missing && missing <= 0,
            }
    }
}

/// A number of at most three digits and four decimals, in ten-thousandths.
fn decimal(number: &str) -> Option<u32> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = matches!(whole.len(), 1..=3)
        && matches!(fraction.len(), 1..=4)
        && is_digits(whole)
        && is_digits(fraction)
        && (whole == "0" || !whole.starts_with('0'));
    format!("{whole}{fraction:0<4}").parse().ok().filter(|_| is_plain)
}

impl fmt::Display for Percent {
    /// Writes the author's words, or the share with its sign and no needless zeros: `12.5%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(words) = &self.words {
            return f.write_str(words);
        }
        let fraction = format!("{:04}", self.millionths % 10_000);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{}%", self.millionths / 10_000),
            digits => write!(f, "{}.{digits}%", self.millionths / 10_000),
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
    pub fn help(&self, examples: Examples) -> String {
        let words = examples.pick("tenths, as in `約2割`", "words, as in `about 20%`");
        format!("write a number from 0 to 100 with at most four decimals, as in `12.5`, or {words}")
    }
}

impl fmt::Display for PercentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a percentage of a whole", self.text)
    }
}

impl std::error::Error for PercentError {}
