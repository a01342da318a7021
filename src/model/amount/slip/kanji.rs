//! Kanji numerals, 三十五 and 壱百, in digits.

use super::super::super::Unit;
use super::super::super::fold::fold;
use super::mends::is_digit;
use crate::model::amount::grouped;

/// What an amount with kanji numerals may be in digits, that of the budget's unit first: `六百百万円` is 600 of 百万円, for no numeral is
/// 六百百, and `三千百万円` is 3,000 of 百万円 or 3,100万円. Empty where it is no numeral.
pub(super) fn readings(text: &str, unit: Unit) -> Vec<String> {
    let names = ["百万円", "十億円", "千円"];
    let counted = names.into_iter().find_map(|name| Some((name, text.strip_suffix(name)?)));
    let of_unit =
        counted.filter(|(_, count)| count.ends_with(['十', '百', '千'])).and_then(|(name, count)| {
            Some((format!("{}{name}", of_both(count)?), Unit::parse(name) == Some(unit)))
        });
    let numeral = without_kanji(text).filter(|numeral| numeral != text);
    match of_unit {
        Some((own, true)) => std::iter::once(own).chain(numeral).collect(),
        of_unit => numeral.into_iter().chain(of_unit.map(|(own, _)| own)).collect(),
    }
}

/// A number of digits and tens, `3千5百`, in digits.
pub(super) fn of_both(text: &str) -> Option<String> {
    let kanji = |c: char| {
        let digit = usize::try_from(fold(c).to_digit(10)?).ok()?;
        "〇一二三四五六七八九".chars().nth(digit)
    };
    without_kanji(&text.chars().map(|c| kanji(c).unwrap_or(c)).collect::<String>())
}

/// Kanji numerals in digits: each run of them, but for the scale behind digits that are there already. `None` where a run is no number, or is
/// one with digits beside it.
pub(crate) fn without_kanji(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut run = Kanji::default();
    for c in text.chars().chain([' ']) {
        let after_digit = out.ends_with(is_digit) && run.is_empty();
        if !after_digit && run.take(c)? {
            continue;
        }
        let digits = std::mem::take(&mut run).digits();
        if !digits.is_empty() && is_digit(c) {
            return None;
        }
        out.push_str(&digits);
        out.push(c);
    }
    Some(out.trim_end().to_owned())
}

/// A run of kanji numerals below 万.
#[derive(Default)]
struct Kanji {
    sum: u64,
    digits: Option<u64>,
    /// The power of ten of the last 千, 百 or 十.
    last: Option<u32>,
}

impl Kanji {
    fn is_empty(&self) -> bool {
        self.sum == 0 && self.digits.is_none()
    }

    /// Takes in one more letter, if it is a numeral; `None` where no number goes on with it.
    fn take(&mut self, c: char) -> Option<bool> {
        let plain = "〇一二三四五六七八九".chars().position(|known| known == c);
        let formal = "零壱弐参肆伍陸漆捌玖".chars().position(|known| known == c);
        let tens = "十百千".chars().position(|known| known == c || known == '十' && c == '拾');
        if let Some(digit) = plain.or(formal).and_then(|digit| u64::try_from(digit).ok()) {
            let is_first = self.digits.is_none() || self.last.is_none();
            self.digits =
                Some(self.digits.filter(|_| is_first).map_or(is_first.then_some(digit), |digits| {
                    digits.checked_mul(10)?.checked_add(digit)
                })?);
        } else if let Some(tens) = tens.and_then(|tens| u32::try_from(tens + 1).ok()) {
            let count = self.digits.take().unwrap_or(1);
            let fits = (1..10).contains(&count) && self.last.is_none_or(|last| tens < last);
            self.sum = self.sum.checked_add(count * 10_u64.pow(tens)).filter(|_| fits)?;
            self.last = Some(tens);
        } else {
            return Some(false);
        }
        Some(true)
    }

    fn digits(self) -> String {
        if self.is_empty() {
            return String::new();
        }
        grouped(&self.sum.saturating_add(self.digits.unwrap_or(0)).to_string())
    }
}
