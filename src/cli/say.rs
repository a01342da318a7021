//! Printing, as it is meant on a machine that may refuse: a command does its work all the same, and says at its end that not
//! everything was printed.

use std::borrow::Cow;
use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::sync::OnceLock;

use anstyle::{AnsiColor, Style};
use gaisan::model::Lang;
use gaisan::source::{Unseen, unseen};
use gaisan::translation::Translation;

/// How the word looks that begins an error, a warning, or what is proven.
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const PROVEN: Style = AnsiColor::Green.on_default().bold();

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

/// A text of our own in the language that is spoken. A word in color at its beginning is one for itself.
pub(super) fn in_words(text: &str) -> String {
    const END: &str = "\u{1b}[0m";
    let Some(words) = words() else { return text.to_owned() };
    let colored = text.split_once(END).and_then(|(head, rest)| Some((head.rsplit_once('m')?, rest)));
    let Some(((style, word), rest)) = colored else { return words.say(text) };
    let behind = rest.trim_start_matches([':', ' ']);
    let between = rest.strip_suffix(behind).unwrap_or_default();
    format!("{style}m{}{END}{between}{}", words.say(word), words.say(behind))
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
    if REFUSED.get().is_none() {
        note(anstream::stdout().write_all(harmless(&text.to_string()).as_bytes()));
    }
}

/// Prints what the user should know besides. There is nobody left to tell where that cannot be.
pub(super) fn tell(text: Arguments<'_>) {
    let _ = anstream::stderr().write_all(harmless(&text.to_string()).as_bytes());
}

/// A text without what a terminal would obey or show in another order, however it came into a file: JSON's escapes stand for it. Colors
/// of our own pass.
fn harmless(text: &str) -> Cow<'_, str> {
    let is_color = |rest: &str| {
        let codes = rest.strip_prefix("\u{1b}[").and_then(|rest| rest.split_once('m'));
        codes.is_some_and(|(codes, _)| codes.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'))
    };
    let is_obeyed = |at: usize, character: char| {
        let rest = text.get(at..).unwrap_or_default();
        matches!(unseen(character), Some((Unseen::Misleading, _)))
            && character != '\u{FEFF}'
            && !is_color(rest)
            || character == '\r' && !rest.starts_with("\r\n")
    };
    if !text.char_indices().any(|(at, character)| is_obeyed(at, character)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for (at, character) in text.char_indices() {
        if is_obeyed(at, character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                shown.push_str(&format!("\\u{unit:04X}"));
            }
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
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
    ($($text:tt)*) => { $crate::cli::say::line(format_args!($($text)*)) };
}
macro_rules! err {
    ($($text:tt)*) => { $crate::cli::say::tell(format_args!($($text)*)) };
}
macro_rules! err_line {
    ($($text:tt)*) => { $crate::cli::say::tell(format_args!("{}\n", $crate::cli::say::in_words(&format!($($text)*)))) };
}

pub(super) use {err as eprint, err_line as eprintln, out as print, out_line as println};
