//! What the ends of orders are told from in advance: chances and tables by buyer segment and by seller segment, laid out so that sixteen orders look their
//! own up at once.

use super::lookup::{ByBuyerSegment, BySellerSegment, TablesBySegment};
use crate::behavior::{BuyerTables, Discipline, ResponseTables, SellerTables};
use crate::policy::Policy;
use crate::sim::{Chance, QuantileTable};

/// What becomes of a dispute; chances are ceilings.
#[derive(Debug)]
pub(crate) struct DisputeTables {
    /// By buyer segment.
    pub(crate) full_request: ByBuyerSegment,
    pub(crate) requested: TablesBySegment,
    /// 1 where the requested part comes on top of the harm.
    pub(crate) is_greed: ByBuyerSegment,
    pub(crate) withdraws_on_arrival: ByBuyerSegment,
    pub(crate) offline_compliance: ByBuyerSegment,
    pub(crate) modifies: ByBuyerSegment,
    pub(crate) wait_for_platform: ByBuyerSegment,
    pub(crate) asks_return: ByBuyerSegment,
    /// By seller segment.
    pub(crate) severity: TablesBySegment,
    pub(crate) offline_offer: BySellerSegment,
    pub(crate) accept_up_to: BySellerSegment,
    pub(crate) accept_value_limit: BySellerSegment,
    pub(crate) counter_offer: BySellerSegment,
    /// Seconds that an answer takes: working time where there is a desk, otherwise the delay or its part of the deadline in
    /// millionths.
    pub(crate) response: TablesBySegment,
    /// 1 where the delay is a part of the deadline.
    pub(crate) is_fraction: BySellerSegment,
    pub(crate) never: BySellerSegment,
    /// 1 where requests wait for one another only as they come.
    pub(crate) is_in_turn: BySellerSegment,
    /// Somebody may offer to settle outside the platform.
    pub(crate) settles_offline: bool,
    /// Somebody's delay is a part of the deadline.
    pub(crate) has_fractions: bool,
    /// Somebody may ask for return and refund (R13).
    pub(crate) has_returns: bool,
}

impl DisputeTables {
    fn new(buyers: &[BuyerTables], sellers: &[SellerTables], policy: &Policy) -> Self {
        let by_buyer = |of: &dyn Fn(&BuyerTables) -> u32| ByBuyerSegment::new(buyers.iter().map(of));
        let by_seller_segment =
            |of: &dyn Fn(&SellerTables) -> u32| BySellerSegment::new(sellers.iter().map(of));
        Self {
            full_request: by_buyer(&|buyer| buyer.full_request.ceiling()),
            requested: TablesBySegment::new(buyers.iter().map(|buyer| &buyer.requested)),
            is_greed: by_buyer(&|buyer| u32::from(buyer.is_greed)),
            withdraws_on_arrival: by_buyer(&|buyer| buyer.withdraws_on_arrival.ceiling()),
            offline_compliance: by_buyer(&|buyer| buyer.offline_compliance.ceiling()),
            modifies: by_buyer(&|buyer| buyer.modifies.ceiling()),
            wait_for_platform: by_buyer(&|buyer| buyer.wait_for_platform.ceiling()),
            asks_return: by_buyer(&|buyer| buyer.asks_return.ceiling()),
            severity: TablesBySegment::new(sellers.iter().map(|seller_segment| &seller_segment.severity)),
            offline_offer: by_seller_segment(&|seller_segment| seller_segment.offline_offer.ceiling()),
            accept_up_to: by_seller_segment(&|seller_segment| seller_segment.accept_up_to.0),
            accept_value_limit: by_seller_segment(&|seller_segment| seller_segment.accept_value_limit),
            counter_offer: by_seller_segment(&|seller_segment| seller_segment.counter_offer.ceiling()),
            response: TablesBySegment::new(sellers.iter().map(response)),
            is_fraction: by_seller_segment(&|seller_segment| u32::from(is_fraction(seller_segment))),
            never: by_seller_segment(&never),
            is_in_turn: by_seller_segment(&|seller_segment| match &seller_segment.response {
                ResponseTables::Desk { spec, .. } => u32::from(spec.discipline == Discipline::Fifo),
                ResponseTables::Delay { .. } => 1,
            }),
            settles_offline: sellers
                .iter()
                .any(|seller_segment| seller_segment.offline_offer != Chance::NEVER),
            has_fractions: sellers.iter().any(is_fraction),
            has_returns: policy.returns.is_some()
                && buyers.iter().any(|buyer| buyer.asks_return != Chance::NEVER),
        }
    }
}

/// What an answer takes.
const fn response(seller_segment: &SellerTables) -> &QuantileTable {
    match &seller_segment.response {
        ResponseTables::Delay { delay, .. } => delay,
        ResponseTables::Desk { service_time, .. } => service_time,
    }
}

/// Whether a buyer will claim, and when; chances are ceilings.
#[derive(Debug)]
pub(crate) struct ClaimTables {
    pub(crate) claim_given_defect: ByBuyerSegment,
    pub(crate) confirms_first: ByBuyerSegment,
    pub(crate) notice_delay: TablesBySegment,
    pub(crate) opportunism: TablesBySegment,
}

