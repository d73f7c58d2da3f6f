//! What a seller segment does: parameters only; the choices that use them are beside this file.

use crate::sim::{Distribution, WorkCalendar};

/// Which case a desk takes up next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discipline {
    /// First come, first served.
    Fifo,
    /// Earliest deadline first.
    EarliestDeadline,
}

/// When a case whose deadline passes leaves the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reneging {
    /// Waiting or in service: the agent is free again at the deadline.
    Always,
    /// Only while waiting: an agent finishes what it has begun, and the answer no longer counts.
    WhileWaiting,
}

/// A support desk: agents who answer cancel requests and disputes from one queue (R11).
#[derive(Clone, Debug, PartialEq)]
pub struct DeskSpec {
    /// Number of agents, at least 1.
    pub agents: u16,
    /// Working time that an answer takes, in seconds.
    pub service_time: Distribution,
    /// When agents work.
    pub hours: WorkCalendar,
    /// Which case is next.
    pub discipline: Discipline,
    /// When a case leaves unanswered.
    pub reneging: Reneging,
}

/// How long an answer takes where no desk is modelled.
#[derive(Clone, Debug, PartialEq)]
pub enum ResponseDelay {
    /// An elapsed time in seconds, whatever the deadline.
    Elapsed(Distribution),
    /// A fraction of the time to the deadline.
    FractionOfDeadline(Distribution),
}

/// How a seller answers cancel requests and disputes (R8, R11).
#[derive(Clone, Debug, PartialEq)]
pub enum Response {
    /// After a delay of its own for each case.
    Delay {
        /// Time to the answer.
        delay: ResponseDelay,
        /// Share of cases never answered.
        never: f64,
    },
    /// From a desk with limited capacity.
    Desk(DeskSpec),
}

/// A segment of sellers. Probabilities and shares lie in `[0, 1]`; a distribution of a probability gives
/// each seller its own, drawn once.
#[derive(Clone, Debug, PartialEq)]
pub struct SellerSegment {
    /// Name in tables and charts.
    pub name: String,
    /// Share of the market's sellers.
    pub share: f64,
    /// Pull on demand, relative to the other sellers of the market.
    pub attractiveness: Distribution,
    /// Probability that the item is not in stock (R3: the seller's cause).
    pub stock_out: Distribution,
    /// Time from placement until the buyer of such an item hears of it and asks to cancel.
    pub stock_out_notice: Distribution,
    /// Time from placement to hand-over, in seconds.
    pub handling_time: Distribution,
    /// Multiplier of the handling time; a distribution gives each seller its own.
    pub handling_factor: Distribution,
    /// When parcels are handed over: a parcel ready while closed waits for the next opening.
    pub hand_over: WorkCalendar,
    /// Time from hand-over to delivery, in seconds.
    pub transit_time: Distribution,
    /// Time from placement within which delivery is promised, in seconds; `None` promises nothing.
    pub promise: Option<Distribution>,
    /// Correlation of the normal scores of promise and transit time (a Gaussian copula), in `[-1, 1]`.
    pub promise_correlation: f64,
    /// Probability that a parcel is lost.
    pub loss: Distribution,
    /// Probability that an item is defective.
    pub defect: Distribution,
    /// Severity of a defect, in (0, 1]: the harm as a fraction of the order value.
    pub severity: Distribution,
    /// Probability of accepting a legitimate request (R6).
    pub accept: Distribution,
    /// Probability of accepting an opportunistic request.
    pub accept_unfounded: Distribution,
    /// Requests above this fraction of the order value are never accepted outright.
    pub accept_up_to: f64,
    /// Requests for orders above this value, in cents, are never accepted outright.
    pub accept_value_limit: Option<i64>,
    /// Probability of a counter-offer with a rejection.
    pub counter_offer: f64,
    /// The counter-offer as a fraction of the request.
    pub counter_fraction: Distribution,
    /// Probability of agreeing to a cancel request; a stock-out is always agreed to (R2).
    pub agrees_to_cancel: f64,
    /// Probability of asking the buyer to choose a buyer's reason (R5).
    pub steering: f64,
    /// The same while the seller is within `near_grade` transactions not sold of a worse grade.
    pub steering_near_grade: f64,
    /// How many transactions not sold before the next grade a seller begins to worry (R5).
    pub near_grade: u32,
    /// Probability of offering an offline transfer to a buyer with a claim (R10).
    pub offline_offer: f64,
    /// Probability of agreeing to an after-sale refund once the window has closed (R9).
    pub goodwill: f64,
    /// How answers are given (R8, R11).
    pub response: Response,
    /// Time to the answer of a cancel request, if it does not go through `response`.
    pub cancel_response: Option<Distribution>,
    /// Time from the arrival of a returned parcel to the seller's confirmation (R13).
    pub return_check: Distribution,
    /// Probability of appealing against a ruling for the buyer, in full or in part (R12).
    pub appeals: f64,
    /// Time from the ruling to that appeal, in seconds (R12).
    pub appeal_delay: Distribution,
}
