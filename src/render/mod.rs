//! From a [`Document`](crate::document::Document) to bytes: HTML and PDF.

pub mod html;
pub mod pdf;

use crate::model::Lang;

/// What a sheet's file says about itself outside its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imprint {
    /// The document's title in file metadata and in the browser's tab.
    pub title: String,
    /// The ministry; the author in file metadata.
    pub author: String,
    /// Printed at the top of every PDF page and of the HTML page: year, stage, chapter.
    pub running_head: String,
    /// The document's language.
    pub lang: Lang,
    /// Other pages to link to from the HTML page, as (label, file name without extension): overview, previous, next.
    pub links: Vec<(String, String)>,
}
