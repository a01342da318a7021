//! Rows that an officer put into a sheet, copied or reworded.

use gaisan::build::books;
use gaisan::compose::Templates;
use gaisan::drafting;
use gaisan::examine;
use gaisan::exchange::workbook;
use gaisan::import::{Options, import};

use super::taken;

/// A sheet that gaisan made, as text, with one more row in each of its groups.
#[test]
fn a_new_row_below_a_group_is_a_program_of_it() {
    let rows = [
        r#"試し"#,
        r#"防災庁"#,
        r#"gaisan:title,gaisan:requested,gaisan:prior,gaisan:notes,gaisan:id,gaisan:line,gaisan:shown"#,
        r#"事業,要求,前年度,備考,fy2027/x · 版 0"#,
        r#"丙,1,1,,c,"{id: c, title: 丙, requested: 1, prior: 1}","{title: 丙, 'gaisan:requested': 1, 'gaisan:prior': 1}""#,
        r#"研究開発局,3,3,,,{group_row: 研究開発局},{title: 研究開発局}"#,
        r#"　宇宙,3,3,,,{group_row: 宇宙},{title: 宇宙}"#,
        r#"　　甲,3,3,,a,"{id: a, title: 甲, group: [研究開発局, 宇宙], requested: 3, prior: 3}","{title: 甲, 'gaisan:requested': 3, 'gaisan:prior': 3}""#,
        r#"　　乙,5,4"#,
        r#"　丁,6,4"#,
        r#"戊,7,4"#,
        r#"計,22,16,,x,"{gaisan: 1, id: x, title: 試し, fiscal_year: R9, stage: 概算要求, unit: 千円}",{title: 計}"#,
    ];
    let csv = rows.join("\n");
    let import = import(&[("要求.csv".to_owned(), csv.into())], &Options::default());
    let lines: Vec<_> =
        import.chapters[0].lines.iter().map(|line| (line.title.as_str(), line.groups.join("/"))).collect();
    assert_eq!(
        lines,
        [
            ("丙", String::new()),
            ("甲", "研究開発局/宇宙".to_owned()),
            ("乙", "研究開発局/宇宙".to_owned()),
            ("丁", "研究開発局".to_owned()),
            ("戊", String::new()),
        ]
    );
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("budgets/fy2027/x");
    drafting::import(&Default::default(), &import.chapters[0], &folder).apply().unwrap();
    let reading = gaisan::read::read(std::slice::from_ref(&folder));
    let groups: Vec<_> = reading.requests[0].programs.iter().map(|program| program.group.join("/")).collect();
    assert_eq!(groups, ["", "研究開発局/宇宙", "研究開発局/宇宙", "研究開発局", ""]);
}

#[test]
fn rows_that_were_copied_or_put_in_are_told_from_those_that_were_there() {
    const HEAD: &str = "試し\n防災庁\ngaisan:title,gaisan:requested,gaisan:prior,gaisan:notes,gaisan:id,gaisan:line,gaisan:shown\n事業,要求,前年度,備考,fy2027/x · 版 0\n";
    const OWN: &str = r#"甲,3,3,,a,"{id: a, title: 甲, requested: 3, prior: 3, accounts: [{name: 一般, requested: 3}]}","{title: 甲, 'gaisan:requested': 3, 'gaisan:prior': 3}""#;
    const COPY: &str = r#"写,9,3,再掲,a,"{id: a, title: 甲, requested: 3, prior: 3, accounts: [{name: 一般, requested: 3}]}","{title: 甲, 'gaisan:requested': 3, 'gaisan:prior': 3}""#;
    const SPLIT: &str =
        "　会計別：一般,3,,,a,{account: 一般},\"{title: '会計別：一般', 'gaisan:requested': 3}\"";
    const TOP: &str = r#"計,3,3,,x,"{gaisan: 1, id: x, title: 試し, fiscal_year: R9, stage: 概算要求, unit: 千円, breakdown: complete}",{title: 計}"#;
    let of = |rows: &[&str]| {
        let csv = format!("{HEAD}{}\n", rows.join("\n"));
        let import = import(&[("要求.csv".to_owned(), csv.into())], &Options::default());
        let lines = import.chapters.iter().flat_map(|chapter| &chapter.lines);
        let lines =
            lines.map(|line| format!("{}={}{:?}", line.id.as_deref().unwrap_or("–"), line.title, line.aside));
        (
            lines.collect::<Vec<_>>().join(" "),
            import.findings.first().map(|it| it.message.clone()).unwrap_or_default(),
        )
    };
    for (rows, lines, said) in [
        (&[OWN, SPLIT, TOP][..], "a=甲None", ""),
        // The row that shows what it showed is the line, wherever a copy of it stands; 再掲 is counted elsewhere.
        (&[COPY, OWN, SPLIT, TOP], "–=写Some(Recount) a=甲None", ""),
        (&[OWN, SPLIT, COPY, TOP], "a=甲None –=写Some(Recount)", ""),
        (&[OWN, TOP], "a=甲None", "`一般` of `a` is in the sheet no more; it stays"),
        (
            &[OWN, SPLIT, "　会計別：特会,0", TOP],
            "a=甲None",
            "`会計別：特会` is a new row of an account; nothing of it is taken",
        ),
        (
            &[OWN, SPLIT, ",7,8", TOP],
            "a=甲None",
            "`7` stands in a row without a title; nothing of it is taken",
        ),
    ] {
        assert_eq!(of(rows), (lines.to_owned(), said.to_owned()), "{rows:?}");
    }
    let stripped = "試し\n防災庁\ngaisan:title,gaisan:requested,gaisan:prior,gaisan:notes\n事業,要求,前年度,備考\n甲,3,3,\n計,3,3,\n";
    let import = import(&[("要求.csv".to_owned(), stripped.into())], &Options::default());
    assert!(
        import.findings[0].message.contains("columns are gone that are not shown"),
        "{:?}",
        import.findings
    );
}

#[test]
fn a_title_that_changes_on_a_sheet_in_english_is_the_english_one() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("budgets/fy2027/x");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("request.yaml"), "gaisan: 1\nid: x\ntitle: 試し\nministry: 府\nfiscal_year: R9\nstage: 概算要求\nunit: 千円\nbreakdown: complete\nprograms:\n  - {id: a, title: 船, title_en: Ship, group: 局, group_en: Bureau, requested: 1, prior: 1}\n").unwrap();
    let reading = gaisan::read::read(std::slice::from_ref(&folder));
    let bytes =
        workbook(&books(&examine(&reading), &Templates::new(&[]).unwrap(), Some(gaisan::model::Lang::En)));
    let mut import = taken(&bytes.unwrap().bytes);
    let chapter = &mut import.chapters[0];
    let plan = drafting::import(&Default::default(), chapter, &folder);
    assert!(plan.files.is_empty() && plan.changes.is_empty(), "{:?}", plan.changes);
    assert_eq!(chapter.lines[0].title, "船");
    assert_eq!(chapter.lines[0].groups, ["局"]);
}
