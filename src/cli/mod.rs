//! The commands, each a file.

mod about;
mod args;
mod build;
mod check;
mod completions;
mod diff;
mod draft;
mod explain;
mod export;
mod folder;
mod format;
mod git;
mod groups;
mod import;
mod interrupt;
mod lang;
mod ls;
mod manifest;
mod office;
mod project;
mod release;
mod report;
mod rules;
mod say;
mod templates;
mod verify;
mod watch;

use std::ffi::OsString;
use std::fmt::Display;
use std::process::ExitCode;

use gaisan::fault::contained;

use args::Command;

/// Everything is fine.
const FINE: u8 = 0;
/// The author has something to correct.
const FINDINGS: u8 = 1;
/// The machine or the command line has a problem.
const TROUBLE: u8 = 2;
/// Ended by the user, as shells say it.
const INTERRUPTED: u8 = 130;

/// A command's exit code, or why it ends before its time.
type Ended = Result<u8, Stop>;

/// Why a command ends before its time; its exit code is [`TROUBLE`].
enum Stop {
    /// What is to be said.
    Trouble(String),
    /// What has been said.
    Said,
}

impl<T: Display> From<T> for Stop {
    fn from(what: T) -> Self {
        Self::Trouble(what.to_string())
    }
}

impl Stop {
    /// Says why, where that has not been done, and gives the exit code.
    fn told(self) -> u8 {
        if let Self::Trouble(what) = self {
            report::trouble(&what);
        }
        TROUBLE
    }
}

/// Runs the command line.
pub(crate) fn run() -> ExitCode {
    let args = match lang::parsed(joined(wild::args_os())) {
        Ok(args) => args,
        Err(code) => return ended(code),
    };
    args.color.write_global();
    say::loudness(args.quiet, args.verbose);
    // What is contained is said where it belongs; the rest of it is for those who look for the fault.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let done = contained(|| command(&args.command)).map_err(Stop::from).flatten();
    ended(done.unwrap_or_else(Stop::told))
}

/// The exit code, which is another where nobody could read what was said.
fn ended(code: u8) -> ExitCode {
    ExitCode::from(match say::refused() {
        Some(error) => Stop::from(format!("not everything could be printed: {error}")).told(),
        None => code,
    })
}

/// `--serve 8421` is `--serve=8421`; what follows `--serve` otherwise is a path.
fn joined(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut joined: Vec<OsString> = Vec::new();
    for argument in arguments {
        let is_address = argument.to_str().is_some_and(|text| {
            let port = text.rsplit(':').next().unwrap_or_default();
            !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
        });
        match joined.last_mut().filter(|last| is_address && *last == "--serve") {
            Some(last) => {
                last.push("=");
                last.push(argument);
            }
            None => joined.push(argument),
        }
    }
    joined
}

fn command(command: &Command) -> Ended {
    match command {
        Command::Build(build) => build::run(build),
        Command::Release(release) => release::run(release),
        Command::Import(import) => import::run(import),
        Command::Export(export) => export::run(export),
        Command::Fmt(format) => format::run(format),
        Command::Manifest(manifest) => manifest::run(manifest),
        Command::Check(check) => check::run(check),
        Command::Verify(verify) => verify::run(verify),
        Command::Watch(watch) => watch::run(watch),
        Command::Diff(diff) => diff::run(diff),
        Command::Ls(list) => ls::run(list),
        Command::Show(show) => ls::show(show),
        Command::Rules(rules) => rules::run(rules),
        Command::Templates(templates) => templates::run(templates),
        Command::Roll(roll) => draft::roll(roll),
        Command::Init(init) => draft::init(init),
        Command::New(new) => draft::new(new),
        Command::Schema => {
            say::print!("{}", gaisan::read::schema());
            Ok(FINE)
        }
        Command::Completions(shell) => completions::run(shell),
        Command::Man(man) => completions::man(man),
        Command::About => about::run(),
    }
}
