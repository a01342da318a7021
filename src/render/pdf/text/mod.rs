//! From running text to lines: styles, setting, spacing out. Where lines may end is asked of `breaks`.

mod counter;
mod lines;
mod measured;
mod spacing;
mod styled;

pub(crate) use counter::Counter;
pub(crate) use lines::set;
pub use lines::{Line, Piece, longest_word, natural_width};
pub use styled::{Run, Span, Style, StyledText, runs};
