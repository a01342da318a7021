//! Pictures as `data:` addresses, so that a page is one file.

use super::base64;
use crate::figure::{Image, ImageKind};
use crate::vector::Vector;

/// A picture of areas as an address.
pub(super) fn vector_uri(vector: &Vector) -> String {
    format!("data:image/svg+xml;base64,{}", base64::encode(vector.svg().as_bytes()))
}

/// The picture's bytes as an address.
pub(super) fn data_uri(image: &Image) -> String {
    let kind = match image.kind {
        ImageKind::Png => "png",
        ImageKind::Jpeg => "jpeg",
    };
    format!("data:image/{kind};base64,{}", base64::encode(&image.bytes))
}
