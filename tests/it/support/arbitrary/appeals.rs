//! Appeals of any kind in a world (R12), or none. They are drawn after everything else, so that a world is otherwise the same.

use super::laws::{deadline, probability, times};
use proptest::option;
use proptest::prelude::*;
use redress::engine::World;
use redress::policy::appeal::AppealRule;
use redress::sim::Distribution;

/// What a world says of appeals.
#[derive(Clone, Debug)]
pub(super) struct Appeals {
    rule: AppealRule,
    of_buyers: (f64, Distribution),
    of_sellers: (f64, Distribution),
}

pub(super) fn appeals() -> impl Strategy<Value = Appeals> {
    let rule = (option::weighted(0.7, deadline()), times(), probability());
    let people = || (probability(), times());
    (rule, people(), people()).prop_map(|((deadline, delay, accuracy), of_buyers, of_sellers)| Appeals {
        rule: AppealRule { deadline, delay, accuracy },
        of_buyers,
        of_sellers,
    })
}

impl Appeals {
    /// Lets a world have them. The last segment of several never appeals.
    pub(super) fn join(self, world: &mut World) {
        world.policy.appeal = self.rule;
        for buyer in &mut world.buyers {
            (buyer.appeals, buyer.appeal_delay) = self.of_buyers.clone();
        }
        for seller in &mut world.sellers {
            (seller.appeals, seller.appeal_delay) = self.of_sellers.clone();
        }
        if let [_, .., last] = &mut world.buyers[..] {
            last.appeals = 0.0;
        }
        if let [_, .., last] = &mut world.sellers[..] {
            last.appeals = 0.0;
        }
    }
}
