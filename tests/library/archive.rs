//! A sheet's PDF as an archive: it carries what it was made from, it is PDF/A-3a and PDF/UA-1, and a validator that says so can
//! tell a damaged file.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use gaisan::enclosure::{EnclosedFile, Enclosure, Role};
use gaisan::render::pdf::{EnclosedError, enclosed, pdf};
use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::pdf::sheet;
use crate::support;

fn enclosure() -> Enclosure {
    let file =
        |name: &str, role, bytes: &[u8]| Arc::new(EnclosedFile::new(name.to_owned(), role, bytes.to_vec()));
    let yaml = "id: q-leap\ntitle: 光・量子飛躍フラッグシッププログラム\nrequested: 4,592\n".repeat(20);
    Enclosure {
        sheet: "fy2022/mext-5/q-leap & <co>".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        files: vec![
            file("fy2022/mext-5/q-leap.yaml", Role::Source, yaml.as_bytes()),
            file("fy2022/mext-5/図.png", Role::Picture, b"\x89PNG\r\n\x1a\n"),
            file("fy2022/mext-5/空.yaml", Role::Source, b""),
            file("templates/sheet.md.tera", Role::Template, b"# {{ title }}\n"),
        ],
    }
}

/// A sheet with tables, figures, links, lists and notes, and with attachments.
fn made(enclosure: Option<Enclosure>) -> Vec<u8> {
    let mut imprint = sheet::imprint();
    imprint.enclosure = enclosure.map(Arc::new);
    pdf(&sheet::sheet(), &sheet::figures(), &imprint).expect("a sheet can always be printed").bytes
}

#[test]
fn what_was_attached_comes_back() {
    let file = made(Some(enclosure()));
    let back = enclosed(&file).expect("the file is whole");
    assert_eq!(back, enclosure());
    assert_eq!(back.digest(), enclosure().digest());
    assert_eq!(enclosed(&made(None)), Err(EnclosedError::Nothing));
}

#[test]
fn a_viewer_saves_attachments_without_folders_and_none_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut two_years = enclosure();
    let before = EnclosedFile::new("fy2021/q-leap.yaml".to_owned(), Role::Source, b"a: b\n".to_vec());
    two_years.files.insert(0, Arc::new(before));
    let path = written(folder.path(), "saved", &made(Some(two_years)));
    let Some(list) = support::output("pdfdetach", &["-list", &path], &[]) else {
        return;
    };
    for name in ["fy2021_q-leap.yaml", "fy2022_mext-5_q-leap.yaml", "空.yaml", "sheet.md.tera"] {
        assert!(list.contains(&format!(": {name}\n")), "{name} is not in\n{list}");
    }
}

#[test]
fn attachments_are_the_same_bytes_in_every_sheet_and_on_every_thread() {
    let first = made(Some(enclosure()));
    let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(|| made(Some(enclosure())))).collect();
    for thread in threads {
        assert!(thread.join().expect("no thread panics") == first);
    }
}

#[test]
fn a_file_that_is_no_whole_pdf_is_refused_in_words() {
    assert_eq!(enclosed(b""), Err(EnclosedError::NoPdf));
    assert_eq!(enclosed(b"<html>"), Err(EnclosedError::NoPdf));
    let whole = made(Some(enclosure()));
    // A file that lacks only a part of its end mark has all that is looked for.
    let end = whole.len() - "%%EOF\n".len();
    for length in (5..end).step_by(whole.len() / 40) {
        let error = enclosed(&whole[..length])
            .err()
            .unwrap_or_else(|| panic!("torn {} bytes before its end mark", end - length));
        assert!(error.to_string().starts_with("the PDF"), "{error}");
    }
}

