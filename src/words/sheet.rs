//! What sheets say.

use super::{phrases, words};
use crate::model::Lang;

words! {
/// The words of a sheet that do not depend on the request. A template says `{{ words.amount }}` and never a word of its own.
Words {
    /// Heading of the ※ notes.
    notes: "注記", "Notes";
    /// Heading of the cited policy documents.
    basis: "政策文書における位置付け", "Policy basis";
    /// Heading of the table of parts.
    breakdown: "内訳", "Breakdown";
    /// Heading of what rose and fell, and of its columns.
    moves: "増減の内訳", "From the prior year to the request";
    /// Column: what happened to lines.
    moved: "区分", "What happened";
    /// Column: how many lines.
    lines: "件数", "Lines";
    /// Column: amounts.
    sum: "金額", "Amount";
    /// Lines whose amount rose.
    rose: "増額", "Increases";
    /// Lines whose amount fell.
    fell: "減額", "Decreases";
    /// Lines whose amount is the same.
    stayed: "同額", "Unchanged";
    /// Heading of the chart of the largest changes.
    largest_moves: "増減の大きい事業", "The largest changes";
    /// Heading of the accounts and instruments, and of the column with their amounts.
    sources: "会計別・経費別", "By account and instrument";
    /// Column: an account's or an instrument's amounts.
    source_amounts: "要求額（前年度）", "Requested (prior year)";
    /// Heading of the areas.
    areas: "対象領域・実施機関", "Areas and recipients";
    /// Heading of the funding flow where the request gives none.
    funding_flow: "資金の流れ", "Funding flow";
    /// Heading of the logic model.
    logic_model: "ロジックモデル", "Logic model";
    /// Heading of the outputs.
    outputs: "アウトプット（活動目標）", "Outputs";
    /// Heading of the outcomes.
    outcomes: "アウトカム（成果目標）", "Outcomes";
    /// Heading of the impacts.
    impacts: "インパクト（社会への影響）", "Impacts";
    /// Heading of the chart.
    comparison: "前年度予算額との比較", "Compared with the prior year";
    /// Heading of the abbreviations.
    glossary: "略語", "Abbreviations";
    /// Heading of the sources and accepted warnings.
    provenance: "出典・留意事項", "Sources and accepted findings";
    /// Heading of the overview's prose.
    overview: "概要", "Overview";
    /// Heading of the table of programs.
    programs: "事業一覧", "Programs";
    /// Heading of the cards.
    cards: "各事業の概要", "The programs in brief";
    /// Between a label and what it labels.
    colon: "：", ": ";
    /// Between a title and its amounts.
    gap: "　", " – ";
    /// Column: the program's title.
    program: "事業", "Program";
    /// Column: the prior amount.
    prior: "前年度予算額", "Prior year";
    /// Column: the change.
    change: "増減額", "Change";
    /// Column: the rate of change.
    rate: "増減率", "Rate";
    /// Column: notes.
    remarks: "備考", "Notes";
    /// Before the title of a part.
    of_which: "うち ", "of which: ";
    /// What a row stands further in by, for each level above it.
    inset: "　", "\u{a0}\u{a0}";
    /// Heading of the column with what a line is about and its notes.
    contents: "内容・備考", "Contents and notes";
    /// The mark of a draft.
    draft: "未定稿", "DRAFT";
    /// The computed remainder of a breakdown.
    remainder: "その他（掲載事業以外）", "Other (not listed)";
    /// The same below a part.
    other: "その他", "other (not listed)";
    /// The remark on a computed amount.
    computed: "差引きにより算出", "computed";
    /// The total's row.
    total: "計", "Total";
    /// The sum of the listed lines where no total is stated.
    listed_total: "掲載事業の計", "Total of the lines listed";
    /// The split of a requested amount: the request proper.
    request_part: "うち要求額", "of which request";
    /// The split of a requested amount: the wish.
    wish_part: "うち要望額", "of which wish";
    /// Before the name of an account.
    by_account: "会計別：", "by account: ";
    /// Before the name of an instrument.
    by_instrument: "経費別：", "by instrument: ";
    /// Before an account's or an instrument's part of the prior amount.
    split_prior: "前年度", "prior year";
    /// The enacted budget of the year.
    enacted: "成立予算額（当初）", "Enacted initial budget";
    /// The supplementary budgets of the year.
    supplementary: "補正予算額", "Supplementary budgets";
    /// Heading of a line's years.
    series: "年度別の推移", "Year by year";
    /// Heading of the programs' requests year by year.
    matrix: "要求・要望額の推移", "Requests year by year";
    /// Column: the fiscal year.
    series_year: "年度", "Fiscal year";
    /// Column: the initial budget of a year.
    series_initial: "当初予算額", "Initial budget";
    /// Column: the initial budget and the supplementary ones together.
    series_sum: "補正後の計", "Initial and supplementary";
    /// Fact: who carries it out.
    operator: "実施主体", "Operator";
    /// Fact: the years.
    period: "事業期間", "Period";
    /// Fact: the English name, on a Japanese sheet.
    english_title: "英語名", "English name";
    /// Heading of the facts where they are only a name.
    names: "事業名称", "Names";
    /// Before a note in a list.
    note_mark: "※ ", "";
    /// Before a note behind other text.
    note_within: "　※ ", " Note: ";
    /// Between a label and its text on one line.
    run_in: "　", ":\u{a0}";
    /// Said after a citation whose passage is restated.
    gist: "（要旨）", " (in essence)";
    /// Fact: the size of an award.
    scale: "事業規模", "Size of an award";
    /// Said where a printed column does not foot.
    rounding:
        "※ 端数処理の関係で、内訳の合計は計と一致しない場合がある。",
        "Figures are rounded, so the lines may not add up to the total.";
    /// A new program's prior amount.
    new: "新規", "new";
    /// Link to the overview.
    overview_link: "章の概要へ戻る", "Overview";
    /// Between the entries of a list.
    comma: "、", ", ";
    /// Between entries that may hold a comma.
    semicolon: "、", "; ";
    /// Opening bracket.
    open: "（", " (";
    /// Closing bracket.
    close: "）", ")";
    /// Before an approximate amount.
    about: "約", "about ";
}
}

