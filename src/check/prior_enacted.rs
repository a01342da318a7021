//! E0407: a prior amount is what last year's file says was enacted. N0408: where that is not known, it is set beside last year's
//! request. What the crosswalk holds together is compared as a group.

use super::years::{Group, Years};
use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Basis, Interval, Line, Money, Rounding};
use crate::notation::Notation;
use crate::rollup::Rollup;
use crate::source::Spanned;

/// How many lines of a chapter a note shows.
const SHOWN: usize = 5;

pub(super) fn check_enacted(rollups: &[Rollup<'_>], findings: &mut Vec<Diagnostic>) {
    for years in Years::adjacent(rollups) {
        let notation = Notation::new(years.now.request.lang);
        for group in years.groups().iter().filter(|group| is_initial(group)) {
            findings.extend(enacted_otherwise(group, &notation));
        }
    }
}

fn enacted_otherwise(group: &Group<'_, '_>, notation: &Notation) -> Option<Diagnostic> {
    let enacted: Vec<Spanned<Amount>> = group.from.iter().map(|line| line.enacted).collect::<Option<_>>()?;
    let amounts: Vec<Amount> = enacted.iter().map(|amount| amount.value).collect();
    let priors: Vec<Amount> = group
        .to
        .iter()
        .filter_map(|row| match row.line.prior.money.value {
            Money::Known(prior) => Some(Some(prior)),
            Money::New => None,
            _ => Some(None),
        })
        .collect::<Option<_>>()?;
    if may_be_same(&priors, &amounts) {
        return None;
    }
    let first = group.to.first()?.line;
    let message = match group.entries.as_slice() {
        [] => {
            format!("the prior amount of `{}` is not what last year's file says was enacted", first.id.value)
        }
        _ => format!(
            "the prior amount of {} is not what last year's file says was enacted for {}",
            names(group.to.iter().map(|row| row.line)),
            names(group.from.iter().copied())
        ),
    };
    let mut finding = Diagnostic::new("E0407", first.prior.money.span, message)
        .here(notation.money(&first.prior.money.value));
    for line in group.to.iter().skip(1).map(|row| row.line) {
        finding = finding.also(line.prior.money.span, notation.money(&line.prior.money.value));
    }
    for amount in &enacted {
        let label = format!("enacted {}", notation.amount(&amount.value));
        finding = finding.also(amount.span, label);
    }
    for entry in &group.entries {
        finding = finding.also(entry.span, entry.kind.slug());
    }
    for (what, addends) in [("prior", &priors), ("enacted", &amounts)] {
        if let [_, _, ..] = addends.as_slice() {
            finding = finding.note(format!("{what}: {}", addition(addends, notation)));
        }
    }
    let zero = || amounts.first().map(|amount| Amount::zero(amount.unit()));
    let prior = sum(&priors).or_else(zero)?;
    let sum = sum(&amounts)?;
    if let Ok(difference) = prior.checked_sub(sum) {
        finding = finding.note(format!(
            "{} − {} = {}; rounding does not explain it",
            notation.amount(&prior),
            notation.amount(&sum),
            notation.amount(&difference)
        ));
    }
    Some(finding.help(if group.entries.is_empty() {
        "correct one of the two; if `prior` is another figure, say which: `{amount: …, basis: revised}` (補正後), `restated` (組替え後) or `combined`"
    } else {
        "correct an amount, or name every line of both years in the `crosswalk`; if the amounts were rearranged, say `kind: restated` (組替え)"
    }))
}

pub(super) fn check_requested(rollups: &[Rollup<'_>], findings: &mut Vec<Diagnostic>) {
    for years in Years::adjacent(rollups) {
        let groups = years.groups();
        let differing: Vec<(&Group<'_, '_>, Amount, Amount)> = groups
            .iter()
            .filter(|group| is_initial(group))
            .filter_map(|group| {
                let (prior, requested) = requested_otherwise(group)?;
                Some((group, prior, requested))
            })
            .collect();
        let Some((row, before)) =
            differing.first().and_then(|(group, ..)| group.to.first().zip(group.from.first()))
        else {
            continue;
        };
        let notation = Notation::new(years.now.request.lang);
        let chapter = &years.now.request.line.id.value;
        let mut finding = Diagnostic::new(
            "N0408",
            row.line.prior.money.span,
            format!(
                "{} from last year's requests, and what was enacted is not known",
                match differing.len() {
                    1 => format!("the prior amount of one line of `{chapter}` differs"),
                    many => format!("the prior amounts of {many} lines of `{chapter}` differ"),
                }
            ),
        )
        .here("prior")
        .also(before.requested.money.span, "last year's request")
        .about(chapter);
        for (group, prior, requested) in differing.iter().take(SHOWN) {
            let mut name = names(group.to.iter().map(|row| row.line));
            if !group.entries.is_empty() {
                let from = names(group.from.iter().copied());
                name = format!("{name} (last year {from})");
            }
            finding = finding.note(format!(
                "{name}: requested {}, prior {}",
                notation.amount(requested),
                notation.amount(prior)
            ));
        }
        if differing.len() > SHOWN {
            finding = finding.note(format!("and {} more", differing.len() - SHOWN));
        }
        findings.push(
            finding.help(
                "add `enacted: …` to last year's lines, and the two years are checked against each other",
            ),
        );
    }
}

/// This year's prior amount and last year's request, where they differ and what was enacted is not known of every line.
fn requested_otherwise(group: &Group<'_, '_>) -> Option<(Amount, Amount)> {
    if group.from.iter().all(|line| line.enacted.is_some()) {
        return None;
    }
    let known = |money: Money| match money {
        Money::Known(amount) => Some(amount),
        _ => None,
    };
    let priors: Vec<Amount> =
        group.to.iter().map(|row| known(row.line.prior.money.value)).collect::<Option<_>>()?;
    let requests: Vec<Amount> =
        group.from.iter().map(|line| known(line.requested.money.value)).collect::<Option<_>>()?;
    if may_be_same(&priors, &requests) {
        return None;
    }
    sum(&priors).zip(sum(&requests))
}

/// Whether the prior amounts claim to be last year's initial budget.
fn is_initial(group: &Group<'_, '_>) -> bool {
    group.to.iter().all(|row| {
        let prior = &row.line.prior;
        prior.basis == Basis::Initial && prior.with.is_empty()
    })
}

/// Whether the sums of two groups of printed amounts can stand for one exact amount, each under some rule of rounding. No amounts
/// at all are exactly nothing.
pub(crate) fn may_be_same(ones: &[Amount], others: &[Amount]) -> bool {
    let Some(unit) = ones.iter().chain(others).next().map(|amount| amount.unit()) else {
        return true;
    };
    let possible = |amounts: &[Amount], rounding: Rounding| {
        let intervals = amounts.iter().map(|amount| amount.interval(rounding));
        let sum = Interval::sum(intervals).ok()?;
        Some(sum.unwrap_or(Interval::exact(Amount::zero(unit))))
    };
    Rounding::ALL.iter().any(|first| {
        Rounding::ALL.iter().any(|second| {
            match (possible(ones, *first), possible(others, *second)) {
                (Some(one), Some(other)) => one.intersects(other),
                // Amounts in several currencies have no sum, and that is another rule's.
                _ => true,
            }
        })
    })
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

/// The ids of lines in words.
fn names<'l>(lines: impl Iterator<Item = &'l Line>) -> String {
    let names: Vec<String> = lines.map(|line| format!("`{}`", line.id.value)).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::read::read_texts;
    use crate::rollup::Rollup;

    fn chapter(year: u16, line: &str) -> String {
        format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 文部科学省\nfiscal_year: {year}\nstage: request\nunit: 百万円\nbreakdown: partial\nprograms:\n  - {{id: p, title: 事業, {line}}}\n"
        )
    }

    fn codes(last: &str, this: &str) -> Vec<&'static str> {
        let texts = [chapter(2022, last), chapter(2023, this)];
        let [last, this] = &texts;
        let reading = read_texts(&[("2022.yaml", last), ("2023.yaml", this)]);
        let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
        let findings = check(&rollups);
        findings.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_prior_amount_is_what_was_enacted() {
        let last = "requested: 500, prior: 400, enacted: 450.6";
        assert_eq!(codes(last, "requested: 480, prior: 450.6"), [""; 0]);
        assert_eq!(codes(last, "requested: 480, prior: 451"), [""; 0]);
        assert_eq!(codes(last, "requested: 480, prior: 450"), [""; 0]);
        assert_eq!(codes(last, "requested: 480, prior: 460"), ["E0407"]);
        assert_eq!(codes(last, "requested: 480, prior: 新規"), ["E0407"]);
    }

    #[test]
    fn another_basis_is_another_figure() {
        let last = "requested: 500, prior: 400, enacted: 450";
        for basis in ["revised", "restated", "combined"] {
            let this = format!("requested: 480, prior: {{amount: 600, basis: {basis}}}");
            assert_eq!(codes(last, &this), [""; 0]);
        }
    }

    #[test]
    fn a_request_is_only_set_beside() {
        let last = "requested: 500, prior: 400";
        assert_eq!(codes(last, "requested: 480, prior: 450"), ["N0408"]);
        assert_eq!(codes(last, "requested: 480, prior: 500"), [""; 0]);
    }

    fn codes_of(last: &str, this: &str, crosswalk: &str) -> Vec<&'static str> {
        let text = |year: u16, lines: &str, more: &str| {
            let programs: String =
                lines.split("; ").map(|line| format!("  - {{title: 事業, {line}}}\n")).collect();
            format!(
                "gaisan: 1\nid: chapter\ntitle: 章\nministry: 文部科学省\nfiscal_year: {year}\nstage: request\nunit: 百万円\nbreakdown: partial\n{more}programs:\n{programs}"
            )
        };
        let more = format!("crosswalk: [{crosswalk}]\n");
        let texts = [text(2022, last, ""), text(2023, this, &more)];
        let [last, this] = &texts;
        let reading = read_texts(&[("2022.yaml", last), ("2023.yaml", this)]);
        assert!(reading.findings.is_empty(), "{:?}", reading.findings);
        let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
        let findings = check(&rollups);
        findings.iter().map(|finding| finding.code).collect()
    }

    const LAST: &str =
        "id: a, requested: 320, prior: 300, enacted: 300; id: b, requested: 200, prior: 200, enacted: 200.4";

    #[test]
    fn merged_lines_are_compared_together() {
        let merged = "{kind: merged, from: [a, b], to: c}";
        let codes = |prior: &str, crosswalk: &str| {
            codes_of(LAST, &format!("id: c, requested: 480, prior: {prior}"), crosswalk)
        };
        assert_eq!(codes("500", merged), [""; 0]);
        assert_eq!(codes("501", merged), [""; 0]);
        assert_eq!(codes("503", merged), ["E0407"]);
        assert_eq!(codes("新規", merged), ["E0407"]);
        assert_eq!(codes("503", "{kind: 組替え, from: [a, b], to: c}"), [""; 0]);
        assert_eq!(codes("500", ""), ["W0411"]);
        assert_eq!(codes("新規", ""), [""; 0]);
    }

    #[test]
    fn entries_that_share_a_line_are_compared_together() {
        let this = "id: c, requested: 480, prior: 450; id: d, requested: 40, prior: 50";
        let steps = "{kind: merged, from: [a, b], to: c}, {kind: split, from: b, to: [c, d]}";
        assert_eq!(codes_of(LAST, this, steps), [""; 0]);
    }

    #[test]
    fn a_line_that_lost_a_part_is_compared_with_it() {
        let this = "id: a, requested: 200, prior: 250; id: c, requested: 40, prior: 50; id: b, requested: 200, prior: 200";
        assert_eq!(codes_of(LAST, this, "{kind: 分割, from: a, to: [a, c]}"), [""; 0]);
        assert_eq!(codes_of(LAST, this, "{kind: renamed, from: a, to: c}"), ["E0407", "E0410"]);
        assert_eq!(codes_of(LAST, this, "{kind: split, from: a, to: [c]}"), ["E0410"]);
        assert_eq!(codes_of(LAST, this, "{kind: split, from: x, to: [a, c]}"), ["E0410"]);
    }
}
