//! Characters that a reader does not see or takes for others: what they are called, what they can do, where they are at home. And
//! text without those that no output needs.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

use crate::limits;

use Unseen::{Blank, Hidden, Misleading};

/// What a character can do that a reader does not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// It can change what a reader sees, or hide text from him.
    Misleading,
    /// It changes only what searches find.
    Hidden,
    /// It looks like an ordinary blank.
    Blank,
}

/// Characters that are not seen, from the first to the last of each kind, with their names in Unicode; in order.
const UNSEEN: &[(char, char, Unseen, &str)] = &[
    ('\u{85}', '\u{85}', Misleading, "NEXT LINE"),
    ('\u{A0}', '\u{A0}', Blank, "NO-BREAK SPACE"),
    ('\u{AD}', '\u{AD}', Hidden, "SOFT HYPHEN"),
    ('\u{34F}', '\u{34F}', Hidden, "COMBINING GRAPHEME JOINER"),
    ('\u{61C}', '\u{61C}', Misleading, "ARABIC LETTER MARK"),
    ('\u{115F}', '\u{115F}', Hidden, "HANGUL CHOSEONG FILLER"),
    ('\u{1160}', '\u{1160}', Hidden, "HANGUL JUNGSEONG FILLER"),
    ('\u{1680}', '\u{1680}', Blank, "OGHAM SPACE MARK"),
    ('\u{17B4}', '\u{17B4}', Hidden, "KHMER VOWEL INHERENT AQ"),
    ('\u{17B5}', '\u{17B5}', Hidden, "KHMER VOWEL INHERENT AA"),
    ('\u{180B}', '\u{180D}', Hidden, "MONGOLIAN FREE VARIATION SELECTOR"),
    ('\u{180E}', '\u{180E}', Hidden, "MONGOLIAN VOWEL SEPARATOR"),
    ('\u{180F}', '\u{180F}', Hidden, "MONGOLIAN FREE VARIATION SELECTOR"),
    ('\u{2000}', '\u{2000}', Blank, "EN QUAD"),
    ('\u{2001}', '\u{2001}', Blank, "EM QUAD"),
    ('\u{2002}', '\u{2002}', Blank, "EN SPACE"),
    ('\u{2003}', '\u{2003}', Blank, "EM SPACE"),
    ('\u{2004}', '\u{2004}', Blank, "THREE-PER-EM SPACE"),
    ('\u{2005}', '\u{2005}', Blank, "FOUR-PER-EM SPACE"),
    ('\u{2006}', '\u{2006}', Blank, "SIX-PER-EM SPACE"),
    ('\u{2007}', '\u{2007}', Blank, "FIGURE SPACE"),
    ('\u{2008}', '\u{2008}', Blank, "PUNCTUATION SPACE"),
    ('\u{2009}', '\u{2009}', Blank, "THIN SPACE"),
    ('\u{200A}', '\u{200A}', Blank, "HAIR SPACE"),
    ('\u{200B}', '\u{200B}', Hidden, "ZERO WIDTH SPACE"),
    ('\u{200C}', '\u{200C}', Hidden, "ZERO WIDTH NON-JOINER"),
    ('\u{200D}', '\u{200D}', Hidden, "ZERO WIDTH JOINER"),
    ('\u{200E}', '\u{200E}', Misleading, "LEFT-TO-RIGHT MARK"),
    ('\u{200F}', '\u{200F}', Misleading, "RIGHT-TO-LEFT MARK"),
    ('\u{2028}', '\u{2028}', Misleading, "LINE SEPARATOR"),
    ('\u{2029}', '\u{2029}', Misleading, "PARAGRAPH SEPARATOR"),
    ('\u{202A}', '\u{202A}', Misleading, "LEFT-TO-RIGHT EMBEDDING"),
    ('\u{202B}', '\u{202B}', Misleading, "RIGHT-TO-LEFT EMBEDDING"),
    ('\u{202C}', '\u{202C}', Misleading, "POP DIRECTIONAL FORMATTING"),
    ('\u{202D}', '\u{202D}', Misleading, "LEFT-TO-RIGHT OVERRIDE"),
    ('\u{202E}', '\u{202E}', Misleading, "RIGHT-TO-LEFT OVERRIDE"),
    ('\u{202F}', '\u{202F}', Blank, "NARROW NO-BREAK SPACE"),
    ('\u{205F}', '\u{205F}', Blank, "MEDIUM MATHEMATICAL SPACE"),
    ('\u{2060}', '\u{2060}', Hidden, "WORD JOINER"),
    ('\u{2061}', '\u{2061}', Hidden, "FUNCTION APPLICATION"),
    ('\u{2062}', '\u{2062}', Hidden, "INVISIBLE TIMES"),
    ('\u{2063}', '\u{2063}', Hidden, "INVISIBLE SEPARATOR"),
    ('\u{2064}', '\u{2064}', Hidden, "INVISIBLE PLUS"),
    ('\u{2065}', '\u{2065}', Hidden, "UNASSIGNED"),
    ('\u{2066}', '\u{2066}', Misleading, "LEFT-TO-RIGHT ISOLATE"),
    ('\u{2067}', '\u{2067}', Misleading, "RIGHT-TO-LEFT ISOLATE"),
    ('\u{2068}', '\u{2068}', Misleading, "FIRST STRONG ISOLATE"),
    ('\u{2069}', '\u{2069}', Misleading, "POP DIRECTIONAL ISOLATE"),
    ('\u{206A}', '\u{206A}', Misleading, "INHIBIT SYMMETRIC SWAPPING"),
    ('\u{206B}', '\u{206B}', Misleading, "ACTIVATE SYMMETRIC SWAPPING"),
    ('\u{206C}', '\u{206C}', Misleading, "INHIBIT ARABIC FORM SHAPING"),
    ('\u{206D}', '\u{206D}', Misleading, "ACTIVATE ARABIC FORM SHAPING"),
    ('\u{206E}', '\u{206E}', Misleading, "NATIONAL DIGIT SHAPES"),
    ('\u{206F}', '\u{206F}', Misleading, "NOMINAL DIGIT SHAPES"),
    ('\u{2800}', '\u{2800}', Blank, "BRAILLE PATTERN BLANK"),
    ('\u{3000}', '\u{3000}', Blank, "IDEOGRAPHIC SPACE"),
    ('\u{3164}', '\u{3164}', Hidden, "HANGUL FILLER"),
    ('\u{FEFF}', '\u{FEFF}', Misleading, "ZERO WIDTH NO-BREAK SPACE (byte order mark)"),
    ('\u{FFA0}', '\u{FFA0}', Hidden, "HALFWIDTH HANGUL FILLER"),
    ('\u{FFF9}', '\u{FFF9}', Misleading, "INTERLINEAR ANNOTATION ANCHOR"),
    ('\u{FFFA}', '\u{FFFA}', Misleading, "INTERLINEAR ANNOTATION SEPARATOR"),
    ('\u{FFFB}', '\u{FFFB}', Misleading, "INTERLINEAR ANNOTATION TERMINATOR"),
    ('\u{FFFE}', '\u{FFFE}', Misleading, "NONCHARACTER"),
    ('\u{FFFF}', '\u{FFFF}', Misleading, "NONCHARACTER"),
    ('\u{1BCA0}', '\u{1BCA3}', Hidden, "SHORTHAND FORMAT CONTROL"),
    ('\u{1D173}', '\u{1D17A}', Hidden, "MUSICAL SYMBOL FORMAT CONTROL"),
    ('\u{E0001}', '\u{E0001}', Misleading, "LANGUAGE TAG"),
    ('\u{E007F}', '\u{E007F}', Misleading, "CANCEL TAG"),
];

