//! PNG: PDF stores most of them as they are; transparent, interlaced and deep ones are decoded onto white.

use super::{Coding, Colors, Picture};

/// The most pixels that are read; a page at 1,200 dots an inch has fewer.
const MOST_PIXELS: u64 = 150_000_000;

struct Header {
    width: u32,
    height: u32,
    depth: u8,
    kind: u8,
    interlaced: bool,
}

impl Header {
    fn read(chunk: &[u8]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_be_bytes(chunk.get(at..at + 4)?.try_into().ok()?));
        let header = Self {
            width: number(0)?,
            height: number(4)?,
            depth: *chunk.get(8)?,
            kind: *chunk.get(9)?,
            interlaced: *chunk.get(12)? == 1,
        };
        let pixels = u64::from(header.width) * u64::from(header.height);
        let known = match header.kind {
            0 => matches!(header.depth, 1 | 2 | 4 | 8 | 16),
            3 => matches!(header.depth, 1 | 2 | 4 | 8),
            2 | 4 | 6 => matches!(header.depth, 8 | 16),
            _ => false,
        };
        (known && pixels > 0 && pixels <= MOST_PIXELS).then_some(header)
    }

    fn samples(&self) -> usize {
        match self.kind {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        }
    }

    fn row_bytes(&self, width: usize) -> usize {
        (width * self.samples() * usize::from(self.depth)).div_ceil(8)
    }

    /// The passes of the picture: first column and row, steps, and their sizes.
    fn passes(&self) -> Vec<[usize; 6]> {
        let (width, height) = (self.width as usize, self.height as usize);
        if !self.interlaced {
            return vec![[0, 0, 1, 1, width, height]];
        }
        let steps = [
            [0, 0, 8, 8],
            [4, 0, 8, 8],
            [0, 4, 4, 8],
            [2, 0, 4, 4],
            [0, 2, 2, 4],
            [1, 0, 2, 2],
            [0, 1, 1, 2],
        ];
        steps
            .into_iter()
            .map(|[x, y, right, down]| {
                let (wide, high) =
                    (width.saturating_sub(x).div_ceil(right), height.saturating_sub(y).div_ceil(down));
                [x, y, right, down, wide, high]
            })
            .filter(|pass| pass[4] > 0 && pass[5] > 0)
            .collect()
    }
}

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Option<Picture> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let mut header = None;
    let (mut palette, mut alpha, mut data) = (Vec::new(), None, Vec::new());

    while let Some(length) = rest.get(..4) {
        let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
        let (kind, body) = (rest.get(4..8)?, rest.get(8..8_usize.checked_add(length)?)?);
        match kind {
            b"IHDR" => header = Header::read(body),
            b"PLTE" => palette = body.to_vec(),
            b"tRNS" => alpha = Some(body.to_vec()),
            b"IDAT" => data.extend_from_slice(body),
            b"IEND" => break,
            _ => {}
        }
        rest = rest.get(length + 12..).unwrap_or_default();
    }
    let header = header?;
    let size: usize = header.passes().iter().map(|pass| pass[5] * (1 + header.row_bytes(pass[4]))).sum();
    let mut rows = vec![0; size];
    let found = libdeflater::Decompressor::new().zlib_decompress(&data, &mut rows).ok()?;
    if found != size
        || (header.kind == 3 && (palette.is_empty() || palette.len() % 3 != 0 || palette.len() > 768))
    {
        return None;
    }

    let colors = match header.kind {
        0 => Some(Colors::Gray),
        2 => Some(Colors::Rgb),
        3 => Some(Colors::Palette(palette.clone())),
        _ => None,
    };
    match colors {
        Some(colors) if alpha.is_none() && !header.interlaced && header.depth <= 8 => Some(Picture {
            width: header.width,
            height: header.height,
            depth: header.depth,
            colors,
            coding: Coding::Filtered,
            data,
        }),
        _ => decode(&header, rows, &palette, alpha.as_deref()),
    }
}

