//! From a word of a text back to its place in the file.

use gaisan::model::*;
use gaisan::source::{SourceMap, Span};

/// The source under the place of a word of a text.
fn found(written: &str, text: &str, word: &str) -> String {
    let mut sources = SourceMap::default();
    let before = "summary: ";
    let file = sources.add("a.yaml", &format!("{before}{written}\nnext: 次\n"));
    let span = Span { file, start: before.len(), end: before.len() + written.len() };
    let prose = Prose::new(text.to_owned(), true, written, span);
    let start = text.find(word).unwrap_or(0);
    let place = prose.place(&(start..start + word.len()));
    sources.slice(place).to_owned()
}

#[test]
fn a_word_of_a_literal_block_is_found_where_it_stands() {
    let written = "|\n  - 一つ目の項目\n\n    - 実施する\n  最後";
    let text = "- 一つ目の項目\n\n  - 実施する\n最後";
    for word in ["実施", "最後", "項目"] {
        assert_eq!(found(written, text, word), word);
    }
}

#[test]
fn a_word_of_a_quoted_or_plain_line_is_found() {
    assert_eq!(found("'光・量子'", "光・量子", "量子"), "量子");
    assert_eq!(found("光・量子", "光・量子", "光"), "光");
}

#[test]
fn what_was_folded_or_escaped_is_shown_by_its_first_line() {
    assert_eq!(found(">\n  一つ\n  二つ", "一つ 二つ", "二つ"), ">");
    assert_eq!(found("\"光\\u30FB量子\"", "光・量子", "量子"), "\"光\\u30FB量子\"");
}
