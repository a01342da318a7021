//! Which notes stand at the foot of which page: those to which it is the first to refer.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::content::Boxed;
use super::{EDITION, Job, STEPS, USUAL};
use crate::document::{Block, Inline, notes_in};

/// The notes of a sheet, by what refers to them.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// How high each is.
    heights: Vec<f32>,
    /// How high a foot is without notes, on a page that has the small print and on one that has not.
    bare: [f32; 2],
    /// Those of the band.
    band: BTreeSet<usize>,
    /// Those of the boxes that were asked for, by the boxes' own numbers.
    boxes: BTreeMap<usize, BTreeSet<usize>>,
}

impl Notes {
    pub(super) fn of(job: &Job<'_>) -> Self {
        let mut compositor = job.compositor(USUAL);
        let mut high = |notes: &[usize], is_last: bool| {
            compositor.foot(job.content, &STEPS[USUAL], job.foot_spot(), (notes, is_last)).height
        };
        let bare = [high(&[], true), high(&[], false)];
        let heights = (0..job.document.footnotes.len()).map(|note| high(&[note], false) - bare[1]).collect();
        let texts = std::iter::once(job.document.title.as_slice()).chain(job.content.kicker);
        let mut said: Vec<Block> = texts.map(|text: &[Inline]| Block::Paragraph(text.to_vec())).collect();
        let amount = job.content.amount.map(|(section, _)| section);
        let sections = [amount, job.content.notes, job.content.facts];
        said.extend(sections.into_iter().flatten().cloned().map(Block::Section));
        Self { heights, bare, band: notes_in(&said), boxes: BTreeMap::new() }
    }

    /// The notes on a page of these boxes. The last page has those, too, that nothing before its foot refers to.
    pub(super) fn on(&mut self, boxes: &[Boxed<'_>], members: Range<usize>, is_last: bool) -> Vec<usize> {
        if self.heights.is_empty() {
            return Vec::new();
        }
        let mut told = if members.start > 0 { self.band.clone() } else { BTreeSet::new() };
        for boxed in boxes.iter().take(members.start) {
            told.extend(self.of_box(boxed));
        }
        let mut here = self.band.clone();
        for boxed in boxes.get(members).unwrap_or_default() {
            here.extend(self.of_box(boxed));
        }
        let notes = 0..self.heights.len();
        notes.filter(|note| !told.contains(note) && (is_last || here.contains(note))).collect()
    }

    /// How high the foot of such a page is.
    pub(super) fn foot(&mut self, boxes: &[Boxed<'_>], members: Range<usize>, is_last: bool) -> f32 {
        let notes = self.on(boxes, members, is_last).into_iter();
        let [last, other] = self.bare;
        let notes: f32 = notes.filter_map(|note| self.heights.get(note)).sum();
        EDITION.max(notes + if is_last { last } else { other })
    }

    fn of_box(&mut self, boxed: &Boxed<'_>) -> &BTreeSet<usize> {
        self.boxes.entry(boxed.id).or_insert_with(|| notes_in(&boxed.blocks))
    }
}
