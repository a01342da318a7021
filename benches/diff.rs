//! How long a large comparison takes: `cargo bench --bench diff -- 15000`.
//!
//! The number is that of the lines on each side: programs in groups of ten, in offices of ten groups. From one year to the next most lines
//! keep their ids, with other amounts; one in ten is renamed by the crosswalk, one in ten has another id and nearly the same title, which is
//! proposed; one in twenty is moved to another office. One thread.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement is printed, and may fail loudly"
)]

use std::fmt::Write as _;
use std::time::Instant;

use gaisan::diff::{csv, diff, json};
use gaisan::read::read_texts;
use gaisan::render::terminal::{self, Look};
use gaisan::rollup::Rollup;
use gaisan::sheet::glance;

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

const WORDS: [&str; 16] = [
    "量子", "計測", "拠点", "形成", "海洋", "観測", "材料", "研究", "人材", "育成", "基盤", "整備", "国際",
    "連携", "先端", "技術",
];

fn title(line: usize) -> String {
    let mut chance = Chance(line as u64 + 1);
    let words: String = (0..6).map(|_| WORDS[usize::try_from(chance.below(16)).unwrap()]).collect();
    format!("{words}事業{line}")
}

/// A year's chapter of some lines.
fn chapter(year: u16, lines: usize) -> String {
    let is_later = year == 2023;
    let mut chance = Chance(u64::from(year));
    let mut offices: Vec<Vec<Vec<String>>> = vec![vec![Vec::new(); 10]; lines.div_ceil(100)];
    let mut crosswalk = String::new();
    for line in 0..lines {
        let (mut office, group) = (line / 100, line / 10 % 10);
        let (mut id, mut title) = (format!("p{line}"), title(line));
        if is_later {
            match line % 20 {
                1 | 11 => {
                    id = format!("renamed{line}");
                    writeln!(crosswalk, "  - {{kind: renamed, from: p{line}, to: {id}}}").unwrap();
                }
                2 | 12 => {
                    id = format!("other{line}");
                    title.push_str("（後継）");
                }
                3 => office = (office + 1) % offices.len(),
                _ => {}
            }
        }
        let (requested, prior) = (chance.below(100_000), chance.below(100_000));
        offices[office][group].push(format!(
            "          - {{id: {id}, title: {title}, requested: {requested}, prior: {prior}, enacted: {prior}}}\n"
        ));
    }
    let mut yaml = format!(
        "gaisan: 1\nid: all\ntitle: 全体\nministry: 省\nfiscal_year: {year}\nstage: request\nunit: 百万円\nbreakdown: complete\n"
    );
    if !crosswalk.is_empty() {
        write!(yaml, "crosswalk:\n{crosswalk}").unwrap();
    }
    yaml.push_str("programs:\n");
    for (office, groups) in offices.iter().enumerate() {
        writeln!(yaml, "  - id: o{office}\n    title: 局{office}\n    breakdown: complete\n    children:")
            .unwrap();
        for (group, lines) in groups.iter().enumerate().filter(|(_, lines)| !lines.is_empty()) {
            writeln!(yaml, "      - id: o{office}-g{group}\n        title: 課{group}\n        breakdown: complete\n        children:").unwrap();
            yaml.push_str(&lines.concat());
        }
    }
    yaml
}

fn main() {
    let lines = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(15_000);
    let texts = [chapter(2022, lines), chapter(2023, lines)];
    let all = Instant::now();
    let start = Instant::now();
    let old = read_texts(&[("2022.yaml", &texts[0])]);
    let new = read_texts(&[("2023.yaml", &texts[1])]);
    assert!(old.findings.is_empty() && new.findings.is_empty(), "{:?}", new.findings.first());
    println!("read {:>30?}", start.elapsed());
    let start = Instant::now();
    let rollups = [Rollup::of(&old.requests[0]), Rollup::of(&new.requests[0])];
    println!("add up {:>28?}", start.elapsed());
    let start = Instant::now();
    let diff = diff(&[&rollups[0]], &[&rollups[1]], None).unwrap();
    println!("compare {:>27?}", start.elapsed());
    let look = Look { width: 100, all: false, color: false, bars: false };
    let start = Instant::now();
    let table = terminal::text(&glance(&diff, None, false), look);
    println!("table {:>29?}", start.elapsed());
    println!("all {:>31?}", all.elapsed());
    let start = Instant::now();
    let json = json(&diff);
    println!("JSON {:>30?}", start.elapsed());
    let start = Instant::now();
    let csv = csv(&diff).unwrap();
    println!("CSV {:>31?}", start.elapsed());
    let chapter = &diff.chapters[0];
    println!(
        "{} lines, {} proposals, table of {} bytes, JSON of {}, CSV of {}",
        chapter.lines.len(),
        chapter.proposals.len(),
        table.len(),
        json.len(),
        csv.len()
    );
}
