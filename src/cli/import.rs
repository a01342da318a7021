//! `gaisan import`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gaisan::diagnostic::cut;
use gaisan::drafting;
use gaisan::import::{Aside, Import, Map, Options, TakenLine};
use gaisan::model::{Stage, Unit};
use gaisan::notation::Notation;
use gaisan::read::{COLUMNS_FILE, Project, stage_named};
use gaisan::source::{ReadError, display_name, is_file, read_bytes};

use super::report::counted;
use super::say::{in_words, is_verbose, lang, println, put};
use super::{Ended, FINDINGS, FINE, Stop, report};

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
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,

    /// Where in its life the request stands, as in `stage` of a chapter
    #[arg(long, value_name = "STAGE", value_parser = stage)]
    stage: Option<Stage>,

    /// The unit of the amounts, where the files do not say it
    #[arg(long, value_name = "UNIT", value_parser = unit)]
    unit: Option<Unit>,

    /// Read only the sheet of this name; may be given several times
    #[arg(long, value_name = "NAME")]
    sheet: Vec<String>,

    /// A file that says what the columns hold; without it `columns.yaml` in the folder of the chapter, where there is one
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,

    /// Write `columns.yaml` beside the chapter, which says what was understood, to be corrected and used by the next import
    #[arg(long, requires = "to")]
    save_map: bool,

    /// Say what is understood and what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
}

fn stage(text: &str) -> Result<Stage, String> {
    let known = Stage::ALL.into_iter().find(|stage| stage.slug() == text);
    known.or_else(|| stage_named(text)).ok_or_else(|| {
        "stages are request (概算要求), proposal, enacted, supplementary and settled".to_owned()
    })
}

fn unit(text: &str) -> Result<Unit, String> {
    Unit::parse(text).ok_or_else(|| {
        format!("`{text}` is not a known unit; units are 円, 千円, 百万円, 億円, USD, thousand USD …")
    })
}

pub(super) fn run(args: &ImportArgs) -> Ended {
    if let Some(to) = args.to.as_deref().filter(|to| is_file(to)) {
        let what = "is a file; `--to` names the folder of a chapter";
        return Err(Stop::from(format!("`{}` {what}", display_name(to))));
    }
    let mut taken = Import::default();
    let project = report::project()?;
    let year = args.year.as_ref().map(|text| super::draft::year(&project, text)).transpose()?;
    let calendar = project.conventions.calendar.unwrap_or_default();
    let kept = args.to.as_deref().map(|to| to.join(COLUMNS_FILE)).filter(|path| is_file(path));
    let map = args.map.as_ref().or(kept.as_ref());
    let map = map.map(|path| Map::read(path, calendar, &mut taken)).transpose()?.unwrap_or_default();
    let files = read(&args.files)?;
    let options = Options {
        year,
        folder_year: args.to.as_deref().and_then(drafting::year_of),
        calendar,
        stage: args.stage,
        unit: args.unit,
        sheets: args.sheet.clone(),
        map,
        is_check: false,
    };
    taken.take(&files, &options);
    report::findings(&taken.findings, &taken.sources);
    understood(&taken);
    if taken.is_unreadable() {
        return Err(Stop::Said);
    }
    let asks = match &args.to {
        Some(to) => write(args, &project, &taken, to)?,
        None => {
            for chapter in &taken.chapters {
                let notation = Notation::new(lang());
                println!("\n{}", notation.year_and_stage(chapter.year, chapter.stage));
                chapter.lines.iter().for_each(|line| shown(line, 1));
            }
            false
        }
    };
    Ok(if asks || taken.has_findings() { FINDINGS } else { FINE })
}

