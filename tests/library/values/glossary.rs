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

#[test]
fn an_abbreviation_that_is_explained_twice_is_still_used() {
    let text = "gaisan: 1\nid: c\ntitle: 章\nministry: 庁\nfiscal_year: 2024\nstage: request\nunit: 百万円\nbreakdown: partial\n\
        glossary:\n  NIMS: 物質・材料研究機構\n  NIMS: 機構\n  JST: 科学技術振興機構\nprograms:\n  - {id: a, title: 甲, requested: 5, prior: 4, summary: NIMSの研究}\n";
    let reading = gaisan::read::read_texts(&[("c.yaml", text)]);
    let codes: Vec<&str> = gaisan::examine(&reading).findings.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["E0103", "W0513"], "JST alone is not used");
}
