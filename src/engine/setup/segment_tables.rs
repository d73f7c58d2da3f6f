//! What is foreseen with: chances and tables by buyer segment and by seller segment, laid out so that sixteen orders look their
//! own up at once.

use super::lookup::{ByBuyer, ByShop, Classes};
use crate::behavior::{BuyerTables, Discipline, ResponseTables, SellerTables};
use crate::sim::{Chance, QuantileTable};

/// What becomes of a dispute; chances are ceilings.
#[derive(Debug)]
pub(crate) struct DisputeScreens {
    /// By buyer segment.
    pub(crate) full_request: ByBuyer,
    pub(crate) requested: Classes,
    /// 1 where the requested part comes on top of the harm.
    pub(crate) is_greed: ByBuyer,
    pub(crate) withdraws_on_arrival: ByBuyer,
    pub(crate) offline_compliance: ByBuyer,
    pub(crate) modifies: ByBuyer,
    pub(crate) wait_for_platform: ByBuyer,
    /// By seller segment.
    pub(crate) severity: Classes,
    pub(crate) offline_offer: ByShop,
    pub(crate) accept_up_to: ByShop,
    pub(crate) accept_value_limit: ByShop,
    pub(crate) counter_offer: ByShop,
    /// Seconds that an answer takes: working time where there is a desk, otherwise the delay or its part of the deadline in
    /// millionths.
    pub(crate) response: Classes,
    /// 1 where the delay is a part of the deadline.
    pub(crate) is_fraction: ByShop,
    pub(crate) never: ByShop,
    /// 1 where requests wait for one another only as they come.
    pub(crate) is_in_turn: ByShop,
    /// Somebody may offer to settle outside the platform.
    pub(crate) settles_offline: bool,
    /// Somebody's delay is a part of the deadline.
    pub(crate) has_fractions: bool,
}

impl DisputeScreens {
    fn new(buyers: &[BuyerTables], sellers: &[SellerTables]) -> Self {
        let by_buyer = |of: &dyn Fn(&BuyerTables) -> u32| ByBuyer::new(buyers.iter().map(of));
        let by_shop = |of: &dyn Fn(&SellerTables) -> u32| ByShop::new(sellers.iter().map(of));
        Self {
            full_request: by_buyer(&|buyer| buyer.full_request.ceiling()),
            requested: Classes::new(buyers.iter().map(|buyer| &buyer.requested)),
            is_greed: by_buyer(&|buyer| u32::from(buyer.is_greed)),
            withdraws_on_arrival: by_buyer(&|buyer| buyer.withdraws_on_arrival.ceiling()),
            offline_compliance: by_buyer(&|buyer| buyer.offline_compliance.ceiling()),
            modifies: by_buyer(&|buyer| buyer.modifies.ceiling()),
            wait_for_platform: by_buyer(&|buyer| buyer.wait_for_platform.ceiling()),
            severity: Classes::new(sellers.iter().map(|shop| &shop.severity)),
            offline_offer: by_shop(&|shop| shop.offline_offer.ceiling()),
            accept_up_to: by_shop(&|shop| shop.accept_up_to.0),
            accept_value_limit: by_shop(&|shop| shop.accept_value_limit.clamp(0, i64::from(u32::MAX)) as u32),
            counter_offer: by_shop(&|shop| shop.counter_offer.ceiling()),
            response: Classes::new(sellers.iter().map(response)),
            is_fraction: by_shop(&|shop| u32::from(is_fraction(shop))),
            never: by_shop(&never),
            is_in_turn: by_shop(&|shop| match &shop.response {
                ResponseTables::Desk { spec, .. } => u32::from(spec.discipline == Discipline::Fifo),
                ResponseTables::Delay { .. } => 1,
            }),
            settles_offline: sellers.iter().any(|shop| shop.offline_offer != Chance::NEVER),
            has_fractions: sellers.iter().any(is_fraction),
        }
    }
}

/// What an answer takes.
const fn response(shop: &SellerTables) -> &QuantileTable {
    match &shop.response {
        ResponseTables::Delay { delay, .. } => delay,
        ResponseTables::Desk { service_time, .. } => service_time,
    }
}

/// Whether a buyer will claim, and when; chances are ceilings.
#[derive(Debug)]
pub(crate) struct ClaimScreens {
    pub(crate) claim_given_defect: ByBuyer,
    pub(crate) confirms_first: ByBuyer,
    pub(crate) notice_delay: Classes,
    pub(crate) opportunism: Classes,
}

