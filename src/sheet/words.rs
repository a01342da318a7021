//! The fixed words of a sheet in both languages. A template says `{{ words.amount }}` and never a word of its own.

use serde::Serialize;

use crate::model::{Basis, Lang, Stage};
use crate::notation::Notation;

/// The words that do not depend on the request.
#[derive(Clone, Debug, Serialize)]
pub struct Words {
    /// Heading of the ※ notes.
    pub notes: &'static str,
    /// Heading of the cited policy documents.
    pub basis: &'static str,
    /// Heading of the table of parts.
    pub breakdown: &'static str,
    /// Heading of the areas.
    pub areas: &'static str,
    /// Heading of the funding flow where the request gives none.
    pub funding_flow: &'static str,
    /// Heading of the logic model.
    pub logic_model: &'static str,
    /// Heading of the outputs.
    pub outputs: &'static str,
    /// Heading of the outcomes.
    pub outcomes: &'static str,
    /// Heading of the impacts.
    pub impacts: &'static str,
    /// Heading of the chart.
    pub comparison: &'static str,
    /// Heading of the abbreviations.
    pub glossary: &'static str,
    /// Heading of the sources and accepted warnings.
    pub provenance: &'static str,
    /// Heading of the overview's prose.
    pub overview: &'static str,
    /// Heading of the table of programs.
    pub programs: &'static str,
    /// Heading of the cards.
    pub cards: &'static str,
    /// Between a label and what it labels.
    pub colon: &'static str,
    /// Between a title and its amounts.
    pub gap: &'static str,
    /// Column: the program's title.
    pub program: &'static str,
    /// Column: the prior amount.
    pub prior: &'static str,
    /// Column: the change.
    pub change: &'static str,
    /// Column: the rate of change.
    pub rate: &'static str,
    /// Column: notes.
    pub remarks: &'static str,
    /// Heading of the column with what a line is about and its notes.
    pub contents: &'static str,
    /// Before the title of a part.
    pub of_which: &'static str,
    /// The computed remainder of a breakdown.
    pub remainder: &'static str,
    /// The same below a part.
    pub other: &'static str,
    /// The remark on a computed amount.
    pub computed: &'static str,
    /// The total's row.
    pub total: &'static str,
    /// The sum of the listed lines where no total is stated.
    pub listed_total: &'static str,
    /// The split of a requested amount: the request proper.
    pub request_part: &'static str,
    /// The split of a requested amount: the wish.
    pub wish_part: &'static str,
    /// Before the name of an account.
    pub by_account: &'static str,
    /// Before the name of an instrument.
    pub by_instrument: &'static str,
    /// Before an account's or an instrument's part of the prior amount.
    pub split_prior: &'static str,
    /// The enacted budget of the year.
    pub enacted: &'static str,
    /// The supplementary budgets of the year.
    pub supplementary: &'static str,
    /// Heading of a line's years.
    pub series: &'static str,
    /// Heading of the programs' requests year by year.
    pub matrix: &'static str,
    /// Column: the fiscal year.
    pub series_year: &'static str,
    /// Column: the initial budget of a year.
    pub series_initial: &'static str,
    /// Column: the initial budget and the supplementary ones together.
    pub series_sum: &'static str,
    /// Fact: who carries it out.
    pub operator: &'static str,
    /// Fact: the years.
    pub period: &'static str,
    /// Fact: the English name, on a Japanese sheet.
    pub english_title: &'static str,
    /// Heading of the facts where they are only a name.
    pub names: &'static str,
    /// Said after a citation whose passage is restated.
    pub gist: &'static str,
    /// Fact: the size of an award.
    pub scale: &'static str,
    /// Said where a printed column does not foot.
    pub rounding: &'static str,
    /// A new program's prior amount.
    pub new: &'static str,
    /// The mark of a draft.
    pub draft: &'static str,
    /// Link to the overview.
    pub overview_link: &'static str,
    /// Between the entries of a list.
    pub comma: &'static str,
    /// Between entries that may hold a comma.
    pub semicolon: &'static str,
    /// Opening bracket.
    pub open: &'static str,
    /// Closing bracket.
    pub close: &'static str,
    /// Before an approximate amount.
    pub about: &'static str,
}

