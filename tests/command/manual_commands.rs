//! What the manuals tell people to copy: command lines that the command takes, and YAML that can be read.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_yaml::Value;

const SETTINGS: [&str; 2] = ["action.yml", ".pre-commit-hooks.yaml"];

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// All pages that people read.
fn manuals() -> Vec<String> {
    let pages = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")).unwrap();
    let mut names: Vec<String> =
        ["README.md", "README.ja.md", "CONTRIBUTING.md", "SECURITY.md"].map(str::to_owned).into();
    names.extend(pages.map(|page| format!("docs/{}", page.unwrap().file_name().into_string().unwrap())));
    names.retain(|name| name.ends_with(".md"));
    names
}

/// The blocks of a manual in some language, without their fences.
fn blocks(manual: &str, language: &str) -> Vec<String> {
    let open = format!("```{language}\n");
    let after = manual.split(open.as_str()).skip(1);
    after.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// The `gaisan` command lines of a text, each as its words.
fn commands(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut line = line.trim();
        for start in ["- run: ", "run: ", "entry: ", "- ", "$ "] {
            line = line.strip_prefix(start).unwrap_or(line);
        }
        let line = line.replace("cargo run --release -- ", "gaisan ");
        let line = line.split(" # ").next().unwrap();
        for command in line.split(" && ") {
            if let Some(arguments) = command.strip_prefix("gaisan ") {
                let end = [" > ", " || ", " | "].iter().filter_map(|end| arguments.find(end)).min();
                found.push(words(&arguments[..end.unwrap_or(arguments.len())]));
            }
        }
    }
    found
}

/// The words as a shell sees them, with something in place of its variables.
fn words(arguments: &str) -> Vec<String> {
    let known = arguments.replace("$PART", "1");
    let words = known.split_whitespace().filter(|word| *word != "…");
    words.map(|word| word.replace('"', "")).collect()
}

fn gaisan(arguments: &[String]) -> Output {
    let mut command = crate::support::gaisan();
    // Asked for help at the end, clap has taken everything before it.
    command.args(arguments).arg("--help").output().unwrap()
}

#[test]
fn the_command_takes_every_command_line_of_the_manuals() {
    let mut count = 0;
    for name in manuals().iter().map(String::as_str).chain(SETTINGS) {
        let text = text(name);
        let shown = if name.ends_with(".md") {
            let mut blocks_of_all = blocks(&text, "sh");
            blocks_of_all.extend(blocks(&text, "yaml"));
            blocks_of_all.push(inline(&text));
            blocks_of_all.join("\n")
        } else {
            text
        };
        for arguments in commands(&shown) {
            let output = gaisan(&arguments);
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{name}: gaisan {}\n{said}", arguments.join(" "));
            count += 1;
        }
    }
    assert!(count > 30, "only {count} command lines were found");
}

/// What stands in backquotes in the text, a line each; `[PATHS]` and the like are left out.
fn inline(text: &str) -> String {
    let mut lines = String::new();
    for line in text.lines().filter(|line| !line.starts_with("```")) {
        for code in line.split('`').skip(1).step_by(2) {
            let optional = code.find(" [").unwrap_or(code.len());
            let upper = |word: &&str| !word.chars().all(|c| c.is_ascii_uppercase() || c == '…');
            let words: Vec<&str> = code[..optional].split(' ').filter(upper).collect();
            lines.push_str(&format!("{}\n", words.join(" ")));
        }
    }
    lines
}

#[test]
fn the_test_sees_what_the_command_does_not_take() {
    let wrong = ["check --otput github", "chekc", "build --format docx", "watch --serve=0.0.0.0:80"];
    for wrong in wrong {
        assert!(!gaisan(&words(wrong)).status.success(), "{wrong}");
    }
    let text = "      - run: gaisan check --output-format sarif > x\n  entry: gaisan build\n  ! gaisan\n";
    assert_eq!(commands(text).len(), 2);
}

#[test]
fn what_is_to_be_copied_is_yaml() {
    let manual = text("docs/ci.md");
    let blocks = blocks(&manual, "yaml");
    assert!(blocks.len() >= 5);
    for block in &blocks {
        let value: Result<Value, _> = serde_yaml::from_str(block);
        assert!(value.is_ok(), "{value:?}\n{block}");
    }
    let workflow: Value = serde_yaml::from_str(&blocks[0]).unwrap();
    for (name, job) in workflow["jobs"].as_mapping().unwrap() {
        assert!(job["runs-on"].is_string(), "{name:?}");
        for step in job["steps"].as_sequence().unwrap() {
            assert!(step["uses"].is_string() != step["run"].is_string(), "{step:?}");
            // Text from a pull request must not become part of a command.
            let run = step["run"].as_str().unwrap_or_default();
            assert!(!run.contains("${{"), "{run}");
        }
    }

    let action: Value = serde_yaml::from_str(&text("action.yml")).unwrap();
    assert_eq!(action["runs"]["using"], Value::from("composite"));
    for step in action["runs"]["steps"].as_sequence().unwrap() {
        let runs = step["run"].as_str();
        assert_eq!(runs.is_some(), step["shell"].is_string(), "{step:?}");
        assert!(!runs.unwrap_or_default().contains("${{"), "{step:?}");
    }

    let hooks: Vec<Value> = serde_yaml::from_str(&text(".pre-commit-hooks.yaml")).unwrap();
    for hook in &hooks {
        for key in ["id", "name", "entry", "language", "files"] {
            assert!(hook[key].is_string(), "{key} in {hook:?}");
        }
        let id = format!("- id: {}", hook["id"].as_str().unwrap());
        assert!(manual.contains(&id), "docs/ci.md does not show `{id}`");
    }
}
