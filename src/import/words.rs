//! The words by which sheets say what a column holds and which year it is of, as ministries and towns write them.

use super::amounts::{self, Named, Sure};
use super::between;
pub(super) use super::dated::{names_year, only_year_in, without_years, year_in};
use crate::model::fold;

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
    /// What is only expected of a year, whichever: 決算見込, forward estimate. No chapter has a place for it.
    Forecast,
    /// What was asked for where the table is of what became of it, or the other way round.
    Passed,
}

impl Meaning {
    /// Whether a chapter has a place for it.
    pub(super) fn is_taken(self) -> bool {
        !matches!(
            self,
            Self::Added
                | Self::Reduced
                | Self::Revised
                | Self::Settled
                | Self::Forecast
                | Self::Further
                | Self::Passed
        )
    }
}

/// How many of these go before the words of amounts.
const BEFORE_AMOUNTS: usize = 8;

/// Which words stand for what beside amounts, the telling ones first; a word in `=` is the whole of the header.
const ROLES: &[(Role, &str)] = &[
    (Role::Nothing, "=ランキング =row =ページ =page =no =no. =通し番号 区分順序"),
    (
        Role::Rate,
        "伸率 伸び率 増減率 前年度比 前年比 構成比 執行率 倍率 シェア 割合 比率 %change %of shareof =share =% percent percentage pct yoy 率(%) (%) rate =率",
    ),
    (
        Role::Change,
        "増△減 増▲減 増減 比較 $change =change =diff =diff. =increase =decrease =increase/decrease =increase/(decrease) difference variance changefrom changeover changevs +/- vsfy vs20 対前年 前年度差 前年差 =差 =差額 =修正額 =変更額",
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
        Some(whole) => said == whole || bare == whole || unmarked(&bare) == whole,
        None => bare.contains(*word) || said.contains(*word) && word.contains('('),
    };
    // 対前年度比較増△減 is no 前年度比.
    let is_change = ["増△減", "増▲減", "増減", "比較"].iter().any(|word| bare.contains(word));
    let is_rate = ["率", "割合", "倍", "%", "％"].iter().any(|word| said.contains(word));
    if is_change && !is_rate {
        return Some((Role::Change, Sure::Whole));
    }
    let find = |roles: &[(Role, &str)]| {
        let (role, _) = roles.iter().find(|(_, words)| words.split(' ').any(|word| is_said(&word)))?;
        Some((*role, Sure::Whole))
    };
    let (before, behind) = ROLES.split_at(BEFORE_AMOUNTS);
    find(before)
        .or_else(|| Some((between::role(&header)?, Sure::Whole)))
        .or_else(|| match amounts::named(&header)? {
            Named::Amount(meaning, sure) => Some((Role::Amount(meaning), sure)),
            Named::Sources => Some((Role::Sources, Sure::Whole)),
            Named::Other => Some((Role::Nothing, Sure::Whole)),
        })
        .or_else(|| find(behind))
        // （前年度）
        .or_else(|| self::said(within_brackets(&header)?))
}

/// Whether a header is the name of a level, a code or a kind, and nothing else: 事項, 事業名, Program name.
pub(super) fn names_level(header: &str) -> bool {
    let said = without_brackets(&folded(header));
    let bare = ["名称", "名", "names", "name", "s"].iter().find_map(|end| said.strip_suffix(end));
    let roles = [Role::Label, Role::Name, Role::Code, Role::Type, Role::Year, Role::Id];
    ROLES.iter().filter(|(role, _)| roles.contains(role)).flat_map(|(_, words)| words.split(' ')).any(
        |word| {
            let word = word.trim_start_matches('=');
            word == said || Some(word) == bare
        },
    )
}

/// What stands in brackets, where they hold all of a header.
pub(super) fn within_brackets(header: &str) -> Option<&str> {
    let inner = header.trim().strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
    Some(inner).filter(|inner| !inner.contains(['(', '（', ')', '）']))
}

/// A head without the letters behind it that others refer to: 差②-①.
fn unmarked(said: &str) -> &str {
    let bare = said.trim_end_matches(|c: char| c.is_ascii() || matches!(c, '①'..='⑳' | '−' | '–'));
    if bare.is_empty() { said } else { bare }
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
            ("対前年度比較増△減(B)-(A)", Role::Change),
            ("前年度比増減額", Role::Change),
            ("対前年度増減率", Role::Rate),
            ("増△減（％）", Role::Rate),
            ("対前年度倍率", Role::Rate),
            ("前年度当初①", Role::Amount(M::Prior)),
            ("要求額②", Role::Amount(M::Requested)),
            ("差②-①", Role::Change),
            ("修正額", Role::Change),
            ("修正要求額", Role::Amount(M::Requested)),
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
}
