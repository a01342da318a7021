//! What the words of a row say of it beside its title: that it is a total, that it is not added, which number it has.

use super::words::{folded, without_brackets};
use crate::model::fold;

/// The ways in which a row can be a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sum {
    /// 小計, Subtotal, "… Total": of the lines just above.
    Part,
    /// 合計, Grand Total: of all lines.
    Whole,
    /// 計, Total: of either.
    Either,
}

/// Whether the words of a row say that it is a total.
pub(super) fn sum(label: &str) -> Option<Sum> {
    let lower: String = label.chars().map(fold).collect::<String>().trim().to_lowercase();
    let said = folded(label);
    let bare = without_brackets(&said);
    let said = if bare.is_empty() { &said } else { &bare };
    let said = said.trim_matches(|c: char| "-*■○◎<>()【】〔〕[]:=".contains(c));
    // 計Ａ, 計①, 合計額, 計 (1)+(2)
    let marked = said.trim_end_matches(|c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '①'..='⑳' | 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ' | '+' | '~' | '額')
    });
    let said = if marked.ends_with('計') { marked } else { said };
    if said.starts_with("小計")
        || said.ends_with("小計")
        || lower.contains("subtotal")
        || lower.contains("sub-total")
    {
        return Some(Sum::Part);
    }
    if matches!(
        said,
        "合計"
            | "総計"
            | "総合計"
            | "grandtotal"
            | "total"
            | "totals"
            | "summe"
            | "gesamt"
            | "insgesamt"
            | "suma"
            | "totale"
            | "totaal"
            | "総額"
            | "要求総額"
            | "予算総額"
            | "sum"
    ) || lower.starts_with("grand total")
    {
        return Some(Sum::Whole);
    }
    let last = lower.split([' ', '\u{3000}']).next_back().unwrap_or_default();
    let is_either = said == "計"
        || last == "計"
        || said.ends_with("合計")
        || said.ends_with("総計")
        || said.ends_with("累計")
        || lower.ends_with(" total")
        || lower.starts_with("total ")
        || lower.starts_with("total,")
        || lower.starts_with("celkem");
    is_either.then_some(Sum::Either)
}

/// Whether a row may be a total, if lines above it add up to it: 観測費計, but also 地震計.
pub(super) fn may_be_sum(label: &str) -> bool {
    let said = folded(label);
    without_brackets(&said).ends_with('計') || said == "全体"
}

/// Whether a row is only there to be compared with: （参考）, 参考：…, Memorandum. A line may be about books of reference (参考図書).
pub(super) fn is_memo(label: &str) -> bool {
    let lower: String = label.chars().map(fold).collect::<String>().trim().to_lowercase();
    let bare = lower.trim_start_matches(|c: char| "(〔[【<・-※* ".contains(c));
    let ends = |rest: &str| {
        ["値", "数値", "資料", "情報"]
            .iter()
            .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest))
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphabetic())
    };
    ["参考", "memorandum items", "memorandum", "memo", "for reference", "for information"]
        .iter()
        .any(|word| bare.strip_prefix(word).is_some_and(ends))
}

/// The account (会計) that a heading in brackets names for what stands below it: 【一般会計】.
pub(super) fn account(text: &str) -> Option<&str> {
    let bare =
        text.trim_matches(['【', '】', '〔', '〕', '＜', '＞', '<', '>', '（', '）', '(', ')', '［', '］']);
    (bare.len() < text.len() && is_account(bare)).then_some(bare)
}

/// Whether words name an account: 一般会計, エネルギー対策特別会計（電源開発促進勘定）, but not 会計課.
pub(super) fn is_account(text: &str) -> bool {
    ["一般会計", "特別会計", "特会"].iter().any(|word| text.contains(word)) || text.ends_with("会計")
}

/// Whether a row is shown and not added: うち, 内訳 …
pub(super) fn of_which(title: &str) -> bool {
    let said = folded(title);
    let said = said.trim_start_matches(['(', '〔', '[', '【', '<', '・', '-', '※', '*']);
    said.starts_with("うち") || said.starts_with("内、") || said.starts_with("ofwhich")
}

/// What words beside an amount say of all of its line, and what may go on behind them.
const SAID: [(&str, &[&str]); 6] = [
    ("再掲", &[]),
    ("内数", &[]),
    ("新規", &["事業", "要求", "計上", "施策", "項目", "案件", "追加", "に", "で"]),
    ("廃止", &["予定", "事業", "する", "した", "に", "のため", "で"]),
    ("終了", &["予定", "事業", "する", "した", "に", "のため", "で"]),
    ("限り", &["の", "で"]),
];
/// What is about a part of the line alone, before such a word and behind it.
const IN_PART: [&str; 6] = ["うち", "一部", "部分", "除", "含", "以外"];
const NOT_ALL: [&str; 10] = ["を", "分", "部分", "額", "あり", "有", "な", "無", "せ", "以外"];

