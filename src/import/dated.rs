//! The fiscal years that texts name, and what a title says of each.

use std::ops::Range;

use super::days;
use super::words::without_brackets;
use crate::model::{Era, FiscalCalendar, FiscalYear, fold, without_kanji};

/// Whether a text names a fiscal year, of whatever era.
pub(super) fn names_year(text: &str) -> bool {
    year_in(text, FiscalYear::new(2025), FiscalCalendar::default()).is_some()
}

/// The fiscal year that a text names in a calendar, the first of them; a day (2026年8月31日現在) names none. A bare number of a year (`8年度`) is of the
/// era that is known from elsewhere.
pub(super) fn year_in(text: &str, near: Option<FiscalYear>, calendar: FiscalCalendar) -> Option<FiscalYear> {
    year_at(&condensed(text), near, calendar).map(|(_, year)| year)
}

/// A text without blanks and days, and its numbers in digits.
fn condensed(text: &str) -> Vec<char> {
    let condensed: Vec<char> = text.chars().map(fold).filter(|c| !c.is_whitespace()).collect();
    let condensed: String = days::without(&condensed).into_iter().collect();
    without_kanji(&condensed).unwrap_or(condensed).chars().collect()
}

/// What may stand between two years, before one that is only a number: 令和７～９年度, FY2025-27.
const BETWEEN: [&str; 12] = ["-", "~", "〜", "–", "—", "−", "/", "&", "・", "、", "から", "と"];

/// The fiscal years that a text names, each with what is said behind it up to the next.
fn years_in(text: &str, calendar: FiscalCalendar) -> Vec<(FiscalYear, String)> {
    let parted = [" to ", " and ", " through ", " vs ", " vs. "];
    let text = parted.iter().fold(text.to_owned(), |text, word| text.replace(word, "&"));
    let text = condensed(&text);
    let mut years: Vec<(FiscalYear, String)> = Vec::new();
    let mut from = 0;
    loop {
        let rest = text.get(from..).unwrap_or_default();
        let last = years.last().map(|(year, _)| *year);
        let is_whole = from.checked_sub(1).and_then(|at| text.get(at)) == Some(&'度');
        let next = last.and_then(|last| goes_on(rest, last, is_whole));
        let Some((place, year)) = next.or_else(|| year_at(rest, last, calendar)) else {
            years.last_mut().into_iter().for_each(|(_, said)| *said = rest.iter().collect());
            return years;
        };
        let said: String = rest.get(..place.start).unwrap_or_default().iter().collect();
        years.last_mut().into_iter().for_each(|(_, behind)| *behind = said.clone());
        years.push((year, String::new()));
        from += place.end;
    }
}

/// The later year that a text begins with as a number alone, behind another year; behind 年度 it is one only if 年 follows it, too.
fn goes_on(text: &[char], before: FiscalYear, is_whole: bool) -> Option<(Range<usize>, FiscalYear)> {
    let said: String = text.iter().take(6).collect();
    let rest = BETWEEN.iter().find_map(|between| said.strip_prefix(between))?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let behind = rest.chars().nth(digits.len());
    let is_year = if is_whole {
        behind == Some('年')
    } else {
        behind.is_none_or(|c| !"月日号章次回-./".contains(c))
    };
    let number: u16 = digits.parse().ok().filter(|_| digits.len() < 3 && is_year)?;
    let era = before.era();
    let of_era = FiscalYear::parse(&format!("{}{number}", era.0.name())).ok();
    let western = FiscalYear::new(before.western() / 100 * 100 + number).filter(|_| digits.len() == 2);
    let year = [of_era, western]
        .into_iter()
        .flatten()
        .find(|year| (1..=9).contains(&(i32::from(year.western()) - i32::from(before.western()))))?;
    let start = said.chars().count() - rest.chars().count();
    let end = text.iter().skip(start + digits.len()).take_while(|c| "年度".contains(**c)).count();
    Some((start..start + digits.len() + end, year))
}

/// The fiscal year that a title names; of several it is about none alone, if not one stands outside of brackets.
pub(super) fn only_year_in(text: &str, calendar: FiscalCalendar) -> Option<FiscalYear> {
    let folded: String = text.chars().map(fold).collect();
    [without_brackets(&folded), folded].iter().find_map(|text| {
        let years = years_in(text, calendar);
        let (first, _) = years.first()?;
        years.iter().all(|(year, _)| year == first).then_some(*first)
    })
}

/// What a title says of a year: all of it where it names no other, else what stands behind that year.
pub(super) fn title_of(text: &str, year: FiscalYear, calendar: FiscalCalendar) -> Option<String> {
    if only_year_in(text, calendar) == Some(year) {
        return Some(text.to_owned());
    }
    let years = years_in(text, calendar);
    if years.is_empty() {
        return Some(text.to_owned());
    }
    years.into_iter().rfind(|(named, _)| *named == year).map(|(_, said)| said)
}

