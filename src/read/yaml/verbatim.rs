//! serde_yaml's way through a file: the text of every scalar, verbatim but for composed letters.

use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};

use super::super::page::Page;
use super::{Kind, Node};
use crate::source::composed;

/// How many entries of a list serde_yaml reads at once, which holds in memory all that it reads, and twice over.
const AT_ONCE: usize = 1_000;

/// Fills a tree with the texts that serde_yaml reads, those of a long list piece by piece. `Err` says about where they are none, or others.
pub(super) fn fill(root: &mut Node, page: Page<'_>, text: &str) -> Result<(), usize> {
    let read = |node: &mut Node, text: &str, start: usize| {
        let read = Verbatim(node).deserialize(serde_yaml::Deserializer::from_str(text));
        read.map_err(|error| start + error.location().map_or(0, |location| location.index()))
    };
    let Some((at, starts)) = long_list(root, page) else { return read(root, text, 0) };
    let swapped = |root: &mut Node, kind: Kind| match &mut root.kind {
        Kind::Mapping(entries) => Some(std::mem::replace(&mut entries.get_mut(at)?.1.kind, kind)),
        _ => None,
    };
    let Some(Kind::Sequence(items)) = swapped(root, Kind::Null) else { return Ok(()) };
    let piece = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let (first, end) = (starts.first().copied().unwrap_or(0), starts.last().copied().unwrap_or(0));
    read(root, &[piece(0, first), piece(end, text.len())].concat(), 0)?;
    let mut filled = Vec::with_capacity(items.len());
    let mut rest = items.into_iter();
    for (from, to) in starts.iter().zip(starts.iter().skip(1)) {
        let items = rest.by_ref().take(AT_ONCE).collect();
        let mut part = Node { span: root.span, kind: Kind::Sequence(items) };
        read(&mut part, piece(*from, *to), *from)?;
        if let Kind::Sequence(mut items) = part.kind {
            filled.append(&mut items);
        }
    }
    swapped(root, Kind::Sequence(filled));
    Ok(())
}

/// The first long list below a key at the top: which key that is, where each piece of it begins, and where it ends. `None` where its entries have no
/// lines of their own.
fn long_list(root: &Node, page: Page<'_>) -> Option<(usize, Vec<usize>)> {
    let Kind::Mapping(entries) = &root.kind else { return None };
    let mut lists = entries.iter().enumerate().filter_map(|(at, (key, value))| match &value.kind {
        Kind::Sequence(items) if items.len() > AT_ONCE && !page.is_flow(value) => Some((at, key, items)),
        _ => None,
    });
    let (at, key, items) = lists.next().filter(|_| !page.is_flow(root))?;
    let heads = items.iter().step_by(AT_ONCE).map(|item| page.item(item)).collect::<Option<Vec<_>>>()?;
    let indent = heads.first()?.indent;
    let mut starts: Vec<usize> = heads.iter().map(|head| page.start(head.first)).collect();
    let next = entries.get(at + 1).map(|(next, _)| page.start(page.line(next.span.start)));
    starts.push(next.unwrap_or(page.file.text.len()));
    let is_apart = heads.iter().all(|head| head.indent == indent) && starts.is_sorted();
    (is_apart && starts.first().is_some_and(|first| key.span.end < *first)).then_some((at, starts))
}

/// Fills a tree, and fails where its shape is not that of what is read.
struct Verbatim<'a>(&'a mut Node);

impl<'de> DeserializeSeed<'de> for Verbatim<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0.kind {
            Kind::Null => deserializer.deserialize_option(self),
            Kind::Scalar(_) => deserializer.deserialize_str(self),
            Kind::Sequence(_) => deserializer.deserialize_seq(self),
            Kind::Mapping(_) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Verbatim<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.kind {
            Kind::Null => "nothing",
            Kind::Scalar(_) => "a text",
            Kind::Sequence(_) => "a list",
            Kind::Mapping(_) => "a mapping",
        })
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.kind = Kind::Scalar(composed(text).into_owned());
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Kind::Sequence(items) = &mut self.0.kind else {
            return Err(A::Error::custom("a list was not expected"));
        };
        for item in items {
            access
                .next_element_seed(Verbatim(item))?
                .ok_or_else(|| A::Error::custom("the list ends too early"))?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Kind::Mapping(entries) = &mut self.0.kind else {
            return Err(A::Error::custom("a mapping was not expected"));
        };
        let mut entries = entries.iter_mut();
        while let Some(key) = access.next_key::<Key>()? {
            let entry = entries.find(|(name, _)| name.value == key.0);
            let Some((_, value)) = entry else {
                return Err(A::Error::custom(format!("the key `{}` was not expected", key.0)));
            };
            access.next_value_seed(Verbatim(value))?;
        }
        Ok(())
    }
}

/// A key, as text.
struct Key(String);

impl<'de> serde::Deserialize<'de> for Key {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E>(self, text: &str) -> Result<Key, E> {
                Ok(Key(text.to_owned()))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
