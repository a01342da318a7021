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
    let said = without_brackets(&said);
    let said = said.trim_matches(['-', '*', '■', '○', '◎', '<', '>']);
    if said.starts_with("小計")
        || said.ends_with("小計")
        || lower.contains("subtotal")
        || lower.contains("sub-total")
    {
        return Some(Sum::Part);
    }
    if matches!(said, "合計" | "総計" | "総合計" | "grandtotal" | "total" | "totals")
        || lower.starts_with("grand total")
    {
        return Some(Sum::Whole);
    }
    let last = lower.split([' ', '\u{3000}']).next_back().unwrap_or_default();
    let is_either = said == "計"
        || last == "計"
        || said.ends_with("合計")
        || said.ends_with("総計")
        || lower.ends_with(" total")
        || lower.starts_with("total ")
        || lower.starts_with("total,")
        || lower.starts_with("celkem");
    is_either.then_some(Sum::Either)
}

/// Whether a row may be a total, if lines above it add up to it: 観測費計, but also 地震計.
pub(super) fn may_be_sum(label: &str) -> bool {
    let said = folded(label);
    without_brackets(&said).ends_with('計')
}

/// Whether a row is shown and not added: うち, 内訳 …
pub(super) fn of_which(title: &str) -> bool {
    let said = folded(title);
    let said = said.trim_start_matches(['(', '〔', '[', '【', '<', '・', '-', '※', '*']);
    said.starts_with("うち")
        || said.starts_with("内、")
        || said.starts_with("ofwhich")
        || said.starts_with("memorandum")
}

/// Whether a row below a table, or a whole row of words, is a remark.
pub(super) fn is_remark(text: &str) -> bool {
    let said = folded(text);
    ["注", "(注", "※", "*", "note", "source", "出典", "(備考", "資料"]
        .iter()
        .any(|start| said.starts_with(start))
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
    if first == '第' {
        let end = text.find(['章', '部', '款', '項', '目', '節'])?;
        let count = text.get(..end)?.chars().count() + 1;
        return (count <= 6).then(|| cut(0, count)).flatten();
    }
    if matches!(first, 'Ⅰ'..='Ⅻ') {
        let dot = usize::from(characters.get(1).is_some_and(|c| matches!(c, '.' | '、' | ' ')));
        return cut(1, 1 + dot);
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
    if is_kana(first) && characters.get(1).is_some_and(|c| matches!(c, '.' | '、' | ' ' | ')')) {
        return cut(6, 2);
    }
    matches!(first, '・' | '○' | '●' | '◆').then(|| cut(7, 1)).flatten()
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
            ("一般会計", None),
            ("家計調査の統計", None),
        ] {
            assert_eq!(sum(label), expected, "{label}");
        }
        for (text, expected) in [
            ("１．沿岸観測網の整備", Some((2, "１．", "沿岸観測網の整備"))),
            ("　（１）海底ケーブル式観測", Some((3, "（１）", "海底ケーブル式観測"))),
            ("① 船体", Some((5, "①", "船体"))),
            ("１　研究開発", Some((2, "１", "研究開発"))),
            ("3 Parks", None),
            ("3.5億円", None),
            ("沿岸", None),
        ] {
            assert_eq!(numbered(text), expected, "{text}");
        }
    }
}
