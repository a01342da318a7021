//! `gaisan build`.

use std::io::IsTerminal;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use gaisan::build::{Before, Built, Format, Mode, Options, Stage, build_after};
use gaisan::compose::Templates;
use gaisan::diagnostic::{Diagnostic, Tally};
use gaisan::examine_with;
use gaisan::model::Lang;
use gaisan::read::Survey;
use gaisan::settings::Severities;
use indicatif::{ProgressBar, ProgressStyle};

use super::args::{BuildArgs, FormatArg};
use super::explain::explain;
use super::interrupt::Interrupt;
use super::say::{self, eprintln, print, println};
use super::{FINDINGS, FINE, INTERRUPTED, TROUBLE, folder, git, report};

/// How many lines say what changed; more are counted.
const CHANGES_SHOWN: usize = 20;

static START: OnceLock<Instant> = OnceLock::new();

/// The time since the command began.
fn clock() -> Duration {
    START.get_or_init(Instant::now).elapsed()
}

pub(super) fn run(args: &BuildArgs) -> u8 {
    let start = clock();
    let interrupt = Interrupt::watch();
    let templates = match office_templates(&args.templates) {
        Ok(templates) => templates,
        Err(error) => {
            report::trouble(&error);
            return TROUBLE;
        }
    };
    let commit = git::commit(&args.paths);
    let wants_timings = args.timings || say::is_verbose();
    let mut stages = vec![("start", clock())];
    let before = Before::of(&args.out);
    let mut survey = before.survey(&args.paths);
    let Some(severities) = report::severities(&args.severity, &mut survey.apart) else {
        return TROUBLE;
    };
    if let Some(layout) = args.layout {
        survey.apart.lay_out(layout.into());
    }
    if survey.families.is_empty() && !holds_anything(&mut survey, &severities, args) {
        return TROUBLE;
    }
    stages.push(("survey", clock()));
    let is_withheld = survey.apart.is_withheld();

    let options = Options {
        out: args.out.clone(),
        formats: formats(args),
        lang: args.lang.map(Lang::from),
        jobs: args.jobs,
        mode: match (args.force, args.check) {
            (_, true) => Mode::Check,
            (true, false) => Mode::Force,
            (false, false) => Mode::Update,
        },
        paths: args.paths.clone(),
        commit,
        shard: args.shard,
        prune: args.prune,
        locked: args.locked,
        cancel: Arc::clone(&interrupt.wanted),
        clock: wants_timings.then_some(clock),
    };
    let bar = progress_bar();
    let mut lock = None;
    let mut is_refused = false;
    let mut hold = || {
        lock = folder::hold(&args.out);
        is_refused = lock.is_none();
        interrupt.writing(!is_refused);
        !is_refused
    };
    let progress = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let to_write = (&mut hold as &mut dyn FnMut() -> bool, &progress as &(dyn Fn(usize, usize) + Sync));
    let mut built = build_after(before, &mut survey, &severities, &templates, &options, to_write);
    if is_refused {
        return TROUBLE;
    }
    bar.finish_and_clear();
    stages.push(("build", clock()));

    let findings = std::mem::take(&mut built.findings);
    let (findings, sources) = (findings.list, findings.sources);
    built.unreadable.iter().for_each(report::trouble);
    report::findings(&findings, &sources);
    let missing = built.missing.iter().map(|(path, lacks)| report::missing(path, lacks) + "\n\n");
    let missing: String = missing.collect();
    print!("{missing}");
    if is_withheld {
        let sheets = report::counted(built.skipped.len(), "sheet");
        println!("skipped: {sheets}, because the project's settings have errors");
    } else {
        built.skipped.iter().for_each(|name| println!("skipped: {name} has errors"));
    }
    built.failures.iter().for_each(report::trouble);
    let trouble = !built.unreadable.is_empty() || !built.failures.is_empty();
    say(&built, args);
    close(args, &closing(&built, args, &findings), start);
    if wants_timings {
        timings(&stages, &built);
    }
    if let Some(id) = &args.explain_layout
        && let Err(cause) = explain(id, args, &survey.apart.project(), &severities, &templates)
    {
        report::trouble(&cause);
        return TROUBLE;
    }

    let denied = severities.denies_warnings() && !built.missing.is_empty();
    let has_errors = Tally::of(&findings).errors > 0;
    let wrong = has_errors
        || denied
        || !built.flaws.is_empty()
        || !built.locked.is_empty()
        || args.check && !built.leftover.is_empty();
    let code = match (built.interrupted, trouble, wrong) {
        (true, _, _) => INTERRUPTED,
        (false, true, _) => TROUBLE,
        (false, false, true) => FINDINGS,
        (false, false, false) => FINE,
    };
    interrupt.writing(false);
    drop(lock);
    code
}

