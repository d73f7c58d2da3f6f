//! Counters: one row of whole numbers per seller, segment, market or world.

use super::enumerated::enumerated;
use crate::market::Money;

enumerated! {
    /// What is counted. Counts are of what happens in the observation period; the money rows and `OrdersOpen` are of
    /// the orders placed in it, as they stand at the horizon; the other open ones are all that there are then.
    pub enum Count {
        /// Orders placed.
        OrdersPlaced,
        /// Parcels handed over.
        OrdersShipped,
        /// Parcels delivered.
        OrdersDelivered,
        /// Parcels delivered after the promise.
        OrdersDeliveredLate,
        /// Orders confirmed by the buyer, completed automatically, or ruled for the seller.
        OrdersCompleted,
        /// Cents paid.
        ValuePaid,
        /// Cents released to sellers.
        ValueReleased,
        /// Cents held at the horizon.
        ValueHeld,
        /// Cents refunded.
        ValueRefunded,
        /// Orders not finished at the horizon.
        OrdersOpen,
        /// Cancel requests not answered at the horizon.
        CancelsOpen,
        /// Disputes without an end at the horizon.
        DisputesOpen,
        /// After-sale cases that manual service has not settled at the horizon (R9).
        AfterSaleOpen,
        /// Cancel requests.
        CancelsRequested,
        /// Orders cancelled with a buyer's reason (R3).
        OrdersCancelledBuyerReason,
        /// Orders cancelled with a seller's reason (R3).
        OrdersCancelledSellerReason,
        /// Orders cancelled for a buyer's true cause.
        OrdersCancelledBuyerCause,
        /// Orders cancelled for a seller's true cause.
        OrdersCancelledSellerCause,
        /// Cancellations granted by silence.
        CancelsGrantedBySilence,
        /// Cancel requests refused.
        CancelsRefused,
        /// Cancel requests overtaken by shipment.
        CancelsOvertaken,
        /// Buyers who chose a buyer's reason because the seller asked for it (R5).
        ReasonsSteered,
        /// Orders closed by the platform because they were not shipped (R4).
        OrdersUnshipped,
        /// Seller-fault cancellations: cancelled with a seller's reason, or not shipped (R3, R4).
        OrdersNotSold,
        /// Parcels handed over that never arrive.
        OrdersLost,
        /// Parcels handed over with a defective item.
        OrdersDefective,
        /// Disputes filed (R6).
        DisputesFiled,
        /// Disputes filed for a parcel not received.
        DisputesNotReceived,
        /// Disputes filed for a defect.
        DisputesNotAsDescribed,
        /// Disputes filed without a defect.
        DisputesOpportunistic,
        /// Disputes filed for the full order value (R1).
        DisputesFullAmount,
        /// Disputes filed after completion (R9).
        DisputesAfterCompletion,
        /// Answers to disputes, each request counted.
        DisputesAnswered,
        /// Disputes accepted by the seller (R6).
        DisputesAccepted,
        /// Answers that reject.
        DisputesRejected,
        /// Disputes refunded automatically, without a response (R8).
        DisputesAutoExecuted,
        /// Requests that silence sent to the platform.
        DisputesSilentToPlatform,
        /// Counter-offers made.
        CounterOffersMade,
        /// Disputes settled by a counter-offer.
        DisputesCountered,
        /// Requests modified (R8: a new clock).
        DisputesModified,
        /// Disputes withdrawn.
        DisputesWithdrawn,
        /// Disputes that the platform took over.
        DisputesEscalated,
        /// Disputes ruled for the buyer.
        DisputesRuledForBuyer,
        /// Of these, with a part of the request awarded.
        DisputesRuledInPart,
        /// Of these, with the seller held liable.
        DisputesRuledLiable,
        /// Disputes ruled for the seller.
        DisputesRuledForSeller,
        /// After-sale cases agreed on (R9).
        AfterSaleCases,
        /// Claims after the window that the seller turned down (R9).
        AfterSaleDeclined,
        /// Offline transfers (R10).
        OfflineTransfers,
        /// Offline transfers after which the seller paid again through the platform (R10).
        OfflinePaidTwice,
        /// Offline transfers found out (R10).
        OfflineDetected,
        /// Cents transferred offline (R10); not in the platform's books.
        ValueOffline,
        /// Cents refunded by cancellation.
        RefundedByCancellation,
        /// Cents refunded because the seller accepted, a request or a counter-offer.
        RefundedByAgreement,
        /// Cents refunded automatically, without a response (R8).
        RefundedBySilence,
        /// Cents refunded by ruling.
        RefundedByRuling,
        /// Cents refunded in after-sale cases (R9).
        RefundedAfterSale,
        /// Legitimate claims that ended: refunded, offline or on the platform, or not.
        LegitimateClaimsClosed,
        /// Of these, paid less than the buyer's loss, but something.
        LegitimateClaimsUnderpaid,
        /// Of these, paid nothing.
        LegitimateClaimsUnpaid,
        /// Opportunistic claims that ended.
        OpportunisticClaimsClosed,
        /// Of these, paid something.
        OpportunisticClaimsPaid,
        /// Seller-days.
        SellerDays,
        /// Seller-days with a search weight below the seller's own, not suspended.
        SellerDaysDemoted,
        /// Seller-days suspended or closed.
        SellerDaysFrozen,
        /// Seller-days with a dispute rate that is assessed and above the threshold.
        SellerDaysAboveThreshold,
        /// Times an account was suspended.
        Freezes,
        /// Sum of daily service scores, in hundredths of a point, plus 1000 points per day so that it is not negative.
        ScoreSum,
        /// Orders lost to penalties against the penalty-free share, in millionths of an order.
        LostOrdersMicro,
        /// Value of these at the mean order value, in cents.
        LostValue,
        /// Everything that happened to orders, warm-up included.
        Events,
        /// Disputes filed that ask for return and refund (R13).
        ReturnsAsked,
        /// Returns granted: by the seller, by its silence, or by ruling (R13).
        ReturnsGranted,
        /// Parcels handed over for their return (R13).
        ReturnsSent,
        /// Returns that were not handed over in time (R13).
        ReturnsMissed,
        /// Returns confirmed by the seller (R13).
        ReturnsConfirmed,
        /// Returns refunded because the seller did not confirm in time (R13).
        ReturnsRefundedBySilence,
        /// Returns granted and neither refunded nor missed at the horizon (R13).
        ReturnsOpen,
        /// Appeals of buyers against a ruling for the seller (R12).
        AppealsFiledByBuyers,
        /// Appeals of sellers against a ruling for the buyer (R12).
        AppealsFiledBySellers,
        /// Appeals that ended in a second ruling (R12).
        AppealsDecided,
        /// Of these, for whoever appealed.
        AppealsGranted,
        /// Seller-days demoted, not suspended, by the dispute rate, alone or with others (R7).
        SellerDaysDemotedByDisputeRate,
        /// By the service score (R7).
        SellerDaysDemotedByServiceScore,
        /// By transactions not sold (R4).
        SellerDaysDemotedByNotSold,
        /// By penalty points (R4).
        SellerDaysDemotedByPoints,
        /// Seller-days suspended or closed for transactions not sold, alone or with others (R4).
        SellerDaysFrozenByNotSold,
        /// For penalty points (R4).
        SellerDaysFrozenByPoints,
        /// For offline transfers (R10).
        SellerDaysFrozenByOfflineTransfer,
    }
}

