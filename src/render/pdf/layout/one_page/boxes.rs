//! Setting boxes: a strip with the heading, a frame, and in it text, cards, steps, tables or figures.

use super::super::Item;
use super::super::breaks::Cutter;
use super::super::compositor::{Compositor, Place, baseline, fill, rule};
use super::super::galley::{Galley, Keep, Strip};
use super::super::paginate::paginate;
use super::content::{Boxed, Kind};
use super::cost::{Run, Step};
use super::{GUTTER, INSET, MM, TAB};
use crate::document::{Block, Inline, Section};
use crate::render::pdf::tags::Role;
use crate::render::pdf::text::{Style, StyledText, natural_width};
use crate::render::pdf::theme::Ink;
use crate::typeface::Weight;
use crate::words;

/// White type, on the accent.
pub(super) const PAPER: Ink = Ink(0xFF, 0xFF, 0xFF);

/// The ground of the points of the year.
const POINTS: Ink = Ink(0xF3, 0xF6, 0xFA);

/// Text of no more lines is not cut into columns.
const FEW: f32 = 4.0;

/// How many lines higher a box is rather than that its columns part a short table or a paragraph's last lines.
const PARTED: f32 = 3.0;

/// A box as it is set, before it is known how high its frame is.
#[derive(Debug, Default)]
pub(super) struct Set {
    /// What is in it; its height is that of the box by itself.
    pub(super) strip: Strip,
    /// How its frame is drawn: its color and its ground.
    pub(super) frame: Option<(Ink, f32, Option<Ink>)>,
}

