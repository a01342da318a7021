//! Dates as they are written.

use gaisan::model::*;

fn iso(text: &str) -> Option<String> {
    PartialDate::parse(text).ok().map(PartialDate::iso)
}

#[test]
fn a_date_keeps_the_precision_it_was_given_with() {
    for (text, expected) in [
        ("令和3年6月18日", "2021-06-18"),
        ("令和３年６月18日", "2021-06-18"),
        ("令和 3 年 6 月", "2021-06"),
        ("令和3年", "2021"),
        ("令和元年5月1日", "2019-05-01"),
        ("2021年6月18日", "2021-06-18"),
        ("2021-06-18", "2021-06-18"),
        ("2021-06", "2021-06"),
        ("2021", "2021"),
        ("18 June 2021", "2021-06-18"),
        ("June 2021", "2021-06"),
    ] {
        assert_eq!(iso(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn eras_change_on_their_exact_days() {
    for text in [
        "平成31年4月30日", "令和元年5月1日", "昭和64年1月7日", "平成元年1月8日", "昭和64年1月", "平成元年1月",
    ] {
        assert!(iso(text).is_some(), "{text}");
    }
    for text in [
        "平成31年5月1日", "令和元年4月30日", "令和元年4月", "昭和64年1月8日", "平成元年1月7日",
        "大正15年12月25日", "平成32年",
    ] {
        assert_eq!(iso(text), None, "{text}");
    }
    for (text, meant) in [
        ("平成31年5月1日", "2019-05-01"),
        ("December 23, 2022", "2022-12-23"),
        ("23 Dec. 2022", "2022-12-23"),
        ("Dec 2022", "2022-12"),
        ("2022/12/23", "2022-12-23"),
        ("2022.12.23", "2022-12-23"),
        ("12/23/2022", "2022-12-23"),
        ("R4.12.23", "2022-12-23"),
        ("11/12/2022", ""),
        ("年末", ""),
    ] {
        let found = PartialDate::parse(text).err().and_then(|error| error.meant()).unwrap_or_default();
        assert_eq!(found, meant, "{text}");
    }
}

#[test]
fn days_that_no_calendar_has_are_refused() {
    assert_eq!(iso("2020-02-29").as_deref(), Some("2020-02-29"));
    for text in [
        "2021-02-29", "2100-02-29", "2021-13", "2021-00-10", "2021-6-18", "2021-06-31", "令和3年18日",
        "1700", "", "6月18日", "2021-06-18-01",
    ] {
        assert_eq!(iso(text), None, "{text}");
    }
}

#[test]
fn clocks_count_days_of_the_calendar() {
    for (seconds, day) in [
        (0, "1970-01-01"),
        (951_782_400, "2000-02-29"),
        (1_630_367_999, "2021-08-30"),
        (1_630_368_000, "2021-08-31"),
        (4_102_444_799, "2099-12-31"),
    ] {
        assert_eq!(PartialDate::after_1970(seconds / 86_400).map(PartialDate::iso).as_deref(), Some(day));
    }
    assert_eq!(PartialDate::after_1970(u64::MAX), None);
}
