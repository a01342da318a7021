//! `gaisan rules`.

use anstream::{print, println};
use gaisan::check::{RULES, rule};
use gaisan::diagnostic::nearest;

use super::args::RulesArgs;
use super::{FINE, TROUBLE, report};

pub(super) fn run(args: &RulesArgs) -> u8 {
    let Some(code) = &args.code else {
        for rule in RULES {
            println!("{}  {}", rule.code, rule.title);
        }
        return FINE;
    };
    if let Some(rule) = rule(code) {
        print!("{}", rule.manual);
        return FINE;
    }
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let near = nearest(code, &codes).map_or_else(
        || "; `gaisan rules` lists them".to_owned(),
        |near| format!(": did you mean `{near}`?"),
    );
    report::trouble(&format!("there is no rule `{code}`{near}"));
    TROUBLE
}
