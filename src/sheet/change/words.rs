//! The fixed words of a change sheet in both languages.

use serde::Serialize;

use crate::model::Lang;

/// The words that do not depend on what is compared.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeWords {
    /// Heading of the box with the totals.
    pub amount: &'static str,
    /// Heading of the notes.
    pub notes: &'static str,
    /// Heading of the sentences at the top.
    pub summary: &'static str,
    /// Heading of the chart.
    pub bridge: &'static str,
    /// Heading of the first table.
    pub table: &'static str,
    /// Column: the program.
    pub program: &'static str,
    /// Column: the change.
    pub change: &'static str,
    /// Column: the rate of change.
    pub rate: &'static str,
    /// Column: what happened to the line.
    pub kind: &'static str,
    /// The total's row.
    pub total: &'static str,
    /// The total's row where sums of listed lines are compared.
    pub listed_total: &'static str,
    /// Before the title of a part.
    pub of_which: &'static str,
    /// The old side, where both sides are of one year and stage.
    pub old: &'static str,
    /// The new side.
    pub new: &'static str,
    /// Before the former title of a line.
    pub formerly: &'static str,
    /// An amount that nobody stated.
    pub not_stated: &'static str,
    /// Said where sums of listed lines are compared.
    pub listed: &'static str,
    /// Heading of what does not agree with last year.
    pub continuity: &'static str,
    /// Heading of the proposed counterparts.
    pub proposals: &'static str,
    /// What to do with proposals between two years.
    pub proposals_later: &'static str,
    /// What to do with proposals between two drafts.
    pub proposals_draft: &'static str,
    /// Heading of what moved the total most, with their shares.
    pub movers: &'static str,
    /// Heading of a list of the texts that changed.
    pub texts: &'static str,
    /// The row of a table for what lines carried along that moved inside it.
    pub moves: &'static str,
    /// Said of amounts of which one is the other one rounded.
    pub within_rounding: &'static str,
    /// Said where all amounts are the same.
    pub same_amounts: &'static str,
    /// Stands for as many more in a list.
    pub more: &'static str,
    /// Between two sentences.
    pub between: &'static str,
    /// Said where a comparison is too large for a screen.
    pub all: &'static str,
    /// Heading of the texts.
    pub redline: &'static str,
    /// Says how changed words are marked.
    pub legend: &'static str,
    /// Column of the texts: which one.
    pub field: &'static str,
    /// Column of the texts: as it was.
    pub before: &'static str,
    /// Column of the texts: as it is.
    pub after: &'static str,
    /// Stands for passages that did not change.
    pub unchanged: &'static str,
    /// Stands for a text that is not there.
    pub absent: &'static str,
    /// Said of a text in which only the markup changed.
    pub only_markup: &'static str,
    /// Between a label and what it labels.
    pub colon: &'static str,
    /// Between a title and what is said of it.
    pub gap: &'static str,
    /// Said where nothing changed.
    pub nothing: &'static str,
    /// Said in a comment that had to be shortened.
    pub cut: &'static str,
}

const JA: ChangeWords = ChangeWords {
    amount: "増減",
    notes: "注記",
    summary: "要点",
    bridge: "増減の内訳",
    table: "事業別の増減",
    program: "事業",
    change: "増減額",
    rate: "増減率",
    kind: "区分",
    total: "計",
    listed_total: "掲載事業の計",
    of_which: "うち ",
    old: "旧",
    new: "新",
    formerly: "旧：",
    not_stated: "記載なし",
    listed: "合計の記載がない側があるため、掲載されている事業の計どうしを比べている。",
    continuity: "前年度予算額の照合",
    proposals: "対応関係の候補",
    proposals_later: "比較には用いていない。同じ事業なら、次を crosswalk に書き足す。",
    proposals_draft: "比較には用いていない。同じ事業なら、id を変えない。",
    movers: "増減の大きい事業（増減総額に占める割合）",
    texts: "文言の変更",
    moves: "内部の移管",
    within_rounding: "端数処理の範囲で同額",
    same_amounts: "金額はすべて同じ。",
    more: "ほか{}件",
    between: "",
    all: "すべての行は --all で示す。",
    redline: "新旧対照表",
    legend: "取消線は削られた語句、太字は加わった語句。変更のない段落は（略）とし、全体が入れ替わった段落には印を付けない。",
    field: "欄",
    before: "旧",
    after: "新",
    unchanged: "（略）",
    absent: "（記載なし）",
    only_markup: "（書式のみの変更）",
    colon: "：",
    gap: "　",
    nothing: "変更はない。",
    cut: "長いため、以下は省略した。全体は変更シートを参照。",
};

const EN: ChangeWords = ChangeWords {
    amount: "Change",
    notes: "Notes",
    summary: "In brief",
    bridge: "From the old total to the new",
    table: "Line by line",
    program: "Program",
    change: "Change",
    rate: "Rate",
    kind: "What happened",
    total: "Total",
    listed_total: "Total of the lines listed",
    of_which: "of which: ",
    old: "old",
    new: "new",
    formerly: "formerly ",
    not_stated: "not stated",
    listed: "One side states no total, so the sums of the lines listed are compared.",
    continuity: "Last year's amounts against last year's file",
    proposals: "Lines that may be the same",
    proposals_later: "Nothing is compared by them. Where two lines are one, add the entry to `crosswalk`.",
    proposals_draft: "Nothing is compared by them. Where two lines are one, the line keeps its id.",
    movers: "What moved most (share of all movement)",
    texts: "Texts that changed",
    moves: "moves inside",
    within_rounding: "same within rounding",
    same_amounts: "All amounts are the same.",
    more: "and {} more",
    between: " ",
    all: "--all shows every line.",
    redline: "Old and new wording",
    legend: "Struck-out words were taken out, bold ones put in. Paragraphs that did not change are left out; those replaced as a whole have no marks.",
    field: "Text",
    before: "Old",
    after: "New",
    unchanged: "(unchanged)",
    absent: "(none)",
    only_markup: "(only markup changed)",
    colon: ": ",
    gap: " – ",
    nothing: "Nothing changed.",
    cut: "Too long for a comment; the change sheet has the rest.",
};

impl ChangeWords {
    /// The words of a language.
    #[must_use]
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Ja => &JA,
            Lang::En => &EN,
        }
    }
}
