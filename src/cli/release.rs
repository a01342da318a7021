//! `gaisan release`.

use std::time::{SystemTime, UNIX_EPOCH};

use gaisan::build::{Obstacle, release};
use gaisan::examine;
use gaisan::model::PartialDate;
use gaisan::read::read_in;

use super::args::ReleaseArgs;
use super::say::println;
use super::{Ended, FINDINGS, FINE, Stop, TROUBLE, folder, git, office, report};

pub(super) fn run(args: &ReleaseArgs) -> Ended {
    let date = args.date.clone().map_or_else(today, Ok)?;
    let templates = office::templates_said(&args.templates)?;
    let reading = read_in(&report::project()?, &args.paths);
    reading.unreadable.iter().for_each(report::unread);
    let examined = examine(&reading);
    if !reading.unreadable.is_empty() {
        return Err(Stop::Said);
    }
    report::any_chapter(reading.requests.len(), &examined.findings, &args.paths)?;
    if examined.has_errors() {
        report::findings(&examined.findings, &reading.sources);
        println!("nothing released: there are errors");
        return Ok(FINDINGS);
    }
    let _lock = folder::hold(&args.out)?;
    let commit = git::commit(&args.paths);
    let about = (args.label.clone(), date);
    let (done, errors) = release(&examined, &templates, &args.out, about, commit.as_deref());
    for released in &done {
        let sheets = report::counted(released.sheets, "sheet");
        if released.files == 0 {
            println!("{}: {sheets}, released already, unchanged", released.folder);
        } else {
            let files = report::counted(released.files, "file");
            println!("{}: {sheets}, {files} released", released.folder);
        }
    }
    errors.iter().for_each(report::trouble);
    let machine = |error: &Obstacle| matches!(error, Obstacle::System(_));
    Ok(match (errors.is_empty(), errors.iter().any(machine)) {
        (true, _) => FINE,
        (false, false) => FINDINGS,
        (false, true) => TROUBLE,
    })
}

/// The day of `SOURCE_DATE_EPOCH`, or else today, in UTC.
///
/// # Errors
/// When the variable is set and is no number of seconds, or the day is in another century.
pub(super) fn today() -> Result<String, String> {
    const DAY: u64 = 24 * 60 * 60;
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text
            .trim()
            .parse()
            .map_err(|_| format!("SOURCE_DATE_EPOCH is `{text}`, and not a number of seconds since 1970"))?,
        Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs()),
    };
    let day = PartialDate::after_1970(seconds / DAY);
    day.map(PartialDate::iso)
        .ok_or_else(|| "today is later than gaisan reckons; give a day with --date".to_owned())
}