/// What is wrong with a file is said in words of ours, with what to do, and never in those of the library that reads it.
#[test]
fn what_is_wrong_with_a_pdf_is_said_in_words_of_ours() {
    let whole = made(Some(enclosure()));
    let at = whole.windows(5).rposition(|word| word == b"/Root").unwrap();
    let mut rootless = whole.clone();
    rootless[at + 1] = b'X';
    let said = enclosed(&rootless).unwrap_err().to_string();
    assert_eq!(
        said,
        "the PDF is damaged: what its pages begin with is missing; get it anew from where it was published"
    );
    for at in (0..whole.len()).step_by(whole.len() / 300) {
        let mut file = whole.clone();
        file[at] ^= 0x15;
        let Err(error) = enclosed(&file) else { continue };
        let said = error.to_string();
        let words =
            ["dictionary", "Dictionary", "key", "xref", "object ID", "type", "invalid", "Invalid", "offset"];
        assert!(!words.iter().any(|word| said.contains(word)), "{said}");
    }
}

#[test]
fn a_file_changed_at_random_neither_panics_nor_hangs() {
    let whole = made(Some(enclosure()));
    let mut seed = 20_221_u64;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % limit
    };
    for _ in 0..150 {
        let mut file = whole.clone();
        for _ in 0..=below(12) {
            let at = below(file.len());
            match below(3) {
                0 => file[at] = below(256) as u8,
                1 => file.truncate(at.max(9)),
                _ => {
                    let piece = file[at..(at + 40).min(file.len())].to_vec();
                    let to = below(file.len());
                    file.splice(to..to, piece);
                }
            }
        }
        // Any answer will do; what is read must be within the limits.
        if let Ok(back) = enclosed(&file) {
            assert!(back.files.len() <= 10_000);
        }
    }
}

#[test]
fn an_attachment_that_unpacks_to_more_than_memory_is_refused() {
    let mut file = Document::load_mem(&made(Some(enclosure()))).unwrap();
    let zeros = vec![0; 300 << 20];
    let mut packer = libdeflater::Compressor::new(libdeflater::CompressionLvl::new(1).unwrap());
    let mut packed = vec![0; packer.zlib_compress_bound(zeros.len())];
    let length = packer.zlib_compress(&zeros, &mut packed).unwrap();
    packed.truncate(length);
    for object in file.objects.values_mut() {
        if let Object::Stream(stream) = object
            && name(&stream.dict, b"Type") == "EmbeddedFile"
        {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed.clone());
        }
    }
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    assert!(bytes.len() < 4 << 20);
    assert_eq!(enclosed(&bytes), Err(EnclosedError::TooLarge));
}

/// The name under a key; empty if there is none.
fn name(dictionary: &Dictionary, key: &[u8]) -> String {
    let name = dictionary.get(key).and_then(Object::as_name);
    String::from_utf8_lossy(name.unwrap_or_default()).into_owned()
}

/// Everything with a dictionary, by a key and its name: structure elements, fonts, annotations.
fn all(file: &Document, key: &[u8], named: &str) -> Vec<ObjectId> {
    let dictionary = |object: &Object| match object {
        Object::Dictionary(dictionary) => name(dictionary, key) == named,
        Object::Stream(stream) => name(&stream.dict, key) == named,
        _ => false,
    };
    let found: Vec<ObjectId> =
        file.objects.iter().filter(|(_, object)| dictionary(object)).map(|(id, _)| *id).collect();
    assert!(!found.is_empty(), "no {named}");
    found
}

/// Takes a key out of every dictionary of a kind.
fn without(file: &mut Document, key: &[u8], named: &str, lost: &[u8]) {
    for id in all(file, key, named) {
        let removed = match file.objects.get_mut(&id) {
            Some(Object::Dictionary(dictionary)) => dictionary.remove(lost),
            Some(Object::Stream(stream)) => stream.dict.remove(lost),
            _ => None,
        };
        assert!(removed.is_some() || key == b"S", "nothing to remove");
    }
}

fn root_without(file: &mut Document, lost: &[u8]) {
    assert!(file.catalog_mut().unwrap().remove(lost).is_some());
}

/// Changes the content of the first page.
fn content(file: &mut Document, change: impl FnOnce(&mut Vec<u8>)) {
    let page = file.get_pages()[&1];
    let page = file.get_dictionary(page).unwrap();
    let id = page.get(b"Contents").unwrap().as_reference().unwrap();
    let stream = file.get_object_mut(id).unwrap().as_stream_mut().unwrap();
    stream.decompress().unwrap();
    let mut bytes = stream.content.clone();
    change(&mut bytes);
    stream.set_content(bytes);
}

