//! Chapters made from a seed, with the reference chapter's real shape: its six kinds of programs, their sizes, hierarchy and
//! amounts, and prose put together from its clauses, so that sentences, breaks and glyphs are those of a real request.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The files whose prose lends its clauses.
const PROSE: [&str; 6] = [
    include_str!("../../budgets/fy2022/mext-5/materials-dx.yaml"),
    include_str!("../../budgets/fy2022/mext-5/q-leap.yaml"),
    include_str!("../../budgets/fy2022/mext-5/research-data-ecosystem.yaml"),
    include_str!("../../budgets/fy2022/mext-5/aip.yaml"),
    include_str!("../../budgets/fy2022/mext-5/math-platform.yaml"),
    include_str!("../../budgets/fy2022/mext-5/economic-security.yaml"),
];

/// The cited documents, as the reference chapter lists them.
const CITATIONS: &str = include_str!("../../budgets/fy2022/mext-5/citations.yaml");

const CITED: [&str; 6] = [
    "innovation-2021", "growth-followup-2021", "basic-policy-2021", "ai-2021", "quantum-2020", "basic-plan-6",
];

/// How many sheets a chapter of [`ministry`] has: its overview and nine programs.
pub(crate) const SHEETS_A_CHAPTER: usize = 10;

/// Writes so many sheets as chapters of ten; the last chapter has what is left over. The same for the same seed.
pub(crate) fn ministry(folder: &Path, sheets: usize, seed: u64) {
    let mut left = sheets;
    let mut number = 0;
    while left > 0 {
        number += 1;
        let programs = left.min(SHEETS_A_CHAPTER).saturating_sub(1).max(1);
        chapter(folder, number, programs, seed);
        left = left.saturating_sub(SHEETS_A_CHAPTER);
    }
}

/// Writes one chapter into a folder of its own, `fy2022/chapter-0001`, each program in a file of its own.
pub(crate) fn chapter(folder: &Path, number: usize, programs: usize, seed: u64) {
    let folder = folder.join(format!("fy2022/chapter-{number:04}"));
    fs::create_dir_all(&folder).unwrap();
    let mut writer = Writer::new(seed ^ (number as u64) << 32);
    let (mut list, mut requested, mut prior) = (String::new(), 0, 0);
    for program in 1..=programs {
        let id = format!("p-{number:04}-{program:05}");
        let made = writer.program(&id, program);
        fs::write(folder.join(format!("{id}.yaml")), made.yaml).unwrap();
        let _ = writeln!(list, "  - {id}.yaml");
        requested += made.requested;
        prior += made.prior;
    }
    let overview = [writer.prose(2), writer.prose(2)];
    let request = format!(
        "# 第{number}章。種から作った例。

gaisan: 1
id: chapter-{number:04}
number: {number}
title: 未来社会の実現に向けた先端研究の抜本的強化（その{number}）
lang: ja
ministry: 文部科学省
ministry_en: Ministry of Education, Culture, Sports, Science and Technology
fiscal_year: 令和4年度
stage: 概算要求
unit: 百万円
rounding: 四捨五入
notation: {{negative: △, years: era}}
requested: {requested}
prior: {prior}
breakdown: complete
overview: |
  - {}
  - {}
citations: citations.yaml
programs:
{list}",
        overview[0], overview[1]
    );
    fs::write(folder.join("request.yaml"), request).unwrap();
    fs::write(folder.join("citations.yaml"), CITATIONS).unwrap();
}

/// A program as YAML, with its amounts in 百万円.
struct Program {
    yaml: String,
    requested: u64,
    prior: u64,
}

/// Draws numbers (SplitMix64) and words.
struct Writer {
    state: u64,
    clauses: Vec<String>,
}

impl Writer {
    fn new(seed: u64) -> Self {
        Self { state: seed, clauses: clauses() }
    }

    fn below(&mut self, end: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }

    fn clause(&mut self) -> String {
        let at = self.below(self.clauses.len() as u64);
        self.clauses[usize::try_from(at).unwrap()].clone()
    }

    /// Sentences of three to five clauses, one of which is often bold.
    fn prose(&mut self, sentences: usize) -> String {
        let mut text = String::new();
        for _ in 0..sentences {
            let count = 3 + self.below(3);
            let bold = self.below(8);
            for number in 0..count {
                let clause = self.clause();
                let mark = if number == bold { "**" } else { "" };
                let end = if number + 1 == count { "。" } else { "、" };
                let _ = write!(text, "{mark}{clause}{mark}{end}");
            }
        }
        text
    }

    fn bullets(&mut self, count: usize, sentences: usize) -> String {
        (0..count).fold(String::new(), |text, _| format!("{text}  - ✓ {}\n", self.prose(sentences)))
    }

    /// An amount and last year's, near it.
    fn amounts(&mut self) -> (u64, u64) {
        let requested = 200 + self.below(9_000);
        (requested, requested * (60 + self.below(60)) / 100)
    }

