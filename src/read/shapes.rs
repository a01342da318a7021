//! What the format has: mappings, their keys, and what each key takes.

mod table;

use super::choices::Choices;
pub(super) use table::*;

/// A mapping of the format.
pub(super) struct Shape {
    /// What it describes.
    pub(super) name: &'static str,
    /// The keys that it must have whatever else it says.
    pub(super) needs: &'static [&'static str],
    /// Its keys, in the order in which they are listed and written.
    pub(super) keys: &'static [&'static str],
    /// The same keys with what they are.
    pub(super) about: &'static [Key],
}

/// What a key is.
pub(super) struct Key {
    pub(super) kind: Kind,
    /// What it says, in both languages.
    pub(super) ja: &'static str,
    pub(super) en: &'static str,
}

/// What a key takes.
pub(super) enum Kind {
    /// A text of one line.
    Text,
    /// Markdown.
    Prose,
    Id,
    Amount,
    /// An amount, or a mapping of this name.
    Money(&'static str),
    Unit,
    Year,
    Date,
    /// A date or a fiscal year.
    Due,
    Count,
    Percent,
    /// The number of the format.
    Version,
    /// `none`, `all`, or `top` and a number.
    Cards,
    /// One of a closed set of words.
    Words(fn() -> Vec<&'static str>),
    /// One entry or several.
    List(&'static Kind),
    /// A mapping of this name.
    Map(&'static str),
    /// The same, or a text that stands for its first key.
    Short(&'static str),
    /// A mapping with keys of the author's.
    Named(&'static Kind),
    /// The name of a file that has it, or itself.
    FileOr(&'static Kind),
}

/// The shapes whose keys a chapter, a program and the settings have together.
pub(super) const CHAPTER: &[&Shape] = &[&HEAD, &BODY, &CONVENTIONS, &LINE];
pub(super) const WHOLE_PROGRAM: &[&Shape] = &[&LINE, &PROGRAM];
pub(super) const WHOLE_SETTINGS: &[&Shape] = &[&SETTINGS, &CONVENTIONS];

/// The keys of some shapes together.
pub(super) fn keys(shapes: &[&Shape]) -> Vec<&'static str> {
    shapes.iter().flat_map(|shape| shape.keys).copied().collect()
}

/// The words of a closed set, all spellings.
fn words<T>(choices: &Choices<T>) -> Vec<&'static str> {
    choices.iter().flat_map(|(words, _)| words.iter().copied()).collect()
}
