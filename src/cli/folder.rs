//! The output folder, held by one command at a time.

use std::path::Path;
use std::time::Duration;

use gaisan::build::Lock;
use gaisan::source::{display_name, no_folder};

use super::say::eprintln;

/// Waits until no other command writes into the folder.
///
/// # Errors
/// When it cannot be written to.
pub(super) fn hold(out: &Path) -> Result<Lock, String> {
    let name = display_name(out);
    if out.exists() && !out.is_dir() {
        return Err(no_folder(out));
    }
    let mut has_said = false;
    loop {
        let asked = Lock::ask(out).map_err(|error| format!("`{name}` cannot be written to: {error}"))?;
        if let Some(lock) = asked {
            return Ok(lock);
        }
        if !has_said {
            eprintln!("waiting: another gaisan is writing into `{name}`");
            has_said = true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}
