//! An edit changes what it is about and nothing else, and what it did can be undone to the byte.

use gaisan::diagnostic::Edit;
use gaisan::edit::{Manuscript, Value, edited};
use gaisan::source::{FileId, SourceMap, Span};
use proptest::prelude::*;
use serde_yaml::Value as Yaml;

use super::cases;

const FILE: &str = r#"# 見出し
plain: 1,200     # 要求額
double: "1,200"  # "二重"
single: '1,200'
block: |  # 本文
  一行目

    - 二行目

folded: >-
  畳んだ
  文
nothing:         # まだない
# 事業
programs:
  # 一つ目
  - {id: a, n: 5, q: "6,5", words: [p, q]}   # 波括弧

  # 二つ目
  - id: b
    # 額
    n: 7
    text: |
      本文
    words: [p]
    parts:
    - id: c
      n: 9
    - id: d

  - id: e
    n: 8

last: 最後
"#;

/// The file with other line ends, a mark at its beginning, or no end of its last line.
fn layouts() -> Vec<Vec<u8>> {
    let bare = FILE.trim_end();
    [FILE, bare]
        .into_iter()
        .flat_map(|text| {
            [text.to_owned(), text.replace('\n', "\r\n"), text.replace('\n', "\r"), format!("\u{feff}{text}")]
        })
        .map(String::into_bytes)
        .collect()
}

fn opened(bytes: &[u8]) -> (SourceMap, FileId) {
    let mut sources = SourceMap::default();
    let file = sources.add_bytes("file.yaml".as_ref(), bytes);
    (sources, file)
}

fn yaml(bytes: &[u8]) -> Yaml {
    let (sources, file) = opened(bytes);
    let text = &sources.file(file).text;
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The place of a value, by keys and numbers.
fn place(manuscript: &Manuscript<'_>, sources: &SourceMap, path: &[&str]) -> Span {
    let mut at = manuscript.top();
    for step in path {
        at = match step.parse::<usize>() {
            Ok(number) => manuscript.entry(at, number).expect("an entry"),
            Err(_) => manuscript.place(at, step).unwrap_or_else(|| panic!("{step} in {}", sources.slice(at))),
        };
    }
    at
}

fn at<'y>(yaml: &'y mut Yaml, path: &[&str]) -> &'y mut Yaml {
    path.iter().fold(yaml, |value, step| match step.parse::<usize>() {
        Ok(number) => &mut value[number],
        Err(_) => &mut value[*step],
    })
}

/// What takes an edit back.
fn undone(sources: &SourceMap, edit: &Edit) -> Edit {
    let span = Span { end: edit.span.start + edit.text.len(), ..edit.span };
    Edit { span, text: sources.slice(edit.span).to_owned() }
}

/// Applies an edit, and shows that taking it back gives the same bytes.
fn applied(bytes: &[u8], sources: &SourceMap, edit: &Edit) -> Vec<u8> {
    let after = edited(bytes, std::slice::from_ref(edit)).unwrap();
    assert_eq!(
        edited(&after, &[undone(sources, edit)]).unwrap(),
        bytes,
        "{}",
        String::from_utf8_lossy(&after)
    );
    after
}

const SCALARS: &[&[&str]] = &[
    &["plain"],
    &["double"],
    &["single"],
    &["block"],
    &["folded"],
    &["nothing"],
    &["last"],
    &["programs", "0", "n"],
    &["programs", "0", "q"],
    &["programs", "0", "words", "1"],
    &["programs", "1", "n"],
    &["programs", "1", "text"],
    &["programs", "1", "words", "0"],
    &["programs", "1", "parts", "0", "n"],
    &["programs", "1", "parts", "1", "id"],
];

