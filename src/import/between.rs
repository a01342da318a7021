//! Heads that name two amounts and what stands between them: the difference of both, or the one as a share of the other.

use super::amounts::{self, Named, Sure};
use super::words::{Meaning, Role, folded, without_brackets, year_in};
use super::years::{Kind, kind};
use crate::model::{FiscalCalendar, FiscalYear, Stage, fold};

/// Stands for words that hold one amount against another, and need none in front of them: 対当初, vs Enacted.
const AGAINST: char = '対';
const WORDS_AGAINST: [&str; 8] = ["versus", "vs", "over", "under", "above", "below", "against", "compared"];
const WORDS_OF_MINUS: [&str; 4] = ["less", "minus", "to", "from"];

/// What stands on one side of a sign.
struct Side<'t> {
    /// The amount that the whole of it names; of a year alone none.
    meaning: Option<Meaning>,
    year: Option<FiscalYear>,
    text: &'t str,
}

impl<'t> Side<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let year = year_in(&text.to_uppercase(), FiscalYear::new(2025), FiscalCalendar::default());
        let meaning = match amounts::named(text) {
            Some(Named::Amount(meaning, Sure::Whole)) => Some(meaning),
            _ => None,
        };
        let is_named = meaning.is_some() || amounts::is_year(text);
        let is_generic = amounts::is_generic(text) || text == "total";
        (is_named && !is_generic).then_some(Self { meaning, year, text })
    }

    fn is(&self, meaning: Meaning) -> bool {
        self.meaning == Some(meaning)
    }

    fn is_asked(&self) -> bool {
        self.meaning.and_then(kind) == Some(Kind::Asked)
    }

    fn is_proposed(&self) -> bool {
        amounts::staged(self.text) == Some(Stage::Proposal)
    }

    /// Whether it has a letter, which others refer to: 予算額(A), 予算額A.
    fn is_lettered(&self) -> bool {
        let mut last = self.text.trim_end_matches(')').chars().rev();
        last.next().is_some_and(|c| c.is_ascii_alphabetic())
            && last.next().is_some_and(|c| c == '(' || !c.is_ascii())
    }

    /// Whether a dash behind it takes another amount away, and does not only lead on to a further word: Budget - Adopted.
    fn less(&self, other: &Self) -> bool {
        match (self.year, other.year) {
            (Some(own), Some(others)) => self.meaning.and(other.meaning).is_some() || own > others,
            _ if self.meaning.is_none() || other.meaning.is_none() => false,
            _ => {
                other.is(Meaning::Prior)
                    || self.is_asked() && !other.is_asked()
                    || other.is_asked() && (self.is(Meaning::Prior) || self.is_proposed())
                    || self.is_lettered() && other.is_lettered()
            }
        }
    }

    /// Whether a stroke behind it divides it by another amount, and does not only name both: 要求/要望, Adopted/Amended.
    fn by(&self, other: &Self) -> bool {
        let is_settled =
            self.is(Meaning::Settled) && amounts::is_of_budget(other.text) && !other.text.is_ascii();
        let is_of_one = self.is_proposed() || other.is_proposed();
        self.meaning.and(other.meaning).is_some()
            && match self.year.zip(other.year) {
                Some((own, others)) if own != others => true,
                _ => {
                    is_settled
                        || self.is(Meaning::Prior) != other.is(Meaning::Prior)
                        || self.is_asked() != other.is_asked() && !is_of_one
                }
            }
    }
}

/// A head with one sign for all that means the same: `-`, `/`, `÷` or [`AGAINST`].
fn signed(header: &str) -> String {
    let sign = |word: &str| {
        let word = folded(word);
        let mut words = word.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).peekable();
        words.peek()?;
        let are = |known: &[&str]| words.clone().all(|word| known.contains(&word));
        if are(&WORDS_AGAINST) { Some(AGAINST) } else { are(&WORDS_OF_MINUS).then_some('-') }
    };
    let mut text = String::new();
    for word in header.split_whitespace() {
        match sign(word) {
            Some(sign) => text.push(sign),
            None => text.push_str(&word.replace("マイナス", "-")),
        }
    }
    let mut before = ' ';
    let one = |c: char| {
        let is_long = matches!(before, 'ァ'..='ヺ' | 'ー');
        before = c;
        match fold(c) {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            'ー' if !is_long => '-',
            c => c,
        }
    };
    text.chars().map(one).flat_map(char::to_lowercase).collect()
}

