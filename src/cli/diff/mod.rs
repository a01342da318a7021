//! `gaisan diff`.

mod args;
mod git;
mod sides;

use std::path::Path;

use gaisan::build::change_sheets;
use gaisan::diagnostic::Severity;
use gaisan::diff::{ColumnPair, Diff, DiffError, Threshold, csv, diff_over, json};
use gaisan::model::{FiscalCalendar, FiscalYear, Id, Stage};
use gaisan::read::Reading;
use gaisan::render::terminal;
use gaisan::rollup::Rollup;
use gaisan::source::display_name;
use gaisan::typeface::Fonts;
use gaisan::verify::{held_together, narrow};

pub(super) use args::DiffArgs;
use args::DiffFormat;
use sides::Side;

use super::say::{self, FAIL_ON, WARNING, print, println};
use super::{Ended, FINDINGS, FINE, Stop, office, report};

/// What the command line asks for besides the sides.
struct Wanted {
    years: [Option<FiscalYear>; 2],
    stages: [Option<Stage>; 2],
    columns: Vec<ColumnPair>,
    thresholds: Vec<Threshold>,
}

pub(super) fn run(args: &DiffArgs) -> Ended {
    if args.bom && args.format() != DiffFormat::Csv {
        return Err("--bom is about CSV; say `--output-format csv`, too".into());
    }
    let project = report::project()?;
    let wanted = Wanted::of(args, project.conventions.calendar.unwrap_or_default())?;
    let is_one_place = args.years.is_some() || args.stages.is_some();
    let sides = Side::both(&args.sides, args.rev.as_deref(), is_one_place)?;
    let mut read = [sides[0].read(&project)?, sides[1].read(&project)?];
    for contents in &mut read {
        // Change sheets print as sheets do; what is told on the terminal, and in a comment, is told exactly.
        for request in contents.reading.requests.iter_mut().filter(|_| args.out.is_none()) {
            (request.conventions.print, request.project.print) = (None, None);
        }
    }
    let mut is_readable = true;
    for (side, contents) in sides.iter().zip(&read) {
        is_readable &= is_read(side, &contents.reading);
    }
    if !is_readable {
        return Err(Stop::Said);
    }
    // A program's sheet knows nothing of other programs, so nothing is said of them.
    let programs: Vec<Id> = read.iter().filter_map(|contents| contents.program.clone()).collect();
    if !programs.is_empty() {
        let wanted = held_together(read.iter().flat_map(|contents| &contents.reading.requests), &programs);
        read.iter_mut().for_each(|contents| narrow(&mut contents.reading.requests, &wanted));
    }
    let shown: Vec<String> = programs.iter().map(|program| format!("`{program}`")).collect();
    if let Some((_, side)) = read.iter().zip(&sides).find(|(read, _)| read.reading.requests.is_empty())
        && !shown.is_empty()
    {
        let shown = shown.join(" and ");
        return Err(format!("a sheet shows {shown} alone, and there is no such line in `{side}`").into());
    }
    let readings = read.map(|contents| contents.reading);

    let rollups = readings
        .each_ref()
        .map(|reading| -> Vec<Rollup<'_>> { reading.requests.iter().map(Rollup::of).collect() });
    let mut chosen = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        let all = rollups.get(at).map_or(&[][..], Vec::as_slice);
        chosen.push(wanted.chosen(side, all, at)?);
    }
    let [old, new] = chosen.as_slice() else {
        return Err(Stop::Said);
    };
    let columns = (!wanted.columns.is_empty()).then_some(wanted.columns.as_slice());
    // What the new side says of the years between goes before what the old one says.
    let all = rollups.iter().rev().flatten();
    let others: Vec<&Rollup<'_>> =
        all.filter(|rollup| !old.iter().chain(new).any(|chosen| std::ptr::eq(*chosen, *rollup))).collect();
    let diff = diff_over(old, &others, new, columns).map_err(|error| explained(&error))?;
    unread(&diff);
    match &args.out {
        Some(out) => sheets(args, out, &diff, readings[1].fonts())?,
        None => show(args, &diff)?,
    }
    Ok(verdict(&wanted.thresholds, &diff))
}

/// Says once of which years between the two nothing is known.
fn unread(diff: &Diff<'_>) {
    let names: Vec<String> = diff.unread.iter().map(|year| format!("FY{}", year.western())).collect();
    if let [first, ..] = names.as_slice() {
        let names = if names.len() > 3 {
            format!("{first} and {} others", names.len() - 1)
        } else {
            names.join(", ")
        };
        let said = format!(
            "no file of {names} was read, so what was renamed, merged or split then is not followed; name a folder with all years and say `--years`"
        );
        say::tell_painted(&WARNING.before(": ", &said));
    }
}

/// Prints the comparison.
fn show(args: &DiffArgs, diff: &Diff<'_>) -> Result<(), String> {
    match args.format() {
        _ if args.stat => {
            gaisan::sheet::stat(diff, args.lang.map(Into::into)).iter().for_each(|line| println!("{line}"))
        }
        DiffFormat::Table => {
            let changes = gaisan::sheet::glance(diff, args.lang.map(Into::into), args.all);
            say::paint(&terminal::text(&changes, report::look(args.all)));
        }
        DiffFormat::Json => print!("{}", json(diff)),
        DiffFormat::Csv => {
            let text = csv(diff).map_err(|error| format!("cannot write the CSV: {error}"))?;
            say::paint(if args.bom { "\u{feff}" } else { "" });
            print!("{text}");
        }
        DiffFormat::Md => {
            let templates = office::templates(&args.templates)?;
            let sheets = gaisan::sheet::changes(diff, args.lang.map(Into::into));
            let sheets: Vec<_> = sheets.into_iter().map(|(_, sheet)| sheet).collect();
            print!("{}", templates.comment(&sheets).map_err(|error| error.to_string())?);
        }
    }
    Ok(())
}

