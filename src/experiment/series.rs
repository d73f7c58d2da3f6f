//! The daily series as means over replications, and rates from them.

use super::run::RunResult;
use crate::observe::Series;

/// One series over the days of the observation period, as means over replications.
pub fn daily_mean(result: &RunResult, market: usize, series: Series) -> Vec<f64> {
    let n = result.replications.len().max(1) as f64;
    result.daily.get(market).map_or_else(Vec::new, |daily| {
        daily.row(series).iter().map(|&number| scaled(series, number) / n).collect()
    })
}

/// One series of all markets together, as means over replications.
pub fn daily_mean_of_all(result: &RunResult, series: Series) -> Vec<f64> {
    let n = result.replications.len().max(1) as f64;
    daily_sums(result, series).iter().map(|&number| scaled(series, number) / n).collect()
}

/// One series over another, day by day, over all markets and replications; NaN where the other is 0.
pub fn daily_ratio(result: &RunResult, part: Series, whole: Series) -> Vec<f64> {
    daily_sums(result, part)
        .iter()
        .zip(daily_sums(result, whole))
        .map(|(&part, whole)| if whole == 0 { f64::NAN } else { part as f64 / whole as f64 })
        .collect()
}

/// The numbers of one series by day, added up over markets and replications.
pub(super) fn daily_sums(result: &RunResult, series: Series) -> Vec<u64> {
    let mut all = Vec::new();
    for daily in result.daily.iter().filter(|daily| daily.days() > 0) {
        let row = daily.row(series);
        all.resize(row.len().max(all.len()), 0);
        all.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
    }
    all
}

/// Numbers kept in millionths are shown in whole units.
fn scaled(series: Series, number: u64) -> f64 {
    match series {
        Series::LostOrdersMicro => number as f64 / 1e6,
        _ => number as f64,
    }
}
