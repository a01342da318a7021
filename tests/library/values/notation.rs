//! Amounts, changes and years as they are printed.

use proptest::prelude::*;

use gaisan::model::*;
use gaisan::model::{FiscalYear, PartialDate};
use gaisan::notation::*;

const JA: Notation =
    Notation { lang: Lang::Ja, negative: NegativeSign::Triangle, years: YearStyle::Era, print: None };

fn en() -> Notation {
    Notation::new(Lang::En)
}

fn amount(text: &str) -> Amount {
    Amount::parse(text, Unit::MILLION_YEN).unwrap_or(Amount::zero(Unit::TRILLION_YEN))
}

fn money(text: &str) -> Money {
    Money::parse(text, Unit::MILLION_YEN).unwrap_or_default()
}

#[test]
fn a_figure_has_the_decimals_it_was_stated_with() {
    let figure = |text| JA.figure(&amount(text), Unit::MILLION_YEN);
    assert_eq!(figure("4592"), "4,592");
    assert_eq!(figure("4,221.9"), "4,221.9");
    assert_eq!(figure("4,592,300千円"), "4,592.300");
    assert_eq!(figure("-154"), "△154");
    assert_eq!(figure("0"), "0");
    assert_eq!(figure("△0.5"), "△0.5");
    assert_eq!(figure("1.10億円"), "110");
}

#[test]
fn a_coarse_amount_claims_no_digits_in_a_fine_table() {
    assert_eq!(JA.figure(&amount("831億円"), Unit::MILLION_YEN), "831億円");
    let english = en().figure(&amount("831億円"), Unit::MILLION_YEN);
    assert_eq!(english, "83.1 billion yen");
    let fine = JA.amount_in(&amount("13,849"), Unit::HUNDRED_MILLION_YEN);
    assert_eq!(fine, "138.49億円");
}

#[test]
fn an_amount_is_printed_with_its_unit() {
    assert_eq!(JA.amount(&amount("4592")), "4,592百万円");
    assert_eq!(JA.amount(&amount("1兆2,345億円")), "1兆2,345億円");
    assert_eq!(en().amount(&amount("△4592")), "−4,592 million yen");
    assert_eq!(en().amount(&amount("150万円")), "1.50 million yen");
    let dollars = Unit::parse("million USD").map(Amount::zero);
    assert_eq!(dollars.map(|zero| JA.amount(&zero)).as_deref(), Some("0 million USD"));
}

#[test]
fn every_state_has_its_word() {
    for (text, ja, english) in [
        ("新規", "新規", "New"),
        ("終了", "終了", "Ended"),
        ("事項要求", "事項要求", "Amount to be determined"),
        ("60億円+事項要求", "60億円＋事項要求", "6.0 billion yen + amount to be determined"),
        ("-", "－", "–"),
        ("", "", ""),
        ("4,592の内数", "4,592百万円の内数", "part of 4,592 million yen"),
        ("4,592", "4,592百万円", "4,592 million yen"),
    ] {
        assert_eq!(JA.money(&money(text)), ja);
        assert_eq!(en().money(&money(text)), english);
        assert_eq!(Money::parse(ja, Unit::YEN), Ok(money(text)));
    }
    assert_eq!(JA.cell(&money("4,592"), Unit::MILLION_YEN), "4,592");
    let within = JA.cell(&money("4,592の内数"), Unit::MILLION_YEN);
    assert_eq!(within, "4,592の内数");
}

#[test]
fn changes_and_rates_come_from_exact_values() {
    let changed = |requested, prior| {
        let comparison = Comparison::between(money(requested), money(prior)).ok()?;
        let rates = [JA, en()].map(|notation| notation.rate_of(&comparison)).join(" ");
        let Comparison::Changed { change, .. } = comparison else {
            return Some(rates);
        };
        Some(format!("{} {} {rates}", JA.figure(&change, Unit::MILLION_YEN), JA.signed(&change)))
    };
    for (requested, prior, expected) in [
        ("4,592", "3,494", "1,098 ＋1,098百万円 31.4% 31.4%"),
        ("7,458", "7,612", "△154 △154百万円 △2.0% −2.0%"),
        ("2,806", "43", "2,763 ＋2,763百万円 6,425.6% 6,425.6%"),
        ("60", "△50", "110 ＋110百万円 － n/m"),
        ("△16", "0", "△16 △16百万円 － n/m"),
        ("10,000", "10,001", "△1 △1百万円 0.0% 0.0%"),
        ("1,650", "新規", "皆増 new"),
        ("終了", "5", "皆減 ended"),
        ("5", "0", "皆増 from zero"),
        ("0", "5", "皆減 to zero"),
        ("5", "△0", "皆増 from zero"),
        ("5", "5", "同額 unchanged"),
        ("5", "-", " "),
    ] {
        assert_eq!(changed(requested, prior).as_deref(), Some(expected));
    }
    assert_eq!(JA.signed(&amount("0")), "±0百万円");
    let coarse = |notation: Notation, decimals| {
        let unit = Unit::MILLION_YEN;
        Notation { print: Some(Print { unit, decimals, rounding: None }), ..notation }
    };
    for (change, japanese, english) in [
        ("0.18", "＋1百万円未満", "+ under 1 million yen"),
        ("-0.4", "△1百万円未満", "− under 1 million yen"),
        ("0", "±0百万円", "±0 million yen"),
        ("0.5", "＋1百万円", "+1 million yen"),
    ] {
        let change = amount(change);
        let said = [coarse(JA, 0), coarse(en(), 0)].map(|notation| notation.signed(&change));
        assert_eq!(said, [japanese, english]);
    }
    assert_eq!(coarse(JA, 1).signed(&amount("-0.04")), "△0.1百万円未満");
    assert_eq!(coarse(JA, 0).signed_figure(&amount("0.18"), Unit::MILLION_YEN), "＋1未満");
    let ramp = Rate::between(amount("2,806"), amount("43"));
    let multiple = |notation: Notation| ramp.and_then(|rate| notation.multiple(&rate));
    assert_eq!(multiple(en()).as_deref(), Some("×65.3"));
    assert_eq!(multiple(JA).as_deref(), Some("前年度の65.3倍"));
}