    /// A program of one of the six kinds in turn.
    fn program(&mut self, id: &str, number: usize) -> Program {
        let kind = (number - 1) % PROSE.len();
        let (mut requested, mut prior) = self.amounts();
        let mut children = String::new();
        let parts = [3, 0, 0, 2, 0, 0][kind];
        if parts > 0 {
            (requested, prior) = (0, 0);
            children.push_str("children:\n");
        }
        for part in 1..=parts {
            let amounts = self.amounts();
            requested += amounts.0;
            prior += amounts.1;
            let _ = write!(
                children,
                "  - id: {id}-{part}\n    title: 第{part}の取組の推進\n    requested: {}\n    prior: {}\n    body: |\n      - {}\n      - {}\n",
                grouped(amounts.0),
                grouped(amounts.1),
                self.prose(2),
                self.prose(1),
            );
        }
        let cited = [CITED[kind], CITED[(kind + 1) % CITED.len()]];
        let mut yaml = format!(
            "# 種から作った事業。

id: {id}
title: 研究開発プログラム第{number}号（{id}）
requested: {}
prior: {}
{}period: {{from: R3, to: R8}}
summary: |
  {}

  {}

policy_basis:
  - cite: {}
    gist: |
      {}
  - cite: {}
    gist: |
      {}

body: |
  ## 背景・課題

{}
  ## 事業概要

  ### 事業の目的

{}
  ### 事業の進め方

{}",
            grouped(requested),
            grouped(prior),
            if parts > 0 { "breakdown: complete\n" } else { "" },
            self.prose(3),
            self.prose(2),
            cited[0],
            self.prose(2),
            cited[1],
            self.prose(1),
            self.bullets(3, 2),
            self.bullets(2, 2),
            self.bullets(3, 1),
        );
        match kind {
            0 => yaml.push_str(TABLE_AND_CHART),
            1 => self.areas(&mut yaml),
            3 | 5 => yaml.push_str(FLOW),
            4 => self.logic_model(&mut yaml),
            _ => {
                let _ = write!(yaml, "\n  ## 期待される効果\n\n{}", self.bullets(3, 1));
            }
        }
        yaml.push_str(&children);
        Program { yaml, requested, prior }
    }

    /// Four areas with recipients, like those of Q-LEAP.
    fn areas(&mut self, yaml: &mut String) {
        yaml.push_str("\nareas:\n");
        for area in 1..=4 {
            let _ = write!(
                yaml,
                "  - number: 技術領域{area}
    title: {}
    groups:
      - title: Flagshipプロジェクト
        count: 2
        recipients: [理研, 大阪大]
        body: |
          - ・ {}
      - title: 基礎基盤研究
        count: 5
        recipients: [分子研, {{name: 電通大, count: 2}}, NII, 慶應大]
        body: |
          - ・ {}
",
                self.clause(),
                self.prose(1),
                self.prose(1),
            );
        }
    }

    fn logic_model(&mut self, yaml: &mut String) {
        yaml.push_str("\nlogic_model:\n");
        for (key, count) in [("outputs", 4), ("outcomes", 4), ("impacts", 3)] {
            let _ = writeln!(yaml, "  {key}:");
            for _ in 0..count {
                let _ = writeln!(yaml, "    - {}", self.clause());
            }
        }
    }
}

const TABLE_AND_CHART: &str = "
  ## これまでの成果

  | 分野 | 研究者（成果） | 応用先 |
  |---|---|---|
  | 磁石 | 最強永久磁石 | モーター、電気自動車 |
  | 青色LED | 発光ダイオード | 照明、ディスプレイ |
  | リチウム電池 | 負極材・構造提案 | 電子機器 |
  | 半導体材料 | 酸化物半導体 | 液晶パネル、パワー半導体 |

figures:
  - id: share
    title: 輸出総額の2割が素材
    alt: 輸出総額の内訳を示す帯グラフ。素材が約2割、その他が約8割。
    chart: {whole: 輸出総額, parts: [{label: 素材, percent: 20}, {label: その他, percent: 80}]}

";

const FLOW: &str = "
funding_flow:
  title: 事業スキーム
  nodes:
    - {id: state, label: 国, detail: 文部科学省, kind: state}
    - {id: agency, label: 資金配分機関}
    - {id: recipients, label: 大学・国立研究開発法人・民間企業等}
  edges:
    - {from: state, to: agency, instrument: 運営費交付金}
    - {from: agency, to: recipients, instrument: 委託費, detail: 審査・採択}

";

/// `13849` as `13,849`.
fn grouped(amount: u64) -> String {
    let digits = amount.to_string();
    let head = digits.len() % 3;
    let (first, rest) = digits.split_at(head);
    let mut groups: Vec<&str> = if first.is_empty() { vec![] } else { vec![first] };
    groups.extend((0..rest.len()).step_by(3).map(|at| &rest[at..at + 3]));
    groups.join(",")
}

/// The clauses of the reference chapter's prose that can stand anywhere: no marks, no brackets, no figures.
fn clauses() -> Vec<String> {
    let plain =
        |c: char| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '一'..='鿿') || c.is_ascii_alphabetic();
    let mut found: Vec<String> = PROSE
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| line.starts_with("  ") && line.contains('、'))
        .flat_map(|line| line.split(['、', '。', '：']))
        .map(|clause| clause.replace("**", "").trim().to_owned())
        .filter(|clause| (5..40).contains(&clause.chars().count()) && clause.chars().all(plain))
        .collect();
    found.sort();
    found.dedup();
    assert!(found.len() > 150, "{} clauses", found.len());
    found
}
