//! What an overview shows of many programs: their groups with what each makes, as many cards as are asked for, on the paper that is asked for.

use gaisan::build::{self, Format, Job};
use gaisan::compose::Templates;
use gaisan::diagnostic::{Color, text};
use gaisan::examine;
use gaisan::model::Paper;
use gaisan::read::read_texts;
use gaisan::render::pdf::layout::fitted;
use gaisan::typeface::Fonts;
use gaisan::verify::{Scope, verify};

const HEAD: &str = "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: R4\nstage: request\nunit: 百万円\nbreakdown: complete\n";

/// A chapter of programs, each given by its id, its groups and its requested amount; last year each had 10.
fn chapter(keys: &str, programs: &[(&str, &str, &str)]) -> String {
    let programs: String = programs
        .iter()
        .map(|(id, group, amount)| {
            let group = if group.is_empty() { String::new() } else { format!("group: {group}, ") };
            format!("  - {{id: {id}, title: 事業{id}, {group}requested: \"{amount}\", prior: 10}}\n")
        })
        .collect();
    format!("{HEAD}{keys}programs:\n{programs}")
}

fn jobs(chapter: &str, settings: &str) -> Vec<Job> {
    let reading = read_texts(&[("request.yaml", chapter), ("gaisan.yaml", settings)]);
    let examined = examine(&reading);
    assert!(!examined.has_errors(), "{}", text(&examined.findings, &reading.sources, Color::Never));
    build::jobs(&examined, &Templates::new(&[]).unwrap(), None)
}

fn markdown(job: &Job) -> String {
    Templates::new(&[]).unwrap().markdown(&job.sheet).unwrap()
}

fn overview(chapter: &str, settings: &str) -> String {
    let jobs = jobs(chapter, settings);
    markdown(jobs.iter().find(|job| job.sheet.stem == "overview").unwrap())
}

#[test]
fn programs_stand_in_their_groups_with_what_each_group_makes() {
    let page = overview(
        &chapter(
            "",
            &[
                ("a", "[甲局, 宇宙]", "100"),
                ("b", "[乙局]", "7"),
                ("c", "[甲局, 海洋]", "30"),
                ("d", "[甲局, 宇宙]", "5+事項要求"),
                ("e", "", "1"),
            ],
        ),
        "",
    );
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with('|')).skip(4).collect();
    let expected = [
        "| **甲局** | 135＋事項要求 | 30 |",
        "| 　**宇宙** | 105＋事項要求 | 20 |",
        "| 　　[事業a](a.md) | 100 | 10 |",
        "| 　　[事業d](d.md) | 5＋事項要求 | 10 |",
        "| 　**海洋** | 30 | 10 |",
        "| 　　[事業c](c.md) | 30 | 10 |",
        "| **乙局** | 7 | 10 |",
        "| 　[事業b](b.md) | 7 | 10 |",
        "| [事業e](e.md) | 1 | 10 |",
        "| **計** | **143＋事項要求** | **50** |",
    ];
    let at = rows.iter().position(|row| row.starts_with("| **甲局**")).unwrap();
    for (row, expected) in rows[at..].iter().zip(expected) {
        assert!(row.starts_with(expected), "{row}\n{page}");
    }
}

#[test]
fn what_is_counted_elsewhere_counts_in_no_group() {
    let counted = chapter("", &[("a", "甲局", "100"), ("b", "甲局", "30")])
        .replace("\"30\"", "\"30\", notes: [{kind: recount, share: whole, of: a}]");
    assert!(overview(&counted, "").contains("| **甲局** | 100 | 10 |"));
}

#[test]
fn as_many_programs_have_cards_as_are_asked_for() {
    let programs: Vec<(String, String)> =
        (0..40).map(|at| (format!("p{at}"), format!("{}", at * 7 % 40))).collect();
    let listed: Vec<(&str, &str, &str)> =
        programs.iter().map(|(id, amount)| (id.as_str(), "", amount.as_str())).collect();
    let cards_of = |told: &str, keys: &str, settings: &str, count: usize| {
        let page = overview(&chapter(keys, &listed[..count]).replace("prior: 10}", told), settings);
        page.lines().filter(|line| line.starts_with("### [")).map(str::to_owned).collect::<Vec<_>>()
    };
    let cards = |keys: &str, settings: &str, count| cards_of("prior: 10}", keys, settings, count);
    let told = |count| cards_of("prior: 10, summary: 概要}", "", "", count).len();
    // One that only repeats the table is for those who ask for it.
    assert_eq!((told(30), told(31), cards("", "", 30).len()), (30, 0, 0));
    assert_eq!(cards("cards: all\n", "cards: none\n", 40).len(), 40);
    assert_eq!(cards("", "cards: none\n", 5).len(), 0);
    // 39, 38 and 37 are asked for p17, p34 and p11.
    for asked in ["top 3", "上位3", "上位３件", "Top 3"] {
        let shown = cards(&format!("cards: {asked}\n"), "", 40).join(" ");
        let at = |id: &str| shown.find(&format!("({id}.md)"));
        assert!(
            shown.matches("###").count() == 3 && at("p11") < at("p17") && at("p17") < at("p34"),
            "{shown}"
        );
    }
}

