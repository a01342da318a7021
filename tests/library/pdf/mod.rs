//! The PDF renderer, seen from outside.

mod file;
mod laid_out;
pub(crate) mod sheet;
mod structure;
