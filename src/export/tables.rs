//! The tables of a run: `summary`, `daily`, `sellers` and `reasons`.

use super::typed::{Cells, Column, TypedTable};
use crate::engine::World;
use crate::experiment::series::daily_mean;
use crate::experiment::{RunResult, Summary};
use crate::market::Attribution;
use crate::observe::{Count, Series, penalties};
use crate::stats::Estimate;
use std::io;

/// Kind of group and group, as several tables begin.
pub(super) const GROUP: [Column; 2] =
    [Column::text("scope", "kind of group"), Column::text("group", "market or segment; all of the world")];

/// Metric and its unit.
pub(super) const METRIC: [Column; 2] =
    [Column::text("metric", "name of the metric"), Column::text("unit", "unit of the metric")];

/// Columns of an estimate, the last of a row.
pub(super) const ESTIMATE: [Column; 7] = [
    Column::number("mean", "mean over replications, or ratio of sums"),
    Column::number("std_dev", "standard deviation over replications"),
    Column::number("ci_low", "lower end of the 95 % interval of the mean"),
    Column::number("ci_high", "upper end of the 95 % interval of the mean"),
    Column::whole("replications", "replications in which the metric is defined"),
    Column::text("estimator", "mean or ratio_of_sums"),
    Column::text("interval", "kind of the interval"),
];

/// The last cells of a row: an estimate.
pub(super) fn end_with(cells: &mut impl Cells, estimate: Option<&Estimate>) {
    let interval = estimate.and_then(|estimate| estimate.interval.ends());
    cells.number(estimate.map(|estimate| estimate.mean));
    cells.number(estimate.and_then(|estimate| estimate.std_dev));
    cells.number(interval.map(|interval| interval.0));
    cells.number(interval.map(|interval| interval.1));
    cells.whole(estimate.map_or(0, |estimate| estimate.replications as u64));
    cells.text(estimate.map_or("", Estimate::estimator_name));
    cells.text(estimate.map_or("", |estimate| estimate.interval.name()));
    cells.end_row();
}

/// `summary`: one row per metric and group.
#[derive(Clone, Copy, Debug)]
pub struct SummaryTable<'a>(pub &'a Summary);

impl TypedTable for SummaryTable<'_> {
    fn name(&self) -> &'static str {
        "summary"
    }

    fn columns(&self) -> Vec<Column> {
        [GROUP.as_slice(), &METRIC, &ESTIMATE].concat()
    }

    fn fill<C: Cells>(&self, _: usize, cells: &mut C) -> io::Result<()> {
        for row in &self.0.rows {
            for head in [row.scope.name(), &row.group, row.metric.name, row.metric.unit.name()] {
                cells.text(head);
            }
            end_with(cells, row.estimate.as_ref());
        }
        Ok(())
    }
}

const fn daily(name: &'static str, meaning: &'static str, series: Series) -> (Column, Series) {
    (Column::number(name, meaning), series)
}

