//! A paragraph measured: how far its text has come wherever a line may end.

use std::borrow::Cow;

use super::spacing::{is_stretched, stretch};
use super::styled::{Span, Style, StyledText, tightened};
use crate::breaks::{End, Manner, Narrow, Opportunity, Parting, Stop, opportunities, parted};
use crate::script::{Script, may_hang, script};
use crate::typeface::{FIGURE_ADVANCE, Fonts, is_invisible};

/// The smallest that a line is set to leave a figure whole, as a part of its size.
pub(super) const SMALLEST: f64 = 0.55;

/// What tells that a word goes on.
pub(super) const HYPHEN: char = '-';

pub(super) fn advance_of(character: char, style: &Style, fonts: &Fonts) -> f32 {
    f32::from(fonts.face(style.weight).shown(character).advance) * style.size / 1000.0
}

fn is_letter(character: char) -> bool {
    !matches!(script(character), Script::Mark | Script::Space)
}

/// A text that is measured for a manner of setting it, whatever the measure.
pub(super) struct Measured<'a> {
    pub(super) styled: &'a StyledText,
    pub(super) fonts: &'a Fonts,
    pub(super) manner: Manner,
}

impl Measured<'_> {
    /// Where the text's lines may end, and how far it has come there.
    pub(super) fn stops(&self) -> Vec<Stop> {
        let places = opportunities(&self.styled.text);
        let hyphens = matches!(self.manner, Manner::Justified | Manner::Ragged);
        let mut coming = places.iter().filter(|place| hyphens || place.is_between_words()).peekable();
        let mut walk = Walk::new(self.styled, self.fonts);
        let mut stops = Vec::with_capacity(places.len() + 1);
        stops.push(Stop::default());
        let mut here = Stop::default();
        let mut before = None;

        for (at, character) in self.styled.text.char_indices() {
            while let Some(place) = coming.next_if(|place| place.at <= at) {
                self.stop(place, here, &mut stops);
            }
            let advance = f64::from(walk.advance(at, character));
            here.at = at;
            here.start += advance;
            if advance > 0.0 && !character.is_whitespace() {
                here.end = here.start;
                here.hang =
                    if self.manner == Manner::Justified && may_hang(character) { advance } else { 0.0 };
            }
            here.letters += u32::from(is_letter(character));
            if self.manner == Manner::Justified && walk.size() > 0.0 {
                if let Some((_, most)) = before.and_then(|before| stretch(before, character)) {
                    here.stretch += f64::from(most * walk.size());
                }
                before = (!is_invisible(character)).then_some(character).or(before);
            }
        }
        for place in coming {
            self.stop(place, here, &mut stops);
        }
        stops
    }

    /// Adds a stop.
    fn stop(&self, place: &Opportunity, here: Stop, stops: &mut Vec<Stop>) {
        let before = stops.last().copied().unwrap_or_default();
        if place.at == 0 || place.at <= before.at {
            return;
        }
        let mut stop = Stop { at: place.at, ..here };
        match place.end {
            End::Forced => stop.forced = true,
            End::Free(strain) => stop.strain = strain,
            End::Hyphen => {
                stop.hyphen = true;
                stop.end += self.hyphen(place.at);
            }
        }
        stops.push(stop);
    }

    /// The stops, with more where the text between two is wider than a measure.
    pub(super) fn within<'s>(&self, stops: &'s [Stop], measure: f64) -> Cow<'s, [Stop]> {
        let is_wide = |pair: &[Stop]| pair[1].end - pair[1].hang - pair[0].start > measure;
        if !stops.windows(2).any(is_wide) {
            return Cow::Borrowed(stops);
        }
        let mut within: Vec<Stop> = stops.first().copied().into_iter().collect();
        for pair in stops.windows(2) {
            if is_wide(pair) {
                self.part(pair[0], pair[1].at, measure, &mut within);
            }
            within.push(pair[1]);
        }
        Cow::Owned(within)
    }

    /// Adds stops within a stretch that is wider than the measure.
    fn part(&self, before: Stop, end: usize, measure: f64, stops: &mut Vec<Stop>) {
        let text = self.styled.text.get(before.at..end).unwrap_or_default().trim_end();
        let mut walk = Walk::new(self.styled, self.fonts);
        let measured = text.char_indices().map(|(at, character)| {
            let at = before.at + at;
            (at, character, f64::from(walk.advance(at, character)))
        });
        let letters: Vec<(usize, char, f64)> = measured.collect();
        let hyphen = self.hyphen(end);
        let narrow = Narrow { measure, hyphen, smallest: SMALLEST };
        let mut stop = before;
        let mut from = 0;
        for Parting { place, hyphen: hyphenated, strain } in parted(&self.styled.text, &letters, narrow) {
            let passed = &letters[from..place];
            stop.at = letters[place].0;
            stop.start += passed.iter().map(|(.., advance)| advance).sum::<f64>();
            stop.letters += passed.iter().filter(|(_, letter, _)| is_letter(*letter)).count() as u32;
            let end = stop.start + if hyphenated { hyphen } else { 0.0 };
            stops.push(Stop { end, strain, hyphen: hyphenated, forced: false, hang: 0.0, ..stop });
            from = place;
        }
    }

    /// The width of a hyphen before a byte.
    fn hyphen(&self, at: usize) -> f64 {
        let span = self.styled.spans.iter().find(|span| span.end >= at);
        span.map_or(0.0, |span| f64::from(advance_of(HYPHEN, &span.style, self.fonts)))
    }
}

/// Measures characters in the order of the text.
pub(super) struct Walk<'a> {
    spans: std::slice::Iter<'a, Span>,
    span: Option<&'a Span>,
    fonts: &'a Fonts,
}

impl<'a> Walk<'a> {
    pub(super) fn new(styled: &'a StyledText, fonts: &'a Fonts) -> Self {
        let mut spans = styled.spans.iter();
        let span = spans.next();
        Self { spans, span, fonts }
    }

    /// The size of the type where it has come to; code is not spaced out.
    fn size(&self) -> f32 {
        self.span.filter(|span| is_stretched(&span.style)).map_or(0.0, |span| span.style.size)
    }

    pub(super) fn advance(&mut self, at: usize, character: char) -> f32 {
        while let Some(span) = self.span
            && span.end <= at
        {
            self.span = self.spans.next();
        }
        let Some(span) = self.span else {
            return 0.0;
        };
        if is_invisible(character) {
            return 0.0;
        }
        let natural = i32::from(self.fonts.face(span.style.weight).shown(character).advance);
        let set = if span.style.figures && character.is_ascii_digit() {
            FIGURE_ADVANCE
        } else {
            let (before, after) = tightened(character, span.style.weight);
            natural + before + after
        };
        set as f32 * span.style.size / 1000.0
    }
}
