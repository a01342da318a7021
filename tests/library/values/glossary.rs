//! Abbreviations and their long forms.

use gaisan::model::*;

fn found<'t>(text: &'t str, shorts: &[&str]) -> Vec<&'t str> {
    let all = abbreviations(text, shorts);
    all.into_iter().filter_map(|(range, _)| text.get(range)).collect()
}

#[test]
fn an_abbreviation_is_found_as_a_word_of_its_own() {
    for (text, count) in [
        ("JST運営費交付金", 1),
        ("（JST）", 1),
        ("JSTX", 0),
        ("AJST", 0),
        ("X-JST", 0),
        ("JST-Mirai", 0),
        ("JST- 理研", 1),
        ("JST、JST", 2),
        ("2JST", 0),
    ] {
        assert_eq!(found(text, &["JST"]).len(), count, "{text}");
    }
    assert_eq!(found("国立産総研の産総研", &["産総研"]).len(), 2);
}

#[test]
fn the_longer_of_two_abbreviations_is_meant() {
    assert_eq!(found("AIPとAIP-PRISM、PRISM", &["AIP", "AIP-PRISM", "PRISM"]), ["AIP", "AIP-PRISM", "PRISM"]);
}
