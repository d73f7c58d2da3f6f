//! What else is drawn of a single order that may be in trouble, and the claim and the completion that follow from it.

use super::case::Order;
use crate::behavior::Purpose;
use crate::behavior::claiming;
use crate::behavior::purpose::halves;
use crate::engine::setup::sellers::Traits;
use crate::engine::setup::tables::Tables;
use crate::market::DisputeKind;
use crate::policy::completion::completes_at;
use crate::sim::{Key, SimTime};

/// What else is drawn of an order in trouble.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, and any may hold")]
pub(crate) struct Drawn {
    pub(crate) delivered: SimTime,
    pub(crate) confirmed: SimTime,
    pub(crate) promised: SimTime,
    pub(crate) is_out_of_stock: bool,
    pub(crate) changes_mind: bool,
    pub(crate) is_lost: bool,
    pub(crate) is_defective: bool,
    /// Below the bound of the buyer's segment; the buyer's own opportunism decides.
    pub(crate) may_be_opportunistic: bool,
    pub(crate) opportunism: u32,
    /// Nobody stops the order from being handed over, and the parcel's course is counted already.
    pub(crate) is_shipped_anyway: bool,
}

/// A claim that a buyer will make.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    pub(crate) kind: DisputeKind,
    pub(crate) at: SimTime,
}

/// What else is drawn of an order in trouble, for the instant at which it is handed over.
pub(crate) fn draw(tables: &Tables, order: &Order, traits: &Traits) -> Drawn {
    let seller_segment = &tables.sellers[usize::from(traits.segment)];
    let buyer = &tables.buyers[usize::from(order.buyer_segment)];
    let (transit, confirmation) = halves(order.key.bits(Purpose::TransitAndConfirmation as u64));
    let (stock_out, change_of_mind) = halves(order.key.bits(Purpose::StockOutAndChangeOfMind as u64));
    let (loss, defect) = halves(order.key.bits(Purpose::LossAndDefect as u64));
    let (opportunism, promise) = halves(order.key.bits(Purpose::OpportunismAndPromise as u64));
    let delivered = SimTime(order.shipped.0 + i64::from(seller_segment.transit_time.at(transit)));
    let promised = seller_segment
        .promise
        .as_ref()
        .map_or(SimTime::NEVER, |table| SimTime(order.placed.0 + i64::from(table.at(transit, promise))));
    Drawn {
        delivered,
        confirmed: SimTime(delivered.0 + i64::from(buyer.confirmation_delay.at(confirmation))),
        promised,
        is_out_of_stock: traits.stock_out.happens(stock_out),
        changes_mind: buyer.change_of_mind.happens(change_of_mind),
        is_lost: traits.loss.happens(loss),
        is_defective: traits.defect.happens(defect),
        may_be_opportunistic: buyer.opportunism_bound.happens(opportunism),
        opportunism,
        is_shipped_anyway: false,
    }
}

/// When the order completes if no dispute stops it: a buyer with a claim may not confirm at all.
pub(crate) fn completion(
    tables: &Tables,
    order: &Order,
    drawn: &Drawn,
    delivered: SimTime,
    has_claim: bool,
) -> SimTime {
    let buyer = tables.buyer(order.buyer_segment);
    let rule = &tables.policy().completion;
    let automatic = rule.automatic_at(order.shipped, delivered, tables.world.day_zero);
    let is_first = u32::from(has_claim && claiming::confirms_first(order.key, buyer));
    let confirms = delivered < SimTime::NEVER && claiming::confirms(u32::from(has_claim), is_first) == 1;
    completes_at(automatic, drawn.confirmed, confirms)
}

/// The claim that the buyer of a shipped order will make, if any (R6).
pub(crate) fn claim(
    tables: &Tables,
    buyers: Key,
    order: &Order,
    drawn: &Drawn,
    delivered: SimTime,
) -> Option<Claim> {
    let buyer = tables.buyer(order.buyer_segment);
    let rule = &tables.policy().dispute;
    let opens = rule.opens_at(order.shipped, drawn.promised - order.placed);
    if delivered > drawn.promised
        && let Some(wait) = claiming::lateness_tolerated(order.key, &buyer.late_tolerance)
    {
        let at = (drawn.promised + wait).max(opens);
        if delivered > at {
            return Some(Claim { kind: DisputeKind::NotReceived, at });
        }
    }
    if delivered == SimTime::NEVER {
        return None;
    }
    let noticed = (delivered + claiming::notice_delay(order.key, buyer)).max(opens);
    if drawn.is_defective {
        return claiming::claims_defect(order.key, buyer)
            .then_some(Claim { kind: DisputeKind::NotAsDescribed, at: noticed });
    }
    let is_opportunistic = drawn.may_be_opportunistic && {
        let own = claiming::opportunism_of(buyers.child(u64::from(order.buyer)), buyer);
        own.happens(drawn.opportunism)
    };
    is_opportunistic.then_some(Claim { kind: DisputeKind::Opportunistic, at: noticed })
}
