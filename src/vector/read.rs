//! From an SVG file to areas. Strokes become areas too, so that their ends, joins and dashes are the same everywhere.

use usvg::tiny_skia_path::{Path, PathSegment, Transform};
use usvg::{BlendMode, ClipPath, FillRule, Group, Node, Options, PaintOrder, Tree, roxmltree};

use super::bounds::{self, FARTHEST};
use super::{Area, Outline, Point, Step, Vector, VectorError};
use crate::fault::contained;
use crate::limits;

/// The most curves of a dashed line: each is measured in up to a thousand pieces.
const MOST_DASHED: usize = 5_000;

const DASHES: &str = "dashes without number, or on a line of more than 5,000 points";

impl Vector {
    /// Reads an SVG file.
    ///
    /// # Errors
    ///
    /// If the file is broken, too large, or uses what cannot be drawn exactly.
    pub fn read(bytes: &[u8]) -> Result<Self, VectorError> {
        if bytes.len() > limits::SVG {
            return Err(VectorError::Large(bounds::BYTES));
        }
        let broken = |reason: &dyn std::fmt::Display| VectorError::Broken(reason.to_string());
        let text = std::str::from_utf8(bytes).map_err(|error| broken(&error))?;
        bounds::text(text)?;
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
        let xml = roxmltree::Document::parse_with_options(text, options).map_err(|error| broken(&error))?;
        bounds::picture(&xml)?;
        refuse(&xml)?;
        let tree = contained(|| Tree::from_xmltree(&xml, &Options::default()));
        let tree = tree.map_err(VectorError::Broken)?.map_err(|error| broken(&error))?;

        let mut drawing = Drawing::default();
        drawing.group(tree.root(), &[])?;
        if drawing.areas.is_empty() {
            return Err(VectorError::Empty);
        }
        let (width, height) = (tree.size().width(), tree.size().height());
        // Measures are written in hundredths.
        if width.min(height) < 0.01 {
            return Err(VectorError::Empty);
        }
        if is_far((width, height)) {
            return Err(VectorError::Far);
        }
        Ok(Self { width, height, areas: drawing.areas })
    }
}

/// Refuses what usvg would leave out without a word.
fn refuse(xml: &roxmltree::Document<'_>) -> Result<(), VectorError> {
    for node in xml.descendants().filter(roxmltree::Node::is_element) {
        match node.tag_name().name() {
            "text" if node.descendants().any(|n| n.text().is_some_and(|t| !t.trim().is_empty())) => {
                return Err(VectorError::Text);
            }
            "image" | "foreignObject" => return Err(VectorError::Picture),
            "animate" | "animateMotion" | "animateTransform" | "animateColor" | "set" => {
                return Err(VectorError::Moving);
            }
            "style"
                if node.text().is_some_and(|t| ["@media", "@keyframes"].iter().any(|at| t.contains(at))) =>
            {
                return Err(VectorError::Moving);
            }
            _ => {}
        }
    }
    Ok(())
}

#[derive(Default)]
struct Drawing {
    areas: Vec<Area>,
    steps: usize,
}

impl Drawing {
    fn group(&mut self, group: &Group, around: &[Outline]) -> Result<(), VectorError> {
        if group.opacity().get() < 1.0 {
            return Err(VectorError::Transparency);
        }
        let blends = group.blend_mode() != BlendMode::Normal;
        if blends || group.mask().is_some() || !group.filters().is_empty() {
            return Err(VectorError::Effect);
        }
        let mut clips = around.to_vec();
        if let Some(clip) = group.clip_path() {
            add_clip(clip, group.abs_transform(), &mut clips)?;
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner, &clips)?,
                Node::Path(path) => self.path(path, &clips)?,
                Node::Image(_) => return Err(VectorError::Picture),
                Node::Text(_) => return Err(VectorError::Text),
            }
        }
        Ok(())
    }

    /// Counts steps, and refuses those that there is no room for.
    fn spend(&mut self, wanted: usize, taken: usize) -> Result<(), VectorError> {
        if self.steps.saturating_add(wanted) > limits::SVG_STEPS {
            return Err(VectorError::Large("more than 200,000 points"));
        }
        self.steps += taken;
        Ok(())
    }

    fn path(&mut self, path: &usvg::Path, clips: &[Outline]) -> Result<(), VectorError> {
        if !path.is_visible() {
            return Ok(());
        }
        // The border of a line has at least twice its steps.
        let own = path.data().len().saturating_mul(if path.stroke().is_some() { 2 } else { 1 });
        self.spend(own, 0)?;
        let fill = path.fill().map(|fill| {
            let color = solid(fill.paint(), fill.opacity())?;
            let even_odd = fill.rule() == FillRule::EvenOdd;
            Ok((outline(path.data(), path.abs_transform(), even_odd), color))
        });
        let stroke = path.stroke().map(|stroke| {
            let color = solid(stroke.paint(), stroke.opacity())?;
            let pen = stroke.to_tiny_skia();
            let dashed = match &pen.dash {
                Some(_) if path.data().len() > MOST_DASHED => return Err(VectorError::Large(DASHES)),
                // There are too many dashes where none come back.
                Some(dash) => Some(path.data().dash(dash, 1.0).ok_or(VectorError::Large(DASHES))?),
                None => None,
            };
            self.spend(dashed.as_ref().map_or(0, |line| line.len() * 2), 0)?;
            // Curves are split more finely where the picture is drawn larger than its own measure.
            let scale = path.abs_transform().get_scale();
            let fine = scale.0.max(scale.1).clamp(1.0, 100.0) * 4.0;
            let line = dashed.as_ref().unwrap_or(path.data()).stroke(&pen, fine);
            let steps = line.map(|line| outline(&line, path.abs_transform(), false));
            Ok(steps.map(|outline| (outline, color)))
        });
        let (fill, stroke) = (fill.transpose()?, stroke.transpose()?.flatten());
        let order = match path.paint_order() {
            PaintOrder::FillAndStroke => [fill, stroke],
            PaintOrder::StrokeAndFill => [stroke, fill],
        };
        for (outline, color) in order.into_iter().flatten() {
            let clipping: usize = clips.iter().map(|clip| clip.steps.len()).sum();
            let steps = outline.steps.len() + clipping;
            self.spend(steps, steps)?;
            let ends = outline.steps.iter().chain(clips.iter().flat_map(|clip| &clip.steps));
            if ends.filter_map(|step| step.end()).any(is_far) {
                return Err(VectorError::Far);
            }
            self.areas.push(Area { outline, color, clips: clips.to_vec() });
        }
        Ok(())
    }
}

