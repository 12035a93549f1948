//! Which output devices there are, and which one a name means. Everything here
//! may block for many seconds on a sound server that hangs: call it only on a
//! thread that nobody waits for. It plays nothing.
//!
//! On Linux there are two ways to a device. ALSA knows the cards, and as its
//! default whatever the system has made that; a sound server (`PulseAudio`, or
//! `PipeWire` in its place) knows each earbud by its name. So the default device
//! is ALSA's, and one that is chosen is looked for at the server first.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use rodio::cpal::traits::{DeviceTrait, HostTrait};
use rodio::cpal::{self, HostId};

/// An output device that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// What to write to choose it.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// Why there is no list of devices.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DevicesError {
    /// The sound system took longer than the limit.
    #[error("the sound system does not answer")]
    NotAnswering,
    /// It answered with an error.
    #[error("no list of sound devices: {0}")]
    Refused(String),
}

/// No machine has more devices worth choosing from.
const MOST_DEVICES: usize = 64;

/// ALSA's converters and partial outputs, which nobody means to choose.
const PLUMBING: [&str; 16] = [
    "null",
    "lavrate",
    "samplerate",
    "speexrate",
    "speex",
    "jack",
    "oss",
    "upmix",
    "vdownmix",
    "dmix",
    "dsnoop",
    "surround",
    "iec958",
    "front",
    "usbstream",
    "a52",
];

/// The output devices, at most 64, asked for on a thread of its own: returns
/// after `limit` at the latest. Where a sound server runs, they are its own:
/// the cards behind it can't be opened beside it.
///
/// # Errors
/// When the sound system does not answer in that time, or refuses.
pub fn devices(limit: Duration) -> Result<Vec<Device>, DevicesError> {
    let (tell, told) = mpsc::channel();
    let asking = std::thread::Builder::new()
        .name("sound-list".to_owned())
        .spawn(move || tell.send(list()));
    if let Err(error) = asking {
        return Err(DevicesError::Refused(error.to_string()));
    }
    match told.recv_timeout(limit) {
        Ok(list) => list,
        Err(RecvTimeoutError::Timeout) => Err(DevicesError::NotAnswering),
        Err(RecvTimeoutError::Disconnected) => {
            Err(DevicesError::Refused("the sound system failed".to_owned()))
        }
    }
}

fn list() -> Result<Vec<Device>, DevicesError> {
    let mut refused = None;
    for id in hosts() {
        let listed = cpal::host_from_id(id).and_then(|host| host.output_devices());
        let devices: Vec<Device> = match listed {
            Ok(found) => worth_choosing(found.filter_map(|device| describe(&device))),
            Err(error) => {
                refused = Some(DevicesError::Refused(error.to_string()));
                continue;
            }
        };
        if !devices.is_empty() {
            return Ok(devices);
        }
    }
    refused.map_or(Ok(Vec::new()), Err)
}

/// Without what nobody means to choose, each once.
fn worth_choosing(found: impl Iterator<Item = Device>) -> Vec<Device> {
    let mut devices: Vec<Device> = Vec::new();
    for device in found {
        let kind = device.id.split(':').next().unwrap_or_default();
        let plumbing = PLUMBING.iter().any(|part| kind.starts_with(part));
        if !plumbing && devices.iter().all(|known| known.id != device.id) {
            devices.push(device);
        }
        if devices.len() == MOST_DEVICES {
            break;
        }
    }
    devices
}

/// Where a chosen device is looked for, one after the other.
fn hosts() -> Vec<HostId> {
    #[cfg(target_os = "linux")]
    return vec![HostId::PulseAudio, HostId::Alsa];
    #[cfg(not(target_os = "linux"))]
    cpal::available_hosts()
}

/// The device that the system plays on when nobody has chosen.
pub(super) fn default_device() -> Result<cpal::Device, String> {
    #[cfg(target_os = "linux")]
    let host = cpal::host_from_id(HostId::Alsa).map_err(|error| error.to_string())?;
    #[cfg(not(target_os = "linux"))]
    let host = cpal::default_host();
    host.default_output_device()
        .ok_or_else(|| "no output device".to_owned())
}

/// The device of that id, or else of that name, whatever the case.
pub(super) fn find(wanted: &str) -> Option<cpal::Device> {
    hosts().into_iter().find_map(|id| {
        let host = cpal::host_from_id(id).ok()?;
        find_at(&host, wanted)
    })
}

fn find_at(host: &cpal::Host, wanted: &str) -> Option<cpal::Device> {
    let mut named = None;
    for device in host.output_devices().ok()? {
        let Some(described) = describe(&device) else {
            continue;
        };
        if described.id == wanted {
            return Some(device);
        }
        if named.is_none() && described.name.eq_ignore_ascii_case(wanted) {
            named = Some(device);
        }
    }
    named
}

pub(super) fn describe(device: &cpal::Device) -> Option<Device> {
    let description = device.description().ok()?;
    let name = description.name().to_owned();
    let id = device
        .id()
        .map_or_else(|_| name.clone(), |id| id.id().to_owned());
    Some(Device { id, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converters_and_doubles_are_not_offered() {
        let device = |id: &str| Device {
            id: id.to_owned(),
            name: id.to_owned(),
        };
        let found = [
            "default",
            "dmix:CARD=0",
            "hw:0",
            "hw:0",
            "surround51:0",
            "bluez_sink.a",
        ];
        let offered = worth_choosing(found.into_iter().map(device));
        assert_eq!(offered, ["default", "hw:0", "bluez_sink.a"].map(device));
    }
}
