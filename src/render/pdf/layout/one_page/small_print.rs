//! Text run together in small type: abbreviations and sources at the foot, notes under the amounts.

use super::super::compositor::{Compositor, baseline};
use super::super::galley::{Mark, Pin, Slug};
use super::boxes::Spot;
use super::content::Content;
use super::cost::{STEPS, Step, USUAL};
use crate::document::{Block, Section};
use crate::render::pdf::tags::{Attributes, Role};
use crate::render::pdf::text::{Copy, Style};
use crate::typeface::Weight;
use crate::words;

/// The size and the leading of the foot.
const FOOT: (f32, f32) = (7.0, 9.5);

impl Compositor<'_> {
    /// A section's text run together, list items one after another.
    pub(super) fn small_print(&mut self, section: &Section, style: Style, parent: usize) -> Copy {
        let mut copies = Vec::new();
        self.gather(&section.blocks, style, parent, &mut copies);
        run_in(copies, words::white(self.document.lang), style, self)
    }

    fn gather(&mut self, blocks: &[Block], style: Style, parent: usize, copies: &mut Vec<Copy>) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => {
                    let node = self.tree.add(parent, Role::Paragraph);
                    copies.push(self.copy(text, style, node));
                }
                Block::List(list) => {
                    let attributes = Attributes { numbered: Some(false), ..Attributes::default() };
                    let node = self.tree.add_with(parent, Role::List, attributes);
                    for item in &list.items {
                        let entry = self.tree.add(node, Role::Item);
                        let before = copies.len();
                        if let Some(marker) = &item.marker {
                            let label = self.tree.add(entry, Role::Label);
                            copies.push(Copy::plain(&format!("{marker} "), style, Some(label), self.fonts));
                        }
                        let body = self.tree.add(entry, Role::Body);
                        self.gather(&item.blocks, style, body, copies);
                        if item.marker.is_some() && copies.len() > before + 1 {
                            let text = copies.remove(before + 1);
                            if let Some(label) = copies.get_mut(before) {
                                label.append(text);
                            }
                        }
                    }
                }
                Block::Quote(quote) => self.gather(&quote.blocks, style, parent, copies),
                Block::Section(section) => {
                    let node = self.tree.add(parent, Role::Paragraph);
                    let bold = Style { weight: Weight::Bold, ..style };
                    copies.push(self.copy(&section.heading, bold, node));
                    self.gather(&section.blocks, style, parent, copies);
                }
                Block::Code(code) => {
                    let node = self.tree.add(parent, Role::Paragraph);
                    copies.push(Copy::plain(code, style, Some(node), self.fonts));
                }
                Block::Table(table) => {
                    for cell in std::iter::once(&table.header).chain(&table.rows).flatten() {
                        let node = self.tree.add(parent, Role::Paragraph);
                        copies.push(self.copy(cell, style, node));
                    }
                }
                Block::Figure(figure) => {
                    let node = self.tree.add(parent, Role::Paragraph);
                    copies.push(Copy::plain(&figure.alt, style, Some(node), self.fonts));
                }
                Block::Definitions(definitions) => {
                    for definition in definitions {
                        let node = self.tree.add(parent, Role::Paragraph);
                        copies.push(self.copy(&definition.term, style, node));
                        for detail in &definition.details {
                            self.gather(detail, style, parent, copies);
                        }
                    }
                }
                Block::Rule => {}
            }
        }
        copies.retain(|copy| !copy.is_empty());
    }

    /// A remark behind its heading, on lines of their own.
    pub(super) fn remark(
        &mut self,
        section: Option<&Section>,
        goes_on: bool,
        blocks: &[Block],
        spot: Spot,
    ) -> Slug {
        let place = self.compact(&STEPS[USUAL], spot);
        let style = Style { size: self.theme.small, ink: self.theme.muted, ..place.style() };
        let mut slug = Slug::default();
        let mut copies = Vec::new();
        if let Some(section) = section {
            let heading = self.tree.add(spot.parent, Role::Heading(2));
            let bold = Style { weight: Weight::Bold, ink: self.theme.accent, ..style };
            copies.push(self.named(section, goes_on, bold, heading));
            if !goes_on {
                slug.mark(section, 2, 0.0);
            }
        }
        self.gather(blocks, style, spot.parent, &mut copies);
        let copy = run_in(copies, words::white(self.document.lang), style, self);
        let lines = self.set(&copy, spot.width);
        let pitch = style.size * 1.4;
        self.column(&lines, baseline(style.size, pitch), pitch, |_| spot.left, &mut slug);
        slug.height = pitch * lines.len() as f32;
        slug
    }

    /// The small print: abbreviations and sources, each under its name, and the notes that the text refers to.
    pub(super) fn foot(&mut self, content: &Content<'_>, step: &Step, spot: Spot) -> Slug {
        let place = self.compact(step, spot);
        let style = Style { size: FOOT.0, ink: self.theme.muted, ..place.style() };
        let mut slug = Slug { height: 3.0, ..Slug::default() };
        let print = |compositor: &mut Self, copy: &Copy, slug: &mut Slug| {
            let lines = compositor.set(copy, spot.width);
            let first = slug.height + baseline(FOOT.0, FOOT.1);
            compositor.column(&lines, first, FOOT.1, |_| spot.left, slug);
            slug.height += lines.len() as f32 * FOOT.1;
        };
        let document = self.document;
        for (number, note) in document.footnotes.iter().enumerate() {
            let attributes = Attributes { id: Some(format!("note-{}", number + 1)), ..Attributes::default() };
            let node = self.tree.add_with(spot.parent, Role::Note, attributes);
            let target = super::super::inline::note_place(number);
            let place = target.trim_start_matches('#').to_owned();
            slug.pins.push(Pin { y: slug.height, mark: Mark::Place(place) });
            let label = self.tree.add(node, Role::Label);
            let mark = Copy::plain(
                &format!("{} ", words::note_sign(self.document.lang, number + 1)),
                style,
                Some(label),
                self.fonts,
            );
            let mut copies = vec![mark];
            self.gather(note, style, node, &mut copies);
            let copy = run_in(copies, "", style, self);
            print(self, &copy, &mut slug);
        }
        for section in &content.foot {
            let node = self.tree.add(spot.parent, Role::Section);
            let heading = self.tree.add(node, Role::Heading(2));
            let bold = Style { weight: Weight::Bold, ..style };
            let name = self.copy(&section.heading, bold, heading);
            let text = self.small_print(section, style, node);
            slug.mark(section, 2, slug.height);
            let copy = run_in(vec![name, text], words::white(self.document.lang), style, self);
            print(self, &copy, &mut slug);
        }
        slug.height = slug.height.max(3.0 + 2.0 * FOOT.1);
        slug
    }
}

/// Copies that stand on one line, with white between.
pub(super) fn run_in(copies: Vec<Copy>, between: &str, style: Style, compositor: &Compositor<'_>) -> Copy {
    let mut line = Copy::default();
    for copy in copies {
        if !line.is_empty() {
            line.push(between, style, None, None, compositor.fonts);
        }
        line.append(copy);
    }
    line
}
