//! `gaisan verify` as somebody meets it who was sent a sheet: a sheet as it was made is proven, one that was changed anywhere is
//! not, and no file whatsoever does harm.

mod forged;

pub(crate) use forged::RICH;

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use gaisan::build::{self, Format};
use gaisan::enclosure::{EnclosedFile, Enclosure, Role};
use gaisan::render::html;
use gaisan::verify::{ProblemKind, Scope, Verdict, verify};
use tempfile::TempDir;

use crate::support::{self, CHAPTERS, budgets, files};

/// What a run printed, and its exit code.
fn gaisan(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output =
        crate::support::gaisan().args(arguments).current_dir(folder).env("NO_COLOR", "1").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// An output folder with all sheets, for tests that only read it.
fn everything() -> &'static Path {
    static OUT: OnceLock<TempDir> = OnceLock::new();
    OUT.get_or_init(|| {
        let out = tempfile::tempdir().unwrap();
        support::built(&CHAPTERS, out.path(), 0);
        out
    })
    .path()
}

const SHEET: &str = "fy2022/mext-5/q-leap";

fn sheet(format: Format) -> Vec<u8> {
    let path = everything().join(format!("{SHEET}.{}", format.extension()));
    fs::read(path).unwrap()
}

fn verdict(bytes: &[u8]) -> Verdict {
    verify(bytes, &Scope::default()).unwrap()
}

/// The one problem of a file.
fn problem(bytes: &[u8]) -> (ProblemKind, String) {
    let verdict = verdict(bytes);
    let [problem] = verdict.problems.as_slice() else {
        panic!("{:?}", verdict.problems);
    };
    (problem.kind, problem.message.clone())
}

/// A report without the digests, which change with every word of the examples.
fn without_digests(report: &str) -> String {
    let is_digest =
        |word: &str| matches!(word.len(), 12 | 64) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = report.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    words.fold(String::new(), |out, piece| {
        let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let shown = if is_digest(word) { "DIGEST" } else { word };
        out + shown + &piece[word.len()..]
    })
}

/// A page with something replaced, which must be there.
fn replaced(page: &[u8], from: &str, to: &str) -> Vec<u8> {
    let page = std::str::from_utf8(page).unwrap();
    assert!(page.contains(from), "{from}");
    page.replacen(from, to, 1).into_bytes()
}

#[test]
fn every_sheet_is_proven_from_nothing_but_itself() {
    let alone = tempfile::tempdir().unwrap();
    let (code, out, err) = gaisan(alone.path(), &["verify", everything().to_str().unwrap()]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let sheets = files(everything())
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "pdf" || end == "html"))
        .filter(|path| !path.ends_with("index.html"))
        .count();
    assert!(sheets > 40, "{sheets}");
    assert!(out.ends_with(&format!("{sheets} files: {sheets} proven, 0 not\n")), "{out}");
}

#[test]
fn data_that_does_not_hold_is_not_proven() {
    // Somebody makes page, data and digests anew, with a sum that is wrong.
    let page = fs::read_to_string(everything().join("fy2022/mext-5/aip.html")).unwrap();
    let enclosure = html::enclosed(&page).unwrap().unwrap();
    let files = enclosure.files.iter().map(|file| {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let text = text.replace("requested: 7,458", "requested: 7,485");
        EnclosedFile::new(file.name.clone(), file.role, text.into_bytes()).into()
    });
    let wrong = Enclosure { files: files.collect(), ..enclosure };
    let remade = build::remake(&wrong).unwrap();
    let files = remade.job.unwrap().files(Format::Html, &remade.templates, None).unwrap();
    let (kind, message) = problem(&files[0].1);
    assert_eq!(kind, ProblemKind::Data);
    insta::assert_snapshot!(message);
}

