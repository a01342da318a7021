//! How much room a character takes: the only module that knows unicode-width.
//!
//! In: a character. Out: its columns on a terminal, 0 to 2, by which running text joins its lines and figures measure
//! their labels.

use unicode_width::UnicodeWidthChar;

/// The columns a character takes: 2 for full-width Japanese ones, 0 for combining and control characters.
pub(crate) fn columns(character: char) -> usize {
    character.width().unwrap_or(0)
}

/// Whether a character is as wide as a kanji.
pub(crate) fn is_wide(character: char) -> bool {
    columns(character) == 2
}

/// Whether a line end between two characters leaves no blank when the lines become one: Japanese sets none.
pub(crate) fn joins(before: char, after: char) -> bool {
    is_wide(before) && is_wide(after)
}