/// Whether a place lies beyond every drawing, or nowhere.
fn is_far((x, y): Point) -> bool {
    !(f64::from(x).abs() <= FARTHEST && f64::from(y).abs() <= FARTHEST)
}

/// The color of a paint that is nothing but a color.
fn solid(paint: &usvg::Paint, opacity: usvg::Opacity) -> Result<[u8; 3], VectorError> {
    match paint {
        usvg::Paint::Color(_) if opacity.get() < 1.0 => Err(VectorError::Transparency),
        usvg::Paint::Color(color) => Ok([color.red, color.green, color.blue]),
        _ => Err(VectorError::Gradient),
    }
}

/// Adds the borders of a clip path, which must be one shape each.
fn add_clip(clip: &ClipPath, at: Transform, clips: &mut Vec<Outline>) -> Result<(), VectorError> {
    if let Some(outer) = clip.clip_path() {
        add_clip(outer, at, clips)?;
    }
    let mut shapes = Vec::new();
    gather(clip.root(), at.pre_concat(clip.transform()), &mut shapes)?;
    match <[Outline; 1]>::try_from(shapes) {
        Ok([shape]) => {
            clips.push(shape);
            Ok(())
        }
        Err(_) => Err(VectorError::Clip),
    }
}

fn gather(group: &Group, at: Transform, shapes: &mut Vec<Outline>) -> Result<(), VectorError> {
    if group.clip_path().is_some() {
        return Err(VectorError::Clip);
    }
    for node in group.children() {
        match node {
            Node::Group(inner) => gather(inner, at.pre_concat(inner.transform()), shapes)?,
            Node::Path(path) => {
                let rule = path.fill().map(usvg::Fill::rule);
                let even_odd = rule == Some(FillRule::EvenOdd);
                shapes.push(outline(path.data(), at, even_odd));
            }
            Node::Image(_) | Node::Text(_) => return Err(VectorError::Clip),
        }
    }
    Ok(())
}

fn outline(path: &Path, at: Transform, even_odd: bool) -> Outline {
    let place = |point: usvg::tiny_skia_path::Point| -> Point {
        let mut point = point;
        at.map_point(&mut point);
        (point.x, point.y)
    };
    let mut last = (0.0, 0.0);
    let mut steps = Vec::with_capacity(path.len());
    for segment in path.segments() {
        steps.push(match segment {
            PathSegment::MoveTo(to) => Step::Move(place(to)),
            PathSegment::LineTo(to) => Step::Line(place(to)),
            PathSegment::QuadTo(control, to) => {
                let ((cx, cy), (x, y)) = (place(control), place(to));
                let third = |from: f32, to: f32| from + (to - from) * 2.0 / 3.0;
                let one = (third(last.0, cx), third(last.1, cy));
                Step::Curve(one, (third(x, cx), third(y, cy)), (x, y))
            }
            PathSegment::CubicTo(one, two, to) => Step::Curve(place(one), place(two), place(to)),
            PathSegment::Close => Step::Close,
        });
        last = steps.last().and_then(|step| step.end()).unwrap_or(last);
    }
    Outline { steps, even_odd }
}
