//! Tables: `summary.csv`, `daily.csv`, `sellers.csv`, `reasons.csv`, `sweep.csv`, `sweep_segments.csv`.

use super::table::{Table, number};
use crate::engine::World;
use crate::experiment::series::daily_mean;
use crate::experiment::{RunResult, Summary};
use crate::market::Attribution;
use crate::observe::{Count, Series, penalties};
use crate::stats::Estimate;
use rayon::prelude::*;
/// Columns of an estimate, the last of a row.
pub(super) const ESTIMATE: [&str; 7] =
    ["mean", "std_dev", "ci_low", "ci_high", "replications", "estimator", "interval"];

/// The last cells of a row: an estimate.
pub(super) fn end_with(table: &mut Table, estimate: Option<&Estimate>) {
    let interval = estimate.and_then(|estimate| estimate.interval.ends());
    table.number(estimate.map(|estimate| estimate.mean));
    table.number(estimate.and_then(|estimate| estimate.std_dev));
    table.number(interval.map(|interval| interval.0));
    table.number(interval.map(|interval| interval.1));
    table.whole(estimate.map_or(0, |estimate| estimate.replications as u64));
    table.text(estimate.map_or("", Estimate::estimator_name));
    table.text(estimate.map_or("", |estimate| estimate.interval.name()));
    table.end_row();
}

/// `summary.csv`: one row per metric and group.
pub fn summary(summary: &Summary) -> Vec<u8> {
    let head = ["scope", "group", "metric", "unit"];
    let mut table = Table::new(&[head.as_slice(), &ESTIMATE].concat());
    for row in &summary.rows {
        for head in [row.scope.name(), &row.group, row.metric.name, row.metric.unit.name()] {
            table.text(head);
        }
        end_with(&mut table, row.estimate.as_ref());
    }
    table.into_bytes()
}

/// Columns of the daily series.
const DAILY: &[(&str, Series)] = &[
    ("orders_placed", Series::OrdersPlaced),
    ("orders_shipped", Series::OrdersShipped),
    ("orders_delivered", Series::OrdersDelivered),
    ("orders_completed", Series::OrdersCompleted),
    ("orders_cancelled_buyer_reason", Series::CancelledBuyerReason),
    ("orders_cancelled_seller_reason", Series::CancelledSellerReason),
    ("orders_not_sold", Series::NotSold),
    ("disputes_filed", Series::DisputesFiled),
    ("disputes_accepted", Series::DisputesAccepted),
    ("disputes_auto_executed", Series::DisputesAutoExecuted),
    ("disputes_countered", Series::DisputesCountered),
    ("disputes_withdrawn", Series::DisputesWithdrawn),
    ("disputes_ruled_for_buyer", Series::DisputesRuledForBuyer),
    ("disputes_ruled_for_seller", Series::DisputesRuledForSeller),
    ("value_refunded", Series::ValueRefunded),
    ("window_disputes", Series::RateDisputes),
    ("window_orders", Series::RateOrders),
    ("window_not_sold", Series::WindowNotSold),
    ("window_placed", Series::WindowPlaced),
    ("sellers_above_threshold", Series::SellersAboveThreshold),
    ("sellers_demoted", Series::SellersDemoted),
    ("sellers_frozen", Series::SellersFrozen),
    ("orders_lost_to_penalties", Series::LostOrdersMicro),
];

/// `daily.csv`: one row per day and market, means over replications; the head, and then part after part.
///
/// Some markets at a time are written side by side: of a run of a second this table is most of what is left to do when it has
/// ended, and of a run of many years it is what takes the most memory.
pub fn daily<'a>(world: &World, result: &'a RunResult) -> impl Iterator<Item = Vec<u8>> + use<'a> {
    const TOGETHER: usize = 8;
    let all: Vec<(&str, Series)> =
        DAILY.iter().copied().chain(world.penalties().map(penalties::column)).collect();
    let columns: Vec<&str> = ["day", "market"].into_iter().chain(all.iter().map(|column| column.0)).collect();
    let head = Table::new(&columns).into_bytes();
    let markets = result.daily.len();
    let parts = (0..markets).step_by(TOGETHER).flat_map(move |first| {
        let some = (first..markets.min(first + TOGETHER)).into_par_iter();
        some.map(|market| days_of(result, &all, market)).collect::<Vec<_>>()
    });
    std::iter::once(head).chain(parts)
}

