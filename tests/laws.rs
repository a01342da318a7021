//! Laws that hold for every input, not only for the chapters we thought of.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may fail loudly"
)]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write;

use gaisan::compose::Templates;
use gaisan::diagnostic::{Color, text};
use gaisan::examine;
use gaisan::model::{Amount, Lang, Rounding, Unit};
use gaisan::read::{Reading, read_texts};
use gaisan::render::{html, pdf};
use gaisan::source::Span;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::{budgets, files, squeezed, tag_name, tags};

/// So many cases, or as many as `PROPTEST_CASES` says, for a longer search.
fn cases(count: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(count),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

// ---- Any text is read, checked and reported.

/// The files of a chapter that comes with gaisan, as (name, text).
fn texts_of(folder: &str) -> Vec<(String, String)> {
    let name = |path: &std::path::Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let text = |path| (name(path), std::fs::read_to_string(path).unwrap());
    files(&budgets(folder))
        .iter()
        .map(|path| text(path))
        .collect()
}

fn read_owned(texts: &[(String, String)]) -> Reading {
    let texts: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    read_texts(&texts)
}

/// A change to a text, at a place given as a share of its length.
#[derive(Clone, Debug)]
enum Edit {
    DeleteLine(Index),
    DoubleLine(Index),
    ReplaceLine(Index, String),
    SwapLines(Index, Index),
    DeleteCharacter(Index),
    ReplaceCharacter(Index, char),
    InsertCharacter(Index, char),
    CutOff(Index),
}

impl Edit {
    fn apply(&self, text: &str) -> String {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let mut characters: Vec<char> = text.chars().collect();
        if characters.is_empty() {
            return text.to_owned();
        }
        let (line, place) = (
            |index: &Index| index.index(text.split('\n').count()),
            |index: &Index| index.index(text.chars().count()),
        );
        match self {
            Self::DeleteLine(at) => drop(lines.remove(line(at))),
            Self::DoubleLine(at) => lines.insert(line(at), lines[line(at)].clone()),
            Self::ReplaceLine(at, by) => lines[line(at)].clone_from(by),
            Self::SwapLines(one, other) => lines.swap(line(one), line(other)),
            Self::DeleteCharacter(at) => drop(characters.remove(place(at))),
            Self::ReplaceCharacter(at, by) => characters[place(at)] = *by,
            Self::InsertCharacter(at, new) => characters.insert(place(at), *new),
            Self::CutOff(at) => characters.truncate(place(at)),
        }
        match self {
            Self::DeleteLine(_)
            | Self::DoubleLine(_)
            | Self::ReplaceLine(..)
            | Self::SwapLines(..) => lines.join("\n"),
            _ => characters.into_iter().collect(),
        }
    }
}

/// Characters that mean something to YAML, to Markdown or to the amounts, and any others.
fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        3 => select(":-#&*!|>'\"%@`{}[],?\\ \t\n\r=~^$<_+./0123456789".chars().collect::<Vec<_>>()),
        2 => select("△▲−－，、。０９億兆百万円年度令和㍻①🎌\u{FEFF}\u{2028}\u{85}\u{200B}\u{2060}\u{202E}\u{0}é\u{301}".chars().collect::<Vec<_>>()),
        1 => any::<char>(),
    ]
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        proptest::collection::vec(character(), 0..60).prop_map(|text| text.into_iter().collect())
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Edit::DeleteLine),
        at().prop_map(Edit::DoubleLine),
        (at(), any_text()).prop_map(|(at, by)| Edit::ReplaceLine(at, by)),
        (at(), at()).prop_map(|(one, other)| Edit::SwapLines(one, other)),
        at().prop_map(Edit::DeleteCharacter),
        (at(), character()).prop_map(|(at, by)| Edit::ReplaceCharacter(at, by)),
        (at(), character()).prop_map(|(at, new)| Edit::InsertCharacter(at, new)),
        at().prop_map(Edit::CutOff),
    ]
}

/// Checks that everything said about what was read can be shown.
fn assert_reportable(reading: &Reading) -> Result<(), TestCaseError> {
    let examined = examine(reading);
    for finding in &examined.findings {
        let places = std::iter::once(&finding.primary).chain(&finding.secondary);
        for Span { file, start, end } in places.map(|label| label.span) {
            let text = &reading.sources.file(file).text;
            prop_assert!(
                text.get(start..end).is_some(),
                "{start}..{end} of {} bytes: {finding:?}",
                text.len()
            );
        }
        prop_assert!(
            !finding.message.is_empty() && gaisan::check::rule(finding.code).is_some(),
            "{finding:?}"
        );
    }
    for color in [Color::Never, Color::Always] {
        prop_assert_eq!(
            text(&examined.findings, &reading.sources, color).is_empty(),
            examined.findings.is_empty()
        );
    }
    Ok(())
}

