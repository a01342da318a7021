//! E0407: a prior amount is what last year's file says was enacted. N0408: where that is not known, it is set beside last year's figure.
//! What the crosswalk holds together is compared as a group.

use super::names;
use crate::diagnostic::Diagnostic;
use crate::lineage::{Break, Following, Held, Lineage, Link, Place, may_be_same};
use crate::model::{Amount, Money, Stage};
use crate::notation::Notation;

/// How many lines of a chapter a note shows.
const SHOWN: usize = 5;

pub(super) fn check_enacted(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    for (following, held) in lineage.held() {
        if let Held::Broken(found) = held {
            findings.extend(enacted_otherwise(&following, &found));
        }
    }
}

fn enacted_otherwise(following: &Following<'_, '_>, found: &Break) -> Option<Diagnostic> {
    let first = following.later.first()?;
    let notation = Notation::new(first.rollup.request.lang);
    // What nothing leads to is no part of what an entry says of the lines above it.
    let is_loose = following.earlier.is_empty();
    let entries = if is_loose { &[][..] } else { following.group.entries.as_slice() };
    let (_, figure) = called(found.stage);
    let message = match entries {
        _ if is_loose => format!(
            "nothing was enacted last year for {}: the file lists all lines, and none that became {}",
            names(following.later.iter().map(|place| place.row.line)),
            if following.later.len() == 1 { "this one" } else { "these" }
        ),
        _ if found.stage != Stage::Enacted => format!(
            "{} did not begin this year: last year's file says what was {figure}",
            names(following.later.iter().map(|place| place.row.line))
        ),
        [] => {
            let id = &first.row.line.id.value;
            format!("the prior amount of `{id}` is not what last year's file says was enacted")
        }
        _ => format!(
            "the prior amount of {} is not what last year's file says was enacted for {}",
            names(following.later.iter().map(|place| place.row.line)),
            names(following.before().map(|place| place.row.line))
        ),
    };
    let mut priors = following.later.iter().map(|place| {
        let prior = &place.row.line.prior.money;
        (prior.span, notation.money(&place.row.prior_money()))
    });
    let (span, here) = priors.next()?;
    let mut finding = Diagnostic::new("E0407", span, message).here(here);
    for (span, text) in priors {
        finding = finding.also(span, text);
    }
    for amount in &found.budgeted {
        let label = format!("{figure} {}", notation.amount(&amount.value));
        finding = finding.also(amount.span, label);
    }
    let rows = following.earlier.iter().copied().flatten();
    for place in rows.filter(|place| found.budgeted.is_empty() && place.time().1 == Stage::Enacted) {
        finding = finding.also(place.row.line.requested.money.span, "enacted as ended");
    }
    for entry in entries {
        finding = finding.also(entry.span, entry.kind.slug());
    }
    let budgets: Vec<Amount> = found.budgeted.iter().map(|amount| amount.value).collect();
    for (what, addends) in [("prior", &found.priors), (figure, &budgets)] {
        if let [_, _, ..] = addends.as_slice() {
            finding = finding.note(format!("{what}: {}", addition(addends, &notation)));
        }
    }
    if found.stage == Stage::Enacted {
        let prior = found.prior.unwrap_or(Amount::zero(found.budget.unit()));
        finding = finding.note(format!(
            "{} − {} = {}; rounding does not explain it",
            notation.amount(&prior),
            notation.amount(&found.budget),
            notation.amount(&found.difference)
        ));
    }
    Some(finding.help(match entries {
        _ if is_loose => "name in the `crosswalk` what it was last year, or correct the amount; write 新規 (new) if there was nothing",
        _ if found.stage != Stage::Enacted => "write last year's initial budget in `prior`: `0` where there was none, and not 新規 (new); or correct last year's file",
        [] => "correct one of the two; if `prior` is another figure, say which: `{amount: …, basis: revised}` (補正後), `restated` (組替え後) or `combined`",
        _ => "correct an amount, or name every line of both years in the `crosswalk`; if the amounts were rearranged, say `kind: restated` (組替え) and `prior: {amount: …, basis: restated}`",
    }))
}

/// A group whose prior amounts are not last year's figures, with both sums and the stage of the figures.
type Differing<'l, 'a> = (Following<'l, 'a>, [Amount; 2], Stage);

pub(super) fn check_requested(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    let mut chapters: Vec<Vec<Differing<'_, '_>>> = Vec::new();
    for following in lineage.following() {
        let Some((sums, stage)) = otherwise(&following) else {
            continue;
        };
        let chapter = |it: &Following<'_, '_>| it.later.first().map(|place| place.rollup.request.file);
        let known = chapters
            .iter_mut()
            .rev()
            .find(|known| known.first().is_some_and(|(other, ..)| chapter(other) == chapter(&following)));
        match known {
            Some(known) => known.push((following, sums, stage)),
            None => chapters.push(vec![(following, sums, stage)]),
        }
    }
    findings.extend(chapters.iter().filter_map(|differing| beside(differing)));
}

