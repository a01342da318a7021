//! The Markdown of the budgets in `budgets/`, as the templates compose it. A change here is a change of the sheets: it belongs
//! into the change log under *Sheets*.

use std::path::PathBuf;

use gaisan::compose::Templates;
use gaisan::diagnostic::{Color, text};
use gaisan::model::Lang;
use gaisan::{examine, sheet};

/// The Markdown of all sheets of a chapter by their names, in printed order.
fn sheets(chapter: &str, lang: Option<Lang>) -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("budgets").join(chapter);
    let reading = gaisan::read::read(&[folder]);
    let examined = examine(&reading);
    assert!(!examined.has_errors(), "{}", text(&examined.findings, &reading.sources, Color::Never));
    let [rollup] = examined.rollups.as_slice() else {
        panic!("`{chapter}` is one chapter");
    };
    let templates = Templates::new(&[]).unwrap();
    let lineage = gaisan::lineage::Lineage::of(&examined.rollups);
    sheet::sheets(rollup, &lineage, lang.unwrap_or(rollup.request.lang))
        .into_iter()
        .map(|sheet| (sheet.stem.clone(), templates.markdown(&sheet).unwrap()))
        .collect()
}

fn assert_sheet(name: &str, markdown: &str) {
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, markdown);
    });
}

#[test]
fn the_seven_sheets_of_the_real_chapter_stay_as_they_are() {
    let sheets = sheets("fy2022/mext-5", None);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "overview",
            "materials-dx",
            "q-leap",
            "research-data-ecosystem",
            "aip",
            "math-platform",
            "economic-security"
        ]
    );
    for (name, markdown) in &sheets {
        assert_sheet(&format!("fy2022_{name}"), markdown);
    }
}

/// Facts and figures are the source's; its sentences are not in this repository.
#[test]
fn every_fact_of_the_real_chapters_source_stands_on_its_sheet() {
    let sheets = sheets("fy2022/mext-5", None);
    let mut sheet = None;
    let mut missing = Vec::new();
    for fact in include_str!("../data/mext-5-facts.txt").lines().skip(1).filter(|line| !line.is_empty()) {
        let name = fact.strip_prefix("## ").and_then(|name| sheets.iter().find(|(stem, _)| stem == name));
        if let Some((_, markdown)) = name {
            sheet = Some(markdown);
        } else if !sheet.unwrap().contains(fact) {
            missing.push(fact);
        }
    }
    assert!(missing.is_empty(), "not on their sheets: {missing:#?}");
}

#[test]
fn the_real_overview_in_english_stays_as_it_is() {
    let sheets = sheets("fy2022/mext-5", Some(Lang::En));
    assert_sheet("fy2022_overview_en", &sheets.first().unwrap().1);
}

#[test]
fn the_english_demo_stays_as_it_is() {
    let sheets = sheets("demo-en", None);
    for wanted in ["overview", "storm-walls"] {
        let (_, markdown) = sheets.iter().find(|(name, _)| name == wanted).unwrap();
        assert_sheet(&format!("demo_{wanted}"), markdown);
    }
}

