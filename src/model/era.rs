//! The Japanese eras and the days they begin on. Only here is it known which year 令和4 is.

use super::fold::fold;

/// A Japanese era, in order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Era {
    /// 明治, from 1868.
    Meiji,
    /// 大正, from 30 July 1912.
    Taisho,
    /// 昭和, from 25 December 1926.
    Showa,
    /// 平成, from 8 January 1989.
    Heisei,
    /// 令和, from 1 May 2019.
    Reiwa,
}

/// The last year these tables reach, 令和81: what is written beyond it is a slip of the pen.
pub(super) const LAST_YEAR: u16 = 2099;
/// The first year these tables reach: 明治元年.
pub(super) const FIRST_YEAR: u16 = 1868;

impl Era {
    /// All eras, the oldest first.
    pub const ALL: [Self; 5] = [Self::Meiji, Self::Taisho, Self::Showa, Self::Heisei, Self::Reiwa];

    /// The era's name, 令和.
    pub fn name(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// The letter that stands for the era in tables, R.
    pub fn letter(self) -> char {
        match self {
            Self::Meiji => 'M',
            Self::Taisho => 'T',
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }

    /// A year of the era by name, without 年: `令和4`, and `令和元` for the first.
    pub fn year_name(self, number: u16) -> String {
        match number {
            1 => format!("{}元", self.name()),
            _ => format!("{}{number}", self.name()),
        }
    }

    /// The first day, as year, month and day. The Meiji era counts from the start of 1868, to
    /// which it was made to reach back.
    pub(super) fn first_day(self) -> (u16, u8, u8) {
        match self {
            Self::Meiji => (FIRST_YEAR, 1, 1),
            Self::Taisho => (1912, 7, 30),
            Self::Showa => (1926, 12, 25),
            Self::Heisei => (1989, 1, 8),
            Self::Reiwa => (2019, 5, 1),
        }
    }

    /// The last day; for the current era, the end of these tables.
    pub(super) fn last_day(self) -> (u16, u8, u8) {
        match self {
            Self::Meiji => (1912, 7, 29),
            Self::Taisho => (1926, 12, 24),
            Self::Showa => (1989, 1, 7),
            Self::Heisei => (2019, 4, 30),
            Self::Reiwa => (LAST_YEAR, 12, 31),
        }
    }

    /// The newest era that has a part of a span of days, and so names it.
    pub(super) fn of(last_day: (u16, u8, u8)) -> Self {
        let begun = |era: &Self| era.first_day() <= last_day;
        Self::ALL.into_iter().rev().find(begun).unwrap_or(Self::Meiji)
    }

    /// The number within the era of a Western year: 4 for 2022 in Reiwa.
    pub(super) fn year_within(self, year: u16) -> u16 {
        year.saturating_add(1).saturating_sub(self.first_day().0)
    }

    /// The Western year of a year of the era, if the era has it: its first and its last calendar
    /// year count as wholes.
    pub(super) fn western_year(self, number: u16) -> Option<u16> {
        let year = self.first_day().0.checked_add(number)?.checked_sub(1)?;
        (number > 0 && year <= self.last_day().0).then_some(year)
    }

    /// Takes an era's name or letter off the front of a folded text.
    pub(super) fn strip(text: &str) -> Option<(Self, &str)> {
        Self::ALL.into_iter().find_map(|era| {
            let rest = text
                .strip_prefix(era.name())
                .or_else(|| text.strip_prefix([era.letter(), era.letter().to_ascii_lowercase()]))?;
            Some((era, rest))
        })
    }
}

/// Folds a year or date and takes out its spaces.
pub(super) fn condensed(text: &str) -> String {
    let folded: String = text.chars().map(fold).filter(|c| !c.is_whitespace()).collect();
    // One character for an era, as Japanese keyboards offer it.
    [('㋿', "令和"), ('㍻', "平成"), ('㍼', "昭和"), ('㍽', "大正"), ('㍾', "明治")]
        .into_iter()
        .fold(folded, |text, (mark, name)| text.replace(mark, name))
}

/// Reads a number of at most four digits, and nothing else.
pub(super) fn number(digits: &str) -> Option<u16> {
    let plain = matches!(digits.len(), 1..=4) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// Reads the number of a year within an era, of which the first is 元.
pub(super) fn era_number(digits: &str) -> Option<u16> {
    match digits {
        "元" => Some(1),
        _ if digits.len() <= 2 => number(digits),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_era_ends_on_the_day_before_the_next_begins() {
        assert_eq!(Era::of((2019, 4, 30)), Era::Heisei);
        assert_eq!(Era::of((2019, 5, 1)), Era::Reiwa);
        assert_eq!(Era::of((1868, 1, 1)), Era::Meiji);
        assert_eq!(Era::Heisei.western_year(31), Some(2019));
        assert_eq!(Era::Heisei.western_year(32), None);
        assert_eq!(Era::Reiwa.western_year(0), None);
    }
}
