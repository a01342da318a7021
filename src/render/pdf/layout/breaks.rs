//! Where the galley is cut into pages: of all ways, the one that costs least over the whole sheet.
//!
//! A page costs, and so does white at its foot, the more the more of it there is; a break costs by what it parts. So a run of strips
//! that all want to stay together, and no page holds, is cut where that does the least harm, and no page stays empty for it. A sheet may
//! be set in several galleys, for paper upright and lying; what is squeezed costs, too, and the pages are taken from whichever does best.

use std::ops::Range;

use super::galley::{Galley, Keep};

/// What a page costs, and white at its foot: by its share of the page, somewhat more on earlier pages, so that a block which must move leaves
/// all of its white in one place and that is late; and what is more than a hole again.
const PAGE: f32 = 50.0;
const WHITE: f32 = 30.0;
const EARLY: f32 = 0.2;
const HOLE: f32 = 0.3;
const LARGE: f32 = 100.0;

/// What it costs to part two strips of a paragraph or a table that should stand together, and a heading from what it heads.
const NEAR: f32 = 150.0;
const FIRM: f32 = 1000.0;

/// What a page costs more that lies on its long side.
const LYING: f32 = 30.0;

/// What it costs to cut a box or a quotation.
const CUT: f32 = 8.0;

/// The share of a last page that should be filled, and what one costs that is all but empty.
pub(super) const FULL: f32 = 1.0 / 3.0;
const THIN: f32 = 60.0;

/// The white between a frame's open side and what it holds, at a page's end.
pub(super) const EDGE: f32 = 6.0;

/// What white at the foot of a page costs, by its share of the page and how far in the sheet it is.
fn white(share: f32, way: f32) -> f32 {
    let share = share.max(0.0);
    WHITE * share * (1.0 + EARLY * (1.0 - way)) + LARGE * (share - HOLE).max(0.0).powi(2)
}

/// A galley with what must be known to cut it.
pub(super) struct Cutter<'a> {
    galley: &'a Galley,
    /// The depth of a page.
    depth: f32,
    /// What a page costs.
    page: f32,
    /// The first and the last strip of each frame.
    extents: Vec<(usize, usize)>,
}

/// The last of the pages that lead to a place at least cost: the way it is set in and its first strip.
#[derive(Clone, Copy)]
struct Last {
    cost: f32,
    way: usize,
    first: usize,
}

