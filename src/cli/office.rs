//! The office's own templates: which there are, which no sheet uses, and an end for those that have none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Once;
use std::thread;
use std::time::{Duration, Instant};

use gaisan::compose::{self, Templates};
use gaisan::limits;
use gaisan::source::{bytes, bytes_up_to, display_name, leads_out};

use super::say::{self, WARNING};
use super::{TROUBLE, project, report};

/// The built-in templates with the office's in front of them.
pub(super) fn templates(folder: &Path) -> Result<Templates, String> {
    Templates::new(&texts(folder)?).map_err(|error| error.to_string())
}

/// The same, and a word on those that no sheet uses.
pub(super) fn templates_said(folder: &Path) -> Result<Templates, String> {
    let templates = templates(folder)?;
    for (name, meant) in templates.unused() {
        let meant = meant.map(|meant| format!("; `{meant}` is meant, perhaps")).unwrap_or_default();
        let name = display_name(&folder.join(name));
        say::tell_painted(&WARNING.before(": ", &format!("no sheet uses the template `{name}`{meant}")));
    }
    Ok(templates)
}

/// The office's templates: the files of the folder that end in `.tera`. The project's own folder need not be there.
fn texts(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let mut office = Vec::new();
    let is_own = folder == project::path("templates") && folder.symlink_metadata().is_err();
    if !folder.is_dir() && !is_own {
        return Err(format!("there is no folder `{}` of templates", display_name(folder)));
    }
    if folder.is_dir() {
        let trouble = |error| format!("cannot list `{}`: {error}", display_name(folder));
        for entry in fs::read_dir(folder).map_err(trouble)? {
            let path = entry.map_err(trouble)?.path();
            let Some(name) =
                path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".tera"))
            else {
                continue;
            };
            let trouble = |cause: String| format!("cannot read `{}`: {cause}", display_name(&path));
            if leads_out(&path, &[]) {
                return Err(trouble("it is a link that leads out of the project".to_owned()));
            }
            let bytes = bytes_up_to(&path, limits::TEXT).map_err(|error| trouble(error.to_string()))?;
            let text = String::from_utf8(bytes).map_err(|error| trouble(error.to_string()))?;
            // It stands in reports, where a name is to stay on its line.
            office.push((display_name(Path::new(name)), text));
        }
    }
    office.sort();
    if !office.is_empty() {
        bound();
    }
    Ok(office)
}

/// Ends the process where a template composes one sheet without end: nothing else can stop it. Files are whole or not there at any moment.
fn bound() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        thread::spawn(|| {
            let mut since: BTreeMap<u64, Instant> = BTreeMap::new();
            loop {
                thread::sleep(Duration::from_millis(100));
                let under_way = compose::under_way();
                since.retain(|number, _| under_way.contains_key(number));
                for (number, what) in &under_way {
                    let time = since.entry(*number).or_insert_with(Instant::now).elapsed();
                    let is_large = time >= Duration::from_millis(500) && memory() > limits::COMPOSED_MEMORY;
                    if is_large || time > limits::COMPOSED_TIME {
                        let how = if is_large {
                            "takes more than 2 GB of memory"
                        } else {
                            "has no end after 20 seconds"
                        };
                        report::trouble(&format!("{what} {how}: look at its loops and what grows in them"));
                        std::process::exit(TROUBLE.into());
                    }
                }
            }
        });
    });
}

/// The memory of the process in bytes; 0 where the system does not say.
fn memory() -> u64 {
    let pages = bytes("/proc/self/statm")
        .ok()
        .and_then(|told| String::from_utf8_lossy(&told).split(' ').nth(1)?.parse::<u64>().ok());
    pages.unwrap_or(0) * 4096
}
