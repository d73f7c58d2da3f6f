//! The draws of orders in trouble, as often as a run takes them.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use crate::behavior::{BuyerSegment, PlatformTables, Purpose, ResponseTables, SellerSegment};
use crate::engine::{Tables, Workers, simulate_market};
use crate::observe::Count;
use crate::sim::lanes::{LANES, Lanes, lanes, lower, upper};
use crate::sim::{Key, QuantileTable, TableCache};

/// A draw that only some orders take.
#[derive(Debug)]
pub(super) struct RareDraw {
    purpose: u64,
    /// What the halves of the bits pick from; nothing for a choice.
    upper: Option<QuantileTable>,
    lower: Option<QuantileTable>,
    /// How often an order takes it, on average.
    pub(super) share: f64,
}

impl RareDraw {
    /// The draws of these orders, added up.
    #[inline(always)]
    pub(super) fn draw(&self, keys: &[Lanes<Key>]) -> Lanes<u32> {
        let at = |table: &Option<QuantileTable>, uniforms: &Lanes<u32>| match table {
            Some(table) => table.of_lanes::<true>(uniforms),
            None => lanes(|lane| uniforms[lane] >> 31),
        };
        let mut sums = [0_u32; LANES];
        for keys in keys {
            let bits = Key::bits_of(keys, self.purpose);
            let (upper, lower) = (at(&self.upper, &upper(&bits)), at(&self.lower, &lower(&bits)));
            sums = lanes(|lane| sums[lane].wrapping_add(upper[lane]).wrapping_add(lower[lane]));
        }
        sums
    }
}

/// The rare draws of a world, with shares from a run of one of its markets.
///
/// Where segments differ, the tables of the first stand for all: they cost the same.
pub(super) fn rare_draws(tables: &Tables) -> Vec<RareDraw> {
    let world = tables.world();
    let (buyer, seller) = (&tables.buyers[0], &tables.sellers[0]);
    let platform = PlatformTables::new(&world.policy, &TableCache::default());
    let outcome = simulate_market(tables, 0, 0, Workers::One, false, &|_| true);
    let tally = outcome.map(|outcome| outcome.market.tally).unwrap_or_default();
    let orders = tally.get(Count::OrdersPlaced).max(1) as f64;
    let share = |counts: &[Count]| counts.iter().map(|&count| tally.get(count) as f64).sum::<f64>() / orders;
    let cancels = share(&[Count::CancelsRequested]);
    let claims = share(&[Count::LegitimateClaimsClosed, Count::OpportunisticClaimsClosed]);
    let requests = share(&[Count::DisputesFiled, Count::DisputesModified]);
    let rejections = share(&[Count::DisputesRejected]);
    let for_buyer = share(&[Count::DisputesRuledForBuyer]);
    let rulings = for_buyer + share(&[Count::DisputesRuledForSeller]);
    let (response, service) = match &seller.response {
        ResponseTables::Delay { delay, .. } => (Purpose::Response, delay),
        ResponseTables::Desk { service_time, .. } => (Purpose::Service, service_time),
    };
    // A choice that is certain needs no draw.
    let is_open = |chance: f64| chance > 0.0 && chance < 1.0;
    let seller_may =
        |chance: fn(&SellerSegment) -> f64| world.sellers.iter().any(|segment| chance(segment) > 0.0);
    let buyer_may =
        |chance: fn(&BuyerSegment) -> f64| world.buyers.iter().any(|segment| is_open(chance(segment)));
    let steers = seller_may(|segment| segment.steering + segment.steering_near_grade);
    let chooses_to_claim =
        buyer_may(|segment| segment.claim_given_defect) || buyer_may(|segment| segment.confirms_first);
    let chooses_to_wait =
        buyer_may(|segment| segment.modifies) || buyer_may(|segment| segment.wait_for_platform);
    let mediation = &world.policy.mediation;
    let when = |holds: bool, share: f64| if holds { share } else { 0.0 };
    let table = |table: &QuantileTable| Some(table.clone()).filter(|table| table.constant().is_none());
    let draws = [
        (Purpose::CancelDelays, table(&buyer.change_of_mind_delay), None, cancels),
        (Purpose::ReasonAndMenu, None, None, cancels),
        (Purpose::Steering, None, None, when(steers, cancels)),
        (Purpose::CancelAnswer, None, seller.cancel_response.as_ref().and_then(table), cancels),
        (Purpose::ClaimAndConfirmsFirst, None, None, when(chooses_to_claim, claims)),
        (Purpose::NoticeAndSeverity, table(&buyer.notice_delay), table(&seller.severity), claims),
        (Purpose::Request, None, table(&buyer.requested), claims),
        (Purpose::OfflineOffer, None, None, when(seller_may(|segment| segment.offline_offer), claims)),
        (response, table(service), None, requests),
        (Purpose::Answer, None, None, share(&[Count::DisputesAnswered])),
        (
            Purpose::CounterOffer,
            table(&seller.counter_fraction),
            None,
            when(seller_may(|segment| segment.counter_offer), rejections),
        ),
        (Purpose::AfterRejection, None, None, when(chooses_to_wait, rejections)),
        (Purpose::MediationDelay, table(&platform.mediation_delay), None, share(&[Count::DisputesEscalated])),
        (Purpose::Ruling, None, None, rulings),
        (Purpose::Award, None, None, when(is_open(mediation.partial_share), for_buyer)),
        (Purpose::Liability, None, None, when(is_open(mediation.seller_liable), for_buyer)),
        (
            Purpose::AfterSale,
            None,
            table(&platform.after_sale_delay),
            share(&[Count::AfterSaleCases, Count::AfterSaleDeclined]),
        ),
    ];
    draws
        .into_iter()
        .filter(|draw| draw.3 > 0.0)
        .map(|(purpose, upper, lower, share)| RareDraw { purpose: purpose as u64, upper, lower, share })
        .collect()
}