impl ClaimTables {
    fn new(buyers: &[BuyerTables]) -> Self {
        Self {
            claim_given_defect: ByBuyerSegment::new(
                buyers.iter().map(|buyer| buyer.claim_given_defect.ceiling()),
            ),
            confirms_first: ByBuyerSegment::new(buyers.iter().map(|buyer| buyer.confirms_first.ceiling())),
            notice_delay: TablesBySegment::new(buyers.iter().map(|buyer| &buyer.notice_delay)),
            opportunism: TablesBySegment::new(buyers.iter().map(|buyer| &buyer.opportunism)),
        }
    }
}

/// What becomes of an order whose buyer asks to cancel it; chances are ceilings.
#[derive(Debug)]
pub(crate) struct CancellationTables {
    /// By buyer segment.
    pub(crate) change_of_mind_delay: TablesBySegment,
    pub(crate) reason_honesty: ByBuyerSegment,
    pub(crate) steering_compliance: ByBuyerSegment,
    /// By seller segment.
    pub(crate) stock_out_notice: TablesBySegment,
    pub(crate) steering: BySellerSegment,
    pub(crate) agrees: BySellerSegment,
    /// 1 where the request concerns no other order.
    pub(crate) is_alone: BySellerSegment,
    /// Seconds to the answer, or its part of the deadline in millionths.
    pub(crate) response: TablesBySegment,
    /// 1 where cancel requests are answered apart from disputes.
    pub(crate) is_apart: BySellerSegment,
    /// 1 where the delay is a part of the deadline.
    pub(crate) is_fraction: BySellerSegment,
    pub(crate) never: BySellerSegment,
    /// Somebody's delay is a part of the deadline.
    pub(crate) has_fractions: bool,
    /// Some seller's requests concern no other order.
    pub(crate) are_some_alone: bool,
}

impl CancellationTables {
    fn new(buyers: &[BuyerTables], sellers: &[SellerTables]) -> Self {
        let by_buyer = |of: &dyn Fn(&BuyerTables) -> u32| ByBuyerSegment::new(buyers.iter().map(of));
        let by_seller_segment =
            |of: &dyn Fn(&SellerTables) -> u32| BySellerSegment::new(sellers.iter().map(of));
        let is_apart = |seller_segment: &SellerTables| seller_segment.cancel_response.is_some();
        Self {
            change_of_mind_delay: TablesBySegment::new(
                buyers.iter().map(|buyer| &buyer.change_of_mind_delay),
            ),
            reason_honesty: by_buyer(&|buyer| buyer.reason_honesty.ceiling()),
            steering_compliance: by_buyer(&|buyer| buyer.steering_compliance.ceiling()),
            stock_out_notice: TablesBySegment::new(
                sellers.iter().map(|seller_segment| &seller_segment.stock_out_notice),
            ),
            steering: by_seller_segment(&|seller_segment| seller_segment.steering.ceiling()),
            agrees: by_seller_segment(&|seller_segment| seller_segment.agrees_to_cancel.ceiling()),
            is_alone: by_seller_segment(&|seller_segment| u32::from(!seller_segment.cancels_meet())),
            response: TablesBySegment::new(sellers.iter().map(|seller_segment| {
                seller_segment.cancel_response.as_ref().unwrap_or(response(seller_segment))
            })),
            is_apart: by_seller_segment(&|seller_segment| u32::from(is_apart(seller_segment))),
            is_fraction: by_seller_segment(&|seller_segment| {
                u32::from(!is_apart(seller_segment) && is_fraction(seller_segment))
            }),
            never: by_seller_segment(&|seller_segment| {
                if is_apart(seller_segment) { 0 } else { never(seller_segment) }
            }),
            has_fractions: sellers
                .iter()
                .any(|seller_segment| !is_apart(seller_segment) && is_fraction(seller_segment)),
            are_some_alone: sellers.iter().any(|seller_segment| !seller_segment.cancels_meet()),
        }
    }
}

/// All of them.
#[derive(Debug)]
pub(crate) struct SegmentTables {
    pub(crate) claims: ClaimTables,
    pub(crate) cancels: CancellationTables,
    pub(crate) disputes: DisputeTables,
}

impl SegmentTables {
    pub(crate) fn new(buyers: &[BuyerTables], sellers: &[SellerTables], policy: &Policy) -> Self {
        Self {
            claims: ClaimTables::new(buyers),
            cancels: CancellationTables::new(buyers, sellers),
            disputes: DisputeTables::new(buyers, sellers, policy),
        }
    }
}

const fn is_fraction(seller_segment: &SellerTables) -> bool {
    matches!(seller_segment.response, ResponseTables::Delay { is_fraction: true, .. })
}

const fn never(seller_segment: &SellerTables) -> u32 {
    match &seller_segment.response {
        ResponseTables::Delay { never, .. } => never.ceiling(),
        ResponseTables::Desk { .. } => 0,
    }
}
