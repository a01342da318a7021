//! From a [`Document`](crate::document::Document) to bytes: HTML and PDF.

pub use crate::sheet::Imprint;
