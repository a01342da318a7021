//! From a PDF back to what is attached to it. The file may come from anywhere: nothing in it is trusted.

use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, decode_text_string};

use super::attachments::described;
use super::load::{load, plain};
use crate::enclosure::{EnclosedFile, Enclosure, Role};
use crate::limits;
use crate::render::pdf::EnclosedError;

/// How deep the tree of names is looked into.
const DEEPEST: usize = 32;

/// Reads back what a sheet's PDF carries: the files that it was made from. The PDF may come from anywhere.
///
/// # Errors
/// If the file is not a whole PDF, has nothing attached, or unpacks to more than any sheet does.
pub fn enclosed(bytes: &[u8]) -> Result<Enclosure, EnclosedError> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(EnclosedError::NoPdf);
    }
    let file = load(bytes)?;
    let damaged = |why: &str| EnclosedError::Damaged(why.to_owned());
    let catalog = file.catalog().map_err(|_| damaged("what its pages begin with is missing"))?;
    let names = dictionary(&file, catalog, b"Names");
    let tree = names.and_then(|names| dictionary(&file, names, b"EmbeddedFiles"));
    let (mut attachments, mut nodes) = (Vec::new(), limits::PDF_NAMES);
    if let Some(tree) = tree {
        collect(&file, tree, 0, &mut nodes, &mut attachments);
    }
    if attachments.is_empty() {
        return Err(EnclosedError::Nothing);
    }
    let (sheet, version) = said(&file, catalog);
    let mut left = limits::ENCLOSURE;
    let mut files = Vec::with_capacity(attachments.len());
    for (name, attachment) in attachments {
        let name = decode_text_string(name);
        let name = name.map_err(|_| damaged("the name of a file inside cannot be read"))?;
        files.push(Arc::new(read(&file, name, attachment, &mut left)?));
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Enclosure { sheet, version, files })
}

/// The dictionary under a key, directly or by reference.
fn dictionary<'a>(file: &'a Document, parent: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    parent.get_deref(key, file).ok()?.as_dict().ok()
}

/// Gathers the attachments of a tree of names. What is no attachment is passed over.
fn collect<'a>(
    file: &'a Document,
    node: &'a Dictionary,
    depth: usize,
    left: &mut usize,
    attachments: &mut Vec<(&'a Object, &'a Dictionary)>,
) {
    let list = |key: &[u8]| {
        let list = node.get_deref(key, file).and_then(Object::as_array);
        list.map_or(&[][..], Vec::as_slice)
    };
    let resolved = |object: &'a Object| match object {
        Object::Reference(id) => file.get_dictionary(*id).ok(),
        other => other.as_dict().ok(),
    };
    for pair in list(b"Names").as_chunks::<2>().0 {
        if *left == 0 {
            return;
        }
        *left -= 1;
        let [name, value] = pair;
        attachments.extend(resolved(value).map(|attachment| (name, attachment)));
    }
    if depth == DEEPEST {
        return;
    }
    for kid in list(b"Kids").iter().filter_map(resolved) {
        if *left == 0 {
            return;
        }
        *left -= 1;
        collect(file, kid, depth + 1, left, attachments);
    }
}

fn read(
    file: &Document,
    name: String,
    attachment: &Dictionary,
    left: &mut usize,
) -> Result<EnclosedFile, EnclosedError> {
    let content = dictionary(file, attachment, b"EF")
        .and_then(|content| content.get_deref(b"F", file).ok())
        .and_then(|content| content.as_stream().ok())
        .ok_or_else(|| EnclosedError::Damaged(format!("`{name}` has no content")))?;
    let media = content.dict.get(b"Subtype").and_then(Object::as_name);
    let bytes = plain(content, *left).map_err(|error| match error {
        EnclosedError::Damaged(why) => EnclosedError::Damaged(format!("`{name}` cannot be unpacked: {why}")),
        error => error,
    })?;
    *left = left.saturating_sub(bytes.len());
    let role = match media.unwrap_or_default() {
        b"text/plain" => Role::Template,
        picture if picture.starts_with(b"image/") => Role::Picture,
        _ => {
            let mut roles = [Role::Extract, Role::Settings].into_iter();
            roles.find(|role| is_said(&name, *role, attachment)).unwrap_or(Role::Source)
        }
    };
    Ok(EnclosedFile::new(name, role, bytes))
}

/// Whether an attachment says that it has a role.
fn is_said(name: &str, role: Role, attachment: &Dictionary) -> bool {
    let said = attachment.get(b"Desc").and_then(decode_text_string);
    said.is_ok_and(|said| said == described(name, role))
}

/// The sheet and the version of gaisan, from the metadata; empty where it does not say.
fn said(file: &Document, catalog: &Dictionary) -> (String, String) {
    let metadata = catalog
        .get_deref(b"Metadata", file)
        .and_then(Object::as_stream)
        .ok()
        .and_then(|metadata| plain(metadata, limits::PDF_STREAM).ok());
    let metadata = metadata.unwrap_or_default();
    let metadata = String::from_utf8_lossy(&metadata);
    let between = |tag: &str| {
        let rest = metadata.split_once(&format!("<{tag}>"))?.1;
        let text = rest.split_once(&format!("</{tag}>"))?.0;
        Some(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    };
    let producer = between("pdf:Producer").unwrap_or_default();
    let version = producer.strip_prefix("gaisan ").unwrap_or_default();
    let sheet = between("dc:identifier").unwrap_or_default();
    (sheet, version.to_owned())
}
