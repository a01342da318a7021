//! Lettering in figures: how wide a text may come out, where it wraps, and lines of it as shapes.
//!
//! A figure is drawn before a renderer has chosen its font, so widths are careful estimates: a full-width character
//! takes one em, a digit two thirds, any other about 0.6.

use super::shape::{Anchor, Ink, Point, Shape};
use crate::script::{Script, columns, is_wide, may_not_begin, may_not_end, script};

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

/// Breaks a text into as few lines as `room` allows, and of those ways takes the one that leaves words whole and lines
/// about equally long. Japanese may part between any two characters that no rule holds together.
pub(super) fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let room = room / size;
    let pieces = pieces(text, room);
    let widths: Vec<(f64, f64)> =
        pieces.iter().map(|piece| (text_width(piece, 1.0), text_width(piece.trim_end(), 1.0))).collect();

    // The best way to set the first pieces: lines, blemish, and where the last of those lines begins.
    let mut best: Vec<(usize, f64, usize)> = vec![(0, 0.0, 0)];
    for end in 1..=pieces.len() {
        let mut choice = (usize::MAX, f64::INFINITY, end - 1);
        let mut width = 0.0;
        for start in (0..end).rev() {
            width += if start + 1 == end { widths[start].1 } else { widths[start].0 };
            if width > room + 1e-6 && start + 1 < end {
                break;
            }
            let (lines, blemish, _) = best[start];
            let slack = ((room - width) / room).max(0.0);
            let parting = if start == 0 { 0.0 } else { parting(&pieces[start - 1], &pieces[start]) };
            let candidate = (lines + 1, blemish + slack * slack + parting, start);
            if (candidate.0, candidate.1) < (choice.0, choice.1) {
                choice = candidate;
            }
        }
        best.push(choice);
    }

    let mut lines = Vec::new();
    let mut end = pieces.len();
    while end > 0 {
        let start = best[end].2;
        let line = pieces[start..end].concat();
        if !line.trim().is_empty() {
            lines.push(line.trim().to_owned());
        }
        end = start;
    }
    lines.reverse();
    lines
}

/// How much a reader is disturbed when a line ends between two pieces: not at all after a mark, little where a word
/// seems to begin, most inside a word of katakana.
fn parting(before: &str, after: &str) -> f64 {
    let (Some(before), Some(after)) = (before.chars().last(), after.chars().next()) else {
        return 0.0;
    };
    if !before.is_alphanumeric() || may_not_end(after) {
        return 0.0;
    }
    match (script(before), script(after)) {
        (Script::Katakana, Script::Katakana) => 1.5,
        (_, Script::Hiragana) => 1.0,
        (Script::Hiragana, _) => 0.1,
        (one, other) if one != other => 0.25,
        _ => 0.5,
    }
}

/// The text cut wherever it may be broken; no piece is wider than `room` ems (unless one character is).
fn pieces(text: &str, room: f64) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    let mut width = 0.0;
    for character in text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !c.is_control())
    {
        let together = before.is_some_and(|before| {
            width + em(character) <= room
                && (may_not_begin(character)
                    || may_not_end(before)
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
        assert_eq!(wrap("aaaaaaaaaa", 1.0, 3.0).concat(), "aaaaaaaaaa");
        assert_eq!(wrap("", 1.0, 3.0), Vec::<String>::new());
    }
}
