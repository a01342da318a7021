//! The glossary of a chapter: `glossary: {NIMS: 物質・材料研究機構}`, or the name of a file that holds such lines.

use std::path::Path;

use super::Reader;
use super::codes;
use super::mapping::Fields;
use super::several::is_file;
use super::shapes;
use super::yaml::{Kind, Node};
use crate::model::{Abbreviation, Id, Lang};
use crate::source::{FileId, Spanned};

impl Reader {
    /// The entries that could be read, and the file they are in where they have one of their own. A bare expansion is in the language of the chapter.
    pub(super) fn glossary(
        &mut self,
        fields: Fields<'_>,
        path: &Path,
        lang: Lang,
    ) -> (Vec<Abbreviation>, Option<FileId>) {
        let Some(node) = fields.get("glossary") else {
            return (Vec::new(), None);
        };
        if let Kind::Scalar(name) = &node.kind
            && (is_file(name) || Id::parse(name).is_ok())
        {
            return self.in_file(name, path, node.span, |reader, tree| reader.entries(tree, lang));
        }
        (self.entries(node, lang), None)
    }

    fn entries(&mut self, node: &Node, lang: Lang) -> Vec<Abbreviation> {
        let Kind::Mapping(entries) = &node.kind else {
            self.wrong_shape(node, "the glossary", "lines such as `NIMS: …`");
            return Vec::new();
        };
        entries.iter().filter_map(|(short, value)| self.abbreviation(short, value, lang)).collect()
    }

    fn abbreviation(&mut self, short: &Spanned<String>, value: &Node, lang: Lang) -> Option<Abbreviation> {
        let before = self.findings.len();
        let mut entry = Abbreviation { short: short.clone(), ja: None, en: None };
        match &value.kind {
            Kind::Mapping(_) => {
                let fields = self.fields(value, "glossary entry", shapes::GLOSSARY_ENTRY.keys)?;
                entry.ja = self.text(fields, "ja");
                entry.en = self.text(fields, "en");
            }
            Kind::Null => {}
            _ => {
                let text = self.scalar(value, "a glossary entry")?;
                let expansion = Some(self.one_line(text));
                match lang {
                    Lang::Ja => entry.ja = expansion,
                    Lang::En => entry.en = expansion,
                }
            }
        }
        let is_empty = |text: &Option<String>| text.as_deref().is_none_or(str::is_empty);
        if is_empty(&entry.ja) && is_empty(&entry.en) {
            if self.findings.len() > before {
                return None;
            }
            let word = &short.value;
            let message = format!("the glossary does not say what `{word}` stands for");
            let help =
                format!("write `{word}: …`, or `{word}: {{ja: …, en: …}}` for sheets in both languages");
            self.say(codes::MISSING_KEY, short.span, message, help);
            return None;
        }
        entry.ja = entry.ja.filter(|text| !text.is_empty());
        entry.en = entry.en.filter(|text| !text.is_empty());
        Some(entry)
    }
}
