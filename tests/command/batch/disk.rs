//! A disk that is full, and folders that belong to somebody else: whole files only, and nothing lost.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Stdio};

use gaisan::build::Manifest;
use gaisan::enclosure::Digest;

use super::{assert_same, command, contents, copy, edit, gaisan, project, said, said_of, support};

/// Builds into a disk of its own: whole, then, after a change of every sheet, with hardly any room, then with room again. Each time
/// the folder is copied to where it can be seen from outside.
const ON_A_SMALL_DISK: &str = r#"
mkdir output
mount -t tmpfs -o size=64m gaisan output || exit 1
touch mounted
"$0" build --jobs 1 >first.txt 2>&1; echo $? >first.code
cp -a output old
cp changed.yaml budgets/mext-5/request.yaml
used=$(df -k output | awk 'END { print $3 }')
mount -o remount,size=$((used + 32))k output
"$0" build --jobs 1 --prune >full.txt 2>&1; echo $? >full.code
"$0" build --jobs 1 --prune >again.txt 2>&1; echo $? >again.code
cp -a output full
mount -o remount,size=64m output
"$0" build --prune >last.txt 2>&1; echo $? >last.code
cp -a output last
"#;

#[test]
fn a_full_disk_loses_nothing_and_the_next_build_repairs_the_rest() {
    let project = project();
    let folder = project.path();
    let chapter = folder.join("budgets/mext-5/request.yaml");
    let text = fs::read_to_string(&chapter).unwrap();
    let changed = text.replacen("lang: ja", "revision: 2\nlang: ja", 1);
    fs::write(folder.join("changed.yaml"), changed).unwrap();
    // Without privileges where the system lets anybody have a namespace, else as root.
    let mut is_installed = true;
    let ran = ["-rm", "-m"].iter().any(|namespace| {
        let mut script = Command::new("unshare");
        script
            .args([namespace, "sh", "-c", ON_A_SMALL_DISK])
            .arg(env!("CARGO_BIN_EXE_gaisan"))
            .current_dir(folder)
            .env("NO_COLOR", "1")
            .env("GAISAN_LANG", "en");
        let _ = fs::remove_dir(folder.join("output"));
        is_installed = script.output().is_ok();
        folder.join("mounted").exists()
    });
    if !is_installed {
        return support::skip("unshare");
    }
    if !ran {
        // Not to be cured by installing something: some machines of CI give nobody this right.
        eprintln!("skipped: needs the right to mount a tmpfs");
        return;
    }
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(read("first.code"), "0\n", "{}", read("first.txt"));
    assert_eq!(gaisan(folder, &["build", "--out", "fresh"]).0, 0);
    let [old, full, fresh] = ["old", "full", "fresh"].map(|it| contents(&folder.join(it)));

    for said in ["full", "again"] {
        assert_eq!(read(&format!("{said}.code")), "2\n");
        let said = read(&format!("{said}.txt"));
        let named = "error: fy2022/mext-5/overview.pdf: cannot be written: No space left on device";
        assert!(said.contains(named), "{said}");
        assert!(!said.contains("removed: "), "{said}");
        assert!(!said.contains("left over: "), "{said}");
    }
    let manifest = Manifest::read(&folder.join("full")).unwrap().unwrap();
    let is_true = manifest.all_files().all(|file| {
        let listed = file.sha256.to_string();
        let bytes = full.get(&file.path);
        bytes.is_some_and(|bytes| Digest::of(bytes).to_string() == listed)
    });
    assert!(
        is_true || full["manifest.json"] == old["manifest.json"],
        "the manifest speaks of files that are not there"
    );
    let page = String::from_utf8(full["index.html"].clone()).unwrap();
    assert!(page.trim_end().ends_with("</html>"), "{page}");
    let (mut stayed, mut new) = (0, 0);
    for (name, bytes) in &old {
        let Some(there) = full.get(name) else {
            assert!(!fresh.contains_key(name), "{name} is lost");
            continue;
        };
        match (there == bytes, there == &fresh[name]) {
            (true, false) => stayed += 1,
            (false, true) => new += 1,
            (true, true) => {}
            (false, false) => assert!(
                ["manifest.json", "index.html"].contains(&name.as_str()),
                "{name} is neither the old nor the new file"
            ),
        }
    }
    assert!(stayed > 5 && new > 2, "{stayed} files stayed, {new} are new");

    assert_eq!(read("last.code"), "0\n", "{}", read("last.txt"));
    assert_same(&folder.join("last"), &folder.join("fresh"));
    let left = fs::read_dir(folder.join("last/.gaisan/tmp")).unwrap();
    assert_eq!(left.count(), 0);
}

/// Takes from everything below a folder, or gives to it, the right to be written to.
fn writable(folder: &Path, yes: bool) {
    let mode = |folder: bool| match (folder, yes) {
        (true, true) => 0o777,
        (true, false) => 0o555,
        (false, true) => 0o666,
        (false, false) => 0o444,
    };
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            writable(&path, yes);
        } else {
            fs::set_permissions(&path, Permissions::from_mode(mode(false))).unwrap();
        }
    }
    fs::set_permissions(folder, Permissions::from_mode(mode(true))).unwrap();
}

