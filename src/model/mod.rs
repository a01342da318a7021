//! What a budget request *is*: amounts, years, programs. No YAML, no wording, no files.

mod amount;
mod conventions;
mod crosswalk;
mod date;
mod detail;
mod era;
mod examples;
mod extract;
mod fiscal_year;
mod fold;
mod glossary;
mod id;
mod lang;
mod line;
mod money;
mod prose;
mod request;
mod rounding;
mod style;
mod unit;

pub(crate) use amount::{Hedge, grouped, pointed, without_kanji};
pub(crate) use date::MONTHS;
pub(crate) use fold::{fold, fold_text, is_minus};

pub use amount::{
    Amount, AmountError, AmountErrorKind, ArithmeticError, FineRate, Percent, PercentError, Rate, Slip,
};
pub use conventions::{Cards, Conventions, FiscalCalendar, NamedAfter, Paper, Print, SheetLayout};
pub use crosswalk::{Crosswalk, CrosswalkKind};
pub use date::{DateError, DateErrorKind, PartialDate};
pub use detail::{
    Area, ChartPart, Drawing, Due, FlowParty, FlowPassing, FundingFlow, Group, LogicModel, Outcome, Picture,
    PictureContent, Recipient,
};
pub use era::Era;
pub use examples::Examples;
pub use extract::{DrawnOn, Extracts, Part};
pub use fiscal_year::{FiscalYear, FiscalYearError, FiscalYearErrorKind};
pub use glossary::{Abbreviation, abbreviations};
pub use id::{Id, IdError, IdErrorKind, ProgramId};
pub use lang::Lang;
pub use line::{
    Accept, Basis, Line, NamedLine, Note, NoteKind, Prior, Requested, Slots, SplitPart, UNWRITTEN,
};
pub use money::{Comparison, Money};
pub use prose::Prose;
pub use request::{Breakdown, Citation, Period, PolicyBasis, Program, Request, Scale, Stage, Status, Style};
pub use rounding::{Footing, Interval, Rounding};
pub use style::{NegativeSign, YearStyle};
pub use unit::{Currency, Unit};
