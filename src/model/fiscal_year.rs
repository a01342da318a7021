//! From `令和4年度`, `R4`, `FY2022` or `2022` to a fiscal year. How one is printed is the business of
//! [`crate::notation`].

use std::fmt;

use super::era::{self, Era};
use super::{Examples, FiscalCalendar, NamedAfter};

/// A fiscal year, named by a calendar year that it lies in: in Japan the one on whose 1 April it begins, elsewhere as
/// [`FiscalCalendar`](super::FiscalCalendar) says. From 1868 to 2099.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FiscalYear(u16);

impl FiscalYear {
    /// Makes the fiscal year named after a Western year from 1868 to 2099 (令和81).
    pub fn new(year: u16) -> Option<Self> {
        (era::FIRST_YEAR..=era::LAST_YEAR).contains(&year).then_some(Self(year))
    }

    /// Reads a fiscal year of Japan's calendar, as [`FiscalYear::parse_in`] does.
    ///
    /// # Errors
    /// The same.
    pub fn parse(text: &str) -> Result<Self, FiscalYearError> {
        Self::parse_in(text, FiscalCalendar::default())
    }

    /// Reads `令和4年度`, `令和元年度`, `令和4`, `R4`, `H30`, `2022年度`, `FY2022`, `FY22`, `2022-23`, `2022/23` or `2022`,
    /// full-width characters included. The year in which eras change is read by either name: 平成31年度 and
    /// 令和元年度 are the same year. Of two calendar years the calendar says which one names the year.
    ///
    /// # Errors
    /// If the text is none of these, names a calendar year (`令和4年`), a year its era never had, or two years where the
    /// calendar's lie in one.
    pub fn parse_in(text: &str, calendar: FiscalCalendar) -> Result<Self, FiscalYearError> {
        let folded = era::condensed(text);
        let error = |kind| FiscalYearError { kind, text: text.to_owned() };
        if folded.is_empty() {
            return Err(error(FiscalYearErrorKind::Unreadable));
        }

        let is_fiscal = folded.ends_with("年度");
        let name = folded.trim_end_matches("年度");
        let (name, is_calendar) = match name.strip_suffix('年') {
            Some(name) if !is_fiscal => (name, true),
            _ => (name, false),
        };
        let year = match Era::strip(name) {
            Some((era, digits)) => {
                let number = era::era_number(digits);
                let number = number.ok_or_else(|| error(FiscalYearErrorKind::Unreadable))?;
                let kind = match (era, number) {
                    (Era::Reiwa, 1..) => FiscalYearErrorKind::OutOfRange,
                    _ => FiscalYearErrorKind::OutOfEra { era, number },
                };
                era.western_year(number).ok_or_else(|| error(kind))?
            }
            None => {
                let (first, is_span) = western(name).ok_or_else(|| error(FiscalYearErrorKind::Unreadable))?;
                match calendar.named_after() {
                    _ if is_span && calendar.starts() == 1 => {
                        return Err(error(FiscalYearErrorKind::TwoYears { first }));
                    }
                    NamedAfter::Last if is_span => first + 1,
                    _ => first,
                }
            }
        };
        let year = Self::new(year).ok_or_else(|| error(FiscalYearErrorKind::OutOfRange))?;

        if is_calendar {
            return Err(error(FiscalYearErrorKind::CalendarYear { year }));
        }
        Ok(year)
    }

    /// Stands in for a year that could not be read, so that everything else can be.
    pub fn stand_in() -> Self {
        Self(0)
    }

    /// Tells whether this only stands in for a year that could not be read.
    pub fn is_stand_in(self) -> bool {
        self.0 == 0
    }

    /// The calendar year it is named after: 2022 for 令和4年度.
    pub fn western(self) -> u16 {
        self.0
    }

    /// The era and the year within it, by the name in use at the end of the calendar year it is named after: 2019 is
    /// 令和元年度.
    pub fn era(self) -> (Era, u16) {
        // Not the end of the fiscal year: 平成 began in January 1989, and 昭和63年度 kept its name.
        let era = Era::of((self.0, 12, 31));
        (era, era.year_within(self.0))
    }

