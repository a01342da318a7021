//! Sheets on one page by the hundred, as chance makes them: each amount and each sentence is found again in the PDF, and no page but
//! the last is nearly empty. A few are made with every run; a thousand, with what they cost beside reports, by
//! `cargo test --release --test library thousand -- --ignored --nocapture` (`GAISAN_SHEETS=100` makes fewer, `GAISAN_FOLDER` keeps them to look at).

use std::fmt::Write;
use std::time::Duration;

use cpu_time::ThreadTime;
use gaisan::compose::Templates;
use gaisan::diagnostic::{Color, text};
use gaisan::document::{self, Document};
use gaisan::lineage::Lineage;
use gaisan::model::Lang;
use gaisan::render::pdf::layout::{Drawn, Layout, fitted};
use gaisan::render::pdf::pdf;
use gaisan::sheet::{Sheet, sheets};
use gaisan::typeface::Fonts;

use super::one_page::is_told;
use crate::support::{self, squeezed};

/// Chance that is the same on each machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }

    /// A sentence that no other sheet or section has.
    fn sentence(&mut self) -> String {
        const WORDS: [&str; 14] = [
            "量子技術を活用して",
            "研究基盤を全国で高度化し、",
            "**データ駆動型の研究**を進め、",
            "若手研究者を支援し、",
            "AI・IoT・DXの実装により",
            "国際連携（G7、ASEAN等）を強化し、",
            "「社会実装」を加速して",
            "約2,500億円規模の市場で",
            "6～12億円程度／年の",
            "安全保障の観点から",
            "大学・国立研究開発法人と",
            "関係府省の連携の下で",
            "2030年までに",
            "Society 5.0の実現に向け、",
        ];
        let number = self.below(1_000_000_000);
        let middle: String = (0..=self.below(6)).map(|_| WORDS[self.below(14) as usize]).collect();
        format!("第{number}の課題は、{middle}解決する。")
    }

    fn text(&mut self, sentences: u64) -> String {
        (0..=sentences).map(|_| self.sentence()).collect()
    }

    /// A program: what a sheet can have, each with some likelihood and of some length.
    fn program(&mut self, number: u64) -> String {
        let mut yaml = format!("  - id: p{number}\n    title: 事業{number}の推進\n");
        let most = [0, 6, 6, 30][self.below(4) as usize];
        let children = self.below(most);
        let amounts: Vec<(u64, u64)> =
            (0..children.max(1)).map(|_| (1 + self.below(90_000), 1 + self.below(90_000))).collect();
        let sum = |of: fn(&(u64, u64)) -> u64| amounts.iter().map(of).sum::<u64>();
        let _ = writeln!(yaml, "    requested: {}\n    prior: {}", sum(|it| it.0), sum(|it| it.1));
        if self.below(2) == 0 {
            let _ = writeln!(yaml, "    period: {{from: R1, to: R8}}\n    operator: 機構{}", self.below(99));
        }
        if self.below(3) == 0 {
            let points: String =
                (0..=self.below(4)).map(|_| format!("      - {}\n", self.sentence())).collect();
            let _ = write!(yaml, "    points: |\n{points}");
        }
        if self.below(2) == 0 {
            let _ = writeln!(
                yaml,
                "    policy_basis:\n      - cite: plan\n        gist: |\n          {}",
                self.text(4)
            );
        }
        yaml.push_str("    body: |\n");
        for section in 0..=self.below(6) {
            let _ = writeln!(yaml, "      ## 節{section}");
            for entry in 0..=self.below(4) {
                let text = self.text(2);
                let _ = match self.below(4) {
                    0 => writeln!(yaml, "\n      {text}"),
                    1 => writeln!(yaml, "\n      ### 項{entry}\n\n      - {text}"),
                    2 => writeln!(yaml, "\n      - {text}\n        - {}", self.sentence()),
                    _ => writeln!(yaml, "\n      - ✓ {text}"),
                };
            }
            yaml.push('\n');
        }
        if self.below(4) == 0 {
            yaml.push_str("    areas:\n");
            for area in 0..=self.below(5) {
                let _ = writeln!(
                    yaml,
                    "      - title: 領域{area}\n        groups:\n          - title: 研究\n            body: |\n              - {}",
                    self.text(2)
                );
            }
        }
        if self.below(4) == 0 {
            yaml.push_str("    funding_flow:\n      nodes: [{id: a, label: 国, kind: state}, {id: b, label: 機構}, {id: c, label: 大学等}]\n      edges: [{from: a, to: b, instrument: 交付金}, {from: b, to: c, instrument: 委託費}]\n");
        }
        if self.below(4) == 0 {
            let list = |chance: &mut Self| {
                format!(
                    "[{}, {}]",
                    chance.sentence().replace([',', '*', '[', ']'], ""),
                    chance.sentence().replace([',', '*'], "")
                )
            };
            let _ = writeln!(
                yaml,
                "    logic_model:\n      outputs: {}\n      outcomes: {}\n      impacts: {}",
                list(self),
                list(self),
                list(self)
            );
        }
        if children > 0 {
            yaml.push_str("    breakdown: complete\n    children:\n");
            for (at, (requested, prior)) in amounts.iter().enumerate() {
                let _ = writeln!(
                    yaml,
                    "      - id: p{number}-{at}\n        title: 事項{at}\n        requested: {requested}\n        prior: {prior}"
                );
                if children < 7 && self.below(2) == 0 {
                    let _ = writeln!(yaml, "        summary: |\n          {}", self.text(3));
                }
            }
        }
        yaml
    }
}

