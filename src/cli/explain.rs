//! `gaisan build --explain-layout ID`: what was tried to have a sheet on one page, and what came of it.

use gaisan::build::jobs;
use gaisan::compose::Templates;
use gaisan::examine_with;
use gaisan::model::Lang;
use gaisan::read::{Project, read_in};
use gaisan::render::pdf::layout::{Fit, Trial};
use gaisan::settings::Severities;

use super::args::BuildArgs;
use super::say::println;

/// Prints it for every sheet of that id.
///
/// # Errors
/// Where there is no such sheet, or it cannot be composed.
pub(super) fn explain(
    id: &str,
    args: &BuildArgs,
    project: &Project,
    severities: &Severities,
    templates: &Templates,
) -> Result<(), String> {
    let reading = read_in(project, &args.paths);
    let examined = examine_with(&reading, severities);
    let jobs = jobs(&examined, templates, args.lang.map(Lang::from));
    let wanted: Vec<_> = jobs.iter().filter(|job| job.sheet.stem == id || job.name() == id).collect();
    if wanted.is_empty() {
        return Err(format!("no sheet `{id}` was made; `gaisan ls` lists the ids"));
    }
    let fonts = reading.fonts().ok_or("the fonts of this program are damaged")?;
    for job in wanted {
        match job.fit(templates, fonts)? {
            Some(fit) => told(&job.name(), &fit),
            None => println!("{}: a report, on as many pages as it takes", job.name()),
        }
    }
    Ok(())
}

fn told(name: &str, fit: &Fit) {
    let taken = fit.taken.and_then(|at| fit.tried.get(at));
    match (taken, fit.over()) {
        (Some(trial), _) => {
            println!("{name}: one page in step {}, {}, {}", trial.step, set(trial), left(trial.spare))
        }
        (None, Some(lines)) => {
            let longest = fit.longest.as_ref().map(|it| format!("; `{it}` takes the most room"));
            println!("{name}: further pages, {lines} lines too many for one{}", longest.unwrap_or_default());
        }
        (None, None) if fit.is_long => println!("{name}: a report, for it is far longer than one page"),
        (None, None) => println!("{name}: a report, for title and sources leave no room on one page"),
    }
    let mut tried: Vec<(usize, &Trial)> = fit.tried.iter().enumerate().collect();
    tried.sort_by_key(|(_, trial)| trial.step);
    for (at, trial) in tried {
        let mark = if fit.taken == Some(at) { "→" } else { " " };
        println!("{mark} step {:>2}  {:<27} {}", trial.step, set(trial), left(trial.spare));
    }
}

fn set(trial: &Trial) -> String {
    let columns: Vec<String> = trial.columns.iter().map(u8::to_string).collect();
    format!("{}/{} pt, columns {}", trial.size, trial.leading, columns.join("+"))
}

fn left(spare: f32) -> String {
    match spare < 0.0 {
        true => format!("{:.1} lines over", -spare),
        false => format!("{spare:.1} lines left"),
    }
}