/// Whether a title or a remark says such a word of the whole line: neither うち70は再掲 nor 新規就農者 nor 廃止措置 does.
pub(super) fn states(text: &str, word: &str, is_title: bool) -> bool {
    let is_mark = |c: char| "()〔〕[]【】<>「」、,。;・:※*".contains(c);
    let ends = SAID.iter().find(|(known, _)| *known == word).map_or(&[][..], |(_, ends)| ends);
    let says = |part: &str| {
        let Some((before, after)) = part.split_once(word) else { return false };
        let amount = before.trim_end_matches(['は', 'が', 'を', 'も', '分']);
        let is_amount = amount.len() < before.len() && amount.contains(|c: char| c.is_ascii_digit());
        let goes_on = match (after.is_empty() || after.starts_with(is_mark), ends.is_empty()) {
            (true, _) => true,
            (_, true) => {
                after == "分" && before.is_empty()
                    || !after.starts_with(|c: char| c.is_ascii_digit())
                        && !NOT_ALL.iter().chain(&["では", "でな"]).any(|end| after.starts_with(end))
            }
            _ if is_title => ends.contains(&after),
            _ => ends.iter().any(|end| after.starts_with(end)),
        };
        goes_on && !is_amount && !IN_PART.iter().any(|part| before.contains(part))
    };
    let said = folded(text);
    match is_title {
        // The line is one of which itself, and its brackets are about that.
        true => said.split(is_mark).any(says),
        false => says(said.trim_matches(is_mark)),
    }
}

/// Whether a row below a table, or a whole row of words, is a remark.
pub(super) fn is_remark(text: &str) -> bool {
    let said = folded(text);
    ["注", "(注", "※", "*", "note", "source", "出典", "(備考", "資料"]
        .iter()
        .any(|start| said.starts_with(start))
}

/// The levels of a budget from the widest.
const LEVELS: [&str; 9] = ["編", "章", "部", "款", "項", "目", "細目", "節", "細節"];

/// The level that a title names before its words: （項）観測費, 【目】, 2款　総務費, 第１項.
pub(super) fn level(text: &str) -> Option<usize> {
    let text: String = text.trim_start().chars().map(fold).collect();
    let inner = [('(', ')'), ('【', '】'), ('〔', '〕'), ('[', ']'), ('<', '>')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.split_once(close));
    let bare = |text: &str| {
        text.trim().trim_start_matches('第').trim_matches(|c: char| c.is_ascii_digit()).to_owned()
    };
    let named = |word: &str| LEVELS.iter().position(|level| *level == word);
    if let Some((inner, rest)) = inner {
        return named(&bare(inner)).filter(|_| !rest.trim().is_empty());
    }
    let (before, rest) = text.split_once([' ', ':'])?;
    let is_numbered = before.starts_with(|c: char| c.is_ascii_digit() || c == '第');
    named(&bare(before)).filter(|level| !rest.trim().is_empty() && (is_numbered || *level > 2))
}

