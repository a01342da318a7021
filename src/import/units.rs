//! The words by which sheets say in which unit their amounts are.

use super::words::{folded, without_brackets};
use crate::model::{Unit, fold};

/// Whether words only say in which unit amounts are: `in millions of dollars`.
pub(super) fn unit_word(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.trim_start_matches(['(', ' ']);
    unit(text).is_some()
        && (lower.starts_with("in ") || lower.starts_with("accruals") || Unit::parse(text.trim()).is_some())
}

/// The unit that a text states: between brackets, behind 単位, or in words as `in millions of dollars`.
pub(super) fn unit(text: &str) -> Option<Unit> {
    let folded: String = text.chars().map(fold).collect();
    let folded = folded.replace(['【', '〔', '['], "(").replace(['】', '〕', ']'], ")");
    let behind = folded.split("単位").nth(1).map(|rest| rest.trim_start_matches([':', ' ', '=', 'は']));
    let behind = behind.map(|rest| rest.split([')', ' ', ',', '、', '。']).next().unwrap_or_default());
    if let Some(unit) = behind.and_then(Unit::parse) {
        return Some(unit);
    }
    // 金額は千円単位。
    let before = folded.split("単位").next().filter(|before| before.len() < folded.len());
    let before = before.and_then(|before| before.rsplit(|c: char| !"十百千万億兆円".contains(c)).next());
    if let Some(unit) = before.and_then(Unit::parse) {
        return Some(unit);
    }
    // 金額：億円
    let closed = folded.trim_end_matches(')');
    if let Some(unit) = closed.rsplit_once(':').and_then(|(_, rest)| named(rest.trim())) {
        return Some(unit);
    }
    let mut bracketed = folded.split('(').skip(1).filter_map(|rest| rest.split(')').next());
    let names = |part: &str| named(part.trim().trim_end_matches("単位"));
    // 要求額 千円: in a line of its own below the words of a header.
    let mut behind_words = folded.split_whitespace().skip(1).filter(|word| !word.is_ascii());
    bracketed
        .find_map(names)
        .or_else(|| worded(&folded.to_lowercase().replace('’', "'")))
        .or_else(|| behind_words.find_map(Unit::parse))
}

/// The currencies that three letters are taken for where nothing says that they are a unit: (FTE) and (MOF) are none.
const CURRENCIES: &str = "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW MXN MYR NOK NZD PHP PLN RON SAR SEK SGD THB TWD USD VND ZAR";

/// The unit that a text is, whole.
fn named(text: &str) -> Option<Unit> {
    let is_known = |unit: &Unit| CURRENCIES.split(' ').any(|code| code == unit.currency().code());
    Unit::parse(text).filter(is_known)
}

/// The currency whose symbol stands in brackets in a header: Request (€).
pub(super) fn symbol(header: &str) -> Option<&'static str> {
    let symbols = [("(€)", "EUR"), ("(£)", "GBP"), ("($)", "USD"), ("(us$)", "USD")];
    let said = folded(header);
    symbols.into_iter().find(|(symbol, _)| said.contains(symbol)).map(|(_, code)| code)
}

/// How many words say that amounts count, of whatever currency: (in thousands).
pub(super) fn scale(text: &str) -> Option<&'static str> {
    let said = folded(text);
    ["thousand", "million", "billion"].into_iter().find(|scale| said.contains(&format!("in{scale}s")))
}

/// Whether a text in the head of a column is only its unit or its letter: （千円）, ％, (A), (B)－(A).
pub(super) fn is_mark(text: &str) -> bool {
    let said = folded(text);
    let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, '①'..='⑳');
    let is_sign = |c: char| c.is_ascii_digit() || "()[]〔〕+-−–×*/÷=・%△▲".contains(c);
    let mut runs = said.split(|c: char| !c.is_alphabetic());
    let is_formula = said.chars().all(|c| is_letter(c) || is_sign(c))
        && said.contains(|c: char| is_letter(c) || c == '%')
        && runs.all(|run| run.chars().count() < 2);
    let bare = without_brackets(&said).replace("単位", "");
    let bare = bare.trim_matches(|c| "【】:=※。".contains(c));
    let bare = bare.strip_prefix("金額:").unwrap_or(bare);
    let is_unit = bare.is_empty() || named(bare).is_some() || bare.starts_with(['$', '£', '€']);
    is_formula || unit_alone(text).is_some() && (is_unit || unit_word(text))
}

