//! JPEG: its size and colors; the file itself is stored unchanged.

use super::{Coding, Colors, Picture};

/// Reads the frame header.
pub(super) fn read(bytes: &[u8]) -> Option<Picture> {
    if bytes.get(..2)? != [0xFF, 0xD8] {
        return None;
    }
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xFF => at += 1,
            0x01 | 0xD0..=0xD8 => at += 2,
            // Baseline, extended and progressive frames; other codings are rare and no PDF viewer must know them.
            0xC0..=0xC2 => break,
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | 0xD9 | 0xDA => return None,
            _ => at += 2 + usize::from(number(bytes, at + 2)?),
        }
    }
    let depth = *bytes.get(at + 4)?;
    let (height, width) = (number(bytes, at + 5)?, number(bytes, at + 7)?);
    // Four components are inks of a press; archival PDF with a screen profile does not allow them.
    let colors = match *bytes.get(at + 9)? {
        1 => Colors::Gray,
        3 => Colors::Rgb,
        _ => return None,
    };
    let ended = bytes.windows(2).rev().take(4096).any(|pair| pair == [0xFF, 0xD9]);
    let sound = depth == 8 && width > 0 && height > 0 && ended;

    sound.then(|| Picture {
        width: width.into(),
        height: height.into(),
        depth,
        colors,
        coding: Coding::Jpeg,
        data: bytes.to_vec(),
    })
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
        assert!(picture.is_some_and(|p| (p.width, p.height, p.colors) == (7, 5, Colors::Gray)));
    }

    #[test]
    fn a_damaged_file_is_refused() {
        assert_eq!(read(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 200]), None);
        assert_eq!(read(b"GIF89a"), None);
    }
}