/// The places of signs in a text outside of brackets, each with what stands before and behind it.
fn parted(text: &str) -> impl Iterator<Item = (char, &str, &str)> {
    let is_sign = |c: char| matches!(c, '-' | '/' | '÷' | AGAINST);
    let mut depth = 0_i32;
    let mut is_outside = move |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0
    };
    text.char_indices().filter(move |(_, c)| is_outside(*c) && is_sign(*c)).filter_map(move |(at, sign)| {
        let (before, behind) = (text.get(..at)?, text.get(at + sign.len_utf8()..)?);
        Some((sign, before.trim_end_matches(is_sign), behind.trim_start_matches(is_sign)))
    })
}

/// What a head is that holds two amounts against each other.
pub(super) fn role(header: &str) -> Option<Role> {
    let text = signed(header);
    // 前年度予算額との差, 令和８年度予算比
    let ends = |words: &[&str]| {
        let rest = words.iter().find_map(|word| text.strip_suffix(word)).unwrap_or_default();
        let rest = rest.trim_start_matches(AGAINST).trim_end_matches(['の', 'と']);
        matches!(amounts::named(rest), Some(Named::Amount(..)))
    };
    if ends(&["比", "比率"]) {
        return Some(Role::Rate);
    }
    if ends(&["差", "差額"]) {
        return Some(Role::Change);
    }
    // R9（要求－当初）, but not 要求額（当初－削減）, which the brackets only explain.
    let is_amount = matches!(amounts::named(&text), Some(Named::Amount(..)));
    let inner = text.split(['(', ')']).skip(1).step_by(2).filter(|_| !is_amount);
    [text.as_str()].into_iter().chain(inner).find_map(|text| {
        parted(text).find_map(|(sign, before, behind)| {
            if without_brackets(before).is_empty() && sign == AGAINST {
                return Side::of(behind).map(|_| Role::Change);
            }
            let (own, other) = (Side::of(before)?, Side::of(behind)?);
            match sign {
                '/' => own.by(&other).then_some(Role::Rate),
                '÷' => own.meaning.and(other.meaning).map(|_| Role::Rate),
                AGAINST => Some(Role::Change),
                _ => own.less(&other).then_some(Role::Change),
            }
        })
    })
}

/// Whether a head names two amounts or years with a dash between, which only the figures tell from words that go on: 予算額－決算額, FY2026-FY2027.
pub(super) fn may_be_difference(header: &str) -> bool {
    let text = signed(header);
    parted(&text)
        .any(|(sign, before, behind)| sign == '-' && Side::of(before).is_some() && Side::of(behind).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_amounts_with_a_sign_between_are_none_of_both() {
        for (header, expected) in [
            ("R9要求-R8当初", Some(Role::Change)),
            ("要求額(B)-予算額(A)", Some(Role::Change)),
            ("予算額(B)-要求額(A)", Some(Role::Change)),
            ("９年度要求ー８年度予算", Some(Role::Change)),
            ("令和９年度要求額\n－令和８年度予算額", Some(Role::Change)),
            ("要求額－前年度予算額", Some(Role::Change)),
            ("要求-前年度", Some(Role::Change)),
            ("政府案－要求額", Some(Role::Change)),
            ("R9（要求－当初）", Some(Role::Change)),
            ("要求マイナス当初", Some(Role::Change)),
            ("FY27 Request - FY26 Enacted", Some(Role::Change)),
            ("FY 2027-28 Request – FY 2026-27 Enacted", Some(Role::Change)),
            ("FY 2027 Request less FY 2026 Enacted", Some(Role::Change)),
            ("FY26 Enacted to FY27 Request", Some(Role::Change)),
            ("Request vs. Enacted", Some(Role::Change)),
            ("Request Over/(Under) Enacted", Some(Role::Change)),
            ("R9-R8", Some(Role::Change)),
            ("対当初予算", Some(Role::Change)),
            ("R9要求とR8当初の差", Some(Role::Change)),
            ("前年度予算額との差", Some(Role::Change)),
            ("R9要求/R8当初", Some(Role::Rate)),
            ("要求額÷予算額", Some(Role::Rate)),
            ("執行額／予算額", Some(Role::Rate)),
            ("令和８年度予算比", Some(Role::Rate)),
            ("FY 2025-26 Adopted", None),
            ("FY2026-FY2027 Adopted", None),
            ("2015-2016 Budget", None),
            ("FY 2026 Budget - Adopted", None),
            ("FY2027 - Request", None),
            ("令和９年度予算－要求額", None),
            ("要求額－計", None),
            ("R7-9要求", None),
            ("センター要求", None),
            ("要求/要望額", None),
            ("Adopted/Amended Budget", None),
            ("2025/26 Actual", None),
            ("廃棄物対策予算", None),
            ("－要求額", None),
            ("要求額（当初－補正）", None),
            ("要求額（対前年度）", None),
        ] {
            assert_eq!(role(header), expected, "{header}");
        }
        assert!(may_be_difference("令和９年度予算－要求額") && !may_be_difference("令和９年度予算額"));
    }
}
