//! How long a large request takes, stage by stage: `cargo bench --bench build -- 1000`.
//!
//! The number is that of the sheets, which come as chapters of ten; `--large` puts them all into one chapter. The chapters have
//! the reference chapter's shape and are made from a seed, so every run measures the same work. The stages run on
//! one thread; the command, which follows, takes all cores and ends with the files on the disk. `--command` leaves the stages out,
//! and `-- --write DIR 1000` only writes the YAML files.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement is printed, and may fail loudly"
)]

#[path = "../tests/support/chapters.rs"]
mod chapters;

use std::fs;
use std::io::Seek;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use gaisan::compose::Templates;
use gaisan::lineage::Lineage;
use gaisan::rollup::Rollup;
use gaisan::{check, document, read, render, sheet};

/// The seed of the chapters that are measured.
const SEED: u64 = 2022;

/// What the command line asks for.
struct Task {
    sheets: usize,
    one_chapter: bool,
    stages: bool,
    write_to: Option<PathBuf>,
}

impl Task {
    fn read() -> Self {
        let mut task = Self { sheets: 1000, one_chapter: false, stages: true, write_to: None };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--large" => task.one_chapter = true,
                "--command" => task.stages = false,
                "--write" => task.write_to = arguments.next().map(PathBuf::from),
                // Cargo passes `--bench` along.
                "--bench" => {}
                number => task.sheets = number.parse().unwrap(),
            }
        }
        task
    }

    fn write(&self, folder: &Path) {
        if self.one_chapter {
            chapters::chapter(folder, 1, self.sheets.saturating_sub(1).max(1), SEED);
        } else {
            chapters::ministry(folder, self.sheets, SEED);
        }
    }
}

