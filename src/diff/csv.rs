//! A comparison as CSV: a record for each line and pair of columns.

use super::change::{Diff, Member};
use super::json;
use crate::model::{Amount, fold};
use crate::script::columns;

/// The columns of the CSV.
const HEADER: [&str; 19] = [
    "chapter", "depth", "link", "old_ids", "new_ids", "title", "moved_from", "moved_to", "counted",
    "columns", "old_state", "old", "new_state", "new", "change", "percent", "currency", "words", "outcome",
];

/// The columns whose cells are numbers, and may begin with a sign.
const FIGURES: [&str; 5] = ["depth", "old", "new", "change", "percent"];

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before what would begin one. Blanks and what cannot be seen are looked
/// through, and full-width forms count as what they stand for.
pub(crate) fn harmless(cell: &str) -> String {
    let is_seen = |letter: &char| !letter.is_whitespace() && columns(*letter) > 0;
    let first = cell.chars().find(is_seen).map(fold);
    let is_formula = first.is_some_and(|letter| "=+-@﹦﹢﹣﹫−".contains(letter));
    match is_formula || cell.starts_with(['\t', '\r', '\n']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// A comparison as CSV with a header. Amounts are in the base unit of their currency, as plain digits; lines that are the same are
/// there, too. What several chapters come to together comes first, as `total` and not counted.
///
/// # Errors
/// If the CSV cannot be written to memory.
pub fn csv(diff: &Diff<'_>) -> Result<String, std::io::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    let wholes = diff.chapters_together();
    let totals = wholes.iter().filter(|whole| whole.chapters.len() > 1);
    let totals = totals.filter_map(|whole| Some((&whole.change, whole.change.top()?)));
    let lines =
        diff.chapters.iter().flat_map(|chapter| chapter.lines.iter().map(move |line| (chapter, line)));
    for (chapter, line) in totals.chain(lines) {
        let Some(request) = chapter.request() else { continue };
        let is_total = line.members().is_empty();
        let ids = |members: &[Member<'_>]| {
            let ids = members.iter().map(|member| member.row.line.id.value.as_str());
            ids.collect::<Vec<_>>().join(" ")
        };
        let members = line.members();
        let titles: Vec<&str> = members.iter().map(|member| member.row.line.title.as_str()).collect();
        let place = |member: Member<'_>| {
            let chapter = &member.chapter.line.id.value;
            format!("{chapter}/{}", member.row.line.id.value)
        };
        let words: Vec<&str> = line.words.iter().map(|change| change.field.slug()).collect();
        let digits = |amount: Option<Amount>| amount.map_or_else(String::new, Amount::to_base_units_string);
        for (pair, amount) in diff.columns.iter().zip(&line.amounts) {
            let record = [
                if is_total { String::new() } else { request.line.id.value.to_string() },
                line.depth.to_string(),
                if is_total { "total" } else { line.link.slug() }.to_owned(),
                ids(&line.old),
                ids(&line.new),
                titles.join(" / "),
                line.moved.map_or_else(String::new, |moved| place(moved.from)),
                line.moved.map_or_else(String::new, |moved| place(moved.to)),
                (line.is_counted && !is_total).to_string(),
                pair.slug(),
                json::state(&amount.old).to_owned(),
                digits(amount.old.amount()),
                json::state(&amount.new).to_owned(),
                digits(amount.new.amount()),
                digits(amount.change()),
                json::percent(&amount.comparison).unwrap_or_default(),
                request.unit.currency().to_string(),
                words.join(" "),
                json::outcome(&amount.comparison).to_owned(),
            ];
            writer.write_record(record.iter().zip(HEADER).map(|(cell, column)| {
                match FIGURES.contains(&column) {
                    true => cell.clone(),
                    false => harmless(cell),
                }
            }))?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(std::io::Error::other)
}
