//! What a machine and those who share it can do to a build: files that may not be read, or go and come while they are read, no more files to be
//! open, nobody who listens, an environment without a word, a clock that goes back, an output folder that goes. Each time what is wrong
//! is named, nothing panics, no file is half, and the next build heals the rest.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::disk::as_somebody;
use super::{assert_same, command, contents, edit, gaisan, said, said_of, support};

const PROGRAM: &str = "id: a-x\ntitle: 乙\nrequested: 21\nprior: 20\nfigures:\n  - {id: map, image: map.svg, alt: 地図, title: 地図}\n";
const MAP: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>"#;

/// Two chapters, one of which has a file and a picture of its own.
fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let budgets = folder.path().join("budgets");
    fs::create_dir(&budgets).unwrap();
    let head = |id: &str| {
        format!(
            "gaisan: 1\nid: {id}\ntitle: 章\nministry: 庁\nfiscal_year: 2024\nstage: request\nunit: 百万円\nbreakdown: complete\nprograms:\n  - {{id: {id}-ok, title: 甲, requested: 5, prior: 4}}\n"
        )
    };
    fs::write(budgets.join("a.yaml"), head("a") + "  - a-x.yaml\n").unwrap();
    fs::write(budgets.join("a-x.yaml"), PROGRAM).unwrap();
    fs::write(budgets.join("map.svg"), MAP).unwrap();
    fs::write(budgets.join("b.yaml"), head("b")).unwrap();
    folder
}

/// What the next build leaves is what one from nothing does.
fn heals(folder: &Path) {
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 0, "{said}");
    let _ = fs::remove_dir_all(folder.join("fresh"));
    assert_eq!(gaisan(folder, &["build", "--out", "fresh"]).0, 0);
    assert_same(&folder.join("output"), &folder.join("fresh"));
    let left = fs::read_dir(folder.join("output/.gaisan/tmp")).into_iter().flatten();
    assert_eq!(left.count(), 0);
}

/// Runs a line of the shell, in which `$0` is gaisan.
fn shell(folder: &Path, line: &str) -> (i32, String) {
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).arg(env!("CARGO_BIN_EXE_gaisan")).current_dir(folder);
    let (code, said) = said_of(shell.env("NO_COLOR", "1").env("GAISAN_LANG", "en").stdin(Stdio::null()));
    assert!(!said.contains("panicked") && !said.contains("gaisan itself"), "{line}: {said}");
    (code, said)
}

#[test]
fn a_file_that_may_not_be_read_is_named_and_the_rest_is_done() {
    use std::os::unix::fs::PermissionsExt;
    let project = project();
    let folder = project.path();
    fs::write(folder.join("gaisan.yaml"), "layout: report\n").unwrap();
    fs::create_dir(folder.join("templates")).unwrap();
    fs::write(folder.join("templates/sheet.md.tera"), "# {{ title }}\n").unwrap();
    fs::create_dir(folder.join("output")).unwrap();
    let mode = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&folder.join("output"), 0o777);
    for (file, is_of_a) in [
        ("budgets/a-x.yaml", true),
        ("budgets/a.yaml", true),
        ("budgets/map.svg", true),
        ("gaisan.yaml", false),
        ("templates/sheet.md.tera", false),
    ] {
        mode(&folder.join(file), 0);
        for arguments in [&["build"][..], &["check"], &["ls"], &["diff", "budgets", "budgets"]] {
            let Some((code, said)) = as_somebody(folder, arguments) else { return };
            let is_read = match arguments {
                ["build"] => true,
                ["check"] => !file.starts_with("templates"),
                _ => file.ends_with("yaml"),
            };
            assert!(!said.contains("panicked") && !said.contains("gaisan itself"), "{said}");
            if is_read {
                assert!(
                    code == 2 || file.ends_with("svg") && code == 1,
                    "{arguments:?} {file}: {code} {said}"
                );
                assert!(
                    said.contains(file) || said.contains(file.rsplit('/').next().unwrap()),
                    "{arguments:?} {file}: {said}"
                );
                assert!(said.contains("Permission denied"), "{arguments:?} {file}: {said}");
            }
            if arguments == ["build"] && is_of_a {
                assert!(folder.join("output/fy2024/b/b-ok.pdf").is_file(), "{file}: {said}");
            }
        }
        mode(&folder.join(file), 0o644);
        let (code, said) = as_somebody(folder, &["build"]).unwrap();
        assert_eq!(code, 0, "{file}: {said}");
    }
}

