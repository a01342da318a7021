//! `gaisan rules`.

use gaisan::check::{families, handbook, manual, rule};
use gaisan::settings::nearest_code;

use super::args::RulesArgs;
use super::say::{self, print, println};
use super::{FINE, TROUBLE, report};

pub(super) fn run(args: &RulesArgs) -> u8 {
    if args.all {
        print!("{}", handbook(say::lang()));
        return FINE;
    }
    let Some(code) = &args.code else {
        list();
        return FINE;
    };
    if let Some(rule) = rule(code) {
        print!("{}", manual(rule, say::lang()));
        return FINE;
    }
    let near = nearest_code(code).map_or_else(
        || "; `gaisan rules` lists the rules".to_owned(),
        |near| format!(": did you mean `{near}`?"),
    );
    report::trouble(&format!("there is no rule `{code}`{near}"));
    TROUBLE
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
