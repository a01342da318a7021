//! No public function panics on any value that its types allow. Values are made in every way that the types have, and every function that
//! takes them is called.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gaisan::model::{
    Amount, Comparison, Era, Examples, FineRate, FiscalCalendar, FiscalYear, Id, Lang, Money, NamedAfter,
    PartialDate, Percent, Period, Print, Rate, Rounding, Stage, Unit,
};
use gaisan::model::{Footing, Interval, NegativeSign, Scale, YearStyle};
use gaisan::notation::Notation;
use gaisan::source::{self, SourceMap, Span, Spanned};
use proptest::prelude::*;
use proptest::sample::select;

use crate::laws::cases;

pub(crate) fn units() -> impl Strategy<Value = Unit> {
    let texts = [
        "円", "千円", "百万円", "億円", "兆円", "million USD", "EUR", "thousand KWD", "XAF", "billion GBP",
        "CLF",
    ];
    let units: Vec<Unit> = texts.iter().filter_map(|text| Unit::parse(text)).collect();
    assert!(units.len() > 7, "{units:?}");
    (select(units), any::<u8>())
        .prop_map(|(unit, exponent)| unit.with_exponent(exponent % 24).unwrap_or(unit))
}

pub(crate) fn amounts() -> impl Strategy<Value = Amount> {
    let sizes = prop_oneof![
        any::<i128>(),
        any::<i64>().prop_map(i128::from),
        -10_000_i128..10_000,
        Just(i128::MIN),
        Just(i128::MAX),
        (0_u32..29).prop_map(|power| 10_i128.pow(power)),
        (0_u32..29).prop_map(|power| 1 - 10_i128.pow(power))
    ];
    (sizes, units(), any::<u8>()).prop_map(|(size, unit, decimals)| {
        let finest = |at: i128| Amount::from_smallest_units(at, unit, decimals);
        finest(size).or_else(|| finest(size >> 40)).unwrap_or_else(|| Amount::zero(unit))
    })
}

pub(crate) fn money() -> impl Strategy<Value = Money> {
    (amounts(), 0..10_u8).prop_map(|(amount, kind)| match kind {
        0..4 => Money::Known(amount),
        4 => Money::KnownAndUnspecified(amount),
        5 => Money::Within(amount),
        6 => [Money::Unspecified, Money::New][usize::from(amount.is_zero())],
        7 => [Money::Ended, Money::NotApplicable][usize::from(amount.is_negative())],
        8 => [Money::NotStated, Money::Unknown][usize::from(amount.is_negative())],
        _ => Money::Undecided,
    })
}

pub(crate) fn years() -> impl Strategy<Value = FiscalYear> {
    prop_oneof![
        Just(FiscalYear::stand_in()),
        Just(FiscalYear::stand_in().next()),
        any::<u16>().prop_map(|year| FiscalYear::new(year).unwrap_or(FiscalYear::stand_in())),
        select(vec![1868, 1869, 2022, 2098, 2099]).prop_map(|year| FiscalYear::new(year).unwrap()),
    ]
}

pub(crate) fn calendars() -> impl Strategy<Value = FiscalCalendar> {
    let names = select(vec![None, Some(NamedAfter::First), Some(NamedAfter::Last)]);
    (any::<u8>(), names)
        .prop_map(|(starts, named)| FiscalCalendar::new(starts % 14, named).unwrap_or_default())
}

pub(crate) fn roundings() -> impl Strategy<Value = Rounding> {
    select(Rounding::ALL.to_vec())
}

pub(crate) fn prints() -> impl Strategy<Value = Print> {
    (units(), any::<u8>(), proptest::option::of(roundings())).prop_map(|(unit, decimals, rounding)| Print {
        unit,
        decimals,
        rounding,
    })
}

pub(crate) fn notations() -> impl Strategy<Value = Notation> {
    let signs = select(vec![NegativeSign::Triangle, NegativeSign::Minus]);
    let years = select(vec![YearStyle::Era, YearStyle::Western]);
    (select(vec![Lang::Ja, Lang::En]), signs, years, proptest::option::of(prints()))
        .prop_map(|(lang, negative, years, print)| Notation { lang, negative, years, print })
}

