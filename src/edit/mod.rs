//! Changes of YAML files in place: one value, one key, one entry of a list. Comments, order, quotation marks and line ends around it stay
//! as they are, byte for byte.
//!
//! In: a file that was read, places in it as the model has them, and what is to stand there. Out: the [`Edit`]s of findings, which
//! [`edited`] applies to the bytes on the disk.

mod block;
mod brackets;
mod comments;
mod format;
mod manuscript;
mod moving;
mod value;
mod wish;

pub use format::formatted;
pub use manuscript::Manuscript;
pub use value::{Value, written};
pub use wish::granted;

use crate::diagnostic::Edit;
use crate::source::line_ends;

/// A file's bytes with some edits of its text; `None` where two of them are about the same piece.
pub fn edited(bytes: &[u8], edits: &[Edit]) -> Option<Vec<u8>> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let is_apart =
        sorted.iter().zip(sorted.iter().skip(1)).all(|(one, next)| one.span.end <= next.span.start);
    let changes = sorted.iter().map(|edit| (edit.span.start..edit.span.end, edit.text.as_str()));
    is_apart.then(|| line_ends::edited(bytes, changes)).flatten()
}
