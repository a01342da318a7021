//! How wide the columns of a table are.

use crate::model::Lang;

/// What a column would like, in points at the table's nominal size.
#[derive(Clone, Debug, Default)]
pub(super) struct Wish {
    /// The width of its widest cell on one line.
    pub(super) natural: f32,
    /// The width of its longest word.
    pub(super) word: f32,
    /// Whether it holds figures, which are not broken.
    pub(super) figures: bool,
    /// The size of its type.
    pub(super) letter: f32,
    /// The width of its heading on one line.
    pub(super) heading: f32,
    /// The widths of the widest whole number and of the widest fraction in it.
    pub(super) whole: f32,
    pub(super) fraction: f32,
    /// The same of figures with words behind them that say they are open.
    pub(super) open: (f32, f32),
    /// Of its first cells the width on one line, that of the longest word, and how far its lines stand in.
    pub(super) cells: Vec<(f32, f32, f32)>,
}

impl Wish {
    /// The width in which all figures stand point below point, with the words behind them beside them; 0 where there are no such words.
    pub(super) fn with_open(&self) -> f32 {
        let (whole, behind) = self.open;
        if behind > 0.0 { self.whole.max(whole) + self.fraction.max(behind) } else { 0.0 }
    }

    /// The width that it must have to look well.
    fn floor(&self, size: f32) -> f32 {
        if self.figures { self.word } else { self.natural.min(self.word.clamp(6.0 * size, 12.0 * size)) }
    }
}

/// What the columns get.
#[derive(Clone, Debug)]
pub(super) struct Division {
    /// The widths, padding included; they add up to the measure.
    pub(super) widths: Vec<f32>,
    /// The white at either side of a cell.
    pub(super) padding: f32,
    /// The size of the type.
    pub(super) size: f32,
    /// How much of what the columns must have is lacking, as a share: words and figures are broken for it.
    pub(super) lacking: f32,
}

/// The squares of type that a line of a column should have, in Japanese and in English; what it costs that it has hardly one, and that words are
/// broken.
const FEWEST: f32 = 11.0;
const FEWEST_LATIN: f32 = 6.0;
const SQUEEZED: f32 = 300.0;
const BROKEN: f32 = 400.0;

impl Division {
    /// What it costs that the measure squeezes the columns.
    pub(super) fn strain(&self, wishes: &[Wish], lang: Lang) -> f32 {
        let wanted = if lang == Lang::En { FEWEST_LATIN } else { FEWEST };
        let squeezed = SQUEEZED * (1.0 - self.fewest(wishes) / wanted).max(0.0).powi(2);
        if self.lacking > 0.0 { BROKEN * (1.0 + self.lacking) } else { squeezed }
    }

    /// How many letters a line of the narrowest column of text has that wants more, on an average of its cells.
    fn fewest(&self, wishes: &[Wish]) -> f32 {
        let texts = self.widths.iter().zip(wishes).filter(|(_, wish)| !wish.figures);
        let letters = texts.map(|(width, wish)| {
            let scale = self.size / wish.letter.max(1.0);
            let rooms = wish.cells.iter().filter_map(|(bare, _, inset)| {
                let room = width - 2.0 * self.padding - inset * scale;
                (bare * scale * 0.8 > room).then_some(room / self.size)
            });
            let (sum, count) = rooms.fold((0.0, 0.0_f32), |(sum, count), room| (sum + room, count + 1.0));
            if count > 0.0 { sum / count } else { f32::INFINITY }
        });
        letters.fold(f32::INFINITY, f32::min)
    }
}

/// Divides the measure among columns. Figures get what they need, text shares the rest; a table too wide for that is set
/// smaller, down to `smallest`; one that is still too wide has its words broken.
pub(super) fn divide(wishes: &[Wish], measure: f32, nominal: f32, smallest: f32) -> Division {
    let count = wishes.len().max(1) as f32;
    let floors: Vec<f32> = wishes.iter().map(|wish| wish.floor(nominal)).collect();
    let needed: f32 = floors.iter().sum::<f32>().max(f32::EPSILON);
    let padding_of = |size: f32| size * 0.5;
    let takes = |size: f32| needed * size / nominal + count * 2.0 * padding_of(size);
    let size = (nominal * measure / takes(nominal)).clamp(smallest.min(nominal), nominal);

    if takes(size) > measure + 0.5 {
        return Division { lacking: takes(size) / measure - 1.0, ..crowded(&floors, measure, size) };
    }
    let (scale, padding) = (size / nominal, padding_of(size));
    let mut widths: Vec<f32> = floors.iter().map(|floor| floor * scale).collect();
    let room = measure - count * 2.0 * padding - widths.iter().sum::<f32>();
    let wants: Vec<f32> =
        wishes.iter().zip(&widths).map(|(wish, width)| (wish.natural * scale - width).max(0.0)).collect();
    let grants = shortest(wishes, &widths, &wants, room, scale);
    for (width, grant) in widths.iter_mut().zip(&grants) {
        *width += grant;
    }
    let mut spare = (room - grants.iter().sum::<f32>()).max(0.0);
    // Headings of figures need not be broken where no text wants the room beside them.
    let lacks = |(wish, width): (&Wish, &f32)| match wish.figures {
        true => (wish.heading * scale - width).max(0.0),
        false => 0.0,
    };
    let lacking: Vec<f32> = wishes.iter().zip(&widths).map(lacks).collect();
    let all: f32 = lacking.iter().sum();
    let is_served = wants.iter().zip(&grants).all(|(want, grant)| *grant + 0.1 > *want);
    if is_served && all <= spare {
        widths.iter_mut().zip(lacking).for_each(|(width, lacking)| *width += lacking);
        spare -= all;
    }
    share(&mut widths, wishes, spare);
    let widths = widths.into_iter().map(|width| width + 2.0 * padding).collect();
    Division { widths, padding, size, lacking: 0.0 }
}

