//! The PDF renderer, seen from outside.

mod breaks;
mod figures;
mod file;
mod goes_on;
mod laid_out;
mod lines;
mod one_page;
pub(crate) mod sheet;
mod structure;
mod thousand;
mod turned;
