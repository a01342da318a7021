//! JSON for other programs: every document begins with its schema and its version, is indented and ends with a line end.

use serde::Serialize;

/// What every document begins with.
#[derive(Serialize)]
struct Export<'a, T> {
    #[serde(rename = "$schema")]
    schema: String,
    version: u8,
    #[serde(flatten)]
    content: &'a T,
}

/// A document of the schema `docs/schema/NAME.schema.json`.
pub(crate) fn document(name: &str, content: &impl Serialize) -> String {
    json(&Export { schema: format!("urn:gaisan:schema:{name}:1"), version: 1, content })
}

/// Data as indented JSON with a final line end. Writing texts and numbers to memory cannot fail.
pub(crate) fn json(data: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(data).unwrap_or_default();
    text.push('\n');
    text
}
