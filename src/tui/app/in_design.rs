//! Presses in the routine designer, what the disk answers it, and the way to a rehearsal and back.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Act, App, Kept, Origin, Overlay, Prepared, Running, Screen};
use crate::design::Clip;
use crate::desk::{Opened, Order, Report};
use crate::library::{self, Entry};
use crate::plan::{self, Plan};
use crate::session::{Command, GET_READY, Input, InputKind, PauseBy, Session};
use crate::settings::OneButton;
use crate::tui::live::{Chime, Live, Muted, Now, SoundOrder};
use crate::tui::screens::design::{Designer, Wish};
use crate::voice;

/// So long after a sound was heard the device stays open.
const AWAKE: Duration = Duration::from_secs(60);

/// What belongs to the designer while it is, and while it is not, on the screen.
#[derive(Debug, Default)]
pub(super) struct Workshop {
    /// What was cut or copied, for any file.
    clip: Option<Clip>,
    /// The designer that a rehearsal comes back to.
    behind: Option<Box<Designer>>,
    /// Whether the file that is to be opened is a copy of a routine that ships.
    copies: bool,
}

impl App {
    /// Goes straight to the designer; leaving it leaves the program.
    pub fn open_designer(&mut self, opened: Opened) -> Vec<Act> {
        self.origin = Origin::Outside;
        self.show_designer(opened)
    }

    /// The text that is shaped, as it is now.
    #[must_use]
    pub fn designed(&self) -> Option<&str> {
        match &self.screen {
            Screen::Design(designer) => Some(designer.text()),
            _ => None,
        }
    }

    fn show_designer(&mut self, opened: Opened) -> Vec<Act> {
        let mut designer = Designer::open(opened);
        let wishes = designer.follow_up();
        self.notice = None;
        self.screen = Screen::Design(Box::new(designer));
        desk_orders(wishes)
    }

    /// Opens the routine that is marked at home; one that ships as a copy of one's own.
    pub(super) fn design_entry(&mut self, entry: &Entry) -> Vec<Act> {
        self.workshop.copies = entry.origin == library::Origin::Shipped;
        let order = match &entry.origin {
            library::Origin::File(path) => Order::Open(path.clone()),
            library::Origin::Shipped => Order::Copy(Box::new(entry.clone())),
        };
        vec![Act::Desk(order)]
    }

    /// Whether keys go to the designer as they are, capitals and all.
    pub(super) fn is_designing(&self) -> bool {
        self.overlay.is_none() && matches!(self.screen, Screen::Design(_))
    }

    /// What the disk answers.
    pub fn desk(&mut self, report: Report, now: &Now) -> Vec<Act> {
        let designer = match (&mut self.screen, &mut self.workshop.behind) {
            (Screen::Design(designer), _) | (_, Some(designer)) => Some(designer),
            _ => None,
        };
        let wishes = match (report, designer) {
            (Report::Opened(Ok(opened)), Some(designer)) => designer.reloaded(*opened),
            (Report::Opened(Ok(opened)), None) => {
                if !matches!(self.screen, Screen::Home(_)) {
                    return Vec::new();
                }
                let copy = opened.path.display().to_string();
                let acts = self.show_designer(*opened);
                if std::mem::take(&mut self.workshop.copies) {
                    let line = format!("this is your own copy: {copy}");
                    self.say(crate::routine::text::printable(&line), now);
                }
                return acts;
            }
            (Report::Opened(Err(why)), _) => vec![Wish::Say(why)],
            (Report::Saved(save, done), Some(designer)) => designer.saved(*save, done),
            (Report::Looked(looked), Some(designer)) => {
                designer.looked(*looked);
                Vec::new()
            }
            (Report::NotKept(why), Some(_)) => {
                vec![Wish::Say(format!("your edits can't be kept: {why}"))]
            }
            _ => Vec::new(),
        };
        self.grant_designer(wishes, now)
    }

    pub(super) fn press_in_design(&mut self, key: &KeyEvent, now: &Now) -> Vec<Act> {
        if key.is_release() {
            return Vec::new();
        }
        let (area, clip) = (self.area, self.workshop.clip.as_ref());
        let Screen::Design(designer) = &mut self.screen else {
            return Vec::new();
        };
        let wishes = designer.press(key, area, clip);
        if !wishes.iter().any(|wish| matches!(wish, Wish::Say(_))) {
            // What was said of the press before is over.
            self.notice = None;
        }
        self.grant_designer(wishes, now)
    }

    /// The wheel moves the cursor.
    pub(super) fn scroll_design(&mut self, code: KeyCode, now: &Now) -> Vec<Act> {
        self.press_in_design(&KeyEvent::new(code, KeyModifiers::NONE), now)
    }

    pub(super) fn paste_in_design(&mut self, text: &str, now: &Now) -> Vec<Act> {
        let Screen::Design(designer) = &mut self.screen else {
            return Vec::new();
        };
        let wishes = designer.paste_text(text);
        self.grant_designer(wishes, now)
    }

