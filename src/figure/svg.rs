//! From a drawing to SVG, as part of a page or as a file of its own.
//!
//! Every ink is a class with the light color as a fallback attribute. A page maps the classes to its own theme; a file
//! brings the rules along and follows the reader's color scheme.

use std::fmt::Write;

use super::shape::{Anchor, Drawing, Ink, Shape};
use crate::xml::attribute;

/// The paper around a figure in a file of its own, in points.
const MARGIN: f64 = 10.0;

const FONTS: &str = "'BIZ UDPGothic','Hiragino Kaku Gothic ProN','Yu Gothic','Noto Sans JP',sans-serif";

/// A figure as an SVG file, for the place beside a Markdown sheet. `alt` says what it shows; `id` is unique where it
/// is used.
pub fn svg(drawing: &Drawing, alt: &str, id: &str) -> String {
    let width = drawing.width + 2.0 * MARGIN;
    let height = drawing.height + 2.0 * MARGIN;
    let corner = (-MARGIN, -MARGIN);
    let mut out = open(corner, (width, height), alt, id, " xmlns=\"http://www.w3.org/2000/svg\"");
    out.push_str("<style>");
    out.push_str(&rules(Ink::light));
    let _ = writeln!(out, "@media (prefers-color-scheme:dark){{{}}}</style>", rules(Ink::dark));
    let paper = Shape::Rect {
        x: corner.0,
        y: corner.1,
        w: width,
        h: height,
        radius: 0.0,
        fill: Some(Ink::Paper),
        stroke: None,
    };
    shape(&mut out, &paper);
    close(out, drawing)
}

/// A figure as an SVG element for an HTML page, which has rules for the classes `fill-…` and `stroke-…`.
pub fn inline_svg(drawing: &Drawing, alt: &str, id: &str) -> String {
    close(open((0.0, 0.0), (drawing.width, drawing.height), alt, id, ""), drawing)
}

fn open((x, y): (f64, f64), (width, height): (f64, f64), alt: &str, id: &str, attributes: &str) -> String {
    let (alt, id) = (attribute(alt), attribute(id));
    let (x, y, width, height) = (number(x), number(y), number(width), number(height));
    format!(
        "<svg{attributes} id=\"{id}\" class=\"drawing\" role=\"img\" aria-label=\"{alt}\" viewBox=\"{x} {y} {width} \
         {height}\" width=\"{width}pt\" height=\"{height}pt\" font-family=\"{FONTS}\"><title>{alt}</title>\n"
    )
}

fn close(mut out: String, drawing: &Drawing) -> String {
    for each in &drawing.shapes {
        shape(&mut out, each);
    }
    out.push_str("</svg>\n");
    out
}

fn rules(color: fn(Ink) -> [u8; 3]) -> String {
    Ink::ALL.iter().fold(String::new(), |mut out, ink| {
        let (name, color) = (ink.slug(), hex(color(*ink)));
        let _ = write!(out, ".fill-{name}{{fill:{color}}}.stroke-{name}{{stroke:{color}}}");
        out
    })
}

/// A color as `#rrggbb`.
pub(crate) fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn shape(out: &mut String, shape: &Shape) {
    match shape {
        Shape::Rect { x, y, w, h, radius, fill, stroke } => {
            let _ = write!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
                number(*x),
                number(*y),
                number(*w),
                number(*h)
            );
            if *radius > 0.0 {
                let _ = write!(out, " rx=\"{}\"", number(*radius));
            }
            paint(out, *fill, stroke.map(|ink| (ink, 0.8)));
            out.push_str("/>\n");
        }
        Shape::Line { points, ink, width } => {
            let _ = write!(out, "<polyline points=\"{}\"", list(points));
            paint(out, None, Some((*ink, *width)));
            out.push_str("/>\n");
        }
        Shape::Polygon { points, fill } => {
            let _ = write!(out, "<polygon points=\"{}\"", list(points));
            paint(out, Some(*fill), None);
            out.push_str("/>\n");
        }
        Shape::Text { x, y, size, bold, anchor, ink, text } => {
            let _ = write!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\"",
                number(*x),
                number(*y),
                number(*size)
            );
            if *bold {
                out.push_str(" font-weight=\"700\"");
            }
            match anchor {
                Anchor::Start => {}
                Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
                Anchor::End => out.push_str(" text-anchor=\"end\""),
            }
            paint(out, Some(*ink), None);
            let _ = writeln!(out, ">{}</text>", attribute(text));
        }
    }
}

fn paint(out: &mut String, fill: Option<Ink>, stroke: Option<(Ink, f64)>) {
    let mut classes = Vec::new();
    classes.extend(fill.map(|ink| format!("fill-{}", ink.slug())));
    classes.extend(stroke.map(|(ink, _)| format!("stroke-{}", ink.slug())));
    let _ = write!(out, " class=\"{}\"", classes.join(" "));
    let _ = write!(out, " fill=\"{}\"", fill.map_or_else(|| "none".to_owned(), |ink| hex(ink.light())));
    if let Some((ink, width)) = stroke {
        let _ = write!(out, " stroke=\"{}\" stroke-width=\"{}\"", hex(ink.light()), number(width));
    }
}

fn list(points: &[(f64, f64)]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
    points.join(" ")
}

/// A number with at most two decimals and no needless zeros.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
