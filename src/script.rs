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

/// A set of characters of the basic plane, a bit each: what is asked of every character that is set is looked up, not searched for.
pub(crate) struct Signs([u64; 1 << 10]);

impl Signs {
    pub(crate) const fn of(text: &str) -> Self {
        let (bytes, mut bits, mut at) = (text.as_bytes(), [0; 1 << 10], 0);
        while at < bytes.len() {
            let (first, more) = match bytes[at] {
                ascii @ 0..0x80 => (ascii, 0),
                lead @ 0..0xE0 => (lead & 0x1F, 1),
                lead => (lead & 0x0F, 2),
            };
            let (mut code, mut next) = (first as usize, 1);
            while next <= more {
                code = code << 6 | (bytes[at + next] & 0x3F) as usize;
                next += 1;
            }
            bits[code >> 6] |= 1 << (code & 63);
            at += more + 1;
        }
        Self(bits)
    }

    pub(crate) fn has(&self, character: char) -> bool {
        let code = character as usize;
        self.0.get(code >> 6).is_some_and(|bits| bits >> (code & 63) & 1 == 1)
    }
}

/// Whether a line may not begin with a character.
pub(crate) fn may_not_begin(character: char) -> bool {
    static SIGNS: Signs = Signs::of("、。，．・：；？！…‥～〜〻％‰℃°）〕］｝〉》」』】〙〗’”､｡･｣ﾞﾟ,.:;?!)]}%");
    SIGNS.has(character) || is_weak(character)
}

/// Whether a line had better not begin with a character, but may where the column is too narrow: small kana, and what goes on a sound or a letter.
pub(crate) fn is_weak(character: char) -> bool {
    static SIGNS: Signs = Signs::of("ーｰ゛゜ヽヾゝゞ々ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ");
    SIGNS.has(character) || matches!(character, '\u{31f0}'..='\u{31ff}' | 'ｧ'..='ｯ')
}

/// Whether a line may not end with a character.
pub(crate) fn may_not_end(character: char) -> bool {
    static SIGNS: Signs = Signs::of("（〔［｛〈《「『【〘〖‘“｢№￥＄￡＃△▲＋－±※([{¥$");
    SIGNS.has(character)
}

/// Whether a mark at a line's end may hang over the edge.
pub(crate) fn may_hang(character: char) -> bool {
    matches!(character, '、' | '。' | '，' | '．')
}

/// Whether a mark opens what stands behind it.
pub(crate) fn opens(character: char) -> bool {
    static SIGNS: Signs = Signs::of("（〔［｛〈《「『【〘〖｢");
    SIGNS.has(character)
}

/// Whether a mark closes what stands before it, or ends a clause.
pub(crate) fn closes(character: char) -> bool {
    static SIGNS: Signs = Signs::of("、。，．：；）〕］｝〉》」』】〙〗｣");
    SIGNS.has(character)
}
