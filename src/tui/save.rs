//! Saving the client's card in the current folder, never over a file.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use jiff::ZonedDateTime;

use crate::card::Card;
use crate::tui::screens::aftercare::Form;

/// Names tried before giving up.
const NAMES: u32 = 100;

/// Saves `card`; the line says where, or why not.
pub(super) fn card(card: &Card, form: Form, now: &ZonedDateTime) -> String {
    let text = match form {
        Form::Text => card.text(),
        Form::Markdown => card.markdown(),
        Form::Html => card.html(),
    };
    let day = now.strftime("%Y-%m-%d");
    for n in 1..=NAMES {
        let nth = if n == 1 {
            String::new()
        } else {
            format!("-{n}")
        };
        let name = format!("aftercare-{day}{nth}.{}", form.ending());
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&name) {
            Ok(mut file) => {
                return match file
                    .write_all(text.as_bytes())
                    .and_then(|()| file.sync_all())
                {
                    Ok(()) => format!("saved as {name} in this folder"),
                    Err(error) => format!("{name} is not saved whole: {error}"),
                };
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return format!("the card is not saved: {error}"),
        }
    }
    "the card is not saved: too many cards of today are in this folder".to_owned()
}
