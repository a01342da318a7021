//! From a [`Document`] to a tagged, archival PDF: PDF/UA-1 and PDF/A-2a, or PDF/A-3a when it carries what it is made from.
//!
//! `layout` decides everything and returns pages as data; `emit` writes them. The same input gives the same bytes.

mod difference;
mod emit;
pub mod layout;
pub mod tags;
pub mod text;
pub mod theme;

pub use difference::difference;
pub use emit::enclosed;

use std::fmt;

use crate::document::Document;
use crate::figure::Figures;
use crate::render::Imprint;
use crate::typeface::Fonts;

/// A finished file.
#[derive(Clone, Debug, PartialEq)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    /// The characters that the faces lack, sorted; each is printed as 〓.
    pub missing: Vec<char>,
    /// The number of pages.
    pub pages: usize,
    /// How a sheet that is to stand on one page came to fit it.
    pub fit: Option<layout::Fit>,
}

/// A part of the work on a file, for those who measure it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pass {
    /// Blocks were set and cut into pages.
    Layout,
    /// The glyphs in use were taken out of the faces.
    Subset,
    /// Page content was written.
    Content,
    /// printpdf made the file's objects.
    Print,
    /// What printpdf lacks was added: structure, metadata, links, outline.
    Complete,
    /// Streams were compressed.
    Compress,
    /// The objects became bytes.
    Write,
}

impl Pass {
    /// All of them, in their order.
    pub const ALL: [Self; 7] =
        [Self::Layout, Self::Subset, Self::Content, Self::Print, Self::Complete, Self::Compress, Self::Write];
}

/// Why what is attached to a PDF cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnclosedError {
    /// The file does not begin as a PDF does.
    NoPdf,
    /// The PDF has no attachments.
    Nothing,
    /// The file, or what it unpacks to, is larger than any sheet.
    TooLarge,
    /// The PDF is encrypted, which gaisan's are not.
    Encrypted,
    /// The PDF cannot be read.
    Damaged(String),
}

impl fmt::Display for EnclosedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPdf => formatter.write_str("the file is not a PDF"),
            Self::Nothing => formatter.write_str("the PDF has no files attached to it"),
            Self::TooLarge => formatter.write_str("the PDF holds more than any sheet does"),
            Self::Encrypted => formatter.write_str(
                "the PDF was encrypted, and is not read; decrypt it, or verify it as gaisan wrote it",
            ),
            Self::Damaged(reason) => {
                write!(formatter, "the PDF is damaged: {reason}; get it anew from where it was published")
            }
        }
    }
}

impl std::error::Error for EnclosedError {}

/// Renders a sheet as a PDF, in the faces that come with this crate.
///
/// # Errors
///
/// If the fonts of this crate are damaged; says so. No sheet's content can cause it.
pub fn pdf(document: &Document, figures: &Figures, imprint: &Imprint) -> Result<Pdf, String> {
    let fonts = Fonts::builtin().ok_or_else(|| "a font cannot be used: not a TrueType font".to_owned())?;
    pdf_in(document, figures, imprint, fonts)
}

/// Renders a sheet as a PDF in given faces.
///
/// # Errors
///
/// If a font cannot be subset.
pub fn pdf_in(
    document: &Document,
    figures: &Figures,
    imprint: &Imprint,
    fonts: &Fonts,
) -> Result<Pdf, String> {
    in_passes(document, figures, imprint, fonts, &mut |_| {})
}

/// Renders a sheet as a PDF in given faces and tells the end of each pass, so that a caller with a clock can time them.
///
/// # Errors
///
/// If a font cannot be subset.
pub fn in_passes(
    document: &Document,
    figures: &Figures,
    imprint: &Imprint,
    fonts: &Fonts,
    ended: &mut dyn FnMut(Pass),
) -> Result<Pdf, String> {
    let layout = layout::fitted(document, figures, imprint, fonts);
    ended(Pass::Layout);
    let bytes = emit::emit(&layout, imprint, fonts, ended)?;

    Ok(Pdf { bytes, missing: layout.missing, pages: layout.pages.len(), fit: layout.fit })
}
