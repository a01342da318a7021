//! A program on one landscape page: a band with title and amount, boxes in columns under it, small print at the foot.
//!
//! `content` says what there is, `cost` how it may be shared out and which way is best, `measure` how high things are; `boxes`, `row`,
//! `band` and `small_print` set them. What does not
//! fit the page at the smallest size goes on on a second one; nothing is cut.

mod band;
mod boxes;
mod content;
mod cost;
mod measure;
mod row;
mod small_print;

use std::ops::Range;

use super::compositor::{Compositor, rule};
use super::galley::Slug;
use super::paginate::{Sheet, paginate};
use super::{Drawn, Item, Layout, furniture};
use crate::document::Document;
use crate::figure::Figures;
use crate::render::Imprint;
use crate::render::pdf::tags::Role;
use crate::render::pdf::theme::{Ink, Theme};
use crate::typeface::Fonts;
use boxes::{Set, Spot, outline};
use content::{Content, Kind};
use cost::{Arrangement, Run, STEPS, Step, USUAL, arrangements};
use measure::Bench;

/// Points in a millimeter.
const MM: f32 = 72.0 / 25.4;

/// The paper: A4, across.
const PAPER: (f32, f32) = (297.0 * MM, 210.0 * MM);

/// The margins: left, top, right, bottom.
const MARGINS: [f32; 4] = [10.0 * MM, 9.0 * MM, 10.0 * MM, 7.0 * MM];

/// A twelfth of the page's width without the white beside it, and that white.
const UNIT: f32 = (277.0 - 11.0 * 4.0) / 12.0 * MM;
const GUTTER: f32 = 4.0 * MM;

/// The white between a frame and the type in it, and the tab at the left end of a strip.
const INSET: f32 = 2.6 * MM;
const TAB: f32 = 1.6 * MM;

/// What the edition and the page's number need at the right end of the foot.
const IMPRINT: f32 = 36.0 * MM;

/// The line of a page's edition and number, where there is no other foot.
const EDITION: f32 = 22.0;

/// The least white between the boxes and the foot.
const ABOVE_FOOT: f32 = 2.5 * MM;

/// The most lines by which a box grows to end level with those beside it.
const GROWS: f32 = 4.0;

/// The shares of a page that its band, and its band and foot together, may take.
const HIGHEST_BAND: f32 = 0.3;
const FURNITURE: f32 = 0.75;

/// The most boxes that a page is tried with.
const MOST: usize = 24;

/// How a page looks at a step.
fn theme(step: &Step) -> Theme {
    let usual = Theme::default();
    let quote = (step.size - step.quote.0).max(7.0);
    Theme {
        paper: PAPER,
        margins: MARGINS,
        body: step.size,
        leading: step.leading / step.size,
        tight: 1.2,
        table: step.size - 0.5,
        small: 7.5,
        indent: step.size,
        black: Ink(0x1B, 0x24, 0x30),
        tint: Ink(0xE6, 0xEC, 0xF5),
        figure: 0.5,
        quote: (quote, step.leading * step.quote.1 / 4.0 / quote),
        ..usual
    }
}

/// The width of so many twelfths.
fn width(twelfths: u8) -> f32 {
    let count = f32::from(twelfths);
    count * UNIT + (count - 1.0) * GUTTER
}

/// Lays a sheet out on one page, or on as many as it takes; `None` where a title or its small print leaves a page too little room.
pub(super) fn layout(
    document: &Document,
    figures: &Figures,
    imprint: &Imprint,
    fonts: &Fonts,
) -> Option<Layout> {
    let themes = STEPS.map(|step| theme(&step));
    let content = Content::of(document, figures);
    let job = Job { document, figures, fonts, content: &content, themes: &themes };
    let leaves = job.leaves()?;
    let mut compositor = job.compositor(USUAL);
    let sheets = job.drawn(&leaves, &mut compositor);
    let (_, tree, pictures) = compositor.finish();
    let theme = &themes[USUAL];
    Some(super::assembled((tree, pictures), sheets, fonts, theme, imprint, |layout| {
        furniture::folios(layout, imprint, fonts, theme);
    }))
}

/// What is laid out, and by what measures.
struct Job<'a> {
    document: &'a Document,
    figures: &'a Figures,
    fonts: &'a Fonts,
    content: &'a Content<'a>,
    themes: &'a [Theme; STEPS.len()],
}

/// What is measured at each step; the pages of a sheet share it.
type Benches<'a> = [Option<Bench<'a>>; STEPS.len()];

/// A page.
enum Leaf {
    /// Boxes that fit a page, at a step.
    Boxes(Arrangement, usize),
    /// Parts of a box that is longer than a page; the first of them, and how many there are.
    Long { at: usize, first: usize, count: usize },
}

