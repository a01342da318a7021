//! What a search for room came to, for those who want to know why a page looks as it does.

/// How a sheet came to fit its page, or by how much it does not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fit {
    /// The ways that were tried to have all of it on one page, in their order; none where title and small print leave no room for
    /// boxes, so that the sheet is set as a report.
    pub tried: Vec<Trial>,
    /// The way taken, by its place among them; `None` where the sheet goes on on another page.
    pub taken: Option<usize>,
    /// The heading of what takes the most room.
    pub longest: Option<String>,
    /// What is in its boxes is far longer than any page, so that nothing was tried.
    pub is_long: bool,
}

/// A way that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Which step it was, from the roomiest, 1, to the tightest.
    pub step: usize,
    /// The size of running text.
    pub size: f32,
    /// The distance between its lines.
    pub leading: f32,
    /// The columns' widths, in twelfths of the page's.
    pub columns: &'static [u8],
    /// How many lines are left at the page's foot; below zero, how many there is no room for.
    pub spare: f32,
}

impl Fit {
    /// How many lines there is no room for on one page, at the tightest size; `None` where all fits, or nothing was tried.
    pub fn over(&self) -> Option<usize> {
        if self.taken.is_some() {
            return None;
        }
        let tightest = self.tried.iter().map(|it| it.leading).fold(f32::INFINITY, f32::min);
        let at_it = self.tried.iter().filter(|it| it.leading <= tightest).map(|it| -it.spare);
        let least = at_it.fold(f32::INFINITY, f32::min);
        least.is_finite().then(|| least.ceil().max(1.0) as usize)
    }
}
