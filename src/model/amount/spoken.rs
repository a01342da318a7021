//! The amount that running text begins with: `70百万円`, `¥70 million`, `70 million yen`, `USD 1.8 billion`.

use super::super::{Currency, Unit};
use super::Amount;

const SCALES: [&str; 4] = ["thousand", "million", "billion", "trillion"];

/// The amount that a text begins with, with its currency, and the bytes that say it. A symbol or a name of several currencies is of that of
/// `unit` where it can be.
pub(super) fn spoken(text: &str, unit: Unit) -> Option<(Amount, usize)> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let japanese = prefix(text, |c| is_number(c) || "十百千万億兆円".contains(c));
    if japanese.ends_with('円') {
        let amount = Amount::parse(japanese, Unit::YEN).ok()?;
        return Some((said_to(japanese, amount).unwrap_or(amount), japanese.len()));
    }
    let symbol = Currency::symbol(text);
    let own =
        |codes: &[Currency]| codes.iter().find(|code| **code == unit.currency()).or(codes.first()).copied();
    let before = match &symbol {
        Some((length, codes)) => Some((*length, own(codes)?)),
        None => code(text).map(|code| (3 + text.get(3..).map_or(0, blanks), code)),
    };
    let start = before.map_or(0, |(length, _)| length);
    let number = prefix(text.get(start..)?, is_number).trim_end_matches([',', '.']);
    let mut end = start + number.len();
    let word = |end: usize| {
        let rest = text.get(end..)?;
        let word = prefix(rest.get(blanks(rest)..)?, |c| c.is_ascii_alphabetic());
        Some((word, end + blanks(rest) + word.len()))
    };
    let mut scale = "";
    let is_scale =
        |word: &str| SCALES.contains(&word) || before.is_some() && Unit::abbreviated(word).is_some();
    if let Some((word, behind)) = word(end).filter(|(word, _)| is_scale(word)) {
        (scale, end) = (word, behind);
    }
    let named = word(end).and_then(|(word, behind)| {
        let lower = word.to_ascii_lowercase();
        let name = Currency::named_at_end(&lower).filter(|(before, _)| before.is_empty());
        // A dollar is the chapter's own where it counts in dollars.
        let of = name.map(|(_, known)| match Currency::symbol("$").filter(|_| lower.starts_with("dollar")) {
            Some((_, dollars)) => own(&dollars),
            None => Some(known),
        });
        Some((of.unwrap_or_else(|| code(word).filter(|_| word.len() == 3))?, behind))
    });
    if let (None, Some((_, behind))) = (before, named) {
        end = behind;
    }
    let currency = before.or(named.map(|(currency, _)| (0, currency)))?.1;
    let unit = Unit::parse(currency.code())?;
    let unit = if scale.is_empty() { unit } else { unit.scaled_by(scale)? };
    Some((Amount::parse(number, unit).ok()?, end))
}

fn prefix(text: &str, fits: impl Fn(char) -> bool) -> &str {
    text.get(..text.find(|c| !fits(c)).unwrap_or(text.len())).unwrap_or_default()
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The code of a currency that a text begins with, as a word of its own.
fn code(text: &str) -> Option<Currency> {
    let word = prefix(text, |c| c.is_ascii_alphabetic());
    Currency::parse(word).filter(|_| word.len() == 3)
}

/// `12億3千万円`, an amount in several steps, is said to its last one.
fn said_to(text: &str, amount: Amount) -> Option<Amount> {
    const STEPS: [(char, u8); 6] = [('十', 1), ('百', 2), ('千', 3), ('万', 4), ('億', 8), ('兆', 12)];
    let exponent = |c: char| STEPS.iter().find(|(step, _)| *step == c).map(|(_, exponent)| *exponent);
    let (before, behind) = text.split_at_checked(text.rfind(|c: char| c.is_ascii_digit())? + 1)?;
    before.chars().find_map(exponent)?;
    let last: u8 = behind.chars().filter_map(exponent).sum();
    let (unit, decimals) =
        (last..=12).find_map(|named| Some((Unit::YEN.with_exponent(named)?, named - last)))?;
    Amount::from_value(amount.value(), unit, decimals)
}
