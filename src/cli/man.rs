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
    output::print(&String::from_utf8_lossy(&page))
}

fn page() -> io::Result<Vec<u8>> {
    let mut command = super::command();
    command.build();
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}
