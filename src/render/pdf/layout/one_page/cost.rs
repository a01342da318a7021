//! How boxes are shared out among columns, and what makes one way better than another.
//!
//! The sizes are tried from the roomiest to the tightest; the first at which everything fits is taken. Among the ways that fit at
//! that size, the one with the least [`cost`].

use std::collections::BTreeMap;
use std::ops::Range;

use super::content::{Boxed, Kind};

/// How tightly a page is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    /// The size of running text.
    pub(super) size: f32,
    /// The distance between its baselines.
    pub(super) leading: f32,
    /// The white between boxes, in quarters of the leading.
    pub(super) gap: f32,
    /// The white above and below what is in a box, in quarters of the leading.
    pub(super) pad: f32,
    /// How much smaller quotations are, and their leading in quarters of the other.
    pub(super) quote: (f32, f32),
    /// Whether tables have their bars.
    pub(super) bars: bool,
}

impl Step {
    /// About how much room text takes, beside other steps.
    pub(super) fn room(&self) -> f32 {
        self.size * self.leading
    }
}

const fn step(size: f32, leading: f32) -> Step {
    Step { size, leading, gap: 3.0, pad: 2.0, quote: (0.5, 4.0), bars: true }
}

const fn tight(size: f32, leading: f32) -> Step {
    Step { gap: 2.0, pad: 1.5, quote: (1.0, 3.5), ..step(size, leading) }
}

/// From the roomiest to the tightest.
pub(super) const STEPS: [Step; 12] = [
    step(9.5, 15.0),
    step(9.5, 14.25),
    step(9.5, 13.5),
    step(9.0, 13.0),
    step(8.5, 12.0),
    step(8.5, 11.5),
    step(8.5, 11.25),
    Step { gap: 2.0, pad: 1.5, ..step(8.5, 11.25) },
    tight(8.5, 11.25),
    tight(8.0, 10.75),
    tight(8.0, 10.5),
    Step { bars: false, ..tight(8.0, 10.25) },
];

/// The size at which a page begins that something goes on from, or goes on to.
pub(super) const USUAL: usize = 4;

/// The most pieces that boxes are cut into: the ways to share them out grow with their square.
const MOST_PIECES: usize = 40;

/// Columns beside each other, as twelfths of the page's width.
pub(super) type Shape = &'static [u8];

/// Some of a box's entries, in one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The box.
    pub(super) at: usize,
    /// Its entries.
    pub(super) entries: Range<usize>,
    /// How many entries the box has.
    pub(super) of: usize,
}

impl Run {
    /// A box as a whole.
    pub(super) fn whole(boxes: &[Boxed<'_>], at: usize) -> Self {
        let of = boxes.get(at).map_or(1, |it| it.entries.len());
        Self { at, entries: 0..of, of }
    }
}

/// A page: boxes across it, columns of boxes, boxes across it.
#[derive(Clone, Debug)]
pub(super) struct Arrangement {
    /// The columns' widths.
    pub(super) shape: Shape,
    /// The boxes above the columns.
    pub(super) above: Vec<usize>,
    /// What stands in each column.
    pub(super) columns: Vec<Vec<Run>>,
    /// The boxes below the columns.
    pub(super) below: Vec<usize>,
    /// How high it all is.
    pub(super) height: f32,
    /// How high the columns are.
    pub(super) depths: Vec<f32>,
}

/// Tells how high things are at a size.
pub(super) trait Heights {
    /// The height of a box, frame and strip included, so many twelfths wide.
    fn whole(&mut self, at: usize, twelfths: u8) -> f32;

    /// The height of an entry alone, and that of the heading it has where it does not begin a box.
    fn entry(&mut self, at: usize, entry: usize, twelfths: u8) -> (f32, f32);

    /// What frame, strip and white add to the entries of a box.
    fn frame(&self, at: usize) -> f32;

    /// The white between boxes.
    fn gap(&self) -> f32;
}

impl Arrangement {
    /// The place behind the last of its boxes, which begin at a place.
    pub(super) fn end(&self, start: usize) -> usize {
        let columns = self.columns.iter().flatten().map(|run| run.at);
        let all = self.above.iter().chain(&self.below).copied().chain(columns);
        all.max().map_or(start, |last| last + 1)
    }

