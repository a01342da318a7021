//! Which names of sheets and files say that one is a version of the other, and which that it is none.

use std::cmp::Ordering;

use super::words::folded;
use super::{about, titles};
use crate::model::FiscalCalendar;

/// The words that say of a sheet or a file that it is a version, those of earlier ones first.
const VERSIONS: [(Ordering, &str); 3] = [
    (
        Ordering::Less,
        "修正前 変更前 差替前 当初提出 提出済 初版 旧版 旧案 旧 old before のコピー コピー copyof copy 写し 控え 控",
    ),
    (
        Ordering::Greater,
        "修正後 変更後 差替後 差し替え 差替え 差替 最終版 最終 確定 改訂版 改訂 訂正版 訂正 修正版 修正 最新版 最新 新版 新案 新 new after final revised rev",
    ),
    (Ordering::Equal, "暫定 仮 作業中 提出版 提出 原案 第 案 版 ver v draft"),
];

/// Whether two names tell versions of one thing apart, and which of them is the later one, where they say it: 要求 and 要求（差替）, 修正前 and 修正後,
/// 案1 and 案2, 8.25 and 8.29. `Greater` is the first. Numbers alone are no versions.
pub(super) fn versions(one: &Version, other: &Version) -> Option<Ordering> {
    let is_said = one.rank.is_some() || other.rank.is_some();
    let rank = |it: &Version| it.rank.unwrap_or(Ordering::Equal);
    (is_said && one.name != other.name && one.stem == other.stem).then(|| rank(one).cmp(&rank(other)))
}

/// A name, taken apart once: it is held against those of all other sheets.
pub(super) struct Version {
    name: String,
    /// The name without what says that it is a version.
    stem: String,
    rank: Option<Ordering>,
}

impl Version {
    pub(super) fn of(name: &str) -> Self {
        let (stem, rank) = version(name);
        Self { name: folded(name), stem, rank }
    }
}

/// A name without what says that it is a version, and whether that is an earlier or a later one.
fn version(name: &str) -> (String, Option<Ordering>) {
    let name = folded(name);
    let (mut rest, mut rank) = (name.clone(), None);
    for (order, word) in
        VERSIONS.iter().flat_map(|(order, words)| words.split(' ').map(move |it| (order, it)))
    {
        if rest.contains(word) {
            rest = rest.replace(word, "");
            rank = rank.or(Some(*order));
        }
    }
    // 要求 (2) is what spreadsheets call a copy, and 8.25 a day.
    let is_copy = name.strip_suffix(')').is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    let mut parts = name.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '/' | '-'));
    let is_day = parts.any(|part| part.split(['.', '/', '-']).filter(|it| !it.is_empty()).count() > 1)
        || name.contains('月');
    rest.retain(|c| c.is_alphabetic() && !matches!(c, '月' | '日' | '時' | '点' | '現' | '在'));
    let unsaid = if is_copy { Some(Ordering::Less) } else { is_day.then_some(Ordering::Equal) };
    (rest, rank.or(unsaid))
}

/// The name of a file without its folder and ending.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// How the names of offices end, and what ends so and is none.
const OFFICES: &str = "局 課 部 室 係 班 省 庁 署 所 院 館 校 学園 大学 センター 会計 勘定 県 市 区 町 村";
const NO_OFFICES: &str = "一部 全部 内部 外部 各部 各課 各局 部局 箇所 場所 地区 記入所";
const ENGLISH_OFFICES: &str = "department dept division bureau office agency branch";
/// What stands beside the name of an office in titles and names of sheets.
const BESIDE: &str = "年度 予算 概算 要求 要望 見積 所管 総括 歳出 歳入 内訳 一覧 資料 説明 調書 様式 別紙";

/// Whether what two sheets or files are called says that they are about different years, accounts (会計) or offices of one kind (局, 課 …), name beside name, title beside
/// title.
pub(super) fn are_apart(one: &Called, other: &Called) -> bool {
    let mut pairs = one.iter().zip(other);
    pairs.any(|(one, other)| {
        let is_other = |kind: &str| {
            other.iter().any(|(own, _)| *own == kind)
                && !one.iter().any(|said| said.0 == kind && other.contains(said))
        };
        one.iter().any(|(kind, _)| is_other(kind))
    })
}

/// What each of the names of a sheet or a file says that no version of it says otherwise; nothing where it has no such name.
pub(super) type Called = [Vec<(&'static str, String)>; 5];

/// What names say, taken apart once.
pub(super) fn called(names: [Option<&str>; 5], calendar: FiscalCalendar) -> Called {
    names.map(|name| name.map(|name| facts(name, calendar)).unwrap_or_default())
}

/// The office that a text names, if one alone, in its own spelling.
pub(super) fn office(text: &str) -> Option<String> {
    let mut named = facts(text, FiscalCalendar::default())
        .into_iter()
        .filter(|(kind, _)| OFFICES.split(' ').any(|end| end == *kind));
    let (_, name) = named.next().filter(|(kind, _)| *kind != "会計" && *kind != "勘定")?;
    let is_only = named.next().is_none();
    is_only.then_some(name)
}

/// What a name says that no version of the same sheet says otherwise, each with its kind.
fn facts(text: &str, calendar: FiscalCalendar) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    facts.extend(about::named(text, calendar).map(|year| ("year", year.slug())));
    let said = folded(text).replace("特会", "特別会計");
    if ENGLISH_OFFICES.split(' ').any(|word| said.contains(word)) {
        facts.push(("office", version(text).0));
    }
    if !said.contains("会計") && titles::is_account_head(text) {
        facts.push(("account", version(text).0));
    }
    let said = BESIDE.split(' ').fold(said, |text, word| text.replace(word, " "));
    for word in said.split(|c: char| !c.is_alphanumeric()).map(unversioned) {
        let ends = OFFICES.split(' ').find(|end| word.strip_suffix(end).is_some_and(|name| !name.is_empty()));
        let is_none = NO_OFFICES.split(' ').any(|none| word == none);
        facts.extend(ends.filter(|_| !is_none).map(|end| (end, word.to_owned())));
    }
    facts
}

/// A word without what says before or behind it that it is of a version.
fn unversioned(mut word: &str) -> &str {
    let said = || VERSIONS.iter().flat_map(|(_, words)| words.split(' '));
    while let Some(rest) = said().find_map(|it| word.strip_suffix(it).or_else(|| word.strip_prefix(it))) {
        word = rest;
    }
    word
}
