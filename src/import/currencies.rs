//! The words of a unit, all of which must be understood: how many, of which currency, and words that say no more. Dollars of a country are those of that country.

use crate::model::{Currency, Unit, fold};

/// Words that say nothing of a unit: `Amounts expressed in`.
const SILENT: &str = "in of the a all are is amount amounts figures figure values value money expressed stated shown reported presented given unit units currency nominal current unless otherwise noted indicated for fiscal year years fy v und and";

/// How many the words for it count, as powers of ten.
const SCALES: &[(u8, &str)] = &[
    (1, "ten 10"),
    (2, "hundred hundreds 100"),
    (3, "thousand thousands k tis tsd 1000 1000s 000 000s '000 '000s 000's"),
    (6, "million millions m mn mm mil mill mio mln 1000000 000000 000000s '000000"),
    (9, "billion billions b bn mrd"),
    (12, "trillion trillions tn trn"),
];

/// The currencies that three letters are taken for where nothing says that they are a unit: (FTE) and (MOF) are none.
const CODES: &str = "AUD BDT BRL CAD CHF CLP CNY COP CZK DKK EGP EUR FJD GBP GHS HKD HUF IDR ILS INR JMD JPY KES KRW LKR MXN MYR NGN NOK NPR NZD PGK PHP PKR PLN RON RWF SAR SEK SGD THB TTD TWD TZS UAH UGX USD VND XCD ZAR ZMW";

/// What is called alike in several countries, and the code where no country is named, if there is a usual one.
const SHARED: &[(&str, &str, Option<&str>)] = &[
    ("dollar", "dollar dollars $", Some("USD")),
    ("pound", "pound pounds £", Some("GBP")),
    ("rupee", "rupee rupees", None),
    ("peso", "peso pesos", None),
    ("shilling", "shilling shillings", None),
    ("franc", "franc francs", None),
    ("krone", "krone kroner krona kronor", None),
];

/// The countries of these, in words without blanks and as letters before a sign.
const COUNTRIES: &[(&str, &str, &str)] = &[
    ("dollar", "USD", "us usa american unitedstates"),
    ("dollar", "AUD", "a au australian australia"),
    ("dollar", "CAD", "c ca can canadian canada"),
    ("dollar", "NZD", "nz newzealand"),
    ("dollar", "HKD", "hk hongkong"),
    ("dollar", "TWD", "nt taiwan taiwanese newtaiwan"),
    ("dollar", "SGD", "s singapore singaporean"),
    ("dollar", "FJD", "fj fiji fijian"),
    ("dollar", "JMD", "j jamaica jamaican"),
    ("dollar", "BSD", "bahamian bahamas"),
    ("dollar", "BBD", "bds barbados barbadian"),
    ("dollar", "BZD", "bz belize"),
    ("dollar", "BND", "brunei"),
    ("dollar", "GYD", "g guyana guyanese"),
    ("dollar", "LRD", "liberian"),
    ("dollar", "NAD", "n namibia namibian"),
    ("dollar", "SBD", "si solomonislands"),
    ("dollar", "TTD", "tt trinidadandtobago"),
    ("dollar", "XCD", "ec eastcaribbean easterncaribbean"),
    ("pound", "GBP", "british uk sterling"),
    ("pound", "EGP", "e egyptian egypt"),
    ("pound", "LBP", "lebanese"),
    ("pound", "SDG", "sudanese"),
    ("pound", "SSP", "southsudanese"),
    ("pound", "SYP", "syrian"),
    ("rupee", "INR", "indian india"),
    ("rupee", "PKR", "pakistani pakistan"),
    ("rupee", "LKR", "srilankan srilanka"),
    ("rupee", "NPR", "nepalese nepali"),
    ("rupee", "MUR", "mauritian mauritius"),
    ("peso", "MXN", "mexican"),
    ("peso", "PHP", "philippine philippines"),
    ("peso", "CLP", "chilean"),
    ("peso", "COP", "colombian"),
    ("peso", "ARS", "argentine"),
    ("shilling", "KES", "kenya kenyan"),
    ("shilling", "UGX", "uganda ugandan"),
    ("shilling", "TZS", "tanzania tanzanian"),
    ("franc", "CHF", "swiss"),
    ("krone", "NOK", "norwegian"),
    ("krone", "DKK", "danish"),
    ("krone", "SEK", "swedish"),
];

/// What only one currency is called.
const NAMES: &[(&str, &str)] = &[
    ("JPY", "yen ¥"),
    ("EUR", "euro euros €"),
    ("CNY", "yuan renminbi rmb"),
    ("KRW", "won ₩"),
    ("INR", "₹"),
    ("CZK", "kč"),
    ("ZAR", "rand"),
    ("BRL", "reais r$"),
    ("THB", "baht"),
    ("NGN", "naira"),
    ("MYR", "ringgit"),
    ("IDR", "rupiah"),
    ("PLN", "zloty"),
    ("SEK", "kronor"),
];

