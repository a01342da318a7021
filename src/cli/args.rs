//! The command line as it is written.

use std::net::SocketAddr;
use std::path::PathBuf;

use anstream::ColorChoice;
use clap::{Parser, Subcommand, ValueEnum};
use gaisan::build::Shard;
use gaisan::model::{FiscalYear, PartialDate};

use super::diff::DiffArgs;
use super::import::ImportArgs;

/// Budget request sheets from YAML: Markdown, HTML and PDF with every figure exact.
#[derive(Debug, Parser)]
#[command(
    name = "gaisan",
    version,
    about,
    after_help = "Exit codes: 0 fine, 1 findings to correct (diff: a difference), 2 the machine or the command line.\nThe YAML format is described in docs/format.md."
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,

    /// Color the output: `auto` does so on a terminal unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", value_parser = color)]
    pub(super) color: Coloring,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the sheets of all chapters found
    Build(BuildArgs),
    /// Freeze the sheets of a revision
    Release(ReleaseArgs),
    /// Take the lines of workbooks and CSV files
    Import(ImportArgs),
    /// Work with the manifests of output folders
    Manifest(ManifestArgs),
    /// Check all chapters found, and write nothing
    Check(CheckArgs),
    /// Prove that PDFs and pages are what they say, from the data inside them
    Verify(VerifyArgs),
    /// Build, and again whenever something is saved
    Watch(WatchArgs),
    /// Tell what changed between two years, two drafts or two revisions
    Diff(DiffArgs),
    /// Make next year's files from this year's
    Roll(RollArgs),
    /// Make a project to begin with
    Init(InitArgs),
    /// Add a program to a chapter
    New(NewArgs),
    /// List the rules, or print the manual of one
    Rules(RulesArgs),
    /// List the built-in templates, or copy them out to be changed
    Templates(TemplatesArgs),
    /// Say which version this is and under which licenses it and its fonts are
    About,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan build                                  everything in budgets/ into output/\n  gaisan build budgets/fy2022 --format pdf      only the PDFs of one year\n  gaisan build --lang en --deny warnings        in English; warnings stop a sheet like errors\n  gaisan build --check                          exit 1 unless output/ is up to date\n\nThe command line goes before gaisan.yaml, and that before the rule's own severity; errors stay errors.\nWhat `accept` in a budget file accepts is out before any of them is asked. See docs/checking.md."
)]
pub(super) struct BuildArgs {
    /// Files and folders to read
    #[arg(value_name = "PATHS", default_value = "budgets")]
    pub(super) paths: Vec<PathBuf>,

    /// The folder to write into
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub(super) out: PathBuf,

    /// The formats to write
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "md,html,pdf")]
    pub(super) format: Vec<FormatArg>,

    /// The language of the sheets' labels; without it each chapter's own
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<LangArg>,

    /// How many threads to use; 0 is one a core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) jobs: usize,

    /// The folder with templates that take the place of built-in ones
    #[arg(long, value_name = "DIR", default_value = "templates")]
    pub(super) templates: PathBuf,

    /// Make everything anew, also what is up to date
    #[arg(long, conflicts_with = "check")]
    pub(super) force: bool,

    /// Write nothing; name the outputs that are missing, out of date or edited by hand
    #[arg(long)]
    pub(super) check: bool,

    /// Do not change a sheet of a revision that is released
    #[arg(long)]
    pub(super) locked: bool,

    /// Remove the files of sheets that no longer exist
    #[arg(long, conflicts_with = "check")]
    pub(super) prune: bool,

    /// Make only one of N parts of the sheets, e.g. 2/5; `gaisan manifest merge` puts them together
    #[arg(long, value_name = "K/N")]
    pub(super) shard: Option<Shard>,

    /// Print where the time went
    #[arg(long)]
    pub(super) timings: bool,

    #[command(flatten)]
    pub(super) severity: SeverityArgs,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan release --label 8月31日提出              freeze every chapter in budgets/\n  gaisan release budgets/fy2022 --date 2021-08-31\n\nA chapter says which revision it is: `revision: 3`. Its sheets, as they are in the output folder, are copied to\nfy2022/mext-5/r3. A revision that is released already is refused if the content differs."
)]
pub(super) struct ReleaseArgs {
    /// Files and folders to read
    #[arg(value_name = "PATHS", default_value = "budgets")]
    pub(super) paths: Vec<PathBuf>,

