//! Amounts as they are written, and their sums.

use proptest::prelude::*;

use gaisan::model::AmountErrorKind as Kind;
use gaisan::model::*;

fn million(text: &str) -> Amount {
    Amount::parse(text, Unit::MILLION_YEN).unwrap_or(Amount::zero(Unit::TRILLION_YEN))
}

fn error(text: &str) -> Option<AmountError> {
    Amount::parse(text, Unit::MILLION_YEN).err()
}

fn read(text: &str) -> (String, String, u8) {
    let amount = million(text);
    let label = amount.unit().label(gaisan::model::Lang::Ja);
    (amount.to_base_units_string(), label, amount.decimals())
}

#[test]
fn amounts_are_read_as_people_write_them() {
    for (text, yen, unit, decimals) in [
        ("4592", "4592000000", "百万円", 0),
        ("4,592", "4592000000", "百万円", 0),
        (" 4,592 百万円 ", "4592000000", "百万円", 0),
        ("４，５９２百万円", "4592000000", "百万円", 0),
        ("831億円", "83100000000", "億円", 0),
        ("1兆2,345億円", "1234500000000", "億円", 0),
        ("12億3,400万円", "1234000000", "万円", 0),
        ("1億500円", "100000500", "円", 0),
        ("1兆2,345.5億円", "1234550000000", "億円", 1),
        ("1,234.5", "1234500000", "百万円", 1),
        ("４，２２１．９", "4221900000", "百万円", 1),
        ("1.10億円", "110000000", "億円", 2),
        ("0", "0", "百万円", 0),
        ("△0", "0", "百万円", 0),
        ("0.50円", "0.5", "円", 2),
        ("83.1 billion yen", "83100000000", "十億円", 1),
    ] {
        assert_eq!(read(text), (yen.to_owned(), unit.to_owned(), decimals), "{text}");
    }
}

#[test]
fn every_minus_is_read() {
    for text in ["△154", "▲154", "-154", "−154", "－154", "△ 154", "△１５４"] {
        assert_eq!(read(text).0, "-154000000", "{text}");
    }
}

#[test]
fn a_wrong_amount_is_named_by_its_words() {
    for (text, kind, found) in [
        ("", Kind::Empty, ""),
        ("　", Kind::Empty, "　"),
        ("1,23", Kind::Grouping, "1,23"),
        ("41,7百万円", Kind::Grouping, "41,7"),
        ("△1,2345", Kind::Grouping, "1,2345"),
        ("1,234,", Kind::Grouping, "1,234,"),
        ("1.234,5", Kind::Grouping, "1.234,5"),
        ("1,,234", Kind::Grouping, "1,,234"),
        ("△", Kind::LoneSign, "△"),
        ("△円", Kind::NotANumber, "円"),
        ("△△5", Kind::NotANumber, "△△5"),
        ("1_000", Kind::Underscore, "1_000"),
        ("+5", Kind::PlusSign, "+5"),
        (".5", Kind::NoIntegerDigits, ".5"),
        ("5.", Kind::NoFractionDigits, "5."),
        ("00012", Kind::LeadingZeros, "00012"),
        ("0,123", Kind::LeadingZeros, "0,123"),
        ("1e5", Kind::Exponent, "1e5"),
        ("1.5E+5円", Kind::Exponent, "1.5E+5"),
        ("1.2.3", Kind::TwoPoints, "1.2.3"),
        ("4 592", Kind::Space, "4 592"),
        ("831億", Kind::UnknownUnit, "億"),
        ("831百万圓", Kind::UnknownUnit, "百万圓"),
        ("1億500", Kind::MissingUnit, "500"),
        ("3万1億円", Kind::UnitOrder, "1億円"),
        ("1億1億円", Kind::UnitOrder, "1億円"),
        ("1兆12,345億円", Kind::PartTooLarge, "12,345億円"),
        ("1.5兆2,000億円", Kind::PartDecimals, "1.5"),
        ("1億円500万円", Kind::AfterUnit, "500万円"),
        ("約4,592", Kind::NotANumber, "約4,592"),
        ("123456789012345百万円", Kind::TooLarge, "123456789012345百万円"),
        ("0.001円", Kind::TooFine, "0.001円"),
    ] {
        let wrong = error(text);
        let seen = wrong.as_ref().map(|e| (e.kind, e.found.as_str()));
        assert_eq!(seen, Some((kind, found)), "{text}");
        let range = wrong.map(|e| e.range).unwrap_or_default();
        assert_eq!(text.get(range), Some(found), "{text}");
    }
}

