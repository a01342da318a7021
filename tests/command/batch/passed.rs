//! Families of chapters to which nothing has happened are passed over unread, and it makes no difference but for time.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use gaisan::build::{Built, Options, Phase, build};
use gaisan::compose::Templates;
use gaisan::read::survey;
use gaisan::settings::Severities;

use super::{assert_same, chapters, edit, gaisan};

/// A clock that goes on when it is looked at, so that each piece of work takes one tick.
fn clock() -> Duration {
    static TICKS: AtomicU64 = AtomicU64::new(0);
    Duration::from_nanos(TICKS.fetch_add(1, Ordering::Relaxed))
}

/// Builds on one thread.
fn built(folder: &Path) -> Built {
    let options = Options { out: folder.join("output"), jobs: 1, clock: Some(clock), ..Options::default() };
    let templates = Templates::new(&[]).unwrap();
    let built = build(
        &mut survey(&[folder.join("budgets")]),
        &Severities::default(),
        &templates,
        &options,
        &|_, _| {},
    );
    assert!(built.failures.is_empty(), "{:?}", built.failures);
    built
}

#[test]
fn only_a_family_to_which_something_has_happened_is_read() {
    let project = tempfile::tempdir().unwrap();
    let folder = project.path();
    chapters::ministry(&folder.join("budgets"), 30, 7);
    let reads = |built: &Built| built.timings.of(Phase::Read).as_nanos();
    let first = built(folder);
    assert_eq!((reads(&first), first.made, first.sheets), (3, 30, 30));
    let again = built(folder);
    assert_eq!((reads(&again), again.made), (0, 0));
    assert_eq!((again.sheets, again.files, again.chapters), (first.sheets, first.files, first.chapters));

    // A comment is something else to read, and nothing else to print.
    let one = folder.join("budgets/fy2022/chapter-0002/p-0002-00003.yaml");
    let text = fs::read_to_string(&one).unwrap();
    fs::write(&one, text.replacen("id: ", "# 注\nid: ", 1)).unwrap();
    assert_eq!(reads(&built(folder)), 1);
    assert_eq!(reads(&built(folder)), 0);
    // As good as new, and written at another time.
    fs::write(&one, fs::read(&one).unwrap()).unwrap();
    assert_eq!(reads(&built(folder)), 0);

    // What stands in the output folder counts as much.
    fs::remove_file(folder.join("output/fy2022/chapter-0001/overview.pdf")).unwrap();
    let mended = built(folder);
    assert_eq!((reads(&mended), mended.written), (1, 1));
    fs::write(folder.join("output/manifest.json"), "{}").unwrap();
    assert_eq!(reads(&built(folder)), 3);
    fs::remove_dir_all(folder.join("output/.gaisan")).unwrap();
    let forgotten = built(folder);
    assert_eq!((reads(&forgotten), forgotten.written), (3, 0));
}

/// A chapter with something to be said about it: a text that nothing cites.
fn chapter(id: &str, more: &str) -> String {
    format!(
        "gaisan: 1\nid: {id}\ntitle: 章\nministry: 文部科学省\nfiscal_year: R4\nstage: request\nunit: 百万円\nrequested: 30\nprior: 20\nbreakdown: complete\n{more}glossary: {{ABC: 使われない語}}\nprograms:\n- {{id: {id}-a, title: 事業, requested: 10, prior: 10}}\n- ../{id}-b.yaml\n"
    )
}

#[test]
fn after_every_change_a_build_says_and_makes_what_one_from_nothing_does() {
    let project = tempfile::tempdir().unwrap();
    let folder = project.path();
    let budgets = folder.join("budgets");
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let chapter_file =
        |id: &str, more: &str| write(&format!("budgets/{id}/request.yaml"), &chapter(id, more));
    for id in ["one", "two", "three"] {
        chapter_file(id, "");
        write(
            &format!("budgets/{id}-b.yaml"),
            &format!("id: {id}-b\ntitle: 部分\nrequested: 20\nprior: 10\nsummary: 概要。\n"),
        );
    }
    let steps: [(&str, &dyn Fn()); 13] = [
        ("nothing", &|| {}),
        ("a text", &|| edit(&budgets.join("one-b.yaml"), "概要", "要旨")),
        ("an amount that does not add up", &|| {
            edit(&budgets.join("two-b.yaml"), "requested: 20", "requested: 21")
        }),
        ("its cure", &|| edit(&budgets.join("two/request.yaml"), "requested: 30", "requested: 31")),
        ("a file that nobody names", &|| {
            write("budgets/none.yaml", "id: none\ntitle: 無\nrequested: 1\nprior: 1\n")
        }),
        ("a chapter that names it", &|| {
            write(
                "budgets/four.yaml",
                &chapter("one", "number: 4\n")
                    .replace("id: one\n", "id: four\n")
                    .replace("../one-b", "none")
                    .replace("requested: 30\nprior: 20", "requested: 11\nprior: 11"),
            );
        }),
        ("two families in one", &|| {
            chapter_file("three", "crosswalk:\n- {id: three-a, restated: 10, chapter: one}\n");
        }),
        ("a broken chapter", &|| edit(&budgets.join("two/request.yaml"), "title: 章", "title: [章")),
        ("a sound one", &|| edit(&budgets.join("two/request.yaml"), "title: [章", "title: 章")),
        ("what the project asks for", &|| write("gaisan.yaml", "severity: {W0513: allow}\n")),
        ("less asked for", &|| fs::remove_file(folder.join("gaisan.yaml")).unwrap()),
        ("a template", &|| {
            let built_in =
                gaisan::compose::BUILTIN.iter().find(|(name, _)| *name == "sheet.md.tera").unwrap();
            write("templates/sheet.md.tera", &format!("{}\n終わり。\n", built_in.1));
        }),
        ("a chapter less", &|| fs::remove_file(budgets.join("one/request.yaml")).unwrap()),
    ];
    for (what, step) in steps {
        step();
        let told = |said: &str| -> Vec<String> {
            let lines = said.lines().filter(|line| {
                let is_about_the_run =
                    line.contains(" sheets, ") || line.contains(" file") || line.starts_with("see ");
                !is_about_the_run
            });
            lines.map(str::to_owned).collect()
        };
        let (code, said) = gaisan(folder, &["build", "--prune"]);
        let (again, said_again) = gaisan(folder, &["build", "--prune"]);
        let _ = fs::remove_dir_all(folder.join("fresh"));
        let (fresh, said_fresh) = gaisan(folder, &["build", "--out", "fresh"]);
        assert_eq!((code, again), (fresh, fresh), "{what}: {said}\n{said_fresh}");
        let removed = |lines: Vec<String>| -> Vec<String> {
            lines.into_iter().filter(|line| !line.starts_with("removed: ")).collect()
        };
        assert_eq!(told(&said_again), told(&said_fresh), "{what}");
        assert_eq!(removed(told(&said)), told(&said_fresh), "{what}");
        if code == 0 {
            assert_same(&folder.join("output"), &folder.join("fresh"));
        }
    }
}
