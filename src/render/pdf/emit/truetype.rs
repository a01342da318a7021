//! A face cut down to some glyphs, as PDF wants it: outlines and widths, and neither names nor characters.
//!
//! `subsetter` does the same for every kind of font, at three times the cost for ours.

use std::collections::BTreeMap;

/// A face's program with these glyphs in this order, glyph 0 first; `None` if its outlines are not TrueType's, hinted or damaged.
pub(super) fn cut(face: &[u8], glyphs: &[u16]) -> Option<Vec<u8>> {
    // Outlines with instructions need these tables, too.
    if [b"cvt ", b"fpgm", b"prep"].iter().any(|name| table(face, name).is_some()) {
        return None;
    }
    let outlines = Outlines::of(face)?;
    let mut head = table(face, b"head")?.to_vec();
    let mut hhea = table(face, b"hhea")?.to_vec();
    let mut maxp = table(face, b"maxp")?.to_vec();
    let advances = table(face, b"hmtx")?;
    let measured = usize::from(number(&hhea, 34)?);

    let mut shown = glyphs.to_vec();
    let mut parts = Parts::default();
    let (mut glyf, mut ends, mut hmtx) = (Vec::with_capacity(256 * shown.len()), vec![0], Vec::new());
    let mut at = 0;
    while let Some(glyph) = shown.get(at).copied() {
        at += 1;
        let outline = outlines.get(glyph)?;
        let start = glyf.len();
        glyf.extend_from_slice(outline);
        if outline.first().is_some_and(|first| first & 0x80 != 0) {
            parts.renumber(glyf.get_mut(start..)?, &mut shown)?;
        }
        glyf.resize(glyf.len().next_multiple_of(2), 0);
        ends.push(glyf.len());

        let last = 4 * usize::from(glyph).min(measured.checked_sub(1)?);
        hmtx.extend_from_slice(advances.get(last..last + 2)?);
        let bearing = match usize::from(glyph).checked_sub(measured) {
            Some(beyond) => 4 * measured + 2 * beyond,
            None => last + 2,
        };
        hmtx.extend_from_slice(advances.get(bearing..bearing + 2)?);
    }

    let count = u16::try_from(shown.len()).ok()?.to_be_bytes();
    let is_long = glyf.len() > 2 * usize::from(u16::MAX);
    let loca = if is_long {
        ends.iter().flat_map(|end| (*end as u32).to_be_bytes()).collect()
    } else {
        ends.iter()
            .flat_map(|end| (*end as u32 / 2).to_be_bytes().split_at(2).1.to_vec())
            .collect::<Vec<u8>>()
    };
    put(&mut head, 8, &[0; 4])?;
    put(&mut head, 50, &[0, u8::from(is_long)])?;
    put(&mut hhea, 34, &count)?;
    put(&mut maxp, 4, &count)?;
    assembled([
        (b"glyf", glyf),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", hmtx),
        (b"loca", loca),
        (b"maxp", maxp),
    ])
}

/// The parts of composed glyphs, which come after all others.
#[derive(Default)]
struct Parts {
    /// Their new numbers.
    numbers: BTreeMap<u16, u16>,
}

impl Parts {
    /// Renumbers the parts that a composed glyph refers to.
    fn renumber(&mut self, outline: &mut [u8], shown: &mut Vec<u16>) -> Option<()> {
        const WORDS: u16 = 1;
        const SCALE: u16 = 8;
        const MORE: u16 = 0x20;
        const TWO_SCALES: u16 = 0x40;
        const MATRIX: u16 = 0x80;
        let mut at = 10;
        loop {
            let flags = number(outline, at)?;
            let part = number(outline, at + 2)?;
            let new = match self.numbers.get(&part) {
                Some(new) => *new,
                None => {
                    let new = u16::try_from(shown.len()).ok()?;
                    shown.push(part);
                    self.numbers.insert(part, new);
                    new
                }
            };
            put(outline, at + 2, &new.to_be_bytes())?;
            if flags & MORE == 0 {
                return Some(());
            }
            at += if flags & WORDS != 0 { 8 } else { 6 };
            at += match () {
                () if flags & SCALE != 0 => 2,
                () if flags & TWO_SCALES != 0 => 4,
                () if flags & MATRIX != 0 => 8,
                () => 0,
            };
        }
    }
}

/// Where a face's outlines lie.
struct Outlines<'a> {
    loca: &'a [u8],
    glyf: &'a [u8],
    is_long: bool,
}