/// The files by their names.
pub(super) fn read(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, ReadError> {
    paths.iter().map(|path| Ok((display_name(path), read_bytes(path)?))).collect()
}

/// Writes the chapters, or brings them up to date, and says what changed; tells whether a person should look at something.
fn write(args: &ImportArgs, project: &Project, taken: &Import, to: &Path) -> Result<bool, Stop> {
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    let mut asks = false;
    for drafting::Placed { chapter, plan } in drafting::imports(project, taken, to) {
        let Some((folder, plan)) = plan else {
            println!(
                "{}: left out; `--to` a folder below `{}` takes other years too",
                chapter.year.slug(),
                chapter.year.slug()
            );
            continue;
        };
        if plan.is_refused() {
            report::findings(&plan.findings, &plan.sources);
            return Err(Stop::Said);
        }
        println!("\n{}", display_name(&folder));
        // What a person should look at is not lost among what is new.
        let (asking, changes): (Vec<_>, Vec<_>) = plan.changes.iter().partition(|change| change.asks());
        listed(changes.iter().map(|change| format!("  {change}")));
        listed(asking.iter().map(|change| format!("  {change}")));
        asks |= plan.changes.iter().any(drafting::Change::asks);
        if plan.files.is_empty() {
            println!("  nothing changed");
        }
        files.extend(plan.files);
    }
    if args.save_map {
        files.insert(to.join(COLUMNS_FILE), Map::written(taken).into_bytes());
    } else if let Some(map) = &args.map {
        files.extend(read_bytes(map).ok().map(|bytes| (to.join(COLUMNS_FILE), bytes)));
    }
    let verb = if args.dry_run { "would write" } else { "wrote" };
    if !args.dry_run {
        report::write(&files, project)?;
    }
    listed(files.keys().map(|path| format!("{verb} {}", display_name(path))));
    Ok(asks)
}

/// Tells how the tables were understood, and what was left.
pub(super) fn understood(taken: &Import) {
    let (notation, lang) = (Notation::new(lang()), lang());
    for table in &taken.tables {
        println!("{}", table.origin);
        let when = table.when.map(|(year, stage)| match stage {
            Some(stage) => notation.year_and_stage(year, stage),
            None => notation.fiscal_year(year),
        });
        let mut when = when.map(|when| format!("{}{when}", lang.pick("、", "; ")));
        for said in &table.said {
            put(format_args!("  {}{}\n", in_words(said), when.take().unwrap_or_default()));
        }
        for column in &table.columns {
            let letters = column.cell.to_string();
            let letters = letters.trim_end_matches(|c: char| c.is_ascii_digit());
            let sums = column.sums.iter().filter(|_| column.is_taken);
            // In Japan what is less than nothing has a △.
            let minus = lang.pick("△", "-");
            let sums: Vec<String> = sums.map(|(_, sum)| sum.replace('-', minus)).collect();
            let header = cut(&column.header, MOST_WORDS);
            let line = format!("{header} → {} {}", in_words(&column.taken), sums.join(" "));
            put(format_args!("  {letters:>3} {}\n", line.trim()));
        }
    }
    for cells in &taken.cells {
        let all = cells.taken + cells.verified + cells.named;
        println!(
            "{}: of {} {} taken, {} verified, {} named",
            cells.place,
            counted(all, "cell"),
            cells.taken,
            cells.verified,
            cells.named
        );
    }
    if !taken.left.is_empty() {
        println!("not taken:");
        listed(taken.left.iter().map(|left| format!("  {left}")));
    }
}

/// The longest words of a cell, and the longest line, that are printed whole, in characters: a cell may hold a whole page.
const MOST_WORDS: usize = 200;
const MOST_LINE: usize = 1_000;

/// The most lines of one list that are printed where nobody asks for all.
const MOST_LISTED: usize = 200;

/// Prints a list, of a long one only so much that it can be read.
fn listed(lines: impl ExactSizeIterator<Item = String>) {
    let count = lines.len();
    let shown = if is_verbose() || count <= MOST_LISTED { count } else { MOST_LISTED };
    lines.take(shown).for_each(|line| println!("{}", cut(&line, MOST_LINE)));
    if shown < count {
        println!("  and {} more (`--verbose` shows all)", count - shown);
    }
}

fn shown(line: &TakenLine, depth: usize) {
    let amounts: Vec<String> = line
        .amounts
        .iter()
        .map(|amount| format!("{} {}", in_words(amount.figure.slug()), amount.text))
        .collect();
    let aside = line.aside.map(|aside| match aside {
        Aside::OfWhich => lang().pick("（うち）", " (of which)"),
        Aside::Recount => lang().pick("（再掲）", " (counted elsewhere)"),
        Aside::Within => lang().pick("（内数）", " (within)"),
    });
    let aside = aside.unwrap_or_default();
    let (indent, between) = ("  ".repeat(depth), lang().pick("、", ", "));
    let title = cut(&line.title, MOST_WORDS);
    put(format_args!("{indent}{title}{aside}  {}\n", amounts.join(between)));
    line.children.iter().for_each(|child| shown(child, depth + 1));
}
