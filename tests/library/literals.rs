//! No English leaves a Japanese run unseen: every text of the sources that has English words side by side stands in the tables of
//! src/translation, or in a file that says nothing to people, or says it in both languages by itself.

use std::collections::BTreeSet;
use std::path::Path;

/// Where English is no message.
const OTHERS: [(&str, &str); 33] = [
    ("src/words/", "what sheets say, in both languages"),
    ("src/notation/", "the same of amounts"),
    ("src/model/rounding/", "the same"),
    ("src/model/unit.rs", "names of units"),
    ("src/model/money.rs", "words of amounts"),
    ("src/model/examples.rs", "examples, in both languages"),
    ("src/model/amount/slip", "what is looked for in amounts"),
    ("src/check/said", "what is looked for in prose"),
    ("src/check/prose_figures.rs", "the same"),
    ("src/drafting/chapter.rs", "comments in files, in both languages"),
    ("src/drafting/ids.rs", "the same"),
    ("src/diff/words.rs", "words of change sheets, in both languages"),
    ("src/fault.rs", "tests' own"),
    ("src/check/handbook.rs", "the head of docs/rules.md, in both languages"),
    ("src/read/synonyms.rs", "what is looked for in values"),
    ("src/read/keys.rs", "and in keys"),
    ("src/read/yaml/comments.rs", "and in comments"),
    ("src/import/words.rs", "and in tables"),
    ("src/import/amounts.rs", "and in the heads of amounts"),
    ("src/import/bases.rs", "and in those of their parts"),
    ("src/import/titles.rs", "and in titles"),
    ("src/import/kinds.rs", "and of what is new"),
    ("src/import/stages.rs", "and of stages"),
    ("src/import/currencies.rs", "and of currencies"),
    ("src/import/units.rs", "and of units"),
    ("src/import/versions.rs", "and in names of sheets"),
    ("src/read/shapes/", "the format, in both languages"),
    ("src/read/schema.rs", "the same as a schema"),
    ("src/read/yaml/verbatim.rs", "what the second reader of YAML says, which nobody is told"),
    ("src/exchange/package.rs", "the columns of a data package, for programs"),
    ("src/breaks/", "tests' own"),
    ("src/render/", "HTML and PDF"),
    ("src/vector/write.rs", "SVG"),
];

/// Texts of other programs, of files and of faults of ours, and parts that patterns have with other figures or words.
const FOREIGN: [&str; 27] = [
    "not a git repository",
    "\\ No newline at end of file",
    "64 hexadecimal digits are expected",
    "<!doctype html",
    "<html lang=\"",
    "<head><meta charset=\"utf-8\"><title>gaisan</title></head>",
    "<script src=\"",
    "gaisan diff [OPTIONS] [OLD] [NEW]",
    "a workbook is made of a whole chapter, see ``",
    "there is nothing to set",
    "What each column holds",
    "`` asks this file first",
    "`` may be",
    "1 amount is",
    "1 text is to be written",
    "divided by 1,000, divided by 100",
    "at stage ``",
    "units are 円, 千円, 百万円, 億円, USD, thousand USD …",
    "``, ``, ``, ``, or one of",
    "text box ``",
    "years from 1868 to 2099 are known",
    "million yen",
    "a glossary entry, an area",
    "it lies in FY",
    "the text contains U+",
    "単価 unitprice unitcost",
    "数量 員数 回数 人数 個数 quantity qty",
];

/// The string literals of a source, outside comments, tests and what attributes say to the compiler.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '\'', '/', '#']) {
        let (before, from) = rest.split_at(at);
        let is_raw = before.ends_with('r') && !before.ends_with(|c: char| c.is_alphanumeric() && c != 'r');
        let skipped = match from.as_bytes() {
            [b'/', b'/', ..] => from.find('\n').unwrap_or(from.len()),
            [b'#', b'[', ..] if ["#[expect(", "#[allow("].iter().any(|it| from.starts_with(it)) => {
                from.find(")]").unwrap_or(1)
            }
            [b'\'', b'\\', _, ..] => {
                2 + from.get(2..).and_then(|it| it.find('\'')).map_or(0, |end| end + 1).max(2)
            }
            [b'\'', ..] => {
                let mut inside = from.chars().skip(1);
                let length = inside.next().map_or(0, char::len_utf8);
                if inside.next() == Some('\'') { length + 2 } else { 1 }
            }
            [b'"', ..] if is_raw => {
                from.get(1..).and_then(|it| it.find('"')).map_or(from.len(), |end| end + 2)
            }
            [b'"', ..] => {
                let mut is_escaped = false;
                let end = from.char_indices().skip(1).find(|(_, c)| {
                    let is_end = *c == '"' && !is_escaped;
                    is_escaped = *c == '\\' && !is_escaped;
                    is_end
                });
                let end = end.map_or(from.len(), |(at, _)| at + 1);
                found.push(unescaped(from.get(1..end - 1).unwrap_or_default()));
                end
            }
            _ => 1,
        };
        rest = from.get(skipped..).unwrap_or_default();
    }
    found
}

