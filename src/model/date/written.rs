//! The forms a date is written in, before anything is known about its calendar.

use super::super::era::{self, Era};
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
