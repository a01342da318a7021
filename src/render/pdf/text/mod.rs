//! From running text to lines: styles, setting, spacing out. Where lines may end is asked of `breaks`.

mod copy;
mod counter;
mod lines;
mod measured;
mod spacing;

pub use copy::{Copy, Run, Span, Style, runs};
pub(crate) use counter::Counter;
pub(crate) use lines::set;
pub use lines::{Line, Piece, longest_word, natural_width};
