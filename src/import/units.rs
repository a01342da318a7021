//! The words by which sheets say in which unit their amounts are.

use super::currencies;
use super::words::{folded, without_brackets};
use crate::model::{Currency, Unit, fold};

/// Whether words only say in which unit amounts are: `in millions of dollars`.
pub(super) fn unit_word(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.trim_start_matches(['(', ' ']);
    unit(text).is_some()
        && (lower.starts_with("accruals")
            || currencies::whole(text).is_some()
            || named(text.trim()).is_some())
}

/// The unit that a text states: between brackets, behind 単位, or in words as `in millions of dollars`.
pub(super) fn unit(text: &str) -> Option<Unit> {
    let folded: String = text.chars().map(fold).collect();
    let folded = folded.replace(['【', '〔', '[', '<', '《'], "(").replace(['】', '〕', ']', '>', '》'], ")");
    if folded.contains("単位") {
        // 金額は千円単位。
        let before = folded.split("単位").next().filter(|before| before.len() < folded.len());
        let before =
            before.and_then(|before| before.rsplit(|c: char| !KANJI.contains(c) && c != '円').next());
        return folded.split("単位").skip(1).find_map(behind).or_else(|| before.and_then(counted));
    }
    // 金額：億円, ※金額は千円
    let closed = folded.trim_end_matches([')', '。']);
    let said = closed.rsplit_once(':').or_else(|| closed.rsplit_once("金額は"));
    if let Some(unit) = said.and_then(|(_, rest)| several(rest)) {
        return Some(unit);
    }
    let mut bracketed = folded.split('(').skip(1).filter_map(|rest| rest.split(')').next());
    // 要求額 千円: in a line of its own below the words of a header.
    let mut behind_words = folded.split_whitespace().skip(1).filter(|word| !word.is_ascii());
    let parts =
        || folded.split(['(', ')', ',', ';', ':', '–', '—']).map(str::trim).filter(|part| !part.is_empty());
    bracketed
        .find_map(|part| several(part).or_else(|| currencies::whole(part).filter(|_| is_told(part))))
        .or_else(|| currencies::whole(&folded).filter(|_| is_told(&folded)))
        .or_else(|| parts().find_map(|part| currencies::whole(part).filter(|unit| unit.exponent() > 0)))
        .or_else(|| parts().find_map(currencies::at_end))
        .or_else(|| behind_words.find_map(Unit::parse))
}

/// Whether words can be nothing but a unit: a code or a sign alone may be something else, and is asked of the list of currencies.
fn is_told(text: &str) -> bool {
    currencies::sign(text).is_none()
}

/// What is counted beside money, and how figures are rounded, which a unit may name, too: （単位：千円・人）, （単位：千円（端数切捨て））.
const BESIDE: &str = "% 人 名 件 台 戸 箇所 か所 ヶ所 世帯 回 日 年 時間 ha km m ㎡ 人日 隻 機 両 棟 施設 校 団体 ポイント 倍 税込 税抜 税込み 税抜き";
const ROUNDED: [&str; 6] = ["端数", "未満", "四捨五入", "切捨", "切り捨て", "切上"];

/// The unit of money among several that a text names, all of which are known.
fn several(text: &str) -> Option<Unit> {
    let mut found = None;
    for part in text.trim().trim_end_matches("単位").split(['、', ',', '・', '/', '(', ')']).map(str::trim)
    {
        let is_beside = part.is_empty()
            || BESIDE.split(' ').any(|known| known == part)
            || ROUNDED.iter().any(|word| part.contains(word));
        match named(part).filter(|_| !is_beside) {
            Some(unit) if found.is_none_or(|known| known == unit) => found = Some(unit),
            _ if is_beside => {}
            _ => return None,
        }
    }
    found
}

/// The unit that stands behind 単位. In Japanese it ends at a blank; words of other languages must all be understood.
fn behind(rest: &str) -> Option<Unit> {
    let rest = rest.trim_start_matches([':', ';', ' ', '=', 'は', '・']);
    let mut depth = 0_i32;
    let end = rest.find(|c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth < 0 || c == '。'
    });
    let said = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default().trim();
    let is_latin = said.starts_with(|c: char| c.is_ascii_alphabetic() || "$£€¥".contains(c));
    if is_latin {
        return several(said).or_else(|| currencies::whole(said));
    }
    let (first, more) = said.split_once(' ').unwrap_or((said, ""));
    let is_other = counted(more).is_some() || currencies::mentions(more) || more.contains("ドル");
    counted(first).or_else(|| several(first)).filter(|_| !is_other)
}

/// The signs of powers of ten.
const KANJI: &str = "十百千万億兆";

/// A unit in kanji or of 1,000円, as it stands behind 単位.
fn counted(text: &str) -> Option<Unit> {
    let text = text.replace(',', "");
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(digits)?;
    let zeros = number.strip_prefix('1').filter(|zeros| zeros.bytes().all(|byte| byte == b'0'));
    let exponent = if number.is_empty() { 0 } else { u8::try_from(zeros?.len()).ok()? };
    in_kanji(rest, exponent)
}

