//! What keeping a session costs: `store_cost FOLDER [SECONDS]` records a
//! session that nobody touches and prints the thread's wakes and what is
//! written, an hour. `strace -c -f` around it counts the system calls.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement: what goes wrong stops it, and its figures are its purpose"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ashiatsu::clock::{self, Clock};
use ashiatsu::library::Library;
use ashiatsu::plan::Plan;
use ashiatsu::store::{Meta, Recorder};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "store-cost".to_owned());
    let seconds = arguments.next().map_or(60, |text| text.parse().unwrap());
    let entry = Library::find("back-basics", None).unwrap();
    let plan = Plan::whole(entry.content.as_ref().unwrap());
    let recorder = Recorder::start(Some(folder.into()), Clock::new(), |report| {
        println!("{report}");
    })
    .unwrap();
    let _key = recorder.begin(Meta::of("back-basics"), Arc::new(plan), &clock::wall());
    // The first transaction is not what lasts.
    std::thread::park_timeout(Duration::from_millis(900));
    let before = Figures::now();
    std::thread::park_timeout(Duration::from_secs(seconds));
    let after = Figures::now();
    let an_hour = 3600 / seconds;
    println!(
        "in {seconds} s: {} wakes; an hour: {} kB by write calls, {} kB of pages made dirty",
        after.wakes - before.wakes,
        (after.written - before.written) * an_hour / 1000,
        (after.dirtied - before.dirtied) * an_hour / 1000,
    );
    recorder.shut_down(Duration::from_secs(10)).unwrap();
}

struct Figures {
    wakes: u64,
    written: u64,
    dirtied: u64,
}

impl Figures {
    fn now() -> Self {
        let io = std::fs::read_to_string("/proc/self/io").unwrap();
        Self {
            wakes: std::fs::read_dir("/proc/self/task")
                .unwrap()
                .map(|task| {
                    field(
                        &task.unwrap().path().join("status"),
                        "voluntary_ctxt_switches:",
                    )
                })
                .sum(),
            written: number(&io, "wchar:"),
            dirtied: number(&io, "write_bytes:"),
        }
    }
}

fn field(path: &Path, name: &str) -> u64 {
    number(&std::fs::read_to_string(path).unwrap(), name)
}

fn number(text: &str, name: &str) -> u64 {
    text.lines()
        .find_map(|line| line.strip_prefix(name))
        .map_or(0, |rest| rest.trim().parse().unwrap())
}
