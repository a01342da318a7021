//! Sums: their order does not matter, honest rounding is never called wrong, and what rounding cannot explain is always found.

use std::collections::BTreeSet;
use std::fmt::Write;

use gaisan::examine;
use gaisan::model::{Amount, Lang, Rounding, Unit};
use gaisan::read::read_texts;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::laws::cases;

/// A line of a budget with its exact amount in yen, if it has one of its own, and the lines below it.
#[derive(Clone, Debug)]
struct Tree {
    id: usize,
    own: i128,
    below: Vec<Tree>,
}

impl Tree {
    fn exact(&self) -> i128 {
        if self.below.is_empty() { self.own } else { self.below.iter().map(Self::exact).sum() }
    }

    fn numbered(mut self, next: &mut usize) -> Self {
        self.id = *next;
        *next += 1;
        self.below = self.below.into_iter().map(|line| line.numbered(next)).collect();
        self
    }

    fn all(&self) -> Vec<&Self> {
        std::iter::once(self).chain(self.below.iter().flat_map(Self::all)).collect()
    }

    /// The tree with the lines below each line in another order.
    fn shuffled(&self, seed: usize) -> Self {
        let mut below: Vec<Self> = self.below.iter().map(|line| line.shuffled(seed)).collect();
        below.sort_by_key(|line| (line.id + 1).wrapping_mul(seed | 1) % 1009);
        Self { below, ..self.clone() }
    }

    /// The tree as a chapter, each line's amount, if it has one, written by a function.
    fn chapter(&self, head: &str, amount: &dyn Fn(&Self) -> Option<String>) -> String {
        let mut yaml = format!(
            "gaisan: 1\nid: chapter\nministry: m\nfiscal_year: FY2027\nstage: request\nunit: 百万円\n{head}"
        );
        self.write(&mut yaml, "", "programs", amount);
        yaml
    }

    /// The rest of a line's entry, and what is below it.
    fn write(&self, yaml: &mut String, indent: &str, key: &str, amount: &dyn Fn(&Self) -> Option<String>) {
        let _ = writeln!(yaml, "{indent}title: t\n{indent}prior: new");
        if let Some(amount) = amount(self) {
            let _ = writeln!(yaml, "{indent}requested: {amount}");
        }
        if !self.below.is_empty() {
            let _ = writeln!(yaml, "{indent}breakdown: complete\n{indent}{key}:");
        }
        for line in &self.below {
            let _ = writeln!(yaml, "{indent}  - id: line-{}", line.id);
            line.write(yaml, &format!("{indent}    "), "children", amount);
        }
    }
}

/// Trees whose leaves are at least one 百万円, to the yen.
fn tree() -> impl Strategy<Value = Tree> {
    let leaf = (1_000_000_i128..90_000_000_000).prop_map(|own| Tree { id: 0, own, below: Vec::new() });
    let inner = leaf.prop_recursive(3, 24, 5, |line| {
        proptest::collection::vec(line, 1..5).prop_map(|below| Tree { id: 0, own: 0, below })
    });
    proptest::collection::vec(inner, 1..5).prop_map(|below| Tree { id: 0, own: 0, below }.numbered(&mut 0))
}

/// An amount of yen as a budget prints it, rounded to 10^`places` yen in 百万円.
fn printed(yen: i128, rule: Rounding, decimals: u8) -> (Amount, String) {
    let million = Unit::parse("百万円").unwrap();
    let exact = Amount::from_smallest_units(yen * 100, Unit::parse("円").unwrap(), 0).unwrap();
    let rounded = exact.rounded_to(million, decimals, rule).unwrap();
    (rounded, gaisan::notation::Notation::new(Lang::Ja).figure(&rounded, million))
}

fn rounding() -> impl Strategy<Value = (Rounding, &'static str)> {
    select(vec![
        (Rounding::HalfUp, "四捨五入"),
        (Rounding::Truncate, "切捨て"),
        (Rounding::Ceiling, "切上げ"),
    ])
}

/// The codes of what is wrong with a chapter.
fn codes(chapter: &str) -> BTreeSet<&'static str> {
    let reading = read_texts(&[("request.yaml", chapter)]);
    assert_eq!(reading.requests.len(), 1, "{chapter}");
    examine(&reading).findings.iter().map(|finding| finding.code).collect()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_sum_does_not_depend_on_the_order_of_its_parts(tree in tree(), units in any::<u64>(), seed in any::<usize>()) {
        // Some totals are left to be added up, and the leaves are stated in different units.
        let amount = |line: &Tree| {
            let choice = (units >> (line.id % 60)) & 3;
            Some(match (line.below.is_empty(), choice) {
                (false, 0) => return None,
                (false, _) => format!("{}円", line.exact()),
                (true, 0) => format!("{}円", line.own),
                (true, 1) => format!("{}千円", line.own / 1000),
                (true, 2) => format!("{}", line.own / 1_000_000),
                (true, _) => format!("{}億円", line.own / 100_000_000),
            })
        };
        let rows = |tree: &Tree| {
            let chapter = tree.chapter("", &amount);
            let reading = read_texts(&[("request.yaml", &chapter)]);
            let rollups = examine(&reading).rollups;
            let mut rows: Vec<_> = rollups[0]
                .rows
                .iter()
                .map(|row| (row.line.id.value.to_string(), row.requested.amount, row.requested.listed, row.requested.remainder))
                .collect();
            rows.sort_by(|one, other| one.0.cmp(&other.0));
            rows
        };
        let shuffled = tree.shuffled(seed);
        prop_assert_eq!(rows(&tree), rows(&shuffled));
    }

    #[test]
    fn honest_rounding_is_never_called_wrong(tree in tree(), (rule, name) in rounding(), decimals in 0_u8..=3, stated in any::<bool>()) {
        let head = if stated { format!("rounding: {name}\n") } else { String::new() };
        let chapter = tree.chapter(&head, &|line| Some(printed(line.exact(), rule, decimals).1));
        let reading = read_texts(&[("request.yaml", &chapter)]);
        for finding in examine(&reading).findings {
            // Where the rule is not stated, the true one is among those that the sums are said to fit.
            let names_it = !stated && finding.code == "N0210" && finding.message.contains(name);
            prop_assert!(names_it, "{finding:?}\n{chapter}");
        }
    }

    #[test]
    fn a_line_moved_beyond_rounding_is_always_found(
        tree in tree(), (rule, name) in rounding(), decimals in 0_u8..=3, at in any::<Index>(), up in any::<bool>(),
    ) {
        let inner: Vec<&Tree> = tree.all().into_iter().filter(|line| !line.below.is_empty()).collect();
        let parent = at.get(&inner);
        let moved = at.get(&parent.below).id;
        // Rounding reaches less than half a quantum up or down (or one whole quantum in one direction) for each line and for the
        // total, so that this many quanta lie beyond it whatever the lines were.
        let quanta = i128::try_from(parent.below.len()).unwrap() + 1;
        let quantum = 10_i128.pow(6 - u32::from(decimals));
        let amount = |line: &Tree| {
            let exact = line.exact();
            let by = if line.id == moved { quanta * quantum } else { 0 };
            // A line is not moved to zero or below, where rounding reaches further.
            let by = if up || exact - by < 2 * quantum { by } else { -by };
            Some(printed(exact + by, rule, decimals).1)
        };
        let chapter = tree.chapter(&format!("rounding: {name}\n"), &amount);
        prop_assert!(codes(&chapter).contains("E0201"), "line-{moved}\n{chapter}");
    }
}
