//! Which amount a header names. The whole of it must be words of an amount and what may stand beside these; where only its end is, it is one of
//! several perhaps (新規要求); where only its beginning is, it is none (要求人員).

use super::between;
use super::units;
use super::words::{self, Meaning, Role, folded, without_brackets};
use crate::model::Stage;

/// How sure it is what a column holds; what is surer goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// The end of its header says it, or what stands above that.
    Partly,
    /// The whole of its header says it.
    Whole,
    /// The map of columns says it.
    Mapped,
}

/// What a header is about that has something of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Amount(Meaning, Sure),
    /// Where the money comes from.
    Sources,
    /// What is counted beside money (要求人員), money of many years (R10以降) or on its way to a budget (査定額).
    Other,
}

/// The words of amounts, those first that say what a header with several of them is about: 前年度補正予算額 is a supplementary budget.
const AMOUNTS: &[(Meaning, &str)] = &[
    (
        Meaning::Forecast,
        "見込 見通し 見通 推計 想定 予測 執行予定 執行予定額 決算予定 決算予定額 支出予定 支出予定額 forecast forecasts projected projection projections forwardestimate forwardestimates estimatedactual estimatedactuals estimatedoutturn outlook indicative expected",
    ),
    (Meaning::Requested, "要求 requested request requests"),
    (Meaning::Wish, "要望 wish"),
    (Meaning::Added, "追加額"),
    (Meaning::Reduced, "修正減少"),
    (
        Meaning::Revised,
        "補正後 現計 現行予算 予算現額 revised amended adjusted midcycle withsupplementals pozměnách upravený nachtrag 改予算",
    ),
    (
        Meaning::Settled,
        "決算 執行額 執行済 支出済 実績 výsledekodpočátkuroku výsledek skutečnost ergebnis regnskab actual actuals outturn settled",
    ),
    (Meaning::Supplementary, "補正 差引額 supplementary supplemental supplementals"),
    (Meaning::Prior, "前年度 前年 昨年度 昨年 vorjahr prior previous lastyear"),
    (Meaning::Enacted, "成立 enacted"),
    (
        Meaning::Budget,
        "当初 予算 政府案 政府原案 概算決定 予定額 計上額 本年度 当年度 今年度 現年度 既定 現行 補正前 金額 budget budgets budgeted adopted proposed recommended estimate estimates importe rozpočet ansatz entwurf bevilling presupuesto crédito pb",
    ),
];

/// Headers that name an amount if they are nothing else.
const ALONE: &[(Meaning, &str)] =
    &[(Meaning::Total, "計 合計 計額 合計額"), (Meaning::Budget, "amount amountusd total plan plans")];

/// What may stand beside these.
const BESIDE: &str = "額 案 の 前々年度 前前年度 一昨年度 次年度 翌年度 概算 総額 総 計 合計 小計 歳出 修正 修正後 変更後 再 第 次 号 回 分 後 最終 見積 一般会計 特別会計 円 千円 万円 百万円 億円 amount amounts total level funding fiscal year fy the of for available with appropriation appropriations approved authorized original initial final current base schválený inicial spend cr annualized presidents governors executive usd eur";

/// What is money of many years, or on its way to a budget, wherever it stands.
const ASTRAY: &str = "以降 以後 まで 累計 累積 査定 内示 復活 全体計画 人員 定員 単価 cumulative";
/// How the heads of what is counted end.
const COUNTED: &str = "数 数量 順位 優先度 面積 延長 時間 人日 か月 ヶ月 カ月 fte ftes positions headcount staff priority rank quantity qty";
/// How they end beside a word of an amount, too.
const COUNTED_BESIDE: &str = "枠 人 台 基 件 id no";
/// Where the money comes from, which splits an amount and is none of its own.
const SOURCES: &str = "財源内訳 国庫支出金 国県支出金 国支出金 県支出金 都支出金 府支出金 道支出金 県債 都債 府債 市債 町債 村債 地方債 起債 一般財源 特定財源 一財 特財 国庫";

