//! One algebra of amounts: what open, new, ended and negative parts make of the lines above them, on sheets and in comparisons.

use std::fmt::Write;

use gaisan::compose::Templates;
use gaisan::diff::diff;
use gaisan::lineage::Lineage;
use gaisan::model::{Lang, Money, Unit};
use gaisan::render::terminal::{self, Look};
use gaisan::rollup::Rollup;
use gaisan::{examine, sheet};
use proptest::prelude::*;

const OPEN: [(&str, &str); 8] = [
    (
        "stated without 事項要求",
        "requested: 500\nprior: 700\nbreakdown: complete\nprograms:\n  - {id: a, title: 甲, requested: 500, prior: 400}\n  - {id: b, title: 乙, requested: 事項要求, prior: 300}\n",
    ),
    (
        "stated with it",
        "requested: 500+事項要求\nprior: 700\nbreakdown: complete\nprograms:\n  - {id: a, title: 甲, requested: 500, prior: 400}\n  - {id: b, title: 乙, requested: 事項要求, prior: 300}\n",
    ),
    (
        "computed two levels up, with a part that ends",
        "breakdown: complete\nprograms:\n  - id: p\n    title: 甲\n    breakdown: complete\n    children:\n      - {id: a, title: ア, requested: 600, prior: 300}\n      - {id: b, title: イ, requested: 事項要求, prior: 新規}\n      - {id: c1, title: ウ, requested: 終了, prior: 50}\n  - {id: q, title: 乙, requested: 300, prior: 300}\n",
    ),
    (
        "in the wish, and in an account",
        "breakdown: complete\nprograms:\n  - {id: a, title: 甲, requested: {request: 600, wish: 事項要求}, prior: 300}\n  - id: b\n    title: 乙\n    requested: 300\n    prior: 300\n    accounts: [{name: 一般会計, requested: 300, prior: 300}, {name: 特別会計, requested: 事項要求, prior: 0}]\n",
    ),
    (
        "in what is not listed",
        "requested: 1000+事項要求\nprior: 900\nbreakdown: partial\nnotes: [{kind: remark, text: その他がある。}]\nprograms:\n  - {id: a, title: 甲, requested: 600, prior: 300}\n  - {id: b, title: 乙, requested: 100, prior: 新規}\n",
    ),
    (
        "in the prior column",
        "requested: 500\nprior: 300\nbreakdown: complete\nprograms:\n  - {id: a, title: 甲, requested: 300, prior: 300}\n  - {id: b, title: 乙, requested: 200, prior: 事項要求}\n",
    ),
    (
        "said of the whole and of no part",
        "requested: 500+事項要求\nprior: 300\nbreakdown: complete\nprograms:\n  - {id: a, title: 甲, requested: 500, prior: 300}\n",
    ),
    (
        "said of the whole, whose parts have amounts",
        "requested: 事項要求\nprior: 300\nbreakdown: complete\nprograms:\n  - {id: a, title: 甲, requested: 500, prior: 300}\n  - {id: b, title: 乙, requested: 事項要求, prior: 新規}\n",
    ),
];

