//! The places of boxes and arrows along one axis: `along` runs with the money, `across` from side to side.
//!
//! Every arrow that reaches a box has a lane of its own there, wide enough for its lettering, and turns only in a strip
//! before the lanes begin. So no lettering can meet another arrow's, however many arrows there are.

use super::layers::{Cell, Plan};
use super::measure::{Lettering, PASS, Sized, TURN, TURN_EACH, beside, size, strip};
use super::turns::{port, straighten, turns};
use super::{DETAIL, HEAD, LABEL, PADDING};
use crate::figure::Flow;
use crate::figure::label::{LEADING, widest_phrase};
use crate::figure::shape::Point;

/// Where the money runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// From left to right.
    Right,
    /// From top to bottom.
    Down,
}

impl Heading {
    /// From along and across to x and y.
    pub(super) fn turn(self, along: f64, across: f64) -> Point {
        match self {
            Self::Right => (along, across),
            Self::Down => (across, along),
        }
    }
}

/// A node with its place.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) along: f64,
    pub(super) across: f64,
    pub(super) length: f64,
    pub(super) breadth: f64,
    pub(super) label: Vec<String>,
    pub(super) detail: Vec<String>,
    /// Whether nobody pays it.
    pub(super) source: bool,
}

/// A piece of an arrow with its place.
#[derive(Debug)]
pub(super) struct Arrow {
    /// The node that pays.
    payer: usize,
    /// The points, in the direction of the layers.
    pub(super) points: Vec<Point>,
    /// Whether the head belongs to this piece.
    pub(super) ends: bool,
    /// Whether the head is at the first point.
    pub(super) reversed: bool,
    /// Heading right: the middle of the run; heading down: where the lettering begins.
    pub(super) lettering: Point,
    pub(super) instrument: Vec<String>,
    pub(super) detail: Vec<String>,
}

/// A flow with every place decided.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) heading: Heading,
    pub(super) along: f64,
    pub(super) across: f64,
    pub(super) frames: Vec<Frame>,
    pub(super) arrows: Vec<Arrow>,
}

impl Layout {
    /// Where an arrow turns across the runs of other payers' arrows.
    pub(super) fn crossed(&self, at: usize) -> Vec<Point> {
        let Some(own) = self.arrows.get(at) else { return Vec::new() };
        let others = self.arrows.iter().filter(|it| it.payer != own.payer);
        let runs = others.flat_map(|it| it.points.windows(2)).filter(|run| run[0].1 == run[1].1);
        let turns = || own.points.windows(2).filter(|turn| turn[0].0 == turn[1].0);
        let crossing = |run: &[Point]| {
            let (from, to, across) = (run[0].0.min(run[1].0), run[0].0.max(run[1].0), run[0].1);
            turns()
                .map(|turn| turn[0].0)
                .find(|along| from < *along && *along < to)
                .map(|along| (along, across))
        };
        runs.filter_map(crossing).collect()
    }

    /// How wide a flow from left to right is in which no word is broken.
    pub(super) fn needed(flow: &Flow, plan: &Plan) -> f64 {
        let depth = plan.layers.len();
        let spans = depth.saturating_sub(1);
        let strips: f64 = (0..spans).map(|layer| strip(plan, layer)).sum();
        let words = Words::of(flow);
        words.boxed * depth as f64 + spans as f64 * words.spanned() + strips + 2.0 * MARGIN
    }

    /// Whether there is a way to draw it on a canvas with words that are whole and not too small.
    pub(super) fn has_whole_words(flow: &Flow, plan: &Plan, canvas: f64) -> bool {
        Self::needed(flow, plan) <= canvas * SMALLEST || Words::of(flow).fit_below(plan, canvas)
    }

    pub(super) fn of(flow: &Flow, plan: &Plan, canvas: f64) -> Self {
        let depth = plan.layers.len();
        let widest = plan.layers.iter().map(Vec::len).max().unwrap_or(0);
        let strips: Vec<f64> = (0..depth).map(|layer| strip(plan, layer)).collect();
        let strip_sum: f64 = strips.iter().take(depth.saturating_sub(1)).sum();
        let spans = depth.saturating_sub(1) as f64;
        let words = Words::of(flow);
        let needed = Self::needed(flow, plan);
        let is_deep = depth > DEEP && widest <= DEEP;
        let fits = needed <= canvas * SMALLER;
        let heading = match (is_deep || !fits) && words.fit_below(plan, canvas) {
            true => Heading::Down,
            false => Heading::Right,
        };
        // Where words would be broken, and beyond four layers abreast, the canvas grows; the renderer scales it down.
        let wished = if depth > DEEP { (depth as f64 * 150.0).min(canvas * SMALLEST) } else { canvas };
        let total = wished.max(canvas).max(needed);
        let free = total - strip_sum - 2.0 * MARGIN;
        let share = free / depth.max(1) as f64;
        // Boxes give of their room what the longest word on an arrow needs.
        let worded = share - spans * words.spanned() / depth.max(1) as f64;
        let usual = if depth > 2 { (share * 0.66).min(140.0) } else { (canvas * 0.3125).min(150.0) };
        let length = usual.max(words.boxed).min(worded.max(words.boxed));
        let gap = if depth > 1 { (free - length * depth as f64) / spans } else { 0.0 };
        let gap = gap.min(150.0);

        let mut lettered = Vec::new();
        let mut layers = Vec::new();
        for (layer, cells) in plan.layers.iter().enumerate() {
            let slot = match heading {
                Heading::Right => length,
                Heading::Down => slot(plan, cells, canvas),
            };
            let sized: Vec<Sized> = cells
                .iter()
                .enumerate()
                .map(|(place, &cell)| {
                    let links: Vec<usize> = (0..plan.links.len())
                        .filter(|&link| plan.links[link].layer + 1 == layer && plan.links[link].to == place)
                        .collect();
                    size(flow, plan, heading, cell, slot, gap, &links, &mut lettered)
                })
                .collect();
            layers.push(sized);
        }
        place(flow, plan, (heading, canvas), layers, &strips, gap, lettered)
    }
}