/// Writes the change sheets and says where they are.
fn sheets(args: &DiffArgs, out: &Path, diff: &Diff<'_>, fonts: Option<&Fonts>) -> Result<(), String> {
    let templates = office::templates(&args.templates)?;
    let (paths, built) = change_sheets(diff, &templates, out, args.lang.map(Into::into), fonts);
    for path in paths {
        println!("{}", display_name(&out.join(path)));
    }
    for (path, characters) in &built.missing {
        say::tell_painted(&report::missing(path, characters));
    }
    match built.failures.first() {
        None => Ok(()),
        Some(failure) => Err(failure.to_string()),
    }
}

/// The exit code: whether there is a difference, or with thresholds, whether one is passed.
fn verdict(thresholds: &[Threshold], diff: &Diff<'_>) -> u8 {
    if thresholds.is_empty() {
        return if diff.is_same() { FINE } else { FINDINGS };
    }
    let hits: Vec<String> = thresholds.iter().flat_map(|limit| limit.hits(diff)).collect();
    for hit in &hits {
        say::tell_painted(&FAIL_ON.before(" ", hit));
    }
    if hits.is_empty() { FINE } else { FINDINGS }
}

/// Whether everything on a side could be read; what could not is printed. Sums that do not add up are another matter: the figures are there
/// and are compared as they are stated.
fn is_read(side: &Side, reading: &Reading) -> bool {
    reading.unreadable.iter().for_each(report::trouble);
    let is_error = |severity: Severity| severity == Severity::Error;
    let unread: Vec<_> =
        reading.findings.iter().filter(|finding| is_error(finding.severity)).cloned().collect();
    if !unread.is_empty() {
        say::tell_painted(&format!("{}\n", report::worded(&unread, &reading.sources).trim_end()));
        report::trouble(&format!(
            "{} of `{side}` could not be read, so what changed cannot be told",
            report::counted(unread.len(), "value")
        ));
    }
    if !unread.is_empty() || !reading.unreadable.is_empty() {
        return false;
    }
    let errors = report::errors(reading);
    if errors > 0 {
        let errors = report::counted(errors, "error");
        let said =
            format!("`{side}` has {errors}, see `gaisan check`; amounts are compared as they are stated");
        say::tell_painted(&WARNING.before(": ", &said));
    }
    true
}

fn explained(error: &DiffError) -> String {
    match error {
        DiffError::Ambiguous(_) => {
            format!("{error}; say which are meant, e.g. `--years 2022:2023` or `--stages request:enacted`")
        }
        DiffError::Arithmetic(_) => error.to_string(),
    }
}

impl Wanted {
    fn of(args: &DiffArgs, calendar: FiscalCalendar) -> Result<Self, String> {
        let year =
            |text: &str| FiscalYear::parse_in(text, calendar).map_err(|error| format!("--years: {error}"));
        let stage = |text: &str| {
            Stage::named(text).ok_or_else(|| {
                let names = Stage::ALL.map(|stage| format!("`{}`", stage.slug()));
                format!("--stages: there is no stage `{text}`; write one of {}", names.join(", "))
            })
        };
        let columns = args.columns.iter().map(|text| {
            ColumnPair::parse(text).ok_or_else(|| {
                format!("--columns: `{text}` names no amounts; write e.g. `requested`, `enacted:requested` or `prior:requested`")
            })
        });
        let thresholds = args
            .fail_on
            .iter()
            .map(|text| Threshold::parse(text).map_err(|error| format!("--fail-on: {error}")));
        Ok(Self {
            years: both(args.years.as_deref(), year)?,
            stages: both(args.stages.as_deref(), stage)?,
            columns: columns.collect::<Result<_, _>>()?,
            thresholds: thresholds.collect::<Result<_, _>>()?,
        })
    }

    /// The chapters of a side that are of the wanted year and stage.
    fn chosen<'r>(
        &self,
        side: &Side,
        rollups: &'r [Rollup<'r>],
        at: usize,
    ) -> Result<Vec<&'r Rollup<'r>>, String> {
        let year = self.years.get(at).copied().flatten();
        let stage = self.stages.get(at).copied().flatten();
        let chosen: Vec<&Rollup<'_>> = rollups
            .iter()
            .filter(|rollup| year.is_none_or(|year| rollup.request.fiscal_year.value == year))
            .filter(|rollup| stage.is_none_or(|stage| rollup.request.stage == stage))
            .collect();
        if chosen.is_empty() {
            let year = year.map(|year| format!(" of FY{}", year.western()));
            let stage = stage.map(|stage| format!(" at stage `{}`", stage.slug()));
            return Err(format!(
                "no chapter{}{} in `{side}`: a chapter is a .yaml file that begins with `gaisan: 1`",
                year.unwrap_or_default(),
                stage.unwrap_or_default()
            ));
        }
        Ok(chosen)
    }
}

/// Two values around a colon; one alone is meant for both sides.
fn both<T: Copy>(
    text: Option<&str>,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<[Option<T>; 2], String> {
    let Some(text) = text else {
        return Ok([None, None]);
    };
    match text.split_once(':') {
        Some((old, new)) => Ok([Some(parse(old)?), Some(parse(new)?)]),
        None => {
            let one = parse(text)?;
            Ok([Some(one), Some(one)])
        }
    }
}
