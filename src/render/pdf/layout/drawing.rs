//! Charts and diagrams: the shapes of a [`Drawing`](crate::figure::Drawing), scaled to the measure.

use super::compositor::{Compositor, Place};
use super::galley::Strip;
use super::{Drawn, Item, Text};
use crate::figure::{Anchor, Drawing, Figure, Point, Shape, draw_within};
use crate::render::pdf::text::{Run, runs};
use crate::render::pdf::theme::Ink;
use crate::typeface::{Fonts, Weight};

/// The thickness of the edges of rectangles.
const EDGE: f32 = 0.8;

impl Compositor<'_> {
    /// A chart or diagram as strips, with its width. One whose lettering would be too small has as much more of the page as it takes, and one
    /// that is made of parts and higher than half a page may be cut between them.
    pub(super) fn drawing(
        &mut self,
        figure: &Figure,
        node: usize,
        place: Place,
    ) -> Option<(Vec<Strip>, f32)> {
        let drawing = draw_within(figure, self.document.lang, f64::from(place.measure))?;
        let legible = LEGIBLE / smallest(&drawing);
        let depth = self.theme.depth();
        let largest = self.scale(&drawing, f32::INFINITY, place)?;
        let cuts = match figure {
            Figure::Flow(_) if !place.compact && !place.narrow => {
                parts(&drawing, [depth * HALF, depth * HIGHEST].map(|most| most / largest))
            }
            _ => vec![0.0, drawing.height as f32],
        };
        let scale = if cuts.len() > 2 {
            largest
        } else {
            let highest = self.scale(&drawing, depth * HIGHEST, place)?.min(legible);
            self.scale(&drawing, self.highest(), place)?.max(highest)
        };
        let lacking = 1.0 - scale / legible;
        let strain = if lacking > 0.001 { TOO_SMALL + ILLEGIBLE * lacking } else { 0.0 };
        let width = drawing.width as f32 * scale;
        let canvas = Canvas { left: place.left + (place.measure - width) / 2.0, scale, fonts: self.fonts };
        let strips = cuts.windows(2).map(|part| {
            let (top, bottom) = (part[0], part[1]);
            let is_in = |shape: &&Shape| {
                let middle = shape.upright().map_or(0.0, |(top, bottom)| (top + bottom) as f32 / 2.0);
                cuts.len() == 2 || top <= middle && middle < bottom
            };
            let mut items = Vec::with_capacity(drawing.shapes.len() * 2);
            drawing.shapes.iter().filter(is_in).for_each(|shape| canvas.shape(shape, &mut items));
            let items = items.into_iter().map(|drawn| {
                let mut item = Item { leaf: Some(node), drawn };
                item.shift(0.0, -top * scale);
                item
            });
            Strip { height: (bottom - top) * scale, strain, items: items.collect(), ..Strip::default() }
        });
        Some((strips.collect(), width))
    }

    /// How large a drawing is shown at a place, if it can be.
    fn scale(&self, drawing: &Drawing, highest: f32, place: Place) -> Option<f32> {
        let (wide, high) = (drawing.width as f32, drawing.height as f32);
        let is_drawn = wide > 0.0 && high > 0.0 && wide.is_finite() && high.is_finite();
        is_drawn.then(|| (place.measure / wide).min(highest / high).min(self.theme.drawing))
    }
}

/// The smallest that lettering is set, in points, if there is room.
const LEGIBLE: f32 = 6.0;

/// What it costs that lettering is somewhat smaller, and that it is as good as nothing.
const TOO_SMALL: f32 = 60.0;
const ILLEGIBLE: f32 = 600.0;

/// How much of a page's height a drawing takes if its lettering is too small otherwise: its heading stands above it.
const HIGHEST: f32 = 0.88;

/// The share of a page up to which a drawing stays in one piece.
const HALF: f32 = 0.5;

/// The least white between two parts of a drawing, in its own measure.
const APART: f64 = 8.0;