/// Steps in which a column is favored over the others.
const STEPS: u8 = 8;

/// Tries to share fairly, and to fulfil each column's wish before the others', wholly, in part or so that its words are whole, and goes on from the
/// best of these by little: what costs least is taken.
fn shortest(wishes: &[Wish], widths: &[f32], wants: &[f32], room: f32, scale: f32) -> Vec<f32> {
    let mut best = fair(wants, room);
    let mut least = cost(wishes, widths, &best, scale);
    let text = wishes.iter().enumerate().filter(|(_, wish)| !wish.figures);
    for (first, wish) in text.take(8) {
        let want = wants.get(first).copied().unwrap_or(0.0);
        let words = wish.cells.iter().map(|(_, word, inset)| (word + inset) * scale).fold(0.0, f32::max);
        let whole = (words - widths.get(first).copied().unwrap_or(0.0)).min(want).max(0.0);
        let steps = (1..=STEPS).map(|step| want * f32::from(step) / f32::from(STEPS));
        for favored in steps.chain([whole]) {
            let mut others = wants.to_vec();
            if let Some(own) = others.get_mut(first) {
                *own = 0.0;
            }
            let favored = favored.min(room);
            let mut grants = fair(&others, room - favored);
            if let Some(grant) = grants.get_mut(first) {
                *grant = favored;
            }
            let cost = cost(wishes, widths, &grants, scale);
            if cost < least {
                (best, least) = (grants, cost);
            }
        }
    }
    let takes = |at: &usize| wants.get(*at).is_some_and(|want| *want > 0.0);
    let takers: Vec<usize> = (0..wants.len()).filter(takes).take(8).collect();
    let pairs = takers.iter().flat_map(|from| takers.iter().map(move |to| (*from, *to)));
    let pairs: Vec<(usize, usize)> = pairs.filter(|(from, to)| from != to).collect();
    for _ in 0..3 * STEPS {
        let moved = pairs.iter().flat_map(|pair| [1.0, 3.0, 8.0].map(|by| (*pair, by * room / 32.0)));
        let moved = moved.filter_map(|(pair, by)| {
            let grants = shifted(&best, wants, pair, by)?;
            Some((cost(wishes, widths, &grants, scale), grants))
        });
        match moved.min_by(|one, other| one.0.total_cmp(&other.0)) {
            Some((cost, grants)) if cost < least => (best, least) = (grants, cost),
            _ => break,
        }
    }
    best
}

/// What speaks against widths: how high the table is, in lines, cells of many lines beside others of few, and words that are broken.
fn cost(wishes: &[Wish], widths: &[f32], grants: &[f32], scale: f32) -> f32 {
    let rows = wishes.iter().map(|wish| wish.cells.len()).max().unwrap_or(0);
    let row = |row: usize| {
        let (mut height, mut cost) = (1.0_f32, 0.0);
        for (wish, (width, grant)) in wishes.iter().zip(widths.iter().zip(grants)) {
            let Some((cell, word, inset)) = wish.cells.get(row) else { continue };
            let (cell, word, width) = (cell * scale, word * scale, width + grant - inset * scale + 0.1);
            if cell <= width {
                continue;
            }
            // Lines are seldom full: the next word did not fit. A last line of a letter or two looks worse than none.
            let letter = wish.letter * scale;
            let full = (width - letter).max(width * 0.6);
            let lines = (cell / full).ceil().max(2.0);
            let last = cell - (lines - 1.0) * full;
            let lines = if last < letter * 2.0 { lines + 0.6 } else { lines };
            height = height.max(lines);
            cost += (lines - 1.0).powi(2) * 0.03 + if word > width { 3.0 } else { 0.0 };
        }
        height + cost
    };
    (0..rows).map(row).sum()
}

