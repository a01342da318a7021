//! W0413: a prior amount that was rearranged says so.

use super::names;
use crate::diagnostic::Diagnostic;
use crate::lineage::{Held, Lineage, Link};
use crate::notation::Notation;

pub(super) fn check(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    for following in lineage.following().filter(|it| it.group.link == Link::Restated) {
        let unsaid = following.later.iter().find(|place| place.row.line.prior.is_initial());
        let (Some(place), Held::Explained(found)) = (unsaid, following.held()) else {
            continue;
        };
        let notation = Notation::new(place.rollup.request.lang);
        let id = &place.row.line.id.value;
        let prior = notation.money(&place.row.prior_money());
        let later = names(following.later.iter().map(|place| place.row.line));
        let before = names(following.before().map(|place| place.row.line));
        let message = format!(
            "{later} is said to be restated, and its prior amount passes for the initial budget, which was {} for {before}",
            notation.amount(&found.budget)
        );
        let mut finding = Diagnostic::new("W0413", place.row.line.prior.money.span, message)
            .here(prior)
            .about(id)
            .help("say which figure it is: `prior: {amount: …, basis: restated}` (組替え後); or correct the amount");
        for amount in &found.budgeted {
            finding = finding.also(amount.span, format!("enacted {}", notation.amount(&amount.value)));
        }
        findings.push(finding);
    }
}
