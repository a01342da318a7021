//! The rules that a request must keep. A rule is a file, with its manual beside it; [`RULES`] lists them all.
//!
//! In: rolled-up chapters. Out: findings. Rules look at rows and never at YAML.

mod abbreviation_used;
mod acceptance;
mod award_scale;
mod block_ended;
mod brackets_matched;
mod breakdown_complete;
mod breakdown_declared;
mod breakdown_partial;
mod cells_shown;
mod chart_shares;
mod chinese_form;
mod citation_known;
mod column;
mod crosswalk_known;
mod crosswalk_missing;
mod currency_kept;
mod date_in_year;
mod draft;
mod emphasis_closed;
mod enacted_once;
mod estimate_included;
mod figure_alternative;
mod flow_connected;
mod footnotes_joined;
mod glyph_there;
mod handbook;
mod id_unique;
mod known;
mod list_numbers;
mod name_form;
mod open_total;
mod part_stated;
mod period;
mod picture_in_prose;
mod prior_enacted;
mod prior_stated;
mod prose;
mod prose_figures;
mod recipients_counted;
mod recount_added;
mod recount_known;
mod registry;
mod remainder_explained;
mod request_and_wish;
mod restated_basis;
mod rounding_fits;
mod said;
mod sibling_scale;
mod sign_turned;
mod slip;
mod split_adds_up;
mod status_claim;
mod target_reached;
mod text_misread;
mod title_kept;
mod year_copied;
mod year_follows;
mod yearly_ratio;

pub use handbook::{families, handbook, manual};
pub use registry::{Check, FAMILIES, RULES, Rule, rule};

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::fault::contained;
use crate::lineage::Lineage;
use crate::model::{Examples, Lang, Line, Request};
use crate::rollup::Rollup;
use crate::typeface::Fonts;

/// The ids of lines in words.
fn names<'l>(lines: impl Iterator<Item = &'l Line>) -> String {
    let names: Vec<String> = lines.map(|line| format!("`{}`", line.id.value)).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}

/// Applies every rule to every chapter and to all of them together, and drops the warnings that the authors accept.
pub fn check(rollups: &[Rollup<'_>]) -> Vec<Diagnostic> {
    check_in(rollups, Fonts::builtin(), Vec::new())
}

/// The same for sheets that are set in given faces; `read` is what was found while the chapters were read, and can be accepted, too.
pub fn check_in(rollups: &[Rollup<'_>], fonts: Option<&Fonts>, mut read: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let lineage = Lineage::of(rollups);
    let mut apply = |rule: &Rule, rollups: &[Rollup<'_>], check: &dyn Fn(&mut Vec<Diagnostic>)| {
        let mut found = Vec::new();
        match contained(|| check(&mut found)) {
            Ok(()) => findings.append(&mut found),
            Err(fault) => findings.extend(rollups.first().map(|rollup| stopped(rule, rollup, fault))),
        }
    };
    for rule in RULES {
        match rule.check {
            Check::Reading | Check::Import | Check::Building | Check::Acceptance => {}
            Check::Chapter(check) => {
                for rollup in rollups {
                    apply(rule, std::slice::from_ref(rollup), &|found| check(rollup, found));
                }
            }
            Check::Type(check) => {
                for (rollup, fonts) in rollups.iter().zip(std::iter::repeat(fonts)) {
                    let Some(fonts) = fonts else { continue };
                    apply(rule, std::slice::from_ref(rollup), &|found| check(rollup, fonts, found));
                }
            }
            Check::Run(check) => apply(rule, rollups, &|found| check(rollups, found)),
            Check::Years(check) => apply(rule, rollups, &|found| check(&lineage, found)),
        }
    }
    let english: Vec<&Request> =
        rollups.iter().map(|rollup| rollup.request).filter(|request| request.lang == Lang::En).collect();
    let mut said: HashMap<String, String> = HashMap::new();
    for finding in &mut findings {
        if english.iter().any(|request| request.is_in(finding.primary.span.file)) {
            let in_english =
                |help| said.entry(help).or_insert_with_key(|help| Examples::in_english(help)).clone();
            finding.help = finding.help.take().map(in_english);
            // These quote words of the format, and nothing of the author's.
            if matches!(finding.code, "E0206" | "E0403" | "N0208" | "N0210" | "W0207") {
                finding.message = Examples::in_english(&finding.message);
                finding.primary.text = Examples::in_english(&finding.primary.text);
            }
        }
    }
    read.append(&mut findings);
    for rollup in rollups {
        acceptance::apply(rollup, &mut read);
    }
    read
}

/// What is said where a rule cannot look at a chapter by a fault of its own: nobody knows whether the chapter keeps it.
fn stopped(rule: &Rule, rollup: &Rollup<'_>, fault: String) -> Diagnostic {
    let span = rollup.request.line.id.span;
    Diagnostic::new(rule.code, span, format!("nobody knows whether {}", rule.title)).note(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_fails_is_said_at_the_chapter() {
        let reading = crate::read::read_texts(&[("a.yaml", "gaisan: 1\nid: a\ntitle: A\n")]);
        let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
        let finding = stopped(&RULES[0], &rollups[0], "it failed".to_owned());
        assert_eq!(reading.sources.slice(finding.primary.span), "a");
        assert!(finding.message.contains(RULES[0].title), "{}", finding.message);
    }
}
