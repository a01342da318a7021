//! Figures with their signs and counters, which stay on one line.

use crate::model::{Era, MONTHS};
use crate::script::{Script, Signs, script};

/// The longest figure with its counter that is kept on one line, in characters.
const LONGEST: usize = 22;

/// What is counted in, the longest first where one begins another. A counter may be followed by one of [`BEHIND`].
const COUNTERS: &[&str] = &[
    "都道府県", "市区町村", "プロジェクト", "ヘクタール", "キロメートル", "平方メートル", "平方キロ",
    "立方メートル", "キロワット", "ギガワット", "メガワット", "プログラム", "ポイント", "グループ",
    "メートル", "キロ", "グラム", "リットル", "コース", "チーム", "テーマ", "ユーロ", "ポンド", "ドル",
    "トン", "ページ", "か所", "カ所", "ヶ所", "ヵ所", "ケ所", "箇所", "か国", "カ国", "ヶ国", "ヵ国", "箇国",
    "か年", "カ年", "ヶ年", "ヵ年", "箇年", "か月", "カ月", "ヶ月", "ヵ月", "箇月", "ヘルツ", "バイト",
    "人月", "人日", "省庁", "府省", "機関", "拠点", "領域", "分野", "課題", "事業", "種類", "世帯", "団体",
    "法人", "施設", "地域", "地区", "路線", "大学", "学級", "系統", "区画", "工区", "段階", "市町", "町村",
    "年度", "割", "円", "元", "％", "%", "‰", "℃", "年", "月", "日", "週", "時", "分", "秒", "件", "人",
    "名", "社", "校", "倍", "回", "歳", "課", "台", "機", "本", "基", "棟", "隻", "館", "園", "室", "床",
    "局", "省", "府", "県", "市", "町", "村", "区", "種", "点", "個", "枚", "冊", "編", "巻", "章", "節",
    "条", "項", "号", "次", "期", "位", "等", "級", "戸", "便", "両", "頭", "羽", "匹", "株", "口", "組",
    "着", "席", "箱", "袋", "台", "代", "弾", "班", "部", "票", "篇", "曲", "着", "軒", "杯", "色", "軸",
    "層", "階", "丁", "番", "つ", "石", "里", "坪", "畳",
];

/// What may follow a counter and belongs to it.
const BEHIND: &str = "度間所目";

/// What holds on to a figure behind it.
const BEFORE: &str = "第約図表注式計全各延";

/// What stays with an English figure across the space, besides short units: magnitudes, and the month behind a day.
const MAGNITUDES: [&str; 6] = ["thousand", "million", "billion", "trillion", "percent", "per cent"];

/// The stretches of a text that are figures with their signs and counters, short enough to keep together, in order.
pub(super) fn held(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(begins)).map(|at| from + at) {
        let (end, counted) = figure(text, start);
        from = end;
        let begins = beginning(text, start);
        // A numeral that counts nothing is part of a word: 一般, 十分.
        let first = text[start..].chars().next().unwrap_or_default();
        if numeral(first) && !counted && begins == start {
            continue;
        }
        let length = |(from, to): (usize, usize)| text[from..to].chars().take(LONGEST + 1).count();
        let kept =
            if length((begins, end)) <= LONGEST { (begins, end) } else { (start, digits(text, start)) };
        // 2021年 and 6月 are two figures; 10～20台 is one.
        match found.last_mut() {
            Some(last) if last.1 > kept.0 => last.1 = last.1.max(kept.1),
            _ if (2..=LONGEST).contains(&length(kept)) => found.push(kept),
            _ => {}
        }
    }
    found
}

fn begins(character: char) -> bool {
    digit(character) || numeral(character) || character == '元'
}

fn digit(character: char) -> bool {
    script(character) == Script::Digit
}

/// The numerals of Japanese that stand before counters.
fn numeral(character: char) -> bool {
    static NUMERALS: Signs = Signs::of("〇一二三四五六七八九十百千数");
    NUMERALS.has(character)
}

/// Where what belongs before a figure begins.
fn beginning(text: &str, start: usize) -> usize {
    let before = &text[..start];
    if let Some(era) = Era::ALL.map(Era::name).into_iter().find(|era| before.ends_with(era)) {
        return start - era.len();
    }
    match before.chars().next_back() {
        Some(held) if BEFORE.contains(held) => start - held.len_utf8(),
        _ => start,
    }
}

