//! `gaisan import`.

use std::path::PathBuf;

use gaisan::import::{Import, Options, TakenLine, import};
use gaisan::model::{FiscalYear, Stage, Unit};
use gaisan::source::{display_name, read_bytes};

use super::say::println;
use super::{FINDINGS, FINE, TROUBLE, report};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan import 要求.xlsx --to budgets/fy2027/disaster   the workbook as it is, and again when it is corrected\n  gaisan import 要求.xlsx --dry-run                      say what is understood, and write nothing\n  gaisan import budget.csv --year FY2016 --unit USD --to budgets/fy2016/city\n\nExit codes: 0 all is taken, 1 something to look at (the files are written), 2 nothing can be taken. See docs/exchange.md."
)]
pub(super) struct ImportArgs {
    /// Workbooks (.xlsx, .xlsm, .xls, .ods) and texts (.csv, .tsv)
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// The folder of the chapter to write or to bring up to date
    #[arg(long, value_name = "DIR", required_unless_present = "dry_run")]
    to: Option<PathBuf>,

    /// The fiscal year, where the files do not say it
    #[arg(long, value_name = "YEAR", value_parser = year)]
    year: Option<FiscalYear>,

    /// Where in its life the request stands, as in `stage` of a chapter
    #[arg(long, value_name = "STAGE", value_parser = stage)]
    stage: Option<Stage>,

    /// The unit of the amounts, where the files do not say it
    #[arg(long, value_name = "UNIT", value_parser = unit)]
    unit: Option<Unit>,

    /// Read only the sheet of this name; may be given several times
    #[arg(long, value_name = "NAME")]
    sheet: Vec<String>,

    /// Say what is understood and what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
}

fn year(text: &str) -> Result<FiscalYear, String> {
    FiscalYear::parse(text).map_err(|error| error.to_string())
}

fn stage(text: &str) -> Result<Stage, String> {
    let known = Stage::ALL.into_iter().find(|stage| stage.slug() == text);
    known.ok_or_else(|| {
        "stages are request (概算要求), proposal, enacted, supplementary and settled".to_owned()
    })
}

fn unit(text: &str) -> Result<Unit, String> {
    Unit::parse(text).ok_or_else(|| {
        format!("`{text}` is not a known unit; units are 円, 千円, 百万円, 億円, USD, thousand USD …")
    })
}

pub(super) fn run(args: &ImportArgs) -> u8 {
    let mut files = Vec::new();
    for path in &args.files {
        match read_bytes(path) {
            Ok(bytes) => files.push((display_name(path), bytes)),
            Err(error) => {
                report::trouble(&error);
                return TROUBLE;
            }
        }
    }
    let options = Options { year: args.year, stage: args.stage, unit: args.unit, sheets: args.sheet.clone() };
    let taken = import(&files, &options);
    report::findings(&taken.findings, &taken.sources);
    understood(&taken);
    if taken.is_unreadable() {
        return TROUBLE;
    }
    if args.dry_run {
        for chapter in &taken.chapters {
            println!("\n{}", chapter.year.slug());
            chapter.lines.iter().for_each(|line| shown(line, 1));
        }
    }
    if taken.has_findings() { FINDINGS } else { FINE }
}

/// Tells how the tables were understood, and what was left.
fn understood(taken: &Import) {
    for table in &taken.tables {
        println!("{}", table.origin);
        table.said.iter().for_each(|said| println!("  {said}"));
        for column in &table.columns {
            let letters = column.cell.to_string();
            let letters = letters.trim_end_matches(|c: char| c.is_ascii_digit());
            let sums: Vec<&str> = column.sums.iter().map(|(_, sum)| sum.as_str()).collect();
            println!("  {letters:>3} {} → {} {}", column.header, column.taken, sums.join(" "));
        }
    }
    if !taken.left.is_empty() {
        println!("not taken:");
        taken.left.iter().for_each(|left| println!("  {left}"));
    }
}

fn shown(line: &TakenLine, depth: usize) {
    let amounts: Vec<String> =
        line.amounts.iter().map(|amount| format!("{:?} {}", amount.figure, amount.text)).collect();
    let aside = line.aside.map(|aside| format!(" ({aside:?})")).unwrap_or_default();
    println!("{}{}{aside}: {}", "  ".repeat(depth), line.title, amounts.join(", "));
    line.children.iter().for_each(|child| shown(child, depth + 1));
}
