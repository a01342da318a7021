//! From the text of an amount cell to its state: a number, a request with no number yet, a word such
//! as 新規, or nothing. Only here is it known that `-`, blank and 0 differ.

use super::amount::{Amount, AmountError, Rate};
use super::fold::{fold, fold_text};
use super::{ArithmeticError, Unit};

/// The state of an amount cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Money {
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
    pub fn addable(self) -> Option<Amount> {
        match self {
            Self::Known(amount) | Self::KnownAndUnspecified(amount) => Some(amount),
            _ => None,
        }
    }

    /// Whether both say the same, an amount in whatever unit.
    pub(crate) fn same_value(self, other: Self) -> bool {
        match (self, other) {
            (Self::Known(one), Self::Known(other)) => one.same_value(other),
            (one, other) => one == other,
        }
    }

    /// The amount that is printed in the cell, addable or not.
    pub fn amount(self) -> Option<Amount> {
        match self {
            Self::Known(amount) | Self::KnownAndUnspecified(amount) | Self::Within(amount) => Some(amount),
            _ => None,
        }
    }

    /// Tells whether a request without an amount is, or is part of, the cell.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unspecified | Self::KnownAndUnspecified(_))
    }

    /// What parts make together. Numbers are added; one part with no amount yet leaves the whole open, and one that is not stated (記載なし)
    /// hides it. Where no part has a number and all say why (新規, 終了, `-`), the whole says the same: 新規 or 終了 beside `-`, too, and
    /// nothing where they contradict each other.
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
            (None, false) if parts.is_empty() || !parts.iter().all(|part| part.is_nothing()) => {
                Self::NotStated
            }
            (None, false) => {
                let mut said = parts.into_iter().filter(|part| *part != Self::NotApplicable);
                let first = said.next().unwrap_or(Self::NotApplicable);
                if said.all(|part| part == first) { first } else { Self::NotStated }
            }
        })
    }

    /// The same with a further request that has no amount yet, where this is a number.
    pub fn opened(self) -> Self {
        self.addable().map_or(self, Self::KnownAndUnspecified)
    }

    /// Tells whether a word says that there is no amount here and will be none: nothing to add to a sum.
    pub fn is_nothing(self) -> bool {
        matches!(self, Self::New | Self::Ended | Self::NotApplicable)
    }

    /// Tells whether the cell says anything of an amount.
    pub fn is_stated(self) -> bool {
        self != Self::NotStated && !self.is_gap()
    }

    /// Tells whether there is an amount, and nobody can say it here: 記載なし, 未定. No sum can be made over it.
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
    pub fn rate(self) -> Option<Rate> {
        match self {
            Self::Changed { rate, .. } => rate,
            _ => None,
        }
    }
}
