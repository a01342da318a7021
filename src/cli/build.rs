//! `gaisan build`.

use std::io::IsTerminal;
use std::path::Path;
use std::time::{Duration, Instant};

use anstream::println;
use gaisan::build::{Format, Options, build};
use gaisan::compose::Templates;
use gaisan::model::Lang;
use gaisan::{Examined, examine};
use indicatif::{ProgressBar, ProgressStyle};

use super::args::{BuildArgs, FormatArg, LangArg};
use super::{FINDINGS, FINE, TROUBLE, report};

pub(super) fn run(args: &BuildArgs) -> u8 {
    let start = Instant::now();
    let templates = match office_templates(&args.templates) {
        Ok(templates) => templates,
        Err(error) => {
            report::trouble(&error);
            return TROUBLE;
        }
    };
    let mut reading = gaisan::read::read(&args.paths);
    let Some(severities) = report::severities(&args.severity, &mut reading) else {
        return TROUBLE;
    };
    reading.troubles.iter().for_each(report::trouble);
    let mut examined: Examined<'_> = examine(&reading);
    severities.apply(&mut examined.findings);
    report::findings(&examined.findings, &reading.sources);
    let mut trouble = !reading.troubles.is_empty();
    if !trouble && !report::any_chapter(reading.requests.len(), &examined.findings, &args.paths) {
        return TROUBLE;
    }

    let options = Options {
        out: args.out.clone(),
        formats: formats(args),
        lang: args.lang.map(lang),
        jobs: args.jobs,
        ..Options::default()
    };
    let bar = progress_bar();
    let built = build(&examined, &templates, &options, &|done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();

    for (path, characters) in &built.missing {
        let list: Vec<String> = characters
            .iter()
            .map(|character| format!("{character} (U+{:04X})", u32::from(*character)))
            .collect();
        println!(
            "\u{1b}[1;33mwarning\u{1b}[0m: the PDF's font lacks {}; {} shows 〓 instead\n",
            list.join(", "),
            path.display()
        );
    }
    for name in &built.skipped {
        println!("skipped: {name} has errors");
    }
    built.failures.iter().for_each(report::trouble);
    trouble |= !built.failures.is_empty();

    let (sheets, files) = (
        report::counted(built.sheets, "sheet"),
        report::counted(built.files, "file"),
    );
    println!(
        "{sheets}, {files}, {} in {}",
        report::tally(&examined.findings, built.missing.len()),
        seconds(start.elapsed())
    );
    let denied = severities.denies_warnings() && !built.missing.is_empty();
    match (trouble, examined.has_errors() || denied) {
        (true, _) => TROUBLE,
        (false, true) => FINDINGS,
        (false, false) => FINE,
    }
}

/// The office's templates: the files of the folder that end in `.tera`, if there is such a folder.
fn office_templates(folder: &Path) -> Result<Templates, String> {
    let mut office = Vec::new();
    if folder.is_dir() {
        let entries = std::fs::read_dir(folder)
            .map_err(|error| format!("cannot list `{}`: {error}", folder.display()))?;
        for entry in entries {
            let path = entry
                .map_err(|error| format!("cannot list `{}`: {error}", folder.display()))?
                .path();
            let Some(name) = path
                .file_name()
                .and_then(|name| name.to_str())
                .filter(|name| name.ends_with(".tera"))
            else {
                continue;
            };
            let text = std::fs::read_to_string(&path)
                .map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
            office.push((name.to_owned(), text));
        }
    }
    office.sort();
    Templates::new(&office).map_err(|error| error.to_string())
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

fn lang(lang: LangArg) -> Lang {
    match lang {
        LangArg::Ja => Lang::Ja,
        LangArg::En => Lang::En,
    }
}

/// A bar on a terminal, nothing in a pipe.
fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} sheets {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

fn seconds(time: Duration) -> String {
    format!("{}.{} s", time.as_secs(), time.subsec_millis() / 100)
}
