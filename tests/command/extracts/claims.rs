//! Who may call something an extract: what gaisan itself would write, and nobody who only says so.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use gaisan::build::{self, Format};
use gaisan::enclosure::{EnclosedFile, Role};
use gaisan::render::html;
use gaisan::verify::{ProblemKind, Scope, verify};

use super::inline;

#[test]
fn a_sheet_has_one_edition_however_its_chapter_is_laid_out() {
    let head = "gaisan: 1\nid: a\ntitle: A\nministry: B\nfiscal_year: R9\nstage: request\nunit: 百万円\nbreakdown: complete\n";
    let (one, two) =
        ("{id: p, title: P, requested: 1, prior: 1}", "{id: q, title: Q, requested: 2, prior: 2}");
    let json = "{\"gaisan\": 1, \"id\": \"a\", \"title\": \"A\", \"ministry\": \"B\", \"fiscal_year\": \"R9\", \"stage\": \"request\",\n\"unit\": \"百万円\", \"breakdown\": \"complete\", \"requested\": 3, \"prior\": 3,\n\"programs\": [\n";
    let layouts = [
        format!("{json}{one},\n{two}]}}\n"),
        format!("{head}requested: 3\rprior: 3\nprograms:\n- {one}\n- {two}\n"),
        format!("{head}requested: 3\nprior: 3\nprograms: [{one},\n  {two}]\n"),
        format!("# 章\n\n{head}? requested\n: 3 # 合計\nprior: 3\nprograms:\n-\n {one}\n# 次\n- {two}\n"),
        format!(
            "{head}prior: 3\nrequested: 3\nprograms:\n- id: 'p'\n  title: >-\n    P\n  requested: \"1\"\n  prior: 1\n- {two}\n"
        ),
    ];
    let mut editions = BTreeSet::new();
    for text in layouts {
        let reading = gaisan::read::read_texts(&[("request.yaml", &text)]);
        let examined = gaisan::examine(&reading);
        let templates = gaisan::compose::Templates::new(&[]).unwrap();
        let jobs = build::jobs(&examined, &templates, None);
        assert_eq!(jobs.len(), 3, "{text}\n{:?}", examined.findings);
        let inside = jobs[1].sheet.imprint.enclosure.clone().unwrap();
        assert_eq!(inside.files[0].role, Role::Extract, "{text}");
        editions.insert((inside.digest(), inside.files[0].bytes.clone()));
        let page = jobs[1].files(Format::Html, &templates, None).unwrap();
        let verdict = verify(&page[0].1, &Scope::default()).unwrap();
        assert!(verdict.is_proven(), "{text}\n{verdict:?}");
    }
    assert_eq!(editions.len(), 1, "{editions:?}");
}

/// A page that somebody made anew from other data, or around other data, and what is said about it.
fn said_of(
    desk: &Path,
    sheet: &str,
    role: Role,
    change: impl Fn(&str) -> String,
    data_only: bool,
) -> Vec<(ProblemKind, String)> {
    let page = fs::read_to_string(desk.join(format!("output/{sheet}.html"))).unwrap();
    let mut inside = html::enclosed(&page).unwrap().unwrap();
    let chapter = inside.files.iter_mut().find(|file| file.name.ends_with("/request.yaml")).unwrap();
    let text = change(std::str::from_utf8(&chapter.bytes).unwrap());
    *chapter = Arc::new(EnclosedFile::new(chapter.name.clone(), role, text.into_bytes()));
    let remade = build::remake(&inside).unwrap();
    let page = match remade.job {
        Some(mut job) => {
            job.sheet.imprint.enclosure = Some(Arc::new(inside));
            job.files(Format::Html, &remade.templates, None).unwrap().remove(0).1
        }
        None => {
            let was = html::enclosed(&page).unwrap().unwrap();
            let reading = gaisan::read::read(&[desk.join("budgets")]);
            let jobs = build::jobs(&gaisan::examine(&reading), &remade.templates, None);
            let mut job = jobs.into_iter().find(|job| job.name() == was.sheet).unwrap();
            job.sheet.imprint.enclosure = Some(Arc::new(inside));
            job.files(Format::Html, &remade.templates, None).unwrap().remove(0).1
        }
    };
    let scope = Scope { data_only, ..Scope::default() };
    let verdict = verify(&page, &scope).unwrap();
    verdict.problems.into_iter().map(|problem| (problem.kind, problem.message)).collect()
}

#[test]
fn what_only_calls_itself_an_extract_is_not_proven() {
    let desk = inline();
    let (sheet, overview) = ("fy2027/works/roads", "fy2027/works/overview");
    let same = |text: &str| text.to_owned();
    assert_eq!(said_of(desk.path(), sheet, Role::Extract, same, false), []);
    let drop = |line: &'static str| {
        move |text: &str| text.split_inclusive('\n').filter(|it| !it.starts_with(line)).collect::<String>()
    };
    let mut report = String::new();
    for data_only in [false, true] {
        let tell = |sheet: &str, role, change: &dyn Fn(&str) -> String| {
            said_of(desk.path(), sheet, role, change, data_only)
        };
        let cases = [
            // Sums that nobody would check.
            tell(overview, Role::Extract, &|text| text.replace("3,400", "3,500")),
            tell(sheet, Role::Extract, &|text| text.replace("programs:", "requested: \"9\"\nprograms:")),
            tell(sheet, Role::Extract, &|text| {
                format!("{text}- {{id: x, title: X, requested: 1, prior: 1}}\n")
            }),
            tell(sheet, Role::Source, &same),
            tell(sheet, Role::Extract, &drop("gaisan:")),
            tell(sheet, Role::Extract, &drop("fiscal_year:")),
            tell(sheet, Role::Extract, &drop("programs:")),
            tell(sheet, Role::Extract, &|_| String::new()),
        ];
        for case in cases {
            assert!(!case.is_empty(), "{report}");
            for (kind, message) in case {
                report += &format!("{}: {message}\n", kind.slug());
            }
            report += "--\n";
        }
        report += "==\n";
    }
    insta::assert_snapshot!(report);
}
