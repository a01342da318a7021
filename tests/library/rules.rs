//! The page of all rules, `docs/rules.md`, says what the rules' manuals say.

use gaisan::check::handbook;

#[test]
fn the_page_of_all_rules_is_fresh() {
    let page = include_str!("../../docs/rules.md").replace("\r\n", "\n");
    assert!(page == handbook(), "docs/rules.md is old: cargo run -- rules --all > docs/rules.md");
}