/// A character that is not seen: what it can do, and its name in Unicode.
pub fn unseen(character: char) -> Option<(Unseen, Cow<'static, str>)> {
    // Of what most texts are made of, the table has nothing.
    if matches!(character, '!'..='~' | '\u{3001}'..='\u{3163}' | '\u{3165}'..='\u{FDFF}') {
        return None;
    }
    let code = u32::from(character);
    let after = UNSEEN.partition_point(|(first, ..)| *first <= character);
    let named = after.checked_sub(1).and_then(|at| UNSEEN.get(at)).filter(|(_, last, ..)| character <= *last);
    Some(match (character, named) {
        ('\n' | '\r' | '\t', _) => return None,
        (_, Some((_, _, kind, name))) => (*kind, (*name).into()),
        _ if character.is_control() => (Misleading, "CONTROL CHARACTER".into()),
        ('\u{E0020}'..='\u{E007E}', _) => {
            let stands_for = char::from_u32(code - 0xE0000).unwrap_or(' ');
            (Misleading, format!("TAG of `{stands_for}`").into())
        }
        ('\u{FE00}'..='\u{FE0F}', _) => (Hidden, selector(code - 0xFE00 + 1)),
        ('\u{E0100}'..='\u{E01EF}', _) => (Hidden, selector(code - 0xE0100 + 17)),
        _ => return None,
    })
}

