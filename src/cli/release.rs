//! `gaisan release`.

use std::path::Path;

use gaisan::build::{ReleaseError, release};
use gaisan::examine;
use gaisan::read::SETTINGS_FILE;

use super::args::ReleaseArgs;
use super::say::println;
use super::{FINDINGS, FINE, TROUBLE, build, day, folder, git, report};

pub(super) fn run(args: &ReleaseArgs) -> u8 {
    let date = match args.date.clone().map_or_else(day::today, Ok) {
        Ok(date) => date,
        Err(error) => {
            report::trouble(&error);
            return TROUBLE;
        }
    };
    let templates = match build::office_templates(&args.templates) {
        Ok(templates) => templates,
        Err(error) => {
            report::trouble(&error);
            return TROUBLE;
        }
    };
    let mut reading = gaisan::read::read(&args.paths);
    if let Some(settings) = Some(Path::new(SETTINGS_FILE)).filter(|settings| settings.is_file()) {
        reading.settings(settings);
    }
    reading.troubles.iter().for_each(report::trouble);
    let examined = examine(&reading);
    if !reading.troubles.is_empty()
        || !report::any_chapter(reading.requests.len(), &examined.findings, &args.paths)
    {
        return TROUBLE;
    }
    if examined.has_errors() {
        report::findings(&examined.findings, &reading.sources);
        println!("nothing released: there are errors");
        return FINDINGS;
    }
    let Some(_lock) = folder::hold(&args.out) else {
        return TROUBLE;
    };
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
    let machine = |error: &ReleaseError| matches!(error, ReleaseError::System(_));
    match (errors.is_empty(), errors.iter().any(machine)) {
        (true, _) => FINE,
        (false, false) => FINDINGS,
        (false, true) => TROUBLE,
    }
}
