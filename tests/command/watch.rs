//! `gaisan watch` as somebody at a desk meets it: saving a file renews the sheets and tells the browser, mistakes do not stop
//! it, and nobody else can look.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use tempfile::TempDir;

use crate::support;

const PATIENCE: Duration = Duration::from_secs(60);

/// A desk with a chapter, and `gaisan watch` running at it.
struct Desk {
    folder: TempDir,
    child: Child,
    lines: Receiver<String>,
    port: u16,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Desk {
    fn new() -> Self {
        Self::speaking("en")
    }

    fn speaking(lang: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let chapter = folder.path().join("要求書/第5章");
        fs::create_dir_all(&chapter).unwrap();
        for entry in fs::read_dir(support::budgets("demo-en")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, chapter.join(path.file_name().unwrap())).unwrap();
        }
        let mut child = crate::support::gaisan()
            .args(["watch", "要求書", "--format", "html,md", "--serve=0"])
            .current_dir(folder.path())
            .env("NO_COLOR", "1")
            .env("GAISAN_LANG", lang)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut desk = Self { folder, child, lines, port: 0 };
        let at =
            desk.line(if lang == "en" { "the sheets are at http://127.0.0.1:" } else { "http://127.0.0.1:" });
        let port = at.rsplit(':').next().unwrap();
        desk.port = port.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap();
        desk
    }

    /// Waits for a line that contains something.
    fn line(&self, with: &str) -> String {
        let mut before = String::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(with) => return line,
                Ok(line) => before.push_str(&format!("{line}\n")),
                Err(_) => panic!("`{with}` was not printed after\n{before}"),
            }
        }
    }

    fn chapter(&self, file: &str) -> PathBuf {
        self.folder.path().join("要求書/第5章").join(file)
    }

    fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// The head and the content of the answer to a request.
    fn ask(&self, request: &str) -> (String, String) {
        let mut answer = Vec::new();
        self.connect(request).read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, content) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), content.to_owned())
    }

    fn get(&self, path: &str) -> (String, String) {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port))
    }

    /// The number of the build that a page shows.
    fn shown(page: &str) -> &str {
        let (_, after) = page.split_once("/~gaisan/reload.js?").unwrap();
        after.split('"').next().unwrap()
    }

    /// Listens as a page does that shows some build, and waits for an event.
    fn hear(&self, shown: &str, event: &str) {
        self.told(shown, event, |_| true);
    }

    /// Listens for an event with a line that is wanted.
    fn told(&self, shown: &str, event: &str, is_wanted: impl Fn(&str) -> bool) {
        let stream = self.connect(&format!(
            "GET /~gaisan/events?{shown} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            self.port
        ));
        let expected = format!("event: {event}");
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        assert!(lines.any(|line| line == expected), "no {expected}");
        let mut data = lines.take_while(|line| !line.is_empty());
        assert!(data.any(|line| is_wanted(&line)), "{expected} does not say it");
    }
}

/// Saves as many editors do: into another file, which then takes the place of the first.
fn save_by_renaming(path: &Path, text: &str) {
    let beside = path.with_extension("yaml~");
    fs::write(&beside, text).unwrap();
    fs::rename(&beside, path).unwrap();
}

