//! Figures: charts and diagrams drawn from shapes, pictures from files, and what stands in for those that cannot be shown.

use super::compositor::{Compositor, Place};
use super::galley::{FrameKind, Keep, Mark, Strip};
use super::{Drawn, Item};
use crate::document::FigureRef;
use crate::figure::{Figure, Image};
use crate::picture;
use crate::render::pdf::tags::Role;
use crate::render::pdf::text::StyledText;
use crate::vector::{Outline, Step, Vector};
use crate::words;

/// The resolution that a picture is shown at if it has room, in pixels an inch.
const RESOLUTION: f32 = 150.0;

/// A figure in one piece.
fn whole(figure: Option<(Strip, f32)>) -> Option<(Vec<Strip>, f32)> {
    figure.map(|(strip, width)| (vec![strip], width))
}

impl Compositor<'_> {
    /// Sets a figure with its caption.
    pub(super) fn figure(&mut self, figure: &FigureRef, place: Place) {
        let figures = self.figures;
        let node = self.tree.add(place.parent, Role::Figure);
        let body = match figures.get(&figure.target) {
            Some(Figure::Image(image)) => whole(self.picture(&figure.target, image, node, place)),
            Some(Figure::Vector(vector)) => whole(self.vector(vector, node, place)),
            Some(drawn) => self.drawing(drawn, node, place),
            None => None,
        };
        let alternative = [Some(figure.alt.as_str()), figure.caption.as_deref()]
            .into_iter()
            .flatten()
            .find(|text| !text.trim().is_empty())
            .unwrap_or(&figure.target)
            .to_owned();

        self.space(if place.compact { place.pitch() / 4.0 } else { 6.0 });
        match body {
            Some((mut strips, width)) => {
                if let Some(last) = strips.last_mut().filter(|_| figure.caption.is_some()) {
                    last.keep = Keep::Firm;
                }
                let x = place.left + (place.measure - width) / 2.0;
                let height = strips.iter().map(|strip| strip.height).sum();
                self.pin(Mark::Figure(node, x, width, height));
                self.tree.describe(node, |attributes| attributes.alternative = Some(alternative));
                strips.into_iter().for_each(|strip| self.strip(strip));
            }
            None => self.absent(&alternative, node, place),
        }
        if let Some(caption) = &figure.caption {
            // Beside the figure, not in it: whoever hears the figure's alternative text does not hear what is inside.
            let node = self.tree.add(place.parent, Role::Caption);
            let small = Place { size: self.theme.small, ink: self.theme.muted, justified: false, ..place };
            let styled = StyledText::plain(caption, small.style(), Some(node), self.fonts);
            self.space(2.0);
            self.centered(&styled, small);
        }
        self.space(if place.compact { place.pitch() / 4.0 } else { place.size * 0.8 });
    }

    fn picture(&mut self, target: &str, image: &Image, node: usize, place: Place) -> Option<(Strip, f32)> {
        let number = match self.picture_places.get(target) {
            Some(known) => *known,
            None => {
                let number = picture::read(&image.bytes).ok().map(|picture| {
                    self.pictures.push(picture);
                    self.pictures.len() - 1
                });
                self.picture_places.insert(target.to_owned(), number);
                number
            }
        }?;
        let picture = self.pictures.get(number)?;
        let (wide, high) = (picture.width as f32, picture.height as f32);
        let scale = (72.0 / RESOLUTION).min(place.measure / wide).min(self.highest() / high);
        let (width, height) = (wide * scale, high * scale);
        let area = [place.left + (place.measure - width) / 2.0, 0.0, width, height];
        let items = vec![Item { leaf: Some(node), drawn: Drawn::Picture { area, picture: number } }];
        Some((Strip { height, items, ..Strip::default() }, width))
    }

    /// A picture of areas as one strip, with its width.
    fn vector(&self, vector: &Vector, node: usize, place: Place) -> Option<(Strip, f32)> {
        let (wide, high) = (vector.width, vector.height);
        if !(wide > 0.0 && high > 0.0 && wide.is_finite() && high.is_finite()) {
            return None;
        }
        // What is drawn beyond the picture's own edges is not part of it.
        let edge = Outline {
            steps: vec![
                Step::Move((0.0, 0.0)),
                Step::Line((wide, 0.0)),
                Step::Line((wide, high)),
                Step::Line((0.0, high)),
                Step::Close,
            ],
            even_odd: false,
        };
        let scale = (72.0_f32 / 96.0).min(place.measure / wide).min(self.highest() / high);
        let width = wide * scale;
        let left = place.left + (place.measure - width) / 2.0;
        let items = vector.areas.iter().map(|area| {
            let mut area = area.clone();
            let reaches_out = |step: &Step| {
                let inside = |(x, y): &(f32, f32)| (0.0..=wide).contains(x) && (0.0..=high).contains(y);
                match step {
                    Step::Move(to) | Step::Line(to) => !inside(to),
                    Step::Curve(one, two, to) => ![one, two, to].into_iter().all(inside),
                    Step::Close => false,
                }
            };
            if area.outline.steps.iter().any(reaches_out) {
                area.clips.push(edge.clone());
            }
            Item { leaf: Some(node), drawn: Drawn::Area(area.map(|(x, y)| (left + x * scale, y * scale))) }
        });
        let strip = Strip { height: high * scale, items: items.collect(), ..Strip::default() };
        Some((strip, width))
    }

    /// The highest that a figure may be, so that a page always holds it.
    pub(super) fn highest(&self) -> f32 {
        self.theme.depth() * self.theme.figure
    }

    /// Says in a box what cannot be shown.
    fn absent(&mut self, alternative: &str, node: usize, place: Place) {
        self.tree.describe(node, |attributes| {
            attributes.alternative = Some(alternative.to_owned());
        });
        let first = self.galley.strips.len();
        let notice = words::no_figure(self.document.lang, alternative);
        let place = Place { size: self.theme.small, ink: self.theme.muted, justified: false, ..place };
        let styled = StyledText::plain(&notice, place.style(), Some(node), self.fonts);
        self.framed(FrameKind::Box, place, |compositor, place| compositor.lines(&styled, place));
        if let Some(strip) = self.galley.strips.get_mut(first) {
            let mark = Mark::Figure(node, place.left, place.measure, strip.height + place.pitch());
            strip.pins.push(super::galley::Pin { y: 0.0, mark });
        }
    }

    /// Sets lines in the middle of the measure.
    fn centered(&mut self, styled: &StyledText, place: Place) {
        for line in self.set(styled, place.measure) {
            let mut strip = Strip { height: place.pitch(), ..Strip::default() };
            let left = place.left + (place.measure - line.width) / 2.0;
            self.put(&line, left, super::compositor::baseline(place.size, place.pitch()), &mut strip);
            self.strip(strip);
        }
    }
}
