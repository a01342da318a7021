//! Running text made ready for setting: one string, and the style of each stretch of it.

use crate::render::pdf::theme::Ink;
use crate::typeface::{Fonts, Weight, is_invisible, is_lowered, raised};

/// How a stretch of text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// The face.
    pub weight: Weight,
    /// The size in points.
    pub size: f32,
    /// The color.
    pub ink: Ink,
    /// How far the baseline is raised, in points.
    pub rise: f32,
    /// Whether it is underlined.
    pub underline: bool,
    /// Whether it is struck out.
    pub strike: bool,
    /// Whether it stands on a tint, as code does.
    pub tinted: bool,
    /// Whether its digits are equally wide.
    pub figures: bool,
    /// Whether it leans to the right. The faces have no italics of their own.
    pub slanted: bool,
    /// Whether emphasis in it stays upright, because all of its row steps back.
    pub upright: bool,
}

/// A stretch of text of one style that belongs to one node of the structure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// The byte after its last.
    pub end: usize,
    /// Its look.
    pub style: Style,
    /// The node of the structure; `None` is decoration.
    pub leaf: Option<usize>,
    /// The link that it shows, by its place among the sheet's links.
    pub link: Option<usize>,
}

/// A stretch of text of one weight, as it is set outside paragraphs.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The face.
    pub weight: Weight,
    /// What it says, without invisible characters.
    pub text: String,
    /// Its width in thousandths of an em.
    pub width: i32,
    /// Extra space, as of a line's piece.
    pub kerns: Vec<(usize, i32)>,
}

/// A text of a wanted weight in stretches of the faces that have its characters.
pub fn runs(text: &str, wanted: Weight, fonts: &Fonts) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut place = 0;
    for character in text.chars().filter(|c| !is_invisible(*c)) {
        let weight = fonts.weight(wanted, character);
        if runs.last().is_none_or(|run| run.weight != weight) {
            runs.push(Run { weight, text: String::new(), width: 0, kerns: Vec::new() });
            place = 0;
        }
        let Some(run) = runs.last_mut() else { continue };
        let (before, after) = tightened(character, weight);
        kern(&mut run.kerns, place, before);
        place += 1;
        kern(&mut run.kerns, place, after);
        run.text.push(character);
        run.width += i32::from(fonts.face(weight).shown(character).advance) + before + after;
    }
    runs
}

/// Adds white before a character; nothing stands twice.
pub(super) fn kern(kerns: &mut Vec<(usize, i32)>, place: usize, white: i32) {
    match kerns.last_mut() {
        _ if white == 0 => {}
        Some((at, kern)) if *at == place => *kern += white,
        _ => kerns.push((place, white)),
    }
}

/// The white before and behind a single quote that is taken out, because the faces have too much of it there for a word that goes on: `don’t`.
pub(super) fn tightened(character: char, weight: Weight) -> (i32, i32) {
    match character {
        _ if weight == Weight::Fallback => (0, 0),
        '‘' => (-210, 0),
        '’' => (0, -210),
        _ => (0, 0),
    }
}

/// Text ready for setting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StyledText {
    /// The characters; a line feed is a forced break.
    pub text: String,
    /// The stretches, in order, without gaps.
    pub spans: Vec<Span>,
}

impl StyledText {
    /// A text of one style.
    pub fn plain(text: &str, style: Style, leaf: Option<usize>, fonts: &Fonts) -> Self {
        let mut styled = Self::default();
        styled.push(text, style, leaf, None, fonts);
        styled
    }

    /// Adds a stretch. Superscript and subscript characters that the face lacks are made of small ordinary ones.
    pub fn push(
        &mut self,
        text: &str,
        style: Style,
        leaf: Option<usize>,
        link: Option<usize>,
        fonts: &Fonts,
    ) {
        let face = fonts.face(style.weight);
        let mut is_usual = false;

        for character in text.chars() {
            let made_up = !character.is_ascii() && raised(character).is_some() && !face.has(character);
            let weight = fonts.weight(style.weight, character);
            self.text.push(if character == '\t' { ' ' } else { character });
            let end = self.text.len();
            let was_usual = std::mem::replace(&mut is_usual, !made_up && weight == style.weight);
            if let (true, Some(last)) = (was_usual && is_usual, self.spans.last_mut()) {
                last.end = end;
                continue;
            }
            let rise = if is_lowered(character) { -0.12 } else { 0.33 };
            let style = match made_up {
                true => {
                    Style { size: style.size * 0.6, rise: style.rise + style.size * rise, weight, ..style }
                }
                false => Style { weight, ..style },
            };
            match self.spans.last_mut() {
                Some(last) if last.style == style && last.leaf == leaf && last.link == link => last.end = end,
                _ => self.spans.push(Span { end, style, leaf, link }),
            }
        }
    }

    /// Adds what another has.
    pub fn append(&mut self, other: Self) {
        let before = self.text.len();
        self.text.push_str(&other.text);
        self.spans.extend(other.spans.into_iter().map(|span| Span { end: span.end + before, ..span }));
    }

    /// The text with a forced break before a byte.
    pub fn broken_at(&self, at: usize) -> Self {
        let mut styled = self.clone();
        if styled.text.is_char_boundary(at) {
            styled.text.insert(at, '\n');
            for span in styled.spans.iter_mut().filter(|span| span.end >= at) {
                span.end += 1;
            }
        }
        styled
    }

    /// Changes the size of everything.
    pub fn scale(&mut self, factor: f32) {
        for span in &mut self.spans {
            span.style.size *= factor;
            span.style.rise *= factor;
        }
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}
