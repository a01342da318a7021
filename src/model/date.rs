//! From `令和3年6月18日`, `令和3年6月` or `2021-06-18` to a date that knows how precisely it was
//! given. How one is printed is the business of [`crate::notation`].

use std::fmt;

use super::era::{self, Era};

/// A date to the day, the month or the year, as policy documents are cited. From 1868 to 2117.
/// A less precise date comes before the more precise ones it contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

/// The English months, for reading and for printing.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl PartialDate {
    /// Reads `令和3年6月18日`, `令和3年6月`, `令和3年`, the same with a Western year, `2021-06-18`,
    /// `2021-06`, `2021`, and `18 June 2021`. Full-width characters fold.
    ///
    /// # Errors
    /// If the text is none of these, the calendar has no such day, or the era does not reach it:
    /// 平成31年5月1日 was in 令和.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let error = |kind| DateError {
            kind,
            text: text.to_owned(),
        };
        let written = Written::of(text).ok_or_else(|| error(DateErrorKind::Unreadable))?;

        let year = match written.era {
            None => written.year,
            Some(era) => era
                .western_year(written.year)
                .ok_or_else(|| error(DateErrorKind::OutOfEra { era, meant: None }))?,
        };
        let date = Self::new(year, written.month, written.day)
            .ok_or_else(|| error(DateErrorKind::NoSuchDay))?;

        if let Some(era) = written.era {
            let outside = date.first_day() > era.last_day() || date.last_day() < era.first_day();
            if outside {
                let meant = Some(date);
                return Err(error(DateErrorKind::OutOfEra { era, meant }));
            }
        }
        Ok(date)
    }

    /// Makes a date of a year from 1868 to 2117; gives `None` for a day the calendar does not have
    /// and for a day without a month.
    #[must_use]
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

    /// The Western year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, if the date is that precise.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, if the date is that precise.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// The era that names the date and the year within it; for a year or month in which eras
    /// change, the newer.
    #[must_use]
    pub fn era(self) -> (Era, u16) {
        let era = Era::of(self.last_day());
        (era, era.year_within(self.year))
    }

    /// The date in digits, as data formats have it: `2021-06-18`, `2021-06`, `2021`.
    #[must_use]
    pub fn iso(self) -> String {
        let mut text = format!("{:04}", self.year);
        for part in [self.month, self.day].into_iter().flatten() {
            text.push_str(&format!("-{part:02}"));
        }
        text
    }

    /// Tells whether another date lies within this one, as every day of June 2021 lies in `2021-06`.
    /// A date contains itself.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.first_day() <= other.first_day() && other.last_day() <= self.last_day()
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

