//! The command line as it is written.

mod drafts;
mod sheets;
mod values;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::completions::{CompletionsArgs, ManArgs};
use super::diff::DiffArgs;
use super::export::ExportArgs;
use super::format::FmtArgs;
use super::import::ImportArgs;
use super::ls::{LsArgs, ShowArgs};
use super::project;
pub(super) use drafts::{InitArgs, NewArgs, NewCommand, RollArgs};
pub(super) use sheets::{BuildArgs, ReleaseArgs, WatchArgs};
use values::{Coloring, color};
pub(super) use values::{FormatArg, LangArg, LayoutArg, OutputArg, SeverityArgs, VerifyOutputArg};

/// The heading of the options that every command has.
pub(super) const MESSAGES: &str = "Messages";

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

    /// The language of messages, `ja` or `en`; without it that of the terminal (LC_ALL, LC_MESSAGES, LANG) or of Windows
    #[arg(long, value_name = "LANG", env = "GAISAN_LANG", hide_possible_values = true)]
    pub(super) lang: Option<LangArg>,

    /// Color the output: `auto` does so on a terminal unless NO_COLOR is set, and anywhere if FORCE_COLOR is
    #[arg(long, global = true, help_heading = MESSAGES, value_name = "WHEN", env = "GAISAN_COLOR", default_value = "auto", value_parser = color)]
    pub(super) color: Coloring,

    /// Print findings and results, and nothing about how it went
    #[arg(long, short, global = true, help_heading = MESSAGES, conflicts_with = "verbose")]
    pub(super) quiet: bool,

    /// Print more: every sheet that changed, and where the time went
    #[arg(long, short, global = true, help_heading = MESSAGES)]
    pub(super) verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the sheets of all chapters found
    Build(BuildArgs),
    /// Freeze the sheets of a revision
    Release(ReleaseArgs),
    /// Take the lines of workbooks and CSV files
    Import(ImportArgs),
    /// Write the amounts for spreadsheets and other programs
    Export(ExportArgs),
    /// Put the files of chapters in order: keys, indentation, amounts
    Fmt(FmtArgs),
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
    /// List the lines of all chapters found with their amounts
    Ls(LsArgs),
    /// Show a line: how much it is now, was before, and what it is made of
    Show(ShowArgs),
    /// List the rules, or print the manual of one
    Rules(RulesArgs),
    /// List the built-in templates, or copy them out to be changed
    Templates(TemplatesArgs),
    /// Print the format as JSON Schema, for editors
    #[command(
        after_help = "Example:\n  gaisan schema > gaisan.schema.json             for VS Code and others, see docs/editors.md"
    )]
    Schema,
    /// Print what completes this command line in a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
    /// Say which version this is and under which licenses it and its fonts are
    #[command(after_help = "Example:\n  gaisan about")]
    About,
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
    #[arg(long, value_name = "DIR", env = "GAISAN_OUT", default_value_os_t = project::path("output"))]
    pub(super) out: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan check                                  everything in budgets/\n  gaisan check budgets/fy2022/mext-5            one chapter\n  gaisan check --deny W0203 --allow W0506       weigh findings differently\n  gaisan check --output-format concise          a line a finding\n  gaisan check --statistics                     how many of which rule\n  gaisan check --fix --diff                     show what has only one cure and would be put right\n  gaisan check --fix                            put it right, and report what remains\n  gaisan check - < draft.yaml                   a chapter from the standard input\n\nExit codes: 0 nothing to correct, 1 errors (left after --fix; with --diff also something to change), 2 the machine or the command line.\nThe command line goes before gaisan.yaml, and that before the rule's own severity; errors stay errors.\nWhat `accept` in a budget file accepts is out before any of them is asked. See docs/checking.md."
)]
pub(super) struct CheckArgs {
    /// Files and folders to read
    #[arg(value_name = "PATHS", default_values_os_t = [project::path("budgets")])]
    pub(super) paths: Vec<PathBuf>,

    /// How to print the findings
    #[arg(long, value_name = "STYLE", env = "GAISAN_OUTPUT_FORMAT", default_value = "full")]
    pub(super) output_format: OutputArg,

    /// The old name of `--output-format`
    #[arg(long, value_name = "STYLE", hide = true)]
    pub(super) output: Option<OutputArg>,

    /// Count the findings of each rule instead of printing them
    #[arg(long)]
    pub(super) statistics: bool,

    #[command(flatten)]
    pub(super) fix: FixArgs,

    #[command(flatten)]
    pub(super) severity: SeverityArgs,
}

/// What is put right.
#[derive(Debug, clap::Args)]
#[command(
    next_help_heading = "Putting right",
    group(clap::ArgGroup::new("mending").args(["fix", "diff"]).multiple(true))
)]
pub(super) struct FixArgs {
    /// Put right in the files what has only one cure, and report what remains
    #[arg(long)]
    pub(super) fix: bool,

    /// Put right also what is probably meant; look at it afterwards, best with --diff before
    #[arg(long, requires = "mending")]
    pub(super) suggested: bool,

    /// Write nothing; show what --fix would change
    #[arg(long)]
    pub(super) diff: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan verify q-leap.pdf                      prove one sheet, from nothing but the file\n  gaisan verify output                          prove every sheet of a folder\n  gaisan verify --manifest output/manifest.json prove that all files of a build are there and belong together\n\nExit codes: 0 all proven, 1 not, 2 a file that cannot be read or that gaisan did not make.\nSee docs/ci.md for what is proven and what is not."
)]
pub(super) struct VerifyArgs {
    /// PDFs, pages, and folders with them
    #[arg(value_name = "FILES", required_unless_present = "manifest")]
    pub(super) files: Vec<PathBuf>,

    /// Prove also that the files are those of one build or release, which this manifest.json or release.json lists; without FILES, all that it lists
    #[arg(long, value_name = "FILE")]
    pub(super) manifest: Option<PathBuf>,

    /// Prove the data inside and leave out the pages
    #[arg(long)]
    pub(super) data_only: bool,

    /// The folder with the templates that may be run; others that ride inside a sheet are not
    #[arg(long, value_name = "DIR", env = "GAISAN_TEMPLATES", default_value_os_t = project::path("templates"))]
    pub(super) templates: PathBuf,

    /// How to print the verdicts
    #[arg(long, value_name = "STYLE", default_value = "full")]
    pub(super) output_format: VerifyOutputArg,

    /// The old name of `--output-format`
    #[arg(long, value_name = "STYLE", hide = true)]
    pub(super) output: Option<VerifyOutputArg>,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan rules                                  all rules, a line each\n  gaisan rules E0201                            the manual of one, with an example"
)]
pub(super) struct RulesArgs {
    /// The code of a rule, e.g. E0201
    #[arg(value_name = "CODE")]
    pub(super) code: Option<String>,

    /// Print all manuals as one Markdown document
    #[arg(long, conflicts_with = "code")]
    pub(super) all: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan templates                              the names of the built-in templates\n  gaisan templates --write                      copy them to templates/, to be changed"
)]
pub(super) struct TemplatesArgs {
    /// Copy the built-in templates into a folder; files that are there already stay as they are
    #[arg(long)]
    pub(super) write: bool,

    /// The folder to copy into
    #[arg(long, value_name = "DIR", default_value = "templates")]
    pub(super) dir: PathBuf,
}
