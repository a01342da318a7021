//! serde_yaml's way through a file: the text of every scalar, verbatim but for composed letters.

use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};

use super::{Kind, Node};
use crate::source::composed;

/// Fills a tree with the texts that serde_yaml reads, and fails where its shape is not the tree's.
pub(super) struct Verbatim<'a>(pub(super) &'a mut Node);

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
