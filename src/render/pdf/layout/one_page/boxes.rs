//! Setting boxes: a strip with the heading, a frame, and in it text, cards, steps, tables or figures.

use super::super::compositor::{Compositor, Place, baseline, rule};
use super::super::galley::{Galley, Mark, Slug};
use super::super::paginate::{Sheet, paginate};
use super::super::{Drawn, Item};
use super::content::{Boxed, Kind};
use super::cost::{Run, Step};
use super::{GUTTER, INSET, MM, TAB};
use crate::document::{Block, Inline, Section, plain};
use crate::render::pdf::tags::Role;
use crate::render::pdf::text::{Copy, Style, natural_width, set};
use crate::render::pdf::theme::Ink;
use crate::typeface::Weight;

/// White type, on the accent.
pub(super) const PAPER: Ink = Ink(0xFF, 0xFF, 0xFF);

/// The ground of the points of the year.
const POINTS: Ink = Ink(0xF3, 0xF6, 0xFA);

/// Text of no more lines is not cut into columns.
const FEW: f32 = 4.0;

/// The largest type in cards.
const CARD: f32 = 8.0;

/// A box as it is set, before it is known how high its frame is.
#[derive(Debug, Default)]
pub(super) struct Set {
    /// What is in it; its height is that of the box by itself.
    pub(super) slug: Slug,
    /// How its frame is drawn: its color and its ground.
    pub(super) frame: Option<(Ink, f32, Option<Ink>)>,
}

/// Where boxes are set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// The left edge.
    pub(super) left: f32,
    /// The width.
    pub(super) width: f32,
    /// The node that gets the box.
    pub(super) parent: usize,
}

