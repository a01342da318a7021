//! The faces of a sheet: which characters they have, which glyph shows one, and how far it moves the pen.
//!
//! Checks ask here what a PDF could not show; the PDF is set with the same answers. The two faces of this crate are parsed once
//! a process and shared; an office may add one for what they lack. This is the only module that knows ttf-parser.

mod characters;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use characters::stand_in;
pub use characters::{is_invisible, is_lowered, raised};
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

/// Which of the faces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// For running text.
    #[default]
    Regular,
    /// For headings and strong text.
    Bold,
    /// The office's own face, for characters that the other two lack. It has one weight.
    Fallback,
}

/// The faces that a sheet is set in. A copy shares them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fonts {
    regular: Arc<Face>,
    bold: Arc<Face>,
    fallback: Option<Arc<Face>>,
}

/// Why a font file cannot serve as a fallback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FontError {
    /// It is no font file, or a damaged one.
    Damaged,
    /// Its outlines are of the PostScript kind (CFF), or it holds pictures of characters only.
    Outlines,
    /// Its license forbids embedding, or embedding in part.
    License,
}

impl fmt::Display for FontError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Damaged => "it is no TrueType font, or damaged",
            Self::Outlines => "it has no TrueType outlines",
            Self::License => "its license does not let a document embed a part of it",
        })
    }
}

impl std::error::Error for FontError {}

impl FontError {
    /// What to do about it.
    pub fn help(self) -> &'static str {
        match self {
            Self::Damaged => "name a font file that ends in .ttf or .ttc",
            Self::Outlines => {
                "take the TrueType version of the font (.ttf), or convert its outlines, e.g. with `otf2ttf`"
            }
            Self::License => {
                "take a font whose license allows embedding and subsetting, such as one under the OFL"
            }
        }
    }
}

impl Fonts {
    /// The faces that come with this crate, BIZ UDPGothic Regular and Bold; `None` if their files are damaged.
    pub fn builtin() -> Option<&'static Self> {
        static FONTS: OnceLock<Option<Fonts>> = OnceLock::new();

        FONTS
            .get_or_init(|| {
                Some(Self {
                    regular: Arc::new(Face::of(Cow::Borrowed(REGULAR), "BIZUDPGothic-Regular")?),
                    bold: Arc::new(Face::of(Cow::Borrowed(BOLD), "BIZUDPGothic-Bold")?),
                    fallback: None,
                })
            })
            .as_ref()
    }

    /// The same faces with one more for the characters that they lack, from the bytes of a TrueType file.
    ///
    /// # Errors
    ///
    /// If the file is damaged, has no TrueType outlines, or may not be embedded.
    pub fn with_fallback(&self, file: Vec<u8>) -> Result<Self, FontError> {
        let name = {
            let face = ttf_parser::Face::parse(&file, 0).map_err(|_| FontError::Damaged)?;
            let tables = face.tables();
            if tables.glyf.is_none() || tables.cff.is_some() {
                return Err(FontError::Outlines);
            }
            let restricted = face.permissions() == Some(ttf_parser::Permissions::Restricted);
            if restricted || !face.is_subsetting_allowed() || !face.is_outline_embedding_allowed() {
                return Err(FontError::License);
            }
            postscript_name(&face)
        };
        let fallback = Face::of(Cow::Owned(file), &name).ok_or(FontError::Damaged)?;
        Ok(Self { fallback: Some(Arc::new(fallback)), ..self.clone() })
    }

    /// The face of a weight; without a fallback its place is taken by the regular one.
    pub fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
            Weight::Fallback => self.fallback.as_ref().unwrap_or(&self.regular),
        }
    }

    /// The office's own face for what the other two lack.
    pub fn fallback(&self) -> Option<&Face> {
        self.fallback.as_deref()
    }

    /// The weight to set a character in: the wanted one, or the fallback if only that can show it.
    pub fn weight(&self, wanted: Weight, character: char) -> Weight {
        match &self.fallback {
            Some(fallback)
                if !is_invisible(character)
                    && self.face(wanted).shown(character).missing
                    && fallback.has(character) =>
            {
                Weight::Fallback
            }
            _ => wanted,
        }
    }

    /// Whether a kanji is shown in the form that a variation selector behind it asks for.
    pub fn show_form(&self, kanji: char, selector: char) -> bool {
        let face = self.face(self.weight(Weight::Regular, kanji));
        let parsed = ttf_parser::Face::parse(&face.data, 0);
        let form = parsed.ok().and_then(|parsed| parsed.glyph_variation_index(kanji, selector));
        form.is_some_and(|form| form.0 == face.glyph(kanji))
    }

    /// Whether a PDF shows a character, itself or by one that a reader takes for the same; otherwise it shows 〓.
    pub fn show(&self, character: char) -> bool {
        let shows = |wanted| {
            let weight = self.weight(wanted, character);
            !self.face(weight).shown(character).missing
        };
        is_invisible(character) || shows(Weight::Regular) && shows(Weight::Bold)
    }
}

