//! What has one colour in every chart: how cases end, whose money it is, and each seller segment.

use plotters::style::RGBColor;

use super::theme;

/// Something that charts colour alike wherever it comes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Meaning {
    /// Disputes, and their rate.
    Disputes,
    /// Cancellations, and what they refund.
    Cancellation,
    /// Disputes that the seller accepts.
    Accepted,
    /// Disputes that end with a counter-offer.
    Countered,
    /// Refunds that the two sides agree on, in full or in part.
    Agreed,
    /// The seller says nothing until the deadline.
    Silence,
    /// The platform rules for the buyer.
    RuledForBuyer,
    /// The platform rules for the seller.
    RuledForSeller,
    /// The buyer withdraws.
    Withdrawn,
    /// After-sale claims.
    AfterSale,
    /// Money that is the seller's.
    Released,
    /// Money that is the buyer's again, whatever the way.
    Refunded,
    /// Money that is nobody's yet.
    Held,
}

impl Meaning {
    /// Its colour.
    pub(crate) const fn color(self) -> RGBColor {
        match self {
            Self::Disputes | Self::Accepted | Self::Agreed => theme::PALETTE[0],
            Self::Silence => theme::PALETTE[1],
            Self::Cancellation => theme::PALETTE[2],
            Self::RuledForBuyer => theme::PALETTE[3],
            Self::RuledForSeller => theme::PALETTE[4],
            Self::Countered => theme::PALETTE[5],
            Self::Withdrawn => theme::PALETTE[6],
            Self::AfterSale => theme::PALETTE[7],
            Self::Released => RGBColor(205, 213, 218),
            Self::Refunded => RGBColor(50, 56, 60),
            Self::Held => RGBColor(150, 156, 160),
        }
    }
}

/// All sellers together.
pub(crate) const ALL_SELLERS: RGBColor = RGBColor(60, 60, 60);

/// The colour of a seller segment by its place in the scenario.
pub(crate) fn segment_color(place: usize) -> RGBColor {
    theme::series_color(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_ends_of_disputes_and_the_ways_of_money_are_told_apart_by_colour() {
        let ends = [
            Meaning::Accepted,
            Meaning::Countered,
            Meaning::Silence,
            Meaning::RuledForBuyer,
            Meaning::RuledForSeller,
            Meaning::Withdrawn,
        ];
        let ways = [
            Meaning::Released,
            Meaning::Refunded,
            Meaning::Held,
            Meaning::Cancellation,
            Meaning::Agreed,
            Meaning::Silence,
            Meaning::RuledForBuyer,
            Meaning::AfterSale,
        ];
        for together in [&ends[..], &ways[..]] {
            let colors = together.iter().map(|meaning| meaning.color());
            let colors: BTreeSet<(u8, u8, u8)> = colors.map(|color| (color.0, color.1, color.2)).collect();
            assert_eq!(colors.len(), together.len());
        }
    }
}