/// Whether paths without a chapter give something to be told apart from that. What is said then has been printed.
fn holds_anything(survey: &mut Survey, severities: &Severities, args: &BuildArgs) -> bool {
    survey.read_rest();
    let apart = &survey.apart;
    let findings = examine_with(apart, severities).findings;
    if !apart.unreadable.is_empty() || Tally::of(&findings).errors > 0 {
        return true;
    }
    report::findings(&findings, &apart.sources);
    report::any_chapter(0, &findings, &args.paths)
}

/// Says what changed, and what must be known about files that are not of this build.
fn say(built: &Built, args: &BuildArgs) {
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
    for path in &built.leftover {
        println!("left over: {path}");
    }
    if !built.leftover.is_empty() && !args.check {
        println!("no sheet has these files any more; `--prune` removes them");
    }
    if built.interrupted {
        println!("interrupted: what is written is whole; build again for the rest");
    }
}

/// Says how it went, and where the result is; shows it if that is wanted.
fn close(args: &BuildArgs, closing: &str, start: Duration) {
    let index = args.out.join("index.html");
    let is_there = !args.check && index.is_file();
    if !say::is_quiet() {
        println!("{closing} in {}", seconds(clock().saturating_sub(start)));
        if is_there {
            eprintln!("see {}", index.display());
        }
    }
    if args.open
        && is_there
        && let Err(error) = opened(&index)
    {
        report::trouble(&format!("`{}` cannot be shown: {error}", index.display()));
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
fn closing(built: &Built, args: &BuildArgs, findings: &[Diagnostic]) -> String {
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
        report::tally(findings, built.missing.len())
    )
}

/// A table of where the time went: on the clock, and summed over all threads.
fn timings(stages: &[(&str, Duration)], built: &Built) {
    let row = |name: &str, wall: Option<Duration>, work: Option<Duration>| {
        let shown = |time: Option<Duration>| {
            time.map_or_else(String::new, |time| format!("{}.{:03} s", time.as_secs(), time.subsec_millis()))
        };
        println!("{name:<10}{:>12}{:>12}", shown(wall), shown(work));
    };
    println!("{:<10}{:>12}{:>12}", "stage", "clock", "threads");
    let mut before = Duration::ZERO;
    for (name, end) in stages {
        let took = end.saturating_sub(before);
        before = *end;
        row(name, Some(took), (*name != "build").then_some(took));
    }
    for stage in Stage::ALL {
        row(&format!("  {}", stage.slug()), None, Some(built.timings.of(stage)));
    }
    row("all", Some(before), None);
}

/// The built-in templates with the office's in front of them.
pub(super) fn office_templates(folder: &Path) -> Result<Templates, String> {
    Templates::new(&office_template_texts(folder)?).map_err(|error| error.to_string())
}

/// The office's templates: the files of the folder that end in `.tera`, if there is such a folder.
pub(super) fn office_template_texts(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let mut office = Vec::new();
    if folder.is_dir() {
        let entries = std::fs::read_dir(folder)
            .map_err(|error| format!("cannot list `{}`: {error}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| format!("cannot list `{}`: {error}", folder.display()))?.path();
            let Some(name) =
                path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".tera"))
            else {
                continue;
            };
            let text = std::fs::read_to_string(&path)
                .map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
            office.push((name.to_owned(), text));
        }
    }
    office.sort();
    Ok(office)
}

fn formats(args: &BuildArgs) -> Vec<Format> {
    let wanted = args.format.iter().map(|format| match format {
        FormatArg::Md => Format::Markdown,
        FormatArg::Html => Format::Html,
        FormatArg::Pdf => Format::Pdf,
    });
    let mut formats: Vec<Format> = wanted.collect();
    formats.sort();
    formats.dedup();
    formats
}

/// A bar on a terminal, nothing in a pipe.
fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() || say::is_quiet() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template(&say::in_words("{bar:30} {pos}/{len} sheets  {per_sec}  {eta} left"))
            .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

fn seconds(time: Duration) -> String {
    format!("{}.{} s", time.as_secs(), time.subsec_millis() / 100)
}