    /// What speaks against it; see [`cost`].
    pub(super) fn cost(&self, gap: f32) -> f32 {
        let parted = self.columns.iter().flatten().filter(|run| run.entries.start > 0).count();
        cost(self.shape, &self.depths, parted, gap)
    }
}

/// The ways to arrange some of a sheet's boxes.
pub(super) fn arrangements(
    boxes: &[Boxed<'_>],
    members: &Range<usize>,
    heights: &mut impl Heights,
) -> Vec<Arrangement> {
    let members = || members.clone().filter_map(|at| Some((at, boxes.get(at)?)));
    let has = |wanted: fn(Kind) -> bool| members().any(|(_, it)| wanted(it.kind));
    let mut shapes: Vec<Shape> = vec![&[6, 6], &[4, 4, 4]];
    let has_parts = boxes.iter().any(|it| it.kind == Kind::Part);
    if has_parts || has(|kind| kind == Kind::Steps) {
        shapes.push(&[4, 8]);
    }
    if has(|kind| matches!(kind, Kind::Breakdown { is_long: true })) {
        shapes = vec![&[8, 4]];
    }
    shapes.push(&[12]);
    let mut found = Vec::new();
    for shape in shapes {
        let is_across = |boxed: &Boxed<'_>| match boxed.kind {
            Kind::Wide | Kind::Cards | Kind::Remark => true,
            Kind::Steps => shape != [4, 8],
            Kind::Breakdown { is_long } => !is_long || shape != [8, 4],
            _ => false,
        };
        // What the author put before all that stands in columns goes across the page above them.
        let moves = |kind: Kind| matches!(kind, Kind::Points | Kind::Basis);
        let first = members().find(|(_, it)| !is_across(it) && !moves(it.kind)).map_or(0, |(at, _)| at);
        let is_first = |at: usize, boxed: &Boxed<'_>| {
            at < first && boxed.kind != Kind::Remark
                || matches!(boxed.kind, Kind::Breakdown { .. }) && has_parts
        };
        let across = || members().filter(|(_, it)| is_across(it));
        let above: Vec<usize> = across().filter(|(at, it)| is_first(*at, it)).map(|(at, _)| at).collect();
        let below = across().filter(|(at, it)| !is_first(*at, it)).map(|(at, _)| at).collect();
        let within: Vec<usize> = members().filter(|(_, it)| !is_across(it)).map(|(at, _)| at).collect();
        // A long table may stand in the broad column, with what comes before it beside it.
        let is_table =
            |at: &usize| boxes.get(*at).is_some_and(|it| matches!(it.kind, Kind::Breakdown { .. }));
        let tables: Vec<usize> = within.iter().copied().filter(is_table).collect();
        let others = within.iter().copied().filter(|at| !is_table(at));
        let table_first: Vec<usize> = tables.iter().copied().chain(others).collect();
        let page = Page { boxes, shape, above, below };
        found.extend(page.ways(&within, heights));
        if table_first != within {
            found.extend(page.ways(&table_first, heights));
        }
    }
    found
}

/// What is settled of a page before its columns are.
struct Page<'a> {
    boxes: &'a [Boxed<'a>],
    shape: Shape,
    above: Vec<usize>,
    below: Vec<usize>,
}