impl Compositor<'_> {
    /// A place for running text in a box.
    pub(super) fn compact(&self, step: &Step, spot: Spot) -> Place {
        Place {
            left: spot.left,
            measure: spot.width,
            size: step.size,
            leading: step.leading / step.size,
            ink: self.theme.black,
            parent: spot.parent,
            level: 2,
            justified: false,
            after: 0.0,
            narrow: true,
            compact: true,
            paired: false,
        }
    }

    /// A heading within a box.
    pub(in super::super) fn subhead(&mut self, section: &Section, place: Place) {
        let node = self.tree.add(place.parent, Role::Heading(place.level));
        let style = Style { weight: Weight::Bold, ink: self.theme.accent, ..place.style() };
        let copy = self.copy(&section.heading, style, node);
        self.space(place.pitch() / 4.0);
        self.pin(Mark::Place(section.id.clone()));
        self.pin(Mark::Heading(place.level, plain(&section.heading)));
        let first = self.galley.slugs.len();
        self.lines(&copy, place);
        for slug in self.galley.slugs.iter_mut().skip(first) {
            slug.keep = true;
        }
    }

    /// Some entries of a box in a frame of their own.
    pub(super) fn boxed(&mut self, boxed: &Boxed<'_>, run: &Run, step: &Step, spot: Spot) -> Set {
        let entries = boxed.entries();
        let from = entries.get(run.entries.start).map_or(0, |entry| entry.start);
        let to = entries.get(run.entries.end.saturating_sub(1)).map_or(from, |entry| entry.end);
        let mut blocks = boxed.blocks.get(from..to).unwrap_or_default();
        let mut section = boxed.section;
        let own;
        let node = self.tree.add(spot.parent, Role::Section);
        let spot = Spot { parent: node, ..spot };
        // What goes on in the next column has its first entry's heading in its strip.
        if let (true, [Block::Section(first), rest @ ..]) = (run.entries.start > 0, blocks) {
            own = first.blocks.iter().chain(rest).cloned().collect::<Vec<Block>>();
            section = Some(first);
            blocks = &own;
        }
        let quarter = step.leading / 4.0;
        match boxed.kind {
            Kind::Bare | Kind::Breakdown { .. } => self.bare(section, blocks, step, spot),
            kind => {
                let amounts = match (kind, blocks) {
                    (Kind::Part, [Block::Paragraph(amounts), rest @ ..]) => {
                        blocks = rest;
                        Some(amounts.as_slice())
                    }
                    _ => None,
                };
                let is_points = kind == Kind::Points;
                let mut slug = Slug::default();
                if let Some(section) = section {
                    self.strip(section, amounts, is_points, step, spot, &mut slug);
                } else {
                    slug.height = quarter;
                }
                let inner =
                    Spot { left: spot.left + INSET, width: spot.width - 2.0 * INSET, parent: spot.parent };
                let content = self.within(kind, blocks, step, inner);
                let top = slug.height + step.pad * quarter;
                slug.height = top + content.height + step.pad * quarter;
                slug.take(content, (0.0, top));
                let frame = match is_points {
                    true => (self.theme.accent, 1.2, Some(POINTS)),
                    false => (self.theme.frame, 0.6, None),
                };
                Set { slug, frame: Some(frame) }
            }
        }
    }

    /// The strip with a box's heading, and a part's amounts at its right end.
    fn strip(
        &mut self,
        section: &Section,
        amounts: Option<&[Inline]>,
        is_solid: bool,
        step: &Step,
        spot: Spot,
        slug: &mut Slug,
    ) {
        let (accent, tint) = (self.theme.accent, self.theme.tint);
        let place = self.compact(step, spot);
        let node = self.tree.add(spot.parent, Role::Heading(2));
        let size = step.size + 0.5;
        let ink = if is_solid { PAPER } else { accent };
        let style = Style { weight: Weight::Bold, size, ink, ..place.style() };
        let heading = self.copy(&section.heading, style, node);
        let amounts = amounts.map(|amounts| {
            let node = self.tree.add(spot.parent, Role::Paragraph);
            self.copy(amounts, Style { weight: Weight::Bold, figures: true, ink, ..place.style() }, node)
        });
        let left = spot.left + INSET + if is_solid { 0.0 } else { 1.0 };
        let room = spot.left + spot.width - INSET - left;
        let taken = amounts.as_ref().map_or(0.0, |copy| natural_width(copy, self.fonts) + size);
        let is_beside = natural_width(&heading, self.fonts) + taken <= room;
        let mut lines = set(&heading, self.fonts, if is_beside { room - taken } else { room });
        let below = amounts.as_ref().filter(|_| !is_beside).map(|copy| set(copy, self.fonts, room));
        let (strip, pitch) = (step.leading * 1.25, size * 1.3);
        let count = lines.len() + below.as_ref().map_or(0, Vec::len);
        let height = strip + pitch * count.saturating_sub(1) as f32;
        let area = [spot.left, 0.0, spot.width, height];
        let ground = if is_solid { accent } else { tint };
        slug.items.push(Item { leaf: None, drawn: Drawn::Fill { area, ink: ground } });
        if !is_solid {
            let area = [spot.left, 0.0, TAB, height];
            slug.items.push(Item { leaf: None, drawn: Drawn::Fill { area, ink: accent } });
        }
        let first = baseline(size, strip);
        if let (true, Some(copy)) = (is_beside, &amounts) {
            let right = spot.left + spot.width - INSET;
            let set = set(copy, self.fonts, room);
            self.column(&set, first, pitch, |line| right - line.width, slug);
        }
        lines.extend(below.into_iter().flatten());
        self.column(&lines, first, pitch, |_| left, slug);
        slug.pins.push(super::super::galley::Pin { y: 0.0, mark: Mark::Place(section.id.clone()) });
        let mark = Mark::Heading(2, plain(&section.heading));
        slug.pins.push(super::super::galley::Pin { y: 0.0, mark });
        slug.height = height;
    }

    /// What is in a frame.
    fn within(&mut self, kind: Kind, blocks: &[Block], step: &Step, spot: Spot) -> Slug {
        match kind {
            Kind::Cards => self.beside(blocks, step, spot, false),
            Kind::Steps => self.beside(blocks, step, spot, true),
            Kind::Basis => {
                let place = self.compact(step, spot);
                self.apart(|compositor| compositor.basis(blocks, place))
            }
            Kind::Plain | Kind::Part if spot.width > 150.0 * MM => self.in_two(blocks, step, spot),
            _ => {
                let place = self.compact(step, spot);
                self.apart(|compositor| compositor.blocks(blocks, place))
            }
        }
    }

    /// Text in two columns of the same box, unless it is short.
    fn in_two(&mut self, blocks: &[Block], step: &Step, spot: Spot) -> Slug {
        let (nodes, targets) = (self.tree.nodes.len(), self.targets.len());
        let place = self.compact(step, spot);
        let across = self.apart(|compositor| compositor.blocks(blocks, place));
        let is_figure = blocks.iter().any(|it| matches!(it, Block::Figure(_) | Block::Table(_)));
        if across.height <= FEW * step.leading || is_figure && blocks.len() == 1 {
            return across;
        }
        self.tree.rewind(nodes);
        self.targets.truncate(targets);
        let width = (spot.width - GUTTER) / 2.0;
        let place = self.compact(step, Spot { width, ..spot });
        let galley = self.aside(|compositor| compositor.blocks(blocks, place));
        let mut slug = Slug::default();
        for (number, sheet) in self.halves(&galley, step).into_iter().enumerate() {
            slug.height = slug.height.max(sheet.height);
            slug.take(sheet, ((width + GUTTER) * number as f32, 0.0));
        }
        slug
    }

    /// A galley in two parts, the longer of which is as short as can be.
    fn halves(&self, galley: &Galley, step: &Step) -> Vec<Slug> {
        let whole: f32 = galley.slugs.iter().map(|slug| slug.height + slug.space).sum();
        let cut = |depth: f32| paginate(galley, 0.0, depth, self.theme);
        let (mut low, mut high) = (whole / 2.0, whole + step.leading);
        while high - low > step.leading / 8.0 {
            let middle = (low + high) / 2.0;
            if cut(middle).len() > 2 { low = middle } else { high = middle }
        }
        cut(high).into_iter().map(Sheet::into_slug).collect()
    }

    /// Citations, their titles bold, with the passages cited.
    fn basis(&mut self, blocks: &[Block], place: Place) {
        for (at, block) in blocks.iter().enumerate() {
            match (block, blocks.get(at + 1)) {
                (Block::Paragraph(text), Some(Block::Quote(_))) => {
                    if at > 0 {
                        self.space(place.pitch() / 4.0);
                    }
                    self.paragraph(&titled(text), place);
                    self.stick();
                }
                _ => self.blocks(std::slice::from_ref(block), place),
            }
        }
    }

    /// Sections side by side; steps stand in boxes with arrows between.
    fn beside(&mut self, blocks: &[Block], step: &Step, spot: Spot, is_steps: bool) -> Slug {
        let first = blocks.iter().position(|it| matches!(it, Block::Section(_))).unwrap_or(blocks.len());
        let (above, sections) = blocks.split_at(first);
        let place = self.compact(step, spot);
        let mut whole = self.apart(|compositor| compositor.blocks(above, place));
        let narrowest = 45.0 * MM;
        let fitting = ((spot.width + GUTTER) / (narrowest + GUTTER)).max(1.0) as usize;
        let rows = sections.len().div_ceil(fitting.min(if is_steps { 6 } else { 4 }));
        let across = sections.len().div_ceil(rows.max(1)).max(1);
        let step = &Step { size: if is_steps { step.size } else { step.size.min(CARD) }, ..*step };
        let gap = if is_steps { GUTTER * 2.0 } else { GUTTER };
        let width = (spot.width - gap * (across - 1) as f32) / across as f32;
        for row in sections.chunks(across) {
            let top = whole.height + if whole.height > 0.0 { step.leading / 2.0 } else { 0.0 };
            let spots = (0..row.len()).map(|number| Spot {
                left: spot.left + (width + gap) * number as f32,
                width,
                parent: spot.parent,
            });
            let spots: Vec<Spot> = spots.collect();
            let set = if is_steps { self.steps(row, step, &spots) } else { self.cards(row, step, &spots) };
            whole.height = top + set.height;
            whole.take(set, (0.0, top));
        }
        whole
    }

    /// A row of cards: headings on one baseline over a line, text below.
    fn cards(&mut self, row: &[Block], step: &Step, spots: &[Spot]) -> Slug {
        let mut cells = Vec::with_capacity(row.len());
        for (block, spot) in row.iter().zip(spots) {
            let Block::Section(section) = block else { continue };
            let node = self.tree.add(spot.parent, Role::Section);
            let place = Place { level: 3, ..self.compact(step, Spot { parent: node, ..*spot }) };
            let head = self.apart(|compositor| compositor.subhead(section, place));
            let body = self.apart(|compositor| compositor.blocks(&section.blocks, place));
            cells.push((*spot, head, body));
        }
        let heads = cells.iter().map(|(_, head, _)| head.height).fold(0.0, f32::max);
        let under = heads + step.leading / 4.0;
        let mut whole = Slug::default();
        for (spot, head, body) in cells {
            let down = heads - head.height;
            whole.take(head, (0.0, down));
            let (from, to) = ((spot.left, heads + 1.0), (spot.left + spot.width, heads + 1.0));
            whole.items.push(rule(from, to, 0.6, self.theme.accent));
            whole.height = whole.height.max(under + body.height);
            whole.take(body, (0.0, under));
        }
        whole
    }

    /// A row of steps: boxes of one height, and an arrow from each to the next.
    fn steps(&mut self, row: &[Block], step: &Step, spots: &[Spot]) -> Slug {
        let accent = self.theme.accent;
        let mut cells = Vec::with_capacity(row.len());
        for (block, spot) in row.iter().zip(spots) {
            let Block::Section(section) = block else { continue };
            let node = self.tree.add(spot.parent, Role::Section);
            let inner = Spot { left: spot.left + INSET, width: spot.width - 2.0 * INSET, parent: node };
            let place = Place { level: 3, ..self.compact(step, inner) };
            let head = self.apart(|compositor| compositor.subhead(section, place));
            let body = self.apart(|compositor| compositor.blocks(&section.blocks, place));
            cells.push((*spot, head, body));
        }
        let quarter = step.leading / 4.0;
        let heads = cells.iter().map(|(_, head, _)| head.height).fold(0.0, f32::max) + quarter;
        let bodies = cells.iter().map(|(_, _, body)| body.height).fold(0.0, f32::max);
        let mut whole = Slug { height: heads + bodies + 2.0 * quarter, ..Slug::default() };
        let count = cells.len();
        for (number, (spot, head, body)) in cells.into_iter().enumerate() {
            let area = [spot.left, 0.0, spot.width, heads];
            let tint = Drawn::Fill { area, ink: self.theme.tint };
            whole.items.push(Item { leaf: None, drawn: tint });
            whole.items.extend(outline([spot.left, 0.0, spot.width, whole.height], accent, 0.6));
            if number + 1 < count {
                let (x, y) = (spot.left + spot.width + GUTTER * 0.55, whole.height / 2.0);
                let corners = vec![(x, y - 7.0), (x + GUTTER * 0.9, y), (x, y + 7.0)];
                whole.items.push(Item { leaf: None, drawn: Drawn::Polygon { corners, ink: accent } });
            }
            let down = (heads - head.height) / 2.0;
            whole.take(head, (0.0, down));
            whole.take(body, (0.0, heads + quarter));
        }
        whole
    }

    /// A figure or a table under its caption.
    fn bare(&mut self, section: Option<&Section>, blocks: &[Block], step: &Step, spot: Spot) -> Set {
        let place = self.compact(step, spot);
        let mut blocks = blocks;
        let mut slug = Slug::default();
        if let Some(section) = section {
            let node = self.tree.add(spot.parent, Role::Heading(2));
            let style = Style { weight: Weight::Bold, ink: self.theme.accent, ..place.style() };
            let caption = self.copy(&section.heading, style, node);
            let lines = set(&caption, self.fonts, spot.width);
            // The unit of a table stands at the other end of its caption's line.
            if let [Block::Paragraph(unit), rest @ ..] = blocks
                && matches!(rest, [Block::Table(_), ..])
            {
                let node = self.tree.add(spot.parent, Role::Paragraph);
                let style = Style { size: 7.5, ink: self.theme.muted, ..place.style() };
                let unit = self.copy(unit, style, node);
                if lines.len() == 1 && natural_width(&caption, self.fonts) + 120.0 < spot.width {
                    let first = baseline(step.size, step.leading);
                    let right = spot.left + spot.width;
                    let unit = set(&unit, self.fonts, 110.0);
                    self.column(&unit, first, 9.0, |line| right - line.width, &mut slug);
                    blocks = rest;
                }
            }
            self.column(&lines, baseline(step.size, step.leading), step.leading, |_| spot.left, &mut slug);
            slug.height = step.leading * lines.len() as f32 + 1.0;
            for mark in [Mark::Place(section.id.clone()), Mark::Heading(2, plain(&section.heading))] {
                slug.pins.push(super::super::galley::Pin { y: 0.0, mark });
            }
        }
        let content = self.apart(|compositor| compositor.blocks(blocks, place));
        let top = slug.height;
        slug.height += content.height;
        slug.take(content, (0.0, top));
        Set { slug, frame: None }
    }
}

