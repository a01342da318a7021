//! Lettering in figures: how wide a text may come out, where it wraps, and lines of it as shapes.
//!
//! A figure is drawn before a renderer has chosen its font, so widths are careful estimates: a full-width character
//! takes one em, a digit two thirds, any other about 0.6.

use super::shape::{Anchor, Ink, Point, Shape};
use crate::breaks::{End, Manner, Narrow, Opportunity, Stop, best, opportunities, parted, phrases};
use crate::script::columns;

/// The distance between baselines, in multiples of the size.
pub(super) const LEADING: f64 = 1.3;

/// How far letters rise above the baseline, in multiples of the size.
pub(super) const ASCENT: f64 = 0.88;

/// How far letters fall below the baseline, in multiples of the size.
pub(super) const DESCENT: f64 = 0.2;

/// The width of a text, on the generous side.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// The width of the widest phrase in a text: in a column of that width no word is broken.
pub(super) fn widest_phrase(text: &str, size: f64) -> f64 {
    let mut start = 0;
    let ends = phrases(text).into_iter().chain([text.len()]);
    let phrases = ends.map(|end| text.get(std::mem::replace(&mut start, end)..end).unwrap_or_default());
    phrases.map(|phrase| text_width(phrase.trim(), size)).fold(0.0, f64::max)
}

fn em(character: char) -> f64 {
    match character {
        'M' | 'W' | 'm' | 'w' | '@' | '%' | '&' => 0.95,
        'A'..='Z' => 0.75,
        '0'..='9' => 0.66,
        _ => match columns(character) {
            0 => 0.0,
            1 => 0.6,
            _ => 1.0,
        },
    }
}

/// Left, top, right and bottom of a text.
pub(super) fn extent(shape: &Shape) -> Option<(f64, f64, f64, f64)> {
    let Shape::Text { x, y, size, anchor, text, .. } = shape else {
        return None;
    };
    let width = text_width(text, *size);
    let left = match anchor {
        Anchor::Start => *x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Some((left, y - ASCENT * size, left + width, y + DESCENT * size))
}

/// Upright lines with gaps where lettering lies on them.
pub(super) fn clear_of_lettering(shapes: Vec<Shape>) -> Vec<Shape> {
    let mut extents: Vec<(f64, f64, f64, f64)> = shapes.iter().filter_map(extent).collect();
    extents.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut out = Vec::with_capacity(shapes.len());
    for shape in shapes {
        let Shape::Line { points, ink, width } = &shape else {
            out.push(shape);
            continue;
        };
        let &[(x, from), (to_x, to)] = points.as_slice() else {
            out.push(shape);
            continue;
        };
        let crossed = extents.iter().filter(|(left, top, right, bottom)| {
            x == to_x && left - 1.5 < x && x < right + 1.5 && *top < to && from < *bottom
        });
        let mut from = from;
        for (_, top, _, bottom) in crossed {
            if *top > from {
                out.push(Shape::Line { points: vec![(x, from), (x, *top)], ink: *ink, width: *width });
            }
            from = from.max(*bottom);
        }
        if from < to || x != to_x {
            out.push(Shape::Line { points: vec![(x, from), (to_x, to)], ink: *ink, width: *width });
        }
    }
    out
}

/// Breaks a text into as few lines as `room` allows, and of those ways takes the one that leaves words whole and lines
/// about equally long. A word is broken only where it is wider than the room, and then hyphenated.
pub(super) fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let text: String =
        text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !c.is_control()).collect();
    let room = (room / size).max(0.1);
    let stops = stops(&text, room);
    let mut start = 0;
    let mut lines = Vec::new();
    for stop in best(&stops, room, 1.0, Manner::Whole).into_iter().map(|place| &stops[place]) {
        let line = text.get(start..stop.at).unwrap_or_default().trim();
        if !line.is_empty() {
            lines.push(format!("{line}{}", if stop.hyphen { "-" } else { "" }));
        }
        start = stop.at;
    }
    lines
}

