//! Disputes: what they claim, and what is true.

/// What a dispute claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DisputeKind {
    /// The parcel has not come.
    NotReceived,
    /// The item is not as described.
    NotAsDescribed,
    /// The same claim about an item that is fine.
    Opportunistic,
}

impl DisputeKind {
    /// Whether the claim is true.
    pub const fn is_legitimate(self) -> bool {
        !matches!(self, Self::Opportunistic)
    }
}
