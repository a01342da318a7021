//! Printing, as it is meant on a machine that may refuse: a command does its work all the same, and says at its end that not
//! everything was printed.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::sync::OnceLock;

/// Why something could not be printed.
static REFUSED: OnceLock<io::Error> = OnceLock::new();

/// Prints what the user asked for.
pub(super) fn put(text: Arguments<'_>) {
    if REFUSED.get().is_none() {
        note(anstream::stdout().write_fmt(text));
    }
}

/// Prints what the user should know besides. There is nobody left to tell where that cannot be.
pub(super) fn tell(text: Arguments<'_>) {
    let _ = anstream::stderr().write_fmt(text);
}

/// Why something that the user asked for could not be printed; `None` where all of it was, or where nobody listens any more.
pub(super) fn refused() -> Option<&'static io::Error> {
    note(io::stdout().flush());
    REFUSED.get()
}

fn note(result: io::Result<()>) {
    if let Err(error) = result
        && error.kind() != ErrorKind::BrokenPipe
    {
        let _ = REFUSED.set(error);
    }
}

macro_rules! out {
    ($($text:tt)*) => { $crate::cli::say::put(format_args!($($text)*)) };
}
macro_rules! out_line {
    () => { $crate::cli::say::put(format_args!("\n")) };
    ($($text:tt)*) => { $crate::cli::say::put(format_args!("{}\n", format_args!($($text)*))) };
}
macro_rules! err_line {
    ($($text:tt)*) => { $crate::cli::say::tell(format_args!("{}\n", format_args!($($text)*))) };
}

pub(super) use {err_line as eprintln, out as print, out_line as println};
