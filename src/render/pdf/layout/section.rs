//! Sections: the title, headings, and what a heading's classes do to the section under it.

use super::compositor::{Compositor, Place, baseline, rule};
use super::galley::{FrameKind, Mark, Slug};
use super::inline::plain;
use crate::document::{Block, Section, Table};
use crate::render::pdf::font::Weight;
use crate::render::pdf::tags::{Attributes, Role, Scope};
use crate::render::pdf::text::{Line, Style, natural_width, set};

/// A first paragraph no longer than this, in characters, is the line that names the ministry.
const MINISTRY_LINE: usize = 80;

/// The size of the requested figure.
const AMOUNT: f32 = 15.0;

impl Compositor<'_> {
    /// Sets the whole document.
    pub(super) fn document(&mut self) {
        let (theme, document) = (self.theme, self.document);
        let place = Place {
            left: theme.margins[0],
            measure: theme.measure(),
            size: theme.body,
            leading: theme.leading,
            ink: theme.black,
            parent: 0,
            level: 1,
            justified: true,
            narrow: false,
        };
        let blocks = self.title(place);
        self.blocks(document.blocks.get(blocks..).unwrap_or_default(), place);
        self.notes(place);
    }

    /// Sets the title, and under it the ministry's line; returns how many blocks that took.
    fn title(&mut self, place: Place) -> usize {
        let (theme, document) = (self.theme, self.document);
        let node = self.tree.add(place.parent, Role::Heading(1));
        let style = Style {
            weight: Weight::Bold,
            size: theme.title,
            ink: theme.accent,
            ..place.style()
        };
        let copy = self.copy(&document.title, style, node);
        let heading = Place {
            size: theme.title,
            leading: 1.4,
            justified: false,
            ..place
        };

        self.pin(Mark::Heading(1, plain(&document.title)));
        self.lines(&copy, heading);
        self.stick();
        let taken = match document.blocks.first() {
            Some(Block::Paragraph(line)) if plain(line).chars().count() <= MINISTRY_LINE => {
                let small = Place {
                    size: theme.body,
                    leading: 1.5,
                    ink: theme.muted,
                    justified: false,
                    ..place
                };
                self.paragraph(line, small);
                self.stick();
                1
            }
            _ => 0,
        };
        let (from, to) = ((place.left, 0.0), (place.left + place.measure, 0.0));
        self.space(5.0);
        self.slug(Slug {
            height: 1.2,
            items: vec![rule(from, to, 1.2, theme.accent)],
            ..Slug::default()
        });
        self.space(10.0);
        taken
    }

    /// Sets a section in the way that its classes ask for.
    pub(super) fn section(&mut self, section: &Section, place: Place) {
        let theme = self.theme;
        let has = |class: &str| section.classes.iter().any(|c| c == class);
        let node = self.tree.add(place.parent, Role::Section);
        let place = Place {
            level: (place.level + 1).min(6),
            ..place.within(node)
        };
        let small = Place {
            size: theme.small,
            leading: 1.5,
            justified: false,
            ..place
        };

        if has("card") || has("box") {
            self.space(8.0);
            self.framed(FrameKind::Box, place, |compositor, place| {
                let place = Place {
                    narrow: true,
                    ..place
                };
                compositor.heading(section, place, theme.headings[1] - 0.5);
                compositor.blocks(&section.blocks, place);
            });
        } else if has("amount") {
            self.amount(section, place);
        } else if has("notes") {
            self.heading(
                section,
                Place {
                    narrow: true,
                    ..small
                },
                theme.small,
            );
            self.blocks(&section.blocks, small);
        } else if has("basis") {
            self.heading(section, place, theme.heading(section.level));
            self.blocks(
                &section.blocks,
                Place {
                    size: place.size - 0.5,
                    ..place
                },
            );
        } else {
            self.heading(section, place, theme.heading(section.level));
            if has("columns") && !place.narrow {
                self.columns(&section.blocks, place);
            } else {
                self.blocks(&section.blocks, place);
            }
        }
        self.space(place.size * 0.6);
    }

    /// Sets a section's heading; across the whole sheet, those of level 2 stand on a rule.
    pub(super) fn heading(&mut self, section: &Section, place: Place, size: f32) {
        let theme = self.theme;
        let ruled = section.level <= 2 && !place.narrow;
        let node = self.tree.add(place.parent, Role::Heading(place.level));
        let ink = if section.level <= 3 {
            theme.accent
        } else {
            theme.black
        };
        let style = Style {
            weight: Weight::Bold,
            size,
            ink,
            ..place.style()
        };
        let copy = self.copy(&section.heading, style, node);
        let place = Place {
            size,
            leading: 1.4,
            justified: false,
            ..place
        };

        self.space(if ruled { 15.0 } else { size * 0.7 });
        self.pin(Mark::Place(section.id.clone()));
        self.pin(Mark::Heading(place.level, plain(&section.heading)));
        let first = self.galley.slugs.len();
        self.lines(&copy, place);
        for slug in self.galley.slugs.iter_mut().skip(first) {
            slug.keep = true;
        }
        if ruled {
            let (from, to) = ((place.left, 2.0), (place.left + place.measure, 2.0));
            let items = vec![rule(from, to, 0.6, theme.accent)];
            self.slug(Slug {
                height: 2.5,
                keep: true,
                items,
                ..Slug::default()
            });
        }
        self.space(if ruled { 5.0 } else { size * 0.2 });
    }

    /// Sets the requested amount: a box at the right edge, its first figure large.
    fn amount(&mut self, section: &Section, place: Place) {
        let small = Place {
            narrow: true,
            ..place
        };
        match section.blocks.split_first() {
            Some((Block::Table(table), rest)) if table.header.len() == 2 => {
                self.heading(section, small, self.theme.small);
                self.amount_box(table, place);
                self.space(10.0);
                self.blocks(rest, place);
            }
            _ => {
                self.heading(section, place, self.theme.heading(section.level));
                self.blocks(&section.blocks, place);
            }
        }
    }

    fn amount_box(&mut self, table: &Table, place: Place) {
        let theme = self.theme;
        let node = self.tree.add(place.parent, Role::Table);
        let rows: Vec<[_; 2]> = std::iter::once(&table.header)
            .chain(&table.rows)
            .enumerate()
            .map(|(number, cells)| {
                let row = self.tree.add(node, Role::Row);
                let scope = Attributes {
                    scope: Some(Scope::Row),
                    ..Attributes::default()
                };
                let head = self.tree.add_with(row, Role::HeaderCell, scope);
                let cell = self.tree.add(row, Role::Cell);
                let first = number == 0;
                let weight = if first { Weight::Bold } else { Weight::Regular };
                let label = Style {
                    weight,
                    ..place.style()
                };
                let size = if first { AMOUNT } else { place.size };
                let figure = Style {
                    weight,
                    size,
                    figures: true,
                    ..place.style()
                };
                let nothing: &[_] = &[];
                let text = |column| {
                    cells
                        .get(column)
                        .map_or(nothing, |cell: &Vec<_>| cell.as_slice())
                };
                [
                    self.copy(text(0), label, head),
                    self.copy(text(1), figure, cell),
                ]
            })
            .collect();

        let (padding, gap) = (10.0, 22.0);
        let room = place.measure - 2.0 * padding - gap;
        let widest = |column: usize| {
            let copies = rows.iter().filter_map(|row| row.get(column));
            copies
                .map(|copy| natural_width(copy, self.fonts))
                .fold(0.0, f32::max)
        };
        let figures = widest(1).min(room * 0.6);
        let labels = widest(0).min(room - figures);
        let width = labels + figures + gap + 2.0 * padding;
        let left = place.left + place.measure - width;
        let right = left + width;
        let count = rows.len();

        for (number, [label, figure]) in rows.iter().enumerate() {
            let labels = set(label, self.fonts, labels + 0.1);
            let figures = set(figure, self.fonts, figures + 0.1);
            let size = if number == 0 { AMOUNT } else { place.size };
            let (small, large) = (place.size * 1.5, size * 1.4);
            let padding_above = 3.0;
            let tall = (labels.len() as f32 * small).max(figures.len() as f32 * large)
                + 2.0 * padding_above;
            let mut slug = Slug {
                height: tall,
                keep: number + 1 < count,
                ..Slug::default()
            };

            if number == 0 {
                let area = [left, 0.0, width, tall];
                slug.items.push(super::Item {
                    leaf: None,
                    drawn: super::Drawn::Fill {
                        area,
                        ink: theme.tint,
                    },
                });
                slug.items
                    .push(rule((left, 0.0), (right, 0.0), 1.0, theme.accent));
            } else {
                slug.items
                    .push(rule((left, 0.0), (right, 0.0), 0.4, theme.hairline));
            }
            // Label and figure share the figure's baseline, whatever their sizes.
            let first = padding_above + baseline(size, large);
            self.column(&labels, first, small, |_| left + padding, &mut slug);
            self.column(
                &figures,
                first,
                large,
                |line| right - padding - line.width,
                &mut slug,
            );
            slug.items
                .push(rule((left, 0.0), (left, tall), 1.0, theme.accent));
            slug.items
                .push(rule((right, 0.0), (right, tall), 1.0, theme.accent));
            if number + 1 == count {
                slug.items.push(rule(
                    (left - 0.5, tall),
                    (right + 0.5, tall),
                    1.0,
                    theme.accent,
                ));
            }
            self.slug(slug);
        }
    }

    /// Puts lines below each other.
    pub(super) fn column(
        &self,
        lines: &[Line],
        first: f32,
        pitch: f32,
        left: impl Fn(&Line) -> f32,
        slug: &mut Slug,
    ) {
        for (number, line) in lines.iter().enumerate() {
            self.put(line, left(line), first + pitch * number as f32, slug);
        }
    }
}