    /// The fiscal year before; the first of the tables and a stand-in are their own.
    pub fn prior(self) -> Self {
        Self::new(self.0.saturating_sub(1)).unwrap_or(self)
    }

    /// The fiscal year after; the last of the tables and a stand-in are their own.
    pub fn next(self) -> Self {
        Self::new(self.0.saturating_add(1)).unwrap_or(self)
    }

    /// The year as part of file names and addresses: `fy2022`.
    pub fn slug(self) -> String {
        format!("fy{}", self.0)
    }
}

/// A text that names no fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiscalYearError {
    pub kind: FiscalYearErrorKind,
    text: String,
}

/// The ways in which a fiscal year can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FiscalYearErrorKind {
    /// It is not in any known form.
    Unreadable,
    /// The era never had that year.
    OutOfEra {
        era: Era,
        /// The year given.
        number: u16,
    },
    /// It is before 1868 or after 2099, and no budget is made for it.
    OutOfRange,
    /// It names a calendar year (年) where a fiscal year (年度) is meant.
    CalendarYear {
        /// The fiscal year with the same number.
        year: FiscalYear,
    },
    /// It names two calendar years (`2025-26`) where fiscal years begin in January and lie in one.
    TwoYears {
        /// The first of the two.
        first: u16,
    },
}

impl FiscalYearError {
    /// The fiscal year that was probably meant, as it is written in the language of the examples.
    pub fn meant(&self, examples: Examples) -> Option<String> {
        let written = |year: FiscalYear| {
            let (era, number) = year.era();
            examples.pick(format!("{}年度", era.year_name(number)), format!("FY{}", year.0))
        };
        match self.kind {
            FiscalYearErrorKind::OutOfEra { era, number } if number > 0 && era != Era::Reiwa => {
                let year = era.first_day().0.saturating_add(number).saturating_sub(1);
                FiscalYear::new(year).map(written)
            }
            FiscalYearErrorKind::OutOfEra { era, .. } => {
                Some(examples.pick(format!("{}元年度", era.name()), format!("FY{}", era.first_day().0)))
            }
            FiscalYearErrorKind::CalendarYear { year } => Some(written(year)),
            FiscalYearErrorKind::OutOfRange | FiscalYearErrorKind::TwoYears { .. } => None,
            FiscalYearErrorKind::Unreadable if short(&self.text).is_some() => None,
            FiscalYearErrorKind::Unreadable => {
                let folded =
                    era::condensed(&self.text).to_uppercase().replace("REIWA", "R").replace("HEISEI", "H");
                let folded = folded.replace("FISCALYEAR", "").replace("FISCAL", "");
                // What a spreadsheet makes of a number.
                let folded = folded.strip_suffix(".0").map(str::to_owned).unwrap_or(folded);
                let folded = super::amount::without_kanji(&folded).unwrap_or(folded);
                // `令5`: an era by its first letter.
                let kanji =
                    folded.chars().next().and_then(|c| "明M大T昭S平H令R".split_once(c)?.1.chars().next());
                let number =
                    folded.get('令'.len_utf8()..).filter(|rest| rest.starts_with(|c: char| c.is_numeric()));
                let folded =
                    kanji.zip(number).map_or(folded.clone(), |(letter, number)| format!("{letter}{number}"));
                let end = folded.find("年度").map_or(folded.len(), |at| at + "年度".len());
                // `R4.4` is a month, and not the year 44.
                let digits = folded.get(..end)?.split('.').collect::<Vec<_>>();
                let is_month = |pair: &[&str]| {
                    let [before, after] = pair else { return false };
                    before.ends_with(|c: char| c.is_numeric()) && after.starts_with(|c: char| c.is_numeric())
                };
                let mark = if digits.windows(2).any(is_month) { "-" } else { "" };
                let plain: String = digits
                    .join(mark)
                    .chars()
                    .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '/'))
                    .collect();
                // `2024-26` is no month of a year, and the first months may belong to the year before.
                let is_month = |text: &str| text.parse().is_ok_and(|month: u8| (4..=12).contains(&month));
                let month = || {
                    let (year, month) = plain.split_once(['-', '/'])?;
                    is_month(month.split(['-', '/']).next()?).then(|| year.to_owned())
                };
                let parsed = |text: &str| FiscalYear::parse(text).ok().map(written);
                parsed(&plain)
                    .or_else(|| parsed(&format!("FY{plain}")))
                    .or_else(|| parsed(plain.get(plain.rfind("FY")?..)?))
                    .or_else(|| parsed(plain.strip_suffix('年')?))
                    .or_else(|| parsed(&month()?))
            }
        }
    }

    /// How the author can put it right, in the language of the examples.
    pub fn help(&self, examples: Examples) -> String {
        match self.kind {
            FiscalYearErrorKind::OutOfEra { number: 0, .. } => String::new(),
            FiscalYearErrorKind::OutOfEra { era, .. } => {
                format!("{} ended in its year {}", era.name(), era.year_within(era.last_day().0))
            }
            FiscalYearErrorKind::CalendarYear { .. } => String::new(),
            FiscalYearErrorKind::TwoYears { first } => format!(
                "write `FY{first}` or `FY{}`, whichever is meant; if the year begins in another month, say so in `fiscal_year_starts`",
                first + 1
            ),
            FiscalYearErrorKind::OutOfRange => format!(
                "no budget is made for it: fiscal years from {} to {} are known",
                era::FIRST_YEAR,
                era::LAST_YEAR
            ),
            FiscalYearErrorKind::Unreadable if self.meant(examples).is_some() => String::new(),
            FiscalYearErrorKind::Unreadable => match short(&self.text) {
                Some(number @ 1..) => examples.pick(
                    format!("write `令和{number}年度` or `FY20{number:02}`, whichever is meant"),
                    format!("write `FY20{number:02}`"),
                ),
                _ => format!("write {}", examples.fiscal_years()),
            },
        }
    }
}

