//! Which known word somebody may have meant.

/// The known word most like an unknown one, if any is like it.
pub fn nearest<'w>(word: &str, known: &[&'w str]) -> Option<&'w str> {
    let word = word.to_lowercase().replace('-', "_");
    let likeness = |candidate: &str| {
        let candidate = candidate.to_lowercase();
        let candidate = candidate.as_str();
        if candidate.len() > 3 && word.contains(candidate) || word.len() > 3 && candidate.contains(&word) {
            return 0.8;
        }
        strsim::normalized_damerau_levenshtein(&word, candidate)
    };
    let best =
        known.iter().map(|&candidate| (likeness(candidate), candidate)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.6).then_some(best.1)
}

/// Some words with those that look most like a word first.
pub fn by_likeness<'w>(word: &str, known: &[&'w str]) -> Vec<&'w str> {
    let word = word.to_lowercase();
    let likeness = |known: &str| strsim::normalized_damerau_levenshtein(&word, known);
    let mut sorted = known.to_vec();
    sorted.sort_by(|one, other| likeness(other).total_cmp(&likeness(one)));
    sorted
}

/// Whether a word is only misspelled for a known one: it has no more words or digits that would be lost with it.
pub fn is_misspelled(word: &str, known: &str) -> bool {
    let (word, known) = (word.to_lowercase().replace('-', "_"), known.to_lowercase());
    let digits = |text: &str| text.chars().filter(|c| c.is_numeric()).count();
    let more = word.chars().count().saturating_sub(known.chars().count());
    digits(&word) <= digits(&known) && more < 3 && !(more > 0 && word.contains(&known) && word.contains(' '))
}

/// Whether two names are alike enough to be two forms of one: at least half of it is the same, in the same order.
pub fn is_like(name: &str, other: &str) -> bool {
    strsim::normalized_damerau_levenshtein(&name.to_lowercase(), &other.to_lowercase()) >= 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelled_word_finds_its_nearest() {
        let known = ["requested", "prior", "breakdown", "policy_basis"];
        assert_eq!(nearest("requestd", &known), Some("requested"));
        assert_eq!(nearest("policy-basis", &known), Some("policy_basis"));
        assert_eq!(nearest("colour", &known), None);
        assert_eq!(nearest("e2001", &["E0101", "E0201"]), Some("E0201"));
    }
}