/// Replaces a text in the metadata.
fn metadata(file: &mut Document, from: &str, to: &str) {
    let id = all(file, b"Type", "Metadata")[0];
    let stream = file.get_object_mut(id).unwrap().as_stream_mut().unwrap();
    let text = String::from_utf8(stream.content.clone()).unwrap();
    assert!(text.contains(from), "{from} is not in\n{text}");
    stream.set_content(text.replace(from, to).into_bytes());
}

/// What is done to a good file.
type Damage = fn(&mut Document);

/// Damages, the profile under which a validator must name each, and a part of the rule's name.
const DAMAGES: &[(&str, &str, &str, Damage)] = &[
    ("no language", "ua1", "TEXT-LANGUAGE", |file| root_without(file, b"Lang")),
    ("not marked as tagged", "3a", "TAGGED-DOCUMENT", |file| root_without(file, b"MarkInfo")),
    ("no structure", "ua1", "STRUCT-TREE-ROOT", |file| root_without(file, b"StructTreeRoot")),
    ("no output intent", "3a", "DEVICE-RGB", |file| root_without(file, b"OutputIntents")),
    ("no metadata", "3a", "METADATA-STRUCTURE", |file| root_without(file, b"Metadata")),
    ("file name instead of title", "ua1", "VIEWER-PREFERENCES", |file| {
        root_without(file, b"ViewerPreferences")
    }),
    ("attachment of no kind", "3a", "AF-RELATIONSHIP", |file| {
        without(file, b"Type", "Filespec", b"AFRelationship")
    }),
    ("attachment of no media type", "3a", "EMBEDDED-FILE-MIME", |file| {
        without(file, b"Type", "EmbeddedFile", b"Subtype")
    }),
    ("attachment of one name", "3a", "F-AND-UF", |file| without(file, b"Type", "Filespec", b"UF")),
    ("attachments that nothing claims", "3a", "SPEC-ASSOCIATION", |file| root_without(file, b"AF")),
    ("no characters of codes", "3a", "UNICODE-MAPPING", |file| {
        without(file, b"Subtype", "Type0", b"ToUnicode")
    }),
    ("no font program", "3a", "FONT-EMBEDDING", |file| {
        without(file, b"Type", "FontDescriptor", b"FontFile2")
    }),
    ("header cell of no scope", "ua1", "HEADERS-SCOPE", |file| without(file, b"S", "TH", b"A")),
    ("figure without words", "ua1", "ALTERNATIVE-TEXT", |file| without(file, b"S", "Figure", b"Alt")),
    ("note without id", "ua1", "NOTE-ID", |file| without(file, b"S", "Note", b"ID")),
    ("link without words", "ua1", "LINK-CONTENTS", |file| without(file, b"Subtype", "Link", b"Contents")),
    ("page without tab order", "ua1", "PAGE-TABS", |file| without(file, b"Type", "Page", b"Tabs")),
    ("part 9 of PDF/A", "3a", "ID-PART", |file| metadata(file, "<pdfaid:part>3", "<pdfaid:part>9")),
    ("part 2 of PDF/A with attachments", "2a", "EMBEDDED-FILE-PDFA", |file| {
        metadata(file, "<pdfaid:part>3", "<pdfaid:part>2")
    }),
    ("not said to be PDF/UA", "ua1", "ID-PART", |file| metadata(file, "<pdfuaid:part>1</pdfuaid:part>", "")),
    ("no title", "ua1", "METADATA-TITLE", |file| metadata(file, "dc:title>", "dc:subject>")),
    ("heading that skips a level", "ua1", "HEADING-NESTING", |file| {
        for id in all(file, b"S", "H2") {
            file.get_dictionary_mut(id).unwrap().set("S", "H4");
        }
    }),
    ("row that lacks a cell", "ua1", "TABLE-ROW", |file| {
        let row = all(file, b"S", "TR")[2];
        let row = file.get_dictionary_mut(row).unwrap();
        row.get_mut(b"K").unwrap().as_array_mut().unwrap().pop();
    }),
    ("wrong width", "3a", "GLYPH-WIDTH", |file| {
        let font = all(file, b"Subtype", "Type0")[0];
        let font = file.get_dictionary_mut(font).unwrap();
        let descendants = font.get_mut(b"DescendantFonts").unwrap().as_array_mut().unwrap();
        let widths = descendants[0].as_dict_mut().unwrap().get_mut(b"W").unwrap();
        widths.as_array_mut().unwrap()[1].as_array_mut().unwrap()[5] = 123.into();
    }),
    ("text outside the structure", "ua1", "CONTENT-TAGGING", |file| {
        content(file, |bytes| bytes.extend(b"\nBT /Regular 8 Tf 10 10 Td <0001> Tj ET"));
    }),
    ("glyph for no character", "3a", "NOTDEF-GLYPH", |file| {
        content(file, |bytes| bytes.extend(b"\n/Artifact BMC BT /Regular 8 Tf 10 10 Td <0000> Tj ET EMC"));
    }),
    ("content that is no artifact and not marked", "ua1", "CONTENT-TAGGING", |file| {
        content(file, |bytes| {
            let text = String::from_utf8(std::mem::take(bytes)).unwrap();
            *bytes = text.replacen("/Artifact BMC", "q", 1).replacen("EMC", "Q", 1).into_bytes();
        });
    }),
];

