//! What a comparison is refused for, and what leaves it besides tables: thresholds, CSV, JSON.

use gaisan::diff::{ColumnPair, Diff, DiffError, Threshold, csv, json};

use super::{chapter, compared, reading, try_compared};

#[test]
fn two_years_on_both_sides_cannot_be_paired() {
    let both = |years: [u16; 2]| {
        let line =
            "breakdown: complete\nprograms:\n  - {id: a, title: 拠点形成, requested: 500, prior: 480}\n";
        let text = |year: u16| {
            format!(
                "gaisan: 1\nid: mext-5\ntitle: 章\nministry: 省\nfiscal_year: {year}\nstage: request\nunit: 百万円\n{line}"
            )
        };
        reading(&years.map(|year| (format!("{year}.yaml"), text(year))))
    };
    let (old, new) = (both([2020, 2021]), both([2022, 2023]));
    let error = try_compared(&old, &new, None, |_| ()).unwrap_err();
    assert!(matches!(error, DiffError::Ambiguous(_)));
    insta::assert_snapshot!(error.to_string(), @"`mext-5` is there for FY2020 request, FY2021 request on the old side and for FY2022 request, FY2023 request on the new one");
    let same = both([2022, 2023]);
    compared(&new, &same, None, |diff: &Diff<'_>| assert!(diff.is_same()));
}

#[test]
fn thresholds_name_what_passes_them() {
    let old = chapter(
        2022,
        "breakdown: complete\nprograms:\n  - {id: a, title: 拠点形成, requested: 1000, prior: 480, enacted: 900}\n  - {id: b, title: 共同研究, requested: 200, prior: 200, enacted: 190}\n  - {id: c, title: 終わる事業, requested: 200, prior: 200}\n",
    );
    let new = chapter(
        2023,
        "breakdown: complete\nprograms:\n  - {id: a, title: 拠点の形成, requested: 1050, prior: 900}\n  - {id: b, title: 共同研究, requested: 150, prior: 200}\n  - {id: d, title: 新しい事業, requested: 10, prior: 新規}\n",
    );
    let hits = |limit: &str| {
        let limit = Threshold::parse(limit).unwrap();
        compared(&old, &new, None, |diff| limit.hits(diff).join("\n"))
    };
    assert_eq!(hits("increase>5%"), "");
    assert_eq!(hits("increase>4.9999%"), "increase>4.9999%: mext-5/a, +50 million yen (5.0%)");
    assert_eq!(hits("change>49百万円").lines().count(), 3);
    assert_eq!(hits("change>50百万円"), "change>50百万円: mext-5, −190 million yen (−13.6%)");
    assert_eq!(hits("decrease>25%"), "");
    assert_eq!(hits("decrease>0.2億円").lines().count(), 2);
    assert_eq!(hits("total-decrease>10%"), "total-decrease>10%: mext-5, −190 million yen (−13.6%)");
    assert_eq!(hits("new"), "new: mext-5/d");
    assert_eq!(hits("ended"), "ended: mext-5/c");
    assert_eq!(hits("words"), "words: mext-5/a, title");
    assert_eq!(hits("discontinuity"), "discontinuity: mext-5/b, +10 million yen");
    assert_eq!(hits("moved"), "");
    for text in ["", "growth>5%", "new>5%", "increase>", "increase>x", "total-new", "increase>-5%"] {
        assert!(Threshold::parse(text).is_err(), "{text}");
    }
    let error = Threshold::parse("growth>5%").unwrap_err();
    insta::assert_snapshot!(error);
}

#[test]
fn csv_and_json_have_exact_digits() {
    let old = chapter(
        2022,
        "breakdown: complete\nprograms:\n  - {id: a, title: \"引用\\\"符、と,コンマ\", requested: 1.5億円, prior: 480}\n  - {id: b, title: 共同研究, requested: 200, prior: 200}\n",
    );
    let new = chapter(
        2023,
        "crosswalk: [{kind: renamed, from: b, to: b2}]\nbreakdown: complete\nprograms:\n  - {id: a, title: \"引用\\\"符、と,コンマ\", requested: 151.25, prior: 事項要求}\n  - {id: b2, title: 共同研究, requested: 事項要求, prior: 200}\n",
    );
    compared(&old, &new, None, |diff| {
        insta::assert_snapshot!("csv", csv(diff).unwrap());
        insta::assert_snapshot!("json", json(diff));
    });
}

#[test]
fn amounts_in_two_currencies_are_refused() {
    let line = "breakdown: complete\nprograms:\n  - {id: a, title: A, requested: 5, prior: 4}\n";
    let old = chapter(2022, line);
    let text = format!(
        "gaisan: 1\nid: mext-5\ntitle: 章\nministry: 省\nfiscal_year: 2023\nstage: request\nunit: million USD\n{line}"
    );
    let new = reading(&[("2023.yaml".to_owned(), text)]);
    let error =
        try_compared(&old, &new, Some(&[ColumnPair::parse("requested").unwrap()]), |_| ()).unwrap_err();
    insta::assert_snapshot!(error.to_string(), @"the two sides cannot be compared: amounts in different currencies cannot be added");
}

#[test]
fn no_cell_of_the_csv_is_a_formula() {
    let titles = ["=1+1", "＝HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\\t=1", " =1", "－2", "事業-1", "△5"];
    let lines = titles.iter().enumerate();
    let lines =
        lines.map(|(at, title)| format!("  - {{id: n{at}, title: \"{title}\", requested: 5, prior: 9}}\n"));
    let old = chapter(2022, &format!("breakdown: complete\nprograms:\n{}", lines.collect::<String>()));
    let new =
        chapter(2023, "breakdown: complete\nprograms:\n  - {id: z, title: 残る, requested: 3, prior: 5}\n");
    let csv = compared(&old, &new, None, |diff| csv(diff).unwrap());
    let cells: Vec<&str> = csv.lines().flat_map(|line| line.split(',')).collect();
    for (title, is_formula) in
        titles.iter().zip([true, true, true, true, true, true, true, true, false, false])
    {
        let guarded = format!("'{}", title.replace("\\t", "").trim());
        assert_eq!(cells.contains(&guarded.as_str()), is_formula, "{title}: {csv}");
    }
    assert!(cells.contains(&"-5000000") && !csv.contains("'-5"), "{csv}");
}
