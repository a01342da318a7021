//! Pictures as `data:` addresses, so that a page is one file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::figure::{Image, ImageKind};
use crate::vector::Vector;

/// A picture of areas as an address.
pub(super) fn vector_uri(vector: &Vector) -> String {
    format!("data:image/svg+xml;base64,{}", STANDARD.encode(vector.svg().as_bytes()))
}

/// The picture's bytes as an address.
pub(super) fn data_uri(image: &Image) -> String {
    let kind = match image.kind {
        ImageKind::Png => "png",
        ImageKind::Jpeg => "jpeg",
    };
    format!("data:image/{kind};base64,{}", STANDARD.encode(&image.bytes))
}
