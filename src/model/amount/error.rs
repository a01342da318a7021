//! What can be wrong with a written amount, said in the author's words, with a cure.

use std::fmt;
use std::ops::Range;

use super::super::{Currency, Examples};

/// A written amount that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountError {
    pub kind: AmountErrorKind,
    /// The bytes of the given text that are wrong, on character boundaries.
    pub range: Range<usize>,
    /// Those bytes as text.
    pub found: String,
}

/// The ways in which a written amount can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AmountErrorKind {
    /// There is nothing but space.
    Empty,
    /// No digit where the number should begin.
    NotANumber,
    /// A minus sign and no number.
    LoneSign,
    /// `+5`: increases are derived, amounts carry no plus sign.
    PlusSign,
    /// `41,7`: a comma that does not part groups of three digits.
    Grouping,
    /// `1_000`.
    Underscore,
    /// `4 592`.
    Space,
    /// `.5`.
    NoIntegerDigits,
    /// `5.`.
    NoFractionDigits,
    /// `1.2.3`.
    TwoPoints,
    /// `00012`.
    LeadingZeros,
    /// `1e5`.
    Exponent,
    /// `$1,846` where the unit is a thousand dollars.
    Symbol,
    /// A word after the number that is no unit.
    UnknownUnit,
    /// `1億500`: a compound that does not end in a unit.
    MissingUnit,
    /// `3万1億円`: the units of a compound do not descend.
    UnitOrder,
    /// `1兆12,345億円`: a part of a compound reaches the unit before it.
    PartTooLarge,
    /// `1.5億2,000万円`: decimals before the last part of a compound.
    PartDecimals,
    /// `1億円500万円`: a second amount after a complete one.
    AfterUnit,
    /// A unit of another currency than the budget counts in.
    MixedCurrency {
        /// The currency of the budget.
        expected: Currency,
        /// The currency of the amount.
        found: Currency,
    },
    /// More than 20 integer digits in the base unit.
    TooLarge,
    /// More than 2 fraction digits in the base unit.
    TooFine,
}

impl AmountError {
    /// The same error in a longer text, in which the text first given begins at `offset`.
    pub(in crate::model) fn at(mut self, offset: usize) -> Self {
        self.range = self.range.start + offset..self.range.end + offset;
        self
    }

    /// How the author can put it right, in the language and the currency of the examples.
    pub fn help(&self, examples: Examples) -> String {
        use AmountErrorKind as Kind;

        match self.kind {
            Kind::Empty => "write an amount, `-` for not applicable, or leave the key out".into(),
            Kind::PlusSign => "increases are worked out".into(),
            Kind::Grouping => "digits after a comma come in groups of three; is one missing?".into(),
            Kind::Underscore | Kind::Space => "digits are parted by commas, in groups of three".into(),
            Kind::NotANumber | Kind::NoIntegerDigits | Kind::NoFractionDigits | Kind::LeadingZeros => {
                format!(
                    "an amount begins with its digits or with {}, as in `{}`",
                    examples.minus(),
                    examples.amount()
                )
            }
            Kind::LoneSign => format!("put the number behind the sign, as in `{}`", examples.negative()),
            Kind::Exponent => "write all the digits, or use a larger unit".into(),
            Kind::Symbol => "a symbol does not say whether the number counts the unit of the chapter".into(),
            Kind::UnknownUnit => format!("units are {}", examples.units()),
            Kind::MissingUnit => "end the amount with its unit, as in `1億500万円`".into(),
            Kind::UnitOrder => "write the larger unit first, as in `1兆2,345億円`".into(),
            Kind::PartTooLarge => "carry the excess over into the larger unit".into(),
            Kind::PartDecimals => "only the last part may have decimals".into(),
            Kind::AfterUnit => "write 円 once, at the end, as in `1億500万円`".into(),
            Kind::MixedCurrency { expected, .. } => {
                format!("give the amount in {expected}, as in `{}`", examples.amount())
            }
            Kind::TooLarge => "check the unit: it multiplies the number".into(),
            Kind::TooFine => "round to hundredths of the currency at most".into(),
            Kind::TwoPoints => "leave one point; commas part groups of three digits".into(),
        }
    }
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use AmountErrorKind as Kind;

        let found = self.found.as_str();
        match self.kind {
            Kind::Empty => write!(f, "an amount is missing"),
            Kind::NotANumber => write!(f, "`{found}` is not a number"),
            Kind::LoneSign => write!(f, "`{found}` is a sign without a number"),
            Kind::PlusSign => write!(f, "`{found}` has a plus sign"),
            Kind::Grouping => write!(f, "`{found}` has a misplaced comma"),
            Kind::Underscore => write!(f, "`{found}` has an underscore among its digits"),
            Kind::Space => write!(f, "`{found}` has a space among its digits"),
            Kind::NoIntegerDigits => write!(f, "`{found}` has no digit before the point"),
            Kind::NoFractionDigits => write!(f, "`{found}` has no digit after the point"),
            Kind::TwoPoints => write!(f, "`{found}` has more than one decimal point"),
            Kind::LeadingZeros => write!(f, "`{found}` begins with a zero too many"),
            Kind::Exponent => write!(f, "`{found}` is in exponent notation"),
            Kind::Symbol => write!(f, "`{found}` has the symbol of a currency, and not its unit"),
            Kind::UnknownUnit => write!(f, "`{found}` is not a known unit"),
            Kind::MissingUnit => write!(f, "`{found}` does not end in a unit"),
            Kind::UnitOrder => write!(f, "`{found}` comes after a unit that is not larger"),
            Kind::PartTooLarge => write!(f, "`{found}` is too much beside the unit before it"),
            Kind::PartDecimals => write!(f, "`{found}` has decimals and is not the last part"),
            Kind::AfterUnit => write!(f, "`{found}` follows a complete amount"),
            Kind::MixedCurrency { expected, found: other } => {
                write!(f, "`{found}` is in {other}, but this budget counts in {expected}")
            }
            Kind::TooLarge => {
                write!(f, "`{found}` has more than 20 digits before the point in its base unit")
            }
            Kind::TooFine => {
                write!(f, "`{found}` is finer than a hundredth of its currency's base unit")
            }
        }
    }
}

impl std::error::Error for AmountError {}
