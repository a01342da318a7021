//! How much room boxes, lanes and lettering need before anything has its place.

use super::layers::{Cell, Plan};
use super::layout::Heading;
use super::{CLEAR, DETAIL, HEAD, LABEL, PADDING, detail, name};
use crate::figure::Flow;
use crate::figure::label::{LEADING, text_width, wrap};

/// The strip in which arrows turn: before it, and for each node that sends one.
pub(super) const TURN: f64 = 7.0;
pub(super) const TURN_EACH: f64 = 6.0;

/// Of more boxes in a layer each has the least room.
const MANY: usize = 8;

impl Plan {
    /// The room between two boxes of a layer. Many stand closer, so that their lettering need not be set smaller.
    pub(super) fn between(&self, boxes: usize) -> f64 {
        match boxes {
            _ if self.dense => 6.0,
            _ if boxes > MANY => 8.0,
            _ => 14.0,
        }
    }
}

/// A cell before it has its place.
#[derive(Debug)]
pub(super) struct Sized {
    pub(super) cell: Cell,
    pub(super) breadth: f64,
    pub(super) length: f64,
    pub(super) across: f64,
    pub(super) label: Vec<String>,
    pub(super) detail: Vec<String>,
    /// The links that reach the cell, each with the breadth of its lane and the run's place within the lane.
    pub(super) lanes: Vec<(usize, f64, f64)>,
}

/// The lettering of a link, wrapped.
#[derive(Debug)]
pub(super) struct Lettering {
    pub(super) link: usize,
    pub(super) instrument: Vec<String>,
    pub(super) detail: Vec<String>,
}

/// How broad a place is that an arrow only passes through.
pub(super) const PASS: f64 = 14.0;

/// The room for lettering at the right of an arrow that runs down the middle of its lane.
pub(super) fn beside(lane: f64) -> f64 {
    lane / 2.0 - 2.0 * CLEAR - 4.0
}

pub(super) fn strip(plan: &Plan, layer: usize) -> f64 {
    TURN + TURN_EACH * senders(plan, layer).len() as f64
}

/// The cells that send arrows on from a layer, and whether against it: each turns at a distance of its own.
pub(super) fn senders(plan: &Plan, layer: usize) -> Vec<(usize, bool)> {
    let mut senders: Vec<(usize, bool)> =
        plan.links.iter().filter(|link| link.layer == layer).map(|link| (link.from, link.reversed)).collect();
    senders.sort_unstable();
    senders.dedup();
    senders
}

#[expect(clippy::too_many_arguments, reason = "one call, and each argument is a different thing")]
pub(super) fn size(
    flow: &Flow,
    plan: &Plan,
    heading: Heading,
    cell: Cell,
    slot: f64,
    gap: f64,
    links: &[usize],
    lettered: &mut Vec<Lettering>,
) -> Sized {
    let Cell::Node(node) = cell else {
        let breadth = PASS;
        let lanes = links.iter().map(|&link| (link, breadth, breadth / 2.0)).collect();
        return Sized {
            cell,
            breadth,
            length: 0.0,
            across: 0.0,
            label: Vec::new(),
            detail: Vec::new(),
            lanes,
        };
    };
    let node = &flow.nodes[node];
    let is_one_of_many =
        plan.dense || plan.layers.iter().any(|cells| cells.len() > MANY && cells.contains(&cell));
    let share = slot / links.len().max(1) as f64;
    let letters = match heading {
        Heading::Right => gap - HEAD - 2.0,
        Heading::Down => beside(share),
    }
    .max(DETAIL * 1.1);
    let mut lanes = Vec::new();
    for &link in links {
        let edge = &flow.edges[plan.links[link].edge];
        let instrument = wrap(&edge.instrument, DETAIL, letters);
        let extra = wrap(edge.detail.as_deref().unwrap_or(""), DETAIL, letters);
        let above = instrument.len() as f64 * DETAIL * LEADING + CLEAR + 2.0;
        let below = extra.len() as f64 * DETAIL * LEADING + CLEAR + 2.0;
        lanes.push(match heading {
            // A lone lane is symmetrical, so that its arrow meets the middle of the box.
            Heading::Right if links.len() == 1 => (link, 2.0 * above.max(below), above.max(below)),
            Heading::Right => (link, above + below, above),
            Heading::Down => (link, share, share / 2.0),
        });
        lettered.push(Lettering { link, instrument, detail: extra });
    }

    let room = match heading {
        Heading::Right => slot,
        Heading::Down if links.len() > 1 => slot,
        Heading::Down => {
            let detail = text_width(node.detail.as_deref().unwrap_or(""), DETAIL);
            let wish = text_width(&node.label, LABEL).max(detail) + 4.0 * PADDING;
            slot.min(wish.clamp(120.0, 260.0))
        }
    };
    let label = wrap(&node.label, LABEL, room - 2.0 * PADDING);
    let extra = wrap(node.detail.as_deref().unwrap_or(""), DETAIL, room - 2.0 * PADDING);
    let text = name().height(label.len()) + detail().height(extra.len()) + 2.0 * PADDING;
    let lane_sum: f64 = lanes.iter().map(|(_, breadth, _)| breadth).sum();
    let (breadth, length) = match heading {
        Heading::Right => (text.max(if is_one_of_many { 24.0 } else { 34.0 }).max(lane_sum), room),
        Heading::Down => (slot, text.max(30.0)),
    };
    Sized { cell, breadth, length, across: room, label, detail: extra, lanes }
}
