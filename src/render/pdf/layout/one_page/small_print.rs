//! Text run together in small type: abbreviations and sources at the foot, notes under the amounts.

use super::super::compositor::{Compositor, baseline};
use super::super::galley::{Pin, Strip};
use super::boxes::Spot;
use super::content::Content;
use super::cost::{STEPS, Step, USUAL};
use crate::document::{Block, FigureRef, Inline, Section};
use crate::render::pdf::tags::Role;
use crate::render::pdf::text::{Style, StyledText};
use crate::typeface::Weight;
use crate::words;

/// The size and the leading of the foot.
const FOOT: (f32, f32) = (7.0, 9.5);

impl Compositor<'_> {
    /// A section's text run together, list items one after another.
    pub(super) fn small_print(&mut self, section: &Section, style: Style, parent: usize) -> StyledText {
        let mut texts = Vec::new();
        self.gather(&section.blocks, style, parent, &mut texts);
        run_in(texts, words::white(self.document.lang), style, self)
    }

    /// A text as a paragraph of its own.
    fn paragraph_of(&mut self, text: &[Inline], style: Style, parent: usize) -> StyledText {
        let node = self.tree.add(parent, Role::Paragraph);
        self.styled(text, style, node)
    }

    fn gather(&mut self, blocks: &[Block], style: Style, parent: usize, texts: &mut Vec<StyledText>) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => texts.push(self.paragraph_of(text, style, parent)),
                Block::List(list) => {
                    let node = self.tree.add_list(parent, false);
                    for item in &list.items {
                        let entry = self.tree.add(node, Role::Item);
                        let before = texts.len();
                        if let Some(marker) = &item.marker {
                            let label = self.tree.add(entry, Role::Label);
                            texts.push(StyledText::plain(
                                &format!("{marker} "),
                                style,
                                Some(label),
                                self.fonts,
                            ));
                        }
                        let body = self.tree.add(entry, Role::Body);
                        self.gather(&item.blocks, style, body, texts);
                        if item.marker.is_some() && texts.len() > before + 1 {
                            let text = texts.remove(before + 1);
                            if let Some(label) = texts.get_mut(before) {
                                label.append(text);
                            }
                        }
                    }
                }
                Block::Quote(quote) => self.gather(&quote.blocks, style, parent, texts),
                Block::Section(section) => {
                    let bold = Style { weight: Weight::Bold, ..style };
                    texts.push(self.paragraph_of(&section.heading, bold, parent));
                    self.gather(&section.blocks, style, parent, texts);
                }
                Block::Code(text) | Block::Figure(FigureRef { alt: text, .. }) => {
                    let node = self.tree.add(parent, Role::Paragraph);
                    texts.push(StyledText::plain(text, style, Some(node), self.fonts));
                }
                Block::Table(table) => {
                    for cell in std::iter::once(&table.header).chain(&table.rows).flatten() {
                        texts.push(self.paragraph_of(cell, style, parent));
                    }
                }
                Block::Definitions(definitions) => {
                    for definition in definitions {
                        texts.push(self.paragraph_of(&definition.term, style, parent));
                        for detail in &definition.details {
                            self.gather(detail, style, parent, texts);
                        }
                    }
                }
                Block::Rule => {}
            }
        }
        texts.retain(|styled| !styled.is_empty());
    }

    /// A remark behind its heading, on lines of their own.
    pub(super) fn remark(
        &mut self,
        section: Option<&Section>,
        goes_on: bool,
        blocks: &[Block],
        spot: Spot,
    ) -> Strip {
        let place = self.compact(&STEPS[USUAL], spot);
        let style = Style { size: self.theme.small, ink: self.theme.muted, ..place.style() };
        let mut strip = Strip::default();
        let mut texts = Vec::new();
        if let Some(section) = section {
            let heading = self.tree.add(spot.parent, Role::Heading(2));
            let bold = Style { weight: Weight::Bold, ink: self.theme.accent, ..style };
            texts.push(self.named(section, goes_on, bold, heading));
            if !goes_on {
                strip.mark(section, 2, 0.0);
            }
        }
        self.gather(blocks, style, spot.parent, &mut texts);
        let styled = run_in(texts, words::white(self.document.lang), style, self);
        let lines = self.set(&styled, spot.width);
        let pitch = style.size * 1.4;
        self.column(&lines, baseline(style.size, pitch), pitch, |_| spot.left, &mut strip);
        strip.height = pitch * lines.len() as f32;
        strip
    }

    /// The foot of a page: some of the notes that the text refers to, and on the last page the small print: abbreviations and sources, each
    /// under its name.
    pub(super) fn foot(
        &mut self,
        content: &Content<'_>,
        step: &Step,
        spot: Spot,
        (notes, is_last): (&[usize], bool),
    ) -> Strip {
        let place = self.compact(step, spot);
        let style = Style { size: FOOT.0, ink: self.theme.muted, ..place.style() };
        let mut strip = Strip { height: 3.0, ..Strip::default() };
        let print = |compositor: &mut Self, styled: &StyledText, strip: &mut Strip| {
            let lines = compositor.set(styled, spot.width);
            let first = strip.height + baseline(FOOT.0, FOOT.1);
            compositor.column(&lines, first, FOOT.1, |_| spot.left, strip);
            strip.height += lines.len() as f32 * FOOT.1;
        };
        let document = self.document;
        let notes = notes.iter().filter_map(|&number| Some((number, document.footnotes.get(number)?)));
        for (number, note) in notes {
            let (node, mark) = self.note_node(spot.parent, number);
            strip.pins.push(Pin { y: strip.height, mark });
            let label = self.tree.add(node, Role::Label);
            let mark = StyledText::plain(
                &format!("{} ", words::note_sign(self.document.lang, number + 1)),
                style,
                Some(label),
                self.fonts,
            );
            let mut texts = vec![mark];
            self.gather(note, style, node, &mut texts);
            let styled = run_in(texts, "", style, self);
            print(self, &styled, &mut strip);
        }
        for section in content.foot.iter().filter(|_| is_last) {
            let node = self.tree.add(spot.parent, Role::Section);
            let heading = self.tree.add(node, Role::Heading(2));
            let bold = Style { weight: Weight::Bold, ..style };
            let name = self.styled(&section.heading, bold, heading);
            let text = self.small_print(section, style, node);
            strip.mark(section, 2, strip.height);
            let styled = run_in(vec![name, text], words::white(self.document.lang), style, self);
            print(self, &styled, &mut strip);
        }
        strip
    }
}

/// Texts that stand on one line, with white between.
pub(super) fn run_in(
    texts: Vec<StyledText>,
    between: &str,
    style: Style,
    compositor: &Compositor<'_>,
) -> StyledText {
    let mut line = StyledText::default();
    for styled in texts {
        if !line.is_empty() {
            line.push(between, style, None, None, compositor.fonts);
        }
        line.append(styled);
    }
    line
}
