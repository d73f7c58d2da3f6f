//! What each draw of an order serves. Numbers are never reused or moved: that would be value-breaking.

/// The purpose of a 64-bit draw; most split it into two 32-bit uniforms, upper and lower half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Second of the day; buyer.
    PlacementAndBuyer = 0,
    /// Order value; handling time.
    ValueAndHandling = 1,
    /// Transit time; confirmation delay.
    TransitAndConfirmation = 2,
    /// Stock-out; change of mind.
    StockOutAndChangeOfMind = 3,
    /// Loss; defect.
    LossAndDefect = 4,
    /// Opportunism; promise.
    OpportunismAndPromise = 5,
    /// Tolerance for lateness; patience for shipment.
    LateToleranceAndPatience = 6,
    /// Notice of a stock-out; delay of a change of mind.
    CancelDelays = 16,
    /// Honesty of the chosen reason; entry of the menu.
    ReasonAndMenu = 17,
    /// Seller steers; buyer complies.
    Steering = 18,
    /// Answer to a cancel request: agrees; delay apart from disputes.
    CancelAnswer = 19,
    /// Claims given a defect; confirms before noticing.
    ClaimAndConfirmsFirst = 20,
    /// Notice delay; severity.
    NoticeAndSeverity = 21,
    /// Full request; requested fraction.
    Request = 22,
    /// Withdraws on arrival.
    Withdrawal = 23,
    /// Offline transfer: offered; taken.
    OfflineOffer = 24,
    /// Offline transfer: dispute kept; found out.
    OfflineKeptAndFound = 25,
    /// After-sale: goodwill; manual delay.
    AfterSale = 26,
    /// Mediation: delay.
    MediationDelay = 27,
    /// Mediation: follows the truth; favours the buyer.
    Ruling = 28,
    /// Mediation: partial award; its fraction.
    Award = 29,
    /// Mediation: seller liable.
    Liability = 30,
    /// Cancel request: delay of the answer; never. Apart from those of a dispute, which a refused request may lead to.
    CancelResponse = 31,
    /// Cancel request at a desk: service time.
    CancelService = 32,
    /// Ruling: the loser appeals; its delay (R12).
    Appeal = 33,
    /// Second ruling: follows the truth; favours the buyer (R12).
    SecondRuling = 34,
    /// Second ruling: delay (R12).
    SecondRulingDelay = 35,
    /// Dispute: asks for return and refund; time to send the parcel back (R13).
    AsksReturnAndDelay = 36,
    /// Return: transit; time to the seller's confirmation (R13).
    ReturnTransitAndCheck = 37,
    /// First of the purposes of a request's round, [`ROUND_PURPOSES`] apart.
    Response = 64,
    /// Desk: service time.
    Service = 65,
    /// Seller accepts; makes a counter-offer.
    Answer = 66,
    /// Counter-offer fraction; buyer takes it.
    CounterOffer = 67,
    /// Buyer modifies; waits for the platform.
    AfterRejection = 68,
}

/// How far apart the purposes of two rounds of a request are.
pub const ROUND_PURPOSES: u64 = 8;

impl Purpose {
    /// The purpose's number in a round of a request, counted from 0.
    #[inline]
    pub const fn in_round(self, round: u8) -> u64 {
        self as u64 + ROUND_PURPOSES * round as u64
    }
}

/// The upper and the lower half of a draw, as 32-bit uniforms.
#[inline]
pub const fn halves(bits: u64) -> (u32, u32) {
    ((bits >> 32) as u32, bits as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_rounds_of_a_request_share_a_draw() {
        let in_rounds = [
            Purpose::Response,
            Purpose::Service,
            Purpose::Answer,
            Purpose::CounterOffer,
            Purpose::AfterRejection,
        ];
        let mut numbers = BTreeSet::new();
        for round in 0..=u8::MAX {
            for purpose in in_rounds {
                assert!(purpose.in_round(round) >= purpose as u64, "earlier numbers serve other draws");
                assert!(numbers.insert(purpose.in_round(round)), "{purpose:?} in round {round}");
            }
        }
        assert_eq!(Purpose::Answer.in_round(0), Purpose::Answer as u64);
    }
}
