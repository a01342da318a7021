//! What can be wrong with a written date.

use std::fmt;

use super::super::Examples;
use super::super::era::Era;
use super::PartialDate;
use super::written::Written;

/// A text that is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    pub kind: DateErrorKind,
    pub(super) text: String,
}

/// The ways in which a date can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateErrorKind {
    /// It is not in any known form.
    Unreadable,
    /// The calendar has no such day, or it lies out of the years from 1868 to 2099.
    NoSuchDay,
    /// The era named does not reach the day.
    OutOfEra {
        era: Era,
        /// The date in the Western calendar, if there is one.
        meant: Option<PartialDate>,
    },
}

impl DateError {
    /// The date that was probably meant, in digits.
    pub fn meant(&self) -> Option<String> {
        match self.kind {
            DateErrorKind::OutOfEra { meant, .. } => meant.map(PartialDate::iso),
            DateErrorKind::NoSuchDay => None,
            DateErrorKind::Unreadable => Written::loosely(&self.text)
                .and_then(|(year, month, day)| PartialDate::new(year, month, day))
                .or_else(|| begun(&self.text))
                .or_else(|| serial(&self.text))
                .map(PartialDate::iso),
        }
    }

    /// How the author can put it right, in the language of the examples.
    pub fn help(&self, examples: Examples) -> String {
        match self.kind {
            DateErrorKind::OutOfEra { meant: Some(date), .. } => {
                let (era, number) = date.era();
                examples.pick(format!("it was in {}年", era.year_name(number)), String::new())
            }
            DateErrorKind::OutOfEra { meant: None, .. } => "write the Western year instead".into(),
            DateErrorKind::NoSuchDay => {
                "check it against a calendar; years from 1868 to 2099 are known".into()
            }
            DateErrorKind::Unreadable => format!("dates are written {}", examples.dates()),
        }
    }
}

/// The date that a text begins with: `令和7年6月18日（水）`, `令和7年6月18日閣議決定`. A range begins with one, and is none.
fn begun(text: &str) -> Option<PartialDate> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|end| *end < text.len());
    let (date, rest) = ends.rev().find_map(|end| {
        let (head, rest) = text.split_at_checked(end)?;
        Some((PartialDate::parse(head).ok()?, rest))
    })?;
    (date.month().is_some() && !rest.chars().any(char::is_numeric)).then_some(date)
}

/// The date that a spreadsheet counts by a number of days, from 1954 to 2119.
fn serial(text: &str) -> Option<PartialDate> {
    const OF_1970: u64 = 25_569;
    let days: u64 = text.trim().parse().ok().filter(|days| (20_000..80_000).contains(days))?;
    PartialDate::after_1970(days.checked_sub(OF_1970)?)
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
