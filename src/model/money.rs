//! From the text of an amount cell to its state: a number, a request with no number yet, a word such
//! as 新規, or nothing. Only here is it known that `-`, blank and 0 differ.

use super::amount::{Amount, AmountError, Rate};
use super::fold::{fold, fold_text};
use super::{ArithmeticError, Unit};

/// The state of an amount cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Money {
    /// An amount.
    Known(Amount),
    /// An amount and a further request with no amount yet, `60億円+事項要求`.
    KnownAndUnspecified(Amount),
    /// A request with no amount yet, 事項要求. Not zero.
    Unspecified,
    /// There was nothing before, 新規.
    New,
    /// There will be nothing more, 終了.
    Ended,
    /// An amount makes no sense here, `-`.
    NotApplicable,
    /// Nobody said: the cell is empty or its key absent.
    #[default]
    NotStated,
    /// Said not to be stated, 記載なし: the line may have an amount, and what it is taken from does not give it.
    Unknown,
    /// Not settled yet, 未定: the file is a draft, and the amount will be put in.
    Undecided,
    /// An unknown part of this larger amount, `4,592百万円の内数`.
    Within(Amount),
}

impl Money {
    /// Reads a cell. States may be in Japanese or English, amounts are as for [`Amount::parse`].
    ///
    /// # Errors
    /// Those of [`Amount::parse`], with a range in `text` as given.
    pub fn parse(text: &str, default_unit: Unit) -> Result<Self, AmountError> {
        if let Some(state) = state(&fold_text(text)) {
            return Ok(state);
        }

        let amount =
            |part: &str, offset: usize| Amount::parse(part, default_unit).map_err(|error| error.at(offset));
        if let Some(end) = text.rfind(['+', '＋']) {
            let after: String = text[end..].chars().skip(1).collect();
            if state(&fold_text(&after)) == Some(Self::Unspecified) {
                return amount(&text[..end], 0).map(Self::KnownAndUnspecified);
            }
        }
        let shown = text.trim_end_matches(|c| fold(c).is_whitespace());
        if let Some(whole) = shown.strip_suffix("内数") {
            let whole = whole.strip_suffix('の').unwrap_or(whole);
            return amount(whole, 0).map(Self::Within);
        }
        if let Some((before, whole)) = text.split_once("part of ")
            && before.trim().is_empty()
        {
            return amount(whole, text.len() - whole.len()).map(Self::Within);
        }

        amount(text, 0).map(Self::Known)
    }

    /// The amount that sums take in: only a number counts as a number, and a part of a larger amount
    /// (内数) has none of its own.
    #[must_use]
    pub fn addable(self) -> Option<Amount> {
        match self {
            Self::Known(amount) | Self::KnownAndUnspecified(amount) => Some(amount),
            _ => None,
        }
    }

    /// The amount that is printed in the cell, addable or not.
    #[must_use]
    pub fn amount(self) -> Option<Amount> {
        match self {
            Self::Known(amount) | Self::KnownAndUnspecified(amount) | Self::Within(amount) => Some(amount),
            _ => None,
        }
    }

    /// Tells whether a request without an amount is, or is part of, the cell.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unspecified | Self::KnownAndUnspecified(_))
    }

    /// What parts make together. Numbers are added; one part with no amount yet leaves the whole open, and one that is not stated (記載なし)
    /// hides it. Where no part has a number and all say why (新規, 終了, `-`), the whole says the same, or `-` where they differ.
    ///
    /// # Errors
    /// If the amounts are in different currencies or too large to add.
    pub fn total(parts: impl IntoIterator<Item = Self>) -> Result<Self, ArithmeticError> {
        let parts: Vec<Self> = parts.into_iter().collect();
        let is_open = parts.iter().any(|part| part.is_open());
        Ok(match (Amount::sum(parts.iter().filter_map(|part| part.addable()))?, is_open) {
            _ if parts.contains(&Self::Unknown) => Self::Unknown,
            _ if parts.contains(&Self::Undecided) => Self::Undecided,
            (Some(sum), true) => Self::KnownAndUnspecified(sum),
            (Some(sum), false) => Self::Known(sum),
            (None, true) => Self::Unspecified,
            (None, false) => match parts.split_first() {
                Some((first, rest)) if first.is_nothing() && rest.iter().all(|part| part == first) => *first,
                Some(_) if parts.iter().all(|part| part.is_nothing()) => Self::NotApplicable,
                _ => Self::NotStated,
            },
        })
    }

    /// The same with a further request that has no amount yet, where this is a number.
    #[must_use]
    pub fn opened(self) -> Self {
        self.addable().map_or(self, Self::KnownAndUnspecified)
    }

    /// Tells whether a word says that there is no amount here and will be none: nothing to add to a sum.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        matches!(self, Self::New | Self::Ended | Self::NotApplicable)
    }

    /// Tells whether the cell says anything of an amount.
    #[must_use]
    pub fn is_stated(self) -> bool {
        self != Self::NotStated && !self.is_gap()
    }

    /// Tells whether there is an amount, and nobody can say it here: 記載なし, 未定. No sum can be made over it.
    #[must_use]
    pub fn is_gap(self) -> bool {
        matches!(self, Self::Unknown | Self::Undecided)
    }
}

