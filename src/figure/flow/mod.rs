//! Flow: who passes money to whom, as layers of boxes with labeled arrows.
//!
//! `layers` decides who stands where, `layout` gives every box and arrow its place along one axis, and the drawing here
//! turns that axis to the right (few layers) or downwards (many).

mod layers;
mod layout;
mod listed;
mod measure;
mod turns;

use super::label::Style;
use super::shape::{Anchor, Drawing, Ink, Point, Shape};
use super::{Flow, PHONE};
use layers::Plan;
use layout::{Arrow, Frame, Heading, Layout, SMALLEST};
use listed::listed;

pub(super) const LABEL: f64 = 9.0;
pub(super) const DETAIL: f64 = 8.0;
pub(super) const PADDING: f64 = 6.0;
/// The distance from an arrow's run to its lettering.
pub(super) const CLEAR: f64 = 2.5;
/// The room an arrow's head needs, and half its breadth.
pub(super) const HEAD: f64 = 6.5;
const HEAD_HALF: f64 = 3.2;

pub(super) fn name() -> Style {
    Style::new(LABEL).bold().anchor(Anchor::Middle)
}

pub(super) fn detail() -> Style {
    Style::new(DETAIL).anchor(Anchor::Middle)
}

/// How high a page is that a drawing fills, as a multiple of its width.
const TALL: f64 = 1.2;

/// Draws a flow diagram; one in which words would be broken or too small, as each payer with those it pays.
pub(super) fn draw(flow: &Flow, canvas: f64) -> Drawing {
    let plan = Plan::of(flow);
    let mut shapes = Vec::new();
    let whole = Layout::of(flow, &plan, canvas);
    let (width, height) = whole.heading.turn(whole.along, whole.across);
    let is_legible = Layout::has_whole_words(flow, &plan, canvas) && height <= canvas * TALL * SMALLEST;
    if canvas <= PHONE || is_legible {
        diagram(&whole, &mut shapes);
        return Drawing { width, height, shapes };
    }
    let (parts, (width, height)) = listed(flow, canvas);
    for part in parts {
        let from = shapes.len();
        diagram(&part.layout, &mut shapes);
        shapes.iter_mut().skip(from).for_each(|shape| shape.shift((part.left, part.top)));
    }
    Drawing { width, height, shapes }
}

fn diagram(layout: &Layout, shapes: &mut Vec<Shape>) {
    for at in 0..layout.arrows.len() {
        line(layout, at, shapes);
    }
    for frame in &layout.frames {
        node(frame, layout.heading, shapes);
    }
    for arrow in &layout.arrows {
        lettering(arrow, layout.heading, shapes);
    }
}

fn node(frame: &Frame, heading: Heading, shapes: &mut Vec<Shape>) {
    let (x, y) = heading.turn(frame.along, frame.across);
    let (w, h) = heading.turn(frame.length, frame.breadth);
    let (fill, ink, soft) = if frame.source {
        (Ink::Accent, Ink::Paper, Ink::Paper)
    } else {
        (Ink::AccentSoft, Ink::Text, Ink::Muted)
    };
    shapes.push(Shape::Rect { x, y, w, h, radius: 2.0, fill: Some(fill), stroke: Some(Ink::Accent) });
    let text = name().height(frame.label.len()) + detail().height(frame.detail.len());
    let top = y + (h - text) / 2.0;
    shapes.extend(name().ink(ink).lines(&frame.label, (x + w / 2.0, top)));
    let below = top + name().height(frame.label.len());
    shapes.extend(detail().ink(soft).lines(&frame.detail, (x + w / 2.0, below)));
}

/// Half the gap in a line where that of another payer runs across it.
const GAP: f64 = 2.2;

fn line(layout: &Layout, at: usize, shapes: &mut Vec<Shape>) {
    let Some(arrow) = layout.arrows.get(at) else { return };
    let heading = layout.heading;
    let mut points = arrow.points.clone();
    let (tip, back) = match (points.as_slice(), arrow.reversed) {
        ([first, ..], true) => (*first, 1.0),
        ([.., last], false) => (*last, -1.0),
        ([], _) => return,
    };
    let base = tip.0 + back * HEAD;
    if arrow.ends {
        // The line stops inside the head, so that its square end does not blunt the tip.
        match (points.as_mut_slice(), arrow.reversed) {
            ([first, ..], true) => first.0 = base - 1.0,
            ([.., last], false) => last.0 = base + 1.0,
            ([], _) => return,
        }
    }
    let turn =
        |points: Vec<Point>| points.into_iter().map(|(along, across)| heading.turn(along, across)).collect();
    for points in bridged(points, &layout.crossed(at)) {
        shapes.push(Shape::Line { points: turn(points), ink: Ink::Accent, width: 1.1 });
    }
    if arrow.ends {
        let corners = vec![tip, (base, tip.1 - HEAD_HALF), (base, tip.1 + HEAD_HALF)];
        shapes.push(Shape::Polygon { points: turn(corners), fill: Ink::Accent });
    }
}