/// One number for each [`Count`], of a seller or of a buyer segment in a shard.
///
/// A shard has fewer than 2^32 orders, each of fewer than 2^32 cents, so that no number of theirs exceeds 64 bits; sums that do
/// not come from orders stop the run rather than exceed them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally([u64; Count::ALL.len()]);

impl Default for Tally {
    fn default() -> Self {
        Self([0; Count::ALL.len()])
    }
}

impl Tally {
    /// Adds one.
    #[inline]
    pub fn add(&mut self, count: Count) {
        self.0[count as usize] += 1;
    }

    /// Adds several, or cents, of orders.
    #[inline]
    pub fn add_many(&mut self, count: Count, several: u64) {
        self.0[count as usize] += several;
    }

    /// Adds an amount of an order, which must not be negative.
    #[inline]
    pub fn add_money(&mut self, count: Count, amount: Money) {
        debug_assert!(amount.0 >= 0);
        self.0[count as usize] += amount.0 as u64;
    }

    /// Adds what does not come from orders, and has no bound of theirs.
    ///
    /// # Panics
    /// If the sum exceeds 64 bits.
    pub fn add_unbounded(&mut self, count: Count, several: u64) {
        let number = &mut self.0[count as usize];
        *number = sum(*number, several);
    }

    /// The number.
    #[inline]
    pub const fn get(&self, count: Count) -> u64 {
        self.0[count as usize]
    }
}

/// The sum of two numbers.
///
/// # Panics
/// If it exceeds 64 bits.
#[inline]
pub(super) fn sum(a: u64, b: u64) -> u64 {
    a.checked_add(b).unwrap_or_else(|| exceeded())
}

#[cold]
#[inline(never)]
fn exceeded() -> ! {
    panic!(
        "a count or a sum of cents exceeds 64 bits: lower market.orders_per_day or market.order_value, or simulate fewer days"
    )
}

/// One number for each [`Count`], of a segment, a market or a world: wide enough for all replications together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals([u128; Count::ALL.len()]);

impl Default for Totals {
    fn default() -> Self {
        Self([0; Count::ALL.len()])
    }
}

impl Totals {
    /// The number.
    #[inline]
    pub const fn get(&self, count: Count) -> u128 {
        self.0[count as usize]
    }

    /// Adds every number of a tally.
    pub fn add(&mut self, tally: &Tally) {
        for (mine, &theirs) in self.0.iter_mut().zip(&tally.0) {
            *mine += u128::from(theirs);
        }
    }

    /// Adds every number of other totals; exact, so any order of merging gives the same.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine += theirs;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_hold_what_exceeds_64_bits() {
        let (mut tally, mut totals) = (Tally::default(), Totals::default());
        tally.add_many(Count::ValuePaid, u64::MAX);
        totals.add(&tally);
        totals.merge(&totals.clone());
        assert_eq!(totals.get(Count::ValuePaid), 2 * u128::from(u64::MAX));
    }

    #[test]
    #[should_panic(expected = "exceeds 64 bits")]
    fn a_tally_that_would_exceed_64_bits_stops_the_run() {
        let mut tally = Tally::default();
        tally.add_unbounded(Count::LostValue, u64::MAX);
        tally.add_unbounded(Count::LostValue, 1);
    }
}
