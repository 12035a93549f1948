//! Colours: warm, low light on near-black, that leaves night eyes alone; the
//! same meanings in sixteen colours, and without any. No meaning is in a
//! colour alone.

use ratatui::style::{Color, Modifier, Style};

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Any colour.
    True,
    /// The sixteen that terminals have always had.
    Sixteen,
    /// None, or none wanted.
    None,
}

/// The styles of everything that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    depth: Depth,
}

type Rgb = (u8, u8, u8);

/// The ground, and what stands on it: each at least 4.5:1 against the ground
/// but `FAINT`, which carries no text.
const GROUND: Rgb = (12, 10, 9);
const BRIGHT: Rgb = (236, 190, 120);
const TEXT: Rgb = (205, 185, 160);
const DIM: Rgb = (152, 132, 108);
const FAINT: Rgb = (84, 72, 60);
const WARN: Rgb = (226, 130, 90);

impl Theme {
    /// The theme for a terminal of that depth.
    #[must_use]
    pub const fn new(depth: Depth) -> Self {
        Self { depth }
    }

    const fn colour(&self, rgb: Rgb, sixteen: Color) -> Option<Color> {
        match self.depth {
            Depth::True => Some(Color::Rgb(rgb.0, rgb.1, rgb.2)),
            Depth::Sixteen => Some(sixteen),
            Depth::None => None,
        }
    }

    const fn foreground(&self, rgb: Rgb, sixteen: Color) -> Style {
        let mut style = Style::new();
        style.fg = self.colour(rgb, sixteen);
        style
    }

    /// The screen's ground.
    #[must_use]
    pub const fn ground(&self) -> Style {
        let mut style = self.text();
        style.bg = self.colour(GROUND, Color::Black);
        style
    }

    /// What matters now; one thing at a time.
    #[must_use]
    pub const fn bright(&self) -> Style {
        self.foreground(BRIGHT, Color::LightYellow)
    }

    /// What is read.
    #[must_use]
    pub const fn text(&self) -> Style {
        self.foreground(TEXT, Color::White)
    }

    /// What is looked up.
    #[must_use]
    pub const fn dim(&self) -> Style {
        self.foreground(DIM, Color::Gray)
    }

    /// Lines and what is over; never text.
    #[must_use]
    pub const fn faint(&self) -> Style {
        self.foreground(FAINT, Color::DarkGray)
    }

    /// What is wrong.
    #[must_use]
    pub const fn warn(&self) -> Style {
        self.foreground(WARN, Color::LightRed)
    }

    /// The entry that a press would act on.
    #[must_use]
    pub const fn marked(&self) -> Style {
        match self.depth {
            Depth::None => Style::new().add_modifier(Modifier::REVERSED),
            _ => self.bright().add_modifier(Modifier::BOLD),
        }
    }

    /// A step of the border's swell, from 0 (nothing) to 1.
    #[must_use]
    pub fn swell(&self, strength: f32) -> Style {
        let mix = |from: u8, to: u8| {
            let value =
                f32::from(from) + (f32::from(to) - f32::from(from)) * strength.clamp(0.0, 1.0);
            // Between two bytes: it fits one.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 255"
            )]
            let byte = value.round() as u8;
            byte
        };
        match self.depth {
            Depth::True => Style::new().fg(Color::Rgb(
                mix(GROUND.0, BRIGHT.0),
                mix(GROUND.1, BRIGHT.1),
                mix(GROUND.2, BRIGHT.2),
            )),
            Depth::Sixteen => Style::new().fg(Color::Yellow),
            Depth::None => Style::new(),
        }
    }
}

/// What the terminal can show, by what its environment says.
#[must_use]
pub fn depth_of(variable: impl Fn(&str) -> Option<String>) -> Depth {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() || set("TERM").is_some_and(|term| term == "dumb") {
        Depth::None
    } else if set("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit")
        || set("TERM").is_some_and(|term| term.contains("direct") || term.contains("kitty"))
    {
        Depth::True
    } else {
        Depth::Sixteen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn all_text_stands_out_from_the_ground() {
        for colour in [BRIGHT, TEXT, DIM, WARN] {
            assert!(
                contrast(colour, GROUND) >= 4.5,
                "{colour:?}: {}",
                contrast(colour, GROUND)
            );
        }
    }

    #[test]
    fn the_environment_decides_the_depth() {
        let depth = |pairs: &[(&str, &str)]| {
            depth_of(|name| {
                pairs
                    .iter()
                    .find(|(n, _)| *n == name)
                    .map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(depth(&[("COLORTERM", "truecolor")]), Depth::True);
        assert_eq!(depth(&[("TERM", "xterm-256color")]), Depth::Sixteen);
        assert_eq!(
            depth(&[("COLORTERM", "truecolor"), ("NO_COLOR", "1")]),
            Depth::None
        );
    }
}
