//! How long a large chapter takes, phase by phase: `cargo bench --bench build -- 1000`.
//!
//! The chapter has the reference chapter's shape: programs with prose, policy documents, areas, a funding flow and three parts
//! each. It is made from a seed, so every run measures the same work. One thread for each phase, except for `build`, which
//! takes all cores and ends with the files on the disk.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement is printed, and may fail loudly"
)]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use gaisan::build::{Format, Options, build};
use gaisan::compose::Templates;
use gaisan::rollup::Rollup;
use gaisan::{check, document, examine, read, render, sheet};

fn main() {
    // Cargo passes `--bench` along.
    let programs = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(1000);
    let folder = tempfile::tempdir().unwrap();
    let budgets = folder.path().join("budgets");
    write_chapter(&budgets, programs);
    println!("{programs} programs, {} kB of YAML", bytes(&budgets) / 1000);

    let reading = timed("read", programs, || {
        read::read(std::slice::from_ref(&budgets))
    });
    let request = &reading.requests[0];
    let rollup = timed("rollup", programs, || Rollup::of(request));
    let rollups = [rollup];
    let findings = timed("check", programs, || check::check(&rollups));
    assert!(
        findings.is_empty() && reading.findings.is_empty(),
        "{findings:?} {:?}",
        reading.findings
    );
    let sheets = timed("word", programs, || {
        sheet::sheets(&rollups[0], &sheet::History::of(&rollups), request.lang)
    });
    let templates = Templates::new(&[]).unwrap();
    let texts: Vec<String> = timed("compose", programs, || {
        sheets
            .iter()
            .map(|sheet| templates.markdown(sheet).unwrap())
            .collect()
    });
    let documents: Vec<_> = timed("document", programs, || {
        texts
            .iter()
            .map(|text| document::read(text, request.lang))
            .collect()
    });
    let of_sheets = || documents.iter().zip(&sheets);
    timed("html", programs, || {
        of_sheets()
            .map(|(document, sheet)| {
                render::html::page(document, &sheet.figures, &sheet.imprint).len()
            })
            .sum::<usize>()
    });
    timed("pdf", programs, || {
        let pdfs = of_sheets().map(|(document, sheet)| {
            render::pdf::pdf(document, &sheet.figures, &sheet.imprint).unwrap()
        });
        pdfs.map(|pdf| pdf.bytes.len()).sum::<usize>()
    });

    let options = Options {
        out: folder.path().join("output"),
        formats: Format::ALL.to_vec(),
        lang: None,
        jobs: 0,
    };
    let examined = examine(&reading);
    let built = timed("build", programs, || {
        build(&examined, &templates, &options, &|_, _| {})
    });
    assert!(built.failures.is_empty(), "{:?}", built.failures);
    println!(
        "{:>10}  {} sheets, {} files, {} MB",
        "",
        built.sheets,
        built.files,
        bytes(&options.out) / 1_000_000
    );
    if let Some(peak) = peak_memory() {
        println!("{:>10}  {peak} peak memory", "");
    }
}

/// Does something, and prints how long it took, in all and for each program.
fn timed<T>(what: &str, programs: usize, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let time = start.elapsed();
    let each = time
        .checked_div(u32::try_from(programs).unwrap_or(1))
        .unwrap_or(Duration::ZERO);
    println!(
        "{what:>10}  {:>8.1} ms  {:>7.3} ms a program",
        milliseconds(time),
        milliseconds(each)
    );
    result
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The most memory the process has used so far, as Linux says it.
fn peak_memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(format!("{} MB", kilobytes / 1000))
}

/// The size of all files below a folder.
fn bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            if path.is_dir() {
                bytes(&path)
            } else {
                fs::metadata(path).unwrap().len()
            }
        })
        .sum()
}

