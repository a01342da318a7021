//! All manuals as one document, `docs/rules.md`, and in Japanese `docs/rules.ja.md`.

use std::fmt::Write;

use super::registry::{FAMILIES, RULES, Rule};
use crate::markdown::Fences;
use crate::model::Lang;
use crate::translation::Translation;

const HEAD: &str = "\
# The rules

<!-- Made by `gaisan rules --all > docs/rules.md` from the manuals in src/check; change those. -->

The first letter of a code is the severity of its findings: E error, W warning, N note. [checking.md](checking.md) says what follows
from it and how a project can change it. `gaisan rules CODE` prints one of these manuals.
";

const HEAD_JA: &str = "\
# 検査項目

<!-- `gaisan --lang ja rules --all > docs/rules.ja.md` で、src/check/manuals.ja.md から作る。 -->

[English](rules.md)

番号の先頭の文字は、指摘の種類を表します（E エラー、W 警告、N 補足）。種類ごとの扱いと、プロジェクトでの変え方は
[checking.md](checking.md)（英語）にあります。`gaisan rules 番号` で、一つずつ表示できます。
";
/// What the rules say in Japanese, each under its code.
const IN_JAPANESE: &str = include_str!("manuals.ja.md");

/// The manuals of all rules, by family, as one Markdown document.
pub fn handbook(lang: Lang) -> String {
    let mut page = lang.pick(HEAD_JA, HEAD).to_owned();
    for (family, rules) in families() {
        let columns = lang.pick("番号 | 種類 | 守られるべきこと", "code | severity | what must hold");
        page.push_str(&format!("\n## {}\n\n| {columns} |\n|---|---|---|\n", said(family, lang)));
        for rule in &rules {
            let (code, title) = (rule.code, said(rule.title, lang));
            let _ = writeln!(
                page,
                "| [{code}](#{}) | {} | {title} |",
                anchor(&format!("{code}: {title}")),
                said(&format!("{}[{code}]", rule.severity().slug()), lang).replace(&format!("[{code}]"), "")
            );
        }
        for rule in &rules {
            page.push('\n');
            page.push_str(&lowered(&manual(rule, lang)));
        }
    }
    page
}

/// The manual of a rule; in Japanese with the examples of the English one.
pub fn manual(rule: &Rule, lang: Lang) -> String {
    if lang == Lang::En {
        return rule.manual.to_owned();
    }
    let text = IN_JAPANESE.split("\n## ").find_map(|part| part.strip_prefix(rule.code)).unwrap_or_default();
    let mut page = format!("# {}: {}\n\n{}\n", rule.code, said(rule.title, lang), text.trim());
    for (heading, japanese) in [("\n## Wrong\n", "誤りの例"), ("\n## Right\n", "正しい例")] {
        let section =
            rule.manual.split_once(heading).map(|(_, rest)| rest.split("\n## ").next().unwrap_or(rest));
        let example = section.and_then(|section| section.split_once("```")?.1.split_once("\n```"));
        if let Some((example, _)) = example {
            page.push_str(&format!("\n## {japanese}\n\n```{example}\n```\n"));
        }
    }
    page
}

/// A title in a language.
fn said(text: &str, lang: Lang) -> String {
    lang.pick(Translation::japanese().say(text), text.to_owned())
}

/// The rules of each family, in the order of their codes.
pub fn families() -> Vec<(&'static str, Vec<&'static Rule>)> {
    let rules = |digits: &str| -> Vec<&'static Rule> {
        let mut rules: Vec<&Rule> = RULES.iter().filter(|rule| rule.family() == digits).collect();
        rules.sort_by_key(|rule| rule.code.get(1..));
        rules
    };
    FAMILIES.iter().map(|(digits, title)| (*title, rules(digits))).collect()
}

/// A manual with its headings two levels down.
fn lowered(manual: &str) -> String {
    let mut fences = Fences::default();
    let mut out = String::new();
    for line in manual.lines() {
        let is_code = fences.hold(line);
        if line.starts_with('#') && !is_code {
            out.push_str("##");
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// What a heading is called in links: letters and digits in lower case, blanks as hyphens.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter_map(|character| match character {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_belongs_to_a_family() {
        let listed: usize = families().iter().map(|(_, rules)| rules.len()).sum();
        assert_eq!(listed, RULES.len());
    }

    #[test]
    fn headings_go_down_and_comments_in_blocks_stay() {
        assert_eq!(
            lowered("# A\n\n```yaml\n# note\n```\n\n## B\n"),
            "### A\n\n```yaml\n# note\n```\n\n#### B\n"
        );
    }

    #[test]
    fn a_link_finds_its_heading() {
        assert_eq!(
            anchor("E0404: a prior amount is stated, or the line is new"),
            "e0404-a-prior-amount-is-stated-or-the-line-is-new"
        );
    }
}