    /// What to call the release
    #[arg(long, value_name = "TEXT")]
    pub(super) label: Option<String>,

    /// The day of the release [default: SOURCE_DATE_EPOCH, or else today, both in UTC: until nine in the morning that is yesterday in Japan]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(super) date: Option<String>,

    /// The folder with the sheets
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub(super) out: PathBuf,

    /// The folder with templates that take the place of built-in ones
    #[arg(long, value_name = "DIR", default_value = "templates")]
    pub(super) templates: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct ManifestArgs {
    #[command(subcommand)]
    pub(super) command: ManifestCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ManifestCommand {
    /// Put the output folders of parts of a build together
    Merge(MergeArgs),
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  gaisan build --shard 1/2 --out part-1\n  gaisan build --shard 2/2 --out part-2\n  gaisan manifest merge part-1 part-2 --out output"
)]
pub(super) struct MergeArgs {
    /// The output folders of the parts
    #[arg(value_name = "DIRS", required = true)]
    pub(super) parts: Vec<PathBuf>,

    /// The folder to write into
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub(super) out: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan check                                  everything in budgets/\n  gaisan check budgets/fy2022/mext-5            one chapter\n  gaisan check --deny W0203 --allow W0506       weigh findings differently\n\nThe command line goes before gaisan.yaml, and that before the rule's own severity; errors stay errors.\nWhat `accept` in a budget file accepts is out before any of them is asked. See docs/checking.md."
)]
pub(super) struct CheckArgs {
    /// Files and folders to read
    #[arg(value_name = "PATHS", default_value = "budgets")]
    pub(super) paths: Vec<PathBuf>,

    /// How to print the findings
    #[arg(long, value_name = "STYLE", default_value = "human")]
    pub(super) output: OutputArg,

    #[command(flatten)]
    pub(super) severity: SeverityArgs,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan watch                                  build budgets/ into output/ after every save\n  gaisan watch budgets/fy2022 --format html --serve\n                                                … and show it in the browser, which follows every save\n\nOnly browsers on this machine are served. The script that loads a page again is added while serving, never to a file."
)]
pub(super) struct WatchArgs {
    #[command(flatten)]
    pub(super) sheets: BuildArgs,

    /// Show the output folder in browsers of this machine, and have them follow every save
    #[arg(long, value_name = "ADDR:PORT", num_args = 0..=1, require_equals = true, default_missing_value = "8420", value_parser = super::watch::address)]
    pub(super) serve: Option<SocketAddr>,
}

impl WatchArgs {
    /// What to build each time.
    pub(super) fn build(&self) -> &BuildArgs {
        &self.sheets
    }
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan verify q-leap.pdf                      prove one sheet, from nothing but the file\n  gaisan verify output                          prove every sheet of a folder\n  gaisan verify --manifest output/manifest.json prove that all files of a build are there and belong together\n\nExit codes: 0 all proven, 1 not, 2 a file that cannot be read or that gaisan did not make.\nSee docs/ci.md for what is proven and what is not."
)]
pub(super) struct VerifyArgs {
    /// PDFs, pages, and folders with them
    #[arg(value_name = "FILES", required_unless_present = "manifest")]
    pub(super) files: Vec<PathBuf>,

    /// Prove also that the files are those of one build, which this manifest lists; without FILES, all that it lists
    #[arg(long, value_name = "FILE")]
    pub(super) manifest: Option<PathBuf>,

    /// Prove the data inside and leave out the pages
    #[arg(long)]
    pub(super) data_only: bool,

    /// The folder with the templates that may be run; others that ride inside a sheet are not
    #[arg(long, value_name = "DIR", default_value = "templates")]
    pub(super) templates: PathBuf,

    /// How to print the verdicts
    #[arg(long, value_name = "STYLE", default_value = "human")]
    pub(super) output: VerifyOutputArg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum VerifyOutputArg {
    /// A line a file, for people
    Human,
    /// One JSON document, see docs/schema/verify.schema.json
    Json,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan roll budgets/fy2026 --to R9           budgets/fy2027 from budgets/fy2026\n  gaisan roll budgets/fy2026/x --to 2027 --dry-run\n\nPrior amounts are what was enacted, or else what was requested, marked so; what is requested is undecided (未定), so the\nsheets are drafts. Lines that have ended leave. See docs/year.md."
)]
pub(super) struct RollArgs {
    /// The file or folder of this year's chapters
    #[arg(value_name = "PATH")]
    pub(super) path: PathBuf,

