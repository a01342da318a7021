//! The single mends of refused amounts: each takes one thing off a text, or puts it in order.

use super::super::super::fold::{fold, fold_text, is_minus};
use super::super::super::{Currency, Examples, Unit};
use super::super::grouped as in_groups;
use crate::source::{Unseen, unseen};

pub(super) const OPENING: [char; 5] = ['(', '（', '[', '［', '【'];
pub(super) const CLOSING: [char; 5] = [')', '）', ']', '］', '】'];
const QUOTES: [char; 12] = ['“', '”', '‘', '’', '"', '\'', '「', '」', '『', '』', '〝', '〟'];
const DASHES: [char; 15] = ['–', '—', '―', '‐', '‑', '‒', 'ー', '─', '﹣', '⁻', 'Δ', '∆', '⊿', '▽', '▼'];
const SCALES: [(&str, &str); 4] =
    [("百万", "million"), ("千", "thousand"), ("十億", "billion"), ("兆", "trillion")];

pub(super) fn one(text: impl Into<String>) -> Vec<String> {
    vec![text.into()]
}

pub(super) fn is_digit(c: char) -> bool {
    fold(c).is_ascii_digit()
}

/// The signs in front of an amount, and the rest.
pub(super) fn signed(text: &str) -> (&str, &str) {
    let rest = text.trim_start_matches(is_minus).trim_start();
    (text.get(..text.len() - rest.len()).unwrap_or_default(), rest)
}

pub(super) fn negative(rest: &str, examples: Examples) -> String {
    format!("{}{rest}", examples.pick("△", "-"))
}

pub(super) fn shown(text: &str, _: Examples) -> Vec<String> {
    one(text.replace(|c| matches!(unseen(c), Some((Unseen::Misleading | Unseen::Hidden, _))), ""))
}

/// Letters of other scripts and marks that are taken for digits, commas and points, each with what it looks like.
const ALIKE: [(&str, char); 8] = [
    ("\u{417}\u{437}\u{1B7}\u{292}\u{21C}", '3'),
    ("\u{41E}\u{43E}\u{39F}\u{3BF}\u{555}", '0'),
    ("\u{406}\u{456}\u{399}\u{4C0}\u{4CF}", '1'),
    ("\u{431}", '6'),
    ("\u{427}\u{447}", '4'),
    ("\u{1BC}", '5'),
    ("\u{201A}\u{66C}\u{60C}\u{FE50}\u{FE51}\u{FE10}\u{A4F9}\u{2E32}\u{2E41}", ','),
    ("\u{2024}\u{66B}\u{A4F8}", '.'),
];

pub(super) fn looks_alike(text: &str, _: Examples) -> Vec<String> {
    let alike = |c: char| ALIKE.iter().find(|(those, _)| those.contains(c)).map_or(c, |(_, like)| *like);
    if text.contains(is_digit) { one(text.chars().map(alike).collect::<String>()) } else { Vec::new() }
}

pub(super) fn unquoted(text: &str, _: Examples) -> Vec<String> {
    one(text.trim_start_matches('=').trim_matches(QUOTES))
}

/// What stands before, in and behind the first brackets.
pub(super) fn bracketed(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once(OPENING)?;
    let (inside, after) = rest.split_once(CLOSING)?;
    Some((before.trim(), inside.trim(), after.trim()))
}

pub(super) fn unit_bared(text: &str, _: Examples) -> Vec<String> {
    let Some((before, inside, after)) = bracketed(text) else { return Vec::new() };
    let unit = inside.trim_start_matches("単位").trim_start_matches([':', '：']).trim();
    let gap = if unit.is_ascii() { " " } else { "" };
    if Unit::parse(unit).is_some() { one(format!("{before}{after}{gap}{unit}")) } else { Vec::new() }
}

pub(super) fn bracket_off(text: &str, examples: Examples) -> Vec<String> {
    let Some(("", inside, after)) = bracketed(text) else { return Vec::new() };
    let bare = format!("{inside}{after}");
    if bare.starts_with(is_minus) { one(bare) } else { vec![negative(&bare, examples), bare] }
}

pub(super) fn sign_first(text: &str, examples: Examples) -> Vec<String> {
    let rest = text.trim_end_matches(|c| is_minus(c) || DASHES.contains(&c)).trim_end();
    if rest.len() < text.len() && rest.contains(is_digit) {
        one(negative(rest, examples))
    } else {
        Vec::new()
    }
}

pub(super) fn true_minus(text: &str, examples: Examples) -> Vec<String> {
    let rest = text.trim_start_matches(DASHES).trim_start();
    if rest.len() < text.len() && rest.starts_with(is_digit) {
        one(negative(rest, examples))
    } else {
        Vec::new()
    }
}

pub(super) fn plus_off(text: &str, _: Examples) -> Vec<String> {
    one(text.trim_start_matches(['+', '＋', '±']))
}

