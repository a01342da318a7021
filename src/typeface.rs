//! The two faces of a sheet: which characters they have, which glyph shows one, and how far it moves the pen.
//!
//! Checks ask here what a PDF could not show; the PDF is set with the same answers. The faces are parsed once a process and
//! shared by reference. This is the only module that knows ttf-parser.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use ttf_parser::GlyphId;

static REGULAR: &[u8] = include_bytes!("typeface/BIZUDPGothic-Regular.ttf");
static BOLD: &[u8] = include_bytes!("typeface/BIZUDPGothic-Bold.ttf");

/// What is printed for a character that the face lacks.
pub const GETA: char = '〓';

/// The advance of a digit in a column of figures, in thousandths of an em.
///
/// The face's own digits are proportional (`1` is 630 wide, the others 760), so columns would not align. A gap over
/// 100 would read as a word space to text extraction, which rules out setting all of them at 760.
pub const FIGURE_ADVANCE: i32 = 700;

/// Which of the two faces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// For running text.
    #[default]
    Regular,
    /// For headings and strong text.
    Bold,
}

/// The faces that a sheet is set in.
#[derive(Debug)]
pub struct Fonts {
    regular: Face,
    bold: Face,
}

impl Fonts {
    /// The faces that come with this crate, BIZ UDPGothic Regular and Bold; `None` if their files are damaged.
    #[must_use]
    pub fn builtin() -> Option<&'static Self> {
        static FONTS: OnceLock<Option<Fonts>> = OnceLock::new();

        FONTS
            .get_or_init(|| {
                Some(Self {
                    regular: Face::parse(REGULAR, "BIZUDPGothic-Regular")?,
                    bold: Face::parse(BOLD, "BIZUDPGothic-Bold")?,
                })
            })
            .as_ref()
    }

    /// The face of a weight.
    #[must_use]
    pub fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

/// One font file, reduced to what setting type needs.
#[derive(Debug)]
pub struct Face {
    /// The file.
    pub data: &'static [u8],
    /// The PostScript name.
    pub name: &'static str,
    /// The top of the tallest letters above the baseline, in thousandths of an em.
    pub ascent: i16,
    /// The bottom of the deepest letters, negative.
    pub descent: i16,
    /// The box around all glyphs: left, bottom, right, top.
    pub bounds: [i16; 4],
    /// The weight class, 400 or 700.
    pub weight: u16,
    basic: Vec<u16>,
    beyond: BTreeMap<u32, u16>,
    advances: Vec<u16>,
}

/// How a character is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The glyph in the font file.
    pub glyph: u16,
    /// How far it moves the pen, in thousandths of an em, cut off as the PDF's width table is.
    pub advance: u16,
    /// Whether the face has no picture of the character, so that 〓 stands in for it.
    pub missing: bool,
}

impl Face {
    fn parse(data: &'static [u8], name: &'static str) -> Option<Self> {
        let face = ttf_parser::Face::parse(data, 0).ok()?;
        let units = i64::from(face.units_per_em());
        let scale = |value: i16| (i64::from(value) * 1000 / units) as i16;
        let mut basic = vec![0; 0x1_0000];
        let mut beyond = BTreeMap::new();

        for table in face.tables().cmap?.subtables {
            if !table.is_unicode() {
                continue;
            }
            table.codepoints(|code| {
                let Some(GlyphId(glyph)) = table.glyph_index(code) else {
                    return;
                };
                match basic.get_mut(code as usize) {
                    Some(slot) => *slot = glyph,
                    None => {
                        beyond.insert(code, glyph);
                    }
                }
            });
        }
        let advances = (0..face.number_of_glyphs())
            .map(|glyph| {
                let advance = face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0);
                (i64::from(advance) * 1000 / units) as u16
            })
            .collect();
        let bounds = face.global_bounding_box();

