//! The values and texts that everything else is made of, by their public names.

mod amount;
pub(crate) mod any;
mod date;
mod document;
mod fiscal_year;
mod glossary;
mod money;
mod notation;
mod page;
mod percent;
mod picture;
mod prior_enacted;
mod prose;
mod rate;
mod redline;
mod rounding;
mod settings;
mod unit;
mod vector;
