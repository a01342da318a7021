//! W0409: an id stays with its program: a title that is clearly another may be another program's.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, is_like};
use crate::lineage::{Lineage, Place};
use crate::model::Line;

/// More lines of a chapter than these are told together.
const APART: usize = 3;
/// How many of them are shown.
const SHOWN: usize = 5;

/// A line, and the line of the same id in an earlier year.
type Pair<'a> = (Place<'a>, Place<'a>);

pub(super) fn check(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    let mut chapters: BTreeMap<usize, Vec<Pair<'_>>> = BTreeMap::new();
    for group in lineage.groups().iter().filter(|group| group.entries.is_empty()) {
        let (now, before) = (lineage.lines(&group.later).next(), lineage.lines(&group.earlier).next());
        let rows = now
            .zip(before)
            .and_then(|(now, before)| Some((now.edition, (*now.rows.first()?, *before.rows.first()?))));
        let Some((edition, pair)) = rows.filter(|(_, pair)| is_another(pair)) else {
            continue;
        };
        chapters.entry(edition).or_default().push(pair);
    }
    for pairs in chapters.into_values() {
        let is_accepted = |(now, _): &Pair<'_>| now.row.line.accept.iter().any(|it| it.is_for("W0409"));
        let (apart, together): (Vec<Pair<'_>>, Vec<Pair<'_>>) = pairs.into_iter().partition(is_accepted);
        let is_shifted = together.len() > 1 && is_shifted(&together);
        let mut pairs = apart;
        if together.len() > APART || is_shifted {
            findings.extend(numbered_anew(&together, is_shifted));
        } else {
            pairs.extend(together);
        }
        findings.extend(pairs.iter().map(renamed));
    }
}

fn is_another((now, before): &Pair<'_>) -> bool {
    let (now, before) = (now.row.line, before.row.line);
    let same_name = now.abbreviation.is_some() && now.abbreviation == before.abbreviation;
    let same_title = now.title_en.is_some() && now.title_en == before.title_en;
    !same_name && !same_title && !is_like(&bare(now), &bare(before))
}

fn renamed((now, before): &Pair<'_>) -> Diagnostic {
    let (now, before) = (now.row.line, before.row.line);
    let id = &now.id.value;
    Diagnostic::new("W0409", now.id.span, format!("`{id}` is called `{}`, and in an earlier year `{}`", now.title, before.title))
        .here("this year")
        .also(before.id.span, "an earlier year")
        .about(id)
        .help("is it another program? Then give it an id of its own: ids are not used again. A renamed program keeps its id; accept the warning: `accept: [{rule: W0409, reason: 改称}]`")
}

/// Whether half of the earlier titles stand in the chapter still, under other ids.
fn is_shifted(pairs: &[Pair<'_>]) -> bool {
    let rows = pairs.first().map_or(&[][..], |(first, _)| first.rollup.rows.as_slice());
    let titles: BTreeSet<String> = rows.iter().map(|row| bare(row.line)).collect();
    let stayed = pairs.iter().filter(|(_, before)| titles.contains(&bare(before.row.line))).count();
    stayed * 2 >= pairs.len()
}

/// Says once of a chapter that its ids have other titles than before.
fn numbered_anew(pairs: &[Pair<'_>], is_shifted: bool) -> Option<Diagnostic> {
    let (first, before) = pairs.first()?;
    let chapter = &first.rollup.request.line.id.value;
    let message =
        format!("{} ids of `{chapter}` have clearly other titles than in an earlier year", pairs.len());
    let mut finding = Diagnostic::new("W0409", first.row.line.id.span, message)
        .here(format!("`{}`", first.row.line.title))
        .also(before.row.line.id.span, format!("in an earlier year `{}`", before.row.line.title))
        .about(chapter)
        .once();
    for (now, before) in pairs.iter().take(SHOWN) {
        let (id, was) = (&now.row.line.id.value, &before.row.line.title);
        finding = finding.note(format!("`{id}`: `{was}`, now `{}`", now.row.line.title));
    }
    if pairs.len() > SHOWN {
        finding = finding.note(format!("and {} more", pairs.len() - SHOWN));
    }
    Some(finding.help(match is_shifted {
        true => "the earlier titles stand under other ids now, as if the lines had been numbered anew: give each line the id that it had; an id belongs to the program and not to its place in the list",
        false => "are they other programs? Then give them ids of their own: ids are not used again. If they were renamed, accept the warning on the chapter: `accept: [{rule: W0409, reason: 改称}]`",
    }))
}

/// The letters and digits of a title, without remarks in brackets.
pub(super) fn bare(line: &Line) -> String {
    let mut depth = 0_usize;
    let outside = |character: &char| {
        match character {
            '（' | '(' | '【' => depth += 1,
            '）' | ')' | '】' => depth = depth.saturating_sub(1),
            _ => return depth == 0 && character.is_alphanumeric(),
        }
        false
    };
    line.title.chars().filter(outside).collect()
}
