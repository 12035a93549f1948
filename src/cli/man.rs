//! `ashiatsu man`: the manual page, every command on one page.

use std::io;

use clap_mangen::Man;

use super::failure::{Failure, Reason};
use super::output;

pub(super) fn run() -> Result<(), Failure> {
    let page = page().map_err(|error| {
        Failure::Wrong(Reason {
            message: format!("the page can't be written: {error}"),
            help: None,
        })
    })?;
    output::print(&page)
}

/// What clap does not know of: exit codes and files.
const MORE: &str = r"
.SH EXIT STATUS
.TP
0
Done; also when you end a session early.
.TP
1
What was asked about is wrong: a routine with errors, no such routine, a length that can't be reached.
.TP
2
Not asked in a way that can be done, or no terminal for the screens.
.TP
128+N
Ended by signal N, once all is saved.
.SH FILES
.TP
$XDG_CONFIG_HOME/ashiatsu/routines/
Your own routines, files that end in .ron.
.TP
$XDG_CONFIG_HOME/ashiatsu/settings.ron
Your settings; ashiatsu settings writes them, each explained.
.TP
$XDG_CONFIG_HOME/ashiatsu/sounds/
Sounds of your own, such as shift.wav, in place of those that ship.
.TP
$XDG_CACHE_HOME/ashiatsu/voice/
Spoken lines as they were rendered; can be removed at any time.
.SH ENVIRONMENT
.TP
NO_COLOR
Messages have no colour where this is set.
";

fn page() -> io::Result<String> {
    let mut program = super::command();
    program.build();
    let mut page = Vec::new();
    let man = Man::new(program.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut page = text(&page);
    page.push_str(".SH COMMANDS\n");
    let commands = program.get_subcommands();
    for command in commands.filter(|command| command.get_name() != "help") {
        page.push_str(&part(command)?);
    }
    page.push_str(MORE.trim_start());
    Ok(page)
}

/// A command as a part of the page: what are sections on a page of its own
/// are paragraphs here.
fn part(command: &clap::Command) -> io::Result<String> {
    // That every command has it is said once.
    let command = command.clone().mut_arg("help", |help| help.hide(true));
    let man = Man::new(command.clone());
    let mut part = Vec::new();
    man.render_synopsis_section(&mut part)?;
    man.render_description_section(&mut part)?;
    if command
        .get_arguments()
        .any(|argument| !argument.is_hide_set())
    {
        man.render_options_section(&mut part)?;
    }
    // Examples stand line by line, as they are written.
    let mut examples = Vec::new();
    man.render_extra_section(&mut examples)?;
    let part = paragraphs(&text(&part), ".PP");
    let examples = paragraphs(&text(&examples), ".PP\n.nf");
    Ok(format!(".SS {}\n{part}{examples}.fi\n", command.get_name()))
}

/// The page's sections as paragraphs, each begun with `begin`.
fn paragraphs(page: &str, begin: &str) -> String {
    let lines = page.lines().filter_map(|line| {
        if line.starts_with(".SH ") {
            Some(format!("{begin}\n"))
        } else if line.starts_with(".ie ") || line.starts_with(".el ") {
            // What an apostrophe looks like is said at the page's beginning.
            None
        } else {
            Some(format!("{line}\n"))
        }
    });
    lines.collect()
}

fn text(page: &[u8]) -> String {
    String::from_utf8_lossy(page).into_owned()
}
