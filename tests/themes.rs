//! The colours, by calculation: every screen in every theme is drawn, and each
//! letter and figure on it must stand out from what is behind it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: what is wrong with it shall fail loudly"
)]

#[path = "../examples/gallery/practice.rs"]
mod practice;
#[expect(dead_code, reason = "shared with the gallery")]
#[path = "../examples/gallery/scenes.rs"]
mod scenes;
#[path = "../examples/gallery/told.rs"]
mod told;

use ashiatsu::tui::theme::{Depth, Look, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

type Rgb = (u8, u8, u8);

/// Relative luminance and contrast as WCAG 2.1 defines them.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.039_28 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    let luminance =
        |(r, g, b): Rgb| 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    let (high, low) = (
        luminance(a).max(luminance(b)),
        luminance(a).min(luminance(b)),
    );
    (high + 0.05) / (low + 0.05)
}

/// The sixteen as a terminal may show them: the console's own (VGA), and
/// xterm's.
const SIXTEEN: [(Color, Rgb, Rgb); 8] = [
    (Color::Black, (0, 0, 0), (0, 0, 0)),
    (Color::Gray, (170, 170, 170), (229, 229, 229)),
    (Color::DarkGray, (85, 85, 85), (127, 127, 127)),
    (Color::White, (255, 255, 255), (255, 255, 255)),
    (Color::LightRed, (255, 85, 85), (255, 0, 0)),
    (Color::LightYellow, (255, 255, 85), (255, 255, 0)),
    (Color::Yellow, (170, 85, 0), (205, 205, 0)),
    (Color::LightBlue, (85, 85, 255), (92, 92, 255)),
];

/// What a colour may be; nothing for one that the theme does not set.
fn rgb(colour: Color) -> Option<[Rgb; 2]> {
    match colour {
        Color::Rgb(r, g, b) => Some([(r, g, b); 2]),
        colour => SIXTEEN
            .iter()
            .find(|(name, ..)| *name == colour)
            .map(|&(_, vga, xterm)| [vga, xterm]),
    }
}

const LOOKS: [(Look, Depth, f64); 4] = [
    (Look::Warm, Depth::True, 4.5),
    (Look::Warm, Depth::Sixteen, 4.5),
    (Look::HighContrast, Depth::True, 7.0),
    (Look::HighContrast, Depth::Sixteen, 7.0),
];

const WINDOWS: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 50)];

fn is_text(cell: &Cell) -> bool {
    cell.symbol().chars().any(char::is_alphanumeric)
}

/// The contrast of a cell on the terminal on which it is worst.
fn stands_out(cell: &Cell) -> Option<f64> {
    let (fg, bg) = (rgb(cell.fg)?, rgb(cell.bg)?);
    let worst = (0..2).map(|n| contrast(fg[n], bg[n]));
    Some(worst.fold(f64::INFINITY, f64::min))
}

/// Every picture of a theme, with its name.
fn pictures(theme: &Theme, mut look: impl FnMut(String, Buffer)) {
    for scene in scenes::ALL {
        let mut told = (scene.play)(theme).unwrap();
        for (columns, rows) in WINDOWS {
            let picture = told.picture(Rect::new(0, 0, columns, rows)).unwrap();
            look(format!("{} at {columns}x{rows}", scene.name), picture);
        }
    }
}

fn reads_well(look: Look, depth: Depth, least: f64) {
    let mut wrong = Vec::new();
    let mut letters = 0_u32;
    pictures(&Theme::of(look, depth), |name, picture| {
        let faint = picture
            .content
            .iter()
            .filter(|cell| is_text(cell))
            .inspect(|_| letters += 1)
            .find(|cell| {
                // Blinking, dimmed or hidden text has no contrast to speak of.
                let kept = Modifier::BOLD | Modifier::REVERSED | Modifier::UNDERLINED;
                !kept.contains(cell.modifier) || stands_out(cell).is_none_or(|c| c < least)
            });
        if let Some(cell) = faint {
            wrong.push(format!("{name}: {cell:?}: {:?}", stands_out(cell)));
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(letters > 10_000, "only {letters} letters were looked at");
}

#[test]
fn warm_and_dim_reads_well() {
    let (look, depth, least) = LOOKS[0];
    reads_well(look, depth, least);
}

#[test]
fn sixteen_colours_read_well() {
    let (look, depth, least) = LOOKS[1];
    reads_well(look, depth, least);
}

#[test]
fn high_contrast_is_high() {
    let (look, depth, least) = LOOKS[2];
    reads_well(look, depth, least);
}

#[test]
fn high_contrast_in_sixteen_colours_is_high() {
    let (look, depth, least) = LOOKS[3];
    reads_well(look, depth, least);
}

/// A picture's symbols, with what is marked by other means than colour.
fn told_apart(picture: &Buffer) -> Vec<&str> {
    picture.content.iter().map(Cell::symbol).collect()
}

#[test]
fn without_colours_there_are_none_and_the_signs_are_the_same() {
    // No meaning is in a colour alone: what is drawn is the same in every theme, so that whoever
    // sees no colours is told by words, signs and places.
    let mut plain = Vec::new();
    pictures(&Theme::new(Depth::None), |name, picture| {
        let coloured = picture
            .content
            .iter()
            .find(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
        assert!(coloured.is_none(), "{name}: {coloured:?}");
        plain.push((name, picture));
    });
    for (look, depth, _) in LOOKS {
        let mut plain = plain.iter();
        pictures(&Theme::of(look, depth), |name, picture| {
            let (other, without) = plain.next().unwrap();
            assert_eq!(&name, other);
            assert!(
                told_apart(&picture) == told_apart(without),
                "{name} looks different in {look:?} {depth:?}"
            );
        });
    }
}
