//! Cutting the galley into pages.

use super::breaks::{Cutter, EDGE};
use super::compositor::fill;
use super::galley::{Frame, FrameKind, Galley, Strip};
use super::{Drawn, Item};
use crate::render::pdf::theme::{Ink, Theme};

/// Cuts a galley into pages whose text block begins at `top`, before the strips that `cuts` names. A page is a strip as high as it is
/// filled, whose links have not found their targets yet.
pub(super) fn paginate(mut galley: Galley, top: f32, cuts: &[usize], theme: &Theme) -> Vec<Strip> {
    let strips = galley.strips.iter_mut().map(|strip| Strip {
        items: std::mem::take(&mut strip.items),
        links: std::mem::take(&mut strip.links),
        pins: std::mem::take(&mut strip.pins),
        ..*strip
    });
    let strips: Vec<Strip> = strips.collect();
    let cutter = Cutter::new(&galley, f32::INFINITY);
    let mut press = Press {
        galley: &galley,
        cutter: &cutter,
        theme,
        top,
        y: top,
        fresh: true,
        sheet: Strip::default(),
        backdrop: Vec::new(),
        spans: Vec::new(),
        sheets: Vec::new(),
    };
    let mut cuts = cuts.iter().peekable();
    for (place, strip) in strips.into_iter().enumerate() {
        if cuts.next_if_eq(&&place).is_some() {
            press.turn(place);
        }
        press.place(place, strip);
    }
    press.turn(galley.strips.len());
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
    cutter: &'a Cutter<'a>,
    theme: &'a Theme,
    top: f32,
    y: f32,
    /// Whether nothing stands on the page yet.
    fresh: bool,
    sheet: Strip,
    /// What lies under the type: tints and frames.
    backdrop: Vec<Item>,
    /// The frames on this page, outer ones first.
    spans: Vec<Span>,
    sheets: Vec<Strip>,
}

impl Press<'_> {
    /// Puts what returns at the top of a page, as something that is not read again.
    fn again(&mut self, strip: &Strip) {
        let y = self.y;
        self.sheet.items.extend(strip.items.iter().map(|item| {
            let mut styled = Item { leaf: None, ..item.clone() };
            styled.shift(0.0, y);
            styled
        }));
        self.y += strip.height;
    }

    fn place(&mut self, at: usize, strip: Strip) {
        let galley = self.galley;
        let mut frames: Vec<usize> = galley.around(strip.frame).collect();
        frames.reverse();
        self.sheet.turned |= strip.turned;
        let begun = if self.fresh { self.cutter.begun(at) } else { Vec::new() };

        if self.fresh {
            for frame in &begun {
                self.y += galley.edge(*frame) - galley.over(*frame).map_or(0.0, |strip| strip.height);
                if let Some(strip) = galley.over(*frame) {
                    self.again(strip);
                }
            }
            if let Some(head) = galley.head(&strip) {
                self.again(head);
                // A row that goes on here has no white of its own above its first line.
                self.y += 2.0;
            }
        } else {
            self.y += strip.space;
        }
        let y = self.y;
        self.y += strip.height;
        self.fresh = false;

        for frame in frames {
            match self.spans.iter_mut().find(|span| span.frame == frame) {
                Some(span) => span.bottom = self.y,
                None => {
                    let came_over = begun.contains(&frame);
                    let top = if came_over { self.top } else { y };
                    self.spans.push(Span { frame, top, bottom: self.y, came_over });
                }
            }
        }
        self.sheet.take(strip, (0.0, y));
    }

    /// Ends the page; `next` is the strip that begins the next one.
    fn turn(&mut self, next: usize) {
        for Span { frame, top, bottom, came_over } in std::mem::take(&mut self.spans) {
            let goes_on = self.cutter.goes_on(frame, next);
            let edge = self.galley.frames.get(frame).filter(|frame| frame.kind.is_edged());
            let bottom = if goes_on && edge.is_some() { bottom + EDGE } else { bottom };
            if let Some(frame) = self.galley.frames.get(frame) {
                draw(frame, (top, bottom), (!came_over, !goes_on), self.theme, &mut self.backdrop);
            }
        }
        let mut sheet = std::mem::take(&mut self.sheet);
        let mut items = std::mem::take(&mut self.backdrop);
        items.append(&mut sheet.items);
        sheet.items = items;
        sheet.height = self.y;
        self.sheets.push(sheet);
        self.y = self.top;
        self.fresh = true;
    }
}

impl Galley {
    /// The frames around a strip, from the inside out.
    pub(super) fn around(&self, frame: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(frame, |frame| self.frames.get(*frame).and_then(|f| f.parent))
    }

    /// The table head that a strip begins a page with.
    pub(super) fn head(&self, strip: &Strip) -> Option<&Strip> {
        strip.head.and_then(|head| self.heads.get(head))
    }

    /// What a frame says where it goes on.
    pub(super) fn over(&self, frame: usize) -> Option<&Strip> {
        self.frames.get(frame)?.over.and_then(|over| self.heads.get(over))
    }

    /// How far what a frame holds stands below the top of a page on which it goes on.
    pub(super) fn edge(&self, frame: usize) -> f32 {
        let is_edged = self.frames.get(frame).is_some_and(|frame| frame.kind.is_edged());
        let edge = if is_edged { EDGE } else { 0.0 };
        edge + self.over(frame).map_or(0.0, |strip| strip.height)
    }

    /// The whole galley as one strip.
    pub(super) fn into_strip(self, theme: &Theme) -> Strip {
        paginate(self, 0.0, &[], theme).into_iter().next().unwrap_or_default()
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
        FrameKind::Plain => {}
        FrameKind::Bar => rule((left, top), (left, bottom), 0.6, theme.frame),
        FrameKind::Quote | FrameKind::Alarm => {
            let ink = if frame.kind == FrameKind::Alarm { theme.alarm } else { theme.accent };
            let area = [left, top, frame.width, bottom - top];
            items.push(fill(area, theme.tint));
            let area = [left, top, 2.0, bottom - top];
            items.push(fill(area, ink));
        }
    }
}
