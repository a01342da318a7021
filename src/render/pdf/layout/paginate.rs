//! Cutting the galley into pages.

use super::galley::{Frame, FrameKind, Galley, Hotspot, Pin, Slug};
use super::{Drawn, Item};
use crate::render::pdf::theme::{Ink, Theme};

/// The white between a frame's open side and what it holds, at a page's end.
const EDGE: f32 = 6.0;

/// A page before links have found their targets.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// What is drawn.
    pub(super) items: Vec<Item>,
    /// Where one can click.
    pub(super) links: Vec<Hotspot>,
    /// What is marked.
    pub(super) pins: Vec<Pin>,
    /// How far down it is filled.
    pub(super) filled: f32,
}

impl Sheet {
    /// The page as one strip.
    pub(super) fn into_slug(self) -> Slug {
        Slug { height: self.filled, items: self.items, links: self.links, pins: self.pins, ..Slug::default() }
    }
}

/// Cuts a galley into pages whose text block begins at `top` and is `depth` high; with an infinite depth, into one.
pub(super) fn paginate(galley: &Galley, top: f32, depth: f32, theme: &Theme) -> Vec<Sheet> {
    let mut press = Press {
        galley,
        theme,
        top,
        bottom: top + depth,
        y: top,
        fresh: true,
        sheet: Sheet::default(),
        backdrop: Vec::new(),
        spans: Vec::new(),
        begun: vec![false; galley.frames.len()],
        ends: vec![0; galley.frames.len()],
        sheets: Vec::new(),
    };
    for (place, slug) in galley.slugs.iter().enumerate() {
        for frame in galley.around(slug.frame) {
            if let Some(end) = press.ends.get_mut(frame) {
                *end = place;
            }
        }
    }

    let mut first = 0;
    while first < galley.slugs.len() {
        let chain = galley.slugs.iter().skip(first).take_while(|slug| slug.keep).count() + 1;
        let group = galley.slugs.get(first..(first + chain).min(galley.slugs.len())).unwrap_or_default();
        press.group(first, group);
        first += chain;
    }
    press.turn(galley.slugs.len());
    press.sheets
}

/// The part of a frame on one page.
struct Span {
    frame: usize,
    top: f32,
    bottom: f32,
    /// Whether it began on an earlier page.
    came_over: bool,
}

struct Press<'a> {
    galley: &'a Galley,
    theme: &'a Theme,
    top: f32,
    bottom: f32,
    y: f32,
    /// Whether nothing stands on the page yet.
    fresh: bool,
    sheet: Sheet,
    /// What lies under the type: tints and frames.
    backdrop: Vec<Item>,
    /// The frames on this page, outer ones first.
    spans: Vec<Span>,
    begun: Vec<bool>,
    ends: Vec<usize>,
    sheets: Vec<Sheet>,
}

