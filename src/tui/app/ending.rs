//! An end by the clock, chosen before a session: whether the plan fits until
//! then, what a fit would make of it, and how that is said. It must not know
//! how the end was chosen.

use std::time::Duration;

use jiff::{RoundMode, SignedDuration, ToSpan, Unit, ZonedDateTime, ZonedDateTimeRound};

use crate::plan::Plan;
use crate::routine::time::{clock, round_seconds};
use crate::session::GET_READY;

/// How near to the end the plan counts as fitting: nobody plans by seconds.
const NEAR: SignedDuration = SignedDuration::from_secs(60);
/// Ends are offered at these minutes.
const QUARTER: i64 = 15;
/// The most that are offered.
const MOST: usize = 48;

/// Whether the plan is fitted to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Fit {
    /// It runs as written; the screen says how far off it is.
    #[default]
    AsWritten,
    /// At the start every step gives or takes its share.
    Fitted,
}

/// When a session is to end, by the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ending {
    pub(super) at: ZonedDateTime,
    pub(super) fit: Fit,
}

/// What an end means for a plan that is about to begin.
pub(super) struct Outlook<'a> {
    ending: &'a Ending,
    plan: &'a Plan,
    /// When the first step opens if it begins now.
    opens: ZonedDateTime,
}

/// When the first step opens if the session begins now, `lead` before the
/// countdown.
fn opening(now: &ZonedDateTime, lead: Duration) -> ZonedDateTime {
    after(now, lead.saturating_add(GET_READY))
}

fn after(moment: &ZonedDateTime, time: Duration) -> ZonedDateTime {
    let signed = SignedDuration::try_from(time).unwrap_or(SignedDuration::MAX);
    moment
        .checked_add(signed)
        .unwrap_or_else(|_| moment.clone())
}

impl Ending {
    /// At that moment, nothing fitted.
    pub(super) const fn at(at: ZonedDateTime) -> Self {
        Self {
            at,
            fit: Fit::AsWritten,
        }
    }

    /// "15:45".
    pub(super) fn clock(&self) -> String {
        time_of_day(&self.at)
    }

    /// What it means for `plan`, begun now.
    pub(super) fn outlook<'a>(
        &'a self,
        plan: &'a Plan,
        now: &ZonedDateTime,
        lead: Duration,
    ) -> Outlook<'a> {
        Outlook {
            ending: self,
            plan,
            opens: opening(now, lead),
        }
    }
}

impl Outlook<'_> {
    /// How much later than asked `plan` ends; negative if earlier.
    fn late(&self, plan: &Plan) -> SignedDuration {
        self.ending.at.duration_until(&self.ends(plan))
    }

    fn ends(&self, plan: &Plan) -> ZonedDateTime {
        after(&self.opens, plan.length())
    }

    /// The plan with as much of the fit as its limits let.
    fn fitted(&self) -> Plan {
        let length = self.opens.duration_until(&self.ending.at);
        self.plan
            .clone()
            .nearest(Duration::try_from(length).unwrap_or_default())
    }

    /// The plan as it is to run.
    pub(super) fn plan(&self) -> Plan {
        match self.ending.fit {
            Fit::AsWritten => self.plan.clone(),
            Fit::Fitted => self.fitted(),
        }
    }

    /// When what is said of it changes next, from now.
    pub(super) fn changes_in(&self) -> Duration {
        let ends = self.ends(self.plan);
        let into = Duration::from_secs(u64::try_from(ends.second()).unwrap_or_default())
            + Duration::from_nanos(u64::try_from(ends.subsec_nanosecond()).unwrap_or_default());
        Duration::from_secs(60).saturating_sub(into)
    }

    /// How it stands, the most important part first, parts set apart by ` · `.
    pub(super) fn line(&self) -> String {
        let until = format!("until {}", self.ending.clock());
        let late = self.late(self.plan);
        let fitted = self.fitted();
        let still = self.late(&fitted);
        // Seconds are nobody's plan, but a fit that was asked for is said.
        if late.abs() < NEAR && self.ending.fit == Fit::AsWritten {
            return format!("{until} · on time");
        }
        let (limit, key) = if late.is_positive() {
            ("as short as it goes", "f shortens it")
        } else {
            ("as long as it goes", "f stretches it")
        };
        let reached = format!(
            "{limit}: {}, ends {}",
            clock(round_seconds(fitted.length())),
            time_of_day(&self.ends(&fitted))
        );
        let changed = changed(self.plan, &fitted);
        match (self.ending.fit, changed) {
            (_, None) => format!(
                "{until} · but it ends {}: no step can change",
                time_of_day(&self.ends(self.plan))
            ),
            (Fit::AsWritten, Some(_)) => {
                let ends = time_of_day(&self.ends(self.plan));
                if still.abs() < NEAR {
                    format!("{until} · as written it ends {ends} · f fits it")
                } else {
                    format!("{until} · as written it ends {ends} · {key} · {reached}")
                }
            }
            (Fit::Fitted, Some(changed)) if still.abs() < NEAR => {
                let length = clock(round_seconds(fitted.length()));
                format!("{until} · fitted: {changed} · {length} in all")
            }
            (Fit::Fitted, Some(_)) => format!("{until} · {reached}"),
        }
    }
}

/// "7 steps shorter"; none where nothing changed.
fn changed(before: &Plan, after: &Plan) -> Option<String> {
    let pairs = || before.segments.iter().zip(&after.segments);
    let shorter = pairs().filter(|(a, b)| b.time < a.time).count();
    let longer = pairs().filter(|(a, b)| b.time > a.time).count();
    let said = |count: usize, how: &str| match count {
        1 => format!("1 step {how}"),
        _ => format!("{count} steps {how}"),
    };
    match (shorter, longer) {
        (0, 0) => None,
        (0, _) => Some(said(longer, "longer")),
        _ => Some(said(shorter, "shorter")),
    }
}

/// "15:45".
pub(super) fn time_of_day(moment: &ZonedDateTime) -> String {
    let whole = moment.round(Unit::Second);
    let moment = whole.as_ref().unwrap_or(moment);
    moment.strftime("%H:%M").to_string()
}

/// The quarter hours at which `plan`, begun now, can end, and the one after
/// the longest that it can last.
pub(super) fn possible(plan: &Plan, now: &ZonedDateTime, lead: Duration) -> Vec<ZonedDateTime> {
    let opens = opening(now, lead);
    let first = after(&opens, plan.shortest());
    let last = after(&opens, plan.longest());
    let quarters = ZonedDateTimeRound::new()
        .smallest(Unit::Minute)
        .increment(QUARTER)
        .mode(RoundMode::Ceil);
    let Ok(mut quarter) = first.round(quarters) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    loop {
        found.push(quarter.clone());
        let Ok(next) = quarter.checked_add(QUARTER.minutes()) else {
            break;
        };
        if quarter >= last || found.len() == MOST {
            break;
        }
        quarter = next;
    }
    found
}