fn selector(number: u32) -> Cow<'static, str> {
    format!("VARIATION SELECTOR-{number}").into()
}

/// Whether an unseen character does its proper work between two others: a soft hyphen within a word of Latin letters, a joiner in
/// Indic or Arabic writing or in a pictograph, a selector behind what it selects.
pub fn is_at_home(before: Option<char>, character: char, after: Option<char>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{590}');
    let is_pictograph = |c: Option<char>| {
        matches!(
            c,
            Some('\u{A9}' | '\u{AE}' | '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
        )
    };
    let is_of = |ranges: &[std::ops::RangeInclusive<char>]| {
        before.is_some_and(|before| ranges.iter().any(|range| range.contains(&before)))
    };
    match character {
        '\u{AD}' => is_letter(before) && is_letter(after),
        '\u{200B}' => is_of(&['\u{E00}'..='\u{109F}', '\u{1780}'..='\u{17FF}']),
        '\u{200C}' => is_of(&['\u{600}'..='\u{109F}', '\u{1780}'..='\u{18AF}']),
        '\u{200D}' => {
            is_of(&['\u{600}'..='\u{109F}', '\u{1780}'..='\u{18AF}'])
                || is_pictograph(before) && is_pictograph(after)
        }
        '\u{115F}' | '\u{1160}' => {
            is_of(&['\u{1100}'..='\u{11FF}']) || matches!(after, Some('\u{1100}'..='\u{11FF}'))
        }
        '\u{17B4}' | '\u{17B5}' => is_of(&['\u{1780}'..='\u{17FF}']),
        '\u{180B}'..='\u{180F}' => is_of(&['\u{1800}'..='\u{18AF}']),
        '\u{FE0E}' | '\u{FE0F}' => {
            is_pictograph(before)
                || is_of(&['0'..='9', '#'..='#', '*'..='*', '〰'..='〽', '㊗'..='㊙', '‼'..='⁉'])
        }
        '\u{FE00}'..='\u{FE0D}' | '\u{E0100}'..='\u{E01EF}' => {
            before.is_some_and(is_ideograph) || is_of(&['\u{2190}'..='\u{2BFF}'])
        }
        // The flags of England, Scotland and Wales are a black flag and tags.
        '\u{E0020}'..='\u{E007F}' => is_of(&['\u{1F3F4}'..='\u{1F3F4}', '\u{E0020}'..='\u{E007E}']),
        _ => false,
    }
}

/// Whether a character is a kanji or a form of one.
pub fn is_ideograph(character: char) -> bool {
    matches!(character, '々' | '〇' | '\u{2E80}'..='\u{2FDF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

/// The kanji that a radical of a dictionary looks like: ⽤ (U+2F64) is 用. Character recognition and PDFs put the one for the other.
pub fn kanji_of_radical(character: char) -> Option<char> {
    match character {
        '\u{2F00}'..='\u{2FD5}' => character.nfkc().next(),
        '\u{2E80}'..='\u{2EF3}' => {
            let mut pairs = RADICALS.chars().step_by(2).zip(RADICALS.chars().skip(1).step_by(2));
            pairs.find(|(radical, _)| *radical == character).map(|(_, kanji)| kanji)
        }
        _ => None,
    }
}

/// Radicals, each with its kanji behind it, as Unicode's table of equivalent ideographs has them.
const RADICALS: &str = "\
    ⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母\
    ⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑\
    ⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风\
    ⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟";

/// Text as outputs have it: letters composed, and without unseen characters that could make two outputs differ or that none needs.
pub fn cleaned(text: &str) -> Cow<'_, str> {
    let mut before = None;
    let mut is_dropped = |character: char| {
        let dropped = match character {
            '\u{34F}' | '\u{2060}'..='\u{2065}' => true,
            _ if character < '\u{61C}' => false,
            _ => {
                matches!(unseen(character), Some((Unseen::Misleading, _)))
                    && !is_at_home(before, character, None)
            }
        };
        if !dropped {
            before = Some(character);
        }
        dropped
    };
    if !text.chars().any(&mut is_dropped) {
        return composed(text);
    }
    let kept: String = text.chars().filter(|character| !is_dropped(*character)).collect();
    Cow::Owned(composed(&kept).into_owned())
}

/// Text with its combining marks composed, as far as there are composed letters: か and ゛ become が. Unlike the form NFC it leaves
/// compatibility forms of kanji (神, U+FA19) alone, which are letters of names.
pub fn composed(text: &str) -> Cow<'_, str> {
    let combines =
        |c: char| c >= '\u{300}' && !matches!(c, '\u{3000}'..='\u{3098}' | '\u{309B}'..='\u{D7FF}');
    let pairs = text.chars().zip(text.chars().skip(1));
    if !pairs.clone().any(|(before, c)| combines(c) && compose(before, c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    for character in text.chars() {
        match whole.chars().next_back().filter(|_| combines(character)).and_then(|c| compose(c, character)) {
            Some(letter) => {
                whole.pop();
                whole.push(letter);
            }
            None => whole.push(character),
        }
    }
    Cow::Owned(whole)
}

/// Text without the accents of its letters: é becomes e.
pub fn unaccented(text: &str) -> String {
    text.nfd().filter(|character| !matches!(character, '\u{300}'..='\u{36F}')).collect()
}

/// A text in which unseen characters can be seen: `<U+200B>`.
pub fn legible(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut from = 0;
    let mut before = None;
    for (at, character) in text.char_indices() {
        let after = text.get(at + character.len_utf8()..).and_then(|rest| rest.chars().next());
        let is_told =
            character != '\u{3000}' && !is_at_home(before, character, after) && unseen(character).is_some();
        if is_told {
            shown.push_str(text.get(from..at).unwrap_or_default());
            shown.push_str(&format!("<U+{:04X}>", u32::from(character)));
            from = at + character.len_utf8();
        }
        before = Some(character);
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(shown)
}

/// A text that is written where one line is printed, as reading has it: with something in it, not too long, and nothing unseen.
///
/// # Errors
/// Says what it has too little or too much of.
pub fn one_line(text: &str) -> Result<&str, String> {
    let most = limits::LINE;
    let before = std::iter::once(None).chain(text.chars().map(Some));
    let after = text.chars().skip(1).map(Some).chain([None]);
    let mut places = before.zip(text.chars()).zip(after);
    let hidden = places.find_map(|((before, character), after)| {
        let (kind, name) = unseen(character)?;
        let is_told = kind != Blank && !is_at_home(before, character, after);
        is_told.then(|| format!("U+{:04X} {name}", u32::from(character)))
    });
    match hidden {
        _ if text.trim().is_empty() => Err("the text is empty; write it, or leave the option out".to_owned()),
        _ if text.contains(['\n', '\r']) => {
            Err("the text has several lines, and is printed as one; write it on one".to_owned())
        }
        _ if text.len() > most => {
            Err(format!("this text is printed as one line, and is longer than {} kB", most >> 10))
        }
        Some(hidden) => Err(format!("the text contains {hidden}, which cannot be seen; delete it")),
        None => Ok(text),
    }
}

/// A text without what a terminal would obey or show in another order, however it came into a file: JSON's escapes stand for it, so
/// that JSON stays what it is.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let is_obeyed = |at: usize, character: char| match character {
        '\r' => !text.get(at + 1..).unwrap_or_default().starts_with('\n'),
        _ => matches!(unseen(character), Some((Unseen::Misleading, _))),
    };
    if !text.char_indices().any(|(at, character)| is_obeyed(at, character)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for (at, character) in text.char_indices() {
        if is_obeyed(at, character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                shown.push_str(&format!("\\u{unit:04X}"));
            }
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_composed_and_forms_of_names_stay() {
        assert_eq!(composed("か\u{3099}き\u{3099}は\u{309A} Cafe\u{301} e\u{323}\u{302}"), "がぎぱ Café ệ");
        assert_eq!(composed("\u{FA19}\u{1112}\u{1161}\u{11AB}"), "\u{FA19}한");
        assert!(matches!(composed("神と﨑"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_turns_text_around_is_dropped_and_what_belongs_to_a_script_is_kept() {
        assert_eq!(cleaned("単価は\u{202E}321\u{202C}円\u{2060}\u{E0041}"), "単価は321円");
        for kept in [
            "👨\u{200D}👩\u{200D}👧",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "क\u{94D}\u{200D}ष",
            "Ver\u{AD}trag",
            "葛\u{E0100}",
        ] {
            assert_eq!(cleaned(kept), kept);
            assert_eq!(legible(kept), kept);
        }
    }

    #[test]
    fn unseen_characters_can_be_shown() {
        assert_eq!(legible("12\u{200B}3\u{A0}語\u{AD}"), "12<U+200B>3<U+00A0>語<U+00AD>");
    }
}
