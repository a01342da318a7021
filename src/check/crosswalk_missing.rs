//! W0411: a line of last year that is gone is accounted for, where this year has a line that may be what became of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::title_kept::bare;
use crate::diagnostic::{Diagnostic, Wish, is_like};
use crate::lineage::{Edition, Lineage, Place, initial, may_be_same};
use crate::model::{Amount, Id, Line};
use crate::notation::Notation;
use crate::rollup::{Rollup, Row};

/// How many lines of a year the notes show, and how many entries are proposed.
const SHOWN: usize = 5;

pub(super) fn check(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    // What the crosswalk of any chapter says of a line accounts for it; whether it is right is another rule's.
    let mut led = BTreeSet::new();
    for edition in lineage.editions() {
        for file in &edition.files {
            for entry in &file.request.crosswalk {
                let chapter = entry.chapter_before(&file.request.line.id.value);
                led.extend(entry.from.iter().map(|from| (edition.year, chapter, &from.value)));
            }
        }
    }
    for edition in lineage.editions() {
        let Some(now) = edition.files.first() else { continue };
        let chapter = &now.request.line.id.value;
        let before = lineage.before(edition, chapter).filter(|it| it.year == edition.year.prior());
        let Some((before, own)) = before.and_then(|it| Some((it, it.files.first()?))) else {
            continue;
        };
        if edition.files.iter().chain(&before.files).any(|file| file.is_unread()) {
            continue;
        }
        let mut gone = gone(lineage, before, own, now, |id| led.contains(&(edition.year, chapter, id)));
        let mut come = come(lineage, edition, now);
        // Where ids were numbered anew, another rule says so, and nothing is gone.
        if gone.is_empty() || come.is_empty() {
            continue;
        }
        let (here, there) = (under_other_ids(own, now), under_other_ids(now, own));
        gone.retain(|(line, _)| !here.contains(&bare(line)));
        come.retain(|(line, _)| !there.contains(&bare(line)));
        findings.extend(unaccounted(now, &gone, &come));
    }
}

/// A line with the amount by which it can be known.
type Lone<'a> = (&'a Line, Amount);

fn unaccounted(rollup: &Rollup<'_>, gone: &[Lone<'_>], come: &[Lone<'_>]) -> Option<Diagnostic> {
    let (lost, lost_amount) = gone.first()?;
    let (found, prior) = come.first()?;
    let notation = Notation::new(rollup.request.lang);
    let chapter = &rollup.request.line.id.value;
    let message = match gone.len() {
        1 => format!(
            "`{}` of last year's `{chapter}` is not here, and nothing says what became of it",
            lost.id.value
        ),
        many => {
            format!(
                "{many} lines of last year's `{chapter}` are not here, and nothing says what became of them"
            )
        }
    };
    let mut finding = Diagnostic::new("W0411", found.id.span, message)
        .here(format!("not there last year, with a prior amount of {}", notation.amount(prior)))
        .also(lost.id.span, format!("last year, {}", notation.amount(lost_amount)))
        .about(chapter);
    for (when, lines) in [("last year only", gone), ("this year only", come)] {
        if lines.len() < 2 {
            continue;
        }
        let mut shown: Vec<String> = lines
            .iter()
            .take(SHOWN)
            .map(|(line, amount)| format!("`{}` {}", line.id.value, notation.amount(amount)))
            .collect();
        if lines.len() > SHOWN {
            shown.push(format!("and {} more", lines.len() - SHOWN));
        }
        finding = finding.note(format!("{when}: {}", shown.join(", ")));
    }
    let entries = proposed(gone, come);
    let over = "a program that is over stays one year more, with `requested: 終了`";
    if !entries.is_empty() {
        let entries = entries.iter().map(Entry::keys).collect();
        finding =
            finding.wish(Wish::Entries { line: rollup.request.line.id.span, key: "crosswalk", entries });
    }
    Some(finding.help(match entries.as_slice() {
        [] => format!("say in the chapter's `crosswalk` what became of each, e.g. `{{kind: renamed, from: {}, to: …}}`; {over}", lost.id.value),
        entries => {
            let more = match entries.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" and {more} more alike"),
            };
            let shown: Vec<String> = entries.iter().take(SHOWN).map(Entry::to_string).collect();
            format!("was `{}` renamed, merged or split? add to the chapter: `crosswalk: [{}]`{more}; {over}", lost.id.value, shown.join(", "))
        }
    }))
}

