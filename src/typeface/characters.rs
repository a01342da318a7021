//! Characters that need no glyph of their own: invisible ones, and those for which another stands in.

use crate::source::{Unseen, kanji_of_radical, unseen};

/// Whether a character takes no space and leaves no mark: joiners, marks of direction, variation selectors, controls.
pub fn is_invisible(character: char) -> bool {
    character.is_control() || matches!(unseen(character), Some((Unseen::Misleading | Unseen::Hidden, _)))
}

/// The character whose glyph serves for another that the face lacks, when a reader would not mind the difference.
pub(super) fn stand_in(character: char) -> Option<char> {
    raised(character).or_else(|| kanji_of_radical(character)).or(match character {
        '✔' => Some('✓'),
        '\u{2010}' | '\u{2011}' => Some('-'),
        '\u{2212}' => Some('-'),
        space if space.is_whitespace() => Some(' '),
        _ => None,
    })
}

/// The ordinary character of a superscript or subscript one.
pub fn raised(character: char) -> Option<char> {
    Some(match character {
        '⁰' | '₀' => '0',
        '¹' | '₁' => '1',
        '²' | '₂' => '2',
        '³' | '₃' => '3',
        '⁴' | '₄' => '4',
        '⁵' | '₅' => '5',
        '⁶' | '₆' => '6',
        '⁷' | '₇' => '7',
        '⁸' | '₈' => '8',
        '⁹' | '₉' => '9',
        '⁺' | '₊' => '+',
        '⁻' | '₋' => '−',
        '⁼' | '₌' => '=',
        '⁽' | '₍' => '(',
        '⁾' | '₎' => ')',
        'ⁿ' => 'n',
        'ⁱ' => 'i',
        _ => return None,
    })
}

/// Whether a character of [`raised`] sits below the line, not above it.
pub fn is_lowered(character: char) -> bool {
    matches!(character, '\u{2080}'..='\u{209C}')
}
