//! Rates between two amounts.

use gaisan::model::Unit;
use gaisan::model::*;

fn rate(requested: &str, prior: &str) -> Option<Rate> {
    let amount = |text| Amount::parse(text, Unit::MILLION_YEN).ok();
    Rate::between(amount(requested)?, amount(prior)?)
}

fn percent(requested: &str, prior: &str) -> Option<i128> {
    rate(requested, prior).map(|rate| rate.percent(1))
}

#[test]
fn rates_are_worked_out_from_exact_values() {
    assert_eq!(percent("4,592", "3,494"), Some(314));
    assert_eq!(percent("7,458", "7,612"), Some(-20));
    assert_eq!(percent("1", "0"), None);
    assert_eq!(percent("0", "5"), Some(-1000));
    assert_eq!(percent("5", "-5"), None);
    assert_eq!(percent("-5", "5"), Some(-2000));
    assert_eq!(percent("10億円", "945百万円"), Some(58));
}

#[test]
fn a_tie_goes_away_from_zero() {
    assert_eq!(percent("10,005", "10,000"), Some(1));
    assert_eq!(percent("9,995", "10,000"), Some(-1));
    assert_eq!(percent("10,004", "10,000"), Some(0));
}

#[test]
fn a_ramp_up_is_a_multiple() {
    let ramp = rate("2,806", "43");
    assert_eq!(ramp.map(|rate| rate.times(1)), Some(653));
    assert_eq!(ramp.map(|rate| rate.times(2)), Some(6526));
    assert_eq!(ramp.map(|rate| rate.is_at_least_times(10)), Some(true));
    let slip = rate("43", "2,806").map(|rate| rate.is_below_one_in(10));
    assert_eq!(slip, Some(true));
    let tenth = rate("10", "100").map(|rate| rate.is_below_one_in(10));
    assert_eq!(tenth, Some(false));
}

#[test]
fn a_limit_is_held_against_the_exact_rate() {
    let exceeds = |requested: &str, prior: &str, limit: &str| {
        let limit = FineRate::parse(limit)?;
        Some(rate(requested, prior)?.exceeds(limit))
    };
    assert_eq!(exceeds("105", "100", "5"), Some(false));
    assert_eq!(exceeds("10,501", "10,000", "5"), Some(true));
    assert_eq!(exceeds("95", "100", "4.9999"), Some(true));
    assert_eq!(exceeds("400", "100", "250"), Some(true));
    for text in ["", "5%", ".5", "5.", "-5", "123456", "1.23456"] {
        assert_eq!(FineRate::parse(text), None, "{text}");
    }
}

#[test]
fn the_largest_amounts_have_rates() {
    let extreme = rate("99,999,999,999,999", "0.01円").map(|rate| rate.percent(9));
    assert!(extreme.is_some_and(|percent| percent > 0));
}