/// A small generator of numbers, the same for the same seed (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[usize::try_from(self.below(words.len() as u64)).unwrap()]
    }

    fn sentences(&mut self, count: u64) -> String {
        let (who, what, how) = (
            [
                "大学等の先端共用設備を",
                "研究データの基盤を",
                "量子技術の研究開発を",
                "次代を担う人材の育成を",
                "産学官の連携を",
                "国際的な頭脳循環を",
            ],
            [
                "全国で高度化し、",
                "**機関の枠を越えて共有**し、",
                "戦略に沿って加速し、",
                "若手を中心に進め、",
                "早期の社会実装へつなぎ、",
            ],
            [
                "社会課題の解決に役立てる。",
                "我が国の優位を保つ。",
                "**データ駆動型の研究**を広げる。",
                "新しい産業の創出を目指す。",
            ],
        );
        (0..count)
            .map(|_| format!("{}{}{}", self.of(&who), self.of(&what), self.of(&how)))
            .collect()
    }
}

/// Writes a chapter of so many programs, each in a file of its own.
fn write_chapter(folder: &Path, programs: usize) {
    fs::create_dir_all(folder).unwrap();
    let mut numbers = Numbers(2022);
    let (mut list, mut requested, mut prior) = (String::new(), 0, 0);
    for number in 1..=programs {
        let (yaml, amounts) = program(&mut numbers, number);
        fs::write(folder.join(format!("program-{number:05}.yaml")), yaml).unwrap();
        let _ = writeln!(list, "  - program-{number:05}.yaml");
        requested += amounts.0;
        prior += amounts.1;
    }
    let chapter = format!(
        "gaisan: 1
id: large
number: 5
title: 未来社会の実現に向けた先端研究の抜本的強化
ministry: 文部科学省
fiscal_year: 令和4年度
stage: 概算要求
unit: 百万円
rounding: 四捨五入
requested: {requested}
prior: {prior}
breakdown: complete
overview: |
  - {}
citations:
  - {{id: strategy, title: 統合イノベーション戦略2021, date: 令和3年6月18日, authority: 閣議決定}}
programs:
{list}",
        numbers.sentences(3),
    );
    fs::write(folder.join("request.yaml"), chapter).unwrap();
}

/// One program as YAML, with its requested and prior amounts.
fn program(numbers: &mut Numbers, number: usize) -> (String, (u64, u64)) {
    let mut parts = String::new();
    let (mut requested, mut prior) = (0, 0);
    for part in 1..=3 {
        let amounts = (100 + numbers.below(9_000), 100 + numbers.below(9_000));
        requested += amounts.0;
        prior += amounts.1;
        let _ = write!(
            parts,
            "  - id: program-{number:05}-{part}
    title: 第{part}の取組の推進
    requested: {}
    prior: {}
    body: |
      - {}
",
            amounts.0,
            amounts.1,
            numbers.sentences(2),
        );
    }
    let bullets: String = (0..5)
        .map(|_| format!("  - ✓ {}\n", numbers.sentences(2)))
        .collect();
    let yaml = format!(
        "id: program-{number:05}
title: 研究開発プログラム第{number}号
requested: {requested}
prior: {prior}
breakdown: complete
period: {{from: R4, to: R8}}
scale: {{min: 6億円, max: 12億円, per: 技術領域・年, about: true}}
notes:
  - {{kind: joint, with: [内閣府, 経産省]}}
summary: |
  {}
policy_basis:
  - cite: strategy
    quote: |
      {}
body: |
  ## 背景・課題

{bullets}
  ## 事業概要

{bullets}
  | 分野 | 成果 | 広がった製品 |
  |---|---|---|
  | 磁石 | 最強永久磁石 | モーター |
  | 半導体材料 | IGZO | 液晶パネル |
areas:
  - number: 技術領域1
    title: 量子情報処理
    groups:
      - title: Flagshipプロジェクト
        count: 2
        recipients: [理研, 大阪大]
        body: |
          - ・ {}
funding_flow:
  nodes:
    - {{id: state, label: 国, kind: state}}
    - {{id: agency, label: 資金配分機関}}
    - {{id: recipients, label: 大学・国立研究開発法人等}}
  edges:
    - {{from: state, to: agency, instrument: 運営費交付金}}
    - {{from: agency, to: recipients, instrument: 委託費, detail: 審査・採択}}
children:
{parts}",
        numbers.sentences(4),
        numbers.sentences(3),
        numbers.sentences(1),
    );
    (yaml, (requested, prior))
}