/// The number that a title begins with, its rank among the kinds of numbers, and the title behind it.
pub(super) fn numbered(text: &str) -> Option<(usize, &str, &str)> {
    let text = text.trim_start();
    let bytes = |count: usize| text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    let characters: Vec<char> = text.chars().map(fold).take(8).collect();
    let digits = |from: usize| characters.iter().skip(from).take_while(|c| c.is_ascii_digit()).count();
    let cut = |rank: usize, count: usize| {
        let (number, rest) = text.split_at(bytes(count));
        (!rest.trim().is_empty()).then(|| (rank, number.trim(), rest.trim()))
    };
    let first = *characters.first()?;
    if first == '第' && digits(1) > 0 {
        let behind = characters.get(digits(1) + 1);
        if behind.is_some_and(|c| matches!(c, '.' | '、' | ' ')) {
            return cut(0, digits(1) + 2);
        }
    }
    if first == '第' {
        let end = text.find(['章', '部', '款', '項', '目', '節'])?;
        let count = text.get(..end)?.chars().count() + 1;
        return (count <= 6).then(|| cut(0, count)).flatten();
    }
    if matches!(first, 'Ⅰ'..='Ⅻ') {
        let dot = usize::from(characters.get(1).is_some_and(|c| matches!(c, '.' | '、' | ' ')));
        return cut(1, 1 + dot);
    }
    let is_kanji = |c: &&char| "一二三四五六七八九十".contains(**c);
    let kanji = characters.iter().take_while(is_kanji).count();
    let is_letter = first.is_ascii_uppercase() && characters.get(2) == Some(&' ');
    let dotted = if is_letter { 1 } else { kanji };
    if dotted > 0 && characters.get(dotted).is_some_and(|c| matches!(c, '.' | '、')) {
        return cut(1, dotted + 1);
    }
    let count = digits(0);
    if count > 0 && count <= 2 && characters.get(count).is_some_and(|c| matches!(c, '.' | '、' | ')')) {
        let is_decimal = characters.get(count + 1).is_some_and(char::is_ascii_digit);
        let rank = if characters.get(count) == Some(&')') { 4 } else { 2 };
        return (!is_decimal).then(|| cut(rank, count + 1)).flatten();
    }
    let is_apart =
        characters.get(count) == Some(&' ') && characters.get(count + 1).is_some_and(|c| !c.is_ascii());
    if (1..=2).contains(&count) && is_apart {
        return cut(2, count + 1);
    }
    if first == '(' && digits(1) > 0 && characters.get(digits(1) + 1) == Some(&')') {
        return cut(3, digits(1) + 2);
    }
    if matches!(first, '①'..='⑳') {
        return cut(5, 1);
    }
    let is_kana = |c: char| matches!(c, 'ア' | 'イ' | 'ウ' | 'エ' | 'オ' | 'カ' | 'キ' | 'ク' | 'ケ' | 'コ');
    if first == '(' && characters.get(1).is_some_and(|c| is_kana(*c)) && characters.get(2) == Some(&')') {
        return cut(7, 3);
    }
    if is_kana(first) && characters.get(1).is_some_and(|c| matches!(c, '.' | '、' | ' ' | ')')) {
        return cut(6, 2);
    }
    matches!(first, '・' | '○' | '●' | '◆').then(|| cut(8, 1)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_and_numbers_are_known_by_their_words() {
        for (label, expected) in [
            ("　　　小　計", Some(Sum::Part)),
            ("合　　計", Some(Sum::Whole)),
            ("Governor's Office Total", Some(Sum::Either)),
            ("TOTAL", Some(Sum::Whole)),
            ("Total outlays", Some(Sum::Either)),
            ("Subtotal Non-Deferred", Some(Sum::Part)),
            ("計", Some(Sum::Either)),
            ("計Ａ", Some(Sum::Either)),
            ("累計", Some(Sum::Either)),
            ("【合計】", Some(Sum::Whole)),
            ("要求総額", Some(Sum::Whole)),
            ("計画策定", None),
            ("一般会計", None),
            ("家計調査の統計", None),
        ] {
            assert_eq!(sum(label), expected, "{label}");
        }
        for (label, expected) in [
            ("（参考）前年度補正後", true),
            ("参考：復興特会", true),
            ("参考値", true),
            ("※参考", true),
            ("Memorandum: trust funds", true),
            ("Memo items", true),
            ("参考図書の購入", false),
            ("参考人招致", false),
            ("Memorial hall", false),
        ] {
            assert_eq!(is_memo(label), expected, "{label}");
        }
        for (text, word, is_title, expected) in [
            ("再掲", "再掲", false, true),
            ("※（再掲）", "再掲", false, true),
            ("○○省に再掲", "再掲", false, true),
            ("再掲（観測網）", "再掲", false, true),
            ("うち70は再掲", "再掲", false, false),
            ("うち70（再掲）", "再掲", false, false),
            ("70百万円は再掲", "再掲", false, false),
            ("一部再掲", "再掲", false, false),
            ("再掲を含む", "再掲", false, false),
            ("再掲70", "再掲", false, false),
            ("うち訓練（再掲）", "再掲", true, true),
            ("観測網（うち再掲70）", "再掲", true, false),
            ("12の内数", "内数", false, true),
            ("うち12は内数", "内数", false, false),
            ("新規", "新規", false, true),
            ("令和9年度新規事業", "新規", false, true),
            ("うち新規30", "新規", false, false),
            ("新規就農者の増", "新規", false, false),
            ("新規就農者支援", "新規", true, false),
            ("【新規】観測網", "新規", true, true),
            ("令和8年度限りの経費", "限り", false, true),
            ("廃止措置", "廃止", true, false),
            ("事業終了後の評価", "終了", true, false),
            ("令和8年度で終了", "終了", false, true),
        ] {
            assert_eq!(states(text, word, is_title), expected, "{text}");
        }
        for (text, expected) in [
            ("１．沿岸観測網の整備", Some((2, "１．", "沿岸観測網の整備"))),
            ("　（１）海底ケーブル式観測", Some((3, "（１）", "海底ケーブル式観測"))),
            ("① 船体", Some((5, "①", "船体"))),
            ("第１　一般経費", Some((0, "第１", "一般経費"))),
            ("一、総務", Some((1, "一、", "総務"))),
            ("（ア）旅費", Some((7, "（ア）", "旅費"))),
            ("A. Personnel", Some((1, "A.", "Personnel"))),
            ("一般会計", None),
            ("第三者評価", None),
            ("１　研究開発", Some((2, "１", "研究開発"))),
            ("3 Parks", None),
            ("3.5億円", None),
            ("沿岸", None),
        ] {
            assert_eq!(numbered(text), expected, "{text}");
        }
    }
}
