//! Where a PDF differs from another one that it should be, in words for people.

use std::collections::HashSet;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::emit::load;
use crate::limits;

/// What is said where nothing that a reader comes to differs.
const ANEW: &str = "its pages show what its data makes, and nothing else in it differs either; but another program has written it anew, and \
                    only the file as gaisan wrote it can be proven";

/// Where a file differs from the one that its data makes: the first page whose text differs, with both texts, and otherwise
/// the kind of thing that does. Both files may be anything.
pub fn difference(found: &[u8], made: &[u8]) -> String {
    let at = found.iter().zip(made).take_while(|(found, made)| found == made).count();
    let by_place = || {
        let (has, makes) = (found.len(), made.len());
        if at == made.len() {
            return format!("{} bytes follow what its data makes", has - makes);
        }
        format!("its byte {at} is not what its data makes (it has {has} bytes, and its data makes {makes})")
    };
    let (Ok(there), Ok(here)) = (load(found), load(made)) else {
        return format!("it is damaged: {}", by_place());
    };
    let written = || if at == made.len() { by_place() } else { ANEW.to_owned() };
    pages(&there, &here).or_else(|| objects(&there, &here)).unwrap_or_else(written)
}

/// The first page that shows something else.
fn pages(there: &Document, here: &Document) -> Option<String> {
    let (shown, made) = (there.get_pages(), here.get_pages());
    for (number, made) in &made {
        let Some(shown) = shown.get(number) else {
            return Some(format!("page {number} is missing"));
        };
        let text = |document: &Document| {
            document.extract_text_with_limit(&[*number], limits::PDF_COMPARED).unwrap_or_default()
        };
        // The same codes can stand for other characters, so the texts are compared first.
        let (texts, lines) = ((text(there), text(here)), |text: &str| text.lines().count());
        let mut both = texts.0.lines().zip(texts.1.lines());
        if let Some((found, made)) = both.find(|(found, made)| found != made) {
            return Some(format!("page {number} shows `{found}`, and its data makes `{made}`"));
        }
        let content = |document: &Document, page: ObjectId| {
            document.get_page_content_with_limit(page, limits::PDF_COMPARED).unwrap_or_default()
        };
        let is_drawn_alike = draws_alike(&content(there, *shown), &content(here, *made));
        if !is_drawn_alike || lines(&texts.0) != lines(&texts.1) {
            return Some(format!("page {number} is drawn otherwise than its data makes it"));
        }
    }
    (shown.len() > made.len())
        .then(|| format!("it has {} pages, and its data makes {}", shown.len(), made.len()))
}

/// Whether two contents draw the same, however their numbers, texts and line ends are written.
fn draws_alike(found: &[u8], made: &[u8]) -> bool {
    let steps = |content: &[u8]| Content::decode(content).ok().map(|content| content.operations);
    found == made
        || steps(found).zip(steps(made)).is_some_and(|(found, made)| {
            let is_same = |(one, other): (&Operation, &Operation)| {
                one.operator == other.operator
                    && one.operands.len() == other.operands.len()
                    && one.operands.iter().zip(&other.operands).all(|(one, other)| is_plainly(one, other))
            };
            found.len() == made.len() && found.iter().zip(&made).all(is_same)
        })
}

/// Whether two values that refer to nothing are the same.
fn is_plainly(found: &Object, made: &Object) -> bool {
    match (found, made) {
        (Object::String(found, _), Object::String(made, _)) => found == made,
        (Object::Array(found), Object::Array(made)) => {
            found.len() == made.len() && found.iter().zip(made).all(|(found, made)| is_plainly(found, made))
        }
        _ => found == made,
    }
}

/// What differs first of all that a reader comes to from a file's catalog and its description of itself.
fn objects(there: &Document, here: &Document) -> Option<String> {
    let beginning =
        |document: &Document, key: &[u8]| document.trailer.get(key).cloned().unwrap_or(Object::Null);
    let begin = |key| (beginning(there, key), beginning(here, key), ("a part of it that is not seen", 0));
    let contents = here.get_pages().into_values().flat_map(|page| here.get_page_contents(page));
    let drawn: HashSet<u32> = contents.map(|(number, _)| number).collect();
    let mut open = vec![begin(b"Info"), begin(b"Root")];
    let mut seen = HashSet::new();
    while let Some((found, made, mut place)) = open.pop() {
        if let (Object::Reference(found), Object::Reference(made)) = (&found, &made)
            && !seen.insert((*found, *made))
        {
            continue;
        }
        if let Object::Reference((number, _)) = made {
            place.1 = number;
        }
        let (found, made) = (resolved(there, &found), resolved(here, &made));
        if let Ok(dictionary) = made.as_dict().or_else(|_| made.as_stream().map(|stream| &stream.dict)) {
            place.0 = kind(dictionary, place.0);
        }
        let parts = match (found, made) {
            (Object::Array(found), Object::Array(made)) if found.len() == made.len() => {
                Some(found.iter().cloned().zip(made.iter().cloned()).collect())
            }
            (Object::Dictionary(found), Object::Dictionary(made)) => entries(found, made, &[]),
            (Object::Stream(found), Object::Stream(made)) => {
                let is_form = matches!(made.dict.get(b"Subtype").and_then(Object::as_name), Ok(b"Form"));
                let is_drawing = is_form || drawn.contains(&place.1);
                let (one, other) = (plain(found), plain(made));
                let is_same = one == other || is_drawing && draws_alike(&one, &other);
                entries(&found.dict, &made.dict, &[b"Length", b"Filter", b"DecodeParms"]).filter(|_| is_same)
            }
            _ => is_plainly(found, made).then(Vec::new),
        };
        let Some(parts) = parts else {
            return Some(format!("{} is not what its data makes (object {})", place.0, place.1));
        };
        open.extend(parts.into_iter().map(|(found, made)| (found, made, place)));
    }
    None
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(&Object::Null, |(_, object)| object)
}