/// Paints the pixels onto white, in 8 bits a component.
fn decode(header: &Header, mut rows: Vec<u8>, palette: &[u8], alpha: Option<&[u8]>) -> Option<Picture> {
    let gray = matches!(header.kind, 0 | 4);
    let components = if gray { 1 } else { 3 };
    let width = header.width as usize;
    let mut pixels = vec![255_u8; width * header.height as usize * components];
    let step = (header.samples() * usize::from(header.depth)).div_ceil(8);
    let mut rest = rows.as_mut_slice();

    for [x, y, right, down, wide, high] in header.passes() {
        let length = header.row_bytes(wide);
        let mut above = vec![0; length];
        for row in 0..high {
            let (line, after) = std::mem::take(&mut rest).split_at_mut_checked(1 + length)?;
            rest = after;
            let (filter, line) = line.split_first_mut()?;
            unfilter(*filter, line, &above, step)?;
            for column in 0..wide {
                let sample = |number: usize| sample(line, column * header.samples() + number, header.depth);
                let color = paint(header, &sample, palette, alpha);
                let at = ((y + row * down) * width + x + column * right) * components;
                pixels.get_mut(at..at + components)?.copy_from_slice(color.get(..components)?);
            }
            above.copy_from_slice(line);
        }
    }
    let colors = if gray { Colors::Gray } else { Colors::Rgb };
    Some(Picture {
        width: header.width,
        height: header.height,
        depth: 8,
        colors,
        coding: Coding::Plain,
        data: pixels,
    })
}

/// A sample of a row, as stored.
fn sample(line: &[u8], place: usize, depth: u8) -> u16 {
    let byte = |at: usize| u16::from(line.get(at).copied().unwrap_or(0));
    match depth {
        16 => byte(place * 2) << 8 | byte(place * 2 + 1),
        8 => byte(place),
        _ => {
            let depth = usize::from(depth);
            let bit = place * depth;
            byte(bit / 8) >> (8 - depth - bit % 8) & ((1 << depth) - 1)
        }
    }
}

/// The color of a pixel on white; gray is in the first component.
fn paint(header: &Header, sample: &dyn Fn(usize) -> u16, palette: &[u8], alpha: Option<&[u8]>) -> [u8; 3] {
    let most = (1_u32 << header.depth) - 1;
    let eight = |value: u16| (u32::from(value) * 255 / most) as u8;
    let key = |number: usize| {
        let pair = alpha.and_then(|a| a.get(number * 2..number * 2 + 2));
        pair.map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
    };
    let (color, cover) = match header.kind {
        3 => {
            let place = usize::from(sample(0));
            let entry = |number: usize| palette.get(place * 3 + number).copied().unwrap_or(0);
            let cover = alpha.map_or(255, |alpha| alpha.get(place).copied().unwrap_or(255));
            ([entry(0), entry(1), entry(2)], cover)
        }
        0 | 4 => {
            let value = eight(sample(0));
            let clear = header.kind == 0 && key(0) == Some(sample(0));
            let cover = if header.kind == 4 { eight(sample(1)) } else { 255 };
            ([value; 3], if clear { 0 } else { cover })
        }
        _ => {
            let clear = header.kind == 2 && alpha.is_some() && (0..3).all(|n| key(n) == Some(sample(n)));
            let cover = if header.kind == 6 { eight(sample(3)) } else { 255 };
            ([eight(sample(0)), eight(sample(1)), eight(sample(2))], if clear { 0 } else { cover })
        }
    };
    let cover = u32::from(cover);
    color.map(|value| ((u32::from(value) * cover + 255 * (255 - cover) + 127) / 255) as u8)
}

/// Undoes a row's filter.
fn unfilter(filter: u8, line: &mut [u8], above: &[u8], step: usize) -> Option<()> {
    for at in 0..line.len() {
        let left = if at >= step { line[at - step] } else { 0 };
        let up = above[at];
        let corner = if at >= step { above[at - step] } else { 0 };
        let guess = match filter {
            0 => 0,
            1 => left,
            2 => up,
            3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
            4 => nearest(left, up, corner),
            _ => return None,
        };
        line[at] = line[at].wrapping_add(guess);
    }
    Some(())
}

fn nearest(left: u8, up: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, up, corner].map(i16::from);
    let [to_a, to_b, to_c] = [(b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs()];
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        up
    } else {
        corner
    }
}
