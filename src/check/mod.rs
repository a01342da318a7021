//! The rules that a request must keep. A rule is a file, with its manual beside it; [`RULES`] lists them all.
//!
//! In: rolled-up chapters. Out: findings. Rules look at rows and never at YAML.

mod acceptance;
mod breakdown_complete;
mod breakdown_declared;
mod breakdown_partial;
mod chart_shares;
mod citation_known;
mod column;
mod estimate_included;
mod figure_alternative;
mod flow_connected;
mod id_unique;
mod period;
mod prior_stated;
mod recipients_counted;
mod recount_added;
mod registry;
mod remainder_explained;
mod request_and_wish;
mod sibling_scale;
mod slip;
mod status_claim;
mod yearly_ratio;

pub use registry::{Check, RULES, Rule, rule};

use crate::diagnostic::Diagnostic;
use crate::rollup::Rollup;

/// Applies every rule to every chapter, and drops the warnings that the authors accept.
#[must_use]
pub fn check(rollups: &[Rollup<'_>]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for rollup in rollups {
        let mut found = Vec::new();
        for rule in RULES {
            if let Check::Chapter(check) = rule.check {
                check(rollup, &mut found);
            }
        }
        acceptance::apply(rollup, &mut found);
        findings.extend(found);
    }
    for rule in RULES {
        if let Check::Run(check) = rule.check {
            check(rollups, &mut findings);
        }
    }
    findings
}
