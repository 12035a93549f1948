//! `ashiatsu completions`: what a shell needs to complete commands.

use clap::Args;
use clap_complete::Shell;

use super::failure::Failure;
use super::output;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ashiatsu completions bash > ~/.local/share/bash-completion/completions/ashiatsu\n  \
    ashiatsu completions zsh > ~/.zfunc/_ashiatsu        (a folder that is in your fpath)\n  \
    ashiatsu completions fish > ~/.config/fish/completions/ashiatsu.fish")]
pub(super) struct Arguments {
    /// Your shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::command(), "ashiatsu", &mut script);
        output::print(&String::from_utf8_lossy(&script))
    }
}