/// Without its symbol the number counts the unit of the chapter; or it counts the currency's own.
pub(super) fn symbol_off(text: &str, examples: Examples) -> Vec<String> {
    let (sign, rest) = signed(text);
    let last = rest.char_indices().next_back().map_or(0, |(at, _)| at);
    let code = rest.get(..3).and_then(Currency::parse).filter(|_| rest.contains(is_digit));
    let code = code.and_then(|code| Some((rest.get(3..)?, vec![code])));
    let head = Currency::symbol(rest).and_then(|(length, of)| Some((rest.get(length..)?, of))).or(code);
    let tail = || Currency::symbol(rest.get(last..)?).and_then(|(_, of)| Some((rest.get(..last)?, of)));
    match head.or_else(tail) {
        Some((number, of)) if of.contains(&examples.unit.currency()) => {
            // `$(34)` is negative, whichever its unit.
            let inside = bracketed(number).filter(|(before, _, after)| before.is_empty() && after.is_empty());
            let is_negative =
                inside.is_some() && examples.unit.currency() != Currency::JPY && sign.is_empty();
            let (sign, number) = match inside.filter(|_| is_negative) {
                Some((_, inside, _)) => ("-", inside),
                None => (sign, number.trim()),
            };
            // `USD 1,200 thousand` has its unit.
            let is_scaled = number.ends_with(|c: char| c.is_ascii_lowercase());
            let bare = (!is_scaled).then(|| format!("{sign}{number}"));
            bare.into_iter().chain([format!("{sign}{}", examples.with_unit(number, 0))]).collect()
        }
        _ => Vec::new(),
    }
}

/// A unit in other words: `百万ドル`, `million Yen`, `K`.
pub(super) fn unit_named(text: &str, examples: Examples) -> Vec<String> {
    let Some(end) = text.char_indices().rev().find(|(_, c)| is_digit(*c)).map(|(at, c)| at + c.len_utf8())
    else {
        return Vec::new();
    };
    let (number, word) =
        (text.get(..end).unwrap_or_default(), fold_text(text.get(end..).unwrap_or_default()));
    let word = word.trim_end_matches('.');
    if let Some(exponent) = Unit::abbreviated(word.trim_end_matches('円')) {
        return one(examples.with_unit(number, exponent));
    }
    let lower = word.to_lowercase();
    let cased = match lower.rsplit_once(' ') {
        Some((scale, code)) => format!("{scale} {}", code.to_uppercase()),
        None => lower.to_uppercase(),
    };
    if let Some(known) = [lower.clone(), cased].into_iter().find(|it| it != word && Unit::parse(it).is_some())
    {
        return one(format!("{number} {known}"));
    }
    let code = examples.unit.currency();
    let spelled = || [word.to_owned(), format!("{word} {code}")].iter().find_map(|word| Unit::nearest(word));
    if word.is_ascii()
        && code != Currency::JPY
        && let Some(unit) = spelled().filter(|unit| unit.currency() == code)
    {
        return one(format!("{number} {}", unit.label(examples.lang)));
    }
    match Currency::named_at_end(&lower) {
        Some((scale, Currency::JPY)) => one(format!("{number}{scale}円")),
        Some((scale, currency)) => {
            let scale = SCALES.iter().find(|(ja, _)| *ja == scale).map_or(scale, |(_, en)| en);
            one(format!("{number} {scale} {currency}").replace("  ", " "))
        }
        None => Vec::new(),
    }
}

/// `600万` counts yen; `1億500` is short of a unit that only its author knows, and so is `5千`, which may be 5,000 of the chapter's.
pub(super) fn unit_ended(text: &str, examples: Examples) -> Vec<String> {
    if examples.unit.currency() != Currency::JPY {
        return Vec::new();
    }
    let is_number = |count: &&str| !count.is_empty() && count.chars().all(|c| is_digit(c) || fold(c) == ',');
    if let Some(count) = text.strip_suffix(['千', '百']).filter(is_number) {
        let zeros = if text.ends_with('千') { "000" } else { "00" };
        return vec![
            in_groups(&format!("{}{zeros}", fold_text(count).replace(',', ""))),
            format!("{text}円"),
        ];
    }
    let tens = |c: char| "十百千".contains(c);
    if text.contains(tens) && text.chars().all(|c| is_digit(c) || tens(c)) {
        let plain = super::kanji::of_both(text).into_iter().chain([format!("{text}円")]);
        return if text.contains(is_digit) { plain.collect() } else { Vec::new() };
    }
    let is_short = |scale: char| text.ends_with(|c| is_digit(c) || tens(c)) && text.contains(scale);
    if text.ends_with(['万', '億', '兆']) || is_short('万') {
        one(format!("{text}円"))
    } else if let Some(below) = [('億', '万'), ('兆', '億')].iter().find(|(scale, _)| is_short(*scale)) {
        vec![format!("{text}{}円", below.1), format!("{text}円")]
    } else {
        Vec::new()
    }
}

