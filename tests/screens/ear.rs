//! In which ear, and how loud the voice is: the sounds one by one, and the
//! device and the voice among what is chosen for a session.

use std::time::Duration;

use ashiatsu::audio::{Device, Sounding};
use ashiatsu::cue::Cue;
use ashiatsu::memory::{Chosen, Memory};
use ashiatsu::settings::Voice;
use ashiatsu::tui::app::{Act, Before, Hearing};
use ashiatsu::tui::live::SoundOrder;

use crate::pictures::review;
use crate::script::{EVENING, Script, entry};

fn devices() -> Vec<Device> {
    [("sink_a", "Room speakers"), ("sink_b", "Left earbud")]
        .map(|(id, name)| Device {
            id: id.to_owned(),
            name: name.to_owned(),
        })
        .into()
}

fn sounding(device: &str, instead_of: Option<&str>) -> Sounding {
    Sounding {
        device: device.to_owned(),
        instead_of: instead_of.map(str::to_owned),
        period: Some(1024),
        rate: 48_000,
    }
}

fn today() -> Script {
    let mut script = Script::running(EVENING, Before::Preflight).press("o");
    assert!(
        script
            .acts
            .iter()
            .any(|act| matches!(act, Act::ListDevices))
    );
    let now = script.now();
    script.app.set_devices(Ok(devices()), &now);
    script
}

/// At the sounds, which were opened from home.
fn sounds() -> Script {
    let mut script = Script::at_home(vec![entry("evening", EVENING)]).press("s");
    let now = script.now();
    script.app.set_devices(Ok(devices()), &now);
    let now = script.now();
    script.app.sounds_on(sounding("Room speakers", None), &now);
    script.hear(Hearing::Sounding)
}

fn remembered(script: &Script) -> Memory {
    let last = script.acts.iter().rev().find_map(|act| match act {
        Act::Remember(memory) => Some(memory.clone()),
        _ => None,
    });
    last.expect("something is remembered")
}

/// The order of that kind that came last.
fn last<T>(orders: &[SoundOrder], of: impl Fn(&SoundOrder) -> Option<T>) -> Option<T> {
    orders.iter().rev().find_map(of)
}

fn volume_of_voice(orders: &[SoundOrder]) -> Option<u8> {
    last(orders, |order| match order {
        SoundOrder::VoiceVolume(volume) => Some(*volume),
        _ => None,
    })
}

#[test]
fn the_device_is_turned_through_those_that_there_are_and_remembered() {
    let device = |script: &mut Script| {
        last(&script.orders(), |order| match order {
            SoundOrder::Device(device) => Some(device.clone()),
            _ => None,
        })
        .expect("another device")
    };
    let mut script = today().goes_to("Device").sees("usual one");
    script = script.press("Space").sees("Room speakers");
    assert_eq!(
        remembered(&script).device,
        Some(Chosen::Device("sink_a".to_owned()))
    );
    assert_eq!(device(&mut script).as_deref(), Some("sink_a"));
    script = script.press("Right").sees("Left earbud");
    assert_eq!(device(&mut script).as_deref(), Some("sink_b"));
    script = script.press("Space").sees("usual one");
    assert_eq!(remembered(&script).device, Some(Chosen::Default));
    assert_eq!(device(&mut script), None);
    script.press("Left").sees("Left earbud");
}

#[test]
fn without_a_list_the_device_stays_and_it_is_said_why() {
    let mut script = today();
    let now = script.now();
    let refused = Err("the sound system does not answer".to_owned());
    script.app.set_devices(refused, &now);
    let mut script = script
        .goes_to("Device")
        .press("Space")
        .sees("does not answer");
    assert!(
        !script
            .orders()
            .iter()
            .any(|o| matches!(o, SoundOrder::Device(_)))
    );
}

