//! Where the galley is cut into pages: of all ways, the one that costs least over the whole sheet.
//!
//! A page costs, and so does white at its foot, the more the more of it there is; a break costs by what it parts. So a run of strips
//! that all want to stay together, and no page holds, is cut where that does the least harm, and no page stays empty for it.

use super::galley::{FrameKind, Galley, Keep};

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

/// What it costs to cut a box.
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
    /// The depth of an upright page, and of a turned one.
    depths: [f32; 2],
    /// The first and the last strip of each frame.
    extents: Vec<(usize, usize)>,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(galley: &'a Galley, depths: [f32; 2]) -> Self {
        let mut extents = vec![(usize::MAX, 0); galley.frames.len()];
        for (place, strip) in galley.strips.iter().enumerate() {
            for frame in galley.around(strip.frame) {
                if let Some((first, last)) = extents.get_mut(frame) {
                    *first = (*first).min(place);
                    *last = (*last).max(place);
                }
            }
        }
        Self { galley, depths, extents }
    }

    /// The frames around a strip that began before it, the outermost first.
    pub(super) fn begun(&self, at: usize) -> Vec<usize> {
        let mut frames = self.around(at, |(first, _)| first < at);
        frames.reverse();
        frames
    }

    /// Whether a frame has more in it from a strip on.
    pub(super) fn goes_on(&self, frame: usize, next: usize) -> bool {
        self.extents.get(frame).is_some_and(|(_, last)| *last >= next)
    }

    fn around(&self, at: usize, is_so: impl Fn((usize, usize)) -> bool) -> Vec<usize> {
        let frame = self.galley.strips.get(at).and_then(|strip| strip.frame);
        let frames = self.galley.around(frame);
        frames.filter(|frame| self.extents.get(*frame).is_some_and(|extent| is_so(*extent))).collect()
    }

    fn is_turned(&self, at: usize) -> bool {
        self.galley.strips.get(at).is_some_and(|strip| strip.turned)
    }

    /// How high what is repeated above a strip is, where the strip begins a page.
    fn above(&self, at: usize) -> f32 {
        let edges: f32 = self.begun(at).into_iter().map(|frame| self.galley.edge(frame)).sum();
        let strip = self.galley.strips.get(at);
        edges + strip.and_then(|strip| self.galley.head(strip)).map_or(0.0, |head| head.height + 2.0)
    }

    /// What it costs to begin a page with a strip, and the room that open frames need at the foot of the page before.
    fn parted(&self, at: usize) -> (f32, f32) {
        let keep =
            at.checked_sub(1).and_then(|before| self.galley.strips.get(before)).map(|strip| strip.keep);
        let cost = match keep.unwrap_or_default() {
            Keep::Free => 0.0,
            Keep::Near => NEAR,
            Keep::Firm => FIRM,
        };
        let open = self.begun(at);
        let kind = |frame: &usize| self.galley.frames.get(*frame).map(|frame| frame.kind);
        let boxes = open.iter().filter(|frame| kind(frame) == Some(FrameKind::Box)).count();
        let edged = open.iter().filter(|frame| kind(frame) != Some(FrameKind::Bar)).count();
        (cost + CUT * boxes as f32, EDGE * edged as f32)
    }

    /// The strips that begin pages, without the first.
    pub(super) fn cuts(&self) -> Vec<usize> {
        let count = self.galley.strips.len();
        let parted: Vec<(f32, f32)> = (0..count).map(|at| self.parted(at)).collect();
        let mut best = vec![(f32::INFINITY, 0); count + 1];
        if let Some(first) = best.first_mut() {
            first.0 = 0.0;
        }
        for first in 0..count {
            let so_far = best.get(first).map_or(f32::INFINITY, |(cost, _)| *cost);
            let turned = self.is_turned(first);
            let depth = self.depths[usize::from(turned)];
            let again = self.above(first);
            let mut height = again;
            for (at, strip) in self.galley.strips.iter().enumerate().skip(first) {
                height += strip.height + if at > first { strip.space } else { 0.0 };
                let must_end = at + 1 < count && self.is_turned(at + 1) != turned;
                let (cost, edge) = parted.get(at + 1).copied().unwrap_or_default();
                let filled = (height + edge) / depth;
                // What no page can hold stands on one of its own.
                if filled > 1.0 && at > first {
                    break;
                }
                // A page that stands alone may be thin.
                let is_alone = first == 0 || self.is_turned(first - 1) != turned;
                let white = match must_end || at + 1 == count {
                    true if is_alone => 0.0,
                    true if filled < FULL => THIN * (1.2 - filled / FULL),
                    true => 0.0,
                    // The white above what begins the next page would stand there anyway; what is said again fills nothing.
                    false => {
                        let next = self.galley.strips.get(at + 1).map_or(0.0, |next| next.space);
                        let filled = filled + (next - again) / depth;
                        white(1.0 - filled, at as f32 / count as f32) + cost
                    }
                };
                let total = so_far + PAGE + white;
                if let Some(known) = best.get_mut(at + 1).filter(|(known, _)| total < *known) {
                    *known = (total, first);
                }
                if must_end {
                    break;
                }
            }
        }
        let came_from = |at: &usize| best.get(*at).map(|(_, from)| *from).filter(|from| *from > 0);
        let mut cuts: Vec<usize> = std::iter::successors(came_from(&count), came_from).collect();
        cuts.reverse();
        cuts
    }
}
