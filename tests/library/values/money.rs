//! Money: amounts, and the words that stand for one.

use gaisan::model::*;

fn money(text: &str) -> Option<Money> {
    Money::parse(text, Unit::MILLION_YEN).ok()
}

fn amount(text: &str) -> Amount {
    Amount::parse(text, Unit::MILLION_YEN).unwrap_or(Amount::zero(Unit::YEN))
}

#[test]
fn every_state_of_a_cell_is_its_own() {
    for (text, expected) in [
        ("4,592", Money::Known(amount("4,592"))),
        ("0", Money::Known(amount("0"))),
        ("△154", Money::Known(amount("-154"))),
        ("60億円+事項要求", Money::KnownAndUnspecified(amount("60億円"))),
        ("60億円 ＋ 事項要求", Money::KnownAndUnspecified(amount("60億円"))),
        ("事項要求", Money::Unspecified),
        ("新規", Money::New),
        ("New", Money::New),
        ("終了", Money::Ended),
        ("-", Money::NotApplicable),
        ("－", Money::NotApplicable),
        ("―", Money::NotApplicable),
        ("—", Money::NotApplicable),
        ("", Money::NotStated),
        ("　", Money::NotStated),
        ("null", Money::NotStated),
        ("記載なし", Money::Unknown),
        (" Not stated ", Money::Unknown),
        ("未定", Money::Undecided),
        ("Undecided", Money::Undecided),
        ("4,592百万円の内数", Money::Within(amount("4,592"))),
        ("4,592の内数 ", Money::Within(amount("4,592"))),
        ("part of 4,592 million yen", Money::Within(amount("4,592"))),
    ] {
        assert_eq!(money(text), Some(expected), "{text}");
    }
}

#[test]
fn an_error_points_into_the_text_as_given() {
    for (text, found) in [
        ("part of 41,7", "41,7"),
        ("41,7億円+事項要求", "41,7"),
        ("　41,7の内数", "41,7"),
        ("+事項要求", ""),
        ("新規事業", "新規事業"),
    ] {
        let error = Money::parse(text, Unit::MILLION_YEN).err();
        let range = error.map(|error| error.range).unwrap_or_default();
        assert_eq!(text.get(range), Some(found), "{text}");
    }
}

#[test]
fn only_a_number_counts_as_a_number() {
    let addable = |text| money(text).and_then(Money::addable);
    assert_eq!(addable("60億円+事項要求"), Some(amount("60億円")));
    for text in ["事項要求", "新規", "終了", "-", "", "記載なし", "未定", "4,592の内数"] {
        assert_eq!(addable(text), None, "{text}");
    }
}

#[test]
fn comparisons_follow_from_the_two_cells() {
    let compare = |requested, prior| {
        let cells = money(requested).zip(money(prior))?;
        Comparison::between(cells.0, cells.1).ok()
    };
    assert_eq!(compare("1,650", "新規"), Some(Comparison::New(Some(amount("1,650")))));
    assert_eq!(compare("終了", "5"), Some(Comparison::Ended(Some(amount("-5")))));
    for (requested, prior) in [("500+事項要求", "新規"), ("事項要求", "新規")] {
        assert_eq!(compare(requested, prior), Some(Comparison::New(None)));
    }
    assert_eq!(compare("5", "0"), Some(Comparison::FromNothing(amount("5"))));
    assert_eq!(compare("0", "5"), Some(Comparison::ToNothing(amount("-5"))));
    assert_eq!(compare("1億円", "100"), Some(Comparison::Same));
    assert_eq!(compare("事項要求", "5"), Some(Comparison::Incomparable));
    assert_eq!(compare("500+事項要求", "700"), Some(Comparison::Incomparable));
    let change = compare("7,458", "7,612").and_then(Comparison::change);
    assert_eq!(change, Some(amount("△154")));
}

#[test]
fn a_change_from_nothing_or_less_has_no_rate() {
    let compare = |requested, prior| {
        let cells = money(requested).zip(money(prior))?;
        Comparison::between(cells.0, cells.1).ok()
    };
    for (requested, prior, change) in
        [("-16", "0", "-16"), ("60", "-50", "110"), ("0", "-50", "50"), ("-60", "-50", "-10")]
    {
        let expected = Comparison::Changed { change: amount(change), rate: None };
        assert_eq!(compare(requested, prior), Some(expected), "{prior} to {requested}");
    }
    let turned = compare("-1,000", "1,000").and_then(Comparison::rate);
    assert_eq!(turned.map(|rate| rate.percent(0)), Some(-200));
}

#[test]
fn parts_make_a_number_an_open_amount_or_one_word() {
    for (parts, expected) in [
        (vec!["500", "事項要求"], "500+事項要求"),
        (vec!["500+事項要求", "20"], "520+事項要求"),
        (vec!["事項要求", "終了"], "事項要求"),
        (vec!["終了", "終了"], "終了"),
        (vec!["終了", "5"], "5"),
        (vec!["終了", "0"], "0"),
        (vec!["新規", "新規"], "新規"),
        (vec!["新規", "40"], "40"),
        (vec!["-", "-"], "-"),
        (vec!["終了", "-"], "終了"),
        (vec!["-", "新規", "-"], "新規"),
        (vec!["終了", "新規", "終了"], ""),
        (vec!["終了", ""], ""),
        (vec!["終了", "5の内数"], ""),
        (vec!["7", "5の内数"], "7"),
        (vec!["7", "未定"], "未定"),
        (vec!["事項要求", "未定"], "未定"),
        (vec!["未定", "記載なし"], "記載なし"),
        (vec![], ""),
    ] {
        let total = Money::total(parts.iter().filter_map(|part| money(part)));
        assert_eq!(total.ok(), money(expected), "{parts:?}");
    }
}
