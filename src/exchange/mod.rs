//! What goes out to spreadsheet programs and others. In: chapters as spreadsheets and as rows; out: the bytes of files.
//!
//! A workbook carries beside each line, in columns that are not shown, what it was made from, so that it can come in again and nothing is
//! lost on the way.

mod kept;
mod package;
mod tidy;
mod workbook;

pub use kept::kept;
pub use package::package;
pub use tidy::{Delimiter, json, tidy};
pub use workbook::{Book, Workbook, workbook};

use std::fmt;

use crate::model::{Amount, Unit};

/// Why a chapter cannot go out, or what a person should know of how it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The line's id.
    pub line: String,
    /// What is so.
    pub what: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.what)
    }
}

/// An amount as it is counted in a unit: as finely as it is known, and to the whole unit where it is known less finely.
pub(crate) fn counted_in(amount: Amount, unit: Unit) -> Option<Amount> {
    amount.in_unit(unit).or_else(|| Amount::from_smallest_units(amount.smallest_units(), unit, 0))
}