/// A citation with the title bold, up to the bracket that says who decided on it and when.
fn titled(text: &[Inline]) -> Vec<Inline> {
    match text {
        [Inline::Text(first), rest @ ..] => {
            let at = first.find('（').unwrap_or(first.len());
            let (title, after) = first.split_at(at);
            let mut parts = vec![Inline::Strong(vec![Inline::Text(title.to_owned())])];
            parts.push(Inline::Text(after.to_owned()));
            parts.extend(rest.iter().cloned());
            parts
        }
        _ => text.to_vec(),
    }
}

/// The four sides of a frame, drawn inside its area.
pub(super) fn outline([x, y, w, h]: [f32; 4], ink: Ink, thickness: f32) -> Vec<Item> {
    let half = thickness / 2.0;
    let (left, top, right, bottom) = (x + half, y + half, x + w - half, y + h - half);
    vec![
        rule((x, top), (x + w, top), thickness, ink),
        rule((x, bottom), (x + w, bottom), thickness, ink),
        rule((left, y), (left, y + h), thickness, ink),
        rule((right, y), (right, y + h), thickness, ink),
    ]
}

/// Copies that stand on one line, with white between.
pub(super) fn run_in(copies: Vec<Copy>, between: &str, style: Style, compositor: &Compositor<'_>) -> Copy {
    let mut line = Copy::default();
    for copy in copies {
        if !line.is_empty() {
            line.push(between, style, None, None, compositor.fonts);
        }
        line.append(copy);
    }
    line
}
