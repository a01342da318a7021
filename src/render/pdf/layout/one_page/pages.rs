//! Which boxes stand on which page: all on one if that can be had, else as many as each page holds, the last of them cut if need be.

use std::collections::BTreeMap;
use std::ops::Range;

use super::content::Boxed;
use super::cost::{Arrangement, Heights, STEPS, Step, USUAL, arrangements};
use super::fit::{Fit, Trial};
use super::measure::{Bench, Measured};
use super::notes::Notes;
use super::{ABOVE_FOOT, EDITION, Job};
use crate::words;

/// The most boxes that a page is tried with.
const MOST: usize = 24;

/// A page filled less than so far takes the beginning of a box that it cannot hold whole.
const FULL: f32 = 0.6;

/// The fewest pieces of a box that begin it at the foot of a page.
const BEGUN: usize = 3;

/// A last page is filled at least so far, if the pages before can do with less; the shares of those that are tried.
const LAST: f32 = 1.0 / 3.0;
const SHARES: [f32; 3] = [1.0, 0.85, 0.7];

/// A page: its boxes, and the step at which they are set.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) way: Arrangement,
    pub(super) step: usize,
}

/// What the bands leave of a page for boxes and foot, on the first page and on a later one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) first: f32,
    pub(super) later: f32,
}

/// A page to be filled: what its band leaves, and whether it is the last, which has the small print.
#[derive(Clone, Copy, Debug)]
struct Page {
    body: f32,
    is_last: bool,
}

/// The pages of a sheet, with its boxes as they were cut.
pub(super) struct Plan<'a> {
    pub(super) leaves: Vec<Leaf>,
    pub(super) boxes: Vec<Boxed<'a>>,
    pub(super) fit: Fit,
}

/// Shares out a sheet's boxes.
struct Planner<'j, 'a> {
    job: &'j Job<'a>,
    notes: &'j mut Notes,
    boxes: Vec<Boxed<'a>>,
    /// What is measured; all pages share it.
    bench: Bench<'a>,
    /// The number of the next box that comes to be by a cut.
    next: usize,
    /// The numbers of the two that a box, by its own number, was cut into after so many pieces: what is cut again the same way is measured.
    cuts: BTreeMap<(usize, usize), [usize; 2]>,
    fit: Fit,
}

/// Shares out the boxes of a sheet; `None` where one of them can neither stand on a page nor be cut.
pub(super) fn plan<'a>(
    job: &Job<'a>,
    boxes: &[Boxed<'a>],
    room: Room,
    notes: &mut Notes,
) -> Option<Plan<'a>> {
    let (bench, cuts, fit) = (Bench::new(job), BTreeMap::new(), Fit::default());
    let mut planner = Planner { job, notes, boxes: boxes.to_vec(), bench, next: boxes.len(), cuts, fit };
    let whole = Page { body: room.first, is_last: true };
    if let Some(leaf) = planner.first(0..boxes.len(), whole) {
        return Some(Plan { leaves: vec![leaf], boxes: planner.boxes, fit: planner.fit });
    }
    let mut best: Option<Plan<'a>> = None;
    for share in SHARES {
        planner.boxes = boxes.to_vec();
        let leaves = planner.leaves(room, share)?;
        let last = leaves.last().map_or(0.0, |leaf| leaf.way.height);
        let end = planner.boxes.len();
        let is_done = last >= LAST * planner.room(&(end..end), Page { body: room.later, is_last: true });
        if best.as_ref().is_none_or(|best| is_done && leaves.len() <= best.leaves.len()) {
            best = Some(Plan { leaves, boxes: std::mem::take(&mut planner.boxes), fit: planner.fit.clone() });
        }
        if is_done {
            break;
        }
    }
    best
}

impl Planner<'_, '_> {
    /// Two pages or more, those before the last filled up to a share.
    fn leaves(&mut self, room: Room, share: f32) -> Option<Vec<Leaf>> {
        let of = |body: f32| {
            let foot = ABOVE_FOOT + EDITION;
            Page { body: (body - foot) * share + foot, is_last: false }
        };
        let (leaf, mut next) = self.begun(0, of(room.first))?;
        let mut leaves = vec![leaf];
        loop {
            let rest = next..self.boxes.len();
            if let Some(leaf) =
                self.fitted(rest, USUAL..STEPS.len(), Page { body: room.later, is_last: true })
            {
                leaves.push(leaf);
                return Some(leaves);
            }
            let (leaf, taken) = self.begun(next, of(room.later))?;
            leaves.push(leaf);
            next += taken;
        }
    }

    /// What the foot leaves of a page of these boxes.
    fn room(&mut self, members: &Range<usize>, page: Page) -> f32 {
        page.body - ABOVE_FOOT - self.notes.foot(&self.boxes, members.clone(), page.is_last)
    }

    /// All on the first page, and what was tried for it.
    fn first(&mut self, boxes: Range<usize>, page: Page) -> Option<Leaf> {
        let mut tried = Vec::new();
        let room = self.room(&boxes, page);
        let leaf = self.tried(boxes, 0..STEPS.len(), room, &mut tried);
        let taken = leaf.as_ref().and_then(|leaf| {
            let is_it = |it: &(Trial, f32)| {
                it.0.step == leaf.step + 1 && it.0.columns == leaf.way.shape && it.1 == leaf.way.height
            };
            tried.iter().position(is_it)
        });
        let heights = if taken.is_none() { self.alone() } else { Vec::new() };
        let longest = self.boxes.iter().zip(&heights).max_by(|(_, a), (_, b)| a.total_cmp(b));
        let longest = longest.and_then(|(boxed, _)| boxed.name());
        if tried.is_empty() {
            // More boxes than are tried with would at least have to stand below each other.
            let step = STEPS.len();
            let Step { size, leading, .. } = STEPS[step - 1];
            let spare = (room - heights.iter().sum::<f32>()) / leading;
            tried.push((Trial { step, size, leading, columns: &[12], spare }, 0.0));
        }
        let tried = tried.into_iter().map(|(trial, _)| trial).collect();
        self.fit = Fit { tried, taken, longest, is_long: false };
        leaf
    }

