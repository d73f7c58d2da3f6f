//! Laws of counts: Poisson numbers, rates over a window, and majorities of a jury.

/// `P(N = k)` of a Poisson number of this mean.
pub fn poisson(mean: f64, k: u32) -> f64 {
    if mean <= 0.0 {
        return if k == 0 { 1.0 } else { 0.0 };
    }
    let logarithm = f64::from(k) * mean.ln() - mean - log_factorial(k);
    logarithm.exp()
}

/// `P(N <= k)` of a Poisson number of this mean.
pub fn poisson_at_most(mean: f64, k: u32) -> f64 {
    (0..=k).map(|n| poisson(mean, n)).sum()
}

fn log_factorial(k: u32) -> f64 {
    (2..=k).map(|n| f64::from(n).ln()).sum()
}

/// A Poisson number of this mean below `most`, and the part of it that a coin of probability `share` picks: `(part, whole,
/// probability)`, the binomial distribution given the whole.
pub fn poisson_part(mean: f64, share: f64, most: u32) -> Vec<(u32, u32, f64)> {
    let of = |whole: u32| {
        let choose =
            move |part: u32| log_factorial(whole) - log_factorial(part) - log_factorial(whole - part);
        let binomial = move |part: u32| {
            choose(part).exp() * share.powi(part as i32) * (1.0 - share).powi((whole - part) as i32)
        };
        (0..=whole).map(move |part| (part, whole, poisson(mean, whole) * binomial(part)))
    };
    (0..most).flat_map(of).collect()
}

/// Probability that a rate over a window is above its threshold. Of the orders in the denominator a Poisson number of
/// mean `disputes` is disputed and an independent one of mean `others` is not, which is how the orders of a Poisson
/// stream are told apart by a coin. The rate counts from `minimum_orders` orders and `minimum_disputes` disputes on and
/// is above if it exceeds `threshold`, a part of a hundred.
pub fn rate_is_above(
    disputes: f64,
    others: f64,
    threshold: u32,
    minimum_orders: u32,
    minimum_disputes: u32,
) -> f64 {
    let most = |mean: f64| (mean + 12.0 * mean.sqrt() + 30.0) as u32;
    let of_others: Vec<f64> = (0..=most(others)).map(|k| poisson(others, k)).collect();
    let with = |d: u32| {
        let is_above = |o: u32| d + o >= minimum_orders && 100 * d > threshold * (d + o);
        let others: f64 = (0..).zip(&of_others).filter(|(o, _)| is_above(*o)).map(|(_, p)| p).sum();
        poisson(disputes, d) * others
    };
    (minimum_disputes..=most(disputes)).map(with).sum()
}

/// Probability that more than half of independent jurors vote yes; each entry is so many jurors and the probability of
/// their yes (Condorcet, 1785; by convolution of the single votes).
pub fn majority(jurors: &[(u32, f64)]) -> f64 {
    let number: u32 = jurors.iter().map(|&(number, _)| number).sum();
    let mut votes = vec![0.0; number as usize + 1];
    votes[0] = 1.0;
    for &(number, yes) in jurors {
        for _ in 0..number {
            for k in (0..votes.len()).rev() {
                let fewer = if k > 0 { votes[k - 1] } else { 0.0 };
                votes[k] = votes[k] * (1.0 - yes) + fewer * yes;
            }
        }
    }
    let half = (votes.len() - 1) / 2;
    votes[half + 1..].iter().sum()
}

/// Probability that one Poisson number exceeds another that is independent of it: Skellam's distribution above 0.
pub fn more_by_chance(mean: f64, other: f64) -> f64 {
    let most = (mean + other + 12.0 * (mean + other).sqrt() + 30.0) as u32;
    let (mut fewer, mut more) = (0.0, 0.0);
    for k in 0..most {
        more += poisson(mean, k) * fewer;
        fewer += poisson(other, k);
    }
    more
}

/// Share of cases that a jury of a Poisson number of jurors decides for the buyer, over cases in which a juror sees merit
/// with a probability drawn from the arcsine distribution and then votes for the buyer with probability `votes`, otherwise never.
pub fn more_of_arcsine_merit(jurors: f64, votes: f64) -> f64 {
    let share = |merit: f64| more_by_chance(jurors * votes * merit, jurors * (1.0 - votes * merit));
    over_arcsine(500, share)
}

/// The mean of a function of a number drawn from the arcsine distribution, Beta(1/2, 1/2), whose quantile at `q` is
/// `sin^2(pi q / 2)`; the midpoint rule over `q`.
fn over_arcsine(steps: u32, of: impl Fn(f64) -> f64) -> f64 {
    let number = |i: u32| {
        let quantile = (f64::from(i) + 0.5) / f64::from(steps);
        (std::f64::consts::FRAC_PI_2 * quantile).sin().powi(2)
    };
    (0..steps).map(|i| of(number(i))).sum::<f64>() / f64::from(steps)
}

