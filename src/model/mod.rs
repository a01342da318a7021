//! What a budget request *is*: amounts, years, programs. No YAML, no wording, no files.

mod amount;
mod date;
mod era;
mod fiscal_year;
mod fold;
mod id;
mod lang;
mod money;
mod rounding;
mod unit;

pub(crate) use date::MONTHS;

pub use amount::{
    Amount, AmountError, AmountErrorKind, ArithmeticError, Percent, PercentError, Rate,
};
pub use date::{DateError, DateErrorKind, PartialDate};
pub use era::Era;
pub use fiscal_year::{FiscalYear, FiscalYearError, FiscalYearErrorKind};
pub use id::{Id, IdError, IdErrorKind, ProgramId};
pub use lang::Lang;
pub use money::{Comparison, Money};
pub use rounding::{Footing, Interval, Rounding};
pub use unit::{Currency, Unit};
