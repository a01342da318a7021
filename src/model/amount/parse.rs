//! The grammar of written amounts, over the text of one scalar. Goes in: text and the unit of bare
//! numbers; comes out: an [`Amount`], or the error and the bytes it is about.
//!
//! ```text
//! amount  = [minus] [symbol] (number | number unit | section scale {section scale} section unit)
//! section = {number (千 | 百 | 十)} number [千 | 百 | 十]
//! number  = digits with commas between groups of three, or none, and decimals
//! scale   = 兆 | 億 | 百万 | 万 | 千, each smaller than the one before
//! symbol  = $ | £ | € …, where the unit makes it certain; money other than the yen may be negative in brackets
//! ```

mod section;

use std::ops::Range;

use super::super::fold::{fold, is_minus};
use super::super::{Currency, Unit};
use section::{Section, ten_of};

use super::{Amount, AmountError, AmountErrorKind as Kind, BASE_DECIMALS};

/// The most digits before the point, in base units.
const MOST_DIGITS: usize = 20;

pub(super) fn parse(text: &str, default_unit: Unit) -> Result<Amount, AmountError> {
    let mut reader = Reader { text, at: 0, end: text.trim_end_matches(|c| fold(c).is_whitespace()).len() };
    reader.skip_spaces();
    let start = reader.at;
    if reader.is_done() {
        return Err(reader.error(Kind::Empty, 0..text.len()));
    }

    let whole = start..reader.end;
    let in_brackets = reader.in_brackets(default_unit);
    let negative = reader.sign()? || in_brackets;
    let symbol = reader.symbol(default_unit, &whole)?;
    let negative = negative || symbol && reader.sign()?;
    let scaled_at = reader.at;
    let parts = reader.parts(default_unit)?;
    if symbol && default_unit.exponent() > 0 && reader.is_bare(scaled_at) {
        return Err(reader.error(Kind::Symbol, whole));
    }

    let unit = parts.last().map_or(default_unit, |part| part.unit);
    if unit.currency() != default_unit.currency() {
        let kind = Kind::MixedCurrency { expected: default_unit.currency(), found: unit.currency() };
        return Err(reader.error(kind, whole));
    }
    let decimals = parts.last().map_or(0, |part| part.decimals);
    let hundredths = parts
        .iter()
        .try_fold(0, |sum, part| Ok(sum + part.hundredths()?))
        .map_err(|kind| reader.error(kind, whole.clone()))?;

    let signed = if negative { -hundredths } else { hundredths };
    let larger = parts.iter().rev().skip(1).fold(0, |bits, part| bits | 1_u16 << part.unit.exponent());
    Amount::from_smallest_units(signed, unit, u8::try_from(decimals).unwrap_or(u8::MAX))
        .map(|amount| Amount { larger, ..amount })
        .ok_or_else(|| reader.error(Kind::TooLarge, whole))
}

/// A number and the unit it counts; in a compound, one of several.
struct Part {
    digits: String,
    decimals: usize,
    unit: Unit,
}

impl Part {
    fn integer_digits(&self) -> usize {
        self.digits.len() - self.decimals
    }

    /// The value in hundredths of the base unit, where it is neither too large nor too fine.
    fn hundredths(&self) -> Result<i128, Kind> {
        let exponent = usize::from(self.unit.exponent());
        let finest = exponent + usize::from(BASE_DECIMALS);
        let Some(places) = finest.checked_sub(self.decimals) else {
            return Err(Kind::TooFine);
        };
        if self.integer_digits() + exponent > MOST_DIGITS && !self.digits.starts_with('0') {
            return Err(Kind::TooLarge);
        }

        let factor = u32::try_from(places).ok().and_then(|places| 10_i128.checked_pow(places));
        let digits: Option<i128> = self.digits.parse().ok();
        digits.zip(factor).and_then(|(digits, factor)| digits.checked_mul(factor)).ok_or(Kind::TooLarge)
    }
}

