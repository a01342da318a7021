//! The command line of `gaisan diff`.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::args::LangArg;
use crate::cli::{project, say};

const EXAMPLES: &str = "\
Examples:
  gaisan diff                                             the last commit against budgets/ as it is
  gaisan diff budgets/fy2022 budgets/fy2023               last year against this year
  gaisan diff budgets --years R4:R5                       the same, in one folder
  gaisan diff HEAD~1:budgets budgets                      the commit before against budgets/ as it is
  gaisan diff q-leap-2022.pdf budgets/fy2023              a sheet, by the data inside it, against this year
  gaisan diff --rev main..HEAD budgets                    what a branch changes
  gaisan diff budgets/fy2023 budgets/fy2023 --columns prior:requested
                                                          this year's request against last year's budget
  gaisan diff budgets/fy2022 budgets/fy2023 --out output/changes
                                                          change sheets as Markdown, HTML and PDF
  gaisan diff budgets/fy2022 budgets/fy2023 --output-format csv --bom > changes.csv
                                                          a table for Excel
  gaisan diff --rev main..HEAD --fail-on 'increase>5%' --fail-on discontinuity

Without --columns, drafts and stages of one year are compared in all amounts that are stated, two years in their requests and in last year's enacted budget with this year's request.

Exit codes: 0 the same, 1 different, 2 trouble. With --fail-on: 0 no threshold is passed, 1 one is, 2 trouble.
See docs/diff.md.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, override_usage = "gaisan diff [OPTIONS] [OLD] [NEW]")]
pub(crate) struct DiffArgs {
    /// The old and the new side: files, folders, sheets (a PDF or an HTML page that gaisan made), or `REV:PATH` of the repository around this folder. One alone is compared with
    /// itself at the last commit
    #[arg(value_names = ["OLD", "NEW"], num_args = 0..=2)]
    pub(super) sides: Vec<String>,

    /// Compare two revisions, `A..B`, `A...B` (from where B left A), or one with the files as they are
    #[arg(long, value_name = "A..B")]
    pub(super) rev: Option<String>,

    /// Only these fiscal years: of the old side, of the new side
    #[arg(long, value_name = "OLD:NEW")]
    pub(super) years: Option<String>,

    /// Only these stages: request, proposal, enacted, supplementary or settled
    #[arg(long, value_name = "OLD:NEW")]
    pub(super) stages: Option<String>,

    /// Which amounts to compare: requested, prior, enacted or supplementary; several pairs with commas, the first leads
    #[arg(long, value_name = "OLD:NEW", value_delimiter = ',')]
    pub(super) columns: Vec<String>,

    /// How to print the comparison
    #[arg(long, value_name = "STYLE", default_value = "table")]
    output_format: DiffFormat,

    /// The old name of `--output-format`
    #[arg(long, value_name = "STYLE", hide = true)]
    format: Option<DiffFormat>,

    /// Begin CSV with a byte order mark, by which Excel knows that it is UTF-8
    #[arg(long)]
    pub(super) bom: bool,

    /// Print one line for each chapter
    #[arg(long, conflicts_with = "output_format")]
    pub(super) stat: bool,

    /// Show every line: those that are the same, too, and all that changed where there are too many for a screen
    #[arg(long)]
    pub(super) all: bool,

    /// The language of the words; without it each chapter's own
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<LangArg>,

    /// Write a change sheet of each chapter into this folder, as Markdown, HTML and PDF, and print only where
    #[arg(long, value_name = "DIR", conflicts_with_all = ["output_format", "format", "stat", "all"])]
    pub(super) out: Option<PathBuf>,

    /// The folder with templates that take the place of built-in ones
    #[arg(long, value_name = "DIR", env = "GAISAN_TEMPLATES", default_value_os_t = project::path("templates"))]
    pub(super) templates: PathBuf,

    /// Fail only when this is found: `increase>5%`, `decrease>10億円`, `change>100百万円`, `total-increase>3%`, new, ended,
    /// unlisted, moved, words, unmatched, discontinuity
    #[arg(long, value_name = "THRESHOLD")]
    pub(super) fail_on: Vec<String>,
}

impl DiffArgs {
    pub(super) fn format(&self) -> DiffFormat {
        say::renamed("--format", "--output-format", self.format).unwrap_or(self.output_format)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// Tables for a terminal
    Table,
    /// One JSON document, see docs/schema/diff.schema.json
    Json,
    /// A record for each line and pair of columns
    Csv,
    /// A comment for a pull request, at most 65,000 characters
    Md,
}
