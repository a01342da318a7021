//! How much is read and made: at each limit it is, and one step further is an error that names it. docs/limits.md lists them.

use std::fmt::Write;
use std::fs::File;
use std::time::{Duration, Instant};

use gaisan::diagnostic::{Color, text};
use gaisan::limits;
use gaisan::read::{Reading, read, read_texts};
use gaisan::{examine, source};

const HEAD: &str = "gaisan: 1\nid: c\ntitle: 章\nministry: 庁\nfiscal_year: 2024\nstage: request\nunit: 百万円\nbreakdown: complete\n";

/// What takes this long is no longer linear, on the slowest of machines.
const LONG: Duration = Duration::from_secs(60);

fn report(reading: &Reading) -> String {
    text(&examine(reading).findings, &reading.sources, Color::Never)
}

/// What is said of a chapter with one program that has these further lines.
fn said(more: &str) -> String {
    let program = format!("programs:\n  - id: p\n    title: 甲\n    requested: 5\n    prior: 4\n{more}");
    report(&read_texts(&[("c.yaml", &format!("{HEAD}{program}"))]))
}

#[test]
fn texts_keys_and_mappings_have_an_end() {
    let title = |length: usize| said(&format!("    operator: {}\n", "a".repeat(length)));
    assert_eq!(title(limits::LINE), "");
    assert!(title(limits::LINE + 1).contains("printed as one line, and is longer than 4 kB"));

    let body = |length: usize| said(&format!("    body: '{}'\n", "a ".repeat(length / 2)));
    assert_eq!(body(limits::VALUE), "");
    assert!(body(limits::VALUE + 2).contains("this text is longer than 256 kB"));

    let key = |length: usize| said(&format!("    {}: 1\n", "k".repeat(length)));
    assert!(key(limits::KEY).contains("a program has no key"), "{}", key(limits::KEY));
    assert!(key(limits::KEY + 1).contains("this one is longer than 256 bytes"));

    let glossary = |count: usize| {
        let mut glossary = String::from("glossary:\n");
        (0..count).for_each(|at| writeln!(glossary, "  K{at}: 語").unwrap());
        let text = format!("{HEAD}{glossary}programs:\n  - {{id: p, title: 甲, requested: 5, prior: 4}}\n");
        report(&read_texts(&[("c.yaml", &text)]))
    };
    assert!(!glossary(limits::KEYS).contains("error"));
    assert!(glossary(limits::KEYS + 1).contains("this mapping has more than 2000 keys"));
}

#[test]
fn a_line_and_what_is_found_have_an_end() {
    let row = |length: usize| said(&format!("    x: [{}1]\n", " ".repeat(length - 11)));
    assert!(!row(limits::ROW).contains("this line is longer"));
    assert!(row(limits::ROW + 1).contains("this line is longer than 288 kB"));

    let list = |length: usize| said(&format!("    x:\n{}", "    - 1\n".repeat(length)));
    assert!(!list(limits::ENTRIES).contains("this list has more"));
    assert!(list(limits::ENTRIES + 1).contains("this list has more than 100000 entries"));

    for entry in ["{}", "x", "nothing.yaml", "{a: 1}", "[]"] {
        let text = format!("{HEAD}programs:\n{}", format!("- {entry}\n").repeat(40_000));
        let start = Instant::now();
        let reading = read_texts(&[("c.yaml", &text)]);
        let found = reading.findings.len();
        assert!((limits::FINDINGS..limits::FINDINGS + 10).contains(&found), "{entry}: {found}");
        let told = report(&reading);
        assert!(told.contains("there are more than 5000 findings; reading stopped here"), "{entry}");
        assert!(start.elapsed() < LONG, "{entry}: {:?}", start.elapsed());
    }
}

/// Each of these took minutes: what was looked for again for each entry of a list is looked for once.
#[test]
fn many_entries_of_one_line_take_no_longer_than_they_are() {
    let many = |count: usize, entry: &dyn Fn(usize) -> String| (0..count).map(entry).collect::<String>();
    let accounts = many(5_000, &|at| format!("      - {{name: 会計{at}, requested: 12, prior: 34}}\n"));
    let cases = [
        format!("    accounts:\n{accounts}"),
        format!("    notes:\n{}", "      - n\n".repeat(40_000)),
        many(1_900, &|at| format!("    key{at}: 1\n")),
        format!("    body: |\n      {}\n", "![[".repeat(60_000)),
        format!("    body: |\n{}", "      ![a]\n".repeat(20_000)),
        format!("    body: |\n{}", "      ![a]\n\n".repeat(20_000)),
        format!("    x:\n{}", "      - [[],[],[],[],[],[],[],[],[],[]]\n".repeat(4_000)),
    ];
    for case in &cases {
        let start = Instant::now();
        said(case);
        assert!(start.elapsed() < LONG, "{:?} {:?}", case.get(..40), start.elapsed());
    }
    // No table has so many columns: it is a list, and not a row of cells.
    let list = said(&format!("    x: [{}1]\n", "1,".repeat(90_000)));
    assert!(list.contains("no key `x`") && !list.contains("row of cells"), "{list}");
}

