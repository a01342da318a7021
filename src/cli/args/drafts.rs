//! The command line of what makes files: a new year, a project, a program.

use std::path::PathBuf;

use clap::Subcommand;

use super::LangArg;
use super::values::line;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan roll budgets/fy2026 --to R9           budgets/fy2027 from budgets/fy2026\n  gaisan roll budgets/fy2026/x --to 2027 --dry-run\n\nPrior amounts are what was enacted, or else what was requested, marked so; what is requested is undecided (未定), so the\nsheets are drafts. Lines that have ended leave. See docs/year.md."
)]
pub(in crate::cli) struct RollArgs {
    /// The file or folder of this year's chapters
    #[arg(value_name = "PATH")]
    pub(in crate::cli) path: PathBuf,

    /// The year to make, e.g. R10, 令和10年度, 2028
    #[arg(long, value_name = "YEAR")]
    pub(in crate::cli) to: String,

    /// Also write an empty `enacted` into this year's files, to be filled in
    #[arg(long)]
    pub(in crate::cli) enacted: bool,

    /// Write nothing; say what would be written
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  gaisan init my-request && cd my-request && gaisan build\n\nFiles that are there already stay as they are: if one is, nothing is written."
)]
pub(in crate::cli) struct InitArgs {
    /// The folder of the project
    #[arg(value_name = "DIR", default_value = ".")]
    pub(in crate::cli) folder: PathBuf,

    /// The year that is requested for [default: the one after this year]
    #[arg(long, value_name = "YEAR")]
    pub(in crate::cli) year: Option<String>,

    /// The language of the files [default: that of messages]
    #[arg(long, value_name = "LANG")]
    pub(in crate::cli) lang: Option<LangArg>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct NewArgs {
    #[command(subcommand)]
    pub(in crate::cli) what: NewCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum NewCommand {
    /// A program with a file of its own, at the end of the chapter's list
    Program(NewProgramArgs),
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  gaisan new program flood-gauges --title 水位計の更新 --in budgets/fy2027/x"
)]
pub(in crate::cli) struct NewProgramArgs {
    /// Its id: small letters, digits, hyphens
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: String,

    /// Its title
    #[arg(long, value_name = "TEXT", value_parser = line)]
    pub(in crate::cli) title: Option<String>,

    /// The chapter's file or folder
    #[arg(long = "in", value_name = "CHAPTER")]
    pub(in crate::cli) chapter: PathBuf,
}
