//! Segments made ready for drawing: every distribution a quantile table, every probability a chance.

use super::buyer::{BuyerSegment, LatePoint, RequestedAmount};
use super::menu::Menu;
use super::promise::PromiseTable;
use super::seller::{DeskSpec, Discipline, Response, ResponseDelay, SellerSegment};
use crate::market::Fraction;
use crate::sim::{Chance, Distribution, OpeningHours, QuantileTable, TableCache};

/// Makes tables of values in their units.
#[derive(Clone, Copy)]
struct Tabulating<'a>(&'a TableCache);

impl Tabulating<'_> {
    /// Seconds.
    fn seconds(self, law: &Distribution) -> QuantileTable {
        self.0.table(law, 1.0)
    }

    /// Millionths of a whole.
    fn millionths(self, law: &Distribution) -> QuantileTable {
        self.0.table(law, f64::from(Fraction::ONE.0))
    }
}

/// How a segment appeals against rulings that it loses (R12), ready for drawing.
#[derive(Clone, Debug)]
pub struct AppealTables {
    /// Appeals.
    pub appeals: Chance,
    /// Seconds from the ruling.
    pub delay: QuantileTable,
}

impl AppealTables {
    fn new(appeals: f64, delay: &Distribution, tabulating: Tabulating<'_>) -> Self {
        Self { appeals: Chance::new(appeals), delay: tabulating.seconds(delay) }
    }
}

/// A buyer segment ready for drawing.
#[derive(Clone, Debug)]
pub struct BuyerTables {
    /// R3.
    pub change_of_mind: Chance,
    /// Seconds from placement.
    pub change_of_mind_delay: QuantileTable,
    /// Seconds from placement.
    pub shipping_patience: Option<QuantileTable>,
    /// R3.
    pub reason_honesty: Chance,
    /// R5.
    pub steering_compliance: Chance,
    /// R6.
    pub claim_given_defect: Chance,
    /// Seconds from delivery.
    pub notice_delay: QuantileTable,
    /// Each buyer's probability of an unfounded claim, in units of 2^-32.
    pub opportunism: QuantileTable,
    /// No buyer of the segment is more opportunistic.
    pub opportunism_bound: Chance,
    /// Millionths of the order value, or of what the harm leaves of it.
    pub requested: QuantileTable,
    /// Whether `requested` comes on top of the harm.
    pub is_greed: bool,
    /// R1.
    pub full_request: Chance,
    /// Seconds from delivery.
    pub confirmation_delay: QuantileTable,
    /// R9.
    pub confirms_first: Chance,
    /// Tolerance for lateness.
    pub late_tolerance: Vec<LatePoint>,
    /// Withdraws when the parcel comes.
    pub withdraws_on_arrival: Chance,
    /// Takes a counter-offer.
    pub accepts_counter_offer: Chance,
    /// Modifies after a rejection.
    pub modifies: Chance,
    /// The modified request.
    pub modified_fraction: Fraction,
    /// Waits for the platform.
    pub wait_for_platform: Chance,
    /// R10.
    pub offline_compliance: Chance,
    /// R10.
    pub keeps_dispute: Chance,
    /// R13.
    pub asks_return: Chance,
    /// Seconds from the grant (R13).
    pub return_delay: QuantileTable,
    /// Seconds from handing over (R13).
    pub return_transit: QuantileTable,
    /// R12.
    pub appealing: AppealTables,
}

impl BuyerTables {
    /// Tabulates a segment.
    pub fn new(segment: &BuyerSegment, cache: &TableCache) -> Self {
        let tabulating = Tabulating(cache);
        let (requested, is_greed) = match &segment.requested {
            RequestedAmount::Fraction(law) => (law, false),
            RequestedAmount::Greed(law) => (law, true),
        };
        let highest = segment.opportunism.support().1.min(1.0);
        Self {
            change_of_mind: Chance::new(segment.change_of_mind),
            change_of_mind_delay: tabulating.seconds(&segment.change_of_mind_delay),
            shipping_patience: segment.shipping_patience.as_ref().map(|law| tabulating.seconds(law)),
            reason_honesty: Chance::new(segment.reason_honesty),
            steering_compliance: Chance::new(segment.steering_compliance),
            claim_given_defect: Chance::new(segment.claim_given_defect),
            notice_delay: tabulating.seconds(&segment.notice_delay),
            opportunism: cache.table(&segment.opportunism, 4_294_967_296.0),
            opportunism_bound: Chance::new(highest),
            requested: tabulating.millionths(requested),
            is_greed,
            full_request: Chance::new(segment.full_request),
            confirmation_delay: tabulating.seconds(&segment.confirmation_delay),
            confirms_first: Chance::new(segment.confirms_first),
            late_tolerance: segment.late_tolerance.clone(),
            withdraws_on_arrival: Chance::new(segment.withdraws_on_arrival),
            accepts_counter_offer: Chance::new(segment.accepts_counter_offer),
            modifies: Chance::new(segment.modifies),
            modified_fraction: Fraction((segment.modified_fraction * 1e6).round() as u32),
            wait_for_platform: Chance::new(segment.wait_for_platform),
            offline_compliance: Chance::new(segment.offline_compliance),
            keeps_dispute: Chance::new(segment.keeps_dispute),
            asks_return: Chance::new(segment.asks_return),
            return_delay: tabulating.seconds(&segment.return_delay),
            return_transit: tabulating.seconds(&segment.return_transit),
            appealing: AppealTables::new(segment.appeals, &segment.appeal_delay, tabulating),
        }
    }

