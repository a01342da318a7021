//! The PDF renderer, seen from outside.

mod breaks;
mod file;
mod laid_out;
mod lines;
mod one_page;
pub(crate) mod sheet;
mod structure;
mod thousand;
