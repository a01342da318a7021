//! What a request is now, for a terminal: the tree of its lines with their amounts, and one line with all that is known of it.

use std::collections::BTreeSet;

use super::amounts::sign;
use super::notes;
use super::series::{Series, series};
use super::table::{Heads, columns, figures, remainder, unit_line};
use super::wording::Wording;
use crate::figure::Figures;
use crate::lineage::Lineage;
use crate::model::Lang;
use crate::rollup::{Rollup, Row};

/// A chapter, or a line of it, with everything below.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The ministry, the chapter, the year and the stage.
    pub heading: String,
    /// The unit of the amounts, to stand behind the heading.
    pub unit_line: String,
    pub columns: Heads,
    /// The lines, each followed by what is below it.
    pub rows: Vec<ListingRow>,
}

/// A line of a listing.
#[derive(Clone, Debug)]
pub struct ListingRow {
    /// How deep it stands below the first line.
    pub depth: usize,
    /// Its id; empty for what is worked out: what a partial breakdown does not list, and the sum where no total is stated.
    pub id: String,
    pub title: String,
    /// Requested amount, prior amount, change and rate.
    pub figures: [String; 4],
    /// The sign of the change.
    pub sign: i8,
    /// How much of the first line's requested amount it has, in thousandths; 0 where that cannot be said.
    pub share: u16,
}

/// All that is known of one line.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The line and what is below it.
    pub listing: Listing,
    /// Its years, where the run holds more than one.
    pub series: Option<Series>,
    pub notes: String,
    /// The word before them.
    pub notes_label: &'static str,
}

/// A line of a chapter with everything below it, down to a depth; the chapter itself is its first row.
pub fn listing(rollup: &Rollup<'_>, top: &Row<'_>, depth: usize, lang: Option<Lang>) -> Listing {
    let wording = wording(rollup, lang);
    let (gap, before_unit) = if wording.lang == Lang::Ja { ("　", "") } else { ("  ", " ") };
    let mut rows = Vec::new();
    add(rollup, top, (top, depth), &wording, &mut rows);
    Listing {
        heading: [wording.ministry(), &wording.chapter_title(), &wording.year_and_stage()].join(gap),
        unit_line: format!("{before_unit}{}", unit_line(rollup, top, &wording)),
        // The heading has the year already.
        columns: Heads {
            requested: wording.notation.requested(rollup.request.stage).to_owned(),
            ..columns(&wording)
        },
        rows,
    }
}

/// All that a run knows of a line.
pub fn standing(lineage: &Lineage<'_>, rollup: &Rollup<'_>, row: &Row<'_>, lang: Option<Lang>) -> Standing {
    let wording = wording(rollup, lang);
    let into = (&mut Figures::new(), &mut BTreeSet::new());
    Standing {
        listing: listing(rollup, row, usize::MAX, lang),
        series: series(lineage, rollup, row, String::new(), &wording, into),
        notes: notes::cell(row, &wording),
        notes_label: wording.words.remarks,
    }
}

fn wording<'r>(rollup: &Rollup<'r>, lang: Option<Lang>) -> Wording<'r> {
    Wording::new(rollup.request, lang.unwrap_or(rollup.request.lang))
}

fn add(
    rollup: &Rollup<'_>,
    row: &Row<'_>,
    (top, most): (&Row<'_>, usize),
    wording: &Wording<'_>,
    rows: &mut Vec<ListingRow>,
) {
    let depth = row.depth - top.depth;
    let (requested, prior) = (row.requested_money(), row.prior_money());
    let units = |row: &Row<'_>| row.requested_money().amount().map(|amount| amount.smallest_units());
    let share =
        units(row).zip(units(top)).and_then(|(own, whole)| own.checked_mul(1_000)?.checked_div(whole));
    let change = requested.addable().zip(prior.addable()).and_then(|(new, old)| new.checked_sub(old).ok());
    rows.push(ListingRow {
        depth,
        id: row.line.id.value.to_string(),
        title: wording.title(row.line),
        figures: figures(requested, prior, wording),
        sign: sign(change),
        share: share.and_then(|share| u16::try_from(share).ok()).unwrap_or(0).min(1_000),
    });
    if depth >= most {
        return;
    }
    for child in rollup.children_of(row) {
        add(rollup, child, (top, most), wording, rows);
    }
    let rest = remainder(row, 0, wording);
    let is_sum = row.children.is_empty() || requested.is_stated() || prior.is_stated();
    let listed = (!is_sum).then(|| {
        let sums = figures(row.requested.parts, row.prior.parts, wording);
        (wording.words.listed_total.to_owned(), sums)
    });
    let computed = rest.map(|rest| (rest.title, rest.figures)).into_iter().chain(listed);
    rows.extend(computed.map(|(title, figures)| ListingRow {
        depth: depth + 1,
        id: String::new(),
        title,
        figures,
        sign: 0,
        share: 0,
    }));
}
