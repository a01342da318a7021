//! The richer parts of a program: areas and recipients, funding flow, logic model, figures.

use std::path::PathBuf;

use super::{FiscalYear, Id, PartialDate, Percent, ProgramId};
use crate::source::{Span, Spanned};
use crate::vector::Vector;

/// A technical area or component of a program.
#[derive(Clone, Debug)]
pub struct Area {
    /// Printed before the title, e.g. 技術領域1.
    pub number: Option<String>,
    pub title: String,
    /// Markdown.
    pub body: Option<Spanned<String>>,
    /// Recipients by kind of project.
    pub groups: Vec<Group>,
}

/// Recipients of one kind of project.
#[derive(Clone, Debug)]
pub struct Group {
    /// The kind, e.g. Flagshipプロジェクト.
    pub title: String,
    /// How many awards there are, stated; checked against the list.
    pub count: Option<Spanned<u32>>,
    pub recipients: Vec<Recipient>,
    /// Markdown.
    pub body: Option<Spanned<String>>,
}

/// One who receives money.
#[derive(Clone, Debug)]
pub struct Recipient {
    pub name: String,
    /// How many awards, if more than one: 大阪大<2件>.
    pub count: u32,
    /// Where it is listed.
    pub span: Span,
}

/// Who passes the money to whom, by what instrument.
#[derive(Clone, Debug)]
pub struct FundingFlow {
    /// Printed above the diagram.
    pub title: Option<String>,
    pub nodes: Vec<FlowParty>,
    pub edges: Vec<FlowPassing>,
    /// The whole entry.
    pub span: Span,
}

/// A party in a funding flow.
#[derive(Clone, Debug)]
pub struct FlowParty {
    /// What edges call it.
    pub id: Spanned<Id>,
    pub label: String,
    /// A second line.
    pub detail: Option<String>,
    /// Whether it is the state, where all money comes from.
    pub is_state: bool,
}

/// Money passed from one party to another.
#[derive(Clone, Debug)]
pub struct FlowPassing {
    /// The giver's id.
    pub from: Spanned<String>,
    /// The receiver's id.
    pub to: Spanned<String>,
    /// The instrument, e.g. 補助金, 委託費, 運営費交付金.
    pub instrument: String,
    /// What else passes along, e.g. 審査・採択.
    pub detail: Option<String>,
}

/// What is done, what comes of it, what it is good for.
#[derive(Clone, Debug, Default)]
pub struct LogicModel {
    /// アウトプット, what is done.
    pub outputs: Vec<Outcome>,
    /// アウトカム, what comes of it.
    pub outcomes: Vec<Outcome>,
    /// インパクト, what it is good for.
    pub impacts: Vec<Outcome>,
}

/// One entry of a logic model.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub text: String,
    /// How it is measured.
    pub indicator: Option<String>,
    /// Where it starts.
    pub baseline: Option<Spanned<String>>,
    /// Where it is to get.
    pub target: Option<Spanned<String>>,
    /// By when.
    pub date: Option<Spanned<Due>>,
}

/// When a target is to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// By a date, known to the day, the month or the year.
    Date(PartialDate),
    /// In a fiscal year.
    FiscalYear(FiscalYear),
}

/// A chart or a picture of a program.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Names its file.
    pub id: Spanned<Id>,
    /// Printed with it.
    pub title: Option<String>,
    /// What it shows, for those who cannot see it.
    pub alt: Option<String>,
    /// The file that the picture is in, if it is one.
    pub path: Option<PathBuf>,
    pub content: PictureContent,
}

impl Picture {
    /// The name of its file beside the Markdown sheets of its chapter.
    pub fn file_name(&self, program: &ProgramId) -> String {
        let ending = match &self.content {
            PictureContent::Chart { .. } | PictureContent::Vector(_) => "svg",
            PictureContent::Image { is_png: true, .. } => "png",
            PictureContent::Image { is_png: false, .. } => "jpg",
        };
        format!("{program}-{}.{ending}", self.id.value)
    }
}

/// A figure that is drawn without being asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// Bars of requested and prior amounts.
    Comparison,
    Flow,
    /// Columns by fiscal year.
    Series,
    /// Bars of the largest changes.
    Moves,
}

impl Drawing {
    /// The name of its file beside the Markdown sheets of its chapter; `of` is a line's id or `overview`.
    pub fn file_name(self, of: &str) -> String {
        let kind = match self {
            Self::Comparison => "comparison",
            Self::Flow => "flow",
            Self::Series => "series",
            Self::Moves => "moves",
        };
        format!("{of}-{kind}.svg")
    }
}

/// What a picture shows.
#[derive(Clone, Debug)]
pub enum PictureContent {
    /// A whole divided into parts.
    Chart {
        /// What is divided.
        whole: String,
        parts: Vec<ChartPart>,
    },
    /// A file beside the YAML.
    Image {
        /// Whether the file is a PNG; otherwise it is a JPEG.
        is_png: bool,
        bytes: Vec<u8>,
    },
    /// An SVG file beside the YAML, reduced to its areas.
    Vector(Vector),
}

/// A part of a divided whole.
#[derive(Clone, Debug)]
pub struct ChartPart {
    pub label: String,
    pub percent: Spanned<Percent>,
}
