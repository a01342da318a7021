//! The mends that take words and marks off an amount.

use super::super::super::fold::{fold_text, is_minus};
use super::super::super::{Currency, Examples};
use super::mends::{CLOSING, OPENING, bracketed, is_digit, negative, one, signed};

const MARKS: [char; 12] = ['※', '*', '＊', '†', '‡', '¹', '²', '³', '⁴', '⁵', '注', '#'];
pub(super) const ABOUT: &str =
    "約|およそ|おおよそ|おおむね|概ね|ほぼ|approximately|approx.|about|around|roughly|circa|ca.|~|〜|≈|≒|?";
/// What stands behind an amount that is near the true one, above or below it.
pub(super) const NEAR: &str =
    "程度|前後|余り|余|弱|強|ほど|台|規模|相当|近く|くらい|ぐらい|内外|見込み|見込|予定|or so|+|?";
pub(super) const AT_MOST: &str = "以内|以下|未満";
pub(super) const AT_LEAST: &str = "以上|超|~|〜";
/// What a request is open by, behind its amount.
const OPEN: &str = "α|アルファ|事項|未定|調整中|tbd|tbc";
const MINUS: &str = "マイナス|minus ";
const PLUS: &str = "プラス|plus ";
const NUMERALS: &str = "一二三四五六七八九十百千万億兆〇零壱弐参拾";

pub(super) fn unmarked(text: &str, _: Examples) -> Vec<String> {
    let text = text.trim_start_matches(MARKS);
    let Some((at, _)) = text.char_indices().find(|(at, c)| *at > 0 && MARKS.contains(c)) else {
        return one(text);
    };
    let mark = text.get(at..).unwrap_or_default();
    // `60*12` may be reckoned.
    if mark.starts_with(['*', '＊', '#']) && mark.contains(is_digit) {
        return Vec::new();
    }
    let is_mark = mark.chars().all(|c| MARKS.contains(&c) || is_digit(c) || CLOSING.contains(&c));
    let before = text.get(..at).unwrap_or_default().trim_end_matches(OPENING);
    if is_mark { one(before) } else { Vec::new() }
}

/// `60 ＃要確認` and `60 // 要確認`.
pub(super) fn without_comment(text: &str, _: Examples) -> Vec<String> {
    let first = ["＃", "//", "／／", "←", "⇐", "<-"].into_iter().filter_map(|mark| text.find(mark)).min();
    let before = first.and_then(|at| text.get(..at)).filter(|before| before.contains(is_digit));
    before.map_or_else(Vec::new, one)
}

pub(super) fn without_remark(text: &str, _: Examples) -> Vec<String> {
    match bracketed(text) {
        Some((before, "内数" | "の内数", "")) if before.contains(is_digit) => {
            one(format!("{before}の内数"))
        }
        Some((before, inside, "")) if before.contains(is_digit) && !inside.is_empty() => one(before),
        Some(("", inside, after)) if after.contains(is_digit) && !inside.contains(is_digit) => one(after),
        _ => Vec::new(),
    }
}

pub(super) fn exact(text: &str, _: Examples) -> Vec<String> {
    let folded = fold_text(text);
    let (sign, rest) = signed(&folded);
    let bare = ABOUT.split('|').find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim_start();
    let hedges = [NEAR, AT_MOST, AT_LEAST].into_iter().flat_map(|words| words.split('|'));
    let bare = hedges.filter_map(|word| bare.strip_suffix(word)).next().unwrap_or(bare);
    let bare = bare.strip_suffix('の').unwrap_or(bare).trim_end();
    if bare.len() < rest.len() { one(format!("{sign}{bare}")) } else { Vec::new() }
}

/// `60＋α`: an amount, and more that nobody knows.
pub(super) fn more_to_come(text: &str, examples: Examples) -> Vec<String> {
    let folded = fold_text(text).to_lowercase();
    let Some((amount, open)) = folded.rsplit_once('+') else { return Vec::new() };
    let amount = amount.trim();
    match OPEN.split('|').any(|word| word == open.trim()) {
        true => vec![format!("{amount}+{}", examples.unspecified()), amount.to_owned()],
        false => Vec::new(),
    }
}

/// `マイナス154` and `プラス20`.
pub(super) fn sign_in_words(text: &str, examples: Examples) -> Vec<String> {
    let lower = text.to_lowercase();
    let behind = |words: &str| Some(words.split('|').find_map(|word| lower.strip_prefix(word))?.trim());
    behind(MINUS)
        .map_or_else(|| behind(PLUS).map_or_else(Vec::new, one), |rest| one(negative(rest, examples)))
}

/// `金60百万円也`, as in a contract.
pub(super) fn as_in_contracts(text: &str, _: Examples) -> Vec<String> {
    let bare = text.strip_prefix("一金").or_else(|| text.strip_prefix('金')).unwrap_or(text).trim_start();
    one(bare.strip_suffix('也').unwrap_or(bare))
}

/// `合計60`, `60百万円のみ` and `60百万円/年`: the amount alone. A numeral, or letters that look like digits, belong to it.
pub(super) fn words_off(text: &str, _: Examples) -> Vec<String> {
    let begin = text.find(|c| is_digit(c) || is_minus(c)).unwrap_or(0);
    let (head, rest) = text.split_at(begin);
    let is_word = |word: &str| {
        word.chars().count() > 2 && word.is_ascii()
            || word.chars().any(|c| !c.is_ascii() && c.is_alphabetic())
    };
    let is_currency = Currency::parse(head).is_some();
    let is_head = is_word(head.trim()) && !is_currency && !head.contains(|c| NUMERALS.contains(c));
    let rest = if is_head { rest } else { text };
    let end = rest.find(|c| matches!(c, '\u{3041}'..='\u{309f}' | '/' | '／')).filter(|end| {
        let behind = rest.get(*end..).unwrap_or_default();
        !behind.contains(is_digit) && behind.chars().count() > 1
    });
    one(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default())
}
