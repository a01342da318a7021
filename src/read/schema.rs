//! The format as JSON Schema, for editors, out of the table that the reader goes by.

use serde_json::{Map, Value, json};

use super::keys;
use super::shapes::{ALL, CHAPTER, Key, Kind, Shape, WHOLE_PROGRAM, WHOLE_SETTINGS};
use crate::export;

/// The schema of chapters, of programs in files of their own and of a project's settings. Draft 7, which editors know best.
pub fn schema() -> String {
    let mut definitions = Map::new();
    for (name, shapes) in [("chapter", CHAPTER), ("program", WHOLE_PROGRAM), ("settings", WHOLE_SETTINGS)] {
        definitions.insert(name.to_owned(), mapping(shapes));
    }
    for shape in ALL.iter().filter(|shape| !is_part(shape)) {
        definitions.insert(slug(shape.name), mapping(&[*shape]));
    }
    for (name, value) in values() {
        definitions.insert(name.to_owned(), value);
    }
    // Other files of a project (citations, glossaries, ids) have keys of their own.
    let other = json!({
        "if": {"anyOf": [having("severity"), having("fonts")]},
        "then": reference("settings"),
    });
    export::json(&json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "urn:gaisan:schema:budget:1",
        "title": "概算要求 / Budget requests of gaisan",
        "description": "章、事業、設定のファイル。docs/format.ja.md / Files of chapters, programs and settings: docs/format.md",
        "if": having("gaisan"),
        "then": reference("chapter"),
        "else": {"if": having("id"), "then": reference("program"), "else": other},
        "definitions": definitions,
    }))
}

/// What has a key.
fn having(key: &str) -> Value {
    json!({"type": "object", "required": [key]})
}

/// Whether a shape is only found together with others.
fn is_part(shape: &Shape) -> bool {
    let whole = [CHAPTER, WHOLE_PROGRAM, WHOLE_SETTINGS].concat();
    whole.iter().any(|part| part.name == shape.name)
}

/// A mapping with the keys of some shapes; without a value it counts as absent.
fn mapping(shapes: &[&Shape]) -> Value {
    let mut properties = Map::new();
    for shape in shapes {
        for (key, about) in shape.keys.iter().zip(shape.about) {
            let mut property = property(key, about);
            if shape.needs.contains(key) {
                property["not"] = json!({"type": ["null", "string"], "pattern": "^\\s*$"});
            }
            properties.insert((*key).to_owned(), property);
        }
    }
    let needs: Vec<&str> = shapes.iter().flat_map(|shape| shape.needs).copied().collect();
    json!({
        "type": ["object", "null"],
        "properties": properties,
        "required": needs,
        "additionalProperties": false,
    })
}

/// A key with its name and what it is, in both languages. Draft 7 looks at nothing beside a reference.
fn property(key: &str, Key { kind, ja, en }: &Key) -> Value {
    json!({
        "title": format!("{} / {key}", keys::japanese(key)),
        "description": format!("{ja} / {en}"),
        "allOf": [value(kind)],
    })
}

fn value(kind: &Kind) -> Value {
    match kind {
        Kind::Text | Kind::Name | Kind::Prose => reference("text"),
        Kind::Id => reference("id"),
        Kind::Amount => reference("amount"),
        Kind::Unit => reference("unit"),
        Kind::Year => reference("year"),
        Kind::Date | Kind::Due => reference("date"),
        Kind::Count => reference("count"),
        Kind::Percent => reference("percent"),
        Kind::Cards => reference("cards"),
        Kind::Version => json!({"enum": [1, "1"]}),
        Kind::Words(words) => one_of(&words()),
        Kind::Money(name) => any(vec![reference("amount"), reference(&slug(name))]),
        Kind::Map(name) => reference(&slug(name)),
        Kind::Short(name) => any(vec![reference("text"), reference(&slug(name))]),
        Kind::List(entry) => {
            let entry = value(entry);
            any(vec![json!({"type": "array", "items": entry}), entry])
        }
        Kind::Named(entry) => json!({"type": ["object", "null"], "additionalProperties": value(entry)}),
        Kind::FileOr(kind) => any(vec![reference("file"), value(kind)]),
    }
}

/// One of some words, in small letters or capitals; `true` and `false` are such to YAML, too. A text of blanks says nothing.
fn one_of(words: &[&str]) -> Value {
    let mut all: Vec<Value> = words.iter().map(|word| json!(word)).collect();
    all.extend(words.iter().filter_map(|word| word.parse::<bool>().ok()).map(Value::Bool));
    all.push(Value::Null);
    let any_case = |word: &&str| -> String {
        let letter = |c: char| match c {
            _ if c.is_ascii_alphabetic() => format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase()),
            _ if c.is_ascii_punctuation() => format!("\\{c}"),
            _ => c.to_string(),
        };
        word.chars().map(letter).collect()
    };
    let spelled: Vec<String> = words.iter().map(any_case).collect();
    any(vec![
        json!({"enum": all}),
        json!({"type": "string", "pattern": format!("^\\s*({})?\\s*$", spelled.join("|"))}),
    ])
}

fn any(kinds: Vec<Value>) -> Value {
    json!({"anyOf": kinds})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/definitions/{name}")})
}

fn slug(name: &str) -> String {
    name.replace(' ', "_")
}

/// What single values look like. What cannot be said here is said by `gaisan check`.
fn values() -> Vec<(&'static str, Value)> {
    vec![
        ("text", json!({"type": ["string", "number", "boolean", "null"]})),
        (
            "id",
            json!({"type": ["string", "integer", "null"], "pattern": "^\\s*([a-z0-9]+(-[a-z0-9]+)*)?\\s*$", "examples": ["q-leap"]}),
        ),
        (
            "amount",
            json!({
                "type": ["string", "number", "null"],
                "examples": ["4,592", "831億円", "△154", "新規", "終了", "事項要求", "未定", "4,592 million yen", "new", "ended"],
            }),
        ),
        (
            "unit",
            json!({"type": ["string", "null"], "examples": ["百万円", "千円", "億円", "million yen", "thousand yen"]}),
        ),
        (
            "year",
            json!({"type": ["string", "integer", "null"], "examples": ["令和9年度", "R9", "2027年度", "FY2027"]}),
        ),
        (
            "date",
            json!({"type": ["string", "integer", "null"], "examples": ["令和8年8月31日", "2026-08-31", "2026-08", "31 August 2026"]}),
        ),
        (
            "count",
            json!({"type": ["integer", "string", "null"], "minimum": 0, "pattern": "[0-9０-９]|^\\s*$"}),
        ),
        ("percent", json!({"type": ["string", "number", "null"], "examples": [20, "12.5%", "2割5分"]})),
        (
            "cards",
            json!({"type": ["string", "null"], "pattern": "^\\s*(none|all|なし|すべて|全て|([Tt][Oo][Pp]|上位)\\s*[0-9０-９]+[件位]?)?\\s*$", "examples": ["none", "all", "top 10"]}),
        ),
        (
            "file",
            json!({"type": ["string", "null"], "pattern": "\\.ya?ml\\s*$|^\\s*$", "examples": ["q-leap.yaml"]}),
        ),
    ]
}
