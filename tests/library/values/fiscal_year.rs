//! Fiscal years by every calendar.

use gaisan::model::Lang;
use gaisan::model::*;

fn western(text: &str) -> Option<u16> {
    FiscalYear::parse(text).ok().map(FiscalYear::western)
}

#[test]
fn one_year_has_many_names() {
    for text in [
        "令和4年度", "令和４年度", "令和 4 年度", "令和4", "R4", "R04", "Ｒ４年度", "2022", "2022年度",
        "FY2022", "FY22", "FY 22", "2022-23", "2022/23", "FY2022-23", "2022-2023", "２０２２年度",
    ] {
        assert_eq!(western(text), Some(2022), "{text}");
    }
    assert_eq!(western("H30"), Some(2018));
    assert_eq!(western("平成30年度"), Some(2018));
}

#[test]
fn the_year_of_a_change_goes_by_both_eras_and_is_printed_in_the_newer() {
    for (old, new, year) in [
        ("平成31年度", "令和元年度", 2019),
        ("昭和64年度", "平成元年度", 1989),
        ("大正15年度", "昭和元年度", 1926),
    ] {
        assert_eq!(western(old), Some(year));
        assert_eq!(western(new), Some(year));
    }
    let first = FiscalYear::new(2019).map(FiscalYear::era);
    assert_eq!(first, Some((Era::Reiwa, 1)));
    let last_of_showa = FiscalYear::new(1988).map(FiscalYear::era);
    assert_eq!(last_of_showa, Some((Era::Showa, 63)));
}

#[test]
fn years_that_never_were_are_refused_with_a_cure() {
    let meant = |text: &str, lang| {
        let examples = Examples { lang, ..Examples::default() };
        FiscalYear::parse(text).map_err(|e| e.meant(examples)).err().flatten().unwrap_or_default()
    };
    for (text, ja, en) in [
        ("平成40", "令和10年度", "FY2028"),
        ("R0", "令和元年度", "FY2019"),
        ("令和4年", "令和4年度", "FY2022"),
        ("令和八年度", "令和8年度", "FY2026"),
        ("令和8年度予算", "令和8年度", "FY2026"),
        ("Reiwa 8", "令和8年度", "FY2026"),
        ("2011-12", "平成23年度", "FY2011"),
    ] {
        assert_eq!((meant(text, Lang::Ja).as_str(), meant(text, Lang::En).as_str()), (ja, en), "{text}");
    }
    let help = |text: &str| FiscalYear::parse(text).map_err(|e| e.help(Examples::default())).err();
    assert_eq!(help("8"), Some("write `令和8年度` or `FY2008`, whichever is meant".to_owned()));
    assert!(help("令和99年度").is_some_and(|help| help.contains("from 1868 to 2099")));
    for text in [
        "", "令和", "年度", "22", "20222", "80000", "0", "0000", "FY0", "R100", "R82", "1700", "2100",
        "四年度",
    ] {
        assert!(western(text).is_none(), "{text}");
    }
}

#[test]
fn years_follow_one_another() {
    let year = FiscalYear::new(2022).map(|year| (year.prior().slug(), year.next().slug()));
    assert_eq!(year, Some(("fy2021".into(), "fy2023".into())));
    let ends = [0, 1868, 2099].map(|year| FiscalYear::new(year).unwrap_or(FiscalYear::stand_in()));
    for year in ends {
        assert!(year.prior() <= year && year.next() >= year);
        let _ = (year.era(), year.slug());
    }
    assert!(FiscalYear::stand_in().prior().is_stand_in() && FiscalYear::stand_in().next().is_stand_in());
}
