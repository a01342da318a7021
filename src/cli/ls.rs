//! `gaisan ls` and `gaisan show`: how much it is now.

use std::path::PathBuf;

use gaisan::diagnostic::{Severity, nearest};
use gaisan::lineage::Lineage;
use gaisan::model::Id;
use gaisan::read::{Reading, read_in};
use gaisan::render::terminal::{listed, shown};
use gaisan::rollup::{Rollup, Row};
use gaisan::sheet::{listing, standing};

use super::args::LangArg;
use super::say::{self, WARNING, println};
use super::{Ended, FINDINGS, FINE, Stop, project, report};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan ls                                     all chapters in budgets/\n  gaisan ls budgets/fy2022 --depth 1            one year, programs without their parts"
)]
pub(super) struct LsArgs {
    /// Files and folders to read
    #[arg(value_name = "PATHS", default_values_os_t = [project::path("budgets")])]
    paths: Vec<PathBuf>,

    /// How many levels below the chapter to list
    #[arg(long, value_name = "N")]
    depth: Option<usize>,

    /// The language of the words; without it each chapter's own
    #[arg(long, value_name = "LANG")]
    lang: Option<LangArg>,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan show q-leap                            a program, in the latest year that has it\n  gaisan show mext-5/q-leap budgets/fy2022      of one chapter, in one year"
)]
pub(super) struct ShowArgs {
    /// The id of the line, or CHAPTER/ID
    #[arg(value_name = "ID")]
    id: String,

    /// Files and folders to read
    #[arg(value_name = "PATHS", default_values_os_t = [project::path("budgets")])]
    paths: Vec<PathBuf>,

    /// The language of the words; without it the chapter's own
    #[arg(long, value_name = "LANG")]
    lang: Option<LangArg>,
}

/// Lists the lines of all chapters with their amounts.
pub(super) fn run(args: &LsArgs) -> Ended {
    let reading = reading(&args.paths)?;
    let depth = args.depth.unwrap_or(usize::MAX);
    for (at, request) in reading.requests.iter().enumerate() {
        let rollup = Rollup::of(request);
        if at > 0 {
            println!();
        }
        if let Some(top) = rollup.chapter() {
            let listing = listing(&rollup, top, depth, args.lang.map(Into::into));
            say::paint(&listed(&listing, report::look(false)));
        }
    }
    Ok(verdict(&reading))
}

/// Shows a line of each chapter that has it, as it is in the latest year.
pub(super) fn show(args: &ShowArgs) -> Ended {
    let reading = reading(&args.paths)?;
    let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
    let lineage = Lineage::of(&rollups);
    let (chapter, id) =
        args.id.rsplit_once('/').map_or((None, args.id.as_str()), |(chapter, id)| (Some(chapter), id));
    // In full width, or in capitals.
    let meant = Id::parse(id).err().and_then(|error| error.meant());
    let own = meant.as_deref().unwrap_or(id);
    // A line may be asked for by its title where no line has such an id.
    let is_title = !rollups.iter().flat_map(|it| &it.rows).any(|row| row.line.id.value.as_str() == own);
    let is_wanted = |rollup: &Rollup<'_>, row: &Row<'_>| {
        (row.line.id.value.as_str() == own || is_title && row.line.title == id)
            && chapter.is_none_or(|chapter| rollup.request.line.id.value.as_str() == chapter)
    };
    let found = rollups
        .iter()
        .filter_map(|rollup| Some((rollup, rollup.rows.iter().find(|row| is_wanted(rollup, row))?)));
    let mut found: Vec<(&Rollup<'_>, &Row<'_>)> = found.collect();
    let name = |rollup: &Rollup<'_>| rollup.request.line.id.value.to_string();
    let time = |rollup: &Rollup<'_>| (rollup.request.fiscal_year.value, rollup.request.stage);
    found.sort_by_key(|(rollup, _)| (name(rollup), std::cmp::Reverse(time(rollup))));
    found.dedup_by_key(|(rollup, _)| name(rollup));
    for (at, (rollup, row)) in found.iter().enumerate() {
        if at > 0 {
            println!();
        }
        let standing = standing(&lineage, rollup, row, args.lang.map(Into::into));
        say::paint(&shown(&standing, report::look(true)));
        let span = row.line.id.span;
        let file = reading.sources.file(span.file);
        println!("\n{}:{}", file.name, file.position(span.start).line);
    }
    if found.is_empty() {
        let ids: Vec<&str> =
            rollups.iter().flat_map(|it| &it.rows).map(|row| row.line.id.value.as_str()).collect();
        let meant = nearest(id, &ids).map_or_else(
            || "`gaisan ls` lists all lines with their ids".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(format!("there is no line `{}`; {meant}", args.id).into());
    }
    Ok(verdict(&reading))
}

/// What is in some files and folders, where there is something and all of it can be read.
pub(super) fn reading(paths: &[PathBuf]) -> Result<Reading, Stop> {
    let reading = read_in(&report::project()?, paths);
    reading.unreadable.iter().for_each(report::unread);
    if !reading.unreadable.is_empty() {
        return Err(Stop::Said);
    }
    report::any_chapter(reading.requests.len(), &reading.findings, paths)?;
    if let (Some(error), []) =
        (reading.findings.iter().find(|it| it.severity == Severity::Error), reading.requests.as_slice())
    {
        let name = &reading.sources.file(error.primary.span.file).name;
        return Err(format!("`{name}` has errors; run `gaisan check` and correct them first").into());
    }
    Ok(reading)
}

/// Says so where figures may be wrong.
fn verdict(reading: &Reading) -> u8 {
    let errors = report::errors(reading);
    if errors == 0 {
        return FINE;
    }
    let errors = report::counted(errors, "error");
    let said = format!("{errors}, see `gaisan check`; amounts are shown as they are stated");
    say::tell_painted(&WARNING.before(": ", &said));
    FINDINGS
}