#[test]
fn a_device_that_is_gone_is_said_in_one_line_and_so_is_its_return() {
    let mut script = today().goes_to("Device").press("Left");
    let now = script.now();
    script
        .app
        .sounds_on(sounding("Built-in", Some("sink_b")), &now);
    script = script
        .sees("Left earbud is not there · sound: Built-in")
        .wait(6.0)
        .misses("sound: Built-in")
        .sees("not there");
    let now = script.now();
    script.app.sounds_on(sounding("Left earbud", None), &now);
    script.sees("sound: Left earbud").misses("not there");
}

#[test]
fn the_voice_is_turned_on_with_its_honest_sentence_and_a_volume_of_its_own() {
    let mut script = today()
        .goes_to("Voice")
        .sees("with a speaker the client hears every word")
        .misses("Voice volume");
    assert_eq!(volume_of_voice(&script.orders()), None);
    script.tap("Space");
    assert!(
        script
            .acts
            .iter()
            .any(|act| matches!(act, Act::Voice(Voice::On)))
    );
    // Its lines are rendered while the lists are gone through.
    assert!(
        script
            .acts
            .iter()
            .any(|act| matches!(act, Act::LoadSounds(_)))
    );
    assert_eq!(remembered(&script).voice, Some(Voice::On));
    assert_eq!(volume_of_voice(&script.orders()), Some(70));
    // Until it has one of its own it is as loud as the chimes.
    script.tap("+");
    assert_eq!(volume_of_voice(&script.orders()), Some(80));
    script = script.sees("Voice volume").press("Down").press("Left");
    assert_eq!(remembered(&script).voice_volume, Some(70));
    assert_eq!(volume_of_voice(&script.orders()), Some(70));
    script.tap("-");
    assert_eq!(volume_of_voice(&script.orders()), Some(70));
    script = script.press("Up").press("Space").misses("Voice volume");
    // Nothing is spoken: muted chimes may let the device sleep.
    assert_eq!(volume_of_voice(&script.orders()), Some(0));
}

#[test]
fn each_sound_is_heard_by_enter_and_the_last_one_is_spoken_too() {
    let mut script = sounds();
    script.orders();
    let played = |script: &mut Script| {
        last(&script.orders(), |order| match order {
            SoundOrder::Press(chime) => Some((chime.cue, chime.line.is_some())),
            _ => None,
        })
    };
    for cue in Cue::ALL {
        script = script.sees(cue.meaning());
        script.tap("Enter");
        assert_eq!(played(&mut script), Some((cue, false)));
        script.tap("Down");
    }
    script.tap("Space");
    assert_eq!(played(&mut script), Some((Cue::Shift, true)));
    script = script.click(Cue::Hold.meaning());
    assert_eq!(played(&mut script), Some((Cue::Hold, false)));
}

#[test]
fn the_two_volumes_are_balanced_apart_and_the_voice_falls_silent_behind() {
    let mut script = sounds();
    assert_eq!(volume_of_voice(&script.orders()), Some(70));
    script.tap("+");
    script.tap("[");
    let orders = script.orders();
    assert!(orders.contains(&SoundOrder::Volume(80)), "{orders:?}");
    assert_eq!(volume_of_voice(&orders), Some(70));
    script = script.sees("volume 80").sees("volume 70").press("Esc");
    assert_eq!(volume_of_voice(&script.orders()), Some(0));
    script.sees("Slow Evening");
}

#[test]
fn where_nothing_can_speak_it_says_what_to_install() {
    let mut script = sounds();
    script
        .app
        .no_voice(Some("nothing here can speak: install espeak-ng".to_owned()));
    script.sees("install espeak-ng");
}

#[test]
fn the_sounds() {
    let mut script = sounds().press("Down").press("Down");
    script.app.note_lateness(Duration::from_millis(31));
    script.app.note_lateness(Duration::from_millis(48));
    review("sounds", script);
}

#[test]
fn what_is_chosen_for_today() {
    review("preflight_voice", today().goes_to("Voice").press("Space"));
}
