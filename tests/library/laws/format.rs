//! Putting a file in order changes nothing that it says, loses no comment, and is done once.

use gaisan::edit::formatted;
use gaisan::read::read_texts;
use insta::assert_snapshot;
use proptest::prelude::*;

use crate::exchange::{Drawn, drawn, keys, told};
use crate::laws::cases;

fn in_order(text: &str) -> String {
    String::from_utf8(formatted(text.as_bytes()).unwrap()).unwrap()
}

#[test]
fn keys_indentation_amounts_and_blocks_are_put_in_order() {
    assert_snapshot!(in_order(
        r####"# about the file
gaisan: 1
unit: 百万円   # the unit
id: x
# about the title
title: 試し

ministry: 防災庁
stage: 概算要求
fiscal_year: R9
programs:
-   title: 一つ目

    # about its amount
    requested: 4592        # and behind it
    id: a
    notes:
        - {kind: remark, text: "12,345 and 12345"}
    prior: {amount: 12345.5, basis: revised}
    body: "## 見出し\n\n- 一\n- 二\n"
    children:
    # the first part
    - {id: b, title: 部分, requested: 1234, prior: "-1000"}
    - prior: 新規
      summary: |
          一行目
            深い行

          # no comment
      title: 二つ目
      id: c
      requested: -12345678
    # at the end of the parts
    breakdown: partial
# at the end of the file
"####
    ));
}

#[test]
fn what_cannot_be_followed_is_left_and_line_ends_stay() {
    assert!(formatted(b"a: [1").is_none());
    let text = "gaisan: 1\r\ntitle: t\r\nid: x\r\nrequested: 4592\r\n";
    let done = formatted(text.as_bytes()).unwrap();
    assert_eq!(done, b"gaisan: 1\r\nid: x\r\ntitle: t\r\nrequested: 4,592\r\n");
    for name in
        ["fy2022/mext-5/q-leap", "fy2022/mext-5/request", "demo-en/storm-walls", "fy2024/mext-5/request"]
    {
        let path = format!("{}/budgets/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let done = in_order(&text);
        assert_eq!(comments(&text), comments(&done), "{name}");
        assert_eq!(in_order(&done), done, "{name}");
    }
}

#[test]
fn the_chapters_of_this_repository_are_in_the_houses_order() {
    let budgets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("budgets");
    let plan = gaisan::drafting::format(&gaisan::read::read(&[budgets]));
    assert!(plan.files.is_empty() && plan.changes.is_empty(), "run `gaisan fmt`: {:?}", plan.files.keys());
}

#[test]
fn keys_within_a_line_are_in_order_too_with_their_comments() {
    let text = "gaisan: 1\nid: x\nnotation:\n  # years\n  years: western\n  negative: △  # sign\naccept:\n  - reason: 理由\n    # which\n    rule: W0203\nprograms:\n  - id: a\n    requested: {wish: 2, request: \"1,000\"}\n    notes: [{text: 一, kind: remark}]\n    period:\n      to: R12   # end\n      from: R7\n    figures:\n      - chart: {parts: [{percent: 100, label: 全}], whole: 計}\n        id: f\n";
    let done = "gaisan: 1\nid: x\nnotation:\n  negative: △  # sign\n  # years\n  years: western\naccept:\n  # which\n  - rule: W0203\n    reason: 理由\nprograms:\n  - id: a\n    requested: {request: \"1,000\", wish: 2}\n    notes: [{kind: remark, text: 一}]\n    period:\n      from: R7\n      to: R12   # end\n    figures:\n      - id: f\n        chart: {whole: 計, parts: [{label: 全, percent: 100}]}\n";
    similar_asserts::assert_eq!(in_order(text), done);
}

#[test]
fn what_stands_below_a_dash_alone_is_put_beside_it() {
    assert_snapshot!(in_order(
        "gaisan: 1\nprograms:\n-\n  title: 一\n  id: a\n- # about the second\n  title: 二\n  id: b\n-\n      # about the id\n      id: c\n      children:\n        -\n\n          title: 子\n          id: d\n      title: 三\n-   \n  - a list in a list\n"
    ));
}

#[test]
fn amounts_of_every_form_are_written_in_groups() {
    let forms = [
        ("△4592", "△4,592"),
        ("12345億6789万円", "12,345億6,789万円"),
        ("4592+事項要求", "4,592+事項要求"),
        ("1234.5678百万円の内数", "1,234.5678百万円の内数"),
        ("0.12345", "0.12345"),
        ("1,234億5678万円", "1,234億5678万円"),
    ];
    for (written, right) in forms {
        assert_eq!(in_order(&format!("requested: {written}\n")), format!("requested: {right}\n"));
    }
}

#[test]
fn a_text_in_quotes_that_becomes_a_block_is_printed_as_before() {
    let joined = "summary: |-\n  量子情報処理と計測に取り組む。\n\n  令和9年度は実装を目指す。\n";
    for quoted in [
        "summary: \"量子情報処理と\n  計測に取り組む。\\n\\n令和9年度は\n  実装を目指す。\"\n",
        "summary: '量子情報処理と\n  計測に取り組む。\n\n\n  令和9年度は\n  実装を目指す。'\n",
    ] {
        similar_asserts::assert_eq!(in_order(quoted), joined);
    }
    let english = "body: \"Two words\n  here.\\n\\tand \\\"there\\\".\"\n";
    similar_asserts::assert_eq!(in_order(english), "body: |-\n  Two words here.\n  \tand \"there\".\n");
}

/// The comments of a file, sorted.
fn comments(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text
        .lines()
        .filter_map(|line| line.split_once(" # ").or(line.split_once("# ")))
        .map(|it| it.1.to_owned())
        .collect();
    found.sort();
    found
}

/// Draws numbers (SplitMix64).
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % (end as u64)).unwrap()
    }
}

