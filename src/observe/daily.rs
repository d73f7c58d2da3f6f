//! The daily series of a market.

use super::enumerated::enumerated;
use super::tally::sum;

enumerated! {
    /// What is counted day by day.
    pub enum Series {
        /// Orders placed.
        OrdersPlaced,
        /// Parcels handed over.
        OrdersShipped,
        /// Parcels delivered.
        OrdersDelivered,
        /// Orders completed.
        OrdersCompleted,
        /// Orders cancelled with a buyer's reason.
        CancelledBuyerReason,
        /// Orders cancelled with a seller's reason.
        CancelledSellerReason,
        /// Seller-fault cancellations.
        NotSold,
        /// Disputes filed.
        DisputesFiled,
        /// Disputes accepted.
        DisputesAccepted,
        /// Disputes refunded automatically (no response).
        DisputesAutoExecuted,
        /// Disputes settled by a counter-offer.
        DisputesCountered,
        /// Disputes withdrawn.
        DisputesWithdrawn,
        /// Disputes ruled for the buyer.
        DisputesRuledForBuyer,
        /// Disputes ruled for the seller.
        DisputesRuledForSeller,
        /// Cents refunded.
        ValueRefunded,
        /// Numerators of the sellers' dispute rates at the day's close, added up.
        RateDisputes,
        /// Their denominators.
        RateOrders,
        /// Seller-fault cancellations in the sellers' windows at the day's close.
        WindowNotSold,
        /// Orders placed in those windows.
        WindowPlaced,
        /// Sellers above the dispute-rate threshold.
        SellersAboveThreshold,
        /// Sellers demoted or hidden, and not suspended.
        SellersDemoted,
        /// Sellers suspended or closed.
        SellersFrozen,
        /// Orders lost to penalties, in millionths.
        LostOrdersMicro,
        /// Sellers demoted, not suspended, by the dispute rate, alone or with others (R7).
        SellersDemotedByDisputeRate,
        /// By the service score (R7).
        SellersDemotedByServiceScore,
        /// By transactions not sold (R4).
        SellersDemotedByNotSold,
        /// By penalty points (R4).
        SellersDemotedByPoints,
        /// Sellers suspended or closed for transactions not sold, alone or with others (R4).
        SellersFrozenByNotSold,
        /// For penalty points (R4).
        SellersFrozenByPoints,
        /// For offline transfers (R10).
        SellersFrozenByOfflineTransfer,
    }
}

/// One number for each day of the observation period and each [`Series`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Daily {
    days: usize,
    numbers: Vec<u64>,
}

impl Daily {
    /// A series of zeros over so many days.
    pub fn new(days: u32) -> Self {
        let days = days as usize;
        Self { days, numbers: vec![0; days * Series::ALL.len()] }
    }

    /// Number of days.
    pub const fn days(&self) -> usize {
        self.days
    }

    /// Adds to the number of one day; a day outside the observation period is passed over.
    ///
    /// A shard's orders of a day and their cents, and the orders that penalties cost a market in a day, have less than 64 bits.
    #[inline]
    pub fn add(&mut self, series: Series, day: i32, several: u64) {
        let day = day as usize;
        if day < self.days {
            self.numbers[series as usize * self.days + day] += several;
        }
    }

    /// One series from a day on, a number a day.
    pub(crate) fn row_from_mut(&mut self, series: Series, day: usize) -> &mut [u64] {
        let (first, end) = (series as usize * self.days, (series as usize + 1) * self.days);
        &mut self.numbers[(first + day).min(end)..end]
    }

    /// The number of one day.
    pub fn get(&self, series: Series, day: usize) -> u64 {
        self.row(series)[day]
    }

    /// One series, a number a day.
    pub fn row(&self, series: Series) -> &[u64] {
        &self.numbers[series as usize * self.days..][..self.days]
    }

    /// Adds another market's or replication's numbers.
    ///
    /// # Panics
    /// If a sum exceeds 64 bits.
    pub fn merge(&mut self, other: &Self) {
        if self.numbers.is_empty() {
            self.clone_from(other);
            return;
        }
        for (mine, theirs) in self.numbers.iter_mut().zip(&other.numbers) {
            *mine = sum(*mine, *theirs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_outside_the_measured_period_are_passed_over() {
        let mut daily = Daily::new(2);
        for day in [-1, 0, 1, 2] {
            daily.add(Series::OrdersPlaced, day, 1);
        }
        assert_eq!(daily.row(Series::OrdersPlaced), [1, 1]);
        assert_eq!(daily.row(Series::LostOrdersMicro), [0, 0]);
    }
}
