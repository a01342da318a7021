//! What may be done to gaisan: each target takes any bytes, and panics where something is not as it should be. `fuzz/` runs them under
//! cargo-fuzz, `tests/fuzz` for a while on any compiler.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use gaisan::build::{Format, Job, Manifest};
use gaisan::compose::Templates;
use gaisan::diagnostic::{Color, Diagnostic, Edit, text};
use gaisan::edit::edited;
use gaisan::examine;
use gaisan::import::{self, import};
use gaisan::model::{Amount, FiscalYear, Lang, Unit};
use gaisan::read::{Reading, read_texts};
use gaisan::render::{html, markdown, pdf};
use gaisan::sheet::Imprint;
use gaisan::vector::Vector;
use gaisan::verify::{Scope, verify};

/// A target with the folder of its corpus and the endings of the files in it.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&[u8]),
    pub(crate) corpus: &'static [(&'static str, &'static [&'static str])],
}

/// All targets.
pub(crate) const TARGETS: &[Target] = &[
    Target { name: "yaml", run: yaml, corpus: &[("budgets", &["yaml"]), ("tests/errors", &["yaml"])] },
    Target { name: "sheet", run: sheet, corpus: &[("budgets", &["yaml"]), ("tests/slips", &["yaml"])] },
    Target { name: "amount", run: amount, corpus: &[("budgets/demo-en", &["yaml"])] },
    Target { name: "prose", run: prose, corpus: &[("tests/data", &["md"]), ("docs", &["md"])] },
    Target { name: "diff", run: diff, corpus: &[("budgets", &["yaml"]), ("tests/slips", &["yaml"])] },
    Target { name: "cure", run: cure, corpus: &[("tests/slips", &["yaml"]), ("tests/errors", &["yaml"])] },
    Target { name: "svg", run: svg, corpus: &[("tests", &["svg"])] },
    Target { name: "png", run: png, corpus: &[("tests", &["png"]), ("docs/images", &["png"])] },
    Target { name: "jpeg", run: jpeg, corpus: &[("tests", &["jpg", "jpeg"])] },
    Target { name: "proof", run: proof, corpus: &[] },
    Target { name: "manifest", run: manifest, corpus: &[("docs/schema", &["json"])] },
    Target { name: "workbook", run: workbook, corpus: &[("tests", &["xlsx", "csv", "tsv", "ods", "xls"])] },
];

/// Any YAML is read and checked, and what is said about it can be shown.
pub(crate) fn yaml(bytes: &[u8]) {
    let reading = read(bytes);
    let examined = examine(&reading);
    assert_shown(&examined.findings, &reading);
}

/// Every sheet that is made proves itself, in both formats that can.
pub(crate) fn sheet(bytes: &[u8]) {
    let reading = read(bytes);
    for job in jobs(&reading).iter().take(2) {
        for format in [Format::Html, Format::Pdf] {
            let page = file(job, format);
            let verdict = verify(&page, &Scope::default()).expect("a sheet of gaisan's");
            assert!(verdict.is_proven(), "{} {format:?}: {:?}", job.name(), verdict.problems);
        }
    }
}

/// A plain number is read as whole numbers would be; any other text is read or refused, and no place lies outside of it.
pub(crate) fn amount(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for text in text.split_whitespace().take(64) {
        for unit in [Unit::YEN, Unit::MILLION_YEN, Unit::HUNDRED_MILLION_YEN] {
            match (Amount::parse(text, unit), model(text)) {
                (Ok(amount), Some((digits, decimals))) => {
                    assert_eq!((amount.coefficient(), amount.decimals()), (digits, decimals), "{text}");
                    assert!(amount.checked_sub(amount).is_ok_and(Amount::is_zero), "{text}");
                }
                (Ok(_), None) => {}
                (Err(error), _) => {
                    assert_eq!(text.get(error.range.clone()), Some(error.found.as_str()), "{text}");
                }
            }
        }
    }
}

/// The digits and decimals of `12,345.6`.
fn model(text: &str) -> Option<(i128, u8)> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits: String =
        whole.chars().filter(|character| *character != ',').chain(decimals.chars()).collect();
    let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_plain && digits.len() < 15)
        .then(|| digits.parse().ok())
        .flatten()
        .zip(u8::try_from(decimals.len()).ok())
}

/// Any Markdown becomes a page and a PDF, neither with markup or a script of the author's.
pub(crate) fn prose(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for lang in [Lang::Ja, Lang::En] {
        let document = gaisan::document::read(&text, lang);
        let imprint = imprint(lang);
        let page = html::page(&document, &Default::default(), &imprint);
        let is_script = |tag: &str| tag.split('>').next().is_some_and(|tag| tag.contains("\"javascript:"));
        assert!(!page.split('<').any(is_script), "a script in a link");
        let _ = markdown::page(&document, &Default::default(), &imprint);
        pdf::pdf(&document, &Default::default(), &imprint).expect("a PDF");
    }
}

/// Two halves of an input are compared in every form.
pub(crate) fn diff(bytes: &[u8]) {
    let middle = bytes.len() / 2;
    let base = fs::read(root().join("tests/fuzz/base.yaml")).unwrap_or_default();
    for (old, new) in [(&base[..], bytes), (bytes, &base[..]), (&bytes[..middle], &bytes[middle..])] {
        let (old, new) = (read(old), read(new));
        let (old, new) = (examine(&old), examine(&new));
        if let Ok(diff) = gaisan::diff(&old, &new) {
            let _ = gaisan::diff::json(&diff);
            gaisan::diff::csv(&diff).expect("a table");
            let _ = gaisan::sheet::changes(&diff, None);
            let _ = gaisan::sheet::glance(&diff, None, true);
        }
    }
}

