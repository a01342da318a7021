//! How high boxes and their entries are at a step, found out by setting them, each once.

use std::collections::BTreeMap;

use super::super::compositor::Compositor;
use super::boxes::Spot;
use super::content::Boxed;
use super::cost::{Heights, Run, Step};
use super::{INSET, width};
use crate::document::Block;

/// Measures boxes at a step by setting them.
pub(super) struct Bench<'a> {
    compositor: Compositor<'a>,
    step: &'static Step,
    known: BTreeMap<(usize, usize, u8), (f32, f32)>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(compositor: Compositor<'a>, step: &'static Step) -> Self {
        Self { compositor, step, known: BTreeMap::new() }
    }
}

/// The boxes that are measured, and by what.
pub(super) struct Measured<'b, 'a> {
    pub(super) boxes: &'b [Boxed<'a>],
    pub(super) bench: &'b mut Bench<'a>,
}

/// The place of a whole box among the entries that are known.
const WHOLE: usize = usize::MAX;

impl Heights for Measured<'_, '_> {
    fn whole(&mut self, at: usize, twelfths: u8) -> f32 {
        let Some(boxed) = self.boxes.get(at) else {
            return 0.0;
        };
        let bench = &mut *self.bench;
        if let Some((height, _)) = bench.known.get(&(boxed.id, WHOLE, twelfths)) {
            return *height;
        }
        let run = Run::whole(self.boxes, at);
        let spot = Spot { left: 0.0, width: width(bench.compositor.theme, twelfths), parent: 0 };
        let height = bench.compositor.boxed(boxed, &run, bench.step, spot).slug.height;
        bench.known.insert((boxed.id, WHOLE, twelfths), (height, 0.0));
        height
    }

    fn entry(&mut self, at: usize, entry: usize, twelfths: u8) -> (f32, f32) {
        let Some(boxed) = self.boxes.get(at) else {
            return (0.0, 0.0);
        };
        let bench = &mut *self.bench;
        if let Some(heights) = bench.known.get(&(boxed.id, entry, twelfths)) {
            return *heights;
        }
        let blocks = boxed.blocks_of(&(entry..entry + 1));
        let spot =
            Spot { left: 0.0, width: width(bench.compositor.theme, twelfths) - 2.0 * INSET, parent: 0 };
        let place = bench.compositor.compact(bench.step, spot);
        let mut height_of =
            |blocks: &[Block]| bench.compositor.apart(|compositor| compositor.blocks(blocks, place)).height;
        let heights = match blocks {
            // The heading's height is that of the whole without what stands below, and with it the white between them.
            [Block::Section(section), rest @ ..] if entry > 0 => {
                let inner: Vec<Block> = section.blocks.iter().chain(rest).cloned().collect();
                let (whole, own) = (height_of(blocks), height_of(&inner));
                (own, whole + bench.step.leading / 4.0 - own)
            }
            _ => (height_of(blocks), 0.0),
        };
        bench.known.insert((boxed.id, entry, twelfths), heights);
        heights
    }

    fn frame(&self, at: usize) -> f32 {
        let step = self.bench.step;
        let quarter = step.leading / 4.0;
        let strip = if self.boxes.get(at).is_some_and(|it| it.section.is_some()) { 5.0 } else { 1.0 };
        (strip + 2.0 * step.pad) * quarter
    }

    fn gap(&self) -> f32 {
        self.bench.step.gap * self.bench.step.leading / 4.0
    }
}