/// The numbers of a date before anything is known about them.
struct Written {
    era: Option<Era>,
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl Written {
    fn of(text: &str) -> Option<Self> {
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

        parts.next().is_none().then_some(Self {
            era: None,
            year,
            month,
            day,
        })
    }

    fn japanese(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('年')?;
        let (era, year) = match Era::strip(year) {
            Some((era, digits)) => (Some(era), era::era_number(digits)?),
            None => (None, western_year(year)?),
        };
        let (month, rest) = part_before(rest, '月')?;
        let (day, rest) = part_before(rest, '日')?;

        rest.is_empty().then_some(Self {
            era,
            year,
            month,
            day,
        })
    }

    fn english(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace().rev();
        let year = western_year(words.next()?)?;
        let name = words.next()?;
        let month = (1..)
            .zip(MONTHS)
            .find(|(_, month)| *month == name)
            .map(|(number, _)| number);
        let day = match words.next() {
            Some(digits) => Some(small_number(digits)?),
            None => None,
        };

        (month.is_some() && words.next().is_none()).then_some(Self {
            era: None,
            year,
            month,
            day,
        })
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

fn days_in(year: u16, month: u8) -> u8 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A text that is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// What is wrong.
    pub kind: DateErrorKind,
    text: String,
}

/// The ways in which a date can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateErrorKind {
    /// It is not in any known form.
    Unreadable,
    /// The calendar has no such day, or it lies out of the years from 1868 to 2117.
    NoSuchDay,
    /// The era named does not reach the day.
    OutOfEra {
        /// The era named.
        era: Era,
        /// The date in the Western calendar, if there is one.
        meant: Option<PartialDate>,
    },
}

impl DateError {
    /// How the author can put it right.
    #[must_use]
    pub fn help(&self) -> String {
        match self.kind {
            DateErrorKind::OutOfEra {
                meant: Some(date), ..
            } => {
                let (era, number) = date.era();
                let name = era.year_name(number);
                format!("it was in {name}年; or write `{}`", date.iso())
            }
            DateErrorKind::OutOfEra { meant: None, .. } => "write the Western year instead".into(),
            DateErrorKind::NoSuchDay => "check the day against a calendar".into(),
            DateErrorKind::Unreadable => {
                "write `令和3年6月18日`, `令和3年6月`, `令和3年`, `2021-06-18`, `2021-06` or `2021`"
                    .into()
            }
        }
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        match self.kind {
            DateErrorKind::Unreadable => write!(f, "`{text}` is not a date"),
            DateErrorKind::NoSuchDay => write!(f, "`{text}` is not in the calendar"),
            DateErrorKind::OutOfEra { era, .. } => {
                write!(f, "`{text}` is not in the era {}", era.name())
            }
        }
    }
}

impl std::error::Error for DateError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> Option<String> {
        PartialDate::parse(text).ok().map(PartialDate::iso)
    }

    #[test]
    fn a_date_keeps_the_precision_it_was_given_with() {
        for (text, expected) in [
            ("令和3年6月18日", "2021-06-18"),
            ("令和３年６月18日", "2021-06-18"),
            ("令和 3 年 6 月", "2021-06"),
            ("令和3年", "2021"),
            ("令和元年5月1日", "2019-05-01"),
            ("2021年6月18日", "2021-06-18"),
            ("2021-06-18", "2021-06-18"),
            ("2021-06", "2021-06"),
            ("2021", "2021"),
            ("18 June 2021", "2021-06-18"),
            ("June 2021", "2021-06"),
        ] {
            assert_eq!(iso(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn eras_change_on_their_exact_days() {
        for text in [
            "平成31年4月30日",
            "令和元年5月1日",
            "昭和64年1月7日",
            "平成元年1月8日",
            "昭和64年1月",
            "平成元年1月",
        ] {
            assert!(iso(text).is_some(), "{text}");
        }
        for text in [
            "平成31年5月1日",
            "令和元年4月30日",
            "令和元年4月",
            "昭和64年1月8日",
            "平成元年1月7日",
            "大正15年12月25日",
            "平成32年",
        ] {
            assert_eq!(iso(text), None, "{text}");
        }
        let help = PartialDate::parse("平成31年5月1日").map_err(|e| e.help());
        assert_eq!(
            help,
            Err("it was in 令和元年; or write `2019-05-01`".to_owned())
        );
    }

    #[test]
    fn days_that_no_calendar_has_are_refused() {
        assert_eq!(iso("2020-02-29").as_deref(), Some("2020-02-29"));
        for text in [
            "2021-02-29",
            "2100-02-29",
            "2021-13",
            "2021-00-10",
            "2021-6-18",
            "2021-06-31",
            "令和3年18日",
            "1700",
            "",
            "6月18日",
            "2021-06-18-01",
        ] {
            assert_eq!(iso(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_contains_its_days() {
        let month = PartialDate::new(2021, Some(6), None);
        let day = PartialDate::new(2021, Some(6), Some(18));
        let contains = month.zip(day).map(|(m, d)| (m.contains(d), d.contains(m)));
        assert_eq!(contains, Some((true, false)));
    }
}
