//! How much a reader is disturbed by a line's end: not at all between sentences, most inside a word.
//!
//! Japanese writes no spaces, but its scripts change where words do, and kanji compounds are made of pairs.

use crate::script::{Script, script};

/// Loan words that begin or end compounds, so that プラットフォーム stays whole in イノベーションプラットフォーム.
const LOANS: &[&str] = &[
    "アーカイブ",
    "アカデミー",
    "アクション",
    "アクセス",
    "アジア",
    "アドバイザー",
    "アプリケーション",
    "アプローチ",
    "イニシアティブ",
    "イノベーション",
    "イメージ",
    "インターネット",
    "インフラ",
    "ウイルス",
    "エコシステム",
    "エネルギー",
    "エンジニアリング",
    "オープン",
    "カーボン",
    "ガイドライン",
    "カリキュラム",
    "ガバナンス",
    "キャリア",
    "クラウド",
    "グリーン",
    "グローバル",
    "コミュニティ",
    "コンソーシアム",
    "コンテンツ",
    "コンピュータ",
    "コンピューティング",
    "サービス",
    "サイエンス",
    "サイクル",
    "サイバー",
    "サポート",
    "サプライ",
    "シェアリング",
    "システム",
    "シミュレーション",
    "シミュレータ",
    "シンポジウム",
    "スーパー",
    "スキーム",
    "スクール",
    "スタートアップ",
    "ステージ",
    "ストレージ",
    "スマート",
    "セキュリティ",
    "セミナー",
    "センサ",
    "センサー",
    "センシング",
    "センター",
    "ソフトウェア",
    "ソリューション",
    "ターゲット",
    "チェーン",
    "チャレンジ",
    "データ",
    "データベース",
    "テクノロジー",
    "デジタル",
    "デバイス",
    "トランスフォーメーション",
    "ナノ",
    "ナショナル",
    "ニュートラル",
    "ネットワーク",
    "ハードウェア",
    "バイオ",
    "パートナーシップ",
    "バリュー",
    "ビジョン",
    "ビッグ",
    "ファンド",
    "フェーズ",
    "フォーラム",
    "フラッグシップ",
    "プラットフォーム",
    "プラン",
    "プログラミング",
    "プログラム",
    "プロジェクト",
    "プロセス",
    "プロトタイプ",
    "ベンチャー",
    "ベンチマーク",
    "ポイント",
    "ポートフォリオ",
    "マスター",
    "マテリアル",
    "マネジメント",
    "メカニズム",
    "モデル",
    "モニタリング",
    "ユースケース",
    "ユーザー",
    "ライフ",
    "ラボ",
    "リーダー",
    "リサーチ",
    "リスク",
    "リソース",
    "レーザー",
    "レジリエンス",
    "ロボット",
    "ロボティクス",
    "ワークショップ",
];

/// Kanji that follow the word they belong to.
const SUFFIXES: &str = "的性化者等型省庁費額率業員材策法学部課局院会権力間内外上中下後前用分別系類面向側毎";

/// Kanji that stand before the word they belong to.
const PREFIXES: &str = "各新全約第本当該同両諸再未非無不超準副総主元現前後";

