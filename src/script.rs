//! What a character is to whoever sets text: its script, its room, and whether a line may begin or end with it (JIS X 4051). The only module
//! that knows unicode-width.

use unicode_width::UnicodeWidthChar;

/// What a character is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Kanji,
    Hiragana,
    /// Full-width or half-width.
    Katakana,
    /// Every other letter.
    Latin,
    Digit,
    Space,
    Mark,
}

/// The script of a character.
pub(crate) fn script(character: char) -> Script {
    match character {
        '・' => Script::Mark,
        '\u{3041}'..='\u{309f}' => Script::Hiragana,
        '\u{30a1}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | 'ｦ'..='ﾟ' => Script::Katakana,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => Script::Kanji,
        '\u{20000}'..='\u{3ffff}' | '々' | '〆' => Script::Kanji,
        '0'..='9' | '０'..='９' => Script::Digit,
        _ if character.is_whitespace() => Script::Space,
        _ if character.is_alphanumeric() => Script::Latin,
        _ => Script::Mark,
    }
}

/// Whether a character is of Japanese alone.
pub(crate) fn is_japanese(character: char) -> bool {
    matches!(script(character), Script::Kanji | Script::Hiragana | Script::Katakana)
}

/// The columns a character takes: 2 for full-width Japanese ones, 0 for combining and control characters.
pub(crate) fn columns(character: char) -> usize {
    character.width().unwrap_or(0)
}

/// The columns that a text takes in one line.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Whether a character is as wide as a kanji.
pub(crate) fn is_wide(character: char) -> bool {
    columns(character) == 2
}

/// Whether a line end between two characters leaves no blank when the lines become one: Japanese sets none.
pub(crate) fn joins(before: char, after: char) -> bool {
    is_wide(before) && is_wide(after)
}

/// Whether a line may not begin with a character.
pub(crate) fn may_not_begin(character: char) -> bool {
    const SIGNS: &str = "、。，．・：；？！…‥～〜〻％‰℃°）〕］｝〉》」』】〙〗’”､｡･｣ﾞﾟ,.:;?!)]}%";
    SIGNS.contains(character) || is_weak(character)
}

/// Whether a line had better not begin with a character, but may where the column is too narrow: small kana, and what goes on a sound or a letter.
pub(crate) fn is_weak(character: char) -> bool {
    "ーｰ゛゜ヽヾゝゞ々ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ".contains(character)
        || matches!(character, '\u{31f0}'..='\u{31ff}' | 'ｧ'..='ｯ')
}

/// Whether a line may not end with a character.
pub(crate) fn may_not_end(character: char) -> bool {
    "（〔［｛〈《「『【〘〖‘“｢№￥＄￡＃△▲＋－±※([{¥$".contains(character)
}

/// Whether a mark at a line's end may hang over the edge.
pub(crate) fn may_hang(character: char) -> bool {
    matches!(character, '、' | '。' | '，' | '．')
}

/// Whether a mark opens what stands behind it.
pub(crate) fn opens(character: char) -> bool {
    "（〔［｛〈《「『【〘〖｢".contains(character)
}

/// Whether a mark closes what stands before it, or ends a clause.
pub(crate) fn closes(character: char) -> bool {
    "、。，．：；）〕］｝〉》」』】〙〗｣".contains(character)
}
