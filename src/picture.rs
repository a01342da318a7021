//! Picture files made ready for a PDF: JPEG as it is, PNG as it is where PDF knows its encoding, otherwise decoded.
//!
//! In: the bytes of a file. Out: a [`Picture`], or why the file cannot be shown. This is the only home of the decoders.

mod jpeg;
mod png;

use std::fmt;

use crate::limits;

/// A picture as a PDF stores it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Bits for each component of a pixel.
    pub depth: u8,
    /// What the components mean.
    pub colors: Colors,
    /// How the data is encoded.
    pub coding: Coding,
    pub data: Vec<u8>,
}

/// What the components of a pixel mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Colors {
    /// Black to white.
    Gray,
    /// Red, green, blue.
    Rgb,
    /// A place in a palette of red, green and blue.
    Palette(Vec<u8>),
}

impl Colors {
    /// The number of components.
    pub fn components(&self) -> usize {
        match self {
            Self::Gray | Self::Palette(_) => 1,
            Self::Rgb => 3,
        }
    }
}

/// How a picture's data is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    Jpeg,
    /// Zlib over rows with PNG's filters.
    Filtered,
    /// Rows, one after another.
    Plain,
}

/// Why a picture cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureError {
    /// Neither PNG nor JPEG.
    Kind,
    /// Not all of its pixels can be read.
    Damaged,
    /// More than [`limits::PIXELS`].
    Large,
    /// In the inks of a press, which archival PDF with the colors of a screen does not allow.
    Inks,
    /// A JPEG in a coding that viewers need not know.
    Coding,
    /// Stored sideways or as in a mirror, with a word on how to turn it (Exif), which browsers obey and viewers of PDF do not.
    Turned,
    /// Several pictures one after another (APNG), of which paper shows the first and a browser the last.
    Moving,
}

impl PictureError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Kind => "save it as PNG, JPEG or SVG",
            Self::Damaged => "copy it anew from where it came from, or open it and save it again",
            Self::Large => "save it with fewer pixels",
            Self::Inks => "save it in RGB",
            Self::Coding => "save it again as JPEG or PNG",
            Self::Turned => "open it, turn it upright and save it again",
            Self::Moving => "save the one picture that is meant as a PNG of its own",
        }
    }
}

impl fmt::Display for PictureError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Kind => "it is no PNG, JPEG or SVG picture",
            Self::Damaged => "a part of it is missing or damaged",
            Self::Large => {
                return write!(
                    formatter,
                    "it has more than {} pixels, or half as many of 16 bits a color",
                    limits::PIXELS
                );
            }
            Self::Inks => "its colors are the inks of a press (CMYK)",
            Self::Coding => "it is a JPEG of a rare kind, which no viewer must know",
            Self::Turned => "it is stored turned, and not every viewer turns it back",
            Self::Moving => "it moves, and paper cannot show it as a screen does",
        })
    }
}

impl std::error::Error for PictureError {}

/// Whether the Exif data of a picture, a TIFF file of its own, says that it is to be turned or mirrored (tag 0x0112, Exif 2.32).
fn is_turned(exif: &[u8]) -> bool {
    let is_little = exif.starts_with(b"II");
    let bytes = |at: usize, many: usize| -> Option<u32> {
        let bytes = exif.get(at..at.checked_add(many)?)?.iter();
        let add = |number: u32, byte: &u8| number << 8 | u32::from(*byte);
        Some(if is_little { bytes.rev().fold(0, add) } else { bytes.fold(0, add) })
    };
    let orientation = || {
        let start = usize::try_from(bytes(4, 4)?).ok()?;
        let entries = bytes(start, 2)?;
        let place = |entry: u32| start.checked_add(2 + 12 * usize::try_from(entry).ok()?);
        let tag = (0..entries).filter_map(place).find(|at| bytes(*at, 2) == Some(0x0112))?;
        bytes(tag.checked_add(8)?, 2)
    };
    orientation().is_some_and(|how| (2..=8).contains(&how))
}

/// Whether a file says that it is a PNG.
pub fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n")
}

/// Decodes the whole of a picture, so that none is shown of which a part is missing.
///
/// # Errors
/// When it is damaged, too large, or of a kind that archival PDF does not allow.
pub fn check(bytes: &[u8]) -> Result<(), PictureError> {
    if is_png(bytes) {
        return png::check(bytes);
    }
    read(bytes)?;
    jpeg::decode(bytes)
}

/// Reads a picture; of a JPEG only what stands before its pixels.
///
/// # Errors
/// Those of [`check`].
pub fn read(bytes: &[u8]) -> Result<Picture, PictureError> {
    if is_png(bytes) {
        return png::read(bytes);
    }
    if bytes.starts_with(b"\xFF\xD8\xFF") { jpeg::read(bytes) } else { Err(PictureError::Kind) }
}
