//! Lettering in figures: how wide a text may come out, where it wraps, and lines of it as shapes.
//!
//! A figure is drawn before a renderer has chosen its font, so widths are careful estimates: a full-width character
//! takes one em, any other about 0.6.

use super::shape::{Anchor, Ink, Point, Shape};
use crate::document::width::{columns, is_wide};

/// The distance between baselines, in multiples of the size.
pub(super) const LEADING: f64 = 1.3;

/// How far letters rise above the baseline, in multiples of the size.
pub(super) const ASCENT: f64 = 0.88;

/// How far letters fall below the baseline, in multiples of the size.
pub(super) const DESCENT: f64 = 0.2;

/// Characters that may not begin a line.
const NOT_FIRST: &str = "、。，．・：；？！ー々ゝゞヽヾ）〕］｝〉》」』】〙〗’”％‰℃°ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}%";

/// Characters that may not end a line.
const NOT_LAST: &str = "（〔［｛〈《「『【〘〖‘“￥＄([{¥$△▲";

/// The width of a text, on the generous side.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

fn em(character: char) -> f64 {
    match character {
        'M' | 'W' | 'm' | 'w' | '@' | '%' | '&' => 0.95,
        'A'..='Z' => 0.75,
        _ => match columns(character) {
            0 => 0.0,
            1 => 0.6,
            _ => 1.0,
        },
    }
}

/// Breaks a text into lines no wider than `room`: Japanese between any two characters that may part, other scripts
/// between words, an overlong word where it must. The lines come out about equally long.
pub(super) fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let pieces = pieces(text, room / size);
    let lines = fill(&pieces, room / size);
    if lines.len() < 2 {
        return lines;
    }
    let (mut narrow, mut wide) = (0.0, room / size);
    for _ in 0..12 {
        let middle = (narrow + wide) / 2.0;
        if fill(&pieces, middle).len() > lines.len() {
            narrow = middle;
        } else {
            wide = middle;
        }
    }
    fill(&pieces, wide)
}

/// The text cut wherever it may be broken; no piece is wider than `room` ems (unless one character is).
fn pieces(text: &str, room: f64) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    let mut width = 0.0;
    for character in text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control())
    {
        let together = before.is_some_and(|before| {
            width + em(character) <= room
                && (NOT_FIRST.contains(character)
                    || NOT_LAST.contains(before)
                    || columns(character) == 0
                    || character == ' '
                    || (!is_wide(before) && !is_wide(character) && before != ' '))
        });
        match pieces.last_mut() {
            Some(piece) if together => {
                piece.push(character);
                width += em(character);
            }
            _ => {
                pieces.push(character.to_string());
                width = em(character);
            }
        }
        before = Some(character);
    }
    pieces
}

fn fill(pieces: &[String], room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut width = 0.0;
    for piece in pieces {
        let more = text_width(piece, 1.0);
        let visible = text_width(piece.trim_end(), 1.0);
        if width + visible > room + 1e-6 && !line.trim().is_empty() {
            lines.push(line.trim().to_owned());
            line.clear();
            width = 0.0;
        }
        line.push_str(piece);
        width += more;
    }
    if !line.trim().is_empty() {
        lines.push(line.trim().to_owned());
    }
    lines
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
        Self {
            size,
            bold: false,
            ink: Ink::Text,
            anchor: Anchor::Start,
        }
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
        lines
            .iter()
            .enumerate()
            .map(move |(index, text)| Shape::Text {
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

    #[test]
    fn lines_never_begin_with_a_closing_mark_or_end_with_an_opening_one() {
        let text = "量子情報処理（「鍵」となる技術）、次世代レーザー。";
        for room in 3..20 {
            for line in wrap(text, 1.0, f64::from(room)) {
                assert!(
                    text_width(&line, 1.0) <= f64::from(room) + 1e-6,
                    "{line} in {room}"
                );
                if room > 4 {
                    assert!(
                        !line.starts_with(|c| NOT_FIRST.contains(c)),
                        "{line} in {room}"
                    );
                    assert!(
                        !line.ends_with(|c| NOT_LAST.contains(c)),
                        "{line} in {room}"
                    );
                }
            }
        }
    }

    #[test]
    fn words_stay_whole_where_they_fit_and_are_cut_where_they_do_not() {
        assert_eq!(
            wrap("grant to universities", 1.0, 10.0),
            ["grant to", "universities"]
        );
        assert_eq!(wrap("国立研究開発法人", 1.0, 5.0), ["国立研究", "開発法人"]);
        assert_eq!(wrap("aaaaaaaaaa", 1.0, 3.0).concat(), "aaaaaaaaaa");
        assert_eq!(wrap("", 1.0, 3.0), Vec::<String>::new());
    }
}