const COMES_AND_GOES: [(&str, &str); 9] = [
    (
        "all parts end, at two levels",
        "breakdown: complete\nstatus: 終了\nprograms:\n  - id: p\n    title: 甲\n    status: 終了\n    breakdown: complete\n    children:\n      - {id: a, title: ア, requested: 終了, prior: 100}\n      - {id: b, title: イ, requested: 終了, prior: 50}\n  - {id: q, title: 乙, requested: 終了, prior: 7}\n",
    ),
    (
        "all parts are new",
        "breakdown: complete\nprograms:\n  - id: p\n    title: 甲\n    status: 新規\n    breakdown: complete\n    children:\n      - {id: a, title: ア, requested: 100, prior: 新規}\n      - {id: b, title: イ, requested: 50, prior: 新規}\n  - {id: q, title: 乙, requested: 7, prior: 7}\n",
    ),
    (
        "one ends, one begins",
        "breakdown: complete\nprograms:\n  - id: p\n    title: 甲\n    status: 継続\n    breakdown: complete\n    children:\n      - {id: a, title: ア, requested: 100, prior: 新規}\n      - {id: b, title: イ, requested: 終了, prior: 80}\n",
    ),
    (
        "ended, and its part goes on",
        "breakdown: complete\nprograms:\n  - id: p\n    title: 甲\n    requested: 終了\n    prior: 新規\n    breakdown: complete\n    children:\n      - {id: a, title: ア, requested: 100, prior: 90}\n",
    ),
    (
        "an amount over parts that all end",
        "requested: 150\nprior: 150\nbreakdown: complete\nprograms:\n  - {id: a, title: 甲, requested: 終了, prior: 100}\n  - {id: b, title: 乙, requested: 終了, prior: 50}\n",
    ),
    (
        "below what ends, parts of which nothing is said, or -",
        "breakdown: complete\nprograms:\n  - id: p\n    title: 甲\n    requested: 終了\n    prior: 100\n    breakdown: complete\n    children:\n      - {id: a, title: ア, prior: 60}\n      - {id: b, title: イ, requested: \"-\", prior: 40}\n  - id: q\n    title: 乙\n    breakdown: complete\n    children:\n      - {id: c1, title: ウ, requested: 終了, prior: 5}\n      - {id: d, title: エ, requested: \"-\", prior: 7}\n",
    ),
    (
        "below what is new, the same",
        "breakdown: complete\nprograms:\n  - id: p\n    title: 甲\n    requested: 100\n    prior: 新規\n    breakdown: complete\n    children:\n      - {id: a, title: ア, requested: 60}\n      - {id: b, title: イ, requested: 40, prior: \"-\"}\n",
    ),
    (
        "what is not listed of what ends",
        "breakdown: complete\nprograms:\n  - id: p\n    title: 甲\n    requested: 終了\n    prior: 100\n    breakdown: partial\n    notes: [{kind: remark, text: その他がある。}]\n    children: [{id: a, title: ア, requested: 終了, prior: 60}]\n",
    ),
    (
        "accounts of something that ends",
        "requested: 終了\nprior: 100\nbreakdown: complete\nprograms:\n  - id: a\n    title: 甲\n    requested: 終了\n    prior: 100\n    accounts: [{name: 一般会計, requested: 終了, prior: 新規}, {name: 特別会計, requested: 終了, prior: 90}]\n",
    ),
];

const BELOW_ZERO: [(&str, &str); 2] = [
    (
        "a prior below or at zero",
        "requested: 84\nprior: △10\nbreakdown: complete\nprograms:\n  - {id: a, title: 甲, requested: 100, prior: △60}\n  - {id: b, title: 乙, requested: △16, prior: 0}\n  - {id: c1, title: 丙, requested: △0, prior: △50}\n  - {id: d, title: 丁, requested: 0, prior: 100}\n",
    ),
    (
        "a turned sign, accepted and not",
        "breakdown: complete\nprograms:\n  - {id: a, title: 甲, requested: \"△1,000\", prior: \"1,000\"}\n  - {id: b, title: 乙, requested: △5, prior: 5, accept: [{rule: W0305, reason: 執行調整額への振替え}]}\n",
    ),
];

#[test]
fn an_open_amount_leaves_every_line_above_it_open() {
    insta::assert_snapshot!(told(&OPEN, Lang::Ja));
}

#[test]
fn the_help_about_an_open_total_names_the_key_that_its_file_has() {
    let text = "gaisan: 1\nid: x\ntitle: 章\nministry: 府\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nrequested: {amount: 1500, request: 1000, wish: 500}\nprior: {amount: 900, basis: revised}\nbreakdown: complete\nprograms:\n  - {id: a, title: A, requested: {amount: 1500+事項要求, request: 1000, wish: 500+事項要求}, prior: {amount: 900+事項要求, basis: revised}}\n";
    let reading = gaisan::read::read_texts(&[("x.yaml", text)]);
    let found = gaisan::examine(&reading).findings;
    let help: Vec<&str> =
        found.iter().filter(|it| it.code == "W0212").filter_map(|it| it.help.as_deref()).collect();
    assert!(
        help.iter().any(|help| help.starts_with("write `amount: 1500+事項要求` under `requested`")),
        "{found:#?}"
    );
    assert!(
        help.iter().any(|help| help.starts_with("write `amount: 900+事項要求` under `prior`")),
        "{found:#?}"
    );
}

#[test]
fn what_is_all_new_or_all_over_is_so_itself() {
    insta::assert_snapshot!(told(&COMES_AND_GOES, Lang::Ja));
}

#[test]
fn no_rate_is_printed_over_zero_or_less() {
    insta::assert_snapshot!(told(&BELOW_ZERO, Lang::Ja));
}

#[test]
fn english_sheets_have_one_word_for_each_event() {
    insta::assert_snapshot!(told(&[COMES_AND_GOES[0], COMES_AND_GOES[1], BELOW_ZERO[0]], Lang::En));
}

