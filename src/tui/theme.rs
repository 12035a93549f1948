//! Colours: warm, low light on near-black, that leaves night eyes alone; the
//! same meanings in high contrast, in sixteen colours, and without any. No meaning is in a
//! colour alone.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

pub use crate::settings::Look;

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
    look: Look,
}

type Rgb = (u8, u8, u8);

/// A colour, and which of the sixteen stands for it.
type Paint = (Rgb, Color);

/// The colours of a look: text on the ground stands out by 4.5:1 at least, by
/// 7:1 in high contrast. What is faint carries none.
struct Palette {
    ground: Paint,
    bright: Paint,
    text: Paint,
    dim: Paint,
    faint: Paint,
    warn: Paint,
}

const WARM: Palette = Palette {
    ground: ((12, 10, 9), Color::Black),
    bright: ((236, 190, 120), Color::LightYellow),
    text: ((205, 185, 160), Color::White),
    dim: ((152, 132, 108), Color::Gray),
    faint: ((84, 72, 60), Color::DarkGray),
    warn: ((226, 130, 90), Color::LightRed),
};

/// Of the sixteen, no red is bright enough on every terminal: what is wrong is
/// yellow there.
const HIGH_CONTRAST: Palette = Palette {
    ground: ((0, 0, 0), Color::Black),
    bright: ((255, 214, 100), Color::White),
    text: ((255, 255, 255), Color::White),
    dim: ((206, 200, 190), Color::Gray),
    faint: ((150, 142, 130), Color::Gray),
    warn: ((255, 156, 120), Color::LightYellow),
};

impl Theme {
    /// The usual look on a terminal of that depth.
    #[must_use]
    pub const fn new(depth: Depth) -> Self {
        Self::of(Look::Warm, depth)
    }

    /// A look on a terminal of that depth.
    #[must_use]
    pub const fn of(look: Look, depth: Depth) -> Self {
        Self { depth, look }
    }

    /// The same colours on the same terminal in another look.
    #[must_use]
    pub const fn with(&self, look: Look) -> Self {
        Self::of(look, self.depth)
    }

    const fn palette(&self) -> &'static Palette {
        match self.look {
            Look::Warm => &WARM,
            Look::HighContrast => &HIGH_CONTRAST,
        }
    }

    const fn colour(&self, (rgb, sixteen): Paint) -> Option<Color> {
        match self.depth {
            Depth::True => Some(Color::Rgb(rgb.0, rgb.1, rgb.2)),
            Depth::Sixteen => Some(sixteen),
            Depth::None => None,
        }
    }

    const fn foreground(&self, paint: Paint) -> Style {
        let mut style = Style::new();
        style.fg = self.colour(paint);
        style
    }

    /// The screen's ground.
    #[must_use]
    pub const fn ground(&self) -> Style {
        let mut style = self.text();
        style.bg = self.colour(self.palette().ground);
        style
    }

    /// Gives a whole picture the ground. It is most of a picture's cells, each
    /// time: no patching cell by cell, as of a style of which only a part counts.
    pub fn lay_ground(&self, buf: &mut Buffer) {
        let ground = self.ground();
        match (ground.fg, ground.bg) {
            (Some(fg), Some(bg)) => {
                for cell in &mut buf.content {
                    cell.fg = fg;
                    cell.bg = bg;
                }
            }
            _ => buf.set_style(buf.area, ground),
        }
    }

    /// What matters now; one thing at a time.
    #[must_use]
    pub const fn bright(&self) -> Style {
        self.foreground(self.palette().bright)
    }

    /// What is read.
    #[must_use]
    pub const fn text(&self) -> Style {
        self.foreground(self.palette().text)
    }

    /// What is looked up.
    #[must_use]
    pub const fn dim(&self) -> Style {
        self.foreground(self.palette().dim)
    }

    /// Lines and what is over; never text.
    #[must_use]
    pub const fn faint(&self) -> Style {
        self.foreground(self.palette().faint)
    }

    /// What is wrong.
    #[must_use]
    pub const fn warn(&self) -> Style {
        self.foreground(self.palette().warn)
    }

    /// The entry that a press would act on.
    #[must_use]
    pub const fn marked(&self) -> Style {
        match self.depth {
            Depth::None => Style::new().add_modifier(Modifier::REVERSED),
            _ => self.bright().add_modifier(Modifier::BOLD),
        }
    }

    /// What an empty cell of the border shows at a step of its swell, from 0
    /// (nothing) to 1: its ground alone where there are colours enough, for a
    /// space is the least that can be written.
    #[must_use]
    pub fn swell(&self, strength: f32) -> (&'static str, Style) {
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
        let (low, high) = (self.palette().ground.0, self.palette().bright.0);
        // Where there are no colours between, half of each cell.
        let weak = strength < 0.5;
        match self.depth {
            Depth::True => (
                " ",
                Style::new().bg(Color::Rgb(
                    mix(low.0, high.0),
                    mix(low.1, high.1),
                    mix(low.2, high.2),
                )),
            ),
            Depth::Sixteen if weak => ("▒", Style::new().fg(Color::Yellow)),
            Depth::Sixteen => (" ", Style::new().bg(Color::Yellow)),
            Depth::None if weak => ("▒", Style::new()),
            Depth::None => (" ", Style::new().add_modifier(Modifier::REVERSED)),
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
