//! From the words of a unit (`百万円`, `thousand USD`) to a currency and a power of ten, and back.
//! Only here is it known which units there are.

use std::fmt;

use super::Lang;
use super::fold::fold_text;

/// A currency by its ISO 4217 code: any three capital letters, the yen by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The Japanese yen.
    pub const JPY: Self = Self(*b"JPY");

    /// Reads a code of three capital letters, full-width ones included; gives `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; 3] = fold_text(text).into_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_uppercase).then_some(Self(code))
    }

    /// The power of ten of the smallest unit that money has: 0 for the yen and the won, −2 where there are cents (ISO 4217).
    pub fn smallest_exponent(self) -> i32 {
        if matches!(&self.0, b"JPY" | b"KRW") { 0 } else { -2 }
    }

    /// The symbol that a text begins with: its bytes, and the currencies it may stand for, the usual one first.
    pub(in crate::model) fn symbol(text: &str) -> Option<(usize, Vec<Self>)> {
        let (symbol, codes) = SYMBOLS.iter().find(|(symbol, _)| text.starts_with(symbol))?;
        Some((symbol.len(), codes.split(' ').filter_map(Self::parse).collect()))
    }

    /// The currency whose name, other than those of units, ends a text in lower case, and what stands before it.
    pub(in crate::model) fn named_at_end(text: &str) -> Option<(&str, Self)> {
        NAMES.iter().find_map(|(names, code)| {
            let before = names.split('|').find_map(|name| text.strip_suffix(name))?;
            Some((before.trim(), Self::parse(code)?))
        })
    }

    /// The currency that a text names by its symbol, its code or its name, and what stands beside that.
    pub(crate) fn named_in(text: &str) -> Option<(Self, String)> {
        let beside = |at: usize, end: usize| {
            let sides = [text.get(..at), text.get(end..)].map(|side| side.unwrap_or_default().trim());
            let outer = |c: char| matches!(c, '(' | ')' | ',' | '/' | ':' | '.' | '-' | ' ');
            sides.join(" ").trim_matches(outer).to_owned()
        };
        let places = || text.char_indices().map(|(at, _)| at);
        let symbol = places().find_map(|at| {
            let (length, codes) = Self::symbol(text.get(at..)?)?;
            Some((*codes.first()?, beside(at, at + length)))
        });
        let code = || {
            places().find_map(|at| {
                let code = Self::parse(text.get(at..at + 3)?)?;
                let before = text.get(..at)?;
                // `MUSD` counts millions.
                let begins = !before.ends_with(char::is_uppercase) || Unit::abbreviated(before).is_some();
                let ends = !text.get(at + 3..)?.starts_with(char::is_uppercase);
                (begins && ends).then(|| (code, beside(at, at + 3)))
            })
        };
        let name = || {
            let lower = text.to_lowercase();
            let names = NAMES.iter().copied().chain([("円", "JPY")]);
            let mut names = names.flat_map(|(names, code)| names.split('|').map(move |name| (name, code)));
            names.find_map(|(name, code)| {
                let at = lower.find(name).filter(|_| lower.len() == text.len())?;
                Some((Self::parse(code)?, beside(at, at + name.len())))
            })
        };
        symbol.or_else(code).or_else(name)
    }

    /// The three letters of the code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// The symbols of currencies, the longer before those that they end with.
