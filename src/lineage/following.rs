//! Groups of two years, as the rules on years look at them.

use super::continuity::held;
use super::{Group, Held, Lineage, Link, Place, YearLine, counting};

/// A group, the later year at one stage; only the lines that count in it.
#[derive(Debug)]
pub struct Following<'l, 'a> {
    pub(super) lineage: &'l Lineage<'a>,
    pub group: &'l Group<'a>,
    /// The lines of the earlier year, each with its rows at all stages.
    pub earlier: Vec<&'l [Place<'a>]>,
    /// The rows of the later year, all of one stage.
    pub later: Vec<Place<'a>>,
}

impl<'a> Lineage<'a> {
    /// The groups of two years right after each other, once for each stage of the later one.
    pub fn following(&self) -> impl Iterator<Item = Following<'_, 'a>> {
        self.later_ones().filter(Following::is_next)
    }

    /// The same where the prior amounts are held against what was enacted: also parts of sums that nothing leads to.
    pub fn held(&self) -> impl Iterator<Item = (Following<'_, 'a>, Held)> {
        self.following().flat_map(|following| {
            let loose = following.loose().map(|loose| {
                let held = held(Link::Kept, &loose.later, &loose.earlier);
                (loose, held)
            });
            let held = following.held();
            [Some((following, held)), loose].into_iter().flatten()
        })
    }

    /// All groups, once for each stage of the later year.
    pub fn later_ones(&self) -> impl Iterator<Item = Following<'_, 'a>> {
        self.groups.iter().flat_map(move |group| {
            let later: Vec<&YearLine<'_>> = self.lines(&group.later).collect();
            let stages = later.first().map_or(&[][..], |line| line.rows.as_slice());
            let follow = move |place: &Place<'a>| {
                let (now, stage) = place.time();
                let at =
                    |line: &&YearLine<'a>| line.rows.iter().find(|it| it.time() == (now, stage)).copied();
                let later = later.iter().map(at).collect::<Option<Vec<_>>>()?;
                let earlier: Vec<&[Place<'a>]> =
                    self.lines(&group.earlier).map(|line| line.rows.as_slice()).collect();
                let earlier = counting(earlier, |rows| rows.first().is_some_and(Place::counts));
                Some(Following { lineage: self, group, earlier, later: counting(later, Place::counts) })
            };
            stages.iter().filter_map(follow).collect::<Vec<_>>()
        })
    }
}

impl<'l, 'a> Following<'l, 'a> {
    /// Whether the one year is right before the other.
    pub fn is_next(&self) -> bool {
        let now = self.later.first().map(|place| place.time().0);
        let mut years = self.earlier.iter().filter_map(|rows| rows.first()).map(|place| place.time().0);
        now.is_some_and(|now| years.all(|year| year < now && now.prior() == year))
    }

    /// Whether lines are below these in one of the years only, and elsewhere in the other one.
    pub fn is_crossed(&self) -> bool {
        self.lineage.is_crossed(self.group)
    }

    /// How the prior amounts of the later year stand to the budget of the earlier one.
    pub fn held(&self) -> Held {
        match held(self.group.link, &self.later, &self.earlier) {
            Held::Broken(found) if self.is_of_todays_parts(&found) => Held::Agree,
            held => held,
        }
    }

    /// The lines of the earlier year at their first stage.
    pub fn before(&self) -> impl Iterator<Item = Place<'a>> + use<'_, 'l, 'a> {
        self.earlier.iter().filter_map(|rows| rows.first().copied())
    }
}
