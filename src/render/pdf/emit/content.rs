//! Page content: items as PDF's operators, marked with the structure they belong to.
//!
//! printpdf has operations for all of them; writing the bytes here is ten times as fast, because nothing has to be said twice.

use super::fonts::Subset;
use super::syntax::{code, fixed, whole};
use crate::render::pdf::layout::{Drawn, Item, Page, Text};
use crate::render::pdf::tags::Role;
use crate::render::pdf::theme::Ink;
use crate::typeface::Weight;
use crate::vector::{Outline, Step};

/// How far leaning type leans, in hundredths of its height: about twelve degrees.
const SLANT: i64 = 21;

/// What a page shows.
pub(super) struct Content {
    /// The operators.
    pub(super) bytes: Vec<u8>,
    /// The node of each marked stretch, in the order of their numbers.
    pub(super) leaves: Vec<usize>,
}

/// Writes a page of a height.
pub(super) fn page(page: &Page, height: f32, subsets: &[Subset<'_>]) -> Content {
    let mut pen = Pen {
        out: Vec::with_capacity(page.items.len() * 64),
        leaves: Vec::new(),
        height,
        subsets,
        mark: None,
        at: None,
        font: None,
        fill: None,
        stroke: None,
        thickness: 100,
        slanted: false,
    };
    for item in &page.items {
        pen.item(item);
    }
    pen.unmark();
    Content { bytes: pen.out, leaves: pen.leaves }
}

/// What is set while a page is written; nothing is said twice.
struct Pen<'a> {
    out: Vec<u8>,
    leaves: Vec<usize>,
    height: f32,
    subsets: &'a [Subset<'a>],
    /// Inside which mark we are: an artifact is `Some(None)`.
    mark: Option<Option<usize>>,
    /// The last text position while in a text section, in hundredths of a point.
    at: Option<(i64, i64)>,
    font: Option<(Weight, i64)>,
    fill: Option<Ink>,
    stroke: Option<Ink>,
    /// In hundredths of a point, like every distance here; a page begins with a whole one.
    thickness: i64,
    slanted: bool,
}

