//! What a browser asks for, as far as this server understands it.

use std::io::{BufRead, Read};

/// The most that a request may have, in bytes.
const LIMIT: u64 = 16 * 1024;

/// A request that may be answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// Whether the content is wanted, too, or only the head of the answer.
    pub(super) wants_content: bool,
    /// The path with `%XX` resolved, from `/`.
    pub(super) path: String,
    /// What follows `?`.
    pub(super) query: String,
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no request, or one that is too long.
    Unreadable,
    /// It wants to change something.
    Method,
    /// It came by a name that is not this machine's own, as it does when a foreign page tries to read unpublished sheets.
    Host,
}

impl Request {
    /// Reads the head of a request that came in at a port.
    pub(super) fn read(stream: &mut impl BufRead, port: u16) -> Result<Self, Refusal> {
        let mut stream = stream.take(LIMIT);
        let first = line(&mut stream)?;
        let mut host = None;
        loop {
            let line = line(&mut stream)?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').ok_or(Refusal::Unreadable)?;
            if name.eq_ignore_ascii_case("host") && host.replace(value.trim().to_owned()).is_some() {
                return Err(Refusal::Unreadable);
            }
        }
        let mut words = first.split(' ');
        let (Some(method), Some(target), Some(version), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(Refusal::Unreadable);
        };
        if !version.starts_with("HTTP/1.") || !target.starts_with('/') {
            return Err(Refusal::Unreadable);
        }
        if !host.is_some_and(|host| is_own(&host, port)) {
            return Err(Refusal::Host);
        }
        if !matches!(method, "GET" | "HEAD") {
            return Err(Refusal::Method);
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Ok(Self {
            wants_content: method == "GET",
            path: resolved(path).ok_or(Refusal::Unreadable)?,
            query: query.to_owned(),
        })
    }
}

fn line(stream: &mut impl BufRead) -> Result<String, Refusal> {
    let mut line = String::new();
    let read = stream.read_line(&mut line);
    if read.is_err() || !line.ends_with('\n') {
        return Err(Refusal::Unreadable);
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn is_own(host: &str, port: u16) -> bool {
    let (name, stated) = match host.rsplit_once(':') {
        Some((name, stated)) if !stated.ends_with(']') => (name, stated.parse().ok()),
        _ => (host, Some(80)),
    };
    stated == Some(port) && (matches!(name, "127.0.0.1" | "[::1]") || name.eq_ignore_ascii_case("localhost"))
}

/// A path with its `%XX` resolved; `None` when the result is no text.
fn resolved(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let (digits, after) = rest.split_at_checked(2)?;
        let digits = std::str::from_utf8(digits).ok()?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Request, Refusal> {
        Request::read(&mut text.as_bytes(), 8420)
    }

    #[test]
    fn a_path_in_percent_form_is_a_path() {
        let request = read("GET /fy2022/%E7%AB%A0.html?3 HTTP/1.1\r\nHost: 127.0.0.1:8420\r\n\r\n");
        let expected =
            Request { wants_content: true, path: "/fy2022/章.html".to_owned(), query: "3".to_owned() };
        assert_eq!(request, Ok(expected));
    }

    #[test]
    fn what_is_no_request_of_this_machine_is_refused() {
        let with = |first: &str, host: &str| read(&format!("{first}\r\nHost: {host}\r\n\r\n"));
        for host in ["localhost:8420", "LOCALHOST:8420", "[::1]:8420", "127.0.0.1:8420"] {
            assert!(with("GET / HTTP/1.1", host).is_ok(), "{host}");
        }
        for host in
            ["evil.example:8420", "127.0.0.1:80", "127.0.0.1", "localhost.evil.example:8420", "", "[::1]"]
        {
            assert_eq!(with("GET / HTTP/1.1", host), Err(Refusal::Host), "{host}");
        }
        assert_eq!(read("GET / HTTP/1.1\r\n\r\n"), Err(Refusal::Host));
        assert_eq!(with("POST / HTTP/1.1", "localhost:8420"), Err(Refusal::Method));
        for first in [
            "GET", "GET /", "GET / HTTP/2", "GET http://a/ HTTP/1.1", "GET /%f HTTP/1.1",
            "GET /%+1 HTTP/1.1", "GET /%ff HTTP/1.1", "",
        ] {
            let refusal = with(first, "localhost:8420");
            assert_eq!(refusal, Err(Refusal::Unreadable), "{first}");
        }
        assert_eq!(read("GET / HTTP/1.1\r\nHost: a"), Err(Refusal::Unreadable));
        let long = format!("GET /{} HTTP/1.1\r\n", "a".repeat(20_000));
        assert_eq!(read(&long), Err(Refusal::Unreadable));
    }
}