/// What stands in two dictionaries under the same keys, without some; `None` where one has a key that the other has not.
fn entries(found: &Dictionary, made: &Dictionary, without: &[&[u8]]) -> Option<Vec<(Object, Object)>> {
    let counted = |dictionary: &Dictionary| {
        dictionary.iter().filter(|(key, _)| !without.contains(&key.as_slice())).count()
    };
    let pairs = made.iter().filter(|(key, _)| !without.contains(&key.as_slice()));
    let pairs: Option<Vec<_>> =
        pairs.map(|(key, made)| Some((found.get(key).ok()?.clone(), made.clone()))).collect();
    pairs.filter(|_| counted(found) == counted(made))
}

/// What a stream holds, as far as it is compared.
fn plain(stream: &Stream) -> Vec<u8> {
    stream.get_plain_content_with_limit(limits::PDF_STREAM).unwrap_or_else(|_| stream.content.clone())
}

/// What an object is to a reader; what says nothing of itself is of the kind of what it belongs to.
fn kind(dictionary: &Dictionary, above: &'static str) -> &'static str {
    let name = |key: &[u8]| dictionary.get(key).and_then(Object::as_name).unwrap_or_default();
    match (name(b"Type"), name(b"Subtype")) {
        (b"Page" | b"Pages" | b"Catalog", _) => "how its pages are put together",
        (b"Font" | b"FontDescriptor" | b"CMap", _) => "a font",
        (_, b"Image") => "a picture",
        (b"StructElem" | b"StructTreeRoot", _) => "what it tells screen readers",
        (b"Metadata", _) => "what it says about itself",
        (b"EmbeddedFile" | b"Filespec", _) => "an attachment",
        (b"Annot", _) => "a link",
        _ if dictionary.has(b"Producer") => "what it says about itself",
        _ if dictionary.has(b"Dest") => "its table of contents",
        (b"", _) => above,
        _ => "a part of it that is not seen",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::figure::Figures;
    use crate::model::Lang;
    use crate::render::Imprint;

    fn pdf(markdown: &str, title: &str) -> Vec<u8> {
        let imprint = Imprint {
            title: title.to_owned(),
            author: "文部科学省".to_owned(),
            running_head: "令和4年度概算要求".to_owned(),
            lang: Lang::Ja,
            edition: String::new(),
            glossary: Vec::new(),
            enclosure: None,
            draft: None,
            paper: crate::model::Paper::A4,
            links: Vec::new(),
        };
        let document = document::read(markdown, Lang::Ja);
        let pdf = crate::render::pdf::pdf(&document, &Figures::new(), &imprint);
        pdf.map(|pdf| pdf.bytes).unwrap_or_default()
    }

    #[test]
    fn the_first_page_that_shows_something_else_is_told() {
        let made = pdf("# 要求\n\n要求額は4,592百万円", "a");
        let other = pdf("# 要求\n\n要求額は4,593百万円", "a");
        assert_eq!(
            difference(&other, &made),
            "page 1 shows `要求額は4,593百万円`, and its data makes `要求額は4,592百万円`"
        );
        let title = pdf("# 要求\n\n要求額は4,592百万円", "b");
        assert!(
            difference(&title, &made).starts_with("what it says about itself"),
            "{}",
            difference(&title, &made)
        );
    }

    #[test]
    fn a_byte_of_any_stream_is_a_difference() -> Result<(), Box<dyn std::error::Error>> {
        let made = pdf("# 要求\n\n要求額は4,592百万円", "a");
        let document = Document::load_mem(&made)?;
        let saved = |mut document: Document| {
            let mut bytes = Vec::new();
            document.save_to(&mut bytes).map(|()| bytes)
        };
        let streams = document.objects.iter().filter_map(|(id, object)| Some((id, object.as_stream().ok()?)));
        // What only holds or lists other objects is written anew by every program.
        let is_own = |stream: &Stream| !stream.dict.has_type(b"XRef") && !stream.dict.has_type(b"ObjStm");
        for (id, stream) in streams.filter(|(_, stream)| is_own(stream)) {
            let mut content = plain(stream);
            let at = content.len() / 2;
            content[at] ^= 1;
            let mut other = document.clone();
            other.get_object_mut(*id).and_then(Object::as_stream_mut)?.set_plain_content(content);
            assert_ne!(difference(&saved(other)?, &made), ANEW, "{:?}", stream.dict);
        }
        assert_eq!(difference(&saved(document.clone())?, &made), ANEW);
        Ok(())
    }

    #[test]
    fn any_bytes_have_a_difference() {
        let made = pdf("# 要求", "a");
        for cut in (0..made.len()).step_by(97) {
            assert!(!difference(&made[..cut], &made).is_empty());
            let mut changed = made.clone();
            changed[cut] ^= 1;
            assert!(!difference(&changed, &made).is_empty());
        }
        assert_eq!(
            difference(&[made.as_slice(), b"%"].concat(), &made),
            "1 bytes follow what its data makes"
        );
    }
}
