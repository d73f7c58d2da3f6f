//! Continuation regions: how far a sum may wander before it says which side of a line its mean is on.

/// `η = [(2 error)^(-2 / (n - 1)) - 1] / 2`, from the probability that the sum leaves on the wrong side and the number of
/// first replications `n >= 2` that the variance is estimated from.
///
/// S.-H. Kim and B. L. Nelson, "A fully sequential procedure for indifference-zone selection in simulation" (ACM TOMACS
/// 11, 2001) with c = 1; there the error is α / (k - 1) for each of the k - 1 comparisons with the best.
pub fn eta(error: f64, first: u32) -> f64 {
    ((2.0 * error).powf(-2.0 / f64::from(first - 1)) - 1.0) / 2.0
}

/// `h² = 2 c η (n - 1)` with c = 1.
pub fn h_squared(error: f64, first: u32) -> f64 {
    2.0 * eta(error, first) * f64::from(first - 1)
}

/// `max{0, δ / (2 r) (h² S² / δ² - r)}`: how far the mean of `replications` values may lie from the line while it is
/// undecided on which side of it the true mean is, if that is at least `tolerance` away.
pub fn half_width(h_squared: f64, variance: f64, tolerance: f64, replications: u32) -> f64 {
    let r = f64::from(replications);
    (tolerance / (2.0 * r) * (h_squared * variance / (tolerance * tolerance) - r)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eta_and_h_squared_agree_with_the_reference_values() {
        for (systems, first, eta_expected, h_squared_expected) in [
            (2.0, 10, 0.334_050_268_600_029_3, 6.012_904_834_800_527),
            (4.0, 10, 0.564_680_186_618_832_2, 10.164_243_359_138_98),
            (5.0, 10, 0.634_967_265_153_673_1, 11.429_410_772_766_115),
            (10.0, 20, 0.302_933_803_649_274_9, 11.511_484_538_672_446),
            (100.0, 20, 0.533_475_117_588_410_3, 20.272_054_468_359_592),
        ] {
            let error = 0.05 / (systems - 1.0);
            assert!((eta(error, first) / eta_expected - 1.0).abs() < 1e-14);
            assert!((h_squared(error, first) / h_squared_expected - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    fn the_region_narrows_and_closes_where_the_variance_says() {
        assert!((half_width(6.0, 4.0, 2.0, 3) - 1.0).abs() < 1e-12);
        assert!(half_width(6.0, 4.0, 2.0, 5) > 0.0);
        assert!(half_width(6.0, 4.0, 2.0, 6).abs() < 1e-12);
        assert!(half_width(6.0, 4.0, 2.0, 7).abs() < 1e-12);
    }
}