impl<'a> Outlines<'a> {
    fn of(face: &'a [u8]) -> Option<Self> {
        Some(Self {
            loca: table(face, b"loca")?,
            glyf: table(face, b"glyf")?,
            is_long: number(table(face, b"head")?, 50)? != 0,
        })
    }

    fn get(&self, glyph: u16) -> Option<&'a [u8]> {
        let place = |place: usize| {
            if self.is_long {
                let bytes = self.loca.get(4 * place..)?.first_chunk()?;
                Some(u32::from_be_bytes(*bytes) as usize)
            } else {
                Some(2 * usize::from(number(self.loca, 2 * place)?))
            }
        };
        self.glyf.get(place(glyph.into())?..place(usize::from(glyph) + 1)?)
    }
}

/// A table of a font file.
fn table<'a>(face: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let count = usize::from(number(face, 4)?);
    let records = face.get(12..)?.as_chunks::<16>().0;
    let record = records.iter().take(count).find(|record| record.starts_with(name))?;
    let part = |at: usize| {
        let bytes = record.get(at..)?.first_chunk()?;
        Some(u32::from_be_bytes(*bytes) as usize)
    };
    face.get(part(8)?..part(8)?.checked_add(part(12)?)?)
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn put(bytes: &mut [u8], at: usize, new: &[u8]) -> Option<()> {
    bytes.get_mut(at..at + new.len())?.copy_from_slice(new);
    Some(())
}

/// A font file of these tables, in the order of their names.
fn assembled<const COUNT: usize>(mut tables: [(&[u8; 4], Vec<u8>); COUNT]) -> Option<Vec<u8>> {
    let size: usize = tables.iter().map(|(_, data)| data.len() + 20).sum();
    let mut file = Vec::with_capacity(size + 12);
    let power = COUNT.ilog2();
    let range = 16 << power;
    file.extend([0, 1, 0, 0]);
    for field in [COUNT, range, power as usize, COUNT * 16 - range] {
        file.extend((field as u16).to_be_bytes());
    }
    let mut at = 12 + 16 * COUNT;
    let mut head = 0;
    for (name, data) in &mut tables {
        let length = data.len();
        data.resize(length.next_multiple_of(4), 0);
        if *name == b"head" {
            head = at;
        }
        file.extend_from_slice(*name);
        for field in [checksum(data), at as u32, length as u32] {
            file.extend(field.to_be_bytes());
        }
        at += data.len();
    }
    for (_, data) in &tables {
        file.extend_from_slice(data);
    }
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&file));
    put(&mut file, head + 8, &adjustment.to_be_bytes())?;
    Some(file)
}

fn checksum(data: &[u8]) -> u32 {
    let words = data.as_chunks::<4>().0;
    words.iter().fold(0, |sum, word| sum.wrapping_add(u32::from_be_bytes(*word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeface::{Fonts, Weight};

    #[test]
    fn a_cut_face_has_the_tables_that_the_subsetter_gives_it() {
        for weight in [Weight::Regular, Weight::Bold] {
            let Some(face) = Fonts::builtin().map(|fonts| fonts.face(weight)) else {
                continue;
            };
            // A composed glyph is among them: both number its parts after all others.
            let mut remapper = subsetter::GlyphRemapper::new();
            let mut glyphs = vec![0];
            for character in "予算要求①Äéｶﾞ髙 ".chars() {
                let glyph = face.shown(character).glyph;
                if usize::from(remapper.remap(glyph)) == glyphs.len() {
                    glyphs.push(glyph);
                }
            }
            let ours = cut(&face.data, &glyphs).unwrap_or_default();
            let theirs = subsetter::subset(&face.data, 0, &remapper).unwrap_or_default();
            for name in [b"glyf", b"hmtx", b"loca", b"maxp", b"hhea"] {
                let bytes = table(&ours, name);
                assert!(bytes.is_some_and(|bytes| bytes.len() > 20));
                assert!(bytes == table(&theirs, name), "{name:?} of {}", face.name);
            }
            assert_eq!(checksum(&ours), 0xB1B0_AFBA);
        }
    }

    #[test]
    fn a_damaged_face_is_not_cut() {
        let Some(face) = Fonts::builtin().map(|fonts| fonts.face(Weight::Regular)) else {
            return;
        };
        assert!(cut(&[], &[0]).is_none());
        assert!(cut(face.data.get(..5_000).unwrap_or_default(), &[0]).is_none());
        assert!(cut(&face.data, &[0, u16::MAX]).is_none());
    }
}