/// Columns of the daily series.
const DAILY: [(Column, Series); 23] = [
    daily("orders_placed", "orders placed", Series::OrdersPlaced),
    daily("orders_shipped", "orders handed over", Series::OrdersShipped),
    daily("orders_delivered", "orders delivered", Series::OrdersDelivered),
    daily("orders_completed", "orders completed", Series::OrdersCompleted),
    daily(
        "orders_cancelled_buyer_reason",
        "orders cancelled with a buyer's reason",
        Series::CancelledBuyerReason,
    ),
    daily(
        "orders_cancelled_seller_reason",
        "orders cancelled with a seller's reason",
        Series::CancelledSellerReason,
    ),
    daily("orders_not_sold", "seller-fault cancellations", Series::NotSold),
    daily("disputes_filed", "disputes filed", Series::DisputesFiled),
    daily("disputes_accepted", "disputes accepted", Series::DisputesAccepted),
    daily(
        "disputes_auto_executed",
        "disputes refunded automatically (no response)",
        Series::DisputesAutoExecuted,
    ),
    daily("disputes_countered", "disputes settled by a counter-offer", Series::DisputesCountered),
    daily("disputes_withdrawn", "disputes withdrawn", Series::DisputesWithdrawn),
    daily("disputes_ruled_for_buyer", "rulings for the buyer", Series::DisputesRuledForBuyer),
    daily("disputes_ruled_for_seller", "rulings for the seller", Series::DisputesRuledForSeller),
    daily("value_refunded", "cents refunded", Series::ValueRefunded),
    daily("window_disputes", "numerators of the trailing dispute rates, added up", Series::RateDisputes),
    daily("window_orders", "denominators of the trailing dispute rates, added up", Series::RateOrders),
    daily("window_not_sold", "seller-fault cancellations in trailing windows", Series::WindowNotSold),
    daily("window_placed", "orders placed in those windows", Series::WindowPlaced),
    daily(
        "sellers_above_threshold",
        "sellers whose dispute rate is above the threshold",
        Series::SellersAboveThreshold,
    ),
    daily("sellers_demoted", "sellers demoted or hidden, not suspended", Series::SellersDemoted),
    daily("sellers_frozen", "sellers suspended or closed", Series::SellersFrozen),
    daily("orders_lost_to_penalties", "orders lost to penalties", Series::LostOrdersMicro),
];

/// `daily`: one row per day and market, means over replications.
///
/// Some markets at a time are written side by side: of a run of a second this table is most of what is left to do when it has
/// ended, and of a run of many years it is what takes the most memory.
#[derive(Clone, Copy, Debug)]
pub struct DailyTable<'a> {
    /// Whose penalties have columns.
    pub world: &'a World,
    /// The days.
    pub result: &'a RunResult,
}

impl DailyTable<'_> {
    /// Columns and their series; of penalties those that the world's rules can impose.
    fn series(&self) -> impl Iterator<Item = (Column, Series)> {
        let of_penalties = self.world.penalties().map(|penalty| {
            let (name, series) = penalties::column(penalty);
            daily(name, "sellers under this penalty, mean over replications", series)
        });
        DAILY.into_iter().chain(of_penalties)
    }
}

impl TypedTable for DailyTable<'_> {
    fn name(&self) -> &'static str {
        "daily"
    }

    fn columns(&self) -> Vec<Column> {
        let head = [
            Column::whole("day", "day of the observation period, from 0"),
            Column::whole("market", "number of the market, from 0"),
        ];
        head.into_iter().chain(self.series().map(|column| column.0)).collect()
    }

    fn parts(&self) -> usize {
        self.result.daily.len()
    }

    fn parts_together(&self) -> usize {
        8
    }

    fn fill<C: Cells>(&self, market: usize, cells: &mut C) -> io::Result<()> {
        let series: Vec<_> = self.series().map(|column| daily_mean(self.result, market, column.1)).collect();
        for day in 0..self.result.daily[market].days() {
            cells.whole(day as u64);
            cells.whole(market as u64);
            for values in &series {
                cells.number(Some(values[day]));
            }
            cells.end_row();
        }
        Ok(())
    }
}

const fn counted(name: &'static str, meaning: &'static str, count: Count) -> (Column, Count) {
    (Column::whole(name, meaning), count)
}

/// Columns of the table of sellers that are counts.
const SELLER_COUNTS: [(Column, Count); 12] = [
    counted("orders_placed", "orders placed", Count::OrdersPlaced),
    counted("orders_shipped", "orders handed over", Count::OrdersShipped),
    counted("orders_completed", "orders completed", Count::OrdersCompleted),
    counted("orders_not_sold", "seller-fault cancellations", Count::OrdersNotSold),
    counted("disputes_filed", "disputes filed", Count::DisputesFiled),
    counted("disputes_accepted", "disputes accepted", Count::DisputesAccepted),
    counted(
        "disputes_auto_executed",
        "disputes refunded automatically (no response)",
        Count::DisputesAutoExecuted,
    ),
    counted("value_paid", "cents paid for orders of the observation period", Count::ValuePaid),
    counted("value_refunded", "cents of those refunded", Count::ValueRefunded),
    counted("value_offline", "cents paid outside the platform", Count::ValueOffline),
    counted("seller_days_demoted", "days demoted or hidden", Count::SellerDaysDemoted),
    counted("seller_days_frozen", "days suspended or closed", Count::SellerDaysFrozen),
];

