//! The names of the format's keys: in Japanese, and as they are written by mistake.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::diagnostic::{is_misspelled, nearest};
use crate::model::{Examples, FiscalYear, Unit, fold_text};

/// Every key with its other names. A name may stand for several keys; which one is meant depends on the mapping.
const NAMES: &[(&str, &str)] = &[
    ("gaisan", "概算"),
    ("id", "識別子 コード 事業コード 整理番号"),
    ("title", "名称 事業名 事業名称 件名 題名 題 タイトル 施策名 章名 name"),
    ("name", "名称 名前 会計名 機関名 title"),
    ("label", "名称 表示名 ラベル"),
    ("title_en", "英語名 英文名 英語名称 英文名称"),
    ("abbreviation", "略称 略語 略号"),
    ("status", "状態 区分 新規継続 継続区分"),
    (
        "requested",
        "要求額 要求・要望額 概算要求額 要求 要望額 要求要望額 予算要求額 予算額 request requested_amount",
    ),
    ("request", "要求 要求額"),
    ("wish", "要望 要望額"),
    ("amount", "金額 額 予算額 要求額"),
    (
        "prior",
        "前年度予算額 前年度 前年度額 前年度当初予算額 前年度当初予算 前年度予算 前年度当初 前年 前年額 previous last_year prior_year",
    ),
    ("basis", "基準 前年度区分 区分"),
    ("with", "共同 相手 合算 共同要求先"),
    ("enacted", "成立予算 成立予算額 成立額 当初予算 当初予算額"),
    ("supplementary", "補正予算 補正予算額 補正額 補正"),
    ("accounts", "会計 会計別 会計区分"),
    ("instruments", "経費 経費の種類 経費区分 費目"),
    ("instrument", "経費 経費の種類 手段 補助委託の別"),
    ("breakdown", "内訳 内訳の区分"),
    ("notes", "備考 注 注記 摘要 特記事項"),
    ("note", "備考 注 注記 摘要"),
    ("accept", "容認 許容 了承"),
    ("rule", "規則 ルール"),
    ("reason", "理由"),
    ("number", "番号 通番 項番 施策番号"),
    ("revision", "版 改訂 改訂番号"),
    ("lang", "言語 language"),
    ("ministry", "府省 省庁 府省名 省庁名 府省庁 所管 所管府省 所管省庁 担当府省 department agency"),
    ("ministry_en", "府省英語名 省庁英語名 英語府省名"),
    ("fiscal_year", "年度 会計年度 要求年度 対象年度 year"),
    ("stage", "段階 種別 要求段階"),
    ("unit", "単位 金額単位"),
    ("rounding", "端数処理 端数 丸め"),
    ("fiscal_year_starts", "年度の開始月 年度開始月 会計年度の開始月"),
    ("fiscal_year_named_after", "年度の名称 年度の呼び方"),
    ("print", "印字 表示単位 印字単位"),
    ("layout", "体裁 様式 レイアウト"),
    ("paper", "用紙 用紙サイズ 判型"),
    ("cards", "カード 事業カード"),
    ("group", "局 分野 局・分野 部局 担当局"),
    ("group_en", "局の英語名 分野の英語名"),
    ("decimals", "小数 小数桁数 小数点以下"),
    ("frame", "枠 推進枠 要望枠"),
    ("notation", "表記 表記方法"),
    ("negative", "負数 マイナス 負の数"),
    ("years", "年数 年 年の表記 期間"),
    ("source", "出典 出所 資料"),
    ("overview", "総論 全体概要 章の概要 概要"),
    ("citations", "引用文書 引用 参考文献 政策文書 決定文書"),
    ("glossary", "用語集 用語 略語集 略語"),
    ("crosswalk", "対応表 新旧対応 新旧対応表"),
    ("elsewhere", "他の事項 章外の事項"),
    ("programs", "事業 事業一覧 施策 施策一覧 プログラム"),
    ("operator", "実施主体 実施機関 事業主体 実施者"),
    ("role", "役割"),
    ("period", "期間 事業期間 実施期間"),
    ("from", "開始 始期 開始年度 自 元 start start_year begin since"),
    ("to", "終了 終期 終了年度 至 先 end end_year until through"),
    ("max_years", "最大年数 最長年数"),
    ("scale", "規模 事業規模 配分規模"),
    ("min", "下限 最小 最低"),
    ("max", "上限 最大 最高"),
    ("per", "当たり あたり 単位"),
    ("about", "程度 概数"),
    ("summary", "概要 事業概要 要約 要旨 description abstract"),
    ("policy_basis", "政策的位置付け 政策的位置づけ 政策上の根拠 政策根拠 根拠"),
    ("cite", "引用 引用文書 文書"),
    ("as", "表記"),
    ("quote", "引用文 原文"),
    ("gist", "要旨 趣旨"),
    ("points", "要点 ポイント 要求のポイント"),
    ("body", "本文 内容 事業内容 詳細"),
    ("areas", "領域 技術領域 分野"),
    ("groups", "区分 グループ"),
    ("count", "件数 数 課題数 採択件数"),
    ("recipients", "採択機関 機関 実施機関 配分先"),
    ("funding_flow", "資金の流れ 資金フロー"),
    ("nodes", "主体 関係者"),
    ("edges", "流れ 経路"),
    ("detail", "詳細 内容"),
    ("kind", "種類 種別 区分 type"),
    ("logic_model", "ロジックモデル"),
    ("outputs", "アウトプット 活動 活動目標"),
    ("outcomes", "アウトカム 成果 成果目標"),
    ("impacts", "インパクト 社会的効果 効果"),
    ("text", "文 文言 内容 本文"),
    ("indicator", "指標 測定指標"),
    ("baseline", "基準値 現状値 現状"),
    ("target", "目標値 目標"),
    ("date", "日付 年月日 期日 時期 決定日"),
    ("figures", "図 図表"),
    ("alt", "代替テキスト 代替文 説明"),
    ("chart", "グラフ 図表"),
    ("image", "画像 図"),
    ("whole", "全体 合計"),
    ("parts", "部分 内訳"),
    ("percent", "割合 比率 構成比"),
    ("children", "内訳事業 子事業 細目 小事業 下位事業 内訳 subprograms"),
    ("of", "対象 うち 元"),
    ("scope", "範囲"),
    ("share", "範囲 割合"),
    ("authority", "決定主体 決定者 決定機関"),
    ("url", "リンク アドレス"),
    ("chapter", "章 前年度の章"),
    ("ja", "日本語 和文"),
    ("en", "英語 英文"),
    ("severity", "重大度"),
    ("fonts", "フォント 書体"),
    ("fallback", "代替フォント"),
    ("outside", "外部フォルダ"),
];

