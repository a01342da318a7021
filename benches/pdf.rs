//! How long one sheet takes as a PDF: `cargo bench --bench pdf`.
//!
//! The sheet is `page.md`: one A4 page of about 1,400 Japanese characters with a table of 20 rows, the size on which typesetters
//! are compared (`peers/`). First a table of the passes, in processor time of one thread, so that busy neighbors do not
//! count: the median of many runs. Then the whole in wall time on one and two threads, beside the floor: taking the glyphs
//! out of the faces, compressing what the file holds, and copying it to its place, which no writer can do without.
//! `cargo bench --bench pdf -- passes` prints the table only; `-- write FILE` writes the sheet to look at it.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement is printed, and may fail loudly"
)]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;
use divan::Bencher;
use divan::counter::BytesCount;
use gaisan::document::{self, Block, Document, Inline};
use gaisan::figure::Figures;
use gaisan::model::Lang;
use gaisan::render::Imprint;
use gaisan::render::pdf::layout::{self, Drawn};
use gaisan::render::pdf::{self, Pass};
use gaisan::typeface::{Fonts, Weight};
use libdeflater::{CompressionLvl, Compressor};

const PAGE: &str = include_str!("page.md");

/// How often the passes are timed.
const RUNS: usize = 301;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| arguments.iter().position(|argument| argument == word);
    if let Some(at) = has("write") {
        std::fs::write(&arguments[at + 1], file()).unwrap();
        return;
    }
    passes();
    if has("passes").is_none() {
        divan::main();
    }
}

/// Prints how long each pass takes.
fn passes() {
    let imprint = imprint();
    let fonts = Fonts::builtin().unwrap();
    // Faces are parsed once a process, not once a sheet.
    let size = file().len();
    let mut runs: Vec<Vec<Duration>> = vec![Vec::new(); Pass::ALL.len() + 3];
    for number in 0..RUNS {
        let start = ThreadTime::now();
        let mut sheet = black_box(document::read(PAGE, Lang::Ja));
        runs[0].push(start.elapsed());
        turn(&mut sheet.blocks, number);

        let start = ThreadTime::now();
        let mut before = Duration::ZERO;
        pdf::in_passes(&sheet, &Figures::new(), &imprint, fonts, &mut |pass| {
            let now = start.elapsed();
            runs[1 + pass as usize].push(now.saturating_sub(before));
            before = now;
        })
        .unwrap();
        runs[1 + Pass::ALL.len()].push(start.elapsed());
    }
    let floor = Floor::new();
    for _ in 0..RUNS {
        let start = ThreadTime::now();
        black_box(floor.work());
        runs[2 + Pass::ALL.len()].push(start.elapsed());
    }
    let names = Pass::ALL.map(|pass| format!("{pass:?}").to_lowercase());
    let names =
        ["read markdown".to_owned()].into_iter().chain(names).chain(["whole".to_owned(), "floor".to_owned()]);
    for (name, times) in names.zip(&mut runs) {
        times.sort_unstable();
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        println!(
            "{name:>14}  {:>7.3} ms  (fastest {:.3})",
            milliseconds(times[times.len() / 2]),
            milliseconds(times[0])
        );
    }
    println!("{:>14}  {size} bytes", "");
    for threads in [1, 2] {
        let time = at_once(threads).as_secs_f64() * 1000.0;
        println!("{:>14}  {time:>7.3} ms a sheet", format!("threads: {threads}"));
    }
}

/// The processor time of a sheet when as many threads make sheets at once; what they share would make it longer.
fn at_once(threads: usize) -> Duration {
    let work = || {
        let (sheet, imprint) = (sheet(), imprint());
        let mut times: Vec<Duration> = (0..RUNS)
            .map(|_| {
                let start = ThreadTime::now();
                black_box(pdf::pdf(&sheet, &Figures::new(), &imprint).unwrap());
                start.elapsed()
            })
            .collect();
        times.sort_unstable();
        times[RUNS / 2]
    };
    let all = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let times = running.into_iter().map(|thread| thread.join().unwrap());
        times.sum::<Duration>()
    });
    all / threads as u32
}

#[divan::bench(threads = [1, 2])]
fn whole(bencher: Bencher<'_, '_>) {
    let (sheet, imprint) = (sheet(), imprint());
    bencher
        .counter(BytesCount::new(file().len()))
        .bench(|| pdf::pdf(&sheet, &Figures::new(), &imprint).unwrap());
}

