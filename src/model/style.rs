//! The choices a budget makes about how its negative amounts and its years look.

/// What stands before an amount below zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NegativeSign {
    /// △, as in ledgers.
    #[default]
    Triangle,
    /// ▲, as in review forms.
    FilledTriangle,
    /// −, the minus sign (U+2212).
    Minus,
    /// -, the hyphen of data files.
    Hyphen,
}

/// How years are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum YearStyle {
    /// By era: 令和4年度.
    #[default]
    Era,
    /// By the Western calendar: 2022年度.
    Western,
}

impl NegativeSign {
    /// The character that is printed.
    pub fn glyph(self) -> char {
        match self {
            Self::Triangle => '△',
            Self::FilledTriangle => '▲',
            Self::Minus => '\u{2212}',
            Self::Hyphen => '-',
        }
    }
}
