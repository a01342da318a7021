//! A fault of ours, or of a library, kept to the thing that was being worked on: one sheet, one file, one family of chapters.
//!
//! A panic is always a mistake in a program and never in a budget. Whoever works on many things asks for each of them through
//! [`contained`], so that the others are done.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does some work, or says what stopped it. What the work had begun to change must not be used afterwards.
///
/// # Errors
/// When the work panics.
pub fn contained<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| said(payload.as_ref()))
}

/// In a build for tests, fails where a text asks for it, so that the containment of faults is tried through every command. A release has
/// nothing of this.
pub(crate) fn asked_for(text: &[u8]) {
    asked_by("gaisan-test-fault", text);
}

/// The same in a rule.
pub(crate) fn asked_for_in_rule(text: &[u8]) {
    asked_by("gaisan-test-rule-fault", text);
}

fn asked_by(word: &str, text: &[u8]) {
    if cfg!(debug_assertions) {
        assert!(!text.windows(word.len()).any(|part| part == word.as_bytes()), "a text asked for it");
    }
}

fn said(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("it does not say why");
    format!("gaisan itself has failed here ({text}); please report it, with the file")
}

#[cfg(test)]
mod tests {
    use super::contained;

    #[test]
    fn a_fault_ends_nothing_but_its_own_work() {
        let done: Vec<Result<i32, String>> = (0..3)
            .map(|number| {
                contained(|| {
                    assert_ne!(number, 1, "the second");
                    number
                })
            })
            .collect();
        assert_eq!((&done[0], &done[2]), (&Ok(0), &Ok(2)));
        assert!(done[1].as_ref().is_err_and(|why| why.contains("the second")), "{done:?}");
    }
}
