//! Slips of the pen that would explain a sum that does not add up: two digits exchanged, a unit mistaken for another.

use crate::model::{Amount, Footing, Rounding};
use crate::notation::Notation;

/// More explanations than this explain nothing: then chance finds them.
const MOST: usize = 2;

/// A slip that would explain a sum.
pub(super) struct Explanation {
    /// What it is, in a sentence.
    pub(super) text: String,
    /// Which addend it is in; the total where there is none of that number.
    pub(super) addend: usize,
    /// The digits of that amount and the first of the two that are exchanged, where some are.
    pub(super) exchange: Option<(String, usize)>,
}

/// The amounts which, written with another order of digits or in another unit, would make the sum right.
pub(super) fn explanations(
    addends: &[Amount],
    total: Amount,
    rules: &[Rounding],
    notation: &Notation,
) -> Vec<Explanation> {
    let sum = Amount::sum(addends.iter().copied()).ok().flatten();
    // Any amount is small enough in some unit to round to nothing.
    if sum.is_some_and(Amount::is_zero) {
        return Vec::new();
    }
    let counted_in = sum.unwrap_or(total).unit();
    let gap = total.smallest_units() - sum.map_or(0, Amount::smallest_units);
    let coarse: i128 = addends.iter().chain([&total]).map(|it| it.quantum().smallest_units()).sum();
    let mut found = Vec::new();
    for at in 0..=addends.len() {
        let written = addends.get(at).copied().unwrap_or(total);
        let fits = |other: Amount, exactly: bool| {
            // Among many parts most are told from what would fit by the difference alone.
            let step = other.smallest_units() - written.smallest_units();
            let left = gap - if at < addends.len() { step } else { -step };
            let most = if exactly { 0 } else { coarse + other.quantum().smallest_units() };
            if left.abs() > most {
                return false;
            }
            let (mut parts, mut whole) = (addends.to_vec(), total);
            match parts.get_mut(at) {
                Some(part) => *part = other,
                None => whole = other,
            }
            rules.iter().any(|rule| {
                let footing = Footing::of(&parts, whole, *rule);
                match footing {
                    Ok(Footing::Exact) => true,
                    Ok(Footing::WithinRounding { .. }) => !exactly,
                    _ => false,
                }
            })
        };
        let shown = notation.amount(&written);
        for (digits, first, other) in exchanged(written) {
            if fits(other, true) {
                let other = notation.amount(&other);
                let text = format!("{shown} with two digits exchanged is {other}, and then it adds up");
                found.push(Explanation { text, addend: at, exchange: Some((digits, first)) });
            }
        }
        for (factor, other) in rescaled(written) {
            if fits(other, false) {
                let other = notation.amount_in(&other, counted_in);
                let text = format!("{shown} {factor} is {other}, and then it adds up: is its unit right?");
                found.push(Explanation { text, addend: at, exchange: None });
            }
        }
        if found.len() > MOST {
            return Vec::new();
        }
    }
    found
}

/// The amounts that an exchange of two neighboring digits makes of an amount, with its digits and the first of the two.
fn exchanged(amount: Amount) -> Vec<(String, usize, Amount)> {
    let digits: Vec<u8> = amount.coefficient().unsigned_abs().to_string().into_bytes();
    (1..digits.len())
        .filter_map(|at| {
            let mut other = digits.clone();
            other.swap(at - 1, at);
            if other == digits || other.first() == Some(&b'0') {
                return None;
            }
            let magnitude: i128 = std::str::from_utf8(&other).ok()?.parse().ok()?;
            let quanta = magnitude * amount.coefficient().signum();
            let hundredths = quanta.checked_mul(amount.quantum().smallest_units())?;
            let other = Amount::from_smallest_units(hundredths, amount.unit(), amount.decimals())?;
            Some((String::from_utf8_lossy(&digits).into_owned(), at - 1, other))
        })
        .collect()
}

/// An amount 100 and 1,000 times as large and as small, where it is a number in its unit.
pub(super) fn rescaled(amount: Amount) -> Vec<(&'static str, Amount)> {
    let hundredths = amount.smallest_units();
    let larger = |factor: i128| {
        Amount::from_smallest_units(hundredths.checked_mul(factor)?, amount.unit(), amount.decimals())
    };
    // A smaller amount has more digits behind the point than were written.
    let smaller = |divisor: i128, more: u8| {
        let decimals = amount.decimals() + more;
        (hundredths % divisor == 0)
            .then(|| Amount::from_smallest_units(hundredths / divisor, amount.unit(), decimals))
            .flatten()
    };
    [
        ("times 100", larger(100)),
        ("times 1,000", larger(1000)),
        ("divided by 100", smaller(100, 2)),
        ("divided by 1,000", smaller(1000, 3)),
    ]
    .into_iter()
    .filter_map(|(factor, other)| Some((factor, other?)))
    .filter(|_| !amount.is_zero())
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, Unit};

    fn explained(addends: &[&str], total: &str) -> Vec<String> {
        let amount = |text: &&str| Amount::parse(text, Unit::MILLION_YEN).ok();
        let addends: Vec<Amount> = addends.iter().filter_map(amount).collect();
        let notation = Notation::new(Lang::Ja);
        let found = amount(&total).map(|total| explanations(&addends, total, &Rounding::ALL, &notation));
        found.unwrap_or_default().into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn exchanged_digits_of_a_part_or_of_the_total_are_named() {
        let part = explained(&["3,125", "7,485"], "10,583");
        let expected = "7,485百万円 with two digits exchanged is 7,458百万円, and then it adds up";
        assert_eq!(part, [expected]);
        let total = explained(&["3,125", "7,458"], "15,083");
        assert_eq!(total, ["15,083百万円 with two digits exchanged is 10,583百万円, and then it adds up"]);
    }

    #[test]
    fn a_unit_mistaken_for_another_is_named() {
        let slip = explained(&["5,663億円", "3,450", "2,806"], "11,919");
        let expected = "5,663億円 divided by 100 is 5,663百万円, and then it adds up: is its unit right?";
        assert_eq!(slip, [expected]);
    }

    #[test]
    fn what_chance_would_find_is_not_named() {
        let same = ["12", "23", "34", "45", "56"];
        assert!(explained(&same, "179").is_empty());
    }
}
