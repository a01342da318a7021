//! What a rounded amount may stand for.

use proptest::prelude::*;

use gaisan::model::*;

fn amount(text: &str) -> Amount {
    Amount::parse(text, Unit::MILLION_YEN).unwrap_or(Amount::zero(Unit::TRILLION_YEN))
}

fn amounts(texts: &[&str]) -> Vec<Amount> {
    texts.iter().map(|text| amount(text)).collect()
}

fn footing(lines: &[&str], total: &str, rounding: Rounding) -> Option<Footing> {
    Footing::of(&amounts(lines), amount(total), rounding).ok()
}

fn is_impossible(footing: Option<Footing>) -> bool {
    matches!(footing, Some(Footing::Impossible { .. }))
}

#[test]
fn the_tie_of_1650_goes_three_ways() {
    let rounded = |text, rounding| amount(text).rounded_to(Unit::HUNDRED_MILLION_YEN, 0, rounding);
    for (rounding, expected) in
        [(Rounding::HalfUp, "17億円"), (Rounding::Truncate, "16億円"), (Rounding::Ceiling, "17億円")]
    {
        assert_eq!(rounded("1,650", rounding), Some(amount(expected)));
        let mirrored = amount(expected).negated();
        assert_eq!(rounded("△1,650", rounding), Some(mirrored));
        assert!(amount(expected).interval(rounding).contains(amount("1,650")));
    }
    let finer = amount("17億円").rounded_to(Unit::MILLION_YEN, 0, Rounding::HalfUp);
    assert_eq!(finer, None);
}

#[test]
fn the_unlisted_part_of_the_reference_chapter_lies_in_a_known_range() {
    for (total, listed, rounding, low, high) in [
        ("831億円", "34,751", Rounding::HalfUp, "48,299", "48,398"),
        ("831億円", "34,751", Rounding::Truncate, "48,349", "48,448"),
        ("627億円", "18,164", Rounding::HalfUp, "44,486", "44,585"),
        ("627億円", "18,164", Rounding::Truncate, "44,536", "44,635"),
    ] {
        let rest = amount(total).interval(rounding).checked_sub(Interval::exact(amount(listed)));
        let range = rest.map(|rest| rest.inclusive_range(Unit::MILLION_YEN, 0));
        assert_eq!(range, Ok(Some((amount(low), amount(high)))));
    }
}

#[test]
fn negative_intervals_mirror_positive_ones_and_zero_is_its_own_case() {
    let range = |text, rounding: Rounding| {
        let interval = amount(text).interval(rounding);
        let range = interval.inclusive_range(Unit::YEN, 0);
        range.map(|(low, high)| (low.coefficient(), high.coefficient()))
    };
    assert_eq!(range("5千円", Rounding::HalfUp), Some((4_500, 5_499)));
    assert_eq!(range("△5千円", Rounding::HalfUp), Some((-5_499, -4_500)));
    assert_eq!(range("0千円", Rounding::HalfUp), Some((-499, 499)));
    assert_eq!(range("5千円", Rounding::Truncate), Some((5_000, 5_999)));
    assert_eq!(range("△5千円", Rounding::Truncate), Some((-5_999, -5_000)));
    assert_eq!(range("0千円", Rounding::Truncate), Some((-999, 999)));
    assert_eq!(range("5千円", Rounding::Ceiling), Some((4_001, 5_000)));
    assert_eq!(range("△5千円", Rounding::Ceiling), Some((-5_000, -4_001)));
    assert_eq!(range("0千円", Rounding::Ceiling), Some((0, 0)));
}

#[test]
fn an_end_left_out_by_one_line_is_left_out_of_the_sum() {
    let exact = Interval::exact(amount("1千円"));
    let rounded = amount("5千円").interval(Rounding::HalfUp);
    let expected = Some((amount("5,500円"), amount("6,499円")));
    for sum in [exact.checked_add(rounded), rounded.checked_add(exact)] {
        let range = sum.map(|sum| sum.inclusive_range(Unit::YEN, 0));
        assert_eq!(range, Ok(expected));
    }
}

#[test]
fn a_total_has_three_relations_to_its_lines() {
    let lines = ["5,663", "3,450", "2,806"];
    let rounding = Rounding::HalfUp;
    assert_eq!(footing(&lines, "11,919", rounding), Some(Footing::Exact));
    let difference = amount("1");
    let within = Footing::WithinRounding { difference };
    assert_eq!(footing(&lines, "11,920", rounding), Some(within));
    let impossible =
        Footing::Impossible { sum: amount("11,919"), difference: amount("1,930"), explainable: amount("1") };
    assert_eq!(footing(&lines, "13,849", rounding), Some(impossible));
}

#[test]
fn lines_and_total_may_have_different_units() {
    let lines = ["4,000", "7,458"];
    let within = footing(&lines, "115億円", Rounding::HalfUp);
    assert!(matches!(within, Some(Footing::WithinRounding { .. })));
    assert!(is_impossible(footing(&lines, "114億円", Rounding::HalfUp)));
    let truncated = footing(&lines, "114億円", Rounding::Truncate);
    assert!(matches!(truncated, Some(Footing::WithinRounding { .. })));
    let fitting = Footing::fitting_rules(&amounts(&lines), amount("114億円"));
    assert_eq!(fitting, Ok(vec![Rounding::Truncate]));
}

#[test]
fn a_partial_breakdown_may_not_exceed_its_total() {
    let rest = |total: &str, listed: &str| {
        let listed = amount(listed).interval(Rounding::HalfUp);
        let rest = amount(total).interval(Rounding::HalfUp).checked_sub(listed);
        rest.map(Interval::is_below_zero)
    };
    assert_eq!(rest("10", "10"), Ok(false));
    assert_eq!(rest("10", "11"), Ok(true));
    assert_eq!(rest("831億円", "83,149"), Ok(false));
    assert_eq!(rest("831億円", "83,151"), Ok(true));
}