/// The pages of a sheet that is set in several ways: the way of each and its strips. Another way may begin with each of `parts`, given as
/// its first strip in each way, the first of which is the sheet's beginning.
pub(super) fn pages(ways: &[Cutter<'_>], parts: &[Vec<usize>]) -> Vec<(usize, Range<usize>)> {
    let ends: Vec<usize> = ways.iter().map(|way| way.galley.strips.len()).collect();
    let parted: Vec<_> = ways.iter().map(Cutter::parted).collect();
    let unknown = Last { cost: f32::INFINITY, way: 0, first: 0 };
    let mut best: Vec<Vec<Last>> = ends.iter().map(|end| vec![unknown; end + 1]).collect();
    best.iter_mut().filter_map(|way| way.first_mut()).for_each(|start| start.cost = 0.0);
    for (number, starts) in parts.iter().enumerate() {
        level(&mut best, starts);
        let until = parts.get(number + 1).unwrap_or(&ends);
        for (way, ((cutter, parted), known)) in ways.iter().zip(&parted).zip(&mut best).enumerate() {
            let begins = starts.get(way).copied().unwrap_or(0)..until.get(way).copied().unwrap_or(0);
            for first in begins {
                let so_far = known.get(first).map_or(f32::INFINITY, |last| last.cost);
                cutter.ends(first, parted, |end, cost| {
                    let last = Last { cost: so_far + cost, way, first };
                    if let Some(known) = known.get_mut(end).filter(|known| last.cost < known.cost) {
                        *known = last;
                    }
                });
            }
        }
    }
    level(&mut best, &ends);
    let mut found = Vec::new();
    let mut at = (0, ends.first().copied().unwrap_or(0));
    while at.1 > 0 {
        let Some(last) = best.get(at.0).and_then(|way| way.get(at.1)) else { break };
        // Where the way changes, the same place has another number in the other one.
        let starts = parts.iter().chain([&ends]).find(|starts| starts.get(at.0) == Some(&at.1));
        let end = if last.way == at.0 { at.1 } else { starts.map_or(at.1, |starts| starts[last.way]) };
        found.push((last.way, last.first..end));
        at = (last.way, last.first);
    }
    found.reverse();
    found
}

/// Lets every way go on from what is best in any of them.
fn level(best: &mut [Vec<Last>], starts: &[usize]) {
    let known = best.iter().zip(starts).filter_map(|(way, at)| way.get(*at).copied());
    let Some(least) = known.min_by(|one, other| one.cost.total_cmp(&other.cost)) else { return };
    let known = best.iter_mut().zip(starts).filter_map(|(way, at)| way.get_mut(*at));
    known.filter(|known| known.cost > least.cost).for_each(|known| *known = least);
}

impl<'a> Cutter<'a> {
    pub(super) fn new(galley: &'a Galley, depth: f32) -> Self {
        let mut extents = vec![(usize::MAX, 0); galley.frames.len()];
        for (place, strip) in galley.strips.iter().enumerate() {
            for frame in galley.around(strip.frame) {
                if let Some((first, last)) = extents.get_mut(frame) {
                    *first = (*first).min(place);
                    *last = (*last).max(place);
                }
            }
        }
        Self { galley, depth, page: PAGE, extents }
    }

    /// The same for pages lying on their long side.
    pub(super) fn lying(self) -> Self {
        Self { page: PAGE + LYING, ..self }
    }

    /// The frames around a strip that began before it, the outermost first.
    pub(super) fn begun(&self, at: usize) -> Vec<usize> {
        let frame = self.galley.strips.get(at).and_then(|strip| strip.frame);
        let is_begun = |frame: &usize| self.extents.get(*frame).is_some_and(|(first, _)| *first < at);
        let mut frames: Vec<usize> = self.galley.around(frame).filter(is_begun).collect();
        frames.reverse();
        frames
    }

    /// Whether a frame has more in it from a strip on.
    pub(super) fn goes_on(&self, frame: usize, next: usize) -> bool {
        self.extents.get(frame).is_some_and(|(_, last)| *last >= next)
    }

    /// How high what is repeated above a strip is, where the strip begins a page.
    pub(super) fn above(&self, at: usize) -> f32 {
        let edges: f32 = self.begun(at).into_iter().map(|frame| self.galley.edge(frame)).sum();
        let strip = self.galley.strips.get(at);
        edges + strip.and_then(|strip| self.galley.head(strip)).map_or(0.0, |head| head.height + 2.0)
    }

    /// What it costs to begin a page with each of the strips, and the room that open frames need at the foot of the page before.
    fn parted(&self) -> Vec<(f32, f32)> {
        (0..self.galley.strips.len()).map(|at| self.parted_at(at)).collect()
    }

    fn parted_at(&self, at: usize) -> (f32, f32) {
        let keep =
            at.checked_sub(1).and_then(|before| self.galley.strips.get(before)).map(|strip| strip.keep);
        let cost = match keep.unwrap_or_default() {
            Keep::Free => 0.0,
            Keep::Near => NEAR,
            Keep::Firm => FIRM,
        };
        let open = self.begun(at);
        let is_edged = |frame: &&usize| self.galley.frames.get(**frame).is_some_and(|it| it.kind.is_edged());
        let edged = open.iter().filter(is_edged).count() as f32;
        (cost + CUT * edged, EDGE * edged)
    }

    /// The strips that begin pages, without the first.
    pub(super) fn cuts(self) -> Vec<usize> {
        let pages = pages(&[self], &[vec![0]]);
        pages.into_iter().skip(1).map(|(_, strips)| strips.start).collect()
    }

    /// Where a page that begins with a strip may end, and what it then costs.
    fn ends(&self, first: usize, parted: &[(f32, f32)], mut found: impl FnMut(usize, f32)) {
        let count = self.galley.strips.len();
        let again = self.above(first);
        let (mut height, mut strain) = (again, 0.0);
        for (at, strip) in self.galley.strips.iter().enumerate().skip(first) {
            height += strip.height + if at > first { strip.space } else { 0.0 };
            strain += strip.strain;
            let next = at + 1;
            let (cost, edge) = parted.get(next).copied().unwrap_or_default();
            let filled = (height + edge) / self.depth;
            // What no page can hold stands on one of its own.
            if filled > 1.0 && at > first {
                break;
            }
            // A sheet of one page may be thin.
            let is_thin = filled < FULL && (first > 0 || next < count);
            let thin = if is_thin { THIN * (1.2 - filled / FULL) } else { 0.0 };
            let white = match self.galley.strips.get(next) {
                // The white above what begins the next page would stand there anyway; what is said again fills nothing.
                Some(next) => {
                    let filled = filled + (next.space - again) / self.depth;
                    white(1.0 - filled, at as f32 / count as f32) + cost
                }
                None => 0.0,
            };
            found(next, self.page + strain + thin + white);
        }
    }
}
