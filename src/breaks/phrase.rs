//! How much a reader is disturbed by a line's end: not at all between sentences, most inside a word.
//!
//! Japanese writes no spaces, but its scripts change where words do, and kanji compounds are made of known words and of pairs.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::script::{Script, Signs, script};

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

/// Words of the office, by which a run of kanji is read: 運営費・交付金・中, not 交付・金中.
const OFFICE: &[&str] = &[
    "位置付", "研究", "研究所", "研究者", "研究費", "基幹", "大学院", "国際", "連携", "提言", "共済", "文部",
    "総務", "三次元", "上半期", "下半期", "不動産", "中小企業", "予備費", "予測", "予算", "予算案", "事例",
    "事前", "事務局", "事務費", "事故", "事業", "事項", "二酸化", "交付", "交付税", "交付金", "交通",
    "人件費", "人工知能", "人材", "介護", "以内", "以降", "企業", "会社", "会計", "住民", "作成", "使用",
    "価格", "保健", "保障", "信頼", "修正", "健康", "児童", "全体", "全国", "公共", "公募", "公開", "共同",
    "共用", "共通", "再生", "処理", "出資", "分析", "利用", "前年度", "創出", "助成", "労働", "効果", "動向",
    "動物", "化学", "医療", "半導体", "協力", "協議会", "単年度", "厚生", "参加", "取組", "口座", "可能",
    "司法", "各府省", "合理", "合計", "同額", "名称", "周辺", "品質", "商工", "図書", "国債", "国内", "国土",
    "国家", "国庫", "国民", "国立", "国費", "地域", "地方", "地震", "執行", "基本", "基準", "基盤", "基礎",
    "報告", "場合", "増減", "増額", "外交", "外務", "外部", "大学", "大臣", "女性", "委員会", "委託",
    "委託費", "学会", "学校", "学習", "学術", "宇宙", "安全", "安定", "官民", "定員", "実施", "実現", "実用",
    "実績", "実証", "実験", "家庭", "審査", "審議会", "対策", "対象", "専門", "将来", "導入", "導水", "少子",
    "就業", "就職", "展開", "工事", "工業", "市場", "市民", "市町村", "常勤", "平均", "年間", "年齢", "広報",
    "廃止", "延長", "建設", "強化", "弾力", "当初", "影響", "待遇", "後年度", "従来", "復旧", "復興", "循環",
    "徴収", "必要", "応用", "性能", "恒久", "患者", "情報", "意見", "感染症", "成果", "成長", "戦略", "所得",
    "技能", "技術", "投資", "指定", "指導", "指標", "振興", "推計", "推進", "措置", "掲載", "提供", "損失",
    "支出", "支払", "支援", "改修", "改善", "改定", "改正", "放送", "政府", "政策", "救急", "教員", "教育",
    "数値", "整備", "文化", "方式", "方法", "方針", "施策", "施設", "昨年度", "暫定", "更新", "最先端",
    "最大", "最終", "期間", "未来", "本年度", "東日本", "林業", "果実", "枠組", "検査", "検討", "検証",
    "業務", "構築", "構造", "機器", "機械", "機構", "機能", "機関", "次世代", "次年度", "歳入", "歳出",
    "母子", "民間", "気候", "気象", "水準", "水産", "水道", "決定", "河川", "治水", "治療", "法人", "法務",
    "法律", "活動", "活用", "流通", "海上", "海外", "海岸", "海洋", "消耗", "消費", "消防", "減額", "温室",
    "測定", "測量", "港湾", "災害", "炭素", "無償", "無線", "特例", "特別", "特定", "状況", "独立", "現在",
    "現場", "理化学", "環境", "生命", "生活", "生産", "産業", "用地", "田園", "申請", "男女", "留学", "発展",
    "発電", "登録", "監査", "目標", "目的", "直接", "相談", "省庁", "短期", "矯正", "確保", "社会",
    "社会保険", "社会保障", "福祉", "科学", "科目", "移転", "税制", "積立", "積算", "空港", "競争", "管理",
    "精算", "系統", "約款", "納入", "細胞", "組織", "経済", "経費", "統合", "統計", "継続", "維持", "緊急",
    "総合", "総額", "編成", "繰入", "繰越", "職員", "職業", "育成", "自動", "自治体", "自然", "航空", "船舶",
    "良質", "若年", "若手", "補助", "補助事業", "補助金", "補正", "製品", "複数", "要望", "要求", "規制",
    "規定", "規模", "観光", "観測", "解析", "解決", "計画", "計算", "計量", "試作", "試行", "試験", "詳細",
    "認定", "認証", "認識", "調整", "調査", "調達", "論文", "講習", "警察", "議会", "議論", "負担", "負担金",
    "財務", "財政", "財産", "貨物", "貸付", "費用", "賃金", "資料", "資源", "資金", "赤字", "超過", "農村",
    "農林", "農業", "近年", "追加", "逐次", "通信", "速度", "進捗", "運営", "運営費", "運用", "運輸", "過去",
    "道路", "適正", "適用", "選定", "遺伝子", "部品", "都市", "都道府県", "配分", "重点", "重要", "量子",
    "金融", "金額", "鉄道", "開催", "開発", "開発費", "関係", "関連", "閣議", "防止", "防災", "防衛", "随意",
    "障害", "障害者", "雇用", "難病", "電力", "電子", "電波", "需要", "震災", "青少年", "非常勤", "面積",
    "革新", "項目", "預金", "領域", "額面", "養成", "駅前", "高度", "高等", "高齢者",
];