#[test]
fn where_no_more_files_can_be_opened_that_is_said() {
    let project = project();
    let folder = project.path();
    let mut codes = Vec::new();
    for most in [5, 6, 7, 8, 9, 10, 12, 16, 24, 64] {
        let _ = fs::remove_dir_all(folder.join("output"));
        let (code, said) = shell(folder, &format!("ulimit -n {most}; exec \"$0\" build --jobs 2"));
        match code {
            0 => {}
            2 => assert!(said.contains("Too many open files") || said.contains("cannot"), "{most}: {said}"),
            _ => panic!("{most}: {code} {said}"),
        }
        codes.push(code);
        heals(folder);
    }
    assert!(codes.contains(&2) && codes.last() == Some(&0), "{codes:?}");
}

#[test]
fn nobody_has_to_listen_and_nothing_has_to_be_said() {
    let project = project();
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build", "--out", "fresh"]).0, 0);
    for line in [
        "\"$0\" build | true",
        "\"$0\" build 2>&1 | head -c 1",
        "exec \"$0\" build <&-",
        "exec \"$0\" build >&-",
        "exec \"$0\" build 2>&-",
        "exec \"$0\" build <&- >&- 2>&-",
        "exec env -i \"$0\" build",
        "exec env -i HOME= PATH= TERM= COLUMNS=x LANG=xx GAISAN_FORMAT= GAISAN_JOBS= \"$0\" build",
        "exec env -i HOME=/nowhere TMPDIR=/nowhere XDG_CACHE_HOME=/nowhere \"$0\" build",
    ] {
        let _ = fs::remove_dir_all(folder.join("output"));
        let (code, said) = shell(folder, line);
        assert_eq!(code, 0, "{line}: {said}");
        assert_same(&folder.join("output"), &folder.join("fresh"));
    }
    for arguments in
        ["check", "ls", "rules --all", "verify output", "diff budgets budgets", "schema", "help build"]
    {
        for line in [format!("\"$0\" {arguments} | true"), format!("exec env -i \"$0\" {arguments} <&-")] {
            let (code, said) = shell(folder, &line);
            assert_eq!(code, 0, "{line}: {said}");
        }
    }
}

/// Does something again and again while builds run, and gives what each of them said.
fn beside(folder: &Path, builds: usize, mut what: impl FnMut(usize) + Send) -> Vec<(i32, String)> {
    let is_over = AtomicBool::new(false);
    let is_over = &is_over;
    std::thread::scope(|scope| {
        let other = scope.spawn(move || {
            for at in 0.. {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                what(at);
                std::thread::sleep(Duration::from_millis(2 + at as u64 % 23));
            }
        });
        let said = (0..builds).map(|_| gaisan(folder, &["build", "--force"])).collect();
        is_over.store(true, Ordering::Relaxed);
        other.join().unwrap();
        said
    })
}

#[test]
fn files_that_go_and_come_and_change_while_they_are_read_break_nothing() {
    let project = project();
    let folder = project.path();
    let budgets = folder.join("budgets");
    let said = beside(folder, 12, |at| {
        let (file, text) = [("a-x.yaml", PROGRAM), ("map.svg", MAP)][at / 3 % 2];
        let half: String = text.chars().take(text.chars().count() / 2).collect();
        match at % 3 {
            0 => drop(fs::remove_file(budgets.join(file))),
            1 => fs::write(budgets.join(file), half).unwrap(),
            _ => fs::write(budgets.join(file), text).unwrap(),
        }
    });
    for (code, said) in &said {
        assert!(
            (0..=2).contains(code) && !said.contains("panicked") && !said.contains("gaisan itself"),
            "{said}"
        );
        assert!(
            *code == 0 || said.contains("a-x.yaml") || said.contains("map.svg") || said.contains("a.yaml"),
            "{said}"
        );
    }
    assert!(said.iter().any(|(code, _)| *code > 0), "no build met with it");
    fs::write(budgets.join("a-x.yaml"), PROGRAM).unwrap();
    fs::write(budgets.join("map.svg"), MAP).unwrap();
    heals(folder);
}

