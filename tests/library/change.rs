//! Change sheets: what changed between two states of a chapter, in all formats.

use std::path::{Path, PathBuf};

use gaisan::build::change_sheets;
use gaisan::compose::{COMMENT_LIMIT, Templates};
use gaisan::diff::{Diff, diff};
use gaisan::figure::Figure;
use gaisan::model::Lang;
use gaisan::read::Reading;
use gaisan::render::pdf::tags::Changed;
use gaisan::rollup::Rollup;
use gaisan::sheet::{self, Facts, Sheet};
use gaisan::{document, examine};

use crate::support::{self, budgets, squeezed, visible};

/// What a test does with the comparison of two folders.
fn compared<T>(old: &Path, new: &Path, test: impl FnOnce(&Diff<'_>) -> T) -> T {
    let reading = |path: &Path| -> Reading {
        let reading = gaisan::read::read(&[path.to_path_buf()]);
        assert!(reading.unreadable.is_empty(), "{:?}", reading.unreadable);
        reading
    };
    let (old, new) = (reading(old), reading(new));
    let (old, new) = (examine(&old), examine(&new));
    let old: Vec<&Rollup<'_>> = old.rollups.iter().collect();
    let new: Vec<&Rollup<'_>> = new.rollups.iter().collect();
    test(&diff(&old, &new, None).unwrap())
}

fn only_sheet(diff: &Diff<'_>, lang: Option<Lang>) -> Sheet {
    let mut sheets = sheet::changes(diff, lang);
    assert_eq!(sheets.len(), 1);
    sheets.remove(0).1
}

pub(crate) fn markdown(old: &Path, new: &Path, lang: Option<Lang>) -> String {
    compared(old, new, |diff| {
        let sheet = only_sheet(diff, lang);
        Templates::new(&[]).unwrap().markdown(&sheet).unwrap()
    })
}

/// The chapter of FY2022 as a later draft has it: amounts, prose, period and recipients edited.
fn draft() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let edits: &[(&str, &[(&str, &str)])] = &[
        (
            "q-leap.yaml",
            &[
                ("requested: 4,592", "requested: 4,750"),
                (
                    "プログラムディレクターがきめ細かに進捗を管理し、プロトタイプによる実証を目指して",
                    "プログラムディレクターが四半期ごとに進捗を点検し、プロトタイプによる実証を目指して",
                ),
                ("人材の育成とを強化", "人材の育成及び女性研究者の登用とを強化"),
                (
                    "欧米等とのプロジェクト間の共同研究、研究者の交流など、",
                    "欧米、豪州等との共同研究、研究者の交流など、",
                ),
                ("max_years: 10", "max_years: 11"),
                ("recipients: [理研, 大阪大]", "recipients: [理研, 大阪大, 名古屋大]\n        "),
                (
                    "        count: 2\n        recipients: [理研",
                    "        count: 3\n        recipients: [理研",
                ),
            ],
        ),
        ("math-platform.yaml", &[("requested: 202", "requested: 190")]),
    ];
    for path in support::files(&budgets("fy2022/mext-5")) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut text = std::fs::read_to_string(&path).unwrap();
        for (_, edits) in edits.iter().filter(|(file, _)| *file == name) {
            for (from, to) in *edits {
                assert!(text.contains(from), "{name}: {from}");
                text = text.replace(from, to);
            }
        }
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn the_change_sheets_of_the_real_chapter_stay_as_they_are() {
    let years = ["fy2022/mext-5", "fy2023/mext-5", "fy2024/mext-5"].map(budgets);
    let [first, second, third] = &years;
    insta::assert_snapshot!("fy2022_fy2023", markdown(first, second, None));
    insta::assert_snapshot!("fy2023_fy2024", markdown(second, third, None));
    insta::assert_snapshot!("fy2023_fy2024_en", markdown(second, third, Some(Lang::En)));
}

#[test]
fn the_change_sheet_of_a_draft_shows_its_edits_word_by_word() {
    let draft = draft();
    let before = budgets("fy2022/mext-5");
    insta::assert_snapshot!("draft", markdown(&before, draft.path(), None));
    let comment = compared(&before, draft.path(), |diff| {
        Templates::new(&[]).unwrap().comment(&[only_sheet(diff, None)]).unwrap()
    });
    insta::assert_snapshot!("draft_comment", comment);
}

#[test]
fn old_wording_stands_beside_new_wording_with_a_line_under_what_changed() {
    let [old, new] = ["", "    points: |\n      - ① 新しい要点\n\n      段落。\n"].map(|points| {
        let folder = tempfile::tempdir().unwrap();
        let summary = if points.is_empty() { "観測網を維持する。" } else { "観測網を拡充する。" };
        let chapter = format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: R4\nstage: request\nunit: 円\nbreakdown: complete\nprograms:\n  - id: a\n    title: 甲\n    requested: 1\n    prior: 1\n    summary: {summary}\n{points}"
        );
        std::fs::write(folder.path().join("request.yaml"), chapter).unwrap();
        folder
    });
    let page = markdown(old.path(), new.path(), None);
    let sides = "##### 改正後\n\n観測網を**拡充**する。\n\n##### 改正前\n\n観測網を~~維持~~する。\n";
    assert!(page.contains(sides), "{page}");
    assert!(page.contains("（新設） {.whole}\n\n- ① 新しい要点\n\n段落。\n"), "{page}");

    let out = tempfile::tempdir().unwrap();
    let paths = compared(old.path(), new.path(), |diff| {
        change_sheets(diff, &Templates::new(&[]).unwrap(), out.path(), None, None).0
    });
    let of = |ending: &str| {
        let path = paths.iter().find(|path| path.extension().is_some_and(|it| it == ending)).unwrap();
        std::fs::read(out.path().join(path)).unwrap()
    };
    let html = String::from_utf8(of("html")).unwrap();
    assert!(
        html.contains("観測網を<ins>拡充</ins>する") && html.contains("観測網を<del>維持</del>する"),
        "{html}"
    );
    assert!(html.find("改正後</th>") < html.find("改正前</th>"), "{html}");
    let editions: Vec<String> = [String::from_utf8(of("md")).unwrap(), html]
        .iter()
        .map(|page| {
            let (_, edition) = page.rsplit_once("版 ").unwrap();
            edition.chars().take(12).collect()
        })
        .collect();
    assert!(
        editions[0] == editions[1] && editions[0].bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{editions:?}"
    );

    let figures = gaisan::figure::Figures::new();
    let fonts = gaisan::typeface::Fonts::builtin().unwrap();
    let document = document::read(&page, Lang::Ja);
    let laid = gaisan::render::pdf::layout::fitted(&document, &figures, &crate::pdf::sheet::imprint(), fonts);
    let changed: Vec<Changed> = laid.tree.nodes.iter().filter_map(|node| node.attributes.changed).collect();
    assert_eq!(changed, [Changed::PutIn, Changed::TakenOut]);
}

