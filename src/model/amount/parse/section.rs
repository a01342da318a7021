//! Scales within scales: the 2千3百 of 2千3百億円.

/// The 千, 百 and 十 that count the same scale: 2千3百 of 億.
#[derive(Default)]
pub(super) struct Section {
    sum: Option<u64>,
    /// The power of ten of the last of them.
    last: usize,
}

impl Section {
    pub(super) fn is_empty(&self) -> bool {
        self.sum.is_none()
    }

    /// Takes in a number of tens; each must fit below the one before.
    pub(super) fn add(&mut self, digits: &str, tens: usize) -> Option<()> {
        let fits = self.is_empty() || digits.len() + tens <= self.last;
        let value: u64 = format!("{digits}{}", "0".repeat(tens)).parse().ok()?;
        self.sum = Some(self.sum.unwrap_or(0).checked_add(value).filter(|_| fits)?);
        self.last = tens;
        Some(())
    }

    /// The digits and decimals of the whole section, of which the last number is given.
    pub(super) fn close(&mut self, digits: &str, decimals: usize, tens: usize) -> Option<(String, usize)> {
        if !self.is_empty() {
            self.add(digits, tens).filter(|()| decimals == 0)?;
            return Some((std::mem::take(self).sum?.to_string(), 0));
        }
        Some((
            format!("{digits}{}", "0".repeat(tens.saturating_sub(decimals))),
            decimals.saturating_sub(tens),
        ))
    }
}

/// The power of ten of 千, 百 or 十 alone.
pub(super) fn ten_of(word: &str) -> Option<usize> {
    ["十", "百", "千"].iter().position(|ten| *ten == word).map(|at| at + 1)
}