pub(super) fn end_off(text: &str, _: Examples) -> Vec<String> {
    one(text.trim_end_matches([
        '、', '。', '，', '．', ',', '.', '・', ':', '：', ';', '；', '-', '－', '/', '／', '!', '！',
    ]))
}

pub(super) fn kanji_off(text: &str, examples: Examples) -> Vec<String> {
    super::kanji::readings(text, examples.unit)
}

pub(super) fn letters_off(text: &str, _: Examples) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let looks = |c: char| match c {
        'O' | 'o' | '〇' | '○' | '◯' | 'Ｏ' => Some('0'),
        'l' | 'I' | '|' | 'ｌ' => Some('1'),
        _ => None,
    };
    let belongs = |c: Option<&char>| c.is_some_and(|&c| is_digit(c) || looks(c).is_some() || fold(c) == ',');
    let mended = characters.iter().enumerate().map(|(at, &c)| {
        let beside =
            [at.checked_sub(1), Some(at + 1)].into_iter().flatten().any(|at| belongs(characters.get(at)));
        looks(c).filter(|_| beside).unwrap_or(c)
    });
    if text.contains(is_digit) { one(mended.collect::<String>()) } else { Vec::new() }
}

/// `1, 234` and `1 ,234`, whatever the blank.
pub(super) fn closed_up(text: &str, _: Examples) -> Vec<String> {
    let is_comma = |c: Option<char>| c.is_some_and(|c| fold(c) == ',');
    let mut made = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let next = text.get(at..).unwrap_or_default().trim_start().chars().next();
        if !c.is_whitespace() || !is_comma(next) && !is_comma(made.chars().next_back()) {
            made.push(c);
        }
    }
    one(made)
}

pub(super) fn grouped(text: &str, _: Examples) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(|c| is_digit(*c));
    let parts = |c: char| {
        matches!(c, '、' | '\'' | '’' | '·' | '・' | '_') || c.is_whitespace() && !matches!(c, '\t' | '\n')
    };
    let mended = characters
        .iter()
        .enumerate()
        .map(|(at, &c)| if parts(c) && digit(at.checked_sub(1)) && digit(Some(at + 1)) { ',' } else { c });
    one(mended.collect::<String>())
}

/// `1.234,56` and `1.234.567`.
pub(super) fn pointed(text: &str, _: Examples) -> Vec<String> {
    let folded = fold_text(text);
    let (before, number, after) = number(&folded);
    let (whole, decimals) = number.split_once(',').unwrap_or((number, ""));
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let is_other = matches!(first.len(), 1..=3)
        && rest.iter().all(|group| group.len() == 3)
        && (rest.len() > 1 || rest.len() == 1 && !decimals.is_empty())
        && !decimals.contains(['.', ',']);
    let point = if decimals.is_empty() { "" } else { "." };
    if is_other {
        one(format!("{before}{}{point}{decimals}{after}", whole.replace('.', ",")))
    } else {
        Vec::new()
    }
}

/// What stands before, in and behind the first number.
fn number(text: &str) -> (&str, &str, &str) {
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let (before, rest) = text.split_at(start);
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    (before, number, after)
}

pub(super) fn zero_before(text: &str, _: Examples) -> Vec<String> {
    let (sign, rest) = signed(text);
    if rest.starts_with(['.', '．']) { one(format!("{sign}0{rest}")) } else { Vec::new() }
}

pub(super) fn zeros_off(text: &str, _: Examples) -> Vec<String> {
    let (sign, rest) = signed(text);
    if !rest.starts_with(['0', '０']) {
        return Vec::new();
    }
    let bare = rest.trim_start_matches(['0', '０', ',', '，']);
    // `0,60` may have a comma for its point.
    if let Some(decimals) = fold_text(rest).strip_prefix("0,").filter(|_| bare.starts_with(is_digit)) {
        return vec![format!("{sign}{bare}"), format!("{sign}0.{decimals}")];
    }
    if bare.starts_with(is_digit) { one(format!("{sign}{bare}")) } else { one(format!("{sign}0{bare}")) }
}

/// The number without its commas, and with a point for its comma; nothing where the last group only lacks a digit.
pub(super) fn regrouped(text: &str, _: Examples) -> Vec<String> {
    let folded = fold_text(text);
    let (before, number, after) = number(&folded);
    let commas = number.matches(',').count();
    let lacks_digit = commas > 1 && number.rsplit(',').next().is_some_and(|last| last.len() < 3);
    if commas == 0 || lacks_digit || number.contains('.') {
        return Vec::new();
    }
    let mut texts = one(format!("{before}{}{after}", in_groups(&number.replace(',', ""))));
    if commas == 1 {
        texts.push(format!("{before}{}{after}", number.replacen(',', ".", 1)));
    }
    texts
}