/// A line in pieces, with gaps where it turns across others: nobody is to think that it meets them.
fn bridged(points: Vec<Point>, crossed: &[Point]) -> Vec<Vec<Point>> {
    let mut pieces = vec![Vec::new()];
    let mut put = |point: Point, begins: bool| {
        if begins {
            pieces.push(Vec::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(point);
        }
    };
    for (place, &point) in points.iter().enumerate() {
        if let Some(&before) = place.checked_sub(1).and_then(|before| points.get(before)) {
            let (low, high) = (before.1.min(point.1) + GAP, before.1.max(point.1) - GAP);
            let mut here: Vec<f64> = (crossed.iter())
                .filter(|it| before.0 == point.0 && it.0 == point.0 && low < it.1 && it.1 < high)
                .map(|it| it.1)
                .collect();
            here.sort_by(f64::total_cmp);
            // What runs side by side has one gap.
            let mut gaps: Vec<(f64, f64)> = here
                .chunk_by(|one, next| next - one < 3.0 * GAP)
                .filter_map(|them| Some((them.first()? - GAP, them.last()? + GAP)))
                .collect();
            if point.1 < before.1 {
                gaps.reverse();
                gaps.iter_mut().for_each(|(from, to)| std::mem::swap(from, to));
            }
            for (from, to) in gaps {
                put((point.0, from), false);
                put((point.0, to), true);
            }
        }
        put(point, false);
    }
    pieces
}

fn lettering(arrow: &Arrow, heading: Heading, shapes: &mut Vec<Shape>) {
    let style = Style::new(DETAIL);
    let (along, across) = arrow.lettering;
    match heading {
        Heading::Right => {
            let above = across - CLEAR - style.height(arrow.instrument.len());
            let middle = style.anchor(Anchor::Middle);
            shapes.extend(middle.bold().lines(&arrow.instrument, (along, above)));
            shapes.extend(middle.ink(Ink::Muted).lines(&arrow.detail, (along, across + CLEAR)));
        }
        Heading::Down => {
            let x = across + 2.0 * CLEAR;
            shapes.extend(style.bold().lines(&arrow.instrument, (x, along)));
            let below = along + style.height(arrow.instrument.len());
            shapes.extend(style.ink(Ink::Muted).lines(&arrow.detail, (x, below)));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::layers::Plan;
    use super::layout::Layout;
    use crate::figure::shape::{CANVAS, Shape};
    use crate::figure::{Flow, FlowEdge, FlowNode};

    /// Whether two pieces of lines lie on each other for more than a touch.
    fn share(one: &[(f64, f64)], other: &[(f64, f64)]) -> bool {
        let overlap =
            |a: (f64, f64), b: (f64, f64)| a.0.max(a.1).min(b.0.max(b.1)) - a.0.min(a.1).max(b.0.min(b.1));
        let [(ax, ay), (bx, by)] = [one[0], one[1]];
        let [(cx, cy), (dx, dy)] = [other[0], other[1]];
        let level = |p: f64, q: f64, r: f64, s: f64| {
            (p - q).abs() < 0.1 && (r - s).abs() < 0.1 && (p - r).abs() < 3.9
        };
        level(ay, by, cy, dy) && overlap((ax, bx), (cx, dx)) > 0.5
            || level(ax, bx, cx, dx) && overlap((ay, by), (cy, dy)) > 0.5
    }

    /// Whether two pieces that run beside each other are one line to the eye.
    fn lies_on(one: &[(f64, f64)], other: &[(f64, f64)]) -> bool {
        let is_level = one[0].1 == one[1].1;
        let apart = if is_level { one[0].1 - other[0].1 } else { one[0].0 - other[0].0 };
        apart.abs() < 0.1
    }

    #[test]
    fn a_flow_of_many_long_words_is_told_payer_by_payer() {
        let names = [
            "Ministry of Intergovernmental Affairs",
            "Telecommunications Standardisation Bureau",
            "Headquarters",
            "Universities",
            "Municipalities",
            "Non-governmental organisations",
            "Infrastructure operators",
            "Hydrometeorological Service",
        ];
        let nodes = names.map(|it| FlowNode { label: it.to_owned(), detail: None }).to_vec();
        let edges = (0..7)
            .flat_map(|from| [(from, from + 1), (0, from + 1), (from, 7)])
            .filter(|(from, to)| from != to);
        let edge = |(from, to)| FlowEdge {
            from,
            to,
            instrument: "commissioned research".to_owned(),
            detail: Some("review and selection".to_owned()),
        };
        let flow = Flow { nodes, edges: edges.map(edge).collect() };
        for canvas in [300.0, CANVAS, 785.0] {
            let drawing = super::draw(&flow, canvas);
            assert!(drawing.width <= canvas * super::layout::SMALLEST + 0.1, "{canvas}: {}", drawing.width);
            let texts: Vec<&str> = (drawing.shapes.iter())
                .filter_map(
                    |shape| if let Shape::Text { text, .. } = shape { Some(text.as_str()) } else { None },
                )
                .collect();
            let words = texts.join(" ");
            assert!(texts.iter().all(|text| !text.ends_with('-') && text.len() > 1), "{canvas}: {texts:?}");
            assert_eq!(
                words.matches("commissioned research").count(),
                flow.edges.len(),
                "{canvas}: {texts:?}"
            );
            assert!(names.iter().all(|name| words.contains(name)), "{canvas}: {texts:?}");
        }
    }

    #[test]
    fn no_word_is_broken_in_a_column_or_on_a_phone() {
        let flow = |names: &[&str], instruments: &[&str]| Flow {
            nodes: names.iter().map(|it| FlowNode { label: (*it).to_owned(), detail: None }).collect(),
            edges: (instruments.iter().enumerate())
                .map(|(at, it)| FlowEdge { from: at, to: at + 1, instrument: (*it).to_owned(), detail: None })
                .collect(),
        };
        let english = flow(
            &["State", "Ports Agency", "Port authorities", "Shipyards and grid companies"],
            &["operating grant", "subsidy", "contract"],
        );
        let japanese =
            flow(&["国", "NEDO", "国立大学法人", "民間企業"], &["委託費", "再委託費", "共同研究費"]);
        for canvas in [210.0, 255.0, 300.0, 400.0, CANVAS, 785.0] {
            for (flow, gap) in [(&english, " "), (&japanese, "")] {
                let drawing = super::draw(flow, canvas);
                let texts: Vec<&str> = (drawing.shapes.iter())
                    .filter_map(
                        |shape| if let Shape::Text { text, .. } = shape { Some(text.as_str()) } else { None },
                    )
                    .collect();
                let all = texts.join(gap);
                for node in &flow.nodes {
                    assert!(all.contains(&node.label), "{canvas}: {texts:?}");
                }
                assert!(
                    texts.iter().all(|text| text.chars().count() > 1 || *text == "国"),
                    "{canvas}: {texts:?}"
                );
                assert!(drawing.width <= canvas * 1.15 + 0.1, "{canvas}: {}", drawing.width);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        #[test]
        fn no_payers_line_lies_on_that_of_another(
            count in 2_usize..9,
            edges in proptest::collection::vec((0_usize..9, 0_usize..9), 1..13),
        ) {
            let nodes = (0..count).map(|at| FlowNode { label: format!("機関{at}"), detail: None }).collect();
            let mut edges: Vec<(usize, usize)> = edges.into_iter().map(|(a, b)| (a % count, b % count)).collect();
            edges.retain(|(from, to)| from != to);
            edges.sort_unstable();
            edges.dedup();
            let edge = |&(from, to): &(usize, usize)| FlowEdge { from, to, instrument: "補助金".to_owned(), detail: None };
            let flow = Flow { nodes, edges: edges.iter().map(edge).collect() };
            let plan = Plan::of(&flow);
            let layout = Layout::of(&flow, &plan, CANVAS);
            for (at, arrow) in layout.arrows.iter().enumerate() {
                // What turns across the run of another payer's arrow leaves a gap there.
                let crossed = layout.crossed(at);
                let pieces = super::bridged(arrow.points.clone(), &crossed);
                for (along, across) in crossed {
                    let clear = |end: f64| (end - across).abs() < super::GAP;
                    let is_end = arrow.points.iter().any(|point| point.0 == along && clear(point.1));
                    let runs_through = pieces.iter().flat_map(|piece| piece.windows(2)).any(|piece| {
                        piece[0].0 == along && piece[1].0 == along && piece[0].1.min(piece[1].1) < across && across < piece[0].1.max(piece[1].1)
                    });
                    prop_assert!(is_end || !runs_through, "{edges:?}: {:?} at {along}, {across}", arrow.points);
                }
            }
            for (at, (one, first)) in layout.arrows.iter().zip(&plan.links).enumerate() {
                for (other, second) in layout.arrows.iter().zip(&plan.links).skip(at + 1) {
                    let (a, b) = (&flow.edges[first.edge], &flow.edges[second.edge]);
                    if a.from == b.from {
                        let doubles = one.points.windows(2).any(|p| other.points.windows(2).any(|q| share(p, q) && !lies_on(p, q)));
                        prop_assert!(!doubles, "{edges:?}: {a:?} beside {b:?}\n{:?}\n{:?}", one.points, other.points);
                    }
                    if a.from == b.from || a.to == b.to {
                        continue;
                    }
                    let lies = one.points.windows(2).any(|p| other.points.windows(2).any(|q| share(p, q)));
                    prop_assert!(!lies, "{edges:?}: {a:?} on {b:?}\n{:?}\n{:?}", one.points, other.points);
                }
            }
        }
    }
}
