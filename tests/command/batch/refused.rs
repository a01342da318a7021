//! What the disk or another build refuses is named, and does no harm.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use gaisan::build::Lock;
use tempfile::TempDir;

use super::{assert_same, command, contents, gaisan, project, said, said_of};

#[test]
fn builds_into_one_folder_wait_for_each_other() {
    let project = project();
    let folder = project.path();
    let lock = Lock::ask(&folder.join("output")).unwrap();
    assert!(lock.is_some());
    assert!(Lock::ask(&folder.join("output")).unwrap().is_none());
    let mut build = command(folder, &["build", "--format", "md"]);
    let child = build.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert!(!folder.join("output/manifest.json").exists());
    drop(lock);
    let (code, said) = said(&child.unwrap().wait_with_output().unwrap());
    assert_eq!(code, 0);
    assert!(said.contains("waiting: another gaisan"), "{said}");
    assert!(folder.join("output/manifest.json").exists());
}

#[test]
fn what_cannot_be_written_is_named_and_the_rest_is_built() {
    let project = project();
    let folder = project.path();
    let broken = folder.join("output/fy2022/mext-5/q-leap.pdf");
    fs::create_dir_all(&broken).unwrap();
    fs::write(broken.join("x"), "").unwrap();
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 2);
    assert!(said.contains("fy2022/mext-5/q-leap.pdf: cannot be written"), "{said}");
    assert!(folder.join("output/fy2022/mext-5/aip.pdf").exists());
    assert!(folder.join("output/fy2022/mext-5/q-leap.html").exists());

    fs::remove_dir_all(folder.join("output")).unwrap();
    fs::create_dir(folder.join("output")).unwrap();
    fs::write(folder.join("output/fy2022"), "").unwrap();
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 2);
    assert!(said.contains("output/fy2022` is a file, and a folder is needed there"), "{said}");

    fs::write(folder.join("taken"), "").unwrap();
    let (code, said) = gaisan(folder, &["build", "--out", "taken"]);
    assert_eq!(code, 2);
    assert!(said.contains("`taken` is a file"), "{said}");
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_output_folder() {
    let project = project();
    let folder = project.path();
    let outside = TempDir::new().unwrap();
    fs::create_dir(folder.join("output")).unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.join("output/fy2022")).unwrap();
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 2);
    assert!(said.contains("`output/fy2022` leads out of the output folder"), "{said}");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn no_file_outside_the_project_is_read_that_its_settings_do_not_allow() {
    use std::os::unix::fs::symlink;
    let project = TempDir::new().unwrap();
    let common = TempDir::new().unwrap();
    let picture = common.path().join("logo.png");
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/errors/140-damaged-pictures/whole.png"), &picture)
        .unwrap();
    let part = "id: part\ntitle: 観測網\nrequested: 5\nprior: 4\n";
    fs::write(common.path().join("part.yaml"), part).unwrap();
    let folder = project.path().join("budgets");
    fs::create_dir(&folder).unwrap();
    symlink(&picture, folder.join("link.png")).unwrap();
    let chapter = |name: &str, programs: &str| {
        let text = format!(
            "gaisan: 1\nid: sea-4\ntitle: 海洋研究\nministry: 文部科学省\nfiscal_year: 令和4年度\nstage: 概算要求\nunit: 百万円\n\
             requested: 5\nprior: 4\nbreakdown: complete\nprograms:\n{programs}"
        );
        fs::write(folder.join(name), text).unwrap();
    };
    let drawn = |image: &str| {
        format!(
            "  - {{id: part, title: 観測網, requested: 5, prior: 4, figures: [{{id: logo, alt: 印, image: {image}}}]}}\n"
        )
    };
    let beside = format!("../../{}", common.path().file_name().unwrap().to_str().unwrap());
    let programs = [
        drawn(&format!("{beside}/logo.png")),
        drawn(picture.to_str().unwrap()),
        drawn("link.png"),
        format!("  - {beside}/part.yaml\n"),
    ];
    let settings = project.path().join("gaisan.yaml");
    for program in &programs {
        chapter("request.yaml", program);
        fs::write(&settings, "# nothing\n").unwrap();
        let (code, said) = gaisan(project.path(), &["check"]);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("E0108") && said.contains("lies outside the project"), "{said}");
        fs::write(&settings, format!("outside: [{}]\n", beside.trim_start_matches("../"))).unwrap();
        assert_eq!(gaisan(project.path(), &["check"]).0, 1, "another folder is not meant");
        fs::write(&settings, format!("outside: [../{}]\n", beside.trim_start_matches("../"))).unwrap();
        assert_eq!(
            gaisan(project.path(), &["check"]),
            (0, "1 chapter, 2 lines, 0 errors, 0 warnings\n".to_owned())
        );
    }
    // What only lies in a folder: a budget file, a template.
    fs::write(&settings, "# nothing\n").unwrap();
    chapter("request.yaml", &drawn("link.png").replace("link.png", "own.png"));
    fs::copy(&picture, folder.join("own.png")).unwrap();
    symlink(common.path().join("part.yaml"), folder.join("part.yaml")).unwrap();
    let (code, said) = gaisan(project.path(), &["check"]);
    assert!(
        code == 2 && said.contains("`budgets/part.yaml`: it is a link that leads out of the project"),
        "{said}"
    );
    fs::remove_file(folder.join("part.yaml")).unwrap();
    fs::create_dir(project.path().join("templates")).unwrap();
    symlink(common.path().join("part.yaml"), project.path().join("templates/sheet.md.tera")).unwrap();
    let (code, said) = gaisan(project.path(), &["build", "--format", "md"]);
    assert!(code == 2 && said.contains("it is a link that leads out of the project"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_folder_behind_a_link_is_read_in_the_project_and_said_outside_it() {
    use std::os::unix::fs::symlink;
    let (project, common) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let at = |path: &str| project.path().join(path);
    let chapter = |folder: &Path, id: &str| {
        fs::create_dir_all(folder).unwrap();
        let text = format!(
            "gaisan: 1\nid: {id}\ntitle: 章\nministry: 府\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nbreakdown: complete\nrequested: 5\nprior: 4\nprograms:\n  - {{id: a, title: 甲, requested: 5, prior: 4}}\n"
        );
        fs::write(folder.join("request.yaml"), text).unwrap();
    };
    chapter(&at("budgets/fy2027/c"), "c");
    chapter(&at("common/d"), "d");
    chapter(&common.path().join("e"), "e");
    fs::write(at("gaisan.yaml"), "paper: a4\n").unwrap();
    symlink("../../common/d", at("budgets/fy2027/d")).unwrap();
    // To what is read where it is, and back to itself.
    symlink("fy2027", at("budgets/current")).unwrap();
    symlink("../d", at("common/d/again")).unwrap();
    let said = |paths: &str| gaisan(project.path(), &["check", paths]);
    assert_eq!(said("budgets"), (0, "2 chapters, 4 lines, 0 errors, 0 warnings\n".to_owned()));
    symlink(common.path().join("e"), at("budgets/fy2027/e")).unwrap();
    let (code, out) = said("budgets");
    assert!(
        code == 2
            && out.contains(
                "`budgets/fy2027/e/request.yaml`: it lies behind a link that leads out of the project"
            ),
        "{out}"
    );
    // Nothing is written behind it either.
    symlink(common.path(), at("budgets/fy2028")).unwrap();
    symlink(common.path(), at("templates")).unwrap();
    for args in [
        &["roll", "budgets/fy2027/c", "--to", "R10"][..],
        &["new", "program", "z", "--in", "budgets/fy2027/e"],
        &["templates", "--write"],
        &["fmt", "budgets/fy2027/e"],
        &["export", "budgets/fy2027/c", "--to", "budgets/fy2028/x.csv"],
        &["init", "budgets/fy2028/new"],
    ] {
        let (code, out) = gaisan(project.path(), args);
        assert!(code == 2 && out.contains("is a link that leads out of the project"), "{args:?}: {out}");
    }
    assert_eq!(fs::read_dir(common.path()).unwrap().count(), 1);
    let outside = format!("outside: [{}]\n", common.path().display());
    fs::write(at("gaisan.yaml"), outside).unwrap();
    let (code, out) = said("budgets/fy2027");
    assert_eq!(code, 0, "{out}");
    let (code, out) = gaisan(project.path(), &["templates", "--write"]);
    assert_eq!(code, 0, "{out}");
}

#[cfg(unix)]
#[test]
fn no_link_in_the_place_of_a_file_is_followed() {
    use std::os::unix::fs::symlink;
    let project = project();
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build", "--out", "fresh"]).0, 0);
    let outside = TempDir::new().unwrap();
    let theirs = outside.path().join("theirs");
    fs::write(&theirs, "theirs").unwrap();
    let output = folder.join("output");
    for name in [".gaisan", ".gaisan/lock", ".gaisan/tmp"] {
        let link = output.join(name);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        let to = match name {
            ".gaisan/lock" => outside.path().join("new"),
            _ => outside.path().to_path_buf(),
        };
        symlink(to, &link).unwrap();
        let (code, said) = gaisan(folder, &["build"]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(&format!("`output/{name}` ")), "{said}");
        fs::remove_dir_all(&output).unwrap();
    }
    for name in ["index.html", ".gaisan/state.json", "fy2022/mext-5/aip.pdf"] {
        let link = output.join(name);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(&theirs, &link).unwrap();
    }
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 0, "{said}");
    assert_same(&output, &folder.join("fresh"));
    let there = output.join("fy2022/mext-5/aip.pdf");
    assert!(!there.symlink_metadata().unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&theirs).unwrap(), "theirs");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_named_and_leaves_no_half_file() {
    let project = project();
    let folder = project.path();
    let script = "trap '' XFSZ; ulimit -f 16; exec \"$0\" build --jobs 1";
    let mut limited = Command::new("bash");
    limited
        .args(["-c", script, env!("CARGO_BIN_EXE_gaisan")])
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("GAISAN_LANG", "en");
    let (code, out) = said_of(&mut limited);
    assert_eq!(code, 2, "{out}");
    assert!(out.contains(".pdf: cannot be written"), "{out}");
    let there = contents(&folder.join("output"));
    assert!(there.keys().all(|name| !name.ends_with(".pdf")));
    let (code, out) = gaisan(folder, &["build"]);
    assert_eq!(code, 0, "{out}");
    assert_eq!(gaisan(folder, &["build", "--out", "fresh"]).0, 0);
    assert_same(&folder.join("output"), &folder.join("fresh"));
    let left = fs::read_dir(folder.join("output/.gaisan/tmp")).unwrap();
    assert_eq!(left.count(), 0);
}

#[test]
fn a_failed_sum_holds_back_the_sheets_of_all_its_lines() {
    let project = TempDir::new().unwrap();
    let folder = project.path();
    let chapter = |id: &str, total: &str, programs: &str| {
        let text = format!(
            "gaisan: 1\nid: {id}\ntitle: 章\nministry: 庁\nfiscal_year: 2027\nstage: request\nunit: 千円\nrequested: {total}\nprior: \"1,150\"\nbreakdown: complete\nprograms:\n{programs}"
        );
        fs::write(folder.join(format!("{id}.yaml")), text).unwrap();
    };
    let a = "  - {id: a, title: 甲, requested: \"1,032\", prior: \"1,100\"}\n";
    let parts = "    breakdown: complete\n    children:\n      - {id: x, title: ア, requested: 120, prior: 25}\n      - {id: y, title: イ, requested: 82, prior: 25}\n";
    let b =
        |amount: &str| format!("  - id: b\n    title: 乙\n    requested: {amount}\n    prior: 50\n{parts}");
    // Of a chapter's total all its programs are figures, of a program's total only its own parts.
    chapter("whole", "\"1,252\"", &format!("{a}{}", b("202")));
    chapter("part", "\"1,252\"", &format!("{a}{}", b("220")));
    chapter("sound", "\"1,234\"", &format!("{a}{}", b("202")));
    let (code, said) = gaisan(folder, &["build", "whole.yaml", "part.yaml", "sound.yaml"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("202千円 with two digits exchanged is 220千円"), "{said}");
    let there = contents(&folder.join("output"));
    let names = there.into_keys().filter(|name| name.ends_with(".html") && name != "index.html");
    let names: Vec<String> = names.collect();
    let sound = ["a", "b", "overview"].map(|stem| format!("fy2027/sound/{stem}.html"));
    assert_eq!(names, ["fy2027/part/a.html".to_owned()].into_iter().chain(sound).collect::<Vec<_>>());
    for name in names {
        let (code, said) = gaisan(folder, &["verify", &format!("output/{name}")]);
        assert_eq!(code, 0, "{said}");
    }
}

#[cfg(unix)]
#[test]
fn no_folder_of_the_project_is_a_link_out_of_it_and_settings_that_cannot_be_read_end_the_run() {
    use std::os::unix::fs::symlink;
    let root = TempDir::new().unwrap();
    let (project, beside) = (root.path().join("project"), root.path().join("beside"));
    fs::create_dir_all(project.join(".git")).unwrap();
    fs::create_dir_all(&beside).unwrap();
    let chapter = "gaisan: 1\nid: sea-4\ntitle: 海洋研究\nministry: 文部科学省\nfiscal_year: 令和4年度\nstage: 概算要求\nunit: 百万円\n\
        requested: 5\nprior: 4\nbreakdown: complete\nprograms:\n  - {id: p, title: 観測網, requested: 5, prior: 4}\n";
    fs::write(beside.join("request.yaml"), chapter).unwrap();
    fs::write(beside.join("sheet.md.tera"), "SECRET").unwrap();
    fs::create_dir_all(project.join("budgets")).unwrap();
    fs::write(project.join("budgets/request.yaml"), chapter).unwrap();
    let settings = project.join("gaisan.yaml");
    for own in ["output", "templates", "budgets"] {
        if own == "budgets" {
            fs::remove_dir_all(project.join(own)).unwrap();
        }
        symlink("../beside", project.join(own)).unwrap();
        let (code, said) = gaisan(&project, &["build", "--format", "md"]);
        assert_eq!(code, 2, "{own}: {said}");
        assert!(said.contains(&format!("`{own}` is a link that leads out of the project")), "{said}");
        fs::write(&settings, "outside: [../beside]\n").unwrap();
        let (_, said) = gaisan(&project, &["build", "--format", "md"]);
        assert!(!said.contains("leads out"), "{said}");
        fs::remove_file(&settings).unwrap();
        fs::remove_file(project.join(own)).unwrap();
    }

    fs::create_dir_all(project.join("budgets")).unwrap();
    fs::write(project.join("budgets/request.yaml"), chapter).unwrap();
    for to in ["nothing", "gaisan.yaml", "../beside/request.yaml", "budgets"] {
        symlink(to, &settings).unwrap();
        let (code, said) = gaisan(&project, &["check"]);
        assert_eq!(code, 2, "{to}: {said}");
        assert!(said.contains("cannot read `gaisan.yaml`") && !said.contains("海洋"), "{to}: {said}");
        fs::remove_file(&settings).unwrap();
    }
}