/// Words as people write them, and what YAML takes for something else.
fn texts() -> impl Strategy<Value = String> {
    let odd = "[-?:,\\[\\]{}#&*!|>'\"%@`~ \\\\\na0字\t]{1,8}";
    prop_oneof![
        "[0-9]{1,3}(,[0-9]{3}){0,2}",
        "[ぁ-ん（）、：・a-z ]{1,9}",
        odd,
        Just("null".to_owned()),
        ".{1,6}",
        "(  )?[a-c]\n(.{0,4}\n){0,3}"
    ]
    .prop_filter("the format has no text of these", |text| {
        text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t')) && !text.trim().is_empty()
    })
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_scalar_is_what_was_set_and_all_else_stays(text in texts(), which in 0..SCALARS.len(), layout in 0..8_usize) {
        let bytes = &layouts()[layout];
        let path = SCALARS[which];
        let (sources, file) = opened(bytes);
        let manuscript = Manuscript::of(&sources, file).unwrap();
        let edit = manuscript.set(place(&manuscript, &sources, path), &text).unwrap();
        let after = applied(bytes, &sources, &edit);

        let mut expected = yaml(bytes);
        let old = std::mem::replace(at(&mut expected, path), Yaml::String(text.clone()));
        // Numbers are texts to gaisan; only the reader used here makes something else of them.
        let mut found = yaml(&after);
        let value = at(&mut found, path);
        if let Some(shown) = (!value.is_string()).then(|| serde_yaml::to_string(&*value).unwrap()) {
            prop_assert_eq!(shown.trim(), text.trim());
            *value = Yaml::String(text.clone());
        }
        prop_assert_eq!(found, expected, "{}", String::from_utf8_lossy(&after));

        // Back by the value, where the new one could be written as the old one was.
        let kept = |edit: &Edit| edit.text.trim_start().chars().next().filter(|c| "\"'|>".contains(*c));
        let old = old.as_str().map(str::to_owned);
        let (again, file) = opened(&after);
        let manuscript = Manuscript::of(&again, file).unwrap();
        if let Some(old) = old.filter(|_| kept(&edit) == kept(&undone(&sources, &edit))) {
            let back = manuscript.set(place(&manuscript, &again, path), &old).unwrap();
            let back = edited(&after, &[back]).unwrap();
            prop_assert_eq!(String::from_utf8_lossy(&back), String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_key_and_an_entry_come_and_go(text in texts(), which in 0..5_usize, layout in 0..8_usize) {
        let bytes = &layouts()[layout];
        let (sources, file) = opened(bytes);
        let manuscript = Manuscript::of(&sources, file).unwrap();
        let value = Value::Lines(vec![("id".to_owned(), Value::text("new")), ("note".to_owned(), Value::Text(text.clone()))]);
        let entry: Yaml = serde_yaml::from_str("{id: new, note: ''}").unwrap();
        let entry = { let mut entry = entry; entry["note"] = Yaml::String(text.clone()); entry };
        let line: &[&str] = [&["programs", "0", "id"][..], &["programs", "1", "id"], &["programs", "2", "n"], &["programs", "1", "parts", "1", "id"], &["last"]][which];
        let mapping = &line[..line.len() - 1];

        let put = manuscript.put(place(&manuscript, &sources, line), "note", &Value::Text(text.clone())).unwrap();
        let after = applied(bytes, &sources, &put);
        let mut expected = yaml(bytes);
        at(&mut expected, mapping)["note"] = Yaml::String(text.clone());
        prop_assert_eq!(strings(yaml(&after)), strings(expected), "{}", String::from_utf8_lossy(&after));
        let (again, file) = opened(&after);
        let with = Manuscript::of(&again, file).unwrap();
        let take = with.take(place(&with, &again, line), "note").unwrap();
        let back = edited(&after, &[take]).unwrap();
        prop_assert_eq!(strings(yaml(&back)), strings(yaml(bytes)));

        for (key, list, count) in [("programs", &[][..], 3), ("parts", &["programs", "1", "id"][..], 2), ("parts", &["programs", "2", "id"][..], 0)] {
            let spot = which.min(count);
            let insert = manuscript.insert(place(&manuscript, &sources, list), key, spot, &value).unwrap();
            let after = applied(bytes, &sources, &insert);
            let mut expected = yaml(bytes);
            let mapping = at(&mut expected, &list[..list.len().saturating_sub(1)]);
            if mapping[key].is_null() {
                mapping[key] = Yaml::Sequence(Vec::new());
            }
            mapping[key].as_sequence_mut().unwrap().insert(spot, entry.clone());
            prop_assert_eq!(strings(yaml(&after)), strings(expected), "{}", String::from_utf8_lossy(&after));
            let (again, file) = opened(&after);
            let with = Manuscript::of(&again, file).unwrap();
            let path = [&list[..list.len().saturating_sub(1)], &[key]].concat();
            let whole = place(&with, &again, &path);
            let drop = with.drop(with.entry(whole, spot).unwrap(), &[]).unwrap();
            let back = edited(&after, &[drop]).unwrap();
            if count > 0 {
                prop_assert_eq!(strings(yaml(&back)), strings(yaml(bytes)), "{}", String::from_utf8_lossy(&back));
            }
        }
    }
}

/// Everything as text, as gaisan reads it.
fn strings(value: Yaml) -> Yaml {
    match value {
        Yaml::Sequence(items) => Yaml::Sequence(items.into_iter().map(strings).collect()),
        Yaml::Mapping(entries) => {
            Yaml::Mapping(entries.into_iter().map(|(key, value)| (key, strings(value))).collect())
        }
        Yaml::Bool(_) | Yaml::Number(_) => {
            Yaml::String(serde_yaml::to_string(&value).unwrap().trim().to_owned())
        }
        other => other,
    }
}
