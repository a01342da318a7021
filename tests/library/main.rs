//! What the library promises: sheets, figures, findings, comparisons and pages, seen through its public interface.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may fail loudly, and say that it is skipped"
)]

mod amounts;
mod architecture;
mod archive;
mod change;
mod change_groups;
mod commonmark;
mod conventions;
mod cures;
mod diffing;
mod docs;
mod drafting;
mod elsewhere;
mod errors;
mod exchange;
mod fidelity;
mod figures;
mod fonts;
mod importing;
mod japanese;
mod known_years;
mod laws;
mod limits;
mod literals;
mod manuals;
mod overview;
mod pages;
mod pdf;
mod real_data;
mod redlines;
mod rolling;
mod rules;
mod schema;
mod series;
mod sheets;
mod slips;
mod suites;
#[path = "../support/mod.rs"]
mod support;
mod values;