#[test]
fn an_output_folder_that_goes_while_it_is_built_comes_again() {
    let project = project();
    let folder = project.path();
    let output = folder.join("output");
    let said = beside(folder, 12, |at| match at % 3 {
        0 => drop(fs::remove_dir_all(&output)),
        1 => drop(fs::remove_dir_all(output.join("fy2024/a"))),
        _ => drop(fs::remove_dir_all(output.join(".gaisan"))),
    });
    for (code, said) in &said {
        assert!(
            [0, 2].contains(code) && !said.contains("panicked") && !said.contains("gaisan itself"),
            "{code} {said}"
        );
        assert!(*code == 0 || said.contains("cannot be") || said.contains("output"), "{said}");
    }
    heals(folder);
}

#[test]
fn a_watch_and_builds_beside_each_other_leave_what_one_build_does() {
    let project = project();
    let folder = project.path();
    let mut watch =
        command(folder, &["watch"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let program = folder.join("budgets/a-x.yaml");
    let said = beside(folder, 5, |at| {
        fs::write(&program, PROGRAM.replace("21", &(22 + at % 70).to_string())).unwrap()
    });
    for (code, said) in said {
        assert!(code <= 1 && !said.contains("panicked"), "{said}");
    }
    assert!(watch.try_wait().unwrap().is_none(), "the watch has ended");
    let kill = Command::new("kill").arg("-INT").arg(watch.id().to_string()).status().unwrap();
    assert!(kill.success());
    let (code, text) = said_of_child(watch);
    assert!(code == 130 && !text.contains("panicked"), "{code} {text}");
    fs::write(&program, PROGRAM).unwrap();
    heals(folder);
}

fn said_of_child(child: std::process::Child) -> (i32, String) {
    said(&child.wait_with_output().unwrap())
}

#[test]
fn a_clock_that_goes_back_hides_no_change() {
    let project = project();
    let folder = project.path();
    heals(folder);
    let set =
        |path: &Path, time| fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    let program = folder.join("budgets/a-x.yaml");
    let before = fs::metadata(&program).unwrap().modified().unwrap();
    let (past, future) = (SystemTime::UNIX_EPOCH, SystemTime::now() + Duration::from_secs(400_000_000));
    // As long as before, and from the same moment, from long ago and from what is still to come.
    for (amount, time) in [("22", before), ("23", past), ("24", future)] {
        fs::write(&program, PROGRAM.replace("21", amount)).unwrap();
        set(&program, time);
        let (code, said) = gaisan(folder, &["build"]);
        assert!(code == 0 && said.contains("a-x  要求"), "{said}");
        let page = fs::read_to_string(folder.join("output/fy2024/a/a-x.md")).unwrap();
        assert!(page.contains(amount), "{page}");
    }
    for path in support::files(&folder.join("output")) {
        set(&path, future);
    }
    edit(&program, "24", "25");
    heals(folder);
}

/// Builds into a folder that is mounted for reading alone.
const FOR_READING: &str = r#"
mount --bind output output && mount -o remount,bind,ro output || exit 1
touch mounted
"$0" build >said.txt 2>&1; echo $? >code.txt
"#;

#[test]
fn a_file_system_for_reading_alone_is_named() {
    let project = project();
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let before = contents(&folder.join("output"));
    edit(&folder.join("budgets/a-x.yaml"), "21", "22");
    let ran = ["-rm", "-m"].iter().any(|namespace| {
        let mut script = Command::new("unshare");
        script
            .args([namespace, "sh", "-c", FOR_READING])
            .arg(env!("CARGO_BIN_EXE_gaisan"))
            .current_dir(folder);
        let _ = script.env("NO_COLOR", "1").env("GAISAN_LANG", "en").output();
        folder.join("mounted").exists()
    });
    if !ran {
        return eprintln!("skipped: needs the right to mount");
    }
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(read("code.txt"), "2\n");
    let said: PathBuf = folder.join("said.txt");
    assert!(
        read("said.txt").contains("Read-only file system") && read("said.txt").contains("output"),
        "{}",
        said.display()
    );
    assert!(contents(&folder.join("output")) == before);
    heals(folder);
}
