//! The fixed words of a comparison in both languages: what links, items, texts and columns are called.

use super::bridge::ItemKind;
use super::change::{Link, Relation};
use super::proposal::Likeness;
use super::texts::Field;
use crate::model::{FiscalYear, Lang, Stage};
use crate::notation::Notation;
use crate::rollup::Column;

impl ItemKind {
    /// What a bridge calls the item. Between drafts nothing is new or over: lines are added and taken out.
    pub fn label(self, relation: Relation, lang: Lang) -> &'static str {
        let is_draft = relation != Relation::Years;
        let (ja, en) = match self {
            Self::New if is_draft => ("追加", "added"),
            Self::New => ("新規", "new"),
            Self::Increased => ("増額", "increased"),
            Self::Decreased => ("減額", "decreased"),
            Self::Ended if is_draft => ("削除", "taken out"),
            Self::Ended => ("終了", "ended"),
            Self::MovedIn => ("移管（受入）", "moved in"),
            Self::MovedOut => ("移管（移出）", "moved out"),
            Self::Restated => ("組替え", "restated"),
            Self::Open => ("事項要求を含む行", "with an amount to be determined"),
            Self::Listed => ("新たに記載", "newly stated"),
            Self::Unlisted => ("記載なし", "no longer stated"),
            Self::Remainder => ("掲載外の増減", "change of what is not listed"),
            Self::Rounding => ("端数", "rounding"),
        };
        lang.pick(ja, en)
    }
}

impl Link {
    /// What a table says of a line that has not simply kept its id; nothing for one that has.
    pub fn label(self, relation: Relation, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::New, _) => ItemKind::New.label(relation, lang),
            (Self::Listed, _) => ItemKind::Listed.label(relation, lang),
            (Self::Ended, _) => ItemKind::Ended.label(relation, lang),
            (Self::Unlisted, _) => ItemKind::Unlisted.label(relation, lang),
            (Self::MovedIn, _) => ItemKind::MovedIn.label(relation, lang),
            (Self::MovedOut, _) => ItemKind::MovedOut.label(relation, lang),
            _ => self.happened(lang),
        }
    }
}

impl Field {
    /// What the text is called, e.g. 概要.
    pub fn label(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Self::Number => ("番号", "number"),
            Self::Title => ("名称", "title"),
            Self::TitleEn => ("英語名", "English title"),
            Self::Abbreviation => ("略称", "short name"),
            Self::Group => ("局・分野", "group"),
            Self::Operator => ("実施主体", "operator"),
            Self::Period => ("事業期間", "period"),
            Self::Scale => ("事業規模", "size of an award"),
            Self::Summary => ("概要", "summary"),
            Self::Points => ("要求のポイント", "points"),
            Self::Body => ("本文", "body"),
            Self::Notes => ("注記", "notes"),
            Self::PolicyBasis => ("政策文書", "policy basis"),
            Self::Recipients => ("対象領域・実施機関", "areas and recipients"),
            Self::FundingFlow => ("資金の流れ", "funding flow"),
            Self::LogicModel => ("ロジックモデル", "logic model"),
        };
        lang.pick(ja, en)
    }
}

impl Likeness {
    /// What speaks for two lines being one.
    pub fn label(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Self::SameId => ("同じid", "same id"),
            Self::SameTitle => ("同じ名称", "same title"),
            Self::NearTitle => ("似た名称", "similar title"),
            Self::SameAmount => ("同じ金額", "same amount"),
        };
        lang.pick(ja, en)
    }
}

impl Column {
    /// What a table calls the amount, e.g. 要求・要望額; the year's amount is called after the stage of its file.
    pub fn label(self, stage: Stage, notation: &Notation) -> &'static str {
        match self {
            Self::Requested => notation.requested(stage),
            Self::Prior => notation.requested(Stage::Enacted),
            Self::Supplementary => notation.requested(Stage::Supplementary),
            Self::Enacted => notation.lang.pick("成立予算額", "enacted"),
        }
    }

    /// The fiscal year that the amount belongs to and what it is called: `令和4年度` and `要求・要望額`.
    pub fn heading(self, (year, stage): (FiscalYear, Stage), notation: &Notation) -> [String; 2] {
        let year = match self {
            Self::Prior => year.prior(),
            _ => year,
        };
        let label = self.label(stage, notation);
        [notation.fiscal_year(year), label.to_owned()]
    }
}