const SYMBOLS: [(&str, &str); 17] = [
    ("US$", "USD"),
    ("NT$", "TWD"),
    ("HK$", "HKD"),
    ("NZ$", "NZD"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("$", "USD TWD HKD NZD AUD CAD SGD MXN CLP COP ARS"),
    ("＄", "USD TWD HKD NZD AUD CAD SGD MXN CLP COP ARS"),
    ("£", "GBP"),
    ("￡", "GBP"),
    ("€", "EUR"),
    ("₩", "KRW"),
    ("₹", "INR"),
    ("¥", "JPY CNY"),
    ("￥", "JPY CNY"),
];

/// The names of currencies, the longer before those that they end with.
const NAMES: [(&str, &str); 5] = [
    ("台湾ドル|元", "TWD"),
    ("米ドル|ドル|us dollars|us dollar|dollars|dollar", "USD"),
    ("ユーロ|euros|euro", "EUR"),
    ("ポンド|pounds", "GBP"),
    ("圓|えん|yen", "JPY"),
];

impl Default for Currency {
    fn default() -> Self {
        Self::JPY
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A unit of amounts: a currency and the power of ten that one unit is worth in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit {
    currency: Currency,
    exponent: u8,
}

/// The yen units with their words: exponent, Japanese, English.
const YEN: [(u8, &str, &str); 7] = [
    (0, "円", "yen"),
    (3, "千円", "thousand yen"),
    (4, "万円", "10 thousand yen"),
    (6, "百万円", "million yen"),
    (8, "億円", "100 million yen"),
    (9, "十億円", "billion yen"),
    (12, "兆円", "trillion yen"),
];

/// The words that multiply any other currency.
const SCALES: [(u8, &str); 4] = [(3, "thousand"), (6, "million"), (9, "billion"), (12, "trillion")];

/// Their abbreviations.
const ABBREVIATIONS: [(u8, &[&str]); 4] = [
    (3, &["K", "k"]),
    (6, &["M", "m", "MM", "mn", "mln", "mil"]),
    (9, &["B", "b", "bn", "Bn"]),
    (12, &["T", "tn", "trn"]),
];

impl Unit {
    /// One yen, 円.
    pub const YEN: Self = Self::yen(0);
    /// A thousand yen, 千円.
    pub const THOUSAND_YEN: Self = Self::yen(3);
    /// Ten thousand yen, 万円.
    pub const TEN_THOUSAND_YEN: Self = Self::yen(4);
    /// A million yen, 百万円: what most request sheets count in.
    pub const MILLION_YEN: Self = Self::yen(6);
    /// A hundred million yen, 億円: what headlines count in.
    pub const HUNDRED_MILLION_YEN: Self = Self::yen(8);
    /// A billion yen, 十億円.
    pub const BILLION_YEN: Self = Self::yen(9);
    /// A trillion yen, 兆円.
    pub const TRILLION_YEN: Self = Self::yen(12);

    /// The names worth offering when a unit is misspelled; each is read by [`Unit::parse`].
    pub const KNOWN_NAMES: &'static [&'static str] = &[
        "円", "千円", "万円", "百万円", "億円", "十億円", "兆円", "yen", "thousand yen", "million yen",
        "billion yen", "trillion yen", "USD", "thousand USD", "million USD", "billion USD", "EUR",
        "thousand EUR", "million EUR", "billion EUR", "TWD", "thousand TWD", "million TWD", "billion TWD",
    ];

    const fn yen(exponent: u8) -> Self {
        Self { currency: Currency::JPY, exponent }
    }

    /// Reads a unit by its Japanese or English name. Full-width letters fold, spaces around it are
    /// ignored; gives `None` for a name it does not know.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold_text(text);
        let name = folded.split_whitespace().collect::<Vec<_>>().join(" ");

        let yen = YEN.iter().find(|(_, ja, en)| name == *ja || name == *en);
        if let Some(&(exponent, ..)) = yen {
            return Some(Self::yen(exponent));
        }

        let (exponent, code) = match name.split_once(' ') {
            Some((scale, code)) => {
                let (exponent, _) = SCALES.iter().find(|(_, word)| *word == scale)?;
                (*exponent, code)
            }
            None => (0, name.as_str()),
        };
        let currency = Currency::parse(code)?;

        Some(Self { currency, exponent })
    }

    /// The unit of the same currency that a word of scale alone makes: `million` in any, `K`, `m` or `bn` in those whose accounts
    /// are kept so.
    pub(in crate::model) fn scaled_by(self, word: &str) -> Option<Self> {
        let scale = SCALES.iter().find(|(_, name)| *name == word).map(|(exponent, _)| *exponent);
        let short = || Self::abbreviated(word).filter(|_| self.currency != Currency::JPY);
        let exponent = scale.or_else(short)?;
        self.with_exponent(exponent)
    }

    /// The power of ten of an abbreviated scale.
    pub(in crate::model) fn abbreviated(word: &str) -> Option<u8> {
        ABBREVIATIONS.iter().find(|(_, words)| words.contains(&word)).map(|(exponent, _)| *exponent)
    }

    /// The unit that is probably meant by a name that is none: in capitals, in brackets, without 円, with `単位：`.
    pub fn nearest(text: &str) -> Option<Self> {
        let folded = fold_text(text).replace('圓', "円");
        let bare = folded
            .trim_start_matches(['(', '[', '【'])
            .trim_start_matches("単位")
            .trim_matches([':', '(', ')', '[', ']', '【', '】', ' ']);
        let lower = bare.to_lowercase();
        let (scale, code) = lower.rsplit_once(' ').unwrap_or(("", &lower));
        let cased = format!("{scale} {}", code.to_uppercase());
        [bare.to_owned(), lower.clone(), cased, format!("{bare}円")]
            .iter()
            .find_map(|name| Self::parse(name))
            .or_else(|| {
                let named = Currency::named_in(bare);
                let scaled = named.as_ref().map_or(bare, |(_, scale)| scale);
                let spelled = || Self::parse(crate::diagnostic::nearest(&lower, Self::KNOWN_NAMES)?);
                match (named.as_ref(), Self::scale_of(scaled)) {
                    (Some((currency, _)), Some(exponent)) => {
                        Self { currency: *currency, exponent }.with_exponent(exponent)
                    }
                    // A scale alone is of any currency, and kanji that are near mean another scale.
                    (None, Some(_)) => None,
                    (Some((currency, _)), None) => {
                        spelled().filter(|unit| lower.is_ascii() && unit.currency == *currency)
                    }
                    (None, None) => spelled(),
                }
            })
    }

    /// The power of ten that words beside a currency stand for: `in millions of`, `mn`, `百万`, `10億`, or none.
    fn scale_of(words: &str) -> Option<u8> {
        let words = words.trim_start_matches(['\'', '’', ',']);
        let end = words.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(words.len());
        let (number, words) = words.split_at_checked(end)?;
        let number = number.replace(',', "");
        let zeros = number.matches('0').count();
        // `1,000`, and `000s` as accounts have it.
        if !number.is_empty() && number.strip_prefix('1').unwrap_or(&number) != "0".repeat(zeros) {
            return None;
        }
        let words = words.trim();
        let lower = words.to_lowercase();
        let word = lower.trim_start_matches("in ").trim_end_matches(" of").trim_end_matches('s');
        let spoken = SCALES.iter().find(|(_, name)| *name == word).map(|(exponent, _)| *exponent);
        let yen = || YEN.iter().find(|(_, ja, _)| ja.strip_suffix('円') == Some(word)).map(|it| it.0);
        let exponent = spoken.or_else(|| Self::abbreviated(words)).or_else(yen)?;
        exponent.checked_add(u8::try_from(zeros).ok()?)
    }

    /// The currency the unit counts.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The power of ten: 6 for 百万円. At most 12.
    pub fn exponent(self) -> u8 {
        self.exponent
    }

    /// The unit's name as printed: `百万円`, `million yen`; other currencies read `million USD` in
    /// both languages. [`Unit::parse`] reads every label.
    pub fn label(self, lang: Lang) -> String {
        if self.currency == Currency::JPY {
            let names = YEN.iter().find(|(exponent, ..)| *exponent == self.exponent);
            if let Some((_, ja, en)) = names {
                return lang.pick(*ja, *en).to_owned();
            }
        }

        match SCALES.iter().find(|(exponent, _)| *exponent == self.exponent) {
            Some((_, scale)) => format!("{scale} {}", self.currency),
            None => self.currency.code().to_owned(),
        }
    }

    /// The unit of the same currency with another power of ten, where such a unit has a name.
    pub fn with_exponent(self, exponent: u8) -> Option<Self> {
        let named = if self.currency == Currency::JPY {
            YEN.iter().any(|(known, ..)| *known == exponent)
        } else {
            exponent == 0 || SCALES.iter().any(|(known, _)| *known == exponent)
        };

        named.then_some(Self { exponent, ..self })
    }
}

impl Default for Unit {
    /// One yen.
    fn default() -> Self {
        Self::YEN
    }
}
