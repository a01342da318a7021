//! `gaisan templates`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use gaisan::compose::BUILTIN;
use gaisan::source::display_name;

use super::args::TemplatesArgs;
use super::say::println;
use super::{Ended, FINE, TROUBLE, report};

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
    std::fs::create_dir_all(&args.dir)
        .map_err(|error| format!("cannot make `{}`: {error}", display_name(&args.dir)))?;
    let mut code = FINE;
    for (name, text) in BUILTIN {
        let path = args.dir.join(name);
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()));
        match written {
            Ok(()) => println!("wrote {}", display_name(&path)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                println!("kept  {} (it is there already)", display_name(&path))
            }
            Err(error) => {
                report::trouble(&format!("cannot write `{}`: {error}", display_name(&path)));
                code = TROUBLE;
            }
        }
    }
    Ok(code)
}
