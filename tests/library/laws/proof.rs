//! What is built verifies: no sheet is made that its own data would not prove, whatever is wrong in the files.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use gaisan::build::{Format, Manifest, Options, build, jobs};
use gaisan::compose::Templates;
use gaisan::examine;
use gaisan::read::{Reading, read_texts, survey};
use gaisan::settings::Severities;
use gaisan::verify::{Scope, verify};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::cases;
use super::damage::edit;

/// The files of a chapter over two years, with everything that its sheets share, as (name, text).
const FILES: [(&str, &str); 8] = [
    (
        "2024/request.yaml",
        "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: 2024\nstage: request\nunit: 百万円\nrequested: 5\nprior: 4\n\
         breakdown: complete\nprograms:\n  - p.yaml\n  - {id: q, title: 次, requested: 3, prior: 3}\n",
    ),
    (
        "2024/p.yaml",
        "id: p\ntitle: 事業\nrequested: 2\nprior: 1\nbreakdown: complete\nchildren:\n  - {id: p-a, title: 甲, requested: 1, prior: 1}\n  \
         - {id: p-b, title: 乙, requested: 1, prior: 0}\n",
    ),
    (
        "2025/request.yaml",
        "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: 2025\nstage: request\nunit: 百万円\nrequested: 6\nprior: 5\n\
         breakdown: complete\ncitations: citations.yaml\nglossary: glossary.yaml\nprograms:\n  - p.yaml\n  - q.yaml\n  - r.yaml\n",
    ),
    (
        "2025/citations.yaml",
        "- id: plan\n  title: 基本計画\n  date: 2023-06-01\n  authority: 閣議決定\n- id: law\n  title: 基本法\n",
    ),
    ("2025/glossary.yaml", "AI: 人工知能\nNIMS: 物質・材料研究機構\n"),
    (
        "2025/p.yaml",
        "id: p\ntitle: 事業\nrequested: 2\nprior: 2\nbreakdown: complete\npolicy_basis:\n  - {cite: plan, quote: AIを使う}\nchildren:\n  \
         - {id: p-a, title: 甲, requested: 1, prior: 1}\n  - {id: p-b, title: 乙, requested: 1, prior: 1}\n",
    ),
    ("2025/q.yaml", "id: q\ntitle: 次\nrequested: 3\nprior: 3\nsummary: |\n  NIMSの**研究**\n"),
    ("2025/r.yaml", "id: r\ntitle: 新\nrequested: 1\nprior: 新規\n"),
];

fn read(texts: &[(&str, String)]) -> Reading {
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    read_texts(&texts)
}

fn files() -> Vec<(&'static str, String)> {
    FILES.iter().map(|(name, text)| (*name, (*text).to_owned())).collect()
}

/// The sheets that are built, each of which verifies.
fn proven(texts: &[(&str, String)]) -> Result<Vec<String>, TestCaseError> {
    let reading = read(texts);
    let templates = Templates::new(&[]).unwrap();
    let jobs = jobs(&examine(&reading), &templates, None);
    for job in &jobs {
        let files = job.files(Format::Html, &templates, None).unwrap();
        let verdict = verify(&files[0].1, &Scope::default()).unwrap();
        prop_assert!(verdict.is_proven(), "{}: {:?}\n{texts:#?}", job.name(), verdict.problems);
    }
    Ok(jobs.iter().map(gaisan::build::Job::name).collect())
}

/// The sheets that are built after something was replaced in a file.
fn built_after(name: &str, from: &str, to: &str) -> Vec<String> {
    let mut texts = files();
    let (_, text) = texts.iter_mut().find(|(file, _)| *file == name).unwrap();
    assert!(text.contains(from), "{name} has no {from}");
    *text = text.replacen(from, to, 1);
    let names = proven(&texts).unwrap().into_iter();
    names.map(|name| name.replace("fy2024/c/", "24 ").replace("fy2025/c/", "25 ")).collect()
}

#[test]
fn no_sheet_is_made_of_a_list_that_is_guessed_at() {
    let head = "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: 2024\nstage: request\nunit: 百万円\nbreakdown: complete\nprograms:\n";
    for programs in [
        "    requested: 50\n    title: 甲\n    requested: 100\n    prior: 90\n    id: b\n    title: 乙\n    id: a\n    prior: 40\n",
        "    id: a\n    title: 甲\n    requested: 100\n    id: b\n    prior: 90\n    title: 乙\n    requested: 50\n    prior: 40\n",
    ] {
        let reading = read_texts(&[("request.yaml", &format!("{head}{programs}"))]);
        let made = jobs(&examine(&reading), &Templates::new(&[]).unwrap(), None);
        assert!(made.is_empty(), "{:?}", made.iter().map(|job| job.name()).collect::<Vec<_>>());
    }
}

