//! Blocks of running text: paragraphs, quotations, code, and the frames around them.

use super::compositor::{Compositor, Place, baseline, rule};
use super::galley::{Frame, FrameKind, Keep, Strip};
use crate::document::{Block, Inline, Quote, captions, plain, versions};
use crate::render::pdf::tags::Role;
use crate::render::pdf::text::{Style, StyledText};
use crate::typeface::Weight;

/// The most lines of a paragraph that stay with the heading behind it.
const LEAD: usize = 3;

impl Compositor<'_> {
    /// Sets blocks, sections among them.
    pub(super) fn blocks(&mut self, blocks: &[Block], place: Place) {
        let flows = self.frame.is_none() && !place.narrow && !place.listed && !place.compact;
        for (at, block) in blocks.iter().enumerate() {
            if flows {
                self.unit = self.tree.nodes.len();
            }
            let before = self.galley.strips.len();
            let headed = match (at.checked_sub(1).and_then(|at| blocks.get(at)), block) {
                (Some(Block::Paragraph(lead)), Block::Quote(_)) if is_headed(lead) => {
                    Some(std::mem::replace(&mut self.headed, plain(lead)))
                }
                _ => None,
            };
            match (versions(blocks, at), block) {
                (Some([]), _) => {}
                (Some(table), _) => self.versions(table, place),
                (None, Block::Paragraph(text)) if captions(blocks, at) => {
                    self.unit(text, place);
                    self.counted = Some(plain(text));
                }
                (None, _) => self.block(block, place),
            }
            self.headed = headed.unwrap_or_else(|| std::mem::take(&mut self.headed));
            let strips = self.galley.strips.len() - before;
            // The line above a table, such as its unit, says nothing without it; one above a list or a quotation introduces it, and so does a
            // line that begins with its subject.
            let leads = match (block, blocks.get(at + 1)) {
                (Block::Paragraph(_), Some(Block::Table(_))) => {
                    self.stick();
                    false
                }
                (Block::Paragraph(_), Some(Block::List(_) | Block::Quote(_))) => true,
                // What a section says before its first part stands with it.
                (Block::Paragraph(_), Some(Block::Section(_))) if at == 0 && strips <= LEAD => {
                    self.stick_from(before);
                    false
                }
                (Block::Paragraph(text), Some(Block::Paragraph(_))) => is_headed(text) && strips == 1,
                _ => false,
            };
            if let Some(strip) = self.galley.strips.last_mut().filter(|_| leads) {
                strip.keep = strip.keep.near();
            }
        }
    }

    fn block(&mut self, block: &Block, place: Place) {
        match block {
            Block::Section(section) => self.section(section, place),
            Block::Paragraph(content) => self.paragraph(content, place),
            Block::List(list) => self.list(list, place),
            Block::Quote(quote) => self.quote(quote, place),
            Block::Table(table) => self.table(table, place),
            Block::Figure(figure) => self.figure(figure, place),
            Block::Code(code) => self.code(code, place),
            Block::Definitions(definitions) => self.definitions(definitions, place),
            Block::Rule => self.rule(place),
        }
    }

    /// Sets the line of a table's unit at the right.
    fn unit(&mut self, content: &[Inline], place: Place) {
        let node = self.tree.add(place.parent, Role::Paragraph);
        let size = if place.compact { place.size } else { self.theme.small };
        let place = Place { size, ink: self.theme.muted, ..place };
        let styled = self.styled(content, place.style(), node);
        for line in self.set(&styled, place.measure) {
            let mut strip = Strip { height: place.pitch(), keep: Keep::Firm, ..Strip::default() };
            let left = place.left + place.measure - line.width;
            self.put(&line, left, baseline(place.size, place.pitch()), &mut strip);
            self.strip(strip);
        }
    }

    /// Sets a paragraph.
    pub(super) fn paragraph(&mut self, content: &[Inline], place: Place) {
        let node = self.tree.add(place.parent, Role::Paragraph);
        let styled = self.styled(content, place.style(), node);
        self.running(&styled, place);
        self.space(place.size * place.after);
    }

    /// Sets a paragraph that names what follows: its words stay whole.
    pub(super) fn naming(&mut self, content: &[Inline], place: Place) {
        let node = self.tree.add(place.parent, Role::Paragraph);
        let styled = self.styled(content, place.style(), node);
        self.lines(&styled, place);
        self.stick();
        self.space(place.size * place.after);
    }

    fn quote(&mut self, quote: &Quote, place: Place) {
        let node = self.tree.add(place.parent, Role::Quote);
        let alarm = matches!(quote.alert, Some("warning" | "caution"));
        let kind = match (alarm, place.compact && quote.alert.is_none()) {
            (true, _) => FrameKind::Alarm,
            (false, true) => FrameKind::Bar,
            (false, false) => FrameKind::Quote,
        };
        let place = place.within(node);
        let place = match place.compact {
            true => Place { size: self.theme.quote.0, leading: self.theme.quote.1, ..place },
            false => Place { size: place.size - 0.5, leading: place.leading.min(1.6), ..place },
        };

        self.framed(kind, place, |compositor, place| {
            if kind != FrameKind::Bar {
                compositor.goes_on(place);
            }
            if let Some(name) = quote.name(compositor.document.lang) {
                let paragraph = compositor.tree.add(place.parent, Role::Paragraph);
                let ink = if alarm { compositor.theme.alarm } else { compositor.theme.accent };
                let style = Style { weight: Weight::Bold, ink, ..place.style() };
                let styled = StyledText::plain(name, style, Some(paragraph), compositor.fonts);
                compositor.lines(&styled, place);
                compositor.stick();
            }
            compositor.blocks(&quote.blocks, place);
        });
    }

    fn code(&mut self, code: &str, place: Place) {
        let paragraph = self.tree.add(place.parent, Role::Paragraph);
        let node = self.tree.add(paragraph, Role::Code);
        let place = Place { size: self.theme.small, leading: self.theme.tight, justified: false, ..place };
        let styled = StyledText::plain(code.trim_end_matches('\n'), place.style(), Some(node), self.fonts);

        self.framed(FrameKind::Quote, place, |compositor, place| compositor.lines(&styled, place));
    }

    fn rule(&mut self, place: Place) {
        let (from, to) = ((place.left, 0.0), (place.left + place.measure, 0.0));
        self.space(6.0);
        self.strip(Strip {
            height: 0.5,
            items: vec![rule(from, to, 0.5, self.theme.hairline)],
            ..Strip::default()
        });
        self.space(6.0);
    }

    /// Sets something within a frame.
    pub(super) fn framed(&mut self, kind: FrameKind, place: Place, set: impl FnOnce(&mut Self, Place)) {
        let padding = if kind == FrameKind::Bar { 0.0 } else { self.theme.padding };
        let inset = if kind == FrameKind::Bar { place.size } else { padding + 2.0 };
        let frame = Frame { parent: self.frame, left: place.left, width: place.measure, kind, over: None };
        let (outer, headed) = (self.frame, self.headed.clone());
        let pad = |height| Strip { height, keep: Keep::Firm, ..Strip::default() };

        self.galley.frames.push(frame);
        self.frame = Some(self.galley.frames.len() - 1);
        self.strip(pad(padding * 0.6));
        let first = self.galley.strips.len();
        set(self, place.inset(inset, padding));
        let held = self.galley.strips.get_mut(first..).unwrap_or_default();
        if let Some(strip) = held.first_mut() {
            strip.space = 0.0;
            strip.keep = strip.keep.near();
        }
        // Neither the first line in it nor the last stands alone.
        if let [.., strip, _] = held {
            strip.keep = strip.keep.near();
        }
        self.stick();
        self.space = 0.0;
        self.strip(Strip { keep: Keep::Free, ..pad(padding * 0.6) });
        (self.frame, self.headed) = (outer, headed);
        self.space(place.white(padding));
    }
}

/// Whether a paragraph begins with its subject, as a heading does.
fn is_headed(text: &[Inline]) -> bool {
    matches!(text.first(), Some(Inline::Strong(_)))
}
