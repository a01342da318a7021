//! Counting the lines of a text without setting it.

use std::collections::HashMap;

use super::lines::set;
use super::measured::Measured;
use super::styled::{Span, StyledText};
use crate::breaks::{Manner, Stop, fewest};
use crate::typeface::{Fonts, Weight};

/// How many stops are remembered.
const REMEMBERED: usize = 1 << 18;

/// Counts lines. A sheet that is fitted to its page is measured at many widths, so where the lines of a text may end is remembered.
#[derive(Default)]
pub(crate) struct Counter {
    known: HashMap<Key, Vec<Stop>>,
    length: usize,
}

/// What decides where lines may end: the text, and of each stretch its end, face, size, and whether its digits are equally wide.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    text: String,
    spans: Vec<(usize, Weight, u32, bool)>,
    manner: Manner,
}

impl Counter {
    /// How many lines a text takes.
    pub(crate) fn lines(
        &mut self,
        styled: &StyledText,
        fonts: &Fonts,
        measure: f32,
        manner: Manner,
    ) -> usize {
        if manner == Manner::Roomy {
            return set(styled, fonts, measure, manner).len();
        }
        let style =
            |span: &Span| (span.end, span.style.weight, span.style.size.to_bits(), span.style.figures);
        let key = Key { text: styled.text.clone(), spans: styled.spans.iter().map(style).collect(), manner };
        let measured = Measured { styled, fonts, manner };
        if self.length > REMEMBERED {
            *self = Self::default();
        }
        let stops = self.known.entry(key).or_insert_with(|| {
            let stops = measured.stops();
            self.length += stops.len();
            stops
        });
        let measure = f64::from(measure).max(0.1);
        fewest(&measured.within(stops, measure), measure).max(1)
    }
}
