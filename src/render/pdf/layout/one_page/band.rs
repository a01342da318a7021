//! What stands above the boxes: the band with title and amount, the facts and notes under it.

use super::super::compositor::{Compositor, Place, baseline, fill, rule};
use super::super::galley::{Mark, Pin, Strip};
use super::boxes::{PAPER, Spot};
use super::content::Content;
use super::cost::Step;
use super::small_print::run_in;
use super::{GUTTER, MM};
use crate::breaks::Manner;
use crate::document::{Block, Inline, Section, Table, headline, plain};
use crate::render::pdf::tags::Role;
use crate::render::pdf::text::{Line, Span, Style, StyledText, natural_width};
use crate::typeface::Weight;
use crate::words;

/// The band's height, and that of the band on later pages.
const BAND: f32 = 18.0 * MM;
const LATER: f32 = 9.0 * MM;

/// The amount box, how wide it may get for long amounts, the white at its sides, and its distance from the band's edges.
const AMOUNT: f32 = 72.0 * MM;
const WIDEST: f32 = 120.0 * MM;
const SIDE: f32 = 2.2 * MM;
const BETWEEN: f32 = 6.0;
const EDGE: f32 = MM;

/// The white between the band's edge and its type.
const INSET: f32 = 3.5 * MM;

/// The sizes that a title on one line is tried in, then the one in which it takes two.
const TITLES: [f32; 3] = [17.0, 15.0, 13.0];

/// The size of what stands in brackets at a title's end, as a share of the title's.
const BRACKETS: f32 = 0.82;

/// The sizes that an amount is tried in.
const AMOUNTS: [f32; 4] = [16.0, 13.0, 11.0, 9.0];

