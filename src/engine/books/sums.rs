//! What predetermined orders in trouble add up to, a seller and a buyer segment.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::effects::{Effects, RefundedBy};
use crate::market::Step;
use crate::observe::{Count, Tally};

/// What may be counted once of an order, a bit each.
const FACTS: [Count; 31] = [
    Count::OrdersPlaced,
    Count::OrdersCompleted,
    Count::CancelsRequested,
    Count::CancelsGrantedBySilence,
    Count::ReasonsSteered,
    Count::OrdersCancelledBuyerReason,
    Count::OrdersCancelledSellerReason,
    Count::OrdersCancelledBuyerCause,
    Count::OrdersCancelledSellerCause,
    Count::OrdersNotSold,
    Count::DisputesFiled,
    Count::DisputesNotReceived,
    Count::DisputesNotAsDescribed,
    Count::DisputesOpportunistic,
    Count::DisputesFullAmount,
    Count::DisputesAfterCompletion,
    Count::DisputesAnswered,
    Count::DisputesAccepted,
    Count::DisputesRejected,
    Count::DisputesAutoExecuted,
    Count::DisputesSilentToPlatform,
    Count::DisputesEscalated,
    Count::DisputesRuledForSeller,
    Count::DisputesRuledForBuyer,
    Count::DisputesRuledInPart,
    Count::DisputesRuledLiable,
    Count::LegitimateClaimsClosed,
    Count::LegitimateClaimsUnpaid,
    Count::LegitimateClaimsUnderpaid,
    Count::OpportunisticClaimsClosed,
    Count::OpportunisticClaimsPaid,
];

/// Facts that orders which are handed over have before any dispute, those of orders that are cancelled, and all.
pub(crate) const OF_HANDED_OVER: usize = 2;
pub(crate) const OF_CANCELLED: usize = 16;
pub(crate) const ALL: usize = 32;

const _: () = assert!(fact(Count::OrdersPlaced) < 1 << OF_HANDED_OVER);
const _: () = assert!(fact(Count::OrdersCompleted) < 1 << OF_HANDED_OVER);
const _: () = assert!(fact(Count::OrdersNotSold) < 1 << OF_CANCELLED);

/// The bit of a fact.
pub(crate) const fn fact(count: Count) -> u32 {
    let mut bit = 0;
    while FACTS[bit] as usize != count as usize {
        bit += 1;
    }
    1 << bit
}

/// The bits of these counts.
pub(crate) const fn facts(counts: &[Count]) -> u32 {
    let (mut facts, mut counted) = (0, 0);
    while counted < counts.len() {
        facts |= fact(counts[counted]);
        counted += 1;
    }
    facts
}

/// The bits of what is counted of a step.
pub(crate) const fn facts_of(step: Step) -> u32 {
    facts(Effects::of(step).counts)
}

/// The number of what the refund of a step is booked as; of a step that refunds nothing, that of a ruling.
pub(crate) const fn refund_of(step: Step) -> usize {
    let Some(RefundedBy::Known(booked_as)) = Effects::of(step).refunded_by else { return BY_RULING };
    let mut by = 0;
    while REFUNDED_BY[by] as usize != booked_as as usize {
        by += 1;
    }
    by
}

/// By what a refund comes about.
const REFUNDED_BY: [Count; 4] = [
    Count::RefundedByAgreement,
    Count::RefundedBySilence,
    Count::RefundedByRuling,
    Count::RefundedByCancellation,
];
const BY_RULING: usize = 2;

/// What one order adds; amounts are cents, and 0 if it was not placed in the measured period.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contribution {
    /// Bits of [`fact`].
    pub(crate) facts: u32,
    /// See [`refund_of`].
    pub(crate) by: usize,
    pub(crate) paid: u64,
    pub(crate) refunded: u64,
    pub(crate) released: u64,
    pub(crate) events: u64,
}

/// Sums over orders.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
pub(crate) struct PredeterminedSums {
    facts: [u32; 32],
    refunded: [u64; 4],
    paid: u64,
    released: u64,
    events: u64,
}

impl PredeterminedSums {
    /// Adds an order of which only the first facts can hold, so many.
    #[inline(always)]
    fn add<const FIRST: usize>(&mut self, contribution: &Contribution) {
        debug_assert!(u64::from(contribution.facts) < 1 << FIRST);
        for (bit, count) in (0..).zip(&mut self.facts[..FIRST]) {
            *count += contribution.facts >> bit & 1;
        }
        self.refunded[contribution.by] += contribution.refunded;
        self.paid += contribution.paid;
        self.released += contribution.released;
        self.events += contribution.events;
    }

    fn flush(&self, tally: &mut Tally) {
        for (&what, &count) in FACTS.iter().zip(&self.facts) {
            tally.add_many(what, u64::from(count));
        }
        for (what, cents) in REFUNDED_BY.into_iter().zip(self.refunded) {
            tally.add_many(what, cents);
            tally.add_many(Count::ValueRefunded, cents);
        }
        tally.add_many(Count::ValuePaid, self.paid);
        tally.add_many(Count::ValueReleased, self.released);
        tally.add_many(Count::Events, self.events);
    }
}

/// The sums of each seller, and of each buyer segment if there are several.
#[derive(Debug)]
pub(crate) struct Sums {
    by_seller: Vec<PredeterminedSums>,
    by_buyer: Vec<PredeterminedSums>,
}

impl Sums {
    /// Zeros for so many sellers and segments of buyers.
    pub(crate) fn new(sellers: usize, segments: usize) -> Self {
        let zeros = |len| vec![PredeterminedSums::default(); len];
        Self { by_seller: zeros(sellers), by_buyer: zeros(if segments > 1 { segments } else { 0 }) }
    }

    /// Adds an order of which only the first facts can hold, so many.
    #[inline(always)]
    pub(crate) fn add<const FIRST: usize>(&mut self, seller: u32, buyer: u32, contribution: &Contribution) {
        self.by_seller[seller as usize].add::<FIRST>(contribution);
        if let Some(sums) = self.by_buyer.get_mut(buyer as usize) {
            sums.add::<FIRST>(contribution);
        }
    }

    /// Adds all to the tallies of sellers and of buyer segments.
    pub(crate) fn flush(&self, by_seller: &mut [Tally], by_buyer: &mut [Tally]) {
        self.by_seller.iter().zip(by_seller).for_each(|(sums, tally)| sums.flush(tally));
        self.by_buyer.iter().zip(by_buyer).for_each(|(sums, tally)| sums.flush(tally));
    }
}
