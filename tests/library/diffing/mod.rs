//! What changed between two requests: counterparts, bridges, words; laws that every comparison keeps; published budgets.

mod cases;
mod drawn;
mod elsewhere;
mod events;
mod laws;
mod lineage;
mod outputs;
mod proposals;
mod real;
mod states;
mod sums;

use gaisan::diff::{ColumnPair, Diff, DiffError, diff};
use gaisan::model::Lang;
use gaisan::read::{Reading, read_texts};
use gaisan::render::terminal::{self, Look};
use gaisan::rollup::Rollup;

/// A side of a comparison: its text read, and nothing wrong with it.
pub(crate) fn reading(texts: &[(String, String)]) -> Reading {
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let reading = read_texts(&texts);
    assert!(reading.findings.is_empty(), "{:#?}\n{texts:#?}", reading.findings);
    reading
}

/// Compares two sides and hands the comparison on; it cannot leave, because it borrows from what was read.
pub(crate) fn compared<T>(
    old: &Reading,
    new: &Reading,
    columns: Option<&[ColumnPair]>,
    look: impl FnOnce(&Diff<'_>) -> T,
) -> T {
    try_compared(old, new, columns, look).unwrap()
}

pub(crate) fn try_compared<T>(
    old: &Reading,
    new: &Reading,
    columns: Option<&[ColumnPair]>,
    look: impl FnOnce(&Diff<'_>) -> T,
) -> Result<T, DiffError> {
    let rolled = |reading: &'_ Reading| -> usize { reading.requests.len() };
    assert!(rolled(old) > 0 && rolled(new) > 0, "a side has no chapter");
    let old: Vec<Rollup<'_>> = old.requests.iter().map(Rollup::of).collect();
    let new: Vec<Rollup<'_>> = new.requests.iter().map(Rollup::of).collect();
    let old: Vec<&Rollup<'_>> = old.iter().collect();
    let new: Vec<&Rollup<'_>> = new.iter().collect();
    diff(&old, &new, columns).map(|diff| look(&diff))
}

/// A comparison as a terminal of 100 columns shows it.
pub(crate) fn text(diff: &Diff<'_>, lang: Option<Lang>) -> String {
    terminal::text(
        &gaisan::sheet::glance(diff, lang, false),
        Look { width: 100, all: false, color: false, bars: false },
    )
}

/// A line for each chapter.
pub(crate) fn stat(diff: &Diff<'_>, lang: Option<Lang>) -> String {
    gaisan::sheet::stat(diff, lang).iter().map(|line| format!("{line}\n")).collect()
}

/// A chapter of a year, with what is to stand in it.
pub(crate) fn chapter(year: u16, more: &str) -> Reading {
    chapters(year, &[("mext-5", more)])
}

pub(crate) fn chapters(year: u16, of: &[(&str, &str)]) -> Reading {
    let texts: Vec<(String, String)> = of
        .iter()
        .map(|(id, more)| {
            let text = format!(
                "gaisan: 1\nid: {id}\ntitle: 先端研究の抜本的強化\nministry: 文部科学省\nfiscal_year: {year}\nstage: request\nunit: 百万円\n{more}"
            );
            (format!("{year}-{id}.yaml"), text)
        })
        .collect();
    reading(&texts)
}

pub(crate) fn shown(old: &Reading, new: &Reading) -> String {
    compared(old, new, None, |diff| text(diff, None))
}
