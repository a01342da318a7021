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
    assert_eq!(Unit::HUNDRED_MILLION_YEN.exponent(), 8);
}

#[test]
fn a_unit_in_other_words_is_offered_in_its_own_currency() {
    for (text, label) in [
        ("$ millions", "million USD"),
        ("USD million", "million USD"),
        ("million $", "million USD"),
        ("M$", "million USD"),
        ("MUSD", "million USD"),
        ("USD (thousands)", "thousand USD"),
        ("in millions of dollars", "million USD"),
        ("k€", "thousand EUR"),
        ("GBPm", "million GBP"),
        ("百万米ドル", "million USD"),
        ("thousnd USD", "thousand USD"),
        ("yen million", "million yen"),
        ("10億円", "billion yen"),
        ("100万円", "million yen"),
        ("円（百万）", "million yen"),
        ("単位：千円", "thousand yen"),
    ] {
        assert_eq!(Unit::nearest(text).map(|unit| unit.label(Lang::En)).as_deref(), Some(label), "{text}");
    }
    // A scale alone is of any currency, and there is no unit of ten thousand dollars.
    for text in ["million", "mn", "万ドル", "千万円", "人"] {
        assert_eq!(Unit::nearest(text), None, "{text}");
    }
}
