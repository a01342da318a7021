//! Days in texts: 令和8年8月31日, R8.8.31, 2026-08-31. They name no fiscal year.

use super::words::folded;

/// What stands beside a day that something was made on.
const OF_DAYS: [&str; 12] =
    ["現在", "時点", "作成", "提出", "更新", "改訂", "印刷", "出力", "日付", "asof", "updated", "date"];

/// Whether a text is a day and nothing else: 令和8年8月31日, 2026-08-31, 2026/8/31現在.
pub(super) fn is_date(text: &str) -> bool {
    let said: Vec<char> = folded(text).chars().collect();
    let without = without(&said);
    let rest: String = without.iter().collect();
    let rest = OF_DAYS.iter().fold(rest, |rest, word| rest.replace(word, ""));
    without.len() < said.len() && !rest.contains(char::is_alphanumeric)
}

/// A text with a mark for each of the days in it.
pub(super) fn without(text: &[char]) -> Vec<char> {
    let mut without: Vec<char> = Vec::new();
    let mut at = 0;
    while let Some(&character) = text.get(at) {
        let is_within = character.is_ascii_digit() && without.last().is_some_and(char::is_ascii_digit);
        match day(text.get(at..).unwrap_or_default()).filter(|_| !is_within) {
            Some(length) => {
                without.push('|');
                at += length;
            }
            None => {
                without.push(character);
                at += 1;
            }
        }
    }
    without
}

/// How many characters the day takes that a text begins with: 令和8年8月31日, 令和八年八月, R8.8.31, 2026-08-31.
fn day(text: &[char]) -> Option<usize> {
    let is = |at: usize, sign: char| text.get(at) == Some(&sign);
    let is_digit = |c: &&char| c.is_ascii_digit() || "〇一二三四五六七八九十元".contains(**c);
    let number = |from: usize, most: usize| {
        let count = text.iter().skip(from).take_while(is_digit).count();
        (1..=most).contains(&count).then_some(from + count)
    };
    let begins = |era: &&&str| {
        era.chars().count() < text.len()
            && era.chars().zip(text).all(|(one, other)| one.eq_ignore_ascii_case(other))
    };
    let era =
        ["令和", "平成", "昭和", "R", "H", "S"].iter().find(begins).map_or(0, |era| era.chars().count());
    let year = number(era, 4)?;
    if is(year, '年') {
        let month = number(year + 1, 3).filter(|end| is(*end, '月'))?;
        let day = number(month + 1, 3).filter(|end| is(*end, '日'));
        return Some(day.unwrap_or(month) + 1);
    }
    let sign = text.get(year).copied().filter(|sign| "-/.".contains(*sign))?;
    let is_year = if era > 0 { year - era <= 2 } else { year == 4 };
    let month = number(year + 1, 2).filter(|end| is_year && is(*end, sign))?;
    // An hour may follow at once, where the blank before it is gone.
    let day = text.iter().skip(month + 1).take(2).take_while(is_digit).count();
    (day > 0).then_some(month + 1 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_day_where_it_says_nothing_else() {
        for (text, expected) in [
            ("令和8年8月31日", true),
            ("（2026-08-31 作成）", true),
            ("令和9年度概算要求（令和8年8月31日現在）", false),
            ("2013-14", false),
        ] {
            assert_eq!(is_date(text), expected, "{text}");
        }
    }
}