#[test]
fn a_comparison_says_the_same_as_the_sheets() {
    let chapter = |year: u16, body: &str| (format!("{year}.yaml"), chapter(year, body));
    let files = [
        chapter(
            2026,
            "breakdown: complete\nprograms:\n  - id: p\n    title: 終わる事業\n    breakdown: complete\n    children: [{id: a, title: ア, requested: 100, prior: 90}, {id: b, title: イ, requested: 50, prior: 40}]\n  - {id: q, title: 未定の事業, requested: 300, prior: 300}\n  - {id: r, title: 控除, requested: △50, prior: △50}\n  - {id: s, title: 零の事業, requested: 0, prior: 0}\n",
        ),
        chapter(
            2027,
            "breakdown: complete\nprograms:\n  - id: p\n    title: 終わる事業\n    breakdown: complete\n    children: [{id: a, title: ア, requested: 終了, prior: 100}, {id: b, title: イ, requested: 終了, prior: 50}]\n  - {id: q, title: 未定の事業, requested: 事項要求, prior: 300}\n  - {id: r, title: 控除, requested: 60, prior: △50}\n  - {id: s, title: 零の事業, requested: △16, prior: 0}\n",
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let reading = gaisan::read::read_texts(&files);
    let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
    let [old, new] = rollups.as_slice() else { panic!("two years") };
    let diff = diff(&[old], &[new], None).unwrap();
    let look = Look { width: 100, all: true, color: false, bars: false };
    let text = |lang| terminal::text(&sheet::glance(&diff, Some(lang), true), look);
    let shown = [text(Lang::Ja), text(Lang::En), gaisan::diff::csv(&diff).unwrap()];
    insta::assert_snapshot!(shown.join("\n"));
}

proptest! {
    #[test]
    fn a_total_does_not_depend_on_how_its_parts_are_grouped(groups in prop::collection::vec(prop::collection::vec(state(), 1..4), 1..5)) {
        let flat = Money::total(groups.iter().flatten().copied()).unwrap();
        let nested = groups.iter().map(|group| Money::total(group.iter().copied()).unwrap());
        prop_assert_eq!(Money::total(nested).unwrap(), flat);
        prop_assert_eq!(flat.is_open(), groups.iter().flatten().any(|part| part.is_open()));
    }
}

fn state() -> impl Strategy<Value = Money> {
    let texts = ["事項要求", "新規", "終了", "-", "", "0", "500", "△16", "20+事項要求", "9の内数"];
    prop::sample::select(texts.to_vec())
        .prop_map(|text| Money::parse(text, Unit::MILLION_YEN).unwrap_or_default())
}

fn chapter(year: u16, body: &str) -> String {
    format!(
        "gaisan: 1\nid: c\ntitle: 章\nministry: 庁\nfiscal_year: {year}\nstage: request\nunit: 千円\n{body}"
    )
}

/// What is found in each chapter, and the box and the table of its overview.
fn told(chapters: &[(&str, &str)], lang: Lang) -> String {
    let templates = Templates::new(&[]).unwrap();
    let mut told = String::new();
    for (name, body) in chapters {
        let reading = gaisan::read::read_texts(&[("c.yaml", &chapter(2027, body))]);
        let examined = examine(&reading);
        let _ = writeln!(told, "# {name}\n");
        for finding in &examined.findings {
            let help = finding.help.as_deref().unwrap_or_default();
            let _ = writeln!(told, "{}: {} [{help}]", finding.code, finding.message);
        }
        let sheets = sheet::sheets(examined.rollups.first().unwrap(), &Lineage::default(), lang);
        let markdown = templates.markdown(sheets.first().unwrap()).unwrap();
        let shown = markdown.lines().filter(|line| line.starts_with('|') || line.starts_with("!["));
        let _ = writeln!(told, "{}\n", shown.collect::<Vec<_>>().join("\n"));
    }
    told
}

#[test]
fn a_workbook_calls_new_and_over_what_is_so_on_the_sheets_also_where_an_amount_is_open() {
    let text = "gaisan: 1\nid: c\ntitle: 章\nministry: 庁\nfiscal_year: 2024\nstage: request\nunit: 百万円\nbreakdown: complete\nprograms:\n  \
        - {id: a, title: 甲, requested: 事項要求, prior: 新規}\n  - {id: b, title: 乙, requested: 事項要求, prior: 3}\n";
    let reading = gaisan::read::read_texts(&[("c.yaml", text)]);
    let books = gaisan::build::books(&examine(&reading), &Templates::new(&[]).unwrap(), None);
    let book = gaisan::exchange::workbook(&books).unwrap().bytes;
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut sheet = String::new();
    let mut part = parts.by_name("xl/worksheets/sheet1.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut sheet).unwrap();
    assert_eq!(sheet.matches("<v>皆増</v>").count(), 1, "{sheet}");
}
