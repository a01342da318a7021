//! Where a PDF differs from another one that it should be, in words for people.

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::limits;

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
    let (Ok(there), Ok(here)) = (Document::load_mem(found), Document::load_mem(made)) else {
        return format!("it is damaged: {}", by_place());
    };
    pages(&there, &here).or_else(|| objects(&there, &here)).unwrap_or_else(by_place)
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
            document.get_page_content_with_limit(page, limits::PDF_COMPARED).ok()
        };
        let differs = content(there, *shown) != content(here, *made);
        if differs || lines(&texts.0) != lines(&texts.1) {
            return Some(format!("page {number} is drawn otherwise than its data makes it"));
        }
    }
    (shown.len() > made.len())
        .then(|| format!("it has {} pages, and its data makes {}", shown.len(), made.len()))
}

/// The first object that is another one.
fn objects(there: &Document, here: &Document) -> Option<String> {
    let differing = here
        .objects
        .iter()
        .find(|(id, object)| there.objects.get(id).is_none_or(|found| !same(found, object)))?;
    Some(format!("{} is not what its data makes (object {})", kind(differing.1), differing.0.0))
}

fn same(a: &Object, b: &Object) -> bool {
    match (a, b) {
        // Where a stream stood in its file is part of lopdf's comparison, and does not matter.
        (Object::Stream(a), Object::Stream(b)) => a.dict == b.dict && a.content == b.content,
        _ => a == b,
    }
}

/// What an object is to a reader.
fn kind(object: &Object) -> &'static str {
    let empty = Dictionary::new();
    let dictionary = match object {
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &stream.dict,
        _ => &empty,
    };
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