phrases! {
    facts_comma = "・", ", ";
    imprint_gap = "　", " · ";
    note_end = "。", ";";
    amount_heading(requested) = "{requested}", "Amounts";
    revised = "・補正後", ", revised";
    restated = "・組替え後", ", restated";
    as_requested = "・要求額", ", as requested";
    in_unit(unit) = "単位：{unit}", "in {unit}";
    in_unit_mostly(unit) = "（{unit}。単位を付した額を除く）", "({unit}, except where a unit is given)";
    /// A citation in the brackets of the field.
    cited(document) = "【{document}】", "{document}";
    numbered(number, title) = "{number}　{title}", "{number}: {title}";
    cases(count) = "{count}件", "{count}";
    with_cases(name, count) = "{name}〈{count}件〉", "{name} ({count})";
    indicator(indicator) = "指標：{indicator}", "indicator: {indicator}";
    points_of(year, stage) = "{year}{stage}におけるポイント", "Points of the {year} {stage}";
    accepted(title, reason, rule) =
        "{title}に関する留意事項：{reason}（検査項目：{rule}）",
        "Note on {title}: {reason} (check {rule})";
    combined = "前年度予算額は他事業との合計額", "prior year amount combined with other programs";
    combined_with(programs) =
        "前年度予算額は{programs}との合計額",
        "prior year amount combined with {programs}";

    months(year, first, last) = "{year}は{first}から{last}まで", "{year} is {first} to {last}";
    decimals(places) = "・小数第{places}位まで", " to {places} decimals";
    one_decimal = "・小数第1位まで", " to 1 decimal";
    may_not_foot =
        "。端数処理の関係で、計や差引きが一致しない場合がある",
        "; totals and differences may not add up";
    printed_in(unit, places, how, off) =
        "金額は{unit}単位{places}に{how}表示{off}",
        "Amounts are shown in {unit}{places}, by {how}{off}";

    not_stated = "記載なし", "not stated";
    from_to(label, old, new) = "{label}：{old}→{new}", "{label}: {old} to {new}";
    bars(prior, requested, unit, what) =
        "{prior}と{requested}の棒グラフ{unit}。{what}",
        "Bars of prior year and {requested} amounts {unit}. {what}";
    moves_bars(unit, what) = "増減額の棒グラフ{unit}。{what}", "Bars of changes {unit}. {what}";
    one_move(label, change) = "{label}：{change}", "{label}: {change}";
    columns_by_year(subject, unit, what) =
        "{subject}年度別の棒グラフ{unit}。{what}",
        "{subject}columns by fiscal year {unit}. {what}";
    years_end = "。", "; ";
    passed(from, to, what) = "{from}から{to}へ{what}", "{what} from {from} to {to}";
    quoted(title) = "「{title}」", "{title}";
    titles_gap = "", ", ";
    of_several(year, titles, why) =
        "{year}は{titles}の計（{why}があり、他の年度とそのまま比較できない）",
        "{year}: sum of {titles} ({why}; not directly comparable with the other years)";
    of_one(year, titles, why) =
        "{year}は{titles}の額（{why}があり、他の年度とそのまま比較できない）",
        "{year}: amount of {titles} ({why}; not directly comparable with the other years)";
    request_file = "要求", "request";
    recalled(years, file) =
        "{years}の当初予算額は、翌年度の{file}に示された前年度予算額",
        "the initial budget of {years} is the prior amount stated in the next year's {file}";
}
