//! The compositor: sets blocks into the galley, one after another.

use std::cell::RefCell;

use super::amount::Beside;
use super::galley::{Galley, Keep, Mark, Pin, Strip};
use super::{Drawn, Item, Text};
use crate::breaks::Manner;
use crate::document::Document;
use crate::figure::Figures;
use crate::picture::Picture;
use crate::render::pdf::tags::Tree;
use crate::render::pdf::text::{Counter, Line, Style, StyledText, set};
use crate::render::pdf::theme::{Ink, Theme};
use crate::typeface::{Fonts, Weight, is_invisible};

/// Where blocks are set, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The left edge.
    pub(super) left: f32,
    pub(super) measure: f32,
    /// The size of the type.
    pub(super) size: f32,
    /// The distance between baselines, as a multiple of the size.
    pub(super) leading: f32,
    pub(super) ink: Ink,
    /// The node that gets the blocks.
    pub(super) parent: usize,
    /// The level of the heading above.
    pub(super) level: u8,
    /// Whether full lines are spaced out to the right edge.
    pub(super) justified: bool,
    /// The white that a paragraph leaves below, as a multiple of its size.
    pub(super) after: f32,
    /// Whether it is one of several columns.
    pub(super) narrow: bool,
    /// Whether white is counted in lines: nothing between paragraphs, headings no larger than text.
    pub(super) compact: bool,
    /// Whether tables have bars beside their figures.
    pub(super) barred: bool,
    /// Whether it is within a list.
    pub(super) listed: bool,
}

impl Place {
    /// The place moved in from both sides.
    pub(super) fn inset(self, left: f32, right: f32) -> Self {
        // A dozen nested lists must not leave a measure that holds no letter.
        let left = left.min((self.measure - right - 6.0 * self.size).max(0.0));
        Self { left: self.left + left, measure: self.measure - left - right, ..self }
    }

    /// The place for what belongs to a node.
    pub(super) fn within(self, parent: usize) -> Self {
        Self { parent, ..self }
    }

    /// The style of its plain text.
    pub(super) fn style(&self) -> Style {
        Style {
            weight: Weight::Regular,
            size: self.size,
            ink: self.ink,
            rise: 0.0,
            underline: false,
            strike: false,
            tinted: false,
            figures: false,
            slanted: false,
            upright: false,
        }
    }

    /// The distance between baselines in points.
    pub(super) fn pitch(&self) -> f32 {
        self.size * self.leading
    }

    /// White of so many points, which a compact place does without.
    pub(super) fn white(&self, points: f32) -> f32 {
        if self.compact { 0.0 } else { points }
    }
}

/// Sets one document.
pub(super) struct Compositor<'a> {
    pub(super) document: &'a Document,
    pub(super) figures: &'a Figures,
    pub(super) fonts: &'a Fonts,
    pub(super) theme: &'a Theme,
    pub(super) tree: Tree,
    pub(super) galley: Galley,
    /// Links as written: target and label.
    pub(super) targets: Vec<(String, String)>,
    pub(super) pictures: Vec<Picture>,
    pub(super) picture_places: std::collections::BTreeMap<String, Option<usize>>,
    pub(super) frame: Option<usize>,
    /// The heading above; nothing where a frame around says it on further pages.
    pub(super) headed: String,
    /// The unit of the table that follows.
    pub(super) counted: Option<String>,
    /// Counts lines where only heights are asked for.
    pub(super) counter: Option<RefCell<Counter>>,
    /// The block of the flow that is set.
    pub(super) unit: usize,
    /// Whether an old text stands beside a new one, so that struck and strong words are marked as changed.
    pub(super) compares: bool,
    /// Marks for the next strip.
    pub(super) pins: Vec<Pin>,
    /// What the next strip also shows: the label of a list's item.
    pub(super) label: Vec<Item>,
    /// The white that the next strip gets above it.
    pub(super) space: f32,
    /// The room beside the amounts that were set last.
    pub(super) beside: Option<Beside>,
}

impl<'a> Compositor<'a> {
    pub(super) fn new(
        document: &'a Document,
        figures: &'a Figures,
        fonts: &'a Fonts,
        theme: &'a Theme,
    ) -> Self {
        Self {
            document,
            figures,
            fonts,
            theme,
            tree: Tree::new(),
            galley: Galley::default(),
            targets: Vec::new(),
            pictures: Vec::new(),
            picture_places: std::collections::BTreeMap::new(),
            frame: None,
            headed: String::new(),
            counted: None,
            counter: None,
            unit: 0,
            compares: false,
            pins: Vec::new(),
            label: Vec::new(),
            space: 0.0,
            beside: None,
        }
    }

    /// The galley, the structure and the pictures.
    pub(super) fn finish(self) -> (Galley, Tree, Vec<Picture>) {
        (self.galley, self.tree, self.pictures)
    }

    /// Sets running text.
    pub(super) fn running(&mut self, styled: &StyledText, place: Place) {
        let manner = if place.justified { Manner::Justified } else { Manner::Ragged };
        self.stack(&self.set_as(styled, place.measure, manner), place);
    }

    /// Sets a heading or a name, whose words stay whole.
    pub(super) fn lines(&mut self, styled: &StyledText, place: Place) {
        self.stack(&self.set(styled, place.measure), place);
    }

