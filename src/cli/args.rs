//! The command line as it is written.

use std::net::SocketAddr;
use std::path::PathBuf;

use anstream::ColorChoice;
use clap::{Parser, Subcommand, ValueEnum};

use super::diff::DiffArgs;

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
    /// Check all chapters found, and write nothing
    Check(CheckArgs),
    /// Build, and again whenever something is saved
    Watch(WatchArgs),
    /// Tell what changed between two years, two drafts or two revisions
    Diff(DiffArgs),
    /// List the rules, or print the manual of one
    Rules(RulesArgs),
    /// List the built-in templates, or copy them out to be changed
    Templates(TemplatesArgs),
    /// Say which version this is and under which licenses it and its fonts are
    About,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan build                                  everything in budgets/ into output/\n  gaisan build budgets/fy2022 --format pdf      only the PDFs of one year\n  gaisan build --lang en --deny warnings        in English; warnings stop a sheet like errors\n\nThe command line goes before gaisan.yaml, and that before the rule's own severity; errors stay errors.\nWhat `accept` in a budget file accepts is out before any of them is asked. See docs/checking.md."
)]
pub(super) struct BuildArgs {
    /// Files and folders to read
    #[arg(value_name = "PATHS", default_value = "budgets")]
    pub(super) paths: Vec<PathBuf>,

    /// The folder to write into
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub(super) out: PathBuf,

    /// The formats to write
    #[arg(
        long,
        value_name = "FORMATS",
        value_delimiter = ',',
        default_value = "md,html,pdf"
    )]
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

    #[command(flatten)]
    pub(super) severity: SeverityArgs,
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
    /// Make errors of the findings of these rules; `warnings` stands for all that would be warnings
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
