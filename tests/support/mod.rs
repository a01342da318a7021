//! What several tests share: chapters built into a folder, and the tools that read what came out.

#![allow(dead_code, reason = "each test uses a part")]

pub(crate) mod chapters;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gaisan::build::{Built, Format, Options, build};
use gaisan::compose::Templates;
use gaisan::diagnostic::Tally;
use gaisan::document::Block;
use gaisan::model::Lang;
use gaisan::read::{Reading, survey};
use gaisan::settings::Severities;

/// The command, which speaks English on whatever machine it is tested.
pub(crate) fn gaisan() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gaisan"));
    command.env("GAISAN_LANG", "en");
    command
}

/// What a Japanese sheet on one page says in all formats: everything but the headings over the amounts, the notes to them and the
/// facts, which stand in the band and right under it.
pub(crate) fn on_one_page(markdown: &str) -> String {
    let mut document = gaisan::document::read(markdown, Lang::Ja);
    for block in &mut document.blocks {
        let Block::Section(section) = block else { continue };
        let heading = gaisan::document::plain(&section.heading);
        let over = ["要求・要望額", "注記", "事業名称", "事業期間", "実施主体", "事業規模"];
        if over.iter().any(|it| heading.starts_with(it)) {
            section.heading.clear();
        }
    }
    document.plain()
}

/// The chapters that come with gaisan.
pub(crate) const CHAPTERS: [&str; 4] = ["fy2022/mext-5", "fy2023/mext-5", "fy2024/mext-5", "demo-en"];

/// A folder of `budgets/`.
pub(crate) fn budgets(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("budgets").join(folder)
}

/// Reads a chapter that comes with gaisan.
pub(crate) fn reading(folder: &str) -> Reading {
    let reading = gaisan::read::read(&[budgets(folder)]);
    assert!(reading.unreadable.is_empty(), "{:?}", reading.unreadable);
    reading
}

/// Builds folders of `budgets/` in all formats.
pub(crate) fn built(folders: &[&str], out: &Path, jobs: usize) -> Built {
    let paths: Vec<PathBuf> = folders.iter().copied().map(budgets).collect();
    let options = Options {
        out: out.to_path_buf(),
        formats: Format::SHEETS.to_vec(),
        lang: None,
        jobs,
        ..Options::default()
    };
    let built = build(
        &mut survey(&paths),
        &Severities::default(),
        &Templates::new(&[]).unwrap(),
        &options,
        &|_, _| {},
    );
    assert!(built.failures.is_empty(), "{:?}", built.failures);
    assert_eq!(Tally::of(&built.findings.list).errors, 0, "{built:?}");
    assert!(built.skipped.is_empty() && built.missing.is_empty(), "{built:?}");
    built
}

/// All files below a folder, sorted, but for what gaisan remembers.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with(".gaisan") {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What a command prints when it is fed some bytes; `None` where it is not installed, which under CI is a failure.
pub(crate) fn output(tool: &str, arguments: &[&str], input: &[u8]) -> Option<String> {
    let child = Command::new(tool)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        skip(tool);
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    feeding.join().unwrap().unwrap();
    assert!(
        output.status.success(),
        "{tool} {arguments:?}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8(output.stdout).unwrap())
}

/// Says that a test did not run for want of a tool; under CI that is a failure.
pub(crate) fn skip(tool: &str) {
    assert!(std::env::var_os("CI").is_none(), "{tool} is not installed");
    eprintln!("skipped: needs {tool}");
}

/// A Python that has the validator of PDF/A and PDF/UA; `None` where there is none, and that has been said.
pub(crate) fn pdf_validator() -> Option<String> {
    python_with("page", "page-validation")
}

/// A Python that has a module; `None` where there is none, and that has been said.
pub(crate) fn python_with(module: &str, package: &str) -> Option<String> {
    let python = std::env::var("GAISAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let imported = Command::new(&python).args(["-c", &format!("import {module}")]).output();
    if imported.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    skip(&format!("the Python module {module} ({package}), in GAISAN_PYTHON or python3"));
    None
}

/// A text without any white space, and without what is invisible.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}'))
        .collect()
}

/// The tags of a page in order, each from `<` to `>`.
pub(crate) fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.match_indices('<').map(|(at, _)| {
        let end = page[at..].find('>').map_or(page.len(), |end| at + end + 1);
        &page[at..end]
    })
}

/// A tag's name without slash.
pub(crate) fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default()
}

/// An attribute of a tag, entities resolved.
pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = tag[start..].split('"').next()?;
    Some(resolved(value))
}

/// A text with the entities that gaisan writes resolved.
pub(crate) fn resolved(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&nbsp;", "\u{A0}").replace("&amp;", "&")
}

/// What a reader of an HTML page sees outside its drawings; what stands on lines or in cells of its own is on a line of its own.
pub(crate) fn visible(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let tag = tags(&rest[at..]).next().unwrap();
        let name = tag_name(tag);
        let hidden = matches!(name, "head" | "style" | "svg" | "script") && !tag.starts_with("</");
        let end = if hidden {
            let closing = format!("</{name}>");
            rest.find(&closing).unwrap() + closing.len()
        } else {
            at + tag.len()
        };
        if !matches!(
            name,
            "a" | "b"
                | "bdi"
                | "code"
                | "del"
                | "em"
                | "i"
                | "s"
                | "span"
                | "strong"
                | "sub"
                | "sup"
                | "u"
                | "wbr"
        ) {
            text.push('\n');
        }
        rest = &rest[end..];
    }
    text.push_str(rest);
    resolved(&text)
}

/// Checks a document against a JSON Schema with Python's `jsonschema`. Without it the test is skipped, except in CI.
pub(crate) fn validate(schema: &str, document: &str) {
    let document = serde_json::from_str(document).unwrap();
    let wrong = unlike(schema, &[(String::new(), document)].into());
    assert!(wrong.as_ref().is_none_or(BTreeMap::is_empty), "{schema}: {wrong:#?}");
}

/// What is wrong with documents by a JSON Schema, by their names; `None` where there is no `jsonschema`.
pub(crate) fn unlike(
    schema: &str,
    documents: &BTreeMap<String, serde_json::Value>,
) -> Option<BTreeMap<String, String>> {
    const PROGRAM: &str = "\
import json, sys
try:
    from jsonschema.validators import validator_for
except ImportError:
    sys.exit(77)
schema = json.load(open(sys.argv[1], encoding='utf-8'))
kind = validator_for(schema)
kind.check_schema(schema)
wrong = {}
for name, document in json.load(sys.stdin.buffer).items():
    errors = [f'{list(e.absolute_path)}: {e.message[:200]}' for e in kind(schema).iter_errors(document)]
    if errors:
        wrong[name] = '; '.join(errors)
json.dump(wrong, sys.stdout)
";
    let python = std::env::var("GAISAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let started = Command::new(python)
        .args(["-c", PROGRAM, schema])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let output = started.ok().map(|mut python| {
        // A Python without `jsonschema` stops before it reads; the exit code says so.
        let _ = python.stdin.take().unwrap().write_all(serde_json::to_string(documents).unwrap().as_bytes());
        python.wait_with_output().unwrap()
    });
    let Some(output) = output.filter(|output| output.status.code() != Some(77)) else {
        skip("the Python module jsonschema, in GAISAN_PYTHON or python3");
        return None;
    };
    assert!(output.status.success(), "{schema}: {}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}
