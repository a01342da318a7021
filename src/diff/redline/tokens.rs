//! Text cut into words that a reader would call changed as a whole.

use crate::script::{Script, script};

/// Units that stay with the number before them, the longest first where one begins another.
const UNITS: [&str; 34] = [
    "百万円", "十億円", "億円", "万円", "千円", "兆円", "円", "年度", "年間", "か年", "カ年", "ヶ年", "年",
    "か月", "カ月", "月", "日", "時間", "件", "倍", "人", "名", "者", "社", "校", "目", "機関", "拠点",
    "課題", "領域", "回", "本", "%", "％",
];

/// What may stand before a number as a part of it.
const BEFORE_NUMBER: [&str; 10] = ["令和", "平成", "昭和", "第", "約", "△", "▲", "−", "＋", "FY"];

/// Hiragana that, standing right after another script, is a word of its own.
const PARTICLES: &str = "をはがのにでとへもや";

/// Whether a text has no word that carries a meaning: only particles and endings, marks, blanks.
pub(super) fn is_glue(text: &str) -> bool {
    text.chars().all(|c| matches!(script(c), Script::Hiragana | Script::Space | Script::Mark))
}

/// The words of a text, in order; together they are the text.
///
/// A word is a run of one script. A number keeps its unit and what counts it (`4,592百万円`, `令和4年度`); a particle after
/// kanji or katakana is a word; a single kanji keeps its ending (`進める`).
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let length = number(rest).or_else(|| run(rest)).unwrap_or(rest.len()).max(1);
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// The length of the number at the start of a text, with its unit.
fn number(text: &str) -> Option<usize> {
    let before =
        BEFORE_NUMBER.iter().find(|before| text.starts_with(**before)).map_or(0, |before| before.len());
    let digits = text.get(before..)?;
    let mut length = 0;
    let mut characters = digits.chars().peekable();
    while let Some(character) = characters.next() {
        let joins = matches!(character, ',' | '.' | '，' | '．')
            && length > 0
            && characters.peek().is_some_and(|next| script(*next) == Script::Digit);
        if script(character) != Script::Digit && !joins {
            break;
        }
        length += character.len_utf8();
    }
    // 元年 counts too.
    if length == 0 && before > 0 && digits.starts_with('元') {
        length = '元'.len_utf8();
    }
    if length == 0 {
        return None;
    }
    let mut end = before + length;
    while let Some(unit) =
        UNITS.iter().find(|unit| text.get(end..).is_some_and(|rest| rest.starts_with(**unit)))
    {
        end += unit.len();
    }
    // A letter after a number is a part of the name that the number is in: 3D, 5G.
    let letters = text.get(end..)?.chars();
    end += letters.take_while(|c| script(*c) == Script::Latin).map(char::len_utf8).sum::<usize>();
    Some(end)
}

/// The length of the run of one script at the start of a text.
fn run(text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    let (_, first) = characters.next()?;
    let own = script(first);
    match own {
        Script::Mark => Some(same(text, first)),
        Script::Hiragana => {
            // を joins nothing to what follows it, wherever it stands.
            if PARTICLES.contains(first) && text.chars().nth(1).is_none_or(|c| script(c) != Script::Hiragana)
                || first == 'を'
            {
                return Some(first.len_utf8());
            }
            let stop = characters.find(|(_, c)| script(*c) != Script::Hiragana || *c == 'を');
            Some(stop.map_or(text.len(), |(at, _)| at))
        }
        Script::Latin => {
            let inside = |c: char| {
                matches!(script(c), Script::Latin | Script::Digit) || matches!(c, '-' | '\'' | '_' | '’')
            };
            let stop = characters.find(|(_, c)| !inside(*c));
            Some(stop.map_or(text.len(), |(at, _)| at))
        }
        Script::Kanji => {
            // A number begins with its era, not in the middle of a run.
            let stop = characters.find(|(at, c)| {
                script(*c) != Script::Kanji || text.get(*at..).is_some_and(|rest| number(rest).is_some())
            });
            let length = stop.map_or(text.len(), |(at, _)| at);
            let ending = text.get(length..).unwrap_or_default();
            let is_single = text.get(..length).is_some_and(|run| run.chars().count() == 1);
            let begins = ending.chars().next();
            let inflects = begins.is_some_and(|c| script(c) == Script::Hiragana && !PARTICLES.contains(c));
            match is_single && inflects {
                true => Some(length + run(ending)?),
                false => Some(length),
            }
        }
        Script::Katakana | Script::Digit | Script::Space => {
            let stop = characters.find(|(_, c)| script(*c) != own);
            Some(stop.map_or(text.len(), |(at, _)| at))
        }
    }
}

/// The length of the marks of one kind at the start of a text: `……`, `**`.
fn same(text: &str, mark: char) -> usize {
    text.chars().take_while(|c| *c == mark).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_a_reader_would_call_words() {
        for (text, words) in [
            ("要求額は4,592百万円", "要求額|は|4,592百万円"),
            ("令和4年度から令和元年度まで", "令和4年度|から|令和元年度|まで"),
            ("量子コンピュータの研究開発を進める。", "量子|コンピュータ|の|研究開発|を|進める|。"),
            ("Q-LEAPとAI・5G", "Q-LEAP|と|AI|・|5G"),
            ("△154百万円（△2.0%）", "△154百万円|（|△2.0%|）"),
            ("６〜12億円程度", "６|〜|12億円|程度"),
            ("the budget, in part", "the| |budget|,| |in| |part"),
            ("", ""),
        ] {
            assert_eq!(tokens(text).join("|"), words);
        }
    }
}