impl<'a> Job<'a> {
    fn compositor(&self, step: usize) -> Compositor<'a> {
        Compositor::new(self.document, self.figures, self.fonts, &self.themes[step])
    }

    /// Where everything is set that goes across the page.
    fn spot(&self) -> Spot {
        Spot { left: MARGINS[0], width: width(12), parent: 0 }
    }

    /// Which boxes stand on which page.
    fn leaves(&self) -> Option<Vec<Leaf>> {
        let mut compositor = self.compositor(USUAL);
        let step = &STEPS[USUAL];
        let room = PAPER.1 - MARGINS[1] - MARGINS[3];
        let band = compositor.band(self.content, step, self.spot()).height;
        let later = compositor.later_band(self.content, self.spot()).height;
        let foot = compositor.foot(self.content, step, self.foot_spot()).height + ABOVE_FOOT;
        if band > room * HIGHEST_BAND || band + foot > room * FURNITURE {
            return None;
        }
        let mut leaves = Vec::new();
        let mut benches = Benches::default();
        let (mut next, count) = (0, self.content.boxes.len());
        loop {
            let body = room - if leaves.is_empty() { band } else { later };
            let steps = if leaves.is_empty() { 0..STEPS.len() } else { USUAL..STEPS.len() };
            if let Some(leaf) = self.fitted(next..count, steps, body - foot, &mut benches) {
                leaves.push(leaf);
                return Some(leaves);
            }
            // The foot stands on the last page; the others have a line for the edition.
            let body = body - ABOVE_FOOT - EDITION;
            let most = (count - next).min(MOST);
            let usual = USUAL..USUAL + 1;
            let mut begun = (1..=most)
                .map_while(|some| self.fitted(next..next + some, usual.clone(), body, &mut benches))
                .collect::<Vec<Leaf>>();
            // With nothing left for the last page, the last box goes over to it.
            if next + begun.len() == count && begun.len() > 1 {
                begun.pop();
            }
            next += begun.len();
            match begun.pop() {
                Some(leaf) => leaves.push(leaf),
                None => {
                    let parts = self.parts(next, body, &mut compositor).len();
                    let across = self.across(next);
                    for first in (0..parts).step_by(across) {
                        leaves.push(Leaf::Long { at: next, first, count: across.min(parts - first) });
                    }
                    next += 1;
                }
            }
        }
    }

    /// The roomiest step, of some, at which boxes fit a height, and the best way to arrange them at it.
    fn fitted(
        &self,
        boxes: Range<usize>,
        steps: Range<usize>,
        room: f32,
        benches: &mut Benches<'a>,
    ) -> Option<Leaf> {
        if boxes.len() > MOST {
            return None;
        }
        let mut best = |step: usize| -> Option<Leaf> {
            let bench = benches[step]
                .get_or_insert_with(|| Bench::new(self.content, self.compositor(step), &STEPS[step]));
            let ways = arrangements(self.content, &boxes, bench);
            let fitting = ways.into_iter().filter(|way| way.height <= room);
            let ranked = fitting.map(|way| (way.cost(bench), way));
            ranked.min_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, way)| Leaf::Boxes(way, step))
        };
        // What fits at a step fits at every tighter one.
        let (mut low, mut high) = (steps.start, steps.end);
        let mut found = None;
        while low < high {
            let middle = (low + high) / 2;
            match best(middle) {
                Some(leaf) => (found, high) = (Some(leaf), middle),
                None => low = middle + 1,
            }
        }
        found
    }

    /// How many parts of a long box stand beside each other.
    fn across(&self, at: usize) -> usize {
        let is_text =
            |it: &content::Boxed<'_>| matches!(it.kind, Kind::Breakdown { .. } | Kind::Bare | Kind::Wide);
        if self.content.boxes.get(at).is_some_and(is_text) { 1 } else { 2 }
    }

    /// A box that no page can hold, cut where it may be.
    fn parts(&self, at: usize, depth: f32, compositor: &mut Compositor<'a>) -> Vec<Sheet> {
        let Some(boxed) = self.content.boxes.get(at) else {
            return Vec::new();
        };
        let across = self.across(at) as f32;
        let spot = self.spot();
        let inner = (spot.width - 2.0 * INSET - (across - 1.0) * GUTTER) / across;
        let step = &STEPS[USUAL];
        let node = compositor.tree.add(0, Role::Section);
        let spot = Spot { left: spot.left + INSET, width: inner, parent: node };
        let head = boxed.section.map(|section| {
            let place = compositor.compact(step, spot);
            compositor.aside(|compositor| compositor.subhead(section, place))
        });
        let place = compositor.compact(step, spot);
        let mut galley = compositor.aside(|compositor| compositor.blocks(boxed.blocks, place));
        for slug in head.into_iter().flat_map(|head| head.slugs).rev() {
            galley.slugs.insert(0, slug);
        }
        paginate(&galley, 0.0, depth - 2.0 * INSET, compositor.theme)
    }

    fn foot_spot(&self) -> Spot {
        Spot { width: width(12) - IMPRINT, ..self.spot() }
    }

    /// The pages as they are drawn.
    fn drawn(&self, leaves: &[Leaf], compositor: &mut Compositor<'a>) -> Vec<Sheet> {
        let mut sheets = Vec::with_capacity(leaves.len());
        let mut long: Option<(usize, std::vec::IntoIter<Sheet>)> = None;
        for (number, leaf) in leaves.iter().enumerate() {
            let step = if let Leaf::Boxes(_, step) = leaf { *step } else { USUAL };
            compositor.theme = &self.themes[USUAL];
            let mut page = Slug::default();
            let band = match number {
                0 => compositor.band(self.content, &STEPS[USUAL], self.spot()),
                _ => compositor.later_band(self.content, self.spot()),
            };
            let top = MARGINS[1] + band.height;
            page.take(band, (0.0, MARGINS[1]));
            match leaf {
                Leaf::Boxes(way, _) => {
                    compositor.theme = &self.themes[step];
                    self.boxes(way, &STEPS[step], top, compositor, &mut page);
                }
                Leaf::Long { at, first, count } => {
                    let bottom = PAPER.1 - MARGINS[3] - ABOVE_FOOT - EDITION;
                    if *first == 0 || long.as_ref().is_none_or(|(box_at, _)| box_at != at) {
                        long = Some((*at, self.parts(*at, bottom - top, compositor).into_iter()));
                    }
                    let area = [MARGINS[0], top, width(12), bottom - top];
                    page.items.extend(outline(area, compositor.theme.frame, 0.6));
                    let parts = long.iter_mut().flat_map(|(_, parts)| parts.by_ref().take(*count));
                    let inner = (width(12) - 2.0 * INSET + GUTTER) / self.across(*at) as f32;
                    for (place, part) in parts.enumerate() {
                        page.take(part.into_slug(), (inner * place as f32, top + INSET));
                    }
                }
            }
            compositor.theme = &self.themes[USUAL];
            self.finished(number + 1 == leaves.len(), compositor, &mut page);
            sheets.push(Sheet { items: page.items, links: page.links, pins: page.pins, filled: page.height });
        }
        sheets
    }

    /// Adds the foot: a rule, and on the last page the small print.
    fn finished(&self, is_last: bool, compositor: &mut Compositor<'a>, page: &mut Slug) {
        let foot = match is_last {
            true => compositor.foot(self.content, &STEPS[USUAL], self.foot_spot()),
            false => Slug { height: EDITION, ..Slug::default() },
        };
        let top = PAPER.1 - MARGINS[3] - foot.height;
        let (left, right) = (MARGINS[0], PAPER.0 - MARGINS[2]);
        page.items.push(rule((left, top), (right, top), 0.6, compositor.theme.muted));
        page.take(foot, (0.0, top));
    }

    /// Puts the boxes of an arrangement in their places.
    fn boxes(
        &self,
        way: &Arrangement,
        step: &Step,
        top: f32,
        compositor: &mut Compositor<'a>,
        page: &mut Slug,
    ) {
        let gap = step.gap * step.leading / 4.0;
        let mut y = top;
        let put = |set: Set, (left, y): (f32, f32), width: f32, height: f32, page: &mut Slug| {
            if let Some((ink, thickness, ground)) = set.frame {
                let area = [left, y, width, height];
                let fill = ground.map(|ink| Item { leaf: None, drawn: Drawn::Fill { area, ink } });
                page.items.extend(fill);
                page.take(set.slug, (0.0, y));
                page.items.extend(outline(area, ink, thickness));
            } else {
                page.take(set.slug, (0.0, y));
            }
        };
        let across = |boxes: &[usize], y: &mut f32, compositor: &mut Compositor<'a>, page: &mut Slug| {
            for &at in boxes {
                let Some(boxed) = self.content.boxes.get(at) else { continue };
                let run = Run::whole(self.content, at);
                let set = compositor.boxed(boxed, &run, step, self.spot());
                let height = set.slug.height;
                put(set, (MARGINS[0], *y), width(12), height, page);
                *y += height + gap;
            }
        };
        across(&way.above, &mut y, compositor, page);

        let deepest = way.depths.iter().copied().fold(0.0, f32::max);
        let mut left = MARGINS[0];
        for (runs, (twelfths, depth)) in way.columns.iter().zip(way.shape.iter().zip(&way.depths)) {
            let mut down = y;
            let spare = if deepest - depth <= GROWS * step.leading { deepest - depth } else { 0.0 };
            for (number, run) in runs.iter().enumerate() {
                let Some(boxed) = self.content.boxes.get(run.at) else { continue };
                let spot = Spot { left, width: width(*twelfths), parent: 0 };
                let set = compositor.boxed(boxed, run, step, spot);
                let grown = if number + 1 == runs.len() { spare } else { 0.0 };
                let height = set.slug.height + grown;
                put(set, (left, down), spot.width, height, page);
                down += height + gap;
            }
            left += width(*twelfths) + GUTTER;
        }
        if deepest > 0.0 {
            y += deepest + gap;
        }
        across(&way.below, &mut y, compositor, page);
    }
}
