//! Spacing a full line out to the right edge (JLREQ 3.8).
//!
//! White goes first where there is white already, then beside marks, then between Japanese and Latin, then evenly between Japanese letters.
//! Words in Latin letters and figures are never spaced: a line that would need it stays ragged.

use super::lines::{Line, Piece};
use super::styled::Style;
use crate::script::{Script, closes, is_wide, may_hang, opens, script};
use crate::typeface::Fonts;

/// Where a line is spaced out, in the order in which it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Behind a word space.
    Word,
    /// Behind a comma or a closing bracket, before an opening one.
    Mark,
    /// Between Japanese and Latin.
    Joint,
    /// Between two Japanese letters.
    Letter,
}

/// A gap over a tenth of an em reads as a word space to whoever copies the text.
const MOST: f32 = 0.09;

/// Between which characters a line may be spaced out, at which step, and how far at most, in ems.
pub(super) fn stretch(before: char, after: char) -> Option<(Step, f32)> {
    if before == ' ' || before == '\u{3000}' {
        return (!after.is_whitespace()).then_some((Step::Word, 0.3));
    }
    if after.is_whitespace() || !is_wide(before) && !is_wide(after) {
        return None;
    }
    // Marks in a row are set tight: 」「 and ……
    let (left, right) = (script(before), script(after));
    match (left, right) {
        (Script::Mark, Script::Mark) => None,
        (Script::Mark, _) => closes(before).then_some((Step::Mark, MOST)),
        (_, Script::Mark) => opens(after).then_some((Step::Mark, MOST)),
        (Script::Digit, Script::Digit) => None,
        (one, other) if is_latin(one) != is_latin(other) => Some((Step::Joint, MOST)),
        (one, _) if is_latin(one) => None,
        _ => Some((Step::Letter, 0.07)),
    }
}

fn is_latin(script: Script) -> bool {
    matches!(script, Script::Latin | Script::Digit)
}

/// Whether text of a style is spaced out at all: code is not.
pub(super) fn is_stretched(style: &Style) -> bool {
    !style.tinted && !style.figures
}

/// A place in a line that can take white: before a character of a piece.
struct Gap {
    piece: usize,
    place: usize,
    step: Step,
    most: f32,
}

impl Line {
    /// Spaces a full line out to the measure, if that takes only a little, and tells whether it ends there; a comma or full stop at its end may
    /// hang over the edge.
    pub(super) fn justify(&mut self, fonts: &Fonts, measure: f32) -> bool {
        if self.last {
            return true;
        }
        let edge = if self.width > measure { measure + self.hanging(fonts) } else { measure };
        let mut wanted = edge - self.width;
        let gaps = self.gaps();
        let room: f32 = gaps.iter().map(|gap| gap.most).sum();
        if wanted <= 0.0 || room < wanted {
            return wanted <= 0.5;
        }
        let mut shares = [0.0; 4];
        for step in [Step::Word, Step::Mark, Step::Joint, Step::Letter] {
            let room: f32 = gaps.iter().filter(|gap| gap.step == step).map(|gap| gap.most).sum();
            if room > 0.0 {
                let taken = room.min(wanted);
                shares[step as usize] = taken / room;
                wanted -= taken;
            }
        }
        self.widen(&gaps, shares);
        true
    }

    /// The width of the mark at its end that may hang.
    fn hanging(&self, fonts: &Fonts) -> f32 {
        let Some(last) = self.pieces.last() else { return 0.0 };
        let mark = last.text.chars().next_back().filter(|mark| may_hang(*mark));
        mark.map_or(0.0, |mark| {
            f32::from(fonts.face(last.style.weight).shown(mark).advance) * last.style.size / 1000.0
        })
    }

    fn gaps(&self) -> Vec<Gap> {
        let mut gaps = Vec::new();
        let mut before: Option<char> = None;
        for (number, piece) in self.pieces.iter().enumerate() {
            let stretched = is_stretched(&piece.style) && piece.leaf.is_some();
            for (place, character) in piece.text.chars().enumerate() {
                if let (true, Some((step, most))) =
                    (stretched, before.and_then(|before| stretch(before, character)))
                {
                    gaps.push(Gap { piece: number, place, step, most: most * piece.style.size });
                }
                before = Some(character);
            }
        }
        gaps
    }

    /// Puts white into gaps: of each step the same share of the most that it takes.
    fn widen(&mut self, gaps: &[Gap], shares: [f32; 4]) {
        let mut gaps = gaps.iter().peekable();
        let mut shift = 0.0;
        for (number, piece) in self.pieces.iter_mut().enumerate() {
            let unit = piece.style.size / 1000.0;
            let mut within = 0.0;
            // What rounding to thousandths leaves over is carried on to the next gap.
            let mut given = 0.0;
            let mut kerns = Vec::new();
            while let Some(gap) = gaps.next_if(|gap| gap.piece == number) {
                let white = gap.most * shares[gap.step as usize];
                if gap.place == 0 {
                    shift += white;
                    continue;
                }
                within += white;
                let kern = ((within - given) / unit).round();
                given += kern * unit;
                if kern != 0.0 {
                    kerns.push((gap.place, kern as i32));
                }
            }
            piece.x += shift;
            piece.width += within;
            shift += within;
            merge(piece, kerns);
        }
        self.width += shift;
    }
}

fn merge(piece: &mut Piece, kerns: Vec<(usize, i32)>) {
    if piece.kerns.is_empty() {
        piece.kerns = kerns;
        return;
    }
    piece.kerns.extend(kerns);
    piece.kerns.sort_by_key(|(place, _)| *place);
}