/// The same, to be looked up.
static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| OFFICE.iter().copied().collect());

/// Kanji that follow the word they belong to.
static SUFFIXES: Signs =
    Signs::of("所表的性化者等型省庁費額率業員材策法学部課局院会権力間内外上中下後前用分別系類面向側毎");

/// Kanji that stand before the word they belong to.
static PREFIXES: Signs = Signs::of("各新全約第本当該同両諸再未非無不超準副総主元現前後");

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
                false => 2.6,
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

    /// The strain within kanji: least between words, most before what only ends a word and behind what only begins one.
    fn compound(&mut self, at: usize, left: char, right: char) -> f32 {
        match self.joint(at, Script::Kanji) {
            true => 0.35,
            false if SUFFIXES.has(right) || PREFIXES.has(left) => 1.1,
            false => 1.0,
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
        at == self.run.0 || self.joints.binary_search(&(at - self.run.0)).is_ok()
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

/// The joints of a run of kanji: where the words end of which it is most likely made.
fn pairs(run: &str) -> Vec<usize> {
    let letters: Vec<(usize, char)> = run.char_indices().collect();
    let byte = |place: usize| letters.get(place).map_or(run.len(), |(at, _)| *at);
    // The least that it costs to read the letters from a place on, where the next word ends, and whether a joint is there.
    let mut ways = vec![(0.0_f32, 0, false); letters.len() + 1];
    for from in (0..letters.len()).rev() {
        let longest = (letters.len() - from).min(4);
        // Of equally likely readings, the one that begins with the longer word.
        let words = (1..=longest).rev().filter_map(|length| {
            let to = from + length;
            let word = run.get(byte(from)..byte(to))?;
            let is = |kind: &Signs| kind.has(letters[from].1);
            let (cost, joins) = match length {
                // A suffix belongs to the word before it.
                1 if is(&SUFFIXES) && from > 0 => (0.65, true),
                1 if is(&PREFIXES) && to < letters.len() => (0.85, false),
                1 => (1.3, true),
                _ if KNOWN.contains(word) => (0.7 + 0.01 * length as f32, true),
                2 => (1.0, true),
                _ => return None,
            };
            let is_led = letters.get(to).is_none_or(|next| SUFFIXES.has(next.1) && ways[to].1 == to + 1);
            Some((cost + ways[to].0, to, joins && !is_led))
        });
        ways[from] =
            words.min_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((0.0, letters.len(), false));
    }
    let mut joints = Vec::new();
    let mut place = 0;
    while place < letters.len() {
        let (_, to, is_joint) = ways[place];
        if is_joint {
            joints.push(byte(to));
        }
        place = to.max(place + 1);
    }
    joints
}

fn leaning(before: &str) -> f32 {
    let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    if LEANING.iter().any(|leaning| word.eq_ignore_ascii_case(leaning)) { 0.3 } else { 0.0 }
}
