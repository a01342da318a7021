//! What the words of a row say of it beside its title: that it is a total, that it is not added.

use super::amounts;
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
    if is_formula(&said) {
        return Some(Sum::Either);
    }
    let bare = without_brackets(&said);
    let said = if bare.is_empty() { &said } else { &bare };
    let said = said.trim_matches(|c: char| "-*■○◎<>()【】〔〕[]:=".contains(c));
    // 計Ａ, 計①, 合計額, 計 (1)+(2)
    let marked = said.trim_end_matches(|c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '①'..='⑳' | 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ' | '+' | '~' | '額')
    });
    let said = if marked.ends_with('計') { marked } else { said };
    let pages = ["頁", "ページ", "葉"];
    let is_of_page = pages.iter().any(|page| {
        ["計", "小計", "合計", "累計"]
            .iter()
            .any(|sum| said.strip_suffix(sum).is_some_and(|it| it.ends_with(page)))
            || said.contains("繰越")
                && ["前", "次"].iter().any(|side| said.contains(&format!("{side}{page}")))
    });
    if is_of_page || matches!(said, "pagetotal" | "broughtforward" | "carriedforward" | "b/f" | "c/f") {
        return Some(Sum::Part);
    }
    let is_part =
        said.strip_prefix("小計").is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic()));
    if is_part || said.ends_with("小計") || lower.contains("subtotal") || lower.contains("sub-total") {
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

/// Whether words only say which others are added: Ⅰ＋Ⅱ, (A)+(B), ①＋②＋③.
fn is_formula(said: &str) -> bool {
    let is_mark = |c: char| matches!(c, '①'..='⑳' | 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ') || c.is_ascii_alphanumeric();
    let bare = |part: &str| part.trim_matches(['(', ')', '=']).to_owned();
    let mut parts = said.split('+').map(bare);
    let is_one = |part: &String| part.chars().all(is_mark) && (1..=3).contains(&part.chars().count());
    said.contains('+') && parts.all(|part| is_one(&part))
}

/// Whether a row may be a total, if lines above it add up to it: 観測費計, Net Budget, but also 地震計.
pub(super) fn may_be_sum(label: &str) -> bool {
    let said = folded(label);
    if said.starts_with("差引") || label.trim_start().to_lowercase().starts_with("net ") {
        return true;
    }
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

/// Whether a row counts people: 定員, 人員（人）, Positions (FTE).
pub(super) fn is_staff(label: &str) -> bool {
    let said = folded(label);
    let bare = without_brackets(&said);
    let ends = ["定員", "人員", "定数", "職員数", "人数"];
    let words = ["positions", "fte", "ftes", "headcount", "staff", "full-timeequivalents"];
    ends.iter().any(|word| bare.ends_with(word))
        || words.contains(&bare.as_str())
        || ["(fte)", "(人)", "(名)"].iter().any(|unit| said.ends_with(unit))
}

/// The account (会計) that a heading in brackets names for what stands below it: 【一般会計】.
pub(super) fn account(text: &str) -> Option<&str> {
    let pairs = ["【】", "〔〕", "＜＞", "<>", "（）", "()", "［］", "[]"];
    let inner = |pair: &&str| {
        let (open, close) = pair.split_at(pair.chars().next()?.len_utf8());
        text.strip_prefix(open)?.strip_suffix(close).filter(|inner| !inner.contains(close))
    };
    pairs.iter().find_map(inner).filter(|bare| is_account(bare))
}

/// Whether words name an account: 一般会計, エネルギー対策特別会計（電源開発促進勘定）, but not 会計課.
pub(super) fn is_account(text: &str) -> bool {
    ["一般会計", "特別会計", "特会"].iter().any(|word| text.contains(word)) || text.ends_with("会計")
}

/// Whether words below a table are a remark on it, and no word that strayed there.
pub(super) fn is_sentence(text: &str) -> bool {
    let says = |word: &&str| text.contains(*word);
    let tells = ["。", "、", ",", "四捨五入", "切捨", "端数", "単位", "内数", "再掲", "ため", "による"];
    is_remark(text) || tells.iter().any(says) || text.chars().count() > 15 || text.split(' ').count() > 3
}

/// A side of a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Revenue,
    Spending,
}

/// Which side of a budget words name, if one alone: 歳入, Expenditure.
pub(super) fn side(text: &str) -> Option<Side> {
    let said = folded(text);
    let says = |words: &str| words.split(' ').any(|word| said.contains(word));
    match (says("歳入 収入 revenue receipts"), says("歳出 支出 expenditure expense outlay appropriation"))
    {
        (true, false) => Some(Side::Revenue),
        (false, true) => Some(Side::Spending),
        _ => None,
    }
}

/// Whether words below others in a header name an account: 一般会計, 特会, 一般, General Fund.
pub(super) fn is_account_head(text: &str) -> bool {
    let said = folded(text);
    is_account(&said)
        || matches!(said.as_str(), "一般" | "特別")
        || said.ends_with("fund")
        || said.ends_with("funds")
}

/// Whether a head alone says that its column is an account's share: 一般会計, General Fund.
pub(super) fn is_account_column(text: &str) -> bool {
    let said = folded(text);
    let ends = ["会計", "特会", "fund", "funds"].iter().find_map(|end| said.strip_suffix(end));
    ends.is_some_and(|before| !before.is_empty()) && !amounts::mentions(text)
}

/// Whether a row is shown and not added: うち, 内訳 …
pub(super) fn of_which(title: &str) -> bool {
    let said = folded(title);
    let said = said.trim_start_matches(['(', '〔', '[', '【', '<', '・', '-', '※', '*']);
    // うちわ and うち水 are words.
    let is_word = |rest: &str| rest.starts_with(|c: char| matches!(c, 'ぁ'..='ん' | '水' | '湯'));
    said.strip_prefix("うち").is_some_and(|rest| !is_word(rest))
        || said.starts_with("内、")
        || said.starts_with("ofwhich")
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
const NOT_ALL: [&str; 12] = ["を", "除", "含", "分", "部分", "額", "あり", "有", "な", "無", "せ", "以外"];

/// The word that the head of a column says of the lines that are marked below it: 再掲, 再掲の有無, 新規（○）.
pub(super) fn said_head(header: &str) -> Option<&'static str> {
    let said = super::words::without_brackets(&folded(header));
    let ends = ["有無", "区分", "該当", "表示", "欄", "の"];
    let bare = ends.iter().fold(said.as_str(), |said, end| said.strip_suffix(end).unwrap_or(said));
    SAID.iter().map(|(word, _)| *word).find(|word| *word == bare)
}

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
                let is_other = after.starts_with(|c: char| c.is_ascii_digit())
                    || is_title && after.starts_with(['学', '示', '載'])
                    || NOT_ALL.iter().chain(&["では", "でな"]).any(|end| after.starts_with(end));
                !is_other || after == "分" && before.is_empty()
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

/// Whether a remark says that all of its line is counted elsewhere.
pub(crate) fn states_recount(remark: &str) -> bool {
    states(remark, "再掲", false)
}

/// Whether a total says that it adds up what is counted elsewhere, too: 計（再掲を含む）.
pub(super) fn adds_recounts(label: &str) -> bool {
    let said = folded(label);
    said.split_once("再掲").is_some_and(|(_, rest)| ["含", "込"].iter().any(|word| rest.contains(word)))
}

/// Whether a row below a table, or a whole row of words, is a remark.
pub(super) fn is_remark(text: &str) -> bool {
    let said = folded(text);
    ["注", "(注", "※", "*", "note", "source", "出典", "(備考", "資料"]
        .iter()
        .any(|start| said.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_known_by_their_words() {
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
            ("小計画の策定", None),
            ("小計Ａ", Some(Sum::Part)),
            ("小計（公共）", Some(Sum::Part)),
            ("計画策定", None),
            ("一般会計", None),
            ("家計調査の統計", None),
            ("頁計", Some(Sum::Part)),
            ("前頁より繰越", Some(Sum::Part)),
            ("前年度繰越", None),
            ("ホームページ設計", None),
            ("Ⅰ＋Ⅱ", Some(Sum::Either)),
            ("(A)+(B)", Some(Sum::Either)),
            ("AI+IoT活用", None),
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
            ("事務費（再掲除く）", "再掲", true, false),
            ("再掲示板の整備", "再掲", true, false),
            ("内数学教育", "内数", true, false),
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
    }
}