/// The unit that two cells beside each other state: 単位 and 千円.
pub(super) fn unit_in_two(word: &str, unit: &str) -> Option<Unit> {
    let said = folded(word);
    let is_word = said.trim_matches(['(', ')', ':', '[', ']', '【', '】', '〔', '〕']) == "単位";
    let unit = unit.trim().trim_matches([':', '：', ' ', '（', '）', '(', ')']);
    Unit::parse(unit).filter(|_| is_word)
}

/// The unit that a text is, in brackets or without.
pub(super) fn unit_alone(text: &str) -> Option<Unit> {
    named(text.trim()).or_else(|| unit(text))
}

fn worded(text: &str) -> Option<Unit> {
    let scales = [
        ("thousand", "thousand"),
        ("million", "million"),
        ("billion", "billion"),
        ("v tis", "thousand"),
        ("v mil", "million"),
    ];
    let scale = scales.into_iter().find(|(word, _)| text.contains(word)).map(|(_, scale)| scale);
    let currencies = [
        ("dollar", "USD"),
        ("us$", "USD"),
        ("$", "USD"),
        ("euro", "EUR"),
        ("€", "EUR"),
        ("pound", "GBP"),
        ("£", "GBP"),
        ("yen", "JPY"),
        ("kč", "CZK"),
    ];
    let words = || text.split(|c: char| !c.is_ascii_alphabetic());
    // EUR thousand
    let coded = || CURRENCIES.split(' ').find(|code| words().any(|word| word.eq_ignore_ascii_case(code)));
    let named = currencies.into_iter().find(|(word, _)| text.contains(word)).map(|(_, code)| code);
    let code = named.or_else(|| coded().filter(|_| scale.is_some()))?;
    if let Some(scale) = scale {
        return Unit::parse(&format!("{scale} {code}")).or_else(|| Unit::parse(&format!("{scale} yen")));
    }
    if text.contains("v kč") {
        return Unit::parse(code);
    }
    let shorts = [("m mn", "million"), ("bn", "billion"), ("k 000 000s '000 '000s 1,000 1,000s", "thousand")];
    let behind = text.split(['$', '£', '€']).skip(1);
    behind.filter_map(|rest| rest.split([' ', ')', ';', '/']).next()).find_map(|word| {
        let (_, scale) = shorts.iter().find(|(words, _)| words.split(' ').any(|short| short == word))?;
        Unit::parse(&format!("{scale} {code}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_found_where_they_are_written() {
        for (text, expected) in [
            ("（単位：千円）", "千円"),
            ("単位:百万円", "百万円"),
            ("金額（億円）", "億円"),
            ("02_事項別内訳（百万円）.xlsx", "百万円"),
            ("(in millions of dollars)", "million USD"),
        ] {
            assert_eq!(unit(text), Unit::parse(expected), "{text}");
        }
        for (text, expected) in [
            ("（千円単位）", "千円"),
            ("金額：億円", "億円"),
            ("令和9年度要求（金額：千円）", "千円"),
            ("注：金額は千円単位。", "千円"),
            ("（注）単位は百万円。", "百万円"),
            ("要求額 (B) 千円", "千円"),
            ("FY2027 request ($000)", "thousand USD"),
            ("Budget, $'000s", "thousand USD"),
            ("£bn", "billion GBP"),
            ("Request £m", "million GBP"),
            ("2027 budget, EUR thousand", "thousand EUR"),
        ] {
            assert_eq!(unit(text), Unit::parse(expected), "{text}");
        }
        for text in ["要求額(A)", "Staff (FTE)", "Ministry of Finance (MOF)", "単位未満四捨五入", "$5 fee"]
        {
            assert_eq!(unit(text), None, "{text}");
        }
        for text in ["（千円）", "千円", "％", "(A)", "(B)－(A)", "②－①", "単位：千円", "金額：億円"]
        {
            assert!(is_mark(text), "{text}");
        }
        for text in ["観測網", "FTE", "10", "要求額", "-", "甲"] {
            assert!(!is_mark(text), "{text}");
        }
    }
}