impl ClaimScreens {
    fn new(buyers: &[BuyerTables]) -> Self {
        Self {
            claim_given_defect: ByBuyer::new(buyers.iter().map(|buyer| buyer.claim_given_defect.ceiling())),
            confirms_first: ByBuyer::new(buyers.iter().map(|buyer| buyer.confirms_first.ceiling())),
            notice_delay: Classes::new(buyers.iter().map(|buyer| &buyer.notice_delay)),
            opportunism: Classes::new(buyers.iter().map(|buyer| &buyer.opportunism)),
        }
    }
}

/// What becomes of an order whose buyer asks to cancel it; chances are ceilings.
#[derive(Debug)]
pub(crate) struct CancelScreens {
    /// By buyer segment.
    pub(crate) change_of_mind_delay: Classes,
    pub(crate) reason_honesty: ByBuyer,
    pub(crate) steering_compliance: ByBuyer,
    /// By seller segment.
    pub(crate) stock_out_notice: Classes,
    pub(crate) steering: ByShop,
    pub(crate) agrees: ByShop,
    /// 1 where the request concerns no other order.
    pub(crate) is_alone: ByShop,
    /// Seconds to the answer, or its part of the deadline in millionths.
    pub(crate) response: Classes,
    /// 1 where cancel requests are answered apart from disputes.
    pub(crate) is_apart: ByShop,
    /// 1 where the delay is a part of the deadline.
    pub(crate) is_fraction: ByShop,
    pub(crate) never: ByShop,
    /// Somebody's delay is a part of the deadline.
    pub(crate) has_fractions: bool,
    /// Some seller's requests concern no other order.
    pub(crate) are_some_alone: bool,
}

impl CancelScreens {
    fn new(buyers: &[BuyerTables], sellers: &[SellerTables]) -> Self {
        let by_buyer = |of: &dyn Fn(&BuyerTables) -> u32| ByBuyer::new(buyers.iter().map(of));
        let by_shop = |of: &dyn Fn(&SellerTables) -> u32| ByShop::new(sellers.iter().map(of));
        let is_apart = |shop: &SellerTables| shop.cancel_response.is_some();
        Self {
            change_of_mind_delay: Classes::new(buyers.iter().map(|buyer| &buyer.change_of_mind_delay)),
            reason_honesty: by_buyer(&|buyer| buyer.reason_honesty.ceiling()),
            steering_compliance: by_buyer(&|buyer| buyer.steering_compliance.ceiling()),
            stock_out_notice: Classes::new(sellers.iter().map(|shop| &shop.stock_out_notice)),
            steering: by_shop(&|shop| shop.steering.ceiling()),
            agrees: by_shop(&|shop| shop.agrees_to_cancel.ceiling()),
            is_alone: by_shop(&|shop| u32::from(!shop.cancels_meet())),
            response: Classes::new(
                sellers.iter().map(|shop| shop.cancel_response.as_ref().unwrap_or(response(shop))),
            ),
            is_apart: by_shop(&|shop| u32::from(is_apart(shop))),
            is_fraction: by_shop(&|shop| u32::from(!is_apart(shop) && is_fraction(shop))),
            never: by_shop(&|shop| if is_apart(shop) { 0 } else { never(shop) }),
            has_fractions: sellers.iter().any(|shop| !is_apart(shop) && is_fraction(shop)),
            are_some_alone: sellers.iter().any(|shop| !shop.cancels_meet()),
        }
    }
}

/// All that is foreseen with.
#[derive(Debug)]
pub(crate) struct ForesightScreens {
    pub(crate) claims: ClaimScreens,
    pub(crate) cancels: CancelScreens,
    pub(crate) disputes: DisputeScreens,
}

impl ForesightScreens {
    pub(crate) fn new(buyers: &[BuyerTables], sellers: &[SellerTables]) -> Self {
        Self {
            claims: ClaimScreens::new(buyers),
            cancels: CancelScreens::new(buyers, sellers),
            disputes: DisputeScreens::new(buyers, sellers),
        }
    }
}

const fn is_fraction(shop: &SellerTables) -> bool {
    matches!(shop.response, ResponseTables::Delay { is_fraction: true, .. })
}

const fn never(shop: &SellerTables) -> u32 {
    match &shop.response {
        ResponseTables::Delay { never, .. } => never.ceiling(),
        ResponseTables::Desk { .. } => 0,
    }
}