#[test]
fn accounts_and_instruments_stand_in_the_box_and_with_a_part() {
    let chapter = "\
gaisan: 1
id: materials-4
title: 革新的材料の研究開発
ministry: 文部科学省
fiscal_year: 令和4年度
stage: 概算要求
unit: 百万円
requested: 4,592
prior: 3,494
breakdown: complete
programs:
  - id: energy-materials
    title: エネルギー材料の研究開発
    requested: 4,592
    prior: 3,494
    breakdown: complete
    accounts:
      - {name: 一般会計, requested: \"4,000\", prior: \"3,000\"}
      - {name: エネルギー対策特別会計, requested: 592, prior: 494}
    children:
      - id: batteries
        title: 蓄電池
        requested: 4,592
        prior: 3,494
        instruments:
          - {name: 委託費, requested: \"4,592\", prior: 新規}
          - {name: 補助金, prior: \"3,494\"}
";
    let reading = gaisan::read::read_texts(&[("request.yaml", chapter)]);
    let examined = examine(&reading);
    assert!(!examined.has_errors());
    let sheets =
        sheet::sheets(examined.rollups.first().unwrap(), &gaisan::lineage::Lineage::default(), Lang::Ja);
    let program = sheets.iter().find(|sheet| sheet.stem == "energy-materials");
    let templates = Templates::new(&[]).unwrap();
    let markdown = templates.markdown(program.unwrap()).unwrap();
    for line in [
        "| 会計別：一般会計 | 4,000百万円（前年度 3,000百万円） |",
        "| 会計別：エネルギー対策特別会計 | 592百万円（前年度 494百万円） |",
        "- **経費別：委託費**：4,592百万円（新規）",
        "- **経費別：補助金**：前年度 3,494百万円",
    ] {
        assert!(markdown.lines().any(|found| found == line), "{markdown}");
    }
}

/// A part without text, and more accounts than a page's band has room for.
#[test]
fn many_accounts_stand_in_a_table_and_a_part_that_says_nothing_only_in_its_own() {
    let accounts: String =
        (0..8).map(|at| format!("      - {{name: 勘定{at}, requested: 10, prior: 10}}\n")).collect();
    let long = "大学と研究機関が共同で利用する設備を更新する。".repeat(10);
    let chapter = format!(
        "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: 令和4年度\nstage: 概算要求\nunit: 百万円\nrequested: 80\nprior: 80\n\
         breakdown: complete\nprograms:\n  - id: p\n    title: 事業\n    requested: 80\n    prior: 80\n    breakdown: complete\n    accounts:\n\
         {accounts}    children:\n      - {{id: mute, title: 無言, requested: 40, prior: 40}}\n      - {{id: told, title: 詳説, requested: 40, prior: 40, summary: {long}}}\n"
    );
    let reading = gaisan::read::read_texts(&[("request.yaml", chapter.as_str())]);
    let examined = examine(&reading);
    let found =
        sheet::sheets(examined.rollups.first().unwrap(), &gaisan::lineage::Lineage::default(), Lang::Ja);
    let program = found.iter().find(|sheet| sheet.stem == "p").unwrap();
    let markdown = Templates::new(&[]).unwrap().markdown(program).unwrap();
    let (band, table) = markdown.split_once("## 会計別・経費別").unwrap();
    assert!(!band.contains("勘定") && band.contains("増減額"), "{markdown}");
    assert_eq!(table.matches("| 会計別：勘定").count(), 8);
    assert!(
        table.contains("### 詳説") && !table.contains("### 無言") && table.contains("| 無言 |"),
        "{markdown}"
    );
}

#[test]
fn no_table_of_accounts_stands_where_there_are_none() {
    let sheet = |more: &str| {
        let chapter = format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: 令和4年度\nstage: 概算要求\nunit: 百万円\nbreakdown: complete\n\
             programs:\n  - id: p\n    title: 事業\n    requested: {{request: 60, wish: 40}}\n    prior: 50\n    enacted: 90\n    supplementary: 10\n{more}"
        );
        let reading = gaisan::read::read_texts(&[("request.yaml", chapter.as_str())]);
        let examined = examine(&reading);
        let found =
            sheet::sheets(examined.rollups.first().unwrap(), &gaisan::lineage::Lineage::default(), Lang::Ja);
        let program = found.iter().find(|sheet| sheet.stem == "p").unwrap();
        Templates::new(&[]).unwrap().markdown(program).unwrap()
    };
    let without = sheet("");
    let band = without.split("## ").nth(1).unwrap();
    assert!(band.matches("\n| ").count() > 6 && !without.contains("{.sources"), "{without}");
    let with = sheet("    accounts: [{name: 一般会計, requested: 100, prior: 50}]\n");
    assert_eq!(with.matches("{.sources").count(), 1, "{with}");
}

#[test]
fn a_sheet_that_is_one_long_table_says_what_rose_and_fell_and_how_much() {
    let sheet = |lines: usize, last: &str, more: &str| {
        let line = |at: usize| {
            format!(
                "      - {{id: c{at}, title: 事項{at}, requested: {}, prior: {}}}\n",
                100 + at * at,
                110 + 2 * at
            )
        };
        let lines: String = (1..lines).map(line).collect();
        let chapter = format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: 令和4年度\nstage: 概算要求\nunit: 百万円\nbreakdown: complete\n\
             programs:\n  - id: p\n    title: 事業\n    breakdown: complete\n{more}    children:\n{lines}      - {{id: last, title: 末, requested: 7, prior: {last}}}\n"
        );
        let reading = gaisan::read::read_texts(&[("request.yaml", chapter.as_str())]);
        let examined = examine(&reading);
        let found =
            sheet::sheets(examined.rollups.first().unwrap(), &gaisan::lineage::Lineage::default(), Lang::Ja);
        let program = found.iter().find(|sheet| sheet.stem == "p").unwrap();
        (
            Templates::new(&[]).unwrap().markdown(program).unwrap(),
            program.figures.contains_key("figures/p-moves.svg"),
        )
    };
    // Lines 1 to 4 fall, from 5 on they rise; the last one is new.
    let (markdown, is_drawn) = sheet(14, "新規", "");
    let (moves, table) = markdown.split_once("## 内訳").unwrap();
    let rose: i64 = (5..14).map(|at| at * at - 10 - 2 * at).sum::<i64>() + 7;
    for row in [
        "| 前年度予算額 | | 1,612 |",
        &format!("| 増額 | 10 | {rose} |"),
        "| 減額 | 4 | △30 |",
        "| 同額 | 0 | 0 |",
    ] {
        assert!(moves.contains(row), "`{row}` is not in {moves}");
    }
    assert!(is_drawn && moves.contains("増減の大きい事業") && !table.contains(".bars"), "{markdown}");
    for (lines, last, more) in [
        (6, "新規", ""),
        (40, "新規", ""),
        (14, "記載なし", ""),
        (14, "新規", "    body: 本文。\n"),
        (14, "7, notes: [{kind: recount, of: c1}]", ""),
    ] {
        let (markdown, is_drawn) = sheet(lines, last, more);
        assert!(!markdown.contains("増減の内訳") && !is_drawn, "{markdown}");
        assert!(markdown.contains("{.breakdown .bars #breakdown}"));
    }
}

#[test]
fn an_amount_that_is_not_stated_is_blank_and_in_no_sum() {
    let chapter = "\
gaisan: 1
id: harbors-1
title: 港湾の強靱化
ministry: 国土交通省
fiscal_year: 令和4年度
stage: 概算要求
unit: 百万円
requested: 2,000
breakdown: complete
prior: 記載なし
programs:
  - {id: breakwaters, title: 防波堤の改良, requested: \"1,400\", prior: 記載なし, accounts: [{name: 一般会計, requested: 記載なし, prior: 300}]}
  - {id: tide-gauges, title: 潮位観測網, requested: 記載なし, prior: 380}
  - id: drills
    title: 訓練
    breakdown: complete
    children:
      - {id: ports, title: 港ごと, requested: 100, prior: 90}
      - {id: national, title: 全国, requested: 記載なし, prior: 60}
";
    let reading = gaisan::read::read_texts(&[("request.yaml", chapter)]);
    let examined = examine(&reading);
    assert!(!examined.has_errors(), "{}", text(&examined.findings, &reading.sources, Color::Never));
    let lineage = gaisan::lineage::Lineage::of(&examined.rollups);
    let templates = Templates::new(&[]).unwrap();
    let sheets = sheet::sheets(&examined.rollups[0], &lineage, Lang::Ja);
    let pages: Vec<String> = sheets.iter().map(|sheet| templates.markdown(sheet).unwrap()).collect();
    assert_sheet("amounts_not_stated", &pages.join("\n\n"));
}

/// Two programs, one with parts that say everything a part can, as sheets by their names.
fn noted() -> Vec<(String, String)> {
    let chapter = "\
gaisan: 1
id: notes-1
title: 試験章
ministry: 試験省
fiscal_year: 令和4年度
stage: 概算要求
unit: 百万円
requested: 160
prior: 100
breakdown: complete
programs:
  - {id: a, title: 甲, requested: 60, prior: 50, notes: [{kind: in_addition, text: 別途計上。, amount: 5}, {kind: joint, with: 内閣府}]}
  - id: b
    title: 乙
    requested: 100
    prior: {amount: 50, basis: restated}
    notes: [{kind: remark, text: 組替えの経緯は別に示す。}]
    breakdown: complete
    children:
      - id: b1
        title: 乙の一
        requested: 100
        prior: {amount: 50, basis: combined}
        notes: [{kind: remark, text: 子の備考}, {kind: estimate, of: 交付金}]
        summary: 一覧に載る要約。
        body: 個票に載る本文。
        accept: [{rule: W0303, reason: 規模の拡大}]
        children:
          - {id: b11, title: 乙の一の一, requested: 60, prior: 50, summary: 孫の要約。, body: 孫の本文。}
        breakdown: partial
";
    let reading = gaisan::read::read_texts(&[("request.yaml", chapter)]);
    let rollups = examine(&reading).rollups;
    let templates = Templates::new(&[]).unwrap();
    let sheets = sheet::sheets(rollups.first().unwrap(), &gaisan::lineage::Lineage::default(), Lang::Ja);
    sheets.iter().map(|sheet| (sheet.stem.clone(), templates.markdown(sheet).unwrap())).collect()
}

fn named<'s>(sheets: &'s [(String, String)], name: &str) -> &'s str {
    sheets.iter().find(|(stem, _)| stem == name).map(|(_, markdown)| markdown.as_str()).unwrap()
}

