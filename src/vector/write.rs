//! The areas as an SVG file of their own, which holds nothing else.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Write;

use super::{Outline, Point, Step, Vector};

impl Vector {
    /// The picture as an SVG file.
    pub fn svg(&self) -> String {
        let (width, height) = (Number(self.width), Number(self.height));
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n"
        );
        let path = |clip: &Outline| {
            let rule = if clip.even_odd { " clip-rule=\"evenodd\"" } else { "" };
            format!("<path{rule} d=\"{}\"/>", way(clip))
        };
        let mut clips: HashMap<String, usize> = HashMap::new();
        // Writing to a string cannot fail.
        for clip in self.areas.iter().flat_map(|area| &area.clips) {
            let count = clips.len();
            if let Entry::Vacant(new) = clips.entry(path(clip)) {
                let _ = writeln!(out, "<clipPath id=\"clip-{count}\">{}</clipPath>", new.key());
                new.insert(count);
            }
        }
        for area in &self.areas {
            for clip in &area.clips {
                let place = clips.get(&path(clip)).copied().unwrap_or(0);
                let _ = write!(out, "<g clip-path=\"url(#clip-{place})\">");
            }
            let [red, green, blue] = area.color;
            let rule = if area.outline.even_odd { " fill-rule=\"evenodd\"" } else { "" };
            let _ = write!(
                out,
                "<path fill=\"#{red:02x}{green:02x}{blue:02x}\"{rule} d=\"{}\"/>",
                way(&area.outline)
            );
            out.push_str(&"</g>".repeat(area.clips.len()));
            out.push('\n');
        }
        out.push_str("</svg>\n");
        out
    }
}

fn way(outline: &Outline) -> String {
    let mut out = String::new();
    let point = |(x, y): Point| format!("{} {}", Number(x), Number(y));
    for step in &outline.steps {
        let _ = match step {
            Step::Move(to) => write!(out, "M{}", point(*to)),
            Step::Line(to) => write!(out, "L{}", point(*to)),
            Step::Curve(one, two, to) => {
                write!(out, "C{} {} {}", point(*one), point(*two), point(*to))
            }
            Step::Close => write!(out, "Z"),
        };
    }
    out
}

/// A measure in hundredths, without zeros at its end.
struct Number(f32);

impl std::fmt::Display for Number {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", (f64::from(self.0) * 100.0).round() / 100.0)
    }
}
