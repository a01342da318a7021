//! Two texts line by line, as `diff -u` and Git show them.

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

/// How many lines that stay are shown around those that change.
const AROUND: usize = 3;

/// What changes in the lines of a file; empty where nothing does.
pub fn patch(name: &str, old: &str, new: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) = (lines(old), lines(new));
    let groups = group_diff_ops(capture_diff_slices(Algorithm::Myers, &before, &after), AROUND);
    let mut text = String::new();
    for group in groups {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        if text.is_empty() {
            text = format!("--- {name}\n+++ {name}\n");
        }
        let range = |range: fn(&DiffOp) -> std::ops::Range<usize>| {
            let (start, end) = (range(first).start, range(last).end);
            // An empty range is named by the line before it.
            format!("{},{}", start + usize::from(end > start), end - start)
        };
        text += &format!("@@ -{} +{} @@\n", range(DiffOp::old_range), range(DiffOp::new_range));
        for op in &group {
            let part = |mark: &str, lines: &[&str]| -> String {
                lines.iter().map(|line| format!("{mark}{}", ended(line))).collect()
            };
            let old = before.get(op.old_range()).unwrap_or_default();
            let new = after.get(op.new_range()).unwrap_or_default();
            text += &match op.tag() {
                DiffTag::Equal => part(" ", old),
                _ => part("-", old) + &part("+", new),
            };
        }
    }
    text
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn ended(line: &str) -> String {
    if line.ends_with('\n') { line.to_owned() } else { format!("{line}\n\\ No newline at end of file\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_shows_what_changes_and_three_lines_around() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n";
        let new = old.replace("5\n", "five\n");
        let shown = "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n";
        assert_eq!(patch("a", old, &new), shown);
        assert_eq!(patch("a", old, old), "");
        assert_eq!(patch("a", "", "x"), "--- a\n+++ a\n@@ -0,0 +1,1 @@\n+x\n\\ No newline at end of file\n");
    }
}
