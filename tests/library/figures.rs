//! Every figure that a chapter states is found, as text, in every format of the sheets that should show it, and the reference
//! chapter's figures are those of the original document.

use std::path::Path;
use std::sync::OnceLock;

use gaisan::document;
use gaisan::model::{Amount, Line, Money, NoteKind, Request};
use gaisan::notation::Notation;
use gaisan::rollup::{Rollup, Row};

use crate::support::{self, CHAPTERS, squeezed, visible};

/// One sheet as it was written, read back as text.
struct Sheet {
    name: String,
    /// The Markdown, without its escapes.
    markdown: String,
    /// The words of the document that the Markdown is, without its last line.
    words: String,
    /// The last line, which says what the sheet is made from.
    edition: String,
    /// What a reader of the HTML page sees.
    html: String,
    /// `pdftotext`; `None` without the tool.
    pdf: Option<String>,
    /// The texts of the PDF's tags, one a line; `None` without the tool.
    tagged: Option<String>,
}

impl Sheet {
    fn of(folder: &Path, stem: &str, lang: gaisan::model::Lang) -> Self {
        let read = |extension: &str| std::fs::read(folder.join(format!("{stem}.{extension}"))).expect(stem);
        let markdown = String::from_utf8(read("md")).unwrap();
        let (words, edition) = markdown.rsplit_once("\n---\n").expect("an edition");
        let pdf = read("pdf");
        let is_one_page = lang == gaisan::model::Lang::Ja && stem != "overview";
        let tagged = support::output("pdfinfo", &["-struct-text", "-enc", "UTF-8", "-"], &pdf);
        Self {
            name: format!("{}/{stem}", folder.file_name().unwrap().to_string_lossy()),
            words: if is_one_page {
                support::on_one_page(words)
            } else {
                document::read(words, lang).plain()
            },
            edition: edition.trim().to_owned(),
            markdown: unescaped(&markdown),
            html: visible(&String::from_utf8(read("html")).unwrap()),
            pdf: support::output("pdftotext", &["-raw", "-enc", "UTF-8", "-", "-"], &pdf),
            tagged: tagged.map(|text| quoted_lines(&text)),
        }
    }

    /// The texts of all formats, by their names.
    fn formats(&self) -> Vec<(&'static str, &str)> {
        let mut formats = vec![("Markdown", self.markdown.as_str()), ("HTML", &self.html)];
        formats.extend(self.pdf.as_deref().map(|text| ("PDF", text)));
        formats.extend(self.tagged.as_deref().map(|text| ("PDF's tags", text)));
        formats
    }

    fn missing_figure(&self, figure: &str) -> Vec<String> {
        let missing = self.formats().into_iter().filter(|(_, text)| !has_figure(text, figure));
        missing.map(|(format, _)| format!("{}: `{figure}` is not in its {format}", self.name)).collect()
    }

    fn missing_text(&self, wanted: &str) -> Vec<String> {
        let wanted = squeezed(wanted);
        let missing = self.formats().into_iter().filter(|(_, text)| !squeezed(text).contains(&wanted));
        missing.map(|(format, _)| format!("{}: `{wanted}` is not in its {format}", self.name)).collect()
    }
}

/// The texts that `pdfinfo -struct-text` prints in quotation marks, one a line.
fn quoted_lines(tree: &str) -> String {
    let lines = tree.lines().filter_map(|line| line.trim().strip_prefix('"'));
    lines.map(|line| format!("{}\n", line.strip_suffix('"').unwrap_or(line))).collect()
}

/// Markdown without the backslashes that keep punctuation from being markup.
fn unescaped(markdown: &str) -> String {
    let mut text = String::new();
    let mut characters = markdown.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '\\' && characters.peek().is_some_and(char::is_ascii_punctuation) {
            text.extend(characters.next());
        } else {
            text.push(c);
        }
    }
    text
}

/// Whether a figure stands in a text as a number of its own, not as digits of a longer one.
fn has_figure(text: &str, figure: &str) -> bool {
    let of_number = |c: char| c.is_ascii_digit();
    text.match_indices(figure).any(|(at, _)| {
        let mut before = text[..at].chars().rev();
        let mut after = text[at + figure.len()..].chars();
        let joined_before = match before.next() {
            Some(',' | '.') => before.next().is_some_and(of_number),
            Some('△' | '▲' | '-' | '−') => true,
            other => other.is_some_and(of_number),
        };
        let joined_after = match after.next() {
            Some(',' | '.') => after.next().is_some_and(of_number),
            other => other.is_some_and(of_number),
        };
        !joined_before && !joined_after
    })
}