const UNITS: [Unit; 6] = [
    Unit::YEN,
    Unit::THOUSAND_YEN,
    Unit::TEN_THOUSAND_YEN,
    Unit::MILLION_YEN,
    Unit::HUNDRED_MILLION_YEN,
    Unit::BILLION_YEN,
];

fn any_rule() -> impl Strategy<Value = Rounding> {
    prop::sample::select(Rounding::ALL.to_vec())
}

/// An exact number of yen, and the unit and decimals it is printed with.
fn any_line() -> impl Strategy<Value = (i64, Unit, u8)> {
    (
        prop_oneof![-3_000_i64..3_000, -9_000_000_000_000_i64..9_000_000_000_000],
        prop::sample::select(UNITS.to_vec()),
        0_u8..3,
    )
}

fn exact(yen: i64) -> Option<Amount> {
    Amount::from_smallest_units(i128::from(yen) * 100, Unit::YEN, 0)
}

fn printed(yen: i64, unit: Unit, decimals: u8, rounding: Rounding) -> Option<Amount> {
    let decimals = decimals.min(unit.exponent());
    exact(yen)?.rounded_to(unit, decimals, rounding)
}

proptest! {
    #[test]
    fn an_exact_value_lies_in_the_interval_of_its_printed_one(line in any_line(), rule in any_rule()) {
        let printed = printed(line.0, line.1, line.2, rule);
        let holds = printed.zip(exact(line.0)).map(|(printed, exact)| printed.interval(rule).contains(exact));
        prop_assert_eq!(holds, Some(true));
    }

    #[test]
    fn a_value_in_the_interval_is_printed_as_its_amount(coefficient in -50_i64..50, yen in -60_000_i64..60_000, rule in any_rule()) {
        let amount = Amount::from_smallest_units(i128::from(coefficient) * 100_000, Unit::THOUSAND_YEN, 0);
        let exact = exact(yen);
        let contains = amount.zip(exact).map(|(amount, exact)| amount.interval(rule).contains(exact));
        let prints = exact.and_then(|exact| exact.rounded_to(Unit::THOUSAND_YEN, 0, rule)) == amount;
        prop_assert_eq!(contains, Some(prints));
    }

    #[test]
    fn rounded_lines_never_make_an_impossible_total(lines in prop::collection::vec(any_line(), 1..12), total in any_line(), rule in any_rule()) {
        let addends: Vec<Amount> = lines.iter().filter_map(|l| printed(l.0, l.1, l.2, rule)).collect();
        prop_assert_eq!(addends.len(), lines.len());
        let sum = lines.iter().map(|line| line.0).sum();
        let footing = printed(sum, total.1, total.2, rule).map(|total| Footing::of(&addends, total, rule));
        let fits = matches!(footing, Some(Ok(Footing::Exact | Footing::WithinRounding { .. })));
        prop_assert!(fits, "{footing:?}");
    }

    #[test]
    fn a_line_moved_beyond_rounding_makes_the_total_impossible(
        lines in prop::collection::vec(any_line(), 1..12), total in any_line(), rule in any_rule(), extra in 1_i64..1_000, up in any::<bool>(),
    ) {
        let mut addends: Vec<Amount> = lines.iter().filter_map(|l| printed(l.0, l.1, l.2, rule)).collect();
        let sum = lines.iter().map(|line| line.0).sum();
        let total = printed(sum, total.1, total.2, rule);
        // Each printed amount is within a quantum of its exact one, before the move and after it.
        let quanta: i128 = addends.iter().chain(&total).map(|a| a.quantum().smallest_units()).sum();
        let own = addends[0].quantum().smallest_units();
        let steps = 2 * quanta / own + i128::from(extra);
        let moved = addends[0].coefficient() + if up { steps } else { -steps };
        let line = Amount::from_smallest_units(moved * own, addends[0].unit(), addends[0].decimals());
        addends[0] = line.unwrap_or(addends[0]);
        let footing = total.and_then(|total| Footing::of(&addends, total, rule).ok());
        prop_assert!(is_impossible(footing), "{footing:?}");
    }

    #[test]
    fn rounding_explains_exactly_so_much_and_no_more(
        lines in prop::collection::vec(1_000_i64..9_000, 1..12), moved in -20_i64..20, rule in any_rule(),
    ) {
        let line = |coefficient: i64| Amount::from_smallest_units(i128::from(coefficient) * 100_000_000, Unit::MILLION_YEN, 0);
        let addends: Vec<Amount> = lines.iter().copied().filter_map(line).collect();
        let total = line(lines.iter().sum::<i64>() + moved);
        let count = lines.iter().fold(0_i64, |count, _| count + 1);
        let explainable = match (rule, moved > 0) {
            (Rounding::HalfUp, _) => count / 2,
            (Rounding::Truncate, true) | (Rounding::Ceiling, false) => count - 1,
            (Rounding::Truncate, false) | (Rounding::Ceiling, true) => 0,
        };
        let footing = total.and_then(|total| Footing::of(&addends, total, rule).ok());
        match footing {
            Some(Footing::Exact) => prop_assert_eq!(moved, 0),
            Some(Footing::WithinRounding { difference }) => {
                prop_assert_eq!(difference.coefficient(), i128::from(moved));
                prop_assert!(moved.abs() <= explainable);
            }
            Some(Footing::Impossible { explainable: said, .. }) => {
                prop_assert_eq!(said.coefficient(), i128::from(explainable));
                prop_assert!(moved.abs() > explainable);
            }
            None => prop_assert!(false),
        }
    }
}
