//! A build split among machines.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::enclosure::Digest;

/// One of several parts of a build: `2/5`. Which sheets are in it follows from their names alone, so that adding a sheet moves
/// no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shard {
    number: u64,
    of: u64,
}

impl Shard {
    /// Whether a sheet is in the part.
    pub fn has(self, name: &str) -> bool {
        let digits = Digest::of(name.as_bytes()).to_string();
        let place = digits.get(..15).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0);
        place % self.of == self.number - 1
    }

    /// About how many of so many sheets are in the part.
    pub(super) fn share(self, sheets: usize) -> usize {
        sheets / usize::try_from(self.of).unwrap_or(usize::MAX).max(1)
    }

    /// The first parts of the same split that are not among some; `None` when those are of several splits.
    pub(super) fn missing(given: &[Self]) -> Option<Vec<Self>> {
        let Some(of) = given.first().map(|shard| shard.of) else {
            return Some(Vec::new());
        };
        if given.iter().any(|shard| shard.of != of) {
            return None;
        }
        let all = (1..=of).map(|number| Self { number, of });
        let missing = all.filter(|shard| !given.contains(shard));
        Some(missing.take(10).collect())
    }
}

impl TryFrom<String> for Shard {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Shard> for String {
    fn from(shard: Shard) -> Self {
        shard.to_string()
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(number, of)| {
            let (number, of) = (number.parse().ok()?, of.parse().ok()?);
            (number >= 1 && number <= of).then_some(Self { number, of })
        });
        parts.ok_or_else(|| "write the number of the part and how many there are, e.g. `2/5`".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_is_in_one_part() {
        for name in ["fy2022/mext-5/overview", "fy2022/mext-5/q-leap", "a", ""] {
            let parts = (1..=5).map(|number| Shard { number, of: 5 });
            assert_eq!(parts.filter(|part| part.has(name)).count(), 1, "{name}");
        }
    }

    #[test]
    fn a_part_that_cannot_be_is_refused() {
        assert_eq!("2/5".parse(), Ok(Shard { number: 2, of: 5 }));
        for text in ["", "0/5", "6/5", "1", "1/0", "-1/5", "a/b"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
