//! A chapter's way of saying things: its language, its words, its notation.

use crate::model::{Amount, Basis, Citation, FiscalYear, Lang, Line, Period, Request, Scale, Unit};
use crate::notation::Notation;
use crate::words::{self, Words};

/// What all sheets of a chapter share when they are worded.
#[derive(Debug)]
pub(super) struct Wording<'r> {
    pub(super) request: &'r Request,
    pub(super) lang: Lang,
    pub(super) words: &'static Words,
    pub(super) notation: Notation,
}

impl<'r> Wording<'r> {
    pub(super) fn new(request: &'r Request, lang: Lang) -> Self {
        let notation = Notation::printed(request, lang);
        Self { request, lang, words: Words::of(lang), notation }
    }

    /// The same for what shows every amount as it is stated, whatever sheets print in.
    pub(super) fn exact(request: &'r Request, lang: Lang) -> Self {
        Self { notation: Notation::of(request, lang), ..Self::new(request, lang) }
    }

    /// A line's title in the sheet's language, with its abbreviation.
    pub(super) fn title(&self, line: &Line) -> String {
        let english = line.title_en.as_ref().unwrap_or(&line.title);
        let title = self.lang.pick(&line.title, english);
        match &line.abbreviation {
            Some(short) => self.bracketed(title, short),
            None => title.clone(),
        }
    }

    /// A title behind its number; to one in brackets it stands close.
    pub(super) fn numbered(&self, number: Option<&String>, title: &str) -> String {
        match number {
            Some(number) if number.ends_with([')', '）']) => format!("{number}{title}"),
            Some(number) => crate::words::numbered(self.lang, number, title),
            None => title.to_owned(),
        }
    }

    /// A text with a remark in the language's brackets.
    pub(super) fn bracketed(&self, text: &str, remark: &str) -> String {
        self.notation.bracketed(text, remark)
    }

    /// The chapter's title with its number.
    pub(super) fn chapter_title(&self) -> String {
        let title = self.title(&self.request.line);
        match &self.request.number {
            Some(number) => format!("{number}. {title}"),
            None => title,
        }
    }

    /// The ministry in the sheet's language.
    pub(super) fn ministry(&self) -> &str {
        let english = self.request.ministry_en.as_ref().unwrap_or(&self.request.ministry);
        self.lang.pick(&self.request.ministry, english)
    }

    /// The year and stage, e.g. 令和4年度概算要求.
    pub(super) fn year_and_stage(&self) -> String {
        let request = self.request;
        self.notation.year_and_stage(request.fiscal_year.value, request.stage)
    }

    /// What the year's amount is called, e.g. 令和4年度要求・要望額.
    pub(super) fn requested_label(&self) -> String {
        let year = self.year(self.request.fiscal_year.value);
        format!("{year}{}{}", self.notation.gap(), self.notation.requested(self.request.stage))
    }

    /// What the wish is called, with the name of the year's frame.
    pub(super) fn wish_label(&self) -> String {
        let frame = self.request.frame.as_ref();
        let wish = self.words.wish_part;
        frame.map_or_else(|| wish.to_owned(), |frame| self.bracketed(wish, frame))
    }

    pub(super) fn year(&self, year: FiscalYear) -> String {
        self.notation.fiscal_year(year)
    }

    /// What tables and charts count in.
    pub(super) fn unit(&self) -> Unit {
        self.notation.print.map_or(self.request.unit, |print| print.unit)
    }

    /// `単位：百万円`.
    pub(super) fn unit_label(&self) -> String {
        words::in_unit(self.lang, self.unit().label(self.lang))
    }

    /// `（単位：百万円）`.
    pub(super) fn unit_line(&self) -> String {
        words::aside(self.lang, self.unit_label())
    }

    /// The same over amounts of which some may be stated in a larger unit, and carry it.
    pub(super) fn unit_line_over(&self, amounts: impl IntoIterator<Item = Amount>) -> String {
        match amounts.into_iter().any(|amount| self.is_coarse(amount)) {
            true => words::in_unit_mostly(self.lang, self.unit_label()),
            false => self.unit_line(),
        }
    }

    /// Whether an amount is stated in a coarser unit than the tables'.
    pub(super) fn is_coarse(&self, amount: Amount) -> bool {
        amount.quantum_exponent() > i32::from(self.unit().exponent())
    }

    /// A period, e.g. 令和4年度～令和8年度.
    pub(super) fn period(&self, period: &Period) -> String {
        self.notation.period(period)
    }

    /// The size of an award, e.g. 6億円～12億円程度／技術領域・年.
    pub(super) fn scale(&self, scale: &Scale) -> String {
        self.notation.scale(scale)
    }

    /// A cited document, e.g. 【統合イノベーション戦略2021（令和3年6月18日閣議決定）】.
    pub(super) fn citation(&self, citation: &Citation) -> String {
        let date = citation.date.map(|date| self.notation.date(&date.value));
        let decided: Vec<&str> =
            date.iter().map(String::as_str).chain(citation.authority.as_deref()).collect();
        let text = if decided.is_empty() {
            citation.title.clone()
        } else {
            self.bracketed(&citation.title, &decided.join(words::titles_gap(self.lang)))
        };
        self.cited(&text)
    }

    /// What the prior amount is called, with its basis.
    pub(super) fn prior_label(&self, basis: Basis) -> String {
        format!("{}{}", self.words.prior, self.basis(basis))
    }

    /// What is added to the name of the prior amount when it is not the initial budget.
    pub(super) fn basis(&self, basis: Basis) -> &'static str {
        match basis {
            Basis::Initial | Basis::Combined => "",
            Basis::Revised => words::revised(self.lang),
            Basis::Restated => words::restated(self.lang),
            Basis::Requested => words::as_requested(self.lang),
        }
    }

    /// The heading of the amount box.
    pub(super) fn amount_heading(&self) -> String {
        words::amount_heading(self.lang, self.notation.requested(self.request.stage))
    }

    /// A citation in the brackets of the field.
    pub(super) fn cited(&self, text: &str) -> String {
        words::cited(self.lang, text)
    }
}
