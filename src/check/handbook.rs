//! All manuals as one document, `docs/rules.md`.

use std::fmt::Write;

use super::registry::{FAMILIES, RULES, Rule};

const HEAD: &str = "\
# The rules

<!-- Made by `gaisan rules --all > docs/rules.md` from the manuals in src/check; change those. -->

The first letter of a code is the severity of its findings: E error, W warning, N note. [checking.md](checking.md) says what follows
from it and how a project can change it. `gaisan rules CODE` prints one of these manuals.
";

/// The manuals of all rules, by family, as one Markdown document.
#[must_use]
pub fn handbook() -> String {
    let mut page = HEAD.to_owned();
    for (family, rules) in families() {
        page.push_str(&format!("\n## {family}\n\n| code | severity | what must hold |\n|---|---|---|\n"));
        for rule in &rules {
            let (code, title) = (rule.code, rule.title);
            let _ = writeln!(
                page,
                "| [{code}](#{}) | {} | {title} |",
                anchor(&format!("{code}: {title}")),
                rule.severity().slug()
            );
        }
        for rule in &rules {
            page.push('\n');
            page.push_str(&lowered(rule.manual));
        }
    }
    page
}

/// The rules of each family, in the order of their codes.
#[must_use]
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
    let mut in_block = false;
    let mut out = String::new();
    for line in manual.lines() {
        in_block ^= line.starts_with("```");
        if line.starts_with('#') && !in_block {
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