/// The name of a font in a PDF: its own PostScript name, without what such a name may not hold.
fn postscript_name(face: &ttf_parser::Face<'_>) -> String {
    let name = face
        .names()
        .into_iter()
        .filter(|name| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME)
        .find_map(|name| name.to_string())
        .unwrap_or_default();
    let kept: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(60).collect();
    if kept.is_empty() { "Fallback".to_owned() } else { kept }
}

/// One font file, reduced to what setting type needs.
#[derive(Debug, PartialEq, Eq)]
pub struct Face {
    pub data: Cow<'static, [u8]>,
    pub name: String,
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
    fn of(data: Cow<'static, [u8]>, name: &str) -> Option<Self> {
        let face = ttf_parser::Face::parse(&data, 0).ok()?;
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
        let (ascent, descent) = (scale(face.ascender()), scale(face.descender()));
        let bounds = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scale);
        let weight = face.weight().to_number();

        Some(Self { data, name: name.to_owned(), ascent, descent, bounds, weight, basic, beyond, advances })
    }

    /// Whether the face itself has the character.
    pub fn has(&self, character: char) -> bool {
        self.glyph(character) != 0
    }

    /// The glyph that shows a character: its own, that of its stand-in, or 〓.
    pub fn shown(&self, character: char) -> Shown {
        let own = self.glyph(character);
        let glyph = if own != 0 { own } else { stand_in(character).map_or(0, |other| self.glyph(other)) };
        let missing = glyph == 0;
        let glyph = if missing { self.glyph(GETA) } else { glyph };

        Shown { glyph, advance: self.advances.get(usize::from(glyph)).copied().unwrap_or(1000), missing }
    }

    /// The width of a text in thousandths of an em.
    pub fn width(&self, text: &str) -> u32 {
        text.chars().filter(|c| !is_invisible(*c)).map(|c| u32::from(self.shown(c).advance)).sum()
    }

    fn glyph(&self, character: char) -> u16 {
        let code = character as u32;
        match self.basic.get(code as usize) {
            Some(glyph) => *glyph,
            None => self.beyond.get(&code).copied().unwrap_or(0),
        }
    }
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
    fn a_fallback_shows_what_the_other_faces_lack_and_nothing_else() {
        let file = include_bytes!("../tests/data/fonts/cells.ttf").to_vec();
        let fonts = Fonts::builtin().and_then(|fonts| fonts.with_fallback(file).ok());
        let weights = fonts.map(|fonts| {
            let weight = |c| fonts.weight(Weight::Bold, c);
            ("A𠮷☑\u{10FFFD}".chars().map(weight).collect::<Vec<_>>(), "A𠮷☑⁸".chars().all(|c| fonts.show(c)))
        });
        let expected = vec![Weight::Bold, Weight::Fallback, Weight::Fallback, Weight::Bold];
        assert_eq!(weights, Some((expected, true)));
    }

    #[test]
    fn a_font_that_cannot_be_embedded_is_refused() {
        let refusal = |file: Vec<u8>| Fonts::builtin().and_then(|f| f.with_fallback(file).err());
        let right = include_bytes!("../tests/data/fonts/cells.ttf");
        let postscript = include_bytes!("../tests/data/fonts/cells.otf").to_vec();
        assert_eq!(refusal(postscript), Some(FontError::Outlines));
        assert_eq!(refusal(b"no font".to_vec()), Some(FontError::Damaged));
        assert_eq!(refusal(right.get(..90).unwrap_or_default().to_vec()), Some(FontError::Damaged));

        // The license bits are the fourth pair of bytes of the table OS/2.
        let mut restricted = right.to_vec();
        let tables = ttf_parser::RawFace::parse(right, 0);
        let os2 = tables.ok().and_then(|face| face.table(ttf_parser::Tag::from_bytes(b"OS/2")));
        let start = os2.map_or(0, |table| table.as_ptr() as usize - right.as_ptr() as usize);
        if let Some(byte) = restricted.get_mut(start + 9) {
            *byte = 2;
        }
        assert_eq!(refusal(restricted), Some(FontError::License));
    }

    #[test]
    fn invisible_characters_have_no_width() {
        let face = Fonts::builtin().map(|f| f.face(Weight::Bold));
        assert_eq!(face.map(|f| f.width("\u{200B}\u{2060}\u{FEFF}\u{FE00}\u{E0101}")), Some(0));
    }
}
