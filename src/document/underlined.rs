//! Headings written as underlined text, which have no attribute block: `{…}` at their end is text.
//!
//! pulldown-cmark 0.13.6 panics on some such blocks inside lists and quotations, and would take others for attributes that the author
//! never meant. So a word joiner is set behind the block, which cleaning takes out again.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::emphasis::JOINER;

/// The Markdown with a joiner behind each block of braces that ends an underlined heading.
pub(super) fn guarded(markdown: Cow<'_, str>) -> Cow<'_, str> {
    if !may_have_some(&markdown) {
        return markdown;
    }
    // Which text is a heading does not depend on attributes, so a reading without them tells it.
    let options = crate::markdown::options().difference(Options::ENABLE_HEADING_ATTRIBUTES);
    let mut guarded = String::with_capacity(markdown.len());
    let mut from = 0;
    for (event, range) in Parser::new_ext(&markdown, options).into_offset_iter() {
        if !matches!(event, Event::Start(Tag::Heading { .. })) {
            continue;
        }
        let heading = markdown.get(range.clone()).unwrap_or_default().trim_end();
        let Some(line) = heading.rfind(['\n', '\r']) else { continue };
        let text = heading.get(..line).unwrap_or_default().trim_end();
        if text.ends_with('}') {
            let end = range.start + text.len();
            guarded.push_str(markdown.get(from..end).unwrap_or_default());
            guarded.push_str(JOINER);
            from = end;
        }
    }
    guarded.push_str(markdown.get(from..).unwrap_or_default());
    Cow::Owned(guarded)
}

/// Whether a line that ends with a brace is followed by one that could underline it.
fn may_have_some(markdown: &str) -> bool {
    let mut after_brace = false;
    markdown.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).any(|line| {
        let is_mark = |mark: char| matches!(mark, '>' | '=' | '-') || mark.is_whitespace();
        let may = after_brace && line.chars().all(is_mark);
        after_brace = line.ends_with('}');
        may
    })
}

#[cfg(test)]
mod tests {
    use crate::document::{Block, plain, read};
    use crate::model::Lang;
    use proptest::prelude::*;

    fn heading(markdown: &str) -> String {
        let document = read(markdown, Lang::Ja);
        match document.blocks.first() {
            Some(Block::Section(section)) => plain(&section.heading),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn braces_at_the_end_of_an_underlined_heading_are_text_wherever_it_stands() {
        assert_eq!(heading("内訳\n{注}\n---"), "内訳 {注}");
        assert_eq!(heading("内訳 {.box}\n---"), "内訳 {.box}");
        assert_eq!(heading("## 内訳 {.box}\n---"), "内訳");
        for markdown in [
            "- r\n   {}\n  -",
            "- 内訳\n    {注}\n    ---\n",
            "> 内訳\n>   {注}\n> ===",
            "1. 内訳\r\n     {注}\r\n   --",
            "[^a]: 内訳\n     {注}\n    =\n\n[^a]",
            "> - 内訳\n>    {注}\n>   -",
            "> > 内訳\n> {注}\n> > ---",
            "語\n\n: 内訳\n   {注}\n  ---",
        ] {
            let document = format!("{:?}", read(markdown, Lang::Ja));
            let text = if markdown.contains('注') { "{注}" } else { "{}" };
            assert!(document.contains(text), "{markdown:?}: {document}");
        }
        let code = format!("{:?}", read("```\n{}\n---\n```\n\n- a {}\n  ---", Lang::Ja));
        assert!(code.contains(r#"Code("{}\n---")"#), "{code}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]
        #[test]
        fn no_text_of_lines_with_braces_stops_the_reader(
            lines in proptest::collection::vec(
                ("(- |> |>|1\\. |  |   |    |\t|: |\\[\\^a\\]: |\\* ){0,3}", "(内訳|r|\\{\\}|\\{注\\} |\\{\\.a\\}|\\\\|---|-|===|=|# r|\\*\\*r\\*\\*|\\||`x`){0,2}"),
                1..6,
            ),
            end in "\n|\r\n|\r",
        ) {
            let text: Vec<String> = lines.iter().map(|(before, text)| format!("{before}{text}")).collect();
            let _ = read(&text.join(&end), Lang::Ja);
        }
    }
}
