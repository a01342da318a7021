//! A server for one desk: it shows the output folder to browsers of this machine, and tells them when to load a page again.

mod answer;
mod request;

use std::collections::VecDeque;
use std::io::{self, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use gaisan::diagnostic::{self, Color};

use super::super::build::Outcome;
use super::super::say;
use request::Request;

/// How many findings a page is told.
const REPORT: usize = 50;

/// How many browsers' connections are served at a time.
const CONNECTIONS: usize = 64;

/// How long a browser may take for a request, and how often a waiting one is told that the server is there.
const PATIENCE: Duration = Duration::from_secs(10);

/// An address of this machine's own, or why there is none in a text such as `8420`, `localhost:8420` or `[::1]:0`.
pub(crate) fn address(text: &str) -> Result<SocketAddr, String> {
    if let Ok(port) = text.parse::<u16>() {
        return Ok(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
    }
    let numeric = text.replacen("localhost:", "127.0.0.1:", 1);
    let address: SocketAddr = numeric
        .parse()
        .map_err(|_| "write a port, or an address with a port such as `127.0.0.1:8420`".to_owned())?;
    let own = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
    if own.contains(&address.ip()) {
        Ok(address)
    } else {
        Err(format!(
            "{} can be reached from other machines, and unpublished requests must not be; use 127.0.0.1 or [::1]",
            address.ip()
        ))
    }
}

/// A running server. It ends with the process.
pub(super) struct Server {
    shared: Arc<Shared>,
}

/// What the connections share.
struct Shared {
    at: SocketAddr,
    folder: PathBuf,
    state: Mutex<State>,
    changed: Condvar,
    connections: AtomicUsize,
    /// Those of which the request is still awaited, the oldest first.
    awaited: Mutex<VecDeque<Arc<TcpStream>>>,
}

/// The last build.
struct State {
    /// Counts up with every build, and is another in every run of the server.
    build: u128,
    /// What it came to, as its pages are told.
    told: String,
}

impl Shared {
    fn awaited(&self) -> MutexGuard<'_, VecDeque<Arc<TcpStream>>> {
        self.awaited.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for another build than the one given; the present one after a while.
    fn after(&self, build: u128) -> u128 {
        let waiting = self.changed.wait_timeout_while(self.state(), PATIENCE, |state| state.build == build);
        let (state, _) = waiting.unwrap_or_else(PoisonError::into_inner);
        state.build
    }
}

impl Server {
    /// Serves a folder.
    ///
    /// # Errors
    /// When the port is taken.
    pub(super) fn start(at: SocketAddr, folder: &Path) -> Result<Self, String> {
        let trouble =
            |cause: io::Error| format!("cannot serve at {at}: {cause}; `--serve=0` takes any free port");
        let listener = TcpListener::bind(at).map_err(trouble)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let shared = Arc::new(Shared {
            at: listener.local_addr().map_err(trouble)?,
            folder: folder.to_path_buf(),
            state: Mutex::new(State {
                build: now.map_or(0, |time| time.as_millis()),
                told: told(&Outcome::default()),
            }),
            changed: Condvar::new(),
            connections: AtomicUsize::new(0),
            awaited: Mutex::default(),
        });
        let server = Self { shared: Arc::clone(&shared) };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                let stream = Arc::new(stream);
                if shared.connections.fetch_add(1, Ordering::SeqCst) >= CONNECTIONS {
                    // A browser sends its request at once: who has been awaited longest makes room.
                    let Some(slow) = shared.awaited().pop_front() else {
                        shared.connections.fetch_sub(1, Ordering::SeqCst);
                        continue;
                    };
                    let _ = slow.shutdown(Shutdown::Both);
                }
                shared.awaited().push_back(Arc::clone(&stream));
                thread::spawn(move || {
                    // A browser that goes away in the middle is none of our business.
                    let _ = connection(&stream, &shared);
                    shared.connections.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Ok(server)
    }

    /// What to type into a browser.
    pub(super) fn address(&self) -> String {
        format!("http://{}/", self.shared.at)
    }

    /// Tells the browsers that there was a build.
    pub(super) fn tell(&self, outcome: Outcome) {
        let told = told(&outcome);
        let mut state = self.shared.state();
        state.build += 1;
        state.told = told;
        drop(state);
        self.shared.changed.notify_all();
    }
}

/// A browser's connection that ends at some time, however little comes or goes at a time.
struct Timed<'s> {
    stream: &'s TcpStream,
    end: Instant,
}

impl Timed<'_> {
    fn left(&self) -> io::Result<Option<Duration>> {
        let left = self.end.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(Some(left)) }
    }
}

impl Read for Timed<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.left()?)?;
        self.stream.read(into)
    }
}

impl Write for Timed<'_> {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.left()?)?;
        self.stream.write(from)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Answers one request; the connection ends with it.
fn connection(stream: &Arc<TcpStream>, shared: &Shared) -> io::Result<()> {
    let mut timed = Timed { stream, end: Instant::now() + PATIENCE };
    let request = Request::read(&mut BufReader::new(&mut timed), shared.at.port());
    shared.awaited().retain(|it| !Arc::ptr_eq(it, stream));
    match request {
        Ok(request) if request.path == answer::EVENTS => {
            stream.set_write_timeout(Some(PATIENCE))?;
            events(stream, &request, shared)
        }
        Ok(request) => {
            let build = shared.state().build;
            timed.end = Instant::now() + PATIENCE;
            timed.write_all(&answer::to(&request, &shared.folder, build))
        }
        Err(refusal) => timed.write_all(&answer::refusal(refusal)),
    }
}

/// Tells a page what the build that it shows came to, and of the next build.
fn events(mut stream: &TcpStream, request: &Request, shared: &Shared) -> io::Result<()> {
    stream.write_all(answer::EVENTS_HEAD.as_bytes())?;
    let shown = request.query.parse().unwrap_or(0);
    let told = Some(shared.state()).filter(|state| state.build == shown).map(|state| state.told.clone());
    if let Some(told) = told {
        write!(stream, "event: outcome\n{told}\n")?;
    }
    loop {
        let build = shared.after(shown);
        if build == shown {
            stream.write_all(b": still here\n\n")?;
        } else {
            // The page loads itself again, and asks with another number then.
            return write!(stream, "event: built\ndata: {build}\n\n");
        }
    }
}

/// What a build came to, as lines of an event: the sheets by their state, an empty line, and the report.
fn told(outcome: &Outcome) -> String {
    let states = [("waiting", &outcome.waiting), ("changed", &outcome.changed), ("gone", &outcome.gone)];
    let states =
        states.iter().flat_map(|(state, names)| names.iter().map(move |name| format!("{state} {name}")));
    let list = &outcome.findings.list;
    let shown = list.get(..REPORT).unwrap_or(list);
    let report = diagnostic::text_in(say::words(), shown, &outcome.findings.sources, Color::Never);
    let rest = (list.len() > REPORT).then(|| format!("… {}", list.len() - REPORT));
    let lines = states.chain([String::new()]).chain(report.lines().map(str::to_owned)).chain(rest);
    lines.map(|line| format!("data: {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_served() {
        for fine in ["8420", "0", "127.0.0.1:80", "[::1]:9", "localhost:8420"] {
            assert!(address(fine).is_ok_and(|at| at.ip().is_loopback()), "{fine}");
        }
        for open in ["0.0.0.0:80", "[::]:80", "192.168.0.2:80", "127.0.0.1", "budgets", "x:1"] {
            assert!(address(open).is_err(), "{open}");
        }
    }
}
