//! The characters that a sheet uses of a face, and the codes they have in its PDF.

/// A set of characters; each has a code by its place in the set, counted from 1.
#[derive(Default)]
pub(super) struct Characters {
    /// A bit for every code point.
    words: Vec<u64>,
    /// How many characters stand before each word.
    before: Vec<u32>,
}

impl Characters {
    /// Adds the characters of a text. Codes are known after [`Characters::count`].
    pub(super) fn add(&mut self, text: &str) {
        for character in text.chars() {
            let (word, bit) = place(character);
            if self.words.len() <= word {
                self.words.resize(word + 1, 0);
            }
            if let Some(word) = self.words.get_mut(word) {
                *word |= bit;
            }
        }
    }

    /// Gives every character its code.
    pub(super) fn count(&mut self) {
        let mut sum = 0;
        self.before = Vec::with_capacity(self.words.len());
        for word in &self.words {
            self.before.push(sum);
            sum += word.count_ones();
        }
    }

    /// The code of a character of the set. A font has codes for 65,535 characters; those beyond share the last one.
    pub(super) fn code(&self, character: char) -> u16 {
        let (word, bit) = place(character);
        let within = self.words.get(word).copied().unwrap_or(0) & (bit - 1);
        let before = self.before.get(word).copied().unwrap_or(0);
        u16::try_from(before + within.count_ones() + 1).unwrap_or(u16::MAX)
    }

    /// The characters that have a code of their own, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = char> {
        let words = self.words.iter().enumerate();
        let codes = words.flat_map(|(place, word)| {
            let next = |left: &u64| Some(left & (left - 1)).filter(|left| *left > 0);
            let lefts = std::iter::successors(Some(*word).filter(|word| *word > 0), next);
            let bits = lefts.map(u64::trailing_zeros);
            bits.filter_map(move |bit| char::from_u32(place as u32 * u64::BITS + bit))
        });
        codes.take(usize::from(u16::MAX))
    }
}

/// The word and the bit of a character.
fn place(character: char) -> (usize, u64) {
    let code = u32::from(character);
    ((code / u64::BITS) as usize, 1 << (code % u64::BITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_count_the_characters_in_order() {
        let mut characters = Characters::default();
        characters.add("予算\u{10FFFF}a🈁b");
        characters.add("算b\0");
        characters.count();
        let listed: Vec<(char, u16)> = characters.iter().map(|c| (c, characters.code(c))).collect();
        let expected = ['\0', 'a', 'b', '予', '算', '🈁', '\u{10FFFF}'];
        assert_eq!(listed, expected.into_iter().zip(1..).collect::<Vec<_>>());
    }
}
