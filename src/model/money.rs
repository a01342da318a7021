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
    /// An unknown part of this larger amount, `4,592百万円の内数`.
    Within(Amount),
}

impl Money {
    /// The words a cell may have in place of an amount, for spelling suggestions.
    pub const WORDS: &'static [&'static str] =
        &["事項要求", "新規", "終了", "記載なし", "unspecified", "new", "ended", "not stated", "-"];

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

    /// Tells whether the cell says anything of an amount.
    #[must_use]
    pub fn is_stated(self) -> bool {
        !matches!(self, Self::NotStated | Self::Unknown)
    }
}

fn state(folded: &str) -> Option<Money> {
    Some(match folded.to_lowercase().as_str() {
        "" | "null" | "~" => Money::NotStated,
        "事項要求" | "unspecified" | "to be determined" | "amount to be determined" => Money::Unspecified,
        "新規" | "new" => Money::New,
        "終了" | "ended" => Money::Ended,
        "記載なし" | "記載無し" | "not stated" | "not_stated" | "unstated" => Money::Unknown,
        "-" | "\u{2212}" | "―" | "—" | "–" => Money::NotApplicable,
        _ => return None,
    })
}

/// What became of a program's money between two years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// 新規: stated to be new.
    New,
    /// 終了: stated to have ended.
    Ended,
    /// 皆増: there was a program, with nothing; now there is something.
    FromNothing(Amount),
    /// 皆減: there was something; now the program has nothing.
    ToNothing(Amount),
    /// 同額: the same amount.
    Same,
    /// An increase or decrease, and its rate.
    Changed {
        /// The requested amount less the prior one, never zero.
        change: Amount,
        /// The rate of the change.
        rate: Rate,
    },
    /// One side has no amount of its own.
    Incomparable,
}

impl Comparison {
    /// Compares a requested cell with the prior one.
    ///
    /// # Errors
    /// If the amounts are in different currencies or too large to subtract.
    pub fn between(requested: Money, prior: Money) -> Result<Self, ArithmeticError> {
        let (requested, prior) = match (requested, prior) {
            (_, Money::New) => return Ok(Self::New),
            (Money::Ended, _) => return Ok(Self::Ended),
            (Money::Known(requested), Money::Known(prior)) => (requested, prior),
            _ => return Ok(Self::Incomparable),
        };

        let change = requested.checked_sub(prior)?;
        Ok(match Rate::between(requested, prior) {
            _ if change.is_zero() => Self::Same,
            None => Self::FromNothing(change),
            Some(_) if requested.is_zero() => Self::ToNothing(change),
            Some(rate) => Self::Changed { change, rate },
        })
    }

    /// The requested amount less the prior one, where both are known.
    #[must_use]
    pub fn change(self) -> Option<Amount> {
        match self {
            Self::FromNothing(change) | Self::ToNothing(change) | Self::Changed { change, .. } => {
                Some(change)
            }
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
        for text in ["事項要求", "新規", "終了", "-", "", "記載なし", "4,592の内数"] {
            assert_eq!(addable(text), None, "{text}");
        }
    }

    #[test]
    fn comparisons_follow_from_the_two_cells() {
        let compare = |requested, prior| {
            let cells = money(requested).zip(money(prior))?;
            Comparison::between(cells.0, cells.1).ok()
        };
        assert_eq!(compare("1,650", "新規"), Some(Comparison::New));
        assert_eq!(compare("終了", "5"), Some(Comparison::Ended));
        assert_eq!(compare("5", "0"), Some(Comparison::FromNothing(amount("5"))));
        assert_eq!(compare("0", "5"), Some(Comparison::ToNothing(amount("-5"))));
        assert_eq!(compare("1億円", "100"), Some(Comparison::Same));
        for (requested, prior) in [("事項要求", "5"), ("記載なし", "5"), ("5", "記載なし")] {
            assert_eq!(compare(requested, prior), Some(Comparison::Incomparable));
        }
        let change = compare("7,458", "7,612").and_then(Comparison::change);
        assert_eq!(change, Some(amount("△154")));
    }
}