/// The sheets of so many programs, with their Markdown.
fn made(count: u64, layout: &str) -> Vec<(Sheet, String)> {
    let mut chance = Chance(2_022);
    let programs: String = (0..count).map(|number| chance.program(number)).collect();
    let chapter = format!(
        "gaisan: 1\nid: c\ntitle: 章\nministry: 文部科学省\nfiscal_year: 令和4年度\nstage: 概算要求\nunit: 百万円\nbreakdown: complete\nlayout: {layout}\n\
         citations: [{{id: plan, title: 総合計画, date: 2021-06-18, authority: 閣議決定}}]\nprograms:\n{programs}"
    );
    let reading = gaisan::read::read_texts(&[("c.yaml", chapter.as_str())]);
    let examined = gaisan::examine(&reading);
    let said = || text(&examined.findings, &reading.sources, Color::Never);
    assert!(!examined.has_errors(), "{}", said().split("error[").nth(1).unwrap_or_default());
    let templates = Templates::new(&[]).unwrap();
    let all = sheets(&examined.rollups[0], &Lineage::default(), Lang::Ja);
    all.into_iter()
        .skip(1)
        .map(|sheet| {
            let markdown = templates.markdown(&sheet).unwrap();
            (sheet, markdown)
        })
        .collect()
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = ThreadTime::now();
    let done = work();
    (done, start.elapsed())
}

/// How far down the pages before the last their texts reach.
fn depths(layout: &Layout) -> Vec<f32> {
    let before = layout.pages.split_last().map_or(&[][..], |(_, before)| before);
    let depth = |items: &[gaisan::render::pdf::layout::Item]| {
        let texts = items.iter().filter(|it| it.leaf.is_some()).filter_map(|it| match &it.drawn {
            Drawn::Text(text) => Some(text.y),
            _ => None,
        });
        texts.fold(0.0, f32::max)
    };
    before.iter().map(|page| depth(&page.items)).collect()
}

/// Makes so many sheets, looks for what is lost, and says what they are like.
fn look(count: u64) {
    let fonts = Fonts::builtin().unwrap();
    let (mut fit, mut pages, mut bytes, mut reports) = (0, 0, 0, 0);
    let (mut time, mut report_time, mut report_pages) = (Duration::ZERO, Duration::ZERO, 0);
    for ((sheet, markdown), (upright, report)) in made(count, "one-page").iter().zip(made(count, "report")) {
        let document: Document = document::read(markdown, Lang::Ja);
        let (file, taken) = timed(|| pdf(&document, &sheet.figures, &sheet.imprint).unwrap());
        time += taken;
        if let Some(folder) = std::env::var_os("GAISAN_FOLDER") {
            let name = format!("{}-{}.pdf", file.pages, sheet.stem);
            std::fs::write(std::path::Path::new(&folder).join(name), &file.bytes).unwrap();
        }
        let layout = fitted(&document, &sheet.figures, &sheet.imprint, fonts);
        bytes += file.bytes.len();
        pages += layout.pages.len();
        fit += usize::from(layout.pages.len() == 1);
        reports += usize::from(layout.paper.0 < layout.paper.1);
        assert!(
            depths(&layout).iter().all(|depth| *depth > 200.0),
            "{}: {:?}\n{markdown}",
            sheet.stem,
            depths(&layout)
        );
        if let Some(text) = support::output("pdftotext", &["-raw", "-enc", "UTF-8", "-", "-"], &file.bytes) {
            let text = squeezed(&text);
            for line in support::on_one_page(markdown).lines() {
                assert!(is_told(&squeezed(line), &text), "{}: `{line}` is lost of\n{text}", sheet.stem);
            }
        }
        let report = document::read(&report, Lang::Ja);
        let (file, taken) = timed(|| pdf(&report, &upright.figures, &upright.imprint).unwrap());
        report_time += taken;
        report_pages += file.pages;
    }
    println!(
        "{count} sheets: {fit} on one page, {} go on, {reports} are reports; {pages} pages, {} bytes and {:.1} ms a page; {:.1} ms a sheet, \
         beside {:.1} ms of a report of {:.1} pages",
        count as usize - fit,
        bytes / pages,
        time.as_secs_f64() * 1e3 / pages as f64,
        time.as_secs_f64() * 1e3 / count as f64,
        report_time.as_secs_f64() * 1e3 / count as f64,
        report_pages as f64 / count as f64,
    );
}

#[test]
fn sheets_made_by_chance_lose_nothing() {
    look(12);
}

#[test]
#[ignore = "takes minutes"]
fn a_thousand_sheets_lose_nothing() {
    look(std::env::var("GAISAN_SHEETS").map_or(1_000, |count| count.parse().unwrap()));
}