/// Where a drawing that is higher than the first of two measures is cut, its beginning and end among the places; in one piece where a part would be
/// higher than the second.
fn parts(drawing: &Drawing, [most, page]: [f32; 2]) -> Vec<f32> {
    let high = drawing.height as f32;
    let gaps = drawing.gaps(APART).into_iter().map(|at| at as f32);
    let cuts: Vec<f32> = std::iter::once(0.0).chain(gaps).chain([high]).collect();
    match high > most && cuts.windows(2).all(|part| part[1] - part[0] <= page) {
        true => cuts,
        false => vec![0.0, high],
    }
}

/// The size of a drawing's smallest lettering.
fn smallest(drawing: &Drawing) -> f32 {
    let sizes = drawing.shapes.iter().filter_map(|it| match it {
        Shape::Text { size, .. } => Some(*size as f32),
        _ => None,
    });
    sizes.fold(f32::INFINITY, f32::min)
}

/// Turns a drawing's measures into those of the page.
struct Canvas<'a> {
    left: f32,
    scale: f32,
    fonts: &'a Fonts,
}

impl Canvas<'_> {
    fn point(&self, (x, y): Point) -> (f32, f32) {
        (self.left + x as f32 * self.scale, y as f32 * self.scale)
    }

    fn shape(&self, shape: &Shape, items: &mut Vec<Drawn>) {
        match shape {
            Shape::Rect { x, y, w, h, fill, stroke, .. } => {
                let (left, top) = self.point((*x, *y));
                let (width, height) = (*w as f32 * self.scale, *h as f32 * self.scale);
                if let Some(fill) = fill {
                    items.push(Drawn::Fill { area: [left, top, width, height], ink: ink(*fill) });
                }
                if let Some(stroke) = stroke {
                    self.outline([left, top, width, height], ink(*stroke), items);
                }
            }
            Shape::Line { points, ink: line, width } => {
                for pair in points.windows(2) {
                    let (from, to) = (self.point(pair[0]), self.point(pair[1]));
                    items.push(Drawn::Rule {
                        from,
                        to,
                        thickness: *width as f32 * self.scale,
                        ink: ink(*line),
                    });
                }
            }
            Shape::Polygon { points, fill } => {
                let corners = points.iter().map(|point| self.point(*point)).collect();
                items.push(Drawn::Polygon { corners, ink: ink(*fill) });
            }
            Shape::Text { x, y, size, bold, anchor, ink: color, text } => {
                let weight = if *bold { Weight::Bold } else { Weight::Regular };
                let size = *size as f32 * self.scale;
                let runs = runs(text, weight, self.fonts);
                let wide = |units: i32| units as f32 * size / 1000.0;
                let width = wide(runs.iter().map(|run| run.width).sum());
                let (x, y) = self.point((*x, *y));
                let mut x = match anchor {
                    Anchor::Start => x,
                    Anchor::Middle => x - width / 2.0,
                    Anchor::End => x - width,
                };
                for Run { weight, text, width, kerns } in runs {
                    let width = wide(width);
                    items.push(Drawn::Text(Text {
                        x,
                        y,
                        width,
                        weight,
                        size,
                        ink: ink(*color),
                        text,
                        slanted: false,
                        kerns,
                    }));
                    x += width;
                }
            }
        }
    }

    /// The four sides of a rectangle, meeting at its corners.
    fn outline(&self, [left, top, width, height]: [f32; 4], ink: Ink, items: &mut Vec<Drawn>) {
        let (right, bottom, half) = (left + width, top + height, EDGE * self.scale / 2.0);
        let sides = [
            ((left - half, top), (right + half, top)),
            ((right, top), (right, bottom)),
            ((right + half, bottom), (left - half, bottom)),
            ((left, bottom), (left, top)),
        ];
        items.extend(sides.map(|(from, to)| Drawn::Rule { from, to, thickness: EDGE * self.scale, ink }));
    }
}

fn ink(ink: crate::figure::Ink) -> Ink {
    let [red, green, blue] = ink.light();
    Ink(red, green, blue)
}
