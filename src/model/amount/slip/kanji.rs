//! Kanji numerals, 三十五 and 壱百, in digits.

use super::mends::{in_groups, is_digit};

/// Kanji numerals in digits: each run of them, but for the scale behind digits that are there already.
pub(in crate::model) fn without_kanji(text: &str) -> String {
    let mut out = String::new();
    let mut run = Kanji::default();
    for c in text.chars().chain([' ']) {
        let after_digit = out.ends_with(is_digit) && run.is_empty();
        if !after_digit && run.take(c) {
            continue;
        }
        out.push_str(&std::mem::take(&mut run).digits());
        out.push(c);
    }
    out.trim_end().to_owned()
}

/// A run of kanji numerals below 万.
#[derive(Default)]
struct Kanji {
    sum: u64,
    digits: Option<u64>,
}

impl Kanji {
    fn is_empty(&self) -> bool {
        self.sum == 0 && self.digits.is_none()
    }

    fn take(&mut self, c: char) -> bool {
        let plain = "〇一二三四五六七八九".chars().position(|known| known == c);
        let formal = "零壱弐参肆伍陸漆捌玖".chars().position(|known| known == c);
        let tens = "十百千".chars().position(|known| known == c || known == '十' && c == '拾');
        if let Some(digit) = plain.or(formal).and_then(|digit| u64::try_from(digit).ok()) {
            self.digits =
                self.digits.unwrap_or(0).checked_mul(10).and_then(|digits| digits.checked_add(digit));
        } else if let Some(tens) = tens.and_then(|tens| u32::try_from(tens).ok()) {
            let count = self.digits.take().unwrap_or(1);
            self.sum = self.sum.saturating_add(count.saturating_mul(10_u64.pow(tens + 1)));
        } else {
            return false;
        }
        true
    }

    fn digits(self) -> String {
        if self.is_empty() {
            return String::new();
        }
        in_groups(&self.sum.saturating_add(self.digits.unwrap_or(0)).to_string())
    }
}
