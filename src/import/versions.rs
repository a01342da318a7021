//! Which names of sheets and files say that one is a version of the other.

use std::cmp::Ordering;

use super::words::folded;

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
pub(super) fn versions(one: &str, other: &str) -> Option<Ordering> {
    let ((stem, rank_of), (other_stem, other_rank)) = (version(one), version(other));
    let is_said = rank_of.is_some() || other_rank.is_some();
    let rank = |rank: Option<Ordering>| rank.unwrap_or(Ordering::Equal);
    (is_said && folded(one) != folded(other) && stem == other_stem)
        .then(|| rank(rank_of).cmp(&rank(other_rank)))
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