    /// Whether it may claim because a parcel is late.
    pub const fn minds_lateness(&self) -> bool {
        !self.late_tolerance.is_empty()
    }
}

/// How a seller segment answers, ready for drawing.
#[derive(Clone, Debug)]
pub enum ResponseTables {
    /// After a delay of its own.
    Delay {
        /// Seconds, or millionths of the time to the deadline.
        delay: QuantileTable,
        /// Whether `delay` is a fraction of the deadline.
        is_fraction: bool,
        /// Never answers.
        never: Chance,
    },
    /// From a desk.
    Desk {
        /// The desk's rules.
        spec: DeskSpec,
        /// Seconds of working time.
        service_time: QuantileTable,
    },
}

impl ResponseTables {
    /// What an answer takes: seconds of working time from a desk; otherwise the delay in seconds, or in millionths of the time to
    /// the deadline.
    pub const fn time(&self) -> &QuantileTable {
        match self {
            Self::Delay { delay, .. } => delay,
            Self::Desk { service_time, .. } => service_time,
        }
    }

    /// Whether an answer takes a part of the time to the deadline.
    pub const fn is_fraction(&self) -> bool {
        matches!(self, Self::Delay { is_fraction: true, .. })
    }

    /// Never answers, whatever the delay.
    pub const fn never(&self) -> Chance {
        match self {
            Self::Delay { never, .. } => *never,
            Self::Desk { .. } => Chance::NEVER,
        }
    }

    /// Whether a request waits for none that comes after it.
    pub fn is_in_turn(&self) -> bool {
        match self {
            Self::Delay { .. } => true,
            Self::Desk { spec, .. } => spec.discipline == Discipline::Fifo,
        }
    }
}

/// A seller segment ready for drawing.
#[derive(Clone, Debug)]
pub struct SellerTables {
    /// Seconds from placement.
    pub stock_out_notice: QuantileTable,
    /// Seconds from placement.
    pub handling_time: QuantileTable,
    /// Opening hours of the hand-over; `None` is always open.
    pub hand_over: Option<OpeningHours>,
    /// Seconds from hand-over.
    pub transit_time: QuantileTable,
    /// The promise, if there is one.
    pub promise: Option<PromiseTable>,
    /// Millionths of the order value.
    pub severity: QuantileTable,
    /// R6.
    pub accept_up_to: Fraction,
    /// R6: cents; as many as there can be without a limit.
    pub accept_value_limit: u32,
    /// Makes a counter-offer.
    pub counter_offer: Chance,
    /// Millionths of the request.
    pub counter_fraction: QuantileTable,
    /// R2.
    pub agrees_to_cancel: Chance,
    /// R5.
    pub steering: Chance,
    /// R5, close to a worse grade.
    pub steering_near_grade: Chance,
    /// R5: transactions not sold.
    pub near_grade: u32,
    /// R10.
    pub offline_offer: Chance,
    /// R9.
    pub goodwill: Chance,
    /// R8, R11.
    pub response: ResponseTables,
    /// Seconds to the answer of a cancel request, if apart.
    pub cancel_response: Option<QuantileTable>,
    /// Seconds from the arrival of a returned parcel (R13).
    pub return_check: QuantileTable,
    /// R12.
    pub appealing: AppealTables,
}

