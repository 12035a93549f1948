//! Plays cues at given times and says what became of them, for tests and for
//! measuring.
//!
//! `play_schedule [--always-open] [--mute] [--period FRAMES] [--lead-in MS]
//! [--lead MS]
//! [--device NAME] [--until MS] [--list]` reads lines `MS CUE`, `MS press CUE`
//! and `MS cancel` (all that wait), MS after the start and in order, then plays. It writes a line for each report, with the milliseconds
//! since the start, which itself is the first line (seconds since 1970).
#![expect(clippy::print_stdout, reason = "its output is what it is for")]
#![expect(
    clippy::disallowed_methods,
    reason = "it keeps the time that a session would keep"
)]

use std::io::{self, BufRead, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ashiatsu::audio::{
    Chimes, Fate, Keep, Mute, Options, Report, Scheduled, SoundId, Sounding, Speaker, devices,
    quiet,
};
use ashiatsu::cue::Cue;

/// As a session does: a cue is scheduled when it falls due within this.
const HORIZON: Duration = Duration::from_secs(10);

/// The longest chime is over by then.
const AFTER: Duration = Duration::from_millis(2200);

type Failure = Box<dyn std::error::Error>;

enum Act {
    Schedule(Cue),
    Press(Cue),
    Cancel,
}

struct Line {
    at: Duration,
    act: Act,
}

fn parse(line: &str) -> Option<Line> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (ms, act) = match words.as_slice() {
        [ms, "press", cue] => (ms, Act::Press(Cue::from_name(cue)?)),
        [ms, "cancel"] => (ms, Act::Cancel),
        [ms, cue] => (ms, Act::Schedule(Cue::from_name(cue)?)),
        _ => return None,
    };
    Some(Line {
        at: Duration::from_millis(ms.parse().ok()?),
        act,
    })
}

/// Milliseconds from one to the other, negative if it is before.
fn ms(start: Instant, at: Instant) -> f64 {
    let before = start.saturating_duration_since(at).as_secs_f64();
    (at.saturating_duration_since(start).as_secs_f64() - before) * 1000.0
}

fn say(start: Instant, report: &Report) -> io::Result<()> {
    let now = ms(start, Instant::now());
    let mut out = io::stdout().lock();
    match report {
        Report::Sounding(Sounding {
            device, instead_of, ..
        }) => {
            writeln!(out, "{now:.1} sounding {device:?} {instead_of:?}")?;
        }
        Report::Silent(reason) => writeln!(out, "{now:.1} silent {reason} {reason:?}")?,
        Report::Back => writeln!(out, "{now:.1} back")?,
        Report::Fate(told) => {
            let fate = match told.fate {
                Fate::Heard { taken, onset } => {
                    format!(
                        "heard taken {:.1} onset {:.1}",
                        ms(start, taken),
                        ms(start, onset)
                    )
                }
                Fate::Dropped(why) => format!("dropped {why:?}"),
                Fate::Cancelled => "cancelled".to_owned(),
            };
            writeln!(
                out,
                "{now:.1} fate {} {} due {:.1} {fate}",
                told.id.0,
                told.cue,
                ms(start, told.due)
            )?;
        }
    }
    out.flush()
}

/// What the command line asks for.
struct Asked {
    options: Options,
    /// At least this long it runs.
    until: Duration,
    list: bool,
}

fn asked() -> Result<Asked, Failure> {
    let mut options = Options::new(Arc::new(Chimes::default()));
    let (mut until, mut list) = (Duration::ZERO, false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} wants a value"));
        match arg.as_str() {
            "--always-open" => options.keep = Keep::AlwaysOpen,
            "--mute" => options.mute = Mute::On,
            "--period" => options.period = value()?.parse()?,
            "--lead" => {
                options.keep = Keep::OpenAhead {
                    lead: Duration::from_millis(value()?.parse()?),
                }
            }
            "--lead-in" => options.lead_in = Duration::from_millis(value()?.parse()?),
            "--device" => options.device = Some(value()?),
            "--until" => until = Duration::from_millis(value()?.parse()?),
            "--list" => list = true,
            _ => return Err(format!("what is {arg}?").into()),
        }
    }
    Ok(Asked {
        options,
        until,
        list,
    })
}

fn read_lines() -> Result<Vec<Line>, Failure> {
    let mut lines = Vec::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        lines.push(parse(&line).ok_or_else(|| format!("what is {line:?}?"))?);
    }
    Ok(lines)
}

/// What is to be asked of the speaker, in the order of when.
fn in_order(lines: Vec<Line>) -> Vec<(Duration, u64, Line)> {
    let mut acts: Vec<_> = (0..)
        .zip(lines)
        .map(|(id, line)| {
            let ahead = matches!(line.act, Act::Schedule(_)).then_some(HORIZON);
            (line.at.saturating_sub(ahead.unwrap_or_default()), id, line)
        })
        .collect();
    acts.sort_by_key(|(at, id, _)| (*at, *id));
    acts
}

fn ask(speaker: &Speaker, id: u64, line: &Line, due: Instant) {
    let sound = |cue| Scheduled {
        id: SoundId(id),
        cue,
        clip: None,
        voice: None,
        due,
    };
    match line.act {
        Act::Schedule(cue) => speaker.schedule(sound(cue)),
        Act::Press(cue) => speaker.press(sound(cue)),
        Act::Cancel => speaker.cancel_all_pending(),
    }
}

fn main() -> Result<(), Failure> {
    let Asked {
        options,
        until,
        list,
    } = asked()?;
    if list {
        for device in devices(Duration::from_secs(3))? {
            println!("{}\t{}", device.id, device.name);
        }
        return Ok(());
    }
    let lines = read_lines()?;
    let _quiet = quiet::Quiet::begin()?;
    let start = Instant::now();
    println!(
        "{:.6}",
        SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64()
    );
    let (tell, told) = mpsc::channel();
    let tell = Mutex::new(tell);
    let speaker = Speaker::start(options, move |report| {
        if let Ok(tell) = tell.lock() {
            // When nobody reads any more, it is about to end.
            let _ = tell.send(report);
        }
    })?;

    let mut acts = in_order(lines).into_iter().peekable();
    let mut open: usize = 0;
    let mut end = start + until;
    let mut slowest = Duration::ZERO;
    loop {
        let now = Instant::now();
        while let Some((_, id, line)) = acts.next_if(|(at, ..)| start + *at <= now) {
            let due = start + line.at;
            let asked = Instant::now();
            ask(&speaker, id, &line, due);
            slowest = slowest.max(asked.elapsed());
            open += usize::from(!matches!(line.act, Act::Cancel));
            end = end.max(due + AFTER);
        }
        let next = acts.peek().map(|(at, ..)| start + *at);
        if next.is_none() && open == 0 && now >= end {
            break;
        }
        let wake = next.unwrap_or(if now < end { end } else { now + HORIZON });
        match told.recv_timeout(wake.saturating_duration_since(now)) {
            Ok(report) => {
                if matches!(report, Report::Fate(_)) {
                    open = open.saturating_sub(1);
                }
                say(start, &report)?;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err("the speaker has left".into()),
        }
    }
    let leaving = Instant::now();
    speaker.shut_down();
    println!(
        "{:.1} left slowest_call {:.1} shut_down {:.1}",
        ms(start, Instant::now()),
        slowest.as_secs_f64() * 1e3,
        leaving.elapsed().as_secs_f64() * 1e3
    );
    Ok(())
}
