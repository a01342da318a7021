//! Percentages of exact amounts.

use gaisan::model::*;

#[test]
fn shares_are_exact_and_print_as_they_were_written() {
    for (text, millionths, printed) in [
        ("20", 200_000, "20%"),
        ("20%", 200_000, "20%"),
        ("１２．５％", 125_000, "12.5%"),
        ("0.0001", 1, "0.0001%"),
        ("100.0", 1_000_000, "100%"),
        ("約２割", 200_000, "約2割"),
        ("8割5分", 850_000, "8割5分"),
        ("2.5割程度", 250_000, "2.5割程度"),
        ("10割", 1_000_000, "10割"),
        ("0割5分", 50_000, "0割5分"),
        ("about 20%", 200_000, "about 20%"),
        ("約12.5 %", 125_000, "約12.5 %"),
    ] {
        let share = Percent::parse(text);
        assert_eq!(share.as_ref().map(|s| s.millionths()), Ok(millionths));
        assert_eq!(share.map(|s| s.to_string()).as_deref(), Ok(printed));
    }
}

#[test]
fn rounded_shares_make_up_the_whole_as_far_as_rounding_explains() {
    let makes = |shares: &[&str], rule| {
        let shares: Vec<Percent> = shares.iter().filter_map(|text| Percent::parse(text).ok()).collect();
        Percent::make_whole(&shares, rule)
    };
    assert!(makes(&["33.3", "33.3", "33.3"], Rounding::HalfUp));
    assert!(makes(&["33.3", "33.3", "33.3"], Rounding::Truncate));
    assert!(!makes(&["33.3", "33.3", "33.3"], Rounding::Ceiling));
    assert!(makes(&["66.7", "16.7", "16.7"], Rounding::HalfUp));
    assert!(makes(&["50", "50"], Rounding::Ceiling));
    assert!(!makes(&["33.3", "33.3", "33.0"], Rounding::HalfUp));
    assert!(!makes(&["20", "74"], Rounding::HalfUp));
}

#[test]
fn what_is_no_share_is_refused() {
    for text in [
        "", "%", "-1", "100.1", "1e1", ".5", "5.", "012", "1.23456", "二割", "11割", "2割15分", "2割5", "割",
        "約", "2割%",
    ] {
        assert!(Percent::parse(text).is_err(), "{text}");
    }
}