/// Prints the rules that each file breaks.
const VALIDATE: &str = "
import sys
from page import validate_pdf
for argument in sys.argv[1:]:
    profile, path = argument.split(':', 1)
    rules = sorted({failure.rule_id for failure in validate_pdf(path, profile=profile).failures})
    print(f'{argument}={\" \".join(rules)}')
";

/// The rules that files break, by `profile:path`; `None` where there is no validator.
fn judged(arguments: &[String]) -> Option<BTreeMap<String, String>> {
    let python = support::pdf_validator()?;
    let mut all = vec!["-c", VALIDATE];
    all.extend(arguments.iter().map(String::as_str));
    let said = support::output(&python, &all, &[])?;
    let lines = said.lines().filter_map(|line| line.split_once('='));
    Some(lines.map(|(file, rules)| (file.to_owned(), rules.to_owned())).collect())
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(format!("{}.pdf", name.replace([' ', '/'], "-")));
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_sheet_with_attachments_is_pdf_a_3a_and_without_is_2a() {
    let folder = tempfile::tempdir().unwrap();
    let with = written(folder.path(), "with", &made(Some(enclosure())));
    let without = written(folder.path(), "without", &made(None));
    let files =
        [format!("3a:{with}"), format!("ua1:{with}"), format!("2a:{without}"), format!("ua1:{without}")];
    let Some(judged) = judged(&files) else { return };
    assert_eq!(judged, files.into_iter().map(|file| (file, String::new())).collect());
    assert!(support::output("qpdf", &["--check", &with], &[]).is_some());
}

#[test]
fn every_damage_is_named_by_the_validator() {
    let folder = tempfile::tempdir().unwrap();
    let good = made(Some(enclosure()));
    let saved = |name: &str, damage: Damage| {
        let mut file = Document::load_mem(&good).unwrap();
        damage(&mut file);
        let mut bytes = Vec::new();
        file.save_to(&mut bytes).unwrap();
        written(folder.path(), name, &bytes)
    };
    let untouched = saved("untouched", |_| {});
    let sound = [format!("3a:{untouched}"), format!("ua1:{untouched}")];
    let damaged: Vec<(&str, &str, String)> = DAMAGES
        .iter()
        .map(|(name, profile, rule, damage)| (*name, *rule, format!("{profile}:{}", saved(name, *damage))))
        .collect();
    let files: Vec<String> = damaged.iter().map(|(_, _, file)| file.clone()).chain(sound.clone()).collect();
    let Some(judged) = judged(&files) else { return };

    for file in &sound {
        assert_eq!(judged[file], "", "a file that was only saved again is not sound");
    }
    let missed: Vec<String> = damaged
        .iter()
        .filter(|(_, rule, file)| !judged[file].contains(rule))
        .map(|(name, rule, file)| format!("{name}: {rule} is not among `{}`", judged[file]))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}
