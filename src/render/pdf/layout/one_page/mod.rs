//! A program on one landscape page: a band with title and amount, boxes in columns under it, small print at the foot.
//!
//! `content` says what there is, `pages` what stands on which page, `cost` how a page may be shared out and which way is best,
//! `measure` how high things are; `boxes`, `row`, `band` and `small_print` set them. What does not fit the page at the smallest size
//! goes on on a second one (`cut`); nothing is left out. `fit` tells what was tried.

mod band;
mod boxes;
mod content;
mod cost;
mod cut;
mod fit;
mod measure;
mod notes;
mod pages;
mod row;
mod small_print;

use super::compositor::{Compositor, fill, rule};
use super::galley::Strip;
use super::{Layout, furniture};
use crate::document::{Block, Document, plain};
use crate::figure::Figures;
use crate::model::Paper;
use crate::render::Imprint;
use crate::render::pdf::theme::{Ink, Theme, upright};
use crate::script;
use crate::typeface::Fonts;
use boxes::{Set, Spot, outline};
use content::{Boxed, Content};
use cost::{Arrangement, Run, STEPS, Step, USUAL};
pub use fit::{Fit, Trial};
use notes::Notes;
use pages::{Plan, Room};

/// Points in a millimeter.
const MM: f32 = 72.0 / 25.4;

/// The margins: left, top, right, bottom.
const MARGINS: [f32; 4] = [10.0 * MM, 9.0 * MM, 10.0 * MM, 7.0 * MM];

/// The white between the twelfths of a page's width.
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

