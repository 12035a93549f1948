//! The settings that one changes often, as a list to turn; and the page on
//! which a key says what it sends. What a value does, and where it is kept, is
//! the program's business.

mod keys_page;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget};

use crate::tui::keys::{self, InList, InSession, Key, SessionKeys};
use crate::tui::theme::Theme;
use crate::tui::widgets::bands::Bands;
use crate::tui::widgets::hints::hint_line;
use crate::tui::widgets::list::{Marked, Move};
use crate::tui::widgets::text::{fit, wrap};

use keys_page::KeysPage;

/// The columns of a label.
const LABEL: u16 = 17;

/// Something that can be changed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knob {
    /// How loud cues are.
    Volume,
    /// Whether they sound.
    Sound,
    /// Whether steps are spoken.
    Voice,
    /// How loud that is.
    VoiceVolume,
    /// The output device.
    Device,
    /// When it is open.
    KeepDevice,
    /// The colours.
    Theme,
    /// Which way the client's head lies.
    Head,
    /// The line that breathes along.
    Pacer,
    /// Whether any press does it all.
    OneButton,
    /// Whether the screen is kept lit.
    Awake,
    /// What keys mean.
    Keys,
}

impl Knob {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Volume,
        Self::Sound,
        Self::Voice,
        Self::VoiceVolume,
        Self::Device,
        Self::KeepDevice,
        Self::Theme,
        Self::Head,
        Self::Pacer,
        Self::OneButton,
        Self::Awake,
        Self::Keys,
    ];

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Volume => "Volume",
            Self::Sound => "Sound",
            Self::Voice => "Voice",
            Self::VoiceVolume => "Volume of voice",
            Self::Device => "Sound device",
            Self::KeepDevice => "Device is open",
            Self::Theme => "Colours",
            Self::Head => "Client's head",
            Self::Pacer => "Breath pacer",
            Self::OneButton => "One button",
            Self::Awake => "Screen stays lit",
            Self::Keys => "Keys",
        }
    }

    /// What it means, in a sentence or two.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Volume => "Of the chimes, from 0 to 100. t plays one.",
            Self::Sound => "Muted, shifts are shown by the border alone.",
            Self::Voice => "Each step is spoken after its chime; meant for an earbud.",
            Self::VoiceVolume => "From 0 to 100; s at home plays it beside the chimes.",
            Self::Device => "Where cues are heard: s at home plays each.",
            Self::KeepDevice => {
                "Always, where the beginning of a sound is missing. From the next start on."
            }
            Self::Theme => "High contrast is brighter, on black.",
            Self::Head => "Which way it lies on the body map.",
            Self::Pacer => "The slow line that breathes along with a stroke's pace.",
            Self::OneButton => {
                "Any key or click is ready; twice within 1.2 s takes that back and pauses."
            }
            Self::Awake => "While a session runs, as far as the system lets it.",
            Self::Keys => "Enter: what your clicker or pedal sends, and what it shall mean.",
        }
    }
}

/// Which way a value is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// On, or up.
    Next,
    /// Back, or down.
    Previous,
    /// To what the program has for it.
    Default,
}

/// What is asked of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// A value is to be turned.
    Turn(Knob, Turn),
    /// A key is to mean this; none: what the program has for it.
    Mean(Key, Option<InSession>),
    /// Back to where one came from.
    Close,
    /// What every list understands.
    Other(InList),
}

/// What is shown of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Page {
    List,
    Keys(KeysPage),
}

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsScreen {
    page: Page,
    marked: Marked,
    /// How each value stands.
    values: Vec<String>,
}

/// What is said beside the list.
#[derive(Debug)]
pub struct Beside<'a> {
    /// What keys mean in a session.
    pub keys: &'a SessionKeys,
    /// A notice, if there is one.
    pub notice: Option<&'a str>,
}

impl SettingsScreen {
    /// The list; each value as it is to be shown, in the order of
    /// [`Knob::ALL`].
    #[must_use]
    pub fn new(values: Vec<String>) -> Self {
        Self {
            page: Page::List,
            marked: Marked::default(),
            values,
        }
    }

    /// How the values stand now.
    pub fn set_values(&mut self, values: Vec<String>) {
        self.values = values;
    }

    fn knob(&self) -> Option<Knob> {
        Knob::ALL.get(self.marked.index).copied()
    }

    fn go(&mut self, to: Move) {
        self.marked.go(to, Knob::ALL.len());
    }

    /// Takes a press.
    pub fn press(&mut self, key: Key, held: bool) -> Option<Wish> {
        if let Page::Keys(page) = &mut self.page {
            return match page.press(key, held) {
                keys_page::Answer::Nothing => None,
                keys_page::Answer::Close => {
                    self.page = Page::List;
                    None
                }
                keys_page::Answer::Mean(key, action) => Some(Wish::Mean(key, action)),
                keys_page::Answer::Suspend => Some(Wish::Other(InList::Suspend)),
            };
        }
        let action = keys::meaning(keys::SETTINGS, key)?;
        match action {
            InList::Up => self.go(Move::By(-1)),
            InList::Down => self.go(Move::By(1)),
            InList::First => self.go(Move::First),
            InList::Last => self.go(Move::Last),
            InList::Toggle | InList::Yes => return self.turn(Turn::Next, held),
            InList::No => return self.turn(Turn::Previous, held),
            _ if held => {}
            InList::Enter => return self.turn(Turn::Next, held),
            InList::Delete => return self.turn(Turn::Default, held),
            InList::Close => return Some(Wish::Close),
            action => return Some(Wish::Other(action)),
        }
        None
    }