    fn grant_designer(&mut self, wishes: Vec<Wish>, now: &Now) -> Vec<Act> {
        let mut acts = Vec::new();
        for wish in wishes {
            match wish {
                Wish::Say(line) => self.say(crate::routine::text::printable(&line), now),
                Wish::Desk(order) => acts.push(Act::Desk(order)),
                Wish::Keep(clip) => self.workshop.clip = Some(clip),
                Wish::Try(speed) => acts.extend(self.rehearse(speed, now)),
                Wish::Hear => acts.extend(self.hear_row(now)),
                Wish::Student => acts.extend(self.as_student(now)),
                Wish::Help => self.overlay = Some(Overlay::Help { top: 0 }),
                Wish::Suspend => acts.push(Act::Suspend),
                Wish::Leave => {
                    self.notice = None;
                    acts.extend(self.leave());
                }
            }
        }
        acts
    }

    /// What is designed as a routine to be worked, from the cursor's row on.
    fn designed_here(&mut self, speed: u32, now: &Now) -> Option<Prepared> {
        let Screen::Design(designer) = &self.screen else {
            return None;
        };
        let (Some(from), Some(_)) = (designer.step_here(), designer.plan()) else {
            let why = match designer.plan() {
                None => designer.why_no_plan(),
                Some(_) => "there is no step to begin with".to_owned(),
            };
            self.say(why, now);
            return None;
        };
        let path: PathBuf = designer.path().to_owned();
        let entry = Entry::of_text(&path, designer.text());
        let routine = entry.content.clone().ok()?;
        let options = plan::Options {
            from: Some(from),
            fit: None,
            speed: speed.to_string().parse().ok()?,
        };
        let plan = Plan::new(&routine, &options).ok()?;
        Some(Prepared::new(routine, entry, plan))
    }

    /// Whether a session was opened by the designer: it goes back there, and is not kept.
    pub(super) fn is_tried(&self) -> bool {
        self.workshop.behind.is_some()
    }

    /// Back from a rehearsal.
    pub(super) fn back_to_designer(&mut self) -> Option<Vec<Act>> {
        let designer = self.workshop.behind.take()?;
        self.overlay = None;
        self.screen = Screen::Design(designer);
        Some(vec![
            Act::Sound(SoundOrder::CancelForeseen),
            Act::Sound(SoundOrder::Hush),
        ])
    }

    fn step_behind(&mut self) {
        if let Screen::Design(designer) = self.take_screen() {
            self.workshop.behind = Some(designer);
        }
    }

    /// Rehearses from the cursor's row.
    fn rehearse(&mut self, speed: u32, now: &Now) -> Vec<Act> {
        let Some(prepared) = self.designed_here(speed, now) else {
            return Vec::new();
        };
        self.step_behind();
        self.begin(prepared, now)
    }

    /// The session's screen at the cursor's row, paused.
    fn as_student(&mut self, now: &Now) -> Vec<Act> {
        let Some(prepared) = self.designed_here(1, now) else {
            return Vec::new();
        };
        let Prepared {
            plan,
            routine,
            entry,
            ..
        } = prepared;
        let mut session = Session::new(Arc::new(plan));
        let inputs = [
            InputKind::Advance,
            InputKind::Command(Command::Pause(PauseBy::Signal)),
        ];
        let mut seq = 0;
        for kind in inputs {
            let at = GET_READY;
            // What it answers is for a session that runs.
            let _ = session.apply(&Input { seq, at, kind });
            seq += 1;
        }
        let live = Live::go_on(session, GET_READY, seq, now).with_prompts(self.prompts);
        self.step_behind();
        let running = Running::new(live, routine.aftercare, OneButton::Off);
        self.screen = Screen::Session(Box::new(running));
        self.say("as it will be seen · Space goes on · q comes back", now);
        vec![Act::LoadSounds(Box::new(entry))]
    }

    /// Plays the cue of the cursor's row, and speaks its line.
    fn hear_row(&mut self, now: &Now) -> Vec<Act> {
        let Screen::Design(designer) = &self.screen else {
            return Vec::new();
        };
        let step = designer.step_here();
        let Some((plan, step)) = designer.plan().zip(step) else {
            let why = designer.why_no_plan();
            self.say(why, now);
            return Vec::new();
        };
        let Some(segment) = plan.segments.get(step.saturating_sub(1)) else {
            return Vec::new();
        };
        let line = voice::line(plan, segment.id, segment.opens);
        let chime = Chime {
            id: None,
            cue: segment.opens,
            instead: segment.sound.clone(),
            line: line.clone(),
            due: now.mono,
        };
        let entry = Entry::of_text(designer.path(), designer.text());
        let heard = match self.muted {
            Muted::Yes => " (muted)",
            Muted::No => "",
        };
        self.say(
            format!("{}{heard}: {}", chime.cue, line.unwrap_or_default()),
            now,
        );
        vec![
            Act::LoadSounds(Box::new(entry)),
            Act::Sound(SoundOrder::Awake(now.mono + AWAKE)),
            Act::Sound(SoundOrder::Press(chime)),
        ]
    }

    /// What is not kept of a session that the designer only tries.
    pub(super) fn untried(&self, mut acts: Vec<Act>, was_tried: bool) -> Vec<Act> {
        if was_tried || self.is_tried() {
            acts.retain(|act| {
                !matches!(
                    act,
                    Act::Keep(Kept::Begin(..) | Kept::Input(_) | Kept::Over(_) | Kept::Close)
                )
            });
        }
        acts
    }
}

fn desk_orders(wishes: Vec<Wish>) -> Vec<Act> {
    let orders = wishes.into_iter();
    orders
        .filter_map(|wish| match wish {
            Wish::Desk(order) => Some(Act::Desk(order)),
            _ => None,
        })
        .collect()
}
