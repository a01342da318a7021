//! From a [`Document`](crate::document::Document) to bytes: Markdown, HTML and PDF.

pub mod html;
pub mod markdown;
pub mod pdf;

pub use crate::sheet::Imprint;
