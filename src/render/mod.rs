//! From a [`Document`](crate::document::Document) to bytes: Markdown, HTML and PDF; from the facts of change sheets to text for a
//! terminal.

pub mod html;
pub mod markdown;
pub mod pdf;
pub mod terminal;

pub use crate::sheet::Imprint;