/// English words that lean on the next one.
const LEANING: &[&str] =
    &["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

/// Reads a text from left to right and tells how much an end at each place disturbs.
pub(super) struct Reader<'a> {
    text: &'a str,
    /// The run of one script in which the last place lay, and the joints within it.
    run: (usize, usize),
    joints: Vec<usize>,
    /// Figures with their counters, which are no part of the word behind them.
    figures: &'a [(usize, usize)],
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, figures: &'a [(usize, usize)]) -> Self {
        Self { text, run: (0, 0), joints: Vec::new(), figures }
    }

    /// How much it disturbs if a line ends before a byte. Places are asked for in order.
    pub(super) fn strain(&mut self, at: usize) -> f32 {
        let (before, after) = self.text.split_at(at);
        let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else {
            return 0.0;
        };
        use Script::{Digit, Hiragana, Kanji, Katakana, Latin, Mark, Space};
        match (script(left), script(right)) {
            (Space, _) if right == '(' => 0.0,
            (Space, _) => leaning(before.trim_end()).max(0.05),
            (Katakana, Katakana) => match self.joint(at, Katakana) {
                true => 0.3,
                false => 1.5,
            },
            (Kanji, Kanji) => self.compound(at, left, right),
            // What stands in brackets or behind a mark goes on with a particle.
            (Mark, Hiragana) if "」』）)】〉》〕’”]".contains(left) => 0.9,
            (Hiragana, Hiragana) if left == 'を' => 0.15,
            (Hiragana, Hiragana) => 0.8,
            (_, Hiragana) => 1.1,
            (Hiragana, _)
                if "おご".contains(left)
                    && before.chars().rev().nth(1).is_none_or(|c| script(c) != Hiragana) =>
            {
                0.8
            }
            (Hiragana, _) => 0.1,
            (Mark, _) if "、。，．,.;:!?！？：；…".contains(left) => 0.0,
            (Mark, _) if left == '・' => 0.15,
            (Mark, _) | (_, Mark) => 0.2,
            (Kanji | Katakana | Latin, Digit) => 0.4,
            (Digit, _) => 0.6,
            (one, other) if one != other => 0.3,
            _ => 1.0,
        }
    }

    /// The strain within kanji: least between pairs, most before what only ends a word and behind what only begins one.
    fn compound(&mut self, at: usize, left: char, right: char) -> f32 {
        let even = self.joint(at, Script::Kanji);
        let single = |c: char| !SUFFIXES.contains(c);
        match (even, single(right), PREFIXES.contains(left)) {
            (true, true, false) => 0.35,
            (true, ..) => 0.7,
            (false, _, true) => 1.1,
            (false, true, _) if SUFFIXES.contains(left) => 0.45,
            (false, ..) => 1.0,
        }
    }

    /// Whether a run of one script has a joint at a place: between loan words, or after a pair of kanji.
    fn joint(&mut self, at: usize, of: Script) -> bool {
        if !(self.run.0 < at && at < self.run.1) {
            let other = |c: char| script(c) != of;
            let (before, after) = self.text.split_at(at);
            let start =
                before.char_indices().rev().find(|(_, c)| other(*c)).map_or(0, |(at, c)| at + c.len_utf8());
            let end = at + after.find(other).unwrap_or(after.len());
            let counted = self.figures.partition_point(|(_, end)| *end <= at);
            let start = self.figures[..counted].last().map_or(start, |(_, end)| start.max(*end));
            self.run = (start, end);
            let run = &self.text[start..end];
            self.joints = if of == Script::Katakana { loans(run) } else { pairs(run) };
        }
        self.joints.binary_search(&(at - self.run.0)).is_ok()
    }
}

/// The joints of a run of katakana: where a known word begins or ends, if what is left over is long enough for a word.
fn loans(run: &str) -> Vec<usize> {
    let mut joints = Vec::new();
    let mut from = 0;
    while let Some(rest) = run.get(from..).filter(|rest| !rest.is_empty()) {
        let known = LOANS.iter().filter(|word| rest.starts_with(**word)).map(|word| word.len()).max();
        let end = match known {
            Some(length) => from + length,
            // The next known word ends an unknown one of two letters or more.
            None => {
                let later = rest.char_indices().skip(2).map(|(at, _)| from + at);
                let found = later
                    .take(40)
                    .find(|at| LOANS.iter().any(|word| word.len() > 9 && run[*at..].starts_with(*word)));
                found.unwrap_or(run.len())
            }
        };
        // サーバ and ー, ユーザ and ー are one word; so is a rest of one letter.
        let tail = run[end..].chars().count();
        if tail == 1 || run[end..].starts_with('ー') {
            from = run.len();
        } else {
            from = end;
        }
        if from < run.len() {
            joints.push(from);
        }
    }
    joints
}

/// The joints of a run of kanji, counted in pairs; a prefix or a suffix shifts the count.
fn pairs(run: &str) -> Vec<usize> {
    let letters: Vec<(usize, char)> = run.char_indices().collect();
    let is = |place: usize, kind: &str| letters.get(place).is_some_and(|(_, letter)| kind.contains(*letter));
    let mut joints = Vec::new();
    let mut place = usize::from(letters.len() % 2 == 1 && is(0, PREFIXES));
    while place + 2 < letters.len() {
        place += 2;
        // A suffix belongs to the pair before it, if it does not begin a pair of its own.
        place += usize::from((letters.len() - place) % 2 == 1 && is(place, SUFFIXES));
        joints.extend(letters.get(place).map(|(at, _)| *at));
    }
    joints
}

fn leaning(before: &str) -> f32 {
    let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    if LEANING.iter().any(|leaning| word.eq_ignore_ascii_case(leaning)) { 0.3 } else { 0.0 }
}