/// The share that a numerator and a denominator make.
pub fn share(rate: (u32, u32)) -> Option<f64> {
    (rate.1 > 0).then(|| f64::from(rate.0) / f64::from(rate.1))
}

/// `sellers`: one row per seller of replication 0.
#[derive(Clone, Copy, Debug)]
pub struct SellersTable<'a> {
    /// The world of the run.
    pub world: &'a World,
    /// What came of it.
    pub result: &'a RunResult,
}

impl TypedTable for SellersTable<'_> {
    fn name(&self) -> &'static str {
        "sellers"
    }

    fn columns(&self) -> Vec<Column> {
        let head = [
            Column::whole("market", "number of the market, from 0"),
            Column::whole("seller", "number of the seller in its market, from 0"),
            Column::text("segment", "name of the seller segment"),
            Column::number("attractiveness", "pull on demand"),
            Column::number("true_fault", "true probability of failing an order by its own fault"),
            Column::whole("is_bad", "1 if that is above justice.bad_seller_fault"),
        ];
        let end = [
            Column::number("orders_lost_to_penalties", "orders lost to penalties"),
            Column::number("window_dispute_rate", "trailing dispute rate at the horizon"),
            Column::whole("window_not_sold", "trailing seller-fault cancellations at the horizon"),
            Column::number("mean_weight", "mean search weight, of the attractiveness"),
            Column::number("service_score", "service score at the horizon, in points"),
            Column::whole("is_frozen", "1 if suspended or closed at the horizon"),
            Column::whole("penalised_days", "days demoted or suspended"),
        ];
        head.into_iter().chain(SELLER_COUNTS.map(|column| column.0)).chain(end).collect()
    }

    fn fill<C: Cells>(&self, _: usize, cells: &mut C) -> io::Result<()> {
        for seller in self.result.sellers() {
            cells.whole(u64::from(seller.market));
            cells.whole(u64::from(seller.seller));
            cells.text(&self.world.sellers[seller.segment].name);
            cells.number(Some(seller.attractiveness));
            cells.number(Some(seller.fault));
            cells.whole(u64::from(seller.fault > self.world.bad_seller_fault));
            for (_, count) in &SELLER_COUNTS {
                cells.whole(seller.tally.get(*count));
            }
            cells.number(Some(seller.tally.get(Count::LostOrdersMicro) as f64 / 1e6));
            cells.number(share(seller.rate));
            cells.whole(u64::from(seller.not_sold.0));
            cells.number(Some(seller.mean_weight));
            cells.number(seller.score);
            cells.whole(u64::from(seller.is_frozen));
            cells.whole(u64::from(seller.penalised_days));
            cells.end_row();
        }
        Ok(())
    }
}

/// `reasons`: cancellations by entry of the reason menu (R3), means over replications.
#[derive(Clone, Copy, Debug)]
pub struct ReasonsTable<'a> {
    /// The world of the run.
    pub world: &'a World,
    /// What came of it.
    pub result: &'a RunResult,
}

impl TypedTable for ReasonsTable<'_> {
    fn name(&self) -> &'static str {
        "reasons"
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::text("reason", "name of the entry"),
            Column::text("attributed_to", "buyer or seller"),
            Column::number("orders_cancelled", "orders cancelled for it, mean over replications"),
        ]
    }

    fn fill<C: Cells>(&self, _: usize, cells: &mut C) -> io::Result<()> {
        let n = self.result.replications.len().max(1) as f64;
        for (reason, &count) in self.world.policy.cancellation.reasons.iter().zip(&self.result.reasons) {
            let side = match reason.attributed_to {
                Attribution::Buyer => "buyer",
                Attribution::Seller => "seller",
            };
            cells.text(&reason.name);
            cells.text(side);
            cells.number(Some(count as f64 / n));
            cells.end_row();
        }
        Ok(())
    }
}