#[test]
fn sheets_of_every_kind_and_format_are_made_for_the_paper_of_the_project() {
    let fonts = Fonts::builtin().unwrap();
    let templates = Templates::new(&[]).unwrap();
    for (settings, paper, size) in
        [("", Paper::A4, (595.28, 841.89)), ("paper: letter\n", Paper::Letter, (612.0, 792.0))]
    {
        let mut jobs = jobs(&chapter("", &[("a", "", "100")]), settings);
        jobs.extend(self::jobs(&chapter("layout: report\n", &[("a", "", "100")]), settings));
        for job in &jobs {
            let imprint = &job.sheet.imprint;
            let document = gaisan::document::read(&markdown(job), imprint.lang);
            let laid = fitted(&document, &job.sheet.figures, imprint, fonts);
            let across = document.is_one_page();
            assert_eq!((imprint.paper, laid.paper), (paper, if across { (size.1, size.0) } else { size }));
            for page in &laid.pages {
                assert!(!page.items.is_empty());
            }
            let page =
                String::from_utf8(job.files(Format::Html, &templates, None).unwrap()[0].1.clone()).unwrap();
            let letter = page.contains("@page{size:letter}@page one-page{size:letter landscape}");
            assert_eq!(letter, paper == Paper::Letter);
            assert!(verify(page.as_bytes(), &Scope::default()).unwrap().is_proven());
        }
        assert_eq!(jobs.len(), 4);
    }
}

#[test]
fn groups_have_their_english_names_on_english_sheets() {
    let programs = [
        ("a", "[甲局, 宇宙]", "100"),
        ("b", "[甲局, 宇宙], group_en: [Bureau A, Space]", "7"),
        ("c", "乙局", "1"),
    ];
    let page = overview(&chapter("lang: en\n", &programs), "");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with('|') && line.contains("**")).collect();
    let names: Vec<&str> = rows.iter().filter_map(|row| row.split("**").nth(1)).collect();
    assert_eq!(names, ["Bureau A", "Space", "乙局", "Total"], "{page}");
    assert!(overview(&chapter("", &programs), "").contains("**甲局**"));
}

#[test]
fn groups_and_cards_that_cannot_be_are_findings() {
    let report = |chapter: &str| {
        let reading = read_texts(&[("request.yaml", chapter)]);
        text(&examine(&reading).findings, &reading.sources, Color::Never)
    };
    let deep = report(&chapter("", &[("a", "[甲, 乙, 丙, 丁, 戊]", "100")]));
    assert!(deep.contains("a program lies in at most 4 groups"), "{deep}");
    let part = "    children: [{id: b, title: 乙, group: 甲局, requested: 100, prior: 10}]\n";
    let below =
        format!("{HEAD}programs:\n  - id: a\n    title: 甲\n    requested: 100\n    prior: 10\n{part}");
    assert!(report(&below).contains("`group` gathers the programs of a chapter"), "{}", report(&below));
    let cards = report(&chapter("cards: 三枚\n", &[("a", "", "100")]));
    assert!(cards.contains("`三枚` is not a value of `cards`"), "{cards}");
}

#[test]
fn the_chart_of_very_many_programs_says_what_the_others_make() {
    let programs: Vec<(String, String)> = (1..=20)
        .map(|at| (format!("p{at}"), if at == 1 { "1+事項要求".to_owned() } else { (at * 100).to_string() }))
        .collect();
    let listed: Vec<(&str, &str, &str)> =
        programs.iter().map(|(id, amount)| (id.as_str(), "", amount.as_str())).collect();
    let jobs = jobs(&chapter("", &listed), "");
    let sheet = &jobs.iter().find(|job| job.sheet.stem == "overview").unwrap().sheet;
    let Some(gaisan::figure::Figure::Bars(bars)) = sheet.figures.get("figures/overview-comparison.svg")
    else {
        panic!("{:?}", sheet.figures.keys())
    };
    let others = bars.groups.last().unwrap();
    let said: Vec<&str> = others.bars.iter().map(|bar| bar.text.as_str()).collect();
    assert_eq!(
        (others.label.as_str(), said.as_slice()),
        ("ほか8件の計", ["80", "3,501＋事項要求"].as_slice())
    );
    assert!(bars.groups.len() == 13 && others.bars.iter().all(|bar| bar.value.is_none()), "{bars:?}");
}