impl Press<'_> {
    fn group(&mut self, first: usize, slugs: &[Slug]) {
        let height: f32 = slugs.iter().map(|slug| slug.height).sum::<f32>()
            + slugs.iter().skip(1).map(|slug| slug.space).sum::<f32>();
        let edge = slugs.last().map_or(0.0, |slug| self.edge(slug.frame));
        let space = slugs.first().map_or(0.0, |slug| slug.space);

        // A group that no page can hold starts where it is and breaks where it must.
        let fits_a_page = height + edge <= self.bottom - self.top;
        if !self.fresh && fits_a_page && self.y + space + height + edge > self.bottom {
            self.turn(first);
        }
        for (place, slug) in slugs.iter().enumerate() {
            if !self.fresh && self.y + slug.space + slug.height + self.edge(slug.frame) > self.bottom {
                self.turn(first + place);
            }
            self.place(slug);
        }
    }

    fn place(&mut self, slug: &Slug) {
        let mut frames: Vec<usize> = self.galley.around(slug.frame).collect();
        frames.reverse();

        if self.fresh {
            let is_open = |f: usize| self.begun.get(f).is_some_and(|begun| *begun) && self.has_edge(f);
            let open = frames.iter().filter(|f| is_open(**f)).count();
            self.y += EDGE * open as f32;
            if let Some(head) = slug.head.and_then(|head| self.galley.heads.get(head)) {
                let y = self.y;
                self.sheet.items.extend(head.items.iter().map(|item| {
                    let mut copy = Item { leaf: None, ..item.clone() };
                    copy.shift(0.0, y);
                    copy
                }));
                // A row that goes on here has no white of its own above its first line.
                self.y += head.height + 2.0;
            }
        } else {
            self.y += slug.space;
        }
        let y = self.y;
        self.y += slug.height;
        self.fresh = false;

        for frame in frames {
            match self.spans.iter_mut().find(|span| span.frame == frame) {
                Some(span) => span.bottom = self.y,
                None => {
                    let came_over = self.begun.get(frame).is_some_and(|begun| *begun);
                    let top = if came_over { self.top } else { y };
                    self.spans.push(Span { frame, top, bottom: self.y, came_over });
                    if let Some(begun) = self.begun.get_mut(frame) {
                        *begun = true;
                    }
                }
            }
        }
        self.sheet.items.extend(slug.items.iter().map(|item| {
            let mut item = item.clone();
            item.shift(0.0, y);
            item
        }));
        self.sheet.links.extend(slug.links.iter().map(|link| {
            let mut link = link.clone();
            link.area[1] += y;
            link
        }));
        self.sheet.pins.extend(slug.pins.iter().map(|pin| {
            let mut pin = pin.clone();
            pin.shift(0.0, y);
            pin
        }));
    }

    /// Ends the page; `next` is the slug that begins the next one.
    fn turn(&mut self, next: usize) {
        for Span { frame, top, bottom, came_over } in std::mem::take(&mut self.spans) {
            let goes_on = self.ends.get(frame).is_some_and(|end| *end >= next);
            let bottom = if goes_on && self.has_edge(frame) { bottom + EDGE } else { bottom };
            if let Some(frame) = self.galley.frames.get(frame) {
                draw(frame, (top, bottom), (!came_over, !goes_on), self.theme, &mut self.backdrop);
            }
        }
        let mut sheet = std::mem::take(&mut self.sheet);
        let mut items = std::mem::take(&mut self.backdrop);
        items.append(&mut sheet.items);
        sheet.items = items;
        sheet.filled = self.y;
        self.sheets.push(sheet);
        self.y = self.top;
        self.fresh = true;
    }

    /// Whether a frame keeps its distance from what it holds where a page ends.
    fn has_edge(&self, frame: usize) -> bool {
        self.galley.frames.get(frame).is_some_and(|frame| frame.kind != FrameKind::Bar)
    }

    fn edge(&self, frame: Option<usize>) -> f32 {
        self.galley.around(frame).filter(|frame| self.has_edge(*frame)).count() as f32 * EDGE
    }
}

impl Galley {
    /// The frames around a slug, from the inside out.
    pub(super) fn around(&self, frame: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(frame, |frame| self.frames.get(*frame).and_then(|f| f.parent))
    }

    /// The whole galley as one slug.
    pub(super) fn into_slug(self, theme: &Theme) -> Slug {
        paginate(&self, 0.0, f32::INFINITY, theme).into_iter().next().unwrap_or_default().into_slug()
    }
}

/// Draws a frame from `top` to `bottom`, with its upper and lower sides if they are `closed`.
fn draw(
    frame: &Frame,
    (top, bottom): (f32, f32),
    closed: (bool, bool),
    theme: &Theme,
    items: &mut Vec<Item>,
) {
    let (left, right) = (frame.left, frame.left + frame.width);
    let mut rule = |from, to, thickness, ink: Ink| {
        items.push(Item { leaf: None, drawn: Drawn::Rule { from, to, thickness, ink } });
    };
    match frame.kind {
        FrameKind::Box => {
            rule((left, top), (left, bottom), 0.6, theme.accent);
            rule((right, top), (right, bottom), 0.6, theme.accent);
            if closed.0 {
                rule((left - 0.3, top), (right + 0.3, top), 0.6, theme.accent);
            }
            if closed.1 {
                rule((left - 0.3, bottom), (right + 0.3, bottom), 0.6, theme.accent);
            }
        }
        FrameKind::Bar => rule((left, top), (left, bottom), 0.6, theme.frame),
        FrameKind::Quote | FrameKind::Alarm => {
            let ink = if frame.kind == FrameKind::Alarm { theme.alarm } else { theme.accent };
            let area = [left, top, frame.width, bottom - top];
            items.push(Item { leaf: None, drawn: Drawn::Fill { area, ink: theme.tint } });
            let area = [left, top, 2.0, bottom - top];
            items.push(Item { leaf: None, drawn: Drawn::Fill { area, ink } });
        }
    }
}