/// The end of a figure with what belongs behind it, and whether it counts something.
fn figure(text: &str, start: usize) -> (usize, bool) {
    // 元年 is a year of an era, nothing else.
    if text[start..].starts_with('元') {
        let of_era = beginning(text, start) < start && text[start..].starts_with("元年");
        let length = if text[start..].starts_with("元年度") {
            "元年度"
        } else if of_era {
            "元年"
        } else {
            "元"
        };
        return (start + length.len(), of_era);
    }
    let mut end = digits(text, start);
    let rest = |end: usize| text.get(end..).unwrap_or_default();
    // A range is one figure: 10～20台, 1-2.
    let range = rest(end).chars().next().filter(|c| "～〜-–".contains(*c));
    if let Some(to) = range.map(|mark| end + mark.len_utf8()).filter(|to| rest(*to).starts_with(digit)) {
        end = digits(text, to);
    }
    let magnitude_at = |end: usize| -> usize {
        rest(end).chars().take(3).take_while(|c| "百十千万億兆".contains(*c)).map(char::len_utf8).sum()
    };
    let mut magnitude = magnitude_at(end);
    end += magnitude;
    // 1,234億5,678万円 is one amount.
    while magnitude > 0 && text[..end].ends_with(['万', '億', '兆']) && rest(end).starts_with(digit) {
        end = digits(text, end);
        magnitude += magnitude_at(end);
        end += magnitude_at(end);
    }
    if let Some(spaced) = english(rest(end)) {
        return (end + spaced, true);
    }
    let counter = COUNTERS.iter().find(|counter| rest(end).starts_with(**counter));
    if let Some(counter) = counter {
        end += counter.len();
        end += rest(end).chars().next().filter(|c| BEHIND.contains(*c)).map_or(0, char::len_utf8);
    }
    if counter.is_none() && magnitude == 0 {
        end += unit(rest(end));
    }
    (end, counter.is_some() || magnitude > 0)
}

/// The end of the digits or numerals that begin at a place.
fn digits(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let wanted: fn(char) -> bool = if rest.starts_with(digit) {
        |c| digit(c) || matches!(c, ',' | '.' | '，' | '．')
    } else {
        numeral
    };
    let taken = &rest[..rest.find(|c| !wanted(c)).unwrap_or(rest.len())];
    // A mark at the end is punctuation.
    let kept = taken.trim_end_matches([',', '.', '，', '．']);
    start + if kept.is_empty() { rest.chars().next().map_or(0, char::len_utf8) } else { kept.len() }
}

/// How much of what follows a figure at once is a unit in Latin letters: km/h, GB.
fn unit(rest: &str) -> usize {
    let end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '/').unwrap_or(rest.len());
    let unit = rest[..end].trim_end_matches('/');
    if (1..=6).contains(&unit.len()) && !unit.starts_with('/') { unit.len() } else { 0 }
}

/// How much of what follows a figure is its magnitude, its unit and its currency in English.
fn english(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix(' ')?;
    let word = |text: &str| text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let is_unit = |word: &str| matches!(word.len(), 1..=3) && word != "a" && !WORDS.contains(&word);
    let magnitude =
        MAGNITUDES.iter().chain(&MONTHS).find(|it| after.starts_with(**it) && word(&after[it.len()..]) == 0);
    let Some(magnitude) = magnitude else {
        let length = word(after);
        return is_unit(&after[..length]).then_some(1 + length);
    };
    let length = 1 + magnitude.len();
    let currency = rest[length..].strip_prefix(' ').map(|code| (&code[..word(code)], word(code)));
    match currency {
        Some((code, 3)) if code.bytes().all(|b| b.is_ascii_uppercase()) => Some(length + 1 + 3),
        Some((name, letters)) if CURRENCIES.contains(&name) => Some(length + 1 + letters),
        _ => Some(length),
    }
}

/// Currencies behind a magnitude.
const CURRENCIES: [&str; 4] = ["yen", "dollars", "euros", "pounds"];

/// Short English words behind a figure that are no units.
const WORDS: &[&str] = &[
    "all", "an", "and", "are", "as", "at", "be", "but", "by", "can", "did", "do", "for", "had", "has", "he",
    "her", "his", "how", "if", "in", "is", "it", "its", "may", "new", "no", "nor", "not", "now", "of", "off",
    "old", "on", "one", "or", "our", "out", "per", "so", "the", "to", "two", "up", "was", "we", "who", "yet",
    "you",
];
