//! From `令和3年6月18日`, `令和3年6月` or `2021-06-18` to a date that knows how precisely it was
//! given. How one is printed is the business of [`crate::notation`].

mod error;
mod written;

use super::era::{self, Era};
pub use error::{DateError, DateErrorKind};
use written::Written;

/// A date to the day, the month or the year, as policy documents are cited. From 1868 to 2099.
/// A less precise date comes before the more precise ones it contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

/// The English months, for reading and for printing.
pub(crate) const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
];

impl PartialDate {
    /// Reads `令和3年6月18日`, `令和3年6月`, `令和3年`, the same with a Western year, `2021-06-18`,
    /// `2021-06`, `2021`, and `18 June 2021`. Full-width characters fold.
    ///
    /// # Errors
    /// If the text is none of these, the calendar has no such day, or the era does not reach it:
    /// 平成31年5月1日 was in 令和.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let error = |kind| DateError { kind, text: text.to_owned() };
        let written = Written::of(text).ok_or_else(|| error(DateErrorKind::Unreadable))?;

        let year = match written.era {
            None => written.year,
            Some(era) => era.western_year(written.year).ok_or_else(|| {
                let is_ahead = era == Era::Reiwa && written.year > 0;
                let no_year = DateErrorKind::OutOfEra { era, meant: None };
                error(if is_ahead { DateErrorKind::NoSuchDay } else { no_year })
            })?,
        };
        let date =
            Self::new(year, written.month, written.day).ok_or_else(|| error(DateErrorKind::NoSuchDay))?;

        if let Some(era) = written.era {
            let outside = date.first_day() > era.last_day() || date.last_day() < era.first_day();
            if outside {
                let meant = Some(date);
                return Err(error(DateErrorKind::OutOfEra { era, meant }));
            }
        }
        Ok(date)
    }

    /// Makes a date of a year from 1868 to 2099; gives `None` for a day the calendar does not have
    /// and for a day without a month.
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let is_known = (era::FIRST_YEAR..=era::LAST_YEAR).contains(&year);
        let exists = match (month, day) {
            (None, None) => true,
            (Some(month), None) => (1..=12).contains(&month),
            (Some(month), Some(day)) => {
                (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day)
            }
            (None, Some(_)) => false,
        };

        (is_known && exists).then_some(Self { year, month, day })
    }

    /// The day that so many days after the first of January 1970 fall on, as clocks count them; `None` after the last year.
    pub fn after_1970(days: u64) -> Option<Self> {
        let mut left = days;
        for (year, month) in (1970..=era::LAST_YEAR).flat_map(|year| (1..=12).map(move |month| (year, month)))
        {
            let length = days_in(year, month);
            match u8::try_from(left) {
                Ok(day) if day < length => return Self::new(year, Some(month), Some(day + 1)),
                _ => left -= u64::from(length),
            }
        }
        None
    }

    /// The Western year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, if the date is that precise.
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, if the date is that precise.
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// The era that names the date and the year within it; for a year or month in which eras
    /// change, the newer.
    pub fn era(self) -> (Era, u16) {
        let era = Era::of(self.last_day());
        (era, era.year_within(self.year))
    }

    /// The date in digits, as data formats have it: `2021-06-18`, `2021-06`, `2021`.
    pub fn iso(self) -> String {
        let mut text = format!("{:04}", self.year);
        for part in [self.month, self.day].into_iter().flatten() {
            text.push_str(&format!("-{part:02}"));
        }
        text
    }

    /// Tells whether the date lies wholly before another one.
    pub fn is_before(self, other: Self) -> bool {
        self.last_day() < other.first_day()
    }

    fn first_day(self) -> (u16, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    fn last_day(self) -> (u16, u8, u8) {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| days_in(self.year, month));
        (self.year, month, day)
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
