//! A flow that no page holds as one diagram with words that can be read: each payer with those it pays, one below the other.

use super::TALL;
use super::layers::Plan;
use super::layout::Layout;
use crate::figure::{Flow, FlowEdge};

/// The room between two payers, and between columns of them.
const BELOW: f64 = 12.0;
const BESIDE: f64 = 18.0;

/// A payer's part of the flow, and where it stands.
pub(super) struct Listed {
    pub(super) layout: Layout,
    pub(super) left: f64,
    pub(super) top: f64,
}

/// The parts of a flow with their places, and how wide and high they are together.
pub(super) fn listed(flow: &Flow, canvas: f64) -> (Vec<Listed>, (f64, f64)) {
    let parts = parts(flow);
    let needed = parts.iter().map(|(part, _)| Layout::needed(part, &Plan::of(part))).fold(1.0, f64::max);
    let across = (((canvas + BESIDE) / (needed + BESIDE)) as usize).clamp(1, parts.len().max(1));
    let column = (canvas - BESIDE * (across as f64 - 1.0)) / across as f64;
    let layouts = parts.iter().map(|(part, is_source)| {
        let plan = Plan { dense: true, ..Plan::of(part) };
        let mut layout = Layout::of(part, &plan, column);
        layout.frames.iter_mut().for_each(|frame| frame.source &= *is_source);
        layout
    });
    let layouts: Vec<Layout> = layouts.collect();
    let size = |layout: &Layout| layout.heading.turn(layout.along, layout.across);
    let (placed, (wide, high)) = in_columns(layouts, across, size);
    if across == 1 || high <= canvas * TALL {
        return (placed, (wide, high));
    }
    // Higher than a page: rows, between which it can be cut.
    let mut layouts = placed.into_iter().map(|part| part.layout);
    let (mut placed, mut top) = (Vec::new(), 0.0);
    loop {
        let row: Vec<Layout> = layouts.by_ref().take(across).collect();
        if row.is_empty() {
            break;
        }
        let height = row.iter().map(|layout| size(layout).1).fold(0.0, f64::max);
        for (at, layout) in row.into_iter().enumerate() {
            placed.push(Listed { layout, left: (column + BESIDE) * at as f64, top });
        }
        top += height + BELOW;
    }
    (placed, (canvas, top - BELOW))
}

/// Parts below each other in columns, each next column as full as the one before.
fn in_columns(
    layouts: Vec<Layout>,
    across: usize,
    size: impl Fn(&Layout) -> (f64, f64),
) -> (Vec<Listed>, (f64, f64)) {
    let all: f64 = layouts.iter().map(|layout| size(layout).1 + BELOW).sum();
    let (mut placed, mut left, mut top) = (Vec::new(), 0.0, 0.0);
    let (mut wide, mut high): (f64, f64) = (0.0, 0.0);
    for layout in layouts {
        let (width, height) = size(&layout);
        // A column is full where the next part would be more outside its share than in it.
        if top > 0.0 && top + height / 2.0 > all / across as f64 {
            (left, top) = (wide + BESIDE, 0.0);
        }
        (wide, high) = (wide.max(left + width), high.max(top + height));
        placed.push(Listed { layout, left, top });
        top += height + BELOW;
    }
    (placed, (wide, high))
}

/// Each payer with those it pays, and whether nobody pays it; then those with whom nobody has to do.
fn parts(flow: &Flow) -> Vec<(Flow, bool)> {
    let count = flow.nodes.len();
    let is_arrow = |edge: &&FlowEdge| edge.from != edge.to && edge.from < count && edge.to < count;
    let mut parts = Vec::new();
    for payer in 0..count {
        let paid: Vec<&FlowEdge> =
            flow.edges.iter().filter(is_arrow).filter(|edge| edge.from == payer).collect();
        if paid.is_empty() {
            continue;
        }
        let mut known = vec![payer];
        let mut edges = Vec::new();
        for edge in paid {
            let place = known.iter().skip(1).position(|node| *node == edge.to).map(|at| at + 1);
            let to = place.unwrap_or_else(|| {
                known.push(edge.to);
                known.len() - 1
            });
            edges.push(FlowEdge { from: 0, to, ..edge.clone() });
        }
        let nodes = known.iter().map(|node| flow.nodes[*node].clone()).collect();
        let is_source = !flow.edges.iter().filter(is_arrow).any(|edge| edge.to == payer);
        parts.push((Flow { nodes, edges }, is_source));
    }
    let is_alone =
        |node: &usize| !flow.edges.iter().filter(is_arrow).any(|it| it.from == *node || it.to == *node);
    let alone: Vec<_> = (0..count).filter(is_alone).map(|node| flow.nodes[node].clone()).collect();
    if !alone.is_empty() {
        parts.push((Flow { nodes: alone, edges: Vec::new() }, true));
    }
    parts
}
