//! The attack on gaisan, for a while, on any compiler: `cargo test --release --test fuzz -- --ignored`.
//!
//! `FUZZ_SECONDS` is the time of each target (10), `FUZZ_SEED` the beginning of the random numbers, `FUZZ_TARGET` the only target. An input that
//! fails is left in `target/fuzz/` under its target's name, and told. `cargo fuzz run TARGET` in `fuzz/` does the same with coverage.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "an attack is told, and may fail loudly"
)]

mod targets;

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use targets::{TARGETS, Target, root};

/// What means something to one format or another; joined to inputs at random.
const DICTIONARY: &str = include_str!("dictionary.txt");
/// The largest input.
const LARGEST: usize = 100_000;
/// An input that takes more of a processor is a find.
const LONGEST: Duration = Duration::from_secs(20);

/// Random numbers that are the same everywhere (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap()
    }
}

/// The inputs that a target begins with.
fn corpus(target: &Target) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for (folder, ends) in target.corpus {
        collect(&root().join(folder), ends, &mut files);
    }
    files.sort();
    let mut inputs: Vec<Vec<u8>> = files.iter().filter_map(|file| fs::read(file).ok()).collect();
    inputs.retain(|bytes| bytes.len() <= LARGEST);
    inputs.push(fs::read(root().join("tests/fuzz/base.yaml")).unwrap());
    inputs
}

fn collect(folder: &Path, ends: &[&str], files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, ends, files);
        } else if path.extension().and_then(|end| end.to_str()).is_some_and(|end| ends.contains(&end)) {
            files.push(path);
        }
    }
}

/// An input with some changes: bytes, lines, words of the dictionary, pieces of another input.
fn changed(corpus: &[Vec<u8>], words: &[&[u8]], random: &mut Random) -> Vec<u8> {
    let mut input = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(6) {
        let at = random.below(input.len() + 1);
        let end = (at + random.below(40)).min(input.len());
        match random.below(8) {
            0 if at < input.len() => input[at] ^= 1 << random.below(8),
            1 => drop(input.splice(at..end, words[random.below(words.len())].iter().copied())),
            2 => drop(input.splice(at..at, words[random.below(words.len())].iter().copied())),
            3 => drop(input.drain(at..end)),
            4 => {
                let piece = input[at..end].to_vec();
                let to = random.below(input.len() + 1);
                input.splice(to..to, piece.repeat(1 + random.below(4)));
            }
            5 => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len() + 1);
                let to = (from + random.below(200)).min(other.len());
                input.splice(at..at, other[from..to].iter().copied());
            }
            6 => lines(&mut input, random),
            _ => input.truncate(if random.below(8) == 0 { at } else { input.len() }),
        }
    }
    input.truncate(LARGEST);
    input
}

/// Exchanges or drops a line.
fn lines(input: &mut Vec<u8>, random: &mut Random) {
    let mut lines: Vec<&[u8]> = input.split(|byte| *byte == b'\n').collect();
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(2) {
        0 => lines.swap(one, other),
        _ => drop(lines.remove(one)),
    }
    *input = lines.join(&b'\n');
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Runs a target for a while; gives the number of inputs and what failed.
fn attack(target: &Target) -> (usize, Vec<String>) {
    let words: Vec<&[u8]> = DICTIONARY.lines().map(str::as_bytes).filter(|word| !word.is_empty()).collect();
    let (corpus, mut random) = (corpus(target), Random(number("FUZZ_SEED", 2022).max(1)));
    let until = Instant::now() + Duration::from_secs(number("FUZZ_SECONDS", 10));
    let (mut runs, mut finds) = (0, Vec::new());
    while Instant::now() < until && finds.len() < 5 {
        let input = match corpus.get(runs) {
            Some(input) => input.clone(),
            None => changed(&corpus, &words, &mut random),
        };
        runs += 1;
        let begun = ProcessTime::now();
        let fault = catch_unwind(|| (target.run)(&input)).is_err();
        if fault || begun.elapsed() > LONGEST {
            let folder = root().join("target/fuzz");
            fs::create_dir_all(&folder).unwrap();
            let path = folder.join(format!("{}-{runs}", target.name));
            fs::write(&path, &input).unwrap();
            finds.push(format!("{}: {}", if fault { "fails" } else { "takes too long" }, path.display()));
        }
    }
    (runs, finds)
}

#[test]
#[ignore = "takes its time; see the head of this file"]
fn no_input_breaks_gaisan() {
    let only = std::env::var("FUZZ_TARGET").ok();
    let mut finds = Vec::new();
    for target in TARGETS.iter().filter(|target| only.as_ref().is_none_or(|only| only == target.name)) {
        let (runs, found) = attack(target);
        println!("{:<10}{runs:>9} inputs, {} finds", target.name, found.len());
        finds.extend(found);
    }
    assert!(finds.is_empty(), "\n{}", finds.join("\n"));
}

#[test]
fn every_target_takes_what_it_begins_with() {
    for target in TARGETS {
        for input in corpus(target).iter().filter(|input| input.len() < 4_000).take(3) {
            (target.run)(input);
        }
    }
}
