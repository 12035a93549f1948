//! Pictures of every screen, drawn by the program's own widgets and a clock that
//! is made up: nothing in them is painted by hand, and running it again gives
//! the same bytes.
//!
//! `cargo run --example gallery` writes the README's pictures to `docs/`;
//! `cargo run --example gallery -- FOLDER` writes all of them there, each screen
//! in four windows and in every theme, with an `index.html` to look at.

#[path = "gallery/practice.rs"]
mod practice;
#[path = "gallery/scenes.rs"]
mod scenes;
#[path = "gallery/svg.rs"]
mod svg;
#[path = "gallery/told.rs"]
mod told;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use ashiatsu::tui::theme::{Depth, Look, Theme};
use ratatui::layout::Rect;

use scenes::{ALL, Scene};
use told::{Failure, USUAL};

/// The README's, each in its window.
const README: [(&str, Rect); 3] = [
    ("home", USUAL),
    ("session", USUAL),
    ("aftercare", Rect::new(0, 0, 120, 36)),
];
/// The windows that each screen is shown in.
const WINDOWS: [Rect; 4] = [
    Rect::new(0, 0, 40, 12),
    USUAL,
    Rect::new(0, 0, 120, 40),
    Rect::new(0, 0, 200, 50),
];
/// The other themes, in the usual window.
const THEMES: [(&str, Look, Depth); 4] = [
    ("high-contrast", Look::HighContrast, Depth::True),
    ("16-colours", Look::Warm, Depth::Sixteen),
    (
        "high-contrast-16-colours",
        Look::HighContrast,
        Depth::Sixteen,
    ),
    ("no-colour", Look::Warm, Depth::None),
];

fn main() -> Result<(), Failure> {
    match std::env::args_os().nth(1) {
        Some(folder) => gallery(&PathBuf::from(folder)),
        None => readme(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")),
    }
}

fn readme(folder: &Path) -> Result<(), Failure> {
    for (name, window) in README {
        let scene = ALL.iter().find(|scene| scene.name == name);
        let scene = scene.ok_or("no such screen")?;
        let mut told = (scene.play)(&Theme::new(Depth::True))?;
        let picture = svg::of(&told.picture(window)?, scene.about);
        fs::write(folder.join(name).with_extension("svg"), picture)?;
    }
    Ok(())
}

/// The pictures of one screen: their files, and what each is.
fn pictures(scene: &Scene, folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut files = Vec::new();
    let mut told = (scene.play)(&Theme::new(Depth::True))?;
    for window in WINDOWS {
        let what = format!("{}x{}", window.width, window.height);
        let file = format!("{}-{what}.svg", scene.name);
        fs::write(
            folder.join(&file),
            svg::of(&told.picture(window)?, scene.about),
        )?;
        files.push((file, what));
    }
    for (name, look, depth) in THEMES {
        let mut told = (scene.play)(&Theme::of(look, depth))?;
        let file = format!("{}-{name}.svg", scene.name);
        fs::write(
            folder.join(&file),
            svg::of(&told.picture(USUAL)?, scene.about),
        )?;
        files.push((file, name.replace('-', " ")));
    }
    Ok(files)
}

fn gallery(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder)?;
    let mut index = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>ashiatsu: every screen</title>\n\
         <style>body{background:#222;color:#ddd;font-family:sans-serif;margin:2em}\
         figure{display:inline-block;margin:0 1em 1em 0;vertical-align:top}\
         img{max-width:46vw;height:auto}a{color:#ecbe78}</style>\n<h1>Every screen</h1>\n<p>",
    );
    for scene in ALL {
        writeln!(index, "<a href=\"#{0}\">{0}</a>", scene.name)?;
    }
    for scene in ALL {
        let (name, about) = (scene.name, scene.about);
        writeln!(index, "<h2 id=\"{name}\">{name}: {about}</h2>")?;
        for (file, what) in pictures(scene, folder)? {
            writeln!(
                index,
                "<figure><img src=\"{file}\" alt=\"{about}, {what}\" loading=\"lazy\"><figcaption>{what}</figcaption></figure>"
            )?;
        }
    }
    index.push_str("</html>\n");
    fs::write(folder.join("index.html"), index)?;
    Ok(())
}
