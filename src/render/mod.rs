//! From a [`Document`](crate::document::Document) to bytes: HTML and PDF.

pub mod html;
pub mod pdf;

pub use crate::sheet::Imprint;
