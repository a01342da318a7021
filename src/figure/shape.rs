//! What figures are drawn with: a canvas in points, y downwards, and a handful of shapes in named inks.
//!
//! The geometry is decided here once; a renderer only maps the inks to its theme and writes the shapes in order.

use super::label::extent;
use crate::named::named;

/// A place on the canvas: x to the right, y downwards, in points.
pub type Point = (f64, f64);

/// The width of a canvas in points. It fits the text block of an A4 page without scaling.
pub(super) const CANVAS: f64 = 480.0;

/// The shortest that anything drawn for an amount is, in points.
pub(super) const SMALLEST: f64 = 1.0;

/// How long a bar is, in points, when the largest amount has the length `longest`. Amounts are in the smallest units and are
/// compared by integer arithmetic; what is not above zero has no length, anything else can be seen.
pub(super) fn length(value: i128, largest: i128, longest: f64) -> f64 {
    if value <= 0 || largest <= 0 {
        return 0.0;
    }
    // Both are halved together until the product below fits; at that size the halves lose nothing visible.
    let (mut value, mut largest) = (value, largest);
    while value > i128::MAX / 1_000_000 {
        value /= 2;
        largest /= 2;
    }
    let millionths = (value * 1_000_000 / largest.max(1)).min(1_000_000);
    let millionths = u32::try_from(millionths).unwrap_or(1_000_000);
    (f64::from(millionths) / 1_000_000.0 * longest).max(SMALLEST)
}

/// A figure as shapes, to be painted in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The canvas's width in points (1/72 inch).
    pub width: f64,
    /// The canvas's height in points.
    pub height: f64,
    /// The shapes; later ones lie on top.
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// The middles of the stretches, at least so high, in which nothing is drawn across the whole width.
    pub fn gaps(&self, least: f64) -> Vec<f64> {
        let mut extents: Vec<(f64, f64)> = self.shapes.iter().filter_map(Shape::upright).collect();
        extents.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut gaps = Vec::new();
        let mut end = extents.first().map_or(0.0, |first| first.0);
        for (top, bottom) in extents {
            if top - end >= least {
                gaps.push((end + top) / 2.0);
            }
            end = end.max(bottom);
        }
        gaps
    }
}

/// One thing to paint.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle; a stroke is 0.8 points wide and centered on the edge.
    Rect {
        /// The left edge.
        x: f64,
        /// The upper edge.
        y: f64,
        w: f64,
        h: f64,
        /// The radius of the corners, 0 for square ones.
        radius: f64,
        /// The ink inside.
        fill: Option<Ink>,
        /// The ink of the edge.
        stroke: Option<Ink>,
    },
    /// An open line through two or more points.
    Line {
        points: Vec<Point>,
        ink: Ink,
        /// The thickness in points.
        width: f64,
    },
    /// A filled area, such as the head of an arrow.
    Polygon {
        points: Vec<Point>,
        /// The ink inside.
        fill: Ink,
    },
    /// One line of text.
    Text {
        /// Where the text is anchored.
        x: f64,
        /// The baseline.
        y: f64,
        /// The size of the type in points.
        size: f64,
        /// Whether it is set in bold.
        bold: bool,
        /// Which part of the text stands at `x`.
        anchor: Anchor,
        ink: Ink,
        /// The text, not escaped.
        text: String,
    },
}

impl Shape {
    /// Its upper and its lower end.
    pub(crate) fn upright(&self) -> Option<(f64, f64)> {
        match self {
            Self::Rect { y, h, .. } => Some((*y, y + h)),
            Self::Text { .. } => extent(self).map(|(_, top, _, bottom)| (top, bottom)),
            Self::Line { points, .. } | Self::Polygon { points, .. } => {
                let ends = points.iter().map(|(_, y)| (*y, *y));
                ends.reduce(|one, next| (one.0.min(next.0), one.1.max(next.1)))
            }
        }
    }

    /// Moves it to the right and down.
    pub(super) fn shift(&mut self, (right, down): Point) {
        match self {
            Self::Rect { x, y, .. } | Self::Text { x, y, .. } => (*x, *y) = (*x + right, *y + down),
            Self::Line { points, .. } | Self::Polygon { points, .. } => {
                points.iter_mut().for_each(|(x, y)| (*x, *y) = (*x + right, *y + down));
            }
        }
    }
}

/// Which part of a text stands at its x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

named! {
    /// The palette. Text in [`Ink::Text`] is legible on `Paper`, `AccentSoft` and `Prior`; on `Accent` it is set in `Paper`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Ink {
        /// Running text.
        Text = "text",
        /// Secondary text.
        Muted = "muted",
        /// What the reader should see first: the requested amount, arrows.
        Accent = "accent",
        /// A pale tone of the accent: grounds of boxes.
        AccentSoft = "accent-soft",
        /// Last year's amounts, in grey-blue.
        Prior = "prior",
        /// Hairlines.
        Line = "line",
        /// The ground.
        Paper = "paper",
    }
}

impl Ink {
    /// The ink's red, green and blue on white paper.
    pub fn light(self) -> [u8; 3] {
        match self {
            Self::Text => [0x1b, 0x24, 0x30],
            Self::Muted => [0x53, 0x5e, 0x6b],
            Self::Accent => [0x1f, 0x43, 0x7a],
            Self::AccentSoft => [0xe6, 0xec, 0xf5],
            Self::Prior => [0x85, 0x92, 0xa3],
            Self::Line => [0x8a, 0x95, 0xa3],
            Self::Paper => [0xff, 0xff, 0xff],
        }
    }

    /// The ink's red, green and blue on a dark screen.
    pub fn dark(self) -> [u8; 3] {
        match self {
            Self::Text => [0xe6, 0xea, 0xf0],
            Self::Muted => [0xa9, 0xb3, 0xc0],
            Self::Accent => [0x9a, 0xbc, 0xec],
            Self::AccentSoft => [0x21, 0x2e, 0x42],
            Self::Prior => [0x5a, 0x69, 0x7c],
            Self::Line => [0x5b, 0x66, 0x73],
            Self::Paper => [0x13, 0x18, 0x1f],
        }
    }
}
