//! How high boxes and their entries are at a step, found out by setting them, each once.

use std::collections::BTreeMap;

use super::super::compositor::Compositor;
use super::boxes::Spot;
use super::content::Content;
use super::cost::{Heights, Run, Step};
use super::{INSET, width};
use crate::document::Block;

/// Measures boxes at a step by setting them.
pub(super) struct Bench<'a> {
    content: &'a Content<'a>,
    compositor: Compositor<'a>,
    step: &'static Step,
    known: BTreeMap<(usize, usize, u8), (f32, f32)>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(content: &'a Content<'a>, compositor: Compositor<'a>, step: &'static Step) -> Self {
        Self { content, compositor, step, known: BTreeMap::new() }
    }
}

/// The place of a whole box among the entries that are known.
const WHOLE: usize = usize::MAX;

impl Heights for Bench<'_> {
    fn whole(&mut self, at: usize, twelfths: u8) -> f32 {
        if let Some((height, _)) = self.known.get(&(at, WHOLE, twelfths)) {
            return *height;
        }
        let Some(boxed) = self.content.boxes.get(at) else {
            return 0.0;
        };
        let run = Run::whole(self.content, at);
        let spot = Spot { left: 0.0, width: width(twelfths), parent: 0 };
        let height = self.compositor.boxed(boxed, &run, self.step, spot).slug.height;
        self.known.insert((at, WHOLE, twelfths), (height, 0.0));
        height
    }

    fn entry(&mut self, at: usize, entry: usize, twelfths: u8) -> (f32, f32) {
        if let Some(heights) = self.known.get(&(at, entry, twelfths)) {
            return *heights;
        }
        let Some(boxed) = self.content.boxes.get(at) else {
            return (0.0, 0.0);
        };
        let blocks = boxed.blocks_of(&(entry..entry + 1));
        let spot = Spot { left: 0.0, width: width(twelfths) - 2.0 * INSET, parent: 0 };
        let place = self.compositor.compact(self.step, spot);
        let mut height_of =
            |blocks: &[Block]| self.compositor.apart(|compositor| compositor.blocks(blocks, place)).height;
        let heights = match blocks {
            // The heading's height is that of the whole without what stands below, and with it the white between them.
            [Block::Section(section), rest @ ..] if entry > 0 => {
                let inner: Vec<Block> = section.blocks.iter().chain(rest).cloned().collect();
                let (whole, own) = (height_of(blocks), height_of(&inner));
                (own, whole + self.step.leading / 4.0 - own)
            }
            _ => (height_of(blocks), 0.0),
        };
        self.known.insert((at, entry, twelfths), heights);
        heights
    }

    fn frame(&self, at: usize) -> f32 {
        let quarter = self.step.leading / 4.0;
        let strip = if self.content.boxes.get(at).is_some_and(|it| it.section.is_some()) { 5.0 } else { 1.0 };
        (strip + 2.0 * self.step.pad) * quarter
    }

    fn gap(&self) -> f32 {
        self.step.gap * self.step.leading / 4.0
    }
}
