//! The format as JSON Schema: it is fresh, the manuals say the same of every key, and another program finds right with it what is right and
//! wrong what is wrong in its shape.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gaisan::check::RULES;
use gaisan::diagnostic::Severity;
use gaisan::examine;
use gaisan::read::{read, schema};
use serde_json::Value;

use super::support::unlike;

const FILE: &str = "docs/gaisan.schema.json";

/// A YAML file as JSON; `None` for what is no YAML.
fn json(path: &Path) -> Option<Value> {
    let text = std::fs::read_to_string(path).ok()?;
    serde_yaml::from_str(text.trim_start_matches('\u{feff}')).ok()
}

#[test]
fn the_schema_is_fresh() {
    let known = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(known == schema(), "{FILE} is old: cargo run -- schema > {FILE}");
}

#[test]
fn what_is_right_is_right_by_the_schema() {
    let mut files =
        gaisan::source::files(Path::new("budgets"), gaisan::source::FileKind::Budget).unwrap().files;
    files.extend(super::errors::cases_of("tests/errors").into_iter().filter(|case| case.is_file()));
    files.extend(super::errors::cases_of("tests/slips").into_iter().filter(|case| case.is_file()));
    let is_right = |path: &&PathBuf| {
        let reading = read(std::slice::from_ref(*path));
        path.starts_with("budgets")
            // A schema compares what cannot be seen, too.
            || !examine(&reading).findings.iter().any(|it| it.severity == Severity::Error || it.code == "W0117")
    };
    let mut documents: BTreeMap<String, Value> = files
        .iter()
        .filter(is_right)
        .filter_map(|path| Some((path.display().to_string(), json(path)?)))
        .collect();
    for rule in RULES {
        let files = super::manuals::example_of(rule, "Right").map(super::manuals::files).unwrap_or_default();
        documents.extend(
            files
                .into_iter()
                .map(|(name, text)| (format!("{}: {name}", rule.code), serde_yaml::from_str(text).unwrap())),
        );
    }
    assert!(documents.len() > 120, "{}", documents.len());
    let Some(wrong) = unlike(FILE, &documents) else { return };
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_wrong_in_its_shape_is_wrong_by_the_schema() {
    // Keys that are none, keys that are missing, words outside their set; which keys need each other is not said by the schema.
    let is_said = |case: &Path| !case.ends_with("59-only-a-wish.yaml");
    let is_shape = |code: &str| matches!(code, "E0104" | "E0105" | "E0107");
    let mut documents = BTreeMap::new();
    for case in ["tests/errors", "tests/slips"].into_iter().flat_map(super::errors::cases_of) {
        let findings = examine(&read(std::slice::from_ref(&case))).findings;
        if case.is_file() && is_said(&case) && findings.iter().any(|it| is_shape(it.code)) {
            documents.extend(json(&case).map(|json| (case.display().to_string(), json)));
        }
    }
    let Some(wrong) = unlike(FILE, &documents) else { return };
    let missed: Vec<&String> = documents.keys().filter(|case| !wrong.contains_key(*case)).collect();
    assert!(missed.is_empty() && documents.len() > 10, "{missed:#?}");
}

/// The tables of keys in a manual: where they stand (a heading, or a mapping in the first column), the key, and what it is.
fn rows(manual: &str) -> BTreeMap<(String, String), String> {
    let (mut place, mut rows) = (String::new(), BTreeMap::new());
    for line in manual.lines() {
        if line.starts_with('#') {
            place = line.trim_start_matches(['#', ' ']).to_owned();
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (keys, meaning) = match cells.as_slice() {
            ["", keys, meaning, _, _, ""] => (keys, meaning),
            ["", within, keys, meaning, _, _, ""] => {
                if !within.is_empty() {
                    place = (*within).to_owned();
                }
                (keys, meaning)
            }
            _ => continue,
        };
        for key in keys.split('`').skip(1).step_by(2) {
            rows.insert((place.clone(), key.to_owned()), unlinked(meaning));
        }
    }
    rows
}

/// A text with the words of its links alone.
fn unlinked(text: &str) -> String {
    let mut parts = text.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let link = part.split_once("](").and_then(|(words, behind)| Some((words, behind.split_once(')')?.1)));
        let (words, behind) = link.unwrap_or((part, ""));
        plain += words;
        plain += behind;
    }
    plain
}

#[test]
fn the_manuals_say_the_same_of_every_key() {
    const PLACES: [(&str, &str, &str); 17] = [
        ("chapter", "Lines: chapter and programs", "章と事業に共通の項目"),
        ("chapter", "Chapter (章)", "章"),
        ("citation", "Citation (引用文書)", "引用文書（`citations`）"),
        ("crosswalk_entry", "Crosswalk entry (新旧対応)", "対応表（`crosswalk`）の項目"),
        ("program", "Program (事業)", "事業"),
        ("period", "`period`", "`period`"),
        ("scale", "`scale`", "`scale`"),
        ("policy_basis", "`policy_basis`", "`policy_basis`"),
        ("area", "`areas`", "`areas`"),
        ("group", "… `groups`", "… `groups`"),
        ("funding_flow", "`funding_flow`", "`funding_flow`"),
        ("node", "… `nodes`", "… `nodes`"),
        ("edge", "… `edges`", "… `edges`"),
        ("logic_model", "`logic_model`", "`logic_model`"),
        ("logic_model_entry", "… entry", "… 要素"),
        ("figure", "`figures`", "`figures`"),
        ("note", "Note (注)", "注記（`notes`）の項目"),
    ];
    let read = |name| rows(&std::fs::read_to_string(name).unwrap());
    let (en, ja) = (read("docs/format.md"), read("docs/format.ja.md"));
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let mut told = BTreeMap::new();
    for (name, in_english, in_japanese) in PLACES {
        let keys = en.keys().filter(|(place, _)| place == in_english).map(|(_, key)| key);
        for key in keys {
            let is = &schema["definitions"][name]["properties"][key]["description"];
            let at = |place: &str| (place.to_owned(), key.clone());
            let said = format!("{} / {}", ja[&at(in_japanese)], en[&at(in_english)]);
            assert_eq!(is, &Value::String(said), "{name}: {key}");
            told.insert((name, key.clone()), ());
        }
    }
    for (name, ..) in PLACES {
        for key in schema["definitions"][name]["properties"].as_object().unwrap().keys() {
            let of_line = || name == "program" && told.contains_key(&("chapter", key.clone()));
            assert!(told.contains_key(&(name, key.clone())) || of_line(), "no manual tells of {name}: {key}");
        }
    }
}