#[test]
fn merged_split_and_moved_lines_stay_together() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors/103-right-crosswalk");
    let reading = gaisan::read::read(&[folder]);
    let examined = examine(&reading);
    let year = |wanted| -> Vec<&Rollup<'_>> {
        let is_of = |rollup: &&Rollup<'_>| rollup.request.fiscal_year.value.western() == wanted;
        examined.rollups.iter().filter(is_of).collect()
    };
    let diff = diff(&year(2022), &year(2023), None).unwrap();
    let templates = Templates::new(&[]).unwrap();
    let sheets = sheet::changes(&diff, None);
    let texts: Vec<String> = sheets.iter().map(|(_, sheet)| templates.markdown(sheet).unwrap()).collect();
    insta::assert_snapshot!("crosswalk", texts.join("\n"));
}

#[test]
fn nothing_changed_is_said_in_so_many_words() {
    let folder = budgets("fy2022/mext-5");
    let same = markdown(&folder, &folder, None);
    assert!(same.contains("変更はない。") && same.contains("で、変わらない。"), "{same}");
    assert!(!same.contains("新旧対照表") && !same.contains("figures/"), "{same}");
}

/// Writes the change sheets of all the comparisons above into a folder.
fn written(out: &Path) -> Vec<PathBuf> {
    let draft = draft();
    let [first, second, third] = ["fy2022/mext-5", "fy2023/mext-5", "fy2024/mext-5"].map(budgets);
    for (old, new, lang) in [
        (first.as_path(), second.as_path(), None),
        (&second, &third, Some(Lang::En)),
        (&first, draft.path(), None),
    ] {
        let templates = Templates::new(&[]).unwrap();
        let (paths, built) = compared(old, new, |diff| change_sheets(diff, &templates, out, lang, None));
        assert!(paths.iter().all(|path| out.join(path).is_file()), "{paths:?}");
        assert!(built.failures.is_empty() && built.missing.is_empty(), "{built:?}");
    }
    support::files(out)
}