/// How a page looks at a step, its paper lying on the long side.
fn theme(step: &Step, paper: Paper) -> Theme {
    let usual = Theme::default();
    let (short, long) = upright(paper);
    let quote = (step.size - step.quote.0).max(7.0);
    Theme {
        paper: (long, short),
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

/// The width of so many twelfths of the text block.
fn width(theme: &Theme, twelfths: u8) -> f32 {
    let count = f32::from(twelfths);
    count * (theme.measure() - 11.0 * GUTTER) / 12.0 + (count - 1.0) * GUTTER
}

/// The most paragraphs, items and rows of a sheet on one page and those that it goes on on; what is longer is a report.
const LONGEST: usize = 1_000;

/// About how many columns of type a line has that goes across a page.
const LINE: usize = 100;

/// Lays a sheet out on one page, or on as many as it takes.
///
/// # Errors
///
/// Where a title or its small print leaves a page too little room, or what is in its boxes is far longer than any page.
pub(super) fn layout(
    document: &Document,
    figures: &Figures,
    imprint: &Imprint,
    fonts: &Fonts,
) -> Result<Layout, Fit> {
    let themes = STEPS.map(|step| theme(&step, imprint.paper));
    let content = Content::of(document, figures);
    if content.boxes.iter().map(|it| parts(&it.blocks)).sum::<usize>() > LONGEST {
        return Err(Fit { is_long: true, ..Fit::default() });
    }
    let job = Job { document, figures, fonts, content: &content, themes: &themes };
    let mut notes = Notes::of(&job);
    let room = job.room(&mut notes);
    let plan = room.and_then(|room| pages::plan(&job, &content.boxes, room, &mut notes));
    let plan = plan.ok_or_else(Fit::default)?;
    let mut compositor = job.compositor(USUAL);
    let sheets = job.drawn(&plan, &mut notes, &mut compositor);
    let (_, tree, pictures) = compositor.finish();
    let theme = &themes[USUAL];
    let mut layout = super::assembled((tree, pictures), sheets, fonts, theme, imprint, |layout| {
        furniture::folios(layout, imprint, fonts, theme);
    });
    layout.fit = Some(plan.fit);
    Ok(layout)
}

/// How many paragraphs, items and rows there are, a long one for as many as it has lines across a page.
fn parts(blocks: &[Block]) -> usize {
    let of = |block: &Block| match block {
        Block::Section(section) => parts(&section.blocks),
        Block::List(list) => list.items.iter().map(|item| parts(&item.blocks)).sum(),
        Block::Quote(quote) => parts(&quote.blocks),
        Block::Table(table) => table.rows.len(),
        Block::Paragraph(text) => 1 + script::width(&plain(text)) / LINE,
        _ => 1,
    };
    blocks.iter().map(of).sum()
}

/// What is laid out, and by what measures.
struct Job<'a> {
    document: &'a Document,
    figures: &'a Figures,
    fonts: &'a Fonts,
    content: &'a Content<'a>,
    themes: &'a [Theme; STEPS.len()],
}

impl<'a> Job<'a> {
    fn compositor(&self, step: usize) -> Compositor<'a> {
        Compositor::new(self.document, self.figures, self.fonts, &self.themes[step])
    }

    fn paper(&self) -> (f32, f32) {
        self.themes[USUAL].paper
    }

    fn width(&self, twelfths: u8) -> f32 {
        width(&self.themes[USUAL], twelfths)
    }

    /// Where everything is set that goes across the page.
    fn spot(&self) -> Spot {
        Spot { left: MARGINS[0], width: self.width(12), parent: 0 }
    }

    /// What band and foot leave for the boxes; `None` where that is too little.
    fn room(&self, notes: &mut Notes) -> Option<Room> {
        let mut compositor = self.compositor(USUAL);
        let step = &STEPS[USUAL];
        let room = self.paper().1 - MARGINS[1] - MARGINS[3];
        let band = compositor.band(self.content, step, self.spot()).height;
        let later = compositor.later_band(self.content, self.spot()).height;
        let boxes = &self.content.boxes;
        let foot = notes.foot(boxes, 0..boxes.len(), true) + ABOVE_FOOT;
        let is_enough = band <= room * HIGHEST_BAND && band + foot <= room * FURNITURE;
        is_enough.then_some(Room { first: room - band, later: room - later })
    }

    fn foot_spot(&self) -> Spot {
        Spot { width: self.width(12) - IMPRINT, ..self.spot() }
    }

    /// The pages as they are drawn.
    fn drawn(&self, plan: &Plan<'a>, notes: &mut Notes, compositor: &mut Compositor<'a>) -> Vec<Strip> {
        let mut start = 0;
        let mut sheets = Vec::with_capacity(plan.leaves.len());
        for (number, leaf) in plan.leaves.iter().enumerate() {
            compositor.theme = &self.themes[USUAL];
            let mut page = Strip::default();
            let band = match number {
                0 => compositor.band(self.content, &STEPS[USUAL], self.spot()),
                _ => compositor.later_band(self.content, self.spot()),
            };
            let top = MARGINS[1] + band.height;
            page.take(band, (0.0, MARGINS[1]));
            compositor.theme = &self.themes[leaf.step];
            self.boxes((&plan.boxes, &leaf.way), &STEPS[leaf.step], top, compositor, &mut page);
            compositor.theme = &self.themes[USUAL];
            let (is_last, end) = (number + 1 == plan.leaves.len(), leaf.way.end(start));
            let notes = notes.on(&plan.boxes, start..end, is_last);
            self.finished((&notes, is_last), compositor, &mut page);
            start = end;
            sheets.push(page);
        }
        sheets
    }

    /// Adds the foot: a rule, the page's notes, and on the last page the small print.
    fn finished(&self, print: (&[usize], bool), compositor: &mut Compositor<'a>, page: &mut Strip) {
        let mut foot = compositor.foot(self.content, &STEPS[USUAL], self.foot_spot(), print);
        foot.height = foot.height.max(EDITION);
        let top = self.paper().1 - MARGINS[3] - foot.height;
        let (left, right) = (MARGINS[0], self.paper().0 - MARGINS[2]);
        page.items.push(rule((left, top), (right, top), 0.6, compositor.theme.muted));
        page.take(foot, (0.0, top));
    }

    /// Puts the boxes of an arrangement in their places.
    fn boxes(
        &self,
        (boxes, way): (&[Boxed<'a>], &Arrangement),
        step: &Step,
        top: f32,
        compositor: &mut Compositor<'a>,
        page: &mut Strip,
    ) {
        let gap = step.gap * step.leading / 4.0;
        let mut y = top;
        let put = |set: Set, (left, y): (f32, f32), width: f32, height: f32, page: &mut Strip| {
            if let Some((ink, thickness, ground)) = set.frame {
                let area = [left, y, width, height];
                let fill = ground.map(|ink| fill(area, ink));
                page.items.extend(fill);
                page.take(set.strip, (0.0, y));
                page.items.extend(outline(area, ink, thickness));
            } else {
                page.take(set.strip, (0.0, y));
            }
        };
        let across = |members: &[usize], y: &mut f32, compositor: &mut Compositor<'a>, page: &mut Strip| {
            for &at in members {
                let Some(boxed) = boxes.get(at) else { continue };
                let run = Run::whole(boxes, at);
                let set = compositor.boxed(boxed, &run, step, self.spot());
                let height = set.strip.height;
                put(set, (MARGINS[0], *y), self.width(12), height, page);
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
                let Some(boxed) = boxes.get(run.at) else { continue };
                let spot = Spot { left, width: self.width(*twelfths), parent: 0 };
                let set = compositor.boxed(boxed, run, step, spot);
                let grown = if number + 1 == runs.len() { spare } else { 0.0 };
                let height = set.strip.height + grown;
                put(set, (left, down), spot.width, height, page);
                down += height + gap;
            }
            left += self.width(*twelfths) + GUTTER;
        }
        if deepest > 0.0 {
            y += deepest + gap;
        }
        across(&way.below, &mut y, compositor, page);
    }
}
