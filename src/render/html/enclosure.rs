//! What a page is made from, inside the page: a block of data that no browser runs, and its reading.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::enclosure::{Digest, EnclosedFile, Enclosure, Role};

/// How the block begins. Text on a page is escaped, so this cannot stand anywhere else.
const OPEN: &str = "<script type=\"application/json\" id=\"gaisan-enclosure\">\n";

/// How the block ends.
const CLOSE: &str = "\n</script>\n";

/// The block's layout; a change that older readers cannot read counts up.
const LAYOUT: u8 = 1;

#[derive(Serialize, Deserialize)]
struct Block {
    layout: u8,
    gaisan: String,
    sheet: String,
    digest: String,
    files: Vec<File>,
}

#[derive(Serialize, Deserialize)]
struct File {
    name: String,
    role: String,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
}

/// The enclosure as a block of the page. Nothing in it can end the block or begin another element.
pub(super) fn block(enclosure: &Enclosure) -> String {
    let files = enclosure.files.iter().map(|file| {
        let text = std::str::from_utf8(&file.bytes).ok().map(str::to_owned);
        File {
            name: file.name.clone(),
            role: file.role.slug().to_owned(),
            sha256: file.digest.to_string(),
            base64: text.is_none().then(|| STANDARD.encode(&file.bytes)),
            text,
        }
    });
    let block = Block {
        layout: LAYOUT,
        gaisan: enclosure.version.clone(),
        sheet: enclosure.sheet.clone(),
        digest: enclosure.digest().to_string(),
        files: files.collect(),
    };
    // Texts and numbers cannot fail to become JSON.
    let json = serde_json::to_string(&block).unwrap_or_default();
    // These characters stand only inside of JSON's texts, where the other spelling means the same.
    let safe = json
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    format!("{OPEN}{safe}{CLOSE}")
}

/// The enclosure of a page, as the page states it: each file with the digest that stands beside it, which
/// [`Enclosure::broken`] compares with its bytes.
///
/// `None` where the page has none: gaisan did not make it, or its end is missing.
///
/// # Errors
/// When there is one, and it was changed or is from a gaisan that writes it otherwise.
pub fn enclosed(page: &str) -> Result<Option<Enclosure>, String> {
    let block = page.split_once(OPEN).and_then(|(_, rest)| rest.split_once(CLOSE));
    let read = block.map(|(json, after)| read(json, after)).transpose();
    read.map_err(|why| format!("the data in this page cannot be read: {why}"))
}

fn read(json: &str, after: &str) -> Result<Enclosure, String> {
    if after.contains(OPEN) {
        return Err("there is more than one block of it".to_owned());
    }
    let block: Block = serde_json::from_str(json).map_err(|error| error.to_string())?;
    if block.layout != LAYOUT {
        let layout = block.layout;
        return Err(format!("it is laid out in the way {layout}, and this gaisan knows {LAYOUT} only"));
    }
    let stated = Digest::parse(&block.digest).ok_or("its digest is none")?;
    let files = block.files.into_iter().map(file);
    let enclosure =
        Enclosure { sheet: block.sheet, version: block.gaisan, files: files.collect::<Result<_, _>>()? };
    if enclosure.digest() != stated {
        return Err(
            "its digest is not that of the files that it names, so one of them, its name or the digest was changed"
                .to_owned(),
        );
    }
    Ok(enclosure)
}

fn file(file: File) -> Result<Arc<EnclosedFile>, String> {
    let broken = |why: &str| format!("`{}`: {why}", file.name);
    let role = Role::named(&file.role).ok_or_else(|| broken("its role is unknown"))?;
    let digest = Digest::parse(&file.sha256).ok_or_else(|| broken("its digest is none"))?;
    let bytes = match (&file.text, &file.base64) {
        (Some(text), None) => text.clone().into_bytes(),
        (None, Some(base64)) => STANDARD.decode(base64).map_err(|_| broken("its bytes are not in base64"))?,
        _ => return Err(broken("it needs either `text` or `base64`")),
    };
    Ok(Arc::new(EnclosedFile { name: file.name.clone(), role, bytes, digest }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enclosure() -> Enclosure {
        let file = |name: &str, role, bytes: &[u8]| {
            Arc::new(EnclosedFile::new(name.to_owned(), role, bytes.to_vec()))
        };
        Enclosure {
            sheet: "fy2022/a/b".to_owned(),
            version: "0.1.0".to_owned(),
            files: vec![
                file(
                    "a/</script>.yaml",
                    Role::Source,
                    "requested: 1 # </script><!-- & \u{2028} \"円\"\n".as_bytes(),
                ),
                file("a/dot.png", Role::Picture, &[0x89, 0, 0xff]),
            ],
        }
    }

    #[test]
    fn an_enclosure_comes_back_as_it_was_and_cannot_leave_its_block() {
        let block = block(&enclosure());
        assert_eq!(block.matches('<').count(), 2, "{block}");
        assert!(!block.contains(['&', '\u{2028}']), "{block}");
        let page = format!("<html>{block}</html>");
        assert_eq!(enclosed(&page), Ok(Some(enclosure())));
    }

    #[test]
    fn no_change_of_the_block_goes_unseen() {
        let page = format!("<html>{}</html>", block(&enclosure()));
        let cases = [
            ("requested: 1", "requested: 2"),
            ("fy2022/a/b", "fy2022/a/c"),
            ("iQD/", "iQD+"),
            ("\"picture\"", "\"source\""),
            ("\"picture\"", "\"photo\""),
            ("\"layout\":1", "\"layout\":2"),
            ("dot.png", "dit.png"),
            ("\"base64\"", "\"bese64\""),
        ];
        for (from, to) in cases {
            assert!(page.contains(from), "{from} is not in {page}");
            let seen = match enclosed(&page.replacen(from, to, 1)) {
                Ok(enclosure) => enclosure.is_some_and(|enclosure| enclosure.broken().is_some()),
                Err(_) => true,
            };
            assert!(seen, "{from} → {to}");
        }
        assert_eq!(enclosed("<html></html>"), Ok(None));
        assert_eq!(enclosed(""), Ok(None));
    }
}