/// Says of a chapter that its prior amounts are not last year's figures. Nothing is wrong with that, so a run says it once.
fn beside(differing: &[Differing<'_, '_>]) -> Option<Diagnostic> {
    let (first, _, stage) = differing.first()?;
    let (now, before) = (first.later.first()?, set_beside(first)?.next()?);
    let request = now.rollup.request;
    let notation = Notation::new(request.lang);
    let (figures, _) = called(*stage);
    let chapter = &request.line.id.value;
    let lines = match differing.len() {
        1 => format!("the prior amount of one line of `{chapter}` differs"),
        many => format!("the prior amounts of {many} lines of `{chapter}` differ"),
    };
    let message = format!("{lines} from last year's {figures}, and what was enacted is not known");
    let mut finding = Diagnostic::new("N0408", now.row.line.prior.money.span, message)
        .here("prior")
        .also(before.row.line.requested.money.span, format!("last year's {}", figures.trim_end_matches('s')))
        .about(chapter)
        .once();
    for (following, [prior, stated], stage) in differing.iter().take(SHOWN) {
        let mut name = names(following.later.iter().map(|place| place.row.line));
        if !following.group.entries.is_empty() {
            let from = names(following.before().map(|place| place.row.line));
            name = format!("{name} (last year {from})");
        }
        let (prior, stated, (_, figure)) = (notation.amount(prior), notation.amount(stated), called(*stage));
        finding = finding.note(format!("{name}: {figure} {stated}, prior {prior}"));
    }
    if differing.len() > SHOWN {
        finding = finding.note(format!("and {} more", differing.len() - SHOWN));
    }
    Some(finding.help(
        "add `enacted: …` to last year's lines, or last year's file of `stage: enacted`, and the two years are checked against each other",
    ))
}

/// What a file's figures are called at its stage, and one of them.
fn called(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Request => ("requests", "requested"),
        Stage::Proposal => ("proposals", "proposed"),
        Stage::Enacted => ("enacted amounts", "enacted"),
        Stage::Supplementary => ("supplementary budgets", "supplementary"),
        Stage::Settled => ("settled amounts", "settled"),
    }
}

/// The figures of last year that a prior amount may be set beside; none where all that is known of a line was added to its budget.
fn set_beside<'s, 'a>(
    following: &'s Following<'_, 'a>,
) -> Option<impl Iterator<Item = Place<'a>> + use<'s, 'a>> {
    let figure = |rows: &&[Place<'a>]| rows.iter().find(|it| it.time().1 != Stage::Supplementary).copied();
    let figures: Option<Vec<Place<'_>>> = following.earlier.iter().map(figure).collect();
    figures.map(Vec::into_iter)
}

/// This year's prior amount and last year's figure, where they differ and what was enacted is not known of every line.
fn otherwise(following: &Following<'_, '_>) -> Option<([Amount; 2], Stage)> {
    let is_initial = following.later.iter().all(|place| place.row.line.prior.is_initial());
    let is_told = is_initial || following.group.link == Link::Restated;
    if !is_told || !matches!(following.held(), Held::Unknown) || following.is_crossed() {
        return None;
    }
    let known = |money: Money| match money {
        Money::Known(amount) => Some(amount),
        _ => None,
    };
    let priors = following.later.iter().map(|place| known(place.row.line.prior.money.value));
    let stage = set_beside(following)?.next()?.time().1;
    let figures = set_beside(following)?.map(|place| known(place.row.line.requested.money.value));
    let (priors, figures) = (priors.collect::<Option<Vec<_>>>()?, figures.collect::<Option<Vec<_>>>()?);
    if may_be_same(&priors, &figures) {
        return None;
    }
    let sums = [sum(&priors)?, sum(&figures)?];
    // Another currency is another rule's.
    (sums[0].currency() == sums[1].currency()).then_some((sums, stage))
}

fn sum(amounts: &[Amount]) -> Option<Amount> {
    Amount::sum(amounts.iter().copied()).ok().flatten()
}

/// `300百万円 + 200百万円 = 500百万円`.
fn addition(amounts: &[Amount], notation: &Notation) -> String {
    let addends: Vec<String> = amounts.iter().map(|amount| notation.amount(amount)).collect();
    let sum = sum(amounts).map_or_else(String::new, |sum| format!(" = {}", notation.amount(&sum)));
    format!("{}{sum}", addends.join(" + "))
}