        Some(Self {
            data,
            name,
            ascent: scale(face.ascender()),
            descent: scale(face.descender()),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scale),
            weight: face.weight().to_number(),
            basic,
            beyond,
            advances,
        })
    }

    /// Whether the face itself has the character.
    #[must_use]
    pub fn has(&self, character: char) -> bool {
        self.glyph(character) != 0
    }

    /// The glyph that shows a character: its own, that of its stand-in, or 〓.
    #[must_use]
    pub fn shown(&self, character: char) -> Shown {
        let own = self.glyph(character);
        let glyph = if own != 0 {
            own
        } else {
            stand_in(character).map_or(0, |other| self.glyph(other))
        };
        let missing = glyph == 0;
        let glyph = if missing { self.glyph(GETA) } else { glyph };

        Shown {
            glyph,
            advance: self
                .advances
                .get(usize::from(glyph))
                .copied()
                .unwrap_or(1000),
            missing,
        }
    }

    /// The width of a text in thousandths of an em.
    #[must_use]
    pub fn width(&self, text: &str) -> u32 {
        text.chars()
            .filter(|c| !is_invisible(*c))
            .map(|c| u32::from(self.shown(c).advance))
            .sum()
    }

    fn glyph(&self, character: char) -> u16 {
        let code = character as u32;
        match self.basic.get(code as usize) {
            Some(glyph) => *glyph,
            None => self.beyond.get(&code).copied().unwrap_or(0),
        }
    }
}

/// Whether a PDF shows a character, itself or by one that a reader takes for the same; otherwise it shows 〓.
#[must_use]
pub fn has(character: char) -> bool {
    let missing = |face: &Face| face.shown(character).missing;
    is_invisible(character)
        || Fonts::builtin().is_none_or(|fonts| !missing(&fonts.regular) && !missing(&fonts.bold))
}

/// Whether a character takes no space and leaves no mark: joiners, marks of direction, variation selectors, controls.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0000}'..='\u{E0FFF}')
        || character.is_control()
}

/// The character whose glyph serves for another that the face lacks, when a reader would not mind the difference.
fn stand_in(character: char) -> Option<char> {
    raised(character).or(match character {
        '✔' => Some('✓'),
        '\u{2010}' | '\u{2011}' => Some('-'),
        '\u{2212}' => Some('-'),
        space if space.is_whitespace() => Some(' '),
        _ => None,
    })
}

/// The ordinary character of a superscript or subscript one.
#[must_use]
pub fn raised(character: char) -> Option<char> {
    Some(match character {
        '⁰' | '₀' => '0',
        '¹' | '₁' => '1',
        '²' | '₂' => '2',
        '³' | '₃' => '3',
        '⁴' | '₄' => '4',
        '⁵' | '₅' => '5',
        '⁶' | '₆' => '6',
        '⁷' | '₇' => '7',
        '⁸' | '₈' => '8',
        '⁹' | '₉' => '9',
        '⁺' | '₊' => '+',
        '⁻' | '₋' => '−',
        '⁼' | '₌' => '=',
        '⁽' | '₍' => '(',
        '⁾' | '₎' => ')',
        'ⁿ' => 'n',
        'ⁱ' => 'i',
        _ => return None,
    })
}

/// Whether a character of [`raised`] sits below the line, not above it.
#[must_use]
pub fn is_lowered(character: char) -> bool {
    matches!(character, '\u{2080}'..='\u{209C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_face_has_its_own_glyph_for_what_ministries_write() {
        let face = Fonts::builtin().map(|f| f.face(Weight::Regular));
        for c in "①②③※△▲～✓◆ﾊﾝｶｸ﨑髙・〓".chars() {
            assert!(face.is_some_and(|f| f.has(c)), "{c}");
        }
    }

    #[test]
    fn a_character_that_the_face_lacks_is_shown_as_a_geta() {
        for weight in [Weight::Regular, Weight::Bold] {
            let face = Fonts::builtin().map(|f| f.face(weight));
            assert!(face.is_some_and(|f| f.shown('𠮷').missing && !f.shown('⁸').missing));
        }
    }

    #[test]
    fn the_faces_know_no_kerning_so_that_advances_alone_are_right() {
        for data in [REGULAR, BOLD] {
            let tables = ttf_parser::Face::parse(data, 0).map(|face| face.tables().clone());
            assert!(tables.is_ok_and(|tables| tables.gpos.is_none() && tables.kern.is_none()));
        }
    }

    #[test]
    fn invisible_characters_have_no_width() {
        let face = Fonts::builtin().map(|f| f.face(Weight::Bold));
        assert_eq!(
            face.map(|f| f.width("\u{200B}\u{2060}\u{FEFF}\u{FE00}\u{E0101}")),
            Some(0)
        );
    }
}