impl Pen<'_> {
    fn item(&mut self, item: &Item) {
        self.mark(item.leaf);
        if !matches!(item.drawn, Drawn::Text(_)) {
            self.end_text();
        }
        match &item.drawn {
            Drawn::Text(text) => self.text(text),
            Drawn::Fill { area: [x, y, width, height], ink } => {
                self.fill(*ink);
                let corner = [*x, self.height - y - height, *width, *height];
                self.operator(&corner.map(rounded), b"re f\n");
            }
            Drawn::Rule { from, to, thickness, ink } => {
                self.stroke(*ink, *thickness);
                self.corner(*from, b"m ");
                self.corner(*to, b"l S\n");
            }
            Drawn::Polygon { corners, ink } => {
                self.fill(*ink);
                for (place, corner) in corners.iter().enumerate() {
                    self.corner(*corner, if place == 0 { b"m " } else { b"l " });
                }
                self.out.extend_from_slice(b"h f\n");
            }
            Drawn::Area(area) => {
                if !area.clips.is_empty() {
                    self.out.extend_from_slice(b"q\n");
                }
                for clip in &area.clips {
                    self.way(clip);
                    let rule: &[u8] = if clip.even_odd { b"W* n\n" } else { b"W n\n" };
                    self.out.extend_from_slice(rule);
                }
                let [red, green, blue] = area.color;
                self.fill(Ink(red, green, blue));
                self.way(&area.outline);
                let rule: &[u8] = if area.outline.even_odd { b"f*\n" } else { b"f\n" };
                self.out.extend_from_slice(rule);
                if !area.clips.is_empty() {
                    self.out.extend_from_slice(b"Q\n");
                    // What was set within is forgotten.
                    self.fill = None;
                }
            }
            Drawn::Picture { area: [x, y, width, height], picture } => {
                let bottom = self.height - y - height;
                let matrix = [*width, 0.0, 0.0, *height, *x, bottom];
                self.out.extend_from_slice(b"q ");
                self.operator(&matrix.map(rounded), b"cm /");
                self.out.extend_from_slice(super::pictures::id(*picture).0.as_bytes());
                self.out.extend_from_slice(b" Do Q\n");
            }
        }
    }

    /// The way along a border.
    fn way(&mut self, outline: &Outline) {
        let height = self.height;
        let flipped = |(x, y): (f32, f32)| [rounded(x), rounded(height - y)];
        for step in &outline.steps {
            match step {
                Step::Move(to) => self.operator(&flipped(*to), b"m "),
                Step::Line(to) => self.operator(&flipped(*to), b"l "),
                Step::Curve(one, two, to) => {
                    let points = [flipped(*one), flipped(*two), flipped(*to)];
                    self.operator(points.as_flattened(), b"c ");
                }
                Step::Close => self.out.extend_from_slice(b"h "),
            }
        }
    }

    /// Writes operands in hundredths, and the operator.
    fn operator(&mut self, operands: &[i64], operator: &[u8]) {
        for operand in operands {
            fixed(&mut self.out, *operand, 2);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(operator);
    }

    fn corner(&mut self, (x, y): (f32, f32), operator: &[u8]) {
        self.operator(&[rounded(x), rounded(self.height - y)], operator);
    }

    fn text(&mut self, text: &Text) {
        if text.text.is_empty() {
            return;
        }
        let from = self.at.unwrap_or_else(|| {
            self.out.extend_from_slice(b"BT\n");
            (0, 0)
        });
        self.fill(text.ink);
        let size = rounded(text.size);
        if self.font != Some((text.weight, size)) {
            self.font = Some((text.weight, size));
            self.out.push(b'/');
            let font = super::fonts::id(text.weight);
            self.out.extend_from_slice(font.0.as_bytes());
            self.out.push(b' ');
            self.operator(&[size], b"Tf\n");
        }
        let to = (rounded(text.x), rounded(self.height - text.y));
        if text.slanted || self.slanted {
            self.slanted = text.slanted;
            self.operator(&[100, 0, if text.slanted { SLANT } else { 0 }, 100, to.0, to.1], b"Tm\n");
        } else {
            self.operator(&[to.0 - from.0, to.1 - from.1], b"Td\n");
        }
        self.at = Some(to);
        self.show(text);
    }

    /// Shows the characters with the extra space between them.
    fn show(&mut self, text: &Text) {
        let subset = self.subsets.iter().find(|s| s.weight() == text.weight);
        let Some(subset) = subset else { return };
        let kerned = !text.kerns.is_empty();
        let mut kerns = text.kerns.iter().peekable();
        self.out.extend_from_slice(if kerned { b"[<" } else { b"<" });
        for (place, character) in text.text.chars().enumerate() {
            if let Some((_, kern)) = kerns.next_if(|(at, _)| *at <= place)
                && *kern != 0
            {
                self.out.push(b'>');
                whole(&mut self.out, -i64::from(*kern));
                self.out.push(b'<');
            }
            code(&mut self.out, subset.code(character));
        }
        self.out.extend_from_slice(if kerned { b">]TJ\n" } else { b">Tj\n" });
    }

    fn fill(&mut self, ink: Ink) {
        if self.fill != Some(ink) {
            self.fill = Some(ink);
            self.color(ink, b"rg\n");
        }
    }

    fn stroke(&mut self, ink: Ink, thickness: f32) {
        if self.stroke != Some(ink) {
            self.stroke = Some(ink);
            self.color(ink, b"RG\n");
        }
        let thickness = rounded(thickness);
        if self.thickness != thickness {
            self.thickness = thickness;
            self.operator(&[thickness], b"w\n");
        }
    }

    /// A color in thousandths, which tell all 256 steps of a part apart.
    fn color(&mut self, Ink(red, green, blue): Ink, operator: &[u8]) {
        for part in [red, green, blue] {
            fixed(&mut self.out, (i64::from(part) * 1000 + 127) / 255, 3);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(operator);
    }

    fn mark(&mut self, leaf: Option<usize>) {
        if self.mark == Some(leaf) {
            return;
        }
        self.unmark();
        self.mark = Some(leaf);
        let Some(leaf) = leaf else {
            self.out.extend_from_slice(b"/Artifact BMC\n");
            return;
        };
        // The structure tree says what the stretch is; a span is what any stretch may be called.
        self.out.push(b'/');
        self.out.extend_from_slice(Role::Span.name().as_bytes());
        self.out.extend_from_slice(b"<</MCID ");
        whole(&mut self.out, self.leaves.len() as i64);
        self.out.extend_from_slice(b">>BDC\n");
        self.leaves.push(leaf);
    }

    fn unmark(&mut self) {
        self.end_text();
        if self.mark.take().is_some() {
            self.out.extend_from_slice(b"EMC\n");
        }
    }

    fn end_text(&mut self) {
        if self.at.take().is_some() {
            self.out.extend_from_slice(b"ET\n");
            self.slanted = false;
        }
    }
}

/// A distance in hundredths of a point, which is finer than any printer.
fn rounded(distance: f32) -> i64 {
    (f64::from(distance) * 100.0).round() as i64
}
