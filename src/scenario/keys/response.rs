//! Keys of `sellers[].response`: a delay for each case, or a desk with limited capacity.

use super::opening::opening;
use crate::behavior::{DeskSpec, Discipline, Reneging, Response, ResponseDelay};
use crate::scenario::kinds::distribution::{DistributionKind, FACTORS, TIMES};
use crate::scenario::kinds::plain::{Choice, SHARE, Whole};
use crate::scenario::reading::catalogue::Shape;
use crate::scenario::reading::kind::{Cursor, Kind};
use crate::scenario::reading::pass::Reading;
use crate::scenario::reading::section::Section;
use crate::sim::{Distribution, Weekday};

const DISCIPLINE: Choice<Discipline> =
    Choice(&[("fifo", Discipline::Fifo), ("earliest_deadline", Discipline::EarliestDeadline)]);

const RENEGING: Choice<Reneging> =
    Choice(&[("always", Reneging::Always), ("while_waiting", Reneging::WhileWaiting)]);

/// Fractions of the time to the deadline; above 1 the answer comes too late.
const FRACTIONS: DistributionKind = FACTORS;

/// Reads the answer to disputes, and the one to cancel requests if it is apart.
pub(crate) fn read(s: &mut Section<'_>, day_zero: Weekday) -> (Response, Option<Distribution>) {
    s.rivals("desk", "delay");
    s.displaces("desk", "never");
    let response = if s.has("desk") && !s.is_recording() {
        s.declare_only("delay");
        s.declare_only("never");
        Response::Desk(s.table("desk", |s| desk(s, day_zero)))
    } else {
        let response = delay(s);
        if s.is_recording() {
            s.table("desk", |s| desk(s, day_zero));
        } else {
            s.declare_only("desk");
        }
        response
    };
    (response, s.optional("cancel_delay", &TIMES))
}

fn delay(s: &mut Section<'_>) -> Response {
    let inner = s.node("delay").and_then(|node| node.table()).and_then(|table| table.get("never"));
    let delay = s.required("delay", &Delay);
    if inner.is_some() && s.has("never") {
        let path = s.path_of("never");
        s.report("never", format!("{path} is given twice: remove one of them"));
    }
    let never = s.or("never", &SHARE, delay.never.unwrap_or(0.0));
    Response::Delay { delay: delay.delay, never }
}

fn desk(s: &mut Section<'_>, day_zero: Weekday) -> DeskSpec {
    let agents = s.required("agents", &Whole { min: 1, max: 1_000 }) as u16;
    let service_time = s.required("service_time", &TIMES);
    let hours = opening(s, day_zero);
    let discipline = s.or("discipline", &DISCIPLINE, Discipline::Fifo);
    let reneging = s.or("reneging", &RENEGING, Reneging::Always);
    DeskSpec { agents, service_time, hours, discipline, reneging }
}

/// A delay with the share never answered that its table may name.
struct Delayed {
    delay: ResponseDelay,
    never: Option<f64>,
}

/// An elapsed time or a fraction of the deadline.
struct Delay;

impl Kind for Delay {
    type Value = Delayed;

    fn expects(&self) -> String {
        format!("{}, {{ fraction_of_deadline = DISTRIBUTION }}, or a desk in its place", TIMES.expects())
    }

    fn shape(&self) -> Shape {
        Shape::Distribution
    }

    fn example(&self) -> Delayed {
        Delayed { delay: ResponseDelay::Elapsed(TIMES.example()), never: None }
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<Delayed> {
        let is_fraction = cursor.node.table().is_some_and(|table| table.contains_key("fraction_of_deadline"));
        if !is_fraction {
            let delay = ResponseDelay::Elapsed(TIMES.read(cursor)?);
            return Some(Delayed { delay, never: None });
        }
        let mut s = Section::at(cursor)?;
        let fraction = s.required("fraction_of_deadline", &FRACTIONS);
        let given = s.has("never");
        let never = s.or("never", &SHARE, 0.0);
        s.finish();
        Some(Delayed { delay: ResponseDelay::FractionOfDeadline(fraction), never: given.then_some(never) })
    }

    fn write(&self, value: &Delayed) -> String {
        written(&value.delay, DistributionKind::write)
    }

    fn write_in(&self, reading: &Reading, value: &Delayed) -> String {
        written(&value.delay, |distribution, value| distribution.write_in(reading, value))
    }
}

fn written(delay: &ResponseDelay, write: impl Fn(&DistributionKind, &Distribution) -> String) -> String {
    match delay {
        ResponseDelay::Elapsed(delay) => write(&TIMES, delay),
        ResponseDelay::FractionOfDeadline(fraction) => {
            format!("{{ fraction_of_deadline = {} }}", write(&FRACTIONS, fraction))
        }
    }
}