impl Page<'_> {
    /// The best way for each order that the boxes may stand in.
    fn ways(&self, within: &[usize], heights: &mut impl Heights) -> Vec<Arrangement> {
        let is = |at: usize, kind: Kind| self.boxes.get(at).is_some_and(|it| it.kind == kind);
        let last: Vec<usize> = within.iter().copied().filter(|at| is(*at, Kind::Points)).collect();
        let last = if self.shape.len() > 1 && last.len() < within.len() { last } else { Vec::new() };
        let rest: Vec<usize> = within.iter().copied().filter(|at| !last.contains(at)).collect();
        let basis: Vec<usize> = rest.iter().copied().filter(|at| is(*at, Kind::Basis)).collect();
        let mut found: Vec<Arrangement> = self.shared(&rest, &last, heights).into_iter().collect();
        if self.shape.len() > 1 && !basis.is_empty() && basis.len() < rest.len() {
            let rest: Vec<usize> = rest.into_iter().filter(|at| !basis.contains(at)).collect();
            let last: Vec<usize> = last.into_iter().chain(basis).collect();
            found.extend(self.shared(&rest, &last, heights));
        }
        found
    }

    /// Cuts boxes in their order into columns, those of `last` at the head of the last one, so that the highest column is as low
    /// as can be.
    fn shared(&self, rest: &[usize], last: &[usize], heights: &mut impl Heights) -> Option<Arrangement> {
        let gap = heights.gap();
        let entries: usize = rest.iter().map(|at| Run::whole(self.boxes, *at).of).sum();
        let in_parts = entries <= MOST_PIECES && self.shape.iter().all(|twelfths| *twelfths < 8);
        let pieces: Vec<Run> = rest
            .iter()
            .flat_map(|&at| {
                let whole = Run::whole(self.boxes, at);
                let parts = if in_parts { whole.of } else { 1 };
                let part = move |entry| match in_parts {
                    true => Run { entries: entry..entry + 1, ..whole.clone() },
                    false => whole.clone(),
                };
                (0..parts).map(part)
            })
            .collect();
        let columns = self.shape.len();
        let runs = |number: usize, range: &Range<usize>| -> Vec<Run> {
            let head = if number + 1 == columns { last } else { &[] };
            let whole = head.iter().map(|at| Run::whole(self.boxes, *at));
            whole.chain(joined(pieces.get(range.clone()).unwrap_or_default())).collect()
        };
        // Many ways share a column.
        let mut known: BTreeMap<(usize, usize, usize), f32> = BTreeMap::new();
        let mut depths = |cuts: &[Range<usize>]| -> Vec<f32> {
            let columns = cuts.iter().zip(self.shape).enumerate();
            let depth = columns.map(|(number, (range, width))| {
                let key = (number, range.start, range.end);
                *known.entry(key).or_insert_with(|| depth(&runs(number, range), *width, heights))
            });
            depth.collect()
        };
        let mut best: Option<(f32, Vec<Range<usize>>, Vec<f32>)> = None;
        for cuts in cuts(pieces.len(), columns) {
            let depths = depths(&cuts);
            let highest = depths.iter().copied().fold(0.0, f32::max);
            if best.as_ref().is_some_and(|(least, ..)| highest * 4.0 >= *least) {
                continue;
            }
            let parted =
                cuts.iter().filter_map(|range| pieces.get(range.start).filter(|_| !range.is_empty()));
            let parted = parted.filter(|run| run.entries.start > 0).count();
            let cost = highest * 4.0 + cost(self.shape, &depths, parted, gap);
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, cuts, depths));
            }
        }
        let (_, cuts, depths) = best?;
        let columns = cuts.iter().enumerate().map(|(number, range)| runs(number, range)).collect();
        Some(self.measured(columns, depths, heights))
    }

    fn measured(&self, columns: Vec<Vec<Run>>, depths: Vec<f32>, heights: &mut impl Heights) -> Arrangement {
        let highest = depths.iter().copied().fold(0.0, f32::max);
        let across = self.above.iter().chain(&self.below).map(|at| heights.whole(*at, 12));
        let tiers: Vec<f32> = across.chain([highest]).filter(|height| *height > 0.0).collect();
        let gaps = tiers.len().saturating_sub(1) as f32 * heights.gap();
        Arrangement {
            shape: self.shape,
            above: self.above.clone(),
            columns,
            below: self.below.clone(),
            height: tiers.iter().sum::<f32>() + gaps,
            depths,
        }
    }
}

/// What speaks against columns of these depths, so many of which begin within a box, in points of height: unequal heights, boxes in two
/// parts, more columns than needed, and columns of nothing.
fn cost(shape: Shape, depths: &[f32], parted: usize, gap: f32) -> f32 {
    let longest = depths.iter().copied().fold(0.0, f32::max);
    let hole: f32 = depths.iter().map(|depth| longest - depth).sum();
    let across = if shape.len() == 1 { 6.0 } else { shape.len() as f32 - 2.0 };
    let is_any = longest > 0.0;
    let empty = depths.iter().filter(|depth| is_any && **depth == 0.0).count() as f32;
    hole + gap * (2.0 * parted as f32 + across + 6.0 * empty)
}

/// How high a column is.
fn depth(runs: &[Run], twelfths: u8, heights: &mut impl Heights) -> f32 {
    let gaps = runs.len().saturating_sub(1) as f32 * heights.gap();
    runs.iter().map(|run| height(run, twelfths, heights)).sum::<f32>() + gaps
}

/// How high some entries of a box are in a frame.
fn height(run: &Run, twelfths: u8, heights: &mut impl Heights) -> f32 {
    if run.entries.len() == run.of {
        return heights.whole(run.at, twelfths);
    }
    let mut sum = heights.frame(run.at);
    for entry in run.entries.clone() {
        let (own, heading) = heights.entry(run.at, entry, twelfths);
        sum += own + if entry > run.entries.start { heading } else { 0.0 };
    }
    sum
}

/// Entries of one box that follow each other become one run.
fn joined(pieces: &[Run]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for piece in pieces {
        match runs.last_mut() {
            Some(last) if last.at == piece.at => last.entries.end = piece.entries.end,
            _ => runs.push(piece.clone()),
        }
    }
    runs
}

/// The ways to cut so many pieces into so many columns, none of them empty if that can be had.
fn cuts(pieces: usize, columns: usize) -> Vec<Vec<Range<usize>>> {
    if columns < 2 {
        return vec![vec![0..pieces]];
    }
    let mut found = Vec::new();
    // Of equally good ways the one that fills the first columns comes first.
    for first in (0..=pieces).rev() {
        for rest in cuts(pieces - first, columns - 1) {
            let later = rest.into_iter().map(|range| range.start + first..range.end + first);
            found.push(std::iter::once(0..first).chain(later).collect());
        }
    }
    found
}