    /// The year to make, e.g. R10, 令和10年度, 2028
    #[arg(long, value_name = "YEAR", value_parser = year)]
    pub(super) to: FiscalYear,

    /// Also write an empty `enacted` into this year's files, to be filled in
    #[arg(long)]
    pub(super) enacted: bool,

    /// Write nothing; say what would be written
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  gaisan init my-request && cd my-request && gaisan build\n\nFiles that are there already stay as they are: if one is, nothing is written."
)]
pub(super) struct InitArgs {
    /// The folder of the project
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,

    /// The year that is requested for [default: the one after this year]
    #[arg(long, value_name = "YEAR", value_parser = year)]
    pub(super) year: Option<FiscalYear>,

    /// The language of the files [default: that of the terminal]
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<LangArg>,
}

#[derive(Debug, clap::Args)]
pub(super) struct NewArgs {
    #[command(subcommand)]
    pub(super) what: NewCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum NewCommand {
    /// A program with a file of its own, at the end of the chapter's list
    Program(NewProgramArgs),
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  gaisan new program flood-gauges --title 水位計の更新 --in budgets/fy2027/x"
)]
pub(super) struct NewProgramArgs {
    /// Its id: small letters, digits, hyphens
    #[arg(value_name = "ID")]
    pub(super) id: String,

    /// Its title
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,

    /// The chapter's file or folder
    #[arg(long = "in", value_name = "CHAPTER")]
    pub(super) chapter: PathBuf,
}

/// A fiscal year as people write it.
fn year(text: &str) -> Result<FiscalYear, String> {
    FiscalYear::parse(text).map_err(|error| format!("{error}; write it as `R9`, `令和9年度` or `2027`"))
}

#[derive(Debug, clap::Args)]
pub(super) struct RulesArgs {
    /// The code of a rule, e.g. E0201
    #[arg(value_name = "CODE")]
    pub(super) code: Option<String>,

    /// Print all manuals as one Markdown document
    #[arg(long, conflicts_with = "code")]
    pub(super) all: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct TemplatesArgs {
    /// Copy the built-in templates into a folder; files that are there already stay as they are
    #[arg(long)]
    pub(super) write: bool,

    /// The folder to copy into
    #[arg(long, value_name = "DIR", default_value = "templates")]
    pub(super) dir: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputArg {
    /// Source lines with carets, for people
    Human,
    /// One JSON document, see docs/schema/findings.schema.json
    Json,
    /// SARIF 2.1.0, for code-scanning viewers
    Sarif,
    /// Workflow commands, for GitHub Actions
    Github,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FormatArg {
    /// Markdown with SVG figures beside it
    Md,
    /// One self-contained file
    Html,
    /// PDF
    Pdf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LangArg {
    /// 日本語
    Ja,
    /// English
    En,
}

/// What becomes of findings.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Severity")]
pub(super) struct SeverityArgs {
    /// Make errors of the findings of these rules; `warnings` stands for all that would be warnings, `draft` for what is not settled (W0307)
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(super) deny: Vec<String>,

    /// Make warnings of the findings of these rules
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(super) warn: Vec<String>,

    /// Do not report the findings of these rules
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(super) allow: Vec<String>,

    /// The project's settings [default: gaisan.yaml in the current folder, if it is there]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
}

/// When to color.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coloring(ColorChoice);

impl Coloring {
    pub(super) fn write_global(self) {
        self.0.write_global();
    }
}

fn color(text: &str) -> Result<Coloring, String> {
    match text {
        "auto" => Ok(Coloring(ColorChoice::Auto)),
        "always" => Ok(Coloring(ColorChoice::Always)),
        "never" => Ok(Coloring(ColorChoice::Never)),
        _ => Err("write `auto`, `always` or `never`".to_owned()),
    }
}

/// A day as `2022-08-31`.
fn date(text: &str) -> Result<String, String> {
    let day = PartialDate::parse(text).ok().filter(|day| day.day().is_some() && day.iso() == text);
    day.map(PartialDate::iso).ok_or_else(|| "write a day as YYYY-MM-DD, e.g. 2022-08-31".to_owned())
}
