//! What a budget request *is*: amounts, years, programs. No YAML, no wording, no files.

mod amount;
mod fold;
mod lang;
mod unit;

pub use amount::{Amount, AmountError, AmountErrorKind, ArithmeticError};
pub use lang::Lang;
pub use unit::{Currency, Unit};
