//! Lists with hanging labels, definitions, and the notes at a sheet's end.

use super::compositor::{Compositor, Place, baseline, rule};
use super::galley::{Keep, Mark, Strip};
use crate::document::{Definition, List};
use crate::render::pdf::tags::{Attributes, Role};
use crate::render::pdf::text::{Style, StyledText};
use crate::typeface::Weight;
use crate::words;

/// The bullets of compact lists, and of lists in them. The disc of the face is small: it is set so much larger, its middle, a share of its
/// size above the baseline, where it was.
const DISC: &str = "•";
const DASH: &str = "–";
const LARGER: f32 = 1.6;
const MIDDLE: f32 = 0.38;

impl Compositor<'_> {
    /// Sets a list; items hang on their labels.
    pub(super) fn list(&mut self, list: &List, place: Place) {
        let node = self.tree.add_list(place.parent, list.start.is_some());
        let labels: Vec<String> = list
            .items
            .iter()
            .zip(list.start.unwrap_or(0)..)
            .map(|(item, number)| match (&item.marker, list.start) {
                (Some(marker), _) => marker.clone(),
                (None, Some(_)) => format!("{number}."),
                (None, None) if place.compact => if place.listed { DASH } else { DISC }.to_owned(),
                (None, None) => words::bullet(self.document.lang).to_owned(),
            })
            .collect();
        let face = self.fonts.face(Weight::Regular);
        let widest = labels.iter().map(|label| face.width(label)).max().unwrap_or(0);
        let hang = (widest as f32 * place.size / 1000.0 + place.size * 0.35).max(self.theme.indent);

        for (item, label) in list.items.iter().zip(&labels) {
            let entry = self.tree.add(node, Role::Item);
            self.label(label, hang.min(place.measure / 2.0), entry, place);
            let body = self.tree.add(entry, Role::Body);
            let before = self.galley.strips.len();
            let inner = Place {
                after: if place.compact { 0.0 } else { 0.15 },
                listed: true,
                ..place.inset(hang, 0.0).within(body)
            };
            self.blocks(&item.blocks, inner);
            if self.galley.strips.len() == before || !self.label.is_empty() {
                self.strip(Strip { height: place.pitch(), ..Strip::default() });
            }
            self.space(place.white(place.size * 0.2));
        }
        self.space(place.white(place.size * 0.45));
    }

    /// Prepares a label that stands on the first line of what comes next.
    fn label(&mut self, label: &str, hang: f32, entry: usize, place: Place) {
        // An empty label of a nested list's item must not swallow the one that waits for the same line.
        if !self.label.is_empty() {
            self.strip(Strip { height: place.pitch(), ..Strip::default() });
        }
        let node = self.tree.add(entry, Role::Label);
        let is_plain = !place.compact && label == words::bullet(self.document.lang);
        let ink = if is_plain { place.ink } else { self.theme.accent };
        let style = Style { ink, ..place.style() };
        let style = match place.compact && label == DISC {
            true => Style { size: place.size * LARGER, rise: place.size * (1.0 - LARGER) * MIDDLE, ..style },
            false => style,
        };
        let styled = StyledText::plain(label, style, Some(node), self.fonts);
        let mut strip = Strip::default();
        let mut y = baseline(place.size, place.pitch());
        for line in self.set(&styled, hang) {
            self.put(&line, place.left, y, &mut strip);
            y += place.size;
        }
        self.label = strip.items;
    }

    /// Sets terms with their definitions below.
    pub(super) fn definitions(&mut self, definitions: &[Definition], place: Place) {
        let node = self.tree.add_list(place.parent, false);
        for definition in definitions {
            let entry = self.tree.add(node, Role::Item);
            let term = self.tree.add(entry, Role::Label);
            let style = Style { weight: Weight::Bold, ..place.style() };
            let styled = self.styled(&definition.term, style, term);
            self.lines(&styled, place);
            self.stick();
            let body = self.tree.add(entry, Role::Body);
            for detail in &definition.details {
                self.blocks(detail, place.inset(self.theme.indent, 0.0).within(body));
            }
            self.space(place.white(place.size * 0.4));
        }
    }

    /// The node of a note, and the mark of its place.
    pub(super) fn note_node(&mut self, parent: usize, number: usize) -> (usize, Mark) {
        let attributes = Attributes { id: Some(format!("note-{}", number + 1)), ..Attributes::default() };
        let node = self.tree.add_with(parent, Role::Note, attributes);
        (node, Mark::Place(super::inline::note_place(number).trim_start_matches('#').to_owned()))
    }

    /// Sets the notes at the end of the sheet.
    pub(super) fn notes(&mut self, place: Place) {
        let document = self.document;
        if document.footnotes.is_empty() {
            return;
        }
        let place = Place { size: self.theme.small, leading: 1.5, ink: self.theme.muted, ..place };
        let (from, to) = ((place.left, 0.0), (place.left + 90.0, 0.0));
        self.space(16.0);
        let items = vec![rule(from, to, 0.5, self.theme.muted)];
        self.strip(Strip { height: 5.0, keep: Keep::Firm, items, ..Strip::default() });

        for (number, note) in document.footnotes.iter().enumerate() {
            let (node, mark) = self.note_node(place.parent, number);
            self.pin(mark);
            self.label(&words::note_sign(self.document.lang, number + 1), 20.0, node, place);
            self.blocks(note, place.inset(20.0, 0.0).within(node));
            if !self.label.is_empty() {
                self.strip(Strip { height: place.pitch(), ..Strip::default() });
            }
        }
    }
}