/// A cure that is certain takes its finding away, and the file can still be read as well as before.
pub(crate) fn cure(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let bytes = text.as_bytes();
    let reading = read(bytes);
    for finding in &reading.findings {
        let Some(cure) = finding.cure.as_ref().filter(|cure| cure.is_certain) else { continue };
        let edits: Vec<Edit> = cure.edits.clone();
        let Some(mended) = edited(bytes, &edits) else { continue };
        assert!(mended != bytes, "{}: a cure that changes nothing", finding.code);
        let place = finding.primary.span;
        let own = text.get(place.start..place.end).unwrap_or_default();
        if !own.is_empty() && text.get(place.end..).is_some_and(|rest| rest.starts_with(own)) {
            continue;
        }
        let again = read(&mended);
        // Behind it, others of its kind may come to light; of two side by side, which were passed over, the second would stand in its place.
        let is_alike = |other: &&Diagnostic| (other.code, &other.message) == (finding.code, &finding.message);
        let alike = |reading: &Reading| reading.findings.iter().filter(is_alike).count();
        let is_there = again
            .findings
            .iter()
            .filter(is_alike)
            .any(|other| other.primary.span.start == finding.primary.span.start);
        assert!(!is_there || alike(&again) < alike(&reading), "{}: the cure does not help", finding.code);
    }
}

/// A picture of areas is refused, or drawn anew as one that reads the same.
pub(crate) fn svg(bytes: &[u8]) {
    if let Ok(vector) = Vector::read(bytes) {
        Vector::read(vector.svg().as_bytes()).expect("what was written can be read");
    }
}

/// A PNG is refused or understood.
pub(crate) fn png(bytes: &[u8]) {
    let _ = gaisan::picture::check(bytes);
}

/// A JPEG is refused or understood.
pub(crate) fn jpeg(bytes: &[u8]) {
    let _ = gaisan::picture::check(bytes);
}

/// Bytes are no sheet, or one that was changed is noticed: the input says where and how the shipped sheet is changed.
pub(crate) fn proof(bytes: &[u8]) {
    static SHEETS: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    let sheets = SHEETS.get_or_init(|| {
        let text = fs::read(root().join("tests/fuzz/base.yaml")).expect("the base");
        let reading = read(&text);
        let jobs = jobs(&reading);
        let job = jobs.first().expect("a sheet");
        [Format::Html, Format::Pdf].map(|format| file(job, format))
    });
    let _ = verify(bytes, &Scope::default());
    for sheet in sheets {
        let mut changed = sheet.clone();
        for change in bytes.chunks_exact(4).take(8) {
            let at = usize::from(u16::from_le_bytes([change[0], change[1]])) * 31 % changed.len();
            match change[2] % 3 {
                0 => changed[at] = change[3],
                1 => drop(changed.remove(at)),
                _ => changed.insert(at, change[3]),
            }
        }
        let is_proven = verify(&changed, &Scope::default()).is_ok_and(|verdict| verdict.is_proven());
        let is_same = |text: &[u8]| {
            text.iter().filter(|byte| **byte != b'\r').eq(sheet.iter().filter(|byte| **byte != b'\r'))
        };
        assert!(!is_proven || is_same(&changed), "a changed sheet is called proven");
    }
}

/// A manifest is read or refused.
pub(crate) fn manifest(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(gaisan::build::MANIFEST), bytes).expect("a file");
    let _ = Manifest::read(folder.path());
}

/// A workbook or a table of text is refused or taken, and what is said about it can be shown.
pub(crate) fn workbook(bytes: &[u8]) {
    let options = import::Options {
        year: FiscalYear::new(2027),
        unit: Some(Unit::MILLION_YEN),
        ..import::Options::default()
    };
    let end = if bytes.starts_with(b"PK") { "xlsx" } else { "csv" };
    let import = import(&[(format!("table.{end}"), bytes.to_vec())], &options);
    let _ = text(&import.findings, &import.sources, Color::Never);
}

/// The folder of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    if here.ends_with("fuzz") { here.join("..") } else { here.to_path_buf() }
}

fn read(bytes: &[u8]) -> Reading {
    read_texts(&[("request.yaml", &String::from_utf8_lossy(bytes))])
}

fn templates() -> &'static Templates {
    static TEMPLATES: OnceLock<Templates> = OnceLock::new();
    TEMPLATES.get_or_init(|| Templates::new(&[]).expect("the built-in templates"))
}

fn jobs(reading: &Reading) -> Vec<Job> {
    gaisan::build::jobs(&examine(reading), templates(), None)
}

fn file(job: &Job, format: Format) -> Vec<u8> {
    job.files(format, templates(), None).expect("a file").remove(0).1
}

fn imprint(lang: Lang) -> Imprint {
    Imprint {
        title: "t".to_owned(),
        author: "a".to_owned(),
        running_head: "r".to_owned(),
        lang,
        edition: String::new(),
        enclosure: None,
        glossary: Vec::new(),
        draft: None,
        paper: gaisan::model::Paper::A4,
        links: Vec::new(),
    }
}

fn assert_shown(findings: &[Diagnostic], reading: &Reading) {
    for finding in findings {
        for label in std::iter::once(&finding.primary).chain(&finding.secondary) {
            let text = &reading.sources.file(label.span.file).text;
            assert!(text.get(label.span.start..label.span.end).is_some(), "{finding:?}");
        }
    }
    let _ = text(findings, &reading.sources, Color::Never);
}