fn state(folded: &str) -> Option<Money> {
    Some(match folded.to_lowercase().as_str() {
        "" | "null" | "~" => Money::NotStated,
        "事項要求" | "unspecified" | "to be determined" | "amount to be determined" => Money::Unspecified,
        "新規" | "new" => Money::New,
        "終了" | "ended" => Money::Ended,
        "記載なし" | "記載無し" | "not stated" | "not_stated" | "unstated" => Money::Unknown,
        "未定" | "undecided" => Money::Undecided,
        "-" | "\u{2212}" | "―" | "—" | "–" => Money::NotApplicable,
        _ => return None,
    })
}

/// What became of a program's money between two years. A change is there where both sides are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// 新規: stated to be new, with all of its amount.
    New(Option<Amount>),
    /// 終了: stated to have ended, with all of its amount.
    Ended(Option<Amount>),
    /// 皆増: there was a program, with nothing; now there is something.
    FromNothing(Amount),
    /// 皆減: there was something; now the program has nothing.
    ToNothing(Amount),
    /// 同額: the same amount.
    Same,
    /// 端数処理の範囲で同額: one of the two is the other one rounded. Only a comparison that knows by which rule finds this.
    WithinRounding(Amount),
    /// An increase or decrease.
    Changed {
        /// The requested amount less the prior one, never zero.
        change: Amount,
        /// The rate of the change, where there is one.
        rate: Option<Rate>,
    },
    /// One side has no amount of its own, or not all of it yet.
    Incomparable,
}

impl Comparison {
    /// Compares a requested cell with the prior one.
    ///
    /// # Errors
    /// If the amounts are in different currencies or too large to subtract.
    pub fn between(requested: Money, prior: Money) -> Result<Self, ArithmeticError> {
        let (requested, prior) = match (requested, prior) {
            (Money::New, Money::New) | (Money::Ended, Money::Ended) => return Ok(Self::Same),
            // What had ended is there again: only a comparison of two files finds this.
            (Money::Known(requested), Money::New | Money::Ended) => return Ok(Self::New(Some(requested))),
            (_, Money::New | Money::Ended) => return Ok(Self::New(None)),
            (Money::Ended, Money::Known(prior)) => return Ok(Self::Ended(Some(prior.negated()))),
            (Money::Ended, _) => return Ok(Self::Ended(None)),
            (Money::Known(requested), Money::Known(prior)) => (requested, prior),
            _ => return Ok(Self::Incomparable),
        };

        let change = requested.checked_sub(prior)?;
        Ok(match (requested.is_zero(), prior.is_zero()) {
            _ if change.is_zero() => Self::Same,
            (_, true) if !change.is_negative() => Self::FromNothing(change),
            (true, _) if change.is_negative() => Self::ToNothing(change),
            _ => Self::Changed { change, rate: Rate::between(requested, prior) },
        })
    }

    /// The requested amount less the prior one, where both are known and differ.
    #[must_use]
    pub fn change(self) -> Option<Amount> {
        match self {
            Self::FromNothing(change) | Self::ToNothing(change) | Self::Changed { change, .. } => {
                Some(change)
            }
            Self::New(change) | Self::Ended(change) => change,
            Self::Same | Self::WithinRounding(_) | Self::Incomparable => None,
        }
    }