    /// How high each box is at the tightest step across the page.
    fn alone(&mut self) -> Vec<f32> {
        let Self { boxes, bench, .. } = self;
        let mut measured = Measured { boxes, step: STEPS.len() - 1, bench };
        (0..boxes.len()).map(|at| measured.whole(at, 12)).collect()
    }

    /// The roomiest step, of some, at which boxes fit a height, and the best way to arrange them at it.
    fn fitted(&mut self, boxes: Range<usize>, steps: Range<usize>, page: Page) -> Option<Leaf> {
        let room = self.room(&boxes, page);
        self.tried(boxes, steps, room, &mut Vec::new())
    }

    fn tried(
        &mut self,
        members: Range<usize>,
        steps: Range<usize>,
        room: f32,
        tried: &mut Vec<(Trial, f32)>,
    ) -> Option<Leaf> {
        if members.len() > MOST {
            return None;
        }
        let Self { boxes, bench, .. } = self;
        let mut best = |step: usize| -> (Option<Leaf>, f32) {
            let mut measured = Measured { boxes, step, bench };
            let ways = arrangements(boxes, &members, &mut measured);
            let Step { size, leading, .. } = STEPS[step];
            tried.extend(ways.iter().map(|way| {
                let spare = (room - way.height) / leading;
                (Trial { step: step + 1, size, leading, columns: way.shape, spare }, way.height)
            }));
            let lowest = ways.iter().map(|way| way.height).fold(f32::INFINITY, f32::min);
            let fitting = ways.into_iter().filter(|way| way.height <= room);
            let ranked = fitting.map(|way| (way.cost(measured.gap()), way));
            let leaf = ranked.min_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, way)| Leaf { way, step });
            (leaf, lowest)
        };
        // What fits at a step fits at every tighter one, and how high it is at one tells about how high it is at others.
        let (mut low, mut high) = (steps.start, steps.end);
        let (mut found, mut step) = (None, (low + high) / 2);
        while low < high {
            let (leaf, lowest) = best(step);
            let may_fit = |other: &usize| lowest * STEPS[*other].room() <= room * STEPS[step].room();
            match leaf {
                Some(leaf) => (found, high) = (Some(leaf), step),
                None => low = step + 1,
            }
            step = (low..high).find(may_fit).unwrap_or(high.saturating_sub(1));
        }
        found
    }

    /// As much as a page holds from a box on, and of how many boxes that is.
    fn begun(&mut self, next: usize, page: Page) -> Option<(Leaf, usize)> {
        let count = self.boxes.len();
        let (mut taken, mut most) = (0, MOST.min(count - next));
        let mut found = None;
        while taken < most {
            let middle = (taken + most).div_ceil(2);
            match self.fitted(next..next + middle, USUAL..USUAL + 1, page) {
                Some(leaf) => (found, taken) = (Some(leaf), middle),
                None => most = middle - 1,
            }
        }
        // With nothing left for the last page, the last box goes over to it, or its end.
        let is_all = next + taken == count;
        if is_all && taken > 1 {
            taken -= 1;
            found = self.fitted(next..next + taken, USUAL..USUAL + 1, page);
        }
        let is_alone = is_all && taken == 1;
        let room = self.room(&(next..next + taken), page);
        if is_alone || found.as_ref().is_none_or(|leaf| leaf.way.height < FULL * room) {
            let at = next + taken - usize::from(is_alone);
            if let Some(leaf) = self.cut(next, at, page) {
                return Some((leaf, at + 1 - next));
            }
        }
        found.map(|leaf| (leaf, taken))
    }

    /// Cuts a box so that as much of it as can be stands on the page of those before it.
    fn cut(&mut self, next: usize, at: usize, page: Page) -> Option<Leaf> {
        let whole = self.boxes.get(at)?.clone();
        let goes_on = words::goes_on(self.job.document.lang);
        let pieces = whole.pieces();
        let with = |planner: &mut Self, count: usize| {
            let free = planner.next;
            let ids = *planner.cuts.entry((whole.id, count)).or_insert([free, free + 1]);
            planner.next = free.max(ids[1] + 1);
            let [head, rest] = whole.cut(count, ids, goes_on)?;
            planner.boxes[at] = head.clone();
            let leaf = planner.fitted(next..at + 1, USUAL..USUAL + 1, page);
            planner.boxes[at] = whole.clone();
            Some((leaf, head, rest))
        };
        let (mut low, mut high) = (if at > next { BEGUN } else { 1 }, pieces);
        let mut found = None;
        while low < high {
            let middle = (low + high) / 2;
            match with(self, middle) {
                Some((Some(leaf), head, rest)) => {
                    found = Some((middle, (leaf, head, rest)));
                    low = middle + 1;
                }
                // What has too little to begin with needs more.
                None => low = middle + 1,
                Some((None, ..)) => high = middle,
            }
        }
        let (count, mut parts) = found?;
        // The end of a sheet is not a row or two.
        let least = pieces / 3;
        if at + 1 == self.boxes.len()
            && pieces - count < count / 3
            && let Some((Some(leaf), head, rest)) = with(self, pieces - least)
        {
            parts = (leaf, head, rest);
        }
        let (leaf, head, rest) = parts;
        self.boxes[at] = head;
        self.boxes.insert(at + 1, rest);
        Some(leaf)
    }
}
