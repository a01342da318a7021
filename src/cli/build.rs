//! `gaisan build`.

mod account;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use gaisan::build::{Before, Built, Format, Mode, Options, build_after};
use gaisan::diagnostic::{Diagnostic, Findings, Tally};
use gaisan::examine_with;
use gaisan::model::Lang;
use gaisan::read::Survey;
use gaisan::settings::Severities;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use account::{close, closing, key, say, since, timings};

use super::args::{BuildArgs, FormatArg};
use super::explain::explain;
use super::interrupt::Interrupt;
use super::say::{self, println};
use super::{Ended, FINDINGS, FINE, INTERRUPTED, Stop, TROUBLE, folder, git, office, report};

static START: OnceLock<Instant> = OnceLock::new();

/// The time since the command began.
fn clock() -> Duration {
    START.get_or_init(Instant::now).elapsed()
}

/// What a build came to, for whoever goes on showing it.
#[derive(Default)]
pub(super) struct Outcome {
    /// The exit code.
    pub(super) code: u8,
    /// What was found.
    pub(super) findings: Findings,
    /// The sheets that wait for a correction.
    pub(super) waiting: Vec<String>,
    /// The sheets that show other data than before.
    pub(super) changed: Vec<String>,
    /// The files of sheets that are no longer asked for.
    pub(super) gone: Vec<String>,
    /// What each finding says, and of which file.
    pub(super) found: BTreeSet<String>,
}

pub(super) fn run(args: &BuildArgs) -> Ended {
    run_after(args, &Outcome::default()).map(|outcome| outcome.code)
}

/// Builds, and prints of what was found and is left over only what was not there before.
pub(super) fn run_after(args: &BuildArgs, known: &Outcome) -> Result<Outcome, Stop> {
    let start = clock();
    let interrupt = Interrupt::watch();
    let templates = office::templates_said(&args.templates)?;
    let wants_timings = args.timings || say::is_verbose();
    let mut stages = vec![("start", clock())];
    let before = Before::of(&args.out);
    let mut survey = before.survey(&args.paths);
    let severities = report::severities(&args.severity, &mut survey.apart)?;
    if let Some(layout) = args.layout {
        survey.apart.lay_out(layout.into());
    }
    if survey.families.is_empty() {
        holds_anything(&mut survey, &severities, args)?;
    }
    stages.push(("survey", clock()));
    let is_withheld = survey.apart.is_withheld();

    let options = options(args, wants_timings, interrupt);
    let bar = progress_bar();
    let mut held = None;
    let mut hold = || {
        let is_held = held.insert(folder::hold(&args.out)).is_ok();
        interrupt.writing(is_held);
        is_held
    };
    let progress = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let to_write = (&mut hold as &mut dyn FnMut() -> bool, &progress as &(dyn Fn(usize, usize) + Sync));
    let mut built = build_after(before, &mut survey, &severities, &templates, &options, to_write);
    let lock = held.transpose()?;
    bar.finish_and_clear();
    stages.push(("build", clock()));

    let findings = std::mem::take(&mut built.findings);
    let found = tell(&built, &findings, &known.found, is_withheld);
    say(&built, args, &known.gone);
    close(args, &closing(&built, args, &findings.list), start);
    if wants_timings {
        timings(&stages, &built);
    }
    let mut code = code(&built, &findings, &severities, args);
    interrupt.writing(false);
    drop(lock);
    if let Some(id) = &args.explain_layout
        && let Err(cause) = explain(id, args, &survey.apart.project(), &severities, &templates)
    {
        report::trouble(&cause);
        code = TROUBLE;
    }
    Ok(Outcome {
        code,
        findings,
        waiting: built.skipped,
        changed: built.changes.into_iter().map(|change| change.name).collect(),
        gone: built.leftover,
        found,
    })
}

fn options(args: &BuildArgs, wants_timings: bool, interrupt: &Interrupt) -> Options {
    Options {
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
        commit: git::commit(&args.paths),
        shard: args.shard,
        prune: args.prune,
        locked: args.locked,
        cancel: Arc::clone(&interrupt.wanted),
        clock: wants_timings.then_some(clock),
    }
}

/// Prints what was found and not known before, and what could not be made. Gives what was found.
fn tell(built: &Built, findings: &Findings, known: &BTreeSet<String>, is_withheld: bool) -> BTreeSet<String> {
    let sources = &findings.sources;
    built.unreadable.iter().for_each(report::unread);
    let found: BTreeSet<String> = findings.list.iter().map(|finding| key(finding, sources)).collect();
    let is_new = |finding: &&Diagnostic| !known.contains(&key(finding, sources));
    let new: Vec<Diagnostic> = findings.list.iter().filter(is_new).cloned().collect();
    report::findings(&new, sources);
    since(&found, known);
    let missing = built.missing.iter().map(|(path, lacks)| report::missing(path, lacks) + "\n");
    let remarks = built.remarks.iter().map(|(path, what)| report::remark(path, what) + "\n");
    let said: String = missing.chain(remarks).collect();
    say::paint(&said);
    if is_withheld {
        let sheets = report::counted(built.skipped.len(), "sheet");
        println!("skipped: {sheets}, because the project's settings have errors");
    } else {
        built.skipped.iter().for_each(|name| println!("skipped: {name} has errors"));
    }
    built.failures.iter().for_each(report::trouble);
    found
}

fn code(built: &Built, findings: &Findings, severities: &Severities, args: &BuildArgs) -> u8 {
    let trouble = !built.unreadable.is_empty() || !built.failures.is_empty();
    let denied = severities.denies_warnings() && !(built.missing.is_empty() && built.remarks.is_empty());
    let wrong = denied
        || Tally::of(&findings.list).errors > 0
        || !built.flaws.is_empty()
        || !built.locked.is_empty()
        || args.check && !built.leftover.is_empty();
    match (built.interrupted, trouble, wrong) {
        (true, _, _) => INTERRUPTED,
        (false, true, _) => TROUBLE,
        (false, false, true) => FINDINGS,
        (false, false, false) => FINE,
    }
}

/// Ends a build of paths without a chapter, unless they give something to be told apart from that.
fn holds_anything(survey: &mut Survey, severities: &Severities, args: &BuildArgs) -> Result<(), Stop> {
    survey.read_rest();
    let apart = &survey.apart;
    let findings = examine_with(apart, severities).findings;
    if Tally::of(&findings).errors > 0 {
        return Ok(());
    }
    // Of a path that is not there nothing can be made, and its result would say so a second time.
    if !apart.unreadable.is_empty() {
        apart.unreadable.iter().for_each(report::unread);
        return Err(Stop::Said);
    }
    report::findings(&findings, &apart.sources);
    report::any_chapter(0, &findings, &args.paths).map_err(Stop::from)
}

fn formats(args: &BuildArgs) -> Vec<Format> {
    let wanted = args.format.iter().map(|format| match format {
        FormatArg::Md => Format::Markdown,
        FormatArg::Html => Format::Html,
        FormatArg::Pdf => Format::Pdf,
        FormatArg::Xlsx => Format::Xlsx,
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
        ProgressStyle::with_template(&say::in_words("{bar:30} {pos}/{len} sheets  {rate}  {eta} left"))
            .unwrap_or_else(|_| ProgressStyle::default_bar());
    // Whole sheets; the pace of indicatif's own has four decimals.
    let rate = |state: &ProgressState, into: &mut dyn Write| {
        let _ = write!(into, "{:.0}/s", state.per_sec());
    };
    ProgressBar::new(0).with_style(style.with_key("rate", rate))
}