/// A unit in kanji, with so many times ten: 百万円, 千米ドル.
fn in_kanji(text: &str, mut exponent: u8) -> Option<Unit> {
    let name = text.trim_start_matches(|c: char| KANJI.contains(c));
    for c in text.chars().take_while(|c| KANJI.contains(*c)) {
        let power = [('十', 1), ('百', 2), ('千', 3), ('万', 4), ('億', 8), ('兆', 12)];
        exponent += power.iter().find(|(sign, _)| *sign == c).map_or(0, |(_, power)| *power);
    }
    let (code, _) = NAMES.iter().find(|(_, names)| names.split(' ').any(|known| known == name))?;
    Unit::parse(code)?.with_exponent(exponent)
}

/// The currencies in Japanese.
const NAMES: [(&str, &str); 10] = [
    ("JPY", "円 圓"),
    ("USD", "ドル 米ドル 米国ドル USドル アメリカドル"),
    ("AUD", "豪ドル オーストラリアドル"),
    ("CAD", "カナダドル 加ドル"),
    ("NZD", "NZドル ニュージーランドドル"),
    ("HKD", "香港ドル"),
    ("SGD", "シンガポールドル"),
    ("TWD", "台湾ドル 新台湾ドル"),
    ("EUR", "ユーロ"),
    ("GBP", "ポンド 英ポンド"),
];

/// The unit that a text is, whole.
fn named(text: &str) -> Option<Unit> {
    let is_code = |text: &str| text.len() == 3 && text.is_ascii();
    match Unit::parse(text).filter(|unit| unit.currency() == Currency::JPY && !is_code(text)) {
        Some(unit) => Some(unit),
        None if is_code(text.trim()) => {
            currencies::whole(text).filter(|_| text.bytes().all(|c| c.is_ascii_uppercase()))
        }
        None => in_kanji(text, 0).or_else(|| currencies::whole(text).filter(|unit| unit.exponent() > 0)),
    }
}

/// The currency whose symbol stands in brackets in a header: Request (€).
pub(super) fn symbol(header: &str) -> Option<Currency> {
    let folded: String = header.chars().map(fold).collect();
    let mut inner = folded.split(['(', ')']).skip(1).step_by(2);
    inner.find_map(currencies::sign)
}

/// Whether a text is about a unit of which not all is understood.
pub(super) fn is_unclear(text: &str) -> bool {
    let folded: String = text.chars().map(fold).collect();
    let names_money = ["円", "ドル", "ユーロ", "ポンド", "元"].iter().any(|name| folded.contains(name));
    let is_behind = folded.contains("単位:") && (names_money || currencies::mentions(&folded));
    unit(text).is_none()
        && (is_behind || currencies::mentions(&folded) && folded.to_lowercase().contains("in "))
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
    let bare = bare.trim_matches(|c| "【】<>《》:;=※。".contains(c));
    let bare = ["金額:", "金額は"].iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare);
    let is_unit = bare.is_empty()
        || several(bare).or_else(|| counted(bare)).is_some()
        || bare.starts_with(['$', '£', '€', '¥']);
    is_formula || unit_alone(text).is_some() && (is_unit || unit_word(text))
}

/// The unit that two cells beside each other state: 単位 and 千円.
pub(super) fn unit_in_two(word: &str, unit: &str) -> Option<Unit> {
    let said = folded(word);
    let is_word = said.trim_matches(['(', ')', ':', '[', ']', '【', '】', '〔', '〕']) == "単位";
    let unit: String =
        unit.trim().trim_matches([':', '：', ' ', '（', '）', '(', ')']).chars().map(fold).collect();
    behind(&unit).filter(|_| is_word)
}

/// The unit that a text is, in brackets or without.
pub(super) fn unit_alone(text: &str) -> Option<Unit> {
    let text = text.trim();
    let folded: String = text.chars().map(fold).collect();
    named(&folded).or_else(|| unit(text))
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
            ("単位：千円（端数切捨て）", "千円"),
            ("単位：千円・人", "千円"),
            ("（百万円、％）", "百万円"),
            ("＜単位：百万円＞", "百万円"),
            ("単位；千円", "千円"),
            ("単位：1,000円", "千円"),
            ("（単位：１００万円）", "百万円"),
            ("※金額は千円", "千円"),
            ("単位：百万ドル", "million USD"),
            ("（単位：千豪ドル）", "thousand AUD"),
            ("(¥ million)", "百万円"),
            ("¥ in millions", "百万円"),
            ("(dollars)", "USD"),
            ("EUR mn", "million EUR"),
            ("Mio. EUR", "million EUR"),
            ("in EUR", "EUR"),
            ("Unit: hundred million yen", "億円"),
            ("単位：JPY mn", "百万円"),
            ("単位：USD mn", "million USD"),
            ("(in thousands of Canadian dollars)", "thousand CAD"),
            ("Fiji dollars (thousands)", "thousand FJD"),
            ("(HK$ million)", "million HKD"),
            ("C$000", "thousand CAD"),
            ("FY 2027 Budget Request (Dollars in Thousands)", "thousand USD"),
            ("Budget Authority, $ in billions", "billion USD"),
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
        for text in [
            "単位：人",
            "単位：千円／百万円",
            "単位：百万ルピー",
            "入場料（1,000円）",
            "¥1,000",
            "in thousands of Zorkian dollars",
            "Zorkian dollars (thousands)",
            "要求額(A)",
            "Staff (FTE)",
            "Ministry of Finance (MOF)",
            "単位未満四捨五入",
            "$5 fee",
        ] {
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