/// The rows of a market.
fn days_of(result: &RunResult, columns: &[(&str, Series)], market: usize) -> Vec<u8> {
    let series: Vec<Vec<f64>> = columns.iter().map(|column| daily_mean(result, market, column.1)).collect();
    let mut rows = Table::default();
    for day in 0..result.daily[market].days() {
        rows.whole(day as u64);
        rows.whole(market as u64);
        for values in &series {
            rows.number(Some(values[day]));
        }
        rows.end_row();
    }
    rows.into_bytes()
}

/// Columns of the table of sellers that are counts.
const SELLER_COUNTS: &[(&str, Count)] = &[
    ("orders_placed", Count::OrdersPlaced),
    ("orders_shipped", Count::OrdersShipped),
    ("orders_completed", Count::OrdersCompleted),
    ("orders_not_sold", Count::OrdersNotSold),
    ("disputes_filed", Count::DisputesFiled),
    ("disputes_accepted", Count::DisputesAccepted),
    ("disputes_auto_executed", Count::DisputesAutoExecuted),
    ("value_paid", Count::ValuePaid),
    ("value_refunded", Count::ValueRefunded),
    ("value_offline", Count::ValueOffline),
    ("seller_days_demoted", Count::SellerDaysDemoted),
    ("seller_days_frozen", Count::SellerDaysFrozen),
];

/// The share that a numerator and a denominator make.
pub fn share(rate: (u32, u32)) -> Option<f64> {
    (rate.1 > 0).then(|| f64::from(rate.0) / f64::from(rate.1))
}

/// `sellers.csv`: one row per seller of replication 0.
pub fn sellers(world: &World, result: &RunResult) -> Vec<u8> {
    let mut columns = vec!["market", "seller", "segment", "attractiveness", "true_fault", "is_bad"];
    columns.extend(SELLER_COUNTS.iter().map(|column| column.0));
    columns.extend([
        "orders_lost_to_penalties",
        "window_dispute_rate",
        "window_not_sold",
        "mean_weight",
        "service_score",
        "is_frozen",
        "penalised_days",
    ]);
    let mut table = Table::new(&columns);
    for seller in result.sellers() {
        table.whole(u64::from(seller.market));
        table.whole(u64::from(seller.seller));
        table.text(&world.sellers[seller.segment].name);
        table.number(Some(seller.attractiveness));
        table.number(Some(seller.fault));
        table.whole(u64::from(seller.fault > world.bad_seller_fault));
        for (_, count) in SELLER_COUNTS {
            table.whole(seller.tally.get(*count));
        }
        table.number(Some(seller.tally.get(Count::LostOrdersMicro) as f64 / 1e6));
        table.number(share(seller.rate));
        table.whole(u64::from(seller.not_sold.0));
        table.number(Some(seller.mean_weight));
        table.number(seller.score);
        table.whole(u64::from(seller.is_frozen));
        table.whole(u64::from(seller.penalised_days));
        table.end_row();
    }
    table.into_bytes()
}

/// `reasons.csv`: cancellations by entry of the reason menu (R3), means over replications.
pub fn reasons(world: &World, result: &RunResult) -> Vec<u8> {
    let mut table = Table::new(&["reason", "attributed_to", "orders_cancelled"]);
    let n = result.replications.len().max(1) as f64;
    for (reason, &count) in world.policy.cancellation.reasons.iter().zip(&result.reasons) {
        let side = match reason.attributed_to {
            Attribution::Buyer => "buyer",
            Attribution::Seller => "seller",
        };
        table.row(&[reason.name.as_str(), side, &number(Some(count as f64 / n))]);
    }
    table.into_bytes()
}
