//! How stages, periods and sizes of awards are worded.

use super::Notation;
use crate::model::{Amount, FiscalYear, Lang, Period, Scale, Stage};
use crate::source::Spanned;

impl Notation {
    /// A text with a remark in the language's brackets.
    #[must_use]
    pub fn bracketed(&self, text: &str, remark: &str) -> String {
        match self.lang {
            Lang::Ja => format!("{text}（{remark}）"),
            Lang::En => format!("{text} ({remark})"),
        }
    }

    /// What stands between the entries of a list.
    #[must_use]
    pub fn comma(&self) -> &'static str {
        match self.lang {
            Lang::Ja => "、",
            Lang::En => ", ",
        }
    }

    /// The name of a stage, e.g. 概算要求.
    #[must_use]
    pub fn stage(&self, stage: Stage) -> &'static str {
        match (self.lang, stage) {
            (Lang::Ja, Stage::Request) => "概算要求",
            (Lang::Ja, Stage::Proposal) => "予算案",
            (Lang::Ja, Stage::Enacted) => "予算",
            (Lang::Ja, Stage::Supplementary) => "補正予算",
            (Lang::Ja, Stage::Settled) => "決算",
            (Lang::En, Stage::Request) => "budget request",
            (Lang::En, Stage::Proposal) => "budget proposal",
            (Lang::En, Stage::Enacted) => "enacted budget",
            (Lang::En, Stage::Supplementary) => "supplementary budget",
            (Lang::En, Stage::Settled) => "settled accounts",
        }
    }

    /// What the year's amount is called at a stage, e.g. 要求・要望額.
    #[must_use]
    pub fn requested(&self, stage: Stage) -> &'static str {
        match (self.lang, stage) {
            (Lang::Ja, Stage::Request) => "要求・要望額",
            (Lang::Ja, Stage::Proposal) => "予算額（案）",
            (Lang::Ja, Stage::Enacted) => "予算額",
            (Lang::Ja, Stage::Supplementary) => "補正予算額",
            (Lang::Ja, Stage::Settled) => "決算額",
            (Lang::En, Stage::Request) => "requested",
            (Lang::En, Stage::Proposal) => "proposed",
            (Lang::En, Stage::Enacted) => "enacted",
            (Lang::En, Stage::Supplementary) => "supplementary",
            (Lang::En, Stage::Settled) => "settled",
        }
    }

    /// A year and a stage, e.g. 令和4年度概算要求.
    #[must_use]
    pub fn year_and_stage(&self, year: FiscalYear, stage: Stage) -> String {
        format!("{}{}{}", self.fiscal_year(year), self.gap(), self.stage(stage))
    }

    /// What stands between two words of a phrase: nothing in Japanese.
    #[must_use]
    pub fn gap(&self) -> &'static str {
        match self.lang {
            Lang::Ja => "",
            Lang::En => " ",
        }
    }

    /// A period, e.g. 令和4年度～令和8年度.
    #[must_use]
    pub fn period(&self, period: &Period) -> String {
        let year = |year: Option<Spanned<FiscalYear>>| {
            year.map(|year| self.fiscal_year(year.value)).unwrap_or_default()
        };
        let (from, to) = (year(period.from), year(period.to));
        let text = match self.lang {
            Lang::Ja => format!("{from}～{to}"),
            Lang::En => format!("{from}–{to}"),
        };
        let length = match (self.lang, period.years, period.max_years) {
            (Lang::Ja, Some(years), _) => Some(format!("{}年間", years.value)),
            (Lang::Ja, None, Some(years)) => Some(format!("最大{}年間", years.value)),
            (Lang::En, Some(years), _) => Some(format!("{} years", years.value)),
            (Lang::En, None, Some(years)) => Some(format!("at most {} years", years.value)),
            (_, None, None) => None,
        };
        let remarks: Vec<&str> = length.iter().chain(&period.note).map(String::as_str).collect();
        if remarks.is_empty() { text } else { self.bracketed(&text, &remarks.join(self.comma())) }
    }

    /// The size of an award, e.g. 6億円～12億円程度／技術領域・年.
    #[must_use]
    pub fn scale(&self, scale: &Scale) -> String {
        // An award is not a budget: it stays as it is stated, whatever sheets count in.
        let exact = Self { print: None, ..*self };
        let amount = |amount: &Option<Spanned<Amount>>| {
            amount.as_ref().map(|amount| exact.amount(&amount.value)).unwrap_or_default()
        };
        let (min, max) = (amount(&scale.min), amount(&scale.max));
        let bounds = if min == max {
            min
        } else if self.lang == Lang::Ja {
            format!("{min}～{max}")
        } else {
            format!("{min}–{max}")
        };
        match self.lang {
            Lang::Ja => {
                let about = if scale.about { "程度" } else { "" };
                let per = scale.per.as_ref().map(|per| format!("／{per}")).unwrap_or_default();
                format!("{bounds}{about}{per}")
            }
            Lang::En => {
                let about = if scale.about { "about " } else { "" };
                let per = scale.per.as_ref().map(|per| format!(" per {per}")).unwrap_or_default();
                format!("{about}{bounds}{per}")
            }
        }
    }
}
