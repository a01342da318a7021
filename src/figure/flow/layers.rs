//! Who stands where: the nodes of a flow sorted into layers, sources first.
//!
//! A node stands one layer behind the last of those who pay it. An arrow that would close a circle is laid out the
//! other way round and drawn with its head at the start. An arrow over several layers passes through a cell in each.

use crate::figure::Flow;

/// What a place in a layer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// A node, by its place in the flow.
    Node(usize),
    /// A gap that an arrow passes through.
    Pass,
}

/// A piece of an arrow between neighboring layers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// The arrow, by its place in the flow.
    pub(super) edge: usize,
    /// The layer it leaves from.
    pub(super) layer: usize,
    /// The cell it leaves, by its place in that layer.
    pub(super) from: usize,
    /// The cell it reaches, by its place in the next layer.
    pub(super) to: usize,
    /// Whether the arrow points against the layers.
    pub(super) reversed: bool,
}

/// Layers of cells and the links between them.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) layers: Vec<Vec<Cell>>,
    pub(super) links: Vec<Link>,
    /// Whether boxes stand close together.
    pub(super) dense: bool,
}

impl Plan {
    pub(super) fn of(flow: &Flow) -> Self {
        let forward = forward(flow);
        let ranks = ranks(flow.nodes.len(), &forward);
        let depth = ranks.iter().max().map_or(0, |deepest| deepest + 1);
        let mut plan = Self { layers: vec![Vec::new(); depth], ..Self::default() };
        let mut place = vec![0; flow.nodes.len()];
        for (node, &rank) in ranks.iter().enumerate() {
            place[node] = plan.layers[rank].len();
            plan.layers[rank].push(Cell::Node(node));
        }
        for &Forward { edge, from, to, reversed } in &forward {
            let mut at = place[from];
            for layer in ranks[from]..ranks[to] {
                let next = if layer + 1 == ranks[to] {
                    place[to]
                } else {
                    plan.layers[layer + 1].push(Cell::Pass);
                    plan.layers[layer + 1].len() - 1
                };
                plan.links.push(Link { edge, layer, from: at, to: next, reversed });
                at = next;
            }
        }
        for _ in 0..4 {
            for layer in 1..depth {
                plan.sort(layer, |link| (link.layer + 1 == layer).then_some((link.to, link.from)));
            }
            for layer in (0..depth.saturating_sub(1)).rev() {
                plan.sort(layer, |link| (link.layer == layer).then_some((link.from, link.to)));
            }
        }
        plan
    }

    /// Sorts a layer by where the neighbors of its cells stand, which untangles most crossings. `ends` names a link's
    /// end in this layer and in the other.
    fn sort(&mut self, layer: usize, ends: impl Fn(&Link) -> Option<(usize, usize)>) {
        let count = self.layers[layer].len();
        let mut sums = vec![(0usize, 0usize); count];
        for (here, there) in self.links.iter().filter_map(&ends) {
            sums[here].0 += there;
            sums[here].1 += 1;
        }
        let mut order: Vec<usize> = (0..count).collect();
        // Cells without a neighbor there keep their place; thousandths keep the comparison in whole numbers.
        order.sort_by_key(|&cell| match sums[cell] {
            (_, 0) => cell * 1000,
            (sum, number) => sum * 1000 / number,
        });
        let mut moved = vec![0; count];
        for (new, &old) in order.iter().enumerate() {
            moved[old] = new;
        }
        self.layers[layer] = order.iter().map(|&cell| self.layers[layer][cell]).collect();
        for link in &mut self.links {
            if link.layer == layer {
                link.from = moved[link.from];
            } else if link.layer + 1 == layer {
                link.to = moved[link.to];
            }
        }
    }
}

struct Forward {
    edge: usize,
    from: usize,
    to: usize,
    reversed: bool,
}

/// The arrows, turned where needed so that they form no circle; those from a node to itself or to nowhere are left out.
fn forward(flow: &Flow) -> Vec<Forward> {
    let count = flow.nodes.len();
    let mut leaving = vec![Vec::new(); count];
    for (edge, arrow) in flow.edges.iter().enumerate() {
        if arrow.from < count && arrow.to < count && arrow.from != arrow.to {
            leaving[arrow.from].push(edge);
        }
    }
    let fed: Vec<bool> = (0..count).map(|node| flow.edges.iter().any(|edge| edge.to == node)).collect();
    let mut backwards = vec![false; flow.edges.len()];
    let mut seen = vec![false; count];
    let mut open = vec![false; count];
    let starts = (0..count).filter(|&node| !fed[node]).chain((0..count).filter(|&node| fed[node]));
    for start in starts {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        open[start] = true;
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.pop() {
            let Some(&edge) = leaving[node].get(next) else {
                open[node] = false;
                continue;
            };
            path.push((node, next + 1));
            let to = flow.edges[edge].to;
            if open[to] {
                backwards[edge] = true;
            } else if !seen[to] {
                seen[to] = true;
                open[to] = true;
                path.push((to, 0));
            }
        }
    }
    let mut edges: Vec<usize> = leaving.into_iter().flatten().collect();
    edges.sort_unstable();
    edges
        .into_iter()
        .map(|edge| {
            let arrow = &flow.edges[edge];
            let reversed = backwards[edge];
            let (from, to) = if reversed { (arrow.to, arrow.from) } else { (arrow.from, arrow.to) };
            Forward { edge, from, to, reversed }
        })
        .collect()
}

/// The layer of each node: the longest way to it.
fn ranks(count: usize, forward: &[Forward]) -> Vec<usize> {
    let mut ranks = vec![0; count];
    for _ in 0..count {
        let mut settled = true;
        for edge in forward {
            if ranks[edge.to] <= ranks[edge.from] {
                ranks[edge.to] = ranks[edge.from] + 1;
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    ranks
}
