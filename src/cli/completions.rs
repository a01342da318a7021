//! `gaisan completions` and `gaisan man`: what shells and manuals know of the command line.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap_complete::Shell;
use gaisan::source::display_name;

use super::say::print;
use super::{Ended, FINE, lang};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan completions bash > /etc/bash_completion.d/gaisan\n  gaisan completions zsh > ~/.zfunc/_gaisan\n  gaisan completions powershell >> $PROFILE"
)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan man | man -l -                         read the page\n  gaisan man --out /usr/local/share/man/man1    a page for each command"
)]
pub(super) struct ManArgs {
    /// Write a page for each command into this folder; without it the first page is printed
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints what completes the command line in a shell.
pub(super) fn run(args: &CompletionsArgs) -> Ended {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut lang::command(), "gaisan", &mut script);
    print!("{}", String::from_utf8_lossy(&script));
    Ok(FINE)
}

/// Prints or writes the manual.
pub(super) fn man(args: &ManArgs) -> Ended {
    let written = match &args.out {
        Some(folder) => pages(folder).map(|()| print!("{}\n", display_name(&folder.join("gaisan.1")))),
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(lang::command())
                .render(&mut page)
                .and_then(|()| page.flush())
                .map(|()| print!("{}", lang::page(&String::from_utf8_lossy(&page))))
        }
    };
    written.map_err(|error| format!("the manual cannot be written: {error}"))?;
    Ok(FINE)
}

/// Writes a page for each command.
fn pages(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(lang::command(), folder)?;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "1") {
            let page = std::fs::read_to_string(&path)?;
            std::fs::write(&path, lang::page(&page))?;
        }
    }
    Ok(())
}
