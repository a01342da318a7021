//! The words by which sheets say what a column holds and which year it is of, as ministries and towns write them.

use std::ops::Range;

use super::amounts::{self, Named, Sure};
use super::days;
use crate::model::{FiscalCalendar, FiscalYear, fold, without_kanji};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A level of the hierarchy, or the words of the line itself.
    Label,
    /// The words of the line itself, wherever the column stands.
    Name,
    /// A code, kept as text.
    Code,
    /// The id of an adjacency list.
    Id,
    /// The id of the line above.
    Parent,
    /// The depth in the tree as a number.
    Level,
    /// The words of a part of the line, behind the amounts of the line: 節.
    Item,
    /// This year's amount of that part.
    ItemAmount,
    /// An amount.
    Amount(Meaning),
    /// The difference of two amounts.
    Change,
    /// A rate or a share.
    Rate,
    /// Remarks.
    Notes,
    /// The fiscal year of the row.
    Year,
    /// Whether the row is revenue or expenditure.
    Type,
    /// The account (会計).
    Account,
    /// The unit of the row's amounts.
    Unit,
    /// Where the money comes from (財源内訳): a split of an amount, which is not taken.
    Sources,
    /// No money and no words of the line: a rank, a running number.
    Nothing,
}

impl Role {
    /// Whether nothing of the column is taken or verified.
    pub(super) fn is_left(self) -> bool {
        matches!(self, Self::Sources | Self::Nothing)
    }
}

/// Which amount a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// 要求・要望額, or 要求額 where no 要望額 stands beside it.
    Requested,
    /// 要望額.
    Wish,
    /// 計 of the two.
    Total,
    /// 前年度予算額.
    Prior,
    /// A budget, which one its year says: 当初予算額, 予算額, amount.
    Budget,
    /// 成立予算額.
    Enacted,
    /// 追加額.
    Added,
    /// 修正減少額.
    Reduced,
    /// 補正予算額, or 差引額 beside 追加額.
    Supplementary,
    /// A further 補正予算額 of the same year, which was added to the first.
    Further,
    /// 改予算額, 補正後: the budget with what supplements it.
    Revised,
    /// 決算額, 執行額.
    Settled,
    /// 見込, forecast.
    Forecast,
}

impl Meaning {
    /// Whether a chapter has a place for it.
    pub(super) fn is_taken(self) -> bool {
        !matches!(self, Self::Added | Self::Reduced | Self::Revised | Self::Settled | Self::Further)
    }
}

/// How many of these go before the words of amounts.
const BEFORE_AMOUNTS: usize = 8;

/// Which words stand for what beside amounts, the telling ones first; a word in `=` is the whole of the header.
const ROLES: &[(Role, &str)] = &[
    (Role::Nothing, "=ランキング =row =ページ =page =no =no. =通し番号 区分順序"),
    (
        Role::Rate,
        "伸率 伸び率 増減率 前年度比 前年比 構成比 執行率 シェア 割合 比率 %change %of shareof =share =% percent percentage pct yoy 率(%) (%) rate =率",
    ),
    (
        Role::Change,
        "増△減 増▲減 増減 比較 $change =change =diff =diff. =increase =decrease =increase/decrease difference variance changefrom changeover changevs 対前年 前年度差 前年差",
    ),
    (Role::Notes, "備考 摘要 =cat =内容 =説明 =期間 事業期間 実施期間 主な増減理由 notes remarks comment"),
    (Role::Account, "=会計 会計区分 =account(会計)"),
    (Role::Unit, "=unit =単位 =currency"),
    (Role::Type, "acct_type =type =歳入歳出 歳入歳出区分 予算種別"),
    (
        Role::Year,
        "=年度 =year =ejercicio =会計年度 =fiscalyear =fiscal_year =予算年度 =要求年度 =budgetyear =requestyear",
    ),
    (Role::Parent, "=parent =親 =parentid =parent_id"),
    (Role::Level, "=level =階層 =レベル"),
    (Role::Id, "=id =node"),
    (
        Role::Code,
        "コード 番号 code =ref =事業id programid lineofbusinessid headnumber =account =fund =operatingunit =economica =funcional =financiacion centrogestor =paragraf =položka zeile",
    ),
    (
        Role::Name,
        "=name =title =descr =事業名 =名称 =件名 =descripcion =název =bezeichnung =navn =denominación acct_descr",
    ),
    (
        Role::Label,
        "所管 主管 組織 府省 局・庁 部名 款名 項名 目名 =部 =款 =項 =目 =節 項目 事項 細目 細節 区分 科目 費目 種別 基金 施策 事業 会計 office department division org_ fund_ program lob category acct_ topname depname depcat cat function unit ministry headname type",
    ),
];