#[test]
fn change_sheets_are_named_by_both_sides_and_show_every_figure_in_all_formats() {
    let out = tempfile::tempdir().unwrap();
    let names: Vec<String> = written(out.path())
        .iter()
        .map(|path| path.strip_prefix(out.path()).unwrap().display().to_string())
        .collect();
    let expected = ["fy2022-fy2023", "fy2022", "fy2023-fy2024"].map(|folder| {
        ["figures/mext-5-bridge.svg", "mext-5.html", "mext-5.md", "mext-5.pdf"]
            .map(|file| format!("{folder}/{file}"))
    });
    let mut expected = expected.concat();
    expected.sort();
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(sorted, expected);

    for folder in ["fy2022-fy2023", "fy2022", "fy2023-fy2024"] {
        let read = |file: &str| std::fs::read(out.path().join(folder).join(file)).unwrap();
        let lang = if folder == "fy2023-fy2024" { Lang::En } else { Lang::Ja };
        let markdown = String::from_utf8(read("mext-5.md")).unwrap();
        // The edition below the rule stands at the feet of HTML and PDF.
        let (shown, _) = markdown.rsplit_once("\n---\n").unwrap();
        let words = document::read(shown, lang).plain();
        let html = squeezed(&visible(&String::from_utf8(read("mext-5.html")).unwrap()));
        let pdf = support::output("pdfinfo", &["-struct-text", "-enc", "UTF-8", "-"], &read("mext-5.pdf"));
        let tagged = pdf.map(|text| {
            let quoted = text.lines().filter_map(|line| line.trim().strip_prefix('"'));
            squeezed(&quoted.map(|line| line.strip_suffix('"').unwrap_or(line)).collect::<String>())
        });
        // What stands above a list in Markdown stands in two places of a page: which text, and which side.
        let is_caption =
            |line: &&str| [" – New", " – Old", "　改正後", "　改正前"].iter().any(|it| line.ends_with(it));
        for line in words.lines().filter(|line| !is_caption(line)).map(squeezed) {
            assert!(html.contains(&line), "{folder}: `{line}` is not in its HTML");
            let is_tagged = tagged.as_ref().is_none_or(|tagged| tagged.contains(&line));
            assert!(is_tagged, "{folder}: `{line}` is not in the tags of its PDF");
        }
    }
}

#[test]
fn the_waterfall_foots_and_its_text_has_all_its_figures() {
    let [first, second, third] = ["fy2022/mext-5", "fy2023/mext-5", "fy2024/mext-5"].map(budgets);
    for (old, new) in [(&first, &second), (&second, &third), (&first, &third)] {
        compared(old, new, |diff| {
            let sheet = only_sheet(diff, None);
            let Facts::Change(change) = &sheet.facts else { unreachable!() };
            let Figure::Waterfall(waterfall) = &sheet.figures["figures/mext-5-bridge.svg"] else {
                unreachable!()
            };
            let (last, before) = waterfall.steps.split_last().unwrap();
            let sum: i128 = before.iter().map(|step| step.value).sum();
            assert_eq!(sum, last.value);
            let alt = &change.chart.as_ref().unwrap().alt;
            let drawing = gaisan::figure::draw(&Figure::Waterfall(waterfall.clone()), Lang::Ja).unwrap();
            let svg = gaisan::figure::svg(&drawing, alt, "bridge");
            for step in &waterfall.steps {
                assert!(alt.contains(&step.text) && alt.contains(&step.label), "{alt}");
                assert!(svg.contains(&format!(">{}<", step.text)), "{}", step.text);
            }
        });
    }
}