    /// The rate of the change, where there is one.
    #[must_use]
    pub fn rate(self) -> Option<Rate> {
        match self {
            Self::Changed { rate, .. } => rate,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Option<Money> {
        Money::parse(text, Unit::MILLION_YEN).ok()
    }

    fn amount(text: &str) -> Amount {
        Amount::parse(text, Unit::MILLION_YEN).unwrap_or(Amount::zero(Unit::YEN))
    }

    #[test]
    fn every_state_of_a_cell_is_its_own() {
        for (text, expected) in [
            ("4,592", Money::Known(amount("4,592"))),
            ("0", Money::Known(amount("0"))),
            ("△154", Money::Known(amount("-154"))),
            ("60億円+事項要求", Money::KnownAndUnspecified(amount("60億円"))),
            ("60億円 ＋ 事項要求", Money::KnownAndUnspecified(amount("60億円"))),
            ("事項要求", Money::Unspecified),
            ("新規", Money::New),
            ("New", Money::New),
            ("終了", Money::Ended),
            ("-", Money::NotApplicable),
            ("－", Money::NotApplicable),
            ("―", Money::NotApplicable),
            ("—", Money::NotApplicable),
            ("", Money::NotStated),
            ("　", Money::NotStated),
            ("null", Money::NotStated),
            ("記載なし", Money::Unknown),
            (" Not stated ", Money::Unknown),
            ("未定", Money::Undecided),
            ("Undecided", Money::Undecided),
            ("4,592百万円の内数", Money::Within(amount("4,592"))),
            ("4,592の内数 ", Money::Within(amount("4,592"))),
            ("part of 4,592 million yen", Money::Within(amount("4,592"))),
        ] {
            assert_eq!(money(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn an_error_points_into_the_text_as_given() {
        for (text, found) in [
            ("part of 41,7", "41,7"),
            ("41,7億円+事項要求", "41,7"),
            ("　41,7の内数", "41,7"),
            ("+事項要求", ""),
            ("新規事業", "新規事業"),
        ] {
            let error = Money::parse(text, Unit::MILLION_YEN).err();
            let range = error.map(|error| error.range).unwrap_or_default();
            assert_eq!(text.get(range), Some(found), "{text}");
        }
    }

    #[test]
    fn only_a_number_counts_as_a_number() {
        let addable = |text| money(text).and_then(Money::addable);
        assert_eq!(addable("60億円+事項要求"), Some(amount("60億円")));
        for text in ["事項要求", "新規", "終了", "-", "", "記載なし", "未定", "4,592の内数"]
        {
            assert_eq!(addable(text), None, "{text}");
        }
    }

    #[test]
    fn comparisons_follow_from_the_two_cells() {
        let compare = |requested, prior| {
            let cells = money(requested).zip(money(prior))?;
            Comparison::between(cells.0, cells.1).ok()
        };
        assert_eq!(compare("1,650", "新規"), Some(Comparison::New(Some(amount("1,650")))));
        assert_eq!(compare("終了", "5"), Some(Comparison::Ended(Some(amount("-5")))));
        for (requested, prior) in [("500+事項要求", "新規"), ("事項要求", "新規")] {
            assert_eq!(compare(requested, prior), Some(Comparison::New(None)));
        }
        assert_eq!(compare("5", "0"), Some(Comparison::FromNothing(amount("5"))));
        assert_eq!(compare("0", "5"), Some(Comparison::ToNothing(amount("-5"))));
        assert_eq!(compare("1億円", "100"), Some(Comparison::Same));
        assert_eq!(compare("事項要求", "5"), Some(Comparison::Incomparable));
        assert_eq!(compare("500+事項要求", "700"), Some(Comparison::Incomparable));
        let change = compare("7,458", "7,612").and_then(Comparison::change);
        assert_eq!(change, Some(amount("△154")));
    }

    #[test]
    fn a_change_from_nothing_or_less_has_no_rate() {
        let compare = |requested, prior| {
            let cells = money(requested).zip(money(prior))?;
            Comparison::between(cells.0, cells.1).ok()
        };
        for (requested, prior, change) in
            [("-16", "0", "-16"), ("60", "-50", "110"), ("0", "-50", "50"), ("-60", "-50", "-10")]
        {
            let expected = Comparison::Changed { change: amount(change), rate: None };
            assert_eq!(compare(requested, prior), Some(expected), "{prior} to {requested}");
        }
        let turned = compare("-1,000", "1,000").and_then(Comparison::rate);
        assert_eq!(turned.map(|rate| rate.percent(0)), Some(-200));
    }

    #[test]
    fn parts_make_a_number_an_open_amount_or_one_word() {
        for (parts, expected) in [
            (vec!["500", "事項要求"], "500+事項要求"),
            (vec!["500+事項要求", "20"], "520+事項要求"),
            (vec!["事項要求", "終了"], "事項要求"),
            (vec!["終了", "終了"], "終了"),
            (vec!["終了", "5"], "5"),
            (vec!["終了", "0"], "0"),
            (vec!["新規", "新規"], "新規"),
            (vec!["新規", "40"], "40"),
            (vec!["-", "-"], "-"),
            (vec!["終了", "-"], "-"),
            (vec!["終了", ""], ""),
            (vec!["終了", "5の内数"], ""),
            (vec!["7", "5の内数"], "7"),
            (vec!["7", "未定"], "未定"),
            (vec!["事項要求", "未定"], "未定"),
            (vec!["未定", "記載なし"], "記載なし"),
            (vec![], ""),
        ] {
            let total = Money::total(parts.iter().filter_map(|part| money(part)));
            assert_eq!(total.ok(), money(expected), "{parts:?}");
        }
    }
}