fn any(words: &str, is_it: impl Fn(&str) -> bool) -> bool {
    words.split(' ').any(is_it)
}

/// The meaning of a word of an amount by its place in the order, and the longest such word, or word beside one, that a text ends with.
fn last_word(text: &str) -> Option<(Option<usize>, &str)> {
    let of = |words: &'static str, place: Option<usize>| words.split(' ').map(move |word| (place, word));
    let amounts = AMOUNTS.iter().enumerate().flat_map(|(place, (_, words))| of(words, Some(place)));
    let known = amounts.chain(of(BESIDE, None)).filter(|(_, word)| text.ends_with(word));
    known.max_by_key(|(place, word)| (word.len(), place.is_some()))
}

/// What is left in front of the known words at the end of a header, and what these mean.
fn read(core: &str) -> (&str, Option<usize>) {
    let (mut rest, mut found) = (core, None);
    loop {
        rest = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let Some((place, word)) = last_word(rest) else { return (rest, found) };
        rest = rest.get(..rest.len() - word.len()).unwrap_or_default();
        found = match (found, place) {
            (Some(one), Some(other)) => Some(usize::min(one, other)),
            (one, other) => one.or(other),
        };
    }
}

/// A header in small letters without its years, marks and units.
fn core(header: &str) -> String {
    let is_word = |word: &&str| !units::is_mark(word) || words::names_year(word);
    let header: Vec<&str> = header.split_whitespace().filter(is_word).collect();
    let bare = without_brackets(&folded(&header.concat()));
    let core: Vec<char> = words::without_years(&bare)
        .chars()
        .filter(|c| c.is_alphanumeric() && !matches!(c, '①'..='⑳'))
        .collect();
    // 要求額C
    match core.as_slice() {
        [core @ .., before, letter] if letter.is_ascii_lowercase() && !before.is_ascii() => {
            core.iter().chain([before]).collect()
        }
        [letter, behind, core @ ..] if letter.is_ascii_lowercase() && !behind.is_ascii() => {
            [behind].into_iter().chain(core).collect()
        }
        core => core.iter().collect(),
    }
}

/// Whether a text has a word of an amount, whatever it says of it.
pub(super) fn mentions(text: &str) -> bool {
    // 事項要求 is what a cell of an amount says.
    let said = folded(text).replace("事項要求", "");
    AMOUNTS.iter().any(|(_, words)| any(words, |word| said.contains(word)))
}

/// Which amount a header names, or what it names instead.
pub(super) fn named(header: &str) -> Option<Named> {
    // Titles of lines are asked, too, and there are many of them.
    let said = folded(header);
    let lists = AMOUNTS.iter().chain(ALONE).map(|(_, words)| *words);
    let mut lists = lists.chain([ASTRAY, COUNTED, SOURCES]);
    if !lists.any(|words| any(words, |word| said.contains(word))) {
        return None;
    }
    let core = core(header);
    // 決算額（見込）, FY2026 Actual (projected)
    let in_brackets = || {
        let inner = said.split(['(', ')', '[', ']', '〔', '〕']).skip(1).step_by(2);
        inner.into_iter().any(|inner| {
            matches!(read(inner).1.and_then(|place| AMOUNTS.get(place)), Some((Meaning::Forecast, _)))
        })
    };
    if said.contains(['(', '[', '〔']) && in_brackets() {
        return Some(Named::Amount(Meaning::Forecast, Sure::Whole));
    }
    if core.contains("財源内訳") || any(SOURCES, |word| core.ends_with(word)) {
        return Some(Named::Sources);
    }
    if any(ASTRAY, |word| core.contains(word)) || any(COUNTED, |word| core.ends_with(word)) {
        return Some(Named::Other);
    }
    if let Some((meaning, _)) = ALONE.iter().find(|(_, words)| any(words, |word| core == word)) {
        return Some(Named::Amount(*meaning, Sure::Whole));
    }
    let (rest, place) = read(&core);
    if let Some((meaning, _)) = place.and_then(|place| AMOUNTS.get(place)) {
        return Some(Named::Amount(*meaning, if rest.is_empty() { Sure::Whole } else { Sure::Partly }));
    }
    (mentions(&core) && any(COUNTED_BESIDE, |word| core.ends_with(word))).then_some(Named::Other)
}