#[test]
fn nesting_has_an_end() {
    let nested = |depth: usize| said(&format!("    x: {}{}\n", "[".repeat(depth), "]".repeat(depth)));
    // The chapter, its list and its program are three.
    assert!(!nested(limits::DEPTH - 3).contains("nest more than"));
    assert!(nested(limits::DEPTH - 2).contains("nest more than 100 deep"));
}

#[test]
fn a_flow_has_an_end() {
    let flow = |nodes: usize, edges: usize| {
        let mut flow =
            String::from("    funding_flow:\n      nodes:\n        - {id: n0, label: 国, kind: state}\n");
        (1..nodes).for_each(|at| writeln!(flow, "        - {{id: n{at}, label: 機関}}").unwrap());
        flow.push_str("      edges:\n");
        (0..edges).for_each(|at| {
            writeln!(flow, "        - {{from: n0, to: n{}, instrument: 補助金}}", at % (nodes - 1) + 1)
                .unwrap();
        });
        said(&flow)
    };
    assert_eq!(flow(limits::FLOW, limits::FLOW), "");
    assert!(flow(limits::FLOW + 1, limits::FLOW).contains("at most 100 nodes, and this one has 101"));
    assert!(flow(limits::FLOW, limits::FLOW + 1).contains("at most 100 edges, and this one has 101"));
}

#[test]
fn a_report_shows_so_many_findings_of_a_rule_and_counts_the_others() {
    let findings = |count: usize| {
        let mut text = format!("{HEAD}programs:\n");
        (0..count).for_each(|at| {
            writeln!(text, "  - {{id: p{at}, title: 甲, requested: 100, prior: 4}}").unwrap();
        });
        report(&read_texts(&[("c.yaml", &text)]))
    };
    let (most, _) = limits::SHOWN;
    assert!(!findings(most).contains("more of W0303"));
    let more = findings(most + 7);
    assert_eq!(more.matches("warning[W0303]").count(), most);
    assert!(more.ends_with("and 7 more of W0303 in c.yaml\n\n"), "{}", &more[more.len() - 200..]);
}

#[test]
fn eighteen_thousand_lines_beside_each_other_are_checked_in_time() {
    let mut text = format!("{HEAD}programs:\n");
    (0..18_000).for_each(|at| {
        writeln!(
            text,
            "  - {{id: p{at}, title: 同じように始まる事業{at}, requested: {}, prior: 40}}",
            at % 90 + 30
        )
        .unwrap();
    });
    let start = Instant::now();
    assert_eq!(report(&read_texts(&[("c.yaml", &text)])), "");
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}

/// Each name is looked for among all others, so only the first ones are.
#[test]
fn of_many_names_that_nothing_has_the_first_hundred_are_looked_for() {
    let mut text = format!("{HEAD}citations:\n");
    (0..400).for_each(|at| writeln!(text, "  - {{id: plan{at}, title: 計画{at}}}").unwrap());
    text += "programs:\n  - id: p\n    title: 事業\n    requested: 5\n    prior: 5\n    policy_basis:\n";
    (0..400).for_each(|at| writeln!(text, "      - {{cite: plam{at}}}").unwrap());
    let findings = examine(&read_texts(&[("c.yaml", &text)])).findings;
    let unknown: Vec<_> = findings.iter().filter(|finding| finding.code == "E0503").collect();
    let meant =
        unknown.iter().filter(|it| it.help.as_deref().unwrap_or_default().contains("did you mean `plan"));
    assert_eq!((unknown.len(), meant.count()), (400, 100));
}

#[test]
fn a_file_that_is_too_large_is_not_even_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.yaml");
    let sized = |bytes: u64| {
        File::create(&path).unwrap().set_len(bytes).unwrap();
        read(std::slice::from_ref(&path)).unreadable.iter().map(ToString::to_string).collect::<String>()
    };
    assert!(sized(limits::TEXT + 1).contains("it is larger than 16 MB"));
    File::create(&path).unwrap().set_len(limits::FILE + 1).unwrap();
    assert!(source::bytes(&path).unwrap_err().to_string().contains("it is larger than 512 MB"));
    File::create(&path).unwrap().set_len(10).unwrap();
    assert_eq!(source::bytes_up_to(&path, 10).unwrap().len(), 10);
    assert!(source::bytes_up_to(&path, 9).is_err());
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::process::Command::new("mkfifo").arg(at("pipe.yaml")).status().unwrap();
    let _socket = UnixListener::bind(at("socket.yaml")).unwrap();
    symlink("/dev/zero", at("device.yaml")).unwrap();
    for path in [at("pipe.yaml"), at("socket.yaml"), "/dev/zero".into()] {
        let said =
            read(std::slice::from_ref(&path)).unreadable.iter().map(ToString::to_string).collect::<String>();
        assert!(
            said.contains("no regular file, but a pipe, a socket or a device"),
            "{}: {said}",
            path.display()
        );
    }
    // Where they are named, there is no such file.
    for (key, name) in
        [("programs", "[pipe.yaml]"), ("citations", "device.yaml"), ("glossary", "socket.yaml")]
    {
        let chapter = HEAD.to_owned() + key + ": " + name + "\n";
        std::fs::write(at("c.yaml"), chapter).unwrap();
        let said = report(&read(&[at("c.yaml")]));
        assert!(said.contains("E0108"), "{key}: {said}");
    }
}

