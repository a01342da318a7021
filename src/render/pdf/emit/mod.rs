//! From a [`Layout`] to bytes. It decides nothing about the sheet's looks; this is the only home of printpdf and lopdf.
//!
//! printpdf writes pages and fonts; one pass over its object tree then adds what it lacks: font subsets, structure,
//! metadata, links and a nested outline.

mod content;
mod fonts;
mod links;
mod metadata;
mod outline;
mod pictures;
mod profile;
mod structure;

use std::hash::Hasher;

use libdeflater::{CompressionLvl, Compressor};
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};
use printpdf::{ImageOptimizationOptions, PdfDocument, PdfSaveOptions};

use super::PdfError;
use super::layout::Layout;
use crate::render::Imprint;
use crate::typeface::Fonts;

/// How hard streams are compressed, of 12.
const LEVEL: i32 = 6;

/// Writes a laid out sheet.
///
/// # Errors
///
/// If a font cannot be subset or the file cannot be put together.
pub(super) fn emit(layout: &Layout, imprint: &Imprint, fonts: &Fonts) -> Result<Vec<u8>, PdfError> {
    let subsets = fonts::subsets(layout, fonts)?;
    let mut document = PdfDocument::new("");
    for subset in &subsets {
        document
            .resources
            .fonts
            .map
            .insert(subset.id(), subset.font());
    }
    pictures::add(layout, &mut document);
    let mut contents = Vec::with_capacity(layout.pages.len());
    for page in &layout.pages {
        let (page, leaves) = content::page(page, layout.paper);
        document.pages.push(page);
        contents.push(leaves);
    }

    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None::<ImageOptimizationOptions>,
    };
    let mut file = document.to_lopdf_document(&options, &mut Vec::new());
    let mut writer = Writer::new(&mut file)?;
    fonts::complete(&mut writer, &subsets);
    let annotations = links::links(&mut writer, layout);
    structure::structure(&mut writer, layout, &contents, &annotations);
    outline::outline(&mut writer, layout);
    metadata::metadata(&mut writer, imprint);
    writer.finish();

    let mut bytes = Vec::with_capacity(160_000);
    file.save_modern(&mut bytes)
        .map_err(|error| PdfError::File(error.to_string()))?;
    Ok(bytes)
}

/// The object tree while it is completed.
struct Writer<'a> {
    file: &'a mut lopdf::Document,
    catalog: ObjectId,
    pages: Vec<ObjectId>,
    /// The paper's height, to turn distances from the top into PDF's from the bottom.
    height: f32,
}

impl<'a> Writer<'a> {
    fn new(file: &'a mut lopdf::Document) -> Result<Self, PdfError> {
        let catalog = file.trailer.get(b"Root").and_then(Object::as_reference);
        let catalog = catalog.map_err(|error| PdfError::File(error.to_string()))?;
        let pages = file.get_pages().into_values().collect();
        Ok(Self {
            file,
            catalog,
            pages,
            height: 841.89,
        })
    }

    fn page(&self, number: usize) -> Object {
        self.pages
            .get(number)
            .map_or(Object::Null, |id| Object::Reference(*id))
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

    /// Names the file after its content and compresses its streams.
    fn finish(self) {
        let mut digests = [Digest(0xcbf2_9ce4_8422_2325), Digest(0x6c62_272e_07bb_0142)];
        for object in self.file.objects.values() {
            if let Object::Stream(stream) = object {
                for digest in &mut digests {
                    digest.write(&stream.content);
                }
            }
        }
        let name: Vec<u8> = digests
            .iter()
            .flat_map(|digest| digest.finish().to_be_bytes())
            .collect();
        let name = Object::String(name, StringFormat::Hexadecimal);
        self.file.trailer.set("ID", vec![name.clone(), name]);

        let mut deflate = Deflate::new();
        for object in self.file.objects.values_mut() {
            if let Object::Stream(stream) = object {
                deflate.stream(stream);
            }
        }
        self.file.version = "1.7".to_owned();
    }
}

/// Compresses streams.
struct Deflate(Compressor);

impl Deflate {
    fn new() -> Self {
        Self(Compressor::new(
            CompressionLvl::new(LEVEL).unwrap_or_default(),
        ))
    }

    fn stream(&mut self, stream: &mut Stream) {
        let kind = stream
            .dict
            .get(b"Type")
            .and_then(Object::as_name)
            .unwrap_or_default();
        // Metadata stays legible to programs that know no PDF.
        if stream.dict.has(b"Filter") || kind == b"Metadata" {
            return;
        }
        let mut packed = vec![0; self.0.zlib_compress_bound(stream.content.len())];
        let Ok(length) = self.0.zlib_compress(&stream.content, &mut packed) else {
            return;
        };
        packed.truncate(length);
        if packed.len() + 20 < stream.content.len() {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
}

/// FNV-1a over eight bytes at a time: the same on every machine, and quick.
struct Digest(u64);

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.0 = (self.0 ^ u64::from_le_bytes(*word))
                .wrapping_mul(0x0100_0000_01b3)
                .rotate_left(23);
        }
        for byte in rest {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
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
