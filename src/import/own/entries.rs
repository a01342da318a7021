//! The keys of a line as they stand in one cell, and what is found and put in them.

use std::borrow::Cow;

use crate::edit::Value;
use crate::read::outline;
use crate::source::SourceMap;

pub(crate) type Entries = Vec<(String, Value)>;

/// What stands in a cell that is not shown, so that nobody who replaces words or figures in all of a sheet replaces them there, too: each byte
/// as one of the 256 patterns of Braille.
pub(crate) fn veiled(text: &str) -> String {
    text.bytes().filter_map(|byte| char::from_u32(VEIL + u32::from(byte))).collect()
}

const VEIL: u32 = 0x2800;

/// The text of such a cell; sheets that were made before have it as it is.
pub(crate) fn unveiled(text: &str) -> Cow<'_, str> {
    let bytes = text.chars().map(|c| u8::try_from(u32::from(c).checked_sub(VEIL)?).ok());
    let plain = bytes.collect::<Option<Vec<u8>>>().and_then(|bytes| String::from_utf8(bytes).ok());
    plain.filter(|plain| !plain.is_empty()).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A mapping in one line.
pub(crate) fn entries(text: &str) -> Entries {
    let text = &*unveiled(text);
    if !text.starts_with('{') {
        return Vec::new();
    }
    let mut sources = SourceMap::default();
    let file = sources.add("line", text);
    match outline(&sources, file).map(|node| Value::of(&node, text)) {
        Some(Value::Braces(entries)) => entries,
        _ => Vec::new(),
    }
}

/// The text under a key, or under a key of the mapping that is there: an amount may be one or the other.
pub(crate) fn text<'e>(entries: &'e Entries, path: &[&str]) -> Option<&'e str> {
    let (first, rest) = path.split_first()?;
    match (&entries.iter().find(|(key, _)| key == first)?.1, rest) {
        (Value::Text(text), [] | ["amount"]) => Some(text),
        (Value::Braces(inner), [_, ..]) => self::text(inner, rest),
        _ => None,
    }
}

/// Puts a text where [`text`] finds one.
pub(super) fn set(entries: &mut Entries, path: &[&str], new: &str) {
    let Some((first, rest)) = path.split_first() else { return };
    let at = entries.iter().position(|(key, _)| key == first);
    match (at.and_then(|at| entries.get_mut(at)).map(|(_, value)| value), rest) {
        (Some(Value::Braces(inner)), [_, ..]) => set(inner, rest, new),
        (Some(value), [] | ["amount"]) => *value = Value::text(new),
        (Some(value), _) => {
            let whole = ("amount".to_owned(), value.clone());
            let mut inner = vec![whole];
            set(&mut inner, rest, new);
            *value = Value::Braces(inner);
        }
        (None, [] | ["amount"]) => entries.push(((*first).to_owned(), Value::text(new))),
        (None, _) => {
            let mut inner = Vec::new();
            set(&mut inner, rest, new);
            entries.push(((*first).to_owned(), Value::Braces(inner)));
        }
    }
}
