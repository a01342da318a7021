//! The fixed words of a comparison in both languages: what links, items, texts and columns are called.

use super::bridge::ItemKind;
use super::change::{Link, Relation};
use super::column::Column;
use super::proposal::Likeness;
use super::texts::Field;
use crate::model::{Lang, Request, Stage};
use crate::named::named;
use crate::notation::Notation;

impl ItemKind {
    /// What a bridge calls the item. Between drafts nothing is new or over: lines are added and taken out.
    #[must_use]
    pub fn label(self, relation: Relation, lang: Lang) -> &'static str {
        let is_draft = relation != Relation::Years;
        match (self, lang) {
            (Self::New, Lang::Ja) if is_draft => "追加",
            (Self::New, Lang::Ja) => "新規",
            (Self::Increased, Lang::Ja) => "増額",
            (Self::Decreased, Lang::Ja) => "減額",
            (Self::Ended, Lang::Ja) if is_draft => "削除",
            (Self::Ended, Lang::Ja) => "終了",
            (Self::MovedIn, Lang::Ja) => "移管（受入）",
            (Self::MovedOut, Lang::Ja) => "移管（移出）",
            (Self::Restated, Lang::Ja) => "組替え",
            (Self::Open, Lang::Ja) => "事項要求を含む行",
            (Self::Listed, Lang::Ja) => "新たに記載",
            (Self::Unlisted, Lang::Ja) => "記載なし",
            (Self::Remainder, Lang::Ja) => "掲載外の増減",
            (Self::Rounding, Lang::Ja) => "端数",
            (Self::New, Lang::En) if is_draft => "added",
            (Self::New, Lang::En) => "new",
            (Self::Increased, Lang::En) => "increased",
            (Self::Decreased, Lang::En) => "decreased",
            (Self::Ended, Lang::En) if is_draft => "taken out",
            (Self::Ended, Lang::En) => "ended",
            (Self::MovedIn, Lang::En) => "moved in",
            (Self::MovedOut, Lang::En) => "moved out",
            (Self::Restated, Lang::En) => "restated",
            (Self::Open, Lang::En) => "with an amount to be determined",
            (Self::Listed, Lang::En) => "newly stated",
            (Self::Unlisted, Lang::En) => "no longer stated",
            (Self::Remainder, Lang::En) => "change of what is not listed",
            (Self::Rounding, Lang::En) => "rounding",
        }
    }
}

impl Link {
    /// What a table says of a line that has not simply kept its id; nothing for one that has.
    #[must_use]
    pub fn label(self, relation: Relation, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::New, _) => ItemKind::New.label(relation, lang),
            (Self::Listed, _) => ItemKind::Listed.label(relation, lang),
            (Self::Ended, _) => ItemKind::Ended.label(relation, lang),
            (Self::Unlisted, _) => ItemKind::Unlisted.label(relation, lang),
            _ => self.happened(lang),
        }
    }
}

impl Field {
    /// What the text is called, e.g. 概要.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Number, Lang::Ja) => "番号",
            (Self::Title, Lang::Ja) => "名称",
            (Self::TitleEn, Lang::Ja) => "英語名",
            (Self::Abbreviation, Lang::Ja) => "略称",
            (Self::Operator, Lang::Ja) => "実施主体",
            (Self::Period, Lang::Ja) => "事業期間",
            (Self::Scale, Lang::Ja) => "事業規模",
            (Self::Summary, Lang::Ja) => "概要",
            (Self::Points, Lang::Ja) => "要求のポイント",
            (Self::Body, Lang::Ja) => "本文",
            (Self::Notes, Lang::Ja) => "注記",
            (Self::PolicyBasis, Lang::Ja) => "政策文書",
            (Self::Recipients, Lang::Ja) => "対象領域・実施機関",
            (Self::FundingFlow, Lang::Ja) => "資金の流れ",
            (Self::LogicModel, Lang::Ja) => "ロジックモデル",
            (Self::Number, Lang::En) => "number",
            (Self::Title, Lang::En) => "title",
            (Self::TitleEn, Lang::En) => "English title",
            (Self::Abbreviation, Lang::En) => "short name",
            (Self::Operator, Lang::En) => "operator",
            (Self::Period, Lang::En) => "period",
            (Self::Scale, Lang::En) => "size of an award",
            (Self::Summary, Lang::En) => "summary",
            (Self::Points, Lang::En) => "points",
            (Self::Body, Lang::En) => "body",
            (Self::Notes, Lang::En) => "notes",
            (Self::PolicyBasis, Lang::En) => "policy basis",
            (Self::Recipients, Lang::En) => "areas and recipients",
            (Self::FundingFlow, Lang::En) => "funding flow",
            (Self::LogicModel, Lang::En) => "logic model",
        }
    }
}

named!(Likeness {
    SameId = "same_id",
    SameTitle = "same_title",
    NearTitle = "near_title",
    SameAmount = "same_amount",
});

impl Likeness {
    /// What speaks for two lines being one.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::SameId, Lang::Ja) => "同じid",
            (Self::SameTitle, Lang::Ja) => "同じ名称",
            (Self::NearTitle, Lang::Ja) => "似た名称",
            (Self::SameAmount, Lang::Ja) => "同じ金額",
            (Self::SameId, Lang::En) => "same id",
            (Self::SameTitle, Lang::En) => "same title",
            (Self::NearTitle, Lang::En) => "similar title",
            (Self::SameAmount, Lang::En) => "same amount",
        }
    }
}

impl Column {
    /// What a table calls the amount, e.g. 要求・要望額; the year's amount is called after the stage of its file.
    #[must_use]
    pub fn label(self, stage: Stage, notation: &Notation) -> &'static str {
        match (self, notation.lang) {
            (Self::Requested, _) => notation.requested(stage),
            (Self::Prior, _) => notation.requested(Stage::Enacted),
            (Self::Supplementary, _) => notation.requested(Stage::Supplementary),
            (Self::Enacted, Lang::Ja) => "成立予算額",
            (Self::Enacted, Lang::En) => "enacted",
        }
    }

    /// The fiscal year that the amount belongs to and what it is called: `令和4年度` and `要求・要望額`.
    #[must_use]
    pub fn heading(self, request: &Request, notation: &Notation) -> [String; 2] {
        let year = request.fiscal_year.value;
        let year = match self {
            Self::Prior => year.prior(),
            _ => year,
        };
        let label = self.label(request.stage, notation);
        [notation.fiscal_year(year), label.to_owned()]
    }
}
