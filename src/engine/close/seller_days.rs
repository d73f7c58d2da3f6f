//! What whoever looks on is told of the sellers at the close of a day.

use super::survey::dispute_rates_of;
use crate::engine::books::observer::Observer;
use crate::engine::books::records::Records;
use crate::engine::ground::counted::Counted;
use crate::engine::setup::tables::Tables;
use crate::observe::seller_day::{SellerDay, Treatment};
use crate::sim::Day;
use crate::sim::lanes::LANES;

/// What the close forgets while it judges: how the seller was treated, transactions not sold and orders placed, whether a transfer
/// was found out, and the scores since the level was set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unsettled {
    seller: usize,
    today: Treatment,
    not_sold: u32,
    placed: u32,
    was_found_offline: bool,
    score_sum: f64,
    score_days: u32,
}

impl<O: Observer> Records<O> {
    /// What is known of the sellers that somebody asks about before they are judged; nothing if nobody looks.
    pub(crate) fn unsettled(&mut self, tables: &Tables, day: Day) -> Vec<Unsettled> {
        if !O::SEES_DAYS {
            return Vec::new();
        }
        let Self { windows, standings, observer, .. } = self;
        let policy = tables.policy();
        let window = windows.window(policy.not_sold.window);
        let asked = standings.iter_mut().enumerate().filter(|(seller, _)| observer.asks_about(*seller));
        let each = asked.map(|(seller, standing)| {
            let sum = windows.over(seller, window);
            let unsettled = Unsettled {
                seller,
                today: standing.treatment(policy, day),
                not_sold: sum.get(Counted::NotSold),
                placed: sum.get(Counted::Placed),
                was_found_offline: standing.was_found_offline,
                score_sum: standing.score_sum,
                score_days: standing.score_days,
            };
            // What is found out is of one day, also where nobody judges it.
            standing.was_found_offline &= tables.judges;
            unsettled
        });
        each.collect()
    }

    /// Tells what became of these sellers.
    pub(crate) fn tell_day(&mut self, tables: &Tables, day: Day, all: &[Unsettled]) {
        let policy = tables.policy();
        for unsettled in all {
            let &Unsettled { seller, today, not_sold, placed, was_found_offline, score_sum, score_days } =
                unsettled;
            let window = self.windows.window(policy.dispute_rate.window);
            let (disputes, orders) =
                dispute_rates_of(&policy.dispute_rate, self.windows.of_group(seller / LANES, window));
            let (standing, lane, tomorrow) = (&self.standings[seller], seller % LANES, day.next());
            let score = policy.service_score.as_ref().map(|_| self.scores.latest(seller));
            let told = SellerDay {
                day,
                today,
                disputes: disputes[lane],
                orders: orders[lane],
                not_sold,
                placed,
                score,
                mean_score: score.map(|score| (score_sum + score) / f64::from(score_days + 1)),
                points: standing.points.iter().map(|(_, points)| points).sum(),
                was_found_offline,
                dispute_weight: standing.dispute_weight,
                grade: standing.grade,
                level_weight: standing.level_weight,
                tier: standing.tier,
                tomorrow: standing.treatment(policy, tomorrow),
            };
            self.observer.see_day(seller, told);
        }
    }
}