/// Texts: anything, and what looks like amounts, dates and years.
pub(crate) fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9０-９,.，△▲+-]{0,12}(兆|億|万|千|百万)?[0-9]{0,9}(円|ドル|yen)?",
        "(令和|平成|R|H|FY)?[0-9]{0,6}[年/-]?[0-9]{0,3}(年度|月|日)?[0-9]{0,4}"
    ]
}

/// Calls something and fails with what it was called with.
fn holds<T>(what: &str, call: impl FnOnce() -> T) -> Result<T, TestCaseError> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|_| TestCaseError::fail(format!("{what} panics")))
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn no_function_of_amounts_panics(
        (one, other, unit) in (amounts(), amounts(), units()),
        (money, more) in (money(), money()),
        (rule, print, notation) in (roundings(), prints(), notations()),
        (decimals, factor) in any::<(u8, u16)>(),
    ) {
        holds("arithmetic", || {
            let _ = (one.checked_add(other), one.checked_sub(other), Amount::sum([one, other, one]));
            let _ = (one.compare(other), one.same_value(other), one.abs(), one.negated(), one.in_unit(unit), one.compound());
            let _ = (one.digits(), one.coefficient(), one.quantum(), one.quantum_exponent(), one.smallest_units());
            let _ = (one.to_base_units_string(), one.rounded_to(unit, decimals, rule), one.decimals(), one.unit().exponent());
            let _ = serde_json::to_string(&one).map(|text| text.len());
        })?;
        holds("intervals", || {
            let (a, b) = (one.interval(rule), other.stated_interval(rule));
            let _ = (a.checked_add(b), a.checked_sub(b), a.negated(), a.contains(other), a.intersects(b), a.is_below_zero());
            let _ = (a.inclusive_range(unit, decimals), Interval::exact(one).inclusive_range(one.unit(), decimals));
            let _ = (Interval::sum([a, b, a]), Interval::is_rounded([&[one, other], &[other]], [&[rule], &Rounding::ALL]));
            let _ = (Footing::of(&[one, other], one, rule), Footing::fitting_rules(&[one, other], other));
        })?;
        holds("rates", || {
            for rate in [Rate::between(one, other), Rate::between(other, one), Rate::between(one, one)].into_iter().flatten() {
                let _ = (rate.percent(decimals), rate.times(decimals), rate.is_at_least_times(factor), rate.is_below_one_in(factor));
                let limit = FineRate::parse(&factor.to_string());
                let _ = (limit.map(|limit| rate.exceeds(limit)), notation.rate(&rate), notation.share(&rate), notation.multiple(&rate));
            }
        })?;
        holds("money", || {
            let _ = (Money::total([money, more, money]), money.opened(), money.amount(), money.addable(), money.is_gap());
            for comparison in [Comparison::between(money, more), Comparison::between(more, money)].into_iter().flatten() {
                let _ = (comparison.change(), comparison.rate(), notation.rate_of(&comparison));
            }
        })?;
        holds("notation", || {
            let _ = (notation.figure(&one, unit), notation.amount(&one), notation.amount_in(&one, unit), notation.money(&money));
            let _ = (notation.cell(&money, unit), notation.signed(&one), notation.signed_figure(&one, unit));
            let _ = (notation.shown(one), print.shown(one), unit.label(notation.lang), unit.with_exponent(decimals));
        })?;
    }

    #[test]
    fn no_function_of_years_and_dates_panics(
        (year, later, calendar, notation) in (years(), years(), calendars(), notations()),
        (number, month, day, days) in any::<(u16, Option<u8>, Option<u8>, u64)>(),
        (amount, text) in (amounts(), texts()),
    ) {
        let span = nowhere();
        holds("years", || {
            let _ = (year.prior().prior(), year.next().next(), year.era(), year.slug(), year.western(), year.is_stand_in());
            let _ = (calendar.months(year), notation.fiscal_year(year), notation.year_and_stage(year, Stage::Request));
            for era in [Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa] {
                let _ = (era.year_name(number), era.name(), era.letter());
            }
        })?;
        holds("dates", || {
            let made = [PartialDate::new(number, month, day), PartialDate::new(2000 + number % 100, month.map(|it| it % 13), day.map(|it| it % 32)), PartialDate::after_1970(days), PartialDate::after_1970(days % 60_000)];
            for date in made.into_iter().flatten() {
                let _ = (date.era(), date.iso(), date.is_before(date), calendar.year_of(date), notation.date(&date));
            }
        })?;
        holds("periods and scales", || {
            let period = Period {
                from: (days % 2 == 0).then(|| Spanned::new(year, span)),
                to: (days % 3 == 0).then(|| Spanned::new(later, span)),
                years: (days % 5 < 3).then(|| Spanned::new(number, span)),
                max_years: month.map(|it| Spanned::new(u16::from(it), span)),
                note: day.map(|_| text.clone()),
            };
            let _ = (period.last_year(), notation.period(&period));
            let bound = |is_there: bool| is_there.then(|| Spanned::new(amount, span));
            let scale = Scale { min: bound(days % 2 == 0), max: bound(days % 3 == 0), per: Some(text.clone()), about: days % 7 == 0 };
            let _ = notation.scale(&scale);
        })?;
    }

    #[test]
    fn no_function_of_texts_panics((text, other, unit, calendar) in (texts(), texts(), units(), calendars())) {
        holds("readers", || {
            for lang in [Lang::Ja, Lang::En] {
                let examples = Examples { lang, ..Examples::default() };
                let _ = Amount::parse(&text, unit).map_err(|error| (error.to_string(), error.help(examples)));
                let _ = Money::parse(&text, unit).map_err(|error| (error.to_string(), error.help(examples)));
                let _ = FiscalYear::parse_in(&text, calendar).map_err(|error| (error.to_string(), error.help(examples), error.meant(examples)));
                let _ = PartialDate::parse(&text).map_err(|error| (error.to_string(), error.help(examples), error.meant()));
                let _ = Percent::parse(&text).map_err(|error| (error.to_string(), error.help(examples)));
            }
            let _ = Id::parse(&text).map_err(|error| (error.to_string(), error.help(), error.meant()));
            let _ = (Amount::spoken(&text, unit), Unit::parse(&text), Unit::nearest(&text), FineRate::parse(&text), Lang::of_text(&text));
        })?;
        holds("words", || {
            let _ = (source::legible(&text), source::harmless(&text), source::cleaned(&text), source::composed(&text), source::unaccented(&text));
            for lang in [Lang::Ja, Lang::En] {
                let document = gaisan::document::read(&text, lang);
                let _ = (document.plain(), gaisan::document::plain(&[]));
            }
            let _ = gaisan::translation::Translation::japanese().say(&text);
            let _ = gaisan::diagnostic::nearest(&text, &[other.as_str(), "aip"]);
        })?;
    }

    #[test]
    fn no_place_panics_in_any_map(start in any::<usize>(), end in any::<usize>(), part in any::<(usize, usize)>(), text in any::<String>()) {
        let mut sources = SourceMap::default();
        let span = Span { start, end, ..nowhere() };
        holds("places", || {
            let _ = (sources.slice(span), sources.position(span), sources.holds(span), sources.file(span.file).name.len());
            let file = sources.add("a.yaml", &text);
            for span in [span, span.part(&(part.0..part.1)), Span { file, ..span }] {
                let _ = (sources.slice(span), sources.position(span), sources.holds(span));
            }
        })?;
    }
}

/// A place in a file of another map.
pub(crate) fn nowhere() -> Span {
    let mut others = SourceMap::default();
    (0..3).for_each(|_| {
        others.add("x.yaml", "x");
    });
    let file = others.add("other.yaml", "x");
    Span { file, start: 0, end: 1 }
}
