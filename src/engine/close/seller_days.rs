//! What whoever looks on is told of the sellers at the close of a day.

use super::survey::dispute_rates_of;
use crate::engine::books::observer::Observer;
use crate::engine::books::records::Records;
use crate::engine::ground::counted::Counted;
use crate::engine::setup::tables::Tables;
use crate::observe::seller_day::SellerDay;
use crate::sim::Day;
use crate::sim::lanes::LANES;

/// What the close forgets while it judges: transactions not sold and orders placed, and whether a transfer was found out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unsettled {
    seller: usize,
    not_sold: u32,
    placed: u32,
    was_found_offline: bool,
}

impl<O: Observer> Records<O> {
    /// What is known of the sellers that somebody asks about before they are judged; nothing if nobody looks.
    pub(crate) fn unsettled(&self, tables: &Tables) -> Vec<Unsettled> {
        if !O::LOOKS {
            return Vec::new();
        }
        let window = self.windows.window(tables.policy().not_sold.window);
        let asked = (0..self.sellers.len()).filter(|&seller| self.observer.asks_about(seller));
        let each = asked.map(|seller| {
            let sum = self.windows.over(seller, window);
            Unsettled {
                seller,
                not_sold: sum.get(Counted::NotSold),
                placed: sum.get(Counted::Placed),
                was_found_offline: self.standings[seller].was_found_offline,
            }
        });
        each.collect()
    }

    /// Tells what became of these sellers.
    pub(crate) fn tell_day(&mut self, tables: &Tables, day: Day, all: &[Unsettled]) {
        let policy = tables.policy();
        for &Unsettled { seller, not_sold, placed, was_found_offline } in all {
            let window = self.windows.window(policy.dispute_rate.window);
            let (disputes, orders) =
                dispute_rates_of(&policy.dispute_rate, self.windows.of_group(seller / LANES, window));
            let (standing, lane, tomorrow) = (&self.standings[seller], seller % LANES, day.next());
            let told = SellerDay {
                day,
                disputes: disputes[lane],
                orders: orders[lane],
                not_sold,
                placed,
                score: policy.service_score.as_ref().map(|_| self.scores.latest(seller)),
                points: standing.points.iter().map(|(_, points)| points).sum(),
                was_found_offline,
                dispute_weight: standing.dispute_weight,
                grade: standing.grade,
                level_weight: standing.level_weight,
                tier: standing.tier,
                frozen_until: standing.is_frozen(tomorrow).then_some(standing.thaws_on),
                weight: standing.weight(policy, tomorrow),
            };
            self.observer.see_day(seller, told);
        }
    }
}
