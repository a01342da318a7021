//! How high boxes and their entries are at a step, found out by setting them, each once.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::super::compositor::Compositor;
use super::boxes::Spot;
use super::content::Boxed;
use super::cost::{Heights, Run, STEPS, Step};
use super::{INSET, Job, width};
use crate::document::Block;
use crate::render::pdf::theme::Theme;

/// Measures boxes by setting them, and remembers how high they were.
pub(super) struct Bench<'a> {
    compositor: Compositor<'a>,
    themes: &'a [Theme; STEPS.len()],
    known: BTreeMap<Asked, (f32, f32)>,
}

/// What was measured: the step, the box, its entry, the width in twelfths.
type Asked = (usize, usize, usize, u8);

impl<'a> Bench<'a> {
    pub(super) fn new(job: &Job<'a>) -> Self {
        let compositor = Compositor { counter: Some(RefCell::default()), ..job.compositor(0) };
        Self { compositor, themes: job.themes, known: BTreeMap::new() }
    }

    /// What was asked before, or what comes out if it is set at the width.
    fn measured(
        &mut self,
        asked: Asked,
        set: impl FnOnce(&mut Compositor<'a>, &Step, Spot) -> (f32, f32),
    ) -> (f32, f32) {
        if let Some(known) = self.known.get(&asked) {
            return *known;
        }
        let (step, _, _, twelfths) = asked;
        let compositor = &mut self.compositor;
        compositor.theme = &self.themes[step];
        let spot = Spot { left: 0.0, width: width(compositor.theme, twelfths), parent: 0 };
        let heights = set(compositor, &STEPS[step], spot);
        compositor.tree.rewind(0);
        compositor.targets.clear();
        self.known.insert(asked, heights);
        heights
    }
}

/// The boxes that are measured, at which step, and by what.
pub(super) struct Measured<'b, 'a> {
    pub(super) boxes: &'b [Boxed<'a>],
    pub(super) step: usize,
    pub(super) bench: &'b mut Bench<'a>,
}

/// The place of a whole box among the entries that are known.
const WHOLE: usize = usize::MAX;

impl Heights for Measured<'_, '_> {
    fn whole(&mut self, at: usize, twelfths: u8) -> f32 {
        let Some(boxed) = self.boxes.get(at) else {
            return 0.0;
        };
        let run = Run::whole(self.boxes, at);
        let asked = (self.step, boxed.id, WHOLE, twelfths);
        self.bench.measured(asked, |it, step, spot| (it.boxed(boxed, &run, step, spot).strip.height, 0.0)).0
    }

    fn entry(&mut self, at: usize, entry: usize, twelfths: u8) -> (f32, f32) {
        let Some(boxed) = self.boxes.get(at) else {
            return (0.0, 0.0);
        };
        self.bench.measured((self.step, boxed.id, entry, twelfths), |compositor, step, spot| {
            let place = compositor.compact(step, Spot { width: spot.width - 2.0 * INSET, ..spot });
            let mut below = None;
            let galley = compositor.aside(|compositor| match boxed.blocks_of(&(entry..entry + 1)) {
                [Block::Section(section), rest @ ..] if entry > 0 => {
                    compositor.subhead(section, place);
                    below = Some(compositor.galley.strips.len());
                    compositor.blocks(&section.blocks, place);
                    compositor.blocks(rest, place);
                }
                blocks => compositor.blocks(blocks, place),
            });
            let whole = galley.height(..);
            match below {
                // The heading's height is that of the whole without what stands below, and with it the white between them.
                Some(below) => {
                    let own = galley.height(below..);
                    (own, whole + step.leading / 4.0 - own)
                }
                None => (whole, 0.0),
            }
        })
    }

    fn frame(&self, at: usize) -> f32 {
        let step = &STEPS[self.step];
        let quarter = step.leading / 4.0;
        let strip = if self.boxes.get(at).is_some_and(|it| it.section.is_some()) { 5.0 } else { 1.0 };
        (strip + 2.0 * step.pad) * quarter
    }

    fn gap(&self) -> f32 {
        STEPS[self.step].gap * STEPS[self.step].leading / 4.0
    }
}