    /// Puts lines below each other, two of which at least stand together at either side of a page's end.
    pub(super) fn stack(&mut self, lines: &[Line], place: Place) {
        let count = lines.len();
        for (number, line) in lines.iter().enumerate() {
            let mut strip = Strip { height: place.pitch(), ..Strip::default() };
            if count > 1 && (number == 0 || number + 2 == count) {
                strip.keep = Keep::Near;
            }
            self.put(line, place.left, baseline(place.size, place.pitch()), &mut strip);
            self.strip(strip);
        }
    }

    /// The lines of a title, a cell, a label: words stay whole where there is room.
    pub(super) fn set(&self, styled: &StyledText, measure: f32) -> Vec<Line> {
        self.set_as(styled, measure, Manner::Whole)
    }

    /// The lines of a text; where only heights are asked for, as many that hold nothing.
    pub(super) fn set_as(&self, styled: &StyledText, measure: f32, manner: Manner) -> Vec<Line> {
        let Some(counter) = &self.counter else {
            return set(styled, self.fonts, measure, manner);
        };
        let width = if styled.text.chars().all(is_invisible) { 0.0 } else { measure };
        let count = counter.borrow_mut().lines(styled, self.fonts, measure, manner);
        vec![Line { width, ..Line::default() }; count]
    }

    /// Puts a line into a strip, with its baseline at `y`.
    pub(super) fn put(&self, line: &Line, left: f32, y: f32, strip: &mut Strip) {
        if self.counter.is_some() && line.width > 0.0 {
            // Whether there is anything on a line decides where labels stand.
            strip.items.push(rule((left, y), (left, y), 0.0, self.theme.black));
        }
        for piece in &line.pieces {
            let style = piece.style;
            let x = left + piece.x;
            let bar = |height: f32, thickness: f32| {
                rule((x, y + height), (x + piece.width, y + height), thickness, style.ink)
            };
            if style.tinted {
                let area = [x - 1.0, y - style.size * 0.88, piece.width + 2.0, style.size * 1.14];
                strip.items.push(fill(area, self.theme.tint));
            }
            if style.underline {
                strip.items.push(bar(style.size * 0.16, 0.35));
            }
            if let (Some(link), Some(leaf)) = (piece.link, piece.leaf)
                && let Some((target, label)) = self.targets.get(link)
            {
                let area = [x, y - style.size * 0.95, piece.width, style.size * 1.25];
                let (target, label) = (target.clone(), label.clone());
                strip.links.push(super::galley::Hotspot { area, leaf, target, label });
            }
            let text = Text {
                x,
                y: y - style.rise,
                width: piece.width,
                weight: style.weight,
                size: style.size,
                ink: style.ink,
                text: piece.text.clone(),
                slanted: style.slanted,
                kerns: piece.kerns.clone(),
            };
            strip.items.push(Item { leaf: piece.leaf, drawn: Drawn::Text(text) });
            if style.strike {
                strip.items.push(bar(style.size * -0.32, 0.6));
            }
        }
    }

    /// Adds a strip to the galley, with the white, the label and the marks that wait for it.
    pub(super) fn strip(&mut self, mut strip: Strip) {
        strip.space = strip.space.max(std::mem::take(&mut self.space));
        strip.frame = self.frame;
        strip.unit = self.unit;
        strip.pins.append(&mut self.pins);
        if !self.label.is_empty()
            && strip.height > 0.0
            && (!strip.items.is_empty() || strip.keep == Keep::Free)
        {
            let mut items = std::mem::take(&mut self.label);
            items.append(&mut strip.items);
            strip.items = items;
        }
        self.galley.strips.push(strip);
    }

    /// Asks for white before the next strip; the greater of several wishes counts.
    pub(super) fn space(&mut self, space: f32) {
        self.space = self.space.max(space);
    }

    /// Keeps the last strip on the page of the next.
    pub(super) fn stick(&mut self) {
        self.stick_from(self.galley.strips.len().saturating_sub(1));
    }

    /// Keeps all strips from one on with what follows them.
    pub(super) fn stick_from(&mut self, first: usize) {
        self.galley.strips.iter_mut().skip(first).for_each(|strip| strip.keep = Keep::Firm);
    }

    /// Marks the next strip.
    pub(super) fn pin(&mut self, mark: Mark) {
        self.pins.push(Pin { y: 0.0, mark });
    }

    /// Sets something into a galley of its own and returns it as one strip.
    pub(super) fn apart(&mut self, set: impl FnOnce(&mut Self)) -> Strip {
        let galley = self.aside(set);
        galley.into_strip(self.theme)
    }

    /// Sets something into a galley of its own.
    pub(super) fn aside(&mut self, set: impl FnOnce(&mut Self)) -> Galley {
        let galley = std::mem::take(&mut self.galley);
        let (frame, space) = (self.frame.take(), std::mem::take(&mut self.space));
        let pins = std::mem::take(&mut self.pins);
        set(self);
        self.frame = frame;
        self.space = space;
        self.pins = pins;
        std::mem::replace(&mut self.galley, galley)
    }
}

/// A filled area that belongs to no content.
pub(super) fn fill(area: [f32; 4], ink: Ink) -> Item {
    Item { leaf: None, drawn: Drawn::Fill { area, ink } }
}

/// A straight line that belongs to no content.
pub(super) fn rule(from: (f32, f32), to: (f32, f32), thickness: f32, ink: Ink) -> Item {
    Item { leaf: None, drawn: Drawn::Rule { from, to, thickness, ink } }
}

/// The baseline of type in the middle of a strip.
pub(super) fn baseline(size: f32, height: f32) -> f32 {
    height / 2.0 + size * 0.37
}