/// The room that the widest phrases need, which are not to be broken.
struct Words {
    /// A box with its white.
    boxed: f64,
    /// The lettering of an arrow.
    lettered: f64,
}

impl Words {
    fn of(flow: &Flow) -> Self {
        let widest = |texts: &mut dyn Iterator<Item = (&str, f64)>| {
            texts.map(|(text, size)| widest_phrase(text, size)).fold(0.0, f64::max)
        };
        let details = flow.nodes.iter().filter_map(|node| node.detail.as_deref());
        let labels = flow.nodes.iter().map(|node| (node.label.as_str(), LABEL));
        let boxed = widest(&mut labels.chain(details.map(|text| (text, DETAIL))));
        let edges = flow.edges.iter().flat_map(|edge| [Some(&edge.instrument), edge.detail.as_ref()]);
        let lettered = widest(&mut edges.flatten().map(|text| (text.as_str(), DETAIL)));
        Self { boxed: boxed.min(WIDEST) + 2.0 * PADDING + 0.1, lettered: lettered.min(WIDEST) + 0.1 }
    }

    /// The room between two boxes abreast, with the arrow's head.
    fn spanned(&self) -> f64 {
        self.lettered + HEAD + 2.5
    }

    /// Whether the layers have room below each other, with all lettering at the right of its arrow.
    fn fit_below(&self, plan: &Plan, canvas: f64) -> bool {
        plan.layers.iter().enumerate().all(|(layer, cells)| {
            let links =
                |place| plan.links.iter().filter(move |it| it.layer + 1 == layer && it.to == place).count();
            let nodes = (0..cells.len()).filter(|place| cells.get(*place) != Some(&Cell::Pass));
            let slot = slot(plan, cells, canvas);
            let most = nodes.map(links).max().unwrap_or(0);
            self.boxed <= slot && (most == 0 || self.lettered <= beside(slot / most as f64))
        })
    }
}

/// The room that each box of a layer has where the money runs downwards.
fn slot(plan: &Plan, cells: &[Cell], canvas: f64) -> f64 {
    let passes = cells.iter().filter(|cell| **cell == Cell::Pass).count();
    let between =
        (cells.len() as f64 - 1.0) * plan.between(cells.len()) + passes as f64 * PASS + 2.0 * MARGIN;
    (canvas - between) / (cells.len() - passes).max(1) as f64
}

/// How much a drawing may grow, and its lettering shrink, before the money runs downwards; and how much at all.
const SMALLER: f64 = 1.15;
pub(super) const SMALLEST: f64 = DETAIL / 6.0;
/// More layers run downwards where each is narrow.
const DEEP: usize = 4;
/// The widest phrase that a figure grows for.
const WIDEST: f64 = 120.0;
const MARGIN: f64 = 1.0;

fn breadth(plan: &Plan, cells: &[Sized]) -> f64 {
    let gaps = plan.between(cells.len()) * (cells.len() as f64 - 1.0).max(0.0);
    cells.iter().map(|cell| cell.breadth).sum::<f64>() + gaps
}

fn height(letters: Option<&Lettering>) -> f64 {
    letters.map_or(0.0, |it| (it.instrument.len() + it.detail.len()) as f64 * DETAIL * LEADING)
}

/// Where everything stands: the run of each link across, and where each layer begins and ends along.
struct Places {
    runs: Vec<f64>,
    bounds: Vec<(f64, f64)>,
    along: f64,
}