const JA: Words = Words {
    notes: "注記",
    basis: "政策文書における位置付け",
    breakdown: "内訳",
    areas: "対象領域・実施機関",
    funding_flow: "資金の流れ",
    logic_model: "ロジックモデル",
    outputs: "アウトプット（活動目標）",
    outcomes: "アウトカム（成果目標）",
    impacts: "インパクト（社会への影響）",
    comparison: "前年度予算額との比較",
    glossary: "略語",
    provenance: "出典・留意事項",
    overview: "概要",
    programs: "事業一覧",
    cards: "各事業の概要",
    colon: "：",
    gap: "　",
    program: "事業",
    prior: "前年度予算額",
    change: "増減額",
    rate: "増減率",
    remarks: "備考",
    contents: "内容・備考",
    of_which: "うち ",
    remainder: "その他（掲載事業以外）",
    other: "その他",
    computed: "差引きにより算出",
    total: "計",
    listed_total: "掲載事業の計",
    request_part: "うち要求額",
    wish_part: "うち要望額",
    by_account: "会計別：",
    by_instrument: "経費別：",
    split_prior: "前年度",
    enacted: "成立予算額（当初）",
    supplementary: "補正予算額",
    series: "年度別の推移",
    matrix: "要求・要望額の推移",
    series_year: "年度",
    series_initial: "当初予算額",
    series_sum: "補正後の計",
    operator: "実施主体",
    period: "事業期間",
    english_title: "英語名",
    names: "事業名称",
    gist: "（要旨）",
    scale: "事業規模",
    rounding: "※ 端数処理の関係で、内訳の合計は計と一致しない場合がある。",
    new: "新規",
    draft: "未定稿",
    overview_link: "章の概要へ戻る",
    comma: "、",
    semicolon: "、",
    open: "（",
    close: "）",
    about: "約",
};

const EN: Words = Words {
    notes: "Notes",
    basis: "Policy basis",
    breakdown: "Breakdown",
    areas: "Areas and recipients",
    funding_flow: "Funding flow",
    logic_model: "Logic model",
    outputs: "Outputs",
    outcomes: "Outcomes",
    impacts: "Impacts",
    comparison: "Compared with the prior year",
    glossary: "Abbreviations",
    provenance: "Sources and accepted findings",
    overview: "Overview",
    programs: "Programs",
    cards: "The programs in brief",
    colon: ": ",
    gap: " – ",
    program: "Program",
    prior: "Prior year",
    change: "Change",
    rate: "Rate",
    remarks: "Notes",
    contents: "Contents and notes",
    of_which: "of which: ",
    remainder: "Other (not listed)",
    other: "other (not listed)",
    computed: "computed",
    total: "Total",
    listed_total: "Total of the lines listed",
    request_part: "of which request",
    wish_part: "of which wish",
    by_account: "by account: ",
    by_instrument: "by instrument: ",
    split_prior: "prior year",
    enacted: "Enacted initial budget",
    supplementary: "Supplementary budgets",
    series: "Year by year",
    matrix: "Requests year by year",
    series_year: "Fiscal year",
    series_initial: "Initial budget",
    series_sum: "Initial and supplementary",
    operator: "Operator",
    period: "Period",
    english_title: "English name",
    names: "Names",
    gist: " (in essence)",
    scale: "Size of an award",
    rounding: "Figures are rounded, so the lines may not add up to the total.",
    new: "new",
    draft: "DRAFT",
    overview_link: "Overview",
    comma: ", ",
    semicolon: "; ",
    open: " (",
    close: ")",
    about: "about ",
};

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Ja => &JA,
            Lang::En => &EN,
        }
    }
}

/// The name of a stage, e.g. 概算要求.
pub(super) fn stage(lang: Lang, stage: Stage) -> &'static str {
    Notation::new(lang).stage(stage)
}

/// What the year's amount is called at a stage, e.g. 要求・要望額.
pub(super) fn requested(lang: Lang, stage: Stage) -> &'static str {
    Notation::new(lang).requested(stage)
}

/// The heading of the amount box.
pub(super) fn amount_heading(lang: Lang, stage: Stage) -> &'static str {
    match lang {
        Lang::Ja => requested(lang, stage),
        Lang::En => "Amounts",
    }
}

/// What is added to the name of the prior amount when it is not the initial budget.
pub(super) fn basis(lang: Lang, basis: Basis) -> &'static str {
    match (lang, basis) {
        (_, Basis::Initial | Basis::Combined) => "",
        (Lang::Ja, Basis::Revised) => "・補正後",
        (Lang::Ja, Basis::Restated) => "・組替え後",
        (Lang::En, Basis::Revised) => ", revised",
        (Lang::En, Basis::Restated) => ", restated",
        (Lang::Ja, Basis::Requested) => "・要求額",
        (Lang::En, Basis::Requested) => ", as requested",
    }
}
