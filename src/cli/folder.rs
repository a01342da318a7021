//! The output folder, held by one command at a time.

use std::path::Path;
use std::time::Duration;

use gaisan::build::Lock;
use gaisan::source::display_name;

use super::report;
use super::say::eprintln;

/// Waits until no other command writes into the folder. `None` when it cannot be written to; that has been printed.
pub(super) fn hold(out: &Path) -> Option<Lock> {
    if out.exists() && !out.is_dir() {
        report::trouble(&format!(
            "`{}` is a file, and a folder is needed there; move it away, or choose another folder with --out",
            display_name(out)
        ));
        return None;
    }
    let mut has_said = false;
    loop {
        match Lock::ask(out) {
            Ok(Some(lock)) => return Some(lock),
            Ok(None) => {
                if !has_said {
                    eprintln!("waiting: another gaisan is writing into `{}`", display_name(out));
                    has_said = true;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(error) => {
                report::trouble(&format!("`{}` cannot be written to: {error}", display_name(out)));
                return None;
            }
        }
    }
}
