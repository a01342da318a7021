//! A mapping whose keys are looked up one by one.

use super::keys::meant;
use super::yaml::{Kind, Node};
use crate::source::Span;

/// A mapping whose keys have been checked against the known ones.
#[derive(Clone, Copy)]
pub(super) struct Fields<'n> {
    pub(super) node: &'n Node,
    /// What the mapping describes, for messages: `program`.
    pub(super) what: &'static str,
    pub(super) known: &'n [&'n str],
    pub(super) unknown: Unknown<'n>,
}

/// The keys of a mapping that are none of the known ones, by which others may be meant.
#[derive(Clone, Copy)]
pub(super) enum Unknown<'n> {
    None,
    /// One, with what it means.
    One(Option<&'n str>, &'n Node),
    Several,
}

impl<'n> Fields<'n> {
    /// The value under a key, or under an unknown one that means it; an empty value counts as absent.
    pub(super) fn get(self, key: &str) -> Option<&'n Node> {
        let found = self.node.get(key).or_else(|| {
            let entries = match (self.unknown, &self.node.kind) {
                (Unknown::One(meant, value), _) => return (meant == Some(key)).then_some(value),
                (Unknown::Several, Kind::Mapping(entries)) => entries.as_slice(),
                _ => return None,
            };
            let mut unknown = entries.iter().filter(|(name, _)| !self.known.contains(&name.value.as_str()));
            let meant =
                unknown.find(|(name, _)| meant(&name.value, self.known).is_some_and(|it| it.key() == key));
            meant.map(|(_, value)| value)
        });
        found.filter(|value| !value.is_blank())
    }

    /// The place that stands for the whole mapping: its `id` or `title`, otherwise its first key.
    pub(super) fn head(self) -> Span {
        let named = ["id", "title", "label", "name", "cite"].iter().find_map(|key| self.get(key));
        let first = match &self.node.kind {
            Kind::Mapping(entries) => entries.first().map(|(key, _)| key.span),
            _ => None,
        };
        named.map(|value| value.span).or(first).unwrap_or(self.node.span)
    }

    /// The place of the whole mapping.
    pub(super) fn span(self) -> Span {
        self.node.span
    }
}
