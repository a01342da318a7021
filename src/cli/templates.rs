//! `gaisan templates`.

use std::collections::BTreeMap;

use gaisan::compose::BUILTIN;
use gaisan::source::display_name;

use super::args::TemplatesArgs;
use super::say::println;
use super::{Ended, FINE, report};

pub(super) fn run(args: &TemplatesArgs) -> Ended {
    if !args.write {
        for (name, text) in BUILTIN {
            println!(
                "{name}  {}",
                text.lines().next().unwrap_or_default().trim_start_matches("{#- ").trim_end_matches(" -#}")
            );
        }
        return Ok(FINE);
    }
    let all = BUILTIN.iter().map(|(name, text)| (args.dir.join(name), text));
    let (kept, new): (Vec<_>, Vec<_>) = all.partition(|(path, _)| path.symlink_metadata().is_ok());
    let new: BTreeMap<_, _> = new.into_iter().map(|(path, text)| (path, text.as_bytes().to_vec())).collect();
    report::write(&new, &report::project()?)?;
    new.keys().for_each(|path| println!("wrote {}", display_name(path)));
    kept.iter().for_each(|(path, _)| println!("kept  {} (it is there already)", display_name(path)));
    Ok(FINE)
}
