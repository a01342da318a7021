//! Finding lines without counterparts that may be the same, without setting every line against every other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::change::{Link, Member, Relation};
use super::evidence::{Lone, bare, code, is_likely, namesakes, same_amount};
use super::forest::Forest;
use super::matching::Matching;
use super::proposal::{Likeness, Proposal};
use crate::diagnostic::is_like;
use crate::lineage::may_be_same;
use crate::model::{Amount, CrosswalkKind, Money};
use crate::rollup::Column;

/// A pair of letters in more titles than this tells no two titles apart.
const COMMON: usize = 200;
/// What a pair of letters is worth that one title has.
const WEIGHT: usize = 1_000;
/// How many titles that share most with one are looked at closely.
const CLOSEST: usize = 4;

/// The proposals for each chapter of the new side, by its place; the likeliest first, and of those the largest amounts.
pub(super) fn proposals<'a>(matching: &Matching<'a>) -> BTreeMap<usize, Vec<Proposal<'a>>> {
    let mut search = Search::new(matching);
    search.by_id();
    search.by_title(true);
    search.by_title(false);
    search.by_near_title();
    search.by_amount();

    let mut found: BTreeMap<usize, Vec<(Reverse<i128>, Proposal<'a>)>> = BTreeMap::new();
    for (gone, come, likeness) in &search.found {
        let Some(proposal) = search.proposal(gone, come, *likeness) else {
            continue;
        };
        let size = come.amounts.iter().chain(&gone.amounts).next();
        let size = size.map_or(0, |amount| amount.abs().smallest_units());
        found.entry(come.chapter).or_default().push((Reverse(size), proposal));
    }
    found
        .into_iter()
        .map(|(chapter, mut proposals)| {
            proposals.sort_by_key(|(size, proposal)| (proposal.likeness, *size));
            let proposals = proposals.into_iter().map(|(_, proposal)| proposal);
            (chapter, proposals.collect())
        })
        .collect()
}

struct Search<'m, 'a> {
    matching: &'m Matching<'a>,
    gone: Vec<Lone<'a>>,
    come: Vec<Lone<'a>>,
    found: Vec<(Lone<'a>, Lone<'a>, Likeness)>,
}

