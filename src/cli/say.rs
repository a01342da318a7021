//! Printing, as it is meant on a machine that may refuse: a command does its work all the same, and says at its end that not
//! everything was printed.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::sync::OnceLock;

use anstyle::AnsiColor;
use gaisan::model::Lang;
use gaisan::source::harmless;
use gaisan::translation::Translation;

/// A word in color at the head of what is said.
#[derive(Clone, Copy)]
pub(super) struct Head(AnsiColor, &'static str);

pub(super) const ERROR: Head = Head(AnsiColor::Red, "error");
pub(super) const WARNING: Head = Head(AnsiColor::Yellow, "warning");
pub(super) const PROVEN: Head = Head(AnsiColor::Green, "proven");
pub(super) const DATA_PROVEN: Head = Head(AnsiColor::Green, "data proven");
pub(super) const NOT_PROVEN: Head = Head(AnsiColor::Red, "NOT PROVEN");
pub(super) const FAIL_ON: Head = Head(AnsiColor::Red, "fail-on");

impl Head {
    /// The word, what stands behind it and a text, as a line to be painted.
    pub(super) fn before(self, gap: &str, text: &str) -> String {
        let (style, word, text) = (self.0.on_default().bold(), in_words(self.1), in_words(text));
        format!("{style}{word}{style:#}{gap}{}\n", harmless(&text))
    }
}

/// Why something could not be printed.
static REFUSED: OnceLock<io::Error> = OnceLock::new();

/// Whether to say less, and whether to say more, than usual.
static LOUDNESS: OnceLock<(bool, bool)> = OnceLock::new();

/// The language that is spoken.
static LANG: OnceLock<Lang> = OnceLock::new();

/// Sets the language.
pub(super) fn speak(lang: Lang) {
    let _ = LANG.set(lang);
}

/// The language that is spoken.
pub(super) fn lang() -> Lang {
    LANG.get().copied().unwrap_or(Lang::En)
}

/// How English texts are said in the language that is spoken, where it is another.
pub(super) fn words() -> Option<&'static Translation> {
    lang().pick(Some(Translation::japanese()), None)
}

/// A text of our own in the language that is spoken.
pub(super) fn in_words(text: &str) -> String {
    words().map_or_else(|| text.to_owned(), |words| words.say(text))
}

/// Sets how much is said.
pub(super) fn loudness(quiet: bool, verbose: bool) {
    let _ = LOUDNESS.set((quiet, verbose));
}

/// Whether only findings and results are wanted.
pub(super) fn is_quiet() -> bool {
    LOUDNESS.get().is_some_and(|(quiet, _)| *quiet)
}

/// Whether everything is wanted.
pub(super) fn is_verbose() -> bool {
    LOUDNESS.get().is_some_and(|(_, verbose)| *verbose)
}

/// Says that an option has another name now, where the old one is used.
pub(super) fn renamed<T>(old: &str, new: &str, value: Option<T>) -> Option<T> {
    if value.is_some() {
        tell(format_args!("{}\n", in_words(&format!("note: `{old}` is called `{new}` now"))));
    }
    value
}

/// Says what came of what the user asked for.
pub(super) fn line(text: Arguments<'_>) {
    put(format_args!("{}\n", in_words(&text.to_string())));
}

/// Prints what the user asked for.
pub(super) fn put(text: Arguments<'_>) {
    paint(&harmless(&text.to_string()));
}

/// Prints what the user should know besides.
pub(super) fn tell(text: Arguments<'_>) {
    tell_painted(&harmless(&text.to_string()));
}

/// Prints what has colors of our own. Whoever gives them has made harmless what stands between them: by a color of a file nobody could
/// tell what is said by whom.
pub(super) fn paint(text: &str) {
    if REFUSED.get().is_none() {
        note(anstream::stdout().write_all(text.as_bytes()));
    }
}

/// The same for what the user should know besides. There is nobody left to tell where that cannot be.
pub(super) fn tell_painted(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Why something that the user asked for could not be printed; `None` where all of it was, or where nobody listens any more.
pub(super) fn refused() -> Option<&'static io::Error> {
    note(io::stdout().flush());
    REFUSED.get()
}

/// Keeps why something could not be printed.
pub(super) fn note(result: io::Result<()>) {
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
    ($($text:tt)*) => { $crate::cli::say::line(format_args!($($text)*)) };
}
macro_rules! err_line {
    ($($text:tt)*) => { $crate::cli::say::tell(format_args!("{}\n", $crate::cli::say::in_words(&format!($($text)*)))) };
}

pub(super) use {err_line as eprintln, out as print, out_line as println};
