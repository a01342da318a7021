//! The `gaisan` command as its users meet it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may fail loudly, and say that it is skipped"
)]

mod batch;
mod checking;
mod checkout;
mod cli;
mod conventions;
mod desk;
mod diff_command;
mod diff_outputs;
mod enacted;
mod extracts;
mod faults;
mod fix;
mod groups;
mod japanese;
#[cfg(unix)]
mod kill;
mod manual_commands;
mod one_page;
mod remarks;
mod reworded;
mod round;
mod rows;
mod spreadsheet;
#[path = "../support/mod.rs"]
mod support;
mod typed;
mod verify;
#[cfg(unix)]
mod walkthrough;
mod watch;
