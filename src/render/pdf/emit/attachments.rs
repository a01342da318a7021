//! What a sheet is made from, attached to its file; with it the file is PDF/A-3.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use lopdf::{Object, Stream, dictionary};

use super::{Writer, deflate, utf16};
use crate::enclosure::{Digest, EnclosedFile, Enclosure, Role};

/// Adds the enclosed files.
pub(super) fn attach(writer: &mut Writer<'_>, enclosure: &Enclosure) {
    let mut names = Vec::with_capacity(enclosure.files.len() * 2);
    let mut all = Vec::with_capacity(enclosure.files.len());
    for file in &enclosure.files {
        let content = writer.file.add_object(packed(file));
        let relationship = match file.role {
            Role::Source | Role::Extract | Role::Picture | Role::Settings => "Source",
            Role::Template => "Supplement",
        };
        let saved = utf16(&saved_as(&file.name, enclosure));
        let attachment = writer.file.add_object(dictionary! {
            "Type" => "Filespec",
            "F" => saved.clone(),
            "UF" => saved,
            "Desc" => utf16(&described(&file.name, file.role)),
            "AFRelationship" => relationship,
            "EF" => dictionary! { "F" => content, "UF" => content },
        });
        // Sorted by name already, and UTF-16 sorts as Unicode does but for characters that no file is named with.
        names.extend([utf16(&file.name), Object::Reference(attachment)]);
        all.push(Object::Reference(attachment));
    }
    if all.is_empty() {
        return;
    }
    let files = dictionary! { "Names" => names };
    writer.in_catalog("Names", dictionary! { "EmbeddedFiles" => files });
    writer.in_catalog("AF", all);
}

/// What a viewer shows of an attachment: its name, and that it is an extract or the project's settings where it is that.
pub(super) fn described(name: &str, role: Role) -> String {
    match role {
        Role::Extract => format!("{name}（抜粋 / extract）"),
        Role::Settings => format!("{name}（設定 / settings）"),
        Role::Source | Role::Picture | Role::Template => name.to_owned(),
    }
}

/// The name that a viewer saves a file under: without folders, which it would not make, and no other file's.
fn saved_as(name: &str, enclosure: &Enclosure) -> String {
    let last = |name: &str| name.rsplit('/').next().map(str::to_owned);
    let own = last(name);
    let alike = enclosure.files.iter().filter(|file| last(&file.name) == own);
    match own {
        Some(own) if alike.count() == 1 => own,
        _ => name.replace('/', "_"),
    }
}

fn packed(file: &EnclosedFile) -> Stream {
    let mut kind = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => file.media_type(),
        "Params" => dictionary! { "Size" => file.bytes.len() as i64 },
    };
    match deflated(file) {
        Some(packed) => {
            kind.set("Filter", "FlateDecode");
            Stream::new(kind, packed.to_vec())
        }
        None => Stream::new(kind, file.bytes.clone()),
    }
}

/// The most bytes that are kept for other sheets: those of a chapter are made one after another.
const KEPT: usize = 1 << 20;

/// Files that were compressed before: the sheets of a chapter share several.
static PACKED: Mutex<Packed> = Mutex::new(Packed { files: BTreeMap::new(), bytes: 0 });

struct Packed {
    /// The compressed form of files by their digests; `None` where a file does not get smaller.
    files: BTreeMap<Digest, Option<Arc<[u8]>>>,
    bytes: usize,
}

fn deflated(file: &EnclosedFile) -> Option<Arc<[u8]>> {
    let kept = || PACKED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(packed) = kept().files.get(&file.digest) {
        return packed.clone();
    }
    let packed = deflate::deflated(&file.bytes).map(Arc::<[u8]>::from);
    let mut kept = kept();
    if kept.bytes > KEPT {
        kept.files.clear();
        kept.bytes = 0;
    }
    kept.bytes += packed.as_ref().map_or(0, |packed| packed.len());
    kept.files.insert(file.digest, packed.clone());
    packed
}