/// The Western year of `2022`, `FY2022`, `FY22`, `2022-23`, `2022/23` or `2022-2023`, and whether another one is named with it. Where the
/// second number may be a month, only `FY` tells.
fn western(name: &str) -> Option<(u16, bool)> {
    let digits = name.strip_prefix("FY").unwrap_or(name);
    let is_named = digits.len() < name.len();
    let (first, second) = match digits.split_once(['-', '/', '–', '~', '〜']) {
        Some((first, second)) => (first, Some(second)),
        None => (digits, None),
    };
    let year = match first.len() {
        4 => era::number(first)?,
        2 if is_named => era::number(first)? + 2000,
        _ => return None,
    };
    let Some(second) = second else { return Some((year, false)) };
    let next = era::number(second)?;
    let follows = next == year + 1 || second.len() == 2 && next == (year + 1) % 100;
    (follows && (is_named || second.len() == 4 || next > 12)).then_some((year, true))
}

impl fmt::Display for FiscalYearError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        match self.kind {
            FiscalYearErrorKind::Unreadable => write!(f, "`{text}` is not a fiscal year"),
            FiscalYearErrorKind::OutOfEra { era, number } => {
                write!(f, "`{text}`: {} has no year {number}", era.name())
            }
            FiscalYearErrorKind::OutOfRange => write!(f, "`{text}` is out of the known years"),
            FiscalYearErrorKind::CalendarYear { .. } => {
                write!(f, "`{text}` is a calendar year, not a fiscal year")
            }
            FiscalYearErrorKind::TwoYears { .. } => {
                write!(
                    f,
                    "`{text}` lies in two calendar years, and fiscal years that begin in January lie in one"
                )
            }
        }
    }
}

impl std::error::Error for FiscalYearError {}

/// The number of a year of which neither era nor century is written: `8`, `FY26`, `8年度`.
fn short(text: &str) -> Option<u16> {
    let folded = era::condensed(text);
    let name = folded.trim_end_matches("年度");
    let digits = name.strip_prefix("FY").unwrap_or(name);
    (digits.len() <= 2).then(|| era::number(digits)).flatten()
}
