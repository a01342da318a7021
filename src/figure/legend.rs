//! What stands above a chart: the unit at the right, and what each tone means.

use super::label::{Style, text_width, wrap};
use super::shape::{Anchor, Ink, Shape};
use crate::model::Lang;
use crate::words;

const SIZE: f64 = 8.0;

/// Sets the unit at the upper right; gives its height and the room that it leaves at the left, in points.
pub(super) fn unit(unit: &str, lang: Lang, canvas: f64, shapes: &mut Vec<Shape>) -> (f64, f64) {
    let text = if unit.is_empty() { String::new() } else { words::aside(lang, unit) };
    let lines = wrap(&text, SIZE, canvas * 0.4);
    let wide = lines.iter().map(|line| text_width(line, SIZE)).fold(0.0, f64::max);
    let style = Style::new(SIZE).ink(Ink::Muted).anchor(Anchor::End);
    shapes.extend(style.lines(&lines, (canvas, 0.0)));
    (style.height(lines.len()), canvas - wide - 12.0)
}

/// What an area is filled with: a tone, or lines where there are more kinds of areas than tones that differ in gray.
#[derive(Clone, Copy)]
pub(super) enum Fill {
    Tone(Ink),
    Across(Ink),
    Upright(Ink),
}

impl Fill {
    /// Draws an area of some width and height from a point on.
    pub(super) fn area(self, (x, y): (f64, f64), (w, h): (f64, f64), shapes: &mut Vec<Shape>) {
        const APART: f64 = 2.4;
        let (fill, stroke) = match self {
            Self::Tone(ink) => (ink, edge(ink)),
            Self::Across(ink) | Self::Upright(ink) => (Ink::Paper, Some(ink)),
        };
        shapes.push(Shape::Rect { x, y, w, h, radius: 0.0, fill: Some(fill), stroke });
        let mut line = |points, ink| shapes.push(Shape::Line { points, ink, width: 0.8 });
        let steps = |long: f64| (1..).map(|step| f64::from(step) * APART).take_while(move |at| *at < long);
        match self {
            Self::Tone(_) => {}
            Self::Across(ink) => {
                steps(h).for_each(|at| line(vec![(x, y + h - at), (x + w, y + h - at)], ink))
            }
            Self::Upright(ink) => steps(w).for_each(|at| line(vec![(x + at, y), (x + at, y + h)], ink)),
        }
    }
}

/// Names the fills, from the upper left on; gives the height, in points.
pub(super) fn legend(entries: &[(&str, Fill)], room: f64, shapes: &mut Vec<Shape>) -> f64 {
    let style = Style::new(SIZE);
    let (mut x, mut y, mut height) = (0.0, 0.0, 0.0_f64);
    for (name, fill) in entries {
        let lines = wrap(name, SIZE, room - 12.0);
        let wide = lines.iter().map(|line| text_width(line, SIZE)).fold(0.0, f64::max) + 12.0;
        if x > 0.0 && x + wide > room {
            x = 0.0;
            y = height;
        }
        fill.area((x, y + 1.7), (8.0, 7.0), shapes);
        shapes.extend(style.lines(&lines, (x + 12.0, y)));
        height = height.max(y + style.height(lines.len()));
        x += wide + 14.0;
    }
    height
}

/// The edge that a pale tone needs on paper.
pub(super) fn edge(ink: Ink) -> Option<Ink> {
    matches!(ink, Ink::AccentSoft | Ink::Paper).then_some(Ink::Muted)
}