fn is_of(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// A text as the words of a unit: signs and the letters just before them are words of their own, `U.S.` is one.
fn words(text: &str) -> Vec<String> {
    let text: String = text.chars().map(fold).map(|c| if c == '’' { '\'' } else { c }).collect();
    let mut words = vec![String::new()];
    let end = |words: &mut Vec<String>| words.push(String::new());
    for c in text.chars() {
        let last = words.last().and_then(|word| word.chars().next_back());
        let is_counted = |c: char| c.is_ascii_digit() || c == '\'';
        match c {
            '.' | ',' => continue,
            _ if "$£€¥₩₹".contains(c) => {
                if last.is_some_and(|last| !last.is_ascii_alphabetic()) {
                    end(&mut words);
                }
                words.last_mut().into_iter().for_each(|word| word.push(c));
                end(&mut words);
                continue;
            }
            _ if !c.is_alphanumeric() && c != '\'' => {
                end(&mut words);
                continue;
            }
            _ if last
                .is_some_and(|last| is_counted(last) != is_counted(c) && !(c == 's' && is_counted(last))) =>
            {
                end(&mut words);
            }
            _ => {}
        }
        words.last_mut().into_iter().for_each(|word| word.push(c));
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What is understood of the words of a unit so far.
#[derive(Default)]
struct Read {
    exponent: u8,
    has_scale: bool,
    /// Whether a number says how many: 1,000.
    has_price: bool,
    code: Option<&'static str>,
    /// Whether more than a sign says so: of ($) alone what it counts is not known.
    is_named: bool,
    /// The words of a country before what is called alike in several.
    country: String,
}

impl Read {
    /// Takes a further word; `None` where it is not understood, or says another currency.
    fn take(&mut self, word: &str) -> Option<()> {
        let lower = word.to_lowercase();
        self.is_named |= !is_sign(word);
        if let Some(code) = CODES.split(' ').find(|code| *code == word) {
            return self.currency(code);
        }
        if let Some((code, _)) = NAMES.iter().find(|(_, names)| is_of(names, &lower)) {
            return self.currency(code);
        }
        // A$, and Australian dollars.
        let (before, sign) = match lower.char_indices().last() {
            Some((at, '$' | '£')) if at > 0 => lower.split_at(at),
            _ => ("", lower.as_str()),
        };
        if let Some((name, _, usual)) = SHARED.iter().find(|(_, words, _)| is_of(words, sign)) {
            self.country.push_str(before);
            let of = |country: &str| {
                COUNTRIES.iter().find(|(of, _, words)| of == name && is_of(words, country)).map(|it| it.1)
            };
            let country = std::mem::take(&mut self.country);
            return self.currency(if country.is_empty() { (*usual)? } else { of(&country)? });
        }
        let is_year = lower.len() == 4 && (lower.starts_with("19") || lower.starts_with("20"));
        if is_year && lower.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(());
        }
        if let Some((exponent, _)) = SCALES.iter().find(|(_, words)| is_of(words, &lower)) {
            self.has_scale = true;
            self.has_price |= lower.starts_with('1') && !lower.ends_with('s') && *exponent > 2;
            self.exponent = self.exponent.checked_add(*exponent)?;
            return Some(());
        }
        let country = format!("{}{lower}", self.country);
        let mut words = COUNTRIES.iter().flat_map(|(_, _, words)| words.split(' '));
        // `and` is a part of Trinidad and Tobago.
        if words.any(|known| known.starts_with(&country))
            && (lower.len() > 1 && !is_of(SILENT, &lower) || !self.country.is_empty())
        {
            // Pounds sterling are no other pounds.
            let is_sterling = self.code == Some("GBP") && lower == "sterling";
            self.country = if is_sterling { String::new() } else { country };
            return Some(());
        }
        (self.country.is_empty() && is_of(SILENT, &lower)).then_some(())
    }

    fn currency(&mut self, code: &'static str) -> Option<()> {
        let is_same = self.code.is_none_or(|known| known == code) && self.country.is_empty();
        self.code = Some(code);
        is_same.then_some(())
    }

    fn unit(&self) -> Option<Unit> {
        let unit = Unit::parse(self.code?).filter(|_| self.country.is_empty())?;
        // ¥1,000 is an amount.
        if self.has_price && unit.currency() == Currency::JPY {
            return None;
        }
        if !self.has_scale && !self.is_named {
            return None;
        }
        if self.has_scale { unit.with_exponent(self.exponent) } else { Some(unit) }
    }
}

/// The unit that words are, all of them.
pub(super) fn whole(text: &str) -> Option<Unit> {
    read(&words(text))
}

fn read(words: &[String]) -> Option<Unit> {
    let mut read = Read::default();
    words.iter().try_for_each(|word| read.take(word))?;
    read.unit()
}

/// The unit that a text ends with, from an `in`, a sign or a code on: Budget in thousands of dollars, Request £m.
pub(super) fn at_end(text: &str) -> Option<Unit> {
    let words = words(text);
    let begins = |word: &String| {
        is_of("in In IN", word)
            || word.ends_with(['$', '£', '€', '¥'])
            || CODES.split(' ').any(|code| code == word)
    };
    let is_whole = |(_, unit): &(usize, Unit)| unit.exponent() > 0;
    let tails = (1..words.len()).filter(|at| words.get(*at).is_some_and(begins));
    let read = |at: usize| Some((at, words.get(at..).and_then(read)?));
    tails.filter_map(read).find(is_whole).map(|(_, unit)| unit)
}

/// Words before a country that money goes to or comes from, and that does not speak.
const TOWARD: &str = "to for with from in on by than";

/// The dollars of the countries that a text names, and whether it may be one of these that speaks: Government of Canada, and not Aid to Fiji.
pub(super) fn dollars(text: &str) -> Vec<(&'static str, bool)> {
    let words = words(&text.replace("U.S.", "US"));
    let of = |at: usize, count: usize| {
        let said = words.get(at..at + count)?.concat().to_lowercase();
        let is_us = count == 1
            && words.get(at).is_some_and(|word| matches!(word.trim_end_matches('$'), "US" | "USA" | "USD"));
        let is_it = |known: &str| known.len() > 3 && known == said;
        let found =
            COUNTRIES.iter().find(|(name, _, names)| *name == "dollar" && names.split(' ').any(is_it));
        found.map(|(_, code, _)| *code).or(is_us.then_some("USD"))
    };
    let speaks = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        before.is_none_or(|word| !is_of(TOWARD, &word.to_lowercase()))
    };
    let named = |at: usize| (1..=3).rev().find_map(|count| of(at, count)).map(|code| (code, speaks(at)));
    (0..words.len()).filter_map(named).collect()
}

/// Whether a text is about a currency and how many of it are counted, though what it says is not all understood.
pub(super) fn mentions(text: &str) -> bool {
    let words: Vec<String> = words(text).iter().map(|word| word.to_lowercase()).collect();
    let is_name = |word: &String| {
        SHARED.iter().any(|(_, names, _)| is_of(names, word))
            || NAMES.iter().any(|(_, names)| is_of(names, word))
    };
    let is_scale = |word: &String| word.len() > 2 && SCALES.iter().any(|(_, words)| is_of(words, word));
    words.iter().any(is_name) && words.iter().any(is_scale)
}

/// The currency that a sign alone is: $, A$.
pub(super) fn sign(text: &str) -> Option<Currency> {
    let words = words(text);
    let mut read = Read::default();
    let [only] = words.as_slice() else { return None };
    read.take(only).filter(|()| is_sign(only))?;
    Currency::parse(read.code?)
}

fn is_sign(word: &str) -> bool {
    word.ends_with(['$', '£', '€', '¥', '₩', '₹'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_of_a_unit_are_understood_or_none() {
        for (text, expected) in [
            ("hundred million yen", "億円"),
            ("JPY mn", "百万円"),
            ("JPY bn", "十億円"),
            ("USD mn", "million USD"),
            ("Mio. EUR", "million EUR"),
            ("in thousands of Canadian dollars", "thousand CAD"),
            ("Unit: thousand Australian dollars", "thousand AUD"),
            ("in thousands of New Zealand dollars", "thousand NZD"),
            ("in millions of Hong Kong dollars", "million HKD"),
            ("Fiji dollars thousands", "thousand FJD"),
            ("Trinidad and Tobago dollars (millions)", "million TTD"),
            ("A$ million", "million AUD"),
            ("C$000", "thousand CAD"),
            ("NT$ thousand", "thousand TWD"),
            ("NZ$000", "thousand NZD"),
            ("S$'000s", "thousand SGD"),
            ("in millions of U.S. dollars", "million USD"),
            ("US$m", "million USD"),
            ("in thousands of Egyptian pounds", "thousand EGP"),
            ("£ billion", "billion GBP"),
            ("pounds sterling (millions)", "million GBP"),
            ("Kenya shillings in millions", "million KES"),
            ("dollars", "USD"),
            ("in EUR", "EUR"),
            ("¥ million", "百万円"),
            ("¥ in millions", "百万円"),
            ("$ in 000's", "thousand USD"),
            ("$1,000", "thousand USD"),
            ("v tis. Kč", "thousand CZK"),
            ("100 million yen", "億円"),
            ("Amounts expressed in 2027 dollars", "USD"),
        ] {
            assert_eq!(whole(text), Unit::parse(expected), "{text}");
        }
        for text in [
            "in thousands of Zorkian dollars",
            "crore rupees",
            "in thousands",
            "rupees",
            "Mexican dollars",
            "US dollars and euros",
            "hundred dollars",
            "$5 fee",
            "¥1,000",
            "MOF",
            "kroner",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
        assert_eq!(at_end("2027-28 Budget $'000"), Unit::parse("thousand USD"));
        assert_eq!(at_end("Budget in thousands of Zorkian dollars"), None);
        assert!(mentions("in thousands of Zorkian dollars") && !mentions("$5 fee"));
    }
}
