//! Headings of columns, broken where a reader would pause.

use crate::breaks::opportunities;
use crate::render::pdf::text::{StyledText, natural_width};
use crate::typeface::Fonts;

/// A heading with a break where it is best halved, and the width that it then has.
pub(super) fn in_two(heading: &StyledText, fonts: &Fonts) -> (StyledText, f32) {
    let whole = natural_width(heading, fonts);
    let mut best = (heading.clone(), whole);
    let mut least = f32::INFINITY;

    // A heading this long is running text.
    if heading.text.len() > 200 {
        return best;
    }
    for place in opportunities(&heading.text).iter() {
        if place.is_forced() || !place.is_between_words() || place.at == 0 || place.at >= heading.text.len() {
            continue;
        }
        let halved = heading.broken_at(place.at);
        let width = natural_width(&halved, fonts);
        // A pause is worth a somewhat wider column.
        let cost = if is_pause(&heading.text, place.at) { width } else { width * 1.35 };
        if cost < least {
            least = cost;
            best = (halved, width);
        }
    }
    best
}

/// The heading as it is set in a column of a width.
pub(super) fn broken(heading: &StyledText, fonts: &Fonts, width: f32) -> StyledText {
    if natural_width(heading, fonts) <= width {
        return heading.clone();
    }
    let (halved, needed) = in_two(heading, fonts);
    if needed <= width + 0.01 { halved } else { heading.clone() }
}

/// The narrowest that a heading may be without a break inside a word.
pub(super) fn whole_words(heading: &StyledText, fonts: &Fonts) -> f32 {
    let (halved, width) = in_two(heading, fonts);
    let at = halved.text.find('\n');
    match at.is_some_and(|at| is_pause(&heading.text, at)) {
        true => width,
        false => natural_width(heading, fonts),
    }
}

fn is_pause(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    after.starts_with(['（', '(', '［', '/', '／'])
        || before.ends_with(['・', 'の', ' ', '　', '／', '/'])
        || before.ends_with("年度")
}