/// The text and how far it has been read, in bytes.
struct Reader<'text> {
    text: &'text str,
    at: usize,
    end: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn is_done(&self) -> bool {
        self.rest().is_empty()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next().map(fold)
    }

    /// Passes the characters that fit, and gives the bytes they take.
    fn pass(&mut self, fits: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        let length = self.rest().find(|c| !fits(fold(c)));
        self.at += length.unwrap_or(self.rest().len());
        start..self.at
    }

    fn skip_spaces(&mut self) {
        self.pass(char::is_whitespace);
    }

    fn error(&self, kind: Kind, range: Range<usize>) -> AmountError {
        let found = self.text.get(range.clone()).unwrap_or_default();
        AmountError { kind, found: found.to_owned(), range }
    }

    /// Passes the brackets that make an amount negative in the accounts of most currencies. In yen they often only set last
    /// year's amount apart.
    fn in_brackets(&mut self, default_unit: Unit) -> bool {
        let closing = self.rest().chars().next_back().map(fold) == Some(')');
        let inside = self.peek() == Some('(') && closing && default_unit.currency() != Currency::JPY;
        if inside {
            self.pass(|c| c == '(');
            self.end = self.text.get(..self.end).map_or(0, |text| text.trim_end_matches([')', '）']).len());
            self.skip_spaces();
        }
        inside
    }

    /// Passes a currency's symbol.
    fn symbol(&mut self, default_unit: Unit, whole: &Range<usize>) -> Result<bool, AmountError> {
        let Some((length, currencies)) = Currency::symbol(self.rest()) else {
            return Ok(false);
        };
        let expected = default_unit.currency();
        if let Some(&found) = currencies.first()
            && !currencies.contains(&expected)
        {
            return Err(self.error(Kind::MixedCurrency { expected, found }, whole.clone()));
        }
        self.at += length;
        self.skip_spaces();
        Ok(true)
    }

    /// Whether there is nothing but a number from a place on.
    fn is_bare(&self, start: usize) -> bool {
        let text = self.text.get(start..self.end).unwrap_or_default();
        text.chars().map(fold).all(|c| c.is_ascii_digit() || matches!(c, ',' | '.') || c.is_whitespace())
    }

    fn sign(&mut self) -> Result<bool, AmountError> {
        let start = self.at;
        if self.peek() == Some('+') {
            return Err(self.error(Kind::PlusSign, start..self.end));
        }

        let signs = self.pass(is_minus);
        self.skip_spaces();
        if !signs.is_empty() && self.is_done() {
            return Err(self.error(Kind::LoneSign, signs));
        }
        let count = self.text.get(signs).map_or(0, |signs| signs.chars().count());
        if count > 1 {
            return Err(self.error(Kind::NotANumber, start..self.end));
        }

        Ok(count == 1)
    }

    fn parts(&mut self, default_unit: Unit) -> Result<Vec<Part>, AmountError> {
        let mut parts: Vec<Part> = Vec::new();
        let mut section = Section::default();
        loop {
            let start = self.at;
            let (digits, decimals) = self.number()?;
            let number = start..self.at;
            self.skip_spaces();
            let word = self.pass(|c| !c.is_ascii_digit());
            let is_last = self.is_done();
            let written = self.text.get(word.clone()).unwrap_or_default();
            if !is_last && decimals > 0 {
                return Err(self.error(Kind::PartDecimals, number));
            }
            if let Some(tens) = ten_of(written).filter(|_| !is_last) {
                section.add(&digits, tens).ok_or_else(|| self.error(Kind::PartTooLarge, start..word.end))?;
                continue;
            }
            if written.is_empty() && !section.is_empty() {
                return Err(self.error(Kind::MissingUnit, number));
            }
            // `5千億円` is 5千 of 億円; 千円 and 百万円 are units of their own, unless 千 or 百 goes on with a section.
            let whole_word = written.trim_end();
            let is_unit = section.is_empty() && Unit::parse(whole_word).is_some();
            let tens = if is_unit { None } else { self.tens(&word, is_last) };
            let unit_word = word.start + tens.map_or(0, |(_, length)| length)..word.end;
            let unit = self.unit(&number, &unit_word, &parts, default_unit)?;
            let (digits, decimals) = section
                .close(&digits, decimals, tens.map_or(0, |(tens, _)| tens))
                .ok_or_else(|| self.error(Kind::PartTooLarge, start..word.end))?;
            let part = Part { digits, decimals, unit };
            if let Some(before) = parts.last() {
                let room = before.unit.exponent().checked_sub(unit.exponent());
                let room = usize::from(room.unwrap_or(0));
                if room == 0 {
                    return Err(self.error(Kind::UnitOrder, start..word.end));
                }
                if part.integer_digits() > room {
                    return Err(self.error(Kind::PartTooLarge, start..word.end));
                }
            }
            parts.push(part);
            if is_last {
                return Ok(parts);
            }
        }
    }

    /// The 千, 百 or 十 that a word begins with before 円, 万円, 億円 or 兆円: its power of ten, and its bytes.
    fn tens(&self, word: &Range<usize>, is_last: bool) -> Option<(usize, usize)> {
        let written = self.text.get(word.clone())?.trim_end();
        let first = written.chars().next()?;
        let rest = written.get(first.len_utf8()..)?;
        let is_scale = matches!(rest.trim_end_matches('円'), "" | "万" | "億" | "兆");
        let ends = rest.ends_with('円') == is_last;
        ten_of(first.encode_utf8(&mut [0; 4]))
            .filter(|_| is_scale && ends && !rest.is_empty())
            .map(|tens| (tens, first.len_utf8()))
    }

    /// Reads digits, commas and point; gives the digits alone and how many of them are decimals.
    fn number(&mut self) -> Result<(String, usize), AmountError> {
        let start = self.at;
        let range = self.pass(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '_'));
        let number: String = self.text.get(range.clone()).unwrap_or_default().chars().map(fold).collect();
        if !number.contains(|c: char| c.is_ascii_digit()) {
            return Err(self.error(Kind::NotANumber, start..self.end));
        }
        if let Some(end) = self.exponent_end() {
            return Err(self.error(Kind::Exponent, start..end));
        }

        let (whole, fraction) = match number.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (number.as_str(), None),
        };
        let decimals = fraction.unwrap_or_default();
        let kind = if number.contains('_') {
            Kind::Underscore
        } else if decimals.contains('.') {
            Kind::TwoPoints
        } else if decimals.contains(',') || (!whole.is_empty() && !is_grouped(whole)) {
            Kind::Grouping
        } else if whole.is_empty() {
            Kind::NoIntegerDigits
        } else if fraction.is_some_and(str::is_empty) {
            Kind::NoFractionDigits
        } else if whole.len() > 1 && whole.starts_with('0') {
            Kind::LeadingZeros
        } else {
            let digits = format!("{}{decimals}", whole.replace(',', ""));
            return Ok((digits, decimals.len()));
        };

        Err(self.error(kind, range))
    }

    /// Where an exponent such as `e5` or `E+5` ends, if one comes next.
    fn exponent_end(&self) -> Option<usize> {
        let after = self.rest().strip_prefix(['e', 'E', 'ｅ', 'Ｅ'])?;
        let digits =
            after.strip_prefix(['+', '＋']).or_else(|| after.strip_prefix(is_minus)).unwrap_or(after);
        let length = digits.find(|c| !fold(c).is_ascii_digit()).unwrap_or(digits.len());

        (length > 0).then(|| self.end - digits.len() + length)
    }

    /// The unit of a part: that of the budget where none is written, a whole unit at the end, a
    /// bare scale such as 億 before it.
    fn unit(
        &self,
        number: &Range<usize>,
        word: &Range<usize>,
        before: &[Part],
        default_unit: Unit,
    ) -> Result<Unit, AmountError> {
        let written = self.text.get(word.clone()).unwrap_or_default();
        let is_last = self.is_done();
        if written.is_empty() {
            return match (is_last, before) {
                (true, []) => Ok(default_unit),
                (true, _) => Err(self.error(Kind::MissingUnit, number.clone())),
                (false, _) => {
                    let next = self.rest().find(|c| !fold(c).is_ascii_digit());
                    let end = next.map_or(self.end, |length| self.at + length);
                    Err(self.error(Kind::Space, number.start..end))
                }
            };
        }

        let trimmed = written.trim_end_matches(|c| fold(c).is_whitespace());
        let shown = word.start..word.start + trimmed.len();
        let whole = Unit::parse(trimmed)
            .or_else(|| default_unit.scaled_by(trimmed).filter(|_| is_last && before.is_empty()));
        if is_last {
            return match whole {
                Some(unit) if !before.is_empty() && unit.currency() != Currency::JPY => {
                    let kind = Kind::MixedCurrency { expected: Currency::JPY, found: unit.currency() };
                    Err(self.error(kind, shown))
                }
                Some(unit) => Ok(unit),
                None => Err(self.error(Kind::UnknownUnit, shown)),
            };
        }
        if whole.is_some() {
            return Err(self.error(Kind::AfterUnit, self.at..self.end));
        }

        Unit::parse(&format!("{trimmed}円"))
            .filter(|unit| unit.exponent() > 0)
            .ok_or_else(|| self.error(Kind::UnknownUnit, shown))
    }
}

/// Tells whether the commas of a number, if any, part groups of three digits.
fn is_grouped(whole: &str) -> bool {
    let Some((first, rest)) = whole.split_once(',') else {
        return true;
    };

    matches!(first.len(), 1..=3) && rest.split(',').all(|group| group.len() == 3)
}
