//! Which pages of a sheet lie on their long side: those of what an upright page squeezes, and of what stands before and after it where that
//! saves a page with hardly anything on it.

use std::collections::BTreeSet;

use super::breaks::{Cutter, pages};
use super::galley::{Frame, Galley, Strip};

/// Of a sheet set upright and lying the pages that cost least together, as one galley, and the strips that begin them. A block is set in
/// one way, unless the two are not of one `structure`: then the whole sheet is.
pub(super) fn either(
    [upright, lying]: [Galley; 2],
    [depth, lying_depth]: [f32; 2],
    structure: bool,
) -> (Galley, Vec<usize>) {
    let units = |galley: &Galley| galley.strips.iter().map(|strip| strip.unit).collect::<BTreeSet<_>>();
    let mut common = &units(&upright) & &units(&lying);
    common.retain(|unit| structure || *unit == 0);
    let first = |galley: &Galley, unit: usize| galley.strips.partition_point(|strip| strip.unit < unit);
    let parts: Vec<_> =
        common.iter().map(|unit| vec![first(&upright, *unit), first(&lying, *unit)]).collect();
    let ways = [Cutter::new(&upright, depth), Cutter::new(&lying, lying_depth).lying()];
    let pages = pages(&ways, &parts);

    let (frames, heads) = (upright.frames.len(), upright.heads.len());
    let mut whole = upright;
    whole.heads.extend(lying.heads);
    whole.frames.extend(lying.frames.into_iter().map(|frame| Frame {
        parent: frame.parent.map(|parent| parent + frames),
        over: frame.over.map(|over| over + heads),
        ..frame
    }));
    let turned = lying.strips.into_iter().map(|strip| Strip {
        frame: strip.frame.map(|frame| frame + frames),
        head: strip.head.map(|head| head + heads),
        turned: true,
        ..strip
    });
    let mut strips = [std::mem::take(&mut whole.strips), turned.collect()];
    let mut cuts = Vec::with_capacity(pages.len());
    for (way, page) in pages {
        cuts.push(whole.strips.len());
        let set = strips.get_mut(way).and_then(|strips| strips.get_mut(page)).unwrap_or_default();
        whole.strips.extend(set.iter_mut().map(std::mem::take));
    }
    (whole, cuts.split_off(1.min(cuts.len())))
}
