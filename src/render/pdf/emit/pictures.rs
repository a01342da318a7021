//! Pictures as streams of the file.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, PdfDocument, XObject, XObjectId};

use crate::picture::{Coding, Colors, Picture};
use crate::render::pdf::layout::Layout;

/// The name of a picture in page content.
pub(super) fn id(number: usize) -> XObjectId {
    XObjectId(format!("Picture{number}"))
}

/// Adds a layout's pictures to the document.
pub(super) fn add(layout: &Layout, document: &mut PdfDocument) {
    for (number, picture) in layout.pictures.iter().enumerate() {
        document.resources.xobjects.map.insert(id(number), XObject::External(stream(picture)));
    }
}

fn stream(picture: &Picture) -> ExternalXObject {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let whole = |value: u32| DictItem::Int(i64::from(value));
    let colors = match &picture.colors {
        Colors::Gray => name("DeviceGray"),
        Colors::Rgb => name("DeviceRGB"),
        Colors::Palette(palette) => DictItem::Array(vec![
            name("Indexed"),
            name("DeviceRGB"),
            DictItem::Int(palette.len() as i64 / 3 - 1),
            DictItem::String { data: palette.clone(), literal: false },
        ]),
    };
    let mut dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), whole(picture.width)),
        ("Height".to_owned(), whole(picture.height)),
        ("BitsPerComponent".to_owned(), whole(picture.depth.into())),
        ("ColorSpace".to_owned(), colors),
    ]);
    match picture.coding {
        Coding::Jpeg => {
            dict.insert("Filter".to_owned(), name("DCTDecode"));
        }
        Coding::Filtered => {
            let parameters = BTreeMap::from([
                ("Predictor".to_owned(), DictItem::Int(15)),
                ("Colors".to_owned(), DictItem::Int(picture.colors.components() as i64)),
                ("BitsPerComponent".to_owned(), whole(picture.depth.into())),
                ("Columns".to_owned(), whole(picture.width)),
            ]);
            dict.insert("Filter".to_owned(), name("FlateDecode"));
            dict.insert("DecodeParms".to_owned(), DictItem::Dict { map: parameters });
        }
        Coding::Plain => {}
    }
    let stream = ExternalStream { dict, content: picture.data.clone(), compress: false };
    ExternalXObject { stream, width: None, height: None, dpi: None }
}