/// Last year's lines with money that are not here, have not ended and are in no crosswalk.
fn gone<'a>(
    lineage: &Lineage<'a>,
    edition: &Edition<'a>,
    own: &'a Rollup<'a>,
    now: &Rollup<'_>,
    is_led: impl Fn(&Id) -> bool,
) -> Vec<Lone<'a>> {
    let has_ended = |row: &Row<'_>| {
        let period = row.program.and_then(|program| program.period.as_ref());
        let to = period.and_then(|period| period.to.as_ref());
        to.is_some_and(|to| to.value < now.request.fiscal_year.value)
    };
    topmost(&own.rows, |row| {
        let goes_on = own.has_within(row, &|row| edition.line(row).is_some_and(|line| lineage.goes_on(line)));
        let is_gone = !goes_on && !is_led(&row.line.id.value) && !has_ended(row);
        budget(Place { rollup: own, row }).filter(|_| is_gone)
    })
}

/// This year's lines with a prior amount that were not there before and are in no crosswalk.
fn come<'a>(lineage: &Lineage<'a>, edition: &Edition<'a>, now: &'a Rollup<'a>) -> Vec<Lone<'a>> {
    let entries = edition.files.iter().flat_map(|file| &file.request.crosswalk);
    let led: BTreeSet<&Id> = entries.flat_map(|entry| &entry.to).map(|to| &to.value).collect();
    topmost(&now.rows, |row| {
        let comes =
            now.has_within(row, &|row| edition.line(row).is_some_and(|line| lineage.comes_from(line)));
        let is_new = !comes && !led.contains(&row.line.id.value);
        row.line.prior.money.value.amount().filter(|_| is_new)
    })
}