/// Room taken from one column and given to another, as far as they have it and want it.
fn shifted(grants: &[f32], wants: &[f32], (from, to): (usize, usize), by: f32) -> Option<Vec<f32>> {
    let by = by.min(*grants.get(from)?).min(wants.get(to)? - grants.get(to)?);
    let mut shifted = grants.to_vec();
    *shifted.get_mut(from)? -= by;
    *shifted.get_mut(to)? += by;
    (by > 0.0).then_some(shifted)
}

/// Grants wishes out of a room: everyone an equal share, and what the modest leave goes to the others.
fn fair(wants: &[f32], room: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wants.len()).collect();
    let want = |place: usize| wants.get(place).copied().unwrap_or(0.0);
    order.sort_by(|a, b| want(*a).total_cmp(&want(*b)));
    let mut left = room.max(0.0);
    let mut grants = vec![0.0; wants.len()];
    for (served, place) in order.iter().enumerate() {
        let grant = want(*place).min(left / (wants.len() - served) as f32);
        if let Some(slot) = grants.get_mut(*place) {
            *slot = grant;
        }
        left -= grant;
    }
    grants
}

/// Gives spare room to the columns of text, or to all if there are only figures.
fn share(widths: &mut [f32], wishes: &[Wish], spare: f32) {
    let only_figures = wishes.iter().all(|wish| wish.figures);
    let takes = |wish: &Wish| {
        if only_figures || !wish.figures { wish.natural.max(1.0) } else { wish.natural * 0.25 }
    };
    let total: f32 = wishes.iter().map(takes).sum();
    for (width, wish) in widths.iter_mut().zip(wishes) {
        *width += spare * takes(wish) / total.max(f32::EPSILON);
    }
}

/// The columns of a table with more in it than a page has room for: in proportion, but wide enough for a letter each.
fn crowded(floors: &[f32], measure: f32, size: f32) -> Division {
    let count = floors.len().max(1) as f32;
    let equal = measure / count;
    let size = size.min(equal * 0.6);
    let padding = (size * 0.25).min(equal * 0.1);
    let least = size * 1.1 + 2.0 * padding;
    let room = (measure - least * count).max(0.0);
    let total: f32 = floors.iter().sum::<f32>().max(f32::EPSILON);
    let widths = floors.iter().map(|floor| least + room * floor / total).collect();
    Division { widths, padding, size, lacking: 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(natural: f32) -> Wish {
        Wish { natural, word: 20.0, ..Wish::default() }
    }

    fn figures(natural: f32) -> Wish {
        Wish { natural, word: natural, figures: true, ..Wish::default() }
    }

    #[test]
    fn columns_fill_the_measure() {
        for wishes in [
            vec![text(900.0), figures(50.0)],
            vec![figures(30.0); 3],
            vec![text(10.0); 60],
            vec![figures(90.0); 40],
        ] {
            let columns = divide(&wishes, 480.0, 8.5, 6.5);
            let total: f32 = columns.widths.iter().sum();
            assert!((total - 480.0).abs() < 0.1, "{total}");
        }
    }

    #[test]
    fn a_column_of_sentences_takes_room_from_names_that_have_enough() {
        let cells = |cells: &[f32]| Wish {
            natural: cells.iter().copied().fold(0.0, f32::max),
            word: 40.0,
            letter: 8.0,
            cells: cells.iter().map(|width| (*width, 40.0, 0.0)).collect(),
            ..Wish::default()
        };
        let columns =
            divide(&[cells(&[150.0; 6]), cells(&[0.0, 0.0, 700.0, 0.0, 0.0, 0.0])], 400.0, 8.0, 6.5);
        let enough = matches!(columns.widths.as_slice(), [names, notes] if *names >= 150.0 && *notes > 200.0);
        assert!(enough, "{columns:?}");
        // A word is not broken for the sake of fewer lines beside it.
        let names = Wish { cells: vec![(150.0, 118.0, 0.0); 2], ..cells(&[150.0]) };
        let columns = divide(&[names, cells(&[900.0, 900.0])], 300.0, 8.0, 6.5);
        assert!(
            columns.widths.first().is_some_and(|width| *width - 2.0 * columns.padding >= 118.0),
            "{columns:?}"
        );
    }

    #[test]
    fn figures_get_what_they_need() {
        let columns = divide(&[text(2000.0), figures(50.0)], 480.0, 8.5, 6.5);
        assert!(
            columns.size == 8.5 && columns.widths.get(1).is_some_and(|w| w - 2.0 * columns.padding >= 50.0)
        );
    }

    #[test]
    fn every_column_of_a_crowded_table_holds_a_letter() {
        let columns = divide(&vec![text(400.0); 200], 480.0, 8.5, 6.5);
        assert!(columns.widths.iter().all(|w| w - 2.0 * columns.padding >= columns.size));
    }
}