#[test]
fn the_pdfs_are_archival_and_accessible() {
    const VALIDATE: &str = "
import sys
from page import validate_pdf
for path in sys.argv[1:]:
    for profile in ('2a', 'ua1'):
        for failure in validate_pdf(path, profile=profile).failures:
            print(f'{path}: PDF {profile}: {failure}')
";
    let Some(python) = support::pdf_validator() else {
        return;
    };
    let out = tempfile::tempdir().unwrap();
    let files = written(out.path());
    let pdfs: Vec<&str> = files
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "pdf"))
        .map(|path| path.to_str().unwrap())
        .collect();
    assert_eq!(pdfs.len(), 3);
    let arguments: Vec<&str> = ["-c", VALIDATE].into_iter().chain(pdfs).collect();
    let findings = support::output(&python, &arguments, &[]).unwrap();
    assert!(findings.is_empty(), "{findings}");
}

#[test]
fn a_long_comment_is_cut_and_says_so() {
    let head = |year: u16| {
        format!(
            "gaisan: 1\nid: long-1\ntitle: 長い章\nministry: 文部科学省\nfiscal_year: {year}\nstage: 概算要求\nunit: 百万円\nbreakdown: partial\nprograms:\n"
        )
    };
    let chapter = |year, word: &str| {
        (0..400).fold(head(year), |text, at| {
            format!(
                "{text}  - id: line-{at}\n    title: 事業{at}\n    requested: {}\n    prior: 100\n    summary: |\n      量子技術の研究開発を{word}し、社会の課題の解決へ結び付けるための取組を全国の拠点で進める。{}\n",
                100 + at,
                "国際連携と人材の育成にも力を入れる。".repeat(4),
            )
        })
    };
    let (old, new) = (chapter(2022, "推進"), chapter(2023, "加速"));
    let (old, new) =
        (gaisan::read::read_texts(&[("old.yaml", &old)]), gaisan::read::read_texts(&[("new.yaml", &new)]));
    let (old, new) = (examine(&old), examine(&new));
    let diff = diff(&[old.rollups.first().unwrap()], &[new.rollups.first().unwrap()], None).unwrap();
    let templates = Templates::new(&[]).unwrap();
    let sheet = only_sheet(&diff, None);
    assert!(templates.markdown(&sheet).unwrap().chars().count() > COMMENT_LIMIT);
    let comment = templates.comment(&[sheet]).unwrap();
    assert!(comment.chars().count() <= COMMENT_LIMIT);
    assert!(comment.contains("以下は省略した"), "{comment}");
    assert_eq!(comment.matches("<details>").count(), comment.matches("</details>").count());
    assert!(comment.contains("<del>推進</del>") && comment.contains("<ins>**加速**</ins>"));
}

/// Runs `gaisan diff` in the project's folder; gives the exit code and what it printed.
fn diff_command(arguments: &[&str]) -> (i32, String) {
    let output = assert_cmd::Command::cargo_bin("gaisan")
        .unwrap()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("GAISAN_LANG", "en")
        .arg("diff")
        .args(arguments)
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code().unwrap(), printed.concat())
}

#[test]
fn the_command_writes_change_sheets_and_prints_comments() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("changes");
    let sides = ["budgets/fy2022", "budgets/fy2023"];
    let (code, printed) = diff_command(&[sides[0], sides[1], "--out", folder.to_str().unwrap()]);
    assert_eq!(code, 1, "{printed}");
    let named: Vec<PathBuf> = printed.lines().map(PathBuf::from).collect();
    let sheet = folder.join("fy2022-fy2023/mext-5");
    let expected = ["md", "html", "pdf"].map(|end| sheet.with_extension(end));
    assert_eq!(named, expected);
    let written = support::files(&folder);
    assert!(expected.iter().all(|path| written.contains(path)));
    assert_eq!(written.len(), 4, "one figure, and nothing else: {written:?}");

    // The same again gives the same bytes.
    let before: Vec<Vec<u8>> = written.iter().map(|path| std::fs::read(path).unwrap()).collect();
    diff_command(&[sides[0], sides[1], "--out", folder.to_str().unwrap()]);
    let after: Vec<Vec<u8>> = written.iter().map(|path| std::fs::read(path).unwrap()).collect();
    assert!(before == after);

    let (code, comment) = diff_command(&[sides[0], sides[1], "--output-format", "md", "--lang", "en"]);
    assert_eq!(code, 1);
    assert!(comment.starts_with("### FY2023 budget request: changes from FY2022\n"), "{comment}");
    let (code, nothing) = diff_command(&[sides[0], sides[0], "--output-format", "md"]);
    assert_eq!(code, 0);
    assert!(nothing.contains("変更はない。"), "{nothing}");
}
