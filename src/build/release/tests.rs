//! What a release costs.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use super::release;
use crate::build::{Format, Options, build};
use crate::compose::Templates;
use crate::examine;
use crate::lineage::LINKED;
use crate::read::{read, survey};
use crate::settings::Severities;

/// How many lines are linked while so many chapters of one line each are released.
fn linked(chapters: usize) -> usize {
    let folder = tempfile::tempdir().unwrap();
    for at in 0..chapters {
        let text = format!(
            "gaisan: 1\nid: c{at}\ntitle: 章\nministry: 庁\nfiscal_year: 2024\nstage: request\nunit: 百万円\nrevision: 1\nbreakdown: complete\nprograms:\n  - {{id: p{at}, title: 事業, requested: 5, prior: 4}}\n"
        );
        std::fs::write(folder.path().join(format!("{at:02}.yaml")), text).unwrap();
    }
    let paths = [folder.path().to_path_buf()];
    let out = folder.path().join("out");
    let templates = Templates::new(&[]).unwrap();
    let options =
        Options { out: out.clone(), formats: vec![Format::Markdown], jobs: 1, ..Options::default() };
    let built = build(&mut survey(&paths), &Severities::default(), &templates, &options, &|_, _| ());
    assert_eq!((built.sheets, built.failures.len()), (2 * chapters, 0));
    let reading = read(&paths);
    let examined = examine(&reading);
    let before = LINKED.get();
    let (done, errors) = release(&examined, &templates, &out, (None, "2024-08-31".to_owned()), None);
    assert!(errors.is_empty() && done.len() == chapters, "{errors:?}");
    LINKED.get() - before
}

#[test]
fn a_release_links_the_years_once_however_many_chapters_there_are() {
    let few = linked(3);
    assert_eq!(few, 3 * 2, "each chapter is two lines");
    assert_eq!(linked(12), 4 * few);
}
