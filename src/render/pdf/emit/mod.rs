//! From a [`Layout`] to bytes. It decides nothing about the sheet's looks; this is the only home of printpdf and lopdf.
//!
//! printpdf makes the file's skeleton: pages, fonts, pictures. One pass over its object tree then fills in page content and
//! font programs, and adds what printpdf lacks: structure, metadata, links and a nested outline.

mod attachments;
mod content;
mod deflate;
mod enclosed;
mod file;
mod fonts;
mod links;
mod load;
mod metadata;
mod outline;
mod pictures;
mod profile;
mod skeleton;
mod structure;
mod syntax;

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};

use content::Content;
pub use enclosed::enclosed;
pub(super) use load::load;

use super::Pass;
use super::layout::Layout;
use crate::render::Imprint;
use crate::typeface::Fonts;

/// Writes a laid out sheet, and tells the end of each pass.
///
/// # Errors
///
/// If a font cannot be subset or the file cannot be put together.
pub(super) fn emit(
    layout: &Layout,
    imprint: &Imprint,
    fonts: &Fonts,
    ended: &mut dyn FnMut(Pass),
) -> Result<Vec<u8>, String> {
    let mut subsets = fonts::subsets(layout, fonts)?;
    ended(Pass::Subset);
    let heights: Vec<f32> = (0..layout.pages.len()).map(|page| layout.size(page).1).collect();
    let contents: Vec<Content> = layout
        .pages
        .iter()
        .zip(&heights)
        .map(|(page, height)| content::page(page, *height, &subsets))
        .collect();
    ended(Pass::Content);
    let mut file = skeleton::skeleton(layout, &subsets);
    ended(Pass::Print);
    let mut writer = Writer::new(&mut file, heights)?;
    let leaves = writer.fill(contents);
    fonts::complete(&mut writer, &mut subsets);
    let annotations = links::links(&mut writer, layout);
    structure::structure(&mut writer, layout, &leaves, &annotations);
    outline::outline(&mut writer, layout);
    metadata::metadata(&mut writer, imprint);
    if let Some(enclosure) = &imprint.enclosure {
        attachments::attach(&mut writer, enclosure);
    }
    ended(Pass::Complete);
    for object in file.objects.values_mut() {
        if let Object::Stream(stream) = object {
            deflate::stream(stream);
        }
    }
    ended(Pass::Compress);
    let bytes = file::write(&file);
    ended(Pass::Write);
    Ok(bytes)
}

/// The object tree while it is completed.
struct Writer<'a> {
    file: &'a mut lopdf::Document,
    catalog: ObjectId,
    pages: Vec<ObjectId>,
    /// The pages' heights, to turn distances from the top into PDF's from the bottom.
    heights: Vec<f32>,
}

impl<'a> Writer<'a> {
    fn new(file: &'a mut lopdf::Document, heights: Vec<f32>) -> Result<Self, String> {
        let catalog = file.trailer.get(b"Root").and_then(Object::as_reference);
        let catalog = catalog.map_err(|error| format!("the file cannot be put together: {error}"))?;
        let pages = file.get_pages().into_values().collect();
        Ok(Self { file, catalog, pages, heights })
    }

    fn height(&self, page: usize) -> f32 {
        self.heights.get(page).copied().unwrap_or_default()
    }

    fn page(&self, number: usize) -> Object {
        self.pages.get(number).map_or(Object::Null, |id| Object::Reference(*id))
    }

    /// Changes a dictionary of the file.
    fn change(&mut self, id: ObjectId, change: impl FnOnce(&mut Dictionary)) {
        if let Some(Object::Dictionary(dictionary)) = self.file.objects.get_mut(&id) {
            change(dictionary);
        }
    }

    fn in_catalog(&mut self, key: &str, value: impl Into<Object>) {
        let value = value.into();
        self.change(self.catalog, |catalog| catalog.set(key, value));
    }

    /// Puts the content of pages in its place; returns the nodes of the marked stretches of each page.
    fn fill(&mut self, contents: Vec<Content>) -> Vec<Vec<usize>> {
        let mut leaves = Vec::with_capacity(contents.len());
        for (page, content) in self.pages.clone().into_iter().zip(contents) {
            leaves.push(content.leaves);
            let page = self.file.objects.get(&page).and_then(|page| page.as_dict().ok());
            let stream = page.and_then(|page| page.get(b"Contents").and_then(Object::as_reference).ok());
            if let Some(stream) = stream {
                let filled = Stream::new(Dictionary::new(), content.bytes);
                self.file.objects.insert(stream, Object::Stream(filled));
            }
        }
        leaves
    }
}

/// A text outside page content.
fn utf16(text: &str) -> Object {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// A distance in hundredths of a point, which is finer than any printer.
fn rounded(distance: f32) -> f32 {
    (distance * 100.0).round() / 100.0
}
