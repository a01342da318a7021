//! The language that the command line speaks: `--lang`, or else GAISAN_LANG, or else that of the terminal, on Windows that of the system. Commands that make sheets have
//! a `--lang` of their own, the sheets' language; there ours stands before the command.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Arg, CommandFactory, FromArgMatches, value_parser};
use gaisan::model::Lang;
use gaisan::source::harmless;
use gaisan::translation::Translation;

use super::args::{Args, LangArg, MESSAGES};
use super::groups;
use super::say;

/// The command line as data, with `--lang` in every command that has none of its own.
pub(super) fn command() -> clap::Command {
    groups::grouped(without_empty(spoken_everywhere(Args::command())))
}

/// A variable that is there and empty says no more than one that is not there, and help does not tell what is in them.
fn without_empty(command: clap::Command) -> clap::Command {
    let is_empty =
        |argument: &Arg| argument.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
    let without = |argument: Arg| {
        let argument = argument.hide_env_values(true);
        if is_empty(&argument) { argument.env(None) } else { argument }
    };
    command.mut_args(without).mut_subcommands(without_empty)
}

fn spoken_everywhere(command: clap::Command) -> clap::Command {
    command.mut_subcommands(|command| {
        let is_own = speaks(&command);
        let command = spoken_everywhere(command);
        let about =
            "The language of messages, `ja` or `en`; without it GAISAN_LANG, or else that of the terminal";
        let lang = || Arg::new("messages").long("lang").value_name("LANG").help(about).help_heading(MESSAGES);
        let lang = || lang().value_parser(value_parser!(LangArg)).hide_possible_values(true);
        if is_own { command } else { command.arg(lang()) }
    })
}

/// Whether a command has an option of this name for the language of what it writes.
fn speaks(command: &clap::Command) -> bool {
    command.get_arguments().any(|argument| argument.get_id() == "lang")
}

/// The command line as it was written, in the language that is to be spoken; its end where there is nothing more to do.
pub(super) fn parsed(arguments: Vec<OsString>) -> Result<Args, u8> {
    let mut command = command();
    let lang = chosen(&arguments, &command);
    say::speak(lang);
    if lang == Lang::Ja {
        command = command.term_width(0);
    }
    // With a variable of ours a command line that says nothing is not empty to clap.
    let is_empty = arguments.len() < 2;
    let parsed = command.try_get_matches_from_mut(arguments).and_then(|found| Args::from_arg_matches(&found));
    let mut said = |error: &clap::Error| match error.kind() {
        ErrorKind::MissingSubcommand if is_empty => command.render_help().to_string(),
        _ => error.render().to_string(),
    };
    parsed.map_err(|error| match (say::words(), said(&error)) {
        (None, text) if !is_empty && harmless(&text) == text => {
            say::note(error.print());
            u8::try_from(error.exit_code()).unwrap_or(super::TROUBLE)
        }
        (None, text) => {
            say::tell(format_args!("{text}"));
            super::TROUBLE
        }
        (Some(words), text) => {
            let is_help = is_empty || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
            match error.use_stderr() {
                true if is_help => say::tell(format_args!("{}", help(words, &text))),
                true => say::tell(format_args!("{}", words.say(&text))),
                false => say::put(format_args!("{}", help(words, &text))),
            }
            u8::try_from(error.exit_code()).unwrap_or(super::TROUBLE)
        }
    })
}

fn chosen(arguments: &[OsString], command: &clap::Command) -> Lang {
    let texts: Vec<&str> = arguments.iter().skip(1).filter_map(|argument| argument.to_str()).collect();
    let mut before = "";
    let named = texts.iter().position(|text| {
        let is_value = matches!(std::mem::replace(&mut before, text), "--lang" | "--color");
        !is_value && !text.starts_with('-')
    });
    let is_own = named.and_then(|at| command.find_subcommand(texts.get(at)?)).is_some_and(speaks);
    let ours = texts.get(..named.filter(|_| is_own).unwrap_or(texts.len())).unwrap_or_default();
    let stated = ours.iter().enumerate().find_map(|(at, text)| match text.strip_prefix("--lang")? {
        "" => ours.get(at + 1).copied(),
        value => value.strip_prefix('='),
    });
    // What GAISAN_LANG cannot say is told in the language of the terminal.
    let is_said = |name: &str, it: &str| name != "GAISAN_LANG" && !it.is_empty() || matches!(it, "ja" | "en");
    let variable = |name: &&str| std::env::var(name).ok().filter(|it| is_said(name, it));
    let told = ["GAISAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(variable);
    let stated = stated.filter(|stated| matches!(*stated, "ja" | "en"));
    let told = stated.map(str::to_owned).or(told).or_else(of_system);
    let is_japanese = told.is_some_and(|lang| lang.starts_with("ja"));
    if is_japanese { Lang::Ja } else { Lang::En }
}

/// The language of the system's windows and menus, where that is no variable.
fn of_system() -> Option<String> {
    #[cfg(windows)]
    return sys_locale::get_locale();
    #[cfg(not(windows))]
    None
}

/// A page of the manual, as clap's own writer makes it, in the language that is spoken: its headings and its lines of text.
pub(super) fn page(page: &str) -> String {
    let Some(words) = say::words() else { return page.to_owned() };
    let line = |line: &str| {
        let text = line.replace("\\*(Aq", "'").replace("\\-", "-");
        let said = match (line.strip_prefix(".SH "), text.split_once(" - ")) {
            (Some(heading), _) => {
                let lower = heading.trim_matches('"').to_lowercase();
                let first = lower.get(..1).unwrap_or_default().to_uppercase();
                let text = format!("{first}{}:", lower.get(1..).unwrap_or_default());
                let said = words.say(&text);
                if said == text { line.to_owned() } else { format!(".SH {}", said.trim_end_matches(':')) }
            }
            _ if line.starts_with('.') || line.contains("\\f") => line.to_owned(),
            (_, Some((name, about))) if name.starts_with("gaisan") => {
                format!("{name} - {}", help(words, about))
            }
            _ => help(words, &text),
        };
        if said == text { line.to_owned() } else { said }
    };
    page.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// What the command line says of itself, in other words. Options and examples have what they mean behind a wide gap.
fn help(words: &Translation, text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let behind = line.rsplit_once("  ").map(|(head, tail)| (head, tail, values(words, tail)));
        match behind.filter(|(_, tail, said)| tail != said) {
            Some((head, _, said)) => format!("{head}  {said}"),
            None => values(words, line),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A text, and behind it in brackets what an option is without being stated, and what it can be.
fn values(words: &Translation, text: &str) -> String {
    let inside = text.rsplit_once(" [").map(|(before, inside)| (before, format!("[{inside}")));
    let said = inside.map(|(before, inside)| (before, words.say(&inside), inside));
    match said.filter(|(_, said, inside)| said != inside) {
        Some((before, said, _)) => format!("{} {said}", values(words, before)),
        None => words.say(text),
    }
}
