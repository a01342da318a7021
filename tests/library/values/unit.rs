//! Units as they are written.

use gaisan::model::*;

#[test]
fn every_known_name_is_read_and_every_label_read_back() {
    for name in Unit::KNOWN_NAMES {
        let unit = Unit::parse(name);
        assert!(unit.is_some(), "{name}");
        for lang in [Lang::Ja, Lang::En] {
            let label = unit.map(|unit| unit.label(lang)).unwrap_or_default();
            assert_eq!(Unit::parse(&label), unit, "{label}");
        }
    }
}

#[test]
fn units_fold_full_width_and_space() {
    assert_eq!(Unit::parse("　百万円 "), Some(Unit::MILLION_YEN));
    assert_eq!(Unit::parse("million  ＵＳＤ"), Unit::parse("million USD"));
    assert_eq!(Unit::parse("JPY"), Some(Unit::YEN));
    assert_eq!(Unit::parse("million JPY"), Some(Unit::MILLION_YEN));
}

#[test]
fn unknown_units_are_none() {
    for name in ["", "億", "圓", "usd", "dozen USD", "US", "USDX", "百万"] {
        assert_eq!(Unit::parse(name), None, "{name}");
    }
}

#[test]
fn a_label_is_worded_in_the_language_of_the_sheet() {
    assert_eq!(Unit::MILLION_YEN.label(Lang::En), "million yen");
    assert_eq!(Unit::HUNDRED_MILLION_YEN.label(Lang::Ja), "億円");
    assert_eq!(Unit::HUNDRED_MILLION_YEN.factor(), 100_000_000);
}