#[test]
fn saving_renews_the_sheet_and_tells_the_browser() {
    let desk = Desk::new();
    let (_, index) = desk.get("/");
    let link = support::tags(&index)
        .filter_map(|tag| support::attribute(tag, "href"))
        .find(|target| target.ends_with("storm-walls.html"))
        .unwrap();
    let link = format!("/{link}");
    let (head, page) = desk.get(&link);
    assert!(head.contains("text/html; charset=utf-8"), "{head}");
    assert!(page.contains("script-src 'self'"), "{page}");

    let file = desk.chapter("storm-walls.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let title = text.lines().find_map(|line| line.strip_prefix("title: ")).unwrap();
    save_by_renaming(&file, &text.replace(title, "Walls against 高潮"));
    desk.hear(Desk::shown(&page), "built");
    desk.line("saved: storm-walls.yaml");
    let (_, page) = desk.get(&link);
    assert!(support::visible(&page).contains("Walls against 高潮"));

    // A mistake is reported, stops nothing, and is told to the page that is loaded again.
    fs::write(&file, text.replacen("requested:", "requestet:", 1)).unwrap();
    desk.hear(Desk::shown(&page), "built");
    desk.line("error");
    let (_, page) = desk.get(&link);
    let shown = Desk::shown(&page).to_owned();
    desk.told(&shown, "outcome", |line| line == format!("data: waiting {}", &link[1..link.len() - 5]));
    desk.told(&shown, "outcome", |line| line.contains("storm-walls.yaml:") && line.contains("┌─"));

    // Another mistake is told alone; the first one stands as before.
    fs::write(&file, text.replacen("requested:", "requestet:", 1).replacen("prior:", "priory:", 1)).unwrap();
    desk.hear(&shown, "built");
    desk.line("priory");
    desk.line("as before");
    let (_, page) = desk.get(&link);

    fs::write(&file, &text).unwrap();
    desk.hear(Desk::shown(&page), "built");
    desk.line("put right");
    let (_, page) = desk.get(&link);
    assert!(!page.contains("高潮"), "{page}");

    // What is served is for serving: the files have no script of the server.
    let written = fs::read_to_string(desk.folder.path().join(format!("output{link}"))).unwrap();
    assert!(!written.contains("~gaisan") && !written.contains("script-src"));
}

/// The terminal tells only what changed: what a program that was taken out leaves over is said after the save that took it out, and not again.
#[test]
fn what_is_left_over_is_said_once() {
    let desk = Desk::new();
    let file = desk.chapter("request.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let without: String =
        text.split_inclusive('\n').filter(|line| !line.contains("- storm-walls.yaml")).collect();
    assert_ne!(text, without);
    fs::write(&file, without.replacen("breakdown: complete", "breakdown: partial", 1)).unwrap();
    desk.line("left over: ");
    desk.line("`--prune` removes them");
    fs::write(&file, without.replacen("breakdown: complete", "breakdown: partial", 1) + "\n# later\n")
        .unwrap();
    desk.line("saved: request.yaml");
    let mut after = Vec::new();
    while !after.last().is_some_and(|line: &String| line.contains(" sheets, ")) {
        after.push(desk.lines.recv_timeout(PATIENCE).unwrap());
    }
    assert!(!after.iter().any(|line| line.contains("left over")), "{after:#?}");
}

#[test]
fn the_page_of_a_sheet_that_is_not_there_speaks_the_language_of_the_terminal() {
    let desk = Desk::speaking("ja");
    let (head, page) = desk.get("/fy2027/none.html");
    assert!(head.starts_with("HTTP/1.1 404"), "{head}");
    for said in ["<html lang=\"ja\">", "この資料はまだありません。", "<a href=\"/\">資料の一覧</a>"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn nobody_else_can_look_and_nothing_else_is_shown() {
    let desk = Desk::new();
    let (head, _) = desk.ask(&format!("GET / HTTP/1.1\r\nHost: sheets.example:{}\r\n\r\n", desk.port));
    assert!(head.starts_with("HTTP/1.1 421"), "{head}");
    let (head, _) = desk.ask(&format!("POST / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", desk.port));
    assert!(head.starts_with("HTTP/1.1 405"), "{head}");
    fs::write(desk.folder.path().join("output/data.bin"), [0xff, 0]).unwrap();
    std::os::unix::fs::symlink(desk.chapter("request.yaml"), desk.folder.path().join("output/out.md"))
        .unwrap();
    for path in [
        "/../要求書/第5章/request.yaml",
        "/%2e%2e/%E8%A6%81%E6%B1%82%E6%9B%B8/%E7%AC%AC5%E7%AB%A0/request.yaml",
        "/..%2f要求書",
        "/%2e%2e%5c",
        "//etc/passwd",
        "/out.md",
        "/%00",
    ] {
        let (head, content) = desk.get(path);
        assert!(head.starts_with("HTTP/1.1 404"), "{path}: {head}");
        assert!(!content.contains("gaisan: 1"), "{path}: {content}");
    }
    let kinds = [
        ("/~gaisan/reload.js", "text/javascript; charset=utf-8"),
        ("/data.bin", "application/octet-stream"),
        ("/fy2022/", "text/html; charset=utf-8"),
    ];
    for (path, kind) in kinds {
        let (head, _) = desk.get(path);
        assert!(head.contains(&format!("Content-Type: {kind}\r\n")), "{path}: {head}");
        assert!(head.contains("X-Content-Type-Options: nosniff"), "{head}");
    }
}

#[test]
fn only_this_machine_can_be_served() {
    for at in ["0.0.0.0:0", "[::]:0", "192.0.2.1:80"] {
        let output = crate::support::gaisan().args(["watch", &format!("--serve={at}")]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{at}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("can be reached from other machines"), "{said}");
    }
}

#[test]
fn a_fault_does_not_end_the_watch() {
    if !cfg!(debug_assertions) {
        return;
    }
    let desk = Desk::new();
    let file = desk.chapter("storm-walls.yaml");
    let text = fs::read_to_string(&file).unwrap();
    save_by_renaming(&file, &text.replacen("summary: ", "summary: gaisan-test-fault ", 1));
    desk.line("sheets,");
    save_by_renaming(&file, &text);
    desk.line("saved: storm-walls.yaml");
    desk.line("0 errors");
    assert!(desk.get("/").1.contains("storm-walls.html"));
}

#[test]
fn who_sends_a_letter_at_a_time_is_not_waited_for() {
    let desk = Desk::new();
    let dripping: Vec<TcpStream> = (0..64).map(|_| desk.connect("GET /")).collect();
    let begun = std::time::Instant::now();
    assert!(desk.get("/").1.contains("storm-walls.html"));
    assert!(begun.elapsed() < PATIENCE / 2, "awaited in line with them: {:?}", begun.elapsed());
    let mut ends = 0;
    while begun.elapsed() < PATIENCE && ends < dripping.len() {
        std::thread::sleep(Duration::from_millis(500));
        ends = dripping.iter().filter(|stream| (&**stream).write_all(b"a").is_err()).count();
    }
    assert_eq!(ends, dripping.len(), "still served after {:?}", begun.elapsed());
    assert!(desk.get("/").1.contains("storm-walls.html"));
}
