//! Links as annotations.

use lopdf::{Object, ObjectId, dictionary};

use super::{Writer, rounded, utf16};
use crate::render::pdf::layout::{Layout, Target};

/// An annotation in the file.
pub(super) struct Annotation {
    /// Where it is in the file.
    pub(super) id: ObjectId,
    pub(super) page: usize,
    /// The node of the structure that it belongs to.
    pub(super) leaf: usize,
}

/// Adds a layout's links to its pages, in reading order. Their keys in the parent tree follow those of the pages.
pub(super) fn links(writer: &mut Writer<'_>, layout: &Layout) -> Vec<Annotation> {
    let mut annotations: Vec<Annotation> = Vec::new();

    for (number, page) in layout.pages.iter().enumerate() {
        let first = annotations.len();
        for link in &page.links {
            let [x, y, width, height] = link.area;
            let top = writer.height(number) - y;
            let area = [x, top - height, x + width, top];
            let mut annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => area.map(|edge| Object::Real(rounded(edge))).to_vec(),
                "Border" => vec![Object::Integer(0); 3],
                "F" => 4,
                "Contents" => utf16(&link.label),
                "StructParent" => (layout.pages.len() + annotations.len()) as i64,
            };
            match &link.target {
                Target::Address(address) => {
                    let address = Object::string_literal(encoded(address));
                    annotation.set("A", dictionary! { "S" => "URI", "URI" => address });
                }
                Target::Place(page, y) => annotation.set("Dest", destination(writer, *page, *y)),
            }
            let id = writer.file.add_object(annotation);
            annotations.push(Annotation { id, page: number, leaf: link.leaf });
        }
        let here: Vec<Object> =
            annotations.iter().skip(first).map(|annotation| Object::Reference(annotation.id)).collect();
        if let Some(page) = writer.pages.get(number).copied() {
            writer.change(page, |page| {
                if here.is_empty() {
                    page.remove(b"Annots");
                } else {
                    page.set("Annots", here);
                }
                page.set("Tabs", "S");
                page.set("StructParents", number as i64);
            });
        }
    }
    annotations
}

/// A place on a page that a viewer shows at its top.
pub(super) fn destination(writer: &Writer<'_>, page: usize, y: f32) -> Object {
    let top = Object::Real(rounded(writer.height(page) - y + 4.0));
    Object::Array(vec![writer.page(page), "XYZ".into(), Object::Null, top, Object::Null])
}

/// An address in the characters that addresses may have.
fn encoded(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn an_address_is_written_in_ascii() {
        assert_eq!(encoded("https://例.jp/a b?c=%20"), "https://%E4%BE%8B.jp/a%20b?c=%20");
    }
}
