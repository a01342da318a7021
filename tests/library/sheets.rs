//! The Markdown of the budgets in `budgets/`, as people will read it. A change here is a change of the sheets: it belongs
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
    let history = sheet::History::of(&examined.rollups);
    sheet::sheets(rollup, &history, lang.unwrap_or(rollup.request.lang))
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
    let sheets = sheet::sheets(examined.rollups.first().unwrap(), &sheet::History::default(), Lang::Ja);
    let program = sheets.iter().find(|sheet| sheet.stem == "energy-materials");
    let templates = Templates::new(&[]).unwrap();
    let markdown = templates.markdown(program.unwrap()).unwrap();
    for line in [
        "| うち一般会計 | 4,000百万円（前年度 3,000百万円） |",
        "| うちエネルギー対策特別会計 | 592百万円（前年度 494百万円） |",
        "- **うち委託費**：4,592百万円（新規）",
        "- **うち補助金**：前年度 3,494百万円",
    ] {
        assert!(markdown.lines().any(|found| found == line), "{markdown}");
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
    let history = sheet::History::of(&examined.rollups);
    let templates = Templates::new(&[]).unwrap();
    let sheets = sheet::sheets(&examined.rollups[0], &history, Lang::Ja);
    let pages: Vec<String> = sheets.iter().map(|sheet| templates.markdown(sheet).unwrap()).collect();
    assert_sheet("amounts_not_stated", &pages.join("\n\n"));
}