/// Whether a header is a year and what may stand beside one.
pub(super) fn is_year(header: &str) -> bool {
    words::names_year(header) && named(header).is_none() && read(&core(header)).0.is_empty()
}

/// Whether a header has a word for a budget that is in force, and not only a year or that it is proposed.
pub(super) fn is_of_budget(header: &str) -> bool {
    let of_budget = "予算 当初 成立 既定 現行 本年度 当年度 今年度 現年度 budget adopted enacted approved appropriation rozpočet";
    says(header, of_budget) && !says(header, "案 見込 proposed recommended")
}

/// How stages are named, those first that say what a text with several of them is about: 当初予算要求 is a request.
const STAGES: [(Stage, &str); 4] = [
    (Stage::Request, "要求 要望 見積 request"),
    (
        Stage::Proposal,
        "予算案 予算(案) 予算額案 予算額(案) 当初案 当初(案) 政府案 政府原案 概算決定 proposed recommended",
    ),
    (Stage::Enacted, "成立 adopted enacted approved appropriated"),
    // Which budget it is, and its stage only where nothing else says that.
    (Stage::Enacted, "当初"),
];
/// How a supplementary budget is named, and what is none that only mentions one.
pub(super) const SUPPLEMENTARY: &str = "補正予算要求 補正要求 補正予算案 補正予算(案)";
pub(super) const INITIAL: &str = "概算要求 当初予算要求";

/// Whether a text has one of several words.
pub(super) fn says(text: &str, words: &str) -> bool {
    let text = folded(text);
    any(words, |word| text.contains(word))
}

/// The stage that a text names.
pub(super) fn staged(text: &str) -> Option<Stage> {
    staged_by(&[text])
}

/// The stage that texts about one budget name.
pub(super) fn staged_by(texts: &[&str]) -> Option<Stage> {
    let is_said = |words: &str| texts.iter().any(|text| says(text, words));
    STAGES.iter().find(|(_, words)| is_said(words)).map(|(stage, _)| *stage)
}

/// Whether one of several texts names a stage in so many words, as 当初 does not.
pub(super) fn is_stated(texts: &[&str], stage: Stage) -> bool {
    let stated = STAGES.iter().find(|(known, _)| *known == stage);
    stated.is_some_and(|(_, words)| texts.iter().any(|text| says(text, words)))
}

/// Whether a header names the amount of whatever stands above it: 金額.
pub(super) fn is_generic(header: &str) -> bool {
    matches!(core(header).as_str(), "金額" | "amount" | "額")
}

/// Whether a header says only that money stands below it, or the sum of some: 金額, 計, Total amount.
fn is_bare(header: &str) -> bool {
    let core = core(header);
    is_generic(header) || ALONE.iter().any(|(_, words)| any(words, |word| core == word))
}

/// Whether words below those of an amount only say that it is all of it, beside what it is paid from.
fn is_cost(header: &str) -> bool {
    let said = without_brackets(&folded(header));
    matches!(
        said.as_str(),
        "事業費" | "経費" | "事業費計" | "費用" | "全体" | "総額" | "歳出額" | "予算額" | "要求額"
    ) && words::role(header).is_none_or(|role| !matches!(role, Role::Amount(_)) || said == "総額")
}

/// What a column is of whose head only the letters of others say it: (B)-(A), Ｃ＝Ｂ／Ａ.
pub(super) fn lettered(mark: &str) -> Option<Role> {
    let said = folded(mark);
    let made = said.rsplit_once('=').map_or(said.as_str(), |(_, made)| made);
    let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, '①'..='⑳');
    let (mut letters, mut signs) = (0, String::new());
    for c in made.chars() {
        letters += usize::from(is_letter(c));
        signs.extend(Some(c).filter(|c| !is_letter(*c) && !"()[]".contains(*c)));
    }
    match (letters, signs.as_str()) {
        (2, "-" | "−" | "–" | "－") => Some(Role::Change),
        (2, "/" | "÷" | "/×100" | "/*100") => Some(Role::Rate),
        (2, "+") => Some(Role::Amount(Meaning::Total)),
        _ => None,
    }
}

