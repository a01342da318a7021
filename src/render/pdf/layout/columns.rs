//! Sections side by side.

use super::compositor::{Compositor, Place, rule};
use super::galley::Strip;
use crate::document::Block;

/// The most columns side by side.
const MOST: usize = 4;

/// The narrowest column.
const NARROWEST: f32 = 105.0;

/// The white between columns.
const GUTTER: f32 = 16.0;

impl Compositor<'_> {
    /// Sets the sections among blocks side by side in rows of equal columns; where a row is higher than a page, one below
    /// the other.
    pub(super) fn columns(&mut self, blocks: &[Block], place: Place) {
        let is_section = |block: &Block| matches!(block, Block::Section(_));
        let first = blocks.iter().position(is_section).unwrap_or(blocks.len());
        let (above, sections) = blocks.split_at(first);
        self.blocks(above, place);
        if sections.is_empty() {
            return;
        }
        let fitting = ((place.measure + GUTTER) / (NARROWEST + GUTTER)) as usize;
        let rows = sections.len().div_ceil(MOST.min(fitting).max(1));
        let across = sections.len().div_ceil(rows);

        for row in sections.chunks(across) {
            if across < 2 || !self.row(row, across, place) {
                self.blocks(row, place);
            }
            self.space(10.0);
        }
    }

    /// Sets one row; gives up, leaving no trace, if a page cannot hold it.
    fn row(&mut self, sections: &[Block], across: usize, place: Place) -> bool {
        let width = (place.measure - GUTTER * (across - 1) as f32) / across as f32;
        let limit = self.theme.depth() * 0.8;
        let (nodes, targets) = (self.tree.nodes.len(), self.targets.len());
        let mut whole = Strip::default();

        for (number, section) in sections.iter().enumerate() {
            let left = place.left + (width + GUTTER) * number as f32;
            let column = Place { left, measure: width, narrow: true, justified: false, ..place };
            let strip = self.apart(|compositor| compositor.blocks(std::slice::from_ref(section), column));
            if strip.height > limit {
                self.tree.rewind(nodes);
                self.targets.truncate(targets);
                return false;
            }
            whole.height = whole.height.max(strip.height);
            whole.items.extend(strip.items);
            whole.links.extend(strip.links);
            whole.pins.extend(strip.pins);
        }
        for number in 1..sections.len() {
            let x = place.left + (width + GUTTER) * number as f32 - GUTTER / 2.0;
            whole.items.push(rule((x, 0.0), (x, whole.height), 0.4, self.theme.hairline));
        }
        self.strip(whole);
        true
    }
}