#[test]
fn another_version_is_said_and_its_data_can_be_proven() {
    let page =
        replaced(&sheet(Format::Html), &format!("\"gaisan\":\"{}\"", build::VERSION), "\"gaisan\":\"0.0.1\"");
    let (kind, message) = problem(&page);
    assert_eq!(kind, ProblemKind::Unable);
    assert!(message.contains("gaisan 0.0.1 made it"), "{message}");
    let scope = Scope { data_only: true, ..Scope::default() };
    assert!(verify(&page, &scope).unwrap().is_proven());
}

#[test]
fn where_the_pages_are_left_out_the_verdict_says_so() {
    let desk = tempfile::tempdir().unwrap();
    // A page that shows another figure than its data.
    let page = replaced(&sheet(Format::Html), "<body", "<body data-forged=\"\"");
    fs::write(desk.path().join("forged.html"), page).unwrap();
    assert_eq!(gaisan(desk.path(), &["verify", "forged.html"]).0, 1);
    let (code, out, _) = gaisan(desk.path(), &["verify", "--data-only", "forged.html"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.starts_with("data proven forged.html"), "{out}");
    assert!(out.ends_with("1 file: 1 proven, 0 not; their pages were not looked at\n"), "{out}");
    let (_, json, _) =
        gaisan(desk.path(), &["verify", "--data-only", "--output-format", "json", "forged.html"]);
    assert!(json.contains("\"data_only\": true"), "{json}");
}

#[test]
fn a_sheet_of_an_office_is_proven_with_its_templates_only() {
    let desk = tempfile::tempdir().unwrap();
    let templates = desk.path().join("templates");
    fs::create_dir_all(&templates).unwrap();
    let template = "{% extends \"builtin/sheet.md.tera\" %}\n";
    fs::write(templates.join("sheet.md.tera"), template).unwrap();
    let chapter = budgets("demo-en");
    let (code, out, err) = gaisan(desk.path(), &["build", chapter.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, _) = gaisan(desk.path(), &["verify", "output"]);
    assert_eq!(code, 0, "{out}");

    fs::rename(&templates, desk.path().join("elsewhere")).unwrap();
    let (code, out, _) = gaisan(desk.path(), &["verify", "output"]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("a template that is not among yours"), "{out}");
    let (code, out, _) = gaisan(desk.path(), &["verify", "output", "--templates", "elsewhere"]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn a_manifest_says_which_files_belong_together() {
    let desk = tempfile::tempdir().unwrap();
    let chapter = budgets("demo-en");
    let build = |out: &str| {
        let (code, said, err) = gaisan(desk.path(), &["build", chapter.to_str().unwrap(), "--out", out]);
        assert_eq!(code, 0, "{said}{err}");
    };
    let whole = ["verify", "--manifest", "output/manifest.json"];
    build("output");
    let (code, out, err) = gaisan(desk.path(), &whole);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("output/index.html") && out.contains(".md"), "{out}");

    // A sheet that was sent away, and one of another build.
    let sheet = "fy2027/harbor/storm-walls.pdf";
    let output = desk.path().join("output");
    fs::copy(output.join(sheet), desk.path().join("mail.pdf")).unwrap();
    let (code, out, _) = gaisan(desk.path(), &[&whole[..], &["mail.pdf"]].concat());
    assert_eq!(code, 0, "{out}");
    let walls = output.join("fy2027/harbor/storm-walls.html");
    let page = fs::read_to_string(&walls).unwrap();
    let enclosure = html::enclosed(&page).unwrap().unwrap();
    let files = enclosure.files.iter().map(|file| {
        let text = String::from_utf8(file.bytes.clone()).unwrap() + "# later\n";
        EnclosedFile::new(file.name.clone(), file.role, text.into_bytes()).into()
    });
    let later = Enclosure { files: files.collect(), ..enclosure };
    let remade = build::remake(&later).unwrap();
    let pages = remade.job.unwrap().files(Format::Html, &remade.templates, None).unwrap();
    fs::write(desk.path().join("later.html"), &pages[0].1).unwrap();
    let (code, out, _) = gaisan(desk.path(), &["verify", "later.html"]);
    assert_eq!(code, 0, "{out}");
    let (code, out, _) = gaisan(desk.path(), &[&whole[..], &["later.html"]].concat());
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("it is another edition than the one in the manifest"), "{out}");

    let markdown = output.join("fy2027/harbor/overview.md");
    let text = fs::read_to_string(&markdown).unwrap();
    fs::write(&markdown, format!("{text}\n")).unwrap();
    fs::remove_file(output.join(sheet)).unwrap();
    let (code, out, err) = gaisan(desk.path(), &whole);
    assert_eq!((code, err.as_str()), (1, ""), "{out}");
    assert!(out.contains("the manifest lists it, and it is not there"), "{out}");
    assert!(out.contains("NOT PROVEN  output/fy2027/harbor/overview.md\n"), "{out}");
}

#[test]
fn no_file_whatsoever_does_harm() {
    let page = sheet(Format::Html);
    let text = std::str::from_utf8(&page).unwrap();
    let (head, _) = text.split_once("{\"layout\"").unwrap();
    let with = |json: &str| format!("{head}{json}\n</script>\n").into_bytes();
    let sources = |name: &str, text: &str| {
        let file = EnclosedFile::new(name.to_owned(), Role::Source, text.as_bytes().to_vec());
        let mut enclosure = html::enclosed(std::str::from_utf8(&page).unwrap()).unwrap().unwrap();
        enclosure.sheet = "../../etc/passwd".to_owned();
        enclosure.files = vec![file.into()];
        let json = serde_json::json!({
            "layout": 1, "gaisan": build::VERSION, "sheet": enclosure.sheet, "digest": enclosure.digest().to_string(),
            "files": [{"name": name, "role": "source", "sha256": enclosure.files[0].digest.to_string(), "text": text}],
        });
        with(&json.to_string())
    };
    let bomb = format!("a: &a [{}]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\n", "x,".repeat(9));
    let cases: Vec<Vec<u8>> = vec![
        vec![],
        b"%PDF-1.7".to_vec(),
        b"%PDF-1.7\ntrailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF".to_vec(),
        b"<!DOCTYPE html>".to_vec(),
        b"\xff\xfe\x00".to_vec(),
        with("{"),
        with("[]"),
        with(&"[".repeat(100_000)),
        sources("request.yaml", &bomb),
        sources("request.yaml", &"- ".repeat(50_000)),
        sources("../../../request.yaml", "gaisan: 1\nprograms: [/etc/passwd]\n"),
        sources("a\0b", "gaisan: 1\n"),
    ];
    for (number, case) in cases.iter().enumerate() {
        if let Ok(verdict) = verify(case, &Scope::default()) {
            assert!(!verdict.is_proven(), "case {number}");
        }
    }
}

#[test]
fn what_is_no_sheet_is_said_with_code_2() {
    let desk = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(desk.path().join(name), bytes).unwrap();
    write("a.html", b"<!DOCTYPE html><p>a");
    write("b.pdf", b"not a PDF");
    write("c.md", b"# c");
    let (code, out, err) = gaisan(desk.path(), &["verify", "a.html", "b.pdf", "c.md", "none.pdf"]);
    assert_eq!(code, 2);
    insta::assert_snapshot!(format!("{out}{err}"));
}

#[test]
fn verdicts_are_told_to_people_and_to_programs() {
    let desk = tempfile::tempdir().unwrap();
    let page = sheet(Format::Html);
    fs::write(desk.path().join("same.html"), &page).unwrap();
    fs::write(desk.path().join("changed.html"), replaced(&page, "4,592", "4,593")).unwrap();
    fs::write(desk.path().join("other.pdf"), "%PDF-").unwrap();
    let arguments = ["verify", "same.html", "changed.html", "other.pdf"];
    let (code, out, err) = gaisan(desk.path(), &arguments);
    assert_eq!(code, 2);
    insta::assert_snapshot!(without_digests(&format!("{out}{err}")));
    let (code, json, _) = gaisan(desk.path(), &[&arguments[..], &["--output-format", "json"]].concat());
    assert_eq!(code, 2);
    support::validate("docs/schema/verify.schema.json", &json);
    insta::assert_snapshot!(without_digests(&json));
}

/// The page of a sheet has its data in a size that is sane.
#[test]
fn the_data_makes_a_page_no_giant() {
    let (mut all, mut data): (usize, usize) = (0, 0);
    for path in files(everything()) {
        let Ok(page) = fs::read_to_string(&path) else {
            continue;
        };
        if let Ok(Some(enclosure)) = html::enclosed(&page) {
            all += page.len();
            data += enclosure.files.iter().map(|file| file.bytes.len()).sum::<usize>();
        }
    }
    assert!(data > 0 && data * 2 < all, "{data} bytes of data in {all}");
}

/// Writes a chapter of one year and stage.
fn chapter(folder: &Path, (id, year, stage): (&str, u16, &str), more: &str) {
    let text = format!(
        "gaisan: 1\nid: {id}\ntitle: 章\nministry: 庁\nfiscal_year: {year}\nstage: {stage}\nunit: 百万円\nbreakdown: partial\n{more}"
    );
    fs::write(folder.join(format!("{id}-{year}-{stage}.yaml")), text).unwrap();
}

fn program(id: &str, amounts: &str) -> String {
    format!("  - id: {id}\n    title: 事業{id}\n    {}\n", amounts.replace("; ", "\n    "))
}

#[test]
fn what_is_built_of_lines_that_cross_chapters_stages_and_gaps_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let budgets = folder.path();
    let [x, y] = ["requested: 70; prior: 60", "requested: 45; prior: 40"];
    chapter(
        budgets,
        ("c-a", 2022, "request"),
        &format!("programs:\n{}", program("x", "requested: 110; prior: 90; enacted: 100")),
    );
    chapter(budgets, ("c-a", 2023, "request"), &format!("programs:\n{}", program("x", x)));
    let moved = "crosswalk: [{kind: moved, chapter: c-a, from: x, to: y}]\n";
    chapter(budgets, ("c-b", 2023, "request"), &format!("{moved}programs:\n{}", program("y", y)));

    let all = ["a", "b", "c", "d"].map(|id| program(id, "requested: 30; prior: 20")).concat();
    chapter(budgets, ("c-c", 2022, "settled"), &format!("programs:\n{all}"));
    let steps =
        "crosswalk:\n  - {kind: restated, from: b, to: [a, c]}\n  - {kind: split, from: d, to: [d, e]}\n";
    let restated =
        ["a", "c", "d", "e"].map(|id| program(id, "requested: 31; prior: {amount: 25, basis: restated}"));
    chapter(budgets, ("c-c", 2023, "request"), &format!("{steps}programs:\n{}", restated.concat()));
    chapter(
        budgets,
        ("c-c", 2025, "enacted"),
        &format!("programs:\n{}", ["a", "b"].map(|id| program(id, "requested: 40; prior: 35")).concat()),
    );

    let (code, _, said) = gaisan(budgets, &["build", ".", "--out", "out"]);
    assert_eq!(code, 0, "{said}");
    let out = budgets.join("out");
    let pdfs = files(&out).into_iter().filter(|path| path.extension().is_some_and(|it| it == "pdf"));
    let mut proven = 0;
    for path in pdfs {
        let verdict = verdict(&fs::read(&path).unwrap());
        assert!(verdict.problems.is_empty(), "{path:?}: {:?}", verdict.problems);
        proven += 1;
    }
    assert_eq!(proven, 19);
    let index = fs::read_to_string(out.join("index.html")).unwrap();
    for head in ["決算額", "要求額", "予算額"] {
        assert!(
            index.contains(&format!("<th scope=\"col\" class=\"figures\">{head}</th>")),
            "{head}: {index}"
        );
    }
    let sheet = fs::read_to_string(out.join("fy2023/c-b/y.md")).unwrap();
    assert!(sheet.contains("| 令和4年度 | 110 | 100 |") && sheet.contains("分割があり"), "{sheet}");
}
