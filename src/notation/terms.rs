//! How stages, periods and sizes of awards are worded.

use super::Notation;
use crate::model::{Amount, FiscalYear, Period, Scale, Stage};
use crate::source::Spanned;
use crate::words;

impl Notation {
    /// A text with a remark in the language's brackets.
    pub fn bracketed(&self, text: &str, remark: &str) -> String {
        words::bracketed(self.lang, text, remark)
    }

    /// What stands between the entries of a list.
    pub fn comma(&self) -> &'static str {
        words::comma(self.lang)
    }

    /// The name of a stage, e.g. 概算要求.
    pub fn stage(&self, stage: Stage) -> &'static str {
        let (ja, en) = match stage {
            Stage::Request => ("概算要求", "budget request"),
            Stage::Proposal => ("予算案", "budget proposal"),
            Stage::Enacted => ("予算", "enacted budget"),
            Stage::Supplementary => ("補正予算", "supplementary budget"),
            Stage::Settled => ("決算", "settled accounts"),
        };
        self.lang.pick(ja, en)
    }

    /// What the year's amount is called at a stage, e.g. 要求・要望額.
    pub fn requested(&self, stage: Stage) -> &'static str {
        let (ja, en) = match stage {
            Stage::Request => ("要求・要望額", "requested"),
            Stage::Proposal => ("予算額（案）", "proposed"),
            Stage::Enacted => ("予算額", "enacted"),
            Stage::Supplementary => ("補正予算額", "supplementary"),
            Stage::Settled => ("決算額", "settled"),
        };
        self.lang.pick(ja, en)
    }

    /// A year and a stage, e.g. 令和4年度概算要求.
    pub fn year_and_stage(&self, year: FiscalYear, stage: Stage) -> String {
        format!("{}{}{}", self.fiscal_year(year), self.gap(), self.stage(stage))
    }

    /// What stands between two words of a phrase: nothing in Japanese.
    pub fn gap(&self) -> &'static str {
        words::gap(self.lang)
    }

    /// A period, e.g. 令和4年度～令和8年度.
    pub fn period(&self, period: &Period) -> String {
        let year = |year: Option<Spanned<FiscalYear>>| {
            year.map(|year| self.fiscal_year(year.value)).unwrap_or_default()
        };
        let (from, to) = (year(period.from), year(period.to));
        let text = words::range(self.lang, from, to);
        let most = || Some(words::at_most_years(self.lang, period.max_years?.value));
        let length = period.years.map(|years| words::years(self.lang, years.value)).or_else(most);
        let remarks: Vec<&str> = length.iter().chain(&period.note).map(String::as_str).collect();
        if remarks.is_empty() { text } else { self.bracketed(&text, &remarks.join(self.comma())) }
    }

    /// The size of an award, e.g. 6億円～12億円程度／技術領域・年.
    pub fn scale(&self, scale: &Scale) -> String {
        // An award is not a budget: it stays as it is stated, whatever sheets count in.
        let exact = Self { print: None, ..*self };
        let amount = |amount: &Option<Spanned<Amount>>| {
            amount.as_ref().map(|amount| exact.amount(&amount.value)).unwrap_or_default()
        };
        let (min, max) = (amount(&scale.min), amount(&scale.max));
        let bounds = if min == max { min } else { words::range(self.lang, min, max) };
        let bounds = if scale.about { words::about(self.lang, bounds) } else { bounds };
        match &scale.per {
            Some(per) => words::per(self.lang, bounds, per),
            None => bounds,
        }
    }
}