#[test]
fn years_and_dates_are_worded_in_the_style_chosen() {
    let western = Notation { years: YearStyle::Western, ..JA };
    let printed =
        FiscalYear::parse("R4").map(|year| [JA, western, en()].map(|notation| notation.fiscal_year(year)));
    assert_eq!(printed, Ok(["令和4年度", "2022年度", "FY2022"].map(str::to_owned)));
    let first = FiscalYear::parse("H31").map(|year| JA.fiscal_year(year));
    assert_eq!(first.as_deref(), Ok("令和元年度"));

    for (text, era, plain, english) in [
        ("2021-06-18", "令和3年6月18日", "2021年6月18日", "18 June 2021"),
        ("2021-06", "令和3年6月", "2021年6月", "June 2021"),
        ("2019", "令和元年", "2019年", "2019"),
        ("2019-04-30", "平成31年4月30日", "2019年4月30日", "30 April 2019"),
    ] {
        let printed =
            PartialDate::parse(text).map(|date| [JA, western, en()].map(|notation| notation.date(&date)));
        assert_eq!(printed, Ok([era, plain, english].map(str::to_owned)));
    }
}

fn any_notation() -> impl Strategy<Value = Notation> {
    let signs = prop::sample::select(vec![
        NegativeSign::Triangle,
        NegativeSign::FilledTriangle,
        NegativeSign::Minus,
        NegativeSign::Hyphen,
    ]);
    let years = prop::sample::select(vec![YearStyle::Era, YearStyle::Western]);
    let languages = prop::sample::select(vec![Lang::Ja, Lang::En]);
    (languages, signs, years).prop_map(|(lang, negative, years)| Notation {
        lang,
        negative,
        years,
        print: None,
    })
}

/// Any amount that can be written: every known unit, every number of decimals it allows.
fn any_amount() -> impl Strategy<Value = Amount> {
    let units: Vec<Unit> = Unit::KNOWN_NAMES.iter().filter_map(|name| Unit::parse(name)).collect();
    let coefficient = prop_oneof![-9_999_i64..9_999, any::<i64>()];
    (coefficient, prop::sample::select(units), 0_u8..=14).prop_filter_map(
        "too large or too fine to write",
        |(coefficient, unit, decimals)| {
            let places = (unit.exponent() + 2).checked_sub(decimals)?;
            let hundredths = i128::from(coefficient).checked_mul(10_i128.checked_pow(u32::from(places))?)?;
            let is_writable = hundredths.unsigned_abs() < 10_u128.pow(22);
            is_writable.then(|| Amount::from_smallest_units(hundredths, unit, decimals))?
        },
    )
}

fn any_date() -> impl Strategy<Value = PartialDate> {
    let part = |last: u8| prop::option::weighted(0.8, 1..=last);
    (1868_u16..=2117, part(12), part(31))
        .prop_filter_map("no such day", |(year, month, day)| PartialDate::new(year, month, day))
}

proptest! {
    #[test]
    fn reading_undoes_printing_an_amount(amount in any_amount(), notation in any_notation()) {
        let printed = notation.amount(&amount);
        let read = Amount::parse(&printed, Unit::parse(amount.currency().code()).unwrap_or_default());
        match notation.lang {
            Lang::Ja => prop_assert_eq!(read, Ok(amount), "{}", printed),
            // 億円 and 万円 come back in billions and millions, with the same value and quantum.
            Lang::En => {
                let kept = read.as_ref().map(|read| (read.to_base_units_string(), read.quantum_exponent()));
                prop_assert_eq!(kept, Ok((amount.to_base_units_string(), amount.quantum_exponent())), "{}", printed);
            }
        }
    }

    #[test]
    fn reading_a_cell_undoes_printing_it(amount in any_amount(), state in 0_usize..8) {
        let money = [
            Money::Known(amount), Money::KnownAndUnspecified(amount), Money::Within(amount), Money::Unspecified,
            Money::New, Money::Ended, Money::NotApplicable, Money::NotStated,
        ][state];
        prop_assert_eq!(Money::parse(&JA.money(&money), Unit::parse(amount.currency().code()).unwrap_or_default()), Ok(money));
        let printed = JA.cell(&money, amount.unit());
        prop_assert_eq!(Money::parse(&printed, amount.unit()), Ok(money), "{}", printed);
        let english = en().money(&money);
        let read = Money::parse(&english, amount.unit());
        prop_assert_eq!(read.map(|read| std::mem::discriminant(&read)), Ok(std::mem::discriminant(&money)), "{}", english);
    }

    #[test]
    fn reading_undoes_printing_a_year(year in 1868_u16..=2117, notation in any_notation()) {
        let year = FiscalYear::new(year);
        let printed = year.map(|year| notation.fiscal_year(year)).unwrap_or_default();
        prop_assert_eq!(FiscalYear::parse(&printed).ok(), year, "{}", printed);
    }

    #[test]
    fn reading_undoes_printing_a_date(date in any_date(), notation in any_notation()) {
        let printed = notation.date(&date);
        prop_assert_eq!(PartialDate::parse(&printed), Ok(date), "{}", printed);
        prop_assert_eq!(PartialDate::parse(&date.iso()), Ok(date));
    }
}