fn unescaped(written: &str) -> String {
    let mut joined = String::new();
    for (at, piece) in written.split("\\\n").enumerate() {
        joined.push_str(if at > 0 { piece.trim_start() } else { piece });
    }
    joined.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\")
}

/// A text without the author's words, and with every form of a plural the same.
fn normal(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let own = parts.iter().step_by(2).copied().collect::<Vec<_>>().join("``");
    own.replace("(s)", "")
}

/// The sentences of a text that have English words side by side, without what is put in for them.
fn sentences(literal: &str) -> Vec<String> {
    let open = literal.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let mut found = Vec::new();
    for line in normal(&open).lines().filter(|line| !line.trim_start().starts_with("gaisan ")) {
        let mut depth = 0;
        let bare: String = line
            .chars()
            .map(|c| match c {
                '{' => {
                    depth += 1;
                    '\0'
                }
                '}' => {
                    depth -= 1;
                    '\0'
                }
                _ if depth > 0 => '\0',
                c => c,
            })
            .collect();
        let ends = bare
            .replace("; ", "\0")
            .replace("? ", "\0")
            .replace(". ", "\0")
            .replace(": ", "\0")
            .replace("  ", "\0");
        let parts = ends.split(['\0', '(', ')']).map(|part| part.replace('\u{1}', "{").replace('\u{2}', "}"));
        found.extend(parts.map(|part| part.trim_matches([' ', ';', ',', '.', ':', '?']).to_owned()));
    }
    let is_word =
        |word: &str| word.len() > 1 && word.bytes().all(|it| it.is_ascii_lowercase() || it == b'\'');
    let is_said = |part: &String| {
        let words: Vec<&str> = part.split(' ').map(|word| word.trim_end_matches([',', ';', ':'])).collect();
        words.windows(2).any(|pair| pair.iter().all(|word| is_word(word)))
    };
    found.into_iter().filter(is_said).collect()
}

fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match entry.is_dir() {
            true => found.extend(sources(&entry)),
            false if entry.extension().is_some_and(|end| end == "rs") => found.push(entry),
            false => {}
        }
    }
    found
}

#[test]
fn every_english_text_of_the_sources_is_in_the_tables() {
    let mut known = String::new();
    for entry in std::fs::read_dir("src/translation").unwrap().map(|entry| entry.unwrap().path()) {
        let table = std::fs::read_to_string(entry).unwrap();
        for line in table.lines().filter(|line| !line.starts_with(['#', ' '])) {
            for form in [normal(line), normal(&line.replace("(s)", "s"))] {
                known += &form.to_lowercase();
                known.push('\n');
            }
        }
    }
    let foreign: Vec<String> = FOREIGN.iter().map(|text| text.to_lowercase()).collect();
    let (mut left, mut looked_at) = (BTreeSet::new(), 0);
    for path in sources(Path::new("src")) {
        let name = path.to_string_lossy().replace('\\', "/");
        if name.ends_with("tests.rs")
            || name.contains("/tests/")
            || OTHERS.iter().any(|(own, _)| name.starts_with(own))
        {
            continue;
        }
        for literal in literals(&std::fs::read_to_string(&path).unwrap()) {
            for sentence in sentences(&literal) {
                looked_at += 1;
                let low = sentence.to_lowercase();
                if !known.contains(&low) && !foreign.iter().any(|text| text.contains(&low)) {
                    left.insert(format!("{name}: {sentence}"));
                }
            }
        }
    }
    assert!(looked_at > 1500, "{looked_at}");
    let left: Vec<String> = left.into_iter().collect();
    assert!(left.is_empty(), "say it in src/translation/*.txt:\n{}", left.join("\n"));
}

#[test]
fn literals_are_told_from_everything_else() {
    let source = "// \"a comment\"\nlet a = \"one two\\\n     three\"; let q = '\"'; let b = '\\''; r\"raw\"; \"a \\\"b\\\" {x} `c d` y\" 's\n#[cfg(test)]\n\"test\"";
    assert_eq!(literals(source), ["one twothree", "a \"b\" {x} `c d` y"]);
    assert_eq!(sentences("write `a b` here, {count} more lines; Look at it"), ["more lines", "Look at it"]);
}