impl Compositor<'_> {
    /// The band of the first page, with the facts and the notes under it.
    pub(super) fn band(&mut self, content: &Content<'_>, step: &Step, spot: Spot) -> Strip {
        let place = self.compact(step, spot);
        let white = |size: f32, weight| Style { size, weight, ink: PAPER, ..place.style() };
        let mut above: [StyledText; 2] = Default::default();
        let styles = [white(8.0, Weight::Regular), white(9.5, Weight::Bold)];
        for ((styled, text), style) in above.iter_mut().zip(content.kicker).zip(styles) {
            if !text.is_empty() {
                let node = self.tree.add(spot.parent, Role::Paragraph);
                *styled = self.styled(text, style, node);
            }
        }
        let node = self.tree.add(spot.parent, Role::Heading(1));
        let rows = content.amount.map(|(_, table)| self.amounts(table, spot.parent, place));
        let needed = rows.iter().flatten().map(|[label, figure]| {
            natural_width(label, self.fonts) + natural_width(figure, self.fonts) + BETWEEN + 2.0 * SIDE
        });
        let amount_width = needed.fold(AMOUNT, f32::max).min(WIDEST);
        let room = spot.width - if rows.is_some() { amount_width + EDGE } else { 0.0 } - 2.0 * INSET;
        let (title, pitch) = self.title_lines(room, white(0.0, Weight::Bold), node);
        let amount = rows.zip(content.amount).map(|(rows, (section, _))| {
            let left = spot.left + spot.width - amount_width - EDGE;
            self.amounts_in_band(section, rows, Spot { left, width: amount_width, ..spot })
        });
        // The ministry keeps its line, and what stands before it breaks beside it.
        let [kicker, ministry] = above;
        let ministry = self.set(&ministry, room * 0.5);
        let taken = ministry.iter().map(|line| line.width).fold(0.0, f32::max);
        let kicker = self.set(&kicker, room - taken - GUTTER);
        let head = 22.0 + 10.0 * kicker.len().max(ministry.len()).saturating_sub(1) as f32;
        let titles = title.len() as f32 * pitch;
        let height =
            amount.as_ref().map_or(0.0, |strip| strip.height + 2.0 * EDGE).max(titles + head).max(BAND);

        let mut strip = Strip { height, ..Strip::default() };
        let area = [spot.left, 0.0, spot.width, height];
        strip.items.push(fill(area, self.theme.accent));
        let left = spot.left + INSET;
        self.column(&kicker, 15.5, 10.0, |_| left, &mut strip);
        let right = left + room;
        self.column(&ministry, 16.0, 12.0, |line| right - line.width, &mut strip);
        let first = head - 2.0 + (height - head - titles) / 2.0 + baseline(pitch / 1.235, pitch);
        self.column(&title, first, pitch, |_| left, &mut strip);
        strip.pins.push(Pin { y: 0.0, mark: Mark::Heading(1, plain(&self.document.title)) });
        if let Some(amount) = amount {
            let left = spot.left + spot.width - amount_width - EDGE;
            let area = [left, EDGE, amount_width, height - 2.0 * EDGE];
            strip.items.push(fill(area, PAPER));
            let down = (height - amount.height) / 2.0;
            strip.take(amount, (0.0, down));
        }
        self.under(content, place, spot, &mut strip);
        strip
    }

    /// The band of a later page.
    pub(super) fn later_band(&mut self, content: &Content<'_>, spot: Spot) -> Strip {
        let mut strip = Strip { height: LATER, ..Strip::default() };
        let area = [spot.left, 0.0, spot.width, LATER];
        strip.items.push(fill(area, self.theme.accent));
        let style = Style { ink: PAPER, weight: Weight::Bold, size: 11.0, ..self.plain_style() };
        let goes_on = words::goes_on(self.document.lang);
        let title = format!("{}{goes_on}", plain(&self.document.title));
        let ministry =
            StyledText::plain(&plain(content.kicker[1]), Style { size: 8.5, ..style }, None, self.fonts);
        let room = spot.width - 2.0 * INSET;
        let taken = natural_width(&ministry, self.fonts).min(room / 2.0) + GUTTER;
        let title = StyledText::plain(&title, style, None, self.fonts);
        let title = self.set(&title, room - taken);
        self.column(title.get(..1).unwrap_or_default(), 17.0, 13.0, |_| spot.left + INSET, &mut strip);
        let ministry = self.set(&ministry, taken);
        self.column(&ministry, 16.5, 10.0, |line| spot.left + INSET + room - line.width, &mut strip);
        strip.height += 3.0 * MM;
        strip
    }

    fn plain_style(&self) -> Style {
        let place = Spot { left: 0.0, width: 0.0, parent: 0 };
        self.compact(&super::cost::STEPS[super::cost::USUAL], place).style()
    }

    /// The title in the largest size in which it fits one line, else in two lines or more.
    fn title_lines(&mut self, room: f32, style: Style, node: usize) -> (Vec<Line>, f32) {
        let document = self.document;
        let title = self.styled(&document.title, Style { size: 1.0, ..style }, node);
        let mut title = smaller_in_brackets(title);
        let width = natural_width(&title, self.fonts);
        let size = TITLES.into_iter().find(|size| width * size <= room).unwrap_or(TITLES[2]);
        title.scale(size);
        (self.set_as(&title, room, Manner::Roomy), size * 1.235)
    }

    /// The amounts: a label and a figure of each, the first one bold.
    fn amounts(&mut self, table: &Table, parent: usize, place: Place) -> Vec<[StyledText; 2]> {
        let node = self.tree.add(parent, Role::Table);
        let rows = std::iter::once(&table.header).chain(&table.rows).enumerate();
        let texts = rows.map(|(number, cells)| {
            let (head, cell) = self.labeled_row(node);
            let text = |column: usize| cells.get(column).map_or(&[][..], Vec::as_slice);
            let (weight, inks, sizes) = match number {
                0 => (Weight::Bold, (self.theme.black, self.theme.accent), (8.0, 9.0)),
                _ => (Weight::Regular, (self.theme.muted, self.theme.black), (8.5, 8.5)),
            };
            let style = Style { weight, ink: inks.0, size: sizes.0, ..place.style() };
            let label = self.styled(text(0), style, head);
            let style = Style { figures: true, ink: inks.1, size: sizes.1, ..style };
            [label, self.styled(text(1), style, cell)]
        });
        texts.collect()
    }

    /// The amounts in their box: the labels at the left, the figures at the right, the first one large.
    fn amounts_in_band(&self, section: &Section, rows: Vec<[StyledText; 2]>, spot: Spot) -> Strip {
        let mut strip = Strip::default();
        strip.pins.push(Pin { y: 0.0, mark: Mark::Place(section.id.clone()) });
        let inner = spot.width - 2.0 * SIDE;
        let (left, right) = (spot.left + SIDE, spot.left + spot.width - SIDE);
        for (number, [label, mut figure]) in rows.into_iter().enumerate() {
            let is_first = number == 0;
            let taken = natural_width(&label, self.fonts).min(inner * 0.5) + BETWEEN;
            if is_first {
                let sizes = AMOUNTS.into_iter();
                let mut tried = sizes.map(|size| enlarged(&figure, size / 9.0));
                let fits = tried.clone().find(|it| natural_width(it, self.fonts) <= inner - taken);
                figure = fits.or_else(|| tried.next_back()).unwrap_or(figure);
            }
            let figures = self.set(&figure, inner - taken);
            let labels = self.set(&label, taken);
            let pitch = if is_first { 19.0 } else { 11.5 };
            let lines = figures.len().max(labels.len()) as f32;
            let first = strip.height + if is_first { 15.0 } else { 9.0 };
            if !is_first {
                let (from, to) = ((spot.left, strip.height), (spot.left + spot.width, strip.height));
                strip.items.push(rule(from, to, 0.5, self.theme.hairline));
            }
            self.column(&labels, first, 9.5, |_| left, &mut strip);
            self.column(&figures, first, 11.5, |line| right - line.width, &mut strip);
            strip.height += pitch + (lines - 1.0) * 11.5;
        }
        strip
    }

    /// The facts on a line of their own, and the notes at its right end, under the amounts.
    fn under(&mut self, content: &Content<'_>, place: Place, spot: Spot, strip: &mut Strip) {
        let facts = content.facts.map(|section| self.facts(section, Place { size: 8.0, ..place }));
        let notes = content.notes.map(|section| {
            let small = Style { size: 7.5, ink: self.theme.muted, ..place.style() };
            self.small_print(section, small, spot.parent)
        });
        strip.height += 1.6 * MM;
        let (facts, notes) = (facts.unwrap_or_default(), notes.unwrap_or_default());
        if facts.is_empty() && notes.is_empty() {
            strip.height += 1.2 * MM;
            return;
        }
        let wide = natural_width(&notes, self.fonts);
        let beside = facts.is_empty() || wide <= AMOUNT * 1.6;
        let notes_room = if !beside { spot.width } else { wide.min(spot.width * 0.62) };
        let facts_room = match notes.is_empty() || !beside {
            true => spot.width,
            false => spot.width - notes_room - GUTTER,
        };
        let facts = if facts.is_empty() { Vec::new() } else { self.set(&facts, facts_room) };
        let notes = if notes.is_empty() { Vec::new() } else { self.set(&notes, notes_room + 0.5) };
        let top = strip.height;
        self.column(&facts, top + 8.5, 11.5, |_| spot.left, strip);
        let facts_high = facts.len() as f32 * 11.5;
        let right = spot.left + spot.width;
        if beside {
            let edge = right - notes_room;
            let left = |line: &Line| if notes.len() == 1 { right - line.width } else { edge };
            self.column(&notes, top + 8.5, 10.5, left, strip);
            strip.height += facts_high.max(notes.len() as f32 * 10.5);
        } else {
            self.column(&notes, top + facts_high + 8.5, 10.5, |_| spot.left, strip);
            strip.height += facts_high + notes.len() as f32 * 10.5;
        }
        strip.height += 2.0 * MM;
    }

    /// Facts as running text: their labels bold, white between them.
    fn facts(&mut self, section: &Section, place: Place) -> StyledText {
        let node = self.tree.add_list(place.parent, false);
        let mut texts = Vec::new();
        for block in &section.blocks {
            let Block::List(list) = block else { continue };
            for item in &list.items {
                let entry = self.tree.add(node, Role::Item);
                let body = self.tree.add(entry, Role::Body);
                for block in &item.blocks {
                    if let Block::Paragraph(text) = block {
                        let paragraph = self.tree.add(body, Role::Paragraph);
                        texts.push(self.fact(text, paragraph, place));
                    }
                }
            }
        }
        run_in(texts, &words::white(self.document.lang).repeat(2), place.style(), self)
    }

    /// A fact, its label in color.
    fn fact(&mut self, text: &[Inline], node: usize, place: Place) -> StyledText {
        let mut text = text.to_vec();
        // A label stays on one line.
        if let Some(Inline::Strong(label)) = text.first_mut() {
            for part in label {
                if let Inline::Text(words) = part {
                    *words = words.replace(' ', "\u{a0}");
                }
            }
        }
        // And what it says begins beside it.
        if let [Inline::Strong(_), Inline::Text(said), ..] = text.as_mut_slice() {
            let at = said.len() - said.trim_start_matches([' ', '\u{3000}', '：', ':']).len();
            said.insert(at, '\u{2060}');
        }
        let text = text.as_slice();
        let mut styled = self.styled(text, place.style(), node);
        if let [Inline::Strong(label), ..] = text {
            let end = plain(label).len();
            for span in styled.spans.iter_mut().take_while(|span| span.end <= end) {
                span.style.ink = self.theme.accent;
            }
        }
        styled
    }
}

