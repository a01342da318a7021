//! Laws that hold for every input, not only for the chapters we thought of: `damage` of any kind is reported, `sums` are judged
//! as arithmetic says, `words` stay as they were written, what is built has its `proof` inside, `edits` change nothing but what they are about, `extracts` make the sheets of the whole, `format` changes no meaning and loses no comment, `families` of chapters are judged
//! alike together and one by one, and the same input gives the same bytes.

mod damage;
mod edits;
mod extracts;
mod families;
mod format;
mod proof;
mod requests;
mod sums;
mod words;

use proptest::prelude::ProptestConfig;

use crate::support::{self, files};

/// So many cases, or as many as `PROPTEST_CASES` says, for a longer search.
pub(crate) fn cases(count: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(count), failure_persistence: None, ..ProptestConfig::default() }
}

#[test]
fn the_same_chapter_gives_the_same_bytes_on_one_thread_and_on_eight() {
    let contents = |jobs: usize| {
        let out = tempfile::tempdir().unwrap();
        let built = support::built(&["fy2022/mext-5"], out.path(), jobs);
        let all = files(out.path());
        assert_eq!(all.len(), built.files);
        let content = |path: &std::path::PathBuf| {
            (path.strip_prefix(out.path()).unwrap().to_path_buf(), std::fs::read(path).unwrap())
        };
        all.iter().map(content).collect::<Vec<_>>()
    };
    let one = contents(1);
    for jobs in [8, 8] {
        for ((name, bytes), (other_name, other)) in one.iter().zip(&contents(jobs)) {
            assert_eq!(name, other_name);
            assert!(bytes == other, "{} differs between one thread and {jobs}", name.display());
        }
    }
    assert!(one.len() > 21, "{} files", one.len());
}
