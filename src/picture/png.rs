//! PNG: PDF stores opaque ones as they are; transparent, interlaced and deep ones are decoded onto white.

use std::io::Cursor;

use png::{ColorType, Decoder, Info, Limits, Reader, Transformations};

use crate::fault::contained;
use crate::limits;

use super::{Coding, Colors, Picture, PictureError, is_turned};

/// Reads a file and each of its pixels.
pub(super) fn read(bytes: &[u8]) -> Result<Picture, PictureError> {
    contained(|| decoded(bytes)).unwrap_or(Err(PictureError::Damaged))
}

/// Goes through each pixel of a file, row by row, and keeps none.
pub(super) fn check(bytes: &[u8]) -> Result<(), PictureError> {
    let check = || sound(&mut opened(bytes)?.0);
    contained(check).unwrap_or(Err(PictureError::Damaged))
}

fn sound(reader: &mut Pixels<'_>) -> Result<(), PictureError> {
    while reader.next_row().map_err(|_| PictureError::Damaged)?.is_some() {}
    reader.finish().map_err(|_| PictureError::Damaged)?;
    upright(reader)
}

fn upright(reader: &Pixels<'_>) -> Result<(), PictureError> {
    match reader.info().exif_metadata.as_deref().is_some_and(is_turned) {
        true => Err(PictureError::Turned),
        false => Ok(()),
    }
}

/// What reads the pixels of a file.
type Pixels<'b> = Reader<Cursor<&'b [u8]>>;

/// A reader of the pixels, and their packed rows where a PDF may have them as they are, as far as the header says it.
fn opened(bytes: &[u8]) -> Result<(Pixels<'_>, Option<Vec<u8>>), PictureError> {
    let limits = Limits { bytes: 8 * limits::PIXELS as usize };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    // What is no pixel is not unpacked: it may be a thousand times as large as the file.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let header = decoder.read_header_info().map_err(|_| PictureError::Damaged)?;
    let bytes_a_color = u64::from(header.bit_depth as u8).div_ceil(8);
    if u64::from(header.width) * u64::from(header.height) * bytes_a_color > limits::PIXELS {
        return Err(PictureError::Large);
    }
    let is_plain = !header.interlaced && header.bit_depth as u8 <= 8;
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let reader = decoder.read_info().map_err(|_| PictureError::Damaged)?;
    if reader.info().palette.as_ref().is_some_and(|palette| palette.len() % 3 != 0) {
        return Err(PictureError::Damaged);
    }
    if reader.info().animation_control.is_some() {
        return Err(PictureError::Moving);
    }
    let packed = rows(bytes).filter(|packed| has_its_rows(packed, reader.info()));
    let packed = packed.ok_or(PictureError::Damaged)?;
    Ok((reader, is_plain.then_some(packed)))
}

fn decoded(bytes: &[u8]) -> Result<Picture, PictureError> {
    let (mut reader, packed) = opened(bytes)?;
    let info = reader.info();
    let (width, height, depth) = (info.width, info.height, info.bit_depth as u8);
    let stored = match info.color_type {
        ColorType::Grayscale => Some(Colors::Gray),
        ColorType::Rgb => Some(Colors::Rgb),
        ColorType::Indexed => info.palette.as_ref().map(|palette| Colors::Palette(palette.to_vec())),
        ColorType::GrayscaleAlpha | ColorType::Rgba => None,
    };
    let stored = stored.filter(|_| info.trns.is_none());
    if let Some((colors, packed)) = stored.zip(packed) {
        sound(&mut reader)?;
        return Ok(Picture { width, height, depth, colors, coding: Coding::Filtered, data: packed });
    }
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(PictureError::Large)?];
    let size = reader.next_frame(&mut pixels).map_err(|_| PictureError::Damaged)?.buffer_size();
    reader.finish().map_err(|_| PictureError::Damaged)?;
    upright(&reader)?;
    pixels.truncate(size);
    let (colors, data) = match reader.output_color_type().0 {
        ColorType::Grayscale => (Colors::Gray, pixels),
        ColorType::GrayscaleAlpha => (Colors::Gray, on_white::<1, 2>(&pixels)),
        ColorType::Rgba => (Colors::Rgb, on_white::<3, 4>(&pixels)),
        ColorType::Rgb | ColorType::Indexed => (Colors::Rgb, pixels),
    };
    Ok(Picture { width, height, depth: 8, colors, coding: Coding::Plain, data })
}

/// Whether packed rows are those that the header tells of, and no further ones.
fn has_its_rows(packed: &[u8], info: &Info<'_>) -> bool {
    let (width, height) = info.size();
    // Where each pass of an interlaced picture begins, and how far its pixels are apart, across and down (PNG 3, 8.1).
    const PASSES: [[u32; 4]; 7] =
        [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];
    let passes = if info.interlaced { &PASSES[..] } else { &[[0, 0, 1, 1]] };
    let sizes = passes.iter().map(|[x, y, across, down]| {
        let (width, height) =
            (width.saturating_sub(*x).div_ceil(*across), height.saturating_sub(*y).div_ceil(*down));
        if width == 0 { 0 } else { info.raw_row_length_from_width(width) * height as usize }
    });
    let mut unpacked = vec![0; sizes.sum()];
    let length = libdeflater::Decompressor::new().zlib_decompress(packed, &mut unpacked);
    length.is_ok_and(|length| length == unpacked.len())
}

/// The packed rows of a file that was read before: what its `IDAT` chunks hold together.
fn rows(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rows = Vec::new();
    let mut rest = bytes.get(8..)?;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let (chunk, after) = after.split_at_checked(length.checked_add(8)?)?;
        if let Some(body) = chunk.strip_prefix(b"IDAT") {
            rows.extend_from_slice(body.get(..length)?);
        }
        rest = after;
    }
    Some(rows)
}

/// Pixels of some components and a cover, painted onto white.
fn on_white<const COMPONENTS: usize, const SAMPLES: usize>(pixels: &[u8]) -> Vec<u8> {
    let (pixels, _) = pixels.as_chunks::<SAMPLES>();
    let paint = |pixel: &[u8; SAMPLES]| {
        let cover = u32::from(pixel[COMPONENTS]);
        let paint = |value: u8| ((u32::from(value) * cover + 255 * (255 - cover) + 127) / 255) as u8;
        pixel.map(paint).into_iter().take(COMPONENTS)
    };
    pixels.iter().flat_map(paint).collect()
}
