//! From running text to lines: styles, setting, spacing out. Where lines may end is asked of `breaks`.

mod copy;
mod lines;
mod measured;
mod spacing;

pub use copy::{Copy, Run, Span, Style, runs};
pub use lines::{Line, Piece, longest_word, natural_width, set, set_justified, set_ragged, set_roomy};