/// Runs gaisan as somebody whom permissions bind: root becomes nobody. `None` where that cannot be.
pub(super) fn as_somebody(folder: &Path, arguments: &[&str]) -> Option<(i32, String)> {
    if fs::metadata(folder).unwrap().uid() != 0 {
        return Some(gaisan(folder, arguments));
    }
    let binary = folder.join("gaisan");
    let built = env!("CARGO_BIN_EXE_gaisan");
    if !binary.exists() && fs::hard_link(built, &binary).is_err() {
        fs::copy(built, &binary).unwrap();
    }
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    let mut nobody = Command::new("setpriv");
    nobody
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&binary)
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("GAISAN_LANG", "en");
    if nobody.output().is_err() {
        support::skip("setpriv");
        return None;
    }
    Some(said_of(&mut nobody))
}

#[test]
fn a_folder_that_may_not_be_written_to_is_named_and_kept() {
    let project = project();
    let folder = project.path();
    let chapter = folder.join("budgets/mext-5/request.yaml");
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let before = contents(&folder.join("output"));
    writable(&folder.join("output"), false);
    let Some((code, said)) = as_somebody(folder, &["build"]) else {
        return;
    };
    // Nothing is to be written.
    assert_eq!(code, 0, "{said}");

    edit(&chapter, "lang: ja", "revision: 2\nlang: ja");
    let (code, said) = as_somebody(folder, &["build"]).unwrap();
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("error: `output` cannot be written to: Permission denied"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    let (code, said) = as_somebody(folder, &["build", "--check"]).unwrap();
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("out of date: fy2022/mext-5/q-leap.pdf"), "{said}");
    for arguments in [&["release"][..], &["manifest", "merge", "output", "--out", "output"]] {
        let (code, said) = as_somebody(folder, arguments).unwrap();
        assert_eq!(code, 2, "{arguments:?}: {said}");
        assert!(said.contains("`output` cannot be written to"), "{said}");
    }
    assert!(contents(&folder.join("output")) == before);
    writable(&folder.join("output"), true);
    assert_eq!(gaisan(folder, &["build"]).0, 0);
}

#[test]
fn a_part_that_may_not_be_written_to_keeps_its_files_and_the_rest_is_built() {
    let project = project();
    let folder = project.path();
    copy(&support::budgets("demo-en"), &folder.join("budgets/demo-en"));
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let closed = folder.join("output/fy2022/mext-5");
    let before = contents(&closed);
    for chapter in ["mext-5", "demo-en"] {
        let file = folder.join(format!("budgets/{chapter}/request.yaml"));
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, format!("revision: 2\n{text}")).unwrap();
    }
    writable(&folder.join("output"), true);
    writable(&closed, false);
    let Some((code, said)) = as_somebody(folder, &["build", "--prune"]) else {
        return;
    };
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("error: fy2022/mext-5/q-leap.pdf: cannot be written: Permission denied"), "{said}");
    assert!(!said.contains("left over: "), "{said}");
    assert!(contents(&closed) == before);
    let page = fs::read_to_string(folder.join("output/fy2027/harbor/overview.html")).unwrap();
    assert!(page.contains("r2 · "), "the other chapter is not built");

    writable(&closed, true);
    let mut last = command(folder, &["build"]);
    let (code, said) = said_of(&mut last);
    assert_eq!(code, 0, "{said}");
    assert_eq!(gaisan(folder, &["build", "--out", "fresh"]).0, 0);
    assert_same(&folder.join("output"), &folder.join("fresh"));
}

/// A log on a disk that is full.
fn into_a_full_disk(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut full_log = command(folder, arguments);
    full_log.stdout(full).stderr(Stdio::piped());
    said(&full_log.spawn().unwrap().wait_with_output().unwrap())
}

#[test]
fn what_cannot_be_printed_does_not_stop_a_build_and_is_said() {
    let project = project();
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build", "--out", "fresh"]).0, 0);
    for arguments in [
        &["build"][..],
        &["check"],
        &["check", "--output-format", "json"],
        &["diff", "budgets", "budgets", "--output-format", "json"],
        &["verify", "output"],
        &["check", "--output-format", "sarif"],
        &["rules", "E0502"],
        &["schema"],
        &["completions", "bash"],
        &["man"],
        &["about"],
        &["--help"],
        &["--version"],
        &["help"],
        &["build", "-h"],
        &["manifest", "merge", "--help"],
    ] {
        let (code, said) = into_a_full_disk(folder, arguments);
        assert_eq!(code, 2, "{arguments:?}: {said}");
        let line = "error: not everything could be printed: No space left on device";
        assert!(said.contains(line), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
    assert_same(&folder.join("output"), &folder.join("fresh"));
    let (code, said) = into_a_full_disk(folder, &["--lang", "ja", "build", "--help"]);
    assert!(code == 2 && said.contains("全てを表示できませんでした"), "{said}");
}