/// A line as nobody should lay it out: keys in any order, any indentation, comments and blank lines anywhere.
fn scrambled(line: &Drawn, count: &mut usize, draws: &mut Draws) -> String {
    let mut keys = keys(line, count);
    let number = *count;
    if !line.children.is_empty() {
        let margin = " ".repeat(draws.below(5));
        let parts: String = line.children.iter().map(|child| scrambled(child, count, draws)).collect();
        let parts = parts.lines().map(|line| format!("{margin}{line}\n"));
        keys.push(format!("children:\n{}", parts.collect::<String>()));
    }
    let mut text = String::new();
    while !keys.is_empty() {
        let key = keys.remove(draws.below(keys.len()));
        if !text.is_empty() {
            text += ["", "\n", "# über\n", "\n# 注\n"][draws.below(4)];
        }
        let (head, rest) = key.split_once('\n').unwrap();
        let behind = if draws.below(4) == 0 { format!("   # behind {number}") } else { String::new() };
        text += &format!("{head}{behind}\n{rest}");
    }
    let gap = 1 + draws.below(3);
    let lines = text.lines().enumerate().map(|(at, line)| match (at, line) {
        (0, line) => format!("-{}{line}\n", " ".repeat(gap)),
        (_, "") => "\n".to_owned(),
        (_, line) => format!("{}{line}\n", " ".repeat(gap + 1)),
    });
    lines.collect()
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_file_says_the_same_when_it_is_in_order(programs in prop::collection::vec(drawn(), 1..4), seed in any::<u64>()) {
        let (mut draws, mut count) = (Draws(seed), 0);
        let programs: String = programs.iter().map(|program| scrambled(program, &mut count, &mut draws)).collect();
        let text = format!(
            "# file\ntitle: 試し\ngaisan: 1\nunit: 百万円\nid: x\nstage: 概算要求\nministry: 防災庁\nfiscal_year: R9\nprograms:\n{programs}breakdown: partial\n",
        );
        let read = |text: &str| read_texts(&[("request.yaml", text)]).requests.first().map(told);
        let done = in_order(&text);
        prop_assert!(read(&text).is_some(), "{}", text);
        prop_assert_eq!(read(&text), read(&done), "{}\n{}", text, done);
        prop_assert_eq!(comments(&text), comments(&done), "{}\n{}", text, done);
        prop_assert_eq!(in_order(&done), done);
    }
}
