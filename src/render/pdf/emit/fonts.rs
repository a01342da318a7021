//! The glyphs that a sheet uses, as fonts of its own: one code for each character, even where two share a glyph.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::hash::Hasher;

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};
use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub};

use super::{Digest, Writer};
use crate::render::pdf::PdfError;
use crate::render::pdf::layout::{Drawn, Layout};
use crate::typeface::{Face, Fonts, GETA, Weight};

/// The part of a face that a sheet uses.
pub(super) struct Subset<'a> {
    weight: Weight,
    face: &'a Face,
    name: String,
    program: Vec<u8>,
    codes: BTreeMap<char, u16>,
    /// The glyph of each code, starting with code 0.
    glyphs: Vec<u16>,
}

/// The name of a face's font in page content.
pub(super) fn id(weight: Weight) -> FontId {
    FontId(match weight {
        Weight::Regular => "Regular".to_owned(),
        Weight::Bold => "Bold".to_owned(),
        Weight::Fallback => "Fallback".to_owned(),
    })
}

/// The subsets of the faces that a layout uses.
pub(super) fn subsets<'a>(layout: &Layout, fonts: &'a Fonts) -> Result<Vec<Subset<'a>>, PdfError> {
    let mut used: BTreeMap<Weight, BTreeSet<char>> = BTreeMap::new();
    for item in layout.pages.iter().flat_map(|page| &page.items) {
        if let Drawn::Text(text) = &item.drawn {
            used.entry(text.weight)
                .or_default()
                .extend(text.text.chars());
        }
    }
    used.into_iter()
        .map(|(weight, characters)| Subset::new(weight, fonts.face(weight), &characters))
        .collect()
}

impl<'a> Subset<'a> {
    fn new(weight: Weight, face: &'a Face, characters: &BTreeSet<char>) -> Result<Self, PdfError> {
        let mut remapper = subsetter::GlyphRemapper::new();
        let mut codes = BTreeMap::new();
        let mut glyphs = vec![0];

        for character in characters {
            // A font has codes for 65,535 characters; the rest are unlikely enough to share the last one.
            let code = u16::try_from(glyphs.len()).unwrap_or(u16::MAX);
            codes.insert(*character, code);
            if code < u16::MAX {
                glyphs.push(remapper.remap(face.shown(*character).glyph));
            }
        }
        let program = subsetter::subset(&face.data, 0, &remapper)
            .map_err(|error| PdfError::Font(error.to_string()))?;
        let mut digest = Digest(0xcbf2_9ce4_8422_2325);
        digest.write(&program);
        let mut left = digest.finish();
        let tag: String = std::iter::repeat_with(|| {
            let letter = char::from(b'A' + (left % 26) as u8);
            left /= 26;
            letter
        })
        .take(6)
        .collect();
        Ok(Self {
            weight,
            face,
            name: format!("{tag}+{}", face.name),
            program,
            codes,
            glyphs,
        })
    }

    pub(super) fn id(&self) -> FontId {
        id(self.weight)
    }

    /// The font as printpdf knows it, with an empty program: [`complete`] fills it in.
    pub(super) fn font(&self) -> PdfFont {
        let [x_min, y_min, x_max, y_max] = self.face.bounds;
        let widths = self
            .codes
            .iter()
            .map(|(character, code)| (*code, self.face.shown(*character).advance));
        PdfFont::new(ParsedFont {
            original_bytes: vec![0, 1, 0, 0],
            font_index: 0,
            font_name: Some(self.name.clone()),
            codepoint_to_glyph: self
                .codes
                .iter()
                .map(|(character, code)| (*character as u32, *code))
                .collect(),
            glyph_widths: widths.collect(),
            units_per_em: 1000,
            font_metrics: FontMetrics {
                ascent: self.face.ascent,
                descent: self.face.descent,
            },
            font_type: FontType::TrueType,
            pdf_font_metrics: PdfFontMetricsStub {
                units_per_em: 1000,
                x_min,
                y_min,
                x_max,
                y_max,
                caret_slope_rise: 1,
                caret_slope_run: 0,
                us_weight_class: self.face.weight,
            },
        })
    }

    /// The table that turns codes back into characters.
    fn to_unicode(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let pairs: Vec<_> = self.codes.iter().collect();
        for block in pairs.chunks(100) {
            // Writing to a string cannot fail.
            let _ = writeln!(map, "{} beginbfchar", block.len());
            for (character, code) in block {
                let _ = write!(map, "<{code:04X}> <");
                let character = if is_no_character(**character) {
                    GETA
                } else {
                    **character
                };
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(map, "{unit:04X}");
                }
                map.push_str(">\n");
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        map
    }
}

/// Whether text extraction may not yield a code point.
fn is_no_character(character: char) -> bool {
    let code = character as u32;
    code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code)
}

/// Puts the font programs, the tables of characters and of glyphs into the file.
pub(super) fn complete(writer: &mut Writer<'_>, subsets: &[Subset<'_>]) {
    for subset in subsets {
        let is_ours = |object: &Object| {
            let Object::Dictionary(font) = object else {
                return false;
            };
            let name = |key: &[u8]| font.get(key).and_then(Object::as_name).unwrap_or_default();
            name(b"Subtype") == b"Type0" && name(b"BaseFont") == subset.name.as_bytes()
        };
        let found = writer
            .file
            .objects
            .iter()
            .find(|(_, object)| is_ours(object))
            .map(|(id, _)| *id);
        if let Some(font) = found {
            fill(writer, font, subset);
        }
    }
}

fn fill(writer: &mut Writer<'_>, font: ObjectId, subset: &Subset<'_>) {
    let length = subset.program.len() as i64;
    let program = Stream::new(dictionary! { "Length1" => length }, subset.program.clone());
    let program = writer.file.add_object(program);
    let unicode = writer.file.add_object(Stream::new(
        Dictionary::new(),
        subset.to_unicode().into_bytes(),
    ));
    let identical = subset
        .glyphs
        .iter()
        .enumerate()
        .all(|(code, glyph)| code == usize::from(*glyph));
    let glyphs = if identical {
        Object::Name(b"Identity".to_vec())
    } else {
        let map = subset
            .glyphs
            .iter()
            .flat_map(|glyph| glyph.to_be_bytes())
            .collect();
        Object::Reference(writer.file.add_object(Stream::new(Dictionary::new(), map)))
    };
    let mut replaced = Vec::new();
    let mut descriptor = None;

    writer.change(font, |font| {
        replaced.extend(font.get(b"ToUnicode").and_then(Object::as_reference));
        font.set("ToUnicode", unicode);
        let descendant = font
            .get_mut(b"DescendantFonts")
            .and_then(Object::as_array_mut)
            .ok();
        if let Some(Object::Dictionary(descendant)) = descendant.and_then(|fonts| fonts.first_mut())
        {
            descendant.set("CIDToGIDMap", glyphs);
            descriptor = descendant
                .get(b"FontDescriptor")
                .and_then(Object::as_reference)
                .ok();
        }
    });
    if let Some(descriptor) = descriptor {
        writer.change(descriptor, |descriptor| {
            replaced.extend(descriptor.get(b"FontFile2").and_then(Object::as_reference));
            descriptor.set("FontFile2", program);
            // Symbolic: the codes are ours, not those of the standard Latin letters.
            descriptor.set("Flags", 4);
        });
    }
    for id in replaced {
        writer.file.objects.remove(&id);
    }
}