/// The keys that a name may stand for.
static BY_NAME: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut by_name: HashMap<&str, Vec<&str>> = HashMap::new();
    for (key, names) in NAMES {
        for name in names.split(' ') {
            by_name.entry(name).or_default().push(key);
        }
        by_name.entry(key).or_default().push(key);
    }
    by_name
});

/// What a key is called in Japanese.
pub(super) fn japanese(key: &str) -> &'static str {
    let names = NAMES.iter().find(|(known, _)| *known == key).map_or("", |(_, names)| names);
    names.split(' ').next().unwrap_or_default()
}

/// What the author of an unknown key meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant<'k> {
    /// It is another name of this key.
    Name(&'k str),
    /// It is spelled like this key.
    Like(&'k str),
    /// It names this key, and a year; that of the chapter makes it another name.
    Dated(&'k str, Option<FiscalYear>),
    /// It names this key, and says something else besides.
    Seems(&'k str),
}

impl<'k> Meant<'k> {
    pub(super) fn key(self) -> &'k str {
        match self {
            Self::Name(key) | Self::Like(key) | Self::Dated(key, _) | Self::Seems(key) => key,
        }
    }

    /// The same in a chapter of a year. `prior` is of the year before.
    pub(super) fn in_year(self, chapter: Option<FiscalYear>) -> Self {
        let Self::Dated(key, year) = self else { return self };
        let western = |year: Option<FiscalYear>| year.map(FiscalYear::western);
        let (chapter, year) = (western(chapter), western(year));
        let is_of = |before: u16| {
            year.is_some_and(|year| Some(year) == chapter.and_then(|own| own.checked_sub(before)))
        };
        match key {
            "prior" if is_of(1) => Self::Like(key),
            "requested" | "request" | "wish" | "amount" if is_of(0) => Self::Name(key),
            _ => Self::Seems(key),
        }
    }
}

/// The one of some keys that is meant by a name that is none of them.
pub(super) fn meant<'k>(name: &str, known: &[&'k str]) -> Option<Meant<'k>> {
    let of = |key: &str| known.iter().find(|known| **known == key).copied();
    let folded = fold_text(name);
    let plain = folded.to_lowercase().replace([' ', '-'], "_");
    if let Some(key) = of(&plain) {
        return Some(Meant::Name(key));
    }
    // `要求額（百万円）`, `令和9年度要求額` and `R9要求額` name their column in more words.
    let (bare, qualifier) = folded.split_once('(').unwrap_or((&folded, ""));
    let (bare, is_qualified) = (bare.trim(), !qualifier.is_empty() && unit_of(name).is_none());
    let named = |name: &str| BY_NAME.get(name)?.iter().find_map(|key| of(key));
    let joined = bare.replace('の', "");
    if let Some(key) = [plain.as_str(), bare, &joined].into_iter().find_map(named) {
        return Some(if is_qualified { Meant::Seems(key) } else { Meant::Name(key) });
    }
    let Some((year, rest)) = dated(bare) else {
        let near = nearest(name, known).or_else(|| near_name(bare, known))?;
        return Some(if is_misspelled(name, near) { Meant::Like(near) } else { Meant::Seems(near) });
    };
    // The budget of a named year is last year's, in a request.
    let rest = rest.trim_start_matches('の');
    let key = match rest {
        "予算額" | "予算" | "当初予算額" | "当初予算" => of("prior"),
        rest => named(rest),
    };
    let seems =
        |key| if is_qualified { Meant::Seems(key) } else { Meant::Dated(key, FiscalYear::parse(year).ok()) };
    key.map(seems).or_else(|| nearest(name, known).map(Meant::Seems))
}

