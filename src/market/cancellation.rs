//! Cancelling: true cause and chosen reason are separate facts (R3).

/// Whose reason a menu entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribution {
    /// The buyer's own reason.
    Buyer,
    /// The seller's reason.
    Seller,
}

/// Why a buyer truly asks to cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CancelCause {
    /// The buyer changed their mind.
    ChangeOfMind,
    /// The seller has no stock.
    StockOut,
    /// The seller is slow to ship.
    Slowness,
}

impl CancelCause {
    /// Whose doing the cause is.
    pub const fn attribution(self) -> Attribution {
        match self {
            Self::ChangeOfMind => Attribution::Buyer,
            Self::StockOut | Self::Slowness => Attribution::Seller,
        }
    }
}