/// A title in which what stands in brackets at the end is smaller.
fn smaller_in_brackets(styled: StyledText) -> StyledText {
    let text = styled.text.clone();
    let opens = text.rfind('（').filter(|at| *at > 0 && text.ends_with('）'));
    let Some(at) = opens else {
        return styled;
    };
    resized(&styled, at, BRACKETS)
}

/// The figure at an amount's beginning enlarged; what follows is its unit.
fn enlarged(styled: &StyledText, factor: f32) -> StyledText {
    let at = headline(&styled.text).0.len();
    let mut large = styled.clone();
    large.scale(factor);
    resized(&large, at, 1.0 / factor)
}

/// A text whose size changes at a byte.
fn resized(styled: &StyledText, at: usize, factor: f32) -> StyledText {
    let mut parts =
        StyledText { text: styled.text.clone(), spans: Vec::with_capacity(styled.spans.len() + 1) };
    let mut start = 0;
    for span in &styled.spans {
        let mut scaled = *span;
        scaled.style.size *= factor;
        scaled.style.rise *= factor;
        if span.end <= at {
            parts.spans.push(*span);
        } else if start >= at {
            parts.spans.push(scaled);
        } else {
            parts.spans.push(Span { end: at, ..*span });
            parts.spans.push(scaled);
        }
        start = span.end;
    }
    parts
}