/// What the words above a column say of it, one above the other.
pub(super) struct Heard {
    pub(super) role: Option<Role>,
    pub(super) sure: Sure,
    /// Whether only the words above the last ones say that it is an amount: 経常 below 要求額.
    pub(super) is_part: bool,
}

/// Hears what the words above a column say.
pub(super) fn heard(texts: &[&str]) -> Heard {
    let heard = |(role, sure), is_part| Heard { role: Some(role), sure, is_part };
    let is_word =
        |text: &&str| !units::is_mark(text) || words::names_year(text) || words::role(text).is_some();
    let marks = texts;
    let texts: Vec<&str> = texts.iter().copied().filter(is_word).collect();
    if let (true, Some(role)) = (texts.is_empty(), marks.iter().find_map(|mark| lettered(mark))) {
        return heard((role, Sure::Whole), false);
    }
    let (last, above) = texts.split_last().map_or(("", &[][..]), |(last, above)| (*last, above));
    let over = |wanted: Role| above.iter().any(|text| words::role(text) == Some(wanted));
    if over(Role::Sources) {
        return heard((Role::Sources, Sure::Whole), false);
    }
    // 令和9年度要求額 above －令和8年度予算額.
    let is_open = |text: &&str| between::role(text).is_none();
    let between = || between::role(&texts.join(" ")).filter(|_| texts.len() > 1 && texts.iter().all(is_open));
    let upper = || words::said(&above.join(" ")).filter(|(role, _)| matches!(role, Role::Amount(_)));
    match words::said(last) {
        None | Some((Role::Amount(_), _)) if let Some(role) = between() => heard((role, Sure::Whole), false),
        // 前年度 above 予算額 says whose budget it is, and of what many years above a year say nothing.
        Some((Role::Amount(_), _)) if over(Role::Nothing) => heard((Role::Nothing, Sure::Whole), false),
        // Amount | Percent below 対前年度 or Request vs. Enacted.
        Some((Role::Amount(Meaning::Budget | Meaning::Total), _))
            if is_bare(last) && (over(Role::Change) || over(Role::Rate)) =>
        {
            heard((Role::Change, Sure::Whole), false)
        }
        Some((Role::Amount(Meaning::Budget | Meaning::Enacted), sure))
            if over(Role::Amount(Meaning::Prior)) =>
        {
            heard((Role::Amount(Meaning::Prior), sure), false)
        }
        // 事業費 below an amount is all of it.
        Some(_) | None if is_cost(last) && upper().is_some() => {
            heard((upper().map_or(Role::Nothing, |(role, _)| role), Sure::Whole), false)
        }
        Some((Role::Amount(Meaning::Budget), sure)) if is_generic(last) => {
            heard((upper().map_or(Role::Amount(Meaning::Budget), |(role, _)| role), sure), false)
        }
        Some(said) => heard(said, false),
        None => {
            let is_part = !above.is_empty() && !words::names_year(last);
            let whole = words::said(&texts.join(" "));
            let year = (Role::Amount(Meaning::Budget), Sure::Whole);
            match (whole, upper()) {
                (Some(whole @ (Role::Amount(_), Sure::Whole)), _) => heard(whole, false),
                _ if is_year(&texts.join(" ")) => heard(year, false),
                (_, Some((role, _))) if is_part => heard((role, Sure::Partly), true),
                _ if is_part && is_year(&above.join(" ")) => heard((year.0, Sure::Partly), true),
                (Some(whole), _) => heard(whole, false),
                (None, _) => Heard { role: None, sure: Sure::Partly, is_part },
            }
        }
    }
}