/// The sheets of a chapter, made once for all tests.
fn sheets_of(folder: &str) -> &'static [Sheet] {
    static MADE: [OnceLock<Vec<Sheet>>; CHAPTERS.len()] = [const { OnceLock::new() }; CHAPTERS.len()];
    let place = CHAPTERS.iter().position(|chapter| *chapter == folder).unwrap();
    MADE[place].get_or_init(|| {
        let reading = support::reading(folder);
        let out = tempfile::tempdir().unwrap();
        support::built(&[folder], out.path(), 0);
        let [request] = &reading.requests[..] else {
            panic!("{folder} is one chapter");
        };
        let folder = out.path().join(request.fiscal_year.value.slug()).join(request.line.id.value.as_str());
        let programs = request.programs.iter().map(|program| program.line.id.value.as_str());
        std::iter::once("overview")
            .chain(programs)
            .map(|stem| Sheet::of(&folder, stem, request.lang))
            .collect()
    })
}

/// A chapter with its sheets.
fn with_sheets(folder: &str, test: impl Fn(&Rollup<'_>, &[Sheet])) {
    let reading = support::reading(folder);
    test(&Rollup::of(&reading.requests[0]), sheets_of(folder));
}

fn notation(request: &Request) -> Notation {
    let mut notation = Notation::new(request.lang);
    notation.negative = request.style.negative.unwrap_or(notation.negative);
    notation.years = request.style.years.unwrap_or(notation.years);
    notation
}

/// The amounts of a line that every sheet shows.
fn headline_amounts(line: &Line) -> Vec<Amount> {
    let cells: [Money; 2] = [line.requested.money.value, line.prior.money.value];
    cells.into_iter().filter_map(Money::amount).collect()
}

/// All amounts that a line states.
fn stated_amounts(row: &Row<'_>) -> Vec<Amount> {
    let line = row.line;
    let mut amounts = headline_amounts(line);
    let split = line.requested.split.iter().flat_map(|(request, wish)| [request.value, wish.value]);
    amounts.extend(split.filter_map(Money::amount));
    amounts.extend(line.enacted.iter().chain(&line.supplementary).map(|amount| amount.value));
    amounts.extend(line.notes.iter().filter_map(|note| match &note.kind {
        NoteKind::InAddition { amount } => amount.as_ref().map(|amount| amount.value),
        _ => None,
    }));
    let scale = row.program.and_then(|program| program.scale.as_ref());
    amounts.extend(
        scale.into_iter().flat_map(|scale| scale.min.iter().chain(&scale.max)).map(|amount| amount.value),
    );
    amounts
}

#[test]
fn a_figure_is_not_found_among_the_digits_of_another() {
    assert!(
        has_figure("（3,809百万円）", "3,809")
            && has_figure("5,663 1,713 3,950", "1,713")
            && has_figure("43.", "43")
    );
    assert!(
        !has_figure("13,809", "3,809")
            && !has_figure("3,809.5", "3,809")
            && !has_figure("1,43", "43")
            && !has_figure("△154", "154")
    );
}

#[test]
fn every_stated_amount_is_in_every_format() {
    for chapter in CHAPTERS {
        with_sheets(chapter, |rollup, sheets| {
            let notation = notation(rollup.request);
            let unit = rollup.request.unit;
            let mut missing = Vec::new();
            let (overview, details) = sheets.split_first().unwrap();
            for row in &rollup.rows {
                for amount in headline_amounts(row.line) {
                    missing.extend(overview.missing_figure(&notation.figure(&amount, unit)));
                }
            }
            let tops = rollup.rows.iter().enumerate().filter(|(_, row)| row.depth == 1);
            for ((at, _), sheet) in tops.zip(details) {
                for amount in rollup.subtree(at).iter().flat_map(stated_amounts) {
                    let found = [notation.figure(&amount, unit), notation.amount(&amount)]
                        .map(|figure| sheet.missing_figure(&figure));
                    let fewest = found.into_iter().min_by_key(Vec::len).unwrap_or_default();
                    missing.extend(fewest);
                }
            }
            assert!(missing.is_empty(), "{chapter}:\n{}", missing.join("\n"));
        });
    }
}

#[test]
fn every_title_is_in_every_format() {
    for chapter in CHAPTERS {
        with_sheets(chapter, |rollup, sheets| {
            let (overview, details) = sheets.split_first().unwrap();
            let mut missing: Vec<String> =
                rollup.rows.iter().flat_map(|row| overview.missing_text(&row.line.title)).collect();
            let tops = rollup.rows.iter().enumerate().filter(|(_, row)| row.depth == 1);
            for ((at, _), sheet) in tops.zip(details) {
                missing.extend(sheet.missing_text(&rollup.request.line.title));
                missing.extend(rollup.subtree(at).iter().flat_map(|row| sheet.missing_text(&row.line.title)));
            }
            assert!(missing.is_empty(), "{chapter}:\n{}", missing.join("\n"));
        });
    }
}

#[test]
fn every_format_has_the_same_edition_at_its_foot() {
    for chapter in CHAPTERS {
        with_sheets(chapter, |_, sheets| {
            for sheet in sheets {
                let digest = sheet.edition.rsplit(' ').next().unwrap();
                assert_eq!(digest.len(), 12, "{}", sheet.edition);
                let printed = sheet.pdf.iter().chain([&sheet.html]);
                for text in printed {
                    let edition = squeezed(&sheet.edition);
                    assert!(squeezed(text).contains(&edition), "{}: {edition}", sheet.name);
                }
            }
        });
    }
}

#[test]
fn every_word_of_the_markdown_is_in_the_page_and_in_the_tags_of_the_pdf() {
    for chapter in CHAPTERS {
        with_sheets(chapter, |_, sheets| {
            for sheet in sheets {
                let formats =
                    [Some(("HTML", &sheet.html)), sheet.tagged.as_ref().map(|text| ("PDF's tags", text))];
                for (format, text) in formats.into_iter().flatten() {
                    let text = squeezed(text);
                    for line in sheet.words.lines().map(squeezed) {
                        assert!(text.contains(&line), "{}: `{line}` is not in its {format}", sheet.name);
                    }
                }
            }
        });
    }
}

/// The figures of the original document, as they stand side by side in a row: requested, prior, and what follows from them.
const ROWS: &[(&str, &str, &[&str])] = &[
    ("overview", "831億円 627億円", &["overview"]),
    ("materials-dx", "13,849 3,809 10,040 263.6%", &["overview", "materials-dx"]),
    ("arim", "5,663 1,713 3,950 230.6%", &["overview", "materials-dx"]),
    ("data-core", "3,450 1,156 2,294 198.4%", &["overview", "materials-dx"]),
    ("dxmt", "2,806 43 2,763 6,425.6%", &["overview", "materials-dx"]),
    ("remainder", "1,930 897", &["overview", "materials-dx"]),
    ("q-leap", "4,592 3,494 1,098 31.4%", &["overview"]),
    ("research-data-ecosystem", "1,650 新規", &["overview"]),
    ("aip", "11,458 10,861 597 5.5%", &["overview", "aip"]),
    ("aip-center", "4,000 3,249 751 23.1%", &["overview", "aip"]),
    ("aip-jst", "7,458 7,612 △154 △2.0%", &["overview", "aip"]),
    ("math-platform", "202 新規", &["overview"]),
    ("economic-security", "3,000 新規", &["overview"]),
];

/// The boxes of the sheets, as a reader sees them.
const BOXES: &[(&str, &[&str])] = &[
    ("overview", &["831億円", "（627億円）"]),
    ("materials-dx", &["13,849百万円", "（3,809百万円）"]),
    ("q-leap", &["4,592百万円", "（3,494百万円）"]),
    ("research-data-ecosystem", &["1,650百万円", "（新規）"]),
    ("aip", &["11,458百万円", "（10,861百万円）"]),
    ("math-platform", &["202百万円", "（新規）"]),
    ("economic-security", &["3,000百万円", "（新規）"]),
];

#[test]
fn the_reference_chapter_shows_the_rows_of_the_original_in_all_formats() {
    with_sheets("fy2022/mext-5", |_, sheets| {
        let folded = |text: &str| {
            let bare: String = text.chars().filter(|c| !matches!(c, '|' | '*')).collect();
            format!(" {} ", bare.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let sheet =
            |stem: &str| sheets.iter().find(|sheet| sheet.name.ends_with(&format!("/{stem}"))).unwrap();
        for (row, figures, stems) in ROWS {
            for stem in *stems {
                for (format, text) in sheet(stem).formats() {
                    assert!(
                        folded(text).contains(&format!(" {figures} ")),
                        "the row {row}, {figures}, is not in the {format} of {stem}:\n{}",
                        folded(text)
                    );
                }
            }
        }
        for (stem, texts) in BOXES {
            for text in *texts {
                let missing = sheet(stem).missing_text(text);
                assert!(missing.is_empty(), "{}", missing.join("\n"));
            }
        }
    });
}
