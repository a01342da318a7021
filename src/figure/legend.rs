//! What stands above a chart: the unit at the right, and what each tone means.

use super::label::{Style, text_width, wrap};
use super::shape::{Anchor, CANVAS, Ink, Shape};
use crate::model::Lang;

const SIZE: f64 = 8.0;

/// Sets the unit at the upper right; gives its height and the room that it leaves at the left, in points.
pub(super) fn unit(unit: &str, lang: Lang, shapes: &mut Vec<Shape>) -> (f64, f64) {
    let text = match lang {
        _ if unit.is_empty() => String::new(),
        Lang::Ja => format!("（{unit}）"),
        Lang::En => format!("({unit})"),
    };
    let lines = wrap(&text, SIZE, CANVAS * 0.4);
    let wide = lines.iter().map(|line| text_width(line, SIZE)).fold(0.0, f64::max);
    let style = Style::new(SIZE).ink(Ink::Muted).anchor(Anchor::End);
    shapes.extend(style.lines(&lines, (CANVAS, 0.0)));
    (style.height(lines.len()), CANVAS - wide - 12.0)
}

/// Names the tones, from the upper left on; gives the height, in points.
pub(super) fn legend(entries: &[(&str, Ink)], room: f64, shapes: &mut Vec<Shape>) -> f64 {
    let style = Style::new(SIZE);
    let (mut x, mut y, mut height) = (0.0, 0.0, 0.0_f64);
    for (name, ink) in entries {
        let lines = wrap(name, SIZE, room - 12.0);
        let wide = lines.iter().map(|line| text_width(line, SIZE)).fold(0.0, f64::max) + 12.0;
        if x > 0.0 && x + wide > room {
            x = 0.0;
            y = height;
        }
        shapes.push(Shape::Rect {
            x,
            y: y + 1.7,
            w: 8.0,
            h: 7.0,
            radius: 0.0,
            fill: Some(*ink),
            stroke: edge(*ink),
        });
        shapes.extend(style.lines(&lines, (x + 12.0, y)));
        height = height.max(y + style.height(lines.len()));
        x += wide + 14.0;
    }
    height
}

/// The edge that a pale tone needs on paper.
pub(super) fn edge(ink: Ink) -> Option<Ink> {
    (ink == Ink::AccentSoft).then_some(Ink::Muted)
}
