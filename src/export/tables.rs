//! Tables: `summary.csv`, `daily.csv`, `sellers.csv`, `reasons.csv`, `sweep.csv`, `sweep_segments.csv`.

use crate::engine::World;
use crate::experiment::series::daily_mean;
use crate::experiment::{RunResult, Scope, Summary, SweepResult};
use crate::market::Attribution;
use crate::observe::{Count, Series};
use crate::stats::Estimate;
use std::fmt::Write as _;

/// Rows of text as CSV. Cells are written where they stay: a run of a second has some hundred thousand of them.
pub(super) struct Table {
    rows: csv::Writer<Vec<u8>>,
    /// Scratch: the number at hand.
    text: String,
    whole: itoa::Buffer,
}

impl Table {
    pub(super) fn new<S: AsRef<str>>(columns: &[S]) -> Self {
        let rows = csv::Writer::from_writer(Vec::new());
        let mut table = Self { rows, text: String::new(), whole: itoa::Buffer::new() };
        table.row(columns);
        table
    }

    /// A row of its own, or the last cells of one.
    pub(super) fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        // Writing to memory does not fail, and every row has the columns of the head.
        let _ = self.rows.write_record(cells.iter().map(|cell| cell.as_ref().as_bytes()));
    }

    /// A cell of text.
    fn text(&mut self, cell: &str) {
        let _ = self.rows.write_field(cell);
    }

    /// A cell with a whole number.
    fn whole(&mut self, number: u64) {
        let _ = self.rows.write_field(self.whole.format(number));
    }

    /// A cell with what [`number`] makes of it.
    fn number(&mut self, value: Option<f64>) {
        self.text.clear();
        write_number(&mut self.text, value);
        let _ = self.rows.write_field(&self.text);
    }

    fn end_row(&mut self) {
        let _ = self.rows.write_record(None::<&[u8]>);
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.rows.into_inner().unwrap_or_default()
    }
}

/// A number with at most six decimals and no trailing zeros; what is undefined is empty.
pub fn number(value: Option<f64>) -> String {
    let mut text = String::new();
    write_number(&mut text, value);
    text
}

fn write_number(text: &mut String, value: Option<f64>) {
    const UNIT: u64 = 1_000_000;
    let Some(value) = value.filter(|value| value.is_finite()) else {
        return;
    };
    // Whole millionths are much quicker to write than a float with six decimals.
    let millionths = (value * 1e6).round();
    if millionths.abs() >= 9e15 {
        let _ = write!(text, "{value:.0}");
        return;
    }
    if millionths < 0.0 {
        text.push('-');
    }
    let mut digits = itoa::Buffer::new();
    let millionths = (millionths as i64).unsigned_abs();
    let (whole, mut rest) = (millionths / UNIT, millionths % UNIT);
    text.push_str(digits.format(whole));
    if rest == 0 {
        return;
    }
    text.push('.');
    while rest > 0 {
        rest *= 10;
        text.push(char::from(b'0' + (rest / UNIT) as u8));
        rest %= UNIT;
    }
}

/// Mean, standard deviation, interval and replications of an estimate.
fn estimate_cells(estimate: Option<&Estimate>) -> [String; 5] {
    [
        number(estimate.map(|estimate| estimate.mean)),
        number(estimate.and_then(|estimate| estimate.std_dev)),
        number(estimate.and_then(|estimate| estimate.interval).map(|interval| interval.0)),
        number(estimate.and_then(|estimate| estimate.interval).map(|interval| interval.1)),
        estimate.map_or(0, |estimate| estimate.replications).to_string(),
    ]
}

/// `summary.csv`: a row a metric and group.
pub fn summary(summary: &Summary) -> Vec<u8> {
    let mut table = Table::new(&[
        "scope",
        "group",
        "metric",
        "unit",
        "mean",
        "std_dev",
        "ci_low",
        "ci_high",
        "replications",
    ]);
    for row in &summary.rows {
        let head = [row.scope.name(), &row.group, row.metric.name, row.metric.unit.name()];
        let cells: Vec<String> =
            head.iter().map(|&cell| cell.to_owned()).chain(estimate_cells(row.estimate.as_ref())).collect();
        table.row(&cells);
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

/// `daily.csv`: a row a day and market, means over replications.
pub fn daily(result: &RunResult) -> Vec<u8> {
    let columns: Vec<&str> =
        ["day", "market"].into_iter().chain(DAILY.iter().map(|column| column.0)).collect();
    let mut table = Table::new(&columns);
    for market in 0..result.daily.len() {
        let series: Vec<Vec<f64>> = DAILY.iter().map(|column| daily_mean(result, market, column.1)).collect();
        for day in 0..result.daily[market].days() {
            table.whole(day as u64);
            table.whole(market as u64);
            for values in &series {
                table.number(Some(values[day]));
            }
            table.end_row();
        }
    }
    table.into_bytes()
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

/// `sellers.csv`: a row a seller of replication 0.
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

/// `sweep.csv`: a row a design point and metric, of the whole world.
pub fn sweep(factors: &[String], result: &SweepResult) -> Vec<u8> {
    sweep_table(factors, result, false)
}

/// `sweep_segments.csv`: the same for every market, seller segment and buyer segment.
pub fn sweep_segments(factors: &[String], result: &SweepResult) -> Vec<u8> {
    sweep_table(factors, result, true)
}

fn sweep_table(factors: &[String], result: &SweepResult, by_group: bool) -> Vec<u8> {
    let mut columns = vec!["point".to_owned()];
    columns.extend(factors.iter().cloned());
    if by_group {
        columns.extend(["scope", "group"].map(str::to_owned));
    }
    columns.extend(
        ["metric", "unit", "mean", "std_dev", "ci_low", "ci_high", "replications"].map(str::to_owned),
    );
    let mut table = Table::new(&columns);
    for (index, point) in result.points.iter().enumerate() {
        for row in &point.summary.rows {
            if by_group == (row.scope == Scope::World) {
                continue;
            }
            let mut cells = vec![index.to_string()];
            cells.extend(point.point.labels.iter().cloned());
            if by_group {
                cells.extend([row.scope.name().to_owned(), row.group.clone()]);
            }
            cells.extend([row.metric.name.to_owned(), row.metric.unit.name().to_owned()]);
            cells.extend(estimate_cells(row.estimate.as_ref()));
            table.row(&cells);
        }
    }
    table.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_trailing_zeros_and_the_undefined_is_empty() {
        assert_eq!(number(Some(0.25)), "0.25");
        assert_eq!(number(Some(1200.0)), "1200");
        assert_eq!(number(Some(-0.000_000_1)), "0");
        assert_eq!(number(Some(-1.5)), "-1.5");
        assert_eq!(number(Some(0.000_001)), "0.000001");
        assert_eq!(number(Some(3e16)), "30000000000000000");
        assert_eq!(number(Some(f64::NAN)), "");
        assert_eq!(number(None), "");
    }
}