impl<'m, 'a> Search<'m, 'a> {
    fn new(matching: &'m Matching<'a>) -> Self {
        let namesakes = [&matching.old, &matching.new].map(namesakes);
        let lone = |forest: &Forest<'a>, line: usize, units: &[usize], is_old: bool| {
            let tree = forest.trees.get(line)?;
            let row = tree.member.row;
            let amount = |column: Column| column.sums(row).amount.filter(|amount| !amount.is_zero());
            let amounts = match (matching.relation, is_old) {
                (Relation::Years, true) => vec![amount(Column::Enacted), amount(Column::Requested)],
                (Relation::Years, false) => vec![amount(Column::Prior)],
                _ => vec![amount(Column::Requested)],
            };
            let title = bare(&row.line.title);
            let above = tree.parent.and_then(|above| forest.member(above));
            let known = namesakes.get(usize::from(!is_old));
            Some(Lone {
                member: tree.member,
                chapter: tree.chapter,
                above: tree.parent.and_then(|above| units.get(above)).copied(),
                above_title: above.map(|above| bare(&above.row.line.title)).unwrap_or_default(),
                code: code(&row.line.title),
                namesakes: known.and_then(|known| known.get(&title)).copied().unwrap_or(1),
                size: amount(Column::Requested),
                title,
                amounts: amounts.into_iter().flatten().collect(),
                is_new: row.prior_money() == Money::New,
            })
        };
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for unit in &matching.units {
            match (unit.link, unit.old.as_slice(), unit.new.as_slice()) {
                (Link::Ended | Link::Unlisted, [line], []) => {
                    gone.extend(lone(&matching.old, *line, &matching.unit_of_old, true));
                }
                (Link::New | Link::Listed, [], [line]) => {
                    come.extend(lone(&matching.new, *line, &matching.unit_of_new, false));
                }
                _ => {}
            }
        }
        let is_program = |lone: &Lone<'_>| lone.member.row.program.is_some();
        gone.retain(is_program);
        come.retain(is_program);
        Self { matching, gone, come, found: Vec::new() }
    }

    /// Takes pairs out of the search; each place at most once.
    fn take(&mut self, pairs: &[(usize, usize)], likeness: Likeness) {
        let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
        for &(one, other) in pairs {
            if gone.contains(&one) || come.contains(&other) {
                continue;
            }
            let pair = self.gone.get(one).zip(self.come.get(other));
            if let Some((old, new)) = pair.filter(|(old, new)| is_likely(old, new, likeness)) {
                self.found.push((old.clone(), new.clone(), likeness));
                gone.insert(one);
                come.insert(other);
            }
        }
        let mut at = 0;
        self.gone.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
        at = 0;
        self.come.retain(|_| {
            at += 1;
            !come.contains(&(at - 1))
        });
    }

    /// Pairs whose keys nothing else has.
    fn take_unique<K: std::hash::Hash + Eq>(
        &mut self,
        key: impl Fn(&Lone<'a>) -> Option<K>,
        likeness: Likeness,
    ) {
        let mut known: HashMap<K, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (at, lone) in self.gone.iter().enumerate() {
            if let Some(key) = key(lone) {
                known.entry(key).or_default().0.push(at);
            }
        }
        for (at, lone) in self.come.iter().enumerate() {
            if let Some(key) = key(lone) {
                known.entry(key).or_default().1.push(at);
            }
        }
        let mut pairs: Vec<(usize, usize)> = known
            .into_values()
            .filter_map(|pair| match (pair.0.as_slice(), pair.1.as_slice()) {
                ([gone], [come]) => Some((*gone, *come)),
                _ => None,
            })
            .collect();
        pairs.sort_unstable();
        self.take(&pairs, likeness);
    }

    /// The same id; inside one chapter such lines are counterparts already.
    fn by_id(&mut self) {
        let id = |lone: &Lone<'a>| Some(lone.member.row.line.id.value.clone());
        self.take_unique(id, Likeness::SameId);
    }

    /// The same title, below the same line or anywhere.
    fn by_title(&mut self, is_below_same: bool) {
        let key = |lone: &Lone<'a>| {
            let above = lone.above.filter(|_| is_below_same);
            (!lone.title.is_empty() && (above.is_some() || !is_below_same))
                .then(|| (lone.title.clone(), above))
        };
        self.take_unique(key, Likeness::SameTitle);
    }

    /// Titles that share most of their pairs of letters. A pair that many titles have says little of any of them.
    fn by_near_title(&mut self) {
        let of = |lones: &[Lone<'a>]| {
            let mut index: HashMap<(char, char), Vec<usize>> = HashMap::new();
            for (at, lone) in lones.iter().enumerate() {
                for pair in pairs(&lone.title) {
                    index.entry(pair).or_default().push(at);
                }
            }
            index
        };
        let (gone_by, come_by) = (of(&self.gone), of(&self.come));
        let weight = |pair: &(char, char)| {
            let known = [&gone_by, &come_by].map(|index| index.get(pair).map_or(0, Vec::len));
            WEIGHT / known.into_iter().max().unwrap_or(1).max(1)
        };
        let mut near: Vec<(Reverse<usize>, usize, usize)> = Vec::new();
        for (at, come) in self.come.iter().enumerate().filter(|(_, come)| !come.is_new) {
            let letters = pairs(&come.title);
            let mut shared: HashMap<usize, usize> = HashMap::new();
            for pair in &letters {
                let known = gone_by.get(pair).filter(|known| known.len() <= COMMON);
                for &gone in known.into_iter().flatten() {
                    *shared.entry(gone).or_default() += weight(pair);
                }
            }
            let mut shared: Vec<(usize, usize)> = shared.into_iter().collect();
            shared.sort_unstable_by_key(|&(gone, shared)| (Reverse(shared), gone));
            for (gone, shared) in shared.into_iter().take(CLOSEST) {
                let Some(other) = self.gone.get(gone) else {
                    continue;
                };
                let all: usize = letters.union(&pairs(&other.title)).map(weight).sum();
                let is_near = shared * 5 >= all * 2 && is_like(&come.title, &other.title);
                if is_near && is_likely(other, come, Likeness::NearTitle) {
                    near.push((Reverse(shared * 1000 / all.max(1)), gone, at));
                }
            }
        }
        near.sort_unstable();
        let pairs: Vec<(usize, usize)> = near.iter().map(|near| (near.1, near.2)).collect();
        self.take(&pairs, Likeness::NearTitle);
    }

    /// Amounts that no other line has, the same within rounding.
    fn by_amount(&mut self) {
        let mut amounts: Vec<(i128, Amount, usize)> = Vec::new();
        for (at, gone) in self.gone.iter().enumerate() {
            let one = |amount: &Amount| (amount.smallest_units(), *amount, at);
            amounts.extend(gone.amounts.iter().map(one));
        }
        amounts.sort_unstable_by_key(|amount| (amount.0, amount.2));
        let mut pairs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, come) in self.come.iter().enumerate().filter(|(_, come)| !come.is_new) {
            let mut fitting = BTreeSet::new();
            for amount in &come.amounts {
                let reach = amount.quantum().smallest_units() * 2;
                let near = amount.smallest_units() - reach..=amount.smallest_units() + reach;
                let start = amounts.partition_point(|known| known.0 < *near.start());
                let close = amounts.get(start..).unwrap_or_default();
                let close = close.iter().take_while(|known| near.contains(&known.0));
                let same = close.filter(|known| may_be_same(&[known.1], &[*amount]));
                fitting.extend(same.take(2).map(|known| known.2));
            }
            if let (Some(&gone), 1) = (fitting.first(), fitting.len()) {
                pairs.entry(gone).or_default().push(at);
            }
        }
        let pairs: Vec<(usize, usize)> = pairs
            .into_iter()
            .filter_map(|(gone, come)| match come.as_slice() {
                [come] => Some((gone, *come)),
                _ => None,
            })
            .collect();
        self.take(&pairs, Likeness::SameAmount);
    }

    fn proposal(&self, gone: &Lone<'a>, come: &Lone<'a>, likeness: Likeness) -> Option<Proposal<'a>> {
        let own = self.matching.counterpart.get(come.chapter)?;
        let kind = match *own == Some(gone.chapter) {
            true => CrosswalkKind::Renamed,
            false => CrosswalkKind::Moved,
        };
        let (old, new) = (gone.member, come.member);
        let amount = same_amount(gone, come);
        let years = (old.chapter.fiscal_year.value, new.chapter.fiscal_year.value);
        let entry = match years.0.cmp(&years.1) {
            std::cmp::Ordering::Less => Some(entry(kind, old, new)),
            std::cmp::Ordering::Greater => Some(entry(kind, new, old)),
            std::cmp::Ordering::Equal => None,
        };
        Some(Proposal { old, new, likeness, amount, kind, entry })
    }
}

/// `{kind: renamed, from: old-id, to: new-id}`.
fn entry(kind: CrosswalkKind, from: Member<'_>, to: Member<'_>) -> String {
    let chapter = match kind {
        CrosswalkKind::Moved => format!("chapter: {}, ", from.chapter.line.id.value),
        _ => String::new(),
    };
    format!(
        "{{kind: {}, {chapter}from: {}, to: {}}}",
        kind.slug(),
        from.row.line.id.value,
        to.row.line.id.value
    )
}

/// The pairs of neighboring letters in a title, each once.
fn pairs(title: &str) -> BTreeSet<(char, char)> {
    title.chars().zip(title.chars().skip(1)).collect()
}
