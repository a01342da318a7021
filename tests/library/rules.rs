//! The pages of all rules, `docs/rules.md` and `docs/rules.ja.md`, say what the rules' manuals say.

use gaisan::check::{RULES, handbook, manual};
use gaisan::model::Lang;

#[test]
fn the_page_of_all_rules_is_fresh() {
    let page = include_str!("../../docs/rules.md").replace("\r\n", "\n");
    assert!(page == handbook(Lang::En), "docs/rules.md is old: cargo run -- rules --all > docs/rules.md");
    let page = include_str!("../../docs/rules.ja.md").replace("\r\n", "\n");
    let how = "cargo run -- --lang ja rules --all > docs/rules.ja.md";
    assert!(page == handbook(Lang::Ja), "docs/rules.ja.md is old: {how}");
}

#[test]
fn every_rule_has_a_title_and_a_text_in_japanese() {
    for rule in RULES {
        let page = manual(rule, Lang::Ja);
        let (title, text) = page.split_once("\n\n").unwrap();
        assert!(title.ends_with("こと"), "{title}: say it in src/translation/rules.txt");
        assert!(text.contains('。'), "{}: say it in src/check/manuals.ja.md", rule.code);
    }
}
