//! The file's skeleton, by printpdf: the catalog, pages of their size, fonts with their descriptors, pictures.

use printpdf::{Op, PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};

use super::fonts::Subset;
use super::pictures;
use crate::render::pdf::layout::Layout;

/// Makes the objects of a file. Pages have no content and fonts no program yet.
pub(super) fn skeleton(layout: &Layout, subsets: &[Subset<'_>]) -> lopdf::Document {
    let mut document = PdfDocument::new("");
    let fonts = &mut document.resources.fonts.map;
    fonts.extend(subsets.iter().map(|subset| (subset.id(), subset.font())));
    pictures::add(layout, &mut document);

    let mut shown: Vec<Op> = subsets.iter().flat_map(Subset::sample).collect();
    for page in 0..layout.pages.len() {
        let (width, height) = layout.size(page);
        let whole = || Rect {
            x: Pt(0.0),
            y: Pt(0.0),
            width: Pt(width),
            height: Pt(height),
            mode: None,
            winding_order: None,
        };
        document.pages.push(PdfPage {
            media_box: whole(),
            trim_box: whole(),
            crop_box: whole(),
            ops: std::mem::take(&mut shown),
        });
    }
    let options =
        PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    document.to_lopdf_document(&options, &mut Vec::new())
}
