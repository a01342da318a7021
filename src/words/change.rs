//! What change sheets, and comparisons on a terminal, say.

use super::{phrases, words};
use crate::model::Lang;

words! {
/// The words of a change sheet that do not depend on what is compared.
ChangeWords {
    /// Heading of the box with the totals.
    amount: "増減", "Change";
    /// Heading of the notes.
    notes: "注記", "Notes";
    /// Before a note in a list.
    note_mark: "※ ", "";
    /// Heading of the sentences at the top.
    summary: "要点", "In brief";
    /// Heading of the chart.
    bridge: "増減の内訳", "From the old total to the new";
    /// Heading of the first table.
    table: "事業別の増減", "Line by line";
    /// Column: the program.
    program: "事業", "Program";
    /// Column: the change.
    change: "増減額", "Change";
    /// Column: the rate of change.
    rate: "増減率", "Rate";
    /// Column: what happened to the line.
    kind: "区分", "What happened";
    /// The total's row.
    total: "計", "Total";
    /// The total's row where sums of listed lines are compared.
    listed_total: "掲載事業の計", "Total of the lines listed";
    /// Before the title of a part.
    of_which: "うち ", "of which: ";
    /// The old side, where both sides are of one year and stage.
    old: "旧", "old";
    /// The new side.
    new: "新", "new";
    /// Before the former title of a line.
    formerly: "旧：", "formerly ";
    /// Said of a sum beside which something is not stated.
    known_part: "判明分", "what is stated";
    /// An amount that nobody stated.
    not_stated: "記載なし", "not stated";
    /// Said where sums of listed lines are compared.
    listed:
        "合計の記載がない側があるため、掲載されている事業の計どうしを比べている。",
        "One side states no total, so the sums of the lines listed are compared.";
    /// Said where a total is not known.
    hidden:
        "記載のない額があるため、合計と増減は分からない。",
        "Something is not stated, so the total and its change are not known.";
    /// Heading of what does not agree with last year.
    continuity: "前年度予算額の照合", "Last year's amounts against last year's file";
    /// Heading of the proposed counterparts.
    proposals: "対応関係の候補", "Lines that may be the same";
    /// What to do with proposals between two years.
    proposals_later:
        "比較には用いていない。同じ事業なら、次を crosswalk に書き足す。",
        "Nothing is compared by them. Where two lines are one, add the entry to `crosswalk`.";
    /// What to do with proposals between two drafts.
    proposals_draft:
        "比較には用いていない。同じ事業なら、id を変えない。",
        "Nothing is compared by them. Where two lines are one, the line keeps its id.";
    /// Heading of what moved the total most, with their shares.
    movers: "増減の大きい事業（増減総額に占める割合）", "What moved most (share of all movement)";
    /// Heading of a list of the texts that changed.
    texts: "文言の変更", "Texts that changed";
    /// The row of a table for what lines carried along that moved inside it.
    moves: "内部の移管", "moves inside";
    /// Said of amounts of which one is the other one rounded.
    within_rounding: "端数処理の範囲で同額", "same within rounding";
    /// Said where all amounts are the same.
    same_amounts: "金額はすべて同じ。", "All amounts are the same.";
    /// Stands for as many more in a list.
    more: "ほか{}件", "and {} more";
    /// Between two sentences.
    between: "", " ";
    /// Said where a comparison is too large for a screen.
    all: "すべての行は --all で示す。", "--all shows every line.";
    /// Heading of the texts.
    redline: "新旧対照表", "Old and new wording";
    /// Says how changed words are marked.
    legend:
        "印のある語句は、改正前では削られ、改正後では加わったもの。変更のない部分は（略）とし、全体が入れ替わった段落には印を付けない。片方だけにある文章は（新設）又は（削除）として全幅で示す。",
        "Marked words were taken out of the old text, or put into the new one. What did not change is left out; paragraphs replaced as a whole have no marks. Texts that only one side has take the full width.";
    /// Column of the texts: which one.
    field: "欄", "Text";
    /// What amounts of the old side are called.
    before: "旧", "Old";
    /// What amounts of the new side are called.
    after: "新", "New";
    /// Column of the texts: as it was.
    text_before: "改正前", "Old";
    /// Column of the texts: as it is.
    text_after: "改正後", "New";
    /// Said of a text that only the old side has.
    text_gone: "（削除）", " (taken out)";
    /// Said of a text that only the new side has.
    text_added: "（新設）", " (new)";
    /// Stands for passages that did not change.
    unchanged: "（略）", "(unchanged)";
    /// Said of a text in which only the markup changed.
    only_markup: "（書式のみの変更）", "(only markup changed)";
    /// Between a label and what it labels.
    colon: "：", ": ";
    /// Between a title and what is said of it.
    gap: "　", " – ";
    /// Said where nothing changed.
    nothing: "変更はない。", "Nothing changed.";
    /// Said in a comment that had to be shortened.
    cut: "長いため、以下は省略した。全体は変更点一覧を参照。", "Too long for a comment; the change sheet has the rest.";
}
}

