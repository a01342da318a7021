//! What is said of a build when it is over.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use gaisan::build::{Built, Phase};
use gaisan::diagnostic::Diagnostic;
use gaisan::source::{SourceMap, display_name};

use super::super::args::BuildArgs;
use super::super::report;
use super::super::say::{self, eprintln, println};
use super::clock;

/// How many lines say what changed; more are counted.
const CHANGES_SHOWN: usize = 20;

/// What a finding is known by when the lines above it have moved.
pub(super) fn key(finding: &Diagnostic, sources: &SourceMap) -> String {
    format!("{} {} {}", finding.code, sources.file(finding.primary.span.file).name, finding.message)
}

/// Says what became of the findings of the build before.
pub(super) fn since(found: &BTreeSet<String>, before: &BTreeSet<String>) {
    let gone = before.difference(found).count();
    let left = before.intersection(found).count();
    if gone > 0 {
        println!("{} put right", report::counted(gone, "finding"));
    }
    if left > 0 {
        println!("{} as before", report::counted(left, "finding"));
    }
}

/// Says what changed, and what must be known about files that are not of this build.
pub(super) fn say(built: &Built, args: &BuildArgs, known: &[String]) {
    let folder = |name: &str| name.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let mut folders: Vec<_> = built.changes.iter().map(|it| folder(&it.name)).collect();
    folders.dedup();
    let most = match (say::is_quiet(), say::is_verbose()) {
        (true, _) => 0,
        (false, true) => usize::MAX,
        (false, false) => CHANGES_SHOWN,
    };
    for change in built.changes.iter().take(most) {
        let stem = change.name.rsplit_once('/').map(|(_, stem)| stem);
        let name = stem.filter(|_| folders.len() == 1).unwrap_or(&change.name);
        let files = report::counted(change.files, "file");
        println!("{name}  {}  ({files})", change.what);
    }
    if built.changes.len() > most && !say::is_quiet() {
        println!("… and {} more", built.changes.len() - most);
    }
    if let Some(why) = built.damaged.as_ref().filter(|_| !args.check) {
        println!("{why}; it was made anew, without the sheets that this run did not look at");
    }
    for (name, revision) in &built.locked {
        println!(
            "locked: {name} is released as r{revision} and would change; say `revision: {}` in the chapter's file",
            revision + 1
        );
    }
    for (path, flaw) in &built.flaws {
        println!("{flaw}: {path}");
    }
    if built.converted > 0 {
        let files = report::counted(built.converted, "file");
        println!(
            "{files} with the line ends of a checkout, and otherwise as written; a line `output/** -text` in \
             .gitattributes leaves them alone"
        );
    }
    for path in &built.removed {
        println!("removed: {path}");
    }
    let leftover: Vec<&String> = built.leftover.iter().filter(|path| !known.contains(path)).collect();
    for path in &leftover {
        println!("left over: {path}");
    }
    if !leftover.is_empty() && !args.check {
        println!("no sheet has these files any more; `--prune` removes them");
    }
    if built.interrupted {
        println!("interrupted: what is written is whole; build again for the rest");
    }
}

/// Says how it went, and where the result is; shows it if that is wanted.
pub(super) fn close(args: &BuildArgs, closing: &str, start: Duration) {
    let index = args.out.join("index.html");
    let is_there = !args.check && index.is_file();
    if !say::is_quiet() {
        println!("{closing} in {}", seconds(clock().saturating_sub(start)));
        if is_there {
            eprintln!("see {}", display_name(&index));
        }
    }
    if args.open
        && is_there
        && let Err(error) = opened(&index)
    {
        report::trouble(&format!("`{}` cannot be shown: {error}", display_name(&index)));
    }
}

/// Has a file shown by the program that BROWSER names, or the one that the system has for it.
fn opened(file: &Path) -> std::io::Result<()> {
    let file = std::path::absolute(file)?;
    let mut command = match std::env::var_os("BROWSER").filter(|browser| !browser.is_empty()) {
        Some(browser) => Command::new(browser),
        None if cfg!(windows) => Command::new("explorer"),
        None if cfg!(target_os = "macos") => Command::new("open"),
        None => Command::new("xdg-open"),
    };
    command.arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map(|_| ())
}

/// The last line without the time.
pub(super) fn closing(built: &Built, args: &BuildArgs, findings: &[Diagnostic]) -> String {
    let current = if built.skipped.is_empty() { "all up to date" } else { "the rest up to date" };
    let what = if args.check {
        match built.flaws.len() + built.leftover.len() {
            0 => current.to_owned(),
            wrong => format!("{} not as a build makes them", report::counted(wrong, "file")),
        }
    } else if built.written == 0 && built.failures.is_empty() && built.sheets > 0 {
        current.to_owned()
    } else if built.written < built.files {
        format!("{}, {} made", report::counted(built.made, "sheet"), report::counted(built.written, "file"))
    } else {
        String::new()
    };
    counts(built, &what, findings)
}

/// `22 sheets, 95 files (2 sheets, 8 files made), 0 errors, 1 warning`.
fn counts(built: &Built, what: &str, findings: &[Diagnostic]) -> String {
    let what = if what.is_empty() { String::new() } else { format!(" ({what})") };
    format!(
        "{}, {}{what}, {}",
        report::counted(built.sheets, "sheet"),
        report::counted(built.files, "file"),
        report::tally(
            findings,
            built.unreadable.len() + built.failures.len(),
            built.missing.len() + built.remarks.len()
        )
    )
}

/// A table of where the time went: on the clock, and summed over all threads.
pub(super) fn timings(phases: &[(&str, Duration)], built: &Built) {
    let row = |name: &str, wall: Option<Duration>, work: Option<Duration>| {
        let shown = |time: Option<Duration>| {
            time.map_or_else(String::new, |time| format!("{}.{:03} s", time.as_secs(), time.subsec_millis()))
        };
        println!("{name:<10}{:>12}{:>12}", shown(wall), shown(work));
    };
    println!("{:<10}{:>12}{:>12}", "phase", "clock", "threads");
    let mut before = Duration::ZERO;
    for (name, end) in phases {
        let took = end.saturating_sub(before);
        before = *end;
        row(name, Some(took), (*name != "build").then_some(took));
    }
    for phase in Phase::ALL {
        row(&format!("  {}", phase.slug()), None, Some(built.timings.of(phase)));
    }
    row("all", Some(before), None);
}

fn seconds(time: Duration) -> String {
    format!("{}.{} s", time.as_secs(), time.subsec_millis() / 100)
}
