//! Text stays text: it appears as it was written and is never markup.

use gaisan::compose::Templates;
use gaisan::examine;
use gaisan::model::Lang;
use gaisan::read::read_texts;
use gaisan::render::html;
use proptest::prelude::*;
use proptest::sample::select;

use crate::laws::cases;
use crate::support::{squeezed, tag_name, tags};

/// A chapter in which every title, name and label is one of the given texts.
fn titled(texts: &[String]) -> String {
    let quoted =
        |at: usize| format!("\"{}\"", texts[at % texts.len()].replace('\\', "\\\\").replace('"', "\\\""));
    format!(
        "gaisan: 1
id: chapter
title: {title}
lang: ja
ministry: {ministry}
fiscal_year: R9
stage: request
unit: 百万円
requested: 3
prior: 2
breakdown: complete
notes:
  - {{kind: remark, text: {note}}}
programs:
  - id: program
    title: {program}
    operator: {operator}
    requested: 3
    prior: 2
    breakdown: complete
    notes:
      - {{kind: joint, with: [{with}, {with}]}}
    areas:
      - title: {area}
        groups:
          - title: {group}
            recipients: [{recipient}]
    funding_flow:
      title: {flow}
      nodes:
        - {{id: state, label: {state}, kind: state}}
        - {{id: other, label: {state}}}
      edges:
        - {{from: state, to: other, instrument: {state}}}
    logic_model:
      outputs: [{output}]
    figures:
      - id: share
        title: {figure}
        alt: {figure}
        chart: {{whole: {figure}, parts: [{{label: a, percent: 20}}, {{label: b, percent: 80}}]}}
    children:
      - id: part
        title: {part}
        requested: 3
        prior: 2
        figures:
          - id: part-share
            title: {part_figure}
            alt: {part_figure}
            chart: {{whole: w, parts: [{{label: a, percent: 20}}, {{label: b, percent: 80}}]}}
        funding_flow:
          title: {part_flow}
          nodes:
            - {{id: state, label: s, kind: state}}
            - {{id: other, label: o}}
          edges:
            - {{from: state, to: other, instrument: i}}
",
        title = quoted(0),
        ministry = quoted(1),
        note = quoted(2),
        program = quoted(3),
        operator = quoted(4),
        with = quoted(5),
        area = quoted(6),
        group = quoted(7),
        recipient = quoted(8),
        flow = quoted(9),
        state = quoted(10),
        // A list item may begin with a marker of its own, so this one begins with a letter.
        output = quoted(11).replacen('"', "\"x", 1),
        figure = quoted(12),
        part = quoted(13),
        part_figure = quoted(14),
        part_flow = quoted(15),
    )
}

const TITLES: usize = 16;
/// The places in [`titled`] whose texts stand on no sheet but in drawings.
const DRAWN: [usize; 1] = [10];

/// One line of printable text, rich in what Markdown and HTML would read as markup.
fn title() -> impl Strategy<Value = String> {
    let markup = select(vec![
        "*", "**", "_", "`", "|", "[", "]", "(", ")", "<", ">", "#", " #", "~", "~~", "\\", "&", "&amp;",
        "&#35;", "!", "![", "](", "{", "}", "{#id}", "{.box}", "1. ", "1) ", "- ", "+ ", "= ", "---", ": ",
        "> ", "$", "$x$", "^", "[^1]", "\"", "'", "<b>", "</p>", "<!--", "https://example.org",
        "x@example.org", "{{ title }}", "{% if %}", "*a*", "`a`", "==", "++", "||", "\\|", "\\", ":a:",
    ]);
    let piece = prop_oneof![3 => markup.prop_map(str::to_owned), 2 => select(vec!["量子", "研究、", "「鍵」", "a", "Z", "0", "1", "　", " "]).prop_map(str::to_owned), 1 => "\\PC{1,3}"];
    proptest::collection::vec(piece, 1..7)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("has something to show", |text| !squeezed(text).is_empty())
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_text_appears_as_it_was_written_and_is_never_markup(texts in proptest::collection::vec(title(), TITLES)) {
        let reading = read_texts(&[("request.yaml", &titled(&texts))]);
        let errors = reading.findings.iter().filter(|finding| finding.severity == gaisan::diagnostic::Severity::Error);
        let readable = errors.clone().count() == 0;
        // Characters that no text may have, and what a spreadsheet shows in a narrow cell, are refused by reading, with a finding.
        prop_assume!(readable || errors.clone().any(|finding| !["E0110", "E0114"].contains(&finding.code)));
        prop_assert!(readable, "{:#?}", reading.findings);
        let examined = examine(&reading);
        let harmless: Vec<String> = (0..TITLES).map(|at| format!("x{at}")).collect();
        let plain_reading = read_texts(&[("request.yaml", &titled(&harmless))]);
        let plain = examine(&plain_reading);
        let templates = Templates::new(&[]).unwrap();
        let pages = |examined: &gaisan::Examined<'_>| -> Vec<(String, String)> {
            let sheets = gaisan::sheet::sheets(&examined.rollups[0], &gaisan::lineage::Lineage::default(), Lang::Ja);
            let made = sheets.iter().map(|sheet| {
                let document = gaisan::document::read(&templates.markdown(sheet).unwrap(), Lang::Ja);
                (document.plain(), html::page(&document, &sheet.figures, &sheet.imprint))
            });
            made.collect()
        };
        let (made, bare) = (pages(&examined), pages(&plain));
        let words = squeezed(&made.iter().map(|(words, _)| words.as_str()).collect::<String>());
        for (at, text) in texts.iter().enumerate().filter(|(at, _)| !DRAWN.contains(at)) {
            let text = gaisan::source::cleaned(text);
            prop_assert!(words.contains(&squeezed(&text)), "text {at}, {text:?}, is not in {words}");
        }
        for ((_, page), (_, bare)) in made.iter().zip(&bare) {
            let structure = |page: &str| -> Vec<String> {
                let mut in_drawing = false;
                let outside = tags(page).filter(|tag| {
                    in_drawing = tag.starts_with("<svg") || in_drawing && *tag != "</svg>";
                    // What words need more room than others is drawn a second time, for narrow screens.
                    !in_drawing && !matches!(tag_name(tag), "wbr" | "span" | "figcaption" | "svg")
                });
                outside.map(|tag| tag.split(' ').next().unwrap_or_default().to_owned()).collect()
            };
            let (found, wanted) = (structure(page), structure(bare));
            prop_assert!(found == wanted, "{found:?}\nshould be\n{wanted:?}");
        }
    }
}
