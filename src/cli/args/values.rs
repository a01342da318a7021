//! The values that options take.

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::ValueEnum;
use gaisan::model::{Lang, PartialDate, SheetLayout};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum VerifyOutputArg {
    /// A line a file, for people
    #[value(alias = "human")]
    Full,
    /// One JSON document, see docs/schema/verify.schema.json
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OutputArg {
    /// Source lines with carets, for people
    #[value(alias = "human")]
    Full,
    /// One line each
    Concise,
    /// One JSON document, see docs/schema/findings.schema.json
    Json,
    /// SARIF 2.1.0, for code-scanning viewers
    Sarif,
    /// Workflow commands, for GitHub Actions
    Github,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum FormatArg {
    /// Markdown with SVG figures beside it
    Md,
    /// One self-contained file
    Html,
    /// PDF
    Pdf,
    /// A workbook of each chapter, with live sums
    Xlsx,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum LangArg {
    /// 日本語
    Ja,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Ja => Self::Ja,
            LangArg::En => Self::En,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum LayoutArg {
    /// 一枚: one landscape page
    OnePage,
    /// 報告書: upright pages
    Report,
}

impl From<LayoutArg> for SheetLayout {
    fn from(layout: LayoutArg) -> Self {
        match layout {
            LayoutArg::OnePage => Self::OnePage,
            LayoutArg::Report => Self::Report,
        }
    }
}

/// What becomes of findings.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Severity")]
pub(in crate::cli) struct SeverityArgs {
    /// Make errors of the findings of these rules; `warnings` stands for all that would be warnings, `draft` for what is not settled (W0307)
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(in crate::cli) deny: Vec<String>,

    /// Make warnings of the findings of these rules
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(in crate::cli) warn: Vec<String>,

    /// Do not report the findings of these rules
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(in crate::cli) allow: Vec<String>,

    /// The project's settings [default: gaisan.yaml in the current folder or one above it]
    #[arg(long, value_name = "FILE", env = "GAISAN_CONFIG")]
    pub(in crate::cli) config: Option<PathBuf>,
}

/// When to color.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Coloring(ColorChoice);

impl Coloring {
    pub(in crate::cli) fn write_global(self) {
        self.0.write_global();
    }
}

pub(super) fn color(text: &str) -> Result<Coloring, String> {
    match text {
        "auto" if is_forced() => Ok(Coloring(ColorChoice::Always)),
        "auto" => Ok(Coloring(ColorChoice::Auto)),
        "always" => Ok(Coloring(ColorChoice::Always)),
        "never" => Ok(Coloring(ColorChoice::Never)),
        _ => Err("write `auto`, `always` or `never`".to_owned()),
    }
}

/// Whether FORCE_COLOR asks for colors anywhere; NO_COLOR goes before it.
fn is_forced() -> bool {
    let said = |name| std::env::var(name).is_ok_and(|value| !matches!(value.as_str(), "" | "0"));
    said("FORCE_COLOR") && !said("NO_COLOR")
}

/// A text that is written where one line is printed.
pub(super) fn line(text: &str) -> Result<String, String> {
    gaisan::source::one_line(text).map(str::to_owned)
}

/// A day as `2022-08-31`.
pub(super) fn date(text: &str) -> Result<String, String> {
    let day = PartialDate::parse(text).ok().filter(|day| day.day().is_some() && day.iso() == text);
    day.map(PartialDate::iso).ok_or_else(|| "write a day as YYYY-MM-DD, e.g. 2022-08-31".to_owned())
}
