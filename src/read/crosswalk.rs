//! The crosswalk of a chapter.

use super::Reader;
use super::choices::Choices;
use super::codes;
use super::mapping::Fields;
use super::phrase::{self, Phrase};
use super::several::several;
use super::shapes;
use super::yaml::{Kind, Node};
use crate::diagnostic::Cure;
use crate::model::{Crosswalk, CrosswalkKind, Id};
use crate::source::Spanned;

pub(super) const KINDS: &Choices<CrosswalkKind> = &[
    (&["renamed", "名称変更"], CrosswalkKind::Renamed),
    (&["moved", "移管"], CrosswalkKind::Moved),
    (&["merged", "統合"], CrosswalkKind::Merged),
    (&["split", "分割"], CrosswalkKind::Split),
    (&["restated", "組替え", "組替"], CrosswalkKind::Restated),
];

impl Reader {
    /// The entries that could be read.
    pub(super) fn crosswalk(&mut self, fields: Fields<'_>) -> Vec<Crosswalk> {
        self.each(fields, "crosswalk", Self::crosswalk_entry)
    }

    fn crosswalk_entry(&mut self, node: &Node) -> Option<Crosswalk> {
        if self.is_phrase(node, "crosswalk", phrase::crossing) || self.is_crossing_in_pairs(node) {
            return None;
        }
        let fields = self.fields(node, "crosswalk entry", shapes::CROSSWALK.keys)?;
        let before = self.findings.len();
        let kind = self.required_choice(fields, "kind", KINDS).map(|kind| kind.value);
        if kind != Some(CrosswalkKind::Restated) {
            self.needs(fields, "from", "name last year's lines: `from: [old-id]`");
        }
        self.needs(fields, "to", "name this year's lines: `to: [new-id]`");
        let from = self.ids(fields, "from");
        let to = self.ids(fields, "to");
        let chapter = self.ids(fields, "chapter").into_iter().next();
        // A remark is for readers of the file.
        self.spanned_text(fields, "note");
        if self.findings.len() > before {
            return None;
        }
        Some(Crosswalk { kind: kind?, from, to, chapter, span: self.first_line(fields.span()) })
    }

    /// Reports lines of a crosswalk that are written as pairs, `{old-id: new-id}`, where they are.
    fn is_crossing_in_pairs(&mut self, node: &Node) -> bool {
        let Kind::Mapping(entries) = &node.kind else { return false };
        let pair = |(key, value): &(Spanned<String>, Node)| {
            let is_known = shapes::CROSSWALK.keys.contains(&key.value.as_str());
            phrase::crossing(&format!("{}→{}", key.value, value.text().filter(|_| !is_known)?))
        };
        let pairs: Option<Vec<Phrase>> = entries.iter().map(pair).collect();
        let Some(pairs) = pairs.filter(|pairs| !pairs.is_empty()) else { return false };
        let each: Vec<String> = pairs.iter().map(|pair| pair.braced()).collect();
        let text = if each.len() == 1 { each.concat() } else { format!("[{}]", each.join(", ")) };
        let finding = self.phrase_found(node, "crosswalk", Cure::suggested(node.span, text));
        self.push_with_key(node, finding);
        true
    }

    /// Reports several ids in one text, where they are.
    pub(super) fn are_several_ids(&mut self, text: Spanned<&str>) -> bool {
        let several = several(text.value, |id| Id::parse(id).is_ok());
        several.inspect(|ids| self.in_one_text(codes::ID, text.span, ids)).is_some()
    }

    /// A list of ids; what is none is reported.
    fn ids(&mut self, fields: Fields<'_>, key: &str) -> Vec<Spanned<Id>> {
        self.each(fields, key, |reader, item| {
            let text = reader.scalar(item, &format!("an entry of `{key}`"))?;
            match Id::parse(text.value.trim()) {
                Err(_) if reader.are_several_ids(text) => None,
                Ok(id) => Some(Spanned::new(id, text.span)),
                Err(error) => {
                    reader.reject(codes::ID, text.span, error.to_string(), error.meant(), error.help())
                }
            }
        })
    }
}