/// Share of cases that a jury of `buyers` and `sellers` decides for the buyer, over cases of which an impartial juror
/// sees merit with a probability drawn from the arcsine distribution, Beta(1/2, 1/2): most cases are clear, few are even. Sellers
/// among the jurors vote for the seller with a probability that is higher by `partiality`, and at most 1.
pub fn decided_for_buyer(buyers: u32, sellers: u32, partiality: f64) -> f64 {
    let share = |merit: f64| majority(&[(buyers, merit), (sellers, (merit - partiality).max(0.0))]);
    over_arcsine(2000, share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poisson_numbers_have_their_reference_values() {
        assert!((poisson(3.0, 2) - 4.5 * (-3.0_f64).exp()).abs() < 1e-15);
        // The 95 % quantile at mean 252 is 278.
        assert!(poisson_at_most(252.0, 278) >= 0.95 && poisson_at_most(252.0, 277) < 0.95);
        assert!((poisson_at_most(252.0, 600) - 1.0).abs() < 1e-10);
        assert!((poisson(0.0, 0) - 1.0).abs() < 1e-15 && poisson(0.0, 3).abs() < 1e-15);
    }

    #[test]
    fn a_rate_without_minimum_or_threshold_is_above_as_soon_as_anything_is_disputed() {
        let anything = 1.0 - (-2.5_f64).exp();
        assert!((rate_is_above(2.5, 40.0, 0, 0, 0) - anything).abs() < 1e-12);
        assert!((rate_is_above(2.5, 40.0, 0, 0, 3) - (1.0 - poisson_at_most(2.5, 2))).abs() < 1e-12);
        // Without any others, the rate is 1: above everything but a threshold of 1.
        assert!((rate_is_above(2.5, 0.0, 99, 0, 0) - anything).abs() < 1e-12);
        assert!(rate_is_above(2.5, 0.0, 100, 0, 0).abs() < 1e-12);
    }

    /// Three jurors: `3 q^2 (1 - q) + q^3`; and a jury of many that are right more often than not is nearly always right.
    #[test]
    fn majorities_are_binomial() {
        let q = 0.7_f64;
        assert!((majority(&[(3, q)]) - (3.0 * q * q * (1.0 - q) + q.powi(3))).abs() < 1e-12);
        assert!((majority(&[(1, q), (2, q)]) - majority(&[(3, q)])).abs() < 1e-12);
        assert!((majority(&[(31, 0.5)]) - 0.5).abs() < 1e-12);
        assert!(majority(&[(301, 0.6)]) > 0.999);
    }

    /// The part of a Poisson number is a Poisson number of its own, and independent of the rest.
    #[test]
    fn a_coin_tells_two_independent_poisson_numbers_apart() {
        for (part, whole, probability) in poisson_part(4.0, 0.3, 20) {
            let product = poisson(1.2, part) * poisson(2.8, whole - part);
            assert!((probability - product).abs() < 1e-12, "{part} of {whole}");
        }
    }

    /// `P(X > Y)` and `P(Y > X)` leave the ties, `exp(-a - b) I_0(2 sqrt(ab))`: with both means 1, `exp(-2) I_0(2)`.
    #[test]
    fn two_poisson_numbers_exceed_each_other_but_for_ties() {
        let ties = (-2.0_f64).exp() * 2.279_585_302_336_067;
        assert!((more_by_chance(1.0, 1.0) - (1.0 - ties) / 2.0).abs() < 1e-12);
        assert!((more_by_chance(0.7, 0.0) - (1.0 - (-0.7_f64).exp())).abs() < 1e-12);
        // A jury of any merit without a leaning decides for either side alike, but for ties.
        let even = more_of_arcsine_merit(31.0, 1.0);
        assert!(even < 0.5 && even > 0.45, "{even}");
    }

    /// On Taobao about a fifth of 31 jurors are sellers, who vote for the seller more often by ten points in a hundred, and
    /// that flips at most 2 % of the cases (Kwan, Yang and Zhang, Management Science 70(4), 2024).
    #[test]
    fn partial_jurors_flip_at_most_two_percent_of_cases() {
        let impartial = decided_for_buyer(25, 6, 0.0);
        assert!((impartial - 0.5).abs() < 1e-9);
        let flipped = impartial - decided_for_buyer(25, 6, 0.1);
        assert!(flipped > 0.01 && flipped < 0.02, "{flipped}");
    }
}
