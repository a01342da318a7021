//! E0505: a funding flow is connected to the state: every edge joins two known nodes, and money reaches every node.

use std::collections::BTreeSet;

use super::known::Known;
use crate::diagnostic::Diagnostic;
use crate::model::FundingFlow;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let flows = rollup.rows.iter().filter_map(|row| row.program?.funding_flow.as_ref());
    for flow in flows {
        let before = findings.len();
        check_edges(flow, findings);
        if findings.len() == before {
            check_reach(flow, findings);
        }
    }
}

fn check_edges(flow: &FundingFlow, findings: &mut Vec<Diagnostic>) {
    let known = Known::of(flow.nodes.iter().map(|node| (node.id.value.as_str(), node.label.as_str())));
    for end in flow.edges.iter().flat_map(|edge| [&edge.from, &edge.to]) {
        if known.has(&end.value) {
            continue;
        }
        let finding = Diagnostic::new("E0505", end.span, format!("the flow has no node `{}`", end.value));
        known.misnamed(finding, (&end.value, end.span), "add it to `nodes`", findings);
    }
}

fn check_reach(flow: &FundingFlow, findings: &mut Vec<Diagnostic>) {
    let mut reached: BTreeSet<&str> =
        flow.nodes.iter().filter(|node| node.is_state).map(|node| node.id.value.as_str()).collect();
    if reached.is_empty() {
        findings.push(
            Diagnostic::new("E0505", flow.span, "no node of the funding flow is the state")
                .help("mark the node that all money comes from: `kind: state`"),
        );
        return;
    }
    loop {
        let before = reached.len();
        for edge in &flow.edges {
            if reached.contains(edge.from.value.as_str()) {
                reached.insert(&edge.to.value);
            }
        }
        if reached.len() == before {
            break;
        }
    }
    for node in flow.nodes.iter().filter(|node| !reached.contains(node.id.value.as_str())) {
        findings.push(
            Diagnostic::new("E0505", node.id.span, format!("no money reaches `{}`", node.label))
                .here("no edge leads here from the state")
                .help("add an edge whose `to` is this node, or take the node out"),
        );
    }
}
