//! The `gaisan` command as its users meet it.

mod batch;
mod checking;
mod cli;
mod diff_command;
mod extracts;
#[cfg(unix)]
mod kill;
mod manual_commands;
#[path = "../support/mod.rs"]
mod support;
mod verify;
#[cfg(unix)]
mod watch;