#[divan::bench]
fn layout_only(bencher: Bencher<'_, '_>) {
    let (sheet, imprint) = (sheet(), imprint());
    let fonts = Fonts::builtin().unwrap();
    bencher.bench(|| layout::fitted(&sheet, &Figures::new(), &imprint, fonts));
}

#[divan::bench(threads = [1, 2])]
fn floor(bencher: Bencher<'_, '_>) {
    let floor = Floor::new();
    bencher.bench(|| floor.work());
}

fn sheet() -> Document {
    document::read(PAGE, Lang::Ja)
}

/// Turns every text around by so many characters, so that every run sets another sheet of the same glyphs.
fn turn(blocks: &mut [Block], number: usize) {
    let turned = |line: &mut Vec<Inline>| {
        for run in line {
            if let Inline::Text(text) = run {
                turn_text(text, number);
            } else if let Inline::Strong(runs) = run
                && let [Inline::Text(text)] = runs.as_mut_slice()
            {
                turn_text(text, number);
            }
        }
    };
    for block in blocks {
        match block {
            Block::Paragraph(line) => turned(line),
            Block::Section(section) => {
                turned(&mut section.heading);
                turn(&mut section.blocks, number);
            }
            Block::Table(table) => {
                let rows = table.rows.iter_mut().chain([&mut table.header]);
                rows.flatten().for_each(turned);
            }
            _ => {}
        }
    }
}

fn turn_text(text: &mut String, number: usize) {
    let mut characters: Vec<char> = text.chars().collect();
    let length = characters.len().max(1);
    characters.rotate_left(number * 7 % length);
    *text = characters.into_iter().collect();
}

fn imprint() -> Imprint {
    Imprint {
        title: "未来社会の実現に向けた先端研究の抜本的強化".to_owned(),
        author: "文部科学省".to_owned(),
        running_head: "令和4年度概算要求".to_owned(),
        lang: Lang::Ja,
        edition: String::new(),
        enclosure: None,
        glossary: Vec::new(),
        draft: None,
        paper: gaisan::model::Paper::A4,
        links: Vec::new(),
    }
}

fn file() -> Vec<u8> {
    let pdf = pdf::pdf(&sheet(), &Figures::new(), &imprint()).unwrap();
    pdf.bytes
}

/// What a file of these bytes costs at least, with the libraries that are best at each part.
struct Floor {
    /// The glyphs that the sheet uses, by face.
    glyphs: Vec<(Weight, BTreeSet<u16>)>,
    /// The file's streams but the fonts, not compressed.
    streams: Vec<Vec<u8>>,
}

impl Floor {
    fn new() -> Self {
        let fonts = Fonts::builtin().unwrap();
        let laid_out = layout::fitted(&sheet(), &Figures::new(), &imprint(), fonts);
        let glyphs = [Weight::Regular, Weight::Bold].map(|weight| {
            let items = laid_out.pages.iter().flat_map(|page| &page.items);
            let texts = items.filter_map(|item| match &item.drawn {
                Drawn::Text(text) if text.weight == weight => Some(&text.text),
                _ => None,
            });
            let glyphs = texts
                .flat_map(|text| text.chars())
                .map(|character| fonts.face(weight).shown(character).glyph)
                .collect();
            (weight, glyphs)
        });
        let file = lopdf::Document::load_mem(&file()).unwrap();
        let streams = file.objects.values().filter_map(|object| {
            let stream = object.as_stream().ok()?;
            let content = stream.decompressed_content();
            (!stream.dict.has(b"Length1")).then(|| content.unwrap_or_default())
        });
        Self { glyphs: glyphs.into(), streams: streams.collect() }
    }

    fn work(&self) -> Vec<u8> {
        let fonts = Fonts::builtin().unwrap();
        let mut packer = Compressor::new(CompressionLvl::new(1).unwrap());
        let mut file = Vec::with_capacity(200_000);
        let mut add = |bytes: &[u8]| {
            let start = file.len();
            file.resize(start + packer.zlib_compress_bound(bytes.len()), 0);
            let length = packer.zlib_compress(bytes, &mut file[start..]).unwrap();
            file.truncate(start + length);
        };
        for (weight, glyphs) in &self.glyphs {
            let mut remapper = subsetter::GlyphRemapper::new();
            for glyph in glyphs {
                remapper.remap(*glyph);
            }
            add(&subsetter::subset(&fonts.face(*weight).data, 0, &remapper).unwrap());
        }
        for stream in &self.streams {
            add(stream);
        }
        file
    }
}
