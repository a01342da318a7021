//! The forms a date is written in, before anything is known about its calendar.

use super::super::era::{self, Era};
use super::super::fold::fold;
use super::MONTHS;

/// The numbers of a date before anything is known about them.
pub(super) struct Written {
    pub(super) era: Option<Era>,
    pub(super) year: u16,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
}

impl Written {
    pub(super) fn of(text: &str) -> Option<Self> {
        Self::english(text)
            .or_else(|| Self::iso(&era::condensed(text)))
            .or_else(|| Self::japanese(&era::condensed(text)))
    }

    /// The year, month and day of `December 23, 2022`, `2022/12/23`, `23.12.2022` or `R4.12.23`, where their order is certain.
    pub(super) fn loosely(text: &str) -> Option<(u16, Option<u8>, Option<u8>)> {
        let folded: String = text.chars().map(fold).collect();
        let words: Vec<&str> =
            folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let era = |word: &&str| {
            let (era, digits) = Era::strip(word)?;
            era.western_year(era::era_number(digits)?)
        };
        let year = words.iter().position(|word| western_year(word).or_else(|| era(word)).is_some())?;
        let value = words.get(year).and_then(|word| western_year(word).or_else(|| era(word)))?;
        let rest: Vec<&str> =
            words.iter().enumerate().filter(|(at, _)| *at != year).map(|(_, word)| *word).collect();
        let number = |word: &&str| small_number(word.trim_end_matches(|c: char| c.is_ascii_alphabetic()));
        let month_name = |word: &str| {
            let begins =
                |month: &&str| word.len() >= 3 && month.to_lowercase().starts_with(&word.to_lowercase());
            (1..).zip(MONTHS).find(|(_, month)| begins(month)).map(|(number, _)| number)
        };
        if let Some((at, month)) =
            rest.iter().enumerate().find_map(|(at, word)| Some((at, month_name(word)?)))
        {
            let day =
                rest.iter().enumerate().find(|(other, _)| *other != at).and_then(|(_, word)| number(word));
            return (rest.len() <= 2).then_some((value, Some(month), day));
        }
        match (rest.as_slice(), year) {
            ([month], _) => Some((value, Some(number(month)?), None)),
            ([month, day], 0) => Some((value, Some(number(month)?), Some(number(day)?))),
            ([one, other], 2) => {
                let (one, other) = (number(one)?, number(other)?);
                let (day, month) = if other > 12 { (other, one) } else { (one, other) };
                (one > 12 || other > 12).then_some((value, Some(month), Some(day)))
            }
            _ => None,
        }
    }

    fn iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = western_year(parts.next()?)?;
        let mut part = || match parts.next() {
            Some(digits) if digits.len() == 2 => small_number(digits).map(Some),
            Some(_) => None,
            None => Some(None),
        };
        let (month, day) = (part()?, part()?);

        parts.next().is_none().then_some(Self { era: None, year, month, day })
    }

    fn japanese(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('年')?;
        let (era, year) = match Era::strip(year) {
            Some((era, digits)) => (Some(era), era::era_number(digits)?),
            None => (None, western_year(year)?),
        };
        let (month, rest) = part_before(rest, '月')?;
        let (day, rest) = part_before(rest, '日')?;

        rest.is_empty().then_some(Self { era, year, month, day })
    }

    fn english(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace().rev();
        let year = western_year(words.next()?)?;
        let name = words.next()?;
        let month = (1..).zip(MONTHS).find(|(_, month)| *month == name).map(|(number, _)| number);
        let day = match words.next() {
            Some(digits) => Some(small_number(digits)?),
            None => None,
        };

        (month.is_some() && words.next().is_none()).then_some(Self { era: None, year, month, day })
    }
}

/// Reads `6月…` into 6 and what follows; nothing left to read is no part at all.
fn part_before(text: &str, mark: char) -> Option<(Option<u8>, &str)> {
    if text.is_empty() {
        return Some((None, text));
    }
    let (digits, rest) = text.split_once(mark)?;
    Some((Some(small_number(digits)?), rest))
}

fn western_year(digits: &str) -> Option<u16> {
    (digits.len() == 4).then(|| era::number(digits)).flatten()
}

fn small_number(digits: &str) -> Option<u8> {
    let number = (digits.len() <= 2).then(|| era::number(digits)).flatten()?;
    u8::try_from(number).ok()
}
