//! The command line of what makes sheets: a build, a watch, a release.

use std::net::SocketAddr;
use std::path::PathBuf;

use gaisan::build::Shard;

use super::super::project;
use super::values::{date, line};
use super::{FormatArg, LangArg, LayoutArg, SeverityArgs};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan build                                  everything in budgets/ into output/\n  gaisan build budgets/fy2022 --format pdf      only the PDFs of one year\n  gaisan build --lang en --deny warnings        in English; warnings stop a sheet like errors\n  gaisan build --open                           and show the index in the browser\n  gaisan build --layout report                  reports instead of one-page sheets\n  gaisan build --check                          exit 1 unless output/ is up to date\n\nThe command line goes before gaisan.yaml, and that before the rule's own severity; errors stay errors.\nWhat `accept` in a budget file accepts is out before any of them is asked. See docs/checking.md."
)]
pub(in crate::cli) struct BuildArgs {
    /// Files and folders to read
    #[arg(value_name = "PATHS", default_values_os_t = [project::path("budgets")])]
    pub(in crate::cli) paths: Vec<PathBuf>,

    /// The folder to write into
    #[arg(long, value_name = "DIR", env = "GAISAN_OUT", default_value_os_t = project::path("output"))]
    pub(in crate::cli) out: PathBuf,

    /// The formats to write
    #[arg(
        long,
        value_name = "FORMATS",
        env = "GAISAN_FORMAT",
        value_delimiter = ',',
        ignore_case = true,
        default_value = "md,html,pdf"
    )]
    pub(in crate::cli) format: Vec<FormatArg>,

    /// The language of the sheets' labels; without it each chapter's own
    #[arg(long, value_name = "LANG")]
    pub(in crate::cli) lang: Option<LangArg>,

    /// How many threads to use; 0 is one a core
    #[arg(long, value_name = "N", env = "GAISAN_JOBS", default_value_t = 0)]
    pub(in crate::cli) jobs: usize,

    /// The folder with templates that take the place of built-in ones
    #[arg(long, value_name = "DIR", env = "GAISAN_TEMPLATES", default_value_os_t = project::path("templates"))]
    pub(in crate::cli) templates: PathBuf,

    /// Make everything anew, also what is up to date
    #[arg(help_heading = "What is written", long, conflicts_with = "check")]
    pub(in crate::cli) force: bool,

    /// Write nothing; name the outputs that are missing, out of date or edited by hand
    #[arg(help_heading = "What is written", long)]
    pub(in crate::cli) check: bool,

    /// Do not change a sheet of a revision that is released
    #[arg(help_heading = "What is written", long)]
    pub(in crate::cli) locked: bool,

    /// Remove the files of sheets that no longer exist
    #[arg(help_heading = "What is written", long, conflicts_with = "check")]
    pub(in crate::cli) prune: bool,

    /// Make only one of N parts of the sheets, e.g. 2/5; `gaisan manifest merge` puts them together
    #[arg(help_heading = "What is written", long, value_name = "K/N")]
    pub(in crate::cli) shard: Option<Shard>,

    /// How the sheets of programs are laid out whose chapter and program do not say it; goes before gaisan.yaml
    #[arg(long, value_name = "LAYOUT")]
    pub(in crate::cli) layout: Option<LayoutArg>,

    /// Print how the sheet of a program came to fit its page: sizes and columns tried, lines over or left
    #[arg(help_heading = "What is shown", long, value_name = "ID")]
    pub(in crate::cli) explain_layout: Option<String>,

    /// Print where the time went
    #[arg(help_heading = "What is shown", long)]
    pub(in crate::cli) timings: bool,

    /// Show the result in the browser: the index of all sheets
    #[arg(help_heading = "What is shown", long, conflicts_with = "check")]
    pub(in crate::cli) open: bool,

    #[command(flatten)]
    pub(in crate::cli) severity: SeverityArgs,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan release --label 8月31日提出              freeze every chapter in budgets/\n  gaisan release budgets/fy2022 --date 2021-08-31\n\nA chapter says which revision it is: `revision: 3`. Its sheets, as they are in the output folder, are copied to\nfy2022/mext-5/r3. A revision that is released already is refused if the content differs."
)]
pub(in crate::cli) struct ReleaseArgs {
    /// Files and folders to read
    #[arg(value_name = "PATHS", default_values_os_t = [project::path("budgets")])]
    pub(in crate::cli) paths: Vec<PathBuf>,

    /// What to call the release
    #[arg(long, value_name = "TEXT", value_parser = line)]
    pub(in crate::cli) label: Option<String>,

    /// The day of the release [default: SOURCE_DATE_EPOCH, or else today, both in UTC: until nine in the morning that is yesterday in Japan]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(in crate::cli) date: Option<String>,

    /// The folder with the sheets
    #[arg(long, value_name = "DIR", env = "GAISAN_OUT", default_value_os_t = project::path("output"))]
    pub(in crate::cli) out: PathBuf,

    /// The folder with templates that take the place of built-in ones
    #[arg(long, value_name = "DIR", env = "GAISAN_TEMPLATES", default_value_os_t = project::path("templates"))]
    pub(in crate::cli) templates: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan watch                                  build budgets/ into output/ after every save\n  gaisan watch budgets/fy2022 --format html --serve\n                                                … and show it in the browser, which follows every save\n  gaisan watch --serve 8421                     at another port\n\nOnly browsers on this machine are served. The script that loads a page again is added while serving, never to a file."
)]
pub(in crate::cli) struct WatchArgs {
    #[command(flatten)]
    pub(in crate::cli) sheets: BuildArgs,

    /// Show the output folder in browsers of this machine, and have them follow every save
    #[arg(long, value_name = "ADDR:PORT", num_args = 0..=1, require_equals = true, default_missing_value = "8420", value_parser = crate::cli::watch::address)]
    pub(in crate::cli) serve: Option<SocketAddr>,
}
