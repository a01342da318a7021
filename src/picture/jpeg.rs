//! JPEG: its size and colors; the file itself is stored unchanged.

use std::collections::BTreeMap;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{Coding, Colors, Picture, PictureError, is_turned};
use crate::fault::contained;
use crate::limits;

/// Reads the frame header.
pub(super) fn read(bytes: &[u8]) -> Result<Picture, PictureError> {
    let at = frame(bytes).ok_or(PictureError::Damaged)?;
    // Baseline, extended and progressive frames; viewers need not know other codings.
    if !matches!(bytes.get(at + 1), Some(0xC0..=0xC2)) {
        return Err(PictureError::Coding);
    }
    let header =
        || Some((*bytes.get(at + 4)?, number(bytes, at + 5)?, number(bytes, at + 7)?, *bytes.get(at + 9)?));
    let (depth, height, width, components) = header().ok_or(PictureError::Damaged)?;
    let colors = match components {
        1 => Colors::Gray,
        3 => Colors::Rgb,
        4 => return Err(PictureError::Inks),
        _ => return Err(PictureError::Coding),
    };
    let (width, height) = (u32::from(width), u32::from(height));
    if depth != 8 || width == 0 || height == 0 {
        return Err(PictureError::Coding);
    }
    if u64::from(width) * u64::from(height) > limits::PIXELS {
        return Err(PictureError::Large);
    }
    let before = bytes.get(..at).unwrap_or_default();
    let exif = before.windows(6).position(|it| it == b"Exif\0\0").and_then(|at| before.get(at + 6..));
    if exif.is_some_and(is_turned) {
        return Err(PictureError::Turned);
    }
    Ok(Picture { width, height, depth, colors, coding: Coding::Jpeg, data: bytes.to_vec() })
}

/// Where the header of the frame begins.
fn frame(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        match *bytes.get(at + 1)? {
            0xFF => at += 1,
            0x01 | 0xD0..=0xD8 => at += 2,
            0xD9 | 0xDA => return None,
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Some(at),
            _ => at += 2 + usize::from(number(bytes, at + 2)?),
        }
    }
}

/// Decodes every pixel; what is cut off or does not fit its tables is an error.
pub(super) fn decode(bytes: &[u8]) -> Result<(), PictureError> {
    let end = bytes.windows(2).rposition(|pair| pair == [0xFF, 0xD9]);
    let end = end.ok_or(PictureError::Damaged)?;
    // The decoder takes a mark of the end for gray pixels without end. Without the mark it says where they are missing; only of a
    // progressive picture, whose passes have no number, it must see it.
    let is_progressive = frame(bytes).is_some_and(|at| bytes.get(at + 1) == Some(&0xC2));
    let whole = if is_progressive { bytes } else { &bytes[..end] };
    let is_lying = || !is_progressive && taller(whole).is_some_and(|taller| is_whole(&taller));
    let has_all = !is_progressive || has_all_passes(bytes).unwrap_or(false);
    if has_all && is_whole(whole) && !is_lying() { Ok(()) } else { Err(PictureError::Damaged) }
}

/// The most passes of a progressive picture; each goes through all of it, and programs write a dozen.
const PASSES: usize = 100;

/// Whether the passes of a progressive picture bring each coefficient of each component to its last bit (ITU-T T.81, G.1.1.1).
fn has_all_passes(bytes: &[u8]) -> Option<bool> {
    let mut at = frame(bytes)?;
    let components = bytes.get(at + 10..)?.chunks_exact(3).take(usize::from(*bytes.get(at + 9)?));
    // How many bits of each coefficient are still to come.
    let mut missing: BTreeMap<u8, [u8; 64]> = components.map(|it| (it[0], [u8::MAX; 64])).collect();
    let mut passes = 0;
    while *bytes.get(at + 1)? != 0xD9 {
        let head = bytes.get(at + 4..)?;
        let is_pass = *bytes.get(at + 1)? == 0xDA;
        at += 2 + usize::from(number(bytes, at + 2)?);
        if is_pass {
            passes += 1;
            let (count, rest) = head.split_first()?;
            let (own, rest) = rest.split_at_checked(2 * usize::from(*count))?;
            let [first, last, bits, ..] = rest else { return None };
            for component in own.iter().step_by(2) {
                let range = usize::from(*first)..=usize::from(*last);
                missing.get_mut(component)?.get_mut(range)?.fill(bits & 0x0F);
            }
        }
        let is_mark = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF);
        at += bytes.get(at..)?.windows(2).position(is_mark)?;
    }
    Some(passes <= PASSES && missing.values().flatten().all(|bits| *bits == 0))
}

/// The file with a header that promises one more row of blocks: where those are there, the header tells of too few.
fn taller(bytes: &[u8]) -> Option<Vec<u8>> {
    let at = frame(bytes)?;
    let components = bytes.get(at + 10..)?.chunks(3).take(usize::from(*bytes.get(at + 9)?));
    let block = 8 * u16::from(components.filter_map(|it| Some(it.get(1)? & 0x0F)).max()?);
    let height = number(bytes, at + 5)?.checked_add(block)?;
    let mut taller = bytes.to_vec();
    taller.get_mut(at + 5..at + 7)?.copy_from_slice(&height.to_be_bytes());
    Some(taller)
}

fn is_whole(bytes: &[u8]) -> bool {
    let options = DecoderOptions::new_safe()
        .set_strict_mode(true)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX));
    let decoded = contained(|| JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode());
    matches!(decoded, Ok(Ok(_)))
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_header_tells_size_and_colors() {
        let file =
            [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC0, 0, 11, 8, 0, 5, 0, 7, 1, 1, 0x11, 0, 0xFF, 0xD9];
        let picture = read(&file);
        assert!(picture.is_ok_and(|p| (p.width, p.height, p.colors) == (7, 5, Colors::Gray)));
    }

    #[test]
    fn a_picture_that_is_to_be_turned_is_refused() {
        let exif = |order: &[u8], how: u8| {
            let number = |number: u8, length: usize| -> Vec<u8> {
                let mut bytes = vec![0; length];
                bytes[if order == b"II" { 0 } else { length - 1 }] = number;
                bytes
            };
            let tag = if order == b"II" { [0x12, 1] } else { [1, 0x12] };
            let entry = [tag.to_vec(), number(3, 2), number(1, 4), number(how, 2), vec![0, 0]].concat();
            [order.to_vec(), number(42, 2), number(8, 4), number(1, 2), entry].concat()
        };
        for order in [b"II", b"MM"] {
            let file = |how| {
                let body = [b"Exif\0\0".to_vec(), exif(order, how)].concat();
                let frame = [0xFF, 0xC0, 0, 11, 8, 0, 5, 0, 7, 1, 1, 0x11, 0, 0xFF, 0xD9].to_vec();
                [vec![0xFF, 0xD8, 0xFF, 0xE1, 0, body.len() as u8 + 2], body, frame].concat()
            };
            assert!(read(&file(1)).is_ok());
            assert_eq!(read(&file(6)), Err(PictureError::Turned));
        }
        assert!(!is_turned(b"II*\0\xff\xff\xff\xff") && !is_turned(b"MM"));
    }

    #[test]
    fn a_damaged_file_is_refused() {
        assert!(read(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 200]).is_err());
    }
}
