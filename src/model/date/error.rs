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
