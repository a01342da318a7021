//! Sections beside each other within a box: cards, and steps with arrows between.

use super::super::compositor::{Compositor, Place, rule};
use super::super::galley::Strip;
use super::super::{Drawn, Item};
use super::boxes::{Spot, outline};
use super::cost::Step;
use super::{GUTTER, INSET, MM};
use crate::document::Block;
use crate::render::pdf::tags::Role;

/// The largest type in cards.
const CARD: f32 = 8.0;

/// A section of a row, before it is known how high the others are.
struct Cell {
    spot: Spot,
    head: Strip,
    body: Strip,
}

impl Compositor<'_> {
    /// Sections side by side; steps stand in boxes with arrows between.
    pub(super) fn beside(&mut self, blocks: &[Block], step: &Step, spot: Spot, is_steps: bool) -> Strip {
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
    fn cards(&mut self, row: &[Block], step: &Step, spots: &[Spot]) -> Strip {
        let cells = self.cells_beside(row, step, spots, 0.0);
        let heads = cells.iter().map(|cell| cell.head.height).fold(0.0, f32::max);
        let under = heads + step.leading / 4.0;
        let mut whole = Strip::default();
        for Cell { spot, head, body } in cells {
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
    fn steps(&mut self, row: &[Block], step: &Step, spots: &[Spot]) -> Strip {
        let accent = self.theme.accent;
        let cells = self.cells_beside(row, step, spots, INSET);
        let quarter = step.leading / 4.0;
        let heads = cells.iter().map(|cell| cell.head.height).fold(0.0, f32::max) + quarter;
        let bodies = cells.iter().map(|cell| cell.body.height).fold(0.0, f32::max);
        let mut whole = Strip { height: heads + bodies + 2.0 * quarter, ..Strip::default() };
        let count = cells.len();
        for (number, Cell { spot, head, body }) in cells.into_iter().enumerate() {
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

    /// The sections of a row, each in its spot, so far from its edges.
    fn cells_beside(&mut self, row: &[Block], step: &Step, spots: &[Spot], inset: f32) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(row.len());
        for (block, spot) in row.iter().zip(spots) {
            let Block::Section(section) = block else { continue };
            let node = self.tree.add(spot.parent, Role::Section);
            let inner = Spot { left: spot.left + inset, width: spot.width - 2.0 * inset, parent: node };
            let place = Place { level: 3, ..self.compact(step, inner) };
            let head = self.apart(|compositor| compositor.subhead(section, place));
            let body = self.apart(|compositor| compositor.blocks(&section.blocks, place));
            cells.push(Cell { spot: *spot, head, body });
        }
        cells
    }
}
