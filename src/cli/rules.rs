//! `gaisan rules`.

use anstream::{print, println};
use gaisan::check::{RULES, rule};
use gaisan::settings::nearest_code;

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
    let near = nearest_code(code)
        .map(|near| format!(": did you mean `{near}`?"))
        .unwrap_or_default();
    report::trouble(&format!("there is no rule `{code}`{near}"));
    TROUBLE
}
