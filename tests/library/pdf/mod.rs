//! The PDF renderer, seen from outside.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod file;
mod laid_out;
pub(crate) mod sheet;
mod structure;
