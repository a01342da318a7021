//! `gaisan roll`, `init` and `new`: plans of files, carried out and told.

use gaisan::drafting::{self, Plan};
use gaisan::model::{Examples, FiscalYear, Lang};
use gaisan::read::Project;
use gaisan::source::display_name;

use super::args::{InitArgs, NewArgs, NewCommand, RollArgs};
use super::release::today;
use super::say::{self, println};
use super::{Ended, FINDINGS, FINE, report};

pub(super) fn roll(args: &RollArgs) -> Ended {
    let project = report::project()?;
    let to = year(&project, &args.to)?;
    carry_out(&project, &drafting::roll(&project, &args.path, to, args.enacted)?, args.dry_run)
}

pub(super) fn init(args: &InitArgs) -> Ended {
    let lang = args.lang.map_or_else(say::lang, Lang::from);
    let year = args.year.as_ref().map_or_else(next, |text| year(&Project::default(), text))?;
    carry_out(&Project::default(), &drafting::init(&args.folder, year, lang)?, false)
}

pub(super) fn new(args: &NewArgs) -> Ended {
    let NewCommand::Program(args) = &args.what;
    let project = report::project()?;
    let plan = drafting::program(&project, &args.id, args.title.as_deref(), &args.chapter)?;
    carry_out(&project, &plan, false)
}

/// A fiscal year as people write it, in the calendar of the project.
pub(super) fn year(project: &Project, text: &str) -> Result<FiscalYear, String> {
    let calendar = project.conventions.calendar.unwrap_or_default();
    FiscalYear::parse_in(text, calendar).map_err(|error| {
        let examples = Examples::default();
        match (error.meant(examples), error.help(examples)) {
            (Some(meant), _) => format!("{error}; did you mean `{meant}`?"),
            (None, help) if help.is_empty() => format!("{error}; write it as `R9`, `令和9年度` or `2027`"),
            (None, help) => format!("{error}; {help}"),
        }
    })
}

/// Says what a plan changes, and writes its files. Ends with 1 where a person should look at something.
pub(super) fn carry_out(project: &Project, plan: &Plan, dry_run: bool) -> Ended {
    if plan.is_refused() {
        report::findings(&plan.findings, &plan.sources);
        return Ok(FINDINGS);
    }
    plan.changes.iter().for_each(|change| println!("{change}"));
    if !dry_run {
        report::write(&plan.files, project)?;
    }
    let word = if dry_run { "would write" } else { "wrote" };
    plan.files.keys().for_each(|path| println!("{word} {}", display_name(path)));
    if plan.files.is_empty() {
        println!("nothing to write");
    }
    Ok(if plan.changes.iter().any(drafting::Change::asks) { FINDINGS } else { FINE })
}

/// The fiscal year after the one that today lies in, in Japan's calendar.
fn next() -> Result<FiscalYear, String> {
    let today = today()?;
    let number = |range: std::ops::Range<usize>| today.get(range).and_then(|text| text.parse::<u16>().ok());
    let year = number(0..4).zip(number(5..7)).map(|(year, month)| if month < 4 { year } else { year + 1 });
    year.and_then(FiscalYear::new).ok_or_else(|| format!("no fiscal year follows {today}; say `--year`"))
}
