//! What the command says: rules, colors, help.

use super::{command, gaisan, run};

#[test]
fn the_rules_are_listed_and_explained() {
    let list = gaisan(&["rules"]);
    assert_eq!(list.code, 0);
    for rule in gaisan::check::RULES {
        let is_listed = list
            .out
            .lines()
            .any(|line| line.trim_start().starts_with(rule.code) && line.ends_with(rule.title));
        assert!(is_listed, "{} is not in\n{}", rule.code, list.out);
    }
    for code in ["E0201", "e0201"] {
        let manual = gaisan(&["rules", code]);
        assert_eq!(manual.code, 0);
        assert!(manual.out.starts_with("# E0201: a complete breakdown adds up\n"));
    }
}

#[test]
fn an_unknown_rule_is_trouble_with_a_suggestion() {
    let run = gaisan(&["rules", "E9999"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("`E9999`"), "{}", run.err);
    assert!(run.err.contains("gaisan rules"), "{}", run.err);
    let run = gaisan(&["rules", "E2001"]);
    assert!(run.err.contains("did you mean `E0201`?"), "{}", run.err);
}

#[test]
fn colors_come_only_when_they_are_asked_for() {
    let wrong = "tests/errors/10-key-twice.yaml";
    let plain = gaisan(&["check", wrong]);
    assert_eq!(plain.code, 1, "{}", plain.err);
    assert!(!plain.out.contains('\u{1b}'), "{:?}", plain.out);
    let no_color = run(command().args(["check", wrong]).env("NO_COLOR", "1"));
    assert_eq!(no_color.out, plain.out);
    let always = gaisan(&["check", wrong, "--color", "always"]);
    assert!(always.out.contains("\u{1b}["), "{:?}", always.out);
    let trouble = gaisan(&["check", "no/such/folder"]);
    assert!(!trouble.err.contains('\u{1b}'), "{:?}", trouble.err);
}

#[test]
fn the_help_stays_as_it_is() {
    for arguments in [&["--help"][..], &["build", "--help"], &["check", "--help"], &["diff", "--help"]] {
        let run = gaisan(arguments);
        assert_eq!(run.code, 0);
        let name = match arguments {
            [_] => "help".to_owned(),
            [command, ..] => format!("help_{command}"),
            [] => String::new(),
        };
        insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(name, run.out);
        });
    }
}