#[test]
fn texts_are_enclosed_as_they_are_printed_however_yaml_folds_them() {
    let head = "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: 2024\nstage: request\nunit: 百万円\nbreakdown: complete\nprograms:\n  - id: a\n    title: 甲\n    requested: 10\n    prior: 9\n    body: ";
    for body in [
        ">\n\n      ・一つ\n      ・二つ\n        | 港 |\n",
        ">\n\n\n      行\n        深い\n      浅い\n      行\n",
        "\"\n      一つ\n      二つ\"\n",
        "\n\n      一つ\n      二つ\n",
    ] {
        let made = proven(&[("request.yaml", format!("{head}{body}"))]).unwrap();
        assert_eq!(made.len(), 2, "{body}");
    }
}

#[test]
fn an_error_stops_every_sheet_that_draws_on_it_and_no_other() {
    let all = ["24 overview", "24 p", "24 q", "25 overview", "25 p", "25 q", "25 r"];
    assert_eq!(built_after("2025/r.yaml", "新\n", "新\n"), all);
    let last_year = &all[..3];
    for (name, from, to) in [
        ("2025/glossary.yaml", "NIMS", "AI"),
        ("2025/glossary.yaml", "AI: ", "- "),
        ("2025/citations.yaml", "title: 基本法", "title: 基本法\n  title: 別"),
        ("2025/citations.yaml", "- id: law", "- id: plan"),
        ("2025/citations.yaml", "2023-06-01", "2023-16-01"),
        ("2025/citations.yaml", "title", "titel"),
        ("2025/request.yaml", "ministry", "minstry"),
    ] {
        assert_eq!(built_after(name, from, to), last_year, "{name}: {from} → {to}");
    }
    // In a program's file, also where no program stands.
    assert_eq!(
        built_after("2025/q.yaml", "id: q", "# \u{1}\nid: q"),
        [last_year, &["25 p", "25 r"]].concat()
    );
    assert_eq!(
        built_after("2025/p.yaml", "甲, requested: 1", "甲, requested: 9"),
        [last_year, &["25 q", "25 r"]].concat()
    );
    // Any figure of a failed sum may be the wrong one.
    assert_eq!(built_after("2025/request.yaml", "requested: 6", "requested: 60"), last_year);
    // A sum of last year shows on the sheets that carry it inside.
    let built = built_after("2024/p.yaml", "甲, requested: 1", "甲, requested: 9");
    assert!(built.contains(&"24 q".to_owned()) && built.contains(&"25 r".to_owned()), "{built:?}");
    assert!(!built.contains(&"25 p".to_owned()), "{built:?}");
    // Of last year's amounts that nobody can read none is shown, nor a sum that they are missing in.
    for (from, to) in [
        ("甲, requested: 1", "甲, requested: 1O"),
        ("甲, requested: 1, ", "甲, "),
        ("id: p\n", "id: P p\n"),
        ("title: 事業", "title: ["),
    ] {
        let built = built_after("2024/p.yaml", from, to);
        assert!(!built.contains(&"25 overview".to_owned()), "{to}: {built:?}");
    }
    assert!(
        !built_after("2024/p.yaml", "甲, requested: 1", "甲, requested: 1O").contains(&"25 p".to_owned())
    );
    for to in ["p2.yaml", "p.yaml\n  - p.yaml"] {
        let built = built_after("2024/request.yaml", "p.yaml", to);
        assert!(!built.contains(&"25 overview".to_owned()), "{to}: {built:?}");
    }
    assert_eq!(built_after("2024/request.yaml", "unit: 百万円", "unit: 百万園"), ["25 r"]);
    // Parts that exceed their line are as doubtful as those that do not make it up.
    let partial = "requested: 2\nprior: 5\nbreakdown: partial";
    assert_eq!(
        built_after("2025/request.yaml", "requested: 6\nprior: 5\nbreakdown: complete", partial),
        last_year
    );
    // What can only ride along as a whole is carried by every sheet.
    let inline = "programs: [{id: q, title: 次, requested: 1, prior: 3, breakdown: complete, children: [{id: z, title: 零, requested: 3, prior: 3}]}, p.yaml]\n";
    let list = "programs:\n  - p.yaml\n  - {id: q, title: 次, requested: 3, prior: 3}\n";
    assert!(!built_after("2024/request.yaml", list, inline).contains(&"24 p".to_owned()));
}

