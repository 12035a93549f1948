//! Makes the nine cue sounds: `cargo run --example make_sounds` writes them to
//! `sounds/`, or to the folder given as the only argument. Running it again
//! gives the same bytes. What each sound is stands in `make_sounds/score.rs`.

#[path = "make_sounds/instruments.rs"]
mod instruments;
#[path = "make_sounds/score.rs"]
mod score;

use std::error::Error;
use std::path::{Path, PathBuf};

use ashiatsu::cue::Cue;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("sounds"),
        PathBuf::from,
    );
    std::fs::create_dir_all(&folder)?;
    for cue in Cue::ALL {
        let file = folder.join(cue.name()).with_extension("wav");
        std::fs::write(file, score::of(cue).wav()?)?;
    }
    Ok(())
}