/// What a header says of its column. `None` where it says nothing that is known.
pub(super) fn role(header: &str) -> Option<Role> {
    said(header).map(|(role, _)| role)
}

/// What a header says of its column, and whether all of it does.
pub(super) fn said(header: &str) -> Option<(Role, Sure)> {
    // 事項要求 is what a cell of an amount says, never a header.
    let header = header.replace("事項要求", "");
    let said = folded(&header);
    let bare = without_brackets(&said);
    // 増減 C/A is a quotient of two columns.
    let is_quotient = said.split_once('/').is_some_and(|(before, behind)| {
        let behind = behind.trim_end_matches(')');
        behind.len() == 1
            && behind.starts_with(|c: char| c.is_ascii_alphabetic())
            && before.ends_with(|c: char| c.is_ascii_alphabetic() || c == ')')
    });
    if is_quotient {
        return Some((Role::Rate, Sure::Whole));
    }
    let is_said = |word: &&str| match word.strip_prefix('=') {
        Some(whole) => said == whole || bare == whole,
        None => bare.contains(*word) || said.contains(*word) && word.contains('('),
    };
    let find = |roles: &[(Role, &str)]| {
        let (role, _) = roles.iter().find(|(_, words)| words.split(' ').any(|word| is_said(&word)))?;
        Some((*role, Sure::Whole))
    };
    let (before, behind) = ROLES.split_at(BEFORE_AMOUNTS);
    find(before)
        .or_else(|| match amounts::named(&header)? {
            Named::Amount(meaning, sure) => Some((Role::Amount(meaning), sure)),
            Named::Sources => Some((Role::Sources, Sure::Whole)),
            Named::Other => Some((Role::Nothing, Sure::Whole)),
        })
        .or_else(|| find(behind))
}

/// A text in small letters without blanks, full-width ones folded.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(fold).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// A text without what stands in brackets.
pub(super) fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for character in text.chars() {
        match character {
            '(' | '〔' | '[' => depth += 1,
            ')' | '〕' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(character),
            _ => {}
        }
    }
    bare
}

/// Whether a text names a fiscal year, of whatever era.
pub(super) fn names_year(text: &str) -> bool {
    year_in(text, FiscalYear::new(2025), FiscalCalendar::default()).is_some()
}

/// The fiscal year that a text names in a calendar, the first of them; a day (2026年8月31日現在) names none. A bare number of a year (`8年度`) is of the
/// era that is known from elsewhere.
pub(super) fn year_in(text: &str, near: Option<FiscalYear>, calendar: FiscalCalendar) -> Option<FiscalYear> {
    let condensed: Vec<char> = text.chars().map(fold).filter(|c| !c.is_whitespace()).collect();
    let condensed: String = days::without(&condensed).into_iter().collect();
    let condensed: Vec<char> = without_kanji(&condensed).unwrap_or(condensed).chars().collect();
    year_at(&condensed, near, calendar).map(|(_, year)| year)
}

/// A folded text without the fiscal years that it names.
pub(super) fn without_years(text: &str) -> String {
    let year = |text: &[char]| year_at(text, FiscalYear::new(2025), FiscalCalendar::default());
    let mut rest: Vec<char> = text.to_uppercase().chars().collect();
    // 令和九年度, but not 一般財源.
    let in_digits = || without_kanji(text).map(|text| text.to_uppercase().chars().collect::<Vec<char>>());
    if year(&rest).is_none()
        && let Some(digits) = in_digits().filter(|digits| year(digits).is_some())
    {
        rest = digits;
    }
    while let Some((place, _)) = year(&rest) {
        rest.splice(place, ['|']);
    }
    rest.into_iter().flat_map(char::to_lowercase).collect()
}