/// Gives every layer and lane its place; the cells are told the middle of their own.
fn spread(
    plan: &Plan,
    heading: Heading,
    layers: &mut [Vec<Sized>],
    letters: &[Option<Lettering>],
    (strips, gap, across): (&[f64], f64, f64),
) -> Places {
    let mut runs = vec![0.0; plan.links.len()];
    let mut bounds: Vec<(f64, f64)> = Vec::new();
    let mut along = MARGIN;
    for (layer, cells) in layers.iter_mut().enumerate() {
        if layer > 0 {
            let tallest = (0..plan.links.len())
                .filter(|&link| plan.links[link].layer + 1 == layer)
                .map(|link| height(letters[link].as_ref()))
                .fold(0.0, f64::max);
            along += strips[layer - 1] + if heading == Heading::Right { gap } else { tallest + 4.0 + HEAD };
        }
        let length = cells.iter().map(|cell| cell.length).fold(0.0, f64::max);
        bounds.push((along, along + length));
        along += length;

        let mut start = (across - breadth(plan, cells)) / 2.0;
        let between = plan.between(cells.len());
        for cell in cells.iter_mut() {
            // Lanes in the order of where their arrows come from, so that arrows to one box do not cross.
            cell.lanes.sort_by_key(|&(link, _, _)| (plan.links[link].from, plan.links[link].edge));
            let lane_sum: f64 = cell.lanes.iter().map(|(_, breadth, _)| breadth).sum();
            let mut lane = start + (cell.breadth - lane_sum) / 2.0;
            for &(link, breadth, run) in &cell.lanes {
                runs[link] = lane + run;
                lane += breadth;
            }
            let visible = if heading == Heading::Down { cell.across } else { cell.breadth };
            let middle = start + cell.breadth / 2.0;
            start += cell.breadth + between;
            (cell.across, cell.breadth) = (middle, visible);
        }
    }
    Places { runs, bounds, along }
}

fn place(
    flow: &Flow,
    plan: &Plan,
    (heading, canvas): (Heading, f64),
    mut layers: Vec<Vec<Sized>>,
    strips: &[f64],
    gap: f64,
    lettered: Vec<Lettering>,
) -> Layout {
    let widest = layers.iter().map(|cells| breadth(plan, cells)).fold(0.0, f64::max);
    let across =
        if heading == Heading::Down { canvas.max(widest + 2.0 * MARGIN) } else { widest + 2.0 * MARGIN };
    let mut letters: Vec<Option<Lettering>> = plan.links.iter().map(|_| None).collect();
    for each in lettered {
        let link = each.link;
        letters[link] = Some(each);
    }
    let Places { mut runs, bounds, along } =
        spread(plan, heading, &mut layers, &letters, (strips, gap, across));
    straighten(plan, &mut layers, &mut runs);

    let mut ports: Vec<f64> =
        plan.links.iter().map(|link| port(plan, link, &layers[link.layer][link.from], &runs)).collect();
    let orders: Vec<_> =
        (0..layers.len()).map(|layer| turns(plan, layer, &layers[layer], &mut ports, &runs)).collect();
    let mut arrows = Vec::new();
    for (index, link) in plan.links.iter().enumerate() {
        let tallest = height(letters[index].as_ref());
        let (instrument, detail) =
            letters[index].take().map_or_else(Default::default, |it| (it.instrument, it.detail));
        let (from, to) = (&layers[link.layer][link.from], &layers[link.layer + 1][link.to]);
        let foot = if from.cell == Cell::Pass || heading == Heading::Right {
            bounds[link.layer].1
        } else {
            bounds[link.layer].0 + from.length
        };
        let turn = orders[link.layer].iter().position(|&it| it == (link.from, link.reversed)).unwrap_or(0);
        let turn = bounds[link.layer].1 + TURN + TURN_EACH * turn as f64;
        let (run, port) = (runs[index], ports[index]);
        // An arrow that passes goes on to the far side of the layer.
        let (near, far) = bounds[link.layer + 1];
        let tip = if to.cell == Cell::Pass { far } else { near };
        let mut points = vec![(foot, port)];
        if (port - run).abs() > 0.05 {
            points.extend([(turn, port), (turn, run)]);
        }
        points.push((tip, run));
        let lanes = bounds[link.layer].1 + strips[link.layer];
        let lettering = match heading {
            Heading::Right => ((lanes + bounds[link.layer + 1].0 - HEAD) / 2.0, run),
            Heading::Down => (bounds[link.layer + 1].0 - HEAD - 2.0 - tallest, run),
        };
        let ends = if link.reversed { from.cell != Cell::Pass } else { to.cell != Cell::Pass };
        let (payer, reversed) = (flow.edges[link.edge].from, link.reversed);
        arrows.push(Arrow { payer, points, ends, reversed, lettering, instrument, detail });
    }

    let frames = layers.into_iter().zip(&bounds).flat_map(|(cells, &(along, _))| {
        cells.into_iter().filter_map(move |cell| {
            let Cell::Node(node) = cell.cell else {
                return None;
            };
            Some(Frame {
                along,
                across: cell.across - cell.breadth / 2.0,
                length: cell.length,
                breadth: cell.breadth,
                label: cell.label,
                detail: cell.detail,
                source: !flow.edges.iter().any(|edge| edge.to == node && edge.from != node),
            })
        })
    });
    Layout { heading, along: along + MARGIN, across, frames: frames.collect(), arrows }
}