/// A title without the year that it begins or ends with, which sheets say beside it; with several years it stays as it is.
pub(crate) fn without_year(title: &str, calendar: FiscalCalendar) -> &str {
    let is_gap = |c: char| matches!(fold(c), ' ' | ':' | '-' | ',');
    let is_year = |text: &str| {
        let text = ["Fiscal Year ", "FISCAL YEAR ", "fiscal year "]
            .iter()
            .find_map(|word| text.strip_prefix(word))
            .unwrap_or(text);
        text.chars().count() > 3
            && !text.ends_with(char::is_whitespace)
            && (FiscalYear::parse_in(text, calendar).is_ok()
                || without_kanji(text).is_some_and(|text| FiscalYear::parse_in(&text, calendar).is_ok()))
    };
    let is_short =
        |before: &str| before.chars().count() < 3 && before.chars().map(fold).all(|c| c.is_ascii_digit());
    if let Some((_, rest)) = title.split_once("年度").filter(|(before, _)| is_short(before)) {
        return rest.trim_matches(is_gap);
    }
    if only_year_in(title, calendar).is_none() {
        return title.trim_matches(is_gap);
    }
    let ends: Vec<usize> = title.char_indices().map(|(at, _)| at).chain([title.len()]).collect();
    let begins = ends.iter().rev().filter(|end| {
        title.get(**end..).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(is_gap) || title[..**end].ends_with("年度")
        })
    });
    let front = begins.copied().find(|end| is_year(title.get(..*end).unwrap_or_default()));
    let title = front.and_then(|end| title.get(end..)).unwrap_or(title).trim_matches(is_gap);
    // 2027年度（令和9年度）予算要求
    let again = title.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')']));
    let title = again.filter(|(year, _)| is_year(year)).map_or(title, |(_, rest)| rest.trim_matches(is_gap));
    let back = title.char_indices().map(|(at, _)| at).find(|at| {
        let (before, year) = title.split_at(*at);
        before.ends_with(is_gap) && is_year(year)
    });
    let title = back.and_then(|at| title.get(..at)).unwrap_or(title).trim_end_matches(is_gap);
    title.strip_suffix(" for").unwrap_or(title)
}

/// A folded text without the fiscal years that it names.
pub(super) fn without_years(text: &str) -> String {
    let year = |text: &[char]| year_at(text, FiscalYear::new(2025), FiscalCalendar::default());
    let mut rest: Vec<char> = text.to_uppercase().chars().collect();
    // 令和九年度, but not 一般財源.
    let in_digits = || without_kanji(text).map(|text| text.to_uppercase().chars().collect::<Vec<char>>());
    if year(&rest).is_none()
        && let Some(digits) = in_digits().filter(|digits| year(digits).is_some())
    {
        rest = digits;
    }
    while let Some((place, _)) = year(&rest) {
        rest.splice(place, ['|']);
    }
    rest.into_iter().flat_map(char::to_lowercase).collect()
}

/// Where a condensed text names its first fiscal year, and which.
fn year_at(
    condensed: &[char],
    near: Option<FiscalYear>,
    calendar: FiscalCalendar,
) -> Option<(Range<usize>, FiscalYear)> {
    let is_digit = |at: Option<usize>| at.and_then(|at| condensed.get(at)).is_some_and(char::is_ascii_digit);
    for start in 0..condensed.len() {
        if is_digit(start.checked_sub(1)) || condensed.get(start).is_some_and(|c| !c.is_alphanumeric()) {
            continue;
        }
        let is_word =
            start.checked_sub(1).and_then(|at| condensed.get(at)).is_some_and(char::is_ascii_alphabetic);
        for end in (start + 2..=condensed.len().min(start + 11)).rev() {
            let part: String = condensed.get(start..end).unwrap_or_default().iter().collect();
            let is_named = part.starts_with(|c: char| c.is_ascii_alphabetic());
            if is_digit(Some(end)) && part.ends_with(|c: char| c.is_ascii_digit()) || is_word && is_named {
                continue;
            }
            if let Ok(year) = FiscalYear::parse_in(&part, calendar) {
                return Some((start..end, year));
            }
            let number = part.strip_suffix("年度").filter(|number| number.len() <= 2);
            if let Some(year) = number.zip(near).and_then(|(number, near)| of_number(number, near)) {
                return Some((start..end, year));
            }
        }
    }
    None
}