#[test]
fn no_sheet_shows_amounts_of_another_year_that_an_error_there_may_have_changed() {
    for (from, to) in [
        ("requested: 2", "requested: 2O"),
        ("requested: 2", "requested: '#REF!'"),
        ("requested: 2", "requested: 2 dollars"),
        ("requested: 2", "requestd: 2"),
        ("甲, requested: 1, ", "甲, "),
        ("requested: 2", "requested: 2\nrequested: 200"),
        ("id: p\n", "id: P A\n"),
        ("id: p\n", "id: q\n"),
        ("id: p\n", "id: p: [\n"),
        ("requested: 1, prior: 0", "requested: 1, prior: 0, notes: [{kind: recount, of: zz}]"),
    ] {
        let built = built_after("2024/p.yaml", from, to);
        assert!(!built.contains(&"25 overview".to_owned()), "{from} → {to}: {built:?}");
        assert!(built.contains(&"25 r".to_owned()), "{from} → {to}: {built:?}");
    }
    for (from, to) in [
        ("unit: 百万円", "unit: 百万丹"),
        ("unit: 百万円\n", ""),
        ("unit: 百万円", "unit: 百万円\nunit: 千円"),
        ("stage: request", "stage: setled"),
    ] {
        let built = built_after("2024/request.yaml", from, to);
        assert!(built.iter().all(|name| name == "25 r"), "{from} → {to}: {built:?}");
    }
    // Of a file that is not there nothing is shown, where nothing of it is in a sum.
    assert_eq!(built_after("2024/request.yaml", "  - p.yaml\n", "  - pp.yaml\n"), ["25 p", "25 r"]);
    // What is only said there, and not counted, is no matter of this year's.
    let built = built_after("2024/p.yaml", "title: 事業\n", "title: 事業\nperiod: {from: 2024, to: 2020}\n");
    assert!(built.contains(&"25 overview".to_owned()) && built.contains(&"25 p".to_owned()), "{built:?}");
}

#[test]
fn a_line_that_ended_is_carried_where_it_is_in_a_sum_of_its_year() {
    for requested in ["4", "事項要求", "記載なし"] {
        let mut texts = files();
        let ended = format!("id: s\ntitle: 終わった事業\nrequested: {requested}\nprior: 1\n");
        texts.push(("2024/s.yaml", ended));
        let list = "programs:\n  - s.yaml\n";
        texts[0].1 = texts[0].1.replace("requested: 5\nprior: 4\n", "").replace("programs:\n", list);
        let built = proven(&texts).unwrap();
        assert!(built.contains(&"fy2025/c/overview".to_owned()), "{requested}: {built:?}");
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn what_is_built_verifies(edits in proptest::collection::vec((any::<Index>(), edit()), 1..3)) {
        let mut texts = files();
        for (file, edit) in edits {
            let text = &mut file.get_mut(&mut texts).1;
            *text = edit.apply(text);
        }
        proven(&texts)?;
    }

    #[test]
    fn what_is_built_of_wrong_figures_verifies(
        edits in proptest::collection::vec((0..FILES.len(), any::<Index>(), select(vec!["0", "9", "新規", "△1", "-", "x", "1.5億円"])), 1..3),
    ) {
        let mut texts = files();
        for (file, at, by) in edits {
            let text = &mut texts[file].1;
            let digits: Vec<usize> = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
            if let Some(&place) = (!digits.is_empty()).then(|| at.get(&digits)) {
                text.replace_range(place..=place, by);
            }
        }
        proven(&texts)?;
    }
}

/// A clock that fails when it is asked the ninth time: while the first sheet is made.
fn failing_clock() -> Duration {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    assert_ne!(ASKED.fetch_add(1, Ordering::Relaxed), 8, "the clock stands still");
    Duration::ZERO
}

#[test]
fn a_fault_stops_the_sheet_that_it_is_in_and_no_other() {
    let project = tempfile::tempdir().unwrap();
    for (name, text) in FILES.iter().filter(|(name, _)| name.starts_with("2024")) {
        std::fs::create_dir_all(project.path().join("2024")).unwrap();
        std::fs::write(project.path().join(name), text).unwrap();
    }
    let out = project.path().join("output");
    let options = Options { out: out.clone(), jobs: 1, clock: Some(failing_clock), ..Options::default() };
    let templates = Templates::new(&[]).unwrap();
    let built = build(
        &mut survey(&[project.path().join("2024")]),
        &Severities::default(),
        &templates,
        &options,
        &|_, _| {},
    );
    let [failure] = built.failures.as_slice() else { unreachable!("{:?}", built.failures) };
    assert_eq!(failure.what, "fy2024/c/overview");
    assert!(failure.cause.contains("2024/request.yaml:2: gaisan itself has failed here"), "{failure}");
    assert!(failure.cause.contains("the clock stands still"), "{failure}");
    assert_eq!(built.sheets, 2);
    let manifest = Manifest::read(&out).unwrap().unwrap();
    let names: Vec<&str> = manifest.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["fy2024/c/p", "fy2024/c/q"]);
    assert!(out.join("index.html").is_file() && out.join(".gaisan/state.json").is_file());
    // The next build finds what is left to do.
    let options = Options { out, ..Options::default() };
    let again = build(
        &mut survey(&[project.path().join("2024")]),
        &Severities::default(),
        &templates,
        &options,
        &|_, _| {},
    );
    assert_eq!((again.sheets, again.made, again.failures.len()), (3, 1, 0));
}
