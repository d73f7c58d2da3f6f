//! Rule R9: after the window only a mutual agreement, settled by hand.

use crate::sim::Distribution;

/// What the platform does with an agreed refund plan once the dispute window has closed.
#[derive(Clone, Debug, PartialEq)]
pub struct AfterSaleRule {
    /// Time that manual customer service takes, in seconds.
    pub delay: Distribution,
}