/// The lines below the chapter that have an amount other than zero; the parts of such a line are in it.
fn topmost<'a>(rows: &'a [Row<'a>], amount: impl Fn(&'a Row<'a>) -> Option<Amount>) -> Vec<Lone<'a>> {
    let mut found = Vec::new();
    let mut above = None;
    for row in rows.iter().skip(1) {
        if above.is_some_and(|depth| row.depth > depth) {
            continue;
        }
        above = None;
        if let Some(amount) = amount(row).filter(|amount| !amount.is_zero()) {
            above = Some(row.depth);
            found.push((row.line, amount));
        }
    }
    found
}

/// What a line had in its year: what was enacted, or the file's own figure where that is not known.
fn budget(place: Place<'_>) -> Option<Amount> {
    let enacted = initial(&[place]).and_then(|amounts| sum(amounts.iter().map(|amount| amount.value)));
    enacted.or_else(|| place.row.line.requested.money.value.amount())
}

fn sum(amounts: impl Iterator<Item = Amount>) -> Option<Amount> {
    Amount::sum(amounts).ok().flatten()
}

/// An entry that is proposed.
struct Entry {
    kind: &'static str,
    from: Vec<String>,
    to: Vec<String>,
}

impl Entry {
    fn keys(&self) -> Vec<(&'static str, Vec<String>)> {
        vec![("kind", vec![self.kind.to_owned()]), ("from", self.from.clone()), ("to", self.to.clone())]
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids = |ids: &[String]| match ids {
            [one] => one.clone(),
            many => format!("[{}]", many.join(", ")),
        };
        write!(f, "{{kind: {}, from: {}, to: {}}}", self.kind, ids(&self.from), ids(&self.to))
    }
}

/// The titles over there that stand under an id which another line has here.
fn under_other_ids(here: &Rollup<'_>, there: &Rollup<'_>) -> BTreeSet<String> {
    // Of an id that is given twice the first line counts.
    let titles: BTreeMap<&Id, String> =
        here.rows.iter().rev().map(|row| (&row.line.id.value, bare(row.line))).collect();
    let lines = there.rows.iter().skip(1).map(|row| (&row.line.id.value, bare(row.line)));
    let of_another =
        lines.filter(|(id, title)| titles.get(*id).is_some_and(|own| own != title && !is_like(own, title)));
    of_another.map(|(_, title)| title).collect()
}

/// The likeliest entries: what has the same title as nothing else has, or a title and an amount that speak for it, was renamed; of what is
/// left several lines that make up one were merged or split. Where unsure, nothing is proposed.
fn proposed(gone: &[Lone<'_>], come: &[Lone<'_>]) -> Vec<Entry> {
    let (mut gone, mut come) = (gone.to_vec(), come.to_vec());
    let mut entries = Vec::new();
    let title = |(line, _): &Lone<'_>| bare(line);
    let value = |(_, amount): &Lone<'_>| amount.smallest_units().to_string();
    for key in [&title as &dyn Fn(&Lone<'_>) -> String, &value] {
        let mut pairs: BTreeMap<String, (Vec<Lone<'_>>, Vec<Lone<'_>>)> = BTreeMap::new();
        for lone in &gone {
            pairs.entry(key(lone)).or_default().0.push(*lone);
        }
        for lone in &come {
            pairs.entry(key(lone)).or_default().1.push(*lone);
        }
        let renamed: BTreeMap<&Id, &Id> = (pairs.values())
            .filter_map(|(from, to)| match (from.as_slice(), to.as_slice()) {
                ([from], [to]) if is_one(from, to) => Some((&from.0.id.value, &to.0.id.value)),
                _ => None,
            })
            .collect();
        let taken: BTreeSet<&Id> = renamed.values().copied().collect();
        gone.retain(|(line, _)| {
            let to = renamed.get(&line.id.value);
            let entry = |to: &&Id| Entry {
                kind: "renamed",
                from: vec![line.id.value.to_string()],
                to: vec![to.to_string()],
            };
            entries.extend(to.map(entry));
            to.is_none()
        });
        come.retain(|(line, _)| !taken.contains(&line.id.value));
    }
    let amounts = |lines: &[Lone<'_>]| -> Vec<Amount> { lines.iter().map(|(_, amount)| *amount).collect() };
    let kind = match (gone.as_slice(), come.as_slice()) {
        ([_, _, ..], [whole]) if gone.iter().all(|part| is_akin(part, whole)) => "merged",
        ([whole], [_, _, ..]) if come.iter().all(|part| is_akin(part, whole)) => "split",
        _ => return entries,
    };
    if may_be_same(&amounts(&gone), &amounts(&come)) {
        entries.push(Entry { kind, from: ids(&gone), to: ids(&come) });
    }
    entries
}

/// Whether title and amount together speak for two lines being one: the more exact the amount, the less the titles need have in common.
fn is_one(from: &Lone<'_>, to: &Lone<'_>) -> bool {
    let (one, other) = (bare(from.0), bare(to.0));
    let is_same = may_be_same(&[from.1], &[to.1]);
    let digits = if is_same { to.1.smallest_units().unsigned_abs().to_string() } else { String::new() };
    let needed = match () {
        () if one == other => 0,
        () if is_like(&one, &other) => 2,
        () if is_akin(from, to) => 4,
        () => 7,
    };
    digits.trim_end_matches('0').len() >= needed
}

/// Whether a quarter of the pairs of letters of the shorter of two titles is in the other, too.
fn is_akin(one: &Lone<'_>, other: &Lone<'_>) -> bool {
    let pairs = |(line, _): &Lone<'_>| -> BTreeSet<(char, char)> {
        let title = bare(line).to_lowercase();
        title.chars().zip(title.chars().skip(1)).collect()
    };
    let (one, other) = (pairs(one), pairs(other));
    let shared = one.intersection(&other).count();
    shared > 1 && shared * 4 >= one.len().min(other.len())
}

fn ids(lines: &[Lone<'_>]) -> Vec<String> {
    lines.iter().map(|(line, _)| line.id.value.to_string()).collect()
}
