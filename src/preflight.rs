//! What is looked at before a session: the room, the client, oneself. Three
//! short lists, since long ones are ticked blindly. Answers are never stored.
//!
//! The questions are those that several trade sources agree on; the routine
//! adds lines, and only the user's settings can take some away.

use crate::routine::Routine;

/// What a Yes at intake means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// No session.
    Withhold,
    /// A doctor first.
    Clearance,
    /// That area is left alone.
    LeaveArea,
    /// The instructor's question does not say.
    Ask,
}

impl Advice {
    /// What to do, in one line.
    #[must_use]
    pub const fn what_to_do(self) -> &'static str {
        match self {
            Self::Withhold => "Withhold: no session today.",
            Self::Clearance => "Ask for medical clearance first.",
            Self::LeaveArea => "Leave that area alone.",
            Self::Ask => "Stop and ask your instructor or a doctor.",
        }
    }
}

/// A question at intake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub asks: String,
    /// What a Yes means.
    pub advice: Advice,
}

/// The three lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    /// Once a day.
    pub room: Vec<String>,
    /// At intake, dressed, away from the screen.
    pub client: Vec<Question>,
    /// Before you step up.
    pub step_up: Vec<String>,
}

/// What the program is not.
pub const NO_CLEARANCE: &str =
    "This informs; it is no medical clearance. In doubt, do not start. Nothing here is stored.";

const ROOM: [&str; 6] = [
    "Bars checked and wiped",
    "Table stable",
    "Stool in reach",
    "Drape ready",
    "Charger in",
    "Cues heard from the table (t plays one)",
];

const CLIENT: [(&str, Advice); 16] = [
    ("Pregnant, or trying to be", Advice::Withhold),
    (
        "Blood thinners, clotting disorder, thrombosis, phlebitis, aneurysm",
        Advice::Withhold,
    ),
    (
        "Uncontrolled high blood pressure, or a heart condition",
        Advice::Clearance,
    ),
    ("Fever or a contagious illness", Advice::Withhold),
    ("Osteoporosis or frailty", Advice::Withhold),
    ("Radiation therapy", Advice::Clearance),
    (
        "Recent surgery, injury, fracture or injection",
        Advice::Clearance,
    ),
    ("Implants or a pacemaker", Advice::Clearance),
    (
        "Spinal fusion, ankylosing spondylitis, ruptured or protruding disc",
        Advice::Clearance,
    ),
    ("Kidney disorder", Advice::Clearance),
    ("Diabetes with neuropathy", Advice::Clearance),
    ("Unexplained swelling", Advice::Clearance),
    ("Varicose veins or broken skin", Advice::LeaveArea),
    (
        "Painkillers or muscle relaxants: they hide “too deep”",
        Advice::Withhold,
    ),
    ("Alcohol: it hides “too deep”", Advice::Withhold),
    ("Allergy to the lubricant or to menthol", Advice::LeaveArea),
];

const STEP_UP: [&str; 6] = [
    "Feet clean and smooth, short nails, no jewellery",
    "Lubricant in reach",
    "Both hands know the bars",
    "Clicker in reach, keys locked",
    "Notifications off",
    "I am well: no dizziness, ear infection, cut or infected feet, pregnancy, alcohol or sedation; \
     good balance, feeling in both feet. Else I stay off the table",
];

impl Lists {
    /// The lists for `routine`, without the built-in lines that begin with one
    /// of `leave_out`.
    #[must_use]
    pub fn new(routine: &Routine, leave_out: &[String]) -> Self {
        let kept = |line: &str| {
            !leave_out
                .iter()
                .any(|beginning| !beginning.is_empty() && line.starts_with(beginning.as_str()))
        };
        let built_in = |lines: &[&str], added: &[String]| -> Vec<String> {
            lines
                .iter()
                .filter(|line| kept(line))
                .map(|&line| line.to_owned())
                .chain(added.iter().cloned())
                .collect()
        };
        let client = CLIENT
            .iter()
            .filter(|(asks, _)| kept(asks))
            .map(|&(asks, advice)| Question {
                asks: asks.to_owned(),
                advice,
            })
            .chain(routine.contraindications.iter().map(|asks| Question {
                asks: asks.clone(),
                advice: Advice::Ask,
            }))
            .collect();
        Self {
            room: built_in(&ROOM, &routine.preparation),
            client,
            step_up: built_in(&STEP_UP, &routine.self_check),
        }
    }
}
