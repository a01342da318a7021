//! `gaisan watch`: builds again whenever something is saved, and shows the sheets in a browser if asked to.

mod files;
mod server;

use std::io::Write;
use std::thread::sleep;
use std::time::{Duration, Instant};

use gaisan::fault::contained;
use gaisan::source::display_name;

use super::args::WatchArgs;
use super::build::Outcome;
use super::interrupt::Interrupt;
use super::say::println;
use super::{Ended, FINE, INTERRUPTED, Stop, build};
use files::Files;
use server::Server;

pub(super) use server::address;

/// How long to wait between two looks at the files.
const PAUSE: Duration = Duration::from_millis(200);

pub(super) fn run(args: &WatchArgs) -> Ended {
    let server = args.serve.map(|at| Server::start(at, &args.sheets.out)).transpose()?;
    let mut files = Files::of(args);
    let mut known = Outcome::default();
    let mut build = || {
        let built = contained(|| build::run_after(&args.sheets, &known)).map_err(Stop::from).flatten();
        let stopped = |stop: Stop| Outcome { code: stop.told(), ..Outcome::default() };
        let mut outcome = built.unwrap_or_else(stopped);
        let _ = std::io::stdout().flush();
        let (found, gone) = (std::mem::take(&mut outcome.found), outcome.gone.clone());
        known = Outcome { found, gone, ..Outcome::default() };
        let code = outcome.code;
        if let Some(server) = &server {
            server.tell(outcome);
        }
        code
    };
    let code = build();
    announce(args, server.as_ref(), code);
    while !Interrupt::watch().is_wanted() {
        let changed = wait(&mut files);
        println!("\n{}", saved(&changed));
        build();
    }
    Ok(INTERRUPTED)
}

/// Says once what is watched and where the sheets are.
fn announce(args: &WatchArgs, server: Option<&Server>, code: u8) {
    let paths: Vec<String> =
        args.sheets.paths.iter().map(|path| format!("`{}`", display_name(path))).collect();
    let problem = if code == FINE { "" } else { "; correct what is reported above and save" };
    println!("\nwatching {}{problem}; Ctrl-C ends", paths.join(", "));
    if let Some(server) = server {
        println!("the sheets are at {}", server.address());
    }
    let _ = std::io::stdout().flush();
}

/// Waits until something was saved and is complete: a program that saves in several steps is given the time to finish.
fn wait(files: &mut Files) -> Vec<String> {
    loop {
        let start = Instant::now();
        let mut changed = files.changed();
        // Many files on a slow disk are looked at less often.
        sleep(PAUSE.max(start.elapsed() * 4));
        if changed.is_empty() {
            continue;
        }
        loop {
            let more = files.changed();
            if more.is_empty() {
                break;
            }
            changed.extend(more);
            sleep(PAUSE);
        }
        changed.sort();
        changed.dedup();
        return changed;
    }
}

/// `saved: q-leap.yaml, aip.yaml and 3 more`.
fn saved(changed: &[String]) -> String {
    const NAMED: usize = 3;
    let named = changed.iter().take(NAMED).cloned().collect::<Vec<_>>();
    let more = match changed.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("saved: {}{more}", named.join(", "))
}
