//! The commands as an officer meets them in the course of a year.

use clap::Command;

/// What is done, and by which commands.
const GROUPS: &[(&str, &[&str])] = &[
    ("Begin a project, a year", &["init", "import", "new", "roll"]),
    ("Write and check", &["check", "fmt", "ls", "show", "watch", "rules"]),
    ("Make the sheets", &["build", "templates", "release", "verify", "manifest"]),
    ("Compare, hand on", &["diff", "export"]),
    ("Set up", &["schema", "completions", "man", "about"]),
];

/// The command line with its commands in groups.
pub(super) fn grouped(command: Command) -> Command {
    let header = *command.get_styles().get_header();
    let literal = *command.get_styles().get_literal();
    let widest = command.get_subcommands().map(|it| it.get_name().len()).max().unwrap_or_default();
    let group = |(title, names): &(&str, &[&str])| {
        let lines: String = names
            .iter()
            .filter_map(|name| command.find_subcommand(name))
            .map(|it| {
                let about = it.get_about().map(ToString::to_string).unwrap_or_default();
                format!("  {literal}{:<widest$}{literal:#}  {about}\n", it.get_name())
            })
            .collect();
        format!("{header}{title}:{header:#}\n{lines}\n")
    };
    let groups: String = GROUPS.iter().map(group).collect();
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}{header}Options:{header:#}\n{{options}}{{after-help}}"
    );
    command.help_template(template)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_command_is_in_one_group() {
        let command = crate::cli::args::Args::command();
        let mut known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| *names).copied().collect();
        known.sort_unstable();
        grouped.sort_unstable();
        assert_eq!(grouped, known);
    }
}