    /// A volume may be turned by a key held down; nothing else may.
    fn turn(&mut self, turn: Turn, held: bool) -> Option<Wish> {
        let knob = self.knob()?;
        match (knob, turn) {
            (Knob::Volume | Knob::VoiceVolume, _) => {}
            _ if held => return None,
            (Knob::Keys, Turn::Default) => return None,
            (Knob::Keys, _) => {
                self.page = Page::Keys(KeysPage::default());
                return None;
            }
            _ => {}
        }
        Some(Wish::Turn(knob, turn))
    }

    /// Marks the line under the mouse, and turns it if it was marked.
    pub fn click(&mut self, area: Rect, at: Position, keys: &SessionKeys) -> Option<Wish> {
        let body = Bands::of(area).body;
        match &mut self.page {
            Page::Keys(page) => {
                let (key, action) = page.click(body, at, keys)?;
                Some(Wish::Mean(key, action))
            }
            Page::List => {
                let rows = self.rows(body.width);
                let top = self.top(&rows, body.height);
                if !body.contains(at) {
                    return None;
                }
                let row = rows.get(top + usize::from(at.y - body.y))?;
                self.marked.index = row.entry;
                self.turn(Turn::Next, false)
            }
        }
    }

    fn rows(&self, width: u16) -> Vec<Row> {
        let mut rows = Vec::new();
        let room = width.saturating_sub(LABEL + 2);
        for (entry, (knob, value)) in Knob::ALL.iter().zip(&self.values).enumerate() {
            let marked = entry == self.marked.index;
            let pointer = if marked { "▶ " } else { "  " };
            for (n, line) in wrap(value, room).into_iter().enumerate() {
                let (pointer, label) = if n == 0 {
                    (pointer, knob.label())
                } else {
                    ("  ", "")
                };
                rows.push(Row {
                    entry,
                    label: format!(
                        "{pointer}{label:<label_width$}",
                        label_width = usize::from(LABEL)
                    ),
                    value: line,
                    about: false,
                });
            }
            if marked {
                let lines = wrap(knob.about(), width.saturating_sub(4));
                rows.extend(lines.into_iter().map(|line| Row {
                    entry,
                    label: String::new(),
                    value: format!("    {line}"),
                    about: true,
                }));
            }
        }
        rows
    }

    fn top(&self, rows: &[Row], height: u16) -> usize {
        let is_marked = |row: &Row| row.entry == self.marked.index;
        let first = rows.iter().position(is_marked).unwrap_or(0);
        let last = rows.iter().rposition(is_marked).unwrap_or(0);
        let height = usize::from(height);
        Marked { index: first }
            .top(rows.len(), height)
            .max((last + 1).saturating_sub(height))
    }

    /// The keys at the bottom.
    fn hints(&self) -> Vec<(String, &'static str)> {
        let own: &[(&str, &'static str)] = match &self.page {
            Page::List => match self.knob() {
                Some(Knob::Keys) => &[("Enter", "opens"), ("?", "help"), ("Esc", "back")],
                _ => &[
                    ("← →", "change"),
                    ("d", "default"),
                    ("t", "hear a cue"),
                    ("?", "help"),
                    ("Esc", "back"),
                ],
            },
            Page::Keys(page) => page.hints(),
        };
        own.iter()
            .map(|&(key, word)| (key.to_owned(), word))
            .collect()
    }

    /// Draws the screen.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, beside: &Beside<'_>) {
        let areas = Bands::of(area);
        let title = match self.page {
            Page::Keys(_) => "settings · keys",
            Page::List => "settings",
        };
        let head = Line::from(vec![Span::styled(title, theme.bright())]);
        Paragraph::new(head).render(areas.head, buf);
        match &self.page {
            Page::Keys(page) => page.render(areas.body, buf, theme, beside.keys),
            Page::List => self.render_list(areas.body, buf, theme),
        }
        match beside.notice {
            Some(notice) => {
                Line::styled(fit(notice, areas.foot.width), theme.bright()).render(areas.foot, buf);
            }
            None => hint_line(&self.hints(), areas.foot.width, theme).render(areas.foot, buf),
        }
    }

    fn render_list(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let rows = self.rows(area.width);
        let top = self.top(&rows, area.height);
        for (y, row) in (area.top()..area.bottom()).zip(rows.iter().skip(top)) {
            let marked = row.entry == self.marked.index;
            let spans = if row.about {
                vec![Span::styled(row.value.as_str(), theme.dim())]
            } else if marked {
                let whole = format!("{}{}", row.label, row.value);
                vec![Span::styled(whole, theme.marked())]
            } else {
                vec![
                    Span::styled(row.label.as_str(), theme.text()),
                    Span::styled(row.value.as_str(), theme.dim()),
                ]
            };
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            Line::from(spans).render(line, buf);
        }
    }
}

struct Row {
    entry: usize,
    label: String,
    value: String,
    about: bool,
}
