//! Picture files made ready for a PDF: JPEG as it is, PNG as it is where PDF knows its encoding, otherwise decoded.

mod jpeg;
mod png;

use crate::figure::{Image, ImageKind};

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
    /// The data.
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
    /// A JPEG file.
    Jpeg,
    /// Zlib over rows with PNG's filters.
    Filtered,
    /// Rows, one after another.
    Plain,
}

/// Reads a picture; `None` if it is damaged or of a kind that archival PDF does not allow.
pub fn read(image: &Image) -> Option<Picture> {
    match image.kind {
        ImageKind::Png => png::read(&image.bytes),
        ImageKind::Jpeg => jpeg::read(&image.bytes),
    }
}
