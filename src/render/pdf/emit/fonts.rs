//! The glyphs that a sheet uses, as fonts of its own: one code for each character, even where two share a glyph.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};
use printpdf::{
    FontId, FontMetrics, FontType, Op, ParsedFont, PdfFont, PdfFontHandle, PdfFontMetricsStub, Pt, TextItem,
};

use super::Writer;
use super::syntax;
use crate::enclosure::Digest;
use crate::render::pdf::layout::{Drawn, Layout};
use crate::typeface::{Face, Fonts, GETA, Weight};

/// The character that stands for all others of a font until [`complete`].
const SAMPLE: char = ' ';

/// The part of a face that a sheet uses.
pub(super) struct Subset<'a> {
    weight: Weight,
    face: &'a Face,
    name: String,
    program: Vec<u8>,
    /// The code of each character in page content, counted from 1 in their order.
    codes: BTreeMap<char, u16>,
    /// The glyph of each code, starting with code 0.
    glyphs: Vec<u16>,
    /// The width of each code, starting with code 1.
    widths: Vec<u16>,
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
pub(super) fn subsets<'a>(layout: &Layout, fonts: &'a Fonts) -> Result<Vec<Subset<'a>>, String> {
    let mut used: BTreeMap<Weight, BTreeSet<char>> = BTreeMap::new();
    for item in layout.pages.iter().flat_map(|page| &page.items) {
        if let Drawn::Text(text) = &item.drawn {
            used.entry(text.weight).or_default().extend(text.text.chars());
        }
    }
    used.into_iter().map(|(weight, characters)| Subset::new(weight, fonts.face(weight), characters)).collect()
}

impl<'a> Subset<'a> {
    fn new(weight: Weight, face: &'a Face, characters: BTreeSet<char>) -> Result<Self, String> {
        // A font has codes for 65,535 characters; those beyond share the last one.
        let codes: BTreeMap<char, u16> = characters.into_iter().zip(1..=u16::MAX).collect();
        let mut remapper = subsetter::GlyphRemapper::new();
        let (mut glyphs, mut widths, mut letters) = (vec![0], Vec::new(), String::new());
        for &character in codes.keys() {
            let shown = face.shown(character);
            glyphs.push(remapper.remap(shown.glyph));
            widths.push(shown.advance);
            letters.push(character);
        }
        let program = subsetter::subset(&face.data, 0, &remapper);
        let program = program.map_err(|error| format!("a font cannot be used: {error}"))?;
        // Subsets of the same characters are the same; the name must tell apart those that differ.
        let digest = Digest::of(letters.as_bytes());
        let tag: String = digest.bytes().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect();
        Ok(Self { weight, face, name: format!("{tag}+{}", face.name), program, codes, glyphs, widths })
    }

    pub(super) fn id(&self) -> FontId {
        id(self.weight)
    }

    pub(super) fn weight(&self) -> Weight {
        self.weight
    }

    /// The code of a character in page content.
    pub(super) fn code(&self, character: char) -> u16 {
        self.codes.get(&character).copied().unwrap_or(u16::MAX)
    }

    /// The font as printpdf knows it, with one character and no program: [`complete`] fills in the rest.
    pub(super) fn font(&self) -> PdfFont {
        let [x_min, y_min, x_max, y_max] = self.face.bounds;
        PdfFont::new(ParsedFont {
            original_bytes: vec![0, 1, 0, 0],
            font_index: 0,
            font_name: Some(self.name.clone()),
            codepoint_to_glyph: BTreeMap::from([(u32::from(SAMPLE), 1)]),
            glyph_widths: BTreeMap::new(),
            units_per_em: 1000,
            font_metrics: FontMetrics { ascent: self.face.ascent, descent: self.face.descent },
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

    /// What makes printpdf write the font: it leaves out those that no page shows.
    pub(super) fn sample(&self) -> [Op; 2] {
        let font = PdfFontHandle::External(self.id());
        let items = vec![TextItem::Text(SAMPLE.to_string())];
        [Op::SetFont { font, size: Pt(1.0) }, Op::ShowText { items }]
    }

    /// The table that turns codes back into characters.
    fn to_unicode(&self) -> Vec<u8> {
        let mut map = Vec::with_capacity(self.widths.len() * 16 + 400);
        map.extend_from_slice(
            b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
              /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
              /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
              1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let codes: Vec<(&char, &u16)> = self.codes.iter().collect();
        for block in codes.chunks(100) {
            map.extend_from_slice(format!("{} beginbfchar\n", block.len()).as_bytes());
            for (character, code) in block {
                map.push(b'<');
                syntax::code(&mut map, **code);
                map.extend_from_slice(b"> <");
                let character = if is_no_character(**character) { GETA } else { **character };
                for unit in character.encode_utf16(&mut [0; 2]) {
                    syntax::code(&mut map, *unit);
                }
                map.extend_from_slice(b">\n");
            }
            map.extend_from_slice(b"endbfchar\n");
        }
        map.extend_from_slice(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        map
    }
}

/// Whether text extraction may not yield a code point.
fn is_no_character(character: char) -> bool {
    let code = character as u32;
    code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code)
}

/// Puts the font programs, the tables of characters and of glyphs into the file.
pub(super) fn complete(writer: &mut Writer<'_>, subsets: &mut [Subset<'_>]) {
    for subset in subsets {
        let is_ours = |object: &Object| {
            let Object::Dictionary(font) = object else {
                return false;
            };
            let name = |key: &[u8]| font.get(key).and_then(Object::as_name).unwrap_or_default();
            name(b"Subtype") == b"Type0" && name(b"BaseFont") == subset.name.as_bytes()
        };
        let found = writer.file.objects.iter().find(|(_, object)| is_ours(object)).map(|(id, _)| *id);
        if let Some(font) = found {
            fill(writer, font, subset);
        }
    }
}

fn fill(writer: &mut Writer<'_>, font: ObjectId, subset: &mut Subset<'_>) {
    let program = std::mem::take(&mut subset.program);
    let length = program.len() as i64;
    let program = Stream::new(dictionary! { "Length1" => length }, program);
    let unicode = Stream::new(Dictionary::new(), subset.to_unicode());
    let widths = subset.widths.iter().map(|width| i64::from(*width).into());
    let widths = vec![Object::Integer(1), Object::Array(widths.collect())];
    let glyphs = subset.glyphs.iter().flat_map(|glyph| glyph.to_be_bytes());
    let glyphs = writer.file.add_object(Stream::new(Dictionary::new(), glyphs.collect()));
    let mut filled = Vec::new();
    let mut descriptor = None;

    writer.change(font, |font| {
        filled.push((font.get(b"ToUnicode").and_then(Object::as_reference), unicode));
        let descendants = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut);
        let descendant = descendants.ok().and_then(|fonts| fonts.first_mut());
        if let Some(Object::Dictionary(descendant)) = descendant {
            descendant.set("CIDToGIDMap", Object::Reference(glyphs));
            descendant.set("W", widths);
            descriptor = descendant.get(b"FontDescriptor").and_then(Object::as_reference).ok();
        }
    });
    if let Some(descriptor) = descriptor {
        writer.change(descriptor, |descriptor| {
            filled.push((descriptor.get(b"FontFile2").and_then(Object::as_reference), program));
            // Symbolic: the codes are ours, not those of the standard Latin letters.
            descriptor.set("Flags", 4);
        });
    }
    for (id, stream) in filled {
        if let Ok(id) = id {
            writer.file.objects.insert(id, Object::Stream(stream));
        }
    }
}
