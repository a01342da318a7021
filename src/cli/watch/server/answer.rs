//! What a browser gets: files of the output folder and nothing else, pages with a script that loads them again after a build.
//! The script is added here only; it never stands in a file.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::super::say::{in_words, lang};
use super::request::{Refusal, Request};

/// Where a page hears of builds.
pub(super) const EVENTS: &str = "/~gaisan/events";

/// Where the script is.
const SCRIPT: &str = "/~gaisan/reload.js";

/// The head of the answer to a page that wants to hear of builds.
pub(super) const EVENTS_HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";

/// The policy in gaisan's pages, which lets no script run, and the one that lets this server's own run.
const POLICY: (&str, &str) = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'",
);

/// The answer to a request, while the output folder shows some build.
pub(super) fn to(request: &Request, folder: &Path, build: u128) -> Vec<u8> {
    if request.path == SCRIPT {
        let script = include_str!("reload.js");
        return answer(200, "text/javascript; charset=utf-8", script.as_bytes(), request);
    }
    let found = file(folder, &request.path).and_then(|path| Some((gaisan::source::bytes(&path).ok()?, path)));
    let Some((bytes, path)) = found else {
        let page = with_script(&not_found(), build);
        return answer(404, HTML, page.as_bytes(), request);
    };
    let kind = media_type(&path);
    match String::from_utf8(bytes) {
        Ok(page) if kind == HTML => answer(200, kind, with_script(&page, build).as_bytes(), request),
        Ok(text) => answer(200, kind, text.as_bytes(), request),
        Err(other) => answer(200, kind, other.as_bytes(), request),
    }
}

/// The answer to what may not be asked.
pub(super) fn refusal(refusal: Refusal) -> Vec<u8> {
    let (status, why) = match refusal {
        Refusal::Unreadable => (400, "This is no request that gaisan understands."),
        Refusal::Method => (405, "Sheets can only be looked at."),
        Refusal::Host => (421, "Sheets are shown to this machine only, by its own name."),
    };
    let request = Request { wants_content: true, path: String::new(), query: String::new() };
    answer(status, TEXT, format!("{}\n", in_words(why)).as_bytes(), &request)
}

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// The page in the place of one that is not there.
fn not_found() -> String {
    let text = in_words("There is no such sheet yet. This page looks again after every build.");
    let (lang, all) = (lang().tag(), in_words("All sheets"));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head><meta charset=\"utf-8\"><title>gaisan</title></head>\n\
         <body><p>{text} <a href=\"/\">{all}</a></p></body>\n</html>\n"
    )
}

fn answer(status: u16, kind: &str, content: &[u8], request: &Request) -> Vec<u8> {
    let reason = match status {
        200 => "OK",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "Misdirected Request",
    };
    let mut bytes = format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\n\
         Connection: close\r\n\r\n",
        content.len()
    )
    .into_bytes();
    if request.wants_content {
        bytes.extend_from_slice(content);
    }
    bytes
}

/// The file of a path. Hidden files, `..` in any spelling and links that lead out of the folder are not found.
fn file(folder: &Path, path: &str) -> Option<PathBuf> {
    let root = fs::canonicalize(folder).ok()?;
    let mut wanted = root.clone();
    for name in path.split('/').filter(|name| !name.is_empty()) {
        if name.starts_with('.') || name.contains(['\\', ':', '\0']) {
            return None;
        }
        wanted.push(name);
    }
    if wanted.is_dir() {
        wanted.push("index.html");
    }
    let real = fs::canonicalize(wanted).ok()?;
    (real.starts_with(&root) && real.is_file()).then_some(real)
}

/// The media type by the end of a file's name. Markdown goes as plain text, because browsers show that and save the other.
fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|end| end.to_str()) {
        Some("html") => HTML,
        Some("pdf") => "application/pdf",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("json") => "application/json",
        Some("md" | "txt" | "csv") => TEXT,
        _ => "application/octet-stream",
    }
}

/// A page with the script that loads it again.
fn with_script(page: &str, build: u128) -> String {
    let script = format!("<script src=\"{SCRIPT}?{build}\"></script>\n</body>");
    let allowed = page.replacen(POLICY.0, POLICY.1, 1);
    match allowed.rfind("</body>") {
        Some(at) => {
            let (before, after) = allowed.split_at(at);
            format!("{before}{}", after.replacen("</body>", &script, 1))
        }
        None => allowed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() -> std::io::Result<()> {
        let desk = std::env::temp_dir().join(format!("gaisan-answer-{}", std::process::id()));
        let folder = desk.join("output");
        fs::create_dir_all(folder.join("章"))?;
        fs::write(desk.join("secret.md"), "secret")?;
        fs::write(folder.join(".hidden.md"), "hidden")?;
        fs::write(folder.join("章/a.md"), "a")?;
        fs::write(folder.join("index.html"), "<body></body>")?;
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(desk.join("secret.md"), folder.join("link.md"))?;
            std::os::unix::fs::symlink(&desk, folder.join("up"))?;
        }
        for fine in ["/", "", "/章/a.md", "//章//a.md", "/index.html"] {
            assert!(file(&folder, fine).is_some(), "{fine}");
        }
        let secret = desk.join("secret.md").display().to_string();
        for bad in [
            "/../secret.md", "/章/../../secret.md", "/..\\secret.md", "/.hidden.md", "/link.md",
            "/up/secret.md", "/章", "/none.md", "/a\0b", "/C:/x", &secret,
        ] {
            assert_eq!(file(&folder, bad), None, "{bad}");
        }
        fs::remove_dir_all(desk)
    }

    #[test]
    fn the_policy_is_the_one_in_the_pages() {
        let page = gaisan::render::html::IndexPage {
            lang: gaisan::model::Lang::Ja,
            title: "</body>".to_owned(),
            paper: gaisan::model::Paper::A4,
        };
        let page = gaisan::render::html::index(&page, std::iter::empty());
        let served = with_script(&page, 7);
        assert!(served.contains(POLICY.1), "{served}");
        assert!(
            served.ends_with("<script src=\"/~gaisan/reload.js?7\"></script>\n</body>\n</html>\n"),
            "{served}"
        );
    }
}
