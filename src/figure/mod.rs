//! Charts and diagrams: data in, shapes out. Each renderer draws the same shapes.
//!
//! [`draw`] is pure geometry in points; [`svg()`] and [`inline_svg`] write a [`Drawing`] as SVG.

mod bars;
mod columns;
mod flow;
mod label;
mod legend;
mod shape;
mod shares;
mod svg;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::contrast;
mod waterfall;

pub use shape::{Anchor, Drawing, Ink, Point, Shape};
pub use svg::{inline_svg, svg};

use std::collections::BTreeMap;

use crate::document::quoted;
use crate::model::Lang;
use crate::vector::Vector;
use shape::CANVAS;

/// The narrowest drawing.
const NARROWEST: f64 = PHONE;

/// The width of a phone: in a box on the narrowest screen, lettering of 8 points is then of 12 pixels.
const PHONE: f64 = 160.0;

/// Draws a chart or a diagram; `None` for a picture from a file, which needs no drawing.
pub fn draw(figure: &Figure, lang: Lang) -> Option<Drawing> {
    draw_within(figure, lang, CANVAS)
}

/// The same for a column of some width, in points: a narrow one gets a drawing of its own rather than small lettering.
pub fn draw_within(figure: &Figure, lang: Lang, width: f64) -> Option<Drawing> {
    let room = if width.is_finite() { width.max(NARROWEST) } else { CANVAS };
    let width = room.min(CANVAS);
    let mut drawing = match figure {
        Figure::Bars(bars) => bars::draw(bars, lang, width),
        Figure::Columns(columns) => columns::draw(columns, lang, width),
        Figure::Waterfall(waterfall) => waterfall::draw(waterfall, lang, width),
        Figure::Shares(shares) => shares::draw(shares, width),
        // Arrows may be long, bars would be too far from what they show.
        Figure::Flow(flow) => flow::draw(flow, room.min(2.0 * CANVAS)),
        Figure::Image(_) | Figure::Vector(_) => return None,
    };
    for shape in &mut drawing.shapes {
        if let Shape::Text { text, .. } = shape {
            *text = quoted(text, lang);
        }
    }
    Some(drawing)
}

/// The same for a phone, where it has another drawing there than a wide one: its lettering is to be legible at that width, and one that needs
/// more is looked at piece by piece.
pub fn draw_narrow(figure: &Figure, lang: Lang, wide: &Drawing) -> Option<Drawing> {
    draw_within(figure, lang, PHONE).filter(|narrow| narrow.width < wide.width.min(PHONE * 1.15))
}

/// The figures of a sheet by the target that the Markdown uses for them.
pub type Figures = BTreeMap<String, Figure>;

/// What can be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// Horizontal bars that compare amounts: prior year against requested.
    Bars(Bars),
    /// Upright columns that show a line's amounts year by year.
    Columns(ColumnChart),
    /// From an old total to a new one, step by step.
    Waterfall(Waterfall),
    /// One horizontal bar of 100 percent, divided.
    Shares(Shares),
    /// Boxes and arrows: who passes money to whom, by what instrument.
    Flow(Flow),
    /// A picture from a file.
    Image(Image),
    /// A picture of lines and areas from a file.
    Vector(Vector),
}

/// A bar chart. Lengths are computed by integer arithmetic from `value`; the printed text is `label` and `text`.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// What the bars are measured in, printed as a caption: `単位：百万円`.
    pub unit: String,
    /// Groups of bars, one a program; each group has the same series.
    pub groups: Vec<BarGroup>,
    /// The names of the series, e.g. `前年度予算額`, `要求・要望額`.
    pub series: Vec<String>,
}

impl Bars {
    /// The groups that a chart has room for, in their order: of very many a sum and the largest, and the places of the others.
    pub fn shown(groups: Vec<BarGroup>) -> (Vec<BarGroup>, Vec<usize>) {
        bars::shown(groups)
    }
}

/// The bars of one program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarGroup {
    /// The program's title.
    pub label: String,
    /// Whether the groups after it are its parts; it stands apart from them.
    pub whole: bool,
    /// One bar a series; `None` where there is no amount (新規, 終了 …), then `text` says why.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The amount in the smallest currency unit; only ratios matter.
    pub value: Option<i128>,
    /// The amount as printed, e.g. `4,592`, or `新規`.
    pub text: String,
}

/// A chart of one line over the years.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnChart {
    /// What the columns are measured in, printed as a caption: `単位：百万円`.
    pub unit: String,
    /// What the amounts of a year are called: requested, proposed, initial budget, supplementary budgets, settled.
    pub names: [String; 5],
    /// The years, in order.
    pub years: Vec<ColumnYear>,
}

impl ColumnChart {
    /// Of some years the last ones, as many as there is room for without breaking a figure.
    pub fn shown(years: Vec<ColumnYear>) -> Vec<ColumnYear> {
        columns::shown(years)
    }
}

/// One year of a [`ColumnChart`] chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnYear {
    /// The year as printed.
    pub label: String,
    /// Whether it is the year of the sheet.
    pub own: bool,
    /// The amounts, as [`ColumnChart::names`] names them. The supplementary budgets stand on top of the initial one.
    pub amounts: [Option<Bar>; 5],
}

/// A chart of how one total became another.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// What the bars are measured in, printed as a caption: `単位：百万円`.
    pub unit: String,
    /// The old total, what happened, the new total, in this order.
    pub steps: Vec<Step>,
}

/// One row of a waterfall.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub kind: StepKind,
    /// The total's name, or what happened.
    pub label: String,
    /// Smaller lines under it, parted by line ends, e.g. the lines it happened to; may be empty.
    pub detail: String,
    /// The total, or the change with its sign, as printed.
    pub text: String,
    /// The same in the smallest currency unit; only ratios matter.
    pub value: i128,
}

/// What a row of a waterfall shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    Old,
    /// A change, added to what is above it.
    Change,
    /// The same, where it only makes the two totals comparable and nothing rose or fell.
    Aside,
    New,
}

/// A divided bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// What is divided, e.g. `2018年輸出総額（81兆円）`.
    pub whole: String,
    /// The parts, in order.
    pub parts: Vec<Share>,
    /// Why the parts as stated do not make up the whole; empty where they do.
    pub note: String,
}

/// One part of a divided bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The part's name.
    pub label: String,
    /// The part's share as printed, e.g. `20%`.
    pub text: String,
    /// The share in millionths of the whole.
    pub millionths: u32,
}

/// A diagram of who passes money to whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// The boxes.
    pub nodes: Vec<FlowNode>,
    /// The arrows.
    pub edges: Vec<FlowEdge>,
}

/// A box of a flow diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowNode {
    /// Its name, e.g. `国`.
    pub label: String,
    /// A second, smaller line, e.g. `内閣府、文部科学省等`.
    pub detail: Option<String>,
}

/// An arrow of a flow diagram, between places in [`Flow::nodes`].
#[derive(Clone, Debug, PartialEq)]
pub struct FlowEdge {
    /// Where the money comes from.
    pub from: usize,
    pub to: usize,
    /// By what instrument, e.g. `委託費`.
    pub instrument: String,
    /// What else passes along it, e.g. `審査・採択`.
    pub detail: Option<String>,
}

/// A picture file.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// What the bytes are.
    pub kind: ImageKind,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// Formats of picture files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageKind {
    Png,
    Jpeg,
}