/// Where a condensed text names its first fiscal year, and which.
fn year_at(
    condensed: &[char],
    near: Option<FiscalYear>,
    calendar: FiscalCalendar,
) -> Option<(Range<usize>, FiscalYear)> {
    let is_digit = |at: Option<usize>| at.and_then(|at| condensed.get(at)).is_some_and(char::is_ascii_digit);
    for start in 0..condensed.len() {
        if is_digit(start.checked_sub(1)) || condensed.get(start).is_some_and(|c| !c.is_alphanumeric()) {
            continue;
        }
        let is_word =
            start.checked_sub(1).and_then(|at| condensed.get(at)).is_some_and(char::is_ascii_alphabetic);
        for end in (start + 2..=condensed.len().min(start + 11)).rev() {
            let part: String = condensed.get(start..end).unwrap_or_default().iter().collect();
            let is_named = part.starts_with(|c: char| c.is_ascii_alphabetic());
            if is_digit(Some(end)) && part.ends_with(|c: char| c.is_ascii_digit()) || is_word && is_named {
                continue;
            }
            if let Ok(year) = FiscalYear::parse_in(&part, calendar) {
                return Some((start..end, year));
            }
            if let Some(number) = part.strip_suffix("年度")
                && let Some((era, _)) = near.map(FiscalYear::era)
                && number.len() <= 2
                && number.bytes().all(|byte| byte.is_ascii_digit())
            {
                let year = FiscalYear::parse(&format!("{}{number}", era.name())).ok()?;
                return Some((start..end, year));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_what_their_columns_hold() {
        use Meaning as M;
        for (header, expected) in [
            ("事　項", Role::Label),
            ("令和９年度 要求額", Role::Amount(M::Requested)),
            ("令和９年度 要望額", Role::Amount(M::Wish)),
            ("前年度予算額(千円)", Role::Amount(M::Prior)),
            ("令和８年度\n予算額\n(A)", Role::Amount(M::Budget)),
            ("増△減額\n(B)－(A)", Role::Change),
            ("比較増△減額(千円)", Role::Change),
            ("伸率", Role::Rate),
            ("備　　考", Role::Notes),
            ("平成28年度\n成立予算額(千円)", Role::Amount(M::Enacted)),
            ("追加額(千円)", Role::Amount(M::Added)),
            ("差引額(千円)", Role::Amount(M::Supplementary)),
            ("改平成28年度 予算額(千円)", Role::Amount(M::Revised)),
            ("8年度当初", Role::Amount(M::Budget)),
            ("9年度要求", Role::Amount(M::Requested)),
            ("目コード", Role::Code),
            ("FY 2011-12 \nActuals", Role::Amount(M::Settled)),
            ("2014-15 Available with Supplementals", Role::Amount(M::Revised)),
            ("% Change", Role::Rate),
            ("$ Change", Role::Change),
            ("IMPORTE", Role::Amount(M::Budget)),
        ] {
            assert_eq!(role(header), Some(expected), "{header}");
        }
    }

    #[test]
    fn years_are_found_in_what_is_written_above_a_table() {
        let calendar = FiscalCalendar::default();
        let western = |text, near| year_in(text, FiscalYear::new(near), calendar).map(FiscalYear::western);
        for (text, expected) in [
            ("令和９年度　概算要求総括表（案）", 2027),
            ("8年度当初", 2026),
            ("FY 2013-14 Proposed", 2013),
            ("2014-15 Available", 2014),
            ("2016 estimate", 2016),
            ("R6", 2024),
            ("改平成28年度 予算額(千円)", 2016),
            ("令和９年度概算要求（令和８年８月31日現在）", 2027),
            ("2026/8/31 R9要求", 2027),
            ("R8.8.31 令和九年度", 2027),
        ] {
            assert_eq!(western(text, 2027), Some(expected), "{text}");
        }
        for text in
            ["事項", "要求額", "TQ", "PROGRAM1", "(A)", "令和八年八月", "2026.8.31作成", "R8/8/31 17:00"]
        {
            assert_eq!(western(text, 2027), None, "{text}");
        }
    }
}
