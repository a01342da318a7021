//! Sections: the title, headings, and what a heading's classes do to the section under it.

use super::compositor::{Compositor, Place, baseline, rule};
use super::furniture;
use super::galley::{Frame, FrameKind, Keep, Mark, Strip, marks};
use crate::breaks::Manner;
use crate::document::{Block, Inline, Section, plain};
use crate::render::pdf::tags::Role;
use crate::render::pdf::text::{Line, Style, StyledText, natural_width};
use crate::typeface::Weight;
use crate::words;

/// A first paragraph of no more lines than this, as long as they are wide, is what names ministry, year and chapter.
const SUBTITLE: f32 = 6.0;

/// A title that would fit one line at this share of its size is set so; a longer one takes two lines, and is set smaller so that no word is
/// broken.
const SMALLEST_TITLE: f32 = 0.8;

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
            after: 0.45,
            narrow: false,
            compact: false,
            barred: false,
            listed: false,
        };
        let blocks = self.title(place);
        self.blocks(document.blocks.get(blocks..).unwrap_or_default(), place);
        self.notes(place);
    }

    /// Sets the title, and under it the ministry's line; returns how many blocks that took.
    fn title(&mut self, place: Place) -> usize {
        let (theme, document) = (self.theme, self.document);
        let node = self.tree.add(place.parent, Role::Heading(1));
        let style = Style { weight: Weight::Bold, size: theme.title, ink: theme.accent, ..place.style() };
        let mut styled = self.styled(&document.title, style, node);
        let width = natural_width(&styled, self.fonts);
        let fit = Some((place.measure / width.max(1.0)).min(1.0)).filter(|fit| *fit >= SMALLEST_TITLE);
        let fit = fit.unwrap_or_else(|| self.title_size(&styled, place.measure));
        styled.scale(fit);
        let heading = Place { size: theme.title * fit, leading: 1.4, justified: false, ..place };

        self.pin(Mark::Heading(1, plain(&document.title)));
        self.stack(&self.set_as(&styled, place.measure, Manner::Roomy), heading);
        self.stick();
        let taken = match document.blocks.first() {
            Some(Block::Paragraph(line)) if self.is_subtitle(line, place) => {
                let small =
                    Place { size: theme.body, leading: 1.5, ink: theme.muted, justified: false, ..place };
                self.naming(line, small);
                1
            }
            _ => 0,
        };
        let (from, to) = ((place.left, 0.0), (place.left + place.measure, 0.0));
        self.space(5.0);
        let items = vec![rule(from, to, 1.2, theme.accent)];
        self.strip(Strip { height: 1.2, keep: Keep::Firm, items, ..Strip::default() });
        self.space(10.0);
        taken
    }

    /// The share of its size at which a title of more lines than one takes no line more for its words to stay whole; else all of it.
    fn title_size(&self, title: &StyledText, measure: f32) -> f32 {
        let fewest = self.set(title, measure).len();
        let is_whole = |fit: &f32| {
            let mut smaller = title.clone();
            smaller.scale(*fit);
            self.set_as(&smaller, measure, Manner::Roomy).len() <= fewest
        };
        [1.0, 0.9, SMALLEST_TITLE].into_iter().find(is_whole).unwrap_or(1.0)
    }

    fn is_subtitle(&self, line: &[Inline], place: Place) -> bool {
        let styled = StyledText::plain(&plain(line), place.style(), None, self.fonts);
        natural_width(&styled, self.fonts) <= place.measure * SUBTITLE
    }

    /// Sets a section in the way that its classes ask for.
    pub(super) fn section(&mut self, section: &Section, place: Place) {
        let theme = self.theme;
        let has = |class: &str| section.has(class);
        let node = self.tree.add(place.parent, Role::Section);
        let place = Place { level: (place.level + 1).min(6), ..place.within(node) };
        let small = Place { size: theme.small, leading: 1.5, justified: false, ..place };
        if place.compact {
            self.subhead(section, place);
            return self.blocks(&section.blocks, place);
        }

        if has("card") || has("box") {
            self.space(8.0);
            self.framed(FrameKind::Box, place, |compositor, place| {
                let place = Place { narrow: true, ..place };
                compositor.heading(section, place, theme.headings[1] - 0.5);
                compositor.goes_on(place);
                match has("card") {
                    true => compositor.led(&section.blocks, place),
                    false => compositor.blocks(&section.blocks, place),
                }
            });
        } else if has("amount") {
            self.amount(section, place);
        } else if has("notes") && self.notes_beside(section, small) {
            return;
        } else if has("notes") {
            self.heading(section, Place { narrow: true, ..small }, theme.small);
            self.blocks(&section.blocks, small);
        } else if has("basis") {
            self.heading(section, place, theme.heading(section.level));
            self.blocks(&section.blocks, Place { size: place.size - 0.5, ..place });
        } else if has("whole") {
            self.whole(section, place);
        } else {
            let within = section.within();
            let by = f32::from(within) * theme.indent;
            let place = Place { left: place.left + by, measure: place.measure - by, ..place };
            self.heading(section, place, theme.heading(section.level + within));
            if has("columns") && !place.narrow {
                self.columns(&section.blocks, place);
            } else if has("part") {
                let beside = if has("priced") { self.amounts_beside(section, place) } else { 0 };
                self.led(section.blocks.get(beside..).unwrap_or_default(), place);
            } else if has("line") {
                self.continued(place, |compositor| compositor.blocks(&section.blocks, place));
            } else {
                self.blocks(&section.blocks, place);
            }
        }
        self.space(place.size * 0.6);
    }

    /// Sets a part's amounts at the right end of the heading that was set last, where there is room; returns how many blocks that took.
    fn amounts_beside(&mut self, section: &Section, place: Place) -> usize {
        let [Block::Paragraph(amounts), ..] = section.blocks.as_slice() else { return 0 };
        let size = self.theme.heading(section.level + section.within());
        let bold = Style { weight: Weight::Bold, size, ..place.style() };
        let heading = StyledText::plain(&plain(&section.heading), bold, None, self.fonts);
        let taken = self.set(&heading, place.measure).last().map_or(0.0, |line| line.width);
        let width =
            natural_width(&StyledText::plain(&plain(amounts), place.style(), None, self.fonts), self.fonts);
        if taken + size + width > place.measure {
            return 0;
        }
        let node = self.tree.add(place.parent, Role::Paragraph);
        let styled = self.styled(amounts, place.style(), node);
        let mut line = Strip::default();
        let right = place.left + place.measure;
        let set = self.set(&styled, place.measure);
        self.column(&set, baseline(size, size * 1.4), place.pitch(), |line| right - line.width, &mut line);
        if let Some(heading) = self.galley.strips.last_mut() {
            heading.take(line, (0.0, 0.0));
        }
        1
    }

    /// Sets blocks of which the first is the amounts, unless they stand in the heading, with their notes behind them: they stand on the page of
    /// what follows.
    fn led(&mut self, blocks: &[Block], place: Place) {
        let lead = match blocks {
            [Block::List(_), Block::Paragraph(_), ..] => 1,
            [Block::Paragraph(_), Block::List(_), _, ..] => 2,
            [Block::Paragraph(_), _, ..] => 1,
            _ => 0,
        };
        let (lead, rest) = blocks.split_at(lead);
        let first = self.galley.strips.len();
        self.blocks(lead, place);
        self.stick_from(first);
        self.blocks(rest, place);
    }

    /// Sets something that says under what heading it stands where it goes on on a further page.
    pub(super) fn continued(&mut self, place: Place, set: impl FnOnce(&mut Self)) {
        let (outer, headed) = (self.frame, self.headed.clone());
        let (left, width) = (place.left, place.measure);
        self.galley.frames.push(Frame { parent: outer, left, width, kind: FrameKind::Plain, over: None });
        self.frame = Some(self.galley.frames.len() - 1);
        self.goes_on(place);
        set(self);
        self.frame = outer;
        self.headed = headed;
    }

    /// Has the frame around say on further pages what is going on in it; what it holds need not.
    pub(super) fn goes_on(&mut self, place: Place) {
        let strip = self.over(place.left, place.measure, None);
        self.headed.clear();
        self.galley.heads.push(strip);
        let over = Some(self.galley.heads.len() - 1);
        if let Some(frame) = self.frame.and_then(|frame| self.galley.frames.get_mut(frame)) {
            frame.over = over;
        }
    }

    /// The heading above with （続き）, unless the frame around says it, and the unit that tables count in, as a strip.
    pub(super) fn over(&self, left: f32, width: f32, unit: Option<&str>) -> Strip {
        let goes_on = words::goes_on(self.document.lang);
        let said = format!("{}{goes_on}", self.headed);
        let said = if self.headed.is_empty() { "" } else { said.as_str() };
        furniture::small_line([said, unit.unwrap_or_default()], (left, width), self.theme, self.fonts)
    }

    /// Sets a section's heading; across the whole sheet, those of level 2 stand on a rule.
    pub(super) fn heading(&mut self, section: &Section, place: Place, size: f32) {
        let theme = self.theme;
        let ruled = section.level <= 2 && !place.narrow;
        self.headed = plain(&section.heading);
        let node = self.tree.add(place.parent, Role::Heading(place.level));
        let ink = if section.level <= 3 { theme.accent } else { theme.black };
        let style = Style { weight: Weight::Bold, size, ink, ..place.style() };
        let styled = self.styled(&section.heading, style, node);
        let place = Place { size, leading: 1.4, justified: false, ..place };

        self.space(if ruled { 15.0 } else { size * 0.7 });
        self.headline(section, &styled, place);
        if ruled {
            let (from, to) = ((place.left, 2.0), (place.left + place.measure, 2.0));
            let items = vec![rule(from, to, 0.6, theme.accent)];
            self.strip(Strip { height: 2.5, keep: Keep::Firm, items, ..Strip::default() });
        }
        self.space(if ruled { 5.0 } else { size * 0.2 });
    }

    /// Sets the lines of a heading, which stay with what follows.
    pub(super) fn headline(&mut self, section: &Section, styled: &StyledText, place: Place) {
        marks(section, place.level).into_iter().for_each(|mark| self.pin(mark));
        let first = self.galley.strips.len();
        self.lines(styled, place);
        self.stick_from(first);
    }

    /// Puts lines below each other.
    pub(super) fn column(
        &self,
        lines: &[Line],
        first: f32,
        pitch: f32,
        left: impl Fn(&Line) -> f32,
        strip: &mut Strip,
    ) {
        for (number, line) in lines.iter().enumerate() {
            self.put(line, left(line), first + pitch * number as f32, strip);
        }
    }
}
