//! What a chapter or its project says of printing and of fiscal years, on whole sheets and in what rides inside them.

use gaisan::build::{self, Format, Job};
use gaisan::compose::Templates;
use gaisan::diagnostic::{Color, text};
use gaisan::diff::diff;
use gaisan::enclosure::{EnclosedFile, Role};
use gaisan::examine;
use gaisan::model::{FiscalCalendar, FiscalYear, NamedAfter, PartialDate};
use gaisan::read::{Reading, read_texts};
use gaisan::rollup::Rollup;
use gaisan::verify::{Scope, verify};

/// A chapter in yen, of which sheets print something coarser.
const YEN: &str = "\
gaisan: 1
id: harbors
title: 港湾
ministry: 国土交通省
fiscal_year: 令和4年度
stage: 概算要求
unit: 円
requested: 1,906,450,000
prior: 1,520,400,000
breakdown: complete
notes:
  - {kind: in_addition, text: このほか, amount: \"12,345,678\"}
programs:
  - id: wall
    title: 防波堤
    requested: 1,400,450,000
    prior: 1,140,400,000
    enacted: 1,300,600,000
    supplementary: 20,600,000
    scale: {min: \"300,000円\", per: 件}
    accounts:
      - {name: 一般会計, requested: \"1,000,225,000\", prior: \"1,000,200,000\"}
      - {name: 特別会計, requested: \"400,225,000\", prior: \"140,200,000\"}
    summary: 1,400,450,000円を要求する。
  - id: gauge
    title: 潮位
    requested: 506,000,000
    prior: 380,000,000
    breakdown: partial
    children:
      - {id: g1, title: 甲, requested: \"105,550,000\", prior: \"90,500,000\"}
      - {id: g2, title: 乙, requested: \"300,450,000\", prior: \"2億4,567万円\", notes: [{kind: remark, text: ほか}]}
";

/// A chapter of a country whose fiscal years begin in October.
const OCTOBER: &str = "\
gaisan: 1
id: coast
title: Coastal Works
lang: en
ministry: Department of Harbors
fiscal_year: FY2026
fiscal_year_starts: October
stage: request
unit: USD
print: {unit: million USD, decimals: 1, rounding: truncate}
requested: 12,345,678.90
prior: 11,000,000
breakdown: complete
citations:
  - {id: act, title: Harbors Act, date: 2026-09-30}
programs:
  - id: dunes
    title: Dunes
    requested: 12,345,678.90
    prior: 11,000,000
    period: {from: FY2026, to: FY2028}
    logic_model: {outputs: [{text: Dunes, date: 2025-10}]}
";

fn reading(chapter: &str, settings: &str) -> Reading {
    read_texts(&[("request.yaml", chapter), ("gaisan.yaml", settings)])
}

/// The sheets of a chapter in a project that has these settings; there is nothing to correct.
fn jobs(chapter: &str, settings: &str) -> Vec<Job> {
    let reading = reading(chapter, settings);
    let examined = examine(&reading);
    assert!(!examined.has_errors(), "{}", text(&examined.findings, &reading.sources, Color::Never));
    build::jobs(&examined, &Templates::new(&[]).unwrap(), None)
}

fn pages(jobs: &[Job]) -> String {
    let templates = Templates::new(&[]).unwrap();
    let pages: Vec<String> = jobs.iter().map(|job| templates.markdown(&job.sheet).unwrap()).collect();
    pages.join("\n\n")
}

fn report(chapter: &str, settings: &str) -> String {
    let reading = reading(chapter, settings);
    text(&examine(&reading).findings, &reading.sources, Color::Never)
}

#[test]
fn sheets_print_in_another_unit_than_the_files_count_in() {
    let settings = "print: {unit: 百万円, rounding: 四捨五入}\n";
    insta::assert_snapshot!("printed_in_millions", pages(&jobs(YEN, settings)));
}

#[test]
fn a_year_of_another_calendar_is_said_and_dates_are_read_against_it() {
    insta::assert_snapshot!("fiscal_year_from_october", pages(&jobs(OCTOBER, "")));
    assert_eq!(report(OCTOBER, ""), "");
    let in_april = OCTOBER.replace("fiscal_year_starts: October\n", "");
    assert!(report(&in_april, "").contains("W0415"), "October 2025 is before April 2026");
    assert_eq!(report(&in_april, "fiscal_year_starts: 10\n"), "");
    let late = OCTOBER.replace("2026-09-30", "2026-10-01");
    assert!(report(&late, "").contains("FY2026 ends with 2026-09"));
}

#[test]
fn of_two_calendar_years_the_calendar_says_which_one_names_the_year() {
    let plain = YEN.lines().filter(|line| !line.starts_with("fiscal_year")).collect::<Vec<_>>().join("\n");
    let year = |written: &str, settings: &str| {
        let reading =
            reading(&plain.replace("gaisan: 1", &format!("gaisan: 1\nfiscal_year: {written}")), settings);
        let found = text(&reading.findings, &reading.sources, Color::Never);
        reading.requests[0].fiscal_year.value.slug() + found.lines().next().unwrap_or_default()
    };
    let india = "fiscal_year_starts: 4\nfiscal_year_named_after: last\n";
    for written in ["2025-26", "2025/26", "FY2025-26", "FY25-26", "2025–2026", "２０２５－２６"] {
        assert_eq!(year(written, ""), "fy2025", "{written}");
        for settings in [india, "fiscal_year_starts: 10\n", "fiscal_year_starts: 7\n"] {
            assert_eq!(year(written, settings), "fy2026", "{written} {settings}");
        }
        let calendar = year(written, "fiscal_year_starts: 1\n");
        assert!(calendar.contains("E0401") && calendar.contains("lies in two calendar years"), "{calendar}");
    }
    assert_eq!(year("2026", india), "fy2026", "one year is the one in the name");
    // The chapter's own calendar goes before the project's, and rides inside its sheets.
    assert_eq!(year("2025-26\nfiscal_year_starts: 4", india), "fy2025");
    assert_eq!(year(&format!("2025-26\n{india}"), ""), "fy2026");
    let chapter = OCTOBER.replace("FY2026\nstage", "2025-26\nstage").replace("FY2028", "2027-28");
    assert_eq!(pages(&jobs(&chapter, "")), pages(&jobs(OCTOBER, "")));
    assert!(year("2099-2100", india).contains("out of the known years"));
    assert_eq!(year("1867-68", india), "fy1868");
}

#[test]
fn what_the_project_says_rides_inside_the_sheet_as_far_as_the_chapter_leaves_it_to_the_project() {
    let settings = "# ours\nprint: 千円\nseverity: {W0203: deny}\nfiscal_year_starts: 7\n";
    for job in jobs(YEN, settings) {
        let enclosure = job.sheet.imprint.enclosure.as_deref().unwrap();
        let said = enclosure.files.iter().find(|file| file.role == Role::Settings).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&said.bytes),
            "fiscal_year_starts: 7\nfiscal_year_named_after: last\nprint: {unit: 千円, decimals: 0, rounding: unstated}\n"
        );
        let again = build::remake(enclosure).unwrap();
        assert_eq!(pages(&again.job.into_iter().collect::<Vec<_>>()), pages(&[job]));
    }
    let own = format!("{YEN}print: 百万円\nfiscal_year_starts: 4\n");
    for job in jobs(&own, settings) {
        let files = &job.sheet.imprint.enclosure.as_deref().unwrap().files;
        assert!(files.iter().all(|file| file.role != Role::Settings));
    }
    assert_eq!(pages(&jobs(OCTOBER, settings)), pages(&jobs(OCTOBER, "")), "yen say nothing of dollars");
}

#[test]
fn another_unit_is_another_edition_and_settings_that_gaisan_would_not_write_make_another_sheet() {
    let job = jobs(YEN, "print: 千円\n").remove(0);
    let mut enclosure = job.sheet.imprint.enclosure.as_deref().unwrap().clone();
    let edition = enclosure.digest();
    for (settings, is_sheet) in [("print: 億円\n", true), ("nonsense: [\n", true)] {
        for file in &mut enclosure.files {
            if file.role == Role::Settings {
                *file = EnclosedFile::new(file.name.clone(), Role::Settings, settings.into()).into();
            }
        }
        assert_ne!(enclosure.digest(), edition);
        let again = build::remake(&enclosure).unwrap();
        assert_eq!(again.job.is_some(), is_sheet);
        let made = again.job.and_then(|job| job.sheet.imprint.enclosure.clone());
        assert_ne!(made.unwrap().digest(), enclosure.digest());
    }
}

#[test]
fn a_compound_stays_as_it_was_written() {
    for (written, unit, print, box_of, cell) in [
        ("2兆1,088億円", "百万円", "", "2兆1,088億円", "2兆1,088億円"),
        ("△2兆1088億円", "百万円", "print: 億円\n", "△2兆1,088億円", "△21,088"),
        ("1億2,345万6,789円", "千円", "print: 百万円\n", "1億2,345万6,789円", "123"),
        ("1兆0億円", "億円", "", "1兆0億円", "10,000"),
    ] {
        let chapter = format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: R4\nstage: request\nunit: {unit}\n{print}breakdown: complete\nprograms:\n  - {{id: a, title: 甲, requested: \"{written}\", prior: 新規}}\n"
        );
        let pages = pages(&jobs(&chapter, ""));
        assert!(pages.contains(&format!("| 令和4年度要求・要望額 | {box_of} |")), "{written}: {pages}");
        assert!(pages.contains(&format!("| [甲](a.md) | {cell} |")), "{written}: {pages}");
    }
}

#[test]
fn a_sum_or_change_of_compounds_is_a_compound() {
    let chapter = "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: R4\nstage: request\nunit: 百万円\nbreakdown: complete\nprograms:\n  - {id: a, title: 甲, requested: \"1兆2,345億5,000万円\", prior: \"1兆1,234億5,600万円\"}\n  - {id: b, title: 乙, requested: 300, prior: \"8,765億5,000万円\"}\n";
    let pages = pages(&jobs(chapter, ""));
    for said in ["| 1兆2,348億5,000万円 |", "（2兆600万円）", "△7,651億5,600万円"] {
        assert!(pages.contains(said), "{said}: {pages}");
    }
}

#[test]
fn a_page_that_says_something_else_of_its_project_is_not_proven() {
    let mut job = jobs(YEN, "print: 百万円\n").remove(0);
    let proven = |job: &Job, data_only| {
        let files = job.files(Format::Html, &Templates::new(&[]).unwrap(), None).unwrap();
        let scope = Scope { data_only, ..Scope::default() };
        verify(&files[0].1, &scope).unwrap().is_proven()
    };
    assert!(proven(&job, false) && proven(&job, true));
    let enclosure = job.sheet.imprint.enclosure.as_deref().unwrap().clone();
    for settings in
        ["print: {unit: 億円, decimals: 0, rounding: unstated}\n", "print: 百万円\n", "severity: {}\n", ""]
    {
        let mut forged = enclosure.clone();
        for file in forged.files.iter_mut().filter(|file| file.role == Role::Settings) {
            *file = EnclosedFile::new(file.name.clone(), Role::Settings, settings.into()).into();
        }
        job.sheet.imprint.enclosure = Some(forged.into());
        assert!(!proven(&job, false), "{settings}");
        // Of the first, which is as gaisan writes it, only the pages say that it is another's.
        assert_eq!(proven(&job, true), settings.contains("億円"), "{settings}");
    }
}

#[test]
fn years_that_cannot_be_are_findings_and_overflow_nothing() {
    for year in ["令和99年度", "8", "80000", "0", "FY0", "R0", "明治1年度以前", "2100"] {
        let chapter = YEN.replace("令和4年度", year);
        assert!(report(&chapter, "").contains("E0401"), "{year}");
        let [old, new] = [&chapter, &OCTOBER.to_owned()].map(|chapter| reading(chapter, ""));
        let [old, new] =
            [&old, &new].map(|it| it.requests.iter().map(Rollup::of).collect::<Vec<Rollup<'_>>>());
        let (olds, news): (Vec<_>, Vec<_>) = (old.iter().collect(), new.iter().collect());
        for (old, new) in [(&olds, &olds), (&olds, &news), (&news, &olds)] {
            let _ = diff(old, new, None);
        }
    }
    for year in (0..=u16::MAX).filter_map(FiscalYear::new) {
        assert!(year.next() >= year && year.prior() <= year);
        assert_eq!(FiscalYear::parse(&year.western().to_string()), Ok(year));
    }
}

#[test]
fn an_english_reader_is_told_too() {
    let pages = pages(&jobs(
        &YEN.replace("id: harbors", "id: harbors\nlang: en"),
        "print: 百万円\nfiscal_year_starts: 10\n",
    ));
    assert!(pages.contains("FY2022 is October 2021 to September 2022"), "{pages}");
    assert!(pages.contains(
        "Amounts are shown in million yen, by rounding half up; totals and differences may not add up"
    ));
}

fn months(starts: u8, named_after: Option<NamedAfter>) -> Option<String> {
    let calendar = FiscalCalendar::new(starts, named_after)?;
    let (first, last) = calendar.months(FiscalYear::new(2026)?)?;
    Some(format!("{} {}", first.iso(), last.iso()))
}

#[test]
fn a_year_is_named_after_the_calendar_year_it_mostly_lies_in_unless_said_otherwise() {
    for (starts, named_after, expected) in [
        (4, None, "2026-04 2027-03"),
        (4, Some(NamedAfter::Last), "2025-04 2026-03"),
        (10, None, "2025-10 2026-09"),
        (10, Some(NamedAfter::First), "2026-10 2027-09"),
        (7, None, "2025-07 2026-06"),
        (1, None, "2026-01 2026-12"),
        (1, Some(NamedAfter::Last), "2026-01 2026-12"),
    ] {
        assert_eq!(months(starts, named_after).as_deref(), Some(expected));
    }
    assert_eq!(FiscalCalendar::new(0, None).or(FiscalCalendar::new(13, None)), None);
}

#[test]
fn every_month_lies_in_one_fiscal_year() {
    for starts in 1..=12 {
        for named_after in [NamedAfter::First, NamedAfter::Last] {
            let Some(calendar) = FiscalCalendar::new(starts, Some(named_after)) else { continue };
            for month in 1..=12 {
                let date = PartialDate::new(2026, Some(month), None);
                let year = date.and_then(|date| calendar.year_of(date)).map(FiscalYear::western);
                let later = u16::from(starts > 1 && named_after == NamedAfter::Last);
                let begun = u16::from(month < starts);
                assert_eq!(year, Some(2026 + later - begun), "{starts} {month}");
            }
        }
    }
}

#[test]
fn the_ends_of_the_tables_are_no_trouble() {
    for year in [FiscalYear::stand_in(), FiscalYear::stand_in().next()] {
        assert_eq!(FiscalCalendar::default().months(year), None);
    }
    for year in [1868, 2099] {
        let date = PartialDate::new(year, Some(1), Some(1));
        let years = date.map(|date| FiscalCalendar::default().year_of(date));
        assert!(years.is_some());
    }
}
