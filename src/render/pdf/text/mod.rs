//! From running text to lines: styles, places to break, setting.

mod breaks;
mod copy;
mod lines;

pub use breaks::{Opportunity, opportunities};
pub use copy::{Copy, Span, Style, runs};
pub use lines::{Line, Piece, longest_word, natural_width, set, set_ragged};
