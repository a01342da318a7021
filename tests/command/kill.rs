//! Builds that are killed, at any moment and again and again: every file is the old or the new one at all times, and the build
//! that is let finish leaves exactly what an undisturbed one makes on a single thread.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gaisan::enclosure::Digest;

use crate::support::chapters;

const SEED: u64 = 2022;

/// A build command in a folder that has `budgets/`.
fn build(desk: &Path, out: &str, more: &[&str]) -> Command {
    let other = std::env::var_os("GAISAN_KILL_BINARY");
    let binary = other.unwrap_or_else(|| env!("CARGO_BIN_EXE_gaisan").into());
    let mut command = Command::new(binary);
    command
        .args(["build", "--out", out])
        .args(more)
        .current_dir(desk)
        .env("GAISAN_LANG", "en")
        .stdout(Stdio::null());
    command
}

/// The digests of all files below a folder, by their names. What is half written has a hidden name and counts only if asked
/// for; what gaisan remembers of a folder is not for readers, and names times.
fn digests(folder: &Path, hidden: bool) -> BTreeMap<PathBuf, Digest> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.extend((name != ".gaisan").then_some(path));
            } else if hidden || !name.starts_with('.') {
                let digest = Digest::of(&fs::read(&path).unwrap());
                found.insert(path.strip_prefix(folder).unwrap().to_path_buf(), digest);
            }
        }
    }
    found
}

/// Changes the period of every program, so that a build has all sheets to make again.
fn change(desk: &Path) {
    let year = desk.join("budgets/fy2022");
    for chapter in fs::read_dir(year).unwrap() {
        for entry in fs::read_dir(chapter.unwrap().path()).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, text.replace("period: {from: R3", "period: {from: R2")).unwrap();
        }
    }
}

/// Builds so many sheets, changes all of them, and kills the next build so many times.
fn killed(sheets: usize, kills: u32) {
    let desk = tempfile::tempdir().unwrap();
    let desk = desk.path();
    chapters::ministry(&desk.join("budgets"), sheets, SEED);
    let start = Instant::now();
    assert!(build(desk, "output", &[]).status().unwrap().success());
    let usual = start.elapsed();
    let old = digests(&desk.join("output"), false);
    change(desk);
    assert!(build(desk, "whole", &["--jobs", "1"]).status().unwrap().success());
    let new = digests(&desk.join("whole"), true);
    let differing = new.iter().filter(|(name, digest)| old.get(*name) != Some(digest));
    assert!(differing.count() > 2 * sheets, "the change changed little");

    let mut moments = SEED;
    let mut killed = 0;
    for _ in 0..kills {
        // Everything is made anew each time, so that the work does not shrink with what survives a kill.
        moments = moments.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let part = f64::from(u32::try_from(moments >> 33).unwrap()) / f64::from(1_u32 << 31);
        let mut child = build(desk, "output", &["--force"]).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(usual.mul_f64(part * 0.6));
        killed += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        for (name, digest) in digests(&desk.join("output"), false) {
            // The record of the build is not a sheet, and speaks of those that were there when it was written.
            let is_whole = [old.get(&name), new.get(&name)].contains(&Some(&digest));
            assert!(
                is_whole || name == Path::new("manifest.json"),
                "{} is neither the old nor the new file",
                name.display()
            );
        }
    }
    assert!(killed * 2 > kills, "only {killed} of {kills} builds were caught at work");

    let start = Instant::now();
    assert!(build(desk, "output", &[]).status().unwrap().success());
    println!(
        "{sheets} sheets: undisturbed {usual:.1?}, killed {killed} times, finished in {:.1?}",
        start.elapsed()
    );
    let finished = digests(&desk.join("output"), true);
    let differing: Vec<&PathBuf> =
        new.keys().chain(finished.keys()).filter(|name| new.get(*name) != finished.get(*name)).collect();
    assert!(differing.is_empty(), "not as an undisturbed build leaves it: {differing:?}");
}

#[test]
fn a_build_that_was_killed_is_finished_by_the_next_one() {
    killed(40, 5);
}

/// `cargo test --release --test command kill -- --ignored --nocapture`; `GAISAN_KILL=2000,20` takes other numbers, and
/// `GAISAN_KILL_BINARY` a program that was built elsewhere.
#[test]
#[ignore = "takes minutes"]
fn five_thousand_sheets_survive_fifty_kills() {
    let numbers = std::env::var("GAISAN_KILL").unwrap_or_else(|_| "5000,50".to_owned());
    let (sheets, kills) = numbers.split_once(',').unwrap();
    let start = Instant::now();
    killed(sheets.parse().unwrap(), kills.parse().unwrap());
    println!("in {:.0?}", Duration::from_secs(start.elapsed().as_secs()));
}
