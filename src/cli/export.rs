//! `gaisan export`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gaisan::build::books;
use gaisan::exchange::{Delimiter, json, package, tidy, workbook};
use gaisan::import::{Options, lost};
use gaisan::source::{display_name, read_bytes};
use gaisan::{Examined, examine};

use super::args::LangArg;
use super::ls::reading;
use super::project;
use super::say::{self, WARNING, println};
use super::{Ended, FINDINGS, FINE, office, report};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan export budgets/fy2022/mext-5 --to 要求.xlsx   a workbook with live sums, to work in and import again\n  gaisan export --to amounts.csv --bom                 one row an amount; the mark at its start is for Excel\n  gaisan export --to amounts.json                      the same for programs, see docs/schema/amounts.schema.json\n  gaisan export --to published                         a folder with a Fiscal Data Package\n\nExit codes: 0 written, 1 findings (a chapter with errors is not written), 2 the machine or the command line. See docs/exchange.md."
)]
pub(super) struct ExportArgs {
    /// Files and folders to read
    #[arg(value_name = "PATHS", default_values_os_t = [project::path("budgets")])]
    paths: Vec<PathBuf>,

    /// The file to write, by its ending .xlsx, .csv, .tsv or .json; anything else is a folder for a Fiscal Data Package
    #[arg(long, value_name = "FILE|DIR")]
    to: PathBuf,

    /// The language of a workbook's words; without it each chapter's own
    #[arg(long, value_name = "LANG")]
    lang: Option<LangArg>,

    /// Overwrite a file that says what the chapters do not, or that gaisan did not make
    #[arg(long)]
    force: bool,

    /// Begin a .csv or .tsv with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
}

pub(super) fn run(args: &ExportArgs) -> Ended {
    let reading = reading(&args.paths)?;
    let examined = examine(&reading);
    if examined.has_errors() {
        let errors = gaisan::diagnostic::Tally::of(&examined.findings).errors;
        report::trouble(&format!(
            "nothing is written: {} in what was read, see `gaisan check`",
            report::counted(errors, "error")
        ));
        return Ok(FINDINGS);
    }
    let (files, warnings) = files(args, &examined)?;
    if !args.force {
        let options = Options {
            calendar: reading.project().conventions.calendar.unwrap_or_default(),
            ..Options::default()
        };
        files.iter().try_for_each(|(path, new)| unlost(path, new, &options))?;
    }
    report::write(&files, &reading.project())?;
    warnings.iter().for_each(|warning| say::tell_painted(&WARNING.before(": ", warning)));
    files.keys().for_each(|path| println!("wrote {}", display_name(path)));
    Ok(if warnings.is_empty() { FINE } else { FINDINGS })
}

/// Refuses to overwrite a file of which something would be lost.
fn unlost(path: &Path, new: &[u8], options: &Options) -> Result<(), String> {
    let Ok(old) = read_bytes(path) else { return Ok(()) };
    let name = display_name(path);
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        return lost(&name, &old, new, options).map_or(Ok(()), Err);
    }
    // What is written for other programs says in its first lines what it is.
    let head = |bytes: &[u8]| {
        let text =
            String::from_utf8_lossy(bytes.get(..bytes.len().min(400)).unwrap_or_default()).into_owned();
        text.trim_start_matches('\u{feff}')
            .lines()
            .take(if text.starts_with('{') { 2 } else { 1 })
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    match old.is_empty() || head(&old) == head(new) {
        true => Ok(()),
        false => Err(format!(
            "`{name}` is no table that gaisan made; name another file, or overwrite it with `--force`"
        )),
    }
}

type Made = (BTreeMap<PathBuf, Vec<u8>>, Vec<String>);

/// The files that are to be written, and what a person should know of them.
fn files(args: &ExportArgs, examined: &Examined<'_>) -> Result<Made, String> {
    let ending = args.to.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let rollups = &examined.rollups;
    let one = |bytes: Vec<u8>| (BTreeMap::from([(args.to.clone(), bytes)]), Vec::new());
    let text = |delimiter| {
        let mark: &[u8] = if args.bom { b"\xEF\xBB\xBF" } else { b"" };
        [mark, tidy(rollups, delimiter).as_bytes()].concat()
    };
    if args.bom && !matches!(ending.as_deref(), Some("csv" | "tsv")) {
        return Err("`--bom` is for .csv and .tsv".to_owned());
    }
    Ok(match ending.as_deref() {
        Some("xlsx") => {
            let templates = office::templates(&project::path("templates"))?;
            let made = workbook(&books(examined, &templates, args.lang.map(Into::into)))?;
            let warnings = made.remarks.iter().map(ToString::to_string).collect();
            (BTreeMap::from([(args.to.clone(), made.bytes)]), warnings)
        }
        Some("csv") => one(text(Delimiter::Comma)),
        Some("tsv") => one(text(Delimiter::Tab)),
        Some("json") => one(json(rollups).into_bytes()),
        Some(other @ ("xls" | "ods" | "xlsm" | "pdf" | "html" | "md" | "yaml")) => {
            return Err(format!(
                "`.{other}` is not written; write .xlsx, .csv, .tsv or .json, or name a folder"
            ));
        }
        _ => {
            let files = package(rollups).into_iter();
            (
                files.map(|(name, text)| (args.to.join(Path::new(name)), text.into_bytes())).collect(),
                Vec::new(),
            )
        }
    })
}
