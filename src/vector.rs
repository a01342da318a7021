//! Pictures of lines and areas: SVG files reduced to filled areas, which every renderer draws alike.
//!
//! In: the bytes of a file. Out: a [`Vector`], or why the file cannot be shown as it is meant. Nothing of the file but its areas
//! goes on, so no script, link or style of its own reaches a sheet. This is the only home of usvg.

mod bounds;
mod read;
mod write;

use std::fmt;

/// A place in the picture: x to the right, y downwards.
pub type Point = (f32, f32);

/// A picture of filled areas.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector {
    /// Its width, in CSS pixels of 1/96 inch.
    pub width: f32,
    pub height: f32,
    /// The areas; later ones lie on top.
    pub areas: Vec<Area>,
}

/// A filled area.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    pub outline: Outline,
    /// Red, green and blue.
    pub color: [u8; 3],
    /// The borders outside of which nothing of it is shown.
    pub clips: Vec<Outline>,
}

/// A border, which may have several parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// The way along it.
    pub steps: Vec<Step>,
    /// Whether what lies inside an even number of parts is outside.
    pub even_odd: bool,
}

/// A step on the way along a border.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Begins a part.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A Bézier curve: its two control points and its end.
    Curve(Point, Point, Point),
    /// Back to where the part began.
    Close,
}

impl Area {
    /// The area with every point changed.
    pub fn map(&self, change: impl Fn(Point) -> Point) -> Self {
        Self {
            outline: self.outline.map(&change),
            color: self.color,
            clips: self.clips.iter().map(|clip| clip.map(&change)).collect(),
        }
    }
}

impl Step {
    /// Where it ends.
    fn end(&self) -> Option<Point> {
        match self {
            Self::Move(to) | Self::Line(to) | Self::Curve(_, _, to) => Some(*to),
            Self::Close => None,
        }
    }

    /// The step with every point changed.
    pub fn map(self, change: impl Fn(Point) -> Point) -> Self {
        match self {
            Self::Move(to) => Self::Move(change(to)),
            Self::Line(to) => Self::Line(change(to)),
            Self::Curve(one, two, to) => Self::Curve(change(one), change(two), change(to)),
            Self::Close => Self::Close,
        }
    }
}

impl Outline {
    /// The outline with every point changed.
    pub fn map(&self, change: impl Fn(Point) -> Point) -> Self {
        let steps = self.steps.iter().map(|step| step.map(&change)).collect();
        Self { steps, even_odd: self.even_odd }
    }
}

/// Why an SVG file cannot be shown as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VectorError {
    /// It is no SVG, or broken.
    Broken(String),
    /// It holds text.
    Text,
    /// It holds a picture of pixels, or a page of HTML.
    Picture,
    /// It is painted with a gradient or a pattern.
    Gradient,
    /// Something is half transparent.
    Transparency,
    /// A mask, a filter or a way of blending is applied.
    Effect,
    /// It is clipped by more than one shape at a time.
    Clip,
    /// It shows nothing.
    Empty,
    /// It has more of something than there is room for; what, and how much of it there may be.
    Large(&'static str),
    /// It looks otherwise after a while, or on another screen.
    Moving,
    /// It measures something beyond any drawing.
    Far,
    /// It measures something by no number, or is of no size.
    Measure,
}

impl fmt::Display for VectorError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Broken(reason) => return write!(formatter, "it is no sound SVG: {reason}"),
            Self::Text => "it holds text, whose look depends on fonts",
            Self::Picture => "it holds a picture of pixels",
            Self::Gradient => "it is painted with a gradient or a pattern",
            Self::Transparency => "it is half transparent in places",
            Self::Effect => "it uses a mask, a filter or blending",
            Self::Clip => "it is clipped by several shapes at once",
            Self::Empty => "it shows nothing",
            Self::Large(bound) => return write!(formatter, "it has {bound}"),
            Self::Moving => "it moves, or looks otherwise on other screens (`animate`, `@media`)",
            Self::Far => "it measures something by a number beyond 1,000,000",
            Self::Measure => {
                "it measures something by what is no number, or its `viewBox`, width or height is nothing or less"
            }
        })
    }
}

impl std::error::Error for VectorError {}

impl VectorError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Broken(_) | Self::Measure => "open it in a drawing program and save it again as plain SVG",
            Self::Text => "turn text into outlines (in Inkscape: Path > Object to Path) and save it again",
            Self::Picture => "save the picture as PNG or JPEG and name that",
            Self::Gradient | Self::Transparency | Self::Effect | Self::Clip => {
                "use solid colors without effects, or save it as PNG with 300 dots an inch"
            }
            Self::Empty => "name the right file",
            Self::Moving => "save the one look that is meant as plain SVG",
            Self::Large(_) | Self::Far => "simplify it, or save it as PNG with 300 dots an inch",
        }
    }
}
