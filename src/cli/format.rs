//! `gaisan fmt`.

use std::path::PathBuf;

use gaisan::drafting;

use super::draft::carry_out;
use super::ls::reading;
use super::project;
use super::say::println;
use super::{Ended, FINDINGS, FINE};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gaisan fmt                                    put the files of all chapters in budgets/ in order\n  gaisan fmt budgets/fy2027 --check             name those that are not, and write nothing; for CI\n\nExit codes: 0 all in order, 1 something to look at (with --check: files out of order), 2 the machine or the command line."
)]
pub(super) struct FmtArgs {
    /// Files and folders to read
    #[arg(value_name = "PATHS", default_values_os_t = [project::path("budgets")])]
    paths: Vec<PathBuf>,

    /// Write nothing; name the files that are out of order
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &FmtArgs) -> Ended {
    let reading = reading(&args.paths)?;
    let plan = drafting::format(&reading);
    if plan.files.is_empty() && plan.changes.is_empty() {
        println!("everything is in order");
        return Ok(FINE);
    }
    let code = carry_out(&reading.project(), &plan, args.check)?;
    Ok(if args.check { FINDINGS } else { code })
}