#[test]
fn a_pdf_that_says_it_has_no_end_is_not_unpacked() {
    let said = |text: &str| gaisan::render::pdf::enclosed(text.as_bytes()).unwrap_err().to_string();
    const MUCH: &str = "holds more than any sheet does";
    // How much there is counts, and not what a number says of it.
    let table = |size: usize| {
        let lines = "0000000000 65535 f \n".repeat(size);
        format!("%PDF-1.7\nxref\n0 {size}\n{lines}trailer\n<</Size {size}>>\nstartxref\n9\n%%EOF\n")
    };
    assert!(said(&table(limits::PDF_OBJECTS + 1)).contains(MUCH));
    assert!(!said(&table(limits::PDF_OBJECTS)).contains(MUCH));
    let begun = Instant::now();
    let endless =
        "<</Type/XRef/Size 4000000000/Index[0 4000000000]/W[0 0 0]/Length 0>>stream\n\nendstream endobj";
    assert!(!said(&format!("%PDF-1.7\n1 0 obj{endless}\nstartxref\n9\n%%EOF\n")).contains(MUCH));
    // Each table leads to an older one.
    let chain = |count: usize| {
        let mut file = "%PDF-1.7\n".to_owned();
        let mut older = String::new();
        for _ in 0..count {
            let at = file.len();
            file += &format!("xref\n0 0\ntrailer\n<<{older}>>\nstartxref\n{at}\n%%EOF\n");
            older = format!("/Prev {at}");
        }
        file
    };
    assert!(said(&chain(limits::PDF_TABLES + 1)).contains(MUCH));
    assert!(!said(&chain(limits::PDF_TABLES)).contains(MUCH));
    assert!(!said("%PDF-1.7\nxref\n0 0\ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF\n").contains(MUCH));
    assert!(begun.elapsed() < LONG);
}

#[test]
fn the_page_of_limits_names_each_with_its_size() {
    let page = include_str!("../../docs/limits.md");
    let source = include_str!("../../src/limits.rs");
    let names = source.lines().filter_map(|line| line.strip_prefix("pub const ")?.split(':').next());
    for name in names {
        let size = match name {
            "FILE" => format!("{} MB", limits::FILE >> 20),
            "TEXT" => format!("{} MB", limits::TEXT >> 20),
            "SHEET" => format!("{} MB", limits::SHEET >> 20),
            "DEPTH" => limits::DEPTH.to_string(),
            "KEYS" => "2,000".to_owned(),
            "ENTRIES" => "100,000 | E0109".to_owned(),
            "FINDINGS" => "5,000 findings".to_owned(),
            "ROW" => format!("{} kB | E0109", limits::ROW >> 10),
            "FILLED" => "300,000, or one for every two bytes".to_owned(),
            "CELLS_TEXT" => format!("{} MB in all, or as many as the file", limits::CELLS_TEXT >> 20),
            "UNFOLDED" => "32 MB in all, or 32 times the file, and never more than 256 MB".to_owned(),
            "STYLES" => "500,000 | E0701".to_owned(),
            "AMOUNTS" => format!("{} | E0702", limits::AMOUNTS),
            "LEVELS" => format!("{} | E0702", limits::LEVELS),
            "KEY" => format!("{} bytes", limits::KEY),
            "VALUE" => format!("{} kB", limits::VALUE >> 10),
            "LINE" => format!("{} kB", limits::LINE >> 10),
            "FLOW" => limits::FLOW.to_string(),
            "SHOWN" => "2,000".to_owned(),
            "MARKDOWN" => format!("{} MB", limits::MARKDOWN >> 20),
            "COMPOSED_TIME" => format!("{} seconds", limits::COMPOSED_TIME.as_secs()),
            "COMPOSED_MEMORY" => format!("{} GB", limits::COMPOSED_MEMORY >> 30),
            "PICTURE" => format!("{} MB", limits::PICTURE >> 20),
            "PIXELS" => "40 million pixels".to_owned(),
            "SVG" => "2 MB".to_owned(),
            "SVG_ELEMENTS" => "100,000".to_owned(),
            "SVG_STEPS" => "200,000".to_owned(),
            "PDF_STREAM" => format!("{} MB", limits::PDF_STREAM >> 20),
            "PDF_OBJECTS" => "500,000".to_owned(),
            "PDF_VALUES" => "3 million".to_owned(),
            "PDF_TABLE" => format!("{} MB in all |", limits::PDF_TABLE >> 20),
            "PDF_TABLES" => "200 |".to_owned(),
            "ENCLOSURE" => format!("{} MB", limits::ENCLOSURE >> 20),
            "PDF_COMPARED" => "4 MB a page".to_owned(),
            "PDF_NAMES" => "10,000".to_owned(),
            _ => format!("`{name}`"),
        };
        assert!(page.contains(&size), "docs/limits.md says nothing of {name}, {size}");
    }
}
