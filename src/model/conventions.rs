//! What a project says for all its chapters, and a chapter for itself: how fiscal years lie in the calendar, and how amounts are
//! printed.

use super::{Amount, FiscalYear, PartialDate, Rounding, Unit};
use crate::named::named;

/// The conventions of a project or of a chapter, as far as it states them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conventions {
    /// How its fiscal years lie in the calendar.
    pub calendar: Option<FiscalCalendar>,
    /// How its amounts are printed.
    pub print: Option<Print>,
    /// How the sheets of its programs are laid out.
    pub layout: Option<SheetLayout>,
    /// The paper its sheets are made for.
    pub paper: Option<Paper>,
    /// Which programs have a card on an overview.
    pub cards: Option<Cards>,
}

impl Conventions {
    /// These, and where they say nothing, others.
    pub fn or(self, others: Self) -> Self {
        Self {
            calendar: self.calendar.or(others.calendar),
            print: self.print.or(others.print),
            layout: self.layout.or(others.layout),
            paper: self.paper.or(others.paper),
            cards: self.cards.or(others.cards),
        }
    }

    /// What others say where these say nothing.
    pub fn left_to(self, others: Self) -> Self {
        Self {
            calendar: others.calendar.filter(|_| self.calendar.is_none()),
            print: others.print.filter(|_| self.print.is_none()),
            layout: others.layout.filter(|_| self.layout.is_none()),
            paper: others.paper.filter(|_| self.paper.is_none()),
            cards: others.cards.filter(|_| self.cards.is_none()),
        }
    }
}

/// How a program's sheet is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SheetLayout {
    /// One landscape page: a band with title and amount, boxes in columns under it (ポンチ絵).
    OnePage,
    /// Upright pages, one section after another.
    Report,
}

named! {
    /// The paper that sheets are made for.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum Paper {
        /// 210 mm by 297 mm.
        #[default]
        A4 = "a4",
        /// 8.5 inches by 11.
        Letter = "letter",
    }
}

/// Which programs have a card on the overview of their chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cards {
    None,
    /// Every one.
    All,
    /// So many of those with the largest amounts.
    Top(u32),
}

/// How fiscal years lie in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FiscalCalendar {
    /// The month they begin in, 1 to 12.
    starts: u8,
    /// The calendar year they are named after, where they lie in two.
    named_after: NamedAfter,
}

/// Which of its two calendar years a fiscal year is named after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NamedAfter {
    /// The one it begins in, as in Japan.
    First,
    /// The one it ends in, as in the United States.
    Last,
}

impl FiscalCalendar {
    /// Fiscal years that begin in a month from 1 to 12. Without a word on it they are named after the calendar year that they
    /// mostly lie in, the later one where that is neither.
    pub fn new(starts: u8, named_after: Option<NamedAfter>) -> Option<Self> {
        let usual = if starts < 7 { NamedAfter::First } else { NamedAfter::Last };
        (1..=12).contains(&starts).then_some(Self { starts, named_after: named_after.unwrap_or(usual) })
    }

    /// The month they begin in, 1 to 12.
    pub fn starts(self) -> u8 {
        self.starts
    }

    /// Which of its two calendar years a fiscal year is named after.
    pub fn named_after(self) -> NamedAfter {
        self.named_after
    }

    /// From January of the year in its name to its first month.
    fn offset(self) -> i32 {
        let lies_before = self.named_after == NamedAfter::Last && self.starts > 1;
        i32::from(self.starts) - if lies_before { 13 } else { 1 }
    }

    /// By how many months the years of another calendar begin later than those of this one with the same name.
    pub fn later_by(self, other: Self) -> i32 {
        other.offset() - self.offset()
    }

    /// Whether a name means another year in another calendar: one a whole year or more away.
    pub fn contradicts(self, other: Self) -> bool {
        self.later_by(other).abs() >= 12
    }

    /// The first and the last month of a fiscal year; `None` where the tables of years do not reach them.
    pub fn months(self, year: FiscalYear) -> Option<(PartialDate, PartialDate)> {
        let first = match self.named_after {
            NamedAfter::Last if self.starts > 1 => year.western().checked_sub(1)?,
            _ => year.western(),
        };
        let (last, end) =
            if self.starts == 1 { (first, 12) } else { (first.checked_add(1)?, self.starts - 1) };
        Some((PartialDate::new(first, Some(self.starts), None)?, PartialDate::new(last, Some(end), None)?))
    }

    /// The fiscal year that a date wholly lies in.
    pub fn year_of(self, date: PartialDate) -> Option<FiscalYear> {
        let year = FiscalYear::new(date.year())?;
        [year.prior(), year, year.next()].into_iter().find(|&year| {
            self.months(year).is_some_and(|(first, last)| {
                !date.is_before(first) && !last.is_before(date) && date.month().is_some()
            })
        })
    }
}

impl Default for FiscalCalendar {
    /// Japan's: from April, named after the year in which they begin.
    fn default() -> Self {
        Self { starts: 4, named_after: NamedAfter::First }
    }
}

/// How amounts are printed: in a unit, to so many decimals, and what is finer is rounded. What is kept, added up, compared and
/// checked are the exact values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Print {
    /// The unit of tables and of amounts in sentences.
    pub unit: Unit,
    /// The digits after the point.
    pub decimals: u8,
    /// How what is finer is rounded; without it by the chapter's own rule, or half up.
    pub rounding: Option<Rounding>,
}

impl Print {
    /// The most digits after the point.
    pub const MOST_DECIMALS: u8 = 3;

    /// An amount as it is printed. One that is stated more coarsely stays as it is, and so does one of another currency.
    pub fn shown(self, amount: Amount) -> Amount {
        let rounding = self.rounding.unwrap_or(Rounding::HalfUp);
        amount.rounded_to(self.unit, self.decimals, rounding).unwrap_or(amount)
    }
}