/// The year that a number alone stands for beside another one: of whichever era, or of this century, it lies nearest.
fn of_number(number: &str, near: FiscalYear) -> Option<FiscalYear> {
    let number: u16 = number.parse().ok()?;
    let of_eras = Era::ALL.iter().rev().filter_map(|era| FiscalYear::parse(&era.year_name(number)).ok());
    let western = FiscalYear::new(2000 + number).filter(|_| number > 9);
    of_eras.chain(western).min_by_key(|year| year.western().abs_diff(near.western()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_found_in_what_is_written_above_a_table() {
        let calendar = FiscalCalendar::default();
        let western = |text, near| year_in(text, FiscalYear::new(near), calendar).map(FiscalYear::western);
        for (text, expected) in [
            ("令和９年度　概算要求総括表（案）", 2027),
            ("8年度当初", 2026),
            ("FY 2013-14 Proposed", 2013),
            ("2014-15 Available", 2014),
            ("2016 estimate", 2016),
            ("R6", 2024),
            ("改平成28年度 予算額(千円)", 2016),
            ("令和９年度概算要求（令和８年８月31日現在）", 2027),
            ("2026/8/31 R9要求", 2027),
            ("R8.8.31 令和九年度", 2027),
        ] {
            assert_eq!(western(text, 2027), Some(expected), "{text}");
        }
        for (text, near, expected) in [
            ("27年度", 2027, 2027),
            ("26年度当初", 2027, 2026),
            ("30年度決算", 2020, 2018),
            ("9年度", 2027, 2027),
            ("29年度", 2017, 2017),
        ] {
            assert_eq!(western(text, near), Some(expected), "{text}");
        }
        for text in
            ["事項", "要求額", "TQ", "PROGRAM1", "(A)", "令和八年八月", "2026.8.31作成", "R8/8/31 17:00"]
        {
            assert_eq!(western(text, 2027), None, "{text}");
        }
    }

    #[test]
    fn a_title_of_several_years_is_about_none_alone() {
        let calendar = FiscalCalendar::default();
        let western = |text| {
            let years = years_in(text, calendar).into_iter();
            years.map(|(year, said)| (year.western(), said)).collect::<Vec<_>>()
        };
        for (text, expected) in [
            ("令和７～９年度　予算の推移", &[2025, 2027][..]),
            ("令和７年度決算・８年度予算・９年度要求一覧", &[2025, 2026, 2027]),
            ("令和8年度当初予算と令和9年度概算要求", &[2026, 2027]),
            ("Budget authority, FY2025–FY2027", &[2025, 2027]),
            ("FY2025-27", &[2025, 2027]),
            ("Fiscal Years 2025 to 2027", &[2025, 2027]),
            ("FY26 and FY27", &[2026, 2027]),
            ("R7-9要求", &[2025, 2027]),
            ("FY 2026-27 Budget", &[2026]),
            ("R9-1 総括表", &[2027]),
            ("令和9年度-12", &[2027]),
            ("令和9年度概算要求（令和8年8月31日現在）", &[2027]),
        ] {
            let years: Vec<u16> = western(text).into_iter().map(|(year, _)| year).collect();
            assert_eq!(years, expected, "{text}");
            let only = only_year_in(text, calendar).map(FiscalYear::western);
            assert_eq!(only, if let [only] = expected { Some(*only) } else { None }, "{text}");
        }
        let only = |text| only_year_in(text, calendar).map(FiscalYear::western);
        assert_eq!(only("FY2027 Request (FY2026 enacted in brackets)"), Some(2027));
        let said = |year| title_of("FY2026 Enacted and FY2027 Request", FiscalYear::new(year)?, calendar);
        assert_eq!(said(2026).as_deref(), Some("Enacted&"));
        assert_eq!(said(2027).as_deref(), Some("Request"));
        assert_eq!(said(2025), None);
    }

    #[test]
    fn a_title_is_kept_without_its_one_year() {
        for (text, expected) in [
            ("令和９年度　概算要求総括表", "概算要求総括表"),
            ("令和９年度概算要求", "概算要求"),
            ("FY 2027 Budget Request", "Budget Request"),
            ("Fiscal Year 2027 Budget", "Budget"),
            ("2027 Proposed Budget", "Proposed Budget"),
            ("Budget Request, FY2027", "Budget Request"),
            ("Budget Request for FY2027", "Budget Request"),
            ("Budget comparison FY2026 and FY2027", "Budget comparison FY2026 and FY2027"),
            ("令和8年度当初予算と令和9年度概算要求", "令和8年度当初予算と令和9年度概算要求"),
            ("2027年国際博覧会", "2027年国際博覧会"),
            ("Parks", "Parks"),
            ("2027年度（令和9年度）予算要求", "予算要求"),
            ("令和九年度概算要求総括表", "概算要求総括表"),
        ] {
            assert_eq!(without_year(text, FiscalCalendar::default()), expected, "{text}");
        }
    }
}
