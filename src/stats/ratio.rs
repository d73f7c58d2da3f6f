//! The ratio of sums over replications.

/// The ratio of the sum of the parts to the sum of the wholes, with its error by linearisation (Cochran, Sampling Techniques,
/// chapter 6). A mean is the ratio of values to wholes of 1.
///
/// A mean of ratios has a bias that does not fall with the number of replications, weights a replication with three cases
/// like one with thirty, and leaves out those without any.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioOfSums {
    /// The ratio.
    pub ratio: f64,
    /// `sqrt(sum (part - ratio whole)^2 n / (n - 1)) / sum whole`, which for wholes of 1 is `s / sqrt(n)`; NaN for one pair.
    pub standard_error: f64,
    /// Sum of the parts.
    pub part: f64,
    /// Sum of the wholes.
    pub whole: f64,
    /// Number of pairs.
    pub replications: usize,
}

impl RatioOfSums {
    /// From a part and a whole a replication; of no pairs nothing is a number.
    pub fn new(pairs: &[(f64, f64)]) -> Self {
        let n = pairs.len() as f64;
        let (part, whole) = pairs.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
        let ratio = part / whole;
        let squares: f64 = pairs.iter().map(|(part, whole)| (part - ratio * whole).powi(2)).sum();
        let standard_error = (squares * n / (n - 1.0)).sqrt() / whole;
        Self { ratio, standard_error, part, whole, replications: pairs.len() }
    }

    /// What a pair says of the ratio: values whose mean is the ratio and whose spread is its error times `sqrt(n)`.
    pub fn value_of(&self, (part, whole): (f64, f64)) -> f64 {
        self.ratio + (part - self.ratio * whole) / (self.whole / self.replications as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_a_mean_is_that_of_its_spread() {
        let pairs = [1.0, 2.0, 3.0, 4.0, 5.0].map(|value| (value, 1.0));
        let mean = RatioOfSums::new(&pairs);
        assert!((mean.ratio - 3.0).abs() < 1e-12 && (mean.standard_error - 0.5_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn replications_weigh_as_much_as_they_hold() {
        let sums = RatioOfSums::new(&[(1.0, 1.0), (0.0, 9.0)]);
        assert!((sums.ratio - 0.1).abs() < 1e-12);
        let values = [(1.0, 1.0), (0.0, 9.0)].map(|pair| sums.value_of(pair));
        assert!((f64::midpoint(values[0], values[1]) - 0.1).abs() < 1e-12);
        assert!(((values[0] - values[1]).abs() / 2.0 - sums.standard_error).abs() < 1e-12);
    }
}
