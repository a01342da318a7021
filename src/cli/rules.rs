//! `gaisan rules`.

use gaisan::check::{families, handbook, manual, rule};
use gaisan::settings::nearest_code;

use super::args::RulesArgs;
use super::say::{self, print, println};
use super::{Ended, FINE};

pub(super) fn run(args: &RulesArgs) -> Ended {
    match &args.code {
        _ if args.all => print!("{}", handbook(say::lang())),
        None => list(),
        Some(code) => {
            let near = || match nearest_code(code) {
                None => "; `gaisan rules` lists the rules".to_owned(),
                Some(near) => format!(": did you mean `{near}`?"),
            };
            let rule = rule(code).ok_or_else(|| format!("there is no rule `{code}`{}", near()))?;
            print!("{}", manual(rule, say::lang()));
        }
    }
    Ok(FINE)
}

/// The rules by family, with their severities.
fn list() {
    for (family, rules) in families() {
        println!("{family}");
        for rule in rules {
            let severity = rule.severity().slug();
            println!("  {}  {severity:7}  {}", rule.code, rule.title);
        }
        println!();
    }
    println!("`gaisan rules CODE` prints the manual of one, with an example.");
}
