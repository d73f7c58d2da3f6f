//! What happened in the observation period, under the names that the tables give it.

use std::collections::BTreeMap;

/// Counts by name, and what needs more than a count.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    counts: BTreeMap<&'static str, f64>,
    /// Seconds to each answer in time.
    pub(crate) delays: Vec<i64>,
    /// Of each seller: whether it is bad, and its days demoted or suspended.
    pub(crate) penalised: Vec<(bool, u32)>,
}

impl Tally {
    /// Adds to a count.
    pub(crate) fn add(&mut self, name: &'static str, amount: f64) {
        *self.counts.entry(name).or_default() += amount;
    }

    /// A count.
    pub(crate) fn of(&self, name: &str) -> f64 {
        self.counts.get(name).copied().unwrap_or_default()
    }

    /// A ratio of counts, if it is defined.
    pub(crate) fn ratio(&self, part: &str, whole: &str) -> Option<f64> {
        let whole = self.of(whole);
        (whole > 0.0).then(|| self.of(part) / whole)
    }

    /// The value that so large a share of delays does not exceed: the middle of the two values beside it.
    pub(crate) fn delay_quantile(&self, share: f64) -> Option<f64> {
        let mut delays = self.delays.clone();
        delays.sort_unstable();
        let place = share * delays.len() as f64;
        let below = delays.get((place.ceil() as usize).max(1) - 1)?;
        let above = delays.get((place.floor() as usize).min(delays.len() - 1))?;
        Some((below + above) as f64 / 2.0)
    }

    /// Mean delay.
    pub(crate) fn delay_mean(&self) -> Option<f64> {
        let number = self.delays.len();
        (number > 0).then(|| self.delays.iter().sum::<i64>() as f64 / number as f64)
    }

    /// Share of penalised sellers that are bad.
    pub(crate) fn precision(&self) -> Option<f64> {
        share_of(&self.penalised, |seller| seller.1 > 0, |seller| seller.0)
    }

    /// Share of bad sellers that are penalised.
    pub(crate) fn recall(&self) -> Option<f64> {
        share_of(&self.penalised, |seller| seller.0, |seller| seller.1 > 0)
    }

    /// Probability that a bad seller has more penalised days than a good one, ties half: every pair.
    pub(crate) fn auc(&self) -> Option<f64> {
        let (mut pairs, mut wins) = (0.0, 0.0);
        for bad in self.penalised.iter().filter(|seller| seller.0) {
            for good in self.penalised.iter().filter(|seller| !seller.0) {
                pairs += 1.0;
                wins += match bad.1.cmp(&good.1) {
                    std::cmp::Ordering::Greater => 1.0,
                    std::cmp::Ordering::Equal => 0.5,
                    std::cmp::Ordering::Less => 0.0,
                };
            }
        }
        (pairs > 0.0).then(|| wins / pairs)
    }
}

/// Of the sellers in `whole`, the share in `part` as well.
fn share_of(
    sellers: &[(bool, u32)],
    whole: impl Fn(&&(bool, u32)) -> bool,
    part: impl Fn(&&(bool, u32)) -> bool,
) -> Option<f64> {
    let number = sellers.iter().filter(&whole).count();
    (number > 0).then(|| sellers.iter().filter(&whole).filter(part).count() as f64 / number as f64)
}