#[test]
fn an_amount_of_another_currency_is_refused() {
    let dollars = Unit::parse("million USD").unwrap_or_default();
    assert!(Amount::parse("5 thousand USD", dollars).is_ok());
    let mixed = Amount::parse("5億円", dollars).map_err(|e| e.to_string());
    let message = "`5億円` is in JPY, but this budget counts in USD";
    assert_eq!(mixed, Err(message.to_owned()));
}

/// What a refused amount may mean.
fn meant(text: &str, unit: &str, lang: Lang) -> String {
    let examples = Examples { lang, unit: Unit::parse(unit).unwrap_or_default() };
    let reads = |text: &str| gaisan::model::Money::parse(text, examples.unit).is_ok();
    assert!(!reads(text), "{text} is read");
    let slip = Slip::of(text, examples, &reads);
    slip.map_or(String::new(), |slip| slip.meant.join(" | "))
}

#[test]
fn what_a_slip_means_is_the_whole_amount() {
    for (text, cure) in [
        ("41,7", "417 | 41.7"),
        ("1,2345億円", "12,345億円 | 1.2345億円"),
        ("3,541,8OO", "3,541,800"),
        ("1.234,56", "1,234.56"),
        ("1.234.567", "1,234,567"),
        ("831億", "831億円"),
        ("1億500", "1億500万円 | 1億500円"),
        ("831百万圓", "831百万円"),
        ("1_000", "1,000"),
        ("4 592", "4,592"),
        ("00012", "12"),
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("4,592、", "4,592"),
        ("4、592", "4,592"),
        ("4\u{200b},592", "4,592"),
        ("（154）", "△154 | 154"),
        ("（△154）", "△154"),
        ("1,234-", "△1,234"),
        ("–1,234", "△1,234"),
        ("ー1,234", "△1,234"),
        ("約4,592", "4,592"),
        ("30億円程度", "30億円"),
        ("約（154）千円程度", "△154千円 | 154千円"),
        ("4,592※", "4,592"),
        ("4,592※1", "4,592"),
        ("4,592（注2）", "4,592"),
        ("4,592（千円）", "4,592千円"),
        ("（千円）4,592", "4,592千円"),
        ("4,592（税込）", "4,592"),
        ("¥1,234", "1,234 | 1,234円"),
        ("1,234K", "1,234千円"),
        ("“4,592”", "4,592"),
        ("三十五億円", "35億円"),
        ("二千三百万円", "2,300万円"),
        ("三億五千万円", "3億5,000万円"),
        ("六百", "600"),
        ("六百万", "600万円"),
        ("六百百万円", "600百万円"),
        ("六百六十億円", "660億円"),
        ("三千百万円", "3,000百万円 | 3,100万円"),
        ("六百十億円", "610億円 | 600十億円"),
        ("六百七百万円", ""),
        ("二百三百円", ""),
        ("三5億円", ""),
        ("一二三四五六七八九〇一二三四五六七八九〇一二三", ""),
        ("5千", "5,000 | 5千円"),
        ("600\t500", ""),
        ("3千5百", "3,500 | 3千5百円"),
        ("6百百万円", "600百万円"),
        ("皆増", "新規 | 0"),
        ("【新規】", "新規"),
        ("廃止", "終了"),
        ("調整中", "事項要求"),
        ("事項", "事項要求"),
        ("該当なし", "-"),
        ("12%", ""),
        ("6~12億円", ""),
        ("5万人", ""),
    ] {
        assert_eq!(meant(text, "百万円", Lang::Ja), cure, "{text}");
    }
}

#[test]
fn what_a_slip_means_is_said_in_the_language_and_the_currency_of_the_chapter() {
    for (text, cure) in [
        ("$1,846", "1,846 | 1,846 USD"),
        ("1,234-", "-1,234"),
        ("皆増", "new | 0"),
        ("TBD", "unspecified"),
        ("1,200ドル", "1,200 USD"),
        ("12百万ドル", "12 million USD"),
        ("about 30 million USD", "30 million USD"),
        ("1.8 Million usd", "1.8 million USD"),
    ] {
        assert_eq!(meant(text, "thousand USD", Lang::En), cure, "{text}");
    }
}