/// What the head of a box says.
#[derive(Clone, Copy)]
struct BoxHead<'a> {
    section: &'a Section,
    /// Whether a page before has said it.
    goes_on: bool,
    amounts: Option<&'a [Inline]>,
    /// Whether the strip is in full color.
    is_solid: bool,
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
            barred: false,
            listed: false,
        }
    }

    /// A heading within a box.
    pub(in super::super) fn subhead(&mut self, section: &Section, place: Place) {
        let node = self.tree.add(place.parent, Role::Heading(place.level));
        let style = Style { weight: Weight::Bold, ink: self.theme.accent, ..place.style() };
        let styled = self.styled(&section.heading, style, node);
        self.space(place.pitch() / 4.0);
        self.headline(section, &styled, place);
    }

    /// Some entries of a box in a frame of their own.
    pub(super) fn boxed(&mut self, boxed: &Boxed<'_>, run: &Run, step: &Step, spot: Spot) -> Set {
        let mut blocks = boxed.blocks_of(&run.entries);
        let mut section = boxed.section;
        let own;
        let node = self.tree.add(spot.parent, Role::Section);
        let spot = Spot { parent: node, ..spot };
        let mut goes_on = boxed.goes_on && run.entries.start == 0;
        // What goes on in the next column has its first entry's heading in its strip.
        if let (true, [Block::Section(first), rest @ ..]) = (run.entries.start > 0, blocks) {
            own = first.blocks.iter().chain(rest).cloned().collect::<Vec<Block>>();
            section = Some(first);
            goes_on = false;
            blocks = &own;
        }
        let quarter = step.leading / 4.0;
        match boxed.kind {
            Kind::Bare | Kind::Breakdown { .. } => self.bare(section, goes_on, blocks, step, spot),
            Kind::Remark => Set { strip: self.remark(section, goes_on, blocks, spot), frame: None },
            kind => {
                let amounts = match (kind, blocks) {
                    (Kind::Part, [Block::Paragraph(amounts), rest @ ..]) if !boxed.goes_on => {
                        blocks = rest;
                        Some(amounts.as_slice())
                    }
                    _ => None,
                };
                let is_points = kind == Kind::Points;
                let mut strip = Strip::default();
                if let Some(section) = section {
                    let heading = BoxHead { section, goes_on, amounts, is_solid: is_points };
                    self.box_head(&heading, step, spot, &mut strip);
                } else {
                    strip.height = quarter;
                }
                let inner =
                    Spot { left: spot.left + INSET, width: spot.width - 2.0 * INSET, parent: spot.parent };
                // A heading without text has its strip and no empty box under it.
                if blocks.is_empty() && strip.height > 0.0 {
                    return Set { strip, frame: None };
                }
                let content = self.within(kind, blocks, step, inner);
                let top = strip.height + step.pad * quarter;
                strip.height = top + content.height + step.pad * quarter;
                strip.take(content, (0.0, top));
                let frame = match is_points {
                    true => (self.theme.accent, 1.2, Some(POINTS)),
                    false => (self.theme.frame, 0.6, None),
                };
                Set { strip, frame: Some(frame) }
            }
        }
    }

    /// The strip with a box's heading, and a part's amounts at its right end.
    fn box_head(&mut self, head: &BoxHead<'_>, step: &Step, spot: Spot, strip: &mut Strip) {
        let BoxHead { section, goes_on, amounts, is_solid } = *head;
        let (accent, tint) = (self.theme.accent, self.theme.tint);
        let place = self.compact(step, spot);
        let node = self.tree.add(spot.parent, Role::Heading(2));
        let size = step.size + 0.5;
        let ink = if is_solid { PAPER } else { accent };
        let style = Style { weight: Weight::Bold, size, ink, ..place.style() };
        let heading = self.named(section, goes_on, style, node);
        let amounts = amounts.map(|amounts| {
            let node = self.tree.add(spot.parent, Role::Paragraph);
            self.styled(amounts, Style { weight: Weight::Bold, figures: true, ink, ..place.style() }, node)
        });
        let left = spot.left + INSET + if is_solid { 0.0 } else { 1.0 };
        let room = spot.left + spot.width - INSET - left;
        let taken = amounts.as_ref().map_or(0.0, |styled| natural_width(styled, self.fonts) + size);
        let is_beside = natural_width(&heading, self.fonts) + taken <= room;
        let mut lines = self.set(&heading, if is_beside { room - taken } else { room });
        let below = amounts.as_ref().filter(|_| !is_beside).map(|styled| self.set(styled, room));
        let (tall, pitch) = (step.leading * 1.25, size * 1.3);
        let count = lines.len() + below.as_ref().map_or(0, Vec::len);
        let height = tall + pitch * count.saturating_sub(1) as f32;
        let area = [spot.left, 0.0, spot.width, height];
        let ground = if is_solid { accent } else { tint };
        strip.items.push(fill(area, ground));
        if !is_solid {
            let area = [spot.left, 0.0, TAB, height];
            strip.items.push(fill(area, accent));
        }
        let first = baseline(size, tall);
        if let (true, Some(styled)) = (is_beside, &amounts) {
            let right = spot.left + spot.width - INSET;
            let set = self.set(styled, room);
            self.column(&set, first, pitch, |line| right - line.width, strip);
        }
        lines.extend(below.into_iter().flatten());
        self.column(&lines, first, pitch, |_| left, strip);
        if !goes_on {
            strip.mark(section, 2, 0.0);
        }
        strip.height = height;
    }

    /// A heading, with a word on it where it has been said on a page before.
    pub(super) fn named(
        &mut self,
        section: &Section,
        goes_on: bool,
        style: Style,
        node: usize,
    ) -> StyledText {
        if !goes_on {
            return self.styled(&section.heading, style, node);
        }
        let more = Inline::Text(words::goes_on(self.document.lang).to_owned());
        let heading: Vec<Inline> = section.heading.iter().cloned().chain([more]).collect();
        self.styled(&heading, style, node)
    }

    /// What is in a frame.
    fn within(&mut self, kind: Kind, blocks: &[Block], step: &Step, spot: Spot) -> Strip {
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
    fn in_two(&mut self, blocks: &[Block], step: &Step, spot: Spot) -> Strip {
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
        let mut strip = Strip::default();
        for (number, sheet) in self.halves(galley, step).into_iter().enumerate() {
            strip.height = strip.height.max(sheet.height);
            strip.take(sheet, ((width + GUTTER) * number as f32, 0.0));
        }
        strip
    }

    /// A galley in two parts, the longer of which is as short as can be; what belongs together is parted only if that saves some lines.
    fn halves(&self, galley: Galley, step: &Step) -> Vec<Strip> {
        let cutter = Cutter::new(&galley, f32::INFINITY);
        let tall = |at: usize| {
            let parted = match galley.strips.get(at - 1).map(|strip| strip.keep).unwrap_or_default() {
                Keep::Free => 0.0,
                Keep::Near => PARTED,
                Keep::Firm => 10.0 * PARTED,
            };
            let below = cutter.above(at) + galley.height(at..);
            galley.height(..at).max(below) + parted * step.leading
        };
        let best = (1..galley.strips.len()).min_by(|one, other| tall(*one).total_cmp(&tall(*other)));
        let cuts: Vec<usize> = best.into_iter().collect();
        paginate(galley, 0.0, &cuts, self.theme)
    }

    /// Citations, their titles bold, with the passages cited.
    fn basis(&mut self, blocks: &[Block], place: Place) {
        for (at, block) in blocks.iter().enumerate() {
            match (block, blocks.get(at + 1)) {
                (Block::Paragraph(text), Some(Block::Quote(_))) => {
                    if at > 0 {
                        self.space(place.pitch() / 4.0);
                    }
                    self.naming(&titled(text), place);
                }
                _ => self.blocks(std::slice::from_ref(block), place),
            }
        }
    }

    /// A figure or a table under its caption.
    fn bare(
        &mut self,
        section: Option<&Section>,
        goes_on: bool,
        blocks: &[Block],
        step: &Step,
        spot: Spot,
    ) -> Set {
        let place = self.compact(step, spot);
        let mut blocks = blocks;
        let mut strip = Strip::default();
        if let Some(section) = section {
            let node = self.tree.add(spot.parent, Role::Heading(2));
            let style = Style { weight: Weight::Bold, ink: self.theme.accent, ..place.style() };
            let caption = self.named(section, goes_on, style, node);
            let lines = self.set(&caption, spot.width);
            // The unit of a table stands at the other end of its caption's line.
            if let [Block::Paragraph(unit), rest @ ..] = blocks
                && matches!(rest, [Block::Table(_), ..])
            {
                let node = self.tree.add(spot.parent, Role::Paragraph);
                let style = Style { size: 7.5, ink: self.theme.muted, ..place.style() };
                let unit = self.styled(unit, style, node);
                if lines.len() == 1 && natural_width(&caption, self.fonts) + 120.0 < spot.width {
                    let first = baseline(step.size, step.leading);
                    let right = spot.left + spot.width;
                    let unit = self.set(&unit, 110.0);
                    self.column(&unit, first, 9.0, |line| right - line.width, &mut strip);
                    blocks = rest;
                }
            }
            self.column(&lines, baseline(step.size, step.leading), step.leading, |_| spot.left, &mut strip);
            strip.height = step.leading * lines.len() as f32 + 1.0;
            if !goes_on {
                strip.mark(section, 2, 0.0);
            }
        }
        let place =
            Place { barred: step.bars && section.is_some_and(|section| section.has("bars")), ..place };
        let content = self.apart(|compositor| compositor.blocks(blocks, place));
        let top = strip.height;
        strip.height += content.height;
        strip.take(content, (0.0, top));
        Set { strip, frame: None }
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
