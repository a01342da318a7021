//! From characters as a Japanese keyboard gives them to the ASCII the grammars of this module are
//! written in. Only here is it known which characters are taken for one another.

/// Gives the ASCII character that a full-width one stands for, and any other character unchanged.
pub(crate) fn fold(character: char) -> char {
    match character {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        other => other,
    }
}

/// Folds a whole text and takes the spaces off both ends.
pub(crate) fn fold_text(text: &str) -> String {
    text.chars().map(fold).collect::<String>().trim().to_owned()
}

/// Tells whether a character is a minus sign in some ledger, review form or data file.
pub(crate) fn is_minus(character: char) -> bool {
    matches!(fold(character), '-' | '\u{2212}' | '△' | '▲')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_forms_fold_to_ascii_and_kanji_stay() {
        assert_eq!(fold_text("　４，５９２．５百万円 "), "4,592.5百万円");
        assert_eq!(fold('～'), '~');
    }

    #[test]
    fn every_ledger_minus_is_a_minus() {
        assert!("-－−△▲".chars().all(is_minus));
        assert!(!is_minus('ー'));
    }
}
