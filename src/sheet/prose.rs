//! The author's Markdown, fitted into the place where a template puts it.

use crate::document::with_targets;
use crate::markdown::{Fences, ended};

/// Markdown with its headings moved down by `deepen` levels (at most to the sixth) and its footnote labels made unique by
/// a prefix, so that texts of several programs can stand in one sheet; what one leaves open ends with it. Code blocks stay as they are.
pub(super) fn fitted(text: &str, prefix: &str, deepen: usize) -> String {
    let text = &*ended(text);
    let text = &*with_targets(text);
    let mut fences = Fences::default();
    let mut fitted = String::with_capacity(text.len() + 16);
    for line in text.lines() {
        if fences.hold(line) {
            fitted.push_str(line);
        } else {
            fitted.push_str(&deepened(&line.replace("[^", &format!("[^{prefix}--")), deepen));
        }
        fitted.push('\n');
    }
    fitted.trim_end().to_owned()
}

/// Whether a text begins with a heading, and so with a section of its own.
pub(super) fn is_headed(text: &str) -> bool {
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let underline = lines.next().unwrap_or_default().trim();
    let is_underlined =
        ['=', '-'].iter().any(|mark| !underline.is_empty() && underline.chars().all(|c| c == *mark));
    level(first) > 0 || is_underlined
}

/// The level of a line that is a heading; 0 for any other.
fn level(line: &str) -> usize {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let is_heading = (1..=6).contains(&level) && line.as_bytes().get(level).is_none_or(|&byte| byte == b' ');
    if is_heading { level } else { 0 }
}

fn deepened(line: &str, deepen: usize) -> String {
    let level = level(line);
    if level == 0 {
        return line.to_owned();
    }
    let rest = line.get(level..).unwrap_or_default();
    format!("{}{rest}", "#".repeat((level.max(2) + deepen).min(6)))
}

/// A paragraph or a plain list as one line, for the cell of a table; `None` for any other Markdown.
pub(super) fn on_one_line(text: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in text.lines() {
        let trimmed = line.trim();
        let item = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* "));
        let begins = trimmed.chars().next();
        match (item, parts.last_mut()) {
            (Some(item), _) => parts.push(item.trim_start_matches('・').trim().to_owned()),
            (None, _) if trimmed.is_empty() => {
                goes_on = false;
                continue;
            }
            (None, _) if begins.is_some_and(|c| "#>|+`~![".contains(c) || c.is_ascii_digit()) => return None,
            (None, Some(last)) if goes_on => last.push_str(trimmed),
            (None, _) => parts.push(trimmed.to_owned()),
        }
        goes_on = true;
    }
    Some(parts.join("　").replace('|', "\\|"))
}

/// Markdown as a quotation.
pub(super) fn quoted(text: &str) -> String {
    text.lines()
        .map(|line| if line.trim().is_empty() { ">".to_owned() } else { format!("> {line}") })
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go_down_and_footnotes_get_a_prefix_except_in_code() {
        let text = "## 背景[^1]\n\n```\n# 番号[^1]\n```\n#要求\n\n[^1]: 脚注";
        assert_eq!(
            fitted(text, "q-leap", 2),
            "#### 背景[^q-leap--1]\n\n```\n# 番号[^1]\n```\n#要求\n\n[^q-leap--1]: 脚注"
        );
    }

    #[test]
    fn a_label_of_one_text_is_none_of_another() {
        assert_eq!(
            fitted(
                "[計画][1]と[案]、`[計画][1]`。\n\n[1]: https://example.jp/a\n[案]: https://example.jp/b \"案\"",
                "a",
                0
            ),
            "[計画](<https://example.jp/a>)と[案](<https://example.jp/b> \"案\")、`[計画][1]`。"
        );
        // What a text defines and does not use is no target for another one.
        assert_eq!(fitted("計画。\n\n[1]: a.png", "a", 0), "計画。\n\n\\[1]: a.png");
    }

    #[test]
    fn a_text_is_headed_by_either_kind_of_heading() {
        for (text, headed) in [
            ("\n## 背景\n本文", true),
            ("背景\n---\n本文", true),
            ("本文。\n\n## 背景", false),
            ("本文。\n\n---", false),
            ("#番号", false),
            ("- 一つ\n- 二つ", false),
            ("", false),
        ] {
            assert_eq!(is_headed(text), headed, "{text}");
        }
    }

    #[test]
    fn a_first_level_heading_becomes_a_second_level_one() {
        assert_eq!(fitted("# 背景", "a", 0), "## 背景");
    }

    #[test]
    fn every_line_of_a_quotation_is_marked() {
        assert_eq!(quoted("一\n\n二"), "> 一\n>\n> 二");
    }
}