phrases! {
    no_change = "変更なし", "no change";
    texts(count) = "文言 {count}", "texts {count}";
    changes_of(time) = "{time}　変更点", "{time}: what changed";
    compared(before, after) = "{before}と{after}の比較", "{before} against {after}";
    changes_since(new, old) = "{new}　{old}からの増減", "{new}: changes from {old}";
    added_chapter(time) = "{time}　追加", "{time}: added";
    removed_chapter(time) = "{time}　削除", "{time}: taken out";
    chapters_together(count) = "{count}章の計", "{count} chapters together";
    side_and_year(side, year) = "{side} {year}", "{side}, {year}";
    prior_total(amount) = "（{amount}）", "{amount}";
    with_unlisted(label, amount) =
        "{label}の合計として記載された額は{amount}で、掲載されていない分を含む。",
        "{label}: the stated total is {amount}, with what is not listed.";

    years_from_to(first, last) = "{first}から{last}まで", "{first} to {last}";
    years_unread(years) =
        "{years}の資料は読んでおらず、その間の名称変更、統合、分割などは反映していない。",
        "No file of {years} was read, so what was renamed, merged or split then is not followed.";
    moves_to(what, old, new) = "{what}は{old}から{new}へ。", "{what}: from {old} to {new}.";
    stays(what, new) = "{what}は{new}で、変わらない。", "{what}: {new}, unchanged.";
    differ(what, old, new, within) = "{what}は{old}と{new}で、{within}。", "{what}: {old} and {new}, {within}.";
    moves_by(what, old, new, change) =
        "{what}は{old}から{new}へ、{change}。",
        "{what}: from {old} to {new}, {change}.";
    comparable(old, new, change, outside, count, lines) =
        "両方に掲載された事業では{old}から{new}へ、{change}。残る{outside}は、一方にだけ掲載された{count}件による（新規や終了とは限らない）。",
        "The lines listed on both sides: from {old} to {new}, {change}. The other {outside} comes from {count} {lines} listed on one side only, which need not be new or over.";
    wording_changes(count, lines, heading) =
        "文言の変更は{count}件（{heading}に示す）。",
        "The wording of {count} {lines} changed; see “{heading}”.";

    moved_from(line) = "移管（{line}から）", "moved from {line}";
    not_counted = "再掲・内数", "not counted";
    largest_of(all) = "増減した行は全{all}件で、大きいものを示す。", "{all} lines changed; these are the largest.";
    aside(text) = "（{text}）", "({text})";
    others_changed(count, lines) = "ほか{count}件の増減", "{count} other {lines} that changed";
    others_same(count, lines) = "ほか{count}件は同額", "{count} other {lines} unchanged";
    some_of_them(count, what) = "うち{count}件は{what}", "{count} of them {what}";
    step_of(label, count) = "{label}（{count}件）", "{label} ({count})";
    and_others(names) = "{names} ほか", "{names} …";
    steps_gap = "、", "; ";
    waterfall(unit, steps) = "増減の内訳を示すウォーターフォール図{unit}。{steps}", "Waterfall of the change {unit}. {steps}";

    text_added(label) = "{label}（追加）", "{label} (added)";
    text_removed(label) = "{label}（削除）", "{label} (taken out)";
    text_replaced(label, old, new) = "{label}「{old}」→「{new}」", "{label} “{old}” → “{new}”";
    more_paragraphs(count) = "（ほか{count}段落）", " (and {count} more paragraphs)";

    prior_differs(title, basis, prior, figure, budgeted, difference) =
        "{title}：前年度予算額{basis}{prior}は、前年のファイルにある{figure}{budgeted}と{difference}異なる。",
        "{title}: the prior amount{basis} {prior} is not the {budgeted} that last year's file says was {figure} ({difference}).";
    prior_is_other(title, basis, prior, figure, budgeted, difference) =
        "{title}：前年度予算額{basis}{prior}は別の額とされており（当初の{figure}は{budgeted}、差{difference}）、食い違いではない。",
        "{title}: the prior amount{basis} {prior} is said to be another figure than the {budgeted} that was {figure} ({difference}), which is no break.";
    initial_enacted = "成立予算額", "enacted";
    priors_agree(count) =
        "{count}件の前年度予算額は、前年のファイルの成立予算額と一致する。",
        "{count} prior amounts agree with what last year's file says was enacted.";
    priors_unknown(count) =
        "{count}件は、前年のファイルに成立予算額の記載がなく、照合できない。",
        "{count} prior amounts cannot be checked: last year's file does not say what was enacted.";
    may_be_one(old, new, why) =
        "旧「{old}」と新「{new}」は同じ事業かもしれない（{why}）。",
        "Old “{old}” and new “{new}” may be the same ({why}).";
    entry_unused(kind, from, to) =
        "crosswalk の {kind}（{from} → {to}）は、示す行がないか矛盾があり、使わなかった。",
        "The crosswalk entry {kind} ({from} → {to}) was not used: its lines are not there, or it contradicts itself.";
}