#[test]
fn a_table_says_every_note_of_its_lines_and_a_remark_once() {
    let sheets = noted();
    let overview = named(&sheets, "overview");
    for cell in [
        "別途計上（5百万円）。内閣府と共に要求 |",
        "組替えの経緯は別に示す。運営費交付金中の推計額含む。前年度予算額・組替え後 |",
        "子の備考。交付金中の推計額。前年度予算額は他事業との合計額 |",
    ] {
        assert!(overview.contains(cell), "{cell}: {overview}");
    }
    assert_eq!(overview.matches("組替えの経緯").count(), 1, "{overview}");
    let program = named(&sheets, "b");
    assert_eq!(program.matches("子の備考").count(), 1, "{program}");
}

#[test]
fn a_part_with_a_card_has_its_summary_there_and_its_text_in_the_sheet() {
    let sheets = noted();
    let (overview, program) = (named(&sheets, "overview"), named(&sheets, "b"));
    assert!(overview.contains("一覧に載る要約。") && !overview.contains("個票に載る本文。"), "{overview}");
    assert!(program.contains("個票に載る本文。") && !program.contains("一覧に載る要約。"), "{program}");
    assert!(program.contains("孫の要約。") && program.contains("孫の本文。"), "{program}");
}

#[test]
fn an_accepted_finding_names_the_line_that_it_is_about() {
    let sheets = noted();
    for sheet in ["overview", "b"] {
        let said = "- 乙の一に関する留意事項：規模の拡大（検査項目：W0303）";
        assert!(named(&sheets, sheet).contains(said), "{said}");
    }
    assert!(!named(&sheets, "a").contains("留意事項："));
}