/// Where lines of a text may end, measured in ems; nothing between two of them is wider than `room`, if it is more than a character or a figure.
fn stops(text: &str, room: f64) -> Vec<Stop> {
    // Lettering has one size in a figure.
    let narrow = Narrow { measure: room, hyphen: em('-'), smallest: 1.0 };
    let mut stops = vec![Stop::default()];
    let mut here = Stop::default();
    let places = opportunities(text);
    let mut places: Vec<Opportunity> = places.iter().copied().filter(|it| it.is_between_words()).collect();
    whole_words(text, room, &mut places);
    for place in places {
        let before = here;
        let piece = text.get(before.at..place.at).unwrap_or_default();
        here = Stop {
            at: place.at,
            start: before.start + text_width(piece, 1.0),
            end: before.start + text_width(piece.trim_end(), 1.0),
            letters: before.letters + piece.chars().filter(|c| c.is_alphanumeric()).count() as u32,
            strain: if let End::Free(strain) = place.end { strain } else { 0.0 },
            ..Stop::default()
        };
        if here.end - before.start > room + 1e-6 {
            let letters: Vec<(usize, char, f64)> =
                piece.trim_end().char_indices().map(|(at, c)| (before.at + at, c, em(c))).collect();
            // Summed up along the way: a word of a thousand letters has as many places.
            let (mut along, mut from) = (0.0, 0);
            for parting in parted(text, &letters, narrow) {
                let between = letters.get(from..parting.place).unwrap_or_default();
                along = between.iter().fold(along, |along, (.., wide)| along + wide);
                from = parting.place;
                let start = before.start + along;
                stops.push(Stop {
                    at: letters[parting.place].0,
                    start,
                    end: start + if parting.hyphen { em('-') } else { 0.0 },
                    strain: parting.strain,
                    hyphen: parting.hyphen,
                    letters: before.letters,
                    ..Stop::default()
                });
            }
        }
        stops.push(here);
    }
    stops
}

/// How much an end disturbs that is no longer between words.
const IN_WORDS: f32 = 1.0;

/// Leaves out the places within words that fit the room.
fn whole_words(text: &str, room: f64, places: &mut Vec<Opportunity>) {
    let is_inside = |it: &Opportunity| matches!(it.end, End::Free(strain) if strain >= IN_WORDS);
    let mut start = 0;
    let mut kept = Vec::with_capacity(places.len());
    for words in places.chunk_by(|before, _| is_inside(before)) {
        let Some(last) = words.last() else { continue };
        let word = text.get(std::mem::replace(&mut start, last.at)..last.at).unwrap_or_default();
        let fits = text_width(word.trim(), 1.0) <= room;
        kept.extend(words.iter().filter(|it| !fits || !is_inside(it)));
    }
    *places = kept;
}

/// How lines of text are set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) ink: Ink,
    pub(super) anchor: Anchor,
}

impl Style {
    pub(super) fn new(size: f64) -> Self {
        Self { size, bold: false, ink: Ink::Text, anchor: Anchor::Start }
    }

    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) fn ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }

    pub(super) fn anchor(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// The height of some lines, from the top of the first to the foot of the last.
    pub(super) fn height(self, lines: usize) -> f64 {
        self.size * LEADING * lines as f64
    }

    /// The first baseline when a line's slot begins at `top`.
    fn baseline(self, top: f64) -> f64 {
        top + self.size * (LEADING + ASCENT - DESCENT) / 2.0
    }

    /// Lines of text set downwards from `top`.
    pub(super) fn lines(self, lines: &[String], (x, top): Point) -> impl Iterator<Item = Shape> {
        lines.iter().enumerate().map(move |(index, text)| Shape::Text {
            x,
            y: self.baseline(top) + self.height(index),
            size: self.size,
            bold: self.bold,
            anchor: self.anchor,
            ink: self.ink,
            text: text.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{may_not_begin, may_not_end};

    #[test]
    fn lines_never_begin_with_a_closing_mark_or_end_with_an_opening_one() {
        let text = "量子情報処理（「鍵」となる技術）、次世代レーザー。";
        for room in 3..20 {
            for line in wrap(text, 1.0, f64::from(room)) {
                assert!(text_width(&line, 1.0) <= f64::from(room) + 1e-6, "{line} in {room}");
                if room > 4 {
                    assert!(!line.starts_with(may_not_begin), "{line} in {room}");
                    assert!(!line.ends_with(may_not_end), "{line} in {room}");
                }
            }
        }
    }

    #[test]
    fn words_stay_whole_where_they_fit_and_are_cut_where_they_do_not() {
        assert_eq!(wrap("grant to universities", 1.0, 10.0), ["grant to", "universities"]);
        assert_eq!(wrap("国立研究開発法人", 1.0, 5.0), ["国立研究", "開発法人"]);
        assert_eq!(wrap("Headquarters", 1.0, 6.0), ["Headquar-", "ters"]);
        assert_eq!(wrap("aaaaaaaaaa", 1.0, 3.0).concat().replace('-', ""), "aaaaaaaaaa");
        assert_eq!(wrap("", 1.0, 3.0), Vec::<String>::new());
        let platform = "新たなプラットフォームの構築";
        assert!(wrap(platform, 1.0, 9.0).iter().any(|line| line.starts_with("プラットフォーム")));
    }
}