#[test]
fn scales_within_scales_and_symbols_are_read_where_they_are_certain() {
    for (text, yen) in [
        ("3億5千万円", "350000000"),
        ("5千億円", "500000000000"),
        ("2千億円", "200000000000"),
        ("1兆2千3百億円", "1230000000000"),
        ("2千5百万円", "25000000"),
        ("1.5千万円", "15000000"),
        ("5百円", "500"),
        ("3千円", "3000"),
        ("3千5百円", "3500"),
        ("12 million", "12000000"),
        ("¥5億円", "500000000"),
    ] {
        assert_eq!(read(text).0, yen, "{text}");
    }
    let in_unit = |text: &str, unit: &str| {
        let unit = Unit::parse(unit).unwrap_or_default();
        Amount::parse(text, unit).map(Amount::to_base_units_string).map_err(|error| error.kind)
    };
    for (text, unit, expected) in [
        ("$1,846", "USD", "1846"),
        ("-$1,846", "USD", "-1846"),
        ("$1.8 million", "thousand USD", "1800000"),
        ("£1,234m", "GBP", "1234000000"),
        ("(48,000)", "thousand USD", "-48000000"),
        ("1,234K", "USD", "1234000"),
        ("¥1,234", "円", "1234"),
    ] {
        assert_eq!(in_unit(text, unit).as_deref(), Ok(expected), "{text}");
    }
    assert_eq!(in_unit("$1,846", "thousand USD"), Err(Kind::Symbol));
    assert!(matches!(in_unit("£5m", "USD"), Err(Kind::MixedCurrency { .. })));
    for text in ["2千1,500億円", "3千", "△ △5", "5千百万円"] {
        assert!(error(text).is_some(), "{text}");
    }
}

#[test]
fn a_difference_is_exact_on_the_printed_values() {
    let remainder = million("13,849").checked_sub(million("11,919"));
    assert_eq!(remainder, Ok(million("1,930")));
    let mixed = million("831億円").checked_sub(million("34,751"));
    assert_eq!(mixed, Ok(million("48,349")));
}

#[test]
fn a_coarse_amount_is_not_stated_in_a_finer_unit() {
    assert_eq!(million("831億円").in_unit(Unit::MILLION_YEN), None);
    let fine = million("13,849").in_unit(Unit::HUNDRED_MILLION_YEN);
    assert_eq!(fine, Some(million("138.49億円")));
    assert_eq!(million("4,221.9").coefficient(), 42_219);
    assert_eq!(million("4,221.9").quantum(), million("0.1"));
}

#[test]
fn a_sum_that_grows_out_of_range_is_refused() {
    let largest = million("99999999999999");
    let many = std::iter::repeat_n(largest, 200_000);
    assert_eq!(Amount::sum(many), Err(ArithmeticError::Overflow));
}

proptest! {
    #[test]
    fn no_text_panics_and_every_error_lies_on_character_boundaries(text in "[0-9,.△−-＋億万兆円百千 eE_A-Z０-９]{0,12}") {
        if let Err(wrong) = Amount::parse(&text, Unit::MILLION_YEN) {
            prop_assert_eq!(text.get(wrong.range.clone()), Some(wrong.found.as_str()));
            prop_assert!(!wrong.to_string().is_empty());
            let _ = wrong.help(Examples::default());
        }
    }

    #[test]
    fn a_sum_does_not_depend_on_order(values in proptest::collection::vec((-1_000_000_i64..1_000_000, 0_usize..3, 0_u8..3), 1..8), turn in 0_usize..8) {
        let units = [Unit::YEN, Unit::MILLION_YEN, Unit::HUNDRED_MILLION_YEN];
        let mut amounts: Vec<Amount> = values.iter().filter_map(|&(coefficient, unit, decimals)| {
            let digits = usize::from(decimals);
            Amount::parse(&format!("{coefficient}{}{:0<digits$}", if digits > 0 { "." } else { "" }, ""), units[unit]).ok()
        }).collect();
        let first = Amount::sum(amounts.iter().copied());
        let length = amounts.len();
        amounts.rotate_left(turn % length);
        prop_assert_eq!(&first, &Amount::sum(amounts.iter().rev().copied()));
        prop_assert!(matches!(first, Ok(Some(_))));
    }
}