/// The key that has a Japanese name like this one: `要求金額`, `前年度の予算額`.
fn near_name<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let names = NAMES.iter().filter_map(|(key, names)| Some((known.iter().find(|it| *it == key)?, names)));
    let all: Vec<(&str, &'k str)> =
        names.flat_map(|(key, names)| names.split(' ').map(move |name| (name, *key))).collect();
    let long: Vec<&str> =
        all.iter().map(|(name, _)| *name).filter(|it| it.chars().count() > 2 && !it.is_ascii()).collect();
    let near = nearest(&name.replace('の', ""), &long).filter(|_| name.chars().count() > 3)?;
    all.iter().find(|(name, _)| *name == near).map(|(_, key)| *key)
}

/// The year at the beginning of a name, and what follows it: `令和9年度要求額`, `R9要求額`, `昨年度要求額`.
fn dated(name: &str) -> Option<(&str, &str)> {
    let at = match name.rfind("年度") {
        Some(at) => at + "年度".len(),
        None => {
            let digits = name.strip_prefix(['R', 'H', 'r', 'h']).unwrap_or(name);
            let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
            (rest.len() < digits.len()).then_some(name.len() - rest.len())?
        }
    };
    name.split_at_checked(at).filter(|(_, rest)| !rest.is_empty())
}

/// The unit that stands in brackets behind a name: 千円 of `要求額（千円）`.
pub(super) fn unit_of(name: &str) -> Option<Unit> {
    let folded = fold_text(name);
    let (_, inside) = folded.split_once('(')?;
    Unit::parse(inside.trim_end_matches(')').trim_start_matches("単位").trim_start_matches(':'))
}

/// Whether a word is a key of the format, in English or in Japanese.
pub(super) fn is_key(word: &str) -> bool {
    BY_NAME.get(word).is_some_and(|keys| !word.is_ascii() || keys.contains(&word))
}

/// A note, as it is written.
pub(super) fn note(examples: Examples) -> &'static str {
    examples.pick("{kind: 推計額, of: 運営費交付金}", "{kind: estimate, of: operating grant}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_key_of_the_format_has_a_japanese_name_and_every_name_is_of_a_key() {
        let known: BTreeSet<&str> = crate::read::shapes::keys(crate::read::shapes::ALL).into_iter().collect();
        assert_eq!(NAMES.iter().map(|(key, _)| *key).collect::<BTreeSet<_>>(), known);
        for (key, names) in NAMES {
            assert!(names.split(' ').any(|name| !name.is_ascii()), "{key}");
        }
    }

    #[test]
    fn a_name_means_the_key_that_its_mapping_has() {
        let program = ["id", "title", "requested", "prior", "notes"];
        for (name, key) in [
            ("要求額", "requested"),
            ("要求額（百万円）", "requested"),
            ("前年度予算額", "prior"),
            ("前年度", "prior"),
            ("事業名", "title"),
            ("備考", "notes"),
            ("ID", "id"),
            ("ｔｉｔｌｅ", "title"),
            ("Requested", "requested"),
        ] {
            assert_eq!(meant(name, &program), Some(Meant::Name(key)), "{name}");
        }
        assert_eq!(meant("requestd", &program), Some(Meant::Like("requested")));
        assert_eq!(meant("colour", &program), None);
        let in_2027 = |name: &str| Some(meant(name, &program)?.in_year(FiscalYear::parse("R9").ok()));
        for name in ["令和9年度要求額", "R9要求額", "2027年度要求額", "R9要求額（百万円）"]
        {
            assert_eq!(in_2027(name), Some(Meant::Name("requested")), "{name}");
        }
        for name in [
            "令和8年度要求額",
            "R10要求額",
            "昨年度要求額",
            "次年度要求額",
            "要求額（うち要望）",
            "R9要求額（うち要望）",
        ] {
            assert_eq!(in_2027(name), Some(Meant::Seems("requested")), "{name}");
        }
        assert_eq!(in_2027("R8当初予算額"), Some(Meant::Like("prior")));
        for name in [
            "R7当初予算額",
            "R9予算額",
            "前々年度予算額",
            "今年度予算額",
            "前年度予算額（補正後）",
            "prior year's",
        ] {
            assert_eq!(in_2027(name), Some(Meant::Seems("prior")), "{name}");
        }
        assert_eq!(meant("要求額", &["amount", "request", "wish"]), Some(Meant::Name("request")));
    }
}
