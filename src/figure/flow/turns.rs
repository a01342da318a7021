//! Where arrows leave their boxes and where they turn, so that no arrow lies on that of another payer.
//!
//! An arrow runs from its port to its turn, across, and on along its run. A port that is level with the run of another sender's
//! arrow must have turned before that one does; where two would each have to be first, one leaves its box a little beside.

use super::layers::{Cell, Link, Plan};
use super::measure::{Sized, senders};

/// Lines less far apart are taken for one.
const APART: f64 = 4.0;

/// How far beside its usual port an arrow leaves, tried in turn.
const BESIDE: [f64; 6] = [5.0, -5.0, 10.0, -10.0, 15.0, -15.0];

/// What sends arrows on from a layer: a cell, and whether against the layers.
type Sender = (usize, bool);

/// The senders of a layer in the order in which their arrows turn; their ports may move for it.
pub(super) fn turns(
    plan: &Plan,
    layer: usize,
    cells: &[Sized],
    ports: &mut [f64],
    runs: &[f64],
) -> Vec<Sender> {
    let usual = senders(plan, layer);
    let own = ports.to_vec();
    for beside in BESIDE {
        let (order, stuck) = ordered(plan, layer, &usual, ports, runs);
        let Some(&(cell, reversed)) = stuck.iter().find(|(cell, _)| can_move(&cells[*cell])) else {
            return if stuck.is_empty() { order } else { usual };
        };
        for (at, link) in plan.links.iter().enumerate() {
            let is_own = link.layer == layer && (link.from, link.reversed) == (cell, reversed);
            let moved = own[at] + beside;
            let is_inside = (moved - cells[cell].across).abs() < cells[cell].breadth / 2.0 - 3.0;
            if is_own && (own[at] - runs[at]).abs() > 0.05 && is_inside {
                ports[at] = moved;
            }
        }
    }
    let (order, stuck) = ordered(plan, layer, &usual, ports, runs);
    if stuck.is_empty() { order } else { usual }
}

fn can_move(cell: &Sized) -> bool {
    matches!(cell.cell, Cell::Node(_))
}

/// As many senders as can be put in an order, and those that cannot.
fn ordered(
    plan: &Plan,
    layer: usize,
    senders: &[Sender],
    ports: &[f64],
    runs: &[f64],
) -> (Vec<Sender>, Vec<Sender>) {
    let links: Vec<usize> = (0..plan.links.len()).filter(|at| plan.links[*at].layer == layer).collect();
    let sender = |at: usize| (plan.links[at].from, plan.links[at].reversed);
    let bends = |at: usize| (ports[at] - runs[at]).abs() > 0.05;
    // `first` has to turn before `then` does.
    let waits = |then: Sender, first: Sender| {
        let of = |wanted: Sender| links.iter().copied().filter(move |at| sender(*at) == wanted);
        of(first).any(|one| {
            bends(one) && of(then).any(|other| bends(other) && (ports[one] - runs[other]).abs() < APART)
        })
    };
    let (mut order, mut left) = (Vec::new(), senders.to_vec());
    while let Some(next) =
        left.iter().position(|it| !left.iter().any(|other| other != it && waits(*it, *other)))
    {
        order.push(left.remove(next));
    }
    (order, left)
}

/// The longest step that is straightened: what passes still keeps clear of its neighbors.
const STEP: f64 = 8.5;

/// Moves the gaps that arrows pass through level with where these go on, where they all but are: a step of a few points looks like a mistake.
pub(super) fn straighten(plan: &Plan, layers: &mut [Vec<Sized>], runs: &mut [f64]) {
    for (at, link) in plan.links.iter().enumerate().rev() {
        let Some(cell) = layers.get_mut(link.layer).and_then(|cells| cells.get_mut(link.from)) else {
            continue;
        };
        let by = runs[at] - cell.across;
        if cell.cell != Cell::Pass || by.abs() > STEP {
            continue;
        }
        cell.across += by;
        let into = |it: &&Link| it.edge == link.edge && it.layer + 1 == link.layer;
        if let Some(before) = plan.links.iter().position(|it| into(&it)) {
            runs[before] += by;
        }
    }
}

/// Where a link leaves its cell: straight ahead where that keeps within the box and takes nobody's place, else in the
/// middle; arrows that come back do so beside the middle. An arrow that all but leaves in the middle takes along those that leave there.
pub(super) fn port(plan: &Plan, link: &Link, from: &Sized, runs: &[f64]) -> f64 {
    let beside = || {
        let all = plan.links.iter().zip(runs);
        all.filter(|(it, _)| it.layer == link.layer && it.from == link.from).map(|(it, run)| (it, *run))
    };
    let off = |run: f64| (run - from.across).abs();
    let is_inside = |run: f64| off(run) < from.breadth / 2.0 - 6.0;
    let own =
        beside().find(|(it, _)| it.edge == link.edge && it.to == link.to).map_or(from.across, |it| it.1);
    let alone = beside().count() == 1;
    match from.cell {
        Cell::Node(_) if link.reversed && !alone => from.across + if own < from.across { -9.0 } else { 9.0 },
        Cell::Node(_) if alone && is_inside(own) => own,
        Cell::Node(_) if !alone => {
            let level = beside().filter(|(it, run)| !it.reversed && off(*run) < APART && is_inside(*run));
            level
                .map(|(_, run)| run)
                .min_by(|one, other| off(*one).total_cmp(&off(*other)))
                .unwrap_or(from.across)
        }
        _ => from.across,
    }
}