#[test]
fn a_finding_beside_a_character_that_cannot_be_seen_lies_on_boundaries() {
    for text in [
        "gaisan: 1\ntitle: △\n%\u{feff}\n",
        "\u{feff}\u{feff}%",
        "a: [\u{2028}",
        "requested: 4,5\u{2028}92",
    ] {
        let wrong = assert_reportable(&read_texts(&[("request.yaml", text)]));
        assert!(wrong.is_ok(), "{text:?}: {wrong:?}");
    }
}

/// Renders every sheet of everything that was read, in memory, whatever was found.
fn assert_renderable(reading: &Reading) -> Result<(), TestCaseError> {
    let templates = Templates::new(&[]).unwrap();
    for rollup in &examine(reading).rollups {
        for sheet in gaisan::sheet::sheets(
            rollup,
            &gaisan::sheet::History::of(&examined.rollups),
            rollup.request.lang,
        ) {
            let markdown = templates.markdown(&sheet).unwrap();
            let document = gaisan::document::read(&markdown, rollup.request.lang);
            prop_assert!(
                html::page(&document, &sheet.figures, &sheet.imprint).ends_with("</html>\n")
            );
            prop_assert!(
                pdf::pdf(&document, &sheet.figures, &sheet.imprint)
                    .unwrap()
                    .bytes
                    .starts_with(b"%PDF-1.7")
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_text_is_read_and_every_finding_lies_on_character_boundaries(one in any_text(), two in any_text()) {
        assert_reportable(&read_texts(&[("a.yaml", &one), ("b.yaml", &two)]))?;
        let chapter = format!("gaisan: 1\nid: a\ntitle: {one}\n{two}");
        assert_reportable(&read_texts(&[("a.yaml", &chapter)]))?;
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn any_damage_to_a_chapter_is_reported_on_character_boundaries(
        folder in select(vec!["fy2022/mext-5", "demo-en"]),
        edits in proptest::collection::vec((any::<Index>(), edit()), 1..4),
    ) {
        let mut texts = texts_of(folder);
        for (file, edit) in edits {
            let text = &mut file.get_mut(&mut texts).1;
            *text = edit.apply(text);
        }
        let reading = read_owned(&texts);
        assert_reportable(&reading)?;
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn any_damage_to_a_chapter_leaves_sheets_that_can_be_drawn(
        file in any::<Index>(),
        edits in proptest::collection::vec(edit(), 1..4),
    ) {
        let mut texts = texts_of("demo-en");
        for edit in edits {
            let text = &mut file.get_mut(&mut texts).1;
            *text = edit.apply(text);
        }
        assert_renderable(&read_owned(&texts))?;
    }
}

// ---- Sums.

/// A line of a budget with its exact amount in yen, if it has one of its own, and the lines below it.
#[derive(Clone, Debug)]
struct Tree {
    id: usize,
    own: i128,
    below: Vec<Tree>,
}

impl Tree {
    fn exact(&self) -> i128 {
        if self.below.is_empty() {
            self.own
        } else {
            self.below.iter().map(Self::exact).sum()
        }
    }

    fn numbered(mut self, next: &mut usize) -> Self {
        self.id = *next;
        *next += 1;
        self.below = self
            .below
            .into_iter()
            .map(|line| line.numbered(next))
            .collect();
        self
    }

    fn all(&self) -> Vec<&Self> {
        std::iter::once(self)
            .chain(self.below.iter().flat_map(Self::all))
            .collect()
    }

    /// The tree with the lines below each line in another order.
    fn shuffled(&self, seed: usize) -> Self {
        let mut below: Vec<Self> = self.below.iter().map(|line| line.shuffled(seed)).collect();
        below.sort_by_key(|line| (line.id + 1).wrapping_mul(seed | 1) % 1009);
        Self {
            below,
            ..self.clone()
        }
    }

    /// The tree as a chapter, each line's amount, if it has one, written by a function.
    fn chapter(&self, head: &str, amount: &dyn Fn(&Self) -> Option<String>) -> String {
        let mut yaml = format!(
            "gaisan: 1\nid: chapter\nministry: m\nfiscal_year: FY2027\nstage: request\nunit: 百万円\n{head}"
        );
        self.write(&mut yaml, "", "programs", amount);
        yaml
    }

    /// The rest of a line's entry, and what is below it.
    fn write(
        &self,
        yaml: &mut String,
        indent: &str,
        key: &str,
        amount: &dyn Fn(&Self) -> Option<String>,
    ) {
        let _ = writeln!(yaml, "{indent}title: t\n{indent}prior: new");
        if let Some(amount) = amount(self) {
            let _ = writeln!(yaml, "{indent}requested: {amount}");
        }
        if !self.below.is_empty() {
            let _ = writeln!(yaml, "{indent}breakdown: complete\n{indent}{key}:");
        }
        for line in &self.below {
            let _ = writeln!(yaml, "{indent}  - id: line-{}", line.id);
            line.write(yaml, &format!("{indent}    "), "children", amount);
        }
    }
}

/// Trees whose leaves are at least one 百万円, to the yen.
fn tree() -> impl Strategy<Value = Tree> {
    let leaf = (1_000_000_i128..90_000_000_000).prop_map(|own| Tree {
        id: 0,
        own,
        below: Vec::new(),
    });
    let inner = leaf.prop_recursive(3, 24, 5, |line| {
        proptest::collection::vec(line, 1..5).prop_map(|below| Tree {
            id: 0,
            own: 0,
            below,
        })
    });
    proptest::collection::vec(inner, 1..5).prop_map(|below| {
        Tree {
            id: 0,
            own: 0,
            below,
        }
        .numbered(&mut 0)
    })
}

/// An amount of yen as a budget prints it, rounded to 10^`places` yen in 百万円.
fn printed(yen: i128, rule: Rounding, decimals: u8) -> (Amount, String) {
    let million = Unit::parse("百万円").unwrap();
    let exact = Amount::from_smallest_units(yen * 100, Unit::parse("円").unwrap(), 0).unwrap();
    let rounded = exact.rounded_to(million, decimals, rule).unwrap();
    (
        rounded,
        gaisan::notation::Notation::new(Lang::Ja).figure(&rounded, million),
    )
}

fn rounding() -> impl Strategy<Value = (Rounding, &'static str)> {
    select(vec![
        (Rounding::HalfUp, "四捨五入"),
        (Rounding::Truncate, "切捨て"),
        (Rounding::Ceiling, "切上げ"),
    ])
}

/// The codes of what is wrong with a chapter.
fn codes(chapter: &str) -> BTreeSet<&'static str> {
    let reading = read_texts(&[("request.yaml", chapter)]);
    assert_eq!(reading.requests.len(), 1, "{chapter}");
    examine(&reading)
        .findings
        .iter()
        .map(|finding| finding.code)
        .collect()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_sum_does_not_depend_on_the_order_of_its_parts(tree in tree(), units in any::<u64>(), seed in any::<usize>()) {
        // Some totals are left to be added up, and the leaves are stated in different units.
        let amount = |line: &Tree| {
            let choice = (units >> (line.id % 60)) & 3;
            Some(match (line.below.is_empty(), choice) {
                (false, 0) => return None,
                (false, _) => format!("{}円", line.exact()),
                (true, 0) => format!("{}円", line.own),
                (true, 1) => format!("{}千円", line.own / 1000),
                (true, 2) => format!("{}", line.own / 1_000_000),
                (true, _) => format!("{}億円", line.own / 100_000_000),
            })
        };
        let rows = |tree: &Tree| {
            let chapter = tree.chapter("", &amount);
            let reading = read_texts(&[("request.yaml", &chapter)]);
            let rollups = examine(&reading).rollups;
            let mut rows: Vec<_> = rollups[0]
                .rows
                .iter()
                .map(|row| (row.line.id.value.to_string(), row.requested.amount, row.requested.listed, row.requested.remainder))
                .collect();
            rows.sort_by(|one, other| one.0.cmp(&other.0));
            rows
        };
        let shuffled = tree.shuffled(seed);
        prop_assert_eq!(rows(&tree), rows(&shuffled));
    }

    #[test]
    fn honest_rounding_is_never_called_wrong(tree in tree(), (rule, name) in rounding(), decimals in 0_u8..=3, stated in any::<bool>()) {
        let head = if stated { format!("rounding: {name}\n") } else { String::new() };
        let chapter = tree.chapter(&head, &|line| Some(printed(line.exact(), rule, decimals).1));
        let reading = read_texts(&[("request.yaml", &chapter)]);
        for finding in examine(&reading).findings {
            // Where the rule is not stated, the true one is among those that the sums are said to fit.
            let names_it = !stated && finding.code == "N0210" && finding.message.contains(name);
            prop_assert!(names_it, "{finding:?}\n{chapter}");
        }
    }

    #[test]
    fn a_line_moved_beyond_rounding_is_always_found(
        tree in tree(), (rule, name) in rounding(), decimals in 0_u8..=3, at in any::<Index>(), up in any::<bool>(),
    ) {
        let inner: Vec<&Tree> = tree.all().into_iter().filter(|line| !line.below.is_empty()).collect();
        let parent = at.get(&inner);
        let moved = at.get(&parent.below).id;
        // Rounding reaches less than half a quantum up or down (or one whole quantum in one direction) for each line and for the
        // total, so that this many quanta lie beyond it whatever the lines were.
        let quanta = i128::try_from(parent.below.len()).unwrap() + 1;
        let quantum = 10_i128.pow(6 - u32::from(decimals));
        let amount = |line: &Tree| {
            let exact = line.exact();
            let by = if line.id == moved { quanta * quantum } else { 0 };
            // A line is not moved to zero or below, where rounding reaches further.
            let by = if up || exact - by < 2 * quantum { by } else { -by };
            Some(printed(exact + by, rule, decimals).1)
        };
        let chapter = tree.chapter(&format!("rounding: {name}\n"), &amount);
        prop_assert!(codes(&chapter).contains("E0201"), "line-{moved}\n{chapter}");
    }
}

// ---- Text stays text.

/// A chapter in which every title, name and label is one of the given texts.
fn titled(texts: &[String]) -> String {
    let quoted = |at: usize| {
        format!(
            "\"{}\"",
            texts[at % texts.len()]
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
        )
    };
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
        "*",
        "**",
        "_",
        "`",
        "|",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "#",
        " #",
        "~",
        "~~",
        "\\",
        "&",
        "&amp;",
        "&#35;",
        "!",
        "![",
        "](",
        "{",
        "}",
        "{#id}",
        "{.box}",
        "1. ",
        "1) ",
        "- ",
        "+ ",
        "= ",
        "---",
        ": ",
        "> ",
        "$",
        "$x$",
        "^",
        "[^1]",
        "\"",
        "'",
        "<b>",
        "</p>",
        "<!--",
        "https://example.org",
        "x@example.org",
        "{{ title }}",
        "{% if %}",
        "*a*",
        "`a`",
        "==",
        "++",
        "||",
        "\\|",
        "\\",
        ":a:",
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
        let readable = reading.findings.is_empty();
        // Characters that no text may have are refused by reading, with a finding.
        prop_assume!(readable || reading.findings.iter().any(|finding| finding.code != "E0110"));
        prop_assert!(readable, "{:#?}", reading.findings);
        let examined = examine(&reading);
        let harmless: Vec<String> = (0..TITLES).map(|at| format!("x{at}")).collect();
        let plain_reading = read_texts(&[("request.yaml", &titled(&harmless))]);
        let plain = examine(&plain_reading);
        let templates = Templates::new(&[]).unwrap();
        let pages = |examined: &gaisan::Examined<'_>| -> Vec<(String, String)> {
            let sheets = gaisan::sheet::sheets(&examined.rollups[0], &gaisan::sheet::History::default(), Lang::Ja);
            let made = sheets.iter().map(|sheet| {
                let document = gaisan::document::read(&templates.markdown(sheet).unwrap(), Lang::Ja);
                (document.plain(), html::page(&document, &sheet.figures, &sheet.imprint))
            });
            made.collect()
        };
        let (made, bare) = (pages(&examined), pages(&plain));
        let words = squeezed(&made.iter().map(|(words, _)| words.as_str()).collect::<String>());
        for (at, text) in texts.iter().enumerate().filter(|(at, _)| !DRAWN.contains(at)) {
            prop_assert!(words.contains(&squeezed(text)), "text {at}, {text:?}, is not in {words}");
        }
        for ((_, page), (_, bare)) in made.iter().zip(&bare) {
            let structure = |page: &str| -> Vec<String> {
                let mut in_drawing = false;
                let outside = tags(page).filter(|tag| {
                    in_drawing = tag.starts_with("<svg") || in_drawing && *tag != "</svg>";
                    !in_drawing && !matches!(tag_name(tag), "wbr" | "span" | "figcaption")
                });
                outside.map(|tag| tag.split(' ').next().unwrap_or_default().to_owned()).collect()
            };
            let (found, wanted) = (structure(page), structure(bare));
            prop_assert!(found == wanted, "{found:?}\nshould be\n{wanted:?}");
        }
    }
}

// ---- The same input gives the same bytes.

#[test]
fn the_same_chapter_gives_the_same_bytes_on_one_thread_and_on_eight() {
    let reading = support::reading("fy2022/mext-5");
    let contents = |jobs: usize| {
        let out = tempfile::tempdir().unwrap();
        let built = support::built(&reading, out.path(), jobs);
        let all = files(out.path());
        assert_eq!(all.len(), built.files);
        let content = |path: &std::path::PathBuf| {
            (
                path.strip_prefix(out.path()).unwrap().to_path_buf(),
                std::fs::read(path).unwrap(),
            )
        };
        all.iter().map(content).collect::<Vec<_>>()
    };
    let one = contents(1);
    for jobs in [8, 8] {
        for ((name, bytes), (other_name, other)) in one.iter().zip(&contents(jobs)) {
            assert_eq!(name, other_name);
            assert!(
                bytes == other,
                "{} differs between one thread and {jobs}",
                name.display()
            );
        }
    }
    assert!(one.len() > 21, "{} files", one.len());
}