impl SellerTables {
    /// Tabulates a segment.
    pub fn new(segment: &SellerSegment, cache: &TableCache) -> Self {
        let tabulating = Tabulating(cache);
        let response = match &segment.response {
            Response::Delay { delay, never } => {
                let (delay, is_fraction) = match delay {
                    ResponseDelay::Elapsed(law) => (tabulating.seconds(law), false),
                    ResponseDelay::FractionOfDeadline(law) => (tabulating.millionths(law), true),
                };
                ResponseTables::Delay { delay, is_fraction, never: Chance::new(*never) }
            }
            Response::Desk(spec) => ResponseTables::Desk {
                spec: spec.clone(),
                service_time: tabulating.seconds(&spec.service_time),
            },
        };
        Self {
            stock_out_notice: tabulating.seconds(&segment.stock_out_notice),
            handling_time: tabulating.seconds(&segment.handling_time),
            hand_over: (!segment.hand_over.is_always()).then(|| OpeningHours::new(&segment.hand_over)),
            transit_time: tabulating.seconds(&segment.transit_time),
            promise: segment
                .promise
                .as_ref()
                .map(|law| PromiseTable::new(law, segment.promise_correlation, cache)),
            severity: tabulating.millionths(&segment.severity),
            accept_up_to: Fraction((segment.accept_up_to * 1e6).round() as u32),
            accept_value_limit: segment
                .accept_value_limit
                .map_or(u32::MAX, |limit| limit.clamp(0, i64::from(u32::MAX)) as u32),
            counter_offer: Chance::new(segment.counter_offer),
            counter_fraction: tabulating.millionths(&segment.counter_fraction),
            agrees_to_cancel: Chance::new(segment.agrees_to_cancel),
            steering: Chance::new(segment.steering),
            steering_near_grade: Chance::new(segment.steering_near_grade),
            near_grade: segment.near_grade,
            offline_offer: Chance::new(segment.offline_offer),
            goodwill: Chance::new(segment.goodwill),
            response,
            cancel_response: segment.cancel_response.as_ref().map(|law| tabulating.seconds(law)),
            return_check: tabulating.seconds(&segment.return_check),
            appealing: AppealTables::new(segment.appeals, &segment.appeal_delay, tabulating),
        }
    }
}

impl SellerTables {
    /// Whether requests are answered from a desk, where they wait for one another.
    pub const fn has_desk(&self) -> bool {
        matches!(self.response, ResponseTables::Desk { .. })
    }

    /// What an answer takes to a request to cancel.
    pub fn cancel_response_time(&self) -> &QuantileTable {
        self.cancel_response.as_ref().unwrap_or(self.response.time())
    }

    /// Whether an answer to a request to cancel takes a part of the time to the deadline.
    pub const fn answers_cancels_by_deadline(&self) -> bool {
        self.cancel_response.is_none() && self.response.is_fraction()
    }

    /// Never answers a request to cancel, whatever the delay.
    pub const fn never_answers_cancels(&self) -> Chance {
        if self.cancel_response.is_some() { Chance::NEVER } else { self.response.never() }
    }

    /// Whether a worse grade that is close makes a difference (R5).
    pub fn minds_grade(&self) -> bool {
        self.steering_near_grade != self.steering
    }

    /// Whether what becomes of a cancel request depends on other orders of the seller.
    pub fn cancels_meet(&self) -> bool {
        self.minds_grade() || (self.has_desk() && self.cancel_response.is_none())
    }
}

/// The platform's delays and chances, ready for drawing.
#[derive(Clone, Debug)]
pub struct PlatformTables {
    /// Reasons for cancelling (R3).
    pub menu: Menu,
    /// Seconds from stepping in to the ruling.
    pub mediation_delay: QuantileTable,
    /// Rulings that follow the truth.
    pub accuracy: Chance,
    /// Other rulings for the buyer.
    pub buyer_favour: Chance,
    /// Awards of a part.
    pub partial_share: Chance,
    /// Millionths of the request.
    pub partial_fraction: QuantileTable,
    /// Rulings for the buyer that blame the seller.
    pub seller_liable: Chance,
    /// Seconds of manual service (R9).
    pub after_sale_delay: QuantileTable,
    /// Offline transfers found out (R10).
    pub detection: Chance,
    /// Seconds from an appeal to the second ruling (R12).
    pub appeal_delay: QuantileTable,
    /// Second rulings that follow the truth (R12).
    pub appeal_accuracy: Chance,
}

impl PlatformTables {
    /// Tabulates a policy.
    pub fn new(policy: &crate::policy::Policy, cache: &TableCache) -> Self {
        let tabulating = Tabulating(cache);
        Self {
            menu: Menu::new(&policy.cancellation.reasons),
            mediation_delay: tabulating.seconds(&policy.mediation.delay),
            accuracy: Chance::new(policy.mediation.accuracy),
            buyer_favour: Chance::new(policy.mediation.buyer_favour),
            partial_share: Chance::new(policy.mediation.partial_share),
            partial_fraction: tabulating.millionths(&policy.mediation.partial_fraction),
            seller_liable: Chance::new(policy.mediation.seller_liable),
            after_sale_delay: tabulating.seconds(&policy.after_sale.delay),
            detection: Chance::new(policy.offline.detection),
            appeal_delay: tabulating.seconds(&policy.appeal.delay),
            appeal_accuracy: Chance::new(policy.appeal.accuracy),
        }
    }
}