#[test]
fn a_text_without_a_heading_does_not_fall_into_the_box_before_it() {
    let sheet = |text: &str| {
        let chapter = format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: 令和4年度\nstage: 概算要求\nunit: 百万円\nrequested: 60\nprior: 50\n\
             breakdown: complete\nprograms:\n  - id: p\n    title: 光・量子\n      飛躍 Q-LEAP\n      program\n    requested: 60\n    prior: 50\n    points: |\n      - 着手\n\n      ## 小見出し\n{text}"
        );
        let reading = gaisan::read::read_texts(&[("request.yaml", &chapter)]);
        let examined = examine(&reading);
        assert!(!examined.has_errors(), "{}", text_of(&examined, &reading));
        let sheets =
            sheet::sheets(examined.rollups.first().unwrap(), &gaisan::lineage::Lineage::default(), Lang::Ja);
        Templates::new(&[]).unwrap().markdown(sheets.last().unwrap()).unwrap()
    };
    let unheaded = sheet("    body: |\n      見出しのない本文。\n");
    let points = "{.box #points}\n\n- 着手\n\n### 小見出し\n\n";
    assert!(
        unheaded.contains(&format!("{points}## 概要 {{.overview #overview}}\n\n見出しのない本文。")),
        "{unheaded}"
    );
    assert!(unheaded.starts_with("# 光・量子飛躍 Q-LEAP program {.one-page}\n"), "{unheaded}");
    let headed = sheet("    body: |\n      ## 背景\n\n      本文。\n");
    assert!(headed.contains(&format!("{points}## 背景\n\n本文。")), "{headed}");
    let chart = "    figures: [{id: f, alt: 図, chart: {whole: 全体, parts: [{label: 甲, percent: 約4割}, {label: 乙, percent: 約6割}]}}]\n";
    let figure = sheet(chart);
    assert!(figure.contains(&format!("{points}## 概要 {{.overview #overview}}\n\n![図]")), "{figure}");
}

fn text_of(examined: &gaisan::Examined<'_>, reading: &gaisan::read::Reading) -> String {
    text(&examined.findings, &reading.sources, Color::Never)
}