fn main() {
    let task = Task::read();
    if let Some(folder) = &task.write_to {
        task.write(folder);
        println!("{} kB of YAML in {}", bytes(folder) / 1000, folder.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let budgets = folder.path().join("budgets");
    task.write(&budgets);
    let count = task.sheets;
    println!("{count} sheets, {} kB of YAML", bytes(&budgets) / 1000);
    if task.stages {
        stages(&budgets, count);
    }
    command(folder.path(), count);
}

/// Measures the stages of a build, each for all sheets.
fn stages(budgets: &Path, count: usize) {
    let reading = timed("read", count, || read::read(&[budgets.to_path_buf()]));
    let rollups: Vec<Rollup<'_>> =
        timed("rollup", count, || reading.requests.iter().map(Rollup::of).collect());
    let findings = timed("check", count, || check::check(&rollups));
    assert!(findings.is_empty() && reading.findings.is_empty(), "{findings:?} {:?}", reading.findings);
    let sheets: Vec<sheet::Sheet> = timed("word", count, || {
        let lineage = Lineage::of(&rollups);
        let of_chapter = |rollup| sheet::sheets(rollup, &lineage, gaisan::model::Lang::Ja);
        rollups.iter().flat_map(of_chapter).collect()
    });
    assert_eq!(sheets.len(), count);
    let templates = Templates::new(&[]).unwrap();
    let texts: Vec<String> = timed("compose", count, || {
        let compose = |sheet| templates.markdown(sheet).unwrap();
        sheets.iter().map(compose).collect()
    });
    let documents: Vec<_> = timed("document", count, || {
        let read = |text: &String| document::read(text, gaisan::model::Lang::Ja);
        texts.iter().map(read).collect()
    });
    let of_sheets = || documents.iter().zip(&sheets);
    let pages: Vec<String> = timed("html", count, || {
        of_sheets()
            .map(|(document, sheet)| render::html::page(document, &sheet.figures, &sheet.imprint))
            .collect()
    });
    let pdfs: Vec<Vec<u8>> = timed("pdf", count, || {
        let pdf = |(document, sheet): (_, &sheet::Sheet)| {
            render::pdf::pdf(document, &sheet.figures, &sheet.imprint).unwrap()
        };
        of_sheets().map(|both| pdf(both).bytes).collect()
    });
    timed("write", count, || {
        let folder = budgets.with_file_name("written");
        fs::create_dir_all(&folder).unwrap();
        for (number, ((text, page), pdf)) in texts.iter().zip(&pages).zip(&pdfs).enumerate() {
            put(&folder.join(format!("{number}.md")), text.as_bytes());
            put(&folder.join(format!("{number}.html")), page.as_bytes());
            put(&folder.join(format!("{number}.pdf")), pdf);
        }
    });
}

/// Measures the command itself: a check, a first build, one with nothing to do, and one after an amount was changed.
fn command(folder: &Path, count: usize) {
    println!("\ngaisan, all cores: time on the clock, of the processors, and the most memory it had");
    let megabytes = bytes(&folder.join("budgets")) as f64 / 1e6;
    let (clock, _) = ran("check", "check", folder);
    println!("{:>10}  {:.1} MB/s", "", megabytes / clock.as_secs_f64());
    let (_, first) = ran("build", "first", folder);
    println!("{:>10}  {:.2} ms of the processors a sheet", "", milliseconds(first) / count as f64);
    ran("build", "nothing", folder);
    change_one_amount(&folder.join("budgets"));
    let (_, one) = ran("build", "one amount", folder);
    println!("{:>10}  1/{:.0} of the first build", "", first.as_secs_f64() / one.as_secs_f64().max(0.001));
    let output = folder.join("output");
    println!("{:>10}  {} MB of files", "", bytes(&output) / 1_000_000);
}

/// Runs a command of gaisan, and prints how long it took, on the clock and of the processors, and the most memory it had, as Linux
/// says it.
fn ran(command: &str, what: &str, folder: &Path) -> (Duration, Duration) {
    let (start, before) = (Instant::now(), children());
    // A file takes whatever is said; a pipe that nobody reads meanwhile would stop the command.
    let mut said = tempfile::tempfile().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_gaisan"))
        .arg(command)
        .current_dir(folder)
        .stdout(said.try_clone().unwrap())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        let now = fs::read_to_string(&status).unwrap_or_default();
        let kilobytes = now
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .and_then(|text| text.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(kilobytes.unwrap_or(0_u64));
        std::thread::sleep(Duration::from_millis(1));
    };
    let (clock, processors) = (start.elapsed(), children().saturating_sub(before));
    said.rewind().unwrap();
    let said = std::io::read_to_string(said).unwrap();
    assert!(ended.success(), "{said}");
    println!(
        "{what:>10}  {:>8.1} ms  {:>8.0} ms  {:>5} MB  {}",
        milliseconds(clock),
        milliseconds(processors),
        peak / 1000,
        said.lines().last().unwrap_or_default()
    );
    (clock, processors)
}

/// The time of the processors that ended children of this program took, as Linux counts it: in hundredths of a second.
fn children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(13).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// Adds 100 to one program's request and to its chapter's.
fn change_one_amount(budgets: &Path) {
    let chapter = budgets.join("fy2022/chapter-0001");
    for name in ["p-0001-00002.yaml", "request.yaml"] {
        let path = chapter.join(name);
        let text = fs::read_to_string(&path).unwrap();
        let (before, rest) = text.split_once("\nrequested: ").unwrap();
        let (amount, after) = rest.split_once('\n').unwrap();
        let amount: u64 = amount.replace(',', "").parse().unwrap();
        let text = format!("{before}\nrequested: {}\n{after}", amount + 100);
        fs::write(&path, text).unwrap();
    }
}

/// Writes a file as a build does: beside its place, to the disk, and then in its place.
fn put(path: &Path, bytes: &[u8]) {
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap()).unwrap();
    std::io::Write::write_all(&mut file, bytes).unwrap();
    file.as_file().sync_all().unwrap();
    file.persist(path).unwrap();
}

/// Does something, and prints how long it took, in all and for each sheet.
fn timed<T>(what: &str, sheets: usize, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let time = start.elapsed();
    let each = time.checked_div(u32::try_from(sheets).unwrap_or(1)).unwrap_or(Duration::ZERO);
    println!("{what:>10}  {:>8.1} ms  {:>7.3} ms a sheet", milliseconds(time), milliseconds(each));
    result
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The size of all files below a folder.
fn bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { bytes(&path) } else { fs::metadata(path).unwrap().len() }).sum()
}
